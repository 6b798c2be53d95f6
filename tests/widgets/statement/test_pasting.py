"""Pasting into a statement: paragraphs, headings, lists, bold and italic stay; a moved sentence keeps its source."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QUrl
from PySide6.QtGui import QTextCursor

from app.door import Door
from app.model.statement import ParagraphKind
from app.statement.beginning import begin_statement
from app.statement.editor import read_statement
from tests.drivers.settling import settle
from widgets.statement.section_text import SectionText
from widgets.statement.statement_room import StatementRoom
from widgets.statement.statement_screen import StatementScreen

BY_HAND = "parents-views"
PAGE = (
    "<h2>Koti</h2><p class=MsoNormal>Leikki on <b>rauhallista</b>.<img src='file:///nowhere.png'></p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>katse</p>"
)


@pytest.fixture
def desk(home, stage) -> StatementRoom:
    home.compare()
    home.statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    place = stage(StatementScreen, player=True, case_id=home.case_id)
    place.room.open_section(BY_HAND)
    return place.room


def field(desk, number: int = -1) -> SectionText:
    settle()
    shown = [f for f in desk.findChildren(SectionText) if f.isVisible()]
    made = sorted(shown, key=lambda f: f.mapTo(desk, QPoint()).y())[number]
    made.setFocus()
    return made


def carried(html: str = "", text: str = "") -> QMimeData:
    made = QMimeData()
    made.setHtml(html)
    if text:
        made.setText(text)
        made.setUrls([QUrl("https://example.org")])
    return made


def paragraphs(home, section: str = BY_HAND):
    return [p for p in read_statement(home.a, home.statement.id).section(section) if not p.cells]


def test_a_page_of_word_is_paragraphs_of_ours_in_one_step(desk, home, qtbot) -> None:
    line = field(desk)
    qtbot.keyClicks(line, "Home: ")
    line.insertFromMimeData(carried(PAGE))
    made = paragraphs(home)
    assert [(p.kind, p.text) for p in made] == [
        (ParagraphKind.BODY, "Home: Koti"),
        (ParagraphKind.BODY, "Leikki on rauhallista."),
        (ParagraphKind.ITEM, "katse"),
    ]
    assert [r.text for r in made[1].runs if r.bold] == ["rauhallista"]
    desk.undo()
    assert [p.text.strip() for p in paragraphs(home)] == ["Home:"]


def test_into_an_empty_paragraph_a_heading_comes_as_one(desk, home) -> None:
    field(desk).insertFromMimeData(carried(PAGE))
    assert [p.kind for p in paragraphs(home)] == [ParagraphKind.HEADING, ParagraphKind.BODY, ParagraphKind.ITEM]


def test_a_sentence_that_is_moved_keeps_its_source(desk, home) -> None:
    line = field(desk)
    desk.cite(0)
    (cited,) = [r for p in paragraphs(home) for r in p.runs if r.evidence]
    line.selectAll()
    moved = line.createMimeDataFromSelection()
    line.textCursor().removeSelectedText()
    desk.commit()
    assert paragraphs(home) == []
    desk.open_section("childs-view")
    field(desk).insertFromMimeData(moved)
    assert [r for p in paragraphs(home, "childs-view") for r in p.runs if r.evidence] == [cited]


def test_a_part_of_a_paragraph_is_copied_by_its_letters(desk, home, qtbot) -> None:
    line = field(desk)
    line.insertPlainText("🙂 one two")
    cursor = line.textCursor()
    cursor.setPosition(3)
    cursor.movePosition(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor)
    line.setTextCursor(cursor)
    held = line.createMimeDataFromSelection()
    line.moveCursor(QTextCursor.MoveOperation.End)
    line.insertFromMimeData(held)
    assert [p.text for p in paragraphs(home)] == ["🙂 one twoone "] or [p.text for p in paragraphs(home)] == [
        "🙂 one twoone"
    ]


def test_what_is_pasted_behind_a_question_stands_below_it(desk, home) -> None:
    desk.open_section("conclusions")
    line = field(desk, 0)
    asked = [p.text for p in paragraphs(home, "conclusions")]
    line.moveCursor(QTextCursor.MoveOperation.End)
    line.insertFromMimeData(carried("<p>Yes.</p><p>Often.</p>"))
    assert [p.text for p in paragraphs(home, "conclusions")] == [*asked, "Yes.", "Often."]
