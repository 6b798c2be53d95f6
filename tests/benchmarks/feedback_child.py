"""The program of `feedback`: chooses and shows the example's moments, and prints the times as one line of JSON."""

import json
import os
import shutil
import sys
import time
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.casework.case_editor import CaseEditor
from app.clips.chosen import selected
from app.demo import DEMO_PASSPHRASE, DEMO_WORKER, make_demo
from app.i18n import Texts
from app.model.consent import Purpose
from app.model.meeting import Meeting
from app.model.recording import Recording
from app.model.timecode import SECOND
from widgets.feedback.feedback_screen import FeedbackScreen
from widgets.second_display.bare_window import BareWindow

CLIPS, ROUNDS, LIMIT = 5, 5, 20.0


class Paints(QObject):
    """When the family's window was painted, and with what."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[float] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window paints, and the moment after it is noted."""
        if event.type() != QEvent.Type.Paint:
            return False
        watched.event(event)
        self.at.append(time.perf_counter())
        return True


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
    filmed = next(m for m in space.store.find(Meeting) if space.store.find(Recording, meeting_id=m.id))
    cases = CaseEditor(space.store, space.texts, filmed.case_id)
    for person in cases.file.persons:
        cases.give_consent(person, Purpose.FEEDBACK, date(2026, 1, 1))
    window.go("feedback", case_id=filmed.case_id)
    room = window.findChild(FeedbackScreen).room
    room.begin(filmed.adult_id)
    wait(500)
    film, chosen = room.page.film, []
    for n in range(CLIPS):
        start = time.perf_counter()
        film.take(selected((5 + 20 * n) * SECOND, (13 + 20 * n) * SECOND))
        chosen.append(until(app, film.player.is_playing) - start)
        wait(300)
    room.show_clips()
    page = room.show_page
    page.begin()
    bare = next(w for w in window.findChildren(BareWindow) if w.isVisible())
    paints = Paints()
    bare.installEventFilter(paints)
    wait(1500)
    ready, cold, black = [], [], 0

    def is_on(clip) -> bool:
        held = page.stage.now
        is_right = held is not None and held.clip.id == clip.id and held.first is not None
        return is_right and bool(paints.at)

    for _ in range(ROUNDS):
        for n in range(1, CLIPS):
            paints.at.clear()
            start = time.perf_counter()
            page.step(1)
            clip = page.clips[n]
            until(app, lambda clip=clip: is_on(clip))
            ready.append(paints.at[0] - start)
            middle = bare.rect().center()
            black += bare.grab().toImage().pixelColor(middle).lightness() == 0
            wait(900)
        paints.at.clear()
        start = time.perf_counter()
        page.show_place(0)
        until(app, lambda: is_on(page.clips[0]))
        cold.append(paints.at[0] - start)
        wait(900)
    page.leave()
    return {"chosen": chosen, "ready": ready, "cold": cold, "black": int(black)}


def main() -> None:
    app = QApplication(["havainto"])
    app.setApplicationName("Havainto")
    app.setQuitOnLastWindowClosed(False)
    home = Path(os.environ["HAVAINTO_HOME"])
    archive, texts = home / "example", Texts("fi")
    make_demo(bootstrap.demo_makers(), archive, DEMO_PASSPHRASE, texts, lambda _: None, lambda: False)
    (home / "settings.json").write_text(json.dumps({"version": 2, "settings": {"language": "fi"}}), "utf-8")
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
