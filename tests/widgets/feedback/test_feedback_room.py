"""The room of feedback by real presses: chosen, trimmed, arranged, kept apart, taken back; gone with a consent."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from app.casework.case_editor import CaseEditor
from app.casework.film_use import Use
from app.clips.leaving import demand_leaving
from app.clips.permitted import demand_shown
from app.errors import ConsentMissing
from app.i18n import today
from app.model.change import Change, added
from app.model.consent import Purpose
from app.model.feedback import Clip, Group
from app.model.identity import new_id
from app.model.people import Role
from app.model.sought import Area
from app.model.timecode import SECOND
from app.office.searching import opened_at
from app.ports.search import Found
from tests.drivers.settling import settle
from tests.material.house import LONG_AGO
from tests.stand_ins.fake_player import FRAME
from widgets.feedback.feedback_screen import FeedbackScreen
from widgets.feedback.order_row import LINE
from widgets.feedback.show_page import ShowPage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


class Seat:
    """The place with a talk for the mother begun, whose consents and the child's are given."""

    def __init__(self, home, place: FeedbackScreen) -> None:
        self.home, self.place = home, place
        self.cases = CaseEditor(home.a, home.texts, home.case_id)
        self.room.begin(home.meeting.adult_id)

    @property
    def room(self):
        return self.place.room

    def give(self) -> None:
        for person in (self.cases.file.child, self.cases.file.adults[0]):
            assert self.cases.give_consent(person, Purpose.FEEDBACK, LONG_AGO)

    def take(self, second: int) -> Clip:
        """A moment around a second of the film, by its key."""
        self.room.page.film.watching.controls.seek(second * SECOND)
        self.press(Key.Key_Adiaeresis, CTRL)
        return self.room.clip

    def press(self, key, held=Qt.KeyboardModifier.NoModifier) -> None:
        self.room.page.order.setFocus()
        QTest.keyClick(QApplication.focusWidget(), key, held)
        settle()

    def rows(self) -> list[tuple[str, str]]:
        """(group or title, why it is barred) as the list shows them."""
        order = self.room.page.order
        lines = [order.item(n).data(LINE) for n in range(order.count())]
        return [(line.title, line.barred) for line in lines]

    def tell(self) -> None:
        """What another door wrote is announced."""
        case = self.cases.file.case
        self.place.workspace.door.tell([Change(case, case)], None)


@pytest.fixture
def seat(home, stage) -> Seat:
    return Seat(home, stage(FeedbackScreen, player=True, case_id=home.case_id))


def test_a_place_of_the_film_becomes_a_moment_that_plays_at_once(seat) -> None:
    clip = seat.take(20)
    player = seat.room.page.film.player
    assert (clip.first, clip.last) == (12 * SECOND, 32 * SECOND)
    assert player.is_playing()
    assert player.loop[:2] == (12 * SECOND, 32 * SECOND + 1)
    assert isinstance(QApplication.focusWidget(), QLineEdit), "a new moment wants a title"
    QTest.keyClicks(QApplication.focusWidget(), "Torni")
    seat.room.commit()
    assert seat.home.a.get(Clip, clip.id).title == "Torni"
    assert seat.rows()[1][0] == "Torni"


def test_the_meeting_that_has_a_film_is_open_though_a_later_one_is_planned(home, stage) -> None:
    later = home.add_meeting(home.meeting.adult_id, day=28)
    assert later.held > home.meeting.held
    room = Seat(home, stage(FeedbackScreen, player=True, case_id=home.case_id)).room
    assert room.page.film.file.meeting.id == home.meeting.id


def test_edges_go_picture_by_picture_and_to_the_picture_on_the_screen(seat) -> None:
    clip = seat.take(20)
    seat.room.pause()
    for key, edge, by in ((Key.Key_Q, "first", -1), (Key.Key_W, "first", 1), (Key.Key_O, "last", -1)):
        before = getattr(seat.room.clip, edge)
        seat.press(key)
        assert getattr(seat.room.clip, edge) - before == by * FRAME
    seat.press(Key.Key_E)
    assert seat.room.clip.first == clip.first - 2 * SECOND
    seat.room.page.film.watching.controls.seek(25 * SECOND)
    seat.press(Key.Key_L)
    assert seat.room.clip.last == 25 * SECOND
    seat.room.page.film.watching.controls.seek(28 * SECOND)
    seat.press(Key.Key_A)
    assert (seat.room.clip.first, seat.room.clip.last) == (28 * SECOND, 28 * SECOND), "a still is left"
    seat.place.undo()
    assert seat.room.clip.last == 25 * SECOND
    seat.press(Key.Key_S)
    assert seat.room.clip.is_still


def test_moments_are_moved_by_keys_and_by_hand_and_taken_out(seat) -> None:
    clips = [seat.take(second) for second in (10, 20, 30)]
    order = seat.room.page.order
    assert [p.clip_id for p in seat.room.talk.in_order()] == [c.id for c in clips]
    seat.press(Key.Key_Up, ALT | SHIFT)
    assert [p.clip_id for p in seat.room.talk.in_order()] == [clips[0].id, clips[2].id, clips[1].id]
    order.drop_at(clips[0].id, order.count())
    assert seat.room.talk.in_group(Group.CLOSING)[0].clip_id == clips[0].id
    order.drop_at(clips[0].id, 1)
    assert seat.room.talk.in_order()[0].clip_id == clips[0].id
    seat.room.choose_clip(clips[1].id)
    seat.press(Key.Key_X)
    assert seat.room.talk.place_of(clips[1].id) is None
    assert seat.rows()[-1][0], "it is chosen still, and in no group"
    seat.press(Key.Key_Down, ALT | SHIFT)
    assert seat.room.talk.place_of(clips[1].id) is not None


def test_without_consent_a_moment_is_marked_and_with_it_it_may_be_shown(seat) -> None:
    seat.take(20)
    assert seat.rows()[1][1] == "consent missing"
    seat.give()
    seat.tell()
    assert seat.rows()[1][1] == ""
    adult = seat.cases.file.adults[0]
    held = seat.cases.file.consent(adult.id, Purpose.FEEDBACK, today())
    seat.cases.withdraw_consent(held, today())
    seat.tell()
    assert seat.rows()[1][1] == "consent withdrawn"


def test_being_filmed_taken_back_in_the_middle_closes_arranging_showing_and_leaving_at_once(seat) -> None:
    clip = seat.take(20)
    seat.give()
    seat.tell()
    assert seat.rows()[1][1] == ""
    person = seat.cases.file.adults[0]
    seat.cases.withdraw_consent(seat.cases.file.consent(person.id, Purpose.FILMING, today()), today())
    seat.tell()
    assert seat.rows()[1][1] == "consent withdrawn"
    assert seat.room.page.film is None, "the film is let go of"
    for door in (demand_leaving, demand_shown):
        rest = (Use.SUPERVISION,) if door is demand_leaving else (seat.home.meeting.adult_id, today())
        with pytest.raises(ConsentMissing):
            door(seat.home.a, clip, *rest)


def test_what_a_search_found_is_opened_where_it_is(seat, home, stage) -> None:
    clips = [seat.take(second) for second in (10, 20)]
    seat.room.editor.say(seat.room.talk, clips[1], words="Kaarnavene")
    said = seat.room.editor.words_of(seat.room.talk.id, clips[1].id)
    seat.room.begin(seat.cases.file.child.id)
    first, other = (t.id for t in seat.room.editor.talks)
    for thing, talk_id, clip_id in ((clips[1], first, clips[1].id), (said, first, clips[1].id)):
        found = Found(1, Area.FEEDBACK, type(thing), thing.id, home.case_id, "", "", kept_apart=False, words="")
        place, ids = opened_at(found)
        assert place == "feedback"
        seat.place.opened(**ids)
        assert (seat.room.talk.id, seat.room.clip.id) == (talk_id, clip_id)
        assert (seat.room.pages.currentWidget() is seat.room.words) == (thing is said)
    seat.place.opened(case_id=home.case_id, within=other)
    assert (seat.room.talk.id, seat.room.clip) == (other, None)


def test_a_meetings_page_leads_to_its_own_film(seat, home) -> None:
    later = home.add_meeting(home.meeting.adult_id, day=28)
    home.a.apply("film", [added(replace(home.film, id=new_id(), meeting_id=later.id))])
    for meeting in (home.meeting, later):
        seat.place.opened(case_id=home.case_id, meeting_id=meeting.id)
        assert seat.room.page.film.file.meeting.id == meeting.id
    seat.place.opened(case_id=home.case_id, meeting_id="gone")
    assert seat.room.page.film is not None


def test_nothing_of_the_other_adult_is_in_a_version_that_is_kept_apart(seat, home) -> None:
    mothers = seat.take(20)
    father = seat.cases.add_person(Role.BIRTH_PARENT, "father")
    seat.cases.edit(seat.cases.file.case, keep_apart=True)
    seat.tell()
    seat.room.begin(father.id)
    assert [title for title, _ in seat.rows() if title] == [
        "Strengths first", "A place to grow", "A strength to end with"
    ]  # fmt: skip
    assert seat.room.page.film is None, "nor is the mother's film there to choose from"
    assert home.a.get(Clip, mothers.id) == mothers


def test_a_moment_that_is_removed_can_be_taken_back(seat, room) -> None:
    clip = seat.take(20)
    seat.room.remove()
    assert seat.home.a.find(Clip) == ()
    room.said[-1].action()
    assert seat.home.a.find(Clip) == (clip,)


def test_the_film_of_an_erased_moment_is_let_go_of(seat) -> None:
    seat.take(20)
    film = seat.home.film
    shell = seat.home.erase(film)
    seat.place.workspace.door.tell([Change(film, shell)], None)
    assert seat.room.editor.clips == ()
    assert seat.room.editor.unseen(seat.room.talk) == 1


def test_marked_moments_are_offered_and_taken(home, stage) -> None:
    editor = home.editor()
    editor.bookmark(15 * SECOND, "yhteinen ilo")
    seat = Seat(home, stage(FeedbackScreen, player=True, case_id=home.case_id))
    (take,) = [b for b in seat.place.findChildren(QPushButton) if b.text() == "Take"]
    take.click()
    settle()
    assert seat.room.clip.source_id in editor.coding.bookmarks
    assert [b for b in seat.place.findChildren(QPushButton) if b.text() == "Take" and b.isVisible()] == []


def test_the_words_page_keeps_what_is_tried_next(seat) -> None:
    seat.take(20)
    seat.room.to_words()
    seat.room.words.talk_edited.emit("working_point", "odotan")
    seat.room.words.talk_edited.emit("scaling", 0)
    assert (seat.room.talk.working_point, seat.room.talk.scaling) == ("odotan", 0)


def test_rounds_are_begun_by_number(seat) -> None:
    adult = seat.home.meeting.adult_id
    seat.room.begin(adult, rounds=True)
    seat.room.begin(adult, rounds=True)
    assert [t.cycle for t in seat.room.editor.talks] == [0, 1, 2]


def test_while_there_is_no_talk_one_press_begins_one(home, stage) -> None:
    place = stage(FeedbackScreen, player=True, case_id=home.case_id)
    offered = [b for b in place.room.page.findChildren(QPushButton) if b.text().startswith("Feedback talk: ")]
    assert [b.text() for b in offered] == ["Feedback talk: parent", "Feedback talk: child"]
    assert [b.property("kind") for b in offered] == ["primary", None], "the header has none meanwhile"
    QTest.mouseClick(offered[0], Qt.MouseButton.LeftButton)
    assert place.room.talk.person_id == home.meeting.adult_id
    assert [b for b in place.room.page.findChildren(QPushButton) if b.text().startswith("Feedback talk: ")] == []


def test_a_number_is_given_by_a_press_and_taken_back_by_another(seat) -> None:
    clip = seat.take(20)
    seat.room.to_words()
    (seven,) = [b for b in seat.room.words.findChildren(QPushButton) if b.accessibleName() == "7 of 10"]
    for given in (7, None):
        QTest.mouseClick(seven, Qt.MouseButton.LeftButton)
        assert seat.room.editor.words_of(seat.room.talk.id, clip.id).scaling == given


def test_a_childs_talk_asks_for_the_childs_words_and_no_number(seat) -> None:
    seat.room.begin(seat.cases.file.child.id)
    seat.take(20)
    told = "\n".join(part.text() for part in seat.room.findChildren(QLabel) if part.isVisible())
    assert "A grown-up is near and does not answer for the child." in told
    seat.room.to_words()
    seen = [b for b in seat.room.findChildren(QPushButton) if b.isVisible()]
    assert "The child's words" in [b.text() for b in seen]
    assert not [b for b in seen if b.accessibleName().endswith(" of 10")]
    (words,) = [w for w in seat.room.words.findChildren(QPlainTextEdit) if w.accessibleName().endswith("own words")]
    assert words.placeholderText() == "In the child's own words"
    shown = [part.text() for part in seat.room.words.findChildren(QLabel) if part.isVisible()]
    assert not [text for text in shown if "10 = there" in text], "and of the talk as a whole neither"
    talk = seat.room.talk
    assert (talk.minutes, talk.planned) == (20, 10), "short at first"
    seat.room.to_arranging()
    told = [part.text() for part in seat.room.findChildren(QLabel) if part.isVisible()]
    assert {"The child's own question", "Title for the child", "Question to the child"} <= set(told)
    assert not {"The parent's own question", "Title for the parent", "Question to the parent"} & set(told)


def test_a_showing_is_ended_by_another_place_only_when_that_was_said(seat, monkeypatch) -> None:
    assert seat.place.may_be_left()
    seat.take(20)
    seat.give()
    seat.tell()
    seat.room.show_clips()
    assert seat.place.may_be_left(), "nobody watches yet"
    answers, asked = [False, True], []
    monkeypatch.setattr(ShowPage, "is_under_way", True)
    monkeypatch.setattr(
        "widgets.feedback.feedback_screen.confirm", lambda *told: asked.append(told[2]) or answers[len(asked) - 1]
    )
    assert [seat.place.may_be_left(), seat.place.may_be_left()] == answers
    assert asked[0] == "Moments are being shown on the second screen. Another place ends the showing."
    seat.room.leave()
