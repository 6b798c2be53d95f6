"""The agenda of a session: lines of minutes and words, and how they stand beside its length."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import Texts
from app.model.supervision import AgendaItem
from app.supervising.sessions import agenda_minutes
from widgets.forms.inputs import Number
from widgets.look.look import Look
from widgets.look.parts import beside, button, clear, label, stacked

_STEP, _LONGEST, _USUAL = 5, 240, 10


class AgendaPart(QWidget):
    """`edited` tells the whole agenda when a line was left or added; a line without words goes."""

    edited = Signal(object)  # tuple[AgendaItem, ...]

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._shown: tuple[AgendaItem, ...] = ()
        self.lines: list[tuple[Number, QLineEdit]] = []
        self._rows = stacked(spacing=6)
        self._sum = label("", "caption")
        self.add = button(texts.tr("Add a point"), self._add_line, "quiet")
        self.setLayout(
            stacked(
                label(texts.tr("Agenda of the session"), "caption"),
                self._rows,
                beside(self.add, None, self._sum),
                spacing=6,
            )
        )

    def show_items(self, items: tuple[AgendaItem, ...], minutes: int, *, anew: bool) -> None:
        """`minutes` is the length of the session. What is being typed is kept, unless another one is shown (`anew`)."""
        t = self._texts
        planned = agenda_minutes(items)
        self._sum.setText(t.tr("{n} of {whole} min", n=planned, whole=minutes) if items else "")
        is_kept = not anew and items in (self._shown, self._said())
        self._shown = items
        if is_kept:
            return
        clear(self._rows)
        self.lines = []
        for item in items:
            self._line(item.minutes, item.words)

    def commit(self) -> None:
        """What stands in the lines, when it is another agenda than the one shown."""
        said = self._said()
        if said != self._shown:
            self.edited.emit(said)

    def _said(self) -> tuple[AgendaItem, ...]:
        return tuple(AgendaItem(m.value(), w.text().strip()) for m, w in self.lines if w.text().strip())

    def _add_line(self) -> None:
        self._line(_USUAL, "")[1].setFocus()

    def _line(self, minutes: int, words: str) -> tuple[Number, QLineEdit]:
        t = self._texts
        long, said = Number(_STEP, _LONGEST, _STEP, t.tr(" min")), QLineEdit(words)
        number = len(self.lines) + 1
        long.setValue(minutes)
        long.setFixedWidth(96)
        long.setAccessibleName(t.tr("Minutes of point {n}", n=number))
        said.setAccessibleName(t.tr("Point {n} of the agenda", n=number))
        said.setPlaceholderText(t.tr("What the time is for"))
        long.editingFinished.connect(self.commit)
        said.editingFinished.connect(self.commit)
        self.lines.append((long, said))
        self._rows.addLayout(beside(long, said))
        return long, said
