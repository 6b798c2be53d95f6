"""Rows that a damaged page took with it, made anew: from the journal, or as an empty whole for the parts that are left.

The journal says every change with its values, but for keys and indexes; what it said last of a thing is how it was.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_type_hints

import sqlalchemy as sa

from app.model.change import Entity
from app.model.identity import made_at
from storage.store.kinds import KINDS, EntityKind
from storage.store.row_mapping import Field, compact, plan, reader
from storage.store.tables import journal

#: by what a thing is called on the screens, where one of them must stand for a lost one
_CALLED = ("code_name", "name", "title")
NAMELESS = "?"
_BY_NAME = {kind.name: kind for kind in KINDS}
_BLANK: Mapping[type, Any] = {str: "", int: 0, float: 0.0, bool: False, bytes: b""}


def bodies(connection: sa.Connection) -> Iterator[tuple[int, list[Any]]]:
    """(number of the row, its changes as [kind, id, before, after]) of the journal, oldest first."""
    query = sa.select(journal.c.n, journal.c.packed, journal.c.body).order_by(journal.c.n)
    for number, packed, body in connection.execute(query):
        try:
            yield number, json.loads(zlib.decompress(body) if packed else body)
        except (ValueError, zlib.error, RecursionError):
            continue  # a row of the journal is on a page whose seal holds: nothing but a fault of ours makes this


def remade(connection: sa.Connection, wanted: Collection[str]) -> tuple[Entity, ...]:
    """Those of the wanted ids whose making the journal tells and that it does not tell to be gone."""
    states: dict[str, tuple[str, dict[str, Any]]] = {}
    missing = set(wanted)
    if not missing:
        return ()
    for _, changes in bodies(connection):
        for kind, entity_id, before, after in changes:
            if entity_id not in missing:
                continue
            if after is None:
                states.pop(entity_id, None)
            elif before is None:
                states[entity_id] = kind, dict(after)
            elif entity_id in states:
                states[entity_id][1].update(after)
    made = (filled(_BY_NAME[kind], key, said) for key, (kind, said) in states.items() if kind in _BY_NAME)
    return tuple(one for one in made if one is not None)


def filled(kind: EntityKind, entity_id: str, said: Mapping[str, Any]) -> Entity | None:
    """A thing of which only some is known; None when what is left empty cannot be so."""
    hints = get_type_hints(kind.entity)
    defaults = {f.name: f for f in fields(kind.entity)}
    try:
        row = [_value(field, entity_id, said, hints[field.name], defaults[field.name]) for field in plan(kind.entity)]
        made: Entity = reader(kind.entity)(row)
    except (ValueError, TypeError, KeyError, AttributeError, AssertionError, ExceptionGroup):
        return None
    return made


def _value(field: Field, entity_id: str, said: Mapping[str, Any], hint: Any, declared: Any) -> Any:
    """As the field's column holds it."""
    if field.name == "id":
        return entity_id
    if field.name in said:
        value = said[field.name]
        return compact(value) if field.nested and value is not None else value
    if field.optional:
        return None
    for default in (declared.default, MISSING if declared.default_factory is MISSING else declared.default_factory()):
        if default is not MISSING:
            return default if field.dump is None else field.dump(default)
    if field.name in _CALLED and field.stored is str:
        return NAMELESS
    return _blank(field, hint, entity_id)


def _blank(field: Field, hint: Any, entity_id: str) -> Any:
    if field.nested:
        return "[]"
    plain = next((one for one in (*get_args(hint), hint) if isinstance(one, type) and one is not NoneType), str)
    if issubclass(plain, StrEnum):
        return next(iter(plain)).value
    if plain is datetime:
        return made_at(entity_id).isoformat()
    if plain is date:
        return made_at(entity_id).date().isoformat()
    return _BLANK[field.stored]
