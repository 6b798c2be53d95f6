"""Where two coders have the same state on, where an edge of theirs is the same edge, and where they differ.

Edges are taken exactly, in µs. Time in which the two differ is

- part of a difference, where the agreement found one: beyond the tolerance (domain 3.6);
- else the way from one edge to the other of the same change, where both have the same states in the same order: then
  the common edge lies in the middle of the two, rounded down to whole µs;
- else a difference of its own: a short state that one alone marked is decided upon, too, and not lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, product

from app.model.meeting import Stretch
from app.model.timecode import Micros

#: what is on and whose observation it is; empty for nothing
On = tuple[str, str]
_NOTHING: On = ("", "")
_NONE = frozenset[str]()


@dataclass(frozen=True, slots=True)
class State:
    """A state of one coder in `[start, end)`."""

    id: str
    code: str
    start: Micros
    end: Micros


@dataclass(frozen=True, slots=True)
class Piece:
    """Time in which one code is on (empty: nothing), with the observations it comes from."""

    start: Micros
    end: Micros
    code: str
    a_ids: frozenset[str] = _NONE
    b_ids: frozenset[str] = _NONE


@dataclass(frozen=True, slots=True)
class Region:
    """A difference: time in which each coder's pieces stand as they are."""

    start: Micros
    end: Micros
    a: tuple[Piece, ...]
    b: tuple[Piece, ...]

    @property
    def a_ids(self) -> frozenset[str]:
        return _NONE.union(*(p.a_ids for p in self.a))

    @property
    def b_ids(self) -> frozenset[str]:
        return _NONE.union(*(p.b_ids for p in self.b))


@dataclass(frozen=True, slots=True)
class _Atom:
    """Time in which neither changes. `region` is the place of the difference it belongs to, −1 for none."""

    start: Micros
    end: Micros
    a: On
    b: On
    region: int = -1

    @property
    def differs(self) -> bool:
        return self.a[0] != self.b[0]


@dataclass(frozen=True, slots=True)
class _Turn:
    """From `at` on one coder has a code, by these observations."""

    at: Micros
    code: str
    ids: frozenset[str] = _NONE


def merged_states(
    a: Sequence[State], b: Sequence[State], window: Sequence[Stretch], found: Sequence[Stretch], tolerance: Micros
) -> tuple[tuple[Piece, ...], tuple[Region, ...]]:
    """What of one lane's states comes over by itself, and the differences, both in time order.

    `window` is the time that both covered and could code; `found` are the differences beyond the tolerance, which lie
    apart; `tolerance` (µs) is how far an edge of one may be from where the window begins or ends for the other. Of
    states of one coder that overlap the later begun counts.
    """
    tracks = _painted(a), _painted(b)
    regions: list[list[_Atom]] = [[] for _ in found]
    pieces: list[Piece] = []
    for stretch in window:
        atoms = _absorbed(_atoms(tracks, stretch, found))
        kinds = [(atom.region, atom.differs) for atom in atoms]
        for (region, differs), some in groupby(range(len(atoms)), key=kinds.__getitem__):
            rows = list(some)
            run = [atoms[n] for n in rows]
            if region >= 0:
                regions[region] += run
                continue
            around = atoms[max(rows[0] - 1, 0) : rows[-1] + 2]
            fitted = _fitted(run, around, tolerance) if differs else [_agreed(atom) for atom in run]
            if fitted is None:
                regions.append(run)
            else:
                pieces += fitted
    kept = sorted((_region(run) for run in regions if run), key=lambda r: r.start)
    return _closed(pieces), tuple(kept)


def pieces_within(states: Sequence[State], window: Sequence[Stretch]) -> tuple[Piece, ...]:
    """One coder's states as they stand within a window; its observations are told as `a_ids`."""
    tracks = _painted(states), _painted(())
    atoms = [atom for stretch in window for atom in _atoms(tracks, stretch, ())]
    return _closed(Piece(x.start, x.end, x.a[0], a_ids=_ids(x.a)) for x in atoms)


def _painted(states: Iterable[State]) -> list[tuple[Micros, On]]:
    """What is on from each edge on."""
    waiting = sorted(states, key=lambda s: (s.start, s.code, s.id), reverse=True)
    track: list[tuple[Micros, On]] = []
    there: list[State] = []
    for at in sorted({t for s in waiting for t in (s.start, s.end)}):
        there = [s for s in there if s.end > at]
        while waiting and waiting[-1].start <= at:
            there.append(waiting.pop())
        track.append((at, (there[-1].code, there[-1].id) if there else _NOTHING))
    return track


def _atoms(tracks: Sequence[list[tuple[Micros, On]]], stretch: Stretch, found: Sequence[Stretch]) -> list[_Atom]:
    """A stretch cut wherever something changes."""
    cuts = {stretch.start, stretch.end}
    cuts |= {t for f in found for t in (f.start, f.end) if stretch.holds(t)}
    cuts |= {t for track in tracks for t, _ in track if stretch.holds(t)}
    places, atoms, at = [0, 0], [], 0
    apart = sorted(enumerate(found), key=lambda row: row[1].start)
    for start, end in pairwise(sorted(cuts)):
        on = []
        for side, track in enumerate(tracks):
            while places[side] < len(track) and track[places[side]][0] <= start:
                places[side] += 1
            on.append(track[places[side] - 1][1] if places[side] else _NOTHING)
        while at < len(apart) and apart[at][1].end <= start:
            at += 1
        is_inside = at < len(apart) and apart[at][1].holds(start)
        atoms.append(_Atom(start, end, on[0], on[1], apart[at][0] if is_inside else -1))
    return atoms


def _absorbed(atoms: list[_Atom]) -> list[_Atom]:
    """What differs beside a difference belongs to it: to the one before where there are two."""
    out: list[_Atom] = []
    for atom in atoms:
        joins = out and out[-1].region >= 0 and atom.region < 0 and atom.differs
        out.append(replace(atom, region=out[-1].region) if joins else atom)
    for n in range(len(out) - 2, -1, -1):
        if out[n].region < 0 and out[n].differs and out[n + 1].region >= 0:
            out[n] = replace(out[n], region=out[n + 1].region)
    return out


def _agreed(atom: _Atom) -> Piece:
    return Piece(atom.start, atom.end, atom.a[0], _ids(atom.a), _ids(atom.b))


def _ids(on: On) -> frozenset[str]:
    return frozenset((on[1],)) if on[1] else _NONE


def _fitted(run: Sequence[_Atom], around: Sequence[_Atom], tolerance: Micros) -> list[Piece] | None:
    """What a run of differing time is when both have the same order of states; None when they have not.

    `around` is the run with the time beside it where it does not begin or end the window.
    """
    start, end = run[0].start, run[-1].end
    own = _turns(around, "a"), _turns(around, "b")
    is_first, is_last = around[0] is run[0], around[-1] is run[-1]
    leads = [None, *((0, 1) if is_first else ())]
    trails = [None, *((0, 1) if is_last else ())]
    for lead, trail in product(leads, trails):
        both = [list(turns) for turns in own]
        if lead is not None:
            _begin_with_the_other(both[lead], own[1 - lead], start, tolerance)
        if trail is not None:
            _end_with_the_other(both[trail], own[1 - trail], end, tolerance)
        if [t.code for t in both[0]] == [t.code for t in both[1]] and len(both[0]) > 1:
            return _between(both[0], both[1], start, end)
    return None


def _begin_with_the_other(mine: list[_Turn], other: list[_Turn], start: Micros, tolerance: Micros) -> None:
    """Who has from the window's beginning on what the other has a little later turned to it at that beginning."""
    if len(other) > 1 and other[1].code == mine[0].code and other[1].at - start <= tolerance:
        mine.insert(0, _Turn(start, other[0].code))


def _end_with_the_other(mine: list[_Turn], other: list[_Turn], end: Micros, tolerance: Micros) -> None:
    if len(other) > 1 and other[-2].code == mine[-1].code and end - other[-1].at <= tolerance:
        mine.append(_Turn(end, other[-1].code))


def _turns(atoms: Sequence[_Atom], side: str) -> list[_Turn]:
    turns: list[_Turn] = []
    for atom in atoms:
        on: On = getattr(atom, side)
        if turns and turns[-1].code == on[0]:
            turns[-1] = replace(turns[-1], ids=turns[-1].ids | _ids(on))
        else:
            turns.append(_Turn(atom.start, on[0], _ids(on)))
    return turns


def _between(a: Sequence[_Turn], b: Sequence[_Turn], start: Micros, end: Micros) -> list[Piece] | None:
    """The same states of both with each edge in the middle; None when one of them would have no time left."""
    edges = [start, *((x.at + y.at) // 2 for x, y in list(zip(a, b, strict=True))[1:]), end]
    pieces = [Piece(low, high, x.code, x.ids, y.ids) for (low, high), x, y in zip(pairwise(edges), a, b, strict=True)]
    if any(p.start >= p.end and p.code for p in pieces[1:-1]):
        return None
    return [p for p in pieces if p.start < p.end]


def _closed(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Those with a code; what touches and has the same one is one."""
    out: list[Piece] = []
    for p in sorted(pieces, key=lambda p: p.start):
        if out and out[-1].end == p.start and out[-1].code == p.code:
            last = out[-1]
            out[-1] = Piece(last.start, p.end, p.code, last.a_ids | p.a_ids, last.b_ids | p.b_ids)
        else:
            out.append(p)
    return tuple(p for p in out if p.code)


def _region(run: Sequence[_Atom]) -> Region:
    """Of one difference each coder's own pieces."""
    atoms = sorted(run, key=lambda x: x.start)
    a = _closed(Piece(x.start, x.end, x.a[0], a_ids=_ids(x.a)) for x in atoms)
    b = _closed(Piece(x.start, x.end, x.b[0], b_ids=_ids(x.b)) for x in atoms)
    return Region(atoms[0].start, atoms[-1].end, a, b)
