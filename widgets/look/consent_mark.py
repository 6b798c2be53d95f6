"""The mark of consents, the same in every list of films, clips and people: a shape, never a color alone."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.casework.film_use import FilmMark, Mark
from app.i18n import Texts
from widgets.look.look import Look
from widgets.look.parts import label

#: icon and color of each
_SHAPES = {
    Mark.IN_FORCE: ("check", "muted"),
    Mark.ENDS: ("clock", "text"),
    Mark.LACKING: ("close", "danger"),
    Mark.WITHDRAWN: ("withdrawn", "danger"),
}
SIZE = 16


def mark_words(t: Texts, mark: FilmMark) -> str:
    """What the mark says: beside it, on pointing at it, and to a screen reader."""
    return {
        Mark.IN_FORCE: t.tr("consents in force"),
        Mark.ENDS: "" if mark.ends is None else t.tr("consent ends {day}", day=t.date(mark.ends)),
        Mark.LACKING: t.tr("consent missing"),
        Mark.WITHDRAWN: t.tr("consent withdrawn"),
    }[mark.mark]


def shape(mark: Mark) -> tuple[str, str]:
    """The icon of a mark and its color."""
    return _SHAPES[mark]


def paint_mark(painter: QPainter, look: Look, box: QRect, mark: FilmMark) -> QRect:
    """The mark at the right end of a line of a painted row; returns what is left of the line."""
    icon, color = _SHAPES[mark.mark]
    at = QRect(box.right() - SIZE, box.center().y() - SIZE // 2, SIZE, SIZE)
    painter.drawPixmap(at, look.pixmap(icon, color, SIZE))
    return box.adjusted(0, 0, -SIZE - 8, 0)


class ConsentMark(QWidget):
    """The mark in a row: its shape, and its words where something is to be done."""

    def __init__(self, look: Look, texts: Texts, mark: FilmMark, *, says: bool = True) -> None:
        super().__init__()
        words = mark_words(texts, mark)
        icon, color = _SHAPES[mark.mark]
        sign = QLabel()
        sign.setPixmap(look.pixmap(icon, color, SIZE))
        sign.setFixedWidth(SIZE)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(sign)
        if says and mark.mark != Mark.IN_FORCE:
            row.addWidget(label(words, "caption"))
        self.setLayout(row)
        self.setToolTip(words)
        self.setAccessibleName(words)
