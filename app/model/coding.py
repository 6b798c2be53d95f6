"""One coder's observations, marks and ratings of one meeting: draft, then ready and immutable."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Reversible
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar, cast

from app.errors import StaleChange
from app.model.change import Change, Entity
from app.model.meeting import Segment, Stretch, intersection, merged, without
from app.model.observation import Bookmark, Mark, Observation
from app.model.private_note import PrivateNote
from app.model.rating import Rating
from app.model.timecode import Micros

E = TypeVar("E", bound=Entity)


class CodingState(StrEnum):
    DRAFT = "draft"
    READY = "ready"


class CodingKind(StrEnum):
    """What a coding is for. Only the pair's *own* codings are waited for, compared and counted as a pair.

    The *common view* is what the pair made of its two own codings; a *reference* is made by anybody for learning, and
    is compared with the others outside the work on the case. A *training* coding is made against a common view that
    its pair has named for it (`app.model.training`), and nobody but its coder ever sees it. What is *recoded* is a copy
    in another scheme: nobody coded it, and it is never kept.
    """

    OWN = "own"
    COMMON_VIEW = "common-view"
    REFERENCE = "reference"
    TRAINING = "training"
    RECODED = "recoded"


#: most codings are the first reading of their film
FIRST_READING = 1
#: the second pass: of what the pair agreed on in its first reading
SECOND_READING = 2


@dataclass(frozen=True, slots=True)
class PassCover:
    """What a coder declared covered in one pass: `part` is `dyad`, `adult`, `child` or the id of a scheme's layer."""

    part: str
    covered: tuple[Stretch, ...]


#: the passes that together are a whole coding, in the order in which they are recommended (domain 2.3.3)
PASSES = ("dyad", "adult", "child")


@dataclass(frozen=True, slots=True)
class CodingHeader:
    """Whose coding of what, with which scheme, and what its coder declared covered (domain 3.2).

    Not coded is never taken for *nothing happened*: only `covered` time enters a figure. Who codes in passes covers
    each on its own (`passes`): `covered` is then what all three have covered. A layer's cover counts for its own codes
    alone. `chosen` are the numbers of the tasks that are to be coded, empty for all.

    There is one coding for each meeting, coder, kind and `reading`. A reading, from 1, is a whole independent round: in
    a second one both code again, each alone, what they agreed on in the first (its three passes are `passes`). Of a
    training coding it counts how often its coder has coded the film for learning.
    """

    id: str
    meeting_id: str
    coder: str
    scheme_id: str
    scheme_version: int
    instrument_id: str
    instrument_version: int
    state: CodingState = CodingState.DRAFT
    covered: tuple[Stretch, ...] = ()
    ready_at: datetime | None = None
    checksum: str = ""
    in_passes: bool = False
    passes: tuple[PassCover, ...] = ()
    chosen: tuple[int, ...] = ()
    kind: CodingKind = CodingKind.OWN
    reading: int = FIRST_READING

    def __post_init__(self) -> None:
        assert self.reading >= FIRST_READING, "readings count from 1"

    def covers(self, segment: Segment, part: str = "") -> bool:
        """Whether a task was declared covered: as a whole, or in one pass or layer."""
        stretches = merged(self.covered_in(part) if part else self.covered)
        return any(s.start <= segment.start and segment.end <= s.end for s in stretches)

    def covered_in(self, part: str) -> tuple[Stretch, ...]:
        """What was declared covered in one pass or layer."""
        return next((p.covered for p in self.passes if p.part == part), ())


@dataclass(frozen=True, slots=True)
class CodingPlace:
    """All that everybody may know of a coding that is sealed: whose of what it is, and how far."""

    id: str
    meeting_id: str
    coder: str
    kind: CodingKind
    reading: int
    state: CodingState


@dataclass(frozen=True)
class Coding:
    """The whole coding as a value. `apply` gives a new one; a stale *before* is refused."""

    header: CodingHeader
    observations: Mapping[str, Observation] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    bookmarks: Mapping[str, Bookmark] = field(default_factory=dict)
    private_notes: Mapping[str, PrivateNote] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.header.id

    @property
    def is_ready(self) -> bool:
        return self.header.state == CodingState.READY

    def sorted_observations(self) -> list[Observation]:
        return sorted(self.observations.values(), key=lambda o: (o.start, o.id))

    @property
    def newest(self) -> Observation | None:
        """What was marked last."""
        last = next(reversed(cast("Reversible[str]", self.observations)), None)
        return None if last is None else self.observations[last]

    def on_at(self, time: Micros) -> list[Observation]:
        """States that are on at `time`."""
        begun = (o for o in self._states.values() if o.start <= time)
        return [o for o in begun if o.open or (o.end is not None and time < o.end)]

    @cached_property
    def _states(self) -> dict[str, Observation]:
        return {o.id: o for o in self.observations.values() if _is_state(o)}

    def rating_of(self, item: str, segment_id: str = "") -> Rating | None:
        return next((r for r in self.ratings.values() if r.item == item and r.segment_id == segment_id), None)

    def covers(self, segment: Segment) -> bool:
        return self.header.covers(segment)

    def with_cover(self, stretch: Stretch, *, on: bool, part: str = "") -> CodingHeader:
        """The header with a stretch declared covered, or not; `part` names the pass or layer, empty the whole."""
        if not part:
            return replace(self.header, covered=_covering(self.header.covered, stretch, on=on))
        one = PassCover(part, _covering(self.header.covered_in(part), stretch, on=on))
        passes = tuple(sorted((*(p for p in self.header.passes if p.part != part), one), key=_part))
        header = replace(self.header, passes=passes)
        return header if part not in PASSES else replace(header, covered=_in_all_passes(header))

    def without_cover(self, stretch: Stretch) -> CodingHeader:
        """The header with a stretch covered neither as a whole nor in any pass or layer."""
        passes = tuple(replace(p, covered=without(p.covered, stretch)) for p in self.header.passes)
        return replace(self.header, covered=without(self.header.covered, stretch), passes=passes)

    def with_passes(self, *, on: bool) -> CodingHeader:
        """The header for coding in three passes, or in one again; what was covered as a whole was so in each."""
        header = replace(self.header, in_passes=on)
        for part in PASSES if on and not self.header.in_passes else ():
            one = PassCover(part, merged((*header.covered_in(part), *header.covered)))
            header = replace(
                header, passes=tuple(sorted((*(p for p in header.passes if p.part != part), one), key=_part))
            )
        return header

    def apply(self, changes: Iterable[Change]) -> Coding:
        """A new coding with all `changes` in it. Raises StaleChange, and then nothing is taken in."""
        by_kind: dict[type, list[Change]] = {}
        for change in changes:
            by_kind.setdefault(change.kind, []).append(change)
        header, observed = self.header, by_kind.pop(Observation, [])
        for change in by_kind.pop(CodingHeader, []):
            if change.before != header or not isinstance(change.after, CodingHeader):
                raise StaleChange
            header = change.after
        coding = Coding(
            header,
            _changed(self.observations, observed),
            _changed(self.marks, by_kind.pop(Mark, [])),
            _changed(self.ratings, by_kind.pop(Rating, [])),
            _changed(self.bookmarks, by_kind.pop(Bookmark, [])),
            _changed(self.private_notes, by_kind.pop(PrivateNote, [])),
        )
        assert not by_kind, "a coding holds observations, marks, ratings, bookmarks and private notes"
        known = _states_after(self._states, observed) if "_states" in self.__dict__ else None
        if known is not None:
            coding.__dict__["_states"] = known  # among thousands of points nobody looks for them anew
        return coding


def fingerprint(coding: Coding) -> str:
    """SHA-256 over every observation, mark and rating in the order of their ids: what *ready* fixes."""
    digest = hashlib.sha256()
    for group in (coding.observations, coding.marks, coding.ratings):
        for key in sorted(group):
            digest.update(repr(group[key]).encode())
    return digest.hexdigest()


def _part(cover: PassCover) -> str:
    return cover.part


def _covering(covered: tuple[Stretch, ...], stretch: Stretch, *, on: bool) -> tuple[Stretch, ...]:
    return merged((*covered, stretch)) if on else without(covered, stretch)


def _in_all_passes(header: CodingHeader) -> tuple[Stretch, ...]:
    first, *rest = (header.covered_in(part) for part in PASSES)
    for covered in rest:
        first = intersection(first, covered)
    return first


def _is_state(observation: Observation) -> bool:
    return observation.open or observation.end is not None


def _states_after(states: dict[str, Observation], changes: Iterable[Change]) -> dict[str, Observation] | None:
    """The states in the order of their observations; None when they have to be looked for anew."""
    new = dict(states)
    for change in changes:
        after = change.after
        if not isinstance(after, Observation) or not _is_state(after):
            new.pop(change.id, None)
        elif change.before is not None and change.id not in new:
            return None  # a point became a state: its place among them is where the point was
        else:
            new[change.id] = after
    return new


def _changed(held: Mapping[str, E], changes: list[Change]) -> Mapping[str, E]:
    if not changes:
        return held
    # the dictionary itself copies itself: read through its proxy one by one, 20 000 take 3 ms
    new: dict[str, Any] = held.copy() if isinstance(held, dict | MappingProxyType) else dict(held)
    for change in changes:
        there = new.get(change.id)
        if there is not change.before and there != change.before:
            raise StaleChange
        if change.after is None:
            del new[change.id]
        else:
            new[change.id] = change.after
    return MappingProxyType(new)
