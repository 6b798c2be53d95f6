"""Hands on the real window: find what a person sees, press, type, answer a dialog, and wait for what must follow."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.drivers.settling import settle

W = TypeVar("W", bound=QWidget)
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LONG = 60_000


class Hands:
    """Everything a person does, through Qt's own events."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bot = qtbot
        self._trouble: list[BaseException] = []
        self._answering: list[QDialog] = []

    # seeing

    def words(self, within: QWidget) -> str:
        """All that can be read in a part of the window now, one thing a line."""
        rows = []
        for part in within.findChildren(QWidget):
            if part.isVisibleTo(within):
                if isinstance(part, QLabel | QAbstractButton | QLineEdit):
                    rows.append(part.text())
                elif isinstance(part, QPlainTextEdit):
                    rows.append(part.toPlainText())
        return "\n".join(rows)

    def button(self, within: QWidget, text: str) -> QAbstractButton:
        """The one button in sight that says `text`; what follows three blanks is its key."""
        self.settle()  # a new widget comes into sight with the next turn of the event loop
        found = [
            b
            for b in within.findChildren(QAbstractButton)
            if b.isVisible() and b.text().split("   ", maxsplit=1)[0] == text
        ]
        assert len(found) == 1, f"{len(found)} buttons say {text!r}; there is: {self.words(within)}"
        return found[0]

    def named(self, within: QWidget, name: str, kind: type[W]) -> W:
        """The one widget in sight that a screen reader calls `name`."""
        self.settle()  # as for buttons
        found = [w for w in within.findChildren(kind) if w.isVisible() and w.accessibleName() == name]
        assert len(found) == 1, f"{len(found)} are called {name!r}"
        return found[0]

    def one(self, within: QWidget, kind: type[W]) -> W:
        """The one widget of a kind that is in sight, as a place's only table is."""
        return one_in_sight(within, kind)

    def clock(self, owner: QObject, waits: int | None = None) -> QTimer:
        """What makes something go on by itself: a test looks whether it runs, or lets its time be over.

        Of several it is the one that `waits` so many milliseconds.
        """
        held = owner.findChildren(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly)
        (found,) = (timer for timer in held if waits is None or timer.interval() == waits)
        return found

    # doing

    def press(self, within: QWidget, text: str) -> None:
        self.click(self.button(within, text))

    def click(self, what: QAbstractButton) -> None:
        """A real press of the mouse, which a button that is off or hidden does not hear."""
        if not what.isVisible():
            self.settle()  # a new one comes into sight with the next turn of the event loop
        assert what.isVisible(), f"{what.text()!r} is hidden"
        assert what.isEnabled(), f"{what.text()!r} is off"
        self.bot.mouseClick(what, Qt.MouseButton.LeftButton)

    def focus(self, field: QWidget) -> None:
        """The keyboard is with the field; a window manager would have made its window the active one."""
        if not field.isActiveWindow():
            field.window().activateWindow()
            self.until(field.isActiveWindow)
        field.setFocus()
        self.until(field.hasFocus)

    def type(self, field: QWidget, text: str) -> None:
        self.focus(field)
        if isinstance(field, QLineEdit):
            field.selectAll()
        for letter in text:
            if letter.isascii():
                self.bot.keyClick(field, letter)
            else:  # QTest knows the letters of ASCII only
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(
                        field, QKeyEvent(kind, Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
                    )

    def fill(self, field: QWidget, text: str) -> None:
        """Type and go on with Tab, which commits."""
        self.type(field, text)
        self.bot.keyClick(field, Key.Key_Tab)

    def choose(self, box: QComboBox, words: str) -> None:
        """Pick a line of a list that drops down, as a press on it does."""
        number = box.findText(words)
        assert number >= 0, f"no {words!r} among {[box.itemText(n) for n in range(box.count())]}"
        assert box.isVisible(), "the list is hidden"
        assert box.isEnabled(), "the list is off"
        box.setCurrentIndex(number)
        box.activated.emit(number)
        box.textActivated.emit(words)

    def pick(self, menu: QMenu | None, *words: str) -> None:
        """Choose from a menu, and from the menus in it."""
        for step in words:
            assert menu is not None, f"nothing opens before {step!r}"
            found = [a for a in menu.actions() if a.text() == step]
            assert len(found) == 1, f"no {step!r} among {[a.text() for a in menu.actions()]}"
            assert found[0].isEnabled(), f"{step!r} is off"
            menu = found[0].menu()  # type: ignore[assignment]
        found[0].trigger()

    def key(
        self, where: QWidget, key: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.bot.keyClick(where, key, held)

    # waiting

    def until(self, holds: Callable[[], object], timeout: int = LONG) -> None:
        """Wait for what must come; an answer to a dialog that went wrong is told at once."""

        def check() -> bool:
            """Told below: pytest-qt takes an AssertionError that is raised here for *not yet*."""
            return bool(self._trouble) or bool(holds())

        self.bot.waitUntil(check, timeout=timeout)
        self._tell()

    def settle(self) -> None:
        settle()
        QApplication.sendPostedEvents(None, 52)  # deferred deletes

    # dialogs

    def answering(self, answer: Callable[[QDialog], None], opens: Callable[[], object]) -> None:
        """Do `opens`, which ends only when the dialog it opens has been answered by `answer`.

        One that is being answered already, and from which this one is opened, is not the one that is meant.
        """
        answered: list[QDialog] = []
        watch = QTimer(interval=10)

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog) and dialog not in self._answering and dialog.isVisible():
                watch.stop()
                answered.append(dialog)
                self._answering.append(dialog)
                try:
                    answer(dialog)
                except BaseException as error:  # noqa: BLE001  told by the next wait; a dialog left open would hang
                    self._trouble.append(error)
                    dialog.reject()
                finally:
                    self._answering.pop()

        watch.timeout.connect(look)
        watch.start()
        opens()
        self.until(lambda: answered and not (isValid(answered[0]) and answered[0].isVisible()))
        watch.stop()

    def confirming(self, words: str, opens: Callable[[], object]) -> None:
        """Answer the question that `opens` asks with the button that says `words`."""
        self.answering(lambda box: self.press(box, words), opens)

    def _tell(self) -> None:
        if self._trouble:
            raise self._trouble.pop(0)


def one_in_sight(within: QWidget, kind: type[W]) -> W:
    """The one widget of a kind that is seen now: a window shows one place at a time."""
    found = [w for w in within.findChildren(kind) if w.isVisible()]
    assert len(found) == 1, f"{len(found)} {kind.__name__} are in sight"
    return found[0]


def alive(what: QObject) -> bool:
    import shiboken6

    return bool(shiboken6.isValid(what))
