"""Hiding what rests on fewer than five people, groups or agreements: also from who adds and subtracts the tables.

Three steps, so that nothing hidden can be worked out, with the proof in the last:

1. Categories (products, customers, offices) that rest on fewer than five pieces of work are shown together as one row.
   So every sum that two tables share is shown, and each table can be looked at alone.
2. Within a table of two such lists a cell that rests on one to four is hidden, and others with it, until what is hidden
   of a row or a column rests on five or more together.
3. Every hidden cell is a corner of a rectangle of hidden cells whose two opposite corners are not empty. Something can
   be carried from these two to the others, and every sum that the report shows stays: so for each hidden cell there is
   another value with which the report would be the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.model.units import ItemPlace, RowCount

#: a cell that rests on fewer, and is not empty, is hidden (domain 6)
LEAST: RowCount = 5
#: what a cell rests on: pieces of work, by what tells them apart. Empty is nobody's matter, and is never hidden
Base: TypeAlias = frozenset[str] | frozenset[int]
Amounts: TypeAlias = NDArray[np.int64]
Hidden: TypeAlias = NDArray[np.bool_]


def is_few(number: RowCount) -> bool:
    """Whether so many people, groups or pieces of work are too few to be told of."""
    return 0 < number < LEAST


def together(bases: Mapping[str, Base]) -> tuple[tuple[str, ...], ...]:
    """The categories as rows in their order: each alone, those that rest on too few as one row at the end.

    The smallest others join them until the row rests on enough; where all of them do not, all are in one row.
    """
    small = [key for key, base in bases.items() if is_few(len(base))]
    held = frozenset[str]().union(*(bases[key] for key in small))
    rest = sorted(
        (key for key in bases if len(bases[key]) >= LEAST), key=lambda key: (len(bases[key]), key), reverse=True
    )
    while small and rest and (is_few(len(held)) or len(small) < 2):
        small.append(rest.pop())
        held |= bases[small[-1]]
    alone = [(key,) for key in bases if key not in small]
    return (*alone, *([tuple(sorted(small))] if small else ()))


def joined(*partitions: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The finest rows that are unions of the rows of each: what a comparison of years may show of both."""
    parts: list[set[str]] = []
    for row in (row for partition in partitions for row in partition):
        touched = [part for part in parts if part & set(row)]
        parts = [part for part in parts if not part & set(row)]
        parts.append(set(row).union(*touched))
    order = {key: n for n, key in enumerate(key for partition in partitions for row in partition for key in row)}
    whole = [tuple(sorted(part)) for part in parts]
    return tuple(sorted(whole, key=lambda row: (len(row) > 1, min(order[key] for key in row))))


# ── one line of counts with its sum ──────────────────────────────────────────────────────────────────────────────────


def hidden_counts(counts: Sequence[int]) -> tuple[tuple[bool, ...], bool]:
    """Which counts of people or times are hidden, and whether their sum is.

    Where the sum is shown, at least two are hidden and make five or more together.
    """
    hidden = [is_few(count) for count in counts]
    total = sum(counts)
    if not any(hidden):
        return tuple(hidden), is_few(total)
    if is_few(total):
        return tuple(hidden), True
    by_size = sorted((n for n, is_hidden in enumerate(hidden) if not is_hidden), key=lambda n: counts[n])
    for place in (*(n for n in by_size if counts[n]), *(n for n in by_size if not counts[n])):
        held = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
        if len(held) > 1 and sum(held) >= LEAST:
            break
        hidden[place] = True
    return tuple(hidden), False


# ── a table of two lists ─────────────────────────────────────────────────────────────────────────────────────────────


def hidden_cells(amounts: Amounts, bases: Sequence[Sequence[Base]]) -> Hidden | None:
    """Which cells of a table are hidden whose sums of rows and columns are all shown; None: it must not be shown.

    `amounts` are what the cells say (rows, columns), `bases` what each rests on. Rows and columns rest on enough, which
    `together` sees to.
    """
    few = np.array([[is_few(len(base)) for base in row] for row in bases], dtype=np.bool_).reshape(amounts.shape)
    hidden = few.copy()
    proven = np.zeros_like(hidden)
    while True:
        for row, column in map(tuple, np.argwhere(hidden & ~proven)):
            corner = _cheapest_corner(amounts, hidden, (row, column))
            if corner is None:
                return None
            for place in ((row, column), (row, corner[1]), (corner[0], column), corner):
                hidden[place] = proven[place] = True
        more = _of_thin_line(amounts, bases, hidden)
        if more is None:
            return hidden
        hidden[more] = True


_Place: TypeAlias = tuple[ItemPlace, ItemPlace]


def _cheapest_corner(amounts: Amounts, hidden: Hidden, place: _Place) -> _Place | None:
    """The opposite corner of the rectangle of a cell that hides the least anew, or None where there is none."""
    row, column = place
    there = amounts > 0
    # what is hidden costs nothing more; an empty cell hidden makes the possible values fewer than any other
    cost = np.where(hidden, 0, np.where(there, amounts + 1, 2 * int(amounts.max(initial=0)) + 2)).astype(np.float64)
    whole = cost + cost[row, :][None, :] + cost[:, column][:, None]
    beside, below = there[row, :][None, :], there[:, column][:, None]
    whole[~((there[row, column] & there) | (beside & below))] = np.inf
    whole[row, :] = whole[:, column] = np.inf
    best = int(np.argmin(whole))
    found = best // whole.shape[1], best % whole.shape[1]
    return found if np.isfinite(whole[found]) else None


def _of_thin_line(amounts: Amounts, bases: Sequence[Sequence[Base]], hidden: Hidden) -> _Place | None:
    """The cheapest shown cell of a line whose hidden cells rest on too few together; None where no line does."""
    rows, columns = amounts.shape
    lines = [[(r, c) for c in range(columns)] for r in range(rows)]
    lines += [[(r, c) for r in range(rows)] for c in range(columns)]
    for line in lines:
        held = [bases[r][c] for r, c in line if hidden[r, c]]
        shown = [place for place in line if not hidden[place] and bases[place[0]][place[1]]]
        if held and shown and is_few(len(frozenset[str]().union(*held))):
            return min(shown, key=lambda place: (int(amounts[place]), place))
    return None
