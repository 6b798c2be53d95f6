"""A timeline with a bar at its right for the lanes that have no room: ruler, tasks, sound and states stay in sight."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from widgets.look.parts import beside
from widgets.timeline.canvas import ROW
from widgets.timeline.view import TimelineView


class ScrolledLanes(QWidget):
    """No higher than all lanes need, and no lower than those that are always in sight."""

    def __init__(self, timeline: TimelineView) -> None:
        super().__init__()
        self._timeline = timeline
        self._bar = QScrollBar(Qt.Orientation.Vertical)
        self._bar.setSingleStep(ROW)
        self._bar.valueChanged.connect(timeline.scroll_lanes)
        self._bar.hide()
        row = beside(timeline, self._bar, spacing=0)
        row.setAlignment(timeline, Qt.AlignmentFlag.AlignTop)
        row.setStretch(0, 1)
        self.setLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        timeline.lanes_moved.connect(self._follow)

    def sizeHint(self) -> QSize:
        return self._timeline.sizeHint()

    def _follow(self) -> None:
        places = self._timeline.places
        self._bar.setVisible(places.overflow > 0)
        self._bar.blockSignals(True)
        self._bar.setPageStep(max(places.band[1] - places.band[0], 1))
        self._bar.setRange(0, places.overflow)
        self._bar.setValue(places.offset)
        self._bar.blockSignals(False)
