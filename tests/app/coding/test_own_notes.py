"""Own notes are erased when their statement is signed, words and all, unless their coder keeps them."""

from dataclasses import replace

import pytest

from app.coding import own_notes
from app.door import Door
from app.model.change import Change, added
from app.model.identity import new_id
from app.model.private_note import NoteKind, PrivateNote
from app.model.statement import Stage, Statement
from tests.material.builders import A_DAY
from tests.material.house import Home


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def statement(home: Home, stage: Stage) -> Statement:
    return Statement(new_id(), home.case_id, new_id(), 1, "fi", "mim", A_DAY, meetings=(home.meeting.id,), stage=stage)


def test_notes_go_when_the_statement_is_signed_and_not_before(home) -> None:
    home.compare()  # both codings are ready: notes may still be written, and end
    editor = home.editor()
    assert editor.write_private_note(NoteKind.IMPRESSION, "lämmin alku")
    assert editor.write_private_note(NoteKind.TASK, "palaa tähän", 2, keep=True)
    other = home.editor(home.b)
    assert other.write_private_note(NoteKind.IMPRESSION, "toisen oma")
    made = statement(home, Stage.FINAL)
    home.a.apply("statement", [added(made)])
    assert own_notes.erase_due(Door(home.a), home.texts) == 0
    home.a.apply("signed", [Change(made, replace(made, stage=Stage.SIGNED))])
    assert own_notes.erase_due(Door(home.a), home.texts) == 1
    assert [n.text for n in home.a.find(PrivateNote)] == ["palaa tähän"]
    assert [n.text for n in home.b.find(PrivateNote)] == ["toisen oma"]
    assert own_notes.erase_due(Door(home.b), home.texts) == 1
    assert own_notes.erase_due(Door(home.b), home.texts) == 0
    assert home.b.find(PrivateNote) == ()


def test_a_statement_of_another_meeting_ends_no_notes(home) -> None:
    home.editor().write_private_note(NoteKind.IMPRESSION, "lämmin alku")
    home.a.apply("s", [added(replace(statement(home, Stage.DELIVERED), meetings=()))])
    assert own_notes.erase_due(Door(home.a), home.texts) == 0
