"""The red line under a wrong word, and what is offered for it by a key."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication, QMenu

from app.door import Door
from app.ports.signing import NoCards
from app.statement.beginning import begin_statement
from app.statement.editor import read_statement
from tests.drivers.settling import settle
from tests.stand_ins.fake_player import FakePlayer
from widgets.statement.section_text import SectionText
from widgets.statement.statement_room import StatementRoom
from widgets.statement.statement_screen import StatementScreen

Key = Qt.Key
BY_HAND = "parents-views"
WAVE = QTextCharFormat.UnderlineStyle.SpellCheckUnderline


class Dictionary:
    def of(self, _language):
        return self

    def is_right(self, word) -> bool:
        return word != "claar"

    def suggested(self, _word):
        return ("clear", "claret")


class Nothing:
    def of(self, _language):
        return None


@pytest.fixture
def begun(home, stage):
    home.compare()
    home.statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")

    def make(spellers) -> StatementScreen:
        return stage(StatementScreen, FakePlayer, NoCards, spellers, case_id=home.case_id)

    return make


@pytest.fixture
def desk(begun) -> StatementRoom:
    room = begun(Dictionary()).room
    room.open_section(BY_HAND)
    return room


def field(desk) -> SectionText:
    settle()
    shown = [f for f in desk.findChildren(SectionText) if f.isVisible()]
    made = max(shown, key=lambda f: f.mapTo(desk, QPoint()).y())
    made.setFocus()
    return made


def marked(line: SectionText) -> list[str]:
    block, rows = line.document().begin(), []
    while block.isValid():
        waves = [f for f in block.layout().formats() if f.format.underlineStyle() == WAVE]
        rows += [block.text()[f.start : f.start + f.length] for f in waves]
        block = block.next()
    return rows


def test_a_wrong_word_is_marked_when_it_was_left(desk, qtbot) -> None:
    line = field(desk)
    qtbot.keyClicks(line, "A claar")
    qtbot.waitUntil(lambda: not desk.spelling.is_asking)
    assert marked(line) == [], "not while it is being written"
    qtbot.keyClicks(line, " view")
    qtbot.waitUntil(lambda: marked(line) == ["claar"])


def test_the_next_error_by_a_key_and_its_first_suggestion_by_enter(desk, home, qtbot) -> None:
    line = field(desk)
    qtbot.keyClicks(line, "A claar view.")
    desk.commit()
    desk.open_section("family")
    qtbot.waitUntil(lambda: not desk.spelling.is_asking)
    qtbot.keyClick(field(desk), Key.Key_F7)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [a.text() for a in menu.actions() if a.text()]
    assert words == ["clear", "claret", "Add to own words", "Add to the office's words"]
    qtbot.keyClick(menu, Key.Key_Return)
    desk.commit()
    assert [p.text for p in read_statement(home.a, home.statement.id).section(BY_HAND)] == ["A clear view."]


def test_an_own_word_loses_its_mark_and_what_is_typed_stays(desk, qtbot) -> None:
    line = field(desk)
    qtbot.keyClicks(line, "A claar view")
    qtbot.waitUntil(lambda: marked(line) == ["claar"])
    assert desk.spelling.take("claar", for_office=False)
    qtbot.waitUntil(lambda: marked(line) == [])
    assert line.toPlainText() == "A claar view"


def test_absent_is_told_once(begun, home, room, qtbot) -> None:
    place = begun(Nothing())
    for words in ("one ", "two "):
        place.opened(case_id=home.case_id)  # the room is made anew
        made = place.room
        made.open_section(BY_HAND)
        qtbot.keyClicks(field(made), words)
        qtbot.waitUntil(lambda made=made: made.spelling.is_absent)
    told = [n.text for n in room.space.notices.standing if "Hunspell" in n.text]
    assert len(told) == 1
