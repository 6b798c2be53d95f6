"""Parts of a place beside or above each other: a hand or the arrows move the boundaries, which are remembered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from app.i18n import Texts
from app.settings.preferences import Preferences

WHOLE = 1000
#: pixels that an arrow moves a boundary by, and of the boundary itself
STEP, BOUNDARY = 24, 9


class Panes(QSplitter):
    """`usual` are the shares of a thousand that the parts have until somebody moves a boundary, and after a reset.

    Remembered under `name`, as shares, so that they fit every window. A part is never made smaller than it can be.
    """

    resized = Signal()

    def __init__(
        self, name: str, way: Qt.Orientation, preferences: Preferences, texts: Texts, usual: tuple[int, ...]
    ) -> None:
        self._preferences, self._texts = preferences, texts  # its boundaries ask for them while it is being made
        super().__init__(way)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(BOUNDARY)
        self.use(name, usual)
        self.splitterMoved.connect(lambda *_: self._remember())

    def use(self, name: str, usual: tuple[int, ...]) -> None:
        """The same parts in another arrangement, which has its own remembered shares."""
        self._name, self._usual = name, usual
        self.share_out()

    def share_out(self) -> None:
        """Share the room out as remembered: after a resize, or when parts came or went."""
        shares = self._remembered() or self._usual
        if self.count() == len(shares):
            room = self.width() if self.orientation() == Qt.Orientation.Horizontal else self.height()
            self.setSizes([max(share * room // WHOLE, 1) for share in shares])

    def reset(self) -> None:
        """As usual again; the others of its kind forget nothing."""
        kept = {k: v for k, v in self._preferences.remembered.panes.items() if k != self._name}
        self._preferences.remember(panes=kept)
        self.share_out()

    def move_boundary(self, handle: QSplitterHandle, by: int) -> None:
        """By so many pixels, as far as the parts let it."""
        number = self.indexOf(handle)
        at = handle.x() if self.orientation() == Qt.Orientation.Horizontal else handle.y()
        self.moveSplitter(at + by, number)
        self._remember()

    def createHandle(self) -> QSplitterHandle:
        return Boundary(self, self._texts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_out()
        self.resized.emit()

    def _remember(self) -> None:
        sizes = self.sizes()
        if len(sizes) == len(self._usual) and all(sizes):
            shares = " ".join(str(size * WHOLE // sum(sizes)) for size in sizes)
            self._preferences.remember(panes={**self._preferences.remembered.panes, self._name: shares})

    def _remembered(self) -> tuple[int, ...]:
        """Empty for what was never moved, or does not fit this place any more."""
        kept = self._preferences.remembered.panes.get(self._name, "").split()
        shares = tuple(int(k) for k in kept if k.isdecimal())
        return shares if len(shares) == len(kept) == len(self._usual) and any(shares) else ()


class Boundary(QSplitterHandle):
    """Between two parts: dragged, moved with the arrows, put back with a double click or Enter."""

    def __init__(self, panes: Panes, texts: Texts) -> None:
        super().__init__(panes.orientation(), panes)
        self._panes = panes
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(texts.tr("Boundary of two parts"))
        self.setToolTip(texts.tr("Drag, or arrows: more room for one of the two. Double click or Enter: as usual."))
        self._is_pointed = False

    def sizeHint(self) -> QSize:
        return QSize(BOUNDARY, BOUNDARY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        way = ways.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._panes.reset()
        elif way is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._panes.move_boundary(self, way * STEP)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._panes.reset()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._is_pointed = event.type() == QEvent.Type.Enter
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A short line in the middle; the whole boundary while it is pointed at or has the keys."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self._is_pointed or self.hasFocus()
        palette = self.palette()
        ink = palette.highlight().color() if strong else palette.placeholderText().color()
        painter.setPen(QPen(ink, 3 if strong else 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle, half = self.rect().center(), 24 if strong else 12
        if self.orientation() == Qt.Orientation.Horizontal:
            painter.drawLine(middle.x(), middle.y() - half, middle.x(), middle.y() + half)
        else:
            painter.drawLine(middle.x() - half, middle.y(), middle.x() + half, middle.y())
        painter.end()


def panes(name: str, way: Qt.Orientation, preferences: Preferences, texts: Texts, *parts: tuple[QWidget, int]) -> Panes:
    """Parts with their usual shares of a thousand."""
    made = Panes(name, way, preferences, texts, tuple(share for _, share in parts))
    for part, _ in parts:
        made.addWidget(part)
    made.share_out()
    return made
