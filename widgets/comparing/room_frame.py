"""How the comparing room shares its place out: picture, card of a difference, lanes, figures with the list.

- Walking: the picture and the card lie above the lanes, figures and list beside both.
- The common view: the picture stands beside its lanes, or above them where there is no room for both.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import Texts
from app.settings.preferences import Preferences
from widgets.comparing.decision_card import DecisionCard
from widgets.comparing.figures_panel import FiguresPanel
from widgets.comparing.pair_lanes import PairLanes
from widgets.comparing.walk_list import WalkList
from widgets.films.watching import Watching
from widgets.folding import Folding
from widgets.look.panes import panes
from widgets.look.parts import OnePage, beside, stacked
from widgets.look.side_drawer import SideDrawer

_ACROSS, _DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


class RoomFrame(QWidget):
    """Arranged anew when the common view comes or goes, or the window crosses a limit."""

    def __init__(
        self,
        preferences: Preferences,
        texts: Texts,
        folding: Folding,
        parts: tuple[Watching, DecisionCard, PairLanes, FiguresPanel, WalkList],
    ) -> None:
        """`parts`: the films, the card, the lanes of the walk, the figures, the list."""
        super().__init__()
        self._folding, self.is_common = folding, False
        self._watching, card, lanes, figures, walked = parts
        self._slot: QVBoxLayout | None = None
        card.setMinimumWidth(300)
        self._held, self._films = QWidget(), QWidget()
        self._held.setLayout(beside(card, margins=(0, 12, 14, 8)))
        self._films.setLayout(beside(self._watching, margins=(14, 12, 0, 8)))
        self._below = OnePage()
        self._below.addWidget(lanes)
        self._below.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)  # the rest is the picture's
        walking = QWidget()
        walking.setLayout(stacked(figures, walked, spacing=10))
        self._sides = OnePage()
        self._sides.addWidget(walking)
        side = QFrame()
        side.setObjectName("panel")
        side.setLayout(stacked(self._sides, margins=(16, 14, 16, 14)))
        self._top = panes("comparing.picture", _ACROSS, preferences, texts, (self._films, 560), (self._held, 440))
        left = panes("comparing.timeline", _DOWN, preferences, texts, (self._top, 470), (self._below, 530))
        whole = panes("comparing.list", _ACROSS, preferences, texts, (left, 664), (side, 336))
        self.setLayout(stacked(whole))
        self.drawer = SideDrawer(self, whole, side, folding, texts.tr("Disagreements"), open_at_first=True)
        folding.changed.connect(self.arrange)

    def hold_common(self, lanes: PairLanes, beside_them: QWidget, slot: QVBoxLayout) -> None:
        """What is shown of the common view, once it was asked for; `slot` is where the picture stands beside it."""
        self._slot = slot
        self._below.addWidget(lanes)
        self._sides.addWidget(beside_them)

    def turn(self, *, is_common: bool) -> None:
        """To the walk or to the common view, which is held by then."""
        self.is_common = is_common
        self._below.setCurrentIndex(int(is_common))
        self._sides.setCurrentIndex(int(is_common))
        self.arrange()

    def arrange(self) -> None:
        """Everything to its place, by what is shown and by how much room there is."""
        is_beside = self.is_common and not self._folding.is_narrow
        slot = self._slot if is_beside and self._slot is not None else self._films.layout()
        if slot is not None and slot.indexOf(self._watching) < 0:
            slot.addWidget(self._watching)
        self._held.setVisible(not self.is_common)
        self._films.setContentsMargins(0, 0, 14 if self.is_common else 0, 0)
        self._top.setVisible(not is_beside)
        tall = QSizePolicy.Policy.Expanding if self.is_common else QSizePolicy.Policy.Maximum
        self._below.setSizePolicy(QSizePolicy.Policy.Expanding, tall)
