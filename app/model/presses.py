"""What a code key does to a coding: pure functions from a press to changes (domain 2.3, rules).

A tap is a point. A state key starts its state; pressed again it ends it, unless its group is exhaustive: there only
another key of the group ends it, and exactly when the other begins, so that no gap arises.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.change import Change, added, removed
from app.model.coding import Coding
from app.model.identity import new_id
from app.model.lane_states import lane_of
from app.model.observation import Mark, MarkKind, Observation
from app.model.scheme import Actor, Code, Kind, Scheme
from app.model.timecode import Micros

PERSON_OF = {Actor.ADULT: "adult1", Actor.CHILD: "child1", Actor.DYAD: "dyad"}


@dataclass(frozen=True, slots=True)
class Press:
    """A key press: `at` is what is coded, `pressed` the time of the picture, `seen_on` the film and its own time."""

    at: Micros
    pressed: Micros
    seen_on: str = ""
    seen_at: Micros | None = None
    modifiers: tuple[str, ...] = ()


def on_code(coding: Coding, scheme: Scheme, code: Code, press: Press) -> tuple[Change, ...]:
    """The changes that a press of `code` makes. Empty when the state is on already in an exhaustive group."""
    if code.kind == Kind.POINT:
        return (added(_new(coding, code, press)),)
    running = [o for o in coding.on_at(press.at) if _same_lane(scheme, code, o)]
    again = [o for o in running if o.code == code.id]
    if again and _is_exhaustive(scheme, code):
        return ()
    closing = tuple(change for o in running for change in _close(o, press.at))
    if again:
        return closing
    begun = _new(coding, code, press)
    following = _next_start(coding, scheme, code, press.at)
    if following is not None:
        begun = replace(begun, open=False, end=following)
    return (*closing, added(begun))


def on_release(coding: Coding, code: Code, at: Micros) -> tuple[Change, ...]:
    """The key of a code that is on while it is held came up: what it began ends at `at`."""
    running = [
        o for o in coding.observations.values() if o.open and o.code == code.id and o.person == PERSON_OF[code.actor]
    ]
    return tuple(Change(o, replace(o, end=max(at, o.start + 1), open=False)) for o in running)


def on_mark(coding: Coding, kind: MarkKind, at: Micros, text: str = "") -> tuple[Change, ...]:
    return (added(Mark(new_id(), coding.id, kind, at, text)),)


def close_open(coding: Coding, end: Micros) -> tuple[Change, ...]:
    """States still on close at the end of the coded stretch."""
    changes: list[Change] = []
    for o in coding.observations.values():
        if o.open:
            changes += _close(o, end)
    return tuple(changes)


def _new(coding: Coding, code: Code, press: Press) -> Observation:
    return Observation(
        new_id(),
        coding.id,
        code.id,
        PERSON_OF[code.actor],
        press.at,
        open=code.kind == Kind.STATE,
        modifiers=press.modifiers,
        pressed=press.pressed,
        seen_on=press.seen_on,
        seen_at=press.seen_at,
    )


def _close(observation: Observation, at: Micros) -> tuple[Change, ...]:
    """End a state at `at`; one that would have no length was a slip and goes."""
    if at <= observation.start:
        return (removed(observation),)
    return (Change(observation, replace(observation, end=at, open=False)),)


def _is_exhaustive(scheme: Scheme, code: Code) -> bool:
    return any(g.id == code.group and g.exhaustive for g in scheme.groups)


def _same_lane(scheme: Scheme, code: Code, observation: Observation) -> bool:
    """A state that cannot be on together with `code`: itself, or another of its exclusive group, of the same person."""
    return lane_of(scheme, observation) == (PERSON_OF[code.actor], code.lane)


def _next_start(coding: Coding, scheme: Scheme, code: Code, at: Micros) -> Micros | None:
    """When a state is pressed before an already coded one of its lane, it ends where that one begins."""
    later = [o.start for o in coding.observations.values() if o.start > at and _same_lane(scheme, code, o)]
    return min(later, default=None)
