"""The rating sheet: anchors above their columns, evidence by one press, sheets of tasks, what is missing said."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.model.timecode import SECOND
from app.settings.preferences import Preferences
from app.shortcuts.own_keys import KeyMap
from tests.drivers.hands import Hands
from tests.drivers.settling import settle
from tests.drivers.sheet_hands import SheetHands
from tests.material.pressing import press
from widgets.coding.rating_row import RatingRow
from widgets.coding.ratings_panel import RatingsPanel
from widgets.look.hyphens import SOFT


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


@pytest.fixture
def hands(qtbot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def sheet(hands, panel, editor) -> SheetHands:
    return SheetHands(hands, panel, editor)


def test_every_point_of_the_scale_has_its_anchor_in_words_above_it(panel, editor) -> None:
    read = [line.accessibleName() for line in panel.findChildren(QLabel)]
    shown = [line.text().replace(SOFT, "") for line in panel.findChildren(QLabel)]
    for anchor in editor.instrument.anchors:
        assert editor.texts.words(anchor.name) in shown
        assert editor.texts.words(anchor.name) in read
    assert editor.texts.words(editor.instrument.no_occasion) in shown


def test_what_is_chosen_becomes_evidence_of_the_item_worked_on_last(panel, editor, hands, sheet) -> None:
    assert not panel.link_chosen()
    sheet.rate("guiding", 4)
    assert panel.current_item() == sheet.name("guiding")
    assert panel.link_chosen()
    assert not panel.link_chosen(), "what is linked already is not linked twice"
    first, second, _ = editor.coding.sorted_observations()
    assert editor.coding.rating_of("guiding").evidence == (first.id, second.id)
    linked = sheet.moment(second)
    hands.focus(linked)
    hands.key(linked, Qt.Key.Key_Delete)
    assert editor.coding.rating_of("guiding").evidence == (first.id,)
    editor.undo()
    editor.undo()
    assert editor.coding.rating_of("guiding").evidence == ()


def test_a_link_leads_to_its_moment(panel, editor, hands, qtbot, sheet) -> None:
    sheet.rate("limits", 3)
    assert panel.link_chosen()
    first = editor.coding.sorted_observations()[0]
    with qtbot.waitSignal(panel.jump_requested) as heard:
        hands.click(sheet.moment(first))
    assert heard.args == [first]


def test_a_task_has_a_sheet_of_its_own(panel, editor, hands, sheet) -> None:
    sheet.rate("guiding", 5)
    hands.focus(panel.sheet)
    for _ in range(2):
        hands.key(panel.sheet, Qt.Key.Key_Down)
    assert not sheet.point("guiding", 5).isChecked()
    sheet.rate("guiding", 2)
    second = editor.file.segments[1]
    whole, task = editor.coding.rating_of("guiding"), editor.coding.rating_of("guiding", second.id)
    assert (whole.value, task.value) == (5, 2)
    hands.focus(panel.sheet)
    hands.key(panel.sheet, Qt.Key.Key_Home)
    assert sheet.point("guiding", 5).isChecked()


def test_numbers_without_a_ground_are_listed_by_their_number(panel, editor, hands, sheet) -> None:
    assert "Reason missing" not in hands.words(panel)
    sheet.rate("guiding", 4)
    sheet.rate("attuning", None)
    sheet.rate("limits", 1)
    hands.press(panel, "Reason missing: 1, 2")
    assert panel.current_item() == sheet.name("guiding")


def test_a_rating_is_taken_away_by_its_button_on_its_own_sheet(panel, editor, hands, qtbot, sheet) -> None:
    sheet.rate("guiding", 5)
    hands.fill(sheet.reason("guiding"), "calm")
    hands.focus(panel.sheet)
    hands.key(panel.sheet, Qt.Key.Key_Down)
    assert "Remove the rating" not in hands.words(panel)
    sheet.rate("guiding", 2)
    with qtbot.waitSignal(panel.unrated) as heard:
        hands.press(panel, "Remove the rating")
    assert heard.args == [sheet.name("guiding")]
    assert [(r.value, r.reason) for r in editor.coding.ratings.values()] == [(5, "calm")]
    assert sheet.reason("guiding").text() == ""
    editor.undo()
    assert sorted(r.value for r in editor.coding.ratings.values()) == [2, 5]


def test_what_removes_takes_a_link_away_first_and_then_the_rating(panel, editor, preferences, hands, sheet) -> None:
    sheet.rate("limits", 3)
    assert panel.link_chosen()
    preferences.change_keys(KeyMap().with_action("coding.remove", "F9"))
    first = editor.coding.sorted_observations()[0]
    linked = sheet.moment(first)
    assert "F9" in linked.toolTip()
    hands.focus(linked)
    hands.key(linked, Qt.Key.Key_F9)
    assert first.id not in editor.coding.rating_of("limits").evidence
    number = sheet.point("limits", 3)
    hands.focus(number)
    hands.key(number, Qt.Key.Key_Delete)
    assert editor.coding.rating_of("limits") is not None
    hands.key(number, Qt.Key.Key_F9)
    assert editor.coding.rating_of("limits") is None
    assert panel.focusWidget().accessibleName().startswith(sheet.name("limits"))


def test_a_rating_moves_no_other(panel, editor, hands) -> None:
    settle()
    tops = [row.mapTo(panel, QPoint(0, 0)).y() for row in panel.findChildren(RatingRow)]
    for item, value in ((0, 3), (1, None), (2, 5)):
        editor.rate(editor.instrument.items[item].id, value, "", ())
    settle()
    assert [row.mapTo(panel, QPoint(0, 0)).y() for row in panel.findChildren(RatingRow)] == tops
    assert len(tops) == len(editor.instrument.items)
