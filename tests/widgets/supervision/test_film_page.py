"""A clip in supervision: brought by consent, shown on the other screen with its covers, spoken of in rounds."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel

from app.casework.case_editor import CaseEditor
from app.clips.covering import CoverEditor
from app.i18n import now, today
from app.model.change import Change, added
from app.model.commission import Commission
from app.model.consent import Purpose
from app.model.cover import WHOLE, Box, ClipCover, Covered
from app.model.feedback import Clip, Sight
from app.model.identity import new_id
from app.model.supervision_film import SHOWN, ClipUse, Reflection, Shared
from app.model.timecode import SECOND
from app.supervising.agreements import new_agreement
from tests.drivers.log_lines import played_lines
from tests.drivers.second_screen import one_for_both, second_of
from tests.drivers.settling import settle
from tests.drivers.two_screens_child import BRIGHT, BrightPlayer
from tests.material.builders import recording
from tests.material.house import LONG_AGO
from widgets.second_display.bare_window import BareWindow
from widgets.supervision.supervision_screen import SupervisionScreen

FIRST, LAST = 10 * SECOND, 30 * SECOND
FACE, OTHER_FACE = Box(2_000, 2_000, 4_000, 5_000), Box(6_000, 2_000, 8_000, 5_000)
TITLE = "Otsikko perheelle"


class Scene:
    """A supervision of two with a session, and a clip of the case; nobody has consented yet."""

    def __init__(self, home, room, stage) -> None:
        self.home, self.room = home, room
        self.cases = CaseEditor(home.a, home.texts, home.case_id)
        self.clip = Clip(new_id(), home.film.id, home.meeting.id, home.aino.id, FIRST, LAST, title=TITLE)
        home.a.apply("clip", [added(self.clip)])
        made = new_agreement(room.space.door, room.space.texts, "Tiimi", planned=3, outside=False)
        self.place = stage(SupervisionScreen, BrightPlayer, agreement_id=made.id)
        self.editor = self.place.room.editor
        for n in (1, 2):
            self.editor.add_supervisee(f"Ohjattava {n}")
        self.one, self.two = self.editor.agreement.supervisees
        self.session = self.editor.add_session(now())

    def consent(self, purpose: Purpose = Purpose.OWN_SUPERVISION) -> None:
        for person in self.cases.file.persons:
            self.cases.give_consent(person, purpose, LONG_AGO)

    def cover(self, film_id: str = "", face: Box = FACE) -> None:
        """Everybody known has a cover from end to end, all of it looked at."""
        editor = CoverEditor(self.home.a, self.home.texts, self.clip, film_id)
        for person in editor.people:
            track = editor.draw(Covered.FACE, editor.side.first, face, person.id)
            editor.mark(track, editor.side.last, face)
        while left := editor.covering.to_review:
            editor.review(left[0])

    def open(self):
        self.place.room.open_session(self.session.id)
        self.place.room.session.clips.click()
        return self.page

    @property
    def page(self):
        return self.place.room.film

    def bring(self, monkeypatch) -> ClipUse:
        page = self.open()

        def choose(dialog) -> int:
            dialog.case.set_value(self.home.case_id)
            dialog.show_case()
            dialog.asker.set_value(self.two.id)
            dialog.question.setPlainText("Miten pysyn lapsen tahdissa?")
            return QDialog.DialogCode.Accepted

        monkeypatch.setattr("widgets.supervision.bring_dialog.BringDialog.exec", choose)
        page.bring.click()
        return page.use

    def begin(self) -> BareWindow:
        self.page.show_button.click()
        self.page.trial.start.click()
        settle()
        return self.bare()

    def bare(self) -> BareWindow | None:
        return second_of(self.place.window())

    def told(self) -> list[str]:
        return [e.object_kind for e in self.home.a.audit_of_case(self.home.case_id) if e.act == SHOWN]


@pytest.fixture
def scene(home, room, stage, monkeypatch):
    one_for_both(monkeypatch)
    made = Scene(home, room, stage)
    yield made
    made.place.close_film()


def words(part) -> str:
    settle()
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisibleTo(part))


def light(bare: BareWindow, across: float = 0.5, down: float = 0.5) -> int:
    image = bare.grab().toImage()
    box = image.rect()
    return image.pixelColor(int(box.width() * across), int(box.height() * down)).lightness()


def test_only_clips_that_everybody_lets_be_shown_are_offered_and_of_others_a_sentence(scene, qtbot) -> None:
    from widgets.supervision.bring_dialog import BringDialog

    scene.open()
    asked = BringDialog(scene.place, scene.room.space, scene.editor, scene.session)
    qtbot.addWidget(asked)
    asked.case.set_value(scene.home.case_id)
    asked.show_case()
    assert (asked.clip.count(), asked.done_button.isEnabled()) == (0, False)
    assert "not everybody on the film" in words(asked)
    scene.consent()
    asked.show_case()
    assert (asked.clip.count(), asked.clip_id()) == (1, scene.clip.id)
    assert TITLE not in asked.clip.currentText(), "titles are written to the family"


def test_it_says_what_lacks_and_is_shown_only_when_wholly_covered(scene, monkeypatch) -> None:
    scene.consent()
    use = scene.bring(monkeypatch)
    assert (use.covered, use.asker, use.question) == (True, scene.two.id, "Miten pysyn lapsen tahdissa?")
    assert "Covers not looked at wholly" in words(scene.page)
    assert not scene.page.show_button.isEnabled()
    opened = []
    monkeypatch.setattr("widgets.feedback.cover_dialog.CoverDialog.__init__", lambda *_a: opened.append(True))
    monkeypatch.setattr("widgets.feedback.cover_dialog.CoverDialog.exec", lambda _self: scene.cover())
    scene.page.use_part.cover.click()
    assert opened
    assert scene.page.show_button.isEnabled()
    code_name = scene.cases.file.case.code_name
    assert code_name in words(scene.page)
    for secret in (TITLE, *(p.name for p in scene.cases.file.persons if p.name)):
        assert secret not in words(scene.page)


def test_before_the_film_a_ring_and_no_picture_without_its_covers(scene, monkeypatch) -> None:
    scene.consent()
    scene.cover()
    use = scene.bring(monkeypatch)
    page = scene.page
    page.show_button.click()
    bare = scene.bare()
    assert light(bare) == 0
    assert scene.told() == [], "nothing was shown yet"
    page.trial.start.click()
    assert len(scene.editor.use(use.id).shown) == 1
    assert sorted(scene.told()) == ["clip", "recording"]
    held = page.stage.now
    covering = held.coverings[held.film.id]
    for at in (FIRST, FIRST + 5 * SECOND, LAST):
        held.take(held.film, replace(held.first, time=at, pixels=held.first.pixels * 0 + BRIGHT))
        (box,) = set(covering.boxes(at))
        pixels, wide, high = page.view.picture.pixels, held.first.width, held.first.height
        inside = pixels[box.top * high // WHOLE : -(-box.bottom * high // WHOLE), box.left * wide // WHOLE :]
        inside = inside[:, : -(-box.right * wide // WHOLE) - box.left * wide // WHOLE, :3]
        assert (inside.max(), int((pixels[:, :, :3] == 0).sum())) == (0, inside.size), "the cover, and nothing more"
        assert light(bare, 0.3, 0.35) == 0
        assert light(bare, 0.9, 0.9) == BRIGHT
    held.take(held.film, replace(held.first, time=LAST + 40_000))
    assert held.first.time == LAST, "nothing beyond its last picture"


def test_two_cameras_are_seen_as_the_clip_has_them_each_with_its_own_covers(scene, monkeypatch) -> None:
    second = replace(recording(scene.home.meeting.id), camera=2, offset=2 * SECOND)
    scene.home.a.apply("film", [added(second)])
    before, scene.clip = scene.clip, replace(scene.clip, second_id=second.id, sight=Sight.BESIDE)
    scene.home.a.apply("clip", [Change(before, scene.clip)])
    scene.consent()
    scene.cover()
    use = scene.bring(monkeypatch)
    page = scene.page
    assert not page.show_button.isEnabled(), "the other camera has no covers yet"
    scene.cover(second.id, OTHER_FACE)
    page.refresh()
    bare = scene.begin()
    held = page.stage.now
    for film, box in ((held.film, FACE), (held.second, OTHER_FACE)):
        at = film.to_film(held.start) + 5 * SECOND
        picture = replace(held.first, time=at, pixels=held.first.pixels * 0 + BRIGHT)
        held.take(film, picture)
        (wider,) = set(held.coverings[film.id].boxes(at))
        assert wider.holds(box)
        black = held.pictures[film.camera].pixels[:, :, 0] == 0
        middle = ((box.top + box.bottom) // 2 * 36 // WHOLE, (box.left + box.right) // 2 * 64 // WHOLE)
        assert black[middle]
        assert 0 < black.mean() < 0.5
    assert page.screen_part.other.isVisibleTo(page)
    assert (light(bare, 0.15, 0.5), light(bare, 0.4, 0.55)) == (0, BRIGHT), "the first, on the left"
    assert (light(bare, 0.55, 0.55), light(bare, 0.85, 0.5)) == (BRIGHT, 0), "the second, on the right"
    editor = CoverEditor(scene.home.a, scene.home.texts, scene.clip, second.id)
    editor.draw(Covered.NAME, editor.side.first, FACE)  # nobody has looked at it yet
    cover = scene.home.a.find(ClipCover, recording_id=second.id)[0]
    scene.room.space.door.tell([Change(cover, cover)], None)
    settle()
    assert (page.stage.clip, light(bare, 0.4, 0.55), light(bare, 0.55, 0.55)) == (None, 0, 0)
    assert not page.screen_part.other.isVisibleTo(page)
    assert not page.show_button.isEnabled()
    assert len(scene.editor.use(use.id).shown) == 1


def test_with_muted_voices_it_is_silent_and_as_filmed_it_shows_everything(scene, monkeypatch) -> None:
    scene.consent()
    scene.cover()
    editor = CoverEditor(scene.home.a, scene.home.texts, scene.clip)
    from app.model.cover import Muting

    editor.mute(FIRST, FIRST + SECOND, Muting.SILENCE)
    use = scene.bring(monkeypatch)
    bare = scene.begin()
    assert scene.page.stage.now.player.volume == 0
    assert "without sound" in words(scene.page)
    covered = scene.page.use_part.form.widgets["covered"]
    covered.click()
    assert not scene.editor.use(use.id).covered
    assert scene.page.stage.clip is None, "other pictures are another showing"
    scene.page.show_button.click()
    assert light(bare, 0.3, 0.35) == BRIGHT
    assert len(scene.editor.use(use.id).shown) == 2


def test_one_key_is_black_and_a_withdrawn_consent_takes_it_away_at_once(scene, monkeypatch) -> None:
    scene.consent()
    scene.cover()
    scene.bring(monkeypatch)
    bare = scene.begin()
    assert light(bare, 0.9, 0.9) == BRIGHT
    QTest.keyClick(scene.page.controls.buttons["showing.play"], Qt.Key.Key_Escape)
    assert light(bare, 0.9, 0.9) == 0
    QTest.keyClick(scene.page.controls.buttons["showing.play"], Qt.Key.Key_F5)
    assert light(bare, 0.9, 0.9) == BRIGHT
    consent = scene.cases.file.consent(scene.cases.file.adults[0].id, Purpose.OWN_SUPERVISION, today())
    scene.cases.withdraw_consent(consent, today())
    scene.room.space.door.tell([Change(consent, replace(consent, withdrawn=today()))], None)
    settle()
    assert (scene.page.stage.clip, light(bare, 0.9, 0.9)) == (None, 0)
    assert "Consent withdrawn" in words(scene.page)
    assert not scene.page.show_button.isEnabled()


def test_what_a_colleague_cuts_off_a_clip_is_not_seen_any_more(scene, monkeypatch) -> None:
    """Its covers were looked at between its new ends alone."""
    scene.consent()
    scene.cover()
    scene.bring(monkeypatch)
    bare = scene.begin()
    assert light(bare, 0.9, 0.9) == BRIGHT
    clip = scene.home.a.get(Clip, scene.clip.id)
    cut = Change(clip, replace(clip, last=clip.last - SECOND))
    scene.home.a.apply("cut", [cut])
    scene.room.space.door.tell([cut], None)
    settle()
    assert (scene.page.stage.clip, light(bare, 0.9, 0.9)) == (None, 0)
    assert scene.page.show_button.isEnabled(), "as it is now it may be shown"
    scene.page.show_button.click()
    assert scene.page.stage.clip == cut.after


def test_stop_ends_it_without_a_reason_and_for_this_session(scene, monkeypatch) -> None:
    scene.consent()
    scene.cover()
    use = scene.bring(monkeypatch)
    bare = scene.begin()
    scene.page.rounds.stop.click()
    assert (scene.page.stage.clip, light(bare, 0.9, 0.9)) == (None, 0)
    assert scene.editor.use(use.id).stopped
    assert not scene.page.show_button.isEnabled()
    scene.place.room.undo()
    assert scene.editor.use(use.id).stopped, "it is not taken back"
    assert scene.editor.bring(scene.session, scene.clip.id, "", "") is None, "nor brought once more today"
    assert "The clip was stopped." in words(scene.page)


def test_words_are_kept_at_their_moment_in_rounds_and_are_private_until_shared(scene, monkeypatch) -> None:
    scene.consent()
    scene.cover()
    use = scene.bring(monkeypatch)
    scene.begin()
    page = scene.page
    assert "Ohjattava 2" in words(page.rounds), "whose clip it is speaks first"
    page.stage.now.player.seek(FIRST + 4 * SECOND)
    page.rounds.words.setPlainText("Katse kääntyy")
    page.stage.now.player.seek(FIRST + 9 * SECOND)  # the film goes on while it is written
    page.rounds.write.click()
    (mark,) = scene.home.a.find(Reflection)
    assert (mark.at, mark.author, mark.turn, mark.shared) == (FIRST + 4 * SECOND, scene.two.id, 1, Shared.PRIVATE)
    page.rounds.next.click()
    page.rounds.shared.set_value(Shared.GROUP)
    page.stage.now.player.seek(FIRST + 2 * SECOND)
    page.rounds.words.setPlainText("Odottaa")
    page.rounds.next.click()  # what stands in the field is written first
    marks = scene.editor.marks(use)
    assert [(m.at - FIRST, m.author, m.shared) for m in marks] == [
        (2 * SECOND, scene.one.id, Shared.GROUP),
        (4 * SECOND, scene.two.id, Shared.PRIVATE),
    ]
    assert "round 2" in words(page.rounds)
    page.play_from(marks[1].at)
    assert page.stage.now.player.range[0] == FIRST + 4 * SECOND
    takeaway = page.use_part.form.widgets["takeaway"]
    takeaway.setPlainText("odotan")
    page.commit()
    assert scene.editor.use(use.id).takeaway == "odotan"


def test_of_another_house_the_controller_decides_first(scene, monkeypatch) -> None:
    scene.editor.edit(outside=True)
    commission = scene.home.a.find(Commission, case_id=scene.home.case_id)[0]
    scene.home.a.apply("x", [Change(commission, replace(commission, controller="Esimerkkilän hyvinvointialue"))])
    scene.consent(Purpose.TRAINING)
    scene.cover()
    scene.bring(monkeypatch)
    page = scene.page
    assert "The controller has not decided yet" in words(page)

    def decide(dialog) -> int:
        assert dialog.controller.text() == "Esimerkkilän hyvinvointialue"
        assert not dialog.done_button.isEnabled()
        dialog.decided_by.setText("Johtava Malli")
        dialog.ground.setText("päätös 4")
        assert dialog.done_button.isEnabled()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr("widgets.supervision.controller_dialog.ControllerDialog.exec", decide)
    page.use_part.controller.click()
    assert page.use.decision.decided_by == "Johtava Malli"
    assert page.show_button.isEnabled()


def test_the_coding_room_opens_at_the_clip_and_leaving_closes_the_other_screen(scene, monkeypatch) -> None:
    scene.consent()
    scene.cover()
    scene.bring(monkeypatch)
    scene.begin()
    scene.page.use_part.coding.click()
    assert scene.room.gone[-1] == ("coding", {"meeting_id": scene.home.meeting.id, "at": str(FIRST)})
    assert scene.place.in_use()
    scene.place.left()
    assert (scene.bare(), scene.place.in_use()) == (None, False)


def seen(scene) -> list[str]:
    """What the Finnish log of the case says was played, the oldest first, as the client's other worker reads it."""
    scene.room.space.looking.write()
    return played_lines(scene.home.b, scene.home.case_id, scene.home.film, scene.home.aino)


def test_what_the_group_saw_is_in_the_log_of_the_case_and_nothing_of_the_supervision_is(scene, monkeypatch) -> None:
    scene.consent()
    scene.cover()
    use = scene.bring(monkeypatch)
    assert seen(scene) == [], "brought, and not yet shown"
    scene.begin()
    page = scene.page
    page.stage.now.player.advance(4 * SECOND)
    page.rounds.words.setPlainText("Katse kääntyy")
    page.rounds.write.click()
    page.stage.hold()
    (mark,) = scene.editor.marks(use)
    page.play_from(mark.at)
    page.stage.now.player.advance(SECOND)
    page.play_from(FIRST + 15 * SECOND)
    page.stage.now.player.advance(2 * SECOND)
    page.rounds.stop.click()
    assert seen(scene) == [
        "Näytti muille työnohjauksessa: Tallenne 00:10–00:14",
        "Näytti muille työnohjauksessa: Tallenne 00:14–00:15",
        "Näytti muille työnohjauksessa: Tallenne 00:25–00:27",
    ]
    rows = scene.home.b.audit_of_case(scene.home.case_id)
    supervisions = (scene.editor.agreement_id, scene.session.id, use.id, mark.id, scene.two.id, "Katse", "Ohjattava")
    assert [word for word in supervisions if word in repr(rows)] == []
    assert {row.detail for row in rows if row.act == "played"} == {
        f"played={span};where=supervision;to=others" for span in ("10-14", "14-15", "25-27")
    }


def test_a_clip_that_is_taken_away_at_once_was_not_seen_and_one_screen_shows_it_to_nobody_else(
    scene, monkeypatch
) -> None:
    scene.consent()
    scene.cover()
    scene.bring(monkeypatch)
    scene.begin()
    scene.page.screen_part.close_clip()
    assert seen(scene) == []
    scene.page.show_button.click()
    scene.page.display.close()
    scene.page.stage.toggle()  # black: again, on the own screen
    scene.page.stage.now.player.advance(3 * SECOND)
    scene.place.left()
    assert seen(scene) == ["Toisti itselleen työnohjauksessa: Tallenne 00:10–00:13"]
