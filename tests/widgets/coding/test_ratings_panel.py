"""The rating sheet: anchors above their columns, evidence by one press, sheets of tasks, what is missing said."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from app.model.timecode import SECOND
from app.settings.preferences import Preferences
from app.shortcuts.own_keys import KeyMap
from tests.drivers.hands import Hands
from tests.material.pressing import press
from widgets.coding.rating_row import NO_OCCASION
from widgets.coding.ratings_panel import RatingsPanel


@pytest.fixture
def editor(home):
    made = home.editor()
    for key, second in (("q", 5), ("h", 12), ("q", 30)):
        press(made, key, second * SECOND)
    return made


@pytest.fixture
def preferences() -> Preferences:
    return Preferences()


@pytest.fixture
def panel(editor, preferences, qtbot):
    window = QWidget()
    window.resize(620, 700)
    qtbot.addWidget(window)
    made = RatingsPanel(editor, preferences, lambda: editor.coding.sorted_observations()[:2])
    made.setParent(window)
    made.setGeometry(window.rect())
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield made
    window.close()


def row_of(panel, item: str):
    return next(r for r in panel._rows if r.item.id == item)


def test_every_point_of_the_scale_has_its_anchor_in_words_above_it(panel, editor) -> None:
    shown = [line.text() for line in panel.findChildren(QLabel)]
    for anchor in editor.instrument.anchors:
        assert editor.texts.words(anchor.name) in shown
    assert editor.texts.words(editor.instrument.no_occasion) in shown


def test_what_is_chosen_becomes_evidence_of_the_item_worked_on_last(panel, editor) -> None:
    row = row_of(panel, "guiding")
    assert not panel.link_chosen()
    row._on_point(4)
    assert panel.current_item() == editor.texts.words(row.item.name)
    assert panel.link_chosen()
    assert not panel.link_chosen(), "what is linked already is not linked twice"
    first, second, _ = editor.coding.sorted_observations()
    assert row.rating().evidence == (first.id, second.id)
    moments = [b for b in row.findChildren(QPushButton) if b.objectName() == second.id]
    assert len(moments) == 1
    assert row.unlink(second.id)
    assert row.rating().evidence == (first.id,)
    editor.undo()
    editor.undo()
    assert row.rating().evidence == ()


def test_a_link_leads_to_its_moment(panel, editor, qtbot) -> None:
    row = row_of(panel, "limits")
    row._on_point(3)
    row.link()
    first = editor.coding.sorted_observations()[0]
    made = next(b for b in row.findChildren(QPushButton) if b.objectName() == first.id)
    with qtbot.waitSignal(panel.jump_requested) as heard:
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert heard.args == [first]


def test_a_task_has_a_sheet_of_its_own(panel, editor) -> None:
    row = row_of(panel, "guiding")
    row._on_point(5)
    panel.sheet.setCurrentIndex(2)
    panel._on_sheet()
    assert not row.is_rated()
    row._on_point(2)
    second = editor.file.segments[1]
    whole, task = editor.coding.rating_of("guiding"), editor.coding.rating_of("guiding", second.id)
    assert (whole.value, task.value) == (5, 2)
    panel.sheet.setCurrentIndex(0)
    panel._on_sheet()
    assert row.rating() == whole


def test_numbers_without_a_ground_are_listed_by_their_number(panel, editor) -> None:
    assert not panel._missing.isVisible()
    row_of(panel, "guiding")._on_point(4)
    row_of(panel, "attuning")._on_point(NO_OCCASION)
    row_of(panel, "limits")._on_point(1)
    assert panel._missing.isVisible()
    assert panel._missing.text().endswith("1, 2")
    panel._to_missing()
    assert panel.current_item() == editor.texts.words(row_of(panel, "guiding").item.name)


def test_a_rating_is_taken_away_by_its_button_on_its_own_sheet(panel, editor, qtbot) -> None:
    hands = Hands(qtbot)
    name = editor.texts.words(next(i for i in editor.instrument.items if i.id == "guiding").name)
    hands.click(hands.named(panel, f"{name}: 5, {anchor(editor, 5)}", QPushButton))
    hands.fill(hands.named(panel, f"{name}: reason", QLineEdit), "calm")
    hands.focus(panel.sheet)
    hands.key(panel.sheet, Qt.Key.Key_Down)
    assert not [b for b in panel.findChildren(QPushButton) if b.isVisible() and b.text() == "Remove the rating"]
    hands.click(hands.named(panel, f"{name}: 2, {anchor(editor, 2)}", QPushButton))
    with qtbot.waitSignal(panel.unrated) as heard:
        hands.press(panel, "Remove the rating")
    assert heard.args == [name]
    assert [(r.value, r.reason) for r in editor.coding.ratings.values()] == [(5, "calm")]
    assert hands.named(panel, f"{name}: reason", QLineEdit).text() == ""
    editor.undo()
    assert sorted(r.value for r in editor.coding.ratings.values()) == [2, 5]


def test_the_key_that_removes_takes_a_link_away_first_and_then_the_rating(panel, editor, preferences, qtbot) -> None:
    hands = Hands(qtbot)
    item = next(i for i in editor.instrument.items if i.id == "limits")
    name = editor.texts.words(item.name)
    point = hands.named(panel, f"{name}: 3, {anchor(editor, 3)}", QPushButton)
    hands.click(point)
    assert panel.link_chosen()
    preferences.change_keys(KeyMap().with_action("coding.remove", "F9"))
    hands.settle()
    first = editor.coding.sorted_observations()[0]
    moment = next(b for b in panel.findChildren(QPushButton) if b.isVisible() and b.objectName() == first.id)
    assert "F9" in moment.toolTip()
    hands.focus(moment)
    hands.key(moment, Qt.Key.Key_F9)
    assert first.id not in editor.coding.rating_of("limits").evidence
    hands.focus(point)
    hands.key(point, Qt.Key.Key_Delete)
    assert editor.coding.rating_of("limits") is not None
    hands.key(point, Qt.Key.Key_F9)
    assert editor.coding.rating_of("limits") is None
    assert panel.focusWidget() is not None
    assert panel.focusWidget().accessibleName().startswith(name)


def anchor(editor, value: int) -> str:
    found = next(a for a in editor.instrument.anchors if a.value == value)
    return editor.texts.words(found.name)
