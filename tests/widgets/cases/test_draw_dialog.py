"""A draw of tasks for a second coding: asked for below the plan, made once, and shown with what repeats it."""

import pytest
from PySide6.QtWidgets import QWidget

from app.casework.case_file import case_file
from app.casework.meeting_file import sample_of
from app.model.reliability_sample import Drawing
from tests.material.house import Home, opened
from widgets.cases import plan_panel
from widgets.cases.draw_dialog import DrawDialog


@pytest.fixture
def home(qapp) -> Home:
    return Home()


@pytest.fixture
def dialog(qtbot, home):
    under = QWidget()
    qtbot.addWidget(under)
    with opened(home) as room:
        file = case_file(home.a, home.case_id)
        yield DrawDialog(room.space, file, home.meeting.id, sample_of(home.a, home.meeting.id), under)


def test_it_is_drawn_by_one_press_and_shown(home, dialog) -> None:
    assert dialog.boxes[home.meeting.id].isChecked()
    dialog.percent.setValue(40)
    dialog.drawing.set_value(Drawing.BY_DIMENSION)
    dialog.seed.setText("48210377")
    dialog.draw.click()
    made = sample_of(home.b, home.meeting.id)
    assert made is not None
    assert (made.percent, made.seed, made.drawing, made.drawn_by) == (40, "48210377", "by-dimension", home.aino.id)
    assert not dialog.draw.isVisibleTo(dialog)
    dialog.close_it.click()
    assert dialog.result()


def test_what_is_wrong_is_said_and_nothing_that_was_typed_is_lost(home, dialog) -> None:
    dialog.seed.setText("Oona")
    dialog.draw.click()
    assert dialog.wrong.text().startswith("A seed is a number")
    assert dialog.seed.text() == "Oona"
    assert sample_of(home.a, home.meeting.id) is None
    dialog.seed.setText("")
    assert not dialog.wrong.isVisibleTo(dialog)
    dialog.draw.click()
    made = sample_of(home.a, home.meeting.id)
    assert made is not None
    assert made.is_as_drawn


def test_without_a_meeting_there_is_nothing_to_draw(home, dialog) -> None:
    dialog.boxes[home.meeting.id].setChecked(False)
    assert not dialog.draw.isEnabled()


def test_below_the_plan_it_is_said_and_shown_again(house, show, monkeypatch) -> None:
    case_id = house.case()
    meeting = house.meeting(case_id)
    screen = show(meeting_id=meeting.id)
    panel, editor = screen.meetings.panel.plan, screen.meetings.plan_editor
    assert not panel.draw.isVisibleTo(panel)
    editor.add(editor.available()[0])
    assert panel.draw.isVisibleTo(panel)
    assert panel.draw.text() == "Draw for a second coding…"
    asked: list[DrawDialog] = []

    def press(dialog: DrawDialog) -> int:
        asked.append(dialog)
        if dialog.draw.isVisibleTo(dialog):
            dialog.draw.click()
        return 1

    monkeypatch.setattr(plan_panel.DrawDialog, "exec", press)
    panel.draw.click()
    assert panel.drawn.text().startswith("Drawn for a second coding: 1 of 1 tasks, number 1.")
    panel.plan.setCurrentRow(0)
    assert panel.plan.line().locked == "in the draw"
    panel.draw.click()
    assert len(asked) == 2
    assert not asked[1].draw.isVisibleTo(asked[1])
