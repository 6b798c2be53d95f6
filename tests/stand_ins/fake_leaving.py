"""The computer is left when a test says so."""

from app.ports.leaving import Leaving, Left


class FakeLeaving(Leaving):
    """The port of leaving; `tell` is the system's hand."""

    def __init__(self) -> None:
        super().__init__()
        self._listens = False

    def begin(self) -> None:
        self._listens = True

    def close(self) -> None:
        self._listens = False

    def tell(self, how: Left) -> None:
        if self._listens:
            self.left.emit(how)
