"""What of a feedback talk's moments was seen, and by whom, is in the access log of the case."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.casework.case_editor import CaseEditor
from app.clips.chosen import Moment
from app.model.consent import Purpose
from app.model.feedback import FeedbackTalk
from app.model.timecode import SECOND
from app.office import looking
from tests.drivers.log_lines import played_lines
from tests.drivers.second_screen import one_for_both, second_of
from tests.drivers.settling import settle
from tests.drivers.two_screens_child import BrightPlayer
from tests.material.house import LONG_AGO
from widgets.feedback.feedback_screen import FeedbackScreen
from widgets.feedback.show_page import ShowPage

Key = Qt.Key


class Talk:
    """A talk of three moments, the last of them one picture; the ring was seen on the second screen."""

    def __init__(self, home, room, stage) -> None:
        self.home, self.room = home, room
        cases = CaseEditor(home.a, home.texts, home.case_id)
        for person in cases.file.persons:
            cases.give_consent(person, Purpose.FEEDBACK, LONG_AGO)
        editor = room.space.feedback_editor(home.case_id)
        held = editor.begin(home.meeting.adult_id)
        assert isinstance(held, FeedbackTalk)
        for first, last in ((10, 20), (30, 40), (50, 50)):
            assert editor.choose(Moment(home.film, first * SECOND, last * SECOND), held.id)
        self.place = stage(FeedbackScreen, BrightPlayer, case_id=home.case_id)
        self.place.room.show_clips()

    @property
    def page(self) -> ShowPage:
        return self.place.room.show_page

    def begin(self) -> None:
        self.page.trial.start.click()
        settle()

    def play(self, seconds: int) -> None:
        """On the second screen, as if it had played on."""
        self.page.stage.now.player.advance(seconds * SECOND)

    def press(self, key) -> None:
        QTest.keyClick(self.page.controls.buttons["showing.play"], key)
        settle()

    def told(self) -> list[str]:
        """What a client's Finnish log says of the film, the oldest first."""
        self.room.space.looking.write()
        return played_lines(self.home.a, self.home.case_id, self.home.film, self.home.aino)


@pytest.fixture
def talk(home, room, stage, monkeypatch):
    one_for_both(monkeypatch)
    made = Talk(home, room, stage)
    yield made
    made.place.close_film()


def test_each_moment_is_told_with_the_stretch_that_the_family_saw(talk) -> None:
    assert talk.told() == [], "a moment that is made ready is seen by nobody"
    talk.begin()
    talk.play(4)
    talk.page.step(1)
    settle()
    assert talk.told() == ["Näytti perheelle palautteessa: Tallenne 00:10–00:14"]
    talk.play(10)
    talk.page.leave()
    assert talk.told() == [
        "Näytti perheelle palautteessa: Tallenne 00:10–00:14",
        "Näytti perheelle palautteessa: Tallenne 00:30–00:40",
    ]


def test_what_is_black_held_or_covered_is_not_seen(talk) -> None:
    talk.begin()
    talk.play(2)
    talk.press(Key.Key_Escape)
    talk.press(Key.Key_F5)  # from its first picture again, and black before the next one
    talk.press(Key.Key_Escape)
    assert talk.told() == ["Näytti perheelle palautteessa: Tallenne 00:10–00:12"]
    talk.press(Key.Key_F5)
    talk.play(3)
    talk.page.stage.hold()
    talk.page.stage.step(20)
    talk.page.stage.toggle()
    talk.play(1)
    talk.room.space.looking.cover(True)
    talk.play(4)
    talk.page.leave()
    assert talk.told()[1:] == [
        "Näytti perheelle palautteessa: Tallenne 00:10–00:13",
        "Näytti perheelle palautteessa: Tallenne 00:13–00:15",
    ]


def test_what_plays_once_the_second_screen_is_gone_was_seen_by_the_worker_alone(talk) -> None:
    talk.begin()
    talk.play(2)
    talk.page.display.close()
    talk.page.stage.toggle()  # black: again, on the own screen
    talk.play(5)
    talk.page.display.open()
    talk.play(3)  # black: first it is looked whether that is the right screen
    talk.begin()
    talk.play(3)
    talk.page.leave()
    assert talk.told() == [
        "Näytti perheelle palautteessa: Tallenne 00:10–00:12",
        "Toisti itselleen palautteessa: Tallenne 00:10–00:15",
        "Näytti perheelle palautteessa: Tallenne 00:10–00:13",
    ]


def test_a_screen_that_is_opened_again_shows_the_ring_and_no_film_before_it_was_said_to_be_right(talk) -> None:
    """The cable was pulled, and what is connected now may be the screen of the waiting room."""
    talk.begin()
    talk.play(2)
    page = talk.page
    page.display.close()
    page.stage.toggle()  # it plays on, on the own screen
    page.display.open()
    second = second_of(talk.place.window())

    def corner() -> int:
        image = second.grab().toImage()
        return image.pixelColor(image.width() * 9 // 10, image.height() * 9 // 10).lightness()

    def next_moment() -> None:
        talk.press(Key.Key_PageDown)

    for act in (settle, next_moment, page.stage.again, page.stage.toggle, lambda: page.show_place(1)):
        act()
        settle()
        assert (corner(), page.display.is_on_trial, page.stage.is_playing()) == (0, True, False)
    assert not page.trial.isHidden()
    talk.begin()
    assert corner() > 0
    assert page.stage.is_playing()


def test_one_picture_is_told_when_it_stood_and_not_when_it_was_gone_at_once(talk, monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(looking.time, "monotonic", lambda: now[0])
    talk.begin()
    talk.page.show_place(2)
    talk.page.stage.blacken()
    assert talk.told() == []
    talk.page.stage.again()
    now[0] += 8
    talk.page.stage.blacken()
    assert talk.told() == ["Näytti perheelle palautteessa: Tallenne 00:50–00:51"]


def test_what_plays_when_the_place_is_let_go_of_is_told_before_the_archive_closes(talk) -> None:
    talk.begin()
    talk.play(7)
    talk.place.close_film()
    assert talk.told() == ["Näytti perheelle palautteessa: Tallenne 00:10–00:17"]
