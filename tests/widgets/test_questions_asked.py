"""How often the archive is asked: for a place or a case as often with three cases as with twelve, and not too often."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from app.casework.case_editor import CaseEditor, new_case
from app.door import Door
from app.i18n import today
from app.model.change import added
from app.model.consent import Purpose
from tests.material.builders import recording
from tests.material.house import LONG_AGO, Home
from tests.stand_ins.fakes import MemoryStore
from widgets.calendar.calendar_screen import CalendarScreen
from widgets.cases.cases_screen import CasesScreen
from widgets.desk.desk_screen import DeskScreen

#: the most that each may ask: what it asks now, and a few more
DESK, CALENDAR, CASES, CASE, MEETINGS = 38, 15, 12, 24, 24


QUESTIONS = (
    "find", "get", "has", "cases", "meetings", "coding_states", "awaited", "pairs_of", "films_of", "films_over",
    "open_cases", "work_of_pairs", "audit_log", "history",
)  # fmt: skip


@pytest.fixture
def asked(monkeypatch):
    """`asked(do)` is how many questions the archive got while something was done; what it asks itself is not one."""
    told: list[str] = []
    inside: list[str] = []

    def listened(name: str):
        ask = getattr(MemoryStore, name)

        def heard(self, *what, **fields):
            if not inside:
                told.append(name)
            inside.append(name)
            try:
                return ask(self, *what, **fields)
            finally:
                inside.pop()

        return heard

    def count(do: Callable[[], object]) -> int:
        told.clear()
        do()
        return len(told)

    for name in QUESTIONS:
        monkeypatch.setattr(MemoryStore, name, listened(name))
    return count


def add_cases(home: Home, number: int) -> None:
    """Open cases with everybody's consent, a filmed meeting each and one of today."""
    for n in range(number):
        case = new_case(Door(home.a), home.texts, f"Comet {datetime.now(UTC).timestamp()} {n}")
        editor = CaseEditor(home.a, home.texts, case.id)
        editor.edit(editor.file.case, partner=home.leena.id)
        for person in editor.file.persons:
            editor.give_consent(person, Purpose.FILMING, LONG_AGO)
        day = datetime.combine(today(), datetime.min.time(), UTC)
        filmed, _ = (editor.add_meeting(editor.file.adults[0], day.replace(hour=hour)) for hour in (9, 12))
        home.a.apply("film", [added(recording(filmed.id))])


def test_a_place_asks_as_often_with_twelve_cases(home, stage, asked) -> None:
    add_cases(home, 2)
    places = [(DeskScreen, DESK), (CalendarScreen, CALENDAR), (CasesScreen, CASES)]
    screens = [(stage(kind), most) for kind, most in places]
    few = [asked(screen.opened) for screen, _ in screens]
    add_cases(home, 9)
    for screen, _ in screens:
        screen.opened()  # what is new on it is made
    many = [asked(screen.opened) for screen, _ in screens]
    assert many == few
    assert all(number <= most for number, (_, most) in zip(many, screens, strict=True)), many


def test_a_case_opened_reads_the_section_in_front(home, stage, asked) -> None:
    add_cases(home, 3)
    ids = [case.id for case in home.a.cases(4)]
    screen = stage(CasesScreen, case_id=ids[0])
    for part, most in (("details", CASE), ("meetings", MEETINGS)):
        screen.opened(case_id=ids[1], part=part)
        assert 0 < asked(lambda part=part: screen.opened(case_id=ids[2], part=part)) <= most, part
    shown = asked(lambda: screen.opened(case_id=ids[2], part="meetings"))
    for day in range(4, 10):
        home.case_id = ids[2]
        home.add_meeting(CaseEditor(home.a, home.texts, ids[2]).file.adults[0].id, day)
    screen.opened(case_id=ids[2], part="meetings")
    assert asked(lambda: screen.opened(case_id=ids[2], part="meetings")) == shown, "of every meeting at once"
