"""How the supervisees rate one goal, phase by phase: each a ring, the middle one a bar. It measures nobody."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import Texts
from app.model.supervision_course import CAME_TRUE, NOT_YET
from app.supervising.evaluations import Course
from app.supervising.words import middle_words, phase_words
from widgets.look.look import CAPTION, Look, font

_LEFT, _FOOT, _TOP = 24, 26, 8
_RING, _BAR = 4.0, 15.0
_APART = 10.5


class GoalCourse(QWidget):
    """Phases below, 1 to 5 at the left; a phase to which nobody has said a number yet stands in a dashed frame."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._course: Course | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, 150)

    def show_course(self, course: Course) -> None:
        self._course = course
        said = [
            f"{phase_words(self._texts, one.phase)}: "
            + (", ".join(map(str, one.values)) or self._texts.tr("not rated yet"))
            for one in course.phases
        ]
        self.setAccessibleName(f"{course.goal.words}. {middle_words(self._texts, course)}")
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._course is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(CAPTION))
        box = QRectF(self.rect()).adjusted(_LEFT, _TOP, -4, -_FOOT)
        self._paint_axes(painter, box)
        wide = box.width() / len(self._course.phases)
        places = [box.left() + wide * (n + 0.5) for n in range(len(self._course.phases))]
        self._paint_middles(painter, box, places, min(wide * 0.62, 56))
        for x, one in zip(places, self._course.phases, strict=True):
            painter.setPen(self._look.color("text"))
            below = QRectF(x - wide / 2, box.bottom() + 6, wide, 18)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, phase_words(self._texts, one.phase))
            if one.values:
                self._paint_rings(painter, box, x, one.values)
            else:
                self._paint_coming(painter, box, x, wide)
        painter.end()

    def _paint_axes(self, painter: QPainter, box: QRectF) -> None:
        for number in range(NOT_YET, CAME_TRUE + 1):
            y = _y(box, number)
            painter.setPen(QPen(self._look.color("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(self._look.color("muted"))
            painter.drawText(QRectF(0, y - 8, _LEFT - 10, 16), Qt.AlignmentFlag.AlignRight, str(number))

    def _paint_middles(self, painter: QPainter, box: QRectF, places: list[float], wide: float) -> None:
        assert self._course is not None
        before: QPointF | None = None
        for x, one in zip(places, self._course.phases, strict=True):
            middle = one.middle
            if middle is None:
                continue
            here = QPointF(x, _y(box, middle))
            if before is not None:
                painter.setPen(QPen(self._look.color("ink"), 1.6))
                painter.drawLine(QPointF(before.x() + wide / 2, before.y()), QPointF(here.x() - wide / 2, here.y()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("line"))
            painter.drawRoundedRect(QRectF(x - wide / 2, here.y() - _BAR / 2, wide, _BAR), _BAR / 2, _BAR / 2)
            before = here

    def _paint_rings(self, painter: QPainter, box: QRectF, x: float, values: tuple[int, ...]) -> None:
        painter.setPen(QPen(self._look.color("ink"), 1.6))
        painter.setBrush(self._look.color("surface"))
        for number in sorted(set(values)):
            many = values.count(number)
            for n in range(many):
                at = QPointF(x + (n - (many - 1) / 2) * _APART, _y(box, number))
                painter.drawEllipse(at, _RING, _RING)

    def _paint_coming(self, painter: QPainter, box: QRectF, x: float, wide: float) -> None:
        frame = QRectF(x - min(wide * 0.84, 76) / 2, box.top() - 4, min(wide * 0.84, 76), box.height() + 8)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.color("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, 6, 6)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._texts.tr("to come"))


def _y(box: QRectF, number: float) -> float:
    return box.bottom() - box.height() * (number - NOT_YET) / (CAME_TRUE - NOT_YET)
