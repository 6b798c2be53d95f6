"""Second thoughts while coding, in the real window: a mark, a rating and a task's limits, edited and taken back."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QPushButton

from app.bootstrap import Program
from app.coding.opening import read_coding
from app.model.coding import Coding, CodingHeader
from app.model.meeting import Segment
from tests.drivers.archive_steps import add_second_worker, make_archive
from tests.drivers.coding_steps import FRAME, Coder
from tests.drivers.filmed_meeting import filmed_meeting
from tests.drivers.hands import CTRL, Hands, Key
from tests.drivers.mouse import double_click

LEFT = Qt.MouseButton.LeftButton


class _Second(Coder):
    """A coder with second thoughts."""

    def __init__(self, hands: Hands, program: Program, meeting_id: str) -> None:
        super().__init__(hands, program, meeting_id)
        assert program.workspace is not None
        self.store = program.workspace.store

    def in_archive(self) -> Coding:
        """The coding as the archive holds it now."""
        return read_coding(self.store, self.store.get(CodingHeader, self.room.editor.coding.id))

    def spot(self, thing_id: str) -> QPoint:
        spot = self.room.timeline.place_of(thing_id)
        assert spot is not None, "it is not in sight"
        return spot

    def menu_on(self, thing_id: str) -> QMenu:
        """What the right button offers on a thing of the timeline."""
        timeline, spot = self.room.timeline, self.spot(thing_id)
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(timeline, QContextMenuEvent(reason, spot, timeline.mapToGlobal(spot)))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu


def test_a_mark_a_rating_and_a_tasks_limits_are_taken_back(program: Program, hands: Hands, tmp_path: Path) -> None:
    make_archive(hands, program, tmp_path)
    add_second_worker(hands, program)
    assert program.workspace is not None
    coder = _Second(hands, program, filmed_meeting(program.workspace, tmp_path, cameras=(1,)))
    for second in (0, 2):
        coder.show(second)
        hands.key(coder.screen, Key.Key_PageDown, CTRL)
    marks(hands, coder)
    ratings(hands, coder)
    limits(hands, program, coder)


def marks(hands: Hands, coder: _Second) -> None:
    """A note is typed, found in the timeline, given other words by a double click, and removed by Delete."""
    coder.show(3)
    hands.key(coder.screen, Key.Key_M, CTRL)
    line = hands.named(coder.room, "Muistiinpano tähän kohtaan", QLineEdit)
    hands.type(line, "hymyilee")
    hands.key(line, Key.Key_Return)
    (note,) = coder.in_archive().marks.values()
    assert (note.text, note.at) == ("hymyilee", 75 * FRAME)
    hands.bot.mouseClick(coder.room.timeline, LEFT, pos=coder.spot(note.id))
    double_click(coder.room.timeline, coder.spot(note.id))
    assert line.text() == "hymyilee"
    hands.type(line, "nauraa")
    hands.key(line, Key.Key_Return)
    assert [m.text for m in coder.in_archive().marks.values()] == ["nauraa"]
    hands.key(coder.screen, Key.Key_Delete)
    assert not coder.in_archive().marks
    hands.key(coder.screen, Key.Key_Z, CTRL)
    assert [m.text for m in coder.in_archive().marks.values()] == ["nauraa"]


def ratings(hands: Hands, coder: _Second) -> None:
    """The second task is rated on its own sheet; *Poista arvio* takes that alone, Delete on a number another."""
    room, screen, t = coder.room, coder.screen, coder.room.editor.texts
    first = room.editor.instrument.items[0]
    name = t.words(first.name)
    hands.key(screen, Key.Key_1, CTRL)

    def rate(value: int) -> QPushButton:
        pills = room.ratings.findChildren(QPushButton)
        pill = next(p for p in pills if p.accessibleName().startswith(f"{name}: {value},"))
        hands.click(pill)
        return pill

    rate(4)
    sheet = hands.named(room.ratings, "Mitä arvioidaan", QComboBox)
    hands.focus(sheet)
    hands.key(sheet, Key.Key_End)
    rate(2)
    assert sorted(r.value or 0 for r in coder.in_archive().ratings.values()) == [2, 4]
    hands.press(room.ratings, "Poista arvio")
    assert [r.value for r in coder.in_archive().ratings.values()] == [4]
    pill = rate(3)
    hands.focus(pill)
    hands.key(pill, Key.Key_Delete)
    assert [r.value for r in coder.in_archive().ratings.values()] == [4]
    hands.key(pill, Key.Key_Z, CTRL)
    assert sorted(r.value or 0 for r in coder.in_archive().ratings.values()) == [3, 4]
    hands.key(screen, Key.Key_Escape)


def limits(hands: Hands, program: Program, coder: _Second) -> None:
    """The menu of the second task takes its limits away, with what was rated there; undo brings all back."""
    store, editor = coder.store, coder.room.editor
    _, second = editor.file.segments

    def marked() -> list[int]:
        return sorted(s.number for s in store.find(Segment, meeting_id=editor.file.meeting.id))

    menu = coder.menu_on(second.id)
    away = next(act for act in menu.actions() if act.text() == "Poista tehtävän rajaus\tCtrl+Del")
    for _ in menu.actions():
        if menu.activeAction() is not away:
            hands.key(menu, Key.Key_Down)
    assert menu.activeAction() is away
    hands.key(menu, Key.Key_Return)
    assert marked() == [1]
    assert [r.value for r in coder.in_archive().ratings.values()] == [4]
    assert program.window is not None
    assert "Tehtävän 2 rajaus poistettiin. Samalla poistui arviosi siitä." in hands.words(program.window)
    hands.key(coder.screen, Key.Key_Z, CTRL)
    assert marked() == [1, 2]
    assert sorted(r.value or 0 for r in coder.in_archive().ratings.values()) == [3, 4]
    coder.show(1)
    hands.key(coder.screen, Key.Key_Delete, CTRL)
    assert marked() == [2]
