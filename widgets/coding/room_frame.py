"""How the coding room shares its place out: picture, facts, keys or a drawer, timeline, with boundaries that move.

- The keys stand beside the picture, the timeline lies below both.
- An open drawer has the whole height, for it is long; the timeline is then beneath the picture.
- On a small screen the keys have the whole height, too, with the facts below them.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.i18n import Texts
from app.settings.preferences import Preferences
from widgets.coding.drawers import Drawers
from widgets.coding.facts_panel import FactsPanel
from widgets.coding.timeline_panel import TimelinePanel
from widgets.folding import Folding
from widgets.look.panes import Panes
from widgets.look.parts import beside, stacked

_ACROSS, _DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
#: shares of a thousand until somebody moves a boundary
KEYS, DRAWER, LOWER = (612, 388), (540, 460), (640, 360)
#: pixels in which the keys and the rating sheet stand whole
LEAST_KEYS = 424
NARROW_KEYS, NARROW_DRAWER, LOW = (580, 420), (400, 600), (560, 440)


class RoomFrame(QWidget):
    """Arranged anew when a drawer opens or the window crosses a limit; a press of a key arranges nothing."""

    def __init__(
        self,
        preferences: Preferences,
        texts: Texts,
        folding: Folding,
        parts: tuple[QWidget, QWidget, FactsPanel, QWidget, Drawers, TimelinePanel],
    ) -> None:
        """`parts`: the picture with what stands below it, small pictures, facts, keys, drawers, timeline."""
        super().__init__()
        self._folding = folding
        picture, self._small, self.facts, self._keys, self.drawers, self.below = parts
        self._beside = stacked(self._small, self.facts, spacing=8, margins=(0, 12, 0, 8))
        self._beside.setStretch(1, 1)
        around = QWidget()
        row = beside(picture, spacing=14)
        row.addLayout(self._beside)
        row.setStretch(0, 1)
        around.setLayout(row)
        self._upper = Panes("coding.keys", _ACROSS, preferences, texts, KEYS)
        self._lower = Panes("coding.timeline", _DOWN, preferences, texts, LOWER)
        self._outer = Panes("coding.keys", _ACROSS, preferences, texts, KEYS)
        self._upper.addWidget(around)
        self._lower.addWidget(self._upper)
        self._lower.addWidget(self.below)
        self._outer.addWidget(self._lower)
        self._upper.setContentsMargins(14, 0, 0, 0)
        self.setLayout(stacked(self._outer))
        self.drawers.setMinimumWidth(LEAST_KEYS)
        folding.changed.connect(self.arrange)
        self.arrange()

    def arrange(self) -> None:
        """Everything to its place, by what is open and by how much room there is."""
        narrow, is_drawer = self._folding.is_narrow, self.drawers.is_drawer_open
        tall = narrow or is_drawer
        home = self._outer if tall else self._upper
        if self.drawers.parentWidget() is not home:
            home.addWidget(self.drawers)
        self._hold_facts(flat=narrow)
        name, usual = ("coding.drawer", DRAWER) if is_drawer else ("coding.keys", KEYS)
        if narrow:
            name, usual = f"{name}.narrow", NARROW_DRAWER if is_drawer else NARROW_KEYS
        home.use(name, usual)
        low = self._folding.is_low
        self._lower.use("coding.timeline.low" if low else "coding.timeline", LOW if low else LOWER)

    def _hold_facts(self, *, flat: bool) -> None:
        """Beside the picture, or where that has no room below the keys."""
        if flat == self.facts.is_flat:
            return
        keys = self._keys.layout()
        assert keys is not None
        if flat:
            keys.addWidget(self.facts)
        else:
            self._beside.addWidget(self.facts, 1)
        self.facts.lie(flat=flat)
