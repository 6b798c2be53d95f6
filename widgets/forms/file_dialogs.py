"""The one way to ask for a file or folder: it begins in Documents, and then where the last one was.

The place is remembered while the program runs and never written down: a folder may bear a family's name.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.paths import documents
from app.whole_file import in_file_names

PDF = "PDF (*.pdf)"


class FileDialogs:
    """Asks over `parent`; None, or nothing, when the person did not choose."""

    _last: Path | None = None

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def folder(self, title: str, place: str = "") -> Path | None:
        """A folder that is there. `place` is where to begin when something better is known."""
        return self._kept(QFileDialog.getExistingDirectory(self._parent, title, place or str(self._place())))

    def save(self, title: str, name: str, kinds: str) -> Path | None:
        """A file to write, with the suffix of `name` when none was typed.

        The dialog asks before one is written over; a suffix that would lead to one is left off.
        """
        chosen, _kind = QFileDialog.getSaveFileName(
            self._parent, title, str(self._place() / in_file_names(name)), kinds
        )
        path = self._kept(chosen)
        if path is None or path.suffix:
            return path
        whole = path.with_name(path.name + Path(name).suffix)
        return path if whole.exists() else whole

    def open(self, title: str, kinds: str) -> Path | None:
        """A file to read."""
        chosen, _kind = QFileDialog.getOpenFileName(self._parent, title, str(self._place()), kinds)
        return self._kept(chosen)

    def open_many(self, title: str, kinds: str, first: Path | None = None) -> tuple[Path, ...]:
        """Files to read. `first` is where to begin while no folder was chosen yet, if there is such a one."""
        chosen, _kind = QFileDialog.getOpenFileNames(self._parent, title, str(self._place(first)), kinds)
        if chosen:
            self._kept(chosen[0])
        return tuple(Path(name) for name in chosen)

    @classmethod
    def _place(cls, first: Path | None = None) -> Path:
        return next((p for p in (cls._last, first) if p is not None and p.is_dir()), None) or documents()

    @classmethod
    def _kept(cls, chosen: str) -> Path | None:
        if not chosen:
            return None
        path = Path(chosen)
        cls._last = path if path.is_dir() else path.parent
        return path
