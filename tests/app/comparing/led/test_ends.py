"""Two ends under any interleaving of decisions, words, cuts and joins: equal in the end, and nothing is lost."""

from collections import deque
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.comparing.led import ends
from app.comparing.led.ends import End, Send, Write
from app.comparing.led.messages import Whole, packed, unpacked
from app.comparing.led.values import OPEN, Ruling, Subject
from app.model.decision import Verdict

POINTS = tuple(n * 64 for n in "abc")
SUBJECT = Subject("m", "a", "b", "d")
VERDICTS = (Verdict.A, Verdict.B, Verdict.NEITHER)
A, B = 0, 1

OPS = st.one_of(
    st.tuples(st.just("decide"), st.integers(0, 1), st.sampled_from(POINTS), st.sampled_from(VERDICTS)),
    st.tuples(st.just("open"), st.integers(0, 1), st.sampled_from(POINTS)),
    st.tuples(st.just("deliver"), st.integers(0, 1)),
    st.tuples(st.just("cut")),
    st.tuples(st.just("join"), st.integers(0, 1)),
    st.tuples(st.just("restart"), st.integers(0, 1)),
    st.tuples(st.just("lead"), st.integers(0, 1)),
    st.tuples(st.just("take"), st.sampled_from(POINTS)),
    st.tuples(st.just("keep"), st.sampled_from(POINTS)),
)


class Two:
    """Both ends, the words on their way, and a record of what each ever held."""

    def __init__(self) -> None:
        self.ends = [End(n, dict.fromkeys(POINTS, OPEN)) for n in (A, B)]
        self.way = [deque(), deque()]  # to A, to B
        self.held = [{p: {OPEN} for p in POINTS} for _ in self.ends]
        self.answered: set[tuple[str, str]] = set()
        self.clock = datetime(2026, 1, 1, tzinfo=UTC)
        self.made: set[tuple[str, Ruling]] = set()

    def now(self) -> datetime:
        self.clock += timedelta(seconds=1)
        return self.clock

    def settle(self, n: int, step: ends.Step) -> None:
        before = self.ends[n]
        after, todo = step
        self.ends[n] = after
        for one in todo:
            if isinstance(one, Send):
                assert unpacked(packed(one.message)) == one.message
                self.way[1 - n].append(one.message)
            else:
                self.check_write(n, before.rulings[one.point], one)
                assert after.rulings[one.point] == one.ruling
        for point, ruling in after.rulings.items():
            self.held[n][point].add(ruling)
        self.check()

    def check_write(self, n: int, old: Ruling, write: Write) -> None:
        """What gives way was open, says the same, was known to the other, or was answered by who leads."""
        point = write.point
        assert (
            old.is_open
            or old.says_as(write.ruling)
            or old in self.held[1 - n][point]
            or (point, old.mark) in self.answered
        ), f"lost: {old} for {write}"

    def check(self) -> None:
        assert not all(e.leads for e in self.ends), "both lead"
        for end in self.ends:
            for ruling in end.rulings.values():
                assert ruling.is_open == (ruling.by < 0), "each decision has one decider"

    # what may happen

    def decide(self, n: int, point: str, verdict: Verdict) -> None:
        made = Ruling(verdict, by=n, at=self.now())
        self.made.add((point, made))
        self.settle(n, ends.decided(self.ends[n], point, made))

    def open(self, n: int, point: str) -> None:
        self.settle(n, ends.decided(self.ends[n], point, OPEN))

    def deliver(self, n: int) -> None:
        if self.way[n]:
            self.settle(n, ends.received(self.ends[n], self.way[n].popleft()))

    def cut(self) -> None:
        for way in self.way:
            way.clear()
        self.ends = [ends.cut(e) for e in self.ends]

    def restart(self, n: int) -> None:
        """A program ended: what it knew of the line is gone, what its archive holds is there."""
        self.cut()
        self.ends[n] = End(n, self.ends[n].rulings)

    def join(self, waited: int) -> None:
        if any(e.is_joined for e in self.ends):
            return
        said = [ends.hello(e, SUBJECT) for e in self.ends]
        for n in (A, B):
            self.settle(n, ends.met(self.ends[n], said[1 - n], waited=n == waited))
        assert sum(e.leads for e in self.ends) == 1

    def lead(self, n: int) -> None:
        self.settle(n, ends.take_lead(self.ends[n]))

    def take(self, point: str) -> None:
        for n, end in enumerate(self.ends):
            if end.leads and point in end.offered:
                offer = end.offered[point]
                own = OPEN if offer.is_open else replace(offer, by=n, at=self.now())
                self.settle(n, ends.decided(end, point, own))

    def keep(self, point: str) -> None:
        for n, end in enumerate(self.ends):
            if end.leads and point in end.offered:
                self.answered.add((point, end.offered[point].mark))
                self.settle(n, ends.kept(end, point))

    def run(self, op: tuple) -> None:
        getattr(self, op[0])(*op[1:])

    def calm(self) -> None:
        while any(self.way):
            for n in (A, B):
                self.deliver(n)

    def leading(self) -> End:
        (found,) = (e for e in self.ends if e.leads)
        return found


@given(st.lists(OPS, max_size=60), st.integers(0, 1), st.booleans())
def test_any_interleaving_ends_equal_and_nothing_is_lost(ops, waited, takes) -> None:
    two = Two()
    for op in ops:
        two.run(op)
    two.calm()
    two.join(waited)
    two.calm()
    leads = two.leading()
    (other,) = (e for e in two.ends if not e.leads)
    assert other.is_following
    assert leads.offered == other.offered, "both see the same proposals"
    for point in POINTS:
        same = leads.rulings[point] == other.rulings[point]
        assert same == (point not in leads.offered), "what differs is a proposal, and nothing else is"
    for point in list(leads.offered):
        (two.take if takes else two.keep)(point)
    two.calm()
    assert two.ends[0].rulings == two.ends[1].rulings
    assert not two.ends[0].offered
    assert not two.ends[1].offered


@given(st.lists(OPS, max_size=40))
def test_without_a_cut_the_last_decision_of_who_leads_stands_at_both(ops) -> None:
    two = Two()
    two.join(A)
    two.calm()
    for op in ops:
        if op[0] in ("cut", "join", "restart", "lead", "open", "take", "keep"):
            continue
        if op[0] == "decide":
            two.decide(A, *op[2:])
        else:
            two.run(op)
    two.calm()
    assert two.ends[0].rulings == two.ends[1].rulings
    assert not two.ends[0].offered


def joined(two: Two, waited: int = A) -> Two:
    two.join(waited)
    two.calm()
    return two


def test_who_waited_leads_first_and_the_other_pulls_all_of_it() -> None:
    two = Two()
    two.decide(A, POINTS[0], Verdict.A)
    joined(two)
    assert two.ends[A].leads
    assert two.ends[B].rulings[POINTS[0]].by == A
    assert not two.ends[B].may_decide


def test_what_both_decided_alone_before_they_met_is_no_ones_to_overwrite() -> None:
    two = Two()
    two.decide(A, POINTS[0], Verdict.A)
    two.decide(B, POINTS[0], Verdict.B)
    two.decide(B, POINTS[1], Verdict.B)
    joined(two)
    assert {p: r.verdict for p, r in two.ends[A].offered.items()} == {POINTS[0]: Verdict.B, POINTS[1]: Verdict.B}
    assert two.ends[B].rulings[POINTS[0]].verdict == Verdict.B, "it stays in the own archive"
    two.take(POINTS[0])
    two.keep(POINTS[1])
    two.calm()
    assert two.ends[A].rulings == two.ends[B].rulings
    assert two.ends[B].rulings[POINTS[0]].by == A, "who took it decided it"
    assert two.ends[B].rulings[POINTS[1]].is_open


def test_after_a_break_who_led_goes_on_and_the_others_come_back_as_proposals() -> None:
    two = joined(Two())
    two.decide(A, POINTS[0], Verdict.A)
    two.calm()
    two.cut()
    two.decide(A, POINTS[1], Verdict.A)
    two.decide(B, POINTS[0], Verdict.NEITHER)
    two.decide(B, POINTS[2], Verdict.B)
    joined(two, waited=B)  # whoever waits now
    assert two.ends[A].leads
    assert set(two.ends[A].offered) == {POINTS[0], POINTS[2]}
    assert two.ends[B].rulings[POINTS[1]].by == A


def test_a_lead_whose_giving_was_lost_is_still_given() -> None:
    two = joined(Two())
    two.lead(B)
    two.deliver(A)
    assert not two.ends[A].leads
    two.cut()  # before B heard of it
    assert not any(e.leads for e in two.ends)
    joined(two, waited=A)
    assert two.ends[B].leads


def test_what_was_answered_with_the_own_decision_does_not_come_again() -> None:
    two = joined(Two())
    two.cut()
    two.decide(A, POINTS[0], Verdict.A)
    two.decide(B, POINTS[0], Verdict.B)
    joined(two)
    two.keep(POINTS[0])
    two.cut()  # the answer never came
    joined(two)
    assert not two.ends[A].offered
    assert two.ends[B].rulings[POINTS[0]].verdict == Verdict.A


def test_what_this_archive_refuses_is_told_as_a_proposal() -> None:
    two = joined(Two())
    two.decide(A, POINTS[0], Verdict.A)
    two.deliver(B)
    two.settle(B, ends.not_written(two.ends[B], POINTS[0], OPEN))
    two.calm()
    assert two.ends[A].offered == {POINTS[0]: OPEN}


def test_a_word_before_the_whole_state_was_pulled_changes_nothing() -> None:
    two = Two()
    two.join(A)
    two.decide(A, POINTS[0], Verdict.A)
    whole, decided = two.way[B]
    assert isinstance(whole, Whole)
    end, todo = ends.received(two.ends[B], decided)
    assert (end, todo) == (two.ends[B], [])
