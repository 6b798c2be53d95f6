"""A page of the manual as text with pictures: links, back and forward, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.manual.pages import Page, picture
from widgets.look.look import font

#: pixels: how wide a picture is shown, and the text around it
PICTURE, MARGIN = 640, 24
_HEADINGS = {1: 22, 2: 17}
_LINE = 135  # percent
#: how much of the letters' color lies behind a key, of 255
CAP = 26


class ManualView(QTextBrowser):
    """Shows one page at a time; its history is Qt's own."""

    page_asked = Signal(str)
    step_asked = Signal(str)

    def __init__(self, language: str, read: Callable[[str], Page], parent: QWidget | None = None) -> None:
        """`read` gives a page as it stands now."""
        super().__init__(parent)
        self._language, self._read = language, read
        #: of the page that is shown; empty before the first
        self.name = ""
        self.setObjectName("paper")
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(MARGIN)
        self.anchorClicked.connect(self._on_link)
        self.sourceChanged.connect(lambda _: self._dress())

    def show_page(self, name: str) -> None:
        """Show a page, and remember the one before it. Raises KeyError for a name that is no page's."""
        self._read(name)
        if name == self.name:
            self.reload()
        else:
            self.setSource(QUrl(f"page:{name}"), QTextDocument.ResourceType.MarkdownResource)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        url = QUrl(name)
        if url.scheme() == "page":
            page = self._read(url.path())
            self.name = page.name
            self.setAccessibleName(page.title)
            return f"# {page.title}\n\n{page.markdown}"
        if url.scheme() == "picture":
            return self._picture(url.path())
        return super().loadResource(kind, url)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.name:
            self.reload()

    def _picture(self, name: str) -> QImage:
        scale = self.devicePixelRatioF()
        image = QImage(str(picture(name, self._language)))
        if image.isNull():
            return image
        image = image.scaledToWidth(round(PICTURE * scale), Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(scale)
        return image

    def _on_link(self, url: QUrl) -> None:
        if url.scheme() == "page":
            self.page_asked.emit(url.path())
        elif url.scheme() == "step":
            self.step_asked.emit(url.path())

    # look

    def _dress(self) -> None:
        """The program's letters on what markdown made: headings, distances, keys as caps."""
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            self._dress_block(cursor, block)
            block = block.next()

    def _dress_block(self, cursor: QTextCursor, block: QTextBlock) -> None:
        level = block.blockFormat().headingLevel()
        look = QTextBlockFormat()
        look.setTopMargin(18 if level == 2 else 6 if level else 0)
        look.setBottomMargin(8 if not block.textList() else 4)
        look.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setPosition(block.position())
        if "\ufffc" not in block.text():  # a picture's line is as high as the picture
            cursor.mergeBlockFormat(look)
        parts = []
        piece = block.begin()
        while not piece.atEnd():
            found = piece.fragment()
            parts.append((found.position(), found.length(), found.charFormat()))
            piece += 1
        for start, length, held in parts:
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(self._letters(held, level))

    def _letters(self, held: QTextCharFormat, level: int) -> QTextCharFormat:
        look = QTextCharFormat(held)
        look.clearProperty(QTextFormat.Property.FontSizeAdjustment)  # markdown's headings have it, beside any size
        weight = QFont.Weight.DemiBold if level or held.fontWeight() > QFont.Weight.Normal else QFont.Weight.Normal
        made = font(_HEADINGS.get(level, 15), weight=weight)
        made.setItalic(held.fontItalic())
        look.setFont(made, QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesSpecifiedOnly)
        if held.fontFixedPitch():
            shade = self.palette().color(QPalette.ColorRole.Text)
            shade.setAlpha(CAP)
            look.setBackground(shade)
            look.setFontFixedPitch(False)
            look.setFontFamilies([made.family()])
        if held.isAnchor():
            look.setForeground(self.palette().color(QPalette.ColorRole.Link))
            look.setFontUnderline(True)
        return look
