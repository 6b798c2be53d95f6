"""The statement's table of meetings: every kind, what was missed, and nothing of who may not be named or where."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.casework.case_editor import CaseEditor
from app.casework.meeting_words import standing, standing_words
from app.casework.plans import PlanEditor
from app.door import Door
from app.i18n import Texts, today
from app.model.change import Change, added
from app.model.checks import Lack
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.identity import new_id
from app.model.meeting import Delivery, Meeting, Outcome
from app.model.people import Role
from app.model.statement import Statement
from app.services.library import meeting_kinds
from app.statement.beginning import begin_statement
from app.statement.checking import findings
from app.statement.editor import read_statement
from app.statement.evidence_of_meetings import offers_of_meetings
from app.statement.material import gather
from tests.material.house import LONG_AGO, Home

KINDS = {kind.key: kind for kind in meeting_kinds()}
HELD = datetime(2026, 11, 5, 8, tzinfo=UTC)


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def book(home, kind: str, days: int = 0, adult=None, **fields) -> Meeting:
    """A meeting some days after the first; its outcome and the rest as told."""
    editor = CaseEditor(home.a, home.texts, home.case_id)
    made = editor.book(KINDS[kind], adult or editor.file.adults[0], HELD + timedelta(days=days))
    assert made is not None
    home.a.apply("told", [Change(made, replace(made, **fields))])
    return home.a.get(Meeting, made.id)


def rows(home, language: str = "en", adult: str = "") -> list[dict[str, str]]:
    statement = begin_statement(Door(home.a), home.texts, home.case_id, language, adult=adult)
    found = [p for p in read_statement(home.a, statement.id).section("how-done") if p.source == "meetings"]
    return [dict(zip(found[0].cells[0], row, strict=True)) for row in found[0].cells[1:]] if found else []


def test_talks_visits_calls_and_what_was_missed_stand_by_their_time(home) -> None:
    call = book(home, "interview", 2, outcome=Outcome.HELD, delivery=Delivery.PHONE, minutes=35)
    book(home, "home-visit", 1, outcome=Outcome.HELD, delivery=Delivery.HOME, place="Salokuja 3", minutes=90)
    missed = book(home, "childs-meeting", 3, outcome=Outcome.NO_SHOW, why="kuumeessa")
    book(home, "network", 4, outcome=Outcome.CANCELLED, why="salainen syy", by_role=("social-worker",))
    found = rows(home)
    assert [row["Form"] for row in found] == [
        "MIM filming", "Home visit", "Interview, phone", "Meeting with the child", "Network meeting",
    ]  # fmt: skip
    t = Texts("en")
    for row, meeting in ((found[2], call), (found[3], replace(missed, why=""))):
        assert row["What came of it"] == standing_words(t, meeting, standing(meeting, today()))
        assert row["Date"] == t.date(meeting.held.astimezone().date())
    assert [row["What came of it"] for row in found][:3] == ["held", "held, 90 min", "held, 35 min"]
    assert found[0]["Recording"] == "1 min"
    assert [row["Recording"] for row in found[1:]] == [""] * 4
    assert found[1]["Place"] == "Salokuja 3"
    assert [row["Participants"] for row in found[1:4]] == ["Parent, child", "Parent", "Child"]
    assert not {"kuumeessa", "salainen syy"} & {cell for row in found for cell in row.values()}


def test_a_filmed_meeting_that_was_missed_is_a_row_and_no_sentence(home) -> None:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    later = home.add_meeting(editor.file.adults[0].id, 10)
    home.a.apply("missed", [Change(later, replace(later, outcome=Outcome.NO_SHOW))])
    found = rows(home)
    assert [(row["Form"], row["What came of it"]) for row in found] == [
        ("MIM filming", "held"), ("MIM filming", "did not come"),
    ]  # fmt: skip
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    how = read_statement(home.a, statement.id).section("how-done")
    assert f"filming/{later.id}" not in [p.source for p in how]


def test_what_nobody_has_told_is_in_no_table_and_is_asked_about(home) -> None:
    book(home, "interview", -30)
    ahead = book(home, "interview", 0)
    PlanEditor(home.a, home.texts, ahead.id).edit(held=datetime.now(UTC) + timedelta(days=30))
    assert [row["Form"] for row in rows(home)] == ["MIM filming"]
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    found = findings(home.a, read_statement(home.a, statement.id))
    (remark,) = [f for f in found if f.lack == Lack.MEETING_UNTOLD]
    day = (HELD - timedelta(days=30)).astimezone().date()
    assert (remark.section, remark.words) == ("how-done", (Texts("fi").date(day),))


def test_places_are_hidden_while_no_address_may_be_told(home) -> None:
    book(home, "home-visit", 1, outcome=Outcome.HELD, delivery=Delivery.HOME, place="Salokuja 3")
    assert "Salokuja 3" in str(rows(home))
    child = CaseEditor(home.a, home.texts, home.case_id).file.child
    told = Circumstance(new_id(), home.case_id, child.id, CircumstanceKind.NON_DISCLOSURE, "", LONG_AGO)
    home.a.apply("hidden", [added(told)])
    assert "Place" not in rows(home)[0]
    assert "Salokuja" not in str(rows(home))


def test_what_a_sentence_can_rest_on_tells_no_hidden_place(home) -> None:
    home.a.apply("told", [Change(home.meeting, replace(home.meeting, place="Salokuja 3"))])
    draft = begin_statement(Door(home.a), home.texts, home.case_id, "fi")

    def offered() -> str:
        return str(offers_of_meetings(gather(home.a, home.a.get(Statement, draft.id))))

    assert "Salokuja 3" in offered()
    child = CaseEditor(home.a, home.texts, home.case_id).file.child
    told = Circumstance(new_id(), home.case_id, child.id, CircumstanceKind.NON_DISCLOSURE, "", LONG_AGO)
    home.a.apply("hidden", [added(told)])
    assert "Salokuja" not in offered()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_meeting_with_who_is_kept_apart_stands_in_the_others_statement(home, language) -> None:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    adult = editor.file.adults[0]
    other = editor.add_person(Role.FOSTER_PARENT, "Bertil")
    editor.keep_apart(adult, other, apart=True)
    own = book(home, "interview", 1, adult, outcome=Outcome.HELD)
    book(home, "interview", 2, other, outcome=Outcome.NO_SHOW)
    book(home, "network", 3, adult, outcome=Outcome.HELD, adult_id="", others=(other.id,))
    found = rows(home, language, adult.id)
    days = {Texts(language).date(m.held.astimezone().date()) for m in (home.meeting, own)}
    assert {next(iter(row.values())) for row in found} == days
    assert "Bertil" not in str(found)
