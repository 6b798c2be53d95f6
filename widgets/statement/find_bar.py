"""Find and replace above the text of a statement, over all its sections."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QToolButton, QWidget

from app.i18n import Texts
from app.statement.editor import StatementEditor
from app.statement.seeking import Place, Sought
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, stacked


class FindBar(QFrame):
    """`shown` leads to a place; `left` gives the keys back to the text. Nothing is looked for while it is closed."""

    shown = Signal(object)  # Place
    left = Signal()
    told = Signal()  # what is found now is another

    def __init__(self, look: Look, texts: Texts, editor: StatementEditor, commit: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._texts, self._editor, self._commit = texts, editor, commit
        self._found: tuple[Place, ...] = ()
        self._at = -1
        self.words, self.instead = _line(texts.tr("Find in the statement")), _line(texts.tr("Replace with"))
        self.words.textChanged.connect(lambda _: self._look_anew())
        for one in (self.words, self.instead):
            one.installEventFilter(self)
        self.exact, self.whole = QCheckBox(texts.tr("Same case")), QCheckBox(texts.tr("Whole words"))
        for box in (self.exact, self.whole):
            box.toggled.connect(lambda _: self._look_anew())
        self.state = label("", "muted")
        back = _tool(look, "chevron-up", texts.tr("Previous place"), lambda: self.go(-1))
        on = _tool(look, "chevron-down", texts.tr("Next place"), lambda: self.go(1))
        close = _tool(look, "close", texts.tr("Close the search"), self.close_bar)
        first = beside(self.words, back, on, close)
        first.setStretch(0, 1)
        how = beside(self.exact, self.whole, None, self.state, spacing=14, margins=(2, 0, 10, 0))
        self.one = button(texts.tr("Replace"), self.replace_one)
        self.all = button(texts.tr("Replace all"), self.replace_all)
        self._second = QWidget()
        second = beside(self.instead, self.one, self.all)
        second.setStretch(0, 1)
        self._second.setLayout(second)
        self.setLayout(stacked(first, self._second, how, spacing=6, margins=(12, 8, 8, 8)))
        self.hide()
        editor.changed.connect(self._on_changed)  # bound to this widget, so that Qt ends it with the widget

    def open_bar(self, *, chosen: str, replacing: bool) -> None:
        """With the words that are chosen in the text, if any are."""
        self._commit()
        self._second.setVisible(replacing and self._editor.is_writable)
        self.show()
        if chosen:
            self.words.setText(chosen)
        self._look_anew()
        self.words.setFocus()
        self.words.selectAll()

    def close_bar(self) -> None:
        self.hide()
        self._found, self._at = (), -1
        self.told.emit()
        self.left.emit()

    def found_in(self, section: str) -> tuple[Place, ...]:
        """What is found in a section, for its fields to mark."""
        return tuple(p for p in self._found if p.section == section)

    def go(self, step: int) -> None:
        """To the next place, or the one before; after the last comes the first."""
        if not self._found:
            return
        self._at = (self._at + step) % len(self._found) if self._at >= 0 else (0 if step > 0 else len(self._found) - 1)
        self._tell()
        self.shown.emit(self._found[self._at])

    def replace_one(self) -> None:
        """The place that is shown; then the next."""
        self._commit()
        if self._at < 0:
            self.go(1)
            return
        at, place = self._at, self._found[self._at]
        words = self.instead.text()
        if place.can_change and self._editor.replace((place,), words):
            end = place.start + len(words)
            later = (
                n for n, p in enumerate(self._found) if n >= at and (p.paragraph != place.paragraph or p.start >= end)
            )
            self._at = next(later, len(self._found)) - 1
        self.go(1)

    def replace_all(self) -> None:
        """Every place that may be written: one step back brings all of them back."""
        self._commit()
        self._at = -1
        changed = [p for p in self._found if p.can_change]
        kept = len(self._found) - len(changed)
        if not changed or not self._editor.replace(changed, self.instead.text()):
            return
        words = self._texts.trn("Replaced {n} place.", "Replaced {n} places.", len(changed))
        if kept:
            words += " " + self._texts.tr("Sources and questions stay: {n}", n=kept)
        self.state.setText(words)

    def _on_changed(self, _changes: object) -> None:
        self._look_again()

    def _look_anew(self) -> None:
        self._at = -1
        self._look_again()

    def _look_again(self) -> None:
        if self.isHidden():
            return
        self._found = self._editor.find(Sought(self.words.text(), self.exact.isChecked(), self.whole.isChecked()))
        self._at = min(self._at, len(self._found) - 1)
        self._tell()
        self.told.emit()

    def _tell(self) -> None:
        t, found = self._texts, len(self._found)
        if not self.words.text():
            words = ""
        elif not found:
            words = t.tr("Not found")
        elif self._at < 0:
            words = t.trn("{n} place", "{n} places", found)
        else:
            words = t.tr("{n} of {all}", n=self._at + 1, all=found)
        self.state.setText(words)
        self.words.setAccessibleDescription(words)
        self.one.setEnabled(bool(found))
        self.all.setEnabled(any(p.can_change for p in self._found))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, with Shift back; Esc closes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if watched is self.instead:
                    self.replace_one()
                else:
                    self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
        return super().eventFilter(watched, event)


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(name)
    made.setAccessibleName(name)
    made.setMinimumWidth(120)
    return made


def _tool(look: Look, icon: str, name: str, act: Callable[[], object]) -> QToolButton:
    made = QToolButton()
    made.setIcon(look.icon(icon, "muted", 18))
    made.setFixedSize(32, 32)
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.clicked.connect(lambda _checked=False: act())
    return made
