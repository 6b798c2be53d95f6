"""A group's supervision from the draft to its end: agreed, planned, held, cancelled by rule, rated, evaluated."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.door import Door
from app.errors import NotAllowed, StoreError
from app.model.meeting import Outcome
from app.model.supervision import AgreementState, CancellationRule, Presence, Signing, SupervisionAgreement
from app.model.supervision_course import EvaluationKind, Phase
from app.supervising import own_notes, sessions
from app.supervising.agreements import SupervisionEditor, agreements, going_on, new_agreement
from app.supervising.evaluations import courses, lacking
from tests.material.house import Home
from tests.material.supervision import agreement, session

FIRST = datetime(2026, 2, 10, 11, 0, tzinfo=UTC)
HANDS = (Signing("Aino Esimerkki", "työnohjaaja", date(2026, 2, 3)),)


class Group:
    """A draft with three supervisees and two goals."""

    def __init__(self) -> None:
        self.home = Home("fi")
        self.door = Door(self.home.a)
        self.made = new_agreement(self.door, self.home.texts, "Perhetyön tiimi", customer="Tiimi", planned=6)
        self.editor = SupervisionEditor(self.home.a, self.home.texts, self.made.id)
        self.refused: list[str] = []
        self.editor.refused.connect(lambda error: self.refused.append(error.key))
        self.people = [self.editor.add_supervisee(f"Ohjattava {n}") for n in range(3)]
        self.goals = [self.editor.add_goal(words) for words in ("Tuomme keskeneräistä", "Pysymme tahdissa")]
        assert self.editor.edit(start=date(2026, 2, 1))

    def sign(self) -> None:
        assert self.editor.sign(HANDS)


@pytest.fixture
def group(qapp) -> Group:
    return Group()


def test_a_draft_says_the_limits_of_confidentiality_and_is_signed_when_nothing_lacks(group) -> None:
    agreed = group.editor.agreement
    assert "ilmoitusvelvollisuus" in agreed.confidentiality
    assert group.editor.lacks() == ()
    assert group.editor.edit(customer="")
    assert group.editor.lacks() == ("customer",)
    assert not group.editor.sign(HANDS)
    assert group.refused == ["agreement-unsigned"]
    assert group.editor.undo()
    group.sign()
    assert group.editor.agreement.state == AgreementState.SIGNED
    assert not group.editor.edit(price=1)
    assert group.refused[-1] == "agreement-signed"
    assert group.editor.edit(title="Tiimi 2")
    with pytest.raises(NotAllowed, match="supervision-untitled"):
        new_agreement(group.door, group.home.texts, " ")


def test_the_series_keeps_its_hour_and_its_rhythm_over_the_change_of_clocks(group) -> None:
    group.sign()
    assert group.editor.plan(FIRST)
    held = group.editor.sessions
    on_the_wall = [s.at.astimezone() for s in held]
    assert len({(t.hour, t.minute) for t in on_the_wall}) == 1
    days = [t.date() for t in on_the_wall]
    assert [b - a for a, b in pairwise(days)] == [timedelta(weeks=4)] * 5
    assert list(sessions.numbers(held).values()) == [1, 2, 3, 4, 5, 6]
    assert group.editor.undo()
    assert group.editor.sessions == ()


def test_what_is_cancelled_has_no_number_and_is_invoiced_by_the_rule(group) -> None:
    group.sign()
    assert group.editor.plan(FIRST)
    first, second, third, *_ = group.editor.sessions
    assert group.editor.hold(first, {group.people[0].id: Presence.LATE, group.people[1].id: Presence.MISSING})
    day = second.at.astimezone().date()
    assert group.editor.cancel(second, day - timedelta(days=21), "tilaaja", "juhla")
    assert group.editor.miss(third)
    first, second, third, fourth, *_ = group.editor.sessions
    assert first.present == 2
    assert (second.invoiced, sessions.days_before(second, second.cancelled_on)) == (0, 21)
    assert third.invoiced == 100
    assert sessions.numbers(group.editor.sessions)[fourth.id] == 2
    assert second.id not in sessions.numbers(group.editor.sessions)
    hours = sessions.hours_held(group.editor.sessions)
    assert (hours.minutes, hours.count, hours.clock, hours.units) == (90, 1, 1.5, 2.0)
    # the two are made good by planning again: what is left of the six
    assert group.editor.plan(datetime(2026, 9, 1, 11, 0, tzinfo=UTC))
    assert max(sessions.numbers(group.editor.sessions).values()) == 6
    assert sessions.next_one(group.editor.sessions, fourth.at) == fourth
    assert fourth in sessions.unsaid(group.editor.sessions, fourth.end + timedelta(hours=1))


@given(
    days=st.integers(0, 60),
    late=st.integers(0, 100),
    before=st.integers(-5, 80),
    at=st.datetimes(timezones=st.just(UTC)),
)
def test_the_rule_of_cancelling(days, late, before, at) -> None:
    at = at.replace(year=2026, month=6)
    made = agreement("a", cancelling=CancellationRule(days, late, 100))
    met = session(made, at=at)
    day = at.astimezone().date() - timedelta(days=before)
    gone = sessions.cancelled(made, met, day, "tilaaja")
    assert gone.invoiced == (0 if max(before, 0) >= days else late)
    assert (gone.outcome, gone.cancelled_on, gone.attendance) == (Outcome.CANCELLED, day, ())


def test_goals_are_rated_by_each_and_the_middle_one_is_told(group) -> None:
    group.sign()
    for value, person in zip((1, 2, 3), group.people, strict=True):
        assert group.editor.rate(group.goals[0].id, person.id, Phase.START, value)
    for value, person in zip((4, 5), group.people, strict=False):
        assert group.editor.rate(group.goals[0].id, person.id, Phase.MIDWAY, value)
    course, other = courses(group.editor.agreement, group.editor.ratings)
    assert [(r.values, r.middle) for r in course.phases] == [((1, 2, 3), 2.0), ((4, 5), 4.5), ((), None)]
    assert course.ends == (2.0, 4.5)
    assert other.ends is None
    assert lacking(group.editor.agreement, group.editor.ratings, Phase.START) == tuple(p.id for p in group.people)
    assert group.editor.rate(group.goals[0].id, group.people[0].id, Phase.START, 5)
    assert len(group.editor.ratings) == 5
    assert group.editor.rate(group.goals[0].id, group.people[0].id, Phase.START, None)
    assert len(group.editor.ratings) == 4
    said = group.editor.evaluate(EvaluationKind.MIDWAY, date(2026, 6, 2), "Hyvässä vauhdissa", "jatketaan")
    assert group.editor.evaluations == (said,)


def test_it_ends_with_its_sessions_and_another_agreement_goes_on_from_it(group) -> None:
    group.sign()
    assert group.editor.plan(FIRST)
    assert group.editor.leave(group.people[2].id, date(2026, 3, 1))
    last = group.editor.sessions[1].at.astimezone().date()
    assert group.editor.end(last, "kiitettiin")
    assert len(group.editor.sessions) == 2
    assert group.editor.add_session(FIRST + timedelta(weeks=60)) is None
    assert group.refused[-1] == "agreement-ended"
    new = going_on(group.door, group.home.texts, group.editor.agreement)
    assert (new.follows, new.state, len(new.supervisees)) == (group.made.id, AgreementState.DRAFT, 2)
    assert [a.id for a in agreements(group.home.a)] == [new.id, group.made.id]


def test_a_colleague_has_no_way_in_and_a_reader_looks_on(group) -> None:
    with pytest.raises(StoreError, match="not-found"):
        SupervisionEditor(group.home.b, group.home.texts, group.made.id)
    assert agreements(group.home.b) == ()
    assert group.editor.edit(readers=(group.home.leena.id,))
    reader = SupervisionEditor(group.home.b, group.home.texts, group.made.id)
    assert not reader.is_mine
    assert not reader.edit(title="minun")
    assert group.home.a.get(SupervisionAgreement, group.made.id).title == "Perhetyön tiimi"


def test_own_notes_are_the_supervisors_alone_and_go_at_will(group) -> None:
    texts = group.home.texts
    assert "tarkastusoikeuteen" in texts.tr(own_notes.HONEST)
    first = own_notes.write(group.door, texts, group.made.id, "oma tuntuma")
    second = own_notes.write(group.door, texts, group.made.id, "toinen", "kerta")
    assert own_notes.notes_of(group.home.a, group.made.id, "kerta") == (second,)
    assert group.editor.edit(readers=(group.home.leena.id,))
    assert own_notes.notes_of(group.home.b, group.made.id) == ()
    later = own_notes.edit(group.door, texts, first, "toisin")
    assert own_notes.notes_of(group.home.a, group.made.id) == (later, second)
    own_notes.edit(group.door, texts, later, "  ")
    assert own_notes.erase_all(group.door, texts, group.made.id) == 1
    assert own_notes.notes_of(group.home.a, group.made.id) == ()
