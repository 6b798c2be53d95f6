"""What keys and buttons do to the films being watched: moves, rates, shuttle, loop, which camera leads, how loud.

Holds no picture and no widget: a room says where its tasks and observations are, and shows what changes here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.model.meeting import Stretch
from app.model.timecode import SECOND, Micros
from app.ports.player import SHUTTLE, Player
from app.settings.preferences import Preferences
from widgets.films.transport import RATES
from widgets.keys.matcher import Act

#: a loop shorter than this was a slip of the hand
LEAST_LOOP: Micros = 100_000
VOLUME_STEP = 10


class Controls(QObject):
    """The player's hands in one room. Times are on the meeting's clock."""

    selection_changed = Signal(object)  # (start, end), either None
    volume_changed = Signal(int, bool)  # percent, muted

    def __init__(self, player: Player, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player, self._preferences = player, preferences
        self.tasks: Callable[[], Sequence[Stretch]] = tuple
        self.moments: Callable[[], Sequence[Micros]] = tuple
        self.selection: tuple[Micros | None, Micros | None] = (None, None)
        self.is_looping = self.is_muted = False
        player.loop_changed.connect(self._on_loop)

    def acts(self) -> dict[str, Act]:
        """What keys do to the films, by the ids of the actions."""
        player = self._player
        return {
            "film.play": self.toggle,
            "film.frame-back": partial(player.step, -1),
            "film.frame-on": partial(player.step, 1),
            "film.second-back": partial(self.move, -SECOND),
            "film.second-on": partial(self.move, SECOND),
            "film.five-back": partial(self.move, -5 * SECOND),
            "film.five-on": partial(self.move, 5 * SECOND),
            "film.moment-back": partial(self.jump_moment, -1),
            "film.moment-on": partial(self.jump_moment, 1),
            "film.task-back": partial(self.jump_task, -1),
            "film.task-on": partial(self.jump_task, 1),
            "film.start": lambda: self.seek(player.start()),
            "film.end": lambda: self.seek(player.end()),
            "film.run-back": self.shuttle_back,
            "film.stop": self.pause,
            "film.run-on": self.shuttle_on,
            "film.faster": partial(self.change_rate, 1),
            "film.slower": partial(self.change_rate, -1),
            "film.loop-from": self.loop_from_here,
            "film.loop-to": self.loop_to_here,
            "film.loop": self.toggle_loop,
            "film.louder": partial(self.louder, VOLUME_STEP),
            "film.quieter": partial(self.louder, -VOLUME_STEP),
            "film.mute": self.toggle_mute,
            "film.lead": self.swap,
            "film.hear": self.hear_next,
        }

    # moves

    def now(self) -> Micros:
        return self._player.position()

    def seek(self, time: Micros, *, dragging: bool = False) -> None:
        self._player.seek(min(max(time, self._player.start()), self._player.end()), dragging=dragging)

    def seek_into(self, time: Micros) -> None:
        """To the first picture of what begins at `time`: the one on the screen at that moment began before it.

        After a pause the camera's first picture comes some milliseconds after the press that went on.
        """
        self.seek(time)
        if not self._player.is_playing() and (self._player.picture_time(time) < time or self._film_begins_after(time)):
            self._player.step(1)

    def _film_begins_after(self, time: Micros) -> bool:
        """Whether nothing was filmed at `time`, but soon after it."""
        player, soon = self._player, time + SECOND - 1
        return player.picture_time(time + 1) == time + 1 and player.picture_time(soon) < soon

    def move(self, micros: Micros) -> None:
        self.seek(self.now() + micros)

    def step(self, pictures: int) -> None:
        self._player.step(pictures)

    def jump_task(self, direction: int) -> None:
        """To the start of the next task, or of this one and then the one before."""
        starts = [s.start for s in self.tasks()]
        time = self.now()
        wanted = [s for s in starts if s > time] if direction > 0 else [s for s in starts if s < time - SECOND // 2]
        if wanted:
            self.seek_into(min(wanted) if direction > 0 else max(wanted))

    def jump_moment(self, direction: int) -> None:
        """To the next observation, or the one before."""
        time = self.now()
        wanted = [m for m in self.moments() if (m > time if direction > 0 else m < time)]
        if wanted:
            self.seek(min(wanted) if direction > 0 else max(wanted))

    # playing

    def toggle(self) -> None:
        if self._player.is_playing():
            self._player.pause()
            return
        back = self._preferences.now.rewind_seconds * SECOND
        if back and self.now() > self._player.start():
            self.move(-back)
        self._player.play()

    def pause(self) -> None:
        if self._player.is_playing():
            self._player.pause()

    def change_rate(self, by: int) -> None:
        place = min(range(len(RATES)), key=lambda i: abs(RATES[i] - self._player.rate()))
        self._player.set_rate(RATES[min(max(place + by, 0), len(RATES) - 1)])

    def shuttle_back(self) -> None:
        """Backward, faster with every press."""
        running = self._running()
        self._player.shuttle(-1.0 if running >= 0 else max(2 * running, -SHUTTLE))

    def shuttle_on(self) -> None:
        """Plays with sound first, then runs faster with every press."""
        running = self._running()
        if running > 0:
            self._player.shuttle(min(max(2 * running, 2.0), SHUTTLE))
            return
        if running < 0:
            self._player.shuttle(0)
        self._player.play()

    def _running(self) -> float:
        return self._player.rate() if self._player.is_playing() else 0.0

    # loop

    def select(self, start: Micros, end: Micros) -> None:
        """Choose a stretch and play it over and over."""
        start, end = sorted((start, end))
        if end - start >= LEAST_LOOP:
            self._select(start, end)
            self._loop()

    def loop_from_here(self) -> None:
        end = self.selection[1]
        self._select(self.now(), end if end is not None and end - self.now() >= LEAST_LOOP else None)
        self._loop()

    def loop_to_here(self) -> None:
        start = self.selection[0]
        self._select(start if start is not None and self.now() - start >= LEAST_LOOP else None, self.now())
        self._loop()

    def loop_task(self) -> None:
        """The task that is on."""
        found = next((s for s in self.tasks() if s.holds(self.now())), None)
        if found is not None:
            self.select(found.start, found.end)

    def loop_last(self, micros: Micros) -> None:
        """What was just seen."""
        self.select(max(self.now() - micros, self._player.start()), self.now())

    def toggle_loop(self) -> None:
        if self.is_looping:
            self._player.clear_loop()
        else:
            self._loop()

    def forget_loop(self) -> None:
        self._select(None, None)
        self._player.clear_loop()

    def _select(self, start: Micros | None, end: Micros | None) -> None:
        self.selection = start, end
        self.selection_changed.emit(self.selection)

    def _loop(self) -> None:
        start, end = self.selection
        if start is not None and end is not None:
            self._player.set_loop(start, end, self._preferences.now.pre_roll_seconds * SECOND)
        elif self.is_looping:
            self._player.clear_loop()

    def _on_loop(self, loop: object) -> None:
        self.is_looping = loop is not None

    # cameras and sound

    def swap(self) -> None:
        """The next camera leads."""
        cameras = self._player.cameras()
        if len(cameras) > 1:
            self._player.lead(_next(cameras, self._player.leading()))

    def hear_next(self) -> None:
        """The next camera's sound is heard."""
        cameras = self._player.cameras()
        if len(cameras) > 1:
            self.hear(_next(cameras, self._player.listening_to()))

    def hear(self, camera: int) -> None:
        self._player.listen_to(camera)
        self.volume_changed.emit(self.volume, self.is_muted)

    @property
    def volume(self) -> int:
        return self._preferences.remembered.volume

    def set_volume(self, percent: int) -> None:
        """0 to 100; what is muted is heard again."""
        self._preferences.remember(volume=min(max(percent, 0), 100))
        self.is_muted = False
        self.use_volume()

    def louder(self, percent: int) -> None:
        self.set_volume(self.volume + percent)

    def toggle_mute(self) -> None:
        self.is_muted = not self.is_muted
        self.use_volume()

    def use_volume(self) -> None:
        """Give the player the volume as it is set."""
        self._player.set_volume(0.0 if self.is_muted else self.volume / 100)
        self.volume_changed.emit(self.volume, self.is_muted)


def _next(cameras: tuple[int, ...], camera: int) -> int:
    place = cameras.index(camera) if camera in cameras else -1
    return cameras[(place + 1) % len(cameras)]
