"""The port of the line between two computers: one partner, sealed, and only while somebody asked for it."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

#: where a computer listens, 1 to 65 535
Port: TypeAlias = int

#: digits of the code that one shows and the other types
DIGITS = 6
#: bytes of one message: a whole common view with long reasons has room
MOST_BYTES = 4_000_000
#: so many wrong codes, and it waits no longer
MOST_GUESSES = 3


class Line(QObject):
    """One line, for one partner, used once. It listens from `wait` until somebody has joined, or until `close`.

    Whoever joins must know the code that is shown where it is waited: it is guessed once, and a wrong guess makes
    another code. Everything after that is sealed, each way under a key of its own; what was changed on the way ends it.
    All signals come on the main thread.
    """

    code_shown = Signal(str)  # while waiting: the code to be typed on the other computer, anew after a wrong one
    joined = Signal(bool)  # the code was right at both; True where it was waited
    received = Signal(bytes)  # a message of the partner, whole and in order
    ended = Signal(object)  # LineError, or None when the partner closed it: nothing comes any more

    def addresses(self) -> tuple[str, ...]:
        """What the partner types to find this computer while it waits, the likeliest first; empty without a network."""
        raise NotImplementedError

    def wait(self) -> None:
        """Begin to listen and show a code. Raises LineError(`led-cannot-wait`)."""
        raise NotImplementedError

    def join(self, address: str, code: str) -> None:
        """Go to a computer that waits. Raises LineError(`led-address`, `led-code-form`) for what can be none.

        Else `joined` follows, or `ended` with `led-not-there`, `led-wrong-code`, `led-nonsense`.
        """
        raise NotImplementedError

    def send(self, message: bytes) -> None:
        """To the partner; nothing happens once it has ended. Raises LineError(`led-too-long`)."""
        raise NotImplementedError

    def is_listening(self) -> bool:
        """Whether another computer could come in now."""
        raise NotImplementedError

    def close(self) -> None:
        """Listen no more, and let the partner go; nothing is told any more. Safe to call twice."""
        raise NotImplementedError
