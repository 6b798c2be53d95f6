"""Cases, their people, commissions, consents and meetings: read together, changed through one editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject

from app.door import Door
from app.editing import Editor
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import Change, Entity, added, removed
from app.model.commission import Commission
from app.model.consent import Consent, ControllerDecision, Purpose
from app.model.filming import FilmingEvent, LiveMark, OpenRecording, Talk
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment
from app.model.people import Case, Person, Role, Worker
from app.model.recording import Recording
from app.ports import Store
from app.services import library

E = TypeVar("E", bound=Entity)


_PARTS_OF_A_MEETING: tuple[type[Entity], ...] = (
    Recording, Segment, OpenRecording, FilmingEvent, LiveMark, Talk
)  # fmt: skip


@dataclass(frozen=True)
class CaseFile:
    """One case with everything that belongs to it, by kind, in the order of making."""

    case: Case
    persons: tuple[Person, ...] = ()
    commission: Commission | None = None
    consents: tuple[Consent, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    decisions: tuple[ControllerDecision, ...] = ()

    @property
    def child(self) -> Person | None:
        return next((p for p in self.persons if p.is_child), None)

    @property
    def adults(self) -> tuple[Person, ...]:
        return tuple(p for p in self.persons if p.role not in (Role.CHILD, Role.SIBLING))

    def person(self, person_id: str) -> Person | None:
        return next((p for p in self.persons if p.id == person_id), None)

    def consent(self, person_id: str, purpose: Purpose, day: date) -> Consent | None:
        """The consent of a person to a purpose that is in force on `day`."""
        return next(
            (c for c in self.consents if c.person_id == person_id and c.purpose == purpose and c.valid_on(day)), None
        )

    def decision(self, person_id: str, purpose: Purpose, day: date) -> ControllerDecision | None:
        """The controller's decision in force on `day` that stands in for a person's consent."""
        return next(
            (d for d in self.decisions if d.person_id == person_id and d.purpose == purpose and d.valid_on(day)), None
        )


def case_file(store: Store, case_id: str) -> CaseFile:
    commissions = store.find(Commission, case_id=case_id)
    return CaseFile(
        store.get(Case, case_id),
        store.find(Person, case_id=case_id),
        commissions[-1] if commissions else None,
        store.find(Consent, case_id=case_id),
        tuple(sorted(store.find(Meeting, case_id=case_id), key=lambda m: (m.held, m.id))),
        store.find(ControllerDecision, case_id=case_id),
    )


def new_case(door: Door, texts: Texts, code_name: str) -> Case:
    """A case led by the worker who makes it, with its child, one adult and an empty commission to fill.

    Raises NotAllowed(`code-name-missing`, `code-name-taken`): two cases that look alike would be mixed up.
    """
    _check_code_name(door.store, code_name)
    case = Case(new_id(), code_name.strip(), door.store.worker.id, opened=today())
    child = Person(new_id(), case.id, Role.CHILD, texts.tr("child"))
    adult = Person(new_id(), case.id, Role.BIRTH_PARENT, texts.tr("parent"))
    commission = Commission(new_id(), case.id, ordered=case.opened)
    door.write(texts.tr("Case opened"), [added(e) for e in (case, child, adult, commission)], act="create")
    return case


def _check_code_name(store: Store, name: str, case_id: str = "") -> None:
    if not name.strip():
        raise NotAllowed("code-name-missing")
    taken = {c.code_name.casefold() for c in store.find(Case) if c.id != case_id}
    if name.strip().casefold() in taken:
        raise NotAllowed("code-name-taken")


class CaseEditor(Editor):
    """The only door through which a case, its people, commission, consents and meetings change."""

    def __init__(self, store: Store, texts: Texts, case_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.file = case_file(store, case_id)

    def accept(self, changes: Sequence[Change]) -> None:
        file = self.file
        for change in changes:
            file = _with(file, change)
        self.file = file

    def edit(self, entity: Entity, **fields: Any) -> bool:
        """New values for some fields of one entity; nothing happens when they are what they were."""
        after = replace(cast("Any", entity), **fields)
        if after == entity:
            return True
        if isinstance(after, Case) and "code_name" in fields:
            try:
                _check_code_name(self._store, after.code_name, after.id)
            except NotAllowed as error:
                self.refused.emit(error)
                return False
        return self.do(self.texts.tr("Case details edited"), Change(entity, after))

    def add_person(self, role: Role, called: str) -> Person:
        person = Person(new_id(), self.file.case.id, role, called)
        self.do(self.texts.tr("Person added"), added(person))
        return person

    def remove_person(self, person: Person) -> bool:
        """Refused (False) while a meeting, a consent or a decision is this person's."""
        bound = any(person.id in (m.adult_id, m.child_id, *m.others) for m in self.file.meetings)
        papers = [c.person_id for c in self.file.consents] + [d.person_id for d in self.file.decisions]
        if bound or person.id in papers:
            return False
        return self.do(self.texts.tr("Person removed"), removed(person))

    def give_consent(self, person: Person, purpose: Purpose, given: date, **fields: Any) -> bool:
        consent = Consent(new_id(), self.file.case.id, person.id, purpose, given, **fields)
        return self.do(self.texts.tr("Consent given"), added(consent))

    def withdraw_consent(self, consent: Consent, day: date) -> bool:
        """The date is set and the consent stays on record; asked first by the screen, and not undoable."""
        return self.commit(self.texts.tr("Consent withdrawn"), Change(consent, replace(consent, withdrawn=day)))

    def decide_despite(self, person: Person, purpose: Purpose, decided: date, decided_by: str, ground: str) -> bool:
        """The controller's decision in place of a consent that cannot be had. Refused without who decided and why."""
        if not decided_by.strip() or not ground.strip():
            self.refused.emit(NotAllowed("decision-without-ground"))
            return False
        made = ControllerDecision(
            new_id(), self.file.case.id, person.id, purpose, decided, decided_by.strip(), ground.strip()
        )
        return self.commit(self.texts.tr("Controller's decision recorded"), added(made))

    def end_decision(self, decision: ControllerDecision, day: date) -> bool:
        """It no longer holds from `day` on, and stays on record; not undoable."""
        return self.commit(self.texts.tr("Controller's decision ended"), Change(decision, replace(decision, ended=day)))

    def add_meeting(self, adult: Person, held: datetime, kind: str = "") -> Meeting | None:
        """A meeting of `adult` and the child, of a service's `kind`; the first kind of the first service when empty.

        None without a child, or without a work partner to be coder B.
        """
        child, case = self.file.child, self.file.case
        if child is None or not case.partner:
            return None
        meeting = Meeting(
            new_id(),
            case.id,
            held,
            adult.id,
            child.id,
            (case.lead, case.partner),
            kind or library.first().meetings[0].key,
        )
        return meeting if self.do(self.texts.tr("Meeting added"), added(meeting)) else None

    def remove_meeting(self, meeting: Meeting) -> bool:
        """Only a meeting with no film, no marked tasks and nothing noted while filming can go."""
        if any(self._store.find(kind, meeting_id=meeting.id) for kind in _PARTS_OF_A_MEETING):
            return False
        return self.do(self.texts.tr("Meeting removed"), removed(meeting))

    def hear(self, changes: Sequence[Change]) -> None:
        """A plan, a filming or another worker's step may be of this case: then it is read anew."""
        if any(_is_of(self.file.case.id, change) for change in changes):
            self.reread()

    def reread(self) -> None:
        """The case as the archive has it now."""
        self.file = case_file(self._store, self.file.case.id)


def _is_of(case_id: str, change: Change) -> bool:
    """Whether a change is of the case or of one of the kinds that its file holds."""
    if change.kind is Case:
        return change.id == case_id
    return (
        change.kind in (Commission, Person, Consent, ControllerDecision, Meeting)
        and cast("Any", change.entity).case_id == case_id
    )


def _with(file: CaseFile, change: Change) -> CaseFile:
    """The case file with one committed change in it."""
    after = change.after
    if change.kind is Case:
        return replace(file, case=cast("Case", after))
    if change.kind is Commission:
        return replace(file, commission=cast("Commission | None", after))
    if change.kind is Person:
        return replace(file, persons=_swapped(file.persons, change))
    if change.kind is Consent:
        return replace(file, consents=_swapped(file.consents, change))
    if change.kind is ControllerDecision:
        return replace(file, decisions=_swapped(file.decisions, change))
    assert change.kind is Meeting, "a case file holds nothing else"
    return replace(file, meetings=_swapped(file.meetings, change))


def _swapped(held: tuple[E, ...], change: Change) -> tuple[E, ...]:
    after = cast("E | None", change.after)
    if change.before is None:
        return (*held, cast("E", after))
    return tuple(new for e in held if (new := after if e.id == change.id else e) is not None)


def other_workers(store: Store) -> tuple[Worker, ...]:
    """Those who could be the work partner."""
    return tuple(w for w in store.find(Worker) if w.id != store.worker.id)
