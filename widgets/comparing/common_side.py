"""The common view as it is looked at: its lanes between those of both codings, and where each part comes from."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.comparing.common_view.walking import Walk
from app.model.decision import Decision
from widgets.comparing.confirming import Confirming
from widgets.comparing.origins_panel import OriginsPanel
from widgets.comparing.pair_lanes import PairLanes
from widgets.films.watching import Watching
from widgets.screen import Screen


class CommonSide(QObject):
    """Made when the common view is first asked for: a walk of many decisions need not draw it."""

    mark_chosen = Signal(str)
    decision_asked = Signal(str)
    verdict_pressed = Signal(object)  # Verdict

    def __init__(
        self, place: Screen, walk: Walk, watching: Watching, who: dict[str, str], confirming: Confirming
    ) -> None:
        super().__init__(watching)
        self._walk = walk
        self.lanes = PairLanes(place, walk, watching, is_common=True)
        self.origins = OriginsPanel(place, walk, who, confirming)
        self.lanes.timeline.selected.connect(self.mark_chosen)
        self.origins.decision_asked.connect(self.decision_asked)
        self.origins.verdict_pressed.connect(self.verdict_pressed)

    def refresh(self) -> None:
        """As it is decided now."""
        self.lanes.timeline.refresh()
        self.origins.refresh()

    def show_decision(self, d: Decision | None) -> None:
        """Where the chosen difference went."""
        if d is None:
            self.origins.show_nothing()
        else:
            self.origins.show_decision(d)

    def open_part(self, thing_id: str) -> str:
        """A mark that is no difference: what both agree on is opened. Its decision's id, where it has one after all."""
        common = self._walk.common
        if common is None:
            return ""
        found = next(
            (o for o in common.origins.values() if thing_id == o.part_id or thing_id in (*o.a_ids, *o.b_ids)), None
        )
        if found is None:
            self.origins.show_nothing()
        elif found.decision_id:
            return found.decision_id
        else:
            self.origins.show_part(common.coding.observations[found.part_id], found)
        return ""
