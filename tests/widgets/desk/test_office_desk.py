"""The office's desk in its window: turned to by a press, remembered, and only where there is an office."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QProgressBar, QPushButton

from app.hours.entries import HoursEditor
from app.i18n import today
from app.model.change import added
from app.model.commission import Commission
from app.model.hours import Work
from app.model.identity import new_id
from app.model.people import Case
from tests.material.builders import recording
from widgets.desk.desk_screen import FIRST_LINES, DeskScreen
from widgets.desk.office_cards import PAIRS
from widgets.look.parts import label, settle


def texts(desk) -> str:
    return "\n".join(part.text() for part in desk.findChildren(type(label())) if part.isVisible())


def signed_in(room, home) -> None:
    room.archive.names = [(w.id, w.name) for w in (home.aino, home.leena)]


def test_who_works_alone_has_no_office(stage, room, home) -> None:
    room.preferences.remember(office_desk=True)
    desk = stage(DeskScreen)
    assert not desk.whose.isVisible()
    assert not desk.is_office


def test_a_press_turns_to_the_office_and_it_is_so_again_at_the_next_start(stage, room, home, hands) -> None:
    signed_in(room, home)
    desk = stage(DeskScreen)
    assert "2 workers" in texts(desk)
    hands.press(desk, "The office")
    hands.settle()
    assert "WHO WAITS FOR WHAT" in texts(desk)
    assert "Aino Esimerkki,\nLeena Malli" in texts(desk)
    assert room.preferences.remembered.office_desk
    again = stage(DeskScreen)
    hands.settle()
    assert "WHO WAITS FOR WHAT" in texts(again)
    hands.press(again, "My own")
    hands.settle()
    assert "WAITING FOR YOU" in texts(again)
    assert not room.preferences.remembered.office_desk


def test_a_line_leads_to_what_it_tells_of(stage, room, home, hands) -> None:
    signed_in(room, home)
    room.preferences.remember(office_desk=True)
    desk = stage(DeskScreen)
    hands.settle()
    (line,) = [
        b for b in desk.findChildren(QPushButton) if b.accessibleName().startswith("Open: Star 14, Both codings")
    ]
    hands.click(line)
    assert room.gone[-1] == ("cases", {"case_id": home.case_id, "meeting_id": home.meeting.id})


def test_the_offices_hours_are_sums_and_lead_to_the_statistics(stage, room, home, hands) -> None:
    signed_in(room, home)
    room.preferences.remember(office_desk=True)
    HoursEditor(home.b, home.texts, today()).add(today(), 90, "mim", Work.MEETING)
    desk = stage(DeskScreen)
    hands.settle()
    assert "1.5 h · to confirm 1.5 h" in texts(desk)
    (line,) = [b for b in desk.findChildren(QPushButton) if "to confirm 1.5 h" in b.accessibleName()]
    hands.click(line)
    assert room.gone[-1] == ("hours", {"part": "year"})


def test_of_a_big_office_the_first_lines_and_pairs_and_the_rest_by_a_press(stage, room, home, hands) -> None:
    signed_in(room, home)
    rows: list[object] = []
    for n in range(FIRST_LINES + 3):
        case = Case(new_id(), f"Case {n:02}", home.aino.id, new_id())
        met = replace(home.meeting, id=new_id(), case_id=case.id)
        rows += [case, met, recording(met.id), Commission(new_id(), case.id, deadline=today() + timedelta(days=n))]
    home.a.apply("cases", [added(row) for row in rows])
    room.preferences.remember(office_desk=True)
    desk = stage(DeskScreen)

    def lines() -> int:
        hands.settle()
        return sum("Both codings" in b.accessibleName() for b in desk.findChildren(QPushButton) if b.isVisible())

    assert lines() == FIRST_LINES
    hands.press(desk, "Show more")
    assert lines() == FIRST_LINES + 4
    assert len(desk.findChildren(QProgressBar)) == PAIRS
    hands.press(desk, f"Show {FIRST_LINES + 4 - PAIRS} more")
    hands.settle()
    assert len([b for b in desk.findChildren(QProgressBar) if b.isVisible()]) == FIRST_LINES + 4


def test_on_a_narrow_window_the_side_stands_below(stage, room, home) -> None:
    signed_in(room, home)
    room.preferences.remember(office_desk=True)
    desk = stage(DeskScreen)
    desk.resize(900, 500)
    deadlines = [part for part in desk.findChildren(type(label())) if part.text() == "DEADLINES"]
    table = [part for part in desk.findChildren(type(label())) if part.text() == "WHO WAITS FOR WHAT"]
    settle(desk)
    assert deadlines[0].mapTo(desk, QPoint(0, 0)).y() > table[0].mapTo(desk, QPoint(0, 0)).y() + 100
