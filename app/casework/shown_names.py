"""*Näytä nimet*: whose real names are on the screen. One case at a time, by one switch, and the log says who looked."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.model.people import Case
from app.ports import Store


class ShownNames(QObject):
    """Names and days of birth are hidden until they are asked for, and again when the case is left."""

    changed = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._case_id = ""

    def are_shown(self, case_id: str) -> bool:
        return bool(case_id) and self._case_id == case_id

    def show(self, case_id: str) -> None:
        """The names of one case. It is in the log before they are seen. Raises StoreError, and then nothing shows."""
        if self.are_shown(case_id):
            return
        self._store.note("names-shown", Case, case_id)
        self._case_id = case_id
        self.changed.emit()

    def hide(self) -> None:
        if self._case_id:
            self._case_id = ""
            self.changed.emit()
