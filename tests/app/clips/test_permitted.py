"""No moment is reached for showing without every consent, whatever was given, taken back, hidden or erased before."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.casework.case_editor import CaseEditor
from app.casework.consents import permits
from app.casework.film_use import Use
from app.clips.chosen import Moment
from app.clips.covering import coverings_of
from app.clips.feedback import FeedbackEditor
from app.clips.leaving import demand_leaving
from app.clips.permitted import Bar, demand_shown, judged, shown_reels, words_name
from app.errors import ConsentMissing, NotAllowed
from app.i18n import now, today
from app.model.change import Change, added, removed
from app.model.consent import Purpose
from app.model.feedback import Clip, Sight
from app.model.identity import new_id
from app.model.people import Interpreter, Person, Role
from app.model.timecode import SECOND
from tests.material.builders import recording
from tests.material.house import LONG_AGO, Home


class Talking:
    """A clip of the mother's film, which everybody on it lets be shown, and a father kept apart or not."""

    def __init__(self, home: Home | None = None) -> None:
        self.home = home or Home()
        self.cases = CaseEditor(self.home.a, self.home.texts, self.home.case_id)
        self.child, self.mother = self.cases.file.child, self.cases.file.adults[0]
        self.father = self.cases.add_person(Role.BIRTH_PARENT, "isä")
        for person in (self.child, self.mother):
            self.give(person)
        self.clip = Clip(new_id(), self.home.film.id, self.home.meeting.id, self.home.aino.id, 0, 20 * SECOND)
        self.home.a.apply("clip", [added(self.clip)])

    def give(self, person: Person, purpose: Purpose = Purpose.FEEDBACK) -> None:
        assert self.cases.give_consent(person, purpose, LONG_AGO)

    def take(self, person: Person, purpose: Purpose = Purpose.FEEDBACK) -> None:
        held = [c for c in self.cases.file.consents if (c.person_id, c.purpose) == (person.id, purpose)]
        for consent in (c for c in held if c.withdrawn is None):
            assert self.cases.withdraw_consent(consent, today())

    def edit(self, **fields) -> None:
        before = self.home.a.get(Clip, self.clip.id)
        self.clip = replace(before, **fields)
        self.home.a.apply("edited", [Change(before, self.clip)])

    def bar(self, person: Person | None = None) -> Bar | None:
        who = person or self.mother
        return judged(self.home.a, self.cases.file, (self.clip,), who.id, today())[self.clip.id].bar


@pytest.fixture
def talk(qapp) -> Talking:
    return Talking()


def test_with_everybodys_consent_the_film_is_handed_out(talk) -> None:
    assert talk.bar() is None
    (reel,) = shown_reels(talk.home.a, talk.home.vault, talk.clip, talk.mother.id, today())
    assert reel.id == talk.home.film.id
    assert demand_shown(talk.home.a, talk.clip, talk.mother.id, today()).granted == 2


def test_each_reason_bars_it_and_the_door_says_the_same(talk) -> None:
    def refused(person: Person) -> str:
        with pytest.raises(NotAllowed) as caught:
            shown_reels(talk.home.a, talk.home.vault, talk.clip, person.id, today())
        return caught.value.key

    assert talk.bar(talk.father) == Bar.CONSENT == refused(talk.father), "the mother did not let another parent see it"
    talk.give(talk.mother, Purpose.OTHER_PARENT)
    assert talk.bar(talk.father) is None
    assert talk.cases.edit(talk.cases.file.case, keep_apart=True)
    assert talk.bar(talk.father) == Bar.APART == refused(talk.father)
    assert talk.bar() is None
    talk.edit(title="Isän kanssa oli toisin")
    assert talk.bar() == Bar.NAMED == refused(talk.mother)
    talk.edit(title="Torni pysyy pystyssä", hidden=True, hidden_why="toinen lapsi ovella")
    assert talk.bar() == Bar.HIDDEN == refused(talk.mother)
    talk.edit(hidden=False)
    talk.take(talk.mother)
    assert talk.bar() == Bar.WITHDRAWN == refused(talk.mother)
    talk.give(talk.mother)
    talk.home.erase(talk.home.film)
    assert talk.home.a.find(Clip) == ()
    assert talk.bar() == Bar.FILM_GONE == refused(talk.mother)


def test_the_door_asks_of_a_moment_as_it_is_kept_now_and_not_as_it_was_opened(talk) -> None:
    """What is on the second screen was opened a while ago; a colleague marks, cuts or removes it meanwhile."""
    opened = talk.clip

    def refused() -> str:
        with pytest.raises(NotAllowed) as caught:
            demand_shown(talk.home.a, opened, talk.mother.id, today())
        return caught.value.key

    talk.edit(title="Torni", why="hyvä hetki")
    assert demand_shown(talk.home.a, opened, talk.mother.id, today()).granted == 2, "other words, the same pictures"
    talk.edit(hidden=True, hidden_why="toinen lapsi ovella")
    assert refused() == Bar.HIDDEN
    talk.edit(hidden=False, last=10 * SECOND)
    assert refused() == "clip-other-now", "the other child comes in after that"
    talk.edit(last=opened.last)
    assert demand_shown(talk.home.a, opened, talk.mother.id, today()).granted == 2
    talk.home.a.apply("removed", [removed(talk.clip)])
    assert refused() == Bar.FILM_GONE


def test_an_interpreter_at_the_talk_sees_the_film_only_when_each_on_it_lets_it(talk) -> None:
    assert talk.cases.edit(talk.mother, interpreter=Interpreter.IN_ROOM, interpreter_language="arabia")
    assert talk.bar() == Bar.CONSENT, "the consents to feedback are of the family alone"
    talk.give(talk.mother, Purpose.INTERPRETER)
    assert talk.bar() == Bar.CONSENT, "the child is on the film, too"
    with pytest.raises(ConsentMissing):
        shown_reels(talk.home.a, talk.home.vault, talk.clip, talk.mother.id, today())
    talk.give(talk.child, Purpose.INTERPRETER)
    assert talk.bar() is None
    assert talk.bar(talk.child) is None, "the child hears for itself"
    talk.take(talk.mother, Purpose.INTERPRETER)
    assert talk.bar() == Bar.WITHDRAWN


def test_once_the_child_has_said_no_in_the_middle_nothing_of_the_film_is_chosen_shown_or_handed_out(talk) -> None:
    store, texts, film = talk.home.a, talk.home.texts, talk.home.film
    editor = FeedbackEditor(store, texts, talk.home.case_id)
    store.apply("closed", [Change(film, replace(film, closed_from_use=now()))])  # as `Capture.decide` closes it
    refused: list[str] = []
    editor.refused.connect(lambda error: refused.append(error.key))
    assert editor.choose(Moment(film, 0, SECOND)) is None, "also of a film that was open a moment ago"
    assert refused == ["clip-film-gone"]
    assert [clip.id for clip in editor.clips] == [talk.clip.id]
    assert talk.bar() == Bar.FILM_GONE
    for act in (
        lambda: shown_reels(store, talk.home.vault, talk.clip, talk.mother.id, today()),
        lambda: demand_leaving(store, talk.clip, Use.FEEDBACK, talk.mother.id),
        lambda: demand_leaving(store, talk.clip, Use.SUPERVISION),
    ):
        with pytest.raises(NotAllowed, match="clip-film-gone"):
            act()
    assert coverings_of(store, talk.clip) == ()


def test_while_one_codes_alone_nothing_is_shown_and_nothing_seen_by_the_other(talk) -> None:
    talk.home.editor(talk.home.b)
    assert talk.bar() == Bar.CODING
    assert FeedbackEditor(talk.home.b, talk.home.texts, talk.home.case_id).clips == ()


def test_the_other_adults_name_is_found_with_its_endings_and_ones_own_is_none(talk) -> None:
    assert talk.cases.edit(talk.cases.file.case, keep_apart=True)
    assert talk.cases.edit(talk.father, name="Pekka Esimerkki")
    file = talk.cases.file
    assert words_name(file, talk.mother.id, ("Kun Pekalla oli kiire",), "fi")
    assert words_name(file, talk.mother.id, ("isälle",), "fi")
    assert not words_name(file, talk.mother.id, ("Äidin käsi pysähtyy",), "fi")


def test_a_second_camera_is_handed_out_with_the_first_as_long_as_it_is_there(talk) -> None:
    second = replace(recording(talk.home.meeting.id), camera=2)
    talk.home.a.apply("film", [added(second)])
    talk.edit(second_id=second.id, sight=Sight.BESIDE)
    ask = (talk.home.a, talk.home.vault, talk.clip, talk.mother.id, today())
    assert [r.camera for r in shown_reels(*ask)] == [1, 2]
    talk.home.erase(second)
    assert [r.camera for r in shown_reels(*ask)] == [1]


STEPS = st.lists(
    st.sampled_from(
        [(act, who, purpose) for act in ("give", "take") for who in ("child", "mother", "father") for purpose in
         (Purpose.FILMING, Purpose.FEEDBACK, Purpose.OTHER_PARENT)]
        + [("hide", "", None), ("show", "", None), ("apart", "", None), ("together", "", None), ("erase", "", None)]
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_whatever_happened_before_a_film_is_handed_out_only_with_every_consent(qapp, steps) -> None:
    talk = Talking()
    for act, who, purpose in steps:
        if act in ("give", "take"):
            getattr(talk, act)(getattr(talk, who), purpose)
        elif act == "erase":
            if talk.home.a.find(Clip):
                talk.home.erase(talk.home.film)
        elif act in ("hide", "show"):
            if talk.home.a.find(Clip):
                talk.edit(hidden=act == "hide")
        else:
            talk.cases.edit(talk.cases.file.case, keep_apart=act == "apart")
    file = talk.cases.file
    for person in (talk.mother, talk.father):
        try:
            reels = shown_reels(talk.home.a, talk.home.vault, talk.clip, person.id, today())
        except NotAllowed:
            continue
        assert reels
        assert talk.home.a.find(Clip), "a clip goes with its film"
        assert not talk.clip.hidden
        for asked in (Purpose.FILMING, Purpose.FEEDBACK):
            assert permits(file, talk.home.meeting, asked, today()).is_given
        if person is talk.father:
            assert not file.case.keep_apart
            assert file.consent(talk.mother.id, Purpose.OTHER_PARENT, today()) is not None
