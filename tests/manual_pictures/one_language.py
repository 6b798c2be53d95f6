"""The pictures in one language: the example is made, opened, walked through, and taken as the window paints it."""

import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import bootstrap
from app.casework.case_editor import CaseEditor
from app.demo.making import DEMO_PASSPHRASE, DEMO_WORKER, make_demo
from app.i18n import Texts, now
from app.model.change import Change
from app.model.meeting import Meeting
from app.model.plan import planned
from app.schemes import library
from app.workspace import Workspace
from widgets.cases.cases_screen import CasesScreen
from widgets.filming.prepare_panel import PreparePanel
from widgets.look.parts import bring_in_sight

SIZE = QSize(1366, 768)
#: of WebP; letters stay sharp at it
QUALITY = 62
#: ms: the longest that anything may take, and how long a place has to paint its film
LONGEST, PAINTED = 120_000, 2_500


def wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + LONGEST / 1000
    while not holds():
        assert time.monotonic() < end, "it does not come"
        wait(50)


class Walk:
    """One run through the program; `take` keeps a picture of the window as it is."""

    def __init__(self, language: str, place: Path) -> None:
        self._texts, self._place = Texts(language), place
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob("*.webp"):
            old.unlink()
        app = QApplication(["havainto"])
        app.setApplicationName("Havainto")
        app.setQuitOnLastWindowClosed(False)
        self._archive = _free_place() / {"fi": "Esimerkki", "sv": "Exempel", "en": "Example"}[language]
        make_demo(bootstrap.demo_makers(), self._archive, DEMO_PASSPHRASE, self._texts, lambda _: None, lambda: False)
        settings = {"version": 2, "settings": {"language": language}, "remembered": {"archives": [str(self._archive)]}}
        Path(os.environ["HAVAINTO_HOME"], "settings.json").write_text(json.dumps(settings), "utf-8")
        self._program = bootstrap.Program(app)
        self._bugs: list[str] = []
        self._program.reports.crashed.disconnect()  # nobody is here to answer a dialog
        self._program.reports.crashed.connect(self._bugs.append)

    def take(self, name: str, window: QWidget | None = None, high: int = 0) -> None:
        """Keep what a window shows, the main window where none is named; `high` pixels of it, all without."""
        assert not self._bugs, self._bugs
        image = (window or self.window).grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        if high:
            image = image.copy(0, 0, image.width(), high)
        assert image.save(str(self._place / f"{name}.webp"), "WEBP", QUALITY), name

    @property
    def window(self) -> QWidget:
        assert self._program.window is not None
        return self._program.window

    @property
    def space(self) -> Workspace:
        assert self._program.workspace is not None
        return self._program.workspace

    def go(self, place: str, pause: int = 400, **ids: str) -> None:
        assert self._program.window is not None
        self._program.window.go(place, **ids)
        wait(pause)

    def key(self, key: Qt.Key) -> None:
        """A key with Ctrl held down, where the keys are now."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, Qt.KeyboardModifier.ControlModifier)

    def whole(self) -> None:
        self._program.start()
        first = self._program.unlock_window
        assert first is not None
        first.resize(QSize(980, 680))
        wait(400)
        self.take("unlock", first)
        self._program.unlock(self._archive, DEMO_WORKER, DEMO_PASSPHRASE)
        until(lambda: self._program.window is not None)
        self.window.showNormal()
        self.window.resize(SIZE)
        wait(500)
        wait(3_000)  # then what is made from films has begun
        until(lambda: not self.space.jobs.running)
        filmed, coming = self._meetings()
        self.go("desk")
        self.take("desk")
        self._case(filmed)
        self.go("filming", PAINTED, meeting_id=coming.id)
        (prepare,) = self.window.findChildren(PreparePanel)
        until(prepare.begin.isEnabled)  # the camera shows a picture
        wait(1_000)
        self.take("filming")
        self._work(filmed)
        self.go("settings")
        self.take("settings")
        self.go("settings", part="backup")
        self.take("backup", high=345)  # what stands below is where this archive lies

    def forget(self) -> None:
        """The example goes; nobody keeps it."""
        self._program.lock()
        shutil.rmtree(self._archive.parent)

    def _case(self, filmed: Meeting) -> None:
        self.go("cases", case_id=filmed.case_id, part="details")
        self.take("cases")
        self.go("cases", case_id=filmed.case_id, part="consents")
        self.take("consents")
        self.go("cases", meeting_id=filmed.id)
        self.take("plan")
        (cases,) = self.window.findChildren(CasesScreen)
        wait(300)
        bring_in_sight(cases.meetings.panel.films)
        wait(300)
        self.take("films")

    def _work(self, filmed: Meeting) -> None:
        self.go("coding", PAINTED, meeting_id=filmed.id)
        for _ in range(8):  # into the middle of a task
            self.key(Qt.Key.Key_Right)
            wait(80)
        wait(800)
        self.take("coding")
        self.key(Qt.Key.Key_1)
        wait(600)
        self.take("ratings")
        self.go("comparing", PAINTED, meeting_id=filmed.id)
        self.take("comparing")
        self.go("statement", 800, case_id=filmed.case_id)
        self.take("statement")

    def _meetings(self) -> tuple[Meeting, Meeting]:
        """The one of the example, and one that is to be filmed today."""
        (filmed,) = self.space.store.find(Meeting)
        editor = CaseEditor(self.space.store, self._texts, filmed.case_id)
        made = editor.add_meeting(editor.file.adults[0], (now() + timedelta(hours=1)).replace(minute=0))
        assert made is not None
        plan = tuple(planned(card) for card in library.task_cards() if "K" in card.ages)[:8]
        self.space.write("plan", [Change(made, replace(made, plan=plan))])
        return filmed, self.space.store.get(Meeting, made.id)


def _free_place() -> Path:
    """A folder whose name may be read on a picture."""
    for name in ("Havainto", *(f"Havainto {n}" for n in range(2, 100))):
        place = Path(tempfile.gettempdir()) / name
        with contextlib.suppress(FileExistsError):
            place.mkdir()
            return place
    raise SystemExit("no free place")


if __name__ == "__main__":
    walk = Walk(sys.argv[1], Path(sys.argv[2]))
    walk.whole()
    walk.forget()
