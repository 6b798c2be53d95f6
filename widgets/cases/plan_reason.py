"""The line that asks for a reason: why a task is left out, or is in the plan all the same."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import Texts
from widgets.look.parts import beside, button, label, stacked


class ReasonLine(QWidget):
    """There while it asks. What is asked for is told above the line; `use` says whether the reason was enough."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._use: Callable[[str], bool] | None = None
        self._back: QWidget | None = None
        self.question = label("", "strong", wrap=True)
        self.line = QLineEdit()
        self.line.setAccessibleName(texts.tr("Reason, in one sentence"))
        self.line.setPlaceholderText(texts.tr("Reason, in one sentence"))
        self.line.returnPressed.connect(self._on_given)
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape), self.line, context=Qt.ShortcutContext.WidgetShortcut
        ).activated.connect(self.close_line)
        self.give = button(texts.tr("Save"), self._on_given)
        self.not_now = button(texts.tr("Cancel"), self.close_line, "quiet")
        row = beside(self.line, self.give, self.not_now)
        row.setStretch(0, 1)
        self.setLayout(stacked(self.question, row, spacing=4))
        self.hide()

    def ask(self, question: str, use: Callable[[str], bool], back: QWidget) -> None:
        """Ask; the keys go to `back` when it is over."""
        self._use, self._back = use, back
        self.question.setText(question)
        self.line.setAccessibleName(question)
        self.line.clear()
        self.show()
        self.line.setFocus()

    def close_line(self) -> None:
        """No reason after all, or it was given."""
        was_shown = not self.isHidden()
        self._use = None
        self.hide()
        if was_shown and self._back is not None:
            self._back.setFocus()

    def _on_given(self) -> None:
        if self._use is not None and self._use(self.line.text()):
            self.close_line()
