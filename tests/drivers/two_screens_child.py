"""A meeting being coded on a computer with two screens: what a person does, and what is then on the second one.

Prints a line of JSON for each thing done. Starts with the offscreen platform's file of screens in its environment.
"""

import json
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.model.change import added
from app.model.identity import timeless_id
from app.model.timecode import SECOND
from app.model.utterance import Utterance
from tests.material.builders import recording
from tests.material.house import MINUTE, Home, opened
from tests.stand_ins.fake_player import FakePlayer
from widgets.coding.coding_screen import CodingScreen
from widgets.main_window import MainWindow, Maker
from widgets.screen import Screen
from widgets.second_display.bare_window import BareWindow

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
COVER = CTRL | Qt.KeyboardModifier.ShiftModifier
BRIGHT = 200


class BrightPlayer(FakePlayer):
    """Its pictures are light, so that they are told from black."""

    def __init__(self) -> None:
        super().__init__()
        self._pixels[:] = BRIGHT


class Paints(QObject):
    """How often a window was painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class Run:
    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self.app, self.window = app, window
        self.paints = Paints()

    @property
    def place(self) -> CodingScreen:
        return self.window.findChild(CodingScreen)

    def bare(self) -> BareWindow | None:
        return next((w for w in self.window.findChildren(BareWindow) if w.isVisible()), None)

    def press(self, key: Qt.Key, held=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.app.focusWidget(), key, held)
        self.settle()

    def settle(self) -> None:
        for _ in range(4):
            self.app.processEvents()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def tell(self, step: str, **more: object) -> None:
        self.settle()
        bare, watching = self.bare(), self.place.room.watching
        said = self.window.workspace.notices.standing
        facts = {
            "step": step,
            "on": None if bare is None else [bare.screen().name(), bare.width(), bare.height()],
            "light": None if bare is None else bare.grab().toImage().pixelColor(bare.rect().center()).lightness(),
            "active": self.window.isActiveWindow(),
            "box": watching.player.boxes[watching.player.leading()],
            "observations": len(self.place.room.editor.coding.observations),
            "said": said[-1].text if said else "",
        }
        print(json.dumps(facts | more), flush=True)


def walk(run: Run) -> None:
    room, screens = run.place.room, QGuiApplication.screens()
    room.seek(10 * SECOND)
    run.tell("begun", screens=[s.name() for s in screens])
    run.press(Key.Key_F11, CTRL)
    run.tell("opened")
    bare = run.bare()
    bare.installEventFilter(run.paints)
    run.settle()
    run.paints.count = 0
    run.press(Key.Key_Q)
    run.tell("coded", painted=run.paints.count)
    bare.removeEventFilter(run.paints)
    QTest.keyClick(bare, Key.Key_Q)
    run.tell("pressed on the second")
    run.press(Key.Key_T, CTRL)
    room.seek(0)
    run.tell("in a gap")
    room.seek(10 * SECOND)
    run.press(Key.Key_P, COVER)
    room.watching.player.advance(SECOND)
    run.tell("covered")
    run.press(Key.Key_P, COVER)
    run.tell("uncovered")
    now = run.place.room.now()
    line = Utterance(timeless_id(), room.editor.file.meeting.id, now, now + 9 * SECOND, text="Katso [Oona]")
    run.window.workspace.write("said", [added(line)])
    run.tell("without captions", caption=bare.caption)
    run.press(Key.Key_C, COVER)
    run.tell("with captions", caption=bare.caption)
    run.press(Key.Key_F11, CTRL)
    run.press(Key.Key_F11, CTRL)
    bare = run.bare()
    run.tell("opened with captions", caption=bare.caption)
    run.press(Key.Key_C, COVER)
    run.tell("captions off", caption=bare.caption)
    run.window.setGeometry(1500, 100, 1200, 700)
    run.tell("moved onto it")
    offer = run.window.workspace.notices.standing[-1]
    offer.action()
    run.tell("opened again")
    run.window.setGeometry(0, 0, 1300, 700)
    run.tell("moved back onto the other")
    run.press(Key.Key_F11, CTRL)
    QGuiApplication.instance().screenRemoved.emit(screens[1])
    run.tell("pulled out")
    QGuiApplication.instance().screenAdded.emit(screens[1])
    run.tell("back again")
    run.window.workspace.notices.standing[-1].action()
    run.tell("taken up")
    run.window.go("cases")
    run.window.go("coding")
    run.tell("place left")
    run.press(Key.Key_F11, CTRL)
    run.tell("opened a last time")


def main() -> None:
    app = QApplication([])
    home = Home()
    late = replace(recording(home.meeting.id, MINUTE), camera=2, offset=2 * SECOND)
    home.a.apply("film", [added(late)])
    with opened(home) as held:
        makers = {
            "coding": Maker(lambda space, look, go: CodingScreen(space, look, go, BrightPlayer), films=True),
            "cases": Maker(Screen),
        }
        window = MainWindow(held.space, makers)
        window.setGeometry(0, 0, 1300, 700)
        window.show()
        window.activateWindow()
        window.go("coding", meeting_id=home.meeting.id)
        walk(Run(app, window))
        window.close()
        left = [w for w in app.topLevelWidgets() if isinstance(w, BareWindow) and w.isVisible()]
        print(json.dumps({"step": "closed", "left": len(left)}), flush=True)


if __name__ == "__main__":
    main()
