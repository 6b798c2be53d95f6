"""The one object that screens are handed: settings and what is remembered, and who is told when they change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError
from app.settings import file
from app.settings.values import Remembered, Settings

if TYPE_CHECKING:
    from app.shortcuts.own_keys import KeyMap

#: ms that what is remembered waits, so that a slider being drawn does not write a file with each of its steps
PAUSE = 800


class Preferences(QObject):
    """Nobody holds a `Settings` value: it is asked for when needed, and `changed` says when it is another.

    What is chosen is written at once, what is only remembered after a pause and in `flush`. Without a file both last
    as long as this object.
    """

    changed = Signal(object, object)  # Settings before and after
    trouble = Signal(object)  # AppError: what holds now, but is not kept

    def __init__(
        self,
        path: Path | None = None,
        settings: Settings | None = None,
        remembered: Remembered | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        kept = file.load(path) if path is not None else file.Kept()
        self._path, self._held_back = path, kept.trouble
        self._settings, self._remembered = settings or kept.settings, remembered or kept.remembered
        self._keys: KeyMap | None = None
        self._waiting = QTimer(self, singleShot=True, interval=PAUSE)
        self._waiting.timeout.connect(self.flush)
        self._is_written, self._is_refused = True, False

    @property
    def now(self) -> Settings:
        return self._settings

    @property
    def remembered(self) -> Remembered:
        return self._remembered

    @property
    def keys(self) -> KeyMap:
        """What each key does now: the same value until the settings change."""
        if self._keys is None:
            from app.shortcuts.own_keys import KeyMap  # the unlock window needs settings and no keys

            self._keys = KeyMap(self._settings.action_keys, self._settings.code_keys)
        return self._keys

    def change(self, **fields: Any) -> None:
        """Choose: held and told at once, and written. Fields that are named are kept, others stay as they are."""
        old, new = self._settings, replace(self._settings, **fields)
        if old == new:
            return
        self._settings = new
        self._keys = None
        self._is_written = False
        self.changed.emit(old, new)
        self.flush()

    def change_keys(self, keys: KeyMap) -> None:
        """Own keys, whole."""
        self.change(action_keys=dict(keys.actions), code_keys=dict(keys.codes))

    def remember(self, **fields: Any) -> None:
        """What is so now shall be so the next time."""
        self._remember(replace(self._remembered, **fields))

    def remember_archive(self, folder: Path) -> None:
        """An archive that was opened here is the first that is offered the next time; this is written at once."""
        self._remember(self._remembered.with_archive(folder))
        self.flush()

    def flush(self) -> None:
        """What waits to be written is written now. What cannot be is said through `trouble`, and holds all the same."""
        self._waiting.stop()
        if self._path is None or self._is_written:
            return
        self._is_written = True
        try:
            self._make_room(self._path)
            file.save(self._path, self._settings, self._remembered)
        except AppError:
            if not self._is_refused:  # said once, not with every change that follows, each of which tries again
                self.trouble.emit(AppError("settings-not-kept"))
            self._is_refused = True
        else:
            self._is_refused = False

    def _remember(self, new: Remembered) -> None:
        if new == self._remembered:
            return
        self._remembered = new
        self._is_written = False
        if self._path is not None:
            self._waiting.start()

    def _make_room(self, path: Path) -> None:
        """A file that this program cannot read, or not wholly, is put aside before another takes its name."""
        why, self._held_back = self._held_back, ""
        if not why or not path.exists():
            return
        try:
            aside = file.set_aside(path, why)
        except AppError:
            self._held_back = why
            raise
        self.trouble.emit(AppError(f"settings-{why}", file=aside.name))
