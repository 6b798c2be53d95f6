"""The place as a whole: the list, opening a case, sections, undo, what is typed when the place is left."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox

from app.casework.closing import close
from app.model.change import Change
from app.model.people import Case
from tests.drivers.settling import settle


def test_an_empty_archive_says_what_the_place_is_for(house, show, hands) -> None:
    screen = show()
    assert screen.open_first.isVisible()
    assert not screen.tabs.isVisible()
    assert "New case" not in hands.words(screen.header)


def test_a_code_name_opens_a_case(house, show, qtbot) -> None:
    screen = show(new="1")
    assert screen.list.new.isVisible()
    qtbot.keyClicks(screen.list.new.line, "Star 14")
    qtbot.keyClick(screen.list.new.line, Qt.Key.Key_Return)
    (case,) = house.store.find(Case)
    assert case.code_name == "Star 14"
    assert screen.case_id == case.id
    assert screen.list.names() == ("Star 14",)
    assert not screen.list.new.isVisible()


def test_the_same_code_name_is_not_given_twice(house, show, hands, qtbot) -> None:
    house.case("Star 14")
    screen = show(new="1")
    qtbot.keyClicks(screen.list.new.line, " star 14")
    qtbot.keyClick(screen.list.new.line, Qt.Key.Key_Return)
    assert len(house.store.find(Case)) == 1
    assert "Another case has this code name." in hands.words(screen.list.new)


def test_esc_leaves_the_new_case(house, show, qtbot) -> None:
    house.case()
    screen = show(new="1")
    qtbot.keyClick(screen.list.new.line, Qt.Key.Key_Escape)
    assert not screen.list.new.isVisible()


def test_the_search_looks_in_names_and_people(house, show) -> None:
    for name in ("Star 14", "Spruce 2"):
        house.case(name)
    screen = show()
    assert screen.list.shown() == ("Spruce 2", "Star 14")
    screen.list.search.setText("star")
    assert screen.list.shown() == ("Star 14",)
    screen.list.search.setText("parent")
    assert len(screen.list.shown()) == 2


def test_a_closed_case_stands_last(house, show) -> None:
    closed = house.case("Alder")
    house.case("Star 14")
    case = house.store.get(Case, closed)
    house.store.apply("close", [Change(case, replace(case, closed=date(2026, 11, 3)))])
    assert show().list.names() == ("Star 14", "Alder")


def test_choosing_another_case_commits_what_was_typed(house, show) -> None:
    first, second = house.case("Alder"), house.case("Star 14")
    screen = show(case_id=first)
    screen.details.form.widgets["note"].setPlainText("calm mornings")
    screen.list.rows.setCurrentRow(1)
    assert screen.case_id == second
    assert house.store.get(Case, first).note == "calm mornings"
    assert screen.details.form.widgets["note"].toPlainText() == ""


def test_what_is_typed_is_committed_when_the_place_is_left(house, show) -> None:
    case_id = house.case()
    screen = show(case_id=case_id)
    screen.details.form.widgets["code_name"].setText("Arabic")
    screen.left()
    assert house.store.get(Case, case_id).code_name == "Arabic"


def test_undo_returns_and_redo_goes_on(house, show, qtbot) -> None:
    case_id = house.case()
    screen = show(case_id=case_id)
    line = screen.details.form.widgets["code_name"]
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Fox 3")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert house.store.get(Case, case_id).code_name == "Fox 3"
    assert screen.list.names() == ("Fox 3",)
    assert not line.isUndoAvailable()
    screen.undo()
    assert house.store.get(Case, case_id).code_name == "Star 14"
    assert line.text() == "Star 14"
    screen.redo()
    assert line.text() == "Fox 3"


def change(house, screen, **fields) -> None:
    """Somewhere else the case that is shown is edited."""
    editor = house.editor(screen.case_id)
    assert editor.edit(editor.file.case, **fields)


def test_typing_survives_a_change_from_elsewhere(house, show, qtbot) -> None:
    case_id = house.case()
    screen = show(case_id=case_id)
    line = screen.details.form.widgets["code_name"]
    line.clear()
    qtbot.keyClicks(line, "Ara")
    change(house, screen, keep_apart=True)
    assert line.text() == "Ara"
    assert screen.details.form.widgets["keep_apart"].isChecked()


def test_saved_is_said_after_each_commit(house, show, hands) -> None:
    screen = show(case_id=house.case())
    assert "saved" not in hands.words(screen.header)
    change(house, screen, keep_apart=True)
    assert "saved" in hands.words(screen.header)


def test_a_meeting_is_opened_by_its_id_alone(house, show) -> None:
    case_id = house.case()
    house.meeting(case_id)
    meeting = house.meeting(case_id, date(2026, 11, 10))
    house.case("Alder")
    screen = show(meeting_id=meeting.id)
    assert screen.case_id == case_id
    assert screen.meetings.meeting_id == meeting.id
    assert screen.tabs.currentIndex() == 4


def test_every_input_has_an_accessible_name(house, show) -> None:
    case_id = house.case()
    house.meeting(case_id)
    screen = show(case_id=case_id)
    inputs = [w for kind in (QLineEdit, QComboBox, QPlainTextEdit, QSpinBox) for w in screen.findChildren(kind)]
    named = [w for w in inputs if w.objectName() != "qt_spinbox_lineedit"]
    assert len(named) > 35
    assert [w for w in named if not w.accessibleName()] == []


def tab_stops(screen, section, qtbot) -> list:
    """What Tab comes to in a section, in its order."""
    start = screen.tabs.tabBar()
    start.setFocus()
    found, last = [], None
    while (focused := tabbed(qtbot, screen)) is not start:
        assert focused is not last
        last = focused
        if section.isAncestorOf(focused):
            found.append(focused)
    return found


def tabbed(qtbot, screen):
    qtbot.keyClick(screen.window().focusWidget(), Qt.Key.Key_Tab)
    return screen.window().focusWidget()


def test_tab_goes_down_the_page_also_through_rows_made_later(house, show, qtbot) -> None:
    case_id = house.case()
    screen = show(case_id=case_id)
    screen.people.add_adult.click()
    house.editor(case_id).edit(house.file(case_id).commission, questions=("one", "two"))
    screen.show_section(screen.commission)
    house.editor(case_id).edit(house.file(case_id).commission, questions=("one", "two", "three"))
    for section, least in ((screen.people, 20), (screen.commission, 20), (screen.consents, 10)):
        screen.show_section(section)
        section.layout().activate()
        settle()
        stops = tab_stops(screen, section, qtbot)
        assert len(stops) >= least, type(section).__name__
        beside = [w for w in stops if any(p.isAncestorOf(w) for p in (screen.people.person, screen.people.facts))]
        for column in (stops[: len(stops) - len(beside)], stops[len(stops) - len(beside) :]):  # the left one first
            rows = [w.mapTo(section, QPoint(0, w.height() // 2)).y() for w in column]
            assert [(a, b) for a, b in pairwise(rows) if b < a - 24] == [], type(section).__name__


def test_another_case_is_pressed_while_a_name_is_typed(house, show, qtbot) -> None:
    other, case_id = house.case("Alder"), house.case("Star 14")
    screen = show(case_id=case_id)
    line = screen.details.form.widgets["code_name"]
    screen.window().activateWindow()
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Aaa")
    rows = screen.list.rows
    place = rows.visualItemRect(rows.item(0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert screen.case_id == other
    assert house.store.get(Case, case_id).code_name == "Aaa"
    assert screen.list.names() == ("Aaa", "Alder")
    assert rows.currentRow() == 1


def test_the_list_keeps_focus_and_choice_when_something_changes(house, show) -> None:
    house.case("Alder")
    screen = show(case_id=house.case("Star 14"))
    screen.list.rows.setFocus()
    close(house.space.door, house.texts, house.file(screen.case_id), date(2026, 11, 3), "moved")
    assert screen.window().focusWidget() is screen.list.rows
    assert screen.list.rows.currentRow() == 1
    assert screen.list.rows.currentItem().data(Qt.ItemDataRole.AccessibleTextRole).endswith("closed 3 Nov 2026")


def test_what_changed_out_of_sight_is_in_the_list_again(house, show) -> None:
    case_id = house.case()
    screen = show(case_id=case_id)
    screen.hide()
    editor = house.editor(case_id)
    assert editor.edit(editor.file.case, code_name="Comet 3")
    screen.show()
    assert screen.list.names() == ("Comet 3",)
    assert screen.details.form.widgets["code_name"].text() == "Comet 3"


def test_a_section_out_of_sight_keeps_what_is_typed_to_its_own_case(house, show) -> None:
    first, second = house.case("Star 14"), house.case("Star 15")
    screen = show(case_id=first)
    screen.details.form.widgets["note"].setPlainText("calm mornings")
    screen.opened(case_id=second, part="people")
    screen.left()
    assert (house.file(first).case.note, house.file(second).case.note) == ("calm mornings", "")
    assert screen.details.form.widgets["note"].toPlainText() == ""
