"""Two computers in one process: two programs, each with an archive of its own that has the same two open codings."""

import shutil
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit

from app import bootstrap
from app.model.change import Change, added
from app.model.identity import new_id
from app.model.meeting import Segment, Stretch
from app.model.timecode import SECOND
from tests.drivers.archive_steps import AINO, LEENA, SECRETS, lock, make_archive_of_two, sign_in
from tests.drivers.filmed_meeting import filmed_meeting
from tests.drivers.hands import Hands
from tests.drivers.relay import Relay
from tests.material.pressing import press
from widgets.comparing.comparing_room import ComparingRoom
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.comparing.together_dialog import TogetherDialog

LENGTH = 6 * SECOND
#: keys at seconds; of each kind of difference there is one at least
A = [("6", 0.0), ("q", 0.5), ("a", 1.5), ("h", 3.9), ("7", 3.0)]
B = [("6", 0.0), ("q", 0.6), ("d", 1.6), ("z", 0.9), ("8", 3.0), ("m", 5.1)]


class TwoPlaces:
    """Aino at the first computer, Leena at the second with a copy of the archive."""

    def __init__(self, hands: Hands, program: bootstrap.Program, place: Path) -> None:
        self.hands, self.first = hands, program
        make_archive_of_two(hands, program, place)
        space = program.workspace
        assert space is not None
        self.meeting_id = filmed_meeting(space, place, cameras=(1,))
        tasks = [Segment(new_id(), self.meeting_id, n, (n - 1) * 3 * SECOND, n * 3 * SECOND) for n in (1, 2)]
        space.store.apply("tasks", [added(s) for s in tasks])
        _code(program, self.meeting_id, A, 4)
        lock(hands, program)
        sign_in(hands, program, LEENA)
        _code(program, self.meeting_id, B, 2)
        lock(hands, program)
        sign_in(hands, program, AINO)  # her coding, which was sealed, is open to both from now on
        lock(hands, program)
        shutil.copytree(place / "Havainto", place / "Toinen kone")
        sign_in(hands, program, AINO)
        self.second = self._second(place / "Toinen kone")
        self.a, self.b = (self._room(p) for p in (self.first, self.second))

    def _second(self, folder: Path) -> bootstrap.Program:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        made = bootstrap.Program(app)
        made.start()
        made.unlock(folder, LEENA, SECRETS[LEENA])
        self.hands.until(lambda: made.window is not None and made.window.isVisible())
        return made

    def _room(self, program: bootstrap.Program) -> ComparingRoom:
        assert program.window is not None
        program.window.go("comparing", meeting_id=self.meeting_id)
        self.hands.settle()
        room = self.screen(program).room
        assert room is not None
        self.hands.until(lambda: room.watching.pictures.view(1).picture is not None)
        return room

    def screen(self, program: bootstrap.Program) -> ComparingScreen:
        assert program.window is not None
        return self.hands.one(program.window, ComparingScreen)

    def meet(self, waits: bootstrap.Program, joins: bootstrap.Program, delay: float = 0.0) -> Relay:
        """One waits, the other types the address and the code from that screen; between them lies a wire."""
        hands, wires = self.hands, list[Relay]()

        def wait(dialog: QDialog) -> None:
            hands.press(dialog, "Odota työparia")
            hands.settle()
            line = self.screen(waits).room.together.session.line
            wires.append(Relay(line.port, delay))
            code = hands.named(dialog, "Koodi", QLabel).text()
            hands.answering(lambda other: join(other, code), lambda: self.press_begin(joins))

        def join(dialog: QDialog, code: str) -> None:
            assert isinstance(dialog, TogetherDialog)
            hands.type(hands.named(dialog, "Osoite", QLineEdit), wires[0].address)
            hands.type(hands.named(dialog, "Koodi", QLineEdit), code)
            hands.press(dialog, "Liity")

        hands.answering(wait, lambda: self.press_begin(waits))
        rooms = [self.screen(p).room for p in (waits, joins)]
        hands.until(lambda: any(r.together.session.end.is_following for r in rooms))
        return wires[0]

    def press_begin(self, program: bootstrap.Program) -> None:
        """In the header, or after a break in the lane."""
        screen = self.screen(program)
        again = "Yhdistä uudelleen…" in self.hands.words(screen)
        room = screen.room
        if again:
            self.hands.press(screen, "Yhdistä uudelleen…")
        elif "Yhdessä kahdesta paikasta…" in self.hands.words(screen):
            self.hands.press(screen, "Yhdessä kahdesta paikasta…")
        else:  # folded into the header's menu
            room.together.begin()

    def close(self) -> None:
        """The second computer is put away as a person leaves it."""
        window = self.second.window
        if window is not None:
            lock(self.hands, self.second)
        assert self.second.unlock_window is not None
        self.second.unlock_window.closed.disconnect()
        self.second.unlock_window.close()
        self.hands.settle()


def _code(program: bootstrap.Program, meeting_id: str, presses: list[tuple[str, float]], value: int) -> None:
    """Everything pressed, rated, covered and marked as ready by who is signed in."""
    assert program.workspace is not None
    editor = program.workspace.coding_editor(meeting_id)
    for key, second in presses:
        press(editor, key, round(second * SECOND))
    for item in editor.instrument.items[:2]:
        editor.rate(item.id, value, "näin")
    for item in editor.instrument.items[2:]:
        editor.rate(item.id, 3, "näin")
    header = editor.coding.header
    editor.do("cover", Change(header, replace(header, covered=(Stretch(0, LENGTH),))))
    assert editor.mark_ready()
