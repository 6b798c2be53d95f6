"""The calendar on the screen: days by keys, what opens a meeting, and what leaves; nobody is named."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from app.casework.case_editor import CaseEditor
from app.i18n import Texts, today
from app.model.change import Change
from app.model.people import Role
from app.services.library import meeting_kinds
from tests.drivers import tag_tree
from widgets.calendar.calendar_screen import CalendarScreen

KINDS = {kind.key: kind for kind in meeting_kinds()}


@pytest.fixture
def talk(home):
    """An interview today at nine, and one with somebody who is kept apart right after it."""
    editor = CaseEditor(home.a, home.texts, home.case_id)
    first = editor.file.person(home.meeting.adult_id)
    editor.edit(first, called="Annukka")
    other = editor.add_person(Role.FOSTER_PARENT, "Bertil")
    editor.keep_apart(first, other, apart=True)
    held = datetime.combine(today(), datetime.min.time()).astimezone() + timedelta(hours=9)
    made = editor.book(KINDS["interview"], first, held)
    editor.book(KINDS["interview"], other, held + timedelta(minutes=61))
    return made


def of_interviews(screen):
    return [e for e in screen.found if not e.is_filmed]


def test_today_is_chosen_and_its_meetings_open(stage, room, talk, hands):
    screen = stage(CalendarScreen)
    hands.settle()
    said = hands.words(screen)
    assert "Star 14" in said
    assert "Too near to a meeting of somebody who is kept apart" in said
    assert not any(name in said for name in ("Annukka", "Bertil"))
    cell = screen.grid.cell_of(today())
    assert cell.is_today
    assert [e.is_near for e in cell.entries if not e.is_filmed] == [True, True]
    next(b for b in screen.findChildren(QPushButton) if b.text() == "Open").click()
    assert room.gone[-1] == ("cases", {"case_id": talk.case_id, "meeting_id": talk.id})


def test_arrow_keys_go_from_day_to_day_and_months_are_turned(stage, talk, qtbot):
    screen = stage(CalendarScreen)
    was = screen.day
    qtbot.keyClick(screen.grid, Qt.Key.Key_Right if was.weekday() < 6 else Qt.Key.Key_Left)
    assert abs(screen.day - was) == timedelta(days=1)
    screen.later.click()
    screen.later.click()
    assert (screen.day.day, of_interviews(screen)) == (1, [])
    screen.now.click()
    assert len(of_interviews(screen)) == 2
    screen.week.click()
    assert (screen.grid.rowCount(), len(of_interviews(screen))) == (1, 2)
    said = screen.grid.item(0, today().weekday()).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Star 14 Interview" in said


def test_a_change_of_a_booking_shows_at_once(stage, home, talk):
    screen = stage(CalendarScreen)
    assert len(of_interviews(screen)) == 2
    screen.workspace.door.write("x", [Change(talk, replace(talk, held=talk.held + timedelta(days=400)))])
    (left,) = of_interviews(screen)
    assert not left.is_near


@pytest.mark.parametrize(("name", "begins"), [("ics", b"BEGIN:VCALENDAR"), ("pdf", b"%PDF")])
def test_what_is_in_sight_leaves_as_a_file(stage, room, talk, qtbot, tmp_path: Path, monkeypatch, name, begins):
    path = tmp_path / f"out.{name}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    screen = stage(CalendarScreen)
    with qtbot.waitSignal(room.space.notices.said, timeout=10_000) as said:
        getattr(screen, name).click()
    assert "not encrypted" in said.args[0].text
    assert path.read_bytes().startswith(begins)


def test_the_chosen_day_alone_is_printed_and_names_nobody(stage, room, talk, hands, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "day.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    screen = stage(CalendarScreen)
    hands.settle()
    day = next(b for b in screen.findChildren(QPushButton) if b.text() == "Save this day as PDF…")
    with qtbot.waitSignal(room.space.notices.said, timeout=10_000):
        hands.click(day)
    words = tag_tree.read(path.read_bytes()).tree.text()
    assert words.count("Star 14") == 2
    assert Texts("en").date(today()) in words
    assert not any(name in words for name in ("Annukka", "Bertil"))
    screen.step(24)
    hands.settle()
    assert not [b for b in screen.findChildren(QPushButton) if b.text() == "Save this day as PDF…"]
