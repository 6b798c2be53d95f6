"""One end of two that walk the same differences: what it knows, and what each word, decision and cut makes of that.

Pure: every function gives the new end and what is to be done. The rules:

- One leads. The lead is given, never grabbed: who led stops before the other begins, so that never both lead. Each
  giving has a higher *term*; when the two meet again the higher term says who leads.
- What who leads decides stands. The other pulls all of it first, and then follows decision by decision.
- What the other decided alone (in a break, before the first meeting, or too late) is never written over: it stays in
  that archive and is a *proposal* until who leads takes it or answers that the own decision stays.
- Only what has not been touched since both had the same (`base`), what is open, and what says the same gives way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from app.comparing.led.messages import Asked, Decided, Given, Hello, Message, Proposed, Whole
from app.comparing.led.values import NOBODY, OPEN, Coder, Point, Ruling, Rulings, Subject


@dataclass(frozen=True, slots=True)
class Send:
    """A word for the other end."""

    message: Message


@dataclass(frozen=True, slots=True)
class Write:
    """What who leads decided, for this archive; its decider is whoever it says."""

    point: Point
    ruling: Ruling


Todo: TypeAlias = Send | Write


@dataclass(frozen=True)
class End:
    """What one end knows. `rulings` is what its archive holds of every difference.

    `offered` are open proposals: the other's while this end leads, its own while it follows. `answered` is what this
    end, leading, answered with its own decision.

    `is_joined`: a line is up and both have said hello. `is_following`: all of it was pulled since.
    """

    coder: Coder
    rulings: Rulings
    term: int = 0
    leader: Coder = NOBODY
    is_joined: bool = False
    is_following: bool = False
    base: Rulings = field(default_factory=dict)
    theirs: Rulings = field(default_factory=dict)
    offered: Rulings = field(default_factory=dict)
    answered: Rulings = field(default_factory=dict)

    @property
    def leads(self) -> bool:
        """Whether this end led last, with a line or without."""
        return self.leader == self.coder

    @property
    def may_decide(self) -> bool:
        """Who follows does not, as long as the line is up; without one everybody decides in the own archive."""
        return self.leads or not self.is_joined


Step: TypeAlias = tuple[End, list[Todo]]


def hello(end: End, subject: Subject) -> Hello:
    return Hello(subject, end.coder, end.term, end.leader)


def met(end: End, theirs: Hello, *, waited: bool) -> Step:
    """Both have said hello; who `waited` for the other leads when nobody led before. The subjects are the same."""
    mine, other = (end.term, end.leader), (theirs.term, theirs.leader)
    who_waited = end.coder if waited else theirs.coder
    if end.term != theirs.term:
        term, leader = max(mine, other)
    elif mine == other and end.term > 0:
        term, leader = mine
    else:
        term, leader = end.term + 1, who_waited
    end = replace(end, term=term, leader=leader, is_joined=True, is_following=False, theirs={}, offered={})
    return end, [Send(Whole(term, dict(end.rulings)))] if end.leads else []


def cut(end: End) -> End:
    """The line is gone. Who led goes on leading, and what was offered waits."""
    return replace(end, is_joined=False, is_following=False)


def received(end: End, message: Message) -> Step:
    """A word of the other end; one that has no place now changes nothing."""
    match message:
        case _ if not end.is_joined:
            pass
        case Whole() if not end.leads and message.term == end.term:
            return _pull(end, message.rulings)
        case Decided() if end.is_following and message.point in end.rulings:
            return _follow(end, message)
        case Proposed() if end.leads:
            return _offer(end, message.rulings)
        case Asked() if end.leads:
            return _give(end)
        case Given() if end.is_following and message.term > end.term:
            return _lead(end, message.term)
    return end, []


def _give(end: End) -> Step:
    """Who led stops at once; the other begins when it hears so."""
    term = end.term + 1
    end = replace(end, term=term, leader=1 - end.coder, is_following=False, theirs={}, offered={})
    return end, [Send(Given(term))]


def _lead(end: End, term: int) -> Step:
    end = replace(end, term=term, leader=end.coder, is_following=False, theirs={}, offered={})
    return end, [Send(Whole(term, dict(end.rulings)))]


def take_lead(end: End) -> Step:
    """Only who follows has something to take."""
    return end, [Send(Asked())] if end.is_following else []


def decided(end: End, point: Point, ruling: Ruling) -> Step:
    """Something was decided in this archive by hand: by its own worker, or taken back."""
    end = replace(end, rulings={**end.rulings, point: ruling})
    if end.leads:
        end = replace(end, base=_without(end.base, point))  # whether the other has it is not known before it is led
        offer = end.offered.get(point)
        answers = offer.mark if offer is not None and offer.says_as(ruling) else ""
        if answers:
            end = replace(end, offered=_without(end.offered, point))
        return end, [Send(Decided(point, ruling, answers))] if end.is_joined else []
    if not end.is_following:
        return end, []
    return replace(end, offered={**end.offered, point: ruling}), [Send(Proposed({point: ruling}))]


def kept(end: End, point: Point) -> Step:
    """Who leads answers a proposal: the own decision stays."""
    offer = end.offered.get(point)
    if not end.leads or offer is None:
        return end, []
    end = replace(end, offered=_without(end.offered, point), answered={**end.answered, point: offer})
    said = Send(Decided(point, end.rulings[point], offer.mark))
    return end, [said] if end.is_joined else []


def not_written(end: End, point: Point, held: Ruling) -> Step:
    """The archive refused what who leads decided: it holds `held` still, and the difference is told as a proposal."""
    end = replace(end, rulings={**end.rulings, point: held}, base=_without(end.base, point))
    if not end.is_following:
        return end, []
    return replace(end, offered={**end.offered, point: held}), [Send(Proposed({point: held}))]


# following


def _pull(end: End, theirs: Rulings) -> Step:
    """All that stands at who leads; what was decided here alone becomes a proposal."""
    todo: list[Todo] = []
    rulings, base, offered = dict(end.rulings), dict(end.base), {}
    for point, mine in end.rulings.items():
        other = theirs.get(point, OPEN)
        if _gives_way(mine, other, end.base.get(point)):
            if mine != other:
                todo.append(Write(point, other))
            rulings[point] = base[point] = other
        else:
            offered[point] = mine
    if offered:
        todo.append(Send(Proposed(dict(offered))))
    known = {point: theirs.get(point, OPEN) for point in rulings}
    return replace(end, rulings=rulings, base=base, theirs=known, offered=offered, is_following=True), todo


def _gives_way(mine: Ruling, other: Ruling, base: Ruling | None) -> bool:
    if mine.says_as(other):
        return True
    return mine.is_open if base is None else mine == base


def _follow(end: End, said: Decided) -> Step:
    point, ruling = said.point, said.ruling
    mine, own = end.rulings[point], end.offered.get(point)
    end = replace(end, theirs={**end.theirs, point: ruling})
    if own is not None and said.answers != own.mark and not own.says_as(ruling):
        return end, []  # the proposal stands until it is answered
    end = replace(
        end,
        rulings={**end.rulings, point: ruling},
        base={**end.base, point: ruling},
        offered=_without(end.offered, point),
    )
    return end, [Write(point, ruling)] if mine != ruling else []


# leading


def _offer(end: End, proposed: Rulings) -> Step:
    """Proposals of the other; what says the same, or was answered before, is answered at once."""
    offered, todo = dict(end.offered), list[Todo]()
    for point, ruling in proposed.items():
        if point not in end.rulings:
            continue
        own = end.rulings[point]
        if own.says_as(ruling) or end.answered.get(point) == ruling:
            offered.pop(point, None)
            todo.append(Send(Decided(point, own, ruling.mark)))
        else:
            offered[point] = ruling
    return replace(end, offered=offered), todo


def _without(rulings: Mapping[Point, Ruling], point: Point) -> Rulings:
    return {p: r for p, r in rulings.items() if p != point}
