"""What two ready codings make of a common view before anything is decided: what comes over, and what is to be decided.

Both follow from the originals and the tolerances alone, so the same two codings give the same list on any day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.comparing.common_view.codable import codable, layer_of, not_codable_acts
from app.comparing.common_view.parts import Part, Sources, joined, marked, rated, shared
from app.comparing.common_view.states import Piece, Region, State, merged_states
from app.comparing.comparison import Comparison, windows_of
from app.comparing.walk import by_weight
from app.model.coding import Coding
from app.model.common_view import Came
from app.model.decision import Decision, DisagreementKind
from app.model.identity import named_id
from app.model.instrument import Level
from app.model.meeting import Stretch, intersection, merged
from app.model.rating import Rating
from app.model.timecode import Micros
from app.statistics.acts import Act, Reading, acts_of
from app.statistics.disagreements import Disagreement, weight_of

#: a person, and the group (or the code outside groups) within which only one state is on at a time
Lane = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What comes over by itself, every difference with nothing decided, the weightiest first, and what is left out.

    `outside` are the ids of what lies in no time that both covered and could code, or on no sheet that is compared: it
    does not come over, and that is told.
    """

    agreed: tuple[Part, ...]
    differences: tuple[Decision, ...]
    outside: frozenset[str]


def laid_out(found: Comparison, coding_id: str) -> LaidOut:
    """`coding_id` is the common view's own; the tolerances are those that `found` was compared with."""
    making = _Making(found, coding_id)
    making.events()
    making.states()
    making.not_codable()
    making.ratings()
    return making.made()


class _Making:
    """The work on one meeting: each method adds what comes over and what differs of its kind."""

    def __init__(self, found: Comparison, coding_id: str) -> None:
        self._found, self._coding_id = found, coding_id
        self._scheme, self._reading = found.scheme, Reading.of(found.scheme)
        self._acts = [acts_of(coding, found.file.length) for coding in (found.a, found.b)]
        self._windows = windows_of(found.a.header, found.b.header, found.scheme, found.file)
        self._agreed: list[Part] = []
        self._differences: list[Decision] = []

    def made(self) -> LaidOut:
        mentioned = {i for p in self._agreed for i in (*p.origin.a_ids, *p.origin.b_ids)}
        mentioned |= {i for d in self._differences for i in (*d.a_ids, *d.b_ids)}
        held = {i for c in (self._found.a, self._found.b) for i in (*c.observations, *c.ratings)}
        return LaidOut(tuple(self._agreed), by_weight(self._differences), frozenset(held - mentioned))

    # points in time

    def events(self) -> None:
        """Of a pair with the same code the middle of both times, in whole µs, and what both said more closely.

        Where that middle lies between two stretches of the time that both covered, it is the earlier of the two.
        """
        found = self._found
        for pair in found.agreement.pairs:
            if pair.same_code:
                a, b = found.a.observations[pair.a_id], found.b.observations[pair.b_id]
                middle = (a.start + b.start) // 2
                window = self._windows.get(layer_of(self._scheme, a.code), ())
                at = middle if any(s.holds(middle) for s in window) else min(a.start, b.start)
                self._agreed.append(shared(self._coding_id, a, b, at))
        for d in found.agreement.disagreements:
            if d.kind in (DisagreementKind.CODE, DisagreementKind.UNPAIRED):
                groups = {code.group for c in (d.a, d.b) if (code := self._scheme.code(c)) is not None}
                is_exclusive = bool(d.a and d.b) and len(groups) == 1 and groups != {""}
                self._differs(d, "", exclusive=is_exclusive)

    # states

    def states(self) -> None:
        lanes: dict[Lane, tuple[list[State], list[State]]] = defaultdict(lambda: ([], []))
        for side, acts in enumerate(self._acts):
            for act in acts:
                if act.end is not None and self._is_state(act):
                    lanes[self._lane(act.person, act.code)][side].append(State(act.id, act.code, act.start, act.end))
        beyond = self._beyond()
        for lane, (a, b) in sorted(lanes.items()):
            window = codable(self._found, layer_of(self._scheme, (a or b)[0].code))
            apart = beyond.get(lane, [])
            stretches = [Stretch(d.start, d.end) for d in apart if d.start is not None and d.end is not None]
            tolerance = self._found.agreement.settings.state_tolerance
            pieces, regions = merged_states(a, b, window, stretches, tolerance)
            for piece in pieces:
                mark = (lane[0], piece.code, piece.start, piece.end)
                sources = Sources.of(piece.a_ids, piece.b_ids)
                self._agreed.append(marked(self._coding_id, mark, Came.BOTH, sources))
            for region in regions:
                self._region(lane, region)

    def _region(self, lane: Lane, region: Region) -> None:
        sides = [_longest(own) for own in (region.a, region.b)]
        kind, length = DisagreementKind.STATE, region.end - region.start
        ids = Sources.of(region.a_ids, region.b_ids)
        is_exhaustive = any(g.id == lane[1] and g.exhaustive for g in self._scheme.groups)
        one = Disagreement(
            kind, region.start, region.end, lane[0], sides[0], sides[1], ids.a_ids, ids.b_ids, "",
            weight_of(kind, length),
        )  # fmt: skip
        self._differs(one, lane[1], exclusive=True, exhaustive=is_exhaustive)

    def _beyond(self) -> dict[Lane, list[Disagreement]]:
        """The agreement's differences of states, by lane; a point with an end is compared as the event it is."""
        rows: dict[Lane, list[Disagreement]] = defaultdict(list)
        for d in self._found.agreement.disagreements:
            code = d.a or d.b
            if d.kind == DisagreementKind.STATE and code not in self._reading.points:
                rows[self._lane(d.person, code)].append(d)
        return rows

    def _is_state(self, act: Act) -> bool:
        return act.code != self._reading.cannot_be_coded and not self._reading.is_event(act)

    def _lane(self, person: str, code: str) -> Lane:
        return person, self._reading.group.get(code) or code

    def not_codable(self) -> None:
        """Time that one of the two could not code cannot be coded in the common view either."""
        marks = not_codable_acts(self._found)
        window = self._windows[""]
        stretches = tuple(Stretch(x.start, x.end) for own in marks for x in own if x.end is not None)
        for s in intersection(merged(stretches), window):
            ids = [{x.id for x in own if x.end is not None and x.start < s.end and s.start < x.end} for own in marks]
            mark = ("dyad", self._reading.cannot_be_coded, s.start, s.end)
            self._agreed.append(marked(self._coding_id, mark, Came.NOT_CODABLE, Sources.of(ids[0], ids[1])))
        for at in sorted({x.start for own in marks for x in own if x.end is None}):
            if any(s.holds(at) for s in window):
                ids = [{x.id for x in own if x.end is None and x.start == at} for own in marks]
                mark_at = ("dyad", self._reading.cannot_be_coded, at, None)
                self._agreed.append(marked(self._coding_id, mark_at, Came.NOT_CODABLE, Sources.of(ids[0], ids[1])))

    # ratings

    def ratings(self) -> None:
        """Equal ones come over with both reasons; any other, also one by a single point, is to be decided."""
        if not of_one_instrument(self._found):
            return
        a, b = (self._sheet(coding) for coding in (self._found.a, self._found.b))
        for key in sorted({*a, *b}):
            mine, theirs = a.get(key), b.get(key)
            if mine is not None and theirs is not None and mine.value == theirs.value:
                both = replace(mine, reason=joined(mine.reason, theirs.reason))
                sources = Sources((mine.id,), (theirs.id,))
                self._agreed.append(rated(self._coding_id, both, Came.BOTH, sources))
            else:
                self._rating(key, mine, theirs)

    def _rating(self, key: tuple[str, str], a: Rating | None, b: Rating | None) -> None:
        kind = DisagreementKind.RATING
        values = [r.value if r is not None else None for r in (a, b)]
        gap = abs(values[0] - values[1]) if values[0] is not None and values[1] is not None else 0
        said = ["" if v is None else str(v) for v in values]
        ids = [(r.id,) if r is not None else () for r in (a, b)]
        # a step of one point comes after everything that the agreement lists
        weight = weight_of(kind, gap) if gap > 1 else gap
        one = Disagreement(kind, None, None, "", said[0], said[1], ids[0], ids[1], key[0], weight)
        self._differs(one, "", exclusive=True, segment_id=key[1])

    def _sheet(self, coding: Coding) -> dict[tuple[str, str], Rating]:
        by_task = self._found.instrument.level == Level.TASK
        tasks = {s.id for s in self._found.file.segments} if by_task else {""}
        return {(r.item, r.segment_id): r for r in coding.ratings.values() if r.segment_id in tasks}

    def _differs(
        self, d: Disagreement, lane: str, *, exclusive: bool, exhaustive: bool = False, segment_id: str = ""
    ) -> None:
        where = (str(d.start), str(d.end)) if d.kind == DisagreementKind.STATE else ()
        key = named_id(self._coding_id, d.kind, d.person, lane, d.item, segment_id, *where, *d.a_ids, "", *d.b_ids)
        made = Decision(
            key, self._coding_id, d.kind, d.person, lane, d.start, d.end, d.a, d.b, d.a_ids, d.b_ids, d.item,
            segment_id, exclusive, exhaustive, d.weight,
        )  # fmt: skip
        self._differences.append(made)


def _longest(pieces: Sequence[Piece]) -> str:
    """The code that is on longest in a difference; empty for none. Of equally long ones the first."""
    lengths: dict[str, Micros] = defaultdict(int)
    for p in pieces:
        lengths[p.code] += p.end - p.start
    return max(lengths, key=lengths.__getitem__, default="")


def of_one_instrument(found: Comparison) -> bool:
    """Whether both rated on the same form in the same version: else there is nothing to decide of ratings."""
    forms = {(h.instrument_id, h.instrument_version) for h in (found.a.header, found.b.header)}
    return len(forms) == 1
