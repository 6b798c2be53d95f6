"""The program's log: ids and kinds of trouble, never names, notes or file titles."""

from __future__ import annotations

import contextlib
import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path


def start(path: Path) -> None:
    """Write the log of this run to `path`, a megabyte at most, two kept; a folder that refuses leaves none."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = _Log(path, maxBytes=1_000_000, backupCount=1, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)


class _Log(RotatingFileHandler):
    """On Windows no file gets another name while a second window of the program has it open: then it goes on growing.

    What is told would be lost otherwise, each row anew.
    """

    def rotate(self, source: str, dest: str) -> None:
        with contextlib.suppress(PermissionError):
            super().rotate(source, dest)
