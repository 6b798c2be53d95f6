"""TOML text as a table that is read field by field; what is missing, unknown or of a wrong kind is said."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from app.errors import InputError
from app.model.hidden_signs import hidden_in, told
from app.model.words import LANGUAGES, Words

T = TypeVar("T")

#: a number beyond this counts nothing here, and no database takes one much larger
LARGEST = 10**9


class Table:
    """A TOML table being read: every field is asked for once, and what nobody asked for is an error."""

    def __init__(self, raw: Any, place: str) -> None:
        if not isinstance(raw, dict):
            raise InputError("scheme-not-a-table", place=place)
        self._raw = dict(raw)
        self.place = place

    def text(self, name: str, default: str | None = None) -> str:
        return self._take(name, str, default)

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number of at most `LARGEST`; what it counts is the field's own affair. Raises InputError."""
        found = self._take(name, int, default)
        if abs(found) > LARGEST:
            raise InputError("scheme-wrong-kind", place=self.place or "file", field=name)
        return found

    def truth(self, name: str, *, default: bool = False) -> bool:
        return self._take(name, bool, default)

    def day(self, name: str) -> date | None:
        """A day, written as one; None where it is not there. Raises InputError `scheme-wrong-kind` for all else."""
        raw = self._raw.pop(name, None)
        if raw is not None and (not isinstance(raw, date) or isinstance(raw, datetime)):
            raise InputError("scheme-wrong-kind", place=self.place or "file", field=name)
        return raw

    def numbers(self, name: str) -> tuple[int, ...]:
        """A row of whole numbers. Raises InputError `scheme-wrong-kind` for anything else in it."""
        rows = self._take(name, list, [])
        if not all(isinstance(r, int) and not isinstance(r, bool) and abs(r) <= LARGEST for r in rows):
            raise InputError("scheme-wrong-kind", place=self.place, field=name)
        return tuple(rows)

    def maybe(self, name: str) -> Table | None:
        raw = self._raw.pop(name, None)
        return None if raw is None else Table(raw, f"{self.place}.{name}".lstrip("."))

    def texts(self, name: str) -> tuple[str, ...]:
        """A row of texts. Raises InputError `scheme-wrong-kind` for anything else in it."""
        rows = self._take(name, list, [])
        if not all(isinstance(r, str) for r in rows):
            raise InputError("scheme-wrong-kind", place=self.place, field=name)
        return tuple(rows)

    def words(self, name: str) -> Words:
        """Words in the languages that are there. Raises InputError `scheme-field-missing`."""
        found = self.maybe_words(name)
        if found is None:
            raise InputError("scheme-field-missing", place=self.place, field=name)
        return found

    def maybe_words(self, name: str) -> Words | None:
        raw = self._raw.pop(name, None)
        if raw is None:
            return None
        table = Table(raw, f"{self.place}.{name}".lstrip("."))
        found = Words(*(table.text(language, "") for language in LANGUAGES))
        table.end()
        return found

    def rows(self, name: str, read: Callable[[Table], T]) -> tuple[T, ...]:
        out = []
        for number, raw in enumerate(self._take(name, list, []), start=1):
            ident = raw.get("id", number) if isinstance(raw, dict) else number
            table = Table(raw, f"{self.place}.{name}[{ident}]".lstrip("."))
            out.append(read(table))
            table.end()
        return tuple(out)

    def __contains__(self, name: str) -> bool:
        return name in self._raw

    def end(self) -> None:
        """When all is read. Raises InputError `scheme-field-unknown` for a field that nobody asked for."""
        if self._raw:
            raise InputError("scheme-field-unknown", place=self.place or "file", field=min(self._raw))

    def leave(self) -> None:
        """Nothing more is asked of it, whatever is left."""
        self._raw.clear()

    def _take(self, name: str, kind: type[T], default: T | None) -> T:
        value = self._raw.pop(name, default)
        if value is None:
            raise InputError("scheme-field-missing", place=self.place or "file", field=name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise InputError("scheme-wrong-kind", place=self.place or "file", field=name)
        return value


def demand_plain(text: str) -> None:
    """What comes from a file may hold no sign that acts instead of being read, written as an escape either.

    For the doors that take files in: what is in an archive already is read as it is. Raises InputError
    `content-hidden-sign` with the line, and as `parsed` for what is no TOML.
    """
    waiting: list[Any] = [_loaded(text)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str) and (sign := hidden_in(one)):
            raise InputError("content-hidden-sign", line=_line_of(text, sign), sign=told(sign))


def _line_of(text: str, sign: str) -> int:
    """The first line with a sign, as itself or as an escape."""
    folded = (sign, told(sign).casefold(), f"\\U{ord(sign):08x}".casefold(), f"\\x{ord(sign):02x}")
    lines = enumerate(text.casefold().splitlines(), start=1)
    return next((n for n, line in lines if any(one in line for one in folded)), 1)


def parsed(text: str) -> Table:
    """A TOML text as a table to read. Raises InputError for what is no TOML."""
    return Table(_loaded(text), "")


def _loaded(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of 5 000 digits, and what is nested without end
        raise InputError("scheme-not-toml", place=str(error)) from error
