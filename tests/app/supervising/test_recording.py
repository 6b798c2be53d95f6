"""A session's recording: everybody is asked, a yes that is taken back and the agreement's end close it from use."""

from dataclasses import replace
from datetime import date

import pytest

from app.casework.film_use import Use, may_be_used
from app.i18n import Texts, today
from app.model.change import added
from app.model.feedback import Clip
from app.model.filming import OpenRecording
from app.model.identity import new_id
from app.model.recorded_session import all_agree, asked
from app.model.supervision import SUPERVISOR, Presence
from app.supervising import film, film_words, recording
from app.supervising.agreements import new_agreement
from app.supervising.film_words import openable_cases
from tests.app.supervising.test_agreement import FIRST, Group
from tests.material.builders import A_DAY
from tests.material.builders import recording as a_film


class Recorded(Group):
    """A signed agreement with its sessions planned; `session` is the first as it is now."""

    def __init__(self) -> None:
        super().__init__()
        self.sign()
        assert self.editor.plan(FIRST)

    @property
    def session(self):
        return self.editor.sessions[0]

    @property
    def held(self) -> recording.Recorded:
        return recording.recorded(self.home.a, self.session)

    def everybody_says_yes(self) -> None:
        for who in asked(self.editor.agreement, self.session):
            assert self.editor.say_to_recording(self.session, who, given=True)

    def film(self):
        """A film of the session, as filming or taking in would leave it."""
        meeting = self.editor.record(self.session)
        made = a_film(meeting.id)
        self.door.write("film", [added(made)])
        return made

    def told(self, held: recording.Recorded) -> str:
        return recording.told(Texts("fi"), self.editor.agreement, self.session, held)

    def may_be_seen(self) -> bool:
        return may_be_used(self.home.a, self.held.meeting.id, today(), Use.CODE)


@pytest.fixture
def group(qapp) -> Recorded:
    return Recorded()


def test_nothing_begins_before_everybody_has_said_yes_and_then_once(group) -> None:
    editor = group.editor
    who = asked(editor.agreement, group.session)
    assert who == (SUPERVISOR, *(s.id for s in group.people))
    assert editor.record(group.session) is None
    for one in who[1:]:
        assert editor.say_to_recording(group.session, one, given=True)
    assert recording.unsaid(editor.agreement, group.session) == (SUPERVISOR,)
    assert editor.record(group.session) is None
    assert group.refused == ["recording-consent"] * 2
    assert editor.say_to_recording(group.session, SUPERVISOR, given=True)
    meeting = editor.record(group.session)
    assert editor.record(group.session) == meeting
    assert group.session.recorded
    assert (meeting.held, meeting.coders) == (group.session.at, (group.home.a.me, ""))
    assert [t.name.fi for t in meeting.plan] == ["Istunto"]
    assert not editor.say_to_recording(group.session, SUPERVISOR, given=None), "who was asked stays asked"


def test_one_who_is_away_is_not_asked_but_a_no_counts_all_the_same(group) -> None:
    editor, (one, two, three) = group.editor, group.people
    assert editor.say_to_recording(group.session, two.id, given=False)
    assert editor.hold(group.session, {one.id: Presence.EXCUSED, two.id: Presence.MISSING})
    assert asked(editor.agreement, group.session) == (SUPERVISOR, two.id, three.id)
    assert recording.refused(editor.agreement, group.session) == (two.id,)
    assert editor.say_to_recording(group.session, two.id, given=None)
    assert asked(editor.agreement, group.session) == (SUPERVISOR, three.id)
    assert not all_agree(editor.agreement, group.session)
    group.everybody_says_yes()
    assert editor.record(group.session) is not None


def test_a_yes_that_is_taken_back_ends_every_use_at_once_and_the_films_wait_to_be_erased(group) -> None:
    group.everybody_says_yes()
    group.film()
    assert group.may_be_seen()
    other = group.editor.sessions[1]
    assert group.editor.say_to_recording(other, SUPERVISOR, given=False)
    assert group.may_be_seen(), "what is said of one session is of no other"
    assert group.editor.say_to_recording(group.session, group.people[2].id, given=False)
    assert not group.may_be_seen()
    assert group.held.in_use == ()
    assert len(group.held.waiting) == 1 == group.editor.waiting_recordings()
    assert "peruttu" in group.told(group.held)
    gone = replace(group.held, films=tuple(film.erased_at(A_DAY, "e") for film in group.held.films))
    assert group.told(gone) == "Tallenne on hävitetty.", "what is gone waits for nothing"
    # a new yes does not bring back what was closed
    assert group.editor.say_to_recording(group.session, group.people[2].id, given=True)
    assert group.held.in_use == ()


def test_with_the_agreement_every_recording_ends(group) -> None:
    group.everybody_says_yes()
    film = group.film()
    book = OpenRecording(new_id(), film.meeting_id, 2, "more.vau", A_DAY, 0)
    group.door.write("filming", [added(book)])
    assert not group.editor.end(date(2026, 12, 1))
    assert not group.editor.say_to_recording(group.session, group.people[0].id, given=False)
    assert group.refused == ["session-being-recorded"] * 2
    group.home.a.apply("ended", [type(added(book))(book, None)])
    assert group.editor.end(date(2026, 2, 1))
    assert group.held.waiting != () == group.held.in_use
    assert group.told(group.held) == "Tallennetta ei enää käytetä, ja se odottaa hävittämistä."
    assert group.session.recorded, "a session that has a recording stays on record"


def test_a_clip_of_it_is_brought_to_a_session_of_the_same_supervision_alone(group) -> None:
    store, editor = group.home.a, group.editor
    group.everybody_says_yes()
    made = group.film()
    clip = Clip(new_id(), made.id, made.meeting_id, store.me, 0, 5_000_000)
    group.door.write("chosen", [added(clip)])
    ((folder, called),) = film_words.own_recordings(store, group.home.texts, editor.agreement)
    assert called == "Istunto 10.2.2026"
    other = new_agreement(group.door, group.home.texts, "Toinen", customer="Toinen tiimi")
    assert film.candidates(store, other, folder, today()) == ()
    assert film.candidates(store, editor.agreement, folder, today()) == (clip,)
    assert folder not in [case.id for case in openable_cases(store)]
    later = editor.sessions[1]
    use = editor.bring(later, clip.id, "", "Miten puhumme?")
    assert not use.covered
    assert not editor.sessions[1].client_material
    shown = editor.show(use)
    assert len(shown.shown[0].stands_on) == len(group.people) + 1
    assert editor.say_to_recording(group.session, group.people[0].id, given=False)
    assert film.judged(store, editor.agreement, shown, today()).bar == film.Bar.FILM_GONE
    assert editor.show(shown) is None
