"""A bug is a crash report: where it happened, never the values that were there. Nothing is swallowed or sent."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import AppError

_log = logging.getLogger(__name__)


def report(error: BaseException) -> str:
    """Kind and place of a bug as lines: file, line and function, never a value, for values may be a client's."""
    rows = [type(error).__name__]
    rows += [f"  {_place(Path(f.filename))}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    return "\n".join(rows)


def _place(file: Path) -> str:
    """The file's name, behind that of its folder where this is a part of a program: others are a person's own."""
    return f"{file.parent.name}/{file.name}" if (file.parent / "__init__.py").exists() else file.name


class CrashReports(QObject):
    """Catches what nobody caught; the window shows `crashed`, and expected trouble goes to the notices instead."""

    crashed = Signal(str)
    trouble = Signal(object)
    _in_thread = Signal(object)  # a bug of another thread, on its way to this one

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._in_thread.connect(self.on_bug, Qt.ConnectionType.QueuedConnection)
        #: the report of the newest bug of this run; empty when there was none
        self.newest = ""

    def install(self) -> None:
        """For all threads: what films and listens has its own, and would end there without a word."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def on_bug(self, error: BaseException) -> None:
        """A job's bug, handed over on the main thread."""
        text = self.newest = report(error)
        _log.error("bug: %s", text)
        self.crashed.emit(text)

    def _on_thread_exception(self, ended: threading.ExceptHookArgs) -> None:
        if ended.exc_value is not None and not isinstance(ended.exc_value, SystemExit):
            self._in_thread.emit(ended.exc_value.with_traceback(ended.exc_traceback))

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, AppError):
            self.trouble.emit(error)
        else:
            self.on_bug(error.with_traceback(trace))
