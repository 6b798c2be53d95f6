"""From what the system itself keeps a process that reads films, on this computer."""

from __future__ import annotations

from enum import StrEnum


class KeptFrom(StrEnum):
    """Held by the system for good once the process began, whatever code a film brings in."""

    FILES = "files"  # every one but the program's own and those that it is handed
    OTHERS = "others"  # the network, other processes and programs
