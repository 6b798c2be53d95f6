"""The rows of a damaged database by table: what could be read, and of what is lost, how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from app.errors import ArchiveError
from app.model.units import RowCount
from storage.migrations import HEAD, schema
from storage.rescue import cells
from storage.rescue.cells import Row, Value
from storage.rescue.sealed_pages import SealedPages
from storage.rescue.shapes import Shape, shapes
from storage.rescue.trees import Tree, Walk

_VERSION = "alembic_version"
_SCHEMA_WORDS = ("table", "index", "trigger", "view")

#: gives the words that made each table of a version, the newest for an empty one
StandIn = Callable[[str], Mapping[str, str]]


class Reading:
    """Walks a database once and then gives its rows.

    Where the list of its tables is damaged, `stand_in` is asked for those of the same version of the program. Raises
    ArchiveError `archive-newer`.
    """

    def __init__(self, pages: SealedPages, stand_in: StandIn) -> None:
        self._pages = pages
        self._trees: dict[str, Tree] = {}
        self._lost: Counter[str] = Counter()
        self._keys: dict[str, dict[Value, int]] = {}
        walk = Walk(pages)
        schema = self._schema(walk)
        roots = {name: root for kind, name, root, _ in schema if kind in ("table", "index") and root > 0}
        made = [words for kind, _, _, words in schema if kind == "table" and words]
        self._shapes = shapes(words for words in made if not words.upper().startswith("CREATE VIRTUAL"))
        for name, root in roots.items():
            self._trees[name] = walk.tree(root)
        if self.version > HEAD:
            raise ArchiveError("archive-newer", version=self.version)
        if self.list_is_damaged:
            self._missing_tables(stand_in)
        self.untold = self._place_unreached(walk)

    @property
    def tables(self) -> Mapping[str, Shape]:
        return self._shapes

    @cached_property
    def version(self) -> str:
        """The step of the migrations that the tables stand at; where its own page is damaged as the tables' form tells.

        Empty when that cannot be read either.
        """
        found = [values[0] for values in self.rows(_VERSION)] if _VERSION in self._trees else []
        if found:
            return str(found[0])
        return "" if self.list_is_damaged else schema.like({name: shape.names for name, shape in self._shapes.items()})

    def rows(self, table: str) -> Iterator[tuple[Value, ...]]:
        """The values of every row that can be read, in the order of the shape's columns."""
        return (values for values, _ in self.placed(table))

    def placed(self, table: str) -> Iterator[tuple[tuple[Value, ...], tuple[int, ...]]]:
        """The same, each with the pages that it lies on."""
        shape, tree = self._shapes[table], self._trees.get(table, Tree())
        self._lost[table] = 0
        for number in tree.leaves:
            for row in self._rows_of(number, table):
                values = shape.values(row)
                if values is None:
                    self._lost[table] += 1
                else:
                    yield values, (number, *row.further)

    def named_rows(self, table: str) -> Iterator[dict[str, Value]]:
        """The same by the names of the columns; of a table that is not there none."""
        if table in self._shapes:
            names = self._shapes[table].names
            yield from (dict(zip(names, values, strict=True)) for values in self.rows(table))

    def lost(self, table: str) -> RowCount:
        """How many rows of pages that can be read could not be, the last time the table was read."""
        return self._lost[table]

    def is_broken(self, table: str) -> bool:
        """Whether pages of a table could not be read, or where its pages are is not known."""
        return table not in self._trees or bool(self._trees[table].lost)

    def keys(self, table: str) -> Mapping[Value, int]:
        """The rows that the index of a table's key knows, by key, each with its number, as far as that can be read."""
        if table not in self._keys:
            tree = self._trees.get(self._shapes[table].key_index, Tree())
            rows = (row for number in tree.leaves for row in self._rows_of(number, ""))
            self._keys[table] = {
                r.values[0]: r.values[1] for r in rows if len(r.values) == 2 and type(r.values[1]) is int
            }
        return self._keys[table]

    # finding pages

    def _rows_of(self, number: int, table: str) -> tuple[Row, ...]:
        page = self._pages.page(number)
        if page is None:
            return ()
        leaf = cells.rows(page, number, self._pages.page)
        if table:
            self._lost[table] += leaf.lost
        return leaf.rows

    def _schema(self, walk: Walk) -> list[tuple[str, str, int, str]]:
        """(kind, name, root, words) of all that the database's own list says; of a damaged one also what lies apart."""
        tree = walk.tree(1)
        numbers, self.list_is_damaged = list(tree.leaves), bool(tree.lost)
        if self.list_is_damaged:
            for number in walk.unreached():
                if any(map(_is_of_schema, self._rows_of(number, ""))):
                    walk.seen.add(number)
                    numbers.append(number)
        rows = (row for number in numbers for row in self._rows_of(number, "") if _is_of_schema(row))
        return [
            (str(v[0]), str(v[1]), v[3] if type(v[3]) is int else 0, str(v[4] or "")) for v in (r.values for r in rows)
        ]

    def _missing_tables(self, stand_in: StandIn) -> None:
        for name, shape in shapes(stand_in(self.version).values()).items():
            self._shapes.setdefault(name, shape)

    def _place_unreached(self, walk: Walk) -> int:
        """Leaves that no tree led to go to the table that their rows are of; returns how many nobody can tell."""
        apart = list(walk.unreached())
        broken = [name for name in self._shapes if self.is_broken(name)]
        untold = 0
        for number in apart:
            rows = self._rows_of(number, "")
            if not rows:
                continue
            fits = [name for name in broken if all(self._shapes[name].values(row) is not None for row in rows)]
            if (table := self._table_of(rows, fits)) is None:
                untold += 1
            else:
                self._trees.setdefault(table, Tree(lost=[0])).leaves.append(number)
        return untold

    def _table_of(self, rows: tuple[Row, ...], fits: list[str]) -> str | None:
        """The one table that rows are of: by the numbers in the index of its key, else by what they refer to."""
        if len(fits) <= 1:
            return fits[0] if fits else None
        for score in (self._known_by_index, self._known_by_whole):
            scores = sorted(((sum(score(row, name) for row in rows), name) for name in fits), reverse=True)
            if scores[0][0] > scores[1][0]:
                return scores[0][1]
        return None

    def _known_by_index(self, row: Row, table: str) -> bool:
        shape = self._shapes[table]
        if not shape.key or not shape.key_index:
            return False
        values = shape.values(row) or ()
        return self.keys(table).get(values[shape.names.index(shape.key)]) == row.number

    def _known_by_whole(self, row: Row, table: str) -> bool:
        """Whether all that a row refers to is there; of a row that refers to nothing nothing is known."""
        shape = self._shapes[table]
        values = dict(zip(shape.names, shape.values(row) or (), strict=False))
        wholes = [(values.get(name), above) for name, above in shape.refers if values.get(name) is not None]
        return bool(wholes) and all(above in self._shapes and value in self.keys(above) for value, above in wholes)


def _is_of_schema(row: Row) -> bool:
    held = row.values
    return len(held) == 5 and held[0] in _SCHEMA_WORDS and isinstance(held[1], str) and isinstance(held[3], int)
