"""From the key *next disagreement* to its picture painted on both cameras: 1080p30 from encrypted containers, a window.

The room is the program's own, with two codings of ten minutes that differ in 120 events; their places are at random,
and Down goes from one to the next in time. Both films have their scrub copy. Each picture's number is read from the
window. Told beside it: the same without copies, and deciding by one key until the list, the card and the lanes show it.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from unittest.mock import patch

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.model.change import Change, added
from app.model.meeting import Stretch
from app.model.timecode import SECOND
from app.ports.player import Reel
from tests.benchmarks.coding_playing import Paints
from tests.benchmarks.long_film import BASE_PICTURES, contained, long_film, number_shown
from tests.benchmarks.screen import screen
from tests.benchmarks.seeking import copied, tell
from tests.drivers.stage import pixels_of
from tests.material.builders import recording
from tests.material.house import Home, Room
from tests.material.pressing import press
from video.open.frame_index import unpack
from video.playing.player import FilmPlayer
from widgets.comparing.comparing_room import ComparingRoom
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.films.picture import PictureView
from widgets.look import look as looks

MINUTES, EVENTS, CAMERAS, LIMIT = 10, 60, (1, 2), 20.0
LENGTH = MINUTES * 60 * SECOND


class TwoFilms(FilmPlayer):
    """Plays the films of the benchmark, whatever the meeting's films are said to be."""

    def __init__(self, reels: Sequence[Reel]) -> None:
        super().__init__(open_output=lambda: None)
        self._only = reels

    def open(self, _reels: Sequence[Reel]) -> None:
        super().open(self._only)


class Seen(Paints):
    """Which picture of a camera was painted last, and when."""

    def __init__(self, view: PictureView) -> None:
        super().__init__(view)
        self._view, self.number = view, -1

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Paint and self._view.picture is not None:
            self.number = self._view.picture.number
        return done


def main() -> None:
    with screen() as environment, contained(long_film(MINUTES)) as (vault, film):
        os.environ.update(environment)
        app = QApplication.instance() or QApplication(sys.argv[:1])
        looks.load_fonts()
        index = unpack(film.index)
        with copied(vault, film, index) as copy:
            reels = [_reel(vault, film, camera, tuple(copy)) for camera in CAMERAS]
            _walk(app, reels, "next disagreement, both cameras painted", "p95 <= 30 ms")
        bare = [_reel(vault, film, camera, ()) for camera in CAMERAS]
        _walk(app, bare, "the same, no copies yet", "")


def _reel(vault, film, camera: int, copy: tuple) -> Reel:
    return Reel(f"film{camera}", camera, partial(vault.open, film), film.index, 0, 0.0, scrub=copy)


def _home() -> Home:
    """Two codings of ten minutes in memory; each has events that the other has not."""
    home, chance = Home(), random.Random(5)
    films = [recording(home.meeting.id, LENGTH), replace(recording(home.meeting.id, LENGTH), camera=2)]
    home.a.apply("films", [added(f) for f in films])
    for store, keys in ((home.a, "qa1f"), (home.b, "hmul")):
        editor = home.editor(store)
        for _ in range(EVENTS):
            press(editor, chance.choice(keys), chance.randrange(LENGTH - 2 * SECOND))
        for item in editor.instrument.items:
            editor.rate(item.id, 4, "seen")
        covered = replace(editor.coding.header, covered=(Stretch(0, LENGTH),))
        editor.do("cover", Change(editor.coding.header, covered))
        assert editor.mark_ready()
    return home


def _walk(app: QApplication, reels: Sequence[Reel], what: str, goal: str) -> None:
    home = _home()
    made = Room(home)
    look = looks.Look(looks.DARK)
    looks.apply(app, look)
    with patch.object(made.space.media, "open"):
        window = ComparingScreen(made.space, look, made.go, lambda: TwoFilms(reels))
        looks.dress(window, look)
        window.resize(1366, 768)
        window.show()
        window.opened(meeting_id=home.meeting.id)
    room = window.room
    assert room is not None
    seen = [Seen(room.watching.pictures.view(camera)) for camera in CAMERAS]
    alarm = QTimer(interval=500)  # wakes a wait that would be without end
    alarm.start()
    _pause(app, 1.0)
    spent, wrong = [], 0
    while room.list.currentRow() + 1 < room.list.count():
        row = room.walk.rows()[room.list.currentRow() + 1]
        assert row.start is not None
        number = _number_at(reels[0], row.start)
        before = time.perf_counter()
        QTest.keyClick(room.list, Qt.Key.Key_Down)
        _until(app, lambda n=number: all(s.number == n for s in seen))
        spent.append(max(s.last for s in seen) - before)
        wrong += _wrong(room, number)
        _pause(app, 0.05)
    tell(what, spent, goal)
    print(f"    {len(spent)} steps; wrong pictures in the window: {wrong}")
    if goal:
        _decide(app, room)
    alarm.stop()
    window.close_film()
    window.close()
    made.space.close()
    app.processEvents()


def _decide(app: QApplication, room: ComparingRoom) -> None:
    paints, spent = Paints(room.list.viewport()), []
    for row in range(40):
        room.list.setCurrentRow(row)
        _pause(app, 0.05)
        start = time.perf_counter()
        QTest.keyClick(room.list, "a")
        pressed = time.perf_counter()
        _until(app, lambda since=pressed: paints.last > since)
        spent.append(paints.last - start)
    tell("decided by one key: written, and shown in list, card and lanes", spent, "")


def _number_at(reel: Reel, time_: int) -> int:
    times = unpack(reel.index).times
    return max(n for n, at in enumerate(times) if at <= time_)


def _wrong(room: ComparingRoom, number: int) -> int:
    """Not timed: what stands in the windows is the picture that they say."""
    wrong = 0
    for camera in CAMERAS:
        view = room.watching.pictures.view(camera)
        assert view.picture is not None
        if min(view.picture_box().width(), view.picture_box().height()) >= 200:  # smaller the number is not readable
            wrong += number_shown(pixels_of(view, view.picture)) != number % BASE_PICTURES
    return wrong


def _until(app: QApplication, done: Callable[[], bool]) -> None:
    """As the program waits: asleep until there is something to do."""
    end = time.perf_counter() + LIMIT
    while not done():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > end:
            raise TimeoutError


def _pause(app: QApplication, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.001)


if __name__ == "__main__":
    main()
