"""At the right while it is gone through: who has read it and how, what each said, and what the workers make of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.casework.case_file import CaseFile, case_file
from app.model.people import Person
from app.model.reading import HAPPENED, Reading, Treatment, counts_for
from app.model.statement_stages import StatementAct
from app.services.documents import form_of
from app.settings.preferences import Preferences
from app.statement.editor import StatementEditor
from app.statement.going_through import answer, begin_reading
from app.statement.readers import readers
from app.statement.versions import versions
from app.vocabulary import StatementTexts
from widgets.forms.inputs import Choice, GrowingText
from widgets.look.parts import Card, button, clear, label, scrolled, section_label, stacked


class ReadingPanel(QWidget):
    """Made anew with every step of the statement."""

    def __init__(self, editor: StatementEditor, preferences: Preferences, open_section: Callable[[str], None]) -> None:
        super().__init__()
        self._editor, self._preferences, self._open_section = editor, preferences, open_section
        self._words = StatementTexts(editor.texts.language)
        self._rows = stacked(spacing=10, margins=(0, 0, 8, 0))
        inside = QWidget()
        inside.setLayout(self._rows)
        self.setLayout(stacked(section_label(editor.texts.tr("Client's reading")), scrolled(inside), spacing=8))

    def refresh(self) -> None:
        """As it is now; the keys stay where they were."""
        focused = self.focusWidget()
        name = focused.accessibleName() if focused is not None and focused.hasFocus() else ""
        self._fill()
        if name:
            again = next((w for w in self.findChildren(QWidget) if w.accessibleName() == name), None)
            if again is not None:
                again.setFocus()

    def _fill(self) -> None:
        clear(self._rows)
        editor = self._editor
        case = case_file(editor.store, editor.statement.case_id)
        counted = counts_for(editor.statement, versions(editor.store, editor.statement))
        held = [r for r in editor.all_readings() if r.statement_id in counted]
        for person in readers(case, editor.statement):
            mine = [r for r in held if r.person_id == person.id]
            if not mine:
                self._rows.addWidget(self._waiting(person))
            for reading in mine:
                self._rows.addWidget(self._card(case, reading))
        self._rows.addStretch(1)

    def _waiting(self, person: Person) -> QWidget:
        t = self._editor.texts
        card = Card(label(person.called or person.name, "strong"), spacing=6, padding=12)
        card.column.addWidget(label(t.tr("not gone through yet"), "muted"))
        if self._editor.may(StatementAct.NOTE_READING):
            act = button(t.tr("Go through it…"), partial(self._begin, person))
            act.setAccessibleName(f"{act.text()} {person.called or person.name}")
            card.column.addWidget(act)
        return card

    def _begin(self, person: Person) -> None:
        reading = begin_reading(self._editor, person.id)
        if reading is not None:
            self._open(reading, person)

    def _open(self, reading: Reading, person: Person) -> None:
        from widgets.statement.reading_note import ReadingNote

        ReadingNote(self._editor, reading, person, self._preferences, self).exec()

    def _card(self, case: CaseFile, reading: Reading) -> QWidget:
        t, person = self._editor.texts, case.person(reading.person_id)
        called = (person.called or person.name) if person else ""
        if reading.is_open and person is not None:
            card = Card(label(called, "strong"), label(t.tr("reading is open"), "muted"), spacing=6, padding=12)
            if reading.id in self._editor.readings and self._editor.may(StatementAct.NOTE_READING):
                card.column.addWidget(button(t.tr("Go on…"), partial(self._open, reading, person)))
            return card
        outcome = self._words.of("reading_outcomes", reading.outcome)
        said = [outcome]
        if reading.outcome in HAPPENED:
            said += [t.date(reading.held), self._words.of("reading_ways", reading.way)]
        if reading.interpreter:
            said.append(t.tr("interpreter present"))
        card = Card(
            label(called, "strong"), label(" · ".join(x for x in said if x), "muted", wrap=True), spacing=6, padding=12
        )
        if reading.told:
            card.column.addWidget(label(reading.told, "muted", wrap=True))
        for number in range(len(reading.comments)):
            card.column.addWidget(self._comment(reading, number))
        if not reading.comments and reading.outcome in HAPPENED:
            card.column.addWidget(label(t.tr("no comments"), "muted"))
        return card

    def _comment(self, reading: Reading, number: int) -> QWidget:
        """The reader's own words, which nobody edits; what they are, and the workers' answer below."""
        t, comment = self._editor.texts, reading.comments[number]
        held = form_of(self._editor.statement)
        made = Card(spacing=6, padding=10)
        made.setObjectName("inset")
        if held.has_section(comment.section):
            section = held.section(comment.section)
            words = f"{section.number} {section.title.text(t.language)}"
            link = button(words, partial(self._open_section, comment.section), "link")
            made.column.addWidget(link)
        else:
            words = t.tr("Of the whole")
            made.column.addWidget(label(words, "caption"))
        made.column.addWidget(label(f"”{comment.words.strip()}”", wrap=True))
        if reading.id not in self._editor.readings or not self._editor.may(StatementAct.ANSWER):
            if comment.treated != Treatment.OPEN:
                made.column.addWidget(label(self._words.of("treatments", comment.treated), "caption", wrap=True))
            if comment.response:
                made.column.addWidget(label(comment.response, "muted", wrap=True))
            return made
        choices = [(Treatment.OPEN, t.tr("What is it?"))] if comment.treated == Treatment.OPEN else []
        kinds = (Treatment.FACT, Treatment.VIEW, Treatment.COMMENT)
        what = Choice([*choices, *((k, self._words.of("treatments", k)) for k in kinds)])
        what.set_value(comment.treated)
        what.setAccessibleName(t.tr("What the comment is: {section}", section=words))
        response = GrowingText()
        response.setPlaceholderText(t.tr("The workers' answer"))
        response.setAccessibleName(t.tr("The workers' answer: {section}", section=words))
        response.setPlainText(comment.response)

        def taken() -> None:
            answer(self._editor, reading.id, number, what.value(), response.toPlainText())

        what.activated.connect(lambda _: taken())
        response.left.connect(taken)
        made.column.addWidget(what)
        made.column.addWidget(response)
        if comment.treated == Treatment.FACT:
            made.column.addWidget(label(t.tr("It is corrected in a new version."), "caption", wrap=True))
        return made
