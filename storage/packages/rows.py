"""Values to JSON and back, for a file from outside: every field there, of its kind, and nothing else.

A file of an earlier version lacks what was added since, which has its default then, and may still have what went.
"""

from __future__ import annotations

import base64
import math
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from app.errors import PackageError
from app.model.change import Entity
from app.model.people import Case
from storage.store.row_mapping import Field, plan, reader, to_row

E = TypeVar("E", bound=Entity)

#: one field's text; the longest are schemes and the index of a long film
MOST_CHARACTERS = 64 * 1024 * 1024
#: no number of a row is nearly as large
_LARGEST = 1e18
#: what rows of earlier versions had besides: an interpreter was the case's (1)
FORMER: dict[type, frozenset[str]] = {Case: frozenset(("interpreter", "interpreter_language"))}


def to_json(entity: Entity) -> dict[str, Any]:
    """The columns of a row; bytes as Base64."""
    return {k: base64.b64encode(v).decode() if isinstance(v, bytes) else v for k, v in to_row(entity).items()}


def from_json(kind: type[E], held: object) -> E:
    """A value of a kind. Raises PackageError(`package-damaged`)."""
    columns, added = plan(kind), _defaults(kind)
    if not isinstance(held, dict):
        raise PackageError("package-damaged")
    names = {column.name for column in columns}
    if set(held) - names - FORMER.get(kind, frozenset()) or names - set(held) - set(added):
        raise PackageError("package-damaged")
    values = [
        _value(held[c.name], c.stored, optional=c.optional) if c.name in held else _stored(c, added[c.name])
        for c in columns
    ]
    import cattrs

    try:
        made: E = reader(kind)(values)
    except (ValueError, KeyError, TypeError, AssertionError, RecursionError, cattrs.BaseValidationError) as error:
        raise PackageError("package-damaged") from error
    if any(getattr(made, c.name) is None and not c.optional for c in columns):  # a list that says `null`
        raise PackageError("package-damaged")
    return made


def finite(value: object) -> float:
    """A number that can be counted with. Raises PackageError(`package-damaged`)."""
    if type(value) not in (int, float) or not abs(value) < _LARGEST or not math.isfinite(value):  # type: ignore[arg-type]
        raise PackageError("package-damaged")
    return float(value)  # type: ignore[arg-type]


def is_text(value: str) -> bool:
    """Whether a database can keep it: half of a pair that stands alone is no letter."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _defaults(kind: type) -> dict[str, object]:
    """The fields of a kind that have a default, each with it."""
    made = {f.name: f.default_factory() for f in fields(kind) if f.default_factory is not MISSING}
    return made | {f.name: f.default for f in fields(kind) if f.default is not MISSING}


def _stored(column: Field, value: object) -> object:
    return value if value is None or column.dump is None else column.dump(value)


def _value(value: object, stored: type, *, optional: bool) -> object:
    if value is None and optional:
        return None
    if stored is bytes and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except ValueError as error:  # also letters that are no ASCII
            raise PackageError("package-damaged") from error
    if stored is float and type(value) in (int, float):
        return finite(value)
    if type(value) is not stored or (isinstance(value, str) and len(value) > MOST_CHARACTERS):
        raise PackageError("package-damaged")
    if isinstance(value, str) and not is_text(value):
        raise PackageError("package-damaged")
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise PackageError("package-damaged")
    return value
