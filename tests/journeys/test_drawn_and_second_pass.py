"""A task is drawn for a second coding, both code, agree, and say more of what they agreed on, each alone again."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit

from app.bootstrap import Program
from app.casework.meeting_file import sample_of
from app.comparing.comparison import comparison
from app.comparing.second_pass.comparison import SecondStage, second_comparison, second_stage
from app.model.change import added
from app.model.coding import SECOND_READING, CodingHeader
from app.model.identity import new_id
from app.model.meeting import Segment, Stretch
from app.model.timecode import SECOND
from tests.drivers.archive_steps import AINO, LEENA, lock, make_archive_of_two, sign_in
from tests.drivers.filmed_meeting import filmed_meeting
from tests.drivers.hands import Hands, Key
from tests.journeys.test_common_view import LENGTH, both_confirm, code, compare, decide, open_together
from tests.material.agreed import code_with_second_pass
from widgets.cases.cases_screen import CasesScreen
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.comparing.second_room import SecondRoom

#: keys at seconds: in the second task both lead twice, and one answers once more
A = [("6", 0.0), ("q", 1.0), ("q", 3.5), ("a", 4.5), ("q", 5.4)]
B = [("6", 0.0), ("a", 2.0), ("q", 3.6), ("q", 5.5)]


# the offscreen platform says so of every window with a least size; there is no window manager to tell it to
def test_what_is_drawn_is_coded_twice_and_what_is_agreed_is_said_more_of(
    program: Program, hands: Hands, tmp_path: Path
) -> None:
    make_archive_of_two(hands, program, tmp_path)
    space = program.workspace
    assert space is not None
    meeting_id = filmed_meeting(space, tmp_path, cameras=(1,))
    tasks = [Segment(new_id(), meeting_id, n, (n - 1) * 3 * SECOND, n * 3 * SECOND) for n in (1, 2)]
    space.store.apply("tasks", [added(s) for s in tasks])
    code_with_second_pass(space.store, meeting_id)
    draw(hands, program, meeting_id)
    sample = sample_of(space.store, meeting_id)
    assert sample is not None
    assert sample.drawn_numbers == (2,)
    assert sample.is_as_drawn

    code(program, meeting_id, A, 3)
    lock(hands, program)
    sign_in(hands, program, LEENA)
    assert program.workspace.coding_editor(meeting_id).tasks_to_code == (2,)
    code(program, meeting_id, B, 3)
    room = open_together(hands, program, meeting_id)
    found = comparison(program.workspace.store, meeting_id)
    assert found.window == (Stretch(3 * SECOND, LENGTH),)
    assert "1/2 tehtävästä" in hands.words(room.figures)
    while room.walk.next_open("") is not None:
        hands.key(room.list, "j")
        decide(hands, room, "a")
    lock(hands, program)
    sign_in(hands, program, AINO)
    both_confirm(hands, program, compare(hands, program, meeting_id))

    answer_all(hands, program, "Aloita toinen kierros", "1")
    lock(hands, program)
    sign_in(hands, program, LEENA)
    store = program.workspace.store
    assert [h.coder for h in store.find(CodingHeader, reading=SECOND_READING)] == []
    compare(hands, program, meeting_id)
    screen = answer_all(hands, program, "Aloita toinen kierros", "2")
    assert "Tämä aukeaa, kun Aino" in hands.words(screen)
    assert second_stage(store, meeting_id) == SecondStage.WAITS
    lock(hands, program)

    sign_in(hands, program, AINO)
    compare(hands, program, meeting_id)
    hands.press(hands.one(program.window, ComparingScreen), "Toinen kierros")
    hands.settle()
    told = hands.words(hands.one(program.window, ComparingScreen))
    answered = second_comparison(program.workspace.store, meeting_id)
    assert len(answered.rows) == 5  # two led moments asked twice, an answer once
    assert all(row.differs for row in answered.rows)
    assert "Sama vastaus 0 / 3 yhteiseen tapahtumaan" in told
    assert "Vastattu eri tavoin".upper() in told.upper()
    assert comparison(program.workspace.store, meeting_id).agreement == found.agreement, "the first pass stays"


def draw(hands: Hands, program: Program, meeting_id: str) -> None:
    """Below the plan, with a seed of one's own that gives the second of two tasks."""
    program.window.go("cases", meeting_id=meeting_id)
    hands.settle()
    panel = hands.one(program.window, CasesScreen).meetings.panel.plan

    def ask(dialog: QDialog) -> None:
        assert all(box.isChecked() for box in dialog.findChildren(QCheckBox))
        hands.type(dialog.findChildren(QLineEdit)[-1], "4")
        hands.press(dialog, "Arvo")
        assert "numero 2" in hands.words(dialog)
        hands.press(dialog, "Sulje")

    hands.answering(ask, panel.draw.click)
    assert "numero 2" in panel.drawn.text()


def answer_all(hands: Hands, program: Program, begins: str, key: str) -> ComparingScreen:
    """Every question by the same key, then ready."""
    screen = hands.one(program.window, ComparingScreen)
    hands.press(screen, begins)
    hands.settle()
    room = screen.room
    assert isinstance(room, SecondRoom)
    while room.editor.open_places():
        hands.key(room.list, key)
    hands.key(room.list, Key.Key_Space)  # the film rests
    hands.press(screen, "Merkitse valmiiksi")
    hands.settle()
    return screen
