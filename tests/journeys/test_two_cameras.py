"""Two films of one meeting watched, aligned and coded in the real program: what is read is what is on the screen."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.bootstrap import Program
from app.model.recording import Recording
from app.ports import Picture
from tests.drivers.archive_steps import add_second_worker, make_archive
from tests.drivers.filmed_meeting import filmed_meeting
from tests.drivers.hands import CTRL, Hands, Key
from video.demo.self_test import drawn, read_number
from widgets.coding.coding_screen import CodingScreen
from widgets.films.picture import PictureView
from widgets.films.self_test import SelfTestDialog
from widgets.films.sync_dialog import SyncDialog

FRAME = 40_000
#: camera 2 shows the number 0 when camera 1 shows this
LATE = 37


@pytest.fixture(autouse=True)
def _readable_numbers(monkeypatch) -> None:
    """The films carry the numbers of the program's own check, which can be read from the screen at any size."""
    monkeypatch.setattr("tests.material.films.numbered", lambda number, *_: drawn(number))
    monkeypatch.setattr("tests.material.films.WIDTH", 640)
    monkeypatch.setattr("tests.material.films.HEIGHT", 360)


def number_on(view: PictureView) -> int | None:
    """What is read from the widget as it is drawn."""
    image = view.grab(view.picture_box().toRect()).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return read_number(Picture(0, 0, image.width(), image.height(), bytes(image.constBits())))


# the offscreen platform says so of every window with a least size; there is no window manager to tell it to
def test_two_cameras_from_taking_in_to_coding(program: Program, hands: Hands, tmp_path: Path) -> None:
    make_archive(hands, program, tmp_path)
    add_second_worker(hands, program)
    space = program.workspace
    assert space is not None
    assert program.window is not None
    meeting_id = filmed_meeting(space, tmp_path)
    program.window.go("coding", meeting_id=meeting_id)
    screen = hands.one(program.window, CodingScreen)
    assert isinstance(screen, CodingScreen)
    room = screen.room
    assert room is not None
    one, two = (room.watching.pictures.view(camera) for camera in (1, 2))

    def on(first: int, second: int | None) -> None:
        hands.until(lambda: (number_on(one), number_on(two)) == (first, second))

    on(0, 0)
    room.seek(60 * FRAME + 1)
    on(60, 60)
    hands.key(screen, Key.Key_Right)
    on(61, 61)

    def align(dialog: SyncDialog) -> None:
        hands.until(lambda: dialog.player.shown_at() is not None)
        dialog.player.seek(LATE * FRAME + 50 * FRAME)
        hands.until(lambda: number_on(dialog.views[0]) == LATE + 50)
        hands.click(dialog.mark_buttons[0])
        dialog.player.seek(50 * FRAME)
        hands.until(lambda: number_on(dialog.views[1]) == 50)
        hands.click(dialog.mark_buttons[1])
        hands.until(lambda: (number_on(dialog.views[0]), number_on(dialog.views[1])) == (LATE + 50, 50))
        hands.click(dialog.apply_button)

    hands.answering(align, room.watching.align)
    films = {f.camera: f for f in space.store.find(Recording)}
    assert (films[1].offset, films[2].offset) == (0, LATE * FRAME)
    room.seek(100 * FRAME)
    on(100, 100 - LATE)
    hands.key(screen, Key.Key_T, CTRL)
    hands.key(screen, "q")
    (point,) = room.editor.coding.observations.values()
    assert (point.start, point.seen_on) == (100 * FRAME, films[2].id)
    assert point.seen_at == (100 - LATE) * FRAME
    room.seek(10 * FRAME)
    hands.until(lambda: number_on(one) == 10 and two.picture is None)
    hands.key(screen, "q")
    assert len(room.editor.coding.observations) == 1, "where the leading camera has no picture nothing is coded"
    screen.undo()
    screen.undo()
    assert space.store.get(Recording, films[2].id).offset == 0

    def check(dialog: SelfTestDialog) -> None:
        hands.until(lambda: dialog.is_over)
        assert "aika täsmää" in dialog.told.text(), dialog.told.text()
        hands.press(dialog, "Sulje")

    hands.answering(check, lambda: program.window.act("self-test"))
