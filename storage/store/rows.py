"""Entities to rows and back, by their type hints; nested tuples travel as JSON text.

Made once per kind and kept: the plans below touch only those columns whose value differs from what the database gives,
so that a coding of 20 000 observations is on the screen at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from app.model.change import Entity

if TYPE_CHECKING:
    from cattrs.preconf.json import JsonConverter

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind: `stored` is the column's type, `dump` and `load` convert when the value is not None.

    `nested` fields are JSON text in the row and plain lists in the journal; `journaled` is off for keys and indexes.
    """

    name: str
    stored: type
    optional: bool
    journaled: bool
    nested: bool = False
    dump: Convert | None = None
    load: Convert | None = None


@cache
def plan(entity: type) -> tuple[Field, ...]:
    """The fields of a class of entities in the order of its constructor, ready to convert."""
    hints = get_type_hints(entity)
    return tuple(_field(f.name, hints[f.name], journaled=f.metadata.get("journal", True)) for f in fields(entity))


def _field(name: str, hint: Any, *, journaled: bool) -> Field:
    optional = get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)
    if optional:
        (hint,) = (h for h in get_args(hint) if h is not NoneType)
    if hint in (str, int, float, bool, bytes):
        return Field(name, hint, optional, journaled)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        members = {member.value: member for member in hint}
        return Field(name, str, optional, journaled, dump=str, load=members.__getitem__)
    if hint in (date, datetime):
        return Field(name, str, optional, journaled, dump=hint.isoformat, load=hint.fromisoformat)
    return Field(name, str, optional, journaled, nested=True, dump=_dumper(hint), load=_loader(hint))


@cache
def _converter() -> JsonConverter:
    # asked for only by kinds that hold values within values: start-up is sacred
    from cattrs.preconf.json import make_converter

    return make_converter()


def _flat(hint: Any) -> bool:
    return bool(get_origin(hint) is tuple and all(a in (str, int, Ellipsis) for a in get_args(hint)))


def compact(value: Any) -> str:
    """JSON in the one form that the archive writes and hashes: no spaces, letters as they are, keys in order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _plain(hint: Any, value: Any) -> Any:
    return list(value) if _flat(hint) else _converter().unstructure(value, hint)


def _dumper(hint: Any) -> Convert:
    return lambda value: "[]" if value == () else compact(_plain(hint, value))


def _loader(hint: Any) -> Convert:
    def load(text: str) -> Any:
        if text == "[]":
            return ()
        held = json.loads(text)
        return tuple(held) if _flat(hint) else _converter().structure(held, hint)

    return load


@cache
def _by_name(entity: type) -> dict[str, Field]:
    return {field.name: field for field in plan(entity)}


@cache
def _values_of(entity: type) -> Callable[[Any], tuple[Any, ...]]:
    """A function from an entity to its values in the plan's order; every kind has an id and more."""
    return attrgetter(*_by_name(entity))


def to_row(entity: Entity) -> dict[str, Any]:
    """Column values by name."""
    return to_columns(entity, tuple(_by_name(type(entity))))


def to_columns(entity: Entity, names: Sequence[str]) -> dict[str, Any]:
    """Column values of some fields."""
    return {name: to_column(type(entity), name, getattr(entity, name)) for name in names}


def to_column(entity: type, name: str, value: Any) -> Any:
    """One value as its column holds it, also for searching. An unknown field is a bug (KeyError)."""
    field = _by_name(entity)[name]
    return field.dump(value) if field.dump is not None and value is not None else value


def reader(entity: type) -> Callable[[Sequence[Any]], Any]:
    """A function from a row, its columns in the plan's order, to the entity."""
    loads = tuple((place, field.load) for place, field in enumerate(plan(entity)) if field.load is not None)

    def read(row: Sequence[Any]) -> Any:
        values = list(row)
        for place, load in loads:
            value = values[place]
            if value is not None:
                values[place] = load(value)
        return entity(*values)

    return read


def changed_fields(before: Entity, after: Entity) -> list[str]:
    """Names of the fields in which two states of one entity differ."""
    values = _values_of(type(before))
    return [
        name
        for name, was, now in zip(_by_name(type(before)), values(before), values(after), strict=True)
        if was is not now and was != now
    ]


def journal_values(entity: Entity, names: Sequence[str] | None = None) -> dict[str, Any]:
    """Values as the journal keeps them: plain JSON, without keys and indexes; all fields, or those named."""
    fields = _by_name(type(entity))
    values: dict[str, Any] = {}
    for name in fields if names is None else names:
        field = fields[name]
        if not field.journaled or name == "id":
            continue
        value = getattr(entity, name)
        if field.dump is not None and value is not None:
            value = json.loads(field.dump(value)) if field.nested else field.dump(value)
        values[name] = value
    return values
