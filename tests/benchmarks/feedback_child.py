"""The program of `feedback`: chooses moments of two films in turns, shows them, and prints the times as a line of JSON.

The one film is the example's, the other one of another meeting: a camera's 1080p30, taken in as any film.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.casework.case_editor import CaseEditor
from app.clips.chosen import selected
from app.demo.making import DEMO_PASSPHRASE, DEMO_WORKER, make_demo
from app.door import Door
from app.films import intake
from app.i18n import Texts
from app.model.consent import Purpose
from app.model.meeting import Meeting
from app.model.recording import Recording
from app.model.timecode import SECOND
from app.ports import Cancelled, Picture, Progress
from tests.benchmarks.covering import write_film
from widgets.feedback.feedback_screen import FeedbackScreen
from widgets.second_display.bare_window import BareWindow

CLIPS, ROUNDS, LIMIT = 5, 10, 60.0
#: of the other film, s
LONG = 12


@dataclass(frozen=True)
class Inline:
    """The work's side of a job that is part of another one."""

    progress: Progress = lambda _: None
    cancelled: Cancelled = lambda: False


class Paints(QObject):
    """When the family's window was painted, by the wall's clock and by the processor's of the window's own thread."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[float] = []
        self.worked: list[float] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window paints, and the moment after it is noted."""
        if event.type() != QEvent.Type.Paint:
            return False
        watched.event(event)
        self.at.append(time.perf_counter())
        self.worked.append(time.thread_time())
        return True


class Given:
    """How often the family's window was told to be black."""

    def __init__(self, window: BareWindow) -> None:
        self.black = 0
        self._show, self._blacken = window.show_picture, window.blacken
        setattr(window, "show_picture", self.show)  # noqa: B010  what the program calls is what is counted
        setattr(window, "blacken", self.blacken)  # noqa: B010

    def show(self, picture: Picture | None) -> None:
        self.black += picture is None
        self._show(picture)

    def blacken(self) -> None:
        self.black += 1
        self._blacken()


def wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def until(app: QApplication, holds) -> float:
    """When it held."""
    alarm, end = QTimer(interval=50), time.perf_counter() + LIMIT
    alarm.start()
    while not holds():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > end:
            raise TimeoutError
    return time.perf_counter()


def measure(app: QApplication, window, space) -> dict:
    meetings = sorted(space.store.find(Meeting), key=lambda m: m.held)
    films = [m for m in meetings if space.store.find(Recording, meeting_id=m.id)]
    filmed, other = films
    cases = CaseEditor(space.store, space.texts, filmed.case_id)
    for person in cases.file.persons:
        cases.give_consent(person, Purpose.FEEDBACK, date(2026, 1, 1))
    window.go("feedback", case_id=filmed.case_id)
    room = window.findChild(FeedbackScreen).room
    room.begin(filmed.adult_id)
    chosen = []
    for n in range(CLIPS):
        room.show_meeting((other if n % 2 else filmed).id)
        film = room.page.film
        wait(700)
        begins, lasts = (1 + 3 * (n // 2), 3) if n % 2 else (5 + 20 * n, 8)
        start = time.perf_counter()
        film.take(selected(begins * SECOND, (begins + lasts) * SECOND))
        chosen.append(until(app, film.player.is_playing) - start)
        wait(300)
    room.show_clips()
    page = room.show_page
    page.begin()
    bare = next(w for w in window.findChildren(BareWindow) if w.isVisible())
    paints, given = Paints(), Given(bare)
    bare.installEventFilter(paints)
    wait(1500)
    ready, worked, cold, black = [], [], [], 0

    def is_on(clip) -> bool:
        held = page.stage.now
        is_right = held is not None and held.clip.id == clip.id and held.first is not None
        return is_right and bool(paints.at)

    of_films = [clip.recording_id for clip in page.clips]
    for _ in range(ROUNDS):
        for n in range(1, CLIPS):
            assert of_films[n] != of_films[n - 1], "the next one is of another film"
            paints.at.clear()
            paints.worked.clear()
            given.black = 0
            start, begun = time.perf_counter(), time.thread_time()
            page.step(1)
            clip = page.clips[n]
            until(app, lambda clip=clip: is_on(clip))
            ready.append(paints.at[0] - start)
            worked.append(paints.worked[0] - begun)
            middle = bare.rect().center()
            black += given.black + (bare.grab().toImage().pixelColor(middle).lightness() == 0)
            wait(900)
        paints.at.clear()
        start = time.perf_counter()
        page.show_place(0)
        until(app, lambda: is_on(page.clips[0]))
        cold.append(paints.at[0] - start)
        wait(900)
    page.leave()
    return {"chosen": chosen, "ready": ready, "worked": worked, "cold": cold, "black": int(black)}


def take_in_other(archive: Path, texts: Texts) -> None:
    """Another meeting of the example's case and its film, by the program's own doors."""
    makers = bootstrap.demo_makers()
    opened = makers.door.unlock(archive, DEMO_WORKER, DEMO_PASSPHRASE)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "other.mp4")
        write_film(path, LONG)
        filmed = next(m for m in opened.store.find(Meeting) if opened.store.find(Recording, meeting_id=m.id))
        cases = CaseEditor(opened.store, texts, filmed.case_id)
        meeting = cases.add_meeting(cases.file.adults[0], filmed.held + timedelta(days=1))
        assert meeting is not None
        film = intake.take_in(makers.gate, opened.media, intake.Wish((path,), meeting.id), Inline())
        intake.keep(Door(opened.store), opened.media, texts, film)
    opened.archive.close()


def main() -> None:
    app = QApplication(["havainto"])
    app.setApplicationName("Havainto")
    app.setQuitOnLastWindowClosed(False)
    home = Path(os.environ["HAVAINTO_HOME"])
    archive, texts = home / "example", Texts("fi")
    make_demo(bootstrap.demo_makers(), archive, DEMO_PASSPHRASE, texts, lambda _: None, lambda: False)
    (home / "settings.json").write_text(json.dumps({"version": 2, "settings": {"language": "fi"}}), "utf-8")
    take_in_other(archive, texts)
    program = bootstrap.Program(app)
    program.reports.crashed.disconnect()
    program.reports.crashed.connect(lambda bug: sys.exit(str(bug)))
    program.start()
    program.unlock(archive, DEMO_WORKER, DEMO_PASSPHRASE)
    until(app, lambda: program.window is not None)
    program.window.setGeometry(0, 0, 1366, 768)
    wait(3000)
    until_quiet(program)
    print(json.dumps(measure(app, program.window, program.workspace)), flush=True)
    program.lock()
    shutil.rmtree(archive, ignore_errors=True)


def until_quiet(program) -> None:
    """What is made from films is done: the figures are of the talk, not of that."""
    end = time.perf_counter() + 120
    while program.workspace.jobs.running and time.perf_counter() < end:
        wait(200)


if __name__ == "__main__":
    main()
