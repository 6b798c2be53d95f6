"""Somebody who has a report and adds and subtracts its tables until a hidden cell is known.

Takes nothing but what the report shows. Two ways: linear algebra over everything shown (a hidden cell that all
solutions agree in is known, whatever the signs), and bounds, for nothing is less than none and all are whole numbers:
the least and the greatest that a cell can be are sought with the simplex method.
"""

from collections import defaultdict

import numpy as np

NEAR = 1e-6


class Known:
    """Sums over hidden cells, by the names of these."""

    def __init__(self):
        self.names = {}
        self.sums = []

    def say(self, cells, total):
        """Named cells, each with its value or None, and their sum, which may be a named cell as well."""
        parts, rest = defaultdict(float), 0.0
        for sign, (name, value) in [*((1, cell) for cell in cells), (-1, total)]:
            if value is None:
                parts[self.names.setdefault(name, len(self.names))] += sign
            else:
                rest -= sign * value
        if parts:
            self.sums.append((dict(parts), rest))

    def system(self):
        matrix = np.zeros((len(self.sums), len(self.names)))
        for n, (parts, _) in enumerate(self.sums):
            for place, sign in parts.items():
                matrix[n, place] = sign
        return matrix, np.array([rest for _, rest in self.sums])


def shown_by(report):
    """All that a report's tables say of each other."""
    known = Known()
    for table in report.lines:
        for measure, cells in table.cells.items():
            if measure == "wholes":
                continue  # one that is in two rows is one in the sum
            named = [((table.by, row, measure), value) for row, value in zip(table.rows, cells, strict=True)]
            known.say(named, (("total", measure), table.totals[measure]))
    for table in report.crossed:
        grid = [
            [((table.by, row, column), value) for column, value in zip(table.columns, cells, strict=True)]
            for row, cells in zip(table.rows, table.cells, strict=True)
        ]
        for line, total in zip(grid, table.row_totals, strict=True):
            known.say(line, ("", total))
        for line, total in zip(zip(*grid, strict=True), table.column_totals, strict=True):
            known.say(line, ("", total))
    return known


def recovered(known):
    """The hidden cells that are known after all, each with how."""
    matrix, sums = known.system()
    agreed = _by_algebra(matrix)
    found = {name: "algebra" for name, place in known.names.items() if place in agreed}
    for part in _parts(matrix):
        rows = np.flatnonzero(np.abs(matrix[:, part]).sum(axis=1))
        low, high = bounds(matrix[np.ix_(rows, part)], sums[rows])
        for place, least, most in zip(part, low, high, strict=True):
            if np.floor(most + NEAR) <= np.ceil(least - NEAR):
                found.setdefault(list(known.names)[place], "bounds")
    return found


def _by_algebra(matrix):
    """Places of the cells in which all solutions agree: no move that keeps every sum changes them."""
    if not len(matrix):
        return set()
    _, sizes, moves = np.linalg.svd(matrix, full_matrices=True)
    free = moves[int((sizes > 1e-9).sum()) :]
    return set(np.flatnonzero(np.abs(free).max(axis=0, initial=0.0) < 1e-8))


def _parts(matrix):
    """Cells that sums lead from one to the other, each group alone."""
    left = set(range(matrix.shape[1]))
    while left:
        part, new = set(), {left.pop()}
        while new:
            part |= new
            rows = np.flatnonzero(np.abs(matrix[:, sorted(new)]).sum(axis=1))
            new = set(np.flatnonzero(np.abs(matrix[rows]).sum(axis=0))) - part
        left -= part
        yield sorted(part)


def bounds(matrix, sums):
    """The least and the greatest value of each unknown where none is negative."""
    tableau, basis = _begun(matrix, sums)
    number = matrix.shape[1]
    found = np.zeros((2, number))
    for place in range(number):
        for row, sign in enumerate((1.0, -1.0)):
            goal = np.zeros(number)
            goal[place] = sign
            value = _least(tableau.copy(), list(basis), goal)
            found[row, place] = np.inf if np.isinf(value) else sign * value
    return found


def _begun(matrix, sums):
    """A first solution, sought with one more unknown a row that all must come to nothing."""
    signs = np.where(sums < 0, -1.0, 1.0)
    rows, number = matrix.shape
    tableau = np.hstack([matrix * signs[:, None], np.eye(rows), (sums * signs)[:, None]])
    basis = list(range(number, number + rows))
    goal = np.concatenate([np.zeros(number), np.ones(rows)])
    left = _least(tableau, basis, goal)
    assert abs(left) < NEAR, "what a report shows is possible"
    kept = []
    for row in range(rows):
        if basis[row] >= number:  # nothing is left of it: some other unknown takes its place, or it said nothing new
            others = np.flatnonzero(np.abs(tableau[row, :number]) > NEAR)
            if not len(others):
                continue
            _pivot(tableau, basis, row, others[0])
        kept.append(row)
    return np.hstack([tableau[kept, :number], tableau[kept, -1:]]), [basis[row] for row in kept]


def _least(tableau, basis, goal):
    """The least of a sum of unknowns by Bland's rule, which never goes in circles. Changes tableau and basis."""
    while True:
        prices = goal - goal[basis] @ tableau[:, :-1]
        wanted = np.flatnonzero(prices < -NEAR)
        if not len(wanted):
            return float(goal[basis] @ tableau[:, -1])
        column = wanted[0]
        able = np.flatnonzero(tableau[:, column] > NEAR)
        if not len(able):
            return -np.inf
        ratios = tableau[able, -1] / tableau[able, column]
        nearest = able[ratios <= ratios.min() + 1e-12]
        _pivot(tableau, basis, min(nearest, key=lambda row: basis[row]), column)


def _pivot(tableau, basis, row, column):
    tableau[row] /= tableau[row, column]
    for other in range(len(tableau)):
        if other != row and tableau[other, column]:
            tableau[other] -= tableau[other, column] * tableau[row]
    basis[row] = column
