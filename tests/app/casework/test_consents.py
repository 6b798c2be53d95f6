"""Whether a film may be made or used: one rule for everybody on it, asked by the doors without any window."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.casework.case_editor import CaseEditor
from app.casework.case_file import case_file
from app.casework.consents import Permission, Signed, demand, guardians_left, last_words, permits
from app.errors import ConsentMissing
from app.i18n import today
from app.model.consent import Purpose
from app.model.meeting import Meeting
from app.model.people import Role
from tests.material.house import LONG_AGO, Home

DAY = date(2026, 11, 3)
CLIPS = Purpose.OWN_SUPERVISION  # nobody in the house has consented to it


class Matter:
    """A case whose consents to one purpose are written as each test needs."""

    def __init__(self) -> None:
        self.home = Home()
        self.editor = CaseEditor(self.home.a, self.home.texts, self.home.case_id)
        self.child, self.adult = self.editor.file.child, self.editor.file.adults[0]
        self.meeting: Meeting = self.home.meeting

    def ask(self, purpose: Purpose = CLIPS, day: date = DAY) -> Permission:
        return permits(case_file(self.home.a, self.home.case_id), self.meeting, purpose, day)

    def give(self, *persons, day: date = LONG_AGO, **more) -> None:
        for person in persons:
            assert self.editor.give_consent(person, CLIPS, day, **more)

    def withdraw(self, person, day: date = DAY) -> None:
        held = next(c for c in self.editor.file.consents if c.person_id == person.id and c.purpose == CLIPS)
        assert self.editor.withdraw_consent(held, day)

    def decide(self, person, day: date = LONG_AGO) -> bool:
        return self.editor.decide_despite(person, CLIPS, day, "County's leading worker", "cannot be reached")


@pytest.fixture
def matter(qapp) -> Matter:
    return Matter()


def test_everybody_on_the_film_must_have_consented(matter) -> None:
    assert [p.called for p in matter.ask().lacking] == ["child", "parent"]
    matter.give(matter.child)
    assert not matter.ask().is_given
    matter.give(matter.adult)
    assert matter.ask().is_given


def test_others_on_the_film_are_asked_too(matter) -> None:
    sister = matter.editor.add_person(Role.SIBLING, "sister")
    matter.give(matter.child, matter.adult)
    matter.meeting = replace(matter.meeting, others=(sister.id,))
    assert matter.ask().lacking == (sister,)
    matter.give(sister)
    assert (matter.ask().granted, matter.ask().persons, matter.ask().is_given) == (3, 3, True)


def test_a_consent_counts_from_its_day_to_its_last(matter) -> None:
    matter.give(matter.child)
    matter.give(matter.adult, day=DAY, until=DAY + timedelta(days=1))
    days = [DAY + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [matter.ask(day=d).is_given for d in days] == [False, True, True, False]


def test_one_purpose_is_not_another(matter) -> None:
    matter.give(matter.child, matter.adult)
    assert {p for p in Purpose if matter.ask(p).is_given} == {CLIPS, Purpose.FILMING}


def test_the_controller_decides_where_a_consent_cannot_be_had(matter) -> None:
    matter.give(matter.adult)
    assert matter.decide(matter.child, day=DAY)
    assert not matter.ask(day=DAY - timedelta(days=1)).is_given
    assert matter.ask().is_given
    assert (matter.ask().decided, matter.ask().given) == ((matter.child,), (matter.adult,))
    (held,) = matter.editor.file.decisions
    assert matter.editor.end_decision(held, DAY + timedelta(days=1))
    assert matter.ask().is_given
    assert not matter.ask(day=DAY + timedelta(days=1)).is_given
    assert not matter.editor.stack.canUndo()


@pytest.mark.parametrize(("who", "ground"), [("", "cannot be reached"), ("County", "  ")])
def test_a_decision_says_who_and_why(matter, who, ground) -> None:
    refused = []
    matter.editor.refused.connect(lambda e: refused.append(e.key))
    assert not matter.editor.decide_despite(matter.child, CLIPS, DAY, who, ground)
    assert refused == ["decision-without-ground"]
    assert matter.editor.file.decisions == ()


def test_a_consent_that_the_child_s_guardian_took_back_is_a_gap_the_controller_can_decide(matter) -> None:
    matter.give(matter.child, matter.adult)
    matter.withdraw(matter.child)
    assert matter.ask().lacking == (matter.child,)
    matter.decide(matter.child)
    assert matter.ask().is_given


def test_an_adult_s_own_no_is_absolute_until_they_say_otherwise(matter) -> None:
    matter.give(matter.child, matter.adult)
    matter.withdraw(matter.adult)
    matter.decide(matter.adult)
    assert matter.ask().withdrawn == (matter.adult,)
    assert not matter.ask().is_given
    assert matter.ask(day=DAY - timedelta(days=1)).is_given
    matter.give(matter.adult, day=DAY + timedelta(days=2))
    assert matter.ask(day=DAY + timedelta(days=2)).is_given


def test_a_withdrawal_is_of_the_purpose_and_not_of_one_paper(matter) -> None:
    """Consent was renewed before the one before it ended, or two entries of one person became one."""
    matter.give(matter.child, matter.adult)
    matter.give(matter.adult, day=DAY - timedelta(days=30))
    *_, newest = last_words(matter.editor.file, matter.adult.id, CLIPS, DAY)
    assert newest.given == DAY - timedelta(days=30)
    assert matter.editor.withdraw_consent(newest, DAY)
    assert matter.ask(day=DAY - timedelta(days=1)).is_given
    assert matter.ask().withdrawn == (matter.adult,)
    matter.decide(matter.adult)
    assert not matter.ask().is_given, "nobody decides past an adult's own no"
    matter.give(matter.adult, day=DAY)
    assert matter.ask().is_given, "given anew on the very day"


def test_a_form_of_before_the_withdrawal_gives_nothing_on_whatever_day_it_is_recorded(matter) -> None:
    matter.give(matter.child, matter.adult)
    matter.withdraw(matter.adult, today())
    refused: list[str] = []
    matter.editor.refused.connect(lambda e: refused.append(e.key))
    late = Signed((CLIPS,), today() - timedelta(days=1))
    assert not matter.editor.record_form(matter.adult, late)
    assert refused == ["consent-withdrawn-since"]
    matter.give(matter.adult, day=today() - timedelta(days=1))  # as an archive of before may have it
    assert matter.ask(day=today()).withdrawn == (matter.adult,)
    assert last_words(matter.editor.file, matter.adult.id, CLIPS, today())[-1].withdrawn == today()
    assert matter.editor.record_form(matter.adult, replace(late, given=today()))
    assert matter.ask(day=today()).is_given


def test_what_tells_how_a_consent_stands_is_the_one_in_force_and_not_the_one_recorded_last(matter) -> None:
    matter.give(matter.adult)
    matter.give(matter.adult, day=LONG_AGO - timedelta(days=300), until=LONG_AGO - timedelta(days=200))
    assert last_words(matter.editor.file, matter.adult.id, CLIPS, DAY)[-1].given == LONG_AGO


def test_the_child_s_no_today_is_absolute_to_being_filmed(matter) -> None:
    matter.meeting = replace(matter.meeting, child_said="no", child_said_on=DAY)
    assert matter.ask(Purpose.FILMING).child_says_no
    assert not matter.ask(Purpose.FILMING).is_given
    assert matter.ask(Purpose.FILMING, DAY + timedelta(days=1)).is_given
    matter.meeting = replace(matter.meeting, child_said="yes")
    assert matter.ask(Purpose.FILMING).is_given


def test_a_film_of_nobody_known_is_not_permitted(matter) -> None:
    matter.meeting = replace(matter.meeting, adult_id="gone", child_id="gone")
    assert not matter.ask(Purpose.FILMING).is_given


@pytest.mark.parametrize(
    ("prepare", "key"),
    [
        (lambda m: m.give(m.child), "consent-missing"),
        (lambda m: (m.give(m.child, m.adult), m.withdraw(m.adult)), "consent-withdrawn"),
    ],
)
def test_a_door_refuses_with_the_reason(matter, prepare, key) -> None:
    prepare(matter)
    with pytest.raises(ConsentMissing) as refused:
        demand(matter.home.a, matter.meeting, CLIPS, DAY)
    assert refused.value.key == key


def test_a_refusal_names_nobody(matter) -> None:
    assert matter.ask().refusal().values == {"given": 0, "all": 2}


def test_a_person_with_a_decision_stays_in_the_case(matter) -> None:
    sister = matter.editor.add_person(Role.SIBLING, "sister")
    matter.decide(sister)
    assert not matter.editor.remove_person(sister)


def test_a_guardian_who_is_never_filmed_is_still_asked_for_the_child() -> None:
    matter = Matter()
    far = matter.editor.add_person(Role.BIRTH_PARENT, "isä", network_only=True)
    matter.editor.edit(far, guardian=True)
    assert far.id in {p.id for p in guardians_left(matter.editor.file, (matter.adult.id,))}
    assert far.id not in {p.id for p in matter.editor.file.adults}
