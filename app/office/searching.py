"""What was found, as a worker reads it: under code names, with the place where it is opened; and what is kept of it.

A search is logged when one of its results is opened or it is left: who searched, and of the words a keyed hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from app.casework.film_use import FilmMark, film_marks, person_marks
from app.i18n import N_, Texts, today
from app.model.change import Entity
from app.model.commission import PICKED, Commission
from app.model.consent import Consent, ControllerDecision
from app.model.feedback import Clip, ClipWords, FeedbackTalk
from app.model.filming import LiveMark, Talk
from app.model.goal import Goal, GoalReview
from app.model.hold import Hold
from app.model.meeting import Meeting
from app.model.meeting_note import MeetingNote
from app.model.observation import Mark, Observation
from app.model.people import Case, Person, Worker
from app.model.plan import OwnTask, PlanTemplate
from app.model.rating import Rating
from app.model.reading import Reading
from app.model.request import Request
from app.model.service_feedback import ServiceFeedback
from app.model.service_work import FormRow, ServiceWork
from app.model.showing import Showing
from app.model.sought import Area, Sought, excerpt, found_at
from app.model.statement import Paragraph
from app.model.utterance import Utterance
from app.model.words import LANGUAGES, in_every_language
from app.model.writing_aids import MarginComment
from app.ports import Store
from app.ports.search import Found, Kept, Search
from app.services.library import meeting_called
from app.vocabulary import StatementTexts

E = TypeVar("E", bound=Entity)

#: how a group is headed
AREAS = {
    Area.CASES: N_("Cases"),
    Area.PEOPLE: N_("People"),
    Area.COMMISSIONS: N_("Commissions and requests"),
    Area.CONSENTS: N_("Consents"),
    Area.MEETINGS: N_("Meetings"),
    Area.FILMS: N_("Said and noted on films"),
    Area.FEEDBACK: N_("Feedback"),
    Area.STATEMENTS: N_("Statements"),
    Area.SERVICES: N_("Services"),
    Area.TASKS: N_("Own tasks and plans"),
    Area.SUPERVISION: N_("Supervision"),
}
#: what a thing is called that has no name of its own
CALLED: dict[type[Entity], str] = {
    Commission: N_("Commission"),
    Request: N_("Request about the data"),
    Showing: N_("How the child shows it"),
    Goal: N_("Goal"),
    GoalReview: N_("Review of a goal"),
    ServiceFeedback: N_("Feedback on the service"),
    Hold: N_("Legal hold"),
    Consent: N_("Consent"),
    ControllerDecision: N_("Decision of the controller"),
    Talk: N_("Talk after filming"),
    MeetingNote: N_("Note of a meeting"),
    LiveMark: N_("Mark made while filming"),
    Utterance: N_("Said on the film"),
    Observation: N_("Note of an observation"),
    Mark: N_("Mark of a coding"),
    Rating: N_("Reason of a rating"),
    Clip: N_("Moment for feedback"),
    FeedbackTalk: N_("Feedback talk"),
    ClipWords: N_("Said in a feedback talk"),
    Reading: N_("Going through a statement"),
    Paragraph: N_("Passage of a statement"),
    MarginComment: N_("Comment in the margin"),
    ServiceWork: N_("A service"),
    FormRow: N_("A form of a service"),
    OwnTask: N_("Own task"),
    PlanTemplate: N_("Template of a plan"),
}
#: where a thing of a case is shown
_PARTS: dict[type[Entity], str] = {
    Person: "people",
    Showing: "people",
    Commission: "commission",
    Request: "requests",
    Hold: "requests",
    Goal: "goals",
    GoalReview: "goals",
    ServiceFeedback: "goals",
    Consent: "consents",
    ControllerDecision: "consents",
}
#: as many results of a group are shown at first, and as many more each time
FIRST, MORE = 5, 20
SAVED, RECENT = 12, 10


@dataclass(frozen=True, slots=True)
class Line:
    """One result: `title` over `detail`, the case's code name and the day where there is one; how it is opened.

    `consents` is how it stands with those to the films of its meeting, or of a person; None where it is of neither.
    """

    found: Found
    title: str
    detail: str
    case: str
    day: str
    kept_apart: bool
    place: str
    ids: dict[str, str]
    consents: FilmMark | None = None


def no_names(_case_id: str) -> bool:
    """Of no case real names are shown."""
    return False


def lines(
    store: Store, texts: Texts, sought: Sought, found: Sequence[Found], names: Callable[[str], bool] = no_names
) -> list[Line]:
    """In the order of what was found. People's real names are told only of cases of which `names` are shown."""
    return _Reading(store, texts, sought, found, names).lines()


class _Reading:
    """The things around what was found, each kind read once."""

    def __init__(
        self, store: Store, texts: Texts, sought: Sought, found: Sequence[Found], names: Callable[[str], bool]
    ) -> None:
        self._store, self._texts, self._found, self._names = store, texts, found, names
        self._beginnings = sought.beginnings
        self._cases = self._held(Case, (f.case_id for f in found))
        self._meetings = self._held(Meeting, (f.meeting_id for f in found))
        self._people = self._held(Person, (f.person_id for f in found))
        shown = [p for f in found if f.kind is Person and (p := self._people.get(f.person_id)) is not None]
        filmed = [m for m in self._meetings.values() if m.is_filmed]
        self._marks = film_marks(store, filmed, today()) | person_marks(store, shown, today())

    def _held(self, kind: type[E], ids: Iterable[str]) -> dict[str, E]:
        wanted = tuple(sorted(set(ids) - {""}))
        return {e.id: e for e in self._store.find(kind, id=wanted)} if wanted else {}

    def lines(self) -> list[Line]:
        return [self._line(found) for found in self._found]

    def _line(self, found: Found) -> Line:
        case = self._cases.get(found.case_id)
        place, ids = opened_at(found)
        title, detail = self._told(found)
        day = self._day(found)
        name = case.code_name if case is not None and found.kind is not Case else ""
        consents = self._marks.get(found.person_id if found.kind is Person else found.meeting_id)
        return Line(found, title, detail, name, day, found.kept_apart, place, ids, consents)

    def _told(self, found: Found) -> tuple[str, str]:
        """What stands in the two lines of a result."""
        person = self._people.get(found.person_id)
        called = person.called if person is not None else ""
        if found.kind is Case:
            case = self._cases.get(found.id)
            return (case.code_name, self._note(case.note)) if case is not None else ("", "")
        if found.kind is Person:
            if person is None:
                return "", ""
            is_named = person.name and self._names(person.case_id)
            return f"{called} · {person.name}" if is_named else called, self._note(person.note)
        if found.kind is Meeting:
            meeting = self._meetings.get(found.id)
            # its place may be one that is told to nobody
            return (meeting_called(self._texts, meeting, person), "") if meeting is not None else ("", "")
        word = self._texts.tr(CALLED[found.kind])
        if found.kind in (Utterance, Clip) and self._is_closed(found.meeting_id):
            return word, self._texts.tr("closed: a consent is not in force")
        return (f"{word} · {called}" if called else word), excerpt(self._said(found), self._beginnings)

    def _said(self, found: Found) -> str:
        """The words that are searched, as this worker reads them."""
        if found.kind is not Commission:
            return found.words
        return in_one_language(found.words, self._texts.language, self._beginnings)

    def _is_closed(self, meeting_id: str) -> bool:
        """Whether what was said on a meeting's films may not be read: a consent to them is not in force."""
        mark = self._marks.get(meeting_id)
        return mark is not None and mark.blocks

    def _note(self, note: str) -> str:
        """Of a note the words around what was found in it; else nothing of it."""
        line = " ".join(note.split())
        return excerpt(line, self._beginnings) if found_at(self._beginnings, line) else ""

    def _day(self, found: Found) -> str:
        meeting = self._meetings.get(found.meeting_id)
        return "" if meeting is None else self._texts.date(meeting.held.astimezone().date())


def in_one_language(words: str, language: str, beginnings: tuple[str, ...]) -> str:
    """What was picked from lists, in one language; in brackets what it was found by in another."""
    for every, told in _picked():
        if every in words:
            own = told[language]
            others = (other for other in told.values() if found_at(beginnings, other))
            other = "" if found_at(beginnings, own) else next(others, "")
            words = words.replace(every, f"{own} ({other})" if other else own)
    return words


@cache
def _picked() -> tuple[tuple[str, dict[str, str]], ...]:
    """What can be picked for a commission: as the search keeps it, and in each language."""
    rows = []
    for table in PICKED.values():
        for key in StatementTexts(LANGUAGES[0]).keys(table):
            told = {language: StatementTexts(language).of(table, key) for language in LANGUAGES}
            rows.append((in_every_language(told.values()), told))
    return tuple(rows)


def opened_at(found: Found) -> tuple[str, dict[str, str]]:
    """The place of the rail at which a result is opened, and what that shall show."""
    of_case = {"case_id": found.case_id, "within": found.id}
    rooms = {
        Area.TASKS: ("settings", {"part": "tasks"}),
        Area.SERVICES: ("service", {"within": found.id}),
        Area.STATEMENTS: ("statement", of_case),
        Area.FEEDBACK: ("feedback", of_case),
    }
    if found.area in rooms:
        return rooms[found.area]
    if found.area == Area.FILMS and found.kind is not LiveMark:
        return "comparing", {"meeting_id": found.meeting_id}  # found only when both are ready
    if found.meeting_id:
        return "cases", {"meeting_id": found.meeting_id}
    part = _PARTS.get(found.kind, "")
    return "cases", {"case_id": found.case_id} | ({"part": part} if part else {})


def note_search(store: Store, sought: Sought) -> None:
    """One row in the access log, its words as a keyed hash. Raises StoreError."""
    store.note("search", Worker, store.me, f"words {' '.join(sought.beginnings)}")


def remember(search: Search, found: Found) -> None:
    """What was opened stands first among what was opened last. Raises StoreError."""
    kept, one = search.kept(), (found.kind, found.id)
    search.keep(replace(kept, recent=(one, *(r for r in kept.recent if r != one))[:RECENT]))


def save(search: Search, sought: Sought) -> Kept:
    """Keep a search; it stands first. Raises StoreError."""
    kept = search.kept()
    made = replace(kept, saved=(sought, *(s for s in kept.saved if s != sought))[:SAVED])
    search.keep(made)
    return made


def drop(search: Search, sought: Sought) -> Kept:
    """Keep a search no longer. Raises StoreError."""
    kept = search.kept()
    made = replace(kept, saved=tuple(s for s in kept.saved if s != sought))
    search.keep(made)
    return made


def recent(store: Store, texts: Texts, search: Search, names: Callable[[str], bool] = no_names) -> list[Line]:
    """What was opened last from a search and is still there to be seen."""
    found = search.again(search.kept().recent)
    return lines(store, texts, Sought(""), found, names)
