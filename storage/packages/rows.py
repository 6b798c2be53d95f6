"""Values to JSON and back, for a file from outside: every field there, of its kind, and nothing else."""

from __future__ import annotations

import base64
import binascii
from typing import Any, TypeVar

from app.errors import PackageError
from app.model.change import Entity
from storage.store.row_mapping import plan, reader, to_row

E = TypeVar("E", bound=Entity)

#: one field's text; the longest are schemes and the index of a long film
MOST_CHARACTERS = 64 * 1024 * 1024


def to_json(entity: Entity) -> dict[str, Any]:
    """The columns of a row; bytes as Base64."""
    return {k: base64.b64encode(v).decode() if isinstance(v, bytes) else v for k, v in to_row(entity).items()}


def from_json(kind: type[E], held: object) -> E:
    """A value of a kind. Raises PackageError(`package-damaged`)."""
    fields = plan(kind)
    if not isinstance(held, dict) or set(held) != {field.name for field in fields}:
        raise PackageError("package-damaged")
    values = [_value(held[field.name], field.stored, optional=field.optional) for field in fields]
    import cattrs

    try:
        made: E = reader(kind)(values)
    except (ValueError, KeyError, TypeError, AssertionError, RecursionError, cattrs.BaseValidationError) as error:
        raise PackageError("package-damaged") from error
    return made


def _value(value: object, stored: type, *, optional: bool) -> object:
    if value is None and optional:
        return None
    if stored is bytes and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except binascii.Error as error:
            raise PackageError("package-damaged") from error
    if stored is float and type(value) is int:
        return float(value)
    if type(value) is not stored or (isinstance(value, str) and len(value) > MOST_CHARACTERS):
        raise PackageError("package-damaged")
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise PackageError("package-damaged")
    return value
