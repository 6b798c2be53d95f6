"""All that a window still had to do is done before a test looks at it."""

from PySide6.QtWidgets import QApplication

#: one round is one look at what waits: on a busy computer what a part asks for in it comes with the next
ROUNDS = 4


def settle() -> None:
    """What was put into a layout is shown, laid out and named."""
    for _ in range(ROUNDS):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
