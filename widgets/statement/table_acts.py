"""What can be done with a generated table: shorten it, move it to the attachments or from them, leave it out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from app.statement.arranged import can_be_short
from app.statement.editor import StatementEditor
from widgets.look.parts import beside, button, label


class TableActs(QWidget):
    """A line of presses below a table; `there` names the section where it goes, or is, when it is moved.

    It is empty where this kind of document has no such section: then nothing is moved.
    """

    def __init__(
        self,
        editor: StatementEditor,
        table: str,
        there: str,
        about: str,
        then: Callable[[Callable[[], object], int], None],
    ) -> None:
        """`then` takes the step of the press at a place of the line: what is being typed is committed first."""
        super().__init__()
        t, wish = editor.texts, editor.statement.wish(table)
        line = beside(None, spacing=6)
        self._buttons: list[QPushButton] = []

        def add(words: str, step: Callable[[], object]) -> None:
            place = len(self._buttons)
            made = button(words, lambda: then(step, place), "quiet")
            made.setAccessibleName(f"{words}: {about}")
            self._buttons.append(made)
            line.addWidget(made)

        if wish.left_out:
            add(t.tr("Put back"), lambda: editor.leave_out(table, on=False))
        else:
            if wish.moved:
                line.insertWidget(0, label(t.tr("Printed in: {section}", section=there), "muted"))
            if can_be_short(table):
                words = t.tr("Whole table") if wish.short else t.tr("Shorten")
                add(words, lambda: editor.shorten(table, on=not wish.short))
            if wish.moved or there:
                words = t.tr("Back to its place") if wish.moved else t.tr("Move to: {section}", section=there)
                add(words, lambda: editor.move_table(table, on=not wish.moved))
            add(t.tr("Leave out"), lambda: editor.leave_out(table))
        self.setLayout(line)

    def take_focus(self, place: int) -> None:
        """After a press its opposite is made anew where it was: who works by keys stays on the line."""
        self._buttons[min(place, len(self._buttons) - 1)].setFocus()
