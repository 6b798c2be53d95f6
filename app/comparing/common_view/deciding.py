"""What a decision brings into the common view. Each decision stands for itself: none changes what another brings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.comparing.common_view.codable import codable, layer_of
from app.comparing.common_view.parts import Part, Sources, marked, rated, taken
from app.comparing.common_view.states import State, pieces_within
from app.comparing.comparison import Comparison
from app.model.change import Change, added, removed
from app.model.coding import Coding
from app.model.common_view import Came, CommonCoding, Origin
from app.model.decision import Decision, DisagreementKind, NewMark, Verdict, is_possible
from app.model.meeting import Stretch, intersection
from app.model.observation import Observation
from app.model.rating import Rating
from app.model.scheme import Kind
from app.statistics.acts import acts_of


def brought(found: Comparison, decision: Decision) -> tuple[Part, ...]:
    """The observations and ratings of a decision, each with its origin.

    *Neither* and *differently* bring none; nor does what is open. *A* and *B* bring what that coder has there, which
    may be nothing.
    """
    match decision.verdict:
        case Verdict.A:
            return _of_coder(found, decision, Came.A)
        case Verdict.B:
            return _of_coder(found, decision, Came.B)
        case Verdict.BOTH:
            return (*_own_marks(found.a, decision.a_ids, decision, Came.TWO),
                    *_own_marks(found.b, decision.b_ids, decision, Came.TWO))  # fmt: skip
        case Verdict.NEW:
            return _new(found, decision)
        case _:
            return ()


def changes_of(found: Comparison, common: CommonCoding, after: Decision) -> tuple[Change, ...]:
    """One decision instead of the one that stands, with all that goes with that and all that this brings: one step.

    What goes is what the archive holds of it, not what it would bring today: a film may be erased since, and with it
    time that both could code.
    """
    before = common.decisions[after.id]
    if before == after:
        return ()
    gone = {x.id: x for x in _held(common, before)}
    come = {x.id: x for part in brought(found, after) for x in (part.thing, part.origin)}
    return (
        Change(before, after),
        *(removed(x) for key, x in gone.items() if come.get(key) != x),
        *(added(x) for key, x in come.items() if gone.get(key) != x),
    )


def _held(common: CommonCoding, decision: Decision) -> Iterable[Observation | Rating | Origin]:
    """What of a common view is of a decision."""
    for origin in common.origins.values():
        if origin.decision_id == decision.id:
            yield common.coding.observations.get(origin.part_id) or common.coding.ratings[origin.part_id]
            yield origin


#: why a decision is refused, by the key of its sentence
NOT_POSSIBLE, NOT_CODABLE = "decision-not-possible", "new-not-codable"


def refusal_of(found: Comparison, decision: Decision) -> str:
    """Why such a decision cannot be made here: what the store knows of it, and what scheme, form and time allow.

    Empty where it can.
    """
    if not is_possible(decision):
        return NOT_POSSIBLE
    if decision.verdict != Verdict.NEW:
        return ""
    if decision.kind == DisagreementKind.RATING:
        item = found.instrument.item(decision.item)
        held = item is not None and found.instrument.scale_of(item).holds(decision.new_value)
        return "" if held else NOT_POSSIBLE
    if not _fits_scheme(found, decision):
        return NOT_POSSIBLE
    codable_marks = (_is_codable(found, decision, mark) for mark in decision.new_marks)
    return "" if all(codable_marks) else NOT_CODABLE


def _fits_scheme(found: Comparison, decision: Decision) -> bool:
    wanted = Kind.STATE if decision.kind == DisagreementKind.STATE else Kind.POINT
    for mark in decision.new_marks:
        code = found.scheme.code(mark.code)
        if code is None or code.kind != wanted or not mark.person.startswith(code.actor):
            return False
        if wanted == Kind.STATE and code.lane != decision.lane:
            return False
    return True


def _is_codable(found: Comparison, decision: Decision, mark: NewMark) -> bool:
    """Whether a mark lies in time that both went through and could code; of a state some of it has to."""
    if mark.end is None:
        return any(s.holds(mark.start) for s in codable(found, layer_of(found.scheme, mark.code)))
    return bool(intersection((Stretch(mark.start, mark.end),), _stretches(found, decision, mark.code)))


def _of_coder(found: Comparison, decision: Decision, came: Came) -> tuple[Part, ...]:
    coding, ids = (found.a, decision.a_ids) if came == Came.A else (found.b, decision.b_ids)
    if decision.kind == DisagreementKind.RATING:
        sources = Sources(decision.a_ids, decision.b_ids)
        own = (coding.ratings[i] for i in ids if i in coding.ratings)
        return tuple(rated(decision.coding_id, r, came, sources, decision.id) for r in own)
    if decision.kind == DisagreementKind.STATE:
        return _own_states(found, coding, ids, decision, came)
    return tuple(_own_marks(coding, ids, decision, came))


def _own_marks(coding: Coding, ids: Sequence[str], decision: Decision, came: Came) -> Iterable[Part]:
    sources = Sources(decision.a_ids, decision.b_ids)
    own = (coding.observations[i] for i in ids if i in coding.observations)
    return [taken(decision.coding_id, o, came, sources, decision.id) for o in own]


def _own_states(
    found: Comparison, coding: Coding, ids: Sequence[str], decision: Decision, came: Came
) -> tuple[Part, ...]:
    """A coder's states within the difference, cut where it begins and ends."""
    wanted = set(ids)
    states = [
        State(x.id, x.code, x.start, x.end)
        for x in acts_of(coding, found.file.length)
        if x.id in wanted and x.end is not None
    ]
    sources = Sources(decision.a_ids, decision.b_ids)
    pieces = pieces_within(states, _stretches(found, decision, states[0].code if states else ""))
    return tuple(
        marked(decision.coding_id, (decision.person, p.code, p.start, p.end), came, sources, decision.id)
        for p in pieces
    )


def _new(found: Comparison, decision: Decision) -> tuple[Part, ...]:
    sources = Sources(decision.a_ids, decision.b_ids)
    if decision.kind == DisagreementKind.RATING:
        own = Rating("", decision.coding_id, decision.item, decision.new_value, decision.reason.strip(),
                     segment_id=decision.segment_id)  # fmt: skip
        return (rated(decision.coding_id, own, Came.NEW, sources, decision.id),)
    rows = []
    for mark in decision.new_marks:
        spans = [(mark.start, mark.end)]
        if mark.end is not None:
            within = _stretches(found, decision, mark.code)
            spans = [(s.start, s.end) for s in intersection((Stretch(mark.start, mark.end),), within)]
        rows += [
            marked(decision.coding_id, (mark.person, mark.code, start, end), Came.NEW, sources, decision.id)
            for start, end in spans
        ]
    return tuple(rows)


def _stretches(found: Comparison, decision: Decision, code: str) -> tuple[Stretch, ...]:
    """The time of a difference of states in which something can be coded."""
    if decision.start is None or decision.end is None:
        return ()
    return intersection((Stretch(decision.start, decision.end),), codable(found, layer_of(found.scheme, code)))
