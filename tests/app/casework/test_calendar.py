"""The calendar and what leaves it: own cases by code name, nobody's name, and no place while none may be told."""

from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest

from app.casework.agenda import agenda_days, save_agenda, save_calendar
from app.casework.calendar import entries, later_month, on, week_of, weeks_of
from app.casework.case_editor import CaseEditor, new_case
from app.casework.plans import PlanEditor
from app.door import Door
from app.i18n import Texts
from app.model.circumstance import CircumstanceKind
from app.model.meeting import Delivery, Outcome
from app.model.people import Role
from app.services.library import meeting_kinds
from tests.material.house import Home

KINDS = {kind.key: kind for kind in meeting_kinds()}
DAY = date(2026, 11, 3)
MONTH = (date(2026, 10, 26), date(2026, 12, 6))
HELD = datetime(2026, 11, 10, 8, tzinfo=UTC)


@pytest.fixture
def home(qapp) -> Home:
    return Home()


@pytest.fixture
def editor(home) -> CaseEditor:
    """The case with a second adult who is kept apart from the first, and a booked talk with each."""
    made = CaseEditor(home.a, home.texts, home.case_id)
    first = made.file.person(home.meeting.adult_id)
    made.edit(first, called="Annukka", name="Annukka Keksitty")
    other = made.add_person(Role.FOSTER_PARENT, "Bertil")
    made.keep_apart(first, other, apart=True)
    talk = made.book(KINDS["interview"], first, HELD)
    PlanEditor(home.a, home.texts, talk.id).edit(place="Salokuja 3", delivery=Delivery.HOME)
    made.book(KINDS["interview"], other, HELD + timedelta(minutes=80))
    made.reread()
    return made


def shown(home, today=DAY):
    return entries(home.a, Texts("fi"), *MONTH, today)


def test_the_calendar_has_filmed_meetings_and_others_by_their_time(home, editor):
    found = shown(home)
    assert [e.title for e in found] == ["MIM-kuvaus", "Haastattelu", "Haastattelu"]
    assert [e.is_filmed for e in found] == [True, False, False]
    assert [e.held for e in found] == sorted(e.held for e in found)
    assert {e.code_name for e in found} == {"Star 14"}
    assert [e.is_near for e in found] == [False, True, True]
    assert on(found, HELD.astimezone().date()) == found[1:]


def test_days_outside_are_not_read(home, editor):
    assert entries(home.a, Texts("fi"), date(2026, 11, 4), date(2026, 11, 9), DAY) == ()


def test_anothers_cases_are_not_in_it(home, editor):
    new_case(Door(home.b), home.texts, "Beta 2")
    other = CaseEditor(home.b, home.texts, next(c.id for c in home.b.cases(9) if c.code_name == "Beta 2"))
    other.book(KINDS["start"], None, HELD)
    assert {e.code_name for e in shown(home)} == {"Star 14"}
    assert [e.code_name for e in entries(home.b, Texts("fi"), *MONTH, DAY)].count("Beta 2") == 1


def test_nobody_is_named_and_no_place_is_told_where_it_may_not_be(home, editor, tmp_path):
    before = shown(home)
    assert "Salokuja 3" in [e.place for e in before]
    child = editor.file.child
    editor.change_circumstance(child, CircumstanceKind.NON_DISCLOSURE, "", DAY)
    found = shown(home)
    assert {e.place for e in found} == {""}
    save_calendar(home.a, found, tmp_path / "c.ics")
    save_agenda(home.a, Texts("fi"), found, *MONTH, tmp_path / "a.pdf")
    said = (tmp_path / "c.ics").read_text("utf-8") + str(agenda_days(Texts("fi"), found))
    assert "Star 14" in said
    for word in ("Annukka", "Bertil", "Keksitty", "Salokuja"):
        assert word not in said
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) == 1
    assert [e.act for e in home.a.audit_log(acts=["export"])] == ["export", "export"]


def test_a_cancelled_meeting_is_told_as_such_and_is_on_no_agenda(home, editor, tmp_path):
    talk = next(m for m in editor.file.every_meeting if m.kind == "interview")
    PlanEditor(home.a, home.texts, talk.id).edit(outcome=Outcome.CANCELLED, why="kuume")
    found = shown(home)
    assert not any(e.is_near for e in found), "nobody comes to it"
    assert sum(len(day.rows) for day in agenda_days(Texts("fi"), found)) == 2
    save_calendar(home.a, found, tmp_path / "c.ics")
    assert (tmp_path / "c.ics").read_bytes().count(b"STATUS:CANCELLED") == 1
    assert b"kuume" not in (tmp_path / "c.ics").read_bytes()


def test_months_and_weeks_begin_on_monday():
    weeks = weeks_of(DAY)
    assert (weeks[0][0], weeks[-1][-1]) == MONTH
    assert {day.weekday() for week in weeks for day in week[:1]} == {0}
    assert week_of(DAY) == tuple(date(2026, 11, 2) + timedelta(days=n) for n in range(7))
    assert [later_month(date(2026, 12, 31), n) for n in (-12, 0, 1, 2)] == [
        date(2025, 12, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)
    ]  # fmt: skip


def test_a_meeting_after_midnight_is_of_its_own_local_day(home, editor):
    talk = next(m for m in editor.file.every_meeting if m.kind == "interview")
    late = datetime(2026, 11, 20, 0, 10).astimezone()
    PlanEditor(home.a, home.texts, talk.id).edit(held=late)
    (entry,) = on(shown(home), date(2026, 11, 20))
    assert entry.meeting_id == talk.id
