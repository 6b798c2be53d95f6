"""What was erased for good, each with its certificate: of whole cases nothing else is left."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from app.door import Written
from app.erasing.erased import ErasedLine, erased_lines
from app.model.erasure import Erasure, Whole
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import ListCard, Row, beside, button, clear, label, stacked
from widgets.retention.certificate_act import save_certificate
from widgets.retention.confirming import CASE_GROUNDS, GROUNDS

#: so many are shown at a time
PAGE = 20


class ErasedCard(QWidget):
    """Read beside the window when it comes into sight, and again with its page."""

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__()
        self._space, self._look = space, look
        self._lines: tuple[ErasedLine, ...] = ()
        self._shown = PAGE
        t = space.texts
        self._none = label(t.tr("Nothing has been erased from this archive."), "muted", wrap=True)
        self._rows = QVBoxLayout()
        self.older = button(t.tr("Show older"), self._on_older, "quiet")
        self.setLayout(stacked(self._none, self._rows, beside(self.older, None)))
        self.older.hide()
        space.changed.connect(self._on_changed)  # bound: the workspace outlives the card

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.refresh)

    def refresh(self) -> None:
        """Nothing is read while it is out of sight."""
        if not self.isVisible():
            return
        space = self._space
        words = space.texts.tr("Reading what was erased")
        space.jobs.run(words, lambda _job: erased_lines(space.store), self._on_read)

    def _on_changed(self, written: Written) -> None:
        if any(change.kind is Erasure for change in written.changes):
            self.refresh()

    def _on_read(self, lines: tuple[ErasedLine, ...]) -> None:
        if isValid(self) and lines != self._lines:
            self._lines = lines
            self._show()

    def _on_older(self) -> None:
        self._shown += PAGE
        self._show()

    def _show(self) -> None:
        clear(self._rows)
        self._none.setVisible(not self._lines)
        if self._lines:
            self._rows.addWidget(ListCard([self._row(line) for line in self._lines[: self._shown]]))
        self.older.setVisible(len(self._lines) > self._shown)

    def _whole(self, erasure: Erasure) -> str:
        t = self._space.texts
        if erasure.is_of_case:
            return t.tr("A whole case")
        return {
            None: "",
            Whole.SUPERVISION: t.tr("A whole supervision"),
            Whole.SERVICE: t.tr("A whole group, consultation or training"),
        }[erasure.whole]

    def _row(self, line: ErasedLine) -> QWidget:
        t, erasure = self._space.texts, line.erasure
        films = t.trn("{n} film", "{n} films", len(erasure.films)) if erasure.films else ""
        what = " · ".join(x for x in (self._whole(erasure), films) if x)
        ground = t.tr((GROUNDS if erasure.is_of_film else CASE_GROUNDS)[erasure.ground])
        why = f"{ground}: {erasure.words}" if erasure.words else ground
        lacks = "" if erasure.finished else t.tr("files are still to be removed, which nobody can open")
        more = " · ".join(x for x in (why, ", ".join(line.workers), lacks) if x)
        act = button(t.tr("Certificate…"), partial(save_certificate, self._space, erasure.id, self), "quiet")
        title = f"{t.date(erasure.at.astimezone().date())} · {what}"
        return Row(self._look, title, more, "trash", action=act)
