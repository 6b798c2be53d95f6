"""The port of the computer's sleep: it is held off while something must go on. It carries a signal."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Held:
    """What is held off: that the computer falls asleep by itself, and that it does when its lid is closed.

    None: not known, as nobody has tried yet.
    """

    sleep: bool | None = None
    lid: bool | None = None


#: before anything was asked
NOT_TRIED = Held()


class Wakeful(QObject):
    """Keeps the computer awake. This one can not, as where no system lets itself be asked: nothing is claimed."""

    told = Signal(object)  # Held: what came of it

    @property
    def held(self) -> Held:
        """What the newest try could hold off; it stays known after `let_go`."""
        return NOT_TRIED

    def keep(self) -> None:
        """Hold sleep off from now on; `told` follows. Again it is the same holding."""

    def let_go(self) -> None:
        """The computer may sleep again; safe at any time."""

    def close(self) -> None:
        """Let go for good; safe to call twice."""
