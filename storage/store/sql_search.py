"""The `Search` of app/ports on the archive's database, for one worker."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import dialect

from app.model.change import Entity
from app.model.independence import are_writers_told_among, is_clip_open_among, is_open_among
from app.model.people import Case, Person
from app.model.sought import Area, Side, Sought
from app.model.units import RowCount, WrittenPlace
from app.ports.search import Cancelled, Found, Kept, Progress
from storage.store import coding_rows, search_filling, search_index, search_kept
from storage.store.database import Database
from storage.store.kinds import KINDS
from storage.store.reading_rules import agreement_behind, chooser_in, writers_of
from storage.store.rule_facts import TableFacts
from storage.store.search_rows import apart_of
from storage.store.tables import TABLES, search_entry

_E = search_entry.c
_DIALECT = dialect(paramstyle="qmark")
_KIND: dict[str, type[Entity]] = {kind.name: kind.entity for kind in KINDS}


class SqlSearch:
    """Each question reads one state of the archive."""

    def __init__(self, database: Database, worker_id: str) -> None:
        self._database, self._me = database, worker_id

    def find(self, sought: Sought, limit: RowCount, before: WrittenPlace = 0) -> tuple[Found, ...]:
        """Raises StoreError; see the port."""
        beginnings = sought.beginnings
        if not beginnings:
            return ()
        query = _query(sought.closed, bool(sought.beside))
        said = {"side": sought.side.value, "me": self._me, "most": limit}
        with self._database.read() as connection:
            rule = _Rule(connection, self._me)
            said["away"] = json.dumps(sorted(_kept_from(connection, sought.beside)))
            said["wanted"] = search_index.matching(beginnings)
            groups = _Groups([area for area in Area if not sought.areas or area in sought.areas], limit, before)
            groups.fill(lambda after: query.read(connection, {**said, "after": after}), rule.lets)
        return tuple(map(_found, groups.rows()))

    def again(self, things: Sequence[tuple[type[Entity], str]]) -> tuple[Found, ...]:
        """Raises StoreError; see the port."""
        ids = [key for _, key in things]
        # what was opened last is kept of client work alone
        wanted = _E.entity_id.in_(ids), _E.reader.in_(("", self._me)), _E.side == Side.CLIENTS.value
        query = sa.select(search_entry).where(*wanted)
        with self._database.read() as connection:
            rule = _Rule(connection, self._me)
            held = {row.entity_id: _found(row) for row in connection.execute(query).all() if rule.lets(row)}
        return tuple(held[key] for kind, key in things if key in held and held[key].kind is kind)

    def kept(self) -> Kept:
        """Raises StoreError; see the port."""
        with self._database.read() as connection:
            return search_kept.read(connection, self._me)

    def keep(self, kept: Kept) -> None:
        """Raises StoreError; see the port."""
        with self._database.write() as connection:
            search_kept.write(connection, self._me, kept)

    def rebuild(self, progress: Progress, cancelled: Cancelled) -> RowCount:
        """Raises Cancelled, StoreError; see the port."""
        with self._database.write() as connection:
            return search_filling.fill(connection, progress, cancelled)


def _kept_from(connection: sa.Connection, person_id: str) -> frozenset[str]:
    """Who must not meet a person."""
    facts = TableFacts(lambda: connection)
    person = facts.get(Person, person_id)
    return frozenset() if person is None else apart_of(facts, person.case_id).of(person_id)


class _Rule:
    """The rule of independence over rows that were found: a coding's places are asked once, and only of those found."""

    def __init__(self, connection: sa.Connection, worker_id: str) -> None:
        self._connection, self._me = connection, worker_id
        self._known: dict[tuple[str, str], bool] = {}

    def lets(self, row: Any) -> bool:
        if not row.coding_id:
            return True
        asked = row.coding_id, row.meeting_id
        if asked not in self._known:
            self._known[asked] = self._is_open(*asked)
        return self._known[asked]

    def _is_open(self, coding_id: str, meeting_id: str) -> bool:
        if agreement_id := agreement_behind(coding_id):
            held = TableFacts(lambda: self._connection).agreement(agreement_id)
            return held is not None and held.is_read_whole_by(self._me)
        places = coding_rows.counted_places(self._connection, meeting_id)
        if chooser := chooser_in(coding_id):
            return is_clip_open_among(chooser, places, meeting_id, self._me)
        if coding_id == writers_of(meeting_id):
            return are_writers_told_among(places, meeting_id)
        return any(is_open_among(place, places, self._me) for place in places if place.id == coding_id)


class _Groups:
    """Rows of each group wanted, at most so many, written before a place where one is given.

    All groups are asked at once, some rows at a time; what is full or not wanted is passed over. So a group in which
    nothing is found costs nothing, and each question costs as much in a large archive as in a small one.
    """

    def __init__(self, areas: Sequence[Area], limit: RowCount, before: WrittenPlace) -> None:
        self._held: dict[Area, list[Any]] = {area: [] for area in areas}
        self._limit, self._before = limit, before
        self._end = search_index.ends(areas[-1])
        self._after = search_index.number(areas[0], before)

    def rows(self) -> Iterator[Any]:
        return chain.from_iterable(self._held.values())

    def fill(self, read: Callable[[int], Sequence[Any]], lets: Callable[[Any], bool]) -> None:
        """`read` gives the next rows after a row number, at most `limit`, the groups in their order."""
        while self._after < self._end:
            rows = read(self._after)
            if not rows or (self._take(rows, lets) and len(rows) < self._limit):
                return

    def _take(self, rows: Sequence[Any], lets: Callable[[Any], bool]) -> bool:
        """Whether each row was looked at; otherwise it goes on elsewhere."""
        for row in rows:
            begins = self._begins(Area(row.area))
            if row.n <= begins:
                self._after = begins
                return False
            self._after = row.n
            if lets(row):
                self._held[Area(row.area)].append(row)
        return True

    def _begins(self, area: Area) -> int:
        """What is of interest of a group, or after it, has a greater number."""
        if area not in self._held or len(self._held[area]) >= self._limit:
            return search_index.ends(area)
        return search_index.number(area, self._before)


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A question in SQL's words with the names of its values in their order: made once, it is asked with every key."""

    words: str
    names: tuple[str, ...]
    fixed: Mapping[str, Any]

    def read(self, connection: sa.Connection, said: Mapping[str, Any]) -> Sequence[Any]:
        values = {**self.fixed, **said}
        return connection.exec_driver_sql(self.words, tuple(values[name] for name in self.names)).all()


@lru_cache(8)
def _query(closed: bool | None, is_beside: bool) -> _Spelled:
    """What is asked of the index besides the words."""
    is_reader = sa.or_(_E.reader == "", _E.reader == sa.bindparam("me", ""))
    wanted = [is_reader, _E.side == sa.bindparam("side", "")]
    if is_beside:
        away = sa.select(sa.func.json_each(sa.bindparam("away", "")).table_valued("value").c.value)
        wanted.append(sa.or_(_E.kept_apart == sa.false(), _E.person_id.not_in(away)))
    if closed is not None:
        case = TABLES[Case]
        is_closed = case.c.closed.is_not(None) if closed else case.c.closed.is_(None)
        wanted.append(sa.exists().where(case.c.id == _E.case_id, is_closed))
    made = search_index.newest(sa.and_(*wanted)).compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    return _Spelled(str(made), tuple(made.positiontup or ()), dict(made.params))


def _found(row: Any) -> Found:
    return Found(
        search_index.place_of(row.n),
        Area(row.area),
        _KIND[row.kind],
        row.entity_id,
        row.case_id,
        row.meeting_id,
        row.person_id,
        bool(row.kept_apart),
        row.words,
    )
