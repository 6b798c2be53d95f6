"""Own notes are kept as they are typed; the history goes to any step and tells what an observation was."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from app.model.observation import BookmarkColor, How
from app.model.private_note import NoteKind
from app.model.timecode import SECOND
from app.settings.preferences import Preferences
from tests.material.pressing import press
from widgets.coding.history_panel import HistoryPanel
from widgets.coding.notes_panel import NotesPanel


@pytest.fixture
def shown(qtbot):
    windows = []

    def show(panel: QWidget) -> QWidget:
        window = QWidget()
        window.resize(560, 700)
        qtbot.addWidget(window)
        windows.append(window)
        panel.setParent(window)
        panel.setGeometry(window.rect())
        window.show()
        window.activateWindow()
        return panel

    yield show
    for window in windows:
        window.close()


def test_what_is_typed_is_kept_after_a_pause_and_when_the_keys_leave(home, shown, qtbot) -> None:
    editor = home.editor()
    panel = shown(NotesPanel(editor, Preferences()))
    panel.impression.setFocus()
    with qtbot.waitSignal(editor.changed):
        qtbot.keyClicks(panel.impression, "rauhallinen")
    assert editor.private_note(NoteKind.IMPRESSION).text == "rauhallinen"
    panel.task.setCurrentIndex(1)
    panel.task_note.setFocus()
    panel.task_note.insertPlainText("tässä")
    panel.task.setCurrentIndex(2)
    assert editor.private_note(NoteKind.TASK, 2).text == "tässä"
    assert panel.task_note.toPlainText() == ""


def test_a_bookmark_is_gone_to_named_colored_and_removed(home, shown, qtbot, hands) -> None:
    editor = home.editor()
    panel = shown(NotesPanel(editor, Preferences()))
    editor.bookmark(7 * SECOND)
    hands.settle()
    with qtbot.waitSignal(panel.jump_requested) as heard:
        hands.click(hands.named(panel, "Go to 00:07", QPushButton))
    assert heard.args == [7 * SECOND]
    hands.fill(hands.named(panel, "Word of the bookmark at 00:07", QLineEdit), "katse")
    hands.settle()
    hands.choose(hands.named(panel, "Color of the bookmark at 00:07", QComboBox), "■ green")
    (bookmark,) = editor.coding.bookmarks.values()
    assert (bookmark.word, bookmark.color) == ("katse", BookmarkColor.GREEN)
    editor.remove_bookmark(bookmark)
    hands.settle()
    assert "00:07" not in hands.words(panel)
    assert "leaves a bookmark at the picture" in hands.words(panel)


def test_any_step_can_be_gone_back_and_forward_to(home, shown, hands) -> None:
    editor = home.editor()
    for n, key in enumerate("qah"):
        press(editor, key, n * SECOND)
    panel = shown(HistoryPanel(editor, Preferences()))
    assert panel.steps.count() == 4
    panel.steps.setCurrentRow(1)
    hands.key(panel.steps, Qt.Key.Key_Return)
    assert [o.code for o in editor.coding.sorted_observations()] == ["AS"]
    assert panel.steps.currentRow() == 1
    assert panel.steps.count() == 4, "what is undone stays in the list"
    panel.steps.setCurrentRow(3)
    hands.key(panel.steps, Qt.Key.Key_Return)
    assert len(editor.coding.observations) == 3


def test_every_earlier_state_of_an_observation_is_told(home, shown) -> None:
    editor = home.editor()
    press(editor, "q", 5 * SECOND)
    (o,) = editor.coding.observations.values()
    editor.edit(o, replace(o, start=6 * SECOND, note="selvä"))
    panel = shown(HistoryPanel(editor, Preferences()))
    panel.show_observation(editor.coding.observations[o.id])
    rows = [panel.journal.item(n).text() for n in range(panel.journal.count())]
    assert len(rows) == 2
    assert "00:00:05.000 → 00:00:06.000" in rows[1]
    assert "– → selvä" in rows[1]


def test_an_earlier_state_is_told_in_words(home, shown) -> None:
    """Code, person, kind and way by their names; what the program alone needs is not told."""
    editor = home.editor()
    press(editor, "q", 5 * SECOND)
    (o,) = editor.coding.observations.values()
    to = replace(o, code="CR", person="child1", modifiers=("crying",), how=How.EDITED, seen_on="film", seen_at=7)
    editor.edit(o, to)
    panel = shown(HistoryPanel(editor, Preferences()))
    panel.show_observation(editor.coding.observations[o.id])
    told = panel.journal.item(panel.journal.count() - 1).text()
    scheme, t = editor.scheme, editor.texts
    (crying,) = (m for m in scheme.code("CR").modifiers if m.id == "crying")
    for words in (
        f"{t.words(scheme.code('AS').name)} → {t.words(scheme.code('CR').name)}",
        f"– → {t.words(crying.name)}",
        "Adult → Child",
        "by key → edited",
    ):
        assert words in told
    assert "film" not in told
