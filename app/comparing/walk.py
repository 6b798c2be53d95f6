"""The walk through the differences of a pair: in which order, which of them, how far, and where to go on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.comparing.comparison import Comparison
from app.model.decision import Decision, DisagreementKind, is_settled
from app.model.units import TaskNumber


@dataclass(frozen=True, slots=True)
class Filter:
    """Which differences are walked; an empty field asks for nothing. `task` 0 is time between tasks, None any."""

    person: str = ""
    dimension: str = ""
    task: TaskNumber | None = None
    kind: DisagreementKind | None = None
    settled: bool | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the differences are decided, with all that belongs to a decision."""

    settled: int
    of: int

    @property
    def is_done(self) -> bool:
        return self.settled == self.of


def by_weight(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The weightiest first, then by time: the order of the list wherever it is shown."""
    return tuple(sorted(decisions, key=_order))


def _decided_at(decision: Decision) -> datetime:
    assert decision.decided_at is not None, "only what is decided is asked"
    return decision.decided_at


def _order(decision: Decision) -> tuple[object, ...]:
    start = 0 if decision.start is None else decision.start
    end = start if decision.end is None else decision.end
    return -decision.weight, start, end, decision.person, decision.item, decision.id


def progress(decisions: Iterable[Decision]) -> Progress:
    rows = [is_settled(d) for d in decisions]
    return Progress(sum(rows), len(rows))


def walked(found: Comparison, decisions: Iterable[Decision], wanted: Filter | None = None) -> tuple[Decision, ...]:
    """The differences asked for, the weightiest first."""
    wanted = wanted or Filter()
    return by_weight(d for d in decisions if _is_wanted(found, d, wanted))


def next_open(rows: Sequence[Decision], after: str, *, backward: bool = False) -> Decision | None:
    """The next difference that is not settled, from the one with the id `after` on and around, or the one before.

    None when all of the rows are settled. Without such an id it begins at the first, or at the last.
    """
    places, step = {d.id: n for n, d in enumerate(rows)}, -1 if backward else 1
    start = places.get(after, 0 if backward else -1)
    for n in range(1, len(rows) + 1):
        row = rows[(start + step * n) % len(rows)]
        if not is_settled(row):
            return row
    return None


def place_to_go_on(rows: Sequence[Decision]) -> Decision | None:
    """Where the pair left off: what is not settled after that decided last, else the first; None for no rows.

    It follows from the archive alone, so they go on there on another day, at another computer, whoever signs in.
    """
    if not rows:
        return None
    last = max((d for d in rows if d.decided_at is not None), key=_decided_at, default=None)
    return next_open(rows, "" if last is None else last.id) or rows[0]


def dimension_of(found: Comparison, decision: Decision) -> str:
    """The dimension of what a difference is about: of its code, A's where the two have different ones, or its item."""
    if decision.kind == DisagreementKind.RATING:
        item = found.instrument.item(decision.item)
        return "" if item is None else item.dimension
    code = found.scheme.code(decision.a or decision.b)
    return "" if code is None else code.dimension


def person_of(found: Comparison, decision: Decision) -> str:
    """Whom a difference is about: `adult1`, `child1` or `dyad`; of a rating whom its item is about."""
    if decision.kind != DisagreementKind.RATING:
        return decision.person
    item = found.instrument.item(decision.item)
    return "" if item is None else {"adult": "adult1", "child": "child1"}.get(item.actor, str(item.actor))


def task_of(found: Comparison, decision: Decision) -> TaskNumber | None:
    """In which task it lies, 0 between tasks; None for a rating of the whole film."""
    if decision.start is not None:
        segment = found.file.segment_at(decision.start)
        return segment.number if segment is not None else 0
    return next((s.number for s in found.file.segments if s.id == decision.segment_id), None)


def _is_wanted(found: Comparison, decision: Decision, wanted: Filter) -> bool:
    return (
        wanted.person in ("", person_of(found, decision))
        and wanted.dimension in ("", *_dimensions(found, decision))
        and wanted.task in (None, task_of(found, decision))
        and wanted.kind in (None, decision.kind)
        and wanted.settled in (None, is_settled(decision))
    )


def _dimensions(found: Comparison, decision: Decision) -> set[str]:
    """Of two different codes the dimensions of both."""
    own = (found.scheme.code(c) for c in (decision.a, decision.b) if decision.kind != DisagreementKind.RATING)
    return {dimension_of(found, decision), *(code.dimension for code in own if code is not None)} - {""}
