"""What every place of the rail is: a header over a body, built around a workspace and rebuilt at will."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QToolButton, QWidget
from shiboken6 import isValid

from app.i18n import Texts
from app.model.change import Entity
from app.workspace import Workspace
from widgets import reading_order
from widgets.folding import Folding
from widgets.header_actions import HeaderActions
from widgets.heard.telling import GroupTold, told_by
from widgets.look.look import Look, dress, font
from widgets.look.parts import OneLine, beside, first_focusable, label, stacked

#: `go("coding", meeting_id=…)` opens a place
Go: TypeAlias = Callable[..., None]


@told_by(GroupTold)
class Screen(QWidget):
    """A place of the rail: a header with title, what it is about, *tallennettu*, and actions; below it the body."""

    help_asked = Signal(str)  # a page of the manual
    search_asked = Signal()  # the search over everything
    saved_shown = Signal(str)  # the words of *tallennettu*
    whole_turned = Signal(bool)  # the place takes the whole screen, or gives it back
    cover_asked = Signal()  # the program is covered, or seen again
    beside_turned = Signal(str)  # the place of the rail that is to be marked
    look_turned = Signal(object)  # Look: what lies beside the place is to be seen so

    def __init__(self, workspace: Workspace, look: Look, go: Go) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.workspace = workspace
        self.look = self.worn = look  #: its own, and the one of what it shows now
        self.go = go
        self.beside = ""  #: the place of the rail that is marked, where it is not this place's own
        self._title = label("", "title")
        self._about = OneLine("muted")
        self._saved = label("", "muted")
        self._saved.setFont(font(tabular=True))
        self._actions = HeaderActions(self.texts.tr("More actions"))
        header = QFrame()
        header.setObjectName("header")
        header.setFixedHeight(56)
        row = beside(self._title, self._about, spacing=14, margins=(20, 0, 20, 0))
        row.setStretch(1, 1)
        row.addWidget(self._saved)
        self.search_all = QToolButton()
        self.search_all.setAccessibleName(self.texts.tr("Search everything"))
        self.search_all.setToolTip(self.texts.tr("Search everything"))
        self.search_all.setIcon(look.icon("search", "muted", 20))
        self.search_all.setIconSize(QSize(20, 20))
        self.search_all.setFixedSize(32, 32)
        self.search_all.clicked.connect(lambda _checked=False: self.search_asked.emit())
        row.addWidget(self.search_all)
        row.addWidget(self._actions)
        header.setLayout(row)
        self.header = header
        self.folding = Folding(self)
        self.column = stacked(header, spacing=0)
        self.setLayout(self.column)

    @property
    def texts(self) -> Texts:
        return self.workspace.texts

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.folding.measure(event.size())
        super().resizeEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes as the window is read."""
        return reading_order.lead(self.window(), is_next=is_next) or super().focusNextPrevChild(is_next)

    def set_title(self, title: str, about: str = "") -> None:
        self._title.setText(title)
        self._about.show_text(about)
        self.setAccessibleName(title)

    def set_actions(self, *actions: QWidget) -> None:
        """The header's right side; the primary action is the last."""
        self._actions.show_actions(*actions)

    def show_saved(self, when: Any) -> None:
        """*tallennettu 12.04.33*; nothing for None."""
        self._saved.setText(
            "" if when is None else self.texts.tr("saved {time}", time=self.texts.time(when, seconds=True))
        )
        self.saved_shown.emit(self._saved.text())

    def wear(self, look: Look) -> None:
        """What is shown now has a look of its own, as a film that a family watches has: the header follows it."""
        if look != self.worn:
            self.worn = look
            self.header.setStyleSheet("")
            if look != self.look:
                dress(self.header, look)
            self.search_all.setIcon(look.icon("search", "muted", 20))
            self.look_turned.emit(look)

    def stand_beside(self, place: str) -> None:
        """What is open belongs to another place of the rail: that one is marked."""
        self.beside = place
        self.beside_turned.emit(place)

    def turn_whole(self, on: bool) -> None:
        """The window is all the place's, without the header too; the keys stay with its main thing."""
        self.header.setVisible(not on)
        self.whole_turned.emit(on)
        self.take_focus()

    def leave_whole(self) -> bool:
        """Back from the whole screen; False where the place was not there."""
        return False

    def may_be_left(self) -> bool:
        """Whether another place may be opened now; asked before it is left, and it may ask in its turn."""
        return True

    def in_use(self) -> bool:
        """Whether the place is being used without a hand on it: a film plays. The idle lock waits then."""
        return False

    def undo(self) -> None:
        """Ctrl+Z outside text fields: the screen's own editor."""

    def redo(self) -> None:
        """Ctrl+Shift+Z outside text fields."""

    def search(self) -> None:
        """The keys go to the place's search, if it has one."""

    def notice_place(self) -> QWidget:
        """Over whose foot notices lie: where nothing is pressed in a hurry, and nothing must be seen all the time."""
        return self

    def notice_lift(self) -> int:
        """Pixels at the foot of that place that no notice lies over."""
        return 0

    def main_thing(self) -> QWidget:
        """What the keys are for here: they go to it when the place opens, and when what had them is gone."""
        return first_focusable(self, outside=self.header) or self

    def take_focus(self) -> None:
        """The keys go to the main thing, or to the place as a whole until it is there."""
        thing = self.main_thing()
        thing.setFocus()
        if thing is self:
            QTimer.singleShot(0, self, lambda: self._lead_on(self))

    def lead_in(self, pages: QStackedWidget) -> None:
        """With another page the keys go to the main thing, and not to what happened to be made first in it."""

        def turned(_page: int) -> None:
            led = QApplication.focusWidget()
            if led is not None and pages.isAncestorOf(led):
                QTimer.singleShot(0, self, lambda: self._lead_on(led))

        pages.currentChanged.connect(turned)

    def _lead_on(self, led: QWidget) -> None:
        """Unless somebody has led the keys elsewhere meanwhile."""
        if isValid(led) and QApplication.focusWidget() is led:
            self.main_thing().setFocus()

    def takes_back(self, _pressed: QWidget) -> bool:
        """Whether the keys leave a button of this place once it was pressed by hand."""
        return False

    def help_page(self) -> str:
        """The manual's page about what is shown now; empty where it is that of the place."""
        return ""

    def looked_at(self) -> tuple[type[Entity], str] | None:
        """The one thing of clients or of supervision that is on the screen, for the access log; None for none."""
        return None

    def tell_looked_at(self) -> None:
        """What is on the screen became another."""
        thing = self.looked_at()
        if thing is None:
            self.workspace.looking.left()
        else:
            self.workspace.looking.at(*thing)

    def opened(self, **ids: str) -> None:
        """Navigated to; subclasses read what they show."""

    def left(self) -> None:
        """Navigated away from; subclasses commit what is being typed and stop what plays."""
