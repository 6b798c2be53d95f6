"""*Getting started*: one step after another, and nothing of the partner's coding on the way."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.casework.case_editor import CaseEditor, new_case
from app.door import Door
from app.i18n import Texts
from app.model.change import Change, added
from app.model.consent import Purpose
from app.model.identity import new_id
from app.model.people import Worker
from app.model.plan import planned
from app.office.beginning import Stand, Step, beginning
from app.office.beginning_words import action, as_page, title, why
from app.schemes import library
from app.statement.beginning import begin_statement
from app.statement.editor import StatementEditor
from app.statement.final import make_final
from tests.material.builders import recording
from tests.material.house import LONG_AGO, MINUTE, Home
from tests.material.written import gone_through, whole
from tests.stand_ins.fakes import MemoryArchive

DAY = date(2026, 11, 3)


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def now(store) -> Step | None:
    found = beginning(store, DAY).now
    return None if found is None else found.step


def test_an_empty_archive_begins_with_a_case_and_goes_on_to_the_film(qapp) -> None:
    held, me, other, texts = MemoryArchive(), Worker(new_id(), "One"), Worker(new_id(), "Other"), Texts("en")
    store = held.open(me.id)
    store.apply("workers", [added(me)], act="create")
    assert now(store) == Step.CASE
    case = new_case(Door(store), texts, "Star 1")
    assert now(store) == Step.COLLEAGUE
    store.apply("workers", [added(other)], act="create")
    assert now(store) == Step.PARTNER
    editor = CaseEditor(store, texts, case.id)
    editor.edit(editor.file.case, partner=other.id)
    assert now(store) == Step.QUESTIONS
    editor.edit(editor.file.commission, questions=("What helps?",))
    assert now(store) == Step.CONSENTS
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.FILMING, LONG_AGO)
    assert now(store) == Step.MEETING
    meeting = editor.add_meeting(editor.file.adults[0], datetime(2026, 11, 3, 9, tzinfo=UTC))
    assert meeting is not None
    assert now(store) == Step.PLAN
    store.apply("plan", [Change(meeting, replace(meeting, plan=(planned(library.task_cards()[0]),)))])
    step = beginning(store, DAY).now
    assert step is not None
    assert (step.step, step.place, step.ids) == (Step.FILM, "filming", {"meeting_id": meeting.id})
    store.apply("film", [added(recording(meeting.id, MINUTE))])
    assert now(store) == Step.CODE
    assert beginning(store, DAY).done == list(Step).index(Step.CODE)


def test_from_coding_to_the_final_statement(home) -> None:
    assert now(home.a) == now(home.b) == Step.CODE
    home.code(home.a, [("q", 5)])
    assert now(home.a) == Step.PARTNER_READY
    home.code(home.b, [("q", 5)])
    assert now(home.a) == Step.COMPARE
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    assert now(home.a) == Step.STATEMENT
    whole(StatementEditor(home.a, home.texts, statement.id)).ask_for_check()
    assert now(home.a) == now(home.b) == Step.FINAL
    partner = StatementEditor(home.b, home.texts, statement.id)
    partner.approve()
    partner = gone_through(partner, home.a)
    make_final(partner, home.vault)
    assert now(home.a) is None
    assert beginning(home.a, DAY).done == len(Step)


def test_it_is_the_same_whatever_the_partner_has_done_until_both_are_ready(home) -> None:
    before = beginning(home.a, DAY)
    home.editor(home.b)
    assert beginning(home.a, DAY) == before
    home.code(home.b, [("q", 5), ("a", 12)])
    assert beginning(home.a, DAY) == before


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_step_has_its_words_and_the_page_names_what_is_next(language, home) -> None:
    t = Texts(language)
    for step in Step:
        assert title(t, step)
        assert why(t, step).endswith(".")
        assert action(t, step)
    told = as_page(t, beginning(home.a, DAY))
    assert f"](step:{Step.CODE})" in told
    assert told.count("\n- ") == len(Step)
    assert told.count("✓") == sum(s.stand == Stand.DONE for s in beginning(home.a, DAY).steps)
