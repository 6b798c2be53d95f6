"""Comparing: arrows choose, Enter plays from two seconds before to two after; both codings stay as they are."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app.comparing.decision_words import title_of
from app.model.decision import DisagreementKind
from app.model.people import Worker
from app.model.timecode import SECOND
from tests.drivers.hands import Hands
from tests.drivers.settling import settle
from widgets.comparing.comparing_screen import ComparingScreen

Key = Qt.Key


@pytest.fixture
def place(home, stage) -> ComparingScreen:
    home.compare()
    return stage(ComparingScreen, player=True, meeting_id=home.meeting.id)


def key(qtbot, which) -> None:
    qtbot.keyClick(QApplication.focusWidget(), which)


def test_arrows_choose_and_enter_plays_around_it(place, qtbot) -> None:
    room = place.room
    assert QApplication.focusWidget() is room.list
    row = next(n for n, d in enumerate(room.walk.rows()) if d.kind == DisagreementKind.STATE)
    for _ in range(row):
        key(qtbot, Key.Key_Down)
    assert room.list.currentRow() == row
    key(qtbot, Key.Key_Return)
    assert room.player.range == (28 * SECOND, 38 * SECOND)
    assert place.in_use()


def test_space_pauses_and_plays(place, qtbot) -> None:
    key(qtbot, Key.Key_Space)
    assert place.room.player.is_playing()
    key(qtbot, Key.Key_Space)
    assert not place.room.player.is_playing()


def test_every_disagreement_can_be_chosen_and_is_told(place, home, qtbot) -> None:
    hands = Hands(qtbot)
    room = place.room
    for row, d in enumerate(room.walk.rows()):
        room.list.setCurrentRow(row)
        assert title_of(home.texts, room.walk.found, d) in hands.words(room)
        (play,) = [b for b in room.card.findChildren(QPushButton) if b.text() == "Play this (Enter)"]
        assert play.isVisible() == (d.start is not None)
        if d.start is not None:
            assert room.player.shown_at() == pytest.approx(d.start, abs=40_000)


def test_a_rating_has_nothing_to_play(home, stage, qtbot) -> None:
    home.code(home.a, [("q", 5)], value=5)
    home.code(home.b, [("q", 5)], value=2)
    place = stage(ComparingScreen, player=True, meeting_id=home.meeting.id)
    room = place.room
    rating = next((n for n, line in enumerate(room.walked.lines) if line.start is None), None)
    assert rating is not None
    room.list.setCurrentRow(rating)
    qtbot.keyClick(room.list, Key.Key_Enter)
    assert not room.player.is_playing()


def test_leaving_stops_the_film_and_closing_lets_go(place) -> None:
    room = place.room
    room.play_chosen()
    room.player.play()
    place.left()
    assert not room.player.is_playing()
    place.close_film()
    assert room.player.closed
    assert place.room is None


def test_before_both_are_ready_there_is_only_a_word(home, stage, room, qtbot) -> None:
    home.code(home.a, [("q", 5)])
    place = stage(ComparingScreen, player=True, meeting_id=home.meeting.id)
    assert place.room is None
    (made,) = [b for b in place.findChildren(QPushButton) if b.text() == "To coding"]
    made.click()
    assert room.gone == [("coding", {"meeting_id": home.meeting.id})]


def test_the_choice_says_how_far_the_pair_is(home, stage) -> None:
    home.code(home.a, [("q", 5)])
    place = stage(ComparingScreen, player=True)
    (made,) = [b for b in place.findChildren(QPushButton) if b.text() == "Open"]
    assert not made.isEnabled()


def test_looking_is_logged(place, home) -> None:
    assert [e.act for e in home.a.audit_log(home.meeting.id)].count("view") == 1


def test_no_words_of_the_list_are_cut_on_a_small_screen_and_one_line_is_enough_on_a_large_one(home, stage) -> None:
    home.code(home.a, [("d", 5)], value=5)
    home.code(home.b, [("q", 5)], value=2)
    place = stage(ComparingScreen, player=True, meeting_id=home.meeting.id)
    room, window = place.room, place.window()
    heights = {}
    for width in (1290, 2400):
        window.resize(width, 700)
        place.setGeometry(window.rect())
        settle()
        heights[width] = [room.list.sizeHintForRow(n) for n in range(room.list.count())]
    words = [room.list.item(n).text() for n in range(room.list.count())]
    longest = max(range(len(words)), key=lambda n: len(words[n]))
    assert heights[1290][longest] > min(heights[1290]), words[longest]
    assert set(heights[2400]) == {min(heights[1290])}


def test_what_happened_to_the_archive_between_the_codings_stands_beside_the_figures(home, stage, qtbot) -> None:
    header = home.editor(home.a).coding.header
    home.a.note("recovered", Worker, home.leena.id)
    assert header.ready_at is None
    home.compare()
    room = stage(ComparingScreen, player=True, meeting_id=home.meeting.id).room
    assert "Between the codings a worker's sign-in was opened with a recovery code on " in Hands(qtbot).words(room)


def test_quiet_codings_say_nothing_of_it(place, qtbot) -> None:
    assert "Between the codings" not in Hands(qtbot).words(place.room)


def test_rows_that_wrap_anew_lie_below_one_another(home, stage, qtbot) -> None:
    home.code(home.a, [("d", 5), ("q", 15), ("a", 25)], value=5)
    home.code(home.b, [("q", 5), ("d", 15), ("d", 25)], value=2)
    made = stage(ComparingScreen, player=True, meeting_id=home.meeting.id).room.list

    def lie_apart() -> bool:
        rows = [made.visualItemRect(made.item(n)) for n in range(made.count())]
        tall = [made.sizeHintForRow(n) for n in range(made.count())]
        return all(b.top() - a.top() == high for a, b, high in zip(rows, rows[1:], tall, strict=False))

    made.setParent(None)
    qtbot.addWidget(made)
    made.show()
    for width in (700, 260, 500):
        made.resize(width, 300)
        qtbot.waitUntil(lie_apart, timeout=1000)
