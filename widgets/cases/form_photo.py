"""Pictures of signed forms: read from a file without what a camera wrote into it, shown small in a row, and large."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import (
    QImage,
    QImageReader,
    QImageWriter,
    QKeySequence,
    QPainter,
    QPixmap,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QLabel, QSizePolicy, QWidget

from app.errors import InputError
from app.i18n import Texts
from widgets.folding import size_to_fit
from widgets.look.parts import beside, button, label, stacked

#: what phones and scanners write; decided by the file's content, not by its name
FORMATS = ("jpeg", "png")
ENDINGS = "*.jpg *.jpeg *.png"
#: pixels of the longer side that are kept: a page of A4 at 220 dots an inch
LONGEST = 2600
QUALITY = 85
SMALL = 96


def read_photo(path: Path) -> bytes:
    """The picture as JPEG: turned upright, at most `LONGEST` pixels long, of its pixels alone.

    Place, time, device and the small preview that a camera writes beside the pixels are left behind: a form is
    photographed at a family's home, and the paper itself stays the original. Raises InputError `photo-unreadable`.
    """
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()).decode("ascii", "replace") not in FORMATS:
        raise InputError("photo-unreadable")
    held = reader.read()
    if held.isNull():
        raise InputError("photo-unreadable")
    if max(held.width(), held.height()) > LONGEST:
        held = held.scaled(
            LONGEST, LONGEST, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    plain = QImage(held.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, held)
    painter.end()
    return _as_jpeg(plain)


def _as_jpeg(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(QUALITY)
    if not writer.write(image):
        raise InputError("photo-unreadable")
    buffer.close()
    return bytes(data.data())


class Thumbnail(QLabel):
    """A page, small."""

    def __init__(self, picture: bytes, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setObjectName("thumbnail")
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(QImage.fromData(picture)).scaled(
            QSize(SMALL, SMALL) * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap.setDevicePixelRatio(ratio)
        self.setPixmap(pixmap)


class FormViewer(QDialog):
    """The pages of a form, one at a time, as large as the screen lets; Esc closes, the arrows turn pages."""

    def __init__(self, texts: Texts, title: str, pages: Sequence[bytes], parent: QWidget) -> None:
        super().__init__(parent)
        self._texts, self._pages, self._at = texts, [QImage.fromData(p) for p in pages], 0
        self.setWindowTitle(title)
        self.page = QLabel()
        self.page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._where = label("", "muted")
        self.before = button(texts.tr("Previous page"), lambda: self._turn(-1), "quiet")
        self.next = button(texts.tr("Next page"), lambda: self._turn(1), "quiet")
        close = button(texts.tr("Close"), self.accept)
        self.setLayout(
            stacked(self.page, beside(self.before, self._where, self.next, None, close), margins=(16, 16, 16, 12))
        )
        largest = QSize()
        for image in self._pages:
            largest = largest.expandedTo(image.size() / parent.devicePixelRatioF())
        size_to_fit(self, largest.width() + 32, largest.height() + 90)
        close.setFocus()
        for keys, by in (
            (Qt.Key.Key_Left, -1),
            (Qt.Key.Key_PageUp, -1),
            (Qt.Key.Key_Right, 1),
            (Qt.Key.Key_PageDown, 1),
        ):
            # a button with the focus would take the arrows for itself
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._turn, by))
        self._turn(0)

    def _turn(self, by: int) -> None:
        count = len(self._pages)
        self._at = min(max(self._at + by, 0), count - 1)
        self._draw()
        words = self._texts.tr("Page {n} of {all}", n=self._at + 1, all=count)
        self.page.setAccessibleName(words)
        self._where.setText(words)
        for made, on in ((self.before, self._at > 0), (self.next, self._at < count - 1)):
            made.setVisible(count > 1)
            made.setEnabled(on)
        self._where.setVisible(count > 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        image, ratio = self._pages[self._at], self.devicePixelRatioF()
        wanted = image.size().scaled(self.page.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        wanted = wanted.boundedTo(image.size())
        pixmap = QPixmap.fromImage(image).scaled(wanted, mode=Qt.TransformationMode.SmoothTransformation)
        pixmap.setDevicePixelRatio(ratio)
        self.page.setPixmap(pixmap)
