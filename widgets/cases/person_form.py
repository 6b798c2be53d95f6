"""One person's fields. Real names and days of birth are there only while names are shown."""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox

from app.casework.languages import LANGUAGES
from app.model.people import Bond, Interpreter, Person, Ring, Role
from widgets.cases.people_acts import PeopleActs
from widgets.cases.same_person import SamePersonPanel
from widgets.forms.form import Form, columns, held
from widgets.look.flow import Flow
from widgets.look.parts import Card, beside, button, clear, label, stacked


class PersonForm(Card):
    """The fields of the person who is chosen."""

    def __init__(self, section: PeopleActs) -> None:
        super().__init__(spacing=12, padding=20)
        self._section = section
        t, words = section.texts, section.words
        self._texts = t
        self.person_id = ""
        self.form = form = Form(t, section.edit)
        self.title = label("", "strong")
        self._hidden = label(t.tr("Name and day of birth are hidden."), "caption", wrap=True)
        self.show_names = button(t.tr("Show names"), section.ask_names, "link")
        asking = beside(self._hidden, self.show_names)
        asking.setStretch(0, 1)
        self._ask = held(asking)
        self._named = held(columns(form.line("name", t.tr("Name")), form.date("born", t.tr("Born"))))
        self.remove = button(t.tr("Remove"), section.remove, "quiet")
        self.same = SamePersonPanel(section)
        self.who_is = button(t.tr("Same person…"), self.same.open_panel, "quiet")
        self._apart = Flow()
        self._apart_title = label(t.tr("Keep apart from"), "caption")
        self.apart: dict[str, QCheckBox] = {}
        places = [(i, words.of("interpreters", i)) for i in Interpreter]
        who = held(
            columns(
                form.line("called", t.tr("Called")),
                form.choice("role", t.tr("Role"), [(r, words.role(r)) for r in Role]),
            )
        )
        speaks = held(
            columns(
                form.choice("language", t.tr("Language"), [(code, t.tr(name)) for code, name in LANGUAGES]),
                form.choice("interpreter", t.tr("Interpreter"), places),
            )
        )
        hands = [("", t.tr("not known")), *((key, words.of("hands", key)) for key in words.keys("hands"))]
        self._hand = held(columns(form.choice("leading_hand", t.tr("Leading hand"), hands), None))
        self._interpreted = held(columns(form.line("interpreter_language", t.tr("Language of interpretation")), None))
        self._on_map = held(
            columns(
                form.choice("ring", t.tr("On the map of the close network"), _of(words, "rings", Ring)),
                form.choice("bond", t.tr("Between the child and this person"), _of(words, "bonds", Bond)),
            )
        )
        self._checks = held(
            stacked(
                form.check("guardian", t.tr("guardian")),
                form.check("network_only", t.tr("Of the close network only: neither filmed nor asked")),
                spacing=2,
            )
        )
        self.column.addLayout(beside(self.title, None, self.who_is, self.remove))
        for row in (who, self._named, self._ask, speaks, self._interpreted, self._hand, self._checks, self._on_map):
            self.column.addWidget(row)
        self.column.addWidget(self._apart_title)
        self.column.addLayout(self._apart)
        self.column.addWidget(self.same)

    def load(self, person: Person, *, anew: bool) -> None:
        """Fill from a person; what is being typed of the same person is kept."""
        is_other = anew or person.id != self.person_id
        self.person_id = person.id
        names = self._section.names_shown
        self.title.setText(person.called)
        self._named.setVisible(names)
        self._ask.setVisible(not names)
        self._checks.setVisible(not person.is_child)
        self.form.widgets["guardian"].setVisible(person.is_adult)
        self._on_map.setVisible(not person.is_child)
        self._hand.setVisible(not person.network_only)
        self._interpreted.setVisible(person.interpreter != Interpreter.NONE)
        self.remove.setAccessibleName(f"{self.remove.text()}: {person.called}")
        values: dict[str, Any] = {f.name: getattr(person, f.name) for f in fields(Person)}
        if not names:
            values |= {"name": "", "born": None}
        self.form.load(values, anew=is_other)
        self._load_apart(person)
        self.same.show_person(person, anew=is_other)

    def _on_apart(self, other_id: str) -> None:
        self._section.keep_apart(other_id, apart=self.apart[other_id].isChecked())

    def _load_apart(self, person: Person) -> None:
        """A box for each other who may not meet this one; where all adults are kept apart there is no choice."""
        file, t = self._section.file, self._texts
        others = [p for p in file.everybody if p.is_adult and p.id != person.id] if person.is_adult else []
        if list(self.apart) != [p.id for p in others]:
            clear(self._apart)
            self.apart = {p.id: QCheckBox() for p in others}
            for other_id, box in self.apart.items():
                box.clicked.connect(partial(self._on_apart, other_id))
                self._apart.addWidget(box)
        for other in others:
            box = self.apart[other.id]
            box.setText(other.called)
            box.setAccessibleName(t.tr("Keep apart from: {who}", who=other.called))
            box.setChecked(other.id in file.apart.of(person.id))
            is_all = file.case.keep_apart and not (other.network_only or person.network_only)
            box.setEnabled(not is_all)
            box.setToolTip(t.tr("In this case all adults are kept apart.") if is_all else "")
        self._apart_title.setVisible(bool(others))


def _of(words: Any, table: str, values: Any) -> list[tuple[Any, str]]:
    return [(value, words.of(table, value)) for value in values]
