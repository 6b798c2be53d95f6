"""Comments in the margin: said about a passage by a key, answered, settled, gone to the section with their passage."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.door import Door
from app.errors import NotAllowed
from app.i18n import now
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.writing_aids import MarginAnswer, MarginComment
from app.statement import margin
from app.statement.beginning import begin_statement
from app.statement.document import document_of
from app.statement.editor import read_statement
from tests.drivers.settling import settle
from widgets.statement.margin_panel import Writing
from widgets.statement.section_text import SectionText
from widgets.statement.statement_room import StatementRoom
from widgets.statement.statement_screen import StatementScreen

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
BY_HAND = "parents-views"


@pytest.fixture
def desk(home, stage, qtbot) -> StatementRoom:
    home.compare()
    home.statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    room = stage(StatementScreen, player=True, case_id=home.case_id).room
    room.open_section(BY_HAND)
    qtbot.keyClicks(field(room), "Calm talk.")
    room.commit()
    return room


def field(desk) -> SectionText:
    settle()
    shown = [f for f in desk.findChildren(SectionText) if f.isVisible()]
    made = max(shown, key=lambda f: f.mapTo(desk, QPoint()).y())
    made.setFocus()
    return made


def said(desk) -> list[str]:
    settle()
    return [x.text() for x in desk.margin.findChildren(QLabel)]


def comment(desk, qtbot, words: str) -> MarginComment:
    line = field(desk)
    cursor = line.textCursor()
    cursor.setPosition(0)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
    line.setTextCursor(cursor)
    qtbot.keyClick(line, Key.Key_M, CTRL)
    (writing,) = desk.margin.findChildren(Writing)
    assert writing.field.hasFocus()
    qtbot.keyClicks(writing.field, words)
    qtbot.keyClick(writing.field, Key.Key_Return, CTRL)
    return margin.comments_of(desk.editor.store, desk.editor.statement.id)[-1]


def test_said_about_what_is_chosen_and_the_keys_are_in_the_text_again(desk, home, qtbot) -> None:
    made = comment(desk, qtbot, "Is it so?")
    assert (made.words, made.text, made.section) == ("Calm", "Is it so?", BY_HAND)
    assert {"”Calm”", "Is it so?"} <= set(said(desk))
    assert isinstance(QApplication.focusWidget(), SectionText)
    assert desk.margin.passages() == [(made.paragraph_id, 0, 4)]
    row = desk.editor.section_keys.index(BY_HAND)
    assert desk.sections.item(row).text().endswith("(1)")
    desk.undo()
    assert desk.margin.isHidden()
    assert margin.comments_of(home.a, home.statement.id) == ()


def test_settled_and_opened_again_by_an_answer(desk, hands, home, qtbot) -> None:
    made = comment(desk, qtbot, "Is it so?")
    hands.press(desk.margin, "Settle")
    (settled,) = margin.comments_of(home.a, home.statement.id)
    assert settled.resolved is not None
    assert desk.margin.passages() == []
    assert margin.answer(desk.editor, settled, "Yes.")
    (answered,) = margin.comments_of(home.a, home.statement.id)
    assert answered.resolved is None
    assert [a.text for a in answered.answers] == ["Yes."]
    assert made.id == answered.id


def test_where_its_passage_is_gone_it_stays_on_the_section(desk, home, qtbot) -> None:
    comment(desk, qtbot, "Is it so?")
    line = field(desk)
    line.selectAll()
    qtbot.keyClicks(line, "Other words.")
    desk.commit()
    desk.open_section("family")
    assert desk.margin.isHidden()
    desk.open_section(BY_HAND)
    assert "Is it so?" in said(desk)
    assert any("changed since" in x for x in said(desk))
    line = field(desk)
    line.clear()
    desk.commit()
    desk.open_section("family")
    desk.open_section(BY_HAND)
    assert read_statement(home.a, home.statement.id).section(BY_HAND) == ()
    assert "Is it so?" in said(desk)


def test_esc_says_nothing(desk, home, qtbot) -> None:
    qtbot.keyClick(field(desk), Key.Key_M, CTRL)
    (writing,) = desk.margin.findChildren(Writing)
    qtbot.keyClicks(writing.field, "x")
    qtbot.keyClick(writing.field, Key.Key_Escape)
    assert margin.comments_of(home.a, home.statement.id) == ()
    assert desk.margin.isHidden()


def test_nothing_of_it_is_printed_and_no_approval_falls(desk, home, qtbot) -> None:
    comment(desk, qtbot, "ZORKK")
    assert "ZORKK" not in repr(document_of(home.a, desk.editor.statement))


def test_each_says_and_takes_back_only_its_own(desk, home) -> None:
    mine = MarginComment(new_id(), home.statement.id, BY_HAND, "", "", home.a.worker.id, now(), "one")
    home.a.apply("x", [added(mine)])
    for change in (
        removed(mine),
        Change(mine, replace(mine, text="other")),
        Change(mine, replace(mine, section="family")),
        added(replace(mine, id=new_id())),
    ):
        with pytest.raises(NotAllowed, match="margin-anothers"):
            home.b.apply("x", [change])
    answered = replace(mine, answers=(MarginAnswer(home.b.worker.id, now(), "two"),))
    home.b.apply("x", [Change(mine, answered)])
    with pytest.raises(NotAllowed, match="margin-anothers"):
        home.a.apply("x", [removed(answered)])
    settled = replace(answered, resolved=now())
    home.a.apply("x", [Change(answered, settled)])
    assert home.b.find(MarginComment) == (settled,)


def test_only_who_said_it_may_remove_it(desk, qtbot) -> None:
    comment(desk, qtbot, "Is it so?")
    assert any(b.text() == "Remove" for b in desk.margin.findChildren(QPushButton))
