"""Covering a moment by real presses: drawn, moved by keys, proposed, looked at to the end, and only then handed out."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.casework.case_editor import CaseEditor
from app.casework.film_use import Use
from app.clips.covering import cover_of
from app.i18n import today
from app.model.change import Change, added
from app.model.consent import Purpose
from app.model.cover import Box, ClipCover, Covered, CoverKey, Muting, Proposed
from app.model.feedback import Clip, Sight
from app.model.identity import new_id
from app.model.statement_delivery import Sealing
from app.model.timecode import SECOND
from app.ports.covering import CoverReport, Proposal
from tests.drivers.log_lines import played_lines
from tests.drivers.settling import settle
from tests.material.builders import recording
from tests.material.house import LONG_AGO
from tests.stand_ins.fake_films import film_tools
from widgets.feedback.cover_dialog import CoverDialog
from widgets.feedback.leave_dialog import LeaveDialog
from widgets.look import look as looks

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


class FakeCoverer:
    """Proposes one face, and writes five bytes."""

    def propose(self, source, index, span, by, progress, cancelled):
        return (Proposal((CoverKey(span[0], Box(100, 100, 900, 900)),), by),)

    def write(self, source, index, order, out, progress, cancelled):
        out(b"movie")
        return CoverReport("ab" * 32, 5, "cd" * 32, 50, 10, 44.5, 0, 0)


@pytest.fixture
def dialog(home, room, qtbot):
    room.space.films = film_tools(coverer=FakeCoverer())
    clip = Clip(new_id(), home.film.id, home.meeting.id, home.aino.id, 10 * SECOND, 12 * SECOND)
    home.a.apply("clip", [added(clip)])
    made = CoverDialog(room.space, looks.Look(looks.LIGHT), clip, home.film, None)
    qtbot.addWidget(made)
    made.show()
    settle()
    yield made
    made.reject()


def drag(dialog, start: tuple[int, int], end: tuple[int, int]) -> None:
    view = dialog.view
    corner = view.picture_box().topLeft().toPoint()
    QTest.mousePress(view, LEFT, pos=corner + QPoint(*start))
    QTest.mouseMove(view, corner + QPoint(*end))
    QTest.mouseRelease(view, LEFT, pos=corner + QPoint(*end))


def watch_all(dialog) -> None:
    """Play each piece to its end and say so."""
    while dialog.editor.covering.to_review:
        dialog.looking.to_look.setCurrentRow(0)
        assert not dialog.looking.looked.isEnabled()
        QTest.mouseClick(dialog.looking.watch, LEFT)
        left = dialog.editor.covering.to_review[0]
        film, side = dialog.editor.film, dialog.editor.side
        while dialog.player.position() < film.to_meeting(min(left.end, side.last)):
            dialog.player.step(10)
        assert dialog.looking.looked.isEnabled()
        QTest.mouseClick(dialog.looking.looked, LEFT)


def test_a_drag_covers_and_another_one_in_a_later_picture_moves_it_along(dialog) -> None:
    drag(dialog, (40, 40), (140, 120))
    (track,) = dialog.editor.tracks
    assert (track.covered, track.keys[0].time) == (Covered.FACE, 10 * SECOND)
    dialog.player.seek(11 * SECOND)
    drag(dialog, (80, 40), (180, 120))
    (track,) = dialog.editor.tracks
    assert [key.time for key in track.keys] == [10 * SECOND, 11 * SECOND]
    before = track.keys[1].box
    dialog.view.setFocus()
    QTest.keyClick(dialog.view, Qt.Key.Key_Right, CTRL)
    QTest.keyClick(dialog.view, Qt.Key.Key_Down, CTRL | SHIFT)
    box = dialog.editor.tracks[0].keys[1].box
    assert (box.left - before.left, box.bottom - before.bottom) == (100, 100)
    QTest.mouseClick(dialog.remove, LEFT)
    assert dialog.editor.tracks == ()
    QTest.mouseClick(dialog.undo, LEFT)
    assert len(dialog.editor.tracks) == 1


def test_a_proposal_is_taken_and_voices_are_muted_by_two_presses(dialog, qtbot) -> None:
    QTest.mouseClick(dialog.propose, LEFT)
    qtbot.waitUntil(lambda: len(dialog.editor.tracks) == 1)
    assert dialog.editor.tracks[0].proposed == Proposed.CENTERFACE
    dialog.voices.muting.set_value(Muting.TONE)
    QTest.mouseClick(dialog.voices.mute, LEFT)
    dialog.player.seek(11 * SECOND)
    QTest.mouseClick(dialog.voices.mute, LEFT)
    (muted,) = dialog.editor.muted
    assert (muted.start, muted.end, muted.muting) == (10 * SECOND, 11 * SECOND, Muting.TONE)


def test_it_is_handed_out_only_when_every_piece_was_played_to_its_end(dialog, home, room, qtbot, tmp_path, monkeypatch):
    drag(dialog, (40, 40), (140, 120))
    assert not dialog.hand_out.isEnabled()
    watch_all(dialog)
    assert dialog.hand_out.isEnabled()
    assert cover_of(home.a, dialog.editor.clip).tracks[0].review is not None
    leaving = LeaveDialog(room.space, dialog.editor.clip, dialog)
    qtbot.addWidget(leaving)
    assert not leaving.hand_out.isEnabled(), "nobody has consented to feedback"
    cases = CaseEditor(home.a, home.texts, home.case_id)
    for person in (cases.file.child, cases.file.adults[0]):
        assert cases.give_consent(person, Purpose.FEEDBACK, LONG_AGO)
    leaving.use.set_value(Use.FEEDBACK)
    leaving.person.set_value(cases.file.adults[0].id)
    leaving.person.activated.emit(0)
    leaving.sealing.set_value(Sealing.NOTHING)
    leaving.sealing.activated.emit(0)
    assert leaving.hand_out.isEnabled()
    path, asked = tmp_path / "moment.mp4", []
    monkeypatch.setattr("widgets.forms.file_dialogs.FileDialogs.save", lambda *_: asked.append(_) or path)
    QTest.mouseClick(leaving.hand_out, LEFT)
    qtbot.waitUntil(lambda: bool(room.said))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["moment.mp4", "moment.mp4.json"]
    assert asked[0][-1] == "MP4 (*.mp4)"


@pytest.mark.parametrize("purpose", [Purpose.FEEDBACK, Purpose.FILMING])
def test_a_withdrawal_closes_what_asks_how_it_leaves_and_what_is_covered(dialog, home, room, qtbot, purpose) -> None:
    cases = CaseEditor(home.a, home.texts, home.case_id)
    adult = cases.file.adults[0]
    for person in (cases.file.child, adult):
        assert cases.give_consent(person, Purpose.FEEDBACK, LONG_AGO)
    watch_all(dialog)
    leaving = LeaveDialog(room.space, dialog.editor.clip, dialog)
    qtbot.addWidget(leaving)
    leaving.person.set_value(adult.id)
    leaving.person.activated.emit(0)
    leaving.show()
    assert leaving.hand_out.isEnabled()
    cases.withdraw_consent(cases.file.consent(adult.id, purpose, today()), today())
    room.space.door.tell([Change(cases.file.case, cases.file.case)], None)
    assert not leaving.isVisible()
    assert dialog.isVisible() == (purpose == Purpose.FEEDBACK), "without being filmed nothing of it is seen"
    assert room.said


def test_each_camera_is_covered_and_looked_at_by_itself(home, room, qtbot) -> None:
    room.space.films = film_tools(coverer=FakeCoverer())
    second = replace(recording(home.meeting.id, 60 * SECOND), camera=2, offset=5 * SECOND, container="second.vau")
    clip = Clip(new_id(), home.film.id, home.meeting.id, home.aino.id, 10 * SECOND, 12 * SECOND)
    clip = replace(clip, second_id=second.id, sight=Sight.BESIDE)
    home.a.apply("clip", [added(second), added(clip)])
    made = CoverDialog(room.space, looks.Look(looks.LIGHT), clip, home.film, None)
    qtbot.addWidget(made)
    made.show()
    watch_all(made)
    assert not made.hand_out.isEnabled()
    made.camera.set_value(second.id)
    made.camera.activated.emit(1)
    assert made.player.position() == 10 * SECOND
    assert not made.voices.muting.isVisible(), "the second camera is not heard"
    drag(made, (40, 40), (140, 120))
    (track,) = made.editor.tracks
    assert track.keys[0].time == 5 * SECOND
    watch_all(made)
    assert made.hand_out.isEnabled()
    assert {cover.recording_id for cover in home.a.find(ClipCover)} == {home.film.id, second.id}
    made.reject()


def test_a_still_is_looked_at_and_saved_as_a_picture(home, room, qtbot, monkeypatch) -> None:
    room.space.films = film_tools(coverer=FakeCoverer())
    clip = Clip(new_id(), home.film.id, home.meeting.id, home.aino.id, 10 * SECOND, 10 * SECOND)
    home.a.apply("clip", [added(clip)])
    made = CoverDialog(room.space, looks.Look(looks.LIGHT), clip, home.film, None)
    qtbot.addWidget(made)
    made.show()
    while left := made.editor.covering.to_review:
        made.looking.to_look.setCurrentRow(0)
        QTest.mouseClick(made.looking.watch, LEFT)
        assert made.looking.looked.isEnabled(), left[0]
        QTest.mouseClick(made.looking.looked, LEFT)
    assert made.hand_out.isEnabled()
    leaving, asked = LeaveDialog(room.space, clip, made), []
    qtbot.addWidget(leaving)
    monkeypatch.setattr("widgets.forms.file_dialogs.FileDialogs.save", lambda *_: asked.append(_))
    leaving.hand_out.setEnabled(True)
    QTest.mouseClick(leaving.hand_out, LEFT)
    assert asked[0][-1] == "PNG (*.png)"
    assert asked[0][-2].endswith(".png")
    made.reject()


def test_what_is_played_to_be_covered_is_in_the_log_of_the_case(dialog, home, room) -> None:
    dialog.player.play()
    dialog.player.advance(2 * SECOND)
    dialog.reject()
    room.space.looking.write()
    assert played_lines(home.a, home.case_id, home.film, home.aino) == ["Toisti: Tallenne 00:10–00:12"]
    assert [row.act for row in home.a.audit_of_case(home.case_id) if row.object_id == home.film.id][-2:] == [
        "view",
        "played",
    ]
