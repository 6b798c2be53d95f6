"""How a process of our own is started: by which command, and with almost nothing of what this one has."""

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
