"""One-to-one pairing of two coders' events: most pairs, then most of the same code, then least time apart (domain 3.4).

The events that may be paired form a graph that falls into small pieces along the time line. Each piece is solved
exactly as a sparse assignment by shortest augmenting paths (Jonker & Volgenant 1987), with one whole number per edge
that packs the criteria in their order.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from heapq import heappop, heappush
from zlib import crc32

import numpy as np

from app.model.timecode import Micros

Event = tuple[Micros, str]
Edges = list[dict[int, int]]  # per row: column → gain


def pair_events(a: Sequence[Event], b: Sequence[Event], tolerance: Micros) -> list[tuple[int, int]]:
    """Pairs of places in `a` and `b`, ascending, of events (time, code) with |Δt| ≤ tolerance, each used once.

    Among pairings that are equal in the three criteria the one with the least Σ Δt² is taken, which keeps pairs from
    crossing, then one by a fixed hash: the answer depends neither on the order of events nor on who is `a`.
    """
    rows = sorted(range(len(a)), key=a.__getitem__)
    columns = sorted(range(len(b)), key=b.__getitem__)
    first, second = [a[i] for i in rows], [b[j] for j in columns]
    found, pieces = _pieces(first, second, tolerance)
    for piece in pieces:
        found += _solved(first, second, piece, tolerance)
    pairs = [(rows[i], columns[j]) for i, j in found]
    if len(set(a)) < len(a) or len(set(b)) < len(b):
        pairs = _dealt(pairs, a, b)
    return sorted(pairs)


def _dealt(pairs: list[tuple[int, int]], a: Sequence[Event], b: Sequence[Event]) -> list[tuple[int, int]]:
    """The same pairs of events, with events that are alike taken in their order: earlier places first."""
    places: list[defaultdict[Event, deque[int]]] = [defaultdict(deque), defaultdict(deque)]
    for held, events in zip(places, (a, b), strict=True):
        for place, event in enumerate(events):
            held[event].append(place)
    return [(places[0][x].popleft(), places[1][y].popleft()) for x, y in sorted((a[i], b[j]) for i, j in pairs)]


Piece = list[tuple[int, int, int]]  # row, and its columns from and to


def _pieces(first: list[Event], second: list[Event], tolerance: Micros) -> tuple[list[tuple[int, int]], list[Piece]]:
    """Pairs of which neither could be paired with another, and the pieces that must be solved.

    A piece is a run of rows whose columns overlap.
    """
    times, others = (np.array([time for time, _ in events], dtype=np.int64) for events in (first, second))
    low, high = np.searchsorted(others, times - tolerance), np.searchsorted(others, times + tolerance, side="right")
    degree = np.searchsorted(times, others + tolerance, side="right") - np.searchsorted(times, others - tolerance)
    alone = high - low == 1
    alone[alone] = degree[low[alone]] == 1
    pieces: list[Piece] = []
    reach = -1
    for row in np.flatnonzero((high > low) & ~alone).tolist():
        start, stop = int(low[row]), int(high[row])
        if start >= reach:
            pieces.append([])
        pieces[-1].append((row, start, stop))
        reach = stop
    return list(zip(np.flatnonzero(alone).tolist(), low[alone].tolist(), strict=True)), pieces


def _solved(first: list[Event], second: list[Event], piece: Piece, tolerance: Micros) -> list[tuple[int, int]]:
    low = piece[0][1]
    count = min(len(piece), piece[-1][2] - low)
    if count == len(piece) == piece[-1][2] - low and (even := _twins(first, second, piece)):
        return even
    edges: Edges = []
    for i, start, stop in piece:
        edges.append({j: _gain(first[i], second[j], count, tolerance) for j in range(start, stop)})
    return [(piece[r][0], j) for r, j in _matched(edges)]


def _twins(first: list[Event], second: list[Event], piece: Piece) -> list[tuple[int, int]]:
    """Rows and columns in their order, if that pairs every event with one of the same code; nothing can be better.

    All are paired, all alike in code, and pairs in order have the least Σ |Δt| and Σ Δt² of all.
    """
    base = piece[0][1]
    pairs = [(i, base + place) for place, (i, _, _) in enumerate(piece)]
    fits = all(
        low <= j < high and first[i][1] == second[j][1] for (i, j), (_, low, high) in zip(pairs, piece, strict=True)
    )
    return pairs if fits else []


def _gain(one: Event, other: Event, count: int, tolerance: Micros) -> int:
    """The worth of a pair in one whole number: pair ≫ same code ≫ small |Δt| ≫ small Δt² ≫ hash.

    Each step is larger than `count` pairs can gather in the steps below it.
    """
    apart = abs(one[0] - other[0])
    step = count << 32
    worth = (tolerance * tolerance - apart * apart) * step + _hash(one, other)
    step *= tolerance * tolerance + 1
    worth += (tolerance - apart) * step * count
    step *= count * (tolerance + 1) * count
    return ((count + 1) + (one[1] == other[1])) * step + worth


def _hash(one: Event, other: Event) -> int:
    """The same for the same two events in either order, on every computer."""
    return crc32(repr((one, other) if one <= other else (other, one)).encode())


def _matched(edges: Edges) -> list[tuple[int, int]]:
    """The matching of greatest total gain: rows one by one by the shortest augmenting path.

    Costs are `top − gain`; each row also has an own column, −1 − row, that costs `top`: staying alone.
    """
    top = max(gain for row in edges for gain in row.values()) + 1
    if len(edges) == 1 or len({j for row in edges for j in row}) == 1:
        return next([(i, j)] for i, row in enumerate(edges) for j, gain in row.items() if gain == top - 1)
    costs = [{j: top - gain for j, gain in row.items()} | {-1 - i: top} for i, row in enumerate(edges)]
    price: dict[int, int] = {}
    owner: dict[int, int] = {}
    for row in range(len(costs)):
        _augment(row, costs, price, owner)
    return sorted((i, j) for j, i in owner.items() if j >= 0)


def _augment(row: int, costs: Edges, price: dict[int, int], owner: dict[int, int]) -> None:
    """Dijkstra from `row` over reduced costs to the nearest free column; prices are kept so that none is negative."""
    heap: list[tuple[int, int]] = []
    came: dict[int, int] = {}
    best: dict[int, int] = {}
    done: dict[int, int] = {}
    here, base = row, 0
    while True:
        for column, cost in costs[here].items():
            length = base + cost - price.get(column, 0)
            if column not in done and length < best.get(column, length + 1):
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
    _turn(row, column, came, owner)


def _turn(row: int, column: int, came: dict[int, int], owner: dict[int, int]) -> None:
    """Give each row of the path the column by which the path left it."""
    held = {i: j for j, i in owner.items()}
    while True:
        taker = came[column]
        owner[column] = taker
        if taker == row:
            return
        column = held[taker]
