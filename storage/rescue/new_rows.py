"""What could be read of a damaged database, put into the tables of a new one.

The rule for references: a part whose whole is lost is never dropped while the whole can be made again, from the journal
or, where that is silent, as an empty one that is called "?". Only what can have neither goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

from app.model.change import Entity, added
from app.model.coding import CodingHeader, CodingState
from app.model.identity import new_id
from app.model.units import RowCount
from app.ports.rescue import KindFound
from storage.migrations import HEAD, migrate
from storage.rescue.cells import Value
from storage.rescue.from_journal import bodies, filled, remade
from storage.rescue.reading import Reading
from storage.store import entity_rows, sealed_rows
from storage.store.journal import NAMED
from storage.store.kinds import KINDS, kind_of
from storage.store.search_index import WORDS_TABLE
from storage.store.tables import TABLES, journal, journal_entity, search_entry, work_sum

T = TypeVar("T")

#: made anew of the other tables, or by the migrations themselves
_MADE_ANEW = frozenset({search_entry.name, work_sum.name, "alembic_version"})
_AT_A_TIME = 1000
_BY_NAME = {kind.name: kind for kind in KINDS}
#: so deep things lie in one another at most: a whole that is made again may lack its own
_DEEPEST = 8
#: stands for the things of a journal's row that names none of them
_MANY = ""


class NewRows:
    """Fills a new database within one transaction, and counts."""

    def __init__(self, connection: sa.Connection, reading: Reading) -> None:
        self._connection = connection
        self._reading = reading
        self._found: dict[str, KindFound] = {}
        self._missing: dict[str, set[str]] = {}
        self._above: dict[str, str] = {}
        self.stood_in: RowCount = 0
        self.dropped: RowCount = 0

    def write(self) -> tuple[KindFound, ...]:
        """All tables at the version that the damaged ones stood at, then brought up to date and made to fit."""
        migrate(self._connection, self._reading.version or HEAD)
        for name in sorted(self._reading.tables, key=_order):
            if name not in _MADE_ANEW and not name.startswith(WORDS_TABLE):
                self._copy(name)
        if (self._reading.version or HEAD) < HEAD:
            migrate(self._connection)
        self._name_in_journal()
        self._remake({one for ids in self._missing.values() for one in ids})
        self._make_fit()
        return tuple(self._found[kind.name] for kind in KINDS if kind.name in self._found)

    def _copy(self, name: str) -> None:
        shape = self._reading.tables[name]
        into = ",".join(f'"{column}"' for column in shape.names)
        places = ",".join("?" * len(shape.names))
        insert = f'INSERT OR IGNORE INTO "{name}" ({into}) VALUES ({places})'  # noqa: S608  names of our own tables
        rows: Iterable[tuple[Value, ...]] = self._reading.rows(name)
        if name == journal_entity.name:
            rows = self._of_kept_journal(rows)
        keys: set[Value] = set()
        key = shape.names.index(shape.key) if shape.key else 0
        for some in _batches(rows):
            self._connection.exec_driver_sql(insert, some)
            keys.update(row[key] for row in some)
        if name in _BY_NAME:
            missing = {str(one) for one in self._reading.keys(name).keys() - keys}
            self._missing[name] = missing
            # without an index, what of a page that can be read is damaged is at least that many
            self._found[name] = KindFound(name, len(keys), max(len(missing), self._reading.lost(name)))

    def _of_kept_journal(self, rows: Iterable[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
        kept = set(self._connection.execute(sa.select(journal.c.n)).scalars())
        place = self._reading.tables[journal_entity.name].names.index("journal_n")
        return (row for row in rows if row[place] in kept)

    def _name_in_journal(self) -> None:
        """Which things a row of the journal tells of, where the pages that say it are damaged."""
        if not self._reading.is_broken(journal_entity.name):
            return
        insert = "INSERT OR IGNORE INTO journal_entity (entity_id, journal_n) VALUES (?, ?)"
        for number, changes in bodies(self._connection):
            named = {said[1] for said in changes} if len(changes) <= NAMED else {_MANY}
            self._connection.exec_driver_sql(insert, [(one, number) for one in sorted(named)])

    def _remake(self, wanted: set[str]) -> set[str]:
        """From the journal; returns the ids that are there now."""
        made = self._put(remade(self._connection, wanted))
        for entity in made:
            name = kind_of(type(entity)).name
            if entity.id in self._missing.get(name, ()):
                found = self._found[name]
                self._found[name] = KindFound(name, found.found, found.missing, found.remade + 1)
        return {entity.id for entity in made}

    def _put(self, entities: Iterable[Entity]) -> list[Entity]:
        """Those that can stand: another of which there may be one only is not pushed away."""
        put = []
        for entity in entities:
            try:
                with self._connection.begin_nested():
                    entity_rows.write(self._connection, [added(entity)], {})
            except sa.exc.IntegrityError:
                continue
            put.append(entity)
        return put

    def _make_fit(self) -> None:
        """No reference leads to nothing in the end."""
        for _ in range(_DEEPEST):
            lost = self._dangling()
            if not lost:
                return
            wholes = {(above, value) for _, _, above, value in lost if above in _BY_NAME}
            there = self._remake({value for _, value in wholes})
            empty = (self._empty(above, value) for above, value in sorted(wholes) if value not in there)
            stood = self._put(entity for entity in empty if entity is not None)
            self.stood_in += len(stood)
            there.update(entity.id for entity in stood)
            self._drop((table, rowid) for table, rowid, _, value in lost if value not in there)
        while lost := self._dangling():
            self._drop((table, rowid) for table, rowid, _, _ in lost)

    def _empty(self, name: str, entity_id: str) -> Entity | None:
        """A whole of which nothing is known but that it was, and for a coding what its clear row says.

        What it belongs to itself is another such whole, one for all of a kind; of its own where there may be one only.
        """
        kind = _BY_NAME[name]
        said = self._said_of_coding(entity_id) if kind.entity is CodingHeader else {}
        if kind.parent_kind is not None and kind.parent not in said:
            above = kind_of(kind.parent_kind).name
            said[kind.parent] = new_id() if kind.one_per else self._above.setdefault(above, new_id())
        return filled(kind, entity_id, said)

    def _said_of_coding(self, coding_id: str) -> dict[str, Any]:
        """Whose it is and of which meeting; it is taken to be made with the scheme of another coding."""
        said: dict[str, Any] = {}
        if (row := sealed_rows.one(self._connection, coding_id)) is not None and row.kind is not None:
            state = CodingState.READY if row.released else row.state
            said = {"meeting_id": row.meeting_id, "coder": row.coder, "kind": row.kind.value, "state": state.value}
            said["reading"] = row.reading
        names = ("scheme_id", "scheme_version", "instrument_id", "instrument_version")
        table = TABLES[CodingHeader].c
        other = self._connection.execute(sa.select(*(table[name] for name in names)).limit(1)).first()
        return said | (dict(zip(names, other, strict=True)) if other is not None else {})

    def _dangling(self) -> list[tuple[str, int, str, str]]:
        """(table, number of the row, table of what it refers to, key that is not there)."""
        found = []
        for table, rowid, above, place in self._connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            refers = self._connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")').fetchall()
            column = next(row[3] for row in refers if row[0] == place)
            query = f'SELECT "{column}" FROM "{table}" WHERE rowid = ?'  # noqa: S608  names of our own tables
            value = self._connection.exec_driver_sql(query, (rowid,)).scalar_one()
            found.append((table, rowid, above, str(value)))
        return found

    def _drop(self, rows: Iterable[tuple[str, int]]) -> None:
        for table, rowid in set(rows):
            self._connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))  # noqa: S608
            self.dropped += 1


def _order(name: str) -> tuple[int, str]:
    """What others refer to at once, not only at the end of the transaction, comes first."""
    return (1 if name == journal_entity.name else 0, name)


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_A_TIME)):
        yield some
