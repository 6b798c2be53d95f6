"""Two films of an hour, 1080p30 with sound, played together from minute 59 with 100 ppm of drift declared on one.

Both come through encrypted containers and are painted in a real window. What was heard is asked from the output at the
moment at which a picture was painted; nothing of the player's own clock is used. The output plays in real time and
keeps nothing.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.i18n import Texts
from app.ports.player import Reel, ScrubPart
from tests.benchmarks.figures import percentile
from tests.benchmarks.long_film import FPS, contained, long_film
from tests.benchmarks.screen import screen
from tests.benchmarks.seeking import copied
from tests.drivers.stage import Loudspeaker
from video.open.frame_index import unpack
from video.playing.player import FilmPlayer
from widgets.films.picture import PictureView

BEGIN, SECONDS = 59 * 60 * 1_000_000, 55
OFFSET, DRIFT = 1_370_000, 100.0
FRAME = 1_000_000 / FPS
SIZES = {1: (960, 540), 2: (360, 202)}


class Painted(PictureView):
    """Writes down what was painted, and what had been heard by then (µs since playing began)."""

    def __init__(self, speakers: list[Loudspeaker]) -> None:
        super().__init__(Texts("fi"))
        self.speakers = speakers
        self.rows: list[tuple[int, int]] = []  # film time, heard

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.speakers and self.picture is not None and not self.speakers[-1].closed:
            row = self.picture.time, self.speakers[-1].played()
            if not self.rows or self.rows[-1][0] != row[0]:
                self.rows.append(row)


def main() -> None:
    film = long_film()
    with screen() as environment, contained(film) as (vault, recording):
        os.environ.update(environment)
        app = QApplication.instance() or QApplication(sys.argv[:1])
        with copied(vault, recording, unpack(recording.index)) as copy:
            for name, parts in (("with scrub copies", tuple(copy)), ("before there are copies", ())):
                source = partial(vault.open, recording)
                reels = [_reel("a", 1, source, recording.index, parts), _reel("b", 2, source, recording.index, parts)]
                print(
                    f"  {name}: {SIZES[1][0]}x{SIZES[1][1]} and {SIZES[2][0]}x{SIZES[2][1]} on the screen, {SECONDS} s"
                )
                with _played(app, reels) as views:
                    _tell(reels, views)


def _reel(name: str, camera: int, source, index: bytes, parts: tuple[ScrubPart, ...]) -> Reel:
    other = camera == 2
    return Reel(name, camera, source, index, OFFSET if other else 0, DRIFT if other else 0.0, scrub=parts)


@contextmanager
def _played(app: QApplication, reels: Sequence[Reel]) -> Iterator[dict[int, Painted]]:
    speakers: list[Loudspeaker] = []
    player = FilmPlayer(open_output=lambda: speakers.append(Loudspeaker()) or speakers[-1])
    window = QWidget()
    views = {camera: Painted(speakers) for camera in SIZES}
    row = QHBoxLayout(window)
    for camera, view in views.items():
        view.setMinimumSize(*SIZES[camera])
        view.setMaximumSize(*SIZES[camera])
        row.addWidget(view)
        player.set_sink(camera, view.show_picture)
        player.set_box(camera, *SIZES[camera])
    window.show()
    player.open(reels)
    player.seek(BEGIN)
    _wait(app, lambda: player.shown_at() == BEGIN)
    player.play_range(BEGIN, BEGIN + SECONDS * 1_000_000)
    begun, used = time.monotonic(), time.process_time()
    _wait(app, lambda: not player.is_playing())
    share = (time.process_time() - used) / (time.monotonic() - begun)
    print(f"    left out or late by the player's own count: {player.late_pictures()}; {share * 100:.0f} % of one core")
    yield views
    player.close()
    window.close()
    app.processEvents()


def _wait(app: QApplication, done) -> None:
    until = time.monotonic() + SECONDS * 3
    while not done():
        app.processEvents()
        time.sleep(0.001)
        assert time.monotonic() < until


def _tell(reels: Sequence[Reel], views: dict[int, Painted]) -> None:
    """A picture is due when what is heard reaches it, through the films' places on the meeting's clock."""
    heard_film = reels[0]
    lates = {}
    for reel in reels:
        rows = views[reel.camera].rows
        lates[reel.camera] = [
            heard_film.to_meeting(BEGIN + heard) - reel.to_meeting(shown) for shown, heard in rows if heard > 0
        ]
        wanted = SECONDS * FPS
        late = sum(x > FRAME for x in lates[reel.camera]) + max(wanted - len(rows), 0)
        print(f"    camera {reel.camera}: {late / wanted * 1000:.1f} of 1 000 late or missing   goal <= 1")
    offsets = sorted(x / 1000 for x in lates[1])
    low, middle, high = offsets[len(offsets) // 100], statistics.median(offsets), percentile(offsets, 0.99)
    print(f"    sound handed over to picture painted: p1 {low:.1f}  p50 {middle:.1f}  p99 {high:.1f} ms   goal <= 20")
    apart = (statistics.mean(lates[2]) - statistics.mean(lates[1])) / 1000
    print(f"    films to each other, by what is heard: {apart:+.2f} ms apart   goal <= {FRAME / 2000:.1f}")


if __name__ == "__main__":
    main()
