"""*Turvakielto*: while the address of anybody of a case may not be told, no place of the case is shown or printed.

The place stays in the archive and is shown again when the non-disclosure has ended. Every screen and paper that tells
where something is asks here.
"""

from __future__ import annotations

from datetime import date

from app.casework.case_file import CaseFile
from app.casework.circumstances import holding
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.meeting import Meeting
from app.model.recording import Recording
from app.ports import Store
from app.vocabulary import StatementTexts


def places_hidden(case: CaseFile, day: date) -> bool:
    """Whether no place of the case may be told on `day`."""
    return bool(holding(case, day, CircumstanceKind.NON_DISCLOSURE))


def place_of(case: CaseFile, meeting: Meeting, day: date) -> str:
    """Where a meeting is held; empty while no place may be told."""
    return "" if places_hidden(case, day) else meeting.place


def stood_of(store: Store, film: Recording, day: date) -> str:
    """The room, and where in it the camera of a film stood; empty while no place may be told."""
    return "" if not film.stood or is_room_hidden(store, film, day) else film.stood


def is_room_hidden(store: Store, film: Recording, day: date) -> bool:
    """Whether no place of a film's case may be told on `day`."""
    case_id = store.get(Meeting, film.meeting_id).case_id
    rows = store.find(Circumstance, case_id=case_id, kind=CircumstanceKind.NON_DISCLOSURE)
    return any(row.holds_on(day) for row in rows)


def planned_place(store: Store, film: Recording) -> str:
    """Where the meeting's plan put the camera of a film; empty where it says nothing."""
    places = store.get(Meeting, film.meeting_id).arranged.cameras
    return places[film.camera - 1] if 1 <= film.camera <= len(places) else ""


def placement_words(case: CaseFile, words: StatementTexts, value: str, day: date) -> str:
    """Where somebody lives: a word of the pick-list, which tells no address, or own words while they may be told."""
    told = words.said("placements", value)
    return told if value in words.keys("placements") or not places_hidden(case, day) else ""


def hidden_words(case: CaseFile, day: date) -> tuple[str, ...]:
    """The words for places that may stand on no paper now."""
    if not places_hidden(case, day):
        return ()
    lists = StatementTexts("fi").keys("placements")
    own = [c.value for c in case.circumstances if c.kind == CircumstanceKind.PLACEMENT and c.value not in lists]
    found = (words.strip() for words in (*(m.place for m in case.every_meeting), *own))
    return tuple(dict.fromkeys(words for words in found if len(words) > 2))
