"""What is kept and how it stands with its rule, a row each; what may be erased has its action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.casework.kept_wholes import KeptWhole
from app.casework.retention import Kept, Why
from app.casework.retention_words import kept_words
from app.i18n import Texts
from widgets.look.look import Look
from widgets.look.parts import ListCard, Row, button, clear, label, stacked

SIGNS = {Why.DUE: "trash", Why.CLOSED_FROM_USE: "trash", Why.BY_HOLD: "lock", Why.BY_REQUEST: "lock"}


class KeptList(QWidget):
    """`act(row)` is what the button of a due row does, named `does`."""

    def __init__(
        self, texts: Texts, look: Look, none: str, does: str, act: Callable[[Any], None], *, closed: bool = False
    ) -> None:
        """With `closed` the row of a closed case has the act too, due or not: it says what may not go yet and why."""
        super().__init__()
        self._closed = closed
        self._texts, self._look, self._does, self._act = texts, look, does, act
        self._rows = QVBoxLayout()
        self._none = label(none, "muted", wrap=True)
        self.setLayout(stacked(self._none, self._rows))

    def show_rows(self, rows: Sequence[tuple[str, Kept | KeptWhole]]) -> None:
        """Rows with what they are called."""
        clear(self._rows)
        self._none.setVisible(not rows)
        if rows:
            self._rows.addWidget(ListCard([self._row(called, kept) for called, kept in rows]))

    def _row(self, called: str, kept: Kept | KeptWhole) -> QWidget:
        whole = isinstance(kept, Kept) and kept.film is None and kept.case.closed is not None
        is_closed = self._closed and whole
        act = button(self._does, lambda: self._act(kept), "quiet") if kept.is_due or is_closed else None
        return Row(self._look, called, kept_words(self._texts, kept), SIGNS.get(kept.why, "clock"), action=act)
