"""The part of a case's editor by which its people change: who they are, what holds of them, who is whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject

from app.casework import circumstances, merging, showing
from app.casework.case_file import case_file, concerns, with_change
from app.casework.goals import named_in_goals
from app.editing import EDIT, Editor
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.apart import kept_apart
from app.model.change import Change, added, removed
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.identity import new_id
from app.model.meeting_note import MeetingNote
from app.model.people import Person, Role
from app.ports import Store


class PeopleEditor(Editor):
    """Holds the case file. `CaseEditor` adds what else belongs to a case."""

    def __init__(self, store: Store, texts: Texts, case_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.file = case_file(store, case_id)

    def accept(self, changes: Sequence[Change]) -> None:
        file = self.file
        for change in changes:
            if concerns(file.case.id, change):  # entries of other cases may change beside
                file = with_change(file, change)
        self.file = file

    def hear(self, changes: Sequence[Change]) -> None:
        """A plan, a filming or another worker's step may be of this case: then it is read anew."""
        if any(concerns(self.file.case.id, change) for change in changes):
            self.reread()

    def reread(self) -> None:
        """The case as the archive has it now."""
        self.file = case_file(self._store, self.file.case.id)

    def _attempt(self, label: str, make: Callable[[], Sequence[Change]], act: str = EDIT) -> bool:
        """One step of what a rule allows; `refused` says why not."""
        try:
            changes = make()
        except NotAllowed as error:
            self.refused.emit(error)
            return False
        return self.do(label, *changes, act=act)

    def add_person(self, role: Role, called: str, *, network_only: bool = False) -> Person:
        person = Person(new_id(), self.file.case.id, role, called, network_only=network_only)
        self.do(self.texts.tr("Person added"), added(person))
        return person

    def remove_person(self, person: Person) -> bool:
        """Refused (False) while a meeting, note, consent, decision, fact, request or goal is this person's."""
        meetings = self.file.every_meeting
        bound = any(person.id in (*m.people, m.by) for m in meetings)
        bound = bound or any(self._store.find(MeetingNote, meeting_id=m.id, person_id=person.id) for m in meetings)
        papers = [i for c in self.file.consents for i in (c.person_id, *c.given_by)]
        papers += [d.person_id for d in self.file.decisions] + [c.person_id for c in self.file.circumstances]
        papers += [r.person_id for r in self.file.requests] + list(named_in_goals(self._store, self.file.case.id))
        if bound or person.id in papers:
            return False
        pairs = [removed(pair) for pair in self.file.pairs if person.id in (pair.one_id, pair.other_id)]
        return self.do(self.texts.tr("Person removed"), *pairs, removed(person))

    def keep_apart(self, one: Person, other: Person, *, apart: bool) -> bool:
        """Two people of the case must not meet, or may again. Nothing happens when it is so already."""
        pair = kept_apart(self.file.case.id, one.id, other.id)
        if (pair in self.file.pairs) == apart:
            return True
        if apart:
            return self.do(self.texts.tr("Kept apart"), added(pair))
        return self.do(self.texts.tr("No longer kept apart"), removed(pair))

    # what holds of them

    def change_circumstance(self, person: Person, kind: CircumstanceKind, value: str, since: date) -> bool:
        """`value` holds from `since` on, and what held before ends there. Refused without words."""
        label = self.texts.tr("Dated fact recorded")
        return self._attempt(label, lambda: circumstances.changed(self.file, person, kind, value, since))

    def end_circumstance(self, row: Circumstance, day: date) -> bool:
        """It holds no longer from `day` on, and stays on record. Refused for a day before it began."""
        return self._attempt(self.texts.tr("Dated fact ended"), lambda: [circumstances.ended(row, day)])

    def check_circumstance(self, row: Circumstance, key: str, *, done: bool) -> bool:
        """One thing of the checklist of a change."""
        return self.do(self.texts.tr("Checklist of a change"), circumstances.checked(row, key, done=done))

    # how the child shows it

    def write_showing(self, **words: str) -> bool:
        """Other words for how the child shows contact, distress or *no*; of what was read a version of its own."""
        changes = showing.written(self.file, self._store.me, today(), **words)
        return self.do(self.texts.tr("How the child shows it written"), *changes) if changes else True

    # who is whom

    def merge(self, kept: Person, gone: Person) -> bool:
        """Two entries of one human being become `kept`; asked first by the screen, and one step to take back."""
        label = self.texts.tr("Two entries made one")
        return self._attempt(label, lambda: merging.merge(self._store, self.file, kept, gone, today()), "merged")

    def link(self, person: Person, other: Person) -> bool:
        """`other`, of another case, is the same human being."""
        return self._attempt(self.texts.tr("Entries linked"), lambda: merging.link(self._store, person, other))

    def unlink(self, person: Person) -> bool:
        return self.do(self.texts.tr("Link removed"), *merging.unlink(self._store, person))
