"""*Henkilöt*: the family at a glance with its network, and one person's fields and dated facts beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.model.people import Role
from app.workspace import Workspace
from widgets.cases.circumstances_card import CircumstancesCard
from widgets.cases.family_card import FamilyCard
from widgets.cases.network_card import NetworkCard
from widgets.cases.people_acts import PeopleActs
from widgets.cases.person_form import PersonForm
from widgets.cases.showing_card import ShowingCard
from widgets.look.flow import Flow
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, section_label, stacked
from widgets.screen import Go


class PeopleSection(PeopleActs):
    """One person is chosen at a time; tiles stay while their person does, so that focus and typing stay too."""

    def __init__(self, space: Workspace, look: Look, go: Go) -> None:
        super().__init__(space, look, go)
        t = self.texts
        self.family = FamilyCard(t, look, self.choose)
        self.network = NetworkCard(t, look, self.choose)
        self.add_adult = button(t.tr("Add an adult"), lambda: self._add(Role.OTHER_ADULT))
        self.add_child = button(t.tr("Add the child"), lambda: self._add(Role.CHILD))
        self.add_sibling = button(t.tr("Add a sibling"), lambda: self._add(Role.SIBLING))
        self.add_close = button(t.tr("Add a close one"), lambda: self._add(Role.OTHER_ADULT, network_only=True))
        self.person = PersonForm(self)
        self.facts = CircumstancesCard(self)
        self.shows = ShowingCard(self)
        words = t.tr("“Called” is the word used on screen and in the statement. Names appear only where needed.")
        adding = Flow(self.add_child, self.add_adult, self.add_sibling, self.add_close)
        left = stacked(
            section_label(t.tr("People")),
            self.family,
            adding,
            label(words, "caption", wrap=True),
            section_label(t.tr("Close network")),
            self.network,
            None,
            spacing=10,
        )
        right = stacked(
            section_label(t.tr("Details of the person")),
            self.person,
            self.shows,
            section_label(t.tr("Dated facts")),
            self.facts,
            None,
            spacing=10,
        )
        row = beside(_held(left, 420), _held(right, 620), None, spacing=18)
        row.setStretch(0, 5)
        row.setStretch(1, 6)
        self.column.addLayout(row)
        self.column.addStretch(1)
        space.names.changed.connect(self._on_names)

    def choose(self, person_id: str) -> None:
        """Show another person's fields; what was being typed of the one before is kept in the archive."""
        self.commit()
        self.person_id = person_id
        self.refresh()

    def read(self, *, anew: bool) -> None:
        file = self.file
        person = file.person(self.person_id) or file.child or next(iter(file.everybody), None)
        self.person_id = person.id if person is not None else ""
        self.family.show_case(file, self.person_id)
        self.network.show_case(file, self.person_id)
        self.add_child.setVisible(file.child is None)
        self.person.setVisible(person is not None)
        self.facts.setVisible(person is not None)
        self.shows.setVisible(person is not None and person.is_child)
        if person is not None:
            self.person.load(person, anew=anew)
            self.facts.show_person(person, anew=anew)
        self.shows.show_case(file, anew=anew)

    def write(self) -> None:
        if self.file.person(self.person.person_id) is not None:
            self.person.form.commit()
            self.shows.form.commit()

    def _on_names(self) -> None:
        if self._editor is not None:
            self.refresh()

    def _add(self, role: Role, *, network_only: bool = False) -> None:
        called = self.texts.tr("close one") if network_only else self.words.role(role)
        person = self.editor.add_person(role, called, network_only=network_only)
        if self.file.person(person.id) is not None:
            self.choose(person.id)
            self.person.form.widgets["called"].setFocus()


def _held(layout: Any, widest: int) -> QWidget:
    holder = QWidget()
    holder.setLayout(layout)
    holder.setMaximumWidth(widest)
    return holder
