"""The whole index of the search made anew of what the tables hold: in older archives, and when somebody asks."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from typing import Any

import sqlalchemy as sa

from app.errors import Cancelled as CancelledError
from app.model.apart import KeptApart
from app.model.change import Entity
from app.model.coding import CodingHeader, CodingState
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.service_work import ServiceWork
from app.model.sought import Side
from app.model.supervision import SupervisionAgreement
from app.model.template import Belongs
from app.model.units import RowCount
from storage.store import search_index
from storage.store.kinds import CHOSEN_ALONE, SUPERVISED, WRITTEN_BY_BOTH, kind_of
from storage.store.reading_rules import chosen_by, supervised, writers_of
from storage.store.row_mapping import plan
from storage.store.rule_facts import TableFacts
from storage.store.search_rows import tell_apart, who_is_apart
from storage.store.searched import ABOUT, INDEX_VERSION, SEARCHED, is_part_of_coding, side_of, words
from storage.store.tables import TABLES, setting

SETTING = "search-index"  # the version that the index was made with
_AT_A_TIME = 2_000
_Row = tuple[Any, ...]


def is_due(connection: sa.Connection) -> bool:
    """Whether the index is not there, or is that of an earlier version of the program."""
    made = connection.execute(sa.select(setting.c.value).where(setting.c.name == SETTING)).scalar()
    return made != INDEX_VERSION


def fill(connection: sa.Connection, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> RowCount:
    """Make it anew within the connection's transaction; returns the number of rows. Raises Cancelled."""
    search_index.clear(connection)
    total = sum(connection.execute(sa.select(sa.func.count()).select_from(TABLES[k])).scalar_one() for k in SEARCHED)
    rows = heapq.merge(*(_rows(connection, kind) for kind in SEARCHED), key=lambda keyed: keyed[0])
    read = written = 0
    while some := list(islice(rows, _AT_A_TIME)):
        worded = [row for _, row in some if row[-1]]
        if worded:
            search_index.write(connection, worded, written)
        written += len(worded)
        read += len(some)
        progress(0.6 * read / total)
        _go_on(cancelled)
    _tell_apart(connection)
    progress(0.7)
    _go_on(cancelled)
    search_index.fill(connection)
    connection.execute(sa.delete(setting).where(setting.c.name == SETTING))
    connection.execute(sa.insert(setting).values(name=SETTING, value=INDEX_VERSION))
    progress(1.0)
    return written


def _rows(connection: sa.Connection, kind: type[Entity]) -> Iterator[tuple[str, _Row]]:
    """Rows of the index of one kind without their number, in the order of their making, each with what tells that."""
    table, searched, name = TABLES[kind], SEARCHED[kind], kind_of(kind).name
    chain = _chain(kind)
    loads = {field.name: field.load for field in plan(kind)}
    person = next((TABLES[k].c[ABOUT[k]] for k in chain if k in ABOUT), sa.literal(""))
    case = sa.func.coalesce(TABLES[Case].c.id, "") if Case in chain else sa.literal("")
    meeting = TABLES[Meeting].c.id if Meeting in chain else sa.literal("")
    coding: sa.ColumnElement[str] = TABLES[CodingHeader].c.id if is_part_of_coding(kind) else sa.literal("")
    if kind in CHOSEN_ALONE:
        coding = sa.literal(chosen_by("")) + table.c.by
    if kind in SUPERVISED:
        coding = TABLES[SupervisionAgreement].c.id
    query = sa.select(table.c.id, case, meeting, coding, person, _side(chain), *(table.c[f] for f in searched.fields))
    query = query.select_from(_joined(chain))
    if Case in chain:
        folder = TABLES[Case].c.session_id
        query = query.where(sa.or_(folder.is_(None), folder == ""))  # as `searched.is_in_folder` says it of an entity
    if is_part_of_coding(kind):
        query = query.where(TABLES[CodingHeader].c.state == CodingState.READY.value)
    by_both = kind in WRITTEN_BY_BOTH
    query = query.order_by(*((meeting, table.c.id) if by_both else (table.c.id,)))
    with connection.execute(query.execution_options(yield_per=_AT_A_TIME)) as result:
        for entity_id, case_id, meeting_id, coding_id, person_id, side, *values in result:
            held = dict(zip(searched.fields, values, strict=True))

            def value_of(field: str, held: dict[str, Any] = held) -> Any:
                load, value = loads[field], held[field]
                return value if load is None or value is None else load(value)

            followed = writers_of(meeting_id) if by_both else coding_id
            if kind in SUPERVISED:
                followed = supervised(coding_id)
            said = words(kind, value_of)
            # an id of what both write tells no time
            row = (searched.area.value, name, entity_id, case_id, meeting_id, followed, person_id, False)
            yield (meeting_id if by_both else entity_id), (*row, side, "", said)


def _side(chain: list[type]) -> sa.ColumnElement[str]:
    """On which side of the wall, as `searched.stands_on` says it of an entity."""
    if ServiceWork not in chain:
        return sa.literal(side_of(chain[0]).value)
    is_professional = TABLES[ServiceWork].c.belongs == Belongs.PROFESSIONAL.value
    return sa.case((is_professional, Side.SUPERVISION.value), else_=Side.CLIENTS.value)


def _chain(kind: type[Entity]) -> list[type]:
    """The kind and those it lies under."""
    found: list[type] = [kind]
    while (above := kind_of(found[-1]).parent_kind) is not None:
        found.append(above)
    return found


def _joined(chain: list[type]) -> sa.FromClause:
    joined: sa.FromClause = TABLES[chain[0]]
    for part, whole in pairwise(chain):
        above = TABLES[part].c[kind_of(part).parent]
        joined = joined.join(TABLES[whole], above == TABLES[whole].c.id, isouter=bool(above.nullable))
    return joined


def _tell_apart(connection: sa.Connection) -> None:
    case, pair = TABLES[Case].c, TABLES[KeptApart].c
    some = sa.select(case.id).where(case.keep_apart).union(sa.select(pair.case_id))
    for case_id in connection.execute(some).scalars().all():
        if people := who_is_apart(TableFacts(lambda: connection), case_id):
            tell_apart(connection, case_id, people)


def _go_on(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise CancelledError
