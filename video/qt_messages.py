"""Qt says aloud that a computer has no sound or no camera, and that is no trouble."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler


@contextmanager
def silenced() -> Iterator[None]:
    """What Qt says meanwhile is not heard. For the main thread."""
    previous = qInstallMessageHandler(_silent)
    try:
        yield
    finally:
        qInstallMessageHandler(previous)


def _silent(_kind: QtMsgType, _where: QMessageLogContext, _said: str | None) -> None:
    return
