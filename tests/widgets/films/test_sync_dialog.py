"""Aligning two cameras: by sound with its confidence, by a marked moment, by frames and by hand; one undoable step."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.errors import FilmError
from app.model.change import Change, added
from app.model.recording import Recording
from app.model.timecode import SECOND
from app.notices import Notice
from app.ports.films import SyncFound
from tests.material.builders import A_DAY, recording
from tests.material.house import MINUTE
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.fake_player import FRAME
from tests.widgets.films.conftest import LATE
from widgets.cases.films_panel import FilmsPanel
from widgets.films.sync_dialog import SyncDialog, found_words, offer_move
from widgets.look import look as looks

FOUND = SyncFound(3 * SECOND + 417_000, 23.4, 0.93, 41, 44, 1_200)


class FakeSync:
    """Finds what it is told to, or refuses."""

    def __init__(self) -> None:
        self.found: SyncFound | FilmError = FOUND
        self.asked: list[tuple[bytes, bytes]] = []

    def find(self, reference, other, progress, cancelled):
        self.asked.append((reference[1], other[1]))
        progress(0.5)
        if isinstance(self.found, FilmError):
            raise self.found
        return self.found


@pytest.fixture
def sync(room):
    made = FakeSync()
    room.space.films = film_tools(sync=made)
    return made


@pytest.fixture
def dialog(home, second, room, sync, page, on_page):
    made = on_page(SyncDialog(room.space, looks.Look(looks.LIGHT), home.meeting.id, page))
    yield made
    made.reject()


def placed(home, film) -> tuple[int, float]:
    held = home.a.get(Recording, film.id)
    return held.offset, held.drift_ppm


def tried(dialog, film) -> tuple[int, float]:
    """Where the dialog's own pictures show a film."""
    reel = dialog.player.reels[film.id]
    return reel.offset, reel.drift_ppm


def found(dialog, qtbot) -> None:
    dialog.find_by_sound()
    assert not dialog.by_sound.isEnabled()
    qtbot.waitUntil(dialog.by_sound.isEnabled)


def test_by_sound_shows_how_sure_it_is_and_changes_nothing_yet(dialog, qtbot, home, second, sync) -> None:
    found(dialog, qtbot)
    assert sync.asked == [(home.film.index, second.index)]
    for part in ("sure.", "41 of 44", "at most 2 ms", "00:00:03.417", "gains 84 ms in an hour"):
        assert part in dialog.told.text()
    assert tried(dialog, second) == (FOUND.offset, FOUND.drift_ppm), "it is seen at once"
    assert placed(home, second) == (LATE, 0.0)
    dialog.apply()
    assert placed(home, second) == (FOUND.offset, FOUND.drift_ppm)
    assert dialog.player.closed


@pytest.mark.parametrize(("confidence", "words"), [(0.85, "sure"), (0.6, "check it"), (0.3, "closely")])
def test_confidence_has_words(home, confidence, words) -> None:
    assert words in found_words(home.texts, replace(FOUND, confidence=confidence), 0)


@pytest.mark.parametrize(
    ("claps", "tried", "words"),
    [
        (1, 1, "Found by 1 clap: sure. It begins"),
        (3, 3, "Found by 3 claps: sure. It begins"),
        (3, 4, "Found by 3 claps: sure. 1 clap is heard in one film only."),
    ],
)
def test_claps_are_told_as_what_they_are(home, claps, tried, words) -> None:
    found = replace(FOUND, claps=claps, agreeing=claps, tried=tried, drift_ppm=0.0)
    assert words in found_words(home.texts, found, 0)
    assert "Its clock runs as" not in found_words(home.texts, found, 0), "that was not told by them"


def test_unrelated_films_are_refused_in_a_sentence(dialog, qtbot, home, second, sync) -> None:
    sync.found = FilmError("sounds-unrelated")
    found(dialog, qtbot)
    assert dialog.told.text()
    assert "sounds-unrelated" not in dialog.told.text()
    assert tried(dialog, second) == placed(home, second) == (LATE, 0.0)
    assert not dialog.apply_button.isEnabled()


def test_closing_while_it_looks_changes_nothing(dialog, home, second, room, qtbot) -> None:
    dialog.find_by_sound()
    dialog.reject()
    qtbot.waitUntil(lambda: not room.space.jobs.running)
    assert placed(home, second) == (LATE, 0.0)


def test_a_moment_marked_on_both_aligns_them(dialog, home, second) -> None:
    dialog.player.seek(10 * SECOND)
    dialog.mark(0)
    assert "✓" in dialog.mark_buttons[0].text()
    dialog.player.seek(14 * SECOND)
    dialog.mark(1)
    reel = dialog.player.reels[second.id]
    assert reel.to_meeting(14 * SECOND - LATE) == 10 * SECOND
    assert "✓" not in dialog.mark_buttons[0].text()
    dialog.apply()
    assert placed(home, second) == (10 * SECOND - (14 * SECOND - LATE), 0.0)


def test_nothing_can_be_marked_where_there_is_no_picture(dialog) -> None:
    dialog.player.seek(0)
    dialog.mark(1)
    assert [b.text() for b in dialog.mark_buttons] == ["Mark the same moment"] * 2
    assert "no picture" in dialog.told.text()


def test_frames_and_typed_values(dialog, home, second, qtbot) -> None:
    dialog.nudge(1)
    dialog.nudge(1)
    dialog.nudge(-1)
    assert tried(dialog, second) == (LATE + FRAME, 0.0)
    dialog.offset.setText("-0:01,250")
    dialog.drift.setText("45")  # ms in an hour
    qtbot.keyClick(dialog.drift, Qt.Key.Key_Return)
    assert tried(dialog, second) == (-1_250_000, 12.5)
    dialog.offset.setText("soon")
    qtbot.keyClick(dialog.offset, Qt.Key.Key_Return)
    assert tried(dialog, second) == (-1_250_000, 12.5)
    assert "00:00:03,417" in dialog.told.text()


def test_fields_that_are_only_left_change_nothing(dialog, second, qtbot) -> None:
    dialog.try_place(1_234_567, 0.04)
    for field in (dialog.offset, dialog.drift):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert tried(dialog, second) == (1_234_567, 0.04)


def test_the_last_alignment_is_undone_from_the_dialog(dialog, home, second, room) -> None:
    room.space.films_editor(home.meeting.id).place(second.id, 9 * SECOND, 0.0)
    dialog.choice.activated.emit(0)
    assert dialog.undo.isVisible()
    dialog.undo.click()
    assert placed(home, second) == (LATE, 0.0)
    assert tried(dialog, second) == (LATE, 0.0)


def test_what_was_seen_on_the_film_is_offered_to_move_in_one_step(place, press, home, second, room, watching) -> None:
    place.room.seek(10 * SECOND)
    press("q")
    press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    press("a")
    editor = watching.films_editor
    before = editor.film(second.id)
    editor.place(second.id, LATE + SECOND, 0.0)
    offer_move(room.space, home.meeting.id, before, editor.film(second.id))
    starts = {o.code: o.start for o in place.room.editor.coding.observations.values()}
    assert starts == {"AS": 10 * SECOND, "AE": 10 * SECOND}, "aligning moves nothing by itself"
    notice = room.said[-1]
    assert "1 observation" in notice.text
    notice.action()
    starts = {o.code: o.start for o in place.room.editor.coding.observations.values()}
    assert starts == {"AS": 10 * SECOND, "AE": 11 * SECOND}
    place.undo()
    starts = {o.code: o.start for o in place.room.editor.coding.observations.values()}
    assert starts == {"AS": 10 * SECOND, "AE": 10 * SECOND}


def aligned_after_a_mark(place, press, home, second, room, watching) -> Notice:
    """Something is marked at 10 s on the second film, which is then moved by a second; what is offered."""
    place.room.seek(10 * SECOND)
    press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    press("a")
    editor = watching.films_editor
    before = editor.film(second.id)
    editor.place(second.id, LATE + SECOND, 0.0)
    offer_move(room.space, home.meeting.id, before, editor.film(second.id))
    return room.said[-1]


def test_what_was_marked_since_the_film_was_aligned_stays_when_the_rest_is_moved(
    place, press, home, second, room, watching
) -> None:
    offered = aligned_after_a_mark(place, press, home, second, room, watching)
    place.room.seek(20 * SECOND)
    press("a")
    assert offered.action is not None
    offered.action()
    marked = place.room.editor.coding.observations.values()
    assert {o.seen_on for o in marked} == {second.id}
    assert sorted(o.start for o in marked) == [11 * SECOND, 20 * SECOND]


def test_nothing_is_moved_by_an_alignment_that_was_taken_back(place, press, home, second, room, watching) -> None:
    offered = aligned_after_a_mark(place, press, home, second, room, watching)
    watching.films_editor.undo()
    assert offered.action is not None
    offered.action()
    assert [o.start for o in place.room.editor.coding.observations.values()] == [10 * SECOND]


def test_a_ready_coding_is_not_offered(home, second, room) -> None:
    home.code(home.a, [("q", 10)])
    editor = room.space.films_editor(home.meeting.id)
    editor.place(second.id, 0, 0.0)
    offer_move(room.space, home.meeting.id, second, editor.film(second.id))
    assert room.said[-1].action is None


def test_the_open_room_follows_what_is_aligned_elsewhere(place, second, room, home) -> None:
    kept = place.room
    room.space.films_editor(home.meeting.id).place(second.id, 5 * SECOND, 10.0)
    assert (place.room.player.reels[second.id].offset, place.room.player.reels[second.id].drift_ppm) == (5 * SECOND, 10)
    place.opened()
    assert place.room is kept


def test_the_panel_of_films_offers_it_for_two_cameras_in_use(home, second, room, qtbot) -> None:
    panel = FilmsPanel(room.space, looks.Look(looks.LIGHT))
    qtbot.addWidget(panel)
    panel.show_films(home.meeting.id)
    assert not panel.align.isHidden()
    home.a.apply("close", [Change(second, replace(second, closed_from_use=A_DAY))])
    panel.show_films(home.meeting.id)
    assert panel.align.isHidden()


def test_a_third_camera_can_be_chosen(home, second, room, sync, page, on_page) -> None:
    third = replace(recording(home.meeting.id, MINUTE), camera=3)
    home.a.apply("film", [added(third)])
    dialog = on_page(SyncDialog(room.space, looks.Look(looks.LIGHT), home.meeting.id, page))
    assert dialog.choice.count() == 2
    dialog.choice.activated.emit(1)
    assert set(dialog.player.reels) == {home.film.id, third.id}
    dialog.nudge(1)
    dialog.apply()
    assert (placed(home, third), placed(home, second)) == ((FRAME, 0.0), (LATE, 0.0))


def test_own_keys_work_here_too(dialog, room, qtbot) -> None:
    room.preferences.change_keys(room.preferences.keys.with_action("film.play", "F8"))
    dialog.setFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_F8)
    assert dialog.player.is_playing()
    qtbot.keyClick(dialog, Qt.Key.Key_F8)
    assert not dialog.player.is_playing()
    assert "Play  F8" in [b.toolTip() for b in dialog.transport.findChildren(type(dialog.by_sound))]


def test_it_is_as_loud_as_films_were_last(home, second, room, sync, page, on_page) -> None:
    room.preferences.remember(volume=30)
    made = on_page(SyncDialog(room.space, looks.Look(looks.LIGHT), home.meeting.id, page))
    assert made.player.volume == 0.3
    made.reject()
