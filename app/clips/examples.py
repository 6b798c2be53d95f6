"""Example clips of codes: chosen by hand, shown only with everybody's training consent, never exported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject

from app.casework.case_file import case_file
from app.casework.film_use import Use, demand_use
from app.casework.pair import own_header
from app.editing import Editor
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import Change, added, removed
from app.model.cover import ClipCover
from app.model.feedback import CameFrom, Clip
from app.model.identity import new_id
from app.model.independence import both_ready
from app.model.meeting import Meeting
from app.model.observation import Observation
from app.model.recording import Recording
from app.model.stored import ExampleClip
from app.model.timecode import SECOND, Micros
from app.ports import MediaVault, Store
from app.ports.player import Reel

#: a point observation becomes a clip from so long before to so long after
AROUND = 2 * SECOND


def film_of(store: Store, example: ExampleClip) -> Recording:
    """The film that an example is of. Raises StoreError `not-found`."""
    return store.get(Recording, example.recording_id)


def may_be_shown(store: Store, film: Recording, day: date) -> bool:
    """Whether a film may teach others on `day`: all filmed have the training consent in force, nobody codes it alone.

    A film whose filming ended at once and was closed from use is never shown.
    """
    try:
        demand_shown(store, film, day)
    except NotAllowed:
        return False
    return True


def demand_shown(store: Store, film: Recording, day: date) -> None:
    """The same as a door asks it. Raises ConsentMissing, NotAllowed(`example-not-open`)."""
    meeting = store.get(Meeting, film.meeting_id)
    # while one codes alone, a clip with its code would tell the other what was seen there
    states = store.coding_states(meeting.id)
    if not film.in_use or (states and not both_ready(states)):
        raise NotAllowed("example-not-open")
    demand_use(store, meeting.id, Use.EXAMPLE, day)


def example_reel(store: Store, media: MediaVault, clip: ExampleClip, day: date) -> Reel:
    """The film of a clip, to be played on its own clock. Raises ConsentMissing, NotAllowed(`example-not-open`)."""
    film = store.get(Recording, clip.recording_id)
    demand_shown(store, film, day)
    # a clip's times are those of its film: alone on its own clock it needs no place on the meeting's
    return Reel(film.id, film.camera, lambda: media.open(film), film.index, viewing=film.viewing)


def examples(store: Store, scheme_id: str, code_id: str, day: date | None = None) -> tuple[ExampleClip, ...]:
    """The clips of a code that may be shown today. A consent withdrawn hides its clips at once."""
    return still_shown(store, store.find(ExampleClip, scheme_id=scheme_id, code_id=code_id), day or today())


def as_clip(store: Store, example: ExampleClip) -> Clip:
    """An example as what is covered and handed out: its moment of the film. Raises StoreError(`not-found`)."""
    film = store.get(Recording, example.recording_id)
    last = max(example.end - 1, example.start)  # in its last picture
    return Clip(
        example.id, film.id, film.meeting_id, store.me, example.start, last, CameFrom.EXAMPLE, code=example.code_id
    )


def without_example(store: Store, example: ExampleClip) -> tuple[Change, ...]:
    """An example goes, and what covers it."""
    return removed(example), *map(removed, store.find(ClipCover, clip_id=example.id))


def still_shown(store: Store, clips: Sequence[ExampleClip], day: date) -> tuple[ExampleClip, ...]:
    """Those of the clips that may be shown on `day`; each film is asked about once."""
    films = {i: may_be_shown(store, store.get(Recording, i), day) for i in {clip.recording_id for clip in clips}}
    return tuple(clip for clip in clips if films[clip.recording_id])


@dataclass(frozen=True, slots=True)
class ExampleOffer:
    """A stretch that could become an example: of which film, and where on that film."""

    film: Recording
    case_name: str
    start: Micros
    end: Micros


def offered_films(store: Store, day: date | None = None) -> tuple[tuple[Recording, str], ...]:
    """Films that may be shown, each with its case's code name."""
    rows = []
    for film in store.find(Recording):
        if may_be_shown(store, film, day or today()):
            case = case_file(store, store.get(Meeting, film.meeting_id).case_id)
            rows.append((film, case.case.code_name))
    return tuple(rows)


def offers(store: Store, code_ids: Sequence[str], day: date | None = None) -> tuple[ExampleOffer, ...]:
    """Own observations of these codes, on films that may be shown, in time order of each film."""
    rows: list[ExampleOffer] = []
    for film, name in offered_films(store, day):
        header = own_header(store, film.meeting_id)
        if header is not None:
            found = store.find(Observation, coding_id=header.id, code=tuple(code_ids))
            stretches = sorted(_stretch(film, o) for o in found)
            rows += [ExampleOffer(film, name, start, end) for start, end in stretches if end > start]
    return tuple(rows)


def _stretch(film: Recording, o: Observation) -> tuple[Micros, Micros]:
    """Where an observation lies on the film, with a little around a moment, held within the film."""
    first, last = (o.start - AROUND, o.start + AROUND) if o.end is None else (o.start, o.end)
    return max(film.to_film(first), 0), min(film.to_film(last), film.facts.duration)


class ExampleEditor(Editor):
    """The only door through which the example clips of one scheme come and go."""

    def __init__(self, store: Store, texts: Texts, scheme_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.scheme_id = scheme_id

    def of_code(self, code_id: str) -> tuple[ExampleClip, ...]:
        return examples(self._store, self.scheme_id, code_id)

    def add(self, code_id: str, film: Recording, start: Micros, end: Micros) -> bool:
        """A clip in film time, held within the film. Refused without consent, and for a stretch without length."""
        start, end = max(start, 0), min(end, film.facts.duration)
        if end <= start:
            self.refused.emit(NotAllowed("example-without-length"))
            return False
        try:
            demand_shown(self._store, film, today())
        except NotAllowed as error:
            self.refused.emit(error)
            return False
        clip = ExampleClip(new_id(), self.scheme_id, code_id, film.id, start, end)
        return self.do(self.texts.tr("Example clip added"), added(clip))

    def remove(self, clip: ExampleClip) -> bool:
        return self.do(self.texts.tr("Example clip removed"), *without_example(self._store, clip))
