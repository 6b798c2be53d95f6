"""*Henkilöt*: the child and the adults of a case."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.casework.languages import LANGUAGES
from app.i18n import Texts, today
from app.model.people import Interpreter, Person, Role, age_on
from app.workspace import Workspace
from widgets.cases.section import WIDEST, Section
from widgets.forms.form import Form, below_name, columns, held
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, label, stacked


class PeopleSection(Section):
    """A frame per person; frames stay while their person does, so that focus and typing stay too."""

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__(space, look)
        t = self.texts
        self.frames: dict[str, PersonFrame] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.add_adult = button(t.tr("Add an adult"), lambda: self._add(Role.OTHER_ADULT))
        self.add_child = button(t.tr("Add the child"), lambda: self._add(Role.CHILD))
        self.add_sibling = button(t.tr("Add a sibling"), lambda: self._add(Role.SIBLING))
        card = Card(spacing=14, padding=20)
        words = t.tr("“Called” is the word used on screen and in the statement. Names appear only where needed.")
        card.column.addWidget(label(words, "caption", wrap=True))
        card.column.addLayout(self._rows)
        card.column.addLayout(beside(self.add_adult, self.add_child, self.add_sibling, None))
        card.setMaximumWidth(WIDEST)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self, *, anew: bool = False) -> None:
        persons = {p.id: p for p in sorted(self.file.persons, key=lambda p: not p.is_child)}
        for person_id in [i for i in self.frames if i not in persons]:
            frame = self.frames.pop(person_id)
            frame.hide()
            frame.setParent(None)
            frame.deleteLater()
        for place, person in enumerate(persons.values()):
            frame = self.frames.get(person.id) or self._make(person)
            if self._rows.indexOf(frame) != place:
                self._rows.insertWidget(place, frame)
            frame.load(person, anew=anew)
        self.add_child.setVisible(self.file.child is None)

    def commit(self) -> None:
        for frame in list(self.frames.values()):
            frame.form.commit()

    def _make(self, person: Person) -> PersonFrame:
        frame = PersonFrame(self, person.id)
        self.frames[person.id] = frame
        return frame

    def _add(self, role: Role) -> None:
        person = self.editor.add_person(role, self.words.role(role))
        frame = self.frames.get(person.id)
        if frame is not None:
            frame.form.widgets["called"].setFocus()

    def edit(self, person_id: str, key: str, value: Any) -> bool:
        person = self.file.person(person_id)
        if person is None:
            return False
        if key == "called" and not value:
            self.space.notices.info(self.texts.tr("A person needs a word to be called by; the earlier one was kept."))
            return False
        return self.editor.edit(person, **{key: value})

    def remove(self, person_id: str) -> None:
        person = self.file.person(person_id)
        if person is not None and not self.editor.remove_person(person):
            t = self.texts
            self.space.notices.info(t.tr("This person has a meeting or a consent, so the person stays in the case."))


class PersonFrame(QFrame):
    """One person's fields."""

    def __init__(self, section: PeopleSection, person_id: str) -> None:
        super().__init__()
        self.setObjectName("inset")
        t, words = section.texts, section.words
        self._texts = t
        self.form = form = Form(t, lambda key, value: section.edit(person_id, key, value))
        self._title = label("", "strong")
        self._age = label("", "muted")
        self.remove = button(t.tr("Remove"), lambda: section.remove(person_id), "quiet")
        first = columns(
            form.line("called", t.tr("Called")),
            form.line("name", t.tr("Name")),
            form.date("born", t.tr("Born")),
            shares=(3, 4, 3),
        )
        second = columns(
            form.choice("role", t.tr("Role"), [(r, words.role(r)) for r in Role]),
            form.choice("language", t.tr("Language"), [(code, t.tr(name)) for code, name in LANGUAGES]),
            below_name(held(beside(form.check("guardian", t.tr("guardian")), None, self.remove))),
            shares=(3, 4, 3),
        )
        places = [(i, words.of("interpreters", i)) for i in Interpreter]
        third = columns(
            form.choice("interpreter", t.tr("Interpreter"), places),
            form.line("interpreter_language", t.tr("Language of interpretation")),
        )
        head = beside(self._title, self._age, None, spacing=12)
        self.setLayout(stacked(head, first, second, third, spacing=10, margins=(16, 10, 16, 16)))

    def load(self, person: Person, *, anew: bool) -> None:
        self._title.setText(person.called)
        self.setAccessibleName(person.called)
        self._age.setText(age_words(self._texts, person.born, today()))
        self.remove.setAccessibleName(f"{self.remove.text()}: {person.called}")
        self.form.widgets["guardian"].setVisible(not person.is_child)
        self.form.load({f.name: getattr(person, f.name) for f in fields(Person)}, anew=anew)


def age_words(t: Texts, born: date | None, day: date) -> str:
    """*5 v 4 kk*; empty when it is not known."""
    if born is None or born > day:
        return ""
    years, months = age_on(born, day)
    return t.tr("{years} y {months} mo", years=years, months=months)
