"""A panel beside the main part of a place that, on a small screen, lies over it and is opened by a button."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from widgets.folding import Folding
from widgets.look.panes import Panes
from widgets.look.parts import button, first_focusable

#: a drawer leaves so many pixels of what lies under it
LEFT_OPEN = 120


class SideDrawer(QObject):
    """Made for the last part of `panes`; the place puts `new_opener()` into its header whenever it fills that."""

    def __init__(
        self, over: QWidget, panes: Panes, panel: QWidget, folding: Folding, name: str, *, open_at_first: bool
    ) -> None:
        """Lies over `over`, which holds the panes. `name` is on the button.

        `open_at_first`: what the place is for is in the panel.
        """
        super().__init__(panel)
        self._over, self._panes, self._panel, self._folding = over, panes, panel, folding
        self._name, self.is_open = name, open_at_first
        self._opener: QPushButton | None = None
        self._esc = QShortcut(QKeySequence(Qt.Key.Key_Escape), panel, lambda: self.open(False))
        self._esc.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        panes.resized.connect(self._place)
        folding.changed.connect(self.fold)
        self.fold()

    @property
    def is_folded(self) -> bool:
        return self._panel.parentWidget() is not self._panes

    def new_opener(self, name: str = "") -> QPushButton:
        """The button that opens and closes; out of sight while the panel has its own room.

        `name` says what the panel holds now, where that is not what it was made for.
        """
        made = self._opener = button(name or self._name)
        made.setCheckable(True)
        made.setChecked(self.is_open)
        made.setVisible(self._folding.is_narrow)
        made.toggled.connect(self.open)
        return made

    def open(self, on: bool) -> None:
        """Over the place, or away; the keys go with it when they opened it."""
        self.is_open = on
        if self._opener is not None and isValid(self._opener):
            self._opener.setChecked(on)
        self._show(on)

    def fold(self) -> None:
        """Beside where there is room, over where there is none."""
        if self._opener is not None and isValid(self._opener):
            self._opener.setVisible(self._folding.is_narrow)
        self._esc.setEnabled(self._folding.is_narrow)
        if self._folding.is_narrow == self.is_folded:
            return
        self._panel.setProperty("over", self._folding.is_narrow)  # then a line says where it begins
        self._panel.style().unpolish(self._panel)
        self._panel.style().polish(self._panel)
        if self._folding.is_narrow:
            self._panel.setParent(self._over)
            self._panes.share_out()
            self._show(self.is_open)
        else:
            self._panes.addWidget(self._panel)
            self._panel.show()
            self._panes.share_out()

    def _show(self, on: bool) -> None:
        if not self.is_folded:
            return
        self._panel.setVisible(on)
        self._place()
        self._panel.raise_()
        opener = self._opener
        led = opener is not None and isValid(opener) and opener.hasFocus()
        if on and led and (first := first_focusable(self._panel)) is not None:
            first.setFocus()

    def _place(self) -> None:
        if self.is_folded:
            room = self._panes.geometry()
            panel = self._panel
            least = max(panel.minimumSizeHint().width(), panel.minimumWidth())
            width = max(min(panel.sizeHint().width(), room.width() - LEFT_OPEN), least)
            self._panel.setGeometry(room.right() - width + 1, room.top(), width, room.height())
