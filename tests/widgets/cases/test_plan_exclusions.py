"""The plan's panel: what is left out says why, and comes into the plan or stays there with a written reason only."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.model.change import added
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.identity import new_id
from app.model.meeting import Meeting
from widgets.forms.file_dialogs import FileDialogs


@pytest.fixture
def meeting(house) -> Meeting:
    return house.meeting(house.case())


@pytest.fixture
def panel(house, show, meeting):
    row = Circumstance(new_id(), meeting.case_id, meeting.child_id, CircumstanceKind.SAFETY, "lotion", date(2020, 1, 1))
    house.store.apply("told", [added(row)])
    return show(meeting_id=meeting.id).meetings.panel.plan


def choose(rows, task_id: str) -> None:
    rows.setCurrentRow(ids(rows).index(task_id))


def ids(rows) -> list[str]:
    return [line.id for line in rows.lines()]


def test_a_task_that_is_left_out_is_added_with_a_reason(house, panel, qtbot, meeting) -> None:
    assert "N01" not in ids(panel.cards)
    panel.others.click()
    choose(panel.cards, "N01")
    assert "lotion" in panel.cards.line().careful
    panel.add.click()
    assert panel.reason.isVisible()
    qtbot.keyClick(panel.reason.line, Qt.Key.Key_Return)
    assert panel.reason.isVisible(), "nothing was written"
    qtbot.keyClicks(panel.reason.line, "own lotion from home")
    qtbot.keyClick(panel.reason.line, Qt.Key.Key_Return)
    (task,) = house.store.get(Meeting, meeting.id).plan
    assert (task.task_id, task.despite) == ("N01", "own lotion from home")
    assert not panel.reason.isVisible()
    assert panel.plan.lines()[0].locked == "taken all the same"


def test_a_task_is_left_out_by_hand_and_let_back(house, panel, qtbot, meeting) -> None:
    choose(panel.cards, "S01")
    panel.leave_out.click()
    qtbot.keyClicks(panel.reason.line, "blocks frighten")
    panel.reason.give.click()
    assert "S01" not in ids(panel.cards)
    panel.others.click()
    choose(panel.cards, "S01")
    assert panel.cards.line().careful == "blocks frighten"
    panel.leave_out.click()
    assert house.store.get(Meeting, meeting.id).arranged.left_out == ()


def test_what_comes_up_later_is_told_and_kept_with_a_reason(house, panel, qtbot, meeting) -> None:
    choose(panel.cards, "N03")
    panel.add.click()
    assert not panel.against.isVisible()
    row = Circumstance(new_id(), meeting.case_id, meeting.child_id, CircumstanceKind.SAFETY, "food", date(2020, 1, 1))
    house.store.apply("told", [added(row)])
    panel.refresh()
    assert panel.against.isVisible()
    choose(panel.plan, "N03")
    panel.keep.click()
    qtbot.keyClicks(panel.reason.line, "bread without nuts")
    panel.reason.give.click()
    assert not panel.against.isVisible()
    assert house.store.get(Meeting, meeting.id).plan[0].despite == "bread without nuts"


def test_escape_asks_no_longer(panel, qtbot) -> None:
    choose(panel.cards, "S01")
    panel.leave_out.click()
    qtbot.keyClick(panel.reason.line, Qt.Key.Key_Escape)
    assert not panel.reason.isVisible()


@pytest.mark.parametrize("row", range(5))
def test_each_paper_is_written_where_it_is_wished(panel, tmp_path, monkeypatch, house, row: int) -> None:
    choose(panel.cards, "S01")
    panel.add.click()
    path = tmp_path / "paper.pdf"
    monkeypatch.setattr(FileDialogs, "save", lambda *_: path)
    panel.papers.print.menu().actions()[row].trigger()
    assert path.read_bytes().startswith(b"%PDF")
    assert house.said[-1].text == "The paper is written."
