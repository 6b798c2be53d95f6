"""Where else than in its place in the room the films' picture is seen: over the whole screen, and on a second one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ports import Picture
from app.ports.player import Player
from widgets.films.pictures import FilmPictures
from widgets.films.whole_screen import PictureLine, WholeScreen
from widgets.keys.matcher import Act
from widgets.look.parts import beside, button, label
from widgets.screen import Screen

if TYPE_CHECKING:
    from widgets.second_display.second_display import SecondDisplay

Sink = Callable[[Picture | None], None]


class SecondSign(QWidget):
    """Says to who works that others see the picture, and where; its button ends that."""

    end_pressed = Signal()

    def __init__(self, place: Screen) -> None:
        super().__init__()
        t = self._texts = place.texts
        sign = label()
        sign.setPixmap(place.look.pixmap("second-screen", "text", 16))
        self._words = label("", wrap=True)
        row = beside(sign, self._words, button(t.tr("End showing"), self.end_pressed.emit, "small"), spacing=8)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.hide()

    def show_name(self, name: str) -> None:
        """What the computer calls the screen."""
        self._words.setText(self._texts.tr("The picture is on the second screen: {name}", name=name))


class Showing(QObject):
    """`host` is the room, or the dialog, over which the picture is laid, `part` what of it holds the pictures."""

    whole_turned = Signal(bool)
    arranged = Signal()  # where pictures are wanted has changed

    def __init__(self, watching: QWidget, place: Screen, pictures: FilmPictures, player: Player) -> None:
        super().__init__(watching)
        self._watching, self._place = watching, place
        self.pictures, self._player = pictures, player
        self.line = PictureLine(place.look, place.texts, place.workspace.preferences)
        self.sign = SecondSign(place)
        self.sign.end_pressed.connect(self.close_second)
        self._host = self._part = watching
        self._whole: WholeScreen | None = None
        self._second: SecondDisplay | None = None
        self._caption = ""
        #: where the second screen belongs to a showing that asks for more, what is done instead
        self.instead_of_second: Callable[[], object] | None = None
        self._boxes: dict[int, tuple[int, int]] = {}
        player.playing_changed.connect(self.line.show_playing)
        for camera in pictures.cameras:
            pictures.view(camera).drawn_in.connect(partial(self._on_drawn, camera))

    def lie_over(self, host: QWidget, part: QWidget) -> None:
        self._host, self._part = host, part

    def acts(self) -> dict[str, Act]:
        return {"film.screen": self.toggle_whole, "film.second": self.toggle_second}

    def end(self) -> None:
        """The place is left, or locked: nothing is shown elsewhere."""
        self.leave_whole()
        if self._second is not None:
            second, self._second = self._second, None
            second.end()
            second.deleteLater()
            self._on_second(False)

    # the whole screen

    @property
    def is_whole(self) -> bool:
        return self._whole is not None and self._whole.is_on

    def toggle_whole(self) -> None:
        if not self.leave_whole() and not self.pictures.isHidden():
            if self._whole is None:
                self._whole = WholeScreen(self._host)
                self._whole.turned.connect(self._on_whole)
            self.line.show_playing(self._player.is_playing())
            self._whole.show_part(self._part)

    def leave_whole(self) -> bool:
        """Back into the room; False when it was there."""
        if self._whole is None or not self._whole.is_on:
            return False
        self._whole.give_back()
        return True

    def _on_whole(self, on: bool) -> None:
        self.line.show_said("")
        self._show_signs()
        self.whole_turned.emit(on)
        self.arranged.emit()

    # the second screen

    @property
    def is_second(self) -> bool:
        return self._second is not None and self._second.is_on

    def toggle_second(self) -> None:
        """On and off; nothing is opened where there is no film."""
        if self.instead_of_second is not None:
            self.instead_of_second()
            return
        if self._second is None:
            if self.pictures.isHidden():
                return
            from widgets.second_display.second_display import SecondDisplay

            self._second = SecondDisplay(self._watching, self._place.workspace.notices)
            self._second.show_caption(self._caption)
            self._second.turned.connect(self._on_second)
        self._second.toggle()

    def close_second(self) -> None:
        if self._second is not None:
            self._second.close()

    def _on_second(self, on: bool) -> None:
        if on and self._second is not None:
            self.sign.show_name(self._second.name)
        self._show_signs()
        for camera in self._boxes:
            self._tell_box(camera)
        self.arranged.emit()

    def _show_signs(self) -> None:
        """In the room a row says that others see the picture; over the whole screen a sign in the line does."""
        self.line.setVisible(self.is_whole)
        self.line.show_second(self.is_second)
        self.sign.setVisible(self.is_second and not self.is_whole)

    def show_caption(self, words: str) -> None:
        """What is said, on the second screen as in the room."""
        self._caption = words
        if self._second is not None:
            self._second.show_caption(words)

    # pictures

    def sinks(self, leading: int) -> dict[int, Sink]:
        """Where the pictures of each camera that is seen go; the leading one's to the second screen as well."""
        found: dict[int, Sink] = {c: self.pictures.view(c).show_picture for c in self.pictures.seen()}
        if self._second is not None and self._second.is_on and leading in found:
            self._second.show_picture(None)  # a sink is told nothing at first where there is a gap
            found[leading] = _both(found[leading], self._second.show_picture)
        return found

    def _on_drawn(self, camera: int, width: int, height: int) -> None:
        self._boxes[camera] = width, height
        self._tell_box(camera)

    def _tell_box(self, camera: int) -> None:
        """The player makes pictures for the larger of both."""
        width, height = self._boxes[camera]
        if self._second is not None:
            wide, high = self._second.pixels()
            width, height = max(width, wide), max(height, high)
        self._player.set_box(camera, width, height)


def _both(one: Sink, other: Sink) -> Sink:
    def show(picture: Picture | None) -> None:
        one(picture)
        other(picture)

    return show
