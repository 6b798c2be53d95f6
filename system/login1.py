"""How login1, which knows sleep, lid and sessions on Linux, is called on the computer's bus."""

from __future__ import annotations

from PySide6.QtDBus import QDBusMessage

LOGIN = "org.freedesktop.login1"
MANAGER, SESSION = f"{LOGIN}.Manager", f"{LOGIN}.Session"
LOGIN_PATH = "/org/freedesktop/login1"


def call(path: str, interface: str, member: str, *arguments: str) -> QDBusMessage:
    """One of its methods, ready to be sent."""
    made = QDBusMessage.createMethodCall(LOGIN, path, interface, member)
    made.setArguments(list(arguments))
    return made
