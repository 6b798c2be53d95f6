"""The desk in its window: kept up while it is open, still where nothing changed, long lists in parts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from app.casework.case_editor import CaseEditor
from app.hours.entries import HoursEditor
from app.i18n import now
from app.i18n import today as this_day
from app.model.change import Change, added
from app.model.hours import Work
from app.model.identity import new_id
from app.model.people import Case, Person, Role
from widgets.desk import desk_screen, keeping_up
from widgets.desk.desk_screen import FIRST_LINES, DeskScreen
from widgets.look.parts import label


def buttons(desk, words: str) -> list[QPushButton]:
    return [b for b in desk.findChildren(QPushButton) if b.text() == words and b.parent() is not None]


def texts(desk) -> str:
    return "\n".join(part.text() for part in desk.findChildren(type(label())))


@pytest.fixture
def today(room, home):
    """A meeting of today that is to be filmed."""
    made = home.add_meeting(home.meeting.adult_id, 7)
    held = replace(made, held=now(), place="Room 2")
    home.a.apply("today", [Change(made, held)])
    return held


def test_a_step_of_another_window_comes_up_by_itself(stage, room, home, today, qtbot) -> None:
    desk = stage(DeskScreen)
    assert "Room 2" in texts(desk)
    room.space.write("moved", [Change(today, replace(today, place="Room 3"))])
    qtbot.waitUntil(lambda: "Room 3" in texts(desk), timeout=3000)
    desk.left()
    again = replace(today, place="Room 3")
    room.space.write("moved", [Change(again, replace(again, place="Room 4"))])
    qtbot.wait(2 * keeping_up.TOGETHER)
    assert "Room 4" not in texts(desk), "nothing is read for a desk that nobody looks at"
    desk.opened()
    assert "Room 4" in texts(desk)


def test_what_looks_the_same_is_not_built_anew_and_the_keys_stay(stage, room, home, today, qtbot) -> None:
    desk = stage(DeskScreen)
    (code,) = buttons(desk, "Code")
    code.setFocus()
    case = home.a.get(Case, home.case_id)
    room.space.write("note", [Change(case, case)])
    desk.keep_up()
    assert buttons(desk, "Code") == [code], "the same button as before"
    room.space.write("moved", [Change(today, replace(today, place="Room 9"))])
    qtbot.waitUntil(lambda: "Room 9" in texts(desk), timeout=3000)
    (anew,) = buttons(desk, "Code")
    assert anew is not code
    assert anew.hasFocus()


def test_midnight_turns_the_day(stage, home, today, monkeypatch) -> None:
    desk = stage(DeskScreen)
    assert "TODAY" in texts(desk)
    assert 0 < desk.keeping.clock.interval() <= keeping_up.LONGEST
    tomorrow = now() + timedelta(days=1)
    for module in (desk_screen, keeping_up):
        monkeypatch.setattr(module, "now", lambda: tomorrow)
    monkeypatch.setattr(keeping_up, "today", lambda: tomorrow.astimezone().date())
    desk.keeping.look_at_clock()
    assert "TODAY" not in texts(desk)
    assert desk.keeping.day == tomorrow.astimezone().date()


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_the_clock_is_set_for_the_next_day(hour) -> None:
    moment = datetime(2026, 11, 3, hour, 59, 30, tzinfo=UTC)
    left = keeping_up.until_midnight(moment)
    after = moment + timedelta(milliseconds=left)
    assert (after.date() - moment.date()).days == 1
    assert (after - timedelta(seconds=2)).date() == moment.date()


def test_of_very_much_the_first_lines_stand_there_and_the_rest_by_one_press(stage, home) -> None:
    for number in range(FIRST_LINES):
        case = Case(new_id(), f"Own {number}", home.aino.id, home.leena.id)
        adult = Person(new_id(), case.id, Role.BIRTH_PARENT, "mother")
        child = Person(new_id(), case.id, Role.CHILD, "child")
        met = replace(home.meeting, id=new_id(), case_id=case.id, adult_id=adult.id, child_id=child.id, plan=())
        home.a.apply("x", [added(e) for e in (case, adult, child, met)])
    desk = stage(DeskScreen)
    whole = FIRST_LINES + 1
    assert len(buttons(desk, "Plan")) + len(buttons(desk, "Code")) == FIRST_LINES
    (more,) = buttons(desk, "Show 1 more")
    more.click()
    assert len(buttons(desk, "Plan")) + len(buttons(desk, "Code")) == whole
    assert buttons(desk, "Show 1 more") == []


def test_todays_filming_is_the_one_main_action(stage, home, today, room) -> None:
    room.preferences.remember(hints_read=("first-steps",))
    desk = stage(DeskScreen)
    main = [b.text() for b in desk.findChildren(QPushButton) if b.property("kind") == "primary"]
    assert main == ["Begin filming"]


def test_the_log_is_told_once_it_was_checked(stage, room, qtbot) -> None:
    desk = stage(DeskScreen)
    assert "chain" not in texts(desk)
    room.space.log_check.begin()
    qtbot.waitUntil(lambda: "The log's chain is whole" in texts(desk), timeout=3000)


def test_a_deadline_says_how_many_days_are_left(stage, home) -> None:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    assert editor.fill_commission(deadline=now().astimezone().date() + timedelta(days=10))
    desk = stage(DeskScreen)
    assert "10 days left" in texts(desk)


def test_a_desk_that_is_opened_again_stands_as_it_was(stage, room, home, today) -> None:
    desk = stage(DeskScreen)
    (code,) = buttons(desk, "Code")
    desk.left()
    desk.opened()
    assert buttons(desk, "Code") == [code], "the same button as before"


def test_hours_that_wait_lead_to_where_they_are_confirmed(stage, room, home, hands) -> None:
    day = this_day()
    theirs = HoursEditor(home.b, home.texts, day)
    theirs.add(day, 90, "mim", Work.MEETING, partner_id=home.aino.id)
    theirs.confirm()
    HoursEditor(home.a, home.texts, day).add(day, 30, "mim", Work.WRITING)
    desk = stage(DeskScreen)
    assert "Confirm shared hours: Leena Malli" in texts(desk)
    assert "1 own entry to confirm" in texts(desk)
    found = {b.accessibleName().split(",")[0]: b for b in desk.findChildren(QPushButton)}
    hands.click(found["Open: Confirm shared hours: Leena Malli"])
    assert room.gone[-1] == ("hours", {"part": "own"})
    hands.click(found["Open: 1 own entry to confirm"])
    assert room.gone[-1] == ("hours", {"part": "own", "month": day.replace(day=1).isoformat()})
