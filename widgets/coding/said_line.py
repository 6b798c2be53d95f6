"""The line of what was said that is being written: Enter ends it where the film is, and the next one begins there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.casework.languages import LANGUAGES, language_name
from app.casework.said import LEAST, SaidEditor
from app.casework.said_words import HEARD
from app.model.timecode import Micros
from app.model.utterance import Heard, Utterance, Voice, made_private, private_stretches
from widgets.coding.paused_text import PausedText
from widgets.forms.inputs import named_choice
from widgets.look.flow import Flow
from widgets.look.look import Look, font
from widgets.look.parts import button, label, stacked

HEIGHT = 72


class _Private(QSyntaxHighlighter):
    """Private words are written as they are and drawn back, so that what is kept back is seen while it is typed."""

    def __init__(self, document: QTextDocument, color: QColor) -> None:
        super().__init__(document)
        self._format = QTextCharFormat()
        self._format.setForeground(color)
        self._format.setFontItalic(True)

    def highlightBlock(self, _text: str) -> None:
        document = self.document()
        start = self.currentBlock().position()
        for low, high in private_stretches(document.toPlainText()):
            if low < start + self.currentBlock().length() and start < high:
                self.setFormat(max(low - start, 0), high - max(low, start), self._format)


class LineText(PausedText):
    """Enter is no letter here: it ends the line."""

    ended = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _WITH:
            self.ended.emit()
        else:
            super().keyPressEvent(event)


_WITH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class SaidLine(QWidget):
    """One line at a time: one that is there already, or a new one that is in the archive once there are words in it.

    `now` is the meeting's time of the picture on the screen. A new line begins where the one before was ended, else at
    the picture when its first letter is typed.
    """

    went_to = Signal(str)  # the id of the line that is written now; empty for a new one

    def __init__(
        self, editor: SaidEditor, speakers: Sequence[tuple[str, str]], now: Callable[[], Micros], look: Look
    ) -> None:
        super().__init__()
        self._editor, self._now = editor, now
        self._id = ""
        self._start: Micros | None = None
        self._is_fresh = False  # made here and not ended yet: Enter says where it ends
        self._own_step = False
        t = editor.texts
        self._when = label("", "muted")
        self._when.setFont(font(tabular=True))
        self.speaker = named_choice(t.tr("Who speaks"), speakers)
        self.text = LineText(t.tr("What is said"), t.tr("What is said"), HEIGHT)
        _Private(self.text.document(), look.color("muted"))
        self.unclear = QCheckBox(t.tr("Unclear"))
        self.heard = named_choice(t.tr("How it was heard"), [(h.value, t.tr(words)) for h, words in HEARD.items()])
        usual = ("", t.tr("the family's language"))
        self.language = named_choice(t.tr("Language"), [usual, *((c, language_name(t, c)) for c, _ in LANGUAGES)])
        self.private = button(t.tr("Private words"), self.make_private)
        self.gone = button(t.tr("Remove"), self.remove, "quiet")
        self._build()
        self._connect()
        self.start_new()

    def _build(self) -> None:
        # what changes its width stands last: nothing moves under the hand
        first = Flow(self.speaker, self.unclear, self._when)
        last = Flow(self.private, self.heard, self.language, self.gone)
        self.setLayout(stacked(first, self.text, last, spacing=6))

    def _connect(self) -> None:
        self.text.textChanged.connect(self._on_typed)
        self.text.written.connect(self._keep)
        self.text.ended.connect(self.end)
        self.speaker.activated.connect(lambda _: self._change(speaker=self._speaks()))
        self.unclear.clicked.connect(lambda on: self._change(unclear=on))
        self.heard.activated.connect(lambda _: self._change(heard=Heard(self.heard.currentData())))
        self.language.activated.connect(lambda _: self._change(language=self.language.currentData()))
        self._editor.changed.connect(self._on_changed)  # bound: the editor outlives the room
        self._editor.read_anew.connect(self._on_changed)

    @contextmanager
    def _step(self) -> Iterator[None]:
        """While a step of the line itself is taken, it is not shown anew."""
        self._own_step = True
        try:
            yield
        finally:
            self._own_step = False

    # which line

    @property
    def line(self) -> Utterance | None:
        """The line that is written; None while it is a new one without words."""
        return self._editor.line(self._id) if self._id else None

    def write(self, line: Utterance) -> None:
        """A line that is there."""
        if line.id != self._id:
            self.commit()
            self._id, self._start, self._is_fresh = line.id, None, False
            self._show(line)
            self.went_to.emit(line.id)

    def start_new(self, start: Micros | None = None, speaker: str = "") -> None:
        """A new line; without `start` it begins at the picture when its first letter is typed."""
        self.commit()
        self._id, self._start, self._is_fresh = "", start, True
        self.text.show_text("", anew=True)
        _choose(self.speaker, speaker or self._editor.next_speaker(None))
        _choose(self.heard, Heard.HEARD)
        _choose(self.language, "")
        self.unclear.setChecked(False)
        self._show_when()
        self.went_to.emit("")

    def _show(self, line: Utterance) -> None:
        self.text.show_text(line.text, anew=True)
        _choose(self.speaker, line.speaker)
        _choose(self.heard, line.heard)
        _choose(self.language, line.language)
        self.unclear.setChecked(line.unclear)
        self._show_when()

    def _show_when(self) -> None:
        t, line = self._editor.texts, self.line
        if line is not None:
            words = f"{t.short_clock(line.start, digits=1)} – {t.short_clock(line.end, digits=1)}"
        elif self._start is not None:
            words = t.tr("new line from {time}", time=t.short_clock(self._start, digits=1))
        else:
            words = t.tr("new line at the picture")
        self._when.setText(words)
        self.gone.setEnabled(line is not None)
        self.private.setEnabled(bool(self.text.toPlainText().strip()))

    # writing

    def _on_typed(self) -> None:
        if not self._id and self._start is None and self.text.toPlainText().strip():
            self._start = self._now()
            self._show_when()
        self.private.setEnabled(bool(self.text.toPlainText().strip()))

    def _keep(self) -> None:
        """What is typed is in the archive; what was emptied may be typed anew, so it goes only when it is left."""
        text = self.text.toPlainText()
        if text.strip():
            self._take(text)

    def _take(self, text: str, **more: Any) -> None:
        with self._step():
            line = self.line
            if line is not None:
                self._editor.edit(line, text=" ".join(text.split()), **more)
            elif text.strip():
                start = self._now() if self._start is None else self._start
                made = self._editor.add_line(
                    " ".join(text.split()), start, self._speaks(), heard=Heard(self.heard.currentData()),
                    language=self.language.currentData(), unclear=self.unclear.isChecked(),
                )  # fmt: skip
                if made is not None:
                    self._id = made.id
                    self.went_to.emit(made.id)
        self._show_when()

    def commit(self) -> None:
        """What is typed goes to the archive; a line that was emptied leaves it."""
        self.text.commit()
        if self._id and not self.text.toPlainText().strip():
            self.remove()

    def end(self) -> None:
        """The line ends at the picture and the next begins there; of an older line, the next one is gone to."""
        text, line = self.text.toPlainText(), self.line
        if not text.strip():
            self.commit()
            return
        self.text.commit()
        line = self.line
        if line is None:
            self._take(text)
            line = self.line
        if line is None:
            return  # refused, and said
        following = self._after(line)
        if following is not None and not self._is_fresh:
            self.write(following)
            return
        now = self._now()
        is_later = now - line.start >= LEAST
        if self._is_fresh and is_later:
            with self._step():
                self._editor.edit(line, end=now)
        self.start_new(now if is_later and self._is_fresh else None, self._editor.next_speaker(line))

    def _after(self, line: Utterance) -> Utterance | None:
        lines = self._editor.lines
        place = next((n for n, u in enumerate(lines) if u.id == line.id), len(lines))
        return lines[place + 1] if place + 1 < len(lines) else None

    def _change(self, **fields: Any) -> None:
        """Of a line that is there at once; a new one takes it with its words."""
        self._keep()
        line = self.line
        if line is not None:
            with self._step():
                self._editor.edit(line, **fields)

    def _speaks(self) -> str:
        return str(self.speaker.currentData() or Voice.OTHER)

    def next_speaker(self) -> None:
        """Another one of the list speaks."""
        self.speaker.setCurrentIndex((self.speaker.currentIndex() + 1) % self.speaker.count())
        self._change(speaker=self._speaks())

    def toggle_unclear(self) -> None:
        self.unclear.setChecked(not self.unclear.isChecked())
        self._change(unclear=self.unclear.isChecked())

    def move_edge(self, *, closes: bool) -> None:
        """The line begins, or ends, at the picture."""
        self._keep()
        line, now = self.line, self._now()
        if line is None:
            self._start = now if not closes else self._start
        else:
            with self._step():
                self._editor.edit(line, **{"end" if closes else "start": now})
            self._is_fresh = self._is_fresh and not closes
        self._show_when()

    def make_private(self) -> None:
        """What is marked in the line is kept back from now on; where nothing is marked, all of it."""
        text, cursor = self.text.toPlainText(), self.text.textCursor()
        marked = (cursor.selectionStart(), cursor.selectionEnd()) if cursor.hasSelection() else (0, len(text))
        after = made_private(text, *marked)
        if after != text:
            cursor.select(cursor.SelectionType.Document)
            cursor.insertText(after)
            self._keep()

    def remove(self) -> None:
        line = self.line
        if line is not None:
            with self._step():
                self._editor.remove(line)
            self._id = ""
            self.start_new()

    # what others did

    def _show_kept(self) -> None:
        line = self.line
        if line is not None:
            self._show(line)

    def _on_changed(self, _changes: object = None) -> None:
        """Undone, or read anew: the line is shown as it is now."""
        if self._own_step or not self._id:
            return
        if self.line is None:
            self._id = ""
            self.text.show_text("", anew=True)
            self.start_new()
        else:
            self._show_kept()


def _choose(box: QComboBox, value: str) -> None:
    """Without telling; what the list does not have, such as a person who left the meeting, is shown as nobody."""
    with QSignalBlocker(box):
        box.setCurrentIndex(box.findData(str(value)))
