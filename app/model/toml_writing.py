"""TOML text written field by field: the same values give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app.model.words import LANGUAGES, Words

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
Lines = Iterator[str]


def chosen(languages: tuple[str, ...]) -> list[str] | None:
    """Languages that are not all."""
    return None if languages == LANGUAGES else list(languages)


class InlineRows(list[str]):
    """Inline tables, one a line."""


def tables(name: str, rows: Iterable[Lines]) -> Lines:
    """Tables of an array, each with its header."""
    for table in rows:
        yield ""
        yield f"[[{name}]]"
        yield from table


def fields(*rows: tuple[str, Any]) -> Lines:
    """Lines of a table; what is None is left out."""
    for name, value in rows:
        if value is not None:
            yield f"{name} = {_value(value)}"


def row(*rows: tuple[str, Any]) -> str:
    """A table on one line; what is None is left out."""
    return "{ " + ", ".join(fields(*rows)) + " }"


def _value(value: Any) -> str:
    if isinstance(value, Words):
        return row(*((language, getattr(value, language)) for language in LANGUAGES))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, InlineRows):
        return "[\n" + "".join(f"  {one},\n" for one in value) + "]"
    if isinstance(value, list):
        return _texts(value)
    return _text(str(value))


def _texts(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(_text, values)) + "]"


def _text(text: str) -> str:
    """A basic string of one line: what cannot stand in it is escaped."""
    return '"' + "".join(map(_letter, text)) + '"'


def _letter(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return f"\\u{ord(letter):04x}" if letter < " " or letter == "\x7f" else letter
