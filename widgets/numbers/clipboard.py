"""Copying what is a client's: kept out of the clipboard's history, and gone from it after half a minute."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

#: trust.md, 12: a copy is cleared after 30 s
STAYS_MS = 30_000
#: what asks the clipboard's keepers not to remember: Windows, macOS, KDE
FORGET = (
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"1"),
    ("application/x-nspasteboard-concealed-type", b"1"),
    ("x-kde-passwordManagerHint", b"secret"),
)


#: how our own is known again
MINE = "application/x-havainto-figures"


def clear_ours(_gone: object = None) -> None:
    """Empty the clipboard if what it holds came from here."""
    if QApplication.instance() is None:
        return
    held = QApplication.clipboard().mimeData()
    if held is not None and held.hasFormat(MINE):
        QApplication.clipboard().clear()


class Clipboard(QObject):
    """Puts text or a picture on the clipboard for half a minute, at most until its parent goes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(clear_ours)
        parent.destroyed.connect(clear_ours)

    def put_text(self, text: str) -> None:
        data = QMimeData()
        data.setText(text)
        self._put(data)

    def put_image(self, image: QImage) -> None:
        data = QMimeData()
        data.setImageData(image)
        self._put(data)

    def _put(self, data: QMimeData) -> None:
        for kind, value in FORGET:
            data.setData(kind, value)
        data.setData(MINE, b"1")
        QApplication.clipboard().setMimeData(data)
        self._timer.start()

    def clear(self) -> None:
        """Take our own away now: the archive closes."""
        self._timer.stop()
        clear_ours()
