"""Opens the picture on the second screen, and ends it when it is not the second any more."""

from __future__ import annotations

from PySide6.QtCore import QMetaObject, QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from app.films.displays import Display, apart_from
from app.model.units import Pixels
from app.notices import Notice, Notices, Tone
from app.ports import Picture
from widgets.second_display.bare_window import BareWindow


class SecondDisplay(QObject):
    """One at a time. It is opened by a person only; a screen that comes back is offered, never used by itself.

    `beside` stands in the window that is worked in: the picture is on another screen than that.
    """

    turned = Signal(bool)  # whether it shows now

    def __init__(self, beside: QWidget, notices: Notices) -> None:
        super().__init__(beside)
        self._beside, self._notices, self._texts = beside, notices, notices.texts
        self._window: BareWindow | None = None
        self._screen: QScreen | None = None
        self._watched: list[QMetaObject.Connection] = []
        self._was_pulled_out = self._is_over = self._is_trial = False
        self._caption = ""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._on_removed)
        app.screenAdded.connect(self._on_added)

    @property
    def is_on(self) -> bool:
        return self._window is not None

    @property
    def name(self) -> str:
        """What the computer calls the screen; empty while none is used."""
        return _called(self._screen) if self._screen is not None else ""

    def pixels(self) -> tuple[Pixels, Pixels]:
        """How large pictures are drawn there, in pixels of the screen; nothing while it is closed."""
        if self._window is None:
            return 0, 0
        share = self._window.devicePixelRatioF()
        return round(self._window.width() * share), round(self._window.height() * share)

    def show_picture(self, picture: Picture | None) -> None:
        """The picture that is to be seen there; None is black."""
        if self._window is not None:
            self._window.show_picture(picture)

    def paint_now(self) -> None:
        """What was shown last is on the screen when this returns."""
        if self._window is not None:
            self._window.repaint()

    def show_second(self, picture: Picture | None, *, within: bool = False) -> None:
        """Another camera's picture beside the first, or small within it."""
        if self._window is not None:
            self._window.show_second(picture, within=within)

    def show_pointer(self, place: tuple[float, float] | None) -> None:
        """A calm ring where the worker points."""
        if self._window is not None:
            self._window.show_pointer(place)

    @property
    def is_on_trial(self) -> bool:
        """Whether it shows the ring still, and nobody has said that it is the right screen."""
        return self._is_trial

    def show_trial(self, *, on: bool) -> None:
        """A plain ring, so that it is seen which screen it is before anything of a film is."""
        if self._window is not None:
            self._is_trial = on
            self._window.show_trial(on=on)

    def blacken(self) -> None:
        """Black at once, until there is another picture."""
        if self._window is not None:
            self._window.blacken()

    def show_caption(self, words: str) -> None:
        """What is said, over the picture there."""
        self._caption = words
        if self._window is not None:
            self._window.show_caption(words)

    def toggle(self) -> None:
        if self.is_on:
            self.close()
        else:
            self.open()

    def open(self) -> None:
        """On the other screen than the window's; where there is none it says what to do."""
        if self._is_over or self.is_on:
            return
        apart = self._apart()
        if not apart:
            self._notices.warn(self._no_screen_words(several=len(QGuiApplication.screens()) > 1))
            return
        self._was_pulled_out = False
        self._screen = apart[0]
        self._window = BareWindow(self._beside.window())
        self._window.closed_by_hand.connect(self.close)
        self._window.show_caption(self._caption)
        self._window.show_on(self._screen)
        self._watch()
        self.turned.emit(True)

    def has_another(self) -> bool:
        """Whether there is one more screen on which nothing of the own window is seen."""
        return len(self._apart()) > 1

    def go_on(self) -> None:
        """To the next of the screens on which nothing of the own window is seen."""
        found = self._apart()
        if self._window is None or self._screen is None or len(found) < 2:
            return
        self._screen = found[(found.index(self._screen) + 1) % len(found)] if self._screen in found else found[0]
        self._window.show_on(self._screen)
        self.turned.emit(True)

    def _apart(self) -> list[QScreen]:
        screens = {_display(s): s for s in QGuiApplication.screens()}
        return [screens[d] for d in apart_from(_display(self._beside.screen()), screens)]

    def close(self) -> None:
        """Nothing is shown any more; the other screen is the computer's own again."""
        window, self._window, self._screen = self._window, None, None
        self._is_trial = False
        if window is None:
            return
        while self._watched:
            QObject.disconnect(self._watched.pop())
        window.closed_by_hand.disconnect(self.close)
        window.hide()
        window.deleteLater()
        self.turned.emit(False)

    def end(self) -> None:
        """What was shown is let go of: nothing is opened or offered from now on."""
        self._is_over = True
        self.close()

    # the computer's screens

    def _no_screen_words(self, *, several: bool) -> str:
        if several:
            return self._texts.tr(
                "The screens show the same thing. Choose in the computer's settings that the second screen extends the "
                "first, and open the picture again."
            )
        return self._texts.tr("The computer has one screen. Connect another, and open the picture again.")

    def _watch(self) -> None:
        """Every way in which both windows may come to the same screen."""
        window = self._window
        assert window is not None
        handles = window.windowHandle(), self._beside.window().windowHandle()
        changes = [h.screenChanged for h in handles] + [s.geometryChanged for s in QGuiApplication.screens()]
        self._watched = [changed.connect(self._check) for changed in changes]

    def _check(self, *_changed: object) -> None:
        """The own window may be drawn to the screen that others look at, or the screens be made to mirror."""
        if self._window is None:
            return
        if _display(self._window.screen()).shares(_display(self._beside.screen())):
            self.close()
            t = self._texts
            words = t.tr("The picture was about to be on the same screen as this window, so it was closed.")
            again = t.tr("Open again")
            self._notices.say(Notice(words, Tone.WARNING, again, self.open))
        else:
            self._screen = self._window.screen()

    def _on_removed(self, screen: QScreen) -> None:
        """Before the computer moves the window to the screen that is left."""
        if screen is not self._screen:
            return
        self._was_pulled_out = True
        self.close()
        self._notices.warn(self._texts.tr("The second screen was disconnected. The picture there was closed."))

    def _on_added(self, _screen: QScreen) -> None:
        if self._was_pulled_out and not self._is_over:
            self._was_pulled_out = False
            t = self._texts
            offer = t.tr("Show the picture there")
            self._notices.say(Notice(t.tr("The second screen is connected again."), Tone.INFO, offer, self.open))


def _display(screen: QScreen) -> Display:
    area = screen.geometry()
    return Display(screen.name(), area.left(), area.top(), area.width(), area.height())


def _called(screen: QScreen) -> str:
    """As it is written on the screen itself, where that is known."""
    return f"{screen.manufacturer()} {screen.model()}".strip() or screen.name()
