"""The actions at the right of a header: those that have no room there lie in a menu, the main one never does."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QMenu, QPushButton, QSizePolicy, QWidget

from widgets.look.parts import beside, button, clear

GAP = 8
_COMES_OR_GOES = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)


class HeaderActions(QWidget):
    """The last is the main one. The others fold from the left, each with its keys, its own menu or its choices."""

    def __init__(self, more: str) -> None:
        """`more` is what the menu is called."""
        super().__init__()
        self._holders: list[QWidget] = []
        self._is_folding = False
        self._more = button("⋯")
        self._more.setProperty("kind", "folded")
        self._more.setAccessibleName(more)
        self._more.setToolTip(more)
        self._more.setFixedWidth(40)
        self._menu = QMenu(self._more)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._more.setMenu(self._menu)
        self._actions = beside(spacing=GAP)
        row = beside(self._more, spacing=GAP)
        row.addLayout(self._actions)
        self.setLayout(row)
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_actions(self, *actions: QWidget) -> None:
        """These instead of those before, which go."""
        clear(self._actions)
        self._holders = []
        for action in actions:
            holder = QWidget()
            holder.setLayout(beside(action))
            action.installEventFilter(self)
            self._holders.append(holder)
            self._actions.addWidget(holder)
        self._fold()

    def folded(self) -> list[QWidget]:
        """The actions that lie in the menu now, from the left."""
        return [_inside(h) for h in self._holders if h.isHidden() and not _inside(h).isHidden()]

    def sizeHint(self) -> QSize:
        wanted = self._wanted()
        return QSize(_across(wanted), max((w.sizeHint().height() for w in wanted), default=0))

    def minimumSizeHint(self) -> QSize:
        wanted = self._wanted()
        least = _across(wanted[-1:]) + (self._more.width() + GAP if len(wanted) > 1 else 0)
        return QSize(least, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # an action has other words
            self.updateGeometry()
            self._fold()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An action that comes or goes in a hidden holder asks for no layout."""
        if event.type() in _COMES_OR_GOES:
            self.updateGeometry()
            self._fold()
        return super().eventFilter(watched, event)

    def _wanted(self) -> list[QWidget]:
        return [action for h in self._holders if not (action := _inside(h)).isHidden()]

    def _fold(self) -> None:
        """As the width says. Showing one may change the width on the way, which is seen to after it."""
        if self._is_folding:
            return
        self._is_folding, room = True, self.width()
        self._fold_into(room)
        if room != self.width():
            self._fold_into(self.width())
        self._is_folding = False

    def _fold_into(self, room: int) -> None:
        wanted = self._wanted()
        folded: list[QWidget] = []
        while len(wanted) > 1 and _across(wanted) + (self._more.width() + GAP if folded else 0) > room:
            folded.append(wanted.pop(0))
        self._more.setVisible(bool(folded))
        for holder in self._holders:
            holder.setVisible(_inside(holder) in wanted)

    def _fill_menu(self) -> None:
        self._menu.clear()
        for action in self.folded():
            if isinstance(action, QComboBox):
                self._add_choices(action)
            elif isinstance(action, QPushButton) and action.menu() is not None:
                self._menu.addAction(action.text()).setMenu(action.menu())
            elif isinstance(action, QAbstractButton):
                made = self._menu.addAction(action.text().replace("   ", "\t"), action.click)
                made.setEnabled(action.isEnabled())

    def _add_choices(self, choice: QComboBox) -> None:
        menu = self._menu.addMenu(choice.accessibleName() or choice.currentText())
        menu.setEnabled(choice.isEnabled())
        for number in range(choice.count()):
            made: QAction = menu.addAction(choice.itemText(number), partial(_choose, choice, number))
            made.setCheckable(True)
            made.setChecked(number == choice.currentIndex())


def _inside(holder: QWidget) -> QWidget:
    layout = holder.layout()
    item = layout.itemAt(0) if layout is not None else None
    widget = item.widget() if item is not None else None
    assert widget is not None, "a holder holds one action"
    return widget


def _across(actions: list[QWidget]) -> int:
    """Pixels that actions take beside each other."""
    return sum(a.sizeHint().width() for a in actions) + GAP * max(len(actions) - 1, 0)


def _choose(choice: QComboBox, number: int) -> None:
    choice.setCurrentIndex(number)
    choice.activated.emit(number)
