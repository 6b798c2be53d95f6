"""Sources and text blocks put into the text by a key and a few letters; places filled by Tab."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.door import Door
from app.statement.beginning import begin_statement
from app.statement.blocks import TextBlocks
from app.statement.editor import read_statement
from app.statement.evidence import offers
from tests.drivers.settling import settle
from widgets.statement.blocks_dialog import BlocksDialog
from widgets.statement.palette import Palette
from widgets.statement.section_text import SectionText
from widgets.statement.statement_room import StatementRoom
from widgets.statement.statement_screen import StatementScreen

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
BY_HAND = "parents-views"


@pytest.fixture
def desk(home, stage) -> StatementRoom:
    home.compare()
    home.statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    room = stage(StatementScreen, player=True, case_id=home.case_id).room
    room.open_section(BY_HAND)
    return room


def field(desk) -> SectionText:
    settle()
    shown = [f for f in desk.findChildren(SectionText) if f.isVisible()]
    made = max(shown, key=lambda f: f.mapTo(desk, QPoint()).y())
    made.setFocus()
    return made


def written(home) -> list[str]:
    return [p.text.strip() for p in read_statement(home.a, home.statement.id).section(BY_HAND)]


def test_a_source_by_a_few_letters(desk, hands, home, qtbot) -> None:
    line, seen = field(desk), []
    offer = next(o for o in offers(home.a, desk.editor.statement) if o.evidence.kind == "meeting")

    def answer(dialog) -> None:
        assert isinstance(dialog, Palette)
        qtbot.keyClicks(dialog.words, "meeting on")
        seen.append(dialog.list.count())
        qtbot.keyClick(dialog.words, Key.Key_Return)

    hands.answering(answer, lambda: qtbot.keyClick(line, Key.Key_E, CTRL))
    assert seen == [1]
    assert written(home) == [offer.text]
    (cited,) = [r for p in read_statement(home.a, home.statement.id).section(BY_HAND) for r in p.runs if r.evidence]
    assert cited.text == offer.text
    assert desk.window().focusWidget() is line


def test_a_block_is_put_in_and_tab_goes_from_place_to_place(desk, hands, home, qtbot) -> None:
    TextBlocks(home.a, home.texts).add(name="Visit", language="en", words="{name} came on {day}.\nAll was calm.")
    line = field(desk)
    hands.answering(lambda d: qtbot.keyClick(d.words, Key.Key_Return), lambda: qtbot.keyClick(line, Key.Key_T, CTRL))
    desk.window().activateWindow()
    assert desk.window().focusWidget() is line
    assert line.textCursor().selectedText() == "{name}"
    qtbot.keyClicks(line, "Oona")
    qtbot.keyClick(line, Key.Key_Tab)
    assert line.textCursor().selectedText() == "{day}"
    qtbot.keyClicks(line, "Monday")
    desk.commit()
    assert written(home) == ["Oona came on Monday.", "All was calm."]
    qtbot.keyClick(line, Key.Key_Tab)
    assert desk.window().focusWidget() is not line, "Tab is Tab again"


def test_blocks_are_made_and_edited_from_the_room(desk, home, hands, qtbot) -> None:
    def edit(dialog) -> None:
        assert isinstance(dialog, BlocksDialog)
        qtbot.keyClicks(dialog.name, "Visit")
        hands.press(dialog, "Save")
        assert dialog.missing.isVisibleTo(dialog), "no words yet"
        qtbot.keyClicks(dialog.words, "One.")
        hands.press(dialog, "Save")
        assert dialog.list.count() == 1
        qtbot.keyClicks(dialog.words, "Two. ")
        hands.press(dialog, "Save")
        hands.press(dialog, "Close")

    hands.answering(edit, desk.edit_blocks)
    (made,) = TextBlocks(home.a, home.texts).blocks()
    assert (made.name, made.words, made.section, made.language) == ("Visit", "Two. One.", BY_HAND, "en")
