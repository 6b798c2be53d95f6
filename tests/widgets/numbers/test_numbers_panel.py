"""*Luvut* on the screen: sheets, choices, counting anew after a change, a file, the clipboard, a window of its own."""

import csv
import io
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.coding.opening import begin
from app.i18n import Texts
from app.model.change import Change
from app.model.coding import CodingHeader
from app.model.people import Interpreter, Person
from app.model.timecode import SECOND
from app.schemes import library
from tests.drivers.settling import settle
from tests.material.pressing import press
from tests.widgets.test_every_screen import nameless
from widgets.cover import Cover
from widgets.forms import file_dialogs
from widgets.look import look as looks
from widgets.numbers.clipboard import MINE, Clipboard
from widgets.numbers.numbers_panel import NumbersPanel
from widgets.numbers.numbers_window import NumbersWindow

PRESSES = [("6", 0), ("h", 4), ("a", 6.5), ("q", 12), ("h", 25), ("8", 30), ("d", 29.5), ("6", 38), ("h", 50)]
SHEETS = ("counts", "states", "answers", "reconnections", "transitions", "follows", "over-time", "profile")


@pytest.fixture
def editor(room, home):
    made = room.space.coding_editor(home.meeting.id)
    for key, second in PRESSES:
        press(made, key, round(second * SECOND))
    for segment in made.file.segments:
        made.cover(segment, on=True)
    made.rate(made.instrument.items[0].id, 4, "seen")
    return made


@pytest.fixture(params=["light", "dark"])
def panel(request, qtbot, room, editor):
    look = looks.Look(looks.LIGHT if request.param == "light" else looks.DARK)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(510, 640)
    made = NumbersPanel(room.space, editor, look)
    made.setParent(window)
    made.setGeometry(window.rect())
    window.show()
    made.show()
    made.in_window = window  # kept as long as the panel
    return made


def cells(panel) -> list[list[str]]:
    model = panel.page.table.model()
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]


def button(panel, words: str) -> QPushButton:
    (made,) = [b for b in panel.findChildren(QPushButton) if b.text() == words]
    return made


def choose(panel, field: str, words: str) -> None:
    combo = panel.page.fields[field]
    combo.setCurrentIndex(combo.findText(words))


@pytest.fixture
def wide(qtbot, room, home):
    """The numbers of a coding in the wide scheme, with a code that the core scheme lacks."""
    begin(room.space.door, room.space.texts, home.meeting.id, "laaja-runko")
    editor = room.space.coding_editor(home.meeting.id)
    for code, second in (("AS1", 2), ("AS2", 4), ("AS5", 6)):
        assert editor.code(editor.scheme.code(code), second * SECOND)
    for segment in editor.file.segments:
        editor.cover(segment, on=True)
    made = NumbersPanel(room.space, editor, looks.Look(looks.LIGHT))
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_wide_coding_is_counted_in_the_core_scheme_and_says_so_in_its_table_too(wide, monkeypatch, tmp_path) -> None:
    words = Texts("en").words
    core = words(library.scheme("perusrunko").name)
    counted = [row[3] for row in cells(wide) if row[0] == "Whole film" and not row[2].startswith("all of")]
    assert counted == ["1", "1", "1"]
    choose(wide, "scheme", f"{core}, recoded")
    name = words(library.scheme("perusrunko").code("AS").name)
    assert ["Whole film", "Structure", name[:1].upper() + name[1:], "2"] in [row[:4] for row in cells(wide)]
    said = " ".join(wide.page.sheet.notes)
    assert said.startswith("Recoded from ")
    assert wide.page.sheet.about.startswith("Recoded from ")
    lost = words(library.scheme("laaja-runko").code("AS5").name)
    assert "2 of 3 observations came over." in said
    assert f"Without a code in {core}: {lost} (1)." in said
    target = tmp_path / "numbers.csv"
    monkeypatch.setattr(file_dialogs.FileDialogs, "save", lambda *_: target)
    button(wide, "Save table…").click()
    assert "Recoded from " in target.read_text("utf-8-sig")
    choose(wide, "scheme", words(library.scheme("laaja-runko").name))
    assert not [n for n in wide.page.sheet.notes if n.startswith("Recoded")]


def test_a_core_coding_offers_no_other_scheme(panel) -> None:
    assert "scheme" not in panel.page.fields


def test_every_sheet_opens_with_charts_that_are_drawn_and_told(panel) -> None:
    for sheet in SHEETS:
        if sheet == "over-time":
            continue  # nothing is ready yet: told below
        panel.open_sheet(sheet)
        assert panel.page.sheet.id == sheet
        assert panel.page.charts
        for chart in panel.page.charts:
            settle()
            assert chart.drawing.shapes
            assert chart.accessibleName()
            assert chart.accessibleDescription()
            image = chart.grab().toImage()
            assert len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}) > 2
        assert nameless(panel) == []


def test_over_time_waits_for_a_coding_that_is_ready(panel, editor) -> None:
    panel.open_sheet("over-time")
    assert panel.page.table is None
    editor.mark_ready()
    panel.refresh()
    assert len(panel.page.charts) == 1
    assert cells(panel)[0][:3] == ["3 Nov 2026", "Aino Esimerkki", "Structure"]


def test_a_change_is_counted_when_the_coding_rests(panel, editor, qtbot) -> None:
    before = cells(panel)
    press(editor, "q", 15 * SECOND)
    assert cells(panel) == before
    qtbot.waitUntil(lambda: cells(panel) != before)
    assert cells(panel)[0] == ["Whole film", "Structure", "all of the dimension", "2", "2.00"]


def test_what_is_hidden_is_counted_only_when_it_is_seen_again(panel, editor, hands) -> None:
    panel.hide()
    press(editor, "q", 15 * SECOND)
    assert not hands.clock(panel).isActive()
    panel.show()
    assert cells(panel)[0][3] == "2"


def test_choices_and_windows_make_the_sheet_anew_and_keep_the_focus(panel, qtbot) -> None:
    panel.open_sheet("counts")
    choose(panel, "person", "Child")
    assert cells(panel)[0][1:4] == ["Engagement", "all of the dimension", "3"]
    panel.open_sheet("answers")
    field = panel.page.fields["answer"]
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Up)  # from 5 s to 4 s
    assert panel.settings.answer == 4 * SECOND
    assert cells(panel)[0][2] == "1", "4.5 s is too late now"
    assert panel.page.fields["answer"].hasFocus()
    panel.open_sheet("counts")
    assert panel.page.fields["person"].currentText() == "Child", "kept while the panel lives"


def test_sheets_are_changed_by_the_keyboard(panel, qtbot) -> None:
    panel.activateWindow()
    panel.take_focus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert panel.sheet_id == "states"


def test_with_an_interpreter_answers_are_off(panel, room, home) -> None:
    adult = home.a.get(Person, home.meeting.adult_id)
    home.a.apply("interpreter", [Change(adult, replace(adult, interpreter=Interpreter.IN_ROOM))])
    panel.open_sheet("answers")
    panel.refresh()
    assert panel.page.table is None
    assert "interpreter" in panel.page.sheet.empty


def test_a_table_is_saved_for_a_spreadsheet_and_the_log_knows(panel, room, editor, tmp_path, monkeypatch) -> None:
    path = tmp_path / "counts.csv"
    monkeypatch.setattr(file_dialogs.QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    button(panel, "Save table…").click()
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Task", "Dimension", "Observation", "Count", "Per minute"]
    assert rows[1] == ["Whole film", "Structure", "all of the dimension", "1", "1.0000"]
    assert any("01:00 of 01:00" in row[0] for row in rows if row)
    last = room.store.audit_log(editor.coding.id)[-1]
    assert (last.act, last.object_kind, last.detail) == ("export", "coding", "numbers=counts")
    assert "saved" in room.said[-1].text


def test_a_table_that_cannot_be_saved_is_told_and_not_logged(panel, room, editor, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(file_dialogs.QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.csv"), ""))
    button(panel, "Save table…").click()
    assert room.said
    assert not [e for e in room.store.audit_log(editor.coding.id) if e.act == "export"]
    monkeypatch.setattr(file_dialogs.QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    said = len(room.said)
    button(panel, "Save table…").click()
    assert len(room.said) == said


def test_copies_are_logged_and_leave_the_clipboard(panel, room, editor, hands) -> None:
    clipboard = QApplication.clipboard()
    button(panel, "Copy table").click()
    assert clipboard.text().splitlines()[1] == "Whole film\tStructure\tall of the dimension\t1\t1.0000"
    assert clipboard.mimeData().hasFormat(MINE)
    button(panel, "Copy picture").click()
    image = clipboard.image()
    assert image.width() == 1800
    assert image.pixelColor(2, 2).name() == "#ffffff", "on white, whatever the room"
    assert [e.act for e in room.store.audit_log(editor.coding.id)][-2:] == ["copy", "copy"]
    hands.clock(panel.findChild(Clipboard)).timeout.emit()
    held = clipboard.mimeData()
    assert held is None or not held.formats()
    assert clipboard.image().isNull()


def test_another_programs_copy_is_left_alone(panel) -> None:
    button(panel, "Copy table").click()
    QApplication.clipboard().setText("somebody's own")
    panel.findChild(Clipboard).clear()
    assert QApplication.clipboard().text() == "somebody's own"


def test_locking_takes_the_copy_away(panel, room) -> None:
    button(panel, "Copy table").click()
    room.space.closing.emit()
    assert QApplication.clipboard().text() == ""


def test_a_copy_goes_with_the_panel(panel, qtbot) -> None:
    button(panel, "Copy table").click()
    panel.deleteLater()
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == "")


def test_letters_never_search_in_the_table(panel, qtbot) -> None:
    panel.page.table.setFocus()
    qtbot.keyClick(panel.page.table, Qt.Key.Key_1)
    assert not panel.page.table.selectionModel().hasSelection()


def test_a_wide_panel_has_its_sheets_on_one_line(panel) -> None:
    pills = [b for b in panel.findChildren(QPushButton) if b.isVisible() and b.isCheckable()]
    assert len(pills) > 3
    assert len({pill.y() for pill in pills}) == 2
    panel.resize(1060, 700)
    settle()
    assert len({pill.y() for pill in pills}) == 1


# a window of its own; the screen of the tests has no order of windows and no hints of size


@pytest.fixture
def main(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def test_the_window_follows_the_coding_and_closes_with_the_archive(room, editor, main, qtbot) -> None:
    window = NumbersWindow(room.space, editor, looks.Look(looks.LIGHT), main)
    window.panel.open_sheet("states")
    window.show()
    assert window.panel.sheet_id == "states"
    assert not window.panel.own_window.isVisible()
    room.space.closing.emit()
    assert not window.isVisible()


def test_covering_the_screen_takes_the_window_away_and_brings_it_back(room, editor, main, hands) -> None:
    cover = Cover(main, room.preferences, room.space.texts)
    window = NumbersWindow(room.space, editor, looks.Look(looks.LIGHT), main)
    window.panel.open_sheet("counts")
    window.show()
    cover.toggle()
    assert not window.isVisible()
    cover.toggle()
    assert window.isVisible()
    window.activateWindow()
    hands.until(window.isActiveWindow)
    hands.key(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert cover.isVisible()
    assert not window.isVisible()
    window.close()


def test_the_numbers_of_a_ready_coding_are_read(panel, editor, room, home) -> None:
    header = room.store.find(CodingHeader, meeting_id=home.meeting.id)[0]
    assert header.id == editor.coding.id
    editor.mark_ready()
    panel.refresh()
    assert cells(panel)[0][3] == "1"
