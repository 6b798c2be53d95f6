"""How a reading was: what of the text this reader is shown, the way to the screen, and what came of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QListWidget, QListWidgetItem, QWidget

from app.i18n import Texts, today
from app.model.people import Person
from app.model.reading import HAPPENED, Reading, ReadingOutcome, ReadingWay
from app.services.documents import form_of
from app.settings.preferences import Preferences
from app.statement.editor import StatementEditor
from app.statement.going_through import change_reading, forget_reading, note_reading, shown
from app.statement.readers import reads_alone
from app.vocabulary import StatementTexts
from widgets.folding import size_to_fit
from widgets.forms.date_field import DateField
from widgets.forms.form import columns, named
from widgets.forms.inputs import Choice, GrowingText
from widgets.look.parts import beside, button, label, primary_button, scrolled, section_label, stacked
from widgets.statement.reading_view import ReadingView


class ReadingNote(QDialog):
    """One reading that is being made. What stands in it is kept when the window closes; *Note* ends it."""

    def __init__(
        self, editor: StatementEditor, reading: Reading, reader: Person, preferences: Preferences, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._editor, self.reading_id, self._reader, self._preferences = editor, reading.id, reader, preferences
        t = self._texts = editor.texts
        words = StatementTexts(t.language)
        self._is_gone = False
        called = reader.called or reader.name
        self.setWindowTitle(t.tr("Going through it: {who}", who=called))
        size_to_fit(self, 860, 640)
        self.sections = self._build_sections(t, reading)
        self.read = primary_button(t.tr("Show it to the reader"), self._read)
        self.outcome = Choice([(o, words.of("reading_outcomes", o)) for o in self._outcomes(reader)])
        self.way = Choice([(w, words.of("reading_ways", w)) for w in ReadingWay])
        self.held, self.offered = DateField(t, t.tr("Day")), DateField(t, t.tr("Offered"))
        self.interpreter = QCheckBox(t.tr("An interpreter was present"))
        self.told = GrowingText(2)
        self.said = label("", "muted", wrap=True)
        self.missing = label("", "danger", wrap=True)
        self.missing.hide()
        self.note = button(t.tr("Note the reading"), self._note)
        self.forget = button(t.tr("Leave it without a note"), self._forget, "quiet")
        for made in (self.read, self.note, self.forget):
            made.setAutoDefault(False)
        self.outcome.activated.connect(lambda _: self._tell_why())
        self._why = label("", "section")
        left = stacked(
            section_label(t.tr("This reader is shown")),
            self.sections,
            label(
                t.tr("Other readers' words are never shown, nor anybody kept apart from this reader."),
                "caption",
                wrap=True,
            ),
            self.read,
            spacing=8,
        )
        fields = QWidget()
        fields.setLayout(
            stacked(
                named(t.tr("What came of it"), self.outcome),
                named(t.tr("How"), self.way),
                columns(self.held, self.offered, shares=(1, 1)),
                self.interpreter,
                self._why,
                self.told,
                section_label(t.tr("The reader's own words")),
                self.said,
                self.missing,
                None,
                spacing=10,
                margins=(0, 0, 8, 0),
            )
        )
        body = beside(left, scrolled(fields), spacing=28)
        body.setStretch(0, 2)
        body.setStretch(1, 3)
        foot = beside(self.forget, None, button(t.tr("Close"), self.accept), self.note)
        caption = t.tr("When it is noted, the reader's words stay as they are.")
        self.setLayout(stacked(body, label(caption, "caption"), foot, spacing=14, margins=(22, 18, 22, 16)))
        self._show(reading)
        self.finished.connect(lambda _: self.commit())

    def _outcomes(self, reader: Person) -> list[ReadingOutcome]:
        """A young child is told first of all; an adult is not."""
        if not reader.is_child:
            return [o for o in ReadingOutcome if o != ReadingOutcome.TOLD]
        first = ReadingOutcome.READ if reads_alone(reader, today()) else ReadingOutcome.TOLD
        return [first, *(o for o in ReadingOutcome if o != first)]

    def _build_sections(self, t: Texts, reading: Reading) -> QListWidget:
        """Those that this reader may be shown at all, each with a tick; the worker takes ticks away."""
        held = form_of(self._editor.statement)
        made = QListWidget()
        made.setAccessibleName(t.tr("This reader is shown"))
        whole = replace(reading, left_out=())
        keys = {s.key for s in shown(self._editor, whole)}
        language = self._editor.statement.language
        for section in held.sections:
            if section.key not in keys:
                continue
            item = QListWidgetItem(f"{section.number}  {section.title.text(language)}")
            item.setData(Qt.ItemDataRole.UserRole, section.key)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            is_out = section.key in reading.left_out
            item.setCheckState(Qt.CheckState.Unchecked if is_out else Qt.CheckState.Checked)
            made.addItem(item)
        return made

    def _show(self, reading: Reading) -> None:
        chosen = reading.outcome if reading.outcome in self._outcomes(self._reader) else ReadingOutcome.TOLD
        if reading.outcome == ReadingOutcome.READ and not reading.told and not reading.comments:
            chosen = self._outcomes(self._reader)[0]
        self.outcome.set_value(chosen)
        self.way.set_value(reading.way)
        self.held.set_value(reading.held or today())
        self.offered.set_value(reading.offered)
        self.interpreter.setChecked(reading.interpreter)
        self.told.setPlainText(reading.told)
        self._tell_why()
        self._show_said(reading)

    def _show_said(self, reading: Reading) -> None:
        t, held = self._texts, form_of(self._editor.statement)
        rows = []
        for comment in reading.comments:
            known = held.has_section(comment.section)
            of = held.section(comment.section).title.text(t.language) if known else t.tr("Of the whole")
            rows.append(f"{of}: ”{comment.words.strip()}”")
        self.said.setText("\n".join(rows) or t.tr("Nothing so far."))

    def _tell_why(self) -> None:
        t, outcome = self._texts, self.outcome.value()
        words = {
            ReadingOutcome.TOLD: t.tr("How the child was told"),
            ReadingOutcome.NOT_REACHED: t.tr("Why it was not gone through"),
        }
        self._why.setText(words.get(outcome, t.tr("More of the reading")))
        self.told.setAccessibleName(self._why.text())

    def _as_filled(self, reading: Reading) -> Reading:
        hidden = []
        for row in range(self.sections.count()):
            item = self.sections.item(row)
            if item.checkState() == Qt.CheckState.Unchecked:
                hidden.append(str(item.data(Qt.ItemDataRole.UserRole)))
        outcome = self.outcome.value()
        held = None if self.held.is_wrong() else self.held.value()
        return replace(
            reading,
            outcome=outcome,
            way=self.way.value(),
            held=held if outcome in HAPPENED else None,
            offered=None if self.offered.is_wrong() else self.offered.value(),
            interpreter=self.interpreter.isChecked(),
            told=self.told.toPlainText().strip(),
            left_out=tuple(hidden),
        )

    def commit(self) -> None:
        """What stands in the fields is kept, so that it can be gone on with."""
        reading = self._editor.readings.get(self.reading_id)
        if reading is not None and reading.is_open and not self._is_gone:
            change_reading(self._editor, self._as_filled(reading))

    def _read(self) -> None:
        self.commit()
        reading = self._editor.readings[self.reading_id]
        ReadingView(self._editor, reading, self._texts, self._preferences, self).over_all()
        self._show_said(self._editor.readings[self.reading_id])

    def _note(self) -> None:
        made = self._as_filled(self._editor.readings[self.reading_id])
        if note_reading(self._editor, made):
            self._is_gone = True
            self.accept()
            return
        self.missing.setText(self._texts.tr("Say on which day it was, or why it was not gone through."))
        self.missing.show()

    def _forget(self) -> None:
        self._is_gone = forget_reading(self._editor, self.reading_id)
        if self._is_gone:
            self.accept()
