"""How a process of our own is started: by which command, with almost nothing of what this one has, and closed again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
#: on Windows no black window beside ours
WITHOUT_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
#: the first word to the installed program, which has no interpreter beside it, when it is to be a child
AS_CHILD = "--as-child"
#: prctl(2): whether dumps are made, and with that whether others of the same user may read and trace (ptrace(2))
_SET_DUMPABLE = 4


def own_module(module: str, *words: str) -> list[str]:
    """The command that runs a module of ours in a process of its own: by the interpreter, or by the installed program.

    Neither looks for modules where it is started.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, AS_CHILD, module, *words]
    return [sys.executable, "-P", "-m", module, *words]


def child_environment() -> dict[str, str]:
    """No passphrase, no proxy, no plug-in path reaches the child."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | {
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONNOUSERSITE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def close_memory() -> None:
    """For a process that holds what is a client's or a worker's, at its beginning: a new program is open to its user.

    On Linux nobody else looks into it then, and it leaves no dump; elsewhere nothing of the kind can be asked for.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
