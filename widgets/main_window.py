"""The window around an unlocked archive: the rail, the place that is open, notices, jobs, the cover, the idle lock.

It holds no state but what is on the screen, so it can be destroyed and rebuilt at any moment: that is how the language
and the theme change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QDialog,
    QFrame,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QToolButton,
    QWidget,
)

from app.errors import AppError
from app.i18n import NAMES, today
from app.office.beginning import PUT_AWAY, beginning
from app.office.idle_lock import USE
from app.settings.values import Settings
from app.shortcuts.actions import PLACES, WINDOW, action
from app.shortcuts.own_keys import KeyMap
from app.workspace import Workspace
from widgets import after_menus, rail, reading_order
from widgets.app_events import AppEvents
from widgets.cover import Cover, cover_from
from widgets.focus import FocusRule
from widgets.folding import LEAST, Folding
from widgets.foot import Foot
from widgets.keys.captions import KeyFollower, KeyTips
from widgets.keys.matcher import Act, Matcher
from widgets.look import look as looks
from widgets.look.parts import OnePage, beside, confirm, stacked
from widgets.notice_bar import NoticeBar
from widgets.screen import Go, Screen

if TYPE_CHECKING:
    from widgets.help.help_window import HelpWindow


#: ids that say what a place shows; a window made anew shows the same
_KEPT = ("case_id", "meeting_id", "coding_id", "work_id")

#: the window's actions that a guest does not have
NOT_FOR_GUESTS = frozenset({"search", "backup", "about"})


@dataclass(frozen=True)
class Maker:
    """How a place is made when it is first opened, and whether films are watched there."""

    make: Callable[[Workspace, looks.Look, Go], Screen]
    films: bool = False


class MainWindow(QMainWindow):
    """`screens` are the places that work, made when first opened."""

    lock_requested = Signal()
    quit_requested = Signal()
    report_asked = Signal(object)  # a problem report: about an AppError, or None

    def __init__(self, workspace: Workspace, screens: dict[str, Maker]) -> None:
        super().__init__()
        self.setWindowTitle("Havainto")
        self.setMinimumSize(LEAST)
        self.workspace = workspace
        self._preferences = workspace.preferences
        self._factories = screens
        self._screens: dict[str, Screen] = {}
        self._look = looks.look_for(self._preferences.now.theme, films=False)
        self._place = ""
        self._is_guest = workspace.store.worker.guest
        self._is_rebuilt = self._is_ending = False
        self._ids: dict[str, dict[str, str]] = {}
        self._stack = OnePage()
        self._buttons: dict[str, rail.PlaceButton] = {}
        self._tips = KeyTips(self._preferences, self)
        self._rail = self._build_rail()
        self._build_middle()
        looks.dress(self, self._look)
        self._bind_keys()
        self._cover = Cover(self, self._preferences, workspace.texts)
        workspace.looking.cover(False)  # a window that is made anew begins uncovered
        self._cover.turned.connect(workspace.looking.cover)  # bound: the workspace outlives the window
        idle = workspace.idle
        idle.lock_due.connect(self.lock_requested)
        idle.cover_due.connect(self._cover.show_cover)
        idle.watches = self._watches
        idle.lock_after(self._preferences.now.lock_after_minutes)
        self._preferences.changed.connect(self._on_settings)  # bound: the preferences outlive the window
        self._events = self._listen()
        beside = (self._rail, self._notice_bar, self._foot)
        self._focus = FocusRule(self, self._events, beside, lambda: self._screens.get(self._place))
        workspace.closing.connect(self.commit_typing)
        workspace.daily_backup.wanted.connect(self._show_backups)  # bound: the workspace outlives the window
        self._notice_bar.changed.connect(self._place_notice)
        workspace.notices.report_wanted.connect(self.report_asked)
        self._notice_bar.show_standing()

    @property
    def place(self) -> str:
        """The id of the place that is open."""
        return self._place

    @property
    def shown(self) -> dict[str, str]:
        """What the place shows, as ids: a window made anew shows the same."""
        return {k: v for k, v in self._ids.get(self._place, {}).items() if k in _KEPT}

    def go(self, place: str, **ids: str) -> None:
        """Open a place, with what it shall show. What cannot be read is said, and the place before stays open.

        Raises AppError where there is none before.
        """
        if place not in self._factories:
            return
        before = self._place if self._place != place else ""
        current = self._screens.get(self._place)
        if current is not None and self._place != place and not current.may_be_left():
            self._buttons[rail.BESIDE.get(self._place, self._place)].setChecked(True)
            return
        if ids:
            self._ids[place] = ids
        if current is not None and self._place != place:
            current.left()
        if self._place != place:
            self._notice_bar.leave_for(place)
        self._place = place
        self._sign.show_place(place)
        screen = self._screens.get(place) or self._made(place)
        if self._look_now != screen.worn:
            self._wear(screen.worn)
        self._stack.setCurrentWidget(screen)
        self._mark(screen)
        led = QApplication.focusWidget()
        try:
            screen.opened(**ids)
        except AppError as error:
            if not before:
                raise
            self.go(before)
            self.workspace.notices.trouble(error)
            return
        screen.tell_looked_at()
        now = QApplication.focusWidget()
        if now is None or now is led or not screen.isAncestorOf(now):  # else the place has led them itself
            screen.take_focus()
        self._place_notice()

    def _made(self, place: str) -> Screen:
        """The screen of a place, opened for the first time."""
        maker = self._factories[place]
        look = looks.look_for(self._preferences.now.theme, films=maker.films)
        screen = maker.make(self.workspace, look, self.go)
        self._dress(screen, look)
        screen.help_asked.connect(self.show_help)
        screen.search_asked.connect(self.show_search)
        screen.search_all.setVisible(not self._is_guest)
        self._tips.set(screen.search_all, self.workspace.texts.tr(action("search").name), "search")
        screen.whole_turned.connect(self._turn_whole)
        screen.cover_asked.connect(self._cover.toggle)
        screen.look_turned.connect(self._on_look)
        screen.beside_turned.connect(self._on_beside)
        self._screens[place] = screen
        self._stack.addWidget(screen)
        return screen

    def _mark(self, screen: Screen) -> None:
        """On the rail: the place that is open, or the one beside which it stands."""
        beside = rail.BESIDE.get(self._place, self._place)
        self._buttons[screen.beside if screen.beside in self._buttons else beside].setChecked(True)

    def _on_beside(self, _place: str) -> None:
        screen = self._screens.get(self._place)
        if screen is not None and screen is self.sender():
            self._mark(screen)

    def commit_typing(self) -> None:
        """What is being typed goes to the archive before it closes."""
        for screen in self._screens.values():
            screen.left()

    # building

    def _build_middle(self) -> None:
        self._look_now = self._look
        self._notice_bar = NoticeBar(self.workspace.notices, self.workspace.texts, self._look_now)
        right = QWidget()
        self._foot = Foot(self.workspace)
        self._sign = self._foot.sign
        self._sign.back_pressed.connect(lambda: self.go("filming"))
        self._sign.grows_changed.connect(self._paint_rail)
        self.workspace.filming_changed.connect(self._paint_rail)
        right.setLayout(stacked(self._stack, self._foot, spacing=0))
        middle = QWidget()
        row = stacked(spacing=0)
        body = beside(self._rail, right, spacing=0)
        body.setStretch(1, 1)
        row.addLayout(body, 1)
        middle.setLayout(row)
        self._middle = middle
        self.setCentralWidget(middle)
        self._notice_bar.setParent(middle)
        self._folding = Folding(self)
        self._folding.changed.connect(self._fold_rail)
        self._fold_rail()
        self._paint_rail()

    def _build_rail(self) -> QFrame:
        frame, places = QFrame(), rail.Places()
        frame.setObjectName("rail")
        places.setAccessibleName(self.workspace.texts.tr("Places"))
        column = stacked(spacing=4)
        group = QButtonGroup(frame)
        for place in self._places():
            if place == "settings":
                column.addStretch(1)
            made = self._rail_button(place)
            group.addButton(made)
            self._buttons[place] = made
            column.addWidget(made)
        if "settings" not in self._places():
            column.addStretch(1)  # a guest's few places stand at the top
        places.setLayout(column)
        self._menu_button = self._build_menu_button()
        whole = stacked(places, self._build_help_button(), self._menu_button, spacing=4, margins=(6, 8, 5, 8))
        whole.setStretch(0, 1)
        frame.setLayout(whole)
        return frame

    def _places(self) -> list[str]:
        """The places that work, in the order of the rail."""
        every = (a.id.removeprefix("place.") for a in PLACES)
        return [place for place in every if place in self._factories]

    def _rail_button(self, place: str) -> rail.PlaceButton:
        name = self.workspace.texts.tr(action(f"place.{place}").name)
        made = rail.PlaceButton(name)
        self._tips.set(made, name, f"place.{place}")
        made.clicked.connect(lambda _checked=False: self.go(place))
        return made

    def _build_help_button(self) -> QToolButton:
        self._help_button = made = QToolButton()
        name = self.workspace.texts.tr("Help")
        made.setText(name)
        made.setProperty("kind", "rail")
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(20, 20))
        made.setFixedSize(rail.WIDTH - 12, 58)
        self._tips.set(made, name, "help")
        made.clicked.connect(lambda _checked=False: self.show_help())
        return made

    def _build_menu_button(self) -> QToolButton:
        t = self.workspace.texts
        made = QToolButton()
        made.setText(t.tr("Menu"))
        made.setProperty("kind", "rail")
        made.setIconSize(QSize(20, 20))
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._tips.set(made, t.tr("Menu"), "menu")
        menu = QMenu(made)
        languages = menu.addMenu(t.tr("Language"))
        for code, name in NAMES.items():
            choice = languages.addAction(name, partial(self._preferences.change, language=code))
            choice.setCheckable(True)
            choice.setChecked(code == t.language)
        themes = menu.addMenu(t.tr("Colors"))
        for code, name in (
            ("by-room", t.tr("By the room")),
            ("light", t.tr("Light")),
            ("dark", t.tr("Dark")),
            ("contrast", t.tr("High contrast")),
        ):
            choice = themes.addAction(name, partial(self._preferences.change, theme=code))
            choice.setCheckable(True)
            choice.setChecked(code == self._preferences.now.theme)
        menu.addSeparator()
        offered = [item for item in WINDOW if item.id in self._window_acts()]
        made_acts = {item.id: menu.addAction(t.tr(item.name), partial(self.act, item.id)) for item in offered}
        for act in made_acts.values():
            act.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

        def follow(keys: KeyMap) -> None:
            for action_id, act in made_acts.items():
                act.setShortcut(QKeySequence(keys.of(action_id)))

        KeyFollower(self._preferences, menu, follow)
        made.setMenu(menu)
        return made

    def _fold_rail(self) -> None:
        """On a small screen icons; the names are in the hints, and read out all the same."""
        folded = self._folding.is_narrow or self._folding.is_low
        style = Qt.ToolButtonStyle
        width = rail.FOLDED if folded else rail.WIDTH
        self._rail.setFixedWidth(width)
        for made in self._buttons.values():
            made.fold(on=folded)
        self._menu_button.setToolButtonStyle(style.ToolButtonIconOnly if folded else style.ToolButtonTextOnly)
        self._menu_button.setFixedSize(width - 12, 32)
        self._help_button.setToolButtonStyle(style.ToolButtonIconOnly if folded else style.ToolButtonTextUnderIcon)
        self._help_button.setFixedSize(width - 12, 42 if folded else 58)

    def _bind_keys(self) -> None:
        acts: dict[str, Act] = {f"place.{place}": partial(self.go, place) for place in self._places()}
        acts |= {act_id: partial(self.act, act_id) for act_id in self._window_acts()}
        acts |= {"menu": self._show_menu, "find": self._search}
        Matcher(acts, self._preferences).bind(self)

    def _on_settings(self, old: Settings, new: Settings) -> None:
        if old.lock_after_minutes != new.lock_after_minutes:
            self.workspace.idle.lock_after(new.lock_after_minutes)

    def _on_look(self, look: looks.Look) -> None:
        """What the open place shows has another look than the place."""
        if self.sender() is self._screens.get(self._place):
            self._wear(look)

    def _wear(self, look: looks.Look) -> None:
        """What lies beside the places follows the one that is open; each place keeps its own look."""
        self._look_now = look
        for part in (self._rail, self._foot, self._notice_bar):
            self._dress(part, look)
        self._notice_bar.show_look(look)
        self._fold_rail()  # a sheet that is put on gives its own least sizes to what has had fixed ones
        self._paint_rail()

    def _dress(self, part: QWidget, look: looks.Look) -> None:
        """The window wears its look, and what is in it only what is another one."""
        if look == self._look:
            part.setStyleSheet("")
        else:
            looks.dress(part, look)

    def _paint_rail(self) -> None:
        for place, made in self._buttons.items():
            is_red = place == "filming" and self._sign.grows
            name, color = ("record", "danger") if is_red else (action(f"place.{place}").icon, "muted")
            made.setIcon(self._look_now.icon(name, color, 20))
        self._menu_button.setIcon(self._look_now.icon("menu", "muted", 20))
        self._help_button.setIcon(self._look_now.icon("help", "muted", 20))

    def _turn_whole(self, on: bool) -> None:
        """The place alone over the whole screen; that something is filmed is seen all the same."""
        full, now = Qt.WindowState.WindowFullScreen, self.windowState()
        self._rail.setVisible(not on)
        self._foot.setVisible(not on or self.workspace.is_filming)
        self.setWindowState(now | full if on else now & ~full)
        QTimer.singleShot(0, self, self._place_notice)  # when the place is as large as it will be

    # acts

    def _show_backups(self) -> None:
        self.act("backup")

    def _show_menu(self) -> None:
        """It hangs on the rail."""
        self._screens[self._place].leave_whole()
        self._menu_button.showMenu()

    def _search(self) -> None:
        self._screens[self._place].search()

    def act(self, name: str) -> None:
        """Do one of the window's actions by its id."""
        acts: dict[str, Callable[[], object]] = {
            "cover": self._cover.toggle,
            "lock": self._lock,
            "undo": lambda: self._undo("undo"),
            "redo": lambda: self._undo("redo"),
            "search": self.show_search,
            "backup": lambda: self.go("settings", part="backup"),
            "keys": self._show_keys,
            "help": self.show_help,
            "report": lambda: self.report_asked.emit(None),
            "self-test": self._self_test,
            "about": lambda: self.go("settings", part="about"),
            "quit": self.close,
        }
        acts[name]()

    def _window_acts(self) -> frozenset[str]:
        """Ids of the window's actions that are there: a guest has no settings, and nothing to search but the coding."""
        every = frozenset(item.id for item in WINDOW)
        return every - NOT_FOR_GUESTS if self._is_guest else every

    def _over(self) -> QWidget:
        """What a dialog of the window lies over, and looks like."""
        return self._screens.get(self._place, self)

    def _undo(self, which: str) -> None:
        """A focused text field first, then the screen's own editor."""
        focused = QApplication.focusWidget()
        getattr(focused if _can(focused, which) else self._screens[self._place], which)()

    def _show_keys(self) -> None:
        from widgets.keys.keys_dialog import KeysDialog

        KeysDialog(self.workspace.texts, self._preferences, self._over()).exec()

    def show_help(self, name: str = "") -> None:
        """The manual at a page, else at that of what is open; one window, beside this one."""
        from widgets.help.help_window import HelpWindow

        shown = next(iter(self.findChildren(HelpWindow)), None) or self._new_help()
        shown.show_page(name or self._screens[self._place].help_page() or self._place)
        shown.come()

    def show_search(self) -> None:
        """The search over everything; one window, beside this one."""
        from widgets.searching.search_window import SearchWindow

        shown = next(iter(self.findChildren(SearchWindow)), None)
        if shown is None:
            shown = SearchWindow(self.workspace, self._look, self._on_found, self)
            cover_from(shown, self, self._preferences)
        shown.come()

    def _on_found(self, place: str, **ids: str) -> None:
        self._on_screen_asked(place, ids)

    def _new_help(self) -> HelpWindow:
        from widgets.help.help_window import HelpWindow

        space = self.workspace
        made = HelpWindow(space.texts, self._look, self._preferences, self, lambda: beginning(space.store, today()))
        made.screen_asked.connect(self._on_screen_asked)
        made.steps_asked.connect(self._show_first_steps)
        made.report_asked.connect(lambda: self.report_asked.emit(None))
        cover_from(made, self, self._preferences)
        return made

    def _on_screen_asked(self, place: str, ids: dict[str, str]) -> None:
        self.activateWindow()
        self.go(place, **ids)

    def _show_first_steps(self) -> None:
        """They were put away, and shall be on the desk again."""
        read = tuple(name for name in self._preferences.remembered.hints_read if name != PUT_AWAY)
        self._preferences.remember(hints_read=read)
        self._on_screen_asked("desk", {})

    def _self_test(self) -> None:
        """Whether the time on this computer's screen is that of the picture."""
        from widgets.films.self_test import SelfTestDialog

        current = self._screens.get(self._place)
        if current is not None:
            current.left()  # what plays stops
        SelfTestDialog(self.workspace, self._look_now, self._over()).exec()

    # idle, notices, closing

    def _listen(self) -> AppEvents:
        made = AppEvents(self)
        after_menus.let_go(self, made)
        for kind in USE:
            made.on(kind, self._on_use)
        made.on(QEvent.Type.ShortcutOverride, self._on_shortcut)
        return made

    def _on_use(self, _watched: QObject, event: QEvent) -> bool:
        self.workspace.idle.see(event.type())
        return False

    def _on_shortcut(self, watched: QObject, event: QEvent) -> bool:
        """A text field keeps keys to itself; with nothing of its own to undo these are the window's."""
        if not isinstance(watched, QLineEdit | QPlainTextEdit) or watched.isReadOnly():
            return False
        assert isinstance(event, QKeyEvent)
        which = _undo_key(event)
        if not which or _can(watched, which):
            return False
        event.ignore()
        return True

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes as the window is read."""
        return reading_order.lead(self, is_next=is_next) or super().focusNextPrevChild(is_next)

    def _watches(self) -> bool:
        """Whether the place that is open is used without a hand on it."""
        return self._place in self._screens and self._screens[self._place].in_use()

    def _lock(self) -> None:
        """Lock at once; while something is filmed the screen is covered instead, and that is said."""
        if self.workspace.idle.lock_now():
            return
        words = self.workspace.texts.tr("Filming goes on, so the screen is covered and the program is not locked.")
        self.workspace.notices.info(words)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands over its own event
        self._folding.measure(self.size())
        self._cover.setGeometry(self.rect())
        self._place_notice()

    def _place_notice(self) -> None:
        """At the foot of what the place leaves for it, as high as its words need; never over the window's own foot."""
        screen = self._screens.get(self._place)
        place: QWidget = self._stack if screen is None else screen.notice_place()
        corner = place.mapTo(self._middle, QPoint(0, 0))
        foot = corner.y() + place.height() - (0 if screen is None else screen.notice_lift())
        size = self._notice_bar.fitted(place.width() - 40)
        left = corner.x() + (place.width() - size.width()) // 2
        self._notice_bar.setGeometry(QRect(QPoint(left, foot - size.height() - 16), size))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.workspace.is_filming and not self._is_rebuilt:
            event.ignore()
            self._ask_to_end_filming()
            return
        self._sign.stop()
        self._focus.stop()
        self._events.stop()
        for dialog in self.findChildren(QDialog):
            dialog.reject()  # what it plays or shows goes with the archive
        self.commit_typing()
        for screen in self._screens.values():
            screen.close()  # a film that is open is let go of: after a lock nothing can be read any more
        self.quit_requested.emit()
        event.accept()

    def close_for_another(self) -> None:
        """The same workspace goes on in a window made anew: nothing is asked, and filming goes on."""
        self._is_rebuilt = True
        self.close()

    def _ask_to_end_filming(self) -> None:
        """The window closes when the films are kept."""
        space, t = self.workspace, self.workspace.texts
        capture = space.capture
        if self._is_ending or capture is None:
            return
        question = t.tr("Filming goes on. End it, keep the films and close?")
        if capture.is_recording and not confirm(self._over(), t, question, t.tr("End filming")):
            return
        self._is_ending = True
        space.filming_changed.connect(self._close_when_kept)
        if not capture.stop():
            self._close_when_kept()

    def _close_when_kept(self) -> None:
        if not self.workspace.is_filming:
            self.workspace.filming_changed.disconnect(self._close_when_kept)
            QTimer.singleShot(0, self, self.close)


def _undo_key(event: QKeyEvent) -> str:
    """`undo` or `redo` when the event is a key for that, else empty."""
    if event.matches(QKeySequence.StandardKey.Undo):
        return "undo"
    is_redo = event.matches(QKeySequence.StandardKey.Redo) or (
        event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    )
    return "redo" if is_redo else ""


def _can(focused: QObject | None, which: str) -> bool:
    """Whether a text field has something of its own to undo or redo."""
    if isinstance(focused, QLineEdit):
        return focused.isUndoAvailable() if which == "undo" else focused.isRedoAvailable()
    if isinstance(focused, QPlainTextEdit | QTextEdit) and focused.isUndoRedoEnabled():
        document = focused.document()
        return document.isUndoAvailable() if which == "undo" else document.isRedoAvailable()
    return False
