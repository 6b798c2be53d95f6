"""By what right a clip is on the second screen in supervision: its use, asked anew each time."""

from __future__ import annotations

from collections.abc import Mapping

from app.clips.permitted import demand_same
from app.errors import NotAllowed
from app.i18n import today
from app.model.cover import Covering
from app.model.feedback import Clip
from app.model.supervision_film import ClipUse
from app.office.looking import Where
from app.ports.player import Reel
from app.supervising import film
from app.supervising.agreements import SupervisionEditor
from app.workspace import Workspace


class ClipDoors:
    """The stage's doors (`widgets.feedback.held_clip.Doors`) for the use that is named by `use_id`."""

    where = Where.SUPERVISION

    def __init__(self, space: Workspace, editor: SupervisionEditor) -> None:
        self._space, self._editor = space, editor
        self.use_id = ""

    @property
    def use(self) -> ClipUse | None:
        return self._editor.use(self.use_id)

    def demand(self, clip: Clip) -> object:
        found = film.demand_shown(self._space.store, self._editor.agreement, self._use_of(clip), today())
        demand_same(self._space.store, clip)  # its covers were looked at between its ends as they are now
        return found

    def reels(self, clip: Clip) -> tuple[Reel, ...]:
        space = self._space
        return film.shown_reels(space.store, space.media, self._editor.agreement, self._use_of(clip), today())

    def coverings(self, clip: Clip) -> Mapping[str, Covering] | None:
        return film.shown_coverings(self._space.store, self._use_of(clip))

    def _use_of(self, clip: Clip) -> ClipUse:
        use = self.use
        if use is None or use.clip_id != clip.id:  # taken away while it was on
            raise NotAllowed(film.Bar.FILM_GONE.value)
        return use
