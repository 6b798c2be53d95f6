"""The page beside the text: of what is written now, at the cursor's place, and nothing of it left after a lock."""

import pytest
from PySide6.QtWidgets import QPushButton

from app.door import Door
from app.statement.beginning import begin_statement
from tests.drivers.settling import settle
from widgets.statement.section_text import SectionText
from widgets.statement.statement_screen import StatementScreen


@pytest.fixture
def room(home, stage, qtbot):
    home.compare()
    begin_statement(Door(home.a), home.texts, home.case_id, "en")
    place = stage(StatementScreen, player=True, case_id=home.case_id)
    yield place.room
    place.room.page.end()


def test_it_follows_the_text_and_the_cursor_and_nothing_stays(room, qtbot) -> None:
    switch = next(b for b in room.findChildren(QPushButton) if b.text() == "Page beside the text")
    with qtbot.waitSignal(room.page.made, timeout=20_000):
        switch.click()
    assert room.page.isVisible()
    assert not room.panel.isVisible()
    before = room.page.sheet.count
    assert before > 1
    room.open_section("attachments")
    assert room.page.number > 0
    room.open_section("commission")
    assert room.page.number == 0
    room.open_section("recommendation")
    settle()
    written = next(f for f in room.findChildren(SectionText) if f.isVisible())
    with qtbot.waitSignal(room.page.made, timeout=20_000):
        written.setFocus()
        for _ in range(40):
            written.insertPlainText("A long line of what is recommended, and why it is, for this child.\n")
        room.commit()
    qtbot.waitUntil(lambda: room.page.sheet.count > before, timeout=20_000)
    qtbot.waitUntil(lambda: room.page.number > 0, timeout=20_000)  # where the cursor is
    switch.click()
    assert room.panel.isVisible()
    room.close_film()
    assert room.page.sheet.count == 0
