"""The text as one whom it is about reads it: large, this reader's version alone, a field for words at each section.

The parent looks at this screen: no code name, no worker's note, no source and nobody who is kept apart stands on it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from app.i18n import Texts
from app.model.reading import Reading
from app.model.statement import Paragraph, ParagraphKind
from app.settings.preferences import Preferences
from app.statement.editor import StatementEditor
from app.statement.going_through import change_reading, shown
from app.statement.readers import ReaderSection
from widgets.cover import cover_from
from widgets.folding import size_to_fit
from widgets.forms.inputs import GrowingText
from widgets.look.parts import beside, button, hairline, label, primary_button, scrolled, stacked
from widgets.statement.table_block import TableBlock

#: pixels: of the letters at first, at least and at most, and of one step; of the text and the field beside it
LARGE, SMALLEST, LARGEST, STEP = 20, 16, 34, 2
TEXT, FIELD = 820, 320
#: milliseconds of a pause after which what was said is in the archive
PAUSE = 500


class ReadingView(QDialog):
    """Over the whole screen. What is said is kept as it is said; *Done* and Esc lead back to the workers."""

    def __init__(
        self, editor: StatementEditor, reading: Reading, texts: Texts, preferences: Preferences, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._editor, self._id, self._texts = editor, reading.id, texts
        self._size = LARGE
        self._labels: list[tuple[QWidget, int]] = []
        self.fields: dict[str, GrowingText] = {}
        self.setObjectName("page")
        self.setWindowTitle(texts.tr("Reading the statement"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.commit)
        pages = QWidget()
        column = stacked(spacing=34, margins=(32, 32, 32, 80))
        for section in shown(editor, reading):
            column.addWidget(self._section(section, reading))
        column.addWidget(self._whole(reading))
        column.addStretch(1)
        pages.setLayout(column)
        holder = QWidget()
        inner = beside(None, pages, None, spacing=0)
        inner.setStretch(1, 100)
        holder.setLayout(inner)
        pages.setMaximumWidth(TEXT + FIELD + 120)
        self.page: QScrollArea = scrolled(holder)
        self.setLayout(stacked(self._head(), hairline(), self.page, spacing=0))
        self._resize()
        cover_from(self, parent.window(), preferences)
        self.finished.connect(lambda _: self.commit())
        size_to_fit(self, TEXT + FIELD + 200, 700)
        self.page.setFocus()

    def over_all(self) -> None:
        """Until it is done nothing else is on the screen."""
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.exec()

    def _head(self) -> QWidget:
        t = self._texts
        smaller = button("A−", lambda: self._scale(-STEP), "quiet")
        smaller.setAccessibleName(t.tr("Smaller text"))
        smaller.setToolTip(t.tr("Smaller text"))
        larger = button("A+", lambda: self._scale(STEP), "quiet")
        larger.setAccessibleName(t.tr("Larger text"))
        larger.setToolTip(t.tr("Larger text"))
        done = primary_button(t.tr("Done"), self.accept)
        for made in (smaller, larger, done):
            made.setAutoDefault(False)
        head = QWidget()
        words = label(t.tr("You can write beside each section what you want to say of it."), "muted", wrap=True)
        row = beside(words, smaller, larger, done, spacing=10, margins=(32, 12, 24, 12))
        row.setStretch(0, 1)
        head.setLayout(row)
        return head

    def _section(self, section: ReaderSection, reading: Reading) -> QWidget:
        title = self._sized(label(section.title, wrap=True), 6, bold=True)
        column = stacked(title, spacing=12)
        for paragraph in section.paragraphs:
            column.addWidget(self._paragraph(paragraph))
        return self._with_field(column, section.key, section.title, reading)

    def _whole(self, reading: Reading) -> QWidget:
        title = self._texts.tr("Of the whole")
        return self._with_field(stacked(self._sized(label(title), 6, bold=True), spacing=12), "", title, reading)

    def _with_field(self, column: object, key: str, title: str, reading: Reading) -> QWidget:
        t = self._texts
        field = GrowingText(3)
        field.setPlaceholderText(t.tr("What do you want to say of this?"))
        field.setAccessibleName(t.tr("Own words on: {section}", section=title))
        field.setPlainText(reading.on(key))
        field.setFixedWidth(FIELD)
        field.textChanged.connect(self._timer.start)
        field.left.connect(self.commit)
        self.fields[key] = field
        made = QFrame()
        row = beside(column, stacked(field, None), spacing=40)  # type: ignore[arg-type]  # a layout of labels
        row.setStretch(0, 1)
        row.setContentsMargins(0, 0, 0, 0)
        made.setLayout(row)
        return made

    def _paragraph(self, paragraph: Paragraph) -> QWidget:
        if paragraph.cells:
            return self._sized(TableBlock(paragraph), -2)
        is_heading = paragraph.kind == ParagraphKind.HEADING
        is_bare = paragraph.kind == ParagraphKind.ITEM and not paragraph.text[:1].isdigit()
        words = f"• {paragraph.text}" if is_bare else paragraph.text
        made = label(words, wrap=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        return self._sized(made, 0, bold=is_heading)

    def _sized(self, made: QWidget, more: int, *, bold: bool = False) -> QWidget:
        made.setProperty("bold", bold)
        self._labels.append((made, more))
        return made

    def _scale(self, step: int) -> None:
        self._size = min(max(self._size + step, SMALLEST), LARGEST)
        self._resize()

    def _resize(self) -> None:
        for made, more in self._labels:
            weight = "600" if made.property("bold") else "400"
            made.setStyleSheet(f"QLabel {{ font-size: {self._size + more}px; font-weight: {weight}; }}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page goes by the keys of pages; Esc leads back."""
        bar = self.page.verticalScrollBar()
        moves = {Qt.Key.Key_PageDown: bar.pageStep() - 60, Qt.Key.Key_PageUp: 60 - bar.pageStep()}
        if event.key() in moves:
            bar.setValue(bar.value() + moves[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def commit(self) -> None:
        """What stands in the fields is in the archive, word for word."""
        self._timer.stop()
        reading = self._editor.readings.get(self._id)
        if reading is None or not reading.is_open:
            return
        after = reading
        for key, field in self.fields.items():
            if field.toPlainText().strip() != after.on(key).strip():
                after = after.saying(key, field.toPlainText())
        change_reading(self._editor, after)
