"""Which moment of a film becomes a clip: of a selection, an observation, a bookmark, a live mark, a disagreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.casework.meeting_file import MeetingFile, meeting_file
from app.casework.pair import own_headers
from app.model.feedback import CameFrom, Clip
from app.model.filming import LiveMark
from app.model.identity import new_id
from app.model.observation import Bookmark, Mark, MarkKind, Observation
from app.model.recording import Recording
from app.model.timecode import SECOND, Micros
from app.ports import Store
from app.ports.player import Player

#: what a moment becomes: so long before it, so long after it, as a talk needs some of what leads there
BEFORE, AFTER = 8 * SECOND, 12 * SECOND
#: what lasts begins so long before
LEAD = 2 * SECOND
#: marks that say that there is something to show
_WORTH = frozenset({MarkKind.CLIP, MarkKind.IMPORTANT})

Source = Observation | Bookmark | Mark | LiveMark


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of a film that becomes a clip, in time of that film, with what it came of."""

    film: Recording
    first: Micros
    last: Micros
    came_from: CameFrom = CameFrom.SELECTION
    source_id: str = ""
    code: str = ""
    dimension: str = ""

    def clip(self, worker_id: str) -> Clip:
        return Clip(
            new_id(), self.film.id, self.film.meeting_id, worker_id, self.first, self.last, self.came_from,
            self.source_id, self.code, self.dimension,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Something on a meeting's clock that can become a clip; `at` is its own time, `start` and `end` what it becomes.

    `kind` is that of a mark, and empty for anything else; `text` is what its maker wrote to it.
    """

    at: Micros
    start: Micros
    end: Micros
    came_from: CameFrom
    source_id: str = ""
    code: str = ""
    dimension: str = ""
    kind: MarkKind | None = None
    text: str = ""


def found_in(source: Source) -> Found:
    """What one coded act or mark becomes."""
    if isinstance(source, Observation):
        start, end = _around(source.start, source.end)
        return Found(source.start, start, end, CameFrom.OBSERVATION, source.id, source.code)
    start, end = _around(source.at)
    if isinstance(source, Bookmark):
        return Found(source.at, start, end, CameFrom.BOOKMARK, source.id, text=source.word)
    came = CameFrom.LIVE_MARK if isinstance(source, LiveMark) else CameFrom.MARK
    return Found(source.at, start, end, came, source.id, kind=source.kind, text=source.text)


def found_at(start: Micros, end: Micros | None, came_from: CameFrom, source_id: str = "", code: str = "") -> Found:
    """What a place of the film, or a stretch of it, becomes."""
    first, last = _around(start, end)
    return Found(start, first, last, came_from, source_id, code)


def selected(start: Micros, end: Micros) -> Found:
    """A stretch that was chosen by hand, as it is."""
    return Found(start, start, end, CameFrom.SELECTION)


def _around(start: Micros, end: Micros | None = None) -> tuple[Micros, Micros]:
    return (start - BEFORE, start + AFTER) if end is None else (start - LEAD, end)


def moment(found: Found, player: Player, films: Iterable[Recording]) -> Moment | None:
    """Exactly from a picture to a picture of the film that leads in the player; None where nothing was filmed.

    A stretch that goes beyond its film ends with it.
    """
    leading = [f for f in films if f.camera == player.leading() and f.in_use]
    film = next((f for f in leading if f.to_meeting(0) <= found.at < f.end), None)
    if film is None:
        return None
    begin, over = film.to_meeting(0), film.to_meeting(max(film.facts.duration - 1, 0))
    start, end = (player.picture_time(min(max(time, begin), over)) for time in (found.start, found.end))
    first, last = film.to_film(start), film.to_film(end)
    return Moment(
        film, max(first, 0), max(last, first, 0), found.came_from, found.source_id, found.code, found.dimension
    )


def offered(store: Store, file: MeetingFile, taken: Sequence[Clip] = ()) -> tuple[Found, ...]:
    """What of a meeting could become a clip and did not yet: flags, bookmarks, live marks; what is there to be read.

    The own ones while one codes alone; of both once their codings are open.
    """
    used = {c.source_id for c in taken}
    sources: list[Source] = list(file.live_marks)
    for header in own_headers(store, file.meeting.id).values():
        sources += [m for m in store.find(Mark, coding_id=header.id) if m.kind in _WORTH]
        sources += store.find(Bookmark, coding_id=header.id)
    found = (found_in(source) for source in sources if source.id not in used)
    return tuple(sorted(found, key=lambda f: (f.at, f.source_id)))


def offers_of(store: Store, meeting_id: str, taken: Sequence[Clip] = ()) -> tuple[Found, ...]:
    """The same of a meeting by its id."""
    return offered(store, meeting_file(store, meeting_id), taken)
