"""From a wish to the painted window: an hour of 1080p30 in its encrypted container, with its scrub copy and without.

The window is a real one, on a display of its own. A picture counts when the window with it was handed to the display;
its number is read back from the pixels that were painted. The peers stop their clocks as soon as they have the picture.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.i18n import Texts
from app.model.recording import Recording
from app.ports.player import Reel
from storage.vault.film_vault import FilmVault
from tests.benchmarks.figures import ratio
from tests.benchmarks.long_film import BASE_PICTURES, contained, long_film, number_shown
from tests.benchmarks.screen import screen
from tests.benchmarks.seek_peers import PEERS, Mpv, PlainAv
from tests.benchmarks.seeking import copied, tell
from tests.drivers.stage import pixels_of
from video.open.frame_index import FrameIndex, unpack
from video.playing.player import FilmPlayer
from widgets.films.picture import PictureView

SEEKS, STEPS, SLOW, PEER_SEEKS = 500, 150, 40, 25
LIMIT = 20.0
WINDOW = 1280, 720


class Window(PictureView):
    """Knows when a picture was painted and handed to the display."""

    def __init__(self) -> None:
        super().__init__(Texts("fi"))
        self.painted: tuple[int, int] | None = None  # its number and its width
        self.wrong = 0

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and self.picture is not None:
            self.painted = self.picture.number, self.picture.width
        return done

    def check(self) -> None:
        """Not timed: what stands in the window is the picture that it says."""
        picture = self.picture
        assert picture is not None
        self.wrong += number_shown(pixels_of(self, picture)) != picture.number % BASE_PICTURES


class Seat:
    """A player before its window."""

    def __init__(self, app: QApplication, reel: Reel, index: FrameIndex) -> None:
        self.app, self.index = app, index
        self._alarm = QTimer(interval=500)  # wakes a wait that would be without end
        self._alarm.start()
        self.player, self.window = FilmPlayer(open_output=lambda: None), Window()
        self.window.resize(*WINDOW)
        self.window.show()
        self.player.set_sink(1, self.window.show_picture)
        self.player.set_box(1, *WINDOW)
        self.player.open([reel])
        self.wait(lambda: self.window.painted is not None)

    def wait(self, done: Callable[[], bool]) -> None:
        """As the program waits: asleep until there is something to do."""
        until = time.perf_counter() + LIMIT
        while not done():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() > until:
                raise TimeoutError

    def timed(self, wish: Callable[[], None], done: Callable[[], bool]) -> float:
        self.window.painted = None
        start = time.perf_counter()
        wish()
        self.wait(done)
        seconds = time.perf_counter() - start
        self.window.check()
        return seconds

    def seek(self, position: int) -> float:
        return self.timed(lambda: self.player.seek(int(self.index.times[position])), lambda: self.shows(position))

    def step(self, by: int, position: int) -> float:
        return self.timed(lambda: self.player.step(by), lambda: self.shows(position))

    def drag(self, position: int) -> float:
        """Until any picture of the drag is there: the keyframe."""
        time_ = int(self.index.times[position])
        return self.timed(lambda: self.player.seek(time_, dragging=True), lambda: self.window.painted is not None)

    def shows(self, position: int) -> bool:
        return self.window.painted is not None and self.window.painted[0] == position

    def rest(self) -> None:
        """The full picture is on."""
        self.wait(lambda: self.window.painted is not None and self.window.painted[1] == self.index.width)

    def close(self) -> None:
        print(f"    wrong pictures in the window: {self.window.wrong}")
        self._alarm.stop()
        self.player.close()
        self.window.close()
        self.app.processEvents()


def main() -> None:
    film = long_film()
    with screen() as environment, contained(film) as (vault, recording):
        os.environ.update(environment)
        app = QApplication.instance() or QApplication(sys.argv[:1])
        index, chance = unpack(recording.index), random.Random(3)
        ours = _with_copy(app, vault, recording, index, chance)
        _before_the_copy(app, vault, recording, index, chance)
        best = []
        wanted = [chance.randrange(300, len(index) - 300) for _ in range(PEER_SEEKS)]
        for kind in (*PEERS, PlainAv):
            try:
                peer = kind(film)
            except (ModuleNotFoundError, TimeoutError) as error:
                print(f"  {kind.name}: not to be had here ({type(error).__name__} {error})")
                continue
            best.append(statistics.median(tell(kind.name, [_clocked(partial(peer.seek, p)) for p in wanted], "")))
            if wrong := getattr(peer, "wrong", 0):
                print(f"    another picture than the one asked for: {wrong} of {len(wanted)}")
            if isinstance(peer, Mpv):
                tell("mpv, one picture back", [_clocked(peer.step_back) for _ in range(10)], "")
            peer.close()
        ratio("best peer / ours to the screen, medians", min(best) / statistics.median(ours), ">= 20")


def _with_copy(
    app: QApplication, vault: FilmVault, film: Recording, index: FrameIndex, chance: random.Random
) -> list[float]:
    with copied(vault, film, index) as copy:
        seat = Seat(app, Reel("film", 1, partial(vault.open, film), film.index, scrub=tuple(copy)), index)
        ours = [seat.seek(chance.randrange(len(index))) for _ in range(SEEKS)]
        tell("random exact seek, painted", ours, "p95 <= 16 ms")
        rested = []
        for _ in range(SLOW):
            seat.rest()
            rested.append(seat.seek(chance.randrange(len(index))))
        tell("the same from a full picture at rest", rested, "p95 <= 16 ms")
        for name, by in (("forward", 1), ("back", -1)):
            at = chance.randrange(1000, len(index) - 1000)
            seat.seek(at)
            tell(
                f"one picture {name}, painted", [seat.step(by, at + by * (k + 1)) for k in range(STEPS)], "p95 <= 16 ms"
            )
        seat.close()
        return ours


def _before_the_copy(
    app: QApplication, vault: FilmVault, film: Recording, index: FrameIndex, chance: random.Random
) -> None:
    seat = Seat(app, Reel("film", 1, partial(vault.open, film), film.index), index)
    wanted = [chance.randrange(300, len(index)) for _ in range(SLOW)]
    rested = []
    for position in wanted:
        seat.rest()
        rested.append(seat.drag(position))
    tell("a drag begins: keyframe painted, no copy yet", rested, "<= 60 ms")
    tell("in the middle of a drag, no copy yet", [seat.drag(p) for p in wanted], "")
    tell("exact seek, full size, painted, no copy yet", [seat.seek(p) for p in wanted], "")
    seat.close()


def _clocked(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
