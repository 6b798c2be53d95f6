"""The port of the computer around the program: it tells when whoever works leaves it. It carries a signal."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Left(StrEnum):
    """How the computer was left."""

    SUSPEND = "suspend"  # it is about to sleep, or its lid was closed
    SCREEN_LOCKED = "screen-locked"
    ANOTHER_USER = "another-user"  # somebody else's session is in front now


class Leaving(QObject):
    """Tells each time the computer is left. This one knows nothing, as where no system tells: nothing is claimed.

    Where the system lets itself be held up, it sleeps when every slot of `left` has returned.
    """

    left = Signal(object)  # Left

    def begin(self) -> None:
        """Listen from now on; what the system does not offer is left out in silence."""

    def close(self) -> None:
        """Listen no more; safe to call twice."""
