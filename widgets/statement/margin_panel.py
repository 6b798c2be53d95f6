"""Comments of the open section beside its text, each at the height of its passage. For the two workers alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.i18n import Texts
from app.model.writing_aids import MarginComment
from app.statement import margin
from app.statement.editor import StatementEditor
from app.statement.margin import QUOTED, Anchored
from widgets.look.flow import Flow
from widgets.look.parts import Card, beside, button, label, stacked

#: pixels: of the margin, of a field in which a comment is written, between two comments
WIDE, HIGH, GAP = 216, 76, 8


class MarginPanel(QWidget):
    """Hidden where nothing is said. `shown` leads to the passage of a comment, `left` gives the keys to the text."""

    shown = Signal(object)  # Anchored
    left = Signal()
    told = Signal()  # other passages are commented on now

    def __init__(
        self,
        texts: Texts,
        editor: StatementEditor,
        names: Callable[[], Mapping[str, str]],
        height_of: Callable[[str, int], int | None],
    ) -> None:
        """`height_of` is where a letter of a paragraph stands, in pixels of the panel; None where it is not shown."""
        super().__init__()
        self._texts, self._editor, self._names, self._height_of = texts, editor, names, height_of
        self._section = ""
        self._new: Anchored | None = None  # what one is being written about; its words are the comment's
        self._cards: list[tuple[Anchored, QWidget]] = []
        self._writing: Writing | None = None
        self._held: tuple[Anchored, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.arrange)
        self.setFixedWidth(WIDE)
        self.setAccessibleName(texts.tr("Comments in the margin"))
        self.hide()

    def passages(self) -> list[tuple[str, int, int]]:
        """The passages that are commented on and not settled, for the text to mark."""
        return [(a.paragraph, a.start, a.end) for a in self._held if a.end > 0 and a.comment.resolved is None]

    def show_section(self, section: str) -> None:
        """What is said of a section. What is being written about another one goes."""
        editor = self._editor
        if section != self._section:
            self._new = self._writing = None
        self._section = section
        for _, old in self._cards:
            if old is not self._writing:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        self._held = margin.anchored(editor.text, margin.comments_of(editor.store, editor.statement.id), section)
        names = self._names() if self._held else {}
        self._cards = [(one, self._card(one, names)) for one in self._held]
        if self._new is not None and self._writing is not None:
            self._cards.append((self._new, self._writing))
        for _, made in self._cards:
            made.setParent(self)
            made.show()
        self.setVisible(bool(self._cards))
        self.told.emit()
        self._soon.start()

    def write(self, paragraph_id: str, start: int, words: str) -> None:
        """Begin a comment about a passage; about the section where `paragraph_id` is empty."""
        if not margin.may_comment(self._editor):
            return
        quoted = words[:QUOTED]
        t, whole = self._texts, margin.draft(self._editor, self._section, paragraph_id, quoted)
        self._new = Anchored(whole, paragraph_id, start, start + len(quoted))
        name = t.tr("Comment about: {words}", words=quoted) if quoted else t.tr("Comment about the section")
        self._writing = made = Writing(t, name)
        made.kept.connect(self._keep)
        self.show_section(self._section)
        made.field.setFocus()

    def _keep(self, text: str) -> None:
        about, self._new, self._writing = self._new, None, None
        if about is None or not margin.comment(self._editor, about.comment, text):
            self.show_section(self._section)
        self.left.emit()

    def arrange(self) -> None:
        """Each at the height of its passage, below the one before it."""
        at = 0
        for wished, _, card in sorted((self._wished(about), n, card) for n, (about, card) in enumerate(self._cards)):
            card.setFixedWidth(WIDE)
            high = card.heightForWidth(WIDE) if card.hasHeightForWidth() else card.sizeHint().height()
            top = max(at, wished)
            card.setGeometry(0, top, WIDE, high)
            at = top + high + GAP
        self.setMinimumHeight(at)

    def _wished(self, about: Anchored) -> int:
        found = self._height_of(about.paragraph, about.start) if about.paragraph else None
        return 0 if found is None else max(found, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def _card(self, at: Anchored, names: Mapping[str, str]) -> QWidget:
        t, one = self._texts, at.comment
        card = Card(spacing=3, padding=10)
        if one.words:
            words = f"”{one.words}”" if at.end > 0 else t.tr("”{words}”, changed since", words=one.words)
            to = label(words, "caption", wrap=True)
            to.setToolTip(t.tr("The passage that it is about"))
            card.column.addWidget(to)
        kind = "" if one.resolved is None else "muted"
        said = [(one.worker_id, one.at, one.text), *((a.worker_id, a.at, a.text) for a in one.answers)]
        for worker, when, text in said:
            day = f"{t.date(when.astimezone().date(), year=False)} {t.time(when)}"
            card.column.addWidget(label(f"{names.get(worker, '')} · {day}", "caption", wrap=True))
            card.column.addWidget(label(text, kind, wrap=True))
        if one.resolved is not None:
            card.column.addWidget(label(t.tr("Settled"), "caption"))
        card.setAccessibleName("; ".join(f"{names.get(w, '')}: {text}" for w, _, text in said))
        if margin.may_comment(self._editor):
            card.column.addLayout(self._acts(card, at))
        return card

    def _acts(self, card: Card, at: Anchored) -> Flow:
        t, editor, one = self._texts, self._editor, at.comment
        row = Flow()
        if at.paragraph:
            row.addWidget(self._link(t.tr("Show"), one, lambda: self.shown.emit(at)))
        row.addWidget(self._link(t.tr("Answer"), one, lambda: self._answer(card, one)))
        done = one.resolved is not None
        words = t.tr("Open again") if done else t.tr("Settle")
        row.addWidget(self._link(words, one, lambda: margin.resolve(editor, one, on=not done)))
        if margin.can_take_back(editor, one):
            row.addWidget(self._link(t.tr("Remove"), one, lambda: margin.take_back(editor, one)))
        return row

    def _link(self, words: str, one: MarginComment, act: Callable[[], object]) -> QWidget:
        made = button(words, act, "link")
        made.setAccessibleName(f"{words}: {one.text}")
        return made

    def _answer(self, card: Card, one: MarginComment) -> None:
        """Below what was said."""
        if card.findChild(Writing) is not None:
            return
        made = Writing(self._texts, self._texts.tr("Answer to: {words}", words=one.text))

        def keep(text: str) -> None:
            if not margin.answer(self._editor, one, text):
                self.show_section(self._section)
            self.left.emit()

        made.kept.connect(keep)
        card.column.addWidget(made)
        made.field.setFocus()
        self._soon.start()


class Writing(QWidget):
    """A field for a comment or an answer. Ctrl+Enter keeps it, Esc leaves it: then nothing was said."""

    kept = Signal(str)

    def __init__(self, texts: Texts, name: str) -> None:
        super().__init__()
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(texts.tr("For the two of you alone"))
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(HIGH)
        self.field.installEventFilter(self)
        keep = button(texts.tr("Save"), lambda: self.kept.emit(self.field.toPlainText()))
        drop = button(texts.tr("Cancel"), lambda: self.kept.emit(""), "quiet")
        self.setLayout(stacked(self.field, beside(keep, drop, None), spacing=4))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            keeps = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(
                event.modifiers() & Qt.KeyboardModifier.ControlModifier
            )
            leaves = event.key() == Qt.Key.Key_Escape
            if event.type() == QEvent.Type.ShortcutOverride and (keeps or leaves):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and (keeps or leaves):
                self.kept.emit(self.field.toPlainText() if keeps else "")
                return True
        return super().eventFilter(watched, event)
