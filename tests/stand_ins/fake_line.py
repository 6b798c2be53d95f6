"""Lines in one process: who waits has an address in a dictionary, words cross with the next turn of the event loop."""

from functools import partial

from PySide6.QtCore import QTimer

from app.errors import LineError
from app.ports.line import DIGITS, MOST_BYTES, MOST_GUESSES, Line


class Network:
    """Who waits, by address."""

    def __init__(self) -> None:
        self.waiting: dict[str, FakeLine] = {}

    def new_line(self) -> "FakeLine":
        return FakeLine(self)


class FakeLine(Line):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self._network = network
        self.address = ""
        self.code = ""
        self.partner: FakeLine | None = None
        self.sent: list[bytes] = []
        self._guesses = 0
        self._is_over = False

    def addresses(self) -> tuple[str, ...]:
        return (self.address,) if self.address else ()

    def wait(self) -> None:
        self.address = f"10.0.0.{len(self._network.waiting) + 1}"
        self._network.waiting[self.address] = self
        self._new_code()

    def _new_code(self) -> None:
        self.code = f"{100_000 + self._guesses:06}"
        self.code_shown.emit(self.code)

    def join(self, address: str, code: str) -> None:
        if address.count(".") != 3:
            raise LineError("led-address")
        code = "".join(c for c in code if c.isdigit())
        if len(code) != DIGITS:
            raise LineError("led-code-form")
        self._soon(partial(self._meet, address, code))

    def _meet(self, address: str, code: str) -> None:
        other = self._network.waiting.get(address)
        if other is None:
            self.end(LineError("led-not-there"))
        elif other.code != code:
            self.end(LineError("led-wrong-code"))
            other.guessed()
        else:
            self.partner, other.partner = other, self
            del self._network.waiting[address]
            other.joined.emit(True)
            self.joined.emit(False)

    def guessed(self) -> None:
        self._guesses += 1
        if self._guesses >= MOST_GUESSES:
            self.end(LineError("led-guessed"))
        else:
            self._new_code()

    def send(self, message: bytes) -> None:
        if len(message) > MOST_BYTES:
            raise LineError("led-too-long")
        if self.partner is not None:
            self.sent.append(message)
            self._soon(partial(self.partner.come, self, message))

    def come(self, sender: "FakeLine", message: bytes) -> None:
        if self.partner is sender:
            self.received.emit(message)

    def is_listening(self) -> bool:
        return self._network.waiting.get(self.address) is self

    def cut(self) -> None:
        """The network is gone between the two."""
        other = self.partner
        for one in (self, other):
            if one is not None:
                one.end(LineError("led-cut"))

    def end(self, error: LineError | None) -> None:
        if not self._is_over:
            self.close()
            self.ended.emit(error)

    def close(self) -> None:
        if self.is_listening():
            del self._network.waiting[self.address]
        self._is_over = True
        other, self.partner = self.partner, None
        if other is not None:
            self._soon(partial(other.left, self))

    def left(self, whom: "FakeLine") -> None:
        if self.partner is whom:
            self.partner = None
            self.end(LineError("led-cut"))

    def _soon(self, what) -> None:
        QTimer.singleShot(0, what)
