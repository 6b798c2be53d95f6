"""Codes pressed while the film plays: a coding of 20 000 observations, 1080p30 from an encrypted container, a window.

What the keys cost is told beside what the same minute costs without them. The sound goes to an output that plays in
real time and keeps nothing.
"""

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.model.timecode import SECOND
from app.ports.player import Reel, ScrubPart
from tests.benchmarks.coding_key import filled_workspace
from tests.benchmarks.coding_large import LENGTH, OBSERVATIONS, tell
from tests.benchmarks.long_film import FPS, contained, long_film
from tests.benchmarks.screen import screen
from tests.benchmarks.seeking import copied
from tests.drivers.stage import Loudspeaker
from video.open.frame_index import unpack
from video.playing.player import FilmPlayer
from widgets.coding.coding_screen import CodingScreen
from widgets.look import look as looks

MINUTES, BEGIN, SECONDS, EVERY = 10, 60 * SECOND, 60, 0.2
KEYS = "qadz1fhmuos"


class OneFilm(FilmPlayer):
    """Plays the film of the benchmark, whatever the meeting's films are said to be."""

    def __init__(self, reel: Reel) -> None:
        super().__init__(open_output=Loudspeaker)
        self._only = reel

    def open(self, reels: Sequence[Reel]) -> None:
        super().open([self._only])


class Paints(QObject):
    """When a widget was painted last."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.last = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            watched.event(event)  # painted here, so that its end is known
            watched.installEventFilter(self)
            self.last = time.perf_counter()
            return True
        return False


def main() -> None:
    film = long_film(MINUTES)
    with screen() as environment, contained(film) as (vault, recording), tempfile.TemporaryDirectory() as place:
        os.environ.update(environment)
        with copied(vault, recording, unpack(recording.index)) as copy:
            _both_minutes(_reel(recording, partial(vault.open, recording), tuple(copy)), Path(place) / "archive")


def _both_minutes(reel: Reel, folder: Path) -> None:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    looks.load_fonts()
    look = looks.Look(looks.DARK)
    looks.apply(app, look)
    space, meeting_id = filled_workspace(folder, OBSERVATIONS, LENGTH)
    player = OneFilm(reel)
    with patch.object(space.media, "open"):
        window = CodingScreen(space, look, lambda *_a, **_k: None, lambda: player)
        looks.dress(window, look)
        window.resize(1366, 768)
        window.show()
        window.opened(meeting_id=meeting_id)
    _wait(app, 1.0)
    most = [_minute(app, window, player, pressed=pressed) for pressed in (False, True)]
    print(f"  memory while playing, at its highest: {max(most)} MB   goal <= 600 MB")
    window.close_film()
    window.close()
    space.close()


def _megabytes() -> int:
    """The process's memory now, as Linux tells it."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 2**20


def _reel(recording, source, parts: tuple[ScrubPart, ...]) -> Reel:
    return Reel(recording.id, 1, source, recording.index, 0, 0.0, scrub=parts)


def _minute(app: QApplication, window: CodingScreen, player: FilmPlayer, *, pressed: bool) -> int:
    """A minute of the film, with a press every fifth of a second or with none; the most memory seen, MB."""
    room = window.room
    assert room is not None
    player.seek(BEGIN)
    _wait(app, 0.5)
    saved: list[float] = []
    landed = room.editor.saved.connect(lambda _: saved.append(time.perf_counter()))
    paints, chance = Paints(room.timeline), random.Random(7)
    committed, painted, memory = [], [], []
    late, used, begun = player.late_pictures(), time.process_time(), time.monotonic()
    player.play()
    while time.monotonic() - begun < SECONDS:
        _wait(app, EVERY * (0.5 + chance.random()))
        memory.append(_megabytes())
        if pressed:
            start = time.perf_counter()
            QTest.keyClick(window, chance.choice(KEYS))
            committed.append(saved[-1] - start)
            while paints.last < saved[-1]:
                app.processEvents()
            painted.append(paints.last - start)
    share = (time.process_time() - used) / (time.monotonic() - begun)
    player.pause()
    room.editor.saved.disconnect(landed)
    room.timeline.removeEventFilter(paints)
    what = f"{len(committed)} presses" if pressed else "nothing pressed"
    left_out = player.late_pictures() - late
    print(f"  {what}: {left_out} of {SECONDS * FPS} pictures left out or late; {share * 100:.0f} % of one core")
    if pressed:
        tell("key press to committed, playing", committed, 16)
        tell("key press to repainted, playing", painted, 16)
    return max(memory)


def _wait(app: QApplication, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.001)


if __name__ == "__main__":
    main()
