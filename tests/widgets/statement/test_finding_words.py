"""Find and replace in the room, by its keys; the mark for done; how many words there are."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.door import Door
from app.statement.beginning import begin_statement
from app.statement.editor import read_statement
from tests.drivers.settling import settle
from widgets.statement.section_text import SectionText
from widgets.statement.statement_room import StatementRoom
from widgets.statement.statement_screen import StatementScreen

Key, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BY_HAND = "parents-views"


@pytest.fixture
def place(home, stage) -> StatementScreen:
    home.compare()
    home.statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    return stage(StatementScreen, player=True, case_id=home.case_id)


@pytest.fixture
def desk(place, qtbot) -> StatementRoom:
    place.room.open_section(BY_HAND)
    qtbot.keyClicks(field(place.room), "Calm talk and calm play.")
    place.room.commit()
    return place.room


def field(desk) -> SectionText:
    settle()
    shown = [f for f in desk.findChildren(SectionText) if f.isVisible()]
    made = max(shown, key=lambda f: f.mapTo(desk, QPoint()).y())
    made.setFocus()
    return made


def words(home) -> list[str]:
    return [p.text for p in read_statement(home.a, home.statement.id).section(BY_HAND)]


def test_found_places_are_walked_by_enter_and_the_text_has_the_keys_again(place, desk, qtbot) -> None:
    desk.open_section("family")
    place.search()
    bar = desk.find_bar
    assert bar.words.hasFocus()
    qtbot.keyClicks(bar.words, "calm")
    assert bar.state.text() == "2 places"
    qtbot.keyClick(bar.words, Key.Key_Return)
    assert bar.state.text() == "1 of 2"
    qtbot.keyClick(bar.words, Key.Key_Return, SHIFT)
    assert bar.state.text() == "2 of 2"
    qtbot.keyClick(bar.words, Key.Key_Escape)
    assert bar.isHidden()
    found = QApplication.focusWidget()
    assert isinstance(found, SectionText)
    assert (found.textCursor().selectedText(), found.textCursor().selectionStart()) == ("calm", 14)


def test_replacing_all_is_one_step(desk, home, qtbot) -> None:
    qtbot.keyClick(field(desk), Key.Key_H, CTRL)
    bar = desk.find_bar
    qtbot.keyClicks(bar.words, "calm")
    qtbot.keyClicks(bar.instead, "quiet")
    qtbot.mouseClick(bar.all, Qt.MouseButton.LeftButton)
    assert words(home) == ["quiet talk and quiet play."]
    assert bar.state.text() == "Replaced 2 places."
    desk.undo()
    assert words(home) == ["Calm talk and calm play."]


def test_one_after_the_other(desk, home, qtbot) -> None:
    desk.seek(replacing=True)
    bar = desk.find_bar
    qtbot.keyClicks(bar.words, "calm")
    qtbot.keyClicks(bar.instead, "calm, calm")
    qtbot.keyClick(bar.instead, Key.Key_Return)
    assert bar.state.text() == "1 of 2"
    qtbot.keyClick(bar.instead, Key.Key_Return)
    assert words(home) == ["calm, calm talk and calm play."]
    assert bar.state.text() == "3 of 3", "what was put in is not replaced again"


def test_done_is_a_mark_of_the_writers_by_a_key(desk, home, qtbot) -> None:
    line = field(desk)
    row = next(n for n, s in enumerate(desk.editor.section_keys) if s == BY_HAND)
    assert "✓" not in desk.sections.item(row).text()
    qtbot.keyClick(line, Key.Key_D, CTRL | SHIFT)
    assert read_statement(home.a, home.statement.id).statement.done == (BY_HAND,)
    assert "✓" in desk.sections.item(row).text()
    assert desk.sections.item(row).data(Qt.ItemDataRole.AccessibleTextRole).endswith("done")
    assert field(desk) is line, "the text stays under the hands"
    assert desk.done.isChecked()
    desk.undo()
    assert read_statement(home.a, home.statement.id).statement.done == ()


def test_words_of_the_section_and_of_the_whole(desk) -> None:
    total = sum(desk.editor.word_counts().values())
    assert any(x.text() == f"Section 5 words · document {total} words" for x in desk.findChildren(QLabel))


def test_sections_are_turned_by_keys(desk, qtbot) -> None:
    keys = desk.editor.section_keys
    qtbot.keyClick(field(desk), Key.Key_PageDown, CTRL)
    assert desk.sections.currentRow() == keys.index(BY_HAND) + 1
