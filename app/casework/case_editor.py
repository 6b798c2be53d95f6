"""The one door through which a case, its people, commission, consents and meetings change; and how a case begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from PySide6.QtCore import QObject

from app.casework import consents
from app.casework.bookings import check_people
from app.casework.consents import Signed
from app.casework.feedback_editor import ServiceFeedbackEditor
from app.casework.meeting_file import sample_of
from app.casework.names import naming, parts_of
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import Change, Entity, added, removed
from app.model.commission import Commission
from app.model.consent import Consent, ConsentForm, ControllerDecision, Purpose
from app.model.exchange import PartnerCoding, SentCoding
from app.model.filming import FilmingEvent, LiveMark, OpenRecording, Talk
from app.model.identity import new_id
from app.model.meeting import NOBODY, Meeting, Segment
from app.model.meeting_note import MeetingNote
from app.model.package import TakenPackage
from app.model.people import Case, Person, Role
from app.model.recording import Recording
from app.model.service import MeetingKind
from app.model.utterance import Utterance
from app.model.words import LANGUAGES
from app.ports import Store
from app.services import library

_PARTS_OF_A_MEETING: tuple[type[Entity], ...] = (
    Recording, Segment, OpenRecording, FilmingEvent, LiveMark, Talk, Utterance, TakenPackage, SentCoding,
    PartnerCoding, MeetingNote,
)  # fmt: skip


def new_case(door: Door, texts: Texts, code_name: str) -> Case:
    """A case led by the worker who makes it, with its child, one adult and an empty commission to fill.

    Raises NotAllowed(`code-name-missing`, `code-name-taken`): two cases that look alike would be mixed up.
    """
    _check_code_name(door.store, code_name)
    case = Case(new_id(), code_name.strip(), door.store.me, opened=today())
    child = Person(new_id(), case.id, Role.CHILD, texts.tr("child"))
    adult = Person(new_id(), case.id, Role.BIRTH_PARENT, texts.tr("parent"))
    commission = Commission(new_id(), case.id, ordered=case.opened)
    door.write(texts.tr("Case opened"), [added(e) for e in (case, child, adult, commission)], act="create")
    return case


def _check_code_name(store: Store, name: str, case_id: str = "") -> None:
    if not name.strip():
        raise NotAllowed("code-name-missing")
    if store.is_code_name_taken(name, case_id):
        raise NotAllowed("code-name-taken")


def _says(case: Case, people: Iterable[Person]) -> bool:
    """Whether the code name, which stands on screens, in file names and on papers that others see, says a real name."""
    found = naming({part for person in people for part in parts_of(person.name)}, *LANGUAGES)
    return found is not None and found.search(case.code_name) is not None


class CaseEditor(ServiceFeedbackEditor):
    """The only door through which a case, its people, commission, consents and meetings change."""

    def __init__(self, store: Store, texts: Texts, case_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, texts, case_id, parent)
        self._photographed: list[ConsentForm] = []

    def left_containers(self) -> tuple[str, ...]:
        """Photographs of forms whose recording was taken back; until the stack ends they can be wanted again."""
        kept = {form.id for form in self._store.find(ConsentForm, case_id=self.file.case.id)}
        return tuple(form.container for form in self._photographed if form.id not in kept)

    def edit(self, entity: Entity, **fields: Any) -> bool:
        """New values for some fields of one entity; nothing happens when they are what they were.

        Refused for a code name that is missing, taken or says somebody's name, for a name that the code name says, and
        for closing a case: that is `closing.close`.
        """
        after = replace(cast("Any", entity), **fields)
        if after == entity:
            return True
        try:
            if isinstance(entity, Case):
                self._check_case(entity, after)
            elif isinstance(entity, Person):
                self._check_person(entity, after)
        except NotAllowed as error:
            self.refused.emit(error)
            return False
        return self.do(self.texts.tr("Case details edited"), Change(entity, after))

    def _check_case(self, before: Case, after: Case) -> None:
        if (before.closed, before.closed_despite) != (after.closed, after.closed_despite):
            raise NotAllowed("closed-by-checklist")
        if before.code_name != after.code_name:
            _check_code_name(self._store, after.code_name, after.id)
            if _says(after, self.file.everybody):
                raise NotAllowed("code-name-says-name")

    def _check_person(self, before: Person, after: Person) -> None:
        if before.name != after.name and _says(self.file.case, (after,)):
            raise NotAllowed("name-in-code-name")

    def hear(self, changes: Sequence[Change]) -> None:
        """A case that was closed or opened meanwhile is no longer what the earlier steps were taken on."""
        super().hear(changes)
        if any(c.id == self.file.case.id and isinstance(c.after, Case) for c in changes):
            self.stack.clear()

    def give_consent(self, person: Person, purpose: Purpose, given: date, **fields: Any) -> bool:
        """One more consent on record, in force from `given` on."""
        return self.do(self.texts.tr("Consent given"), added(consents.given(person, purpose, given, **fields)))

    def record_form(self, person: Person, form: Signed, photographs: Sequence[ConsentForm] = ()) -> bool:
        """All that a signed form gives, in one step.

        Refused without a purpose, without who gave it for a child, and for a form of before a withdrawal.
        """
        try:
            changes = consents.signed(person, form, photographs)
            consents.demand_given_since(self.file, changes, today())
        except NotAllowed as error:
            self.refused.emit(error)
            return False
        label = self.texts.trn("{n} consent given", "{n} consents given", len(form.purposes))
        return self._do_with(photographs, label, changes)

    def add_photographs(self, consent: Consent, photographs: Sequence[ConsentForm]) -> bool:
        """Pages of the form on which a consent stands, photographed afterward: of all that it gave, in one step."""
        changes = consents.photographed(self.file, consent, photographs)
        return self._do_with(photographs, self.texts.tr("Form photographed"), changes)

    def _do_with(self, photographs: Sequence[ConsentForm], label: str, changes: Sequence[Change]) -> bool:
        is_done = self.do(label, *changes)
        if is_done:
            self._photographed += photographs
        return is_done

    def withdraw_consent(self, consent: Consent, day: date) -> bool:
        """The date is set and the consent stays on record; asked first by the screen, and not undoable."""
        return self.commit(self.texts.tr("Consent withdrawn"), consents.withdrawn(consent, day))

    def decide_despite(self, person: Person, purpose: Purpose, decided: date, decided_by: str, ground: str) -> bool:
        """The controller's decision in place of a consent that cannot be had. Refused without who decided and why."""
        try:
            made = consents.decided(person, purpose, decided, decided_by, ground)
        except NotAllowed as error:
            self.refused.emit(error)
            return False
        return self.commit(self.texts.tr("Controller's decision recorded"), added(made))

    def end_decision(self, decision: ControllerDecision, day: date) -> bool:
        """It no longer holds from `day` on, and stays on record; not undoable."""
        return self.commit(self.texts.tr("Controller's decision ended"), consents.ended(decision, day))

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

    def book(self, kind: MeetingKind, adult: Person | None, held: datetime) -> Meeting | None:
        """A meeting of a kind. One that is filmed needs an adult, a child and a pair; any other needs nobody yet.

        None where that is lacking, or where two who must not meet would come together.
        """
        if kind.filmed:
            return None if adult is None else self.add_meeting(adult, held, kind.key)
        case, child = self.file.case, self.file.child
        adult_id = adult.id if adult is not None and kind.with_adult else ""
        child_id = child.id if child is not None and kind.with_child else ""
        pair = tuple(w for w in (case.lead, case.partner) if w)
        made = Meeting(new_id(), case.id, held, adult_id, child_id, NOBODY, kind.key, workers=pair)
        try:
            check_people(self.file, (), made.people)
        except NotAllowed as error:
            self.refused.emit(error)
            return None
        return made if self.do(self.texts.tr("Meeting added"), added(made)) else None

    def remove_meeting(self, meeting: Meeting) -> bool:
        """Only a meeting with no film, no marked tasks and no notes can go."""
        if any(self._store.find(kind, meeting_id=meeting.id) for kind in _PARTS_OF_A_MEETING):
            return False
        drawn = sample_of(self._store, meeting.id)
        parts = () if drawn is None else (removed(drawn),)
        return self.do(self.texts.tr("Meeting removed"), *parts, removed(meeting))
