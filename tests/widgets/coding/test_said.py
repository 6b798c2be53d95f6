"""What was said, written in the coding room by keys: the hands stay on the words, and no letter codes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu

from app.casework import consents
from app.casework.case_file import case_file
from app.model.change import Change, added, removed
from app.model.consent import Purpose
from app.model.identity import timeless_id
from app.model.recording import Recording
from app.model.timecode import SECOND
from app.model.utterance import FIRST_LENGTH, Utterance, Voice
from tests.material.house import LONG_AGO, opened
from tests.stand_ins.fake_player import FakePlayer
from widgets.coding.coding_screen import CodingScreen
from widgets.coding.drawers import PAD, SAID
from widgets.coding.said_line import LineText
from widgets.coding.said_model import WHO, WORDS
from widgets.look import look as looks
from widgets.look.caption import paint_caption
from widgets.second_display.bare_window import BareWindow

Key = Qt.Key
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def place(home, stage) -> CodingScreen:
    return stage(CodingScreen, player=True, meeting_id=home.meeting.id)


@pytest.fixture
def press(place, qtbot):
    """Real key events, to whatever has the keys."""

    def do(key, held=NONE) -> None:
        qtbot.keyClick(QApplication.focusWidget() or place, key, held)

    return do


@pytest.fixture
def type_(place, qtbot):
    def do(words: str) -> None:
        qtbot.keyClicks(QApplication.focusWidget(), words)

    return do


@pytest.fixture
def panel(place, press):
    place.room.seek(10 * SECOND)
    press(Key.Key_7, CTRL)
    return place.room.drawers.panel(SAID)


def lines(home) -> list[tuple[float, float, str, str]]:
    found = sorted(home.a.find(Utterance), key=lambda u: u.start)
    return [(u.start / SECOND, u.end / SECOND, u.speaker, u.text) for u in found]


def say(place, text="Katso tätä", at=10) -> Utterance:
    """As if it had come by another door of the program."""
    meeting_id = place.room.editor.file.meeting.id
    line = Utterance(timeless_id(), meeting_id, at * SECOND, (at + 2) * SECOND, Voice.OTHER, text)
    place.workspace.write("x", [added(line)])
    return line


def read(panel) -> list[tuple[str, str]]:
    model = panel.model
    return [(model.index(r, WHO).data(), model.index(r, WORDS).data()) for r in range(model.rowCount())]


def test_a_talk_is_written_without_the_hands_leaving_the_words(home, place, panel, press, type_) -> None:
    room, adult, child = place.room, home.meeting.adult_id, home.meeting.child_id
    assert isinstance(QApplication.focusWidget(), LineText)
    type_("qa Katso")  # letters that are codes
    press(Key.Key_F5)
    assert room.player.is_playing()
    assert room.player.position() == 9 * SECOND  # what was heard last is heard again
    room.player.advance(4 * SECOND)
    press(Key.Key_F5)
    assert not room.player.is_playing()
    press(Key.Key_Return)
    assert lines(home) == [(10, 13, adult, "qa Katso")]
    type_("Tuossa")
    press(Key.Key_F6)
    assert room.player.position() == 10 * SECOND
    press(Key.Key_F7)
    press(Key.Key_F7)
    assert room.player.position() == 16 * SECOND
    press(Key.Key_F8)
    assert room.player.rate() < 1
    press(Key.Key_F9)
    assert room.player.rate() == 1
    press(Key.Key_Return)
    type_("Niin")
    assert isinstance(QApplication.focusWidget(), LineText)
    press(Key.Key_A, CTRL_SHIFT)
    press(Key.Key_E, CTRL_SHIFT)
    panel.commit()
    assert lines(home) == [
        (10, 13, adult, "qa Katso"), (13, 16, child, "Tuossa"), (16, 16 + FIRST_LENGTH / SECOND, child, "Niin")
    ]  # fmt: skip
    assert [u.unclear for u in sorted(home.a.find(Utterance), key=lambda u: u.start)] == [False, False, True]
    assert room.editor.coding.observations == {}
    press(Key.Key_Escape)
    assert room.drawers.open == PAD


def test_what_is_typed_is_in_the_archive_a_moment_later(home, panel, type_, qtbot) -> None:
    type_("Katso")
    with qtbot.waitSignal(panel.writing.text.written, timeout=2000):
        pass
    assert [row[3] for row in lines(home)] == ["Katso"]


def test_emptied_words_may_be_typed_anew_and_go_when_the_line_is_left(home, panel, press, type_, qtbot) -> None:
    type_("Kasto")
    panel.writing.text.commit()
    press(Key.Key_A, CTRL)
    press(Key.Key_Backspace)
    panel.writing.text.commit()
    assert [row[3] for row in lines(home)] == ["Kasto"]
    type_("Katso")
    panel.commit()
    assert [row[3] for row in lines(home)] == ["Katso"]
    press(Key.Key_A, CTRL)
    press(Key.Key_Backspace)
    panel.commit()
    assert lines(home) == []


def test_a_step_is_taken_back_and_shown(home, place, panel, press, type_) -> None:
    type_("Katso")
    press(Key.Key_Return)
    assert len(lines(home)) == 1
    place.undo()
    place.undo()
    assert lines(home) == []
    place.redo()
    assert [row[3] for row in lines(home)] == ["Katso"]
    assert read(panel)[0][1] == "Katso"


def test_a_click_goes_to_the_moment_and_enter_to_the_next_line(home, place, panel, press, type_, qtbot) -> None:
    first, second = say(place, "yksi", 20), say(place, "kaksi", 30)
    table = panel.table
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(panel.model.index(0, 2)).center()
    )
    assert place.room.player.position() == 20 * SECOND
    assert panel.writing.line == first
    panel.writing.text.setFocus()
    type_("!")
    press(Key.Key_Return)  # an older line: its end stays
    assert [(row[1], row[3]) for row in lines(home)] == [(22, "!yksi"), (32, "kaksi")]
    assert panel.writing.line.id == second.id
    place.room.seek(25 * SECOND)
    press(Key.Key_I, CTRL)  # begins here
    assert lines(home)[1][0] == 25
    press(Key.Key_N, CTRL)
    type_("muuta")
    place.room.seek(27 * SECOND)
    press(Key.Key_O, CTRL)
    assert (25, 27, "muuta") in [(a, b, text) for a, b, _, text in lines(home)]


def test_search_narrows_the_lines_and_goes_to_the_first_hit(home, place, panel, press, type_) -> None:
    for n, text in enumerate(("Katso nalle", "Ei nyt", "Sininen NALLE")):
        say(place, text, 20 + 5 * n)
    say(place, "viimeinen", 50)
    place.search()
    type_("nalle")
    assert [words for _, words in read(panel)] == ["Katso nalle", "Sininen NALLE"]
    press(Key.Key_F6)  # the film is at hand from the search, too
    assert place.room.player.position() == 7 * SECOND
    press(Key.Key_Return)
    assert place.room.player.position() == 20 * SECOND
    panel.search.clear()
    assert len(read(panel)) == 4


def test_rows_that_come_and_go_leave_the_line_that_is_written(home, place, panel, press, type_) -> None:
    for n, text in enumerate(("yksi", "kaksi", "kolme")):
        say(place, text, 20 + 5 * n)
    panel.table.show_row(1)
    written = panel.writing.line
    assert written.text == "kaksi"
    panel.search.setText("kolme")
    assert panel.writing.line == written
    panel.search.clear()
    place.workspace.write("x", [removed(written)])
    assert panel.writing.line is None
    assert panel.writing.text.toPlainText() == ""
    type_("uusi")
    panel.commit()
    assert [row[3] for row in lines(home)] == ["uusi", "yksi", "kolme"]


def test_the_hands_come_back_to_the_words_from_a_button_and_from_the_whole_screen(
    home, place, panel, press, type_
) -> None:
    type_("Katso")
    place.room.transport.play_pressed.emit()
    assert place.room.player.is_playing()
    assert place.room.takes_back(place.room.transport)
    place.take_focus()  # as the window does when a button of the room was pressed
    type_(" tuota")
    press(Key.Key_F11)
    press(Key.Key_Q)  # over the whole screen it is a code
    assert len(place.room.editor.coding.observations) == 1
    press(Key.Key_F11)
    type_("!")
    panel.commit()
    assert [row[3] for row in lines(home)] == ["Katso tuota!"]


def test_private_words_are_marked_by_a_key_and_stay_out_of_the_picture(home, place, panel, press, type_) -> None:
    type_("Tule Oona")
    for _ in range(4):
        press(Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(Key.Key_P, CTRL)
    assert [row[3] for row in lines(home)] == ["Tule [Oona]"]
    press(Key.Key_C, CTRL_SHIFT)
    view = place.room.watching.pictures.view(place.room.player.leading())
    assert view.caption == "Parent: Tule […]"
    press(Key.Key_A, CTRL)
    press(Key.Key_P, CTRL)
    assert [row[3] for row in lines(home)] == ["[Tule Oona]"]
    assert view.caption == ""


def test_captions_are_off_at_first_follow_the_film_and_are_remembered(home, room, place, press) -> None:
    say(place)
    view = place.room.watching.pictures.view(place.room.player.leading())
    place.room.seek(11 * SECOND)
    assert view.caption == ""
    press(Key.Key_C, CTRL_SHIFT)
    assert view.caption == "Somebody else: Katso tätä"
    place.room.seek(13 * SECOND)
    assert view.caption == ""
    place.room.seek(11 * SECOND)
    assert room.preferences.remembered.captions
    press(Key.Key_C, CTRL_SHIFT)
    assert view.caption == ""
    assert not room.preferences.remembered.captions


def painted(words: str) -> QImage:
    image = QImage(QSize(640, 360), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_caption(painter, QRectF(image.rect()), words)
    painter.end()
    return image


def test_words_over_a_white_picture_are_white_on_black_and_at_its_foot(qapp) -> None:
    looks.load_fonts()
    image = painted("Katso, tuossa on nalle")
    dark = [y for y in range(360) if any(image.pixelColor(x, y).lightness() < 70 for x in range(0, 640, 2))]
    assert min(dark) > 270
    assert max(dark) < 355
    middle = [image.pixelColor(x, (min(dark) + max(dark)) // 2).lightness() for x in range(640)]
    inside = middle[next(n for n, v in enumerate(middle) if v < 70) :]
    assert max(inside[: len(inside) // 2]) > 230  # letters
    assert painted("").pixelColor(320, 340).lightness() == 255
    longer = painted("Katso, tuossa on nalle ja toinenkin, " * 4)
    assert min(y for y in range(360) if longer.pixelColor(320, y).lightness() < 70) < min(dark)


def test_the_second_screen_has_them_too(place, qtbot) -> None:
    window = BareWindow(place)
    qtbot.addWidget(window)
    window.resize(640, 360)
    player = FakePlayer()
    window.show_picture(place.room.watching.pictures.view(place.room.player.leading()).picture)
    plain = window.grab().toImage()
    window.show_caption("Katso")
    assert window.grab().toImage() != plain
    window.set_covered(True)
    covered = window.grab().toImage()
    assert {covered.pixelColor(x, 330).lightness() for x in range(0, 640, 4)} == {0}
    player.close()


def test_of_a_film_closed_from_use_nothing_is_read(home, place, panel) -> None:
    say(place)
    closed = replace(home.film, closed_from_use=home.meeting.held)
    say(place, "toinen", 12)
    assert len(read(panel)) == 2
    place.workspace.write("close", [Change(home.a.get(Recording, home.film.id), closed)])
    assert read(panel) == []


def test_the_partner_reads_and_writes_the_same_lines_and_no_writer_is_named(home, place, panel, press, type_) -> None:
    type_("Katso")
    press(Key.Key_Return)
    with opened(home, home.b) as other:
        screen = CodingScreen(other.space, looks.Look(looks.LIGHT), other.go, FakePlayer)
        screen.opened(meeting_id=home.meeting.id)
        screen.room.show_drawer(SAID)
        theirs = screen.room.drawers.panel(SAID)
        assert read(theirs) == [("parent", "Katso")]
        seen = [w.text() for w in theirs.findChildren(QLabel)]
        assert not any(name in " ".join(seen) for name in ("Aino", "Leena"))
        assert home.b.history(home.a.find(Utterance)[0].id) == ()
        screen.close_film()
        screen.deleteLater()


def test_what_was_said_leaves_with_consent_and_without_names(
    home, room, place, panel, press, monkeypatch, tmp_path
) -> None:
    target = tmp_path / "said.vtt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    child = next(p for p in case_file(home.a, home.case_id).persons if p.is_child)
    home.a.apply("name", [Change(child, replace(child, name="Oona Esimerkki-Lapsi"))])
    say(place, "Tule Oona tänne")
    first = panel.leave.menu().actions()[0]
    assert isinstance(panel.leave.menu(), QMenu)
    first.trigger()
    assert "Consents in force: 0 of 2" in room.said[-1].text
    case = case_file(home.a, home.case_id)
    home.a.apply("consent", [added(consents.given(p, Purpose.COMMISSIONER, LONG_AGO)) for p in case.persons])
    first.trigger()
    assert not target.exists()
    assert "in 1 places" in room.said[-1].text
    room.said[-1].action()
    assert [row[3] for row in lines(home)] == ["Tule [Oona] tänne"]
    first.trigger()
    assert "1 line saved" in room.said[-1].text
    written = target.read_text("utf-8")
    assert "Tule […] tänne" in written
    assert "Oona" not in written
