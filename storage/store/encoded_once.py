"""What both logs say of a step: the values of each change as JSON text, encoded once.

The journal keeps these texts, the access log keeps keyed hashes of them. They are made column by column for all changes
of the same fields, and read exactly as `compact` would write the plain values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from json.encoder import encode_basestring
from operator import attrgetter
from types import NoneType
from typing import Any, NamedTuple

from app.model.change import Change, Entity
from storage.store.kinds import kind_of
from storage.store.row_mapping import Field, compact, names_of, plan

Tell = Callable[[Any], str]

_TOLD: dict[type, Tell] = {str: encode_basestring, int: int.__repr__, NoneType: lambda _: "null"}


class Said(NamedTuple):
    """One change: the kind's name, the id, JSON text of the values before and after (`null` for none).

    Values are without keys and indexes. `fields`, in the order of their names, are those told.
    """

    kind: str
    id: str
    before: str
    after: str
    fields: tuple[str, ...]

    @property
    def is_edit(self) -> bool:
        return self.before != "null" and self.after != "null"


def said_of(net: Mapping[str, Change], names: Mapping[str, tuple[str, ...]]) -> dict[str, Said]:
    """What is said of each change of a step, by id; `names`: of an edit, by id, the fields that differ."""
    alike: dict[tuple[type, tuple[str, ...] | None, bool], list[Change]] = {}
    for key, change in net.items():
        alike.setdefault((change.kind, names.get(key), change.before is None), []).append(change)
    return {
        said.id: said for (kind, differing, _), changes in alike.items() for said in _alike(kind, differing, changes)
    }


def _alike(kind: type, differing: tuple[str, ...] | None, changes: Sequence[Change]) -> Iterator[Said]:
    """What is said of changes that are all edits of the same fields, all new, or all gone."""
    fields, template, tells = _telling(kind, names_of(kind) if differing is None else differing)
    name = kind_of(kind).name
    before = _texts(template, tells, [c.before for c in changes])
    after = _texts(template, tells, [c.after for c in changes])
    return (Said(name, c.id, was, now, fields) for c, was, now in zip(changes, before, after, strict=True))


def _texts(template: str, tells: Sequence[tuple[str, Tell]], states: Sequence[Entity | None]) -> list[str]:
    if states[0] is None:
        return ["null"] * len(states)
    if not tells:
        return [template] * len(states)
    columns = [map(tell, map(attrgetter(name), states)) for name, tell in tells]
    return [template % row for row in zip(*columns, strict=True)]


@cache
def _telling(kind: type, names: tuple[str, ...]) -> tuple[tuple[str, ...], str, tuple[tuple[str, Tell], ...]]:
    """Of these fields those that the journal keeps, the text of an object of them, and how each value is told."""
    kept = sorted((f for f in plan(kind) if f.name in names and f.name != "id" and f.journaled), key=attrgetter("name"))
    template = "{" + ",".join(f"{compact(f.name)}:%s" for f in kept) + "}"
    return tuple(f.name for f in kept), template, tuple((f.name, _tell(f)) for f in kept)


def _tell(field: Field) -> Tell:
    dump = field.dump
    if dump is None:
        return lambda value: _TOLD.get(type(value), compact)(value)
    if not field.nested:
        return lambda value: "null" if value is None else encode_basestring(dump(value))

    def tell(value: Any) -> str:
        if value is None:
            return "null"
        text: str = dump(value)
        # keys that are numbers are in another order once they are text
        return text if "{" not in text else compact(json.loads(text))

    return tell


def in_one(texts: Iterable[str]) -> str:
    """The JSON text of a list of values that are JSON text already."""
    return f"[{','.join(texts)}]"


def told(said: Said) -> str:
    """`[kind, id, before, after]` as the journal keeps it."""
    return f"[{encode_basestring(said.kind)},{encode_basestring(said.id)},{said.before},{said.after}]"
