"""From the key for the next disagreement until both cameras' pictures of it are painted, in the program's own window.

A real archive with two ready codings, opened as a person opens it, on a display of its own. A picture counts when the
window with it was handed to the display. The film is the drawn one beside the checkout, where it is there, and ten
minutes of 1080p30 whose every picture carries its number.
"""

import contextlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.door import Door
from app.films.reels import rows_of
from app.i18n import Texts
from app.jobs import Jobs
from app.model.meeting import Stretch
from app.model.recording import DerivedKind, Recording
from app.model.timecode import SECOND, Micros
from app.notices import Notices
from app.office.workers import add_worker
from app.ports import OpenedArchive, Picture
from app.settings.preferences import Preferences
from app.workspace import Workspace
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.benchmarks.long_film import BASE_PICTURES, long_film, number_shown
from tests.benchmarks.screen import screen
from tests.benchmarks.seeking import tell
from tests.drivers.hands import one_in_sight
from tests.drivers.rated_meeting import bring_film, code_all, mark_tasks, planned_meeting
from tests.journeys.coded_film import Seen, mim_film
from tests.material.media import CAMERA_A, CAMERA_B
from video.open.frame_index import unpack
from widgets.comparing.comparing_room import ComparingRoom
from widgets.comparing.comparing_screen import ComparingScreen

PRESSES, MINUTES, ACTS, LOOKED = 100, 10, 400, 0.7
#: seconds: until a picture, until the window, until the copies of both films are made
LIMIT, OPENED, COPIED = 10.0, 60.0, 900.0
NAMES, PASSPHRASE = ("Aino Esimerkki", "Leena Malli"), "viisi sanaa vain mittausta varten"
SIZE = 1366, 768
GOAL = "p95 <= 30 ms"


@dataclass(frozen=True)
class Pair:
    """Two films of one meeting, the second camera's `late`, and what two coders saw."""

    name: str
    films: tuple[Path, Path]
    late: Micros
    cards: tuple[str, ...]
    tasks: tuple[Stretch, ...]
    seen: tuple[Sequence[Seen], Sequence[Seen]]
    scheme: str = ""
    is_numbered: bool = False


def main() -> None:
    pairs = [_ten_minutes()]
    if CAMERA_B.exists():
        pairs.insert(0, _mim())
    else:
        print("  the drawn film of two cameras is not beside this checkout")
    with screen() as environment:
        os.environ.update(environment)
        for pair in pairs:
            with tempfile.TemporaryDirectory(prefix="havainto-") as place:
                _measure(pair, Path(place))


def _mim() -> Pair:
    film = mim_film("raters")
    ends = (*film.starts[1:], film.end)
    tasks = tuple(Stretch(round(a * SECOND), round(b * SECOND)) for a, b in zip(film.starts, ends, strict=True))
    films = CAMERA_A, CAMERA_B
    return Pair("the drawn film, 720p25", films, film.late, film.cards, tasks, (film.a, film.b), "laaja-runko")


def _ten_minutes() -> Pair:
    """Many differences all over the films: each coder sees about half of what there is."""
    chance, cards = random.Random(13), ("E01", "S01", "N04", "C01", "E04", "R01", "N01", "C03", "N03")
    length = MINUTES * 60
    tasks = tuple(
        Stretch(n * length * SECOND // len(cards), (n + 1) * length * SECOND // len(cards)) for n in range(len(cards))
    )
    codes = ("AS", "AE", "AN", "CS", "CE", "CC")
    acts = [Seen(chance.choice(codes), at) for at in sorted(chance.uniform(2, length - 2) for _ in range(ACTS))]
    seen = [[Seen("DS1", 0.0), *(one for one in acts if chance.random() < 0.5)] for _ in NAMES]
    film = long_film(MINUTES)
    return Pair(
        f"{MINUTES} minutes of 1080p30", (film, film), 2 * SECOND, cards, tasks, (seen[0], seen[1]), is_numbered=True
    )


# the archive, and the program around it


def _measure(pair: Pair, place: Path) -> None:
    os.environ["HAVAINTO_HOME"] = str(place / "home")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    meeting_id = _archive(pair, place / "archive")
    with _opened(app, place / "archive") as program:
        seat = Seat(app, program, meeting_id, pair)
        print(f"  {pair.name}: {len(seat.timed_rows())} differences with a time, window {SIZE[0]}x{SIZE[1]}")
        seat.walk("while the small copies are made", 20, LOOKED, "")
        seat.until(seat.has_copies, COPIED, "the small copies were not made")
        seat.walk("next disagreement, looked at", PRESSES, LOOKED, GOAL)
        seat.walk("the next key as soon as it is painted", PRESSES, 0.0, GOAL)


def _archive(pair: Pair, folder: Path) -> str:
    """The pair's archive: the films taken in, coded by each under the own sign-in."""
    door = ArchiveDoorway(KdfCost.FLOOR)
    opened = door.create(folder, NAMES[0], PASSPHRASE)
    add_worker(Door(opened.store), opened.archive, Texts("fi"), NAMES[1], PASSPHRASE)
    with _working(opened) as space:
        meeting_id = planned_meeting(space, pair.cards)
        for camera, film in enumerate(pair.films, start=1):
            bring_film(space, film, meeting_id, camera, pair.late * (camera - 1))
        mark_tasks(space, meeting_id, pair.tasks)
        code_all(space, meeting_id, pair.seen[0], (4, 3, 5), pair.scheme)
    with _working(door.unlock(folder, NAMES[1], PASSPHRASE)) as space:
        code_all(space, meeting_id, pair.seen[1], (2, 3, 4), pair.scheme)
    return meeting_id


@contextlib.contextmanager
def _working(opened: OpenedArchive) -> Iterator[Workspace]:
    texts = Texts("fi")
    space = Workspace(opened, bootstrap.film_tools(), texts, Jobs(), Notices(texts), Preferences())
    yield space
    space.close()


@contextlib.contextmanager
def _opened(app: QApplication, folder: Path) -> Iterator[bootstrap.Program]:
    program = bootstrap.Program(app)
    program.reports.crashed.disconnect()  # nobody is here to answer a dialog
    program.reports.crashed.connect(_give_up)
    program.start()
    program.unlock(folder, NAMES[0], PASSPHRASE)
    _wait(app, lambda: program.window is not None, OPENED, "the window did not open")
    yield program
    program.lock()
    app.processEvents()
    if program.unlock_window is not None:
        program.unlock_window.close()


def _give_up(report: str) -> None:
    raise SystemExit(f"the program reported a bug while it was measured:\n{report}")


def _wait(app: QApplication, holds: Callable[[], object], seconds: float, else_said: str) -> None:
    """Asleep until there is something to do, and no longer than so many seconds: then it is said what did not come."""
    alarm = QTimer(interval=100)
    alarm.start()
    until = time.perf_counter() + seconds
    while not holds():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > until:
            modal = QApplication.activeModalWidget()
            raise SystemExit(f"  {else_said} in {seconds:.0f} s" + (f"; {modal!r} is open" if modal else ""))
    alarm.stop()


class Seat:
    """Before the comparing room, with a finger on the key."""

    def __init__(self, app: QApplication, program: bootstrap.Program, meeting_id: str, pair: Pair) -> None:
        window, space = program.window, program.workspace
        assert window is not None
        assert space is not None
        self._app, self._space, self._pair = app, space, pair
        window.showNormal()
        window.resize(*SIZE)
        partner = next(worker for worker, name in space.archive.sign_ins() if name == NAMES[1])
        space.witness(partner, PASSPHRASE)
        window.go("comparing", meeting_id=meeting_id)
        room = one_in_sight(window, ComparingScreen).room
        assert room is not None
        self.room: ComparingRoom = room
        self._paints = Paints(window, self._pictures)
        films = sorted(space.store.find(Recording, meeting_id=meeting_id), key=lambda f: f.camera)
        self._films = [(film, unpack(film.index)) for film in films]
        views = [room.watching.pictures.view(film.camera) for film in films]
        assert all(v.isVisible() for v in views), "one camera's picture is not in sight: nothing would be painted of it"
        # the second camera may begin later than the meeting: then it has no picture to wait for yet
        self.until(lambda: views[0].picture is not None, LIMIT, "the first picture did not come")

    def until(self, holds: Callable[[], object], seconds: float, else_said: str) -> None:
        _wait(self._app, holds, seconds, else_said)

    def has_copies(self) -> bool:
        """Whether the small copy of every film is whole, by the archive's books; asked once a second."""
        self._rest(1.0)
        parts = self._space.films.derived.parts
        return all(
            len(rows_of(self._space.store, film.id, DerivedKind.SCRUB)) == len(parts(DerivedKind.SCRUB, film.index))
            for film, _ in self._films
        )

    def timed_rows(self) -> list[int]:
        return [n for n, d in enumerate(self.room.walk.rows()) if d.start is not None]

    def walk(self, what: str, presses: int, looked: float, goal: str) -> None:
        """From the first difference with a time on, by the key for the next one."""
        rows = self.timed_rows()
        self.room.list.setFocus()
        self.room.list.setCurrentRow(rows[0])
        self._rest(1.0)
        seconds, used, wrong = [], [], 0
        for row in rows[1 : presses + 1]:
            wanted = self._wanted(row)
            self._paints.on = None
            begun, spent = time.perf_counter(), time.process_time()
            QTest.keyClick(self.room.list, Qt.Key.Key_Down)
            self.until(
                lambda wanted=wanted: self._paints.on == wanted, LIMIT, f"the pictures {wanted} were not painted"
            )
            seconds.append(self._paints.at - begun)
            used.append(time.process_time() - spent)
            wrong += self._is_wrong()
            if looked:
                self._rest(looked)
        tell(what, seconds, goal)
        tell("  of the processor's time, all threads", used, "")  # the same when others want the computer too
        if self._pair.is_numbered:
            print(f"    another picture than the one asked for: {wrong} of {2 * len(seconds)}")

    def _rest(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() > until, seconds + LIMIT, "the clock stood still")

    def _wanted(self, row: int) -> tuple[int, int]:
        """The numbers of both pictures that belong to a difference, by the films' own tables alone."""
        start = self.room.walk.rows()[row].start
        assert start is not None
        (first, index), (second, other) = self._films
        leading = index.position_at(first.to_film(start))
        moment = first.to_meeting(int(index.times[leading]))
        return leading, other.position_at(second.to_film(moment))

    def _pictures(self) -> tuple[int, ...]:
        return tuple(p.number for p in self._on())

    def _on(self) -> list[Picture]:
        views = [self.room.watching.pictures.view(film.camera) for film, _ in self._films]
        return [v.picture for v in views if v.picture is not None]

    def _is_wrong(self) -> int:
        """Not timed: how many of the pictures are not those that they say they are, by what is drawn in them."""
        if not self._pair.is_numbered:
            return 0
        return sum(number_shown(p.pixels) != p.number % BASE_PICTURES for p in self._on())


class Paints(QObject):
    """Which pictures were on when the window was painted last, and when it was handed to the display."""

    def __init__(self, window: QObject, pictures: Callable[[], tuple[int, ...]]) -> None:
        super().__init__(window)
        self._pictures = pictures
        self.on: tuple[int, ...] | None = None
        self.at = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        watched.removeEventFilter(self)
        watched.event(event)  # painted and handed over here, so that its end is known
        watched.installEventFilter(self)
        pictures = self._pictures()
        if pictures != self.on:
            self.on, self.at = pictures, time.perf_counter()
        return True


if __name__ == "__main__":
    main()
