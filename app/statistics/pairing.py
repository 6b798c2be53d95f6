"""One-to-one pairing of two coders' events: most pairs, then most of the same code, then least time apart (domain 3.4).

The events that may be paired form a graph that falls into small pieces along the time line. Each piece is solved
exactly: small ones by looking at all pairings, larger ones as a sparse assignment by shortest augmenting paths
(Jonker & Volgenant 1987), with one whole number per edge that packs the criteria in their order.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from zlib import crc32

import numpy as np

from app.model.timecode import Micros
from app.statistics.sampling import Times

Event = tuple[Micros, str]
Edges = list[dict[int, int]]  # per row: column → gain


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """n events of one coder that stand in rows: only events of one row may be paired. Each array has shape (n,).

    They ascend by row, time and code. `time` is µs, `code` any whole number that is the same for the same code.
    """

    row: Times
    time: Times
    code: Times


def pair_events(a: Sequence[Event], b: Sequence[Event], tolerance: Micros) -> list[tuple[int, int]]:
    """Pairs of places in `a` and `b`, ascending, of events (time, code) with |Δt| ≤ tolerance, each used once.

    Among pairings that are equal in the three criteria the one with the least Σ Δt² is taken, which keeps pairs from
    crossing, then one by a fixed hash: the answer depends neither on the order of events nor on who is `a`.
    """
    codes = {code: n for n, code in enumerate(sorted({code for _, code in (*a, *b)}))}
    orders = [sorted(range(len(events)), key=events.__getitem__) for events in (a, b)]
    marks = [
        Marks(
            np.zeros(len(order), dtype=np.int64),
            np.array([events[i][0] for i in order], dtype=np.int64),
            np.array([codes[events[i][1]] for i in order], dtype=np.int64),
        )
        for events, order in zip((a, b), orders, strict=True)
    ]
    first, second = pair_rows(marks[0], marks[1], sorted(codes), tolerance)
    return sorted((orders[0][i], orders[1][j]) for i, j in zip(first.tolist(), second.tolist(), strict=True))


def pair_rows(a: Marks, b: Marks, codes: Sequence[str], tolerance: Micros) -> tuple[Times, Times]:
    """Places in `a` and in `b` of what is paired, shape (pairs,) each; `codes` names the codes by their numbers."""
    if not len(a.time) or not len(b.time):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    least = min(int(a.time.min()), int(b.time.min()))
    apart = max(int(a.time.max()), int(b.time.max())) - least + 2 * tolerance + 1
    first, second = (x.row * apart + (x.time - least) for x in (a, b))
    found, pieces = _plain(first, second, a.code, b.code, tolerance)
    rows, columns = _Side.of(first, a, codes), _Side.of(second, b, codes)
    known: _Known = {}
    solved = [pair for piece in pieces for pair in _known(rows, columns, piece, tolerance, known)]
    pairs = np.concatenate([found, np.array(solved, dtype=np.int64).reshape(-1, 2)])
    alike = [_alike(key, x.code) for key, x in ((first, a), (second, b))]
    if alike[0] or alike[1]:
        pairs = _dealt(pairs.tolist(), (rows, columns), (alike[0], alike[1]))
    pairs = pairs[np.argsort(pairs[:, 0])]
    return pairs[:, 0], pairs[:, 1]


@dataclass(frozen=True, slots=True)
class _Side:
    """One coder's events as plain lists: on the line on which rows lie apart, by code, and as themselves for a hash."""

    at: list[int]
    code: list[int]
    time: list[int]
    names: Sequence[str]

    @classmethod
    def of(cls, at: Times, marks: Marks, names: Sequence[str]) -> _Side:
        return cls(at.tolist(), marks.code.tolist(), marks.time.tolist(), names)

    def hash(self, place: int) -> int:
        """The same for the same event on every computer."""
        return crc32(f"{self.time[place]} {self.names[self.code[place]]}".encode())


def _alike(at: Times, code: Times) -> set[int]:
    """Places of events of which there are several of the same row, time and code."""
    same = np.flatnonzero((at[1:] == at[:-1]) & (code[1:] == code[:-1])).tolist()
    return {place for i in same for place in (i, i + 1)}


def _dealt(pairs: list[tuple[int, int]], sides: tuple[_Side, _Side], alike: tuple[set[int], set[int]]) -> Times:
    """The same pairs of events, with events that are alike taken in their order: earlier places first."""
    places: list[defaultdict[tuple[int, int], deque[int]]] = [defaultdict(deque), defaultdict(deque)]
    for held, side, several in zip(places, sides, alike, strict=True):
        for place in sorted(several):
            held[side.at[place], side.code[place]].append(place)
    out = []
    for pair in sorted(pairs, key=lambda p: [(s.at[i], s.code[i]) for s, i in zip(sides, p, strict=True)]):
        taken = [
            held[side.at[place], side.code[place]].popleft() if place in several else place
            for place, held, side, several in zip(pair, places, sides, alike, strict=True)
        ]
        out.append((taken[0], taken[1]))
    return np.array(out, dtype=np.int64).reshape(-1, 2)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Rows from `first`, each with its columns from and to; together these are the columns from `low` to `high`."""

    first: list[int]
    starts: list[int]
    stops: list[int]

    @property
    def low(self) -> int:
        return self.starts[0]

    @property
    def high(self) -> int:
        return self.stops[-1]


def _plain(times: Times, others: Times, code: Times, other: Times, tolerance: Micros) -> tuple[Times, list[_Piece]]:
    """What is paired at a glance, shape (pairs, 2), and the pieces that must be solved.

    A piece is a run of rows whose columns overlap. At a glance: a row and a column that have nobody else, rows and
    columns in their order when all are then of the same code (pairs in order have the least Σ |Δt| and Σ Δt² of all),
    and of several for one the only best.
    """
    low, high = np.searchsorted(others, times - tolerance), np.searchsorted(others, times + tolerance, side="right")
    rows = np.flatnonzero(high > low)
    low, high = low[rows], high[rows]
    if not len(rows):
        return np.zeros((0, 2), dtype=np.int64), []
    begins = np.flatnonzero(np.append(True, low[1:] >= high[:-1]))
    past = np.append(begins[1:], len(rows))
    height, width = past - begins, high[past - 1] - low[begins]
    piece = np.repeat(np.arange(len(begins)), height)
    match = low[begins][piece] + np.arange(len(rows)) - begins[piece]
    fits = (low <= match) & (match < high) & (height == width)[piece]
    fits[fits] = code[rows[fits]] == other[match[fits]]
    even = np.logical_and.reduceat(fits, begins) | (height == width) & (height == 1)
    pairs = [np.stack([rows, match], axis=1)[even[piece]]]
    stars = np.flatnonzero(~even & ((height == 1) | (width == 1)))
    best, undecided = _stars((rows, low, high), (begins[stars], past[stars]), (times, others, code, other))
    left = np.sort(np.concatenate([np.flatnonzero(~even & (height > 1) & (width > 1)), stars[undecided]]))
    listed = rows.tolist(), low.tolist(), high.tolist()
    bounds = zip(begins[left].tolist(), past[left].tolist(), strict=True)
    return np.concatenate([*pairs, best]), [_Piece(*(x[i:j] for x in listed)) for i, j in bounds]


def _stars(
    edges: tuple[Times, Times, Times], bounds: tuple[Times, Times], events: tuple[Times, Times, Times, Times]
) -> tuple[Times, Times]:
    """For pieces of one row or one column the pair of the same code, then of the least |Δt|, shape (pairs, 2).

    And the places of the pieces in which two are equally good.
    """
    (rows, low, high), (begins, past), (times, others, code, other) = edges, bounds, events
    if not len(begins):
        return np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.int64)
    height = past - begins
    # every row of a piece of one column has that column; a piece of one row has all of that row's
    count = np.maximum(height, high[begins] - low[begins])
    starts = np.cumsum(count) - count
    step = np.arange(int(count.sum())) - np.repeat(starts, count)
    tall = np.repeat(height > 1, count)
    row = rows[np.repeat(begins, count) + np.where(tall, step, 0)]
    column = np.repeat(low[begins], count) + np.where(tall, 0, step)
    apart = np.abs(times[row] - others[column])
    worth = np.where(code[row] == other[column], -apart, -apart - int(apart.max()) - 1)
    best = worth == np.repeat(np.maximum.reduceat(worth, starts), count)
    single = np.add.reduceat(best.astype(np.int64), starts) == 1
    chosen = best & np.repeat(single, count)
    return np.stack([row[chosen], column[chosen]], axis=1), np.flatnonzero(~single)


#: so many edges at most: then looking at all pairings is quicker than the assignment
_FEW = 9


#: solved pieces by the times and codes of their events: places from the piece's first row and column
_Known = dict[tuple[object, ...], list[tuple[int, int]]]


def _known(rows: _Side, columns: _Side, piece: _Piece, tolerance: Micros, known: _Known) -> list[tuple[int, int]]:
    """The best pairing; a person's events of one dimension often make the same piece as all of the person's."""
    i, j, low, high = piece.first[0], piece.first[-1] + 1, piece.low, piece.high
    if j - i > len(piece.first):  # a row without any column lies between
        return _solved(rows, columns, piece, tolerance)
    key = (*rows.time[i:j], None, *columns.time[low:high], None, *rows.code[i:j], *columns.code[low:high])
    found = known.get(key)
    if found is None:
        found = known[key] = [(r - i, c - low) for r, c in _solved(rows, columns, piece, tolerance)]
    return [(i + r, low + c) for r, c in found]


def _solved(rows: _Side, columns: _Side, piece: _Piece, tolerance: Micros) -> list[tuple[int, int]]:
    """The best pairing of one piece."""
    edges = _gains(rows, columns, piece, tolerance)
    if len(piece.first) * (piece.high - piece.low) <= _FEW:
        return _tried(rows, columns, piece, edges)
    hashes = {j: columns.hash(j) for j in range(piece.low, piece.high)}
    for i, gains in zip(piece.first, edges, strict=True):
        own = rows.hash(i)
        for j in gains:
            gains[j] += _hash(own, hashes[j])
    return [(piece.first[r], j) for r, j in _matched(edges)]


def _tried(rows: _Side, columns: _Side, piece: _Piece, edges: Edges) -> list[tuple[int, int]]:
    """The best of all pairings of a small piece, of equal ones by the hash."""
    states: list[tuple[int, int, tuple[tuple[int, int], ...]]] = [(0, 0, ())]
    for i, gains in zip(piece.first, edges, strict=True):
        options = [(1 << (j - piece.low), gain, (i, j)) for j, gain in gains.items()]
        states += [
            (worth + gain, taken | bit, (*pairs, pair))
            for worth, taken, pairs in states
            for bit, gain, pair in options
            if not taken & bit
        ]
    most = max(states)[0]
    equal = [pairs for worth, _, pairs in states if worth == most]
    if len(equal) > 1:
        equal.sort(key=lambda pairs: sum(_hash(rows.hash(x), columns.hash(y)) for x, y in pairs))
    return list(equal[-1])


def _gains(rows: _Side, columns: _Side, piece: _Piece, tolerance: Micros) -> Edges:
    """The worth of each pair in one whole number: pair ≫ same code ≫ small |Δt| ≫ small Δt² ≫ room for a hash.

    Each step is larger than all pairs of the piece can gather in the steps below it.
    """
    count = min(len(piece.first), piece.high - piece.low)
    by_square = count << 32
    by_time = by_square * (tolerance * tolerance + 1) * count
    by_code = by_time * (tolerance + 1) * count
    square, paired = tolerance * tolerance, (count + 1) * by_code
    edges: Edges = []
    for i, start, stop in zip(piece.first, piece.starts, piece.stops, strict=True):
        at, code = rows.at[i], rows.code[i]
        gains: dict[int, int] = {}
        for j in range(start, stop):
            apart = abs(at - columns.at[j])
            gain = paired + (tolerance - apart) * by_time + (square - apart * apart) * by_square
            gains[j] = gain + by_code if code == columns.code[j] else gain
        edges.append(gains)
    return edges


def _hash(one: int, other: int) -> int:
    """Of two events' own hashes one that is the same in either order, of 32 bits."""
    return ((one | 1) * (other | 1)) & 0xFFFFFFFF


def _matched(edges: Edges) -> list[tuple[int, int]]:
    """The matching of greatest total gain: rows one by one by the shortest augmenting path.

    Costs are `top − gain`; each row also has an own column, −1 − row, that costs `top`: staying alone.
    """
    top = max(gain for row in edges for gain in row.values()) + 1
    costs = [{j: top - gain for j, gain in row.items()} | {-1 - i: top} for i, row in enumerate(edges)]
    price: dict[int, int] = {}
    owner: dict[int, int] = {}
    held: dict[int, int] = {}
    for row in range(len(costs)):
        _augment(row, costs, price, owner, held)
    return sorted((i, j) for j, i in owner.items() if j >= 0)


def _augment(row: int, costs: Edges, price: dict[int, int], owner: dict[int, int], held: dict[int, int]) -> None:
    """Dijkstra from `row` over reduced costs to the nearest free column; prices are kept so that none is negative."""
    heap: list[tuple[int, int]] = []
    came: dict[int, int] = {}
    best: dict[int, int] = {}
    done: dict[int, int] = {}
    here, base = row, 0
    while True:
        for column, cost in costs[here].items():
            if column in done:
                continue
            length = base + cost - price.get(column, 0)
            if length < best.get(column, length + 1):
                best[column], came[column] = length, here
                heappush(heap, (length, column))
        length, column = heappop(heap)
        while column in done:
            length, column = heappop(heap)
        done[column] = length
        if column not in owner:
            break
        here = owner[column]
        base = length - (costs[here][column] - price.get(column, 0))
    for passed, distance in done.items():
        price[passed] = price.get(passed, 0) + distance - length
    _turn(row, column, came, owner, held)


def _turn(row: int, column: int, came: dict[int, int], owner: dict[int, int], held: dict[int, int]) -> None:
    """Give each row of the path the column by which the path left it. `held` is each row's column."""
    while True:
        taker = came[column]
        owner[column] = taker
        before = held.get(taker)
        held[taker] = column
        if taker == row:
            return
        assert before is not None, "a row of the path had a column"
        column = before
