"""*Sama henkilö*: two entries of one human being. In this case they become one; in another they know of each other."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.casework.case_file import case_file
from app.casework.case_list import case_called
from app.casework.merging import linked
from app.model.people import Person
from widgets.cases.people_acts import PeopleActs
from widgets.forms.form import below_name, columns, named
from widgets.forms.inputs import Choice
from widgets.look.parts import beside, button, clear, confirm, hairline, label, stacked


class SamePersonPanel(QWidget):
    """What this person is the same as, and the fields to say so; these are there when they are asked for."""

    def __init__(self, section: PeopleActs) -> None:
        super().__init__()
        self._section = section
        self._person: Person | None = None
        self._others: dict[str, Person] = {}
        t = section.texts
        self._links = QVBoxLayout()
        self._links.setSpacing(4)
        self.entry = Choice()
        self.merge = button(t.tr("Make one of the two…"), self._on_merge)
        self.code_name = QLineEdit()
        self.code_name.editingFinished.connect(self._on_code_name)
        self.other = Choice()
        self.link = button(t.tr("Link"), self._on_link)
        for choice in (self.entry, self.other):
            choice.activated.connect(lambda _: self._tell_choices())
        self.close_panel = button(t.tr("Close"), self._on_close, "quiet")
        here = columns(
            named(t.tr("The same person as this entry of the case"), self.entry), below_name(self.merge), shares=(3, 2)
        )
        there = columns(
            named(t.tr("Code name of the other case"), self.code_name),
            named(t.tr("Who of it"), self.other),
            below_name(self.link),
            shares=(3, 3, 1),
        )
        words = t.tr("Linked entries know of each other. No words of one case go to the other.")
        self._fields = QWidget()
        self._fields.setLayout(
            stacked(
                hairline(), here, there, label(words, "caption", wrap=True), beside(self.close_panel, None), spacing=10
            )
        )
        self._fields.hide()
        self.setLayout(stacked(self._links, self._fields, spacing=6))

    def open_panel(self) -> None:
        self._fields.show()
        self.entry.setFocus()

    def show_person(self, person: Person, *, anew: bool) -> None:
        self._person = person
        if anew:
            self._fields.hide()
            self.code_name.clear()
            self.other.offer([])
        file = self._section.file
        alike = [p for p in file.everybody if p.id != person.id and p.is_adult == person.is_adult and not p.is_child]
        self.entry.offer([(p.id, p.called) for p in alike] if not person.is_child else [])
        self._tell_choices()
        self._show_links(person)

    def _show_links(self, person: Person) -> None:
        clear(self._links)
        t = self._section.texts
        for other, case in linked(self._section.space.store, person):
            words = t.tr("Same person in case {case}: {called}", case=case.code_name, called=other.called)
            go = button(t.tr("Open the case"), partial(self._section.open_case, case.id), "quiet")
            go.setAccessibleName(f"{go.text()}: {case.code_name}")
            self._links.addLayout(beside(label(words, wrap=True), None, go))
        if self._links.count():
            unlink = button(t.tr("Remove the link"), lambda: self._section.editor.unlink(person), "quiet")
            self._links.addLayout(beside(unlink, None))

    def _on_merge(self) -> None:
        section, person = self._section, self._person
        gone = section.file.person(self.entry.value() or "")
        if person is None or gone is None:
            return
        t = section.texts
        question = t.tr(
            "Make “{gone}” one with “{kept}”? All meetings, consents and notes of the one become the other's. It can be"
            " undone until the archive is closed.",
            gone=gone.called,
            kept=person.called,
        )
        if confirm(self, t, question, t.tr("Make one of the two")):
            section.editor.merge(person, gone)

    def _on_code_name(self) -> None:
        """Who of the other case could be the same: all but the one who is asked about."""
        section, name = self._section, self.code_name.text().strip()
        found = case_called(section.space.store, name) if name else None
        rows, self._others = [], {}
        if found is not None and found.id != section.file.case.id:
            people = case_file(section.space.store, found.id).everybody
            person = self._person
            self._others = {p.id: p for p in people if person is None or p.is_adult == person.is_adult}
            rows = [(p.id, p.called) for p in self._others.values()]
        elif name:
            section.space.notices.info(section.texts.tr("Another case with this code name was not found."))
        self.other.offer(rows)
        self._tell_choices()

    def _tell_choices(self) -> None:
        self.merge.setEnabled(self.entry.value() is not None)
        self.link.setEnabled(self.other.value() is not None)

    def _on_link(self) -> None:
        section, person = self._section, self._person
        other = self._others.get(self.other.value() or "")
        if person is not None and other is not None:
            section.editor.link(person, other)

    def _on_close(self) -> None:
        self._fields.hide()
