"""What others see: one moment at a time on the second screen, with the next one's first picture made ready.

Every moment asks its `Doors` at the moment of showing. No picture before its first or after its last one ever goes to
the second screen, whatever a player hands over; where it is shown covered, no picture goes there without its covers.
What was seen, and whether on the second screen too, is told to the access log.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.model.feedback import Clip, Sight
from app.model.timecode import Micros
from app.ports import Picture
from app.ports.player import Player
from app.workspace import Workspace
from widgets.feedback.held_clip import Doors, HeldClip
from widgets.second_display.second_display import SecondDisplay

RATES = (1.0, 0.5, 0.25)


class ClipStage(QObject):
    """`show_clip` is what a press does; the worker's own picture follows by `shown`."""

    shown = Signal(object)  # Picture, as the family sees it
    second_shown = Signal(object)  # Picture or None: of the other camera
    moved = Signal(object)  # µs from the beginning of the clip
    begun = Signal(object)  # Clip: its first picture is on the second screen
    ended = Signal()  # its last picture was on: the screen is black
    readied = Signal()  # the next one's first picture is there
    turned = Signal()  # playing, rate, loop, black or pointing is another now
    barred = Signal(object)  # AppError: what was on, or was to be, may not be shown

    def __init__(
        self,
        space: Workspace,
        display: SecondDisplay,
        new_player: Callable[[], Player],
        doors: Doors,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._space, self._display, self._new_player, self._doors = space, display, new_player, doors
        self.now: HeldClip | None = None  #: what is on, or was on last
        self._next: HeldClip | None = None
        self.rate, self.is_black, self.is_looping = RATES[0], True, False
        self._stops = False  # whether a pause is by hand
        self._waits = False  # whether the first picture is still to come
        display.turned.connect(self._on_display)

    @property
    def clip(self) -> Clip | None:
        """What is on, or was on last."""
        return None if self.now is None else self.now.clip

    def is_playing(self) -> bool:
        return self.now is not None and self.now.player.is_playing()

    # which clip

    def make_ready(self, clip: Clip | None) -> None:
        """The next one's film is opened and its first picture decoded; what may not be shown is left alone."""
        if self._next is not None and clip is not None and self._next.clip == clip:
            return
        self._drop_next()
        if clip is None:
            return
        try:
            self._next = self._held(clip)
        except AppError:
            self._next = None  # told when it is to be shown
        else:
            self._next.came.connect(self._on_readied)

    def _on_readied(self, _camera: int) -> None:
        if self.sender() is self._next:
            self.readied.emit()

    def ready_picture(self) -> Picture | None:
        """The first picture of the next one, once it is there."""
        return None if self._next is None else self._next.first

    def show_clip(self, clip: Clip) -> bool:
        """Its first picture at once, then it plays. False when it may not be shown; then the screen is black.

        So it stays while a ring asks whether that is the right screen.
        """
        if self._display.is_on_trial:
            return False
        before = self.now
        try:
            held = self._taken(clip)
        except AppError as error:
            self.blacken()
            self.barred.emit(error)
            return False
        self.now, self._waits = held, True
        self.is_black, self._stops, self.is_looping = False, False, False
        held.seen.show_to(others=self._display.is_on)
        if held.first is not None:
            self._show()
        held.came.connect(self._on_picture)
        held.player.playing_changed.connect(self._on_playing)
        held.player.trouble.connect(self._space.notices.trouble)
        if before is not None:
            before.close()
        self._begin(held)
        return True

    def _taken(self, clip: Clip) -> HeldClip:
        """The one that is ready, asked once more; else opened now. Raises ConsentMissing, NotAllowed, FilmError."""
        ready = self._next
        if ready is None or ready.clip != clip:
            return self._held(clip)
        self._doors.demand(clip)
        self._next = None
        return ready

    def _held(self, clip: Clip) -> HeldClip:
        player = self._new_player()
        try:
            made = HeldClip(self._space, clip, self._doors, player, self)
        except AppError:
            player.close()
            player.deleteLater()
            raise
        player.listen_to(made.film.camera)
        self._set_volume(made)
        wide, high = self._display.pixels()
        for camera in player.cameras():
            player.set_box(camera, max(wide, 640), max(high, 360))
        return made

    def _set_volume(self, held: HeldClip) -> None:
        held.player.set_volume(0.0 if held.is_silent else self._space.preferences.remembered.volume / 100)

    def _begin(self, held: HeldClip) -> None:
        held.player.set_rate(self.rate)
        if not held.clip.is_still:
            held.player.play_range(held.start, held.end)
        self.turned.emit()

    # what comes of it

    def _on_display(self, on: bool) -> None:
        """What was opened is another screen until somebody has looked: what plays here does not go there."""
        if on:
            self.blacken()
        if self.now is not None:
            self.now.seen.show_to(others=on)

    def _on_picture(self, camera: int) -> None:
        if self.now is not None and self.sender() is self.now and not self.is_black:
            if camera == self.now.film.camera:
                self._show()
            else:
                self._show_second()

    def _show(self) -> None:
        held = self.now
        if held is None or held.first is None:
            return
        self._display.show_picture(held.first)
        self._show_second()
        if self._waits:
            self._display.paint_now()  # before anything else is done: the family waits
        self.shown.emit(held.first)
        self.moved.emit(held.first.time - held.clip.first)
        if self._waits:
            self._waits = False
            if held.clip.is_still:
                held.seen.stand(on=True)
            self.begun.emit(held.clip)

    def _show_second(self) -> None:
        held = self.now
        picture = None if held is None else held.beside_it()
        is_within = held is not None and held.clip.sight == Sight.WITHIN
        self._display.show_second(picture, within=is_within)
        self.second_shown.emit(picture)

    def _on_playing(self, playing: bool) -> None:
        if self.now is not None and self.sender() is self.now.player and not playing and not self._stops:
            self.blacken()  # what comes after the last picture is not for this eye
            self.ended.emit()
        self.turned.emit()

    # what the worker does

    def toggle(self) -> None:
        """Pause on the picture; on from it, from the beginning once it was over."""
        held = self.now
        if held is None:
            return
        if held.player.is_playing():
            self._stop()
        elif self.is_black:
            self.again()
        elif not held.clip.is_still:
            self._go_on(held)
        self.turned.emit()

    def _stop(self) -> None:
        self._stops = True
        assert self.now is not None
        self.now.player.pause()

    def _go_on(self, held: HeldClip) -> None:
        self._stops = False
        at = held.player.position()
        if self.is_looping:
            held.player.set_loop(held.start, held.end + 1)
            held.player.play()
        else:
            held.player.play_range(held.start if at >= held.end else at, held.end)

    def again(self) -> None:
        """From its first picture, also from black. Its consents are asked as for any showing."""
        if self.now is not None and not self._display.is_on_trial:
            clip = self.now.clip
            self._drop_now()
            self.show_clip(clip)

    def play_from(self, time: Micros) -> None:
        """On from a moment of the clip (µs of its film), also from black. Its consents are asked as for any showing."""
        held = self.now
        if held is None or held.clip.is_still or self._display.is_on_trial:
            return
        if self.is_looping:
            self.loop()
        try:
            self._doors.demand(held.clip)
        except AppError as error:
            self.close_now()
            self.barred.emit(error)
            return
        self._stops = True
        held.player.pause()
        self._stops = self.is_black = False
        within = min(max(time, held.clip.first), held.clip.last)
        held.player.play_range(held.film.to_meeting(within), held.end)
        self.turned.emit()

    def slower(self) -> None:
        """Half as fast, a quarter, and as it was."""
        self.rate = RATES[(RATES.index(self.rate) + 1) % len(RATES)]
        if self.now is not None:
            self.now.player.set_rate(self.rate)
        self.turned.emit()

    def hold(self) -> None:
        """The picture that is on stays on."""
        if self.is_playing():
            self._stop()
            self.turned.emit()

    def step(self, pictures: int) -> None:
        """One picture on or back within the clip; it is held."""
        held = self.now
        if held is None or self.is_black:
            return
        self.hold()
        at = held.player.position()
        if (held.start if pictures < 0 else at) < (at if pictures < 0 else held.end):
            held.player.step(pictures)

    def loop(self) -> None:
        """Over and over, and once again."""
        held = self.now
        if held is None or held.clip.is_still:
            return
        self.is_looping = not self.is_looping
        was_on = held.player.is_playing()
        self._stops = True
        held.player.pause()
        held.player.clear_loop()
        if was_on:
            self._go_on(held)
        self.turned.emit()

    def point(self, place: tuple[float, float] | None) -> None:
        """Where the worker points, as shares of the picture."""
        self._display.show_pointer(place if not self.is_black else None)

    def blacken(self) -> None:
        """Black at once; what plays stops."""
        self.is_black = True
        self._display.blacken()
        if self.now is not None:
            self.now.seen.stand(on=False)
            if self.now.player.is_playing():
                self._stop()
        self.turned.emit()

    # ending

    def ask_again(self) -> None:
        """Consents, people or films changed: what may not be shown any more is gone at once, and so is what waits."""
        if self._next is not None:
            waiting = self._next.clip
            self._drop_next()
            self.make_ready(waiting)
        if self.now is None:
            return
        try:
            self._doors.demand(self.now.clip)
            self.now.coverings = self._doors.coverings(self.now.clip)
            self._set_volume(self.now)  # voices may have been muted since
        except AppError as error:
            self.close_now()
            self.barred.emit(error)

    def close_now(self) -> None:
        """Black, and the film let go of."""
        self.blacken()
        self._drop_now()

    def close(self) -> None:
        self._drop_next()
        self.close_now()

    def _drop_now(self) -> None:
        held, self.now = self.now, None
        if held is not None:
            held.close()

    def _drop_next(self) -> None:
        held, self._next = self._next, None
        if held is not None:
            held.close()
