"""A link whose words take as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

#: pixels: of the style sheet's border around a link, above and below its lines, and as narrow as it gets
_BORDER, _AIR, _LEAST = 2, 4, 60
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


class WrappingLink(QPushButton):
    """As a button of the kind *link*, in a column that is narrower than its words."""

    def __init__(self, text: str, on_press: Callable[[], Any], parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "link")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked=False: on_press())
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        box = QRect(0, 0, max(width - 2 * _BORDER, _LEAST), 10_000)
        return max(self.fontMetrics().boundingRect(box, int(_FLAGS), self.text()).height() + 2 * _AIR, 28)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, self.heightForWidth(max(self.width(), _LEAST)))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event  # the whole of it
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        font = painter.font()
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(self.palette().buttonText().color())
        painter.drawText(self.rect().adjusted(_BORDER, 0, -_BORDER, 0), int(_FLAGS), self.text())
