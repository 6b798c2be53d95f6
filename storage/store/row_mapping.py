"""Entities to rows and back, by their type hints; nested tuples travel as JSON text.

Made once per kind and kept: the plans below touch only those columns whose value differs from what the database gives,
so that a coding of 20 000 observations is on the screen at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass, make_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from itertools import compress
from operator import attrgetter
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from app.model.change import Change, Entity

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
        empty, value = _empty(hint)
        if text == empty:
            return value
        held = json.loads(text)
        return tuple(held) if _flat(hint) else _converter().structure(held, hint)

    return load


@cache
def _empty(hint: Any) -> tuple[str, Any]:
    """A nested value that nobody has filled, as most rows hold it: its text, which then need not be read each time."""
    if not is_dataclass(hint) or any(f.default is MISSING and f.default_factory is MISSING for f in fields(hint)):
        return "", None
    make: Any = hint
    made = make()
    return compact(_plain(hint, made)), made


@cache
def _by_name(entity: type) -> dict[str, Field]:
    return {field.name: field for field in plan(entity)}


def to_row(entity: Entity) -> dict[str, Any]:
    """Column values by name."""
    names = names_of(type(entity))
    (row,) = rows_of(type(entity), names, [entity])
    return dict(zip(names, row, strict=True))


@cache
def names_of(entity: type) -> tuple[str, ...]:
    """The columns of a class of entities in the plan's order."""
    return tuple(_by_name(entity))


def rows_of(entity: type, names: Sequence[str], held: Sequence[Entity]) -> list[tuple[Any, ...]]:
    """The column values of some fields of many entities of one class, in the order of the names (one at least)."""
    columns = [_column(_by_name(entity)[name], held) for name in names]
    return list(zip(*columns, strict=True))


def _column(field: Field, held: Sequence[Entity]) -> Iterable[Any]:
    values, dump = map(attrgetter(field.name), held), field.dump
    return values if dump is None else [None if value is None else dump(value) for value in values]


def to_column(entity: type, name: str, value: Any) -> Any:
    """One value as its column holds it, also for searching. An unknown field is a bug (KeyError)."""
    field = _by_name(entity)[name]
    return field.dump(value) if field.dump is not None and value is not None else value


@cache
def reader(entity: type) -> Callable[[Iterable[Any]], Any]:
    """A function from a row, its columns in the plan's order, to the entity."""
    loads = tuple((place, field.load) for place, field in enumerate(plan(entity)) if field.load is not None)
    make = _maker(entity)

    def read(row: Iterable[Any]) -> Any:
        values = list(row)
        for place, load in loads:
            value = values[place]
            if value is not None:
                values[place] = load(value)
        return make(values)

    return read


def _maker(entity: type) -> Callable[[Sequence[Any]], Any]:
    """A function from values in the plan's order to the entity.

    A frozen class sets each of its fields by way of its own guard, which takes five times as long as setting them. So
    a class of the same slots without the guard is filled, and what it made becomes the entity, which then looks at its
    values itself (`__post_init__`).
    """
    names = [field.name for field in plan(entity)]
    if entity.__dict__.get("__slots__") != tuple(names):
        return lambda values: entity(*values)
    unguarded = make_dataclass(entity.__name__, names, slots=True)
    look = getattr(entity, "__post_init__", None)

    def make(values: Sequence[Any]) -> Any:
        made = unguarded(*values)
        made.__class__ = entity
        if look is not None:
            look(made)
        return made

    return make


def edited_fields(changes: Iterable[Change]) -> dict[str, tuple[str, ...]]:
    """Of each edit, by id, the names of the fields that differ."""
    edits: dict[type, list[Change]] = {}
    for change in changes:
        if change.before is not None and change.after is not None:
            edits.setdefault(change.kind, []).append(change)
    return {key: names for kind, some in edits.items() for key, names in _differing(kind, some)}


def _differing(kind: type, edits: Sequence[Change]) -> Iterator[tuple[str, tuple[str, ...]]]:
    names = names_of(kind)
    before, after = [c.before for c in edits], [c.after for c in edits]
    columns = ((map(attrgetter(name), before), map(attrgetter(name), after)) for name in names)
    differ = [[was is not now and was != now for was, now in zip(*both, strict=True)] for both in columns]
    known: dict[tuple[bool, ...], tuple[str, ...]] = {}
    for change, which in zip(edits, zip(*differ, strict=True), strict=True):
        if which not in known:
            known[which] = tuple(compress(names, which))
        yield change.id, known[which]
