"""Who tells on this computer that it is left."""

from __future__ import annotations

import importlib
import sys

from PySide6.QtCore import QObject

from app.ports.leaving import Leaving

#: by the name that Python has for the system: the module of who tells there, and its class
_KNOWN = {
    "linux": ("system.bus_session", "BusSession"),
    "win32": ("system.windows_session", "WindowsSession"),
    "darwin": ("system.mac_screen", "MacScreen"),
}


def leaving(parent: QObject | None = None) -> Leaving:
    """The one of this system; one that never tells where none is known."""
    if sys.platform not in _KNOWN:
        return Leaving(parent)
    module, name = _KNOWN[sys.platform]
    made = getattr(importlib.import_module(module), name)(parent=parent)
    assert isinstance(made, Leaving)
    return made
