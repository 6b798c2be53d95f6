"""What is to be erased: in all cases of who is signed in, closed ones too, then supervision and work of no case."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.casework.kept_wholes import KeptWhole, wholes_due
from app.casework.retention import Kept, due_of_worker
from app.i18n import today
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import stacked
from widgets.retention.kept_list import KeptList
from widgets.retention.whole_words import open_whole, whole_words
from widgets.screen import Go


class DueCard(QWidget):
    """Read when it comes into sight."""

    def __init__(self, space: Workspace, look: Look, go: Go) -> None:
        super().__init__()
        self._space, self._go = space, go
        t = space.texts
        self.list = KeptList(t, look, t.tr("Nothing of yours is to be erased now."), t.tr("Open"), self._open)
        self.setLayout(stacked(self.list))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.refresh)

    def refresh(self) -> None:
        """Nothing is read while it is out of sight."""
        if not self.isVisible():
            return
        t = self._space.texts
        rows: list[tuple[str, Kept | KeptWhole]] = []
        for kept in due_of_worker(self._space.store, today()):
            film = t.tr("Camera {n}", n=kept.film.camera) if kept.film is not None else t.tr("The whole case")
            when = "" if kept.meeting is None else t.date(kept.meeting.held.astimezone().date())
            rows.append((" · ".join(x for x in (kept.case.code_name, when, film) if x), kept))
        for whole in wholes_due(self._space.store, today(), mine=False):
            kind = whole_words(t, whole)
            rows.append((f"{whole.called} · {kind}" if whole.called else kind, whole))
        self.list.show_rows(rows)

    def _open(self, kept: Kept | KeptWhole) -> None:
        if isinstance(kept, KeptWhole):
            open_whole(self._go, kept)
            return
        self._go("cases", case_id=kept.case.id, part="retention")
