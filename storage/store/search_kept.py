"""A worker's saved searches and what the worker opened last from one: in the archive, for nobody else.

Nothing of an erased case stays in them: a saved search that found it goes with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa

from app.model.change import Entity
from app.model.sought import Area, Sought, finds
from app.ports.search import Kept
from storage.store.kinds import KINDS, kind_of
from storage.store.row_mapping import compact
from storage.store.tables import setting

_NAME = "search-kept:"
_KIND: dict[str, type[Entity]] = {kind.name: kind.entity for kind in KINDS}


def read(connection: sa.Connection, worker_id: str) -> Kept:
    """What a worker keeps."""
    said = connection.execute(sa.select(setting.c.value).where(setting.c.name == _NAME + worker_id)).scalar()
    held = json.loads(said) if said else {"saved": [], "recent": []}
    return Kept(
        tuple(Sought(words, tuple(map(Area, areas)), closed=closed) for words, areas, closed in held["saved"]),
        tuple((_KIND[kind], key) for kind, key in held["recent"] if kind in _KIND),
    )


def write(connection: sa.Connection, worker_id: str, kept: Kept) -> None:
    """Keep it from now on."""
    held = {
        "saved": [[s.words, [a.value for a in s.areas], s.closed] for s in kept.saved],
        "recent": [[kind_of(kind).name, key] for kind, key in kept.recent],
    }
    _put(connection, _NAME + worker_id, held)


def forget(connection: sa.Connection, words: Iterable[str], ids: Iterable[str]) -> None:
    """Of nobody's stays what found one of these words, or is one of these things."""
    there, gone = list(words), set(ids)

    def is_left(saved: list[Any]) -> bool:
        beginnings = Sought(saved[0]).beginnings
        return not beginnings or not any(finds(beginnings, one) for one in there)

    _each(connection, is_left, lambda recent: recent[1] not in gone)


def _each(connection: sa.Connection, saved: Callable[[list[Any]], bool], recent: Callable[[list[Any]], bool]) -> None:
    query = sa.select(setting).where(setting.c.name.startswith(_NAME, autoescape=True))
    for row in connection.execute(query).all():
        held = json.loads(row.value)
        left = {"saved": list(filter(saved, held["saved"])), "recent": list(filter(recent, held["recent"]))}
        if left != held:
            _put(connection, row.name, left)


def _put(connection: sa.Connection, name: str, held: dict[str, Any]) -> None:
    connection.execute(sa.delete(setting).where(setting.c.name == name))
    connection.execute(sa.insert(setting).values(name=name, value=compact(held)))
