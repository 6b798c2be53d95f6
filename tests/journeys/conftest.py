"""The real program with its real archive, film engine and windows, at home in a folder of its own."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.drivers.hands import Hands
from widgets.look import look as looks


@pytest.fixture
def hands(qtbot) -> Hands:
    return Hands(qtbot)


class Bugs(list[str]):
    """The reports that the program shows of bugs, in the place of its dialog; a test that expects one takes it."""

    def __init__(self) -> None:
        super().__init__()
        self.on_shown: Callable[[], object] = lambda: None

    def dialog(self, report: str, *_given: object) -> "Bugs":
        self.append(report)
        return self

    def exec(self) -> None:
        self.on_shown()

    def take(self) -> list[str]:
        """Those that were shown since it was asked last."""
        found = list(self)
        self.clear()
        return found


@pytest.fixture
def bugs(monkeypatch) -> Bugs:
    found = Bugs()
    monkeypatch.setattr("widgets.crash_dialog.CrashDialog", found.dialog)
    return found


@pytest.fixture
def program(qapp: QApplication, hands: Hands, bugs: Bugs, tmp_path: Path, monkeypatch) -> Iterator[bootstrap.Program]:
    """Started as a person starts it; only the cost of its key derivation is the least that is allowed."""
    monkeypatch.setenv("HAVAINTO_HOME", str(tmp_path))
    monkeypatch.setattr("storage.archive.ArchiveDoorway", lambda: ArchiveDoorway(KdfCost.FLOOR))
    bootstrap._door.cache_clear()  # a start of the program is a new one
    hook, in_threads = sys.excepthook, threading.excepthook
    qapp.setQuitOnLastWindowClosed(False)
    made = bootstrap.Program(qapp)
    made.start()
    yield made
    for window in (made.window, made.unlock_window):
        if window is not None:
            window.close()
    hands.settle()
    sys.excepthook, threading.excepthook = hook, in_threads
    looks.apply(qapp, looks.look_for("light", films=False))
    assert bugs == []
