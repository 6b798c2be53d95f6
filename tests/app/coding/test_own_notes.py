"""Own notes are erased when a final statement is about their meeting, words and all, unless their coder keeps them."""

from datetime import date

import pytest

from app.casework import requests
from app.casework.case_editor import CaseEditor
from app.coding import own_notes
from app.door import Door
from app.model.change import added
from app.model.private_note import NoteKind, PrivateNote
from app.model.request import Reply, RequestKind
from app.model.statement import Statement
from app.statement.beginning import begin_statement
from app.statement.editor import StatementEditor
from app.statement.final import make_final
from tests.material.house import Home
from tests.material.written import gone_through, whole


@pytest.fixture
def home(qapp) -> Home:
    made = Home()
    made.compare()  # both codings are ready: notes may still be written, and end
    return made


def wrote_notes(home: Home) -> None:
    editor = home.editor()
    assert editor.write_private_note(NoteKind.IMPRESSION, "lämmin alku")
    assert editor.write_private_note(NoteKind.TASK, "palaa tähän", 2, keep=True)
    other = home.editor(home.b)
    assert other.write_private_note(NoteKind.IMPRESSION, "toisen oma")


def erased(store, home: Home) -> int:
    """As when the store's worker opens the archive."""
    return own_notes.erase_due(Door(store), home.texts)


def asked_for_check(home: Home, meetings: tuple[str, ...] | None = None) -> Statement:
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi", meetings)
    assert whole(StatementEditor(home.a, home.texts, statement.id)).ask_for_check()
    return statement


def made_final(home: Home, statement: Statement) -> None:
    partner = StatementEditor(home.b, home.texts, statement.id)
    assert partner.approve()
    partner = gone_through(partner, home.a)
    assert make_final(partner, home.vault)


def test_notes_go_when_the_statement_is_final_and_not_before(home) -> None:
    wrote_notes(home)
    statement = asked_for_check(home)
    assert erased(home.a, home) == 0
    made_final(home, statement)
    assert erased(home.a, home) == 1
    assert [n.text for n in home.a.find(PrivateNote)] == ["palaa tähän"]
    assert [n.text for n in home.b.find(PrivateNote)] == ["toisen oma"], "a worker's notes are ended by no other"
    assert erased(home.b, home) == 1
    assert erased(home.b, home) == 0
    assert home.b.find(PrivateNote) == ()


def test_an_open_request_and_a_hold_keep_them(home) -> None:
    wrote_notes(home)
    made_final(home, asked_for_check(home))
    day = date(2026, 11, 2)
    asked = requests.asked(home.case_id, RequestKind.OWN_DATA, day, asked_by="äiti")
    hold = requests.hold(home.case_id, home.a.worker.id, day, "valitus")
    home.a.apply("kept", [added(asked), added(hold)])
    assert erased(home.a, home) == 0
    home.a.apply("answered", [requests.answered(asked, Reply.TAKEN_BACK, day, "")])
    assert erased(home.a, home) == 0
    home.a.apply("ended", [requests.ended(hold, day)])
    assert erased(home.a, home) == 1


def test_the_words_of_an_erased_note_are_nowhere(home) -> None:
    wrote_notes(home)
    (note,) = [n for n in home.a.find(PrivateNote) if not n.keep]
    made_final(home, asked_for_check(home))
    erased(home.a, home)
    assert "lämmin alku" not in repr(home.a.history(note.id))
    assert home.a.audit_log()[-1].act == "erase"


def test_a_statement_that_is_not_about_the_meeting_ends_no_notes(home) -> None:
    case = CaseEditor(home.a, home.texts, home.case_id)
    other = home.add_meeting(case.file.adults[0].id, day=9)
    wrote_notes(home)
    made_final(home, asked_for_check(home, (other.id,)))
    assert erased(home.a, home) == erased(home.b, home) == 0
