"""A feedback talk on a computer with two screens: what a worker presses, and what is then on the family's screen.

Prints a line of JSON for each thing done. Starts with the offscreen platform's file of screens in its environment.
"""

import json
import time
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton

from app.casework.case_editor import CaseEditor
from app.clips.chosen import Moment
from app.i18n import today
from app.model.change import Change, added
from app.model.consent import Purpose
from app.model.feedback import Clip, ClipWords
from app.model.people import Role
from app.model.timecode import SECOND
from tests.drivers.two_screens_child import BrightPlayer
from tests.material.builders import recording
from tests.material.house import LONG_AGO, MINUTE, Home, opened
from widgets.feedback.feedback_screen import FeedbackScreen
from widgets.feedback.showing_list import ShowingList
from widgets.main_window import MainWindow, Maker
from widgets.screen import Screen
from widgets.second_display.bare_window import BareWindow

Key = Qt.Key


class Run:
    def __init__(self, app: QApplication, window: MainWindow, home: Home, cases: CaseEditor) -> None:
        self.app, self.window, self.home, self.cases = app, window, home, cases

    @property
    def room(self):
        return self.window.findChild(FeedbackScreen).room

    @property
    def page(self):
        return self.room.show_page

    def bare(self) -> BareWindow | None:
        return next((w for w in self.window.findChildren(BareWindow) if w.isVisible()), None)

    def button(self, words: str) -> QPushButton:
        return next(b for b in self.page.findChildren(QPushButton) if b.text() == words)

    def settle(self) -> None:
        for _ in range(4):
            self.app.processEvents()

    def press(self, key) -> None:
        QTest.keyClick(self.app.focusWidget() or self.page, key)
        self.settle()

    def tell(self, step: str, **more: object) -> None:
        self.settle()
        bare = self.bare()
        image = None if bare is None else bare.grab().toImage()
        said = self.window.workspace.notices.standing
        clip = None if self.page is None or self.page.stage.clip is None else self.page.stage.clip.title
        facts = {
            "step": step,
            "on": None if bare is None else bare.screen().name(),
            "light": None if image is None else image.pixelColor(image.rect().center()).lightness(),
            "ring": None if image is None else _has_light(image),
            "words": None if bare is None else [w.text() for w in bare.findChildren(QLabel)],
            "caption": None if bare is None else bare.caption,
            "pointer": None if bare is None else bare.pointer,
            "dark": self.window.findChild(FeedbackScreen).worn.is_dark,
            "focus": focus.text() if isinstance(focus := self.app.focusWidget(), QPushButton) else "",
            "seen": _words(self.window),
            "clip": clip,
            "said": said[-1].text if said else "",
        }
        print(json.dumps(facts | more), flush=True)


def _words(window: MainWindow) -> str:
    """What can be read in the worker's window."""
    parts = [*window.findChildren(QLabel), *window.findChildren(QPushButton)]
    boxes = [box.currentText() for box in window.findChildren(QComboBox) if box.isVisible()]
    return "\n".join([*(part.text() for part in parts if part.isVisible()), *boxes])


def _has_light(image) -> bool:
    """Whether a ring's edge is seen to the right of the middle."""
    middle = image.rect().center()
    return any(image.pixelColor(x, middle.y()).lightness() > 100 for x in range(middle.x() + 5, image.width()))


def walk(run: Run) -> None:
    room = run.room
    run.tell("arranging")
    room.show_clips()
    run.tell("trial", can=run.page.clips[0].title)
    run.press(Key.Key_Return)
    run.tell("first")
    began = time.perf_counter()
    run.press(Key.Key_PageDown)
    run.tell("second", ms=round((time.perf_counter() - began) * 1000))
    run.page.words.text.setFocus()
    QTest.keyClicks(run.page.words.text, "En muistanut")
    run.press(Key.Key_Escape)
    run.tell("black", typed=run.page.words.text.toPlainText())
    run.press(Key.Key_F5)
    run.tell("again")
    player = run.page.stage.now.player
    run.press(Key.Key_F3)
    run.tell("slow", rate=player.rate(), range=list(run.page.stage.now.player.range))
    run.press(Key.Key_F6)
    run.page.findChild(ShowingList).setFocus()
    run.press(Key.Key_Up)  # the list's own
    run.button("End showing").setFocus()
    run.press(Key.Key_Left)
    run.tell("pointing by keys")
    run.page.view.pointed.emit((0.5, 0.5))
    run.tell("pointing")
    held = run.page.stage.now
    held.take(held.film, replace(held.first, time=held.clip.last + 40_000, number=0))
    run.tell("beyond", at=held.first.time)
    run.press(Key.Key_PageDown)
    run.tell("third is barred")
    run.page.findChild(ShowingList).setFocus()
    run.press(Key.Key_Home)
    run.press(Key.Key_Return)
    run.tell("by the list")
    run.press(Key.Key_PageDown)
    consent = run.cases.file.consent(run.cases.file.adults[0].id, Purpose.FEEDBACK, today())
    run.press(Key.Key_PageUp)
    run.tell("back on the first")
    run.cases.withdraw_consent(consent, today())
    case = run.cases.file.case
    run.window.workspace.door.tell([Change(consent, replace(consent, withdrawn=today())), Change(case, case)], None)
    run.tell("withdrawn", gone=run.page.stage.clip is None)
    words = run.home.a.find(ClipWords)
    log = [e.act for e in run.home.a.audit_log() if e.act == "shown-in-feedback"]
    run.page.leave()
    run.tell(
        "ended", kept=[w.words for w in words if w.words], shown=sum(w.shown is not None for w in words), log=len(log)
    )
    run.cases.give_consent(run.cases.file.adults[0], Purpose.FEEDBACK, LONG_AGO)
    room.show_clips()
    run.window.go("cases")
    run.tell("place left")


def main() -> None:
    app = QApplication([])
    home = Home()
    cases = CaseEditor(home.a, home.texts, home.case_id)
    for person in cases.file.persons:
        cases.give_consent(person, Purpose.FEEDBACK, LONG_AGO)
    father = cases.add_person(Role.BIRTH_PARENT, "isä")
    assert cases.edit(cases.file.case, keep_apart=True)
    other = replace(recording(home.meeting.id, MINUTE), camera=2)
    home.a.apply("film", [added(other)])
    with opened(home) as held:
        editor = held.space.feedback_editor(home.case_id)
        talk = editor.begin(home.meeting.adult_id)
        for title, film, at in (("one", home.film, 10), ("two", other, 20), ("three", home.film, 30)):
            clip = editor.choose(Moment(film, at * SECOND, (at + 5) * SECOND), talk.id)
            editor.edit(clip, title=title, hidden=title == "three", hidden_why="toinen lapsi")
        assert len(home.a.find(Clip)) == 3
        assert editor.begin(father.id)
        makers = {
            "feedback": Maker(lambda space, look, go: FeedbackScreen(space, look, go, BrightPlayer)),
            "cases": Maker(Screen),
        }
        window = MainWindow(held.space, makers)
        window.setGeometry(0, 0, 1300, 700)
        window.show()
        window.activateWindow()
        window.go("feedback", case_id=home.case_id)
        walk(Run(app, window, home, cases))
        window.close()
        left = [w for w in app.topLevelWidgets() if isinstance(w, BareWindow) and w.isVisible()]
        print(json.dumps({"step": "closed", "left": len(left)}), flush=True)


if __name__ == "__main__":
    main()
