"""What two codings saw in one meeting: moments both marked, marks of one alone, and marks that no figure holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.comparing.common_view.told import ToldView
from app.comparing.comparison import Comparison, coded_by_one
from app.i18n import Texts
from app.model.common_view import Came
from app.model.observation import Observation
from app.model.scheme import Code, Kind
from app.model.timecode import Micros


@dataclass(frozen=True, slots=True)
class Moment:
    """A point event that is told, with the ids of the marks it comes from and what each said of it more closely.

    Both marked it, or it is in their common view: then `common_id` is that mark's own.
    """

    start: Micros
    end: Micros
    a: Observation
    b: Observation
    common_id: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The two marks; of what one alone had, or both only then saw, the common view's."""
        return (self.a.id, self.b.id) if self.a.id != self.b.id else (self.common_id or self.a.id,)


@dataclass
class Seen:
    """One code in one task: the moments that both marked, in time order, and how many marks only one made."""

    both: list[Moment] = field(default_factory=list)
    one: int = 0


@dataclass(frozen=True, slots=True)
class Outside:
    """A mark that is in no figure: its time could not be coded, or only one of the two went through it."""

    code: Code
    start: Micros
    marks: tuple[Observation, ...]

    @property
    def by_both(self) -> bool:
        return len(self.marks) > 1


def seen_by_task(found: Comparison) -> dict[tuple[int, str], Seen]:
    """By (task number, code id): point events both workers marked (in one pair), and those only one did.

    Only events inside the time that both covered and could code count; task 0 is time between tasks.
    """
    rows: dict[tuple[int, str], Seen] = defaultdict(Seen)
    paired: set[str] = set()
    for pair in sorted(found.agreement.pairs, key=lambda p: min(p.a_start, p.b_start)):
        if pair.same_code:
            a, b = found.a.observations[pair.a_id], found.b.observations[pair.b_id]
            start = min(pair.a_start, pair.b_start)
            rows[task_at(found, start), a.code].both.append(Moment(start, max(pair.a_start, pair.b_start), a, b))
            paired |= {pair.a_id, pair.b_id}
    for coding in (found.a, found.b):
        for o in coding.observations.values():
            if o.id not in paired and _is_counted(found, o):
                rows[task_at(found, o.start), o.code].one += 1
    return dict(rows)


def told_by_task(found: Comparison, common: ToldView | None) -> dict[tuple[int, str], Seen]:
    """What the document tells by (task number, code id): the common view once both confirmed it, before what both had.

    Nothing in a common view is one's alone.
    """
    if common is None:
        return seen_by_task(found)
    rows: dict[tuple[int, str], Seen] = defaultdict(Seen)
    for o in common.coding.sorted_observations():
        if _point(found, o):
            rows[task_at(found, o.start), o.code].both.append(_in_common(found, common, o))
    return dict(rows)


def _in_common(found: Comparison, common: ToldView, o: Observation) -> Moment:
    origin = next(iter(common.origins_of(o.id)), None)
    if origin is None or origin.came != Came.BOTH:
        return Moment(o.start, o.start, o, o, o.id)
    a, b = found.a.observations[origin.a_ids[0]], found.b.observations[origin.b_ids[0]]
    return Moment(o.start, max(a.start, b.start, o.start), a, b, o.id)


def alone_by_code(found: Comparison) -> dict[str, list[Moment]]:
    """By code the point events of the tasks that only coder A was asked to code, in time order."""
    alone, rows = coded_by_one(found), defaultdict[str, list[Moment]](list)
    for o in found.a.sorted_observations():
        if _point(found, o) and any(s.holds(o.start) for s in alone):
            rows[o.code].append(Moment(o.start, o.start, o, o))
    return dict(rows)


def outside(found: Comparison) -> tuple[Outside, ...]:
    """Point events of the covered time that are in no figure, in time order; what both marked is one."""
    left = found.agreement.left_out
    own = [
        sorted((o for o in c.observations.values() if o.id in left and _point(found, o)), key=lambda o: o.start)
        for c in (found.a, found.b)
    ]
    tolerance, theirs = found.agreement.settings.point_tolerance, list(own[1])
    rows = []
    for o in own[0]:
        near = [x for x in theirs if x.code == o.code and abs(x.start - o.start) <= tolerance]
        other = min(near, key=lambda x: abs(x.start - o.start), default=None)
        if other is not None:
            theirs.remove(other)
        marks = (o,) if other is None else (o, other)
        rows.append(_outside(found, marks))
    rows += [_outside(found, (o,)) for o in theirs]
    return tuple(sorted(rows, key=lambda r: (r.start, r.code.id)))


def task_at(found: Comparison, time: Micros) -> int:
    """The number of the task at a time; 0 between tasks."""
    segment = found.file.segment_at(time)
    return segment.number if segment else 0


def modifier_words(t: Texts, code: Code, marks: tuple[Observation, ...]) -> str:
    """*itku*; where the two said different things, *toinen: itku, toinen: jähmettyminen*; empty where nobody did."""
    names: Mapping[str, str] = {m.id: t.words(m.name) for m in code.modifiers}
    said = [", ".join(names.get(i, i) for i in o.modifiers) for o in marks]
    if not any(said):
        return ""
    if len(set(said)) == 1:
        return said[0]
    return t.tr("one: {first}, the other: {second}", first=said[0] or "–", second=said[1] or "–")


def _outside(found: Comparison, marks: tuple[Observation, ...]) -> Outside:
    code = found.scheme.code(marks[0].code)
    assert code is not None, "a point of this scheme"
    return Outside(code, min(o.start for o in marks), marks)


def _point(found: Comparison, o: Observation) -> bool:
    code = found.scheme.code(o.code)
    return code is not None and code.kind == Kind.POINT


def _is_counted(found: Comparison, o: Observation) -> bool:
    if not _point(found, o) or o.id in found.agreement.left_out:
        return False
    return any(s.holds(o.start) for s in found.window)
