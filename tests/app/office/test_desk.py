"""The desk: each worker's next thing to do, and nothing of the other's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.casework.case_editor import CaseEditor, new_case
from app.casework.case_file import case_file
from app.casework.closing import close
from app.door import Door
from app.model.change import Change, added
from app.model.circumstance import CircumstanceKind
from app.model.feedback import FeedbackTalk
from app.model.identity import new_id
from app.model.meeting import Outcome
from app.model.people import Interpreter
from app.office.desk import Waiting, desk
from app.services.library import meeting_kinds
from app.statement.beginning import begin_statement
from app.statement.editor import StatementEditor
from app.statement.final import make_final
from tests.material.house import Home, QuietArchive
from tests.material.written import gone_through, whole

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def waits(home, store, at: datetime = NOON) -> list[Waiting]:
    return [i.what for i in desk(store, QuietArchive(), 10**11, at).items]


def test_the_way_from_coding_to_the_approval(home) -> None:
    assert waits(home, home.a) == waits(home, home.b) == [Waiting.CODE]
    home.code(home.a, [("q", 5)])
    assert waits(home, home.a) == [Waiting.WAIT_FOR_PARTNER]
    assert waits(home, home.b) == [Waiting.CODE]
    home.code(home.b, [("q", 5)])
    assert waits(home, home.a) == [Waiting.COMPARE, Waiting.CHOOSE_MOMENTS, Waiting.WRITE]
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    whole(StatementEditor(home.a, home.texts, statement.id)).ask_for_check()
    assert Waiting.APPROVE in waits(home, home.b)
    assert Waiting.APPROVE not in waits(home, home.a)
    partner = StatementEditor(home.b, home.texts, statement.id)
    partner.approve()
    partner = gone_through(partner, home.a)
    make_final(partner, home.vault)
    assert Waiting.WRITE not in waits(home, home.a)
    assert Waiting.APPROVE not in waits(home, home.b)


def test_moments_are_chosen_until_a_talk_is_begun_and_it_is_told_of_when_it_is_near(home) -> None:
    for store in (home.a, home.b):
        home.code(store, [("q", 5)])
    (found,) = [i for i in desk(home.a, QuietArchive(), 1, NOON).items if i.what == Waiting.CHOOSE_MOMENTS]
    assert (found.meeting.id, found.called) == (home.meeting.id, "parent")
    talk = FeedbackTalk(new_id(), home.case_id, home.meeting.adult_id, NOON + timedelta(days=9))
    home.a.apply("talk", [added(talk)])
    assert not {Waiting.CHOOSE_MOMENTS, Waiting.HOLD_FEEDBACK} & set(waits(home, home.a))
    days = {d: waits(home, home.b, NOON + timedelta(days=d)).count(Waiting.HOLD_FEEDBACK) for d in (1, 2, 9, 16, 17)}
    assert days == {1: 0, 2: 1, 9: 1, 16: 1, 17: 0}
    near = desk(home.a, QuietArchive(), 1, NOON + timedelta(days=9))
    (item,) = [i for i in near.items if i.what == Waiting.HOLD_FEEDBACK]
    assert (item.talk, item.days_left((NOON + timedelta(days=9)).date())) == (talk, 0)
    home.a.apply("held", [Change(talk, replace(talk, held=NOON))])
    assert Waiting.HOLD_FEEDBACK not in waits(home, home.a, NOON + timedelta(days=9))


def test_plan_and_film_come_first(home) -> None:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    editor.add_meeting(editor.file.adults[0], NOON + timedelta(days=9))
    assert Waiting.PLAN in waits(home, home.a)
    home.add_meeting(home.meeting.adult_id, day=5)
    assert Waiting.FILM in waits(home, home.a)


def test_a_case_of_others_and_a_closed_one_are_not_here(home) -> None:
    close(Door(home.a), home.texts, case_file(home.a, home.case_id), date(2026, 11, 3), "syy")
    assert waits(home, home.a) == []
    other = new_case(Door(home.b), home.texts, "Other 1")
    assert all(d.case.id != other.id for d in desk(home.a, QuietArchive(), 1, NOON).deadlines)


def test_today_is_the_local_day(home) -> None:
    found = desk(home.a, QuietArchive(), 1, datetime(2026, 11, 3, 12, tzinfo=UTC))
    assert [row.meeting.id for row in found.today] == [home.meeting.id]
    assert desk(home.a, QuietArchive(), 1, NOON + timedelta(days=2)).today == ()


def test_deadlines_tell_how_much_is_spent(home) -> None:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    editor.edit(editor.file.commission, ordered=date(2026, 10, 24), deadline=date(2026, 11, 13))
    (found,) = desk(home.a, QuietArchive(), 1, NOON).deadlines
    assert found.spent == pytest.approx(0.5)
    late = desk(home.a, QuietArchive(), 1, NOON + timedelta(days=30))
    assert late.deadlines[0].spent == 1.0
    assert late.items[0].days_left(date(2026, 11, 16)) == -3


def test_a_backup_is_due_after_a_week(home) -> None:
    archive = QuietArchive()
    assert desk(home.a, archive, 1, NOON).backup_due
    archive.last = NOON - timedelta(days=6)
    assert not desk(home.a, archive, 1, NOON).backup_due
    archive.last = NOON - timedelta(days=8)
    assert desk(home.a, archive, 1, NOON).backup_due
    assert desk(home.a, archive, 1, NOON).recovery_code_missing


def test_while_the_partner_has_not_signed_in_nothing_is_there_to_be_compared(home) -> None:
    home.code(home.a, [("q", 5)])
    home.a.close()
    home.code(home.b, [("q", 5)])
    assert Waiting.WAIT_FOR_SIGN_IN in waits(home, home.b)
    assert Waiting.COMPARE not in waits(home, home.b)
    home.held.open(home.aino.id)
    assert Waiting.COMPARE in waits(home, home.b)


def test_today_tells_meetings_without_a_film_and_no_place_while_none_may_be_told(home) -> None:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    kind = next(k for k in meeting_kinds() if k.key == "interview")
    adult = editor.file.adults[0]
    talk = editor.book(kind, adult, NOON)
    editor.edit(talk, place="Salokuja 3")
    editor.book(kind, adult, NOON + timedelta(hours=2))
    editor.edit(editor.file.every_meeting[-1], outcome=Outcome.CANCELLED)
    rows = desk(home.a, QuietArchive(), 10**11, NOON).today
    told = [(r.meeting.kind, r.place, r.to_film) for r in rows if not r.meeting.is_filmed]
    assert told == [("interview", "Salokuja 3", False)]
    assert not any(r.is_interpreted for r in rows)
    editor.edit(editor.file.person(adult.id), interpreter=Interpreter.REMOTE)
    assert all(r.is_interpreted for r in desk(home.a, QuietArchive(), 10**11, NOON).today)
    editor.change_circumstance(editor.file.child, CircumstanceKind.NON_DISCLOSURE, "", NOON.date())
    assert {r.place for r in desk(home.a, QuietArchive(), 10**11, NOON).today} == {""}
