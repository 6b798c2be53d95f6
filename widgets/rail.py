"""The places at the left of the window, of which one is open."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QAccessibleWidget, QToolButton, QWidget

from widgets.heard.telling import told_by

#: pixels with the places' names below their pictures, and folded to the pictures
WIDTH, FOLDED = 92, 60


#: places without a button of their own, by the one beside which they stand
BESIDE = {"training": "coding", "calendar": "desk", "hours": "desk", "service": "cases"}


class _PlaceTold(QAccessibleWidget):
    """A place is heard as one of several of which one is open; to Qt it is a box that is ticked."""

    def __init__(self, place: PlaceButton) -> None:
        super().__init__(place, QAccessible.Role.PageTab)

    def state(self) -> QAccessible.State:
        told, place = super().state(), self.widget()
        assert isinstance(place, PlaceButton)
        told.focusable = told.selectable = True
        told.selected = place.isChecked()
        return told

    def actionNames(self) -> list[str]:
        return ["Press", *super().actionNames()]

    def doAction(self, name: str) -> None:
        place = self.widget()
        if name == "Press" and isinstance(place, PlaceButton):
            place.click()
        else:
            super().doAction(name)


class _PlacesTold(QAccessibleWidget):
    def __init__(self, places: Places) -> None:
        super().__init__(places, QAccessible.Role.PageTabList)


@told_by(_PlaceTold)
class PlaceButton(QToolButton):
    """One place, with its picture and name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setText(name)
        self.setProperty("kind", "rail")
        self.setCheckable(True)
        self.setIconSize(QSize(20, 20))
        self.toggled.connect(self._on_toggled)
        self.fold(on=False)

    def fold(self, *, on: bool) -> None:
        """To the picture alone; the name is in the hint, and read out all the same."""
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonIconOnly if on else style.ToolButtonTextUnderIcon)
        self.setFixedSize((FOLDED if on else WIDTH) - 12, 42 if on else 58)

    def _on_toggled(self, is_open: bool) -> None:
        if is_open and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Selection))


@told_by(_PlacesTold)
class Places(QWidget):
    """The places one below another; its name is what they are together."""
