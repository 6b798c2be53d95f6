"""What lies on a page of a SQLite database, read without SQLite (file format 3, sqlite.org/fileformat2.html)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from storage.rescue.sealed_pages import USABLE

Value: TypeAlias = int | float | str | bytes | None
PageOf = Callable[[int], bytes | None]

TABLE_LEAF, TABLE_ABOVE, INDEX_LEAF, INDEX_ABOVE = 13, 5, 10, 2
_HEADER_AT_FIRST = 100
_INTS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_NULL, _FLOAT, _ZERO, _ONE, _BLOB = 0, 7, 8, 9, 12


class Unreadable(Exception):
    """A cell that does not say what a cell must, or whose long value lies on a page that is damaged."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table or an index: its number (of a table alone) and its values as they are stored.

    `further` are the pages, besides the one it stands on, where the rest of a long row lies.
    """

    number: int
    values: tuple[Value, ...]
    further: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """The rows of a page, and how many of it could not be read."""

    rows: tuple[Row, ...]
    lost: int


def form(page: bytes, number: int) -> int:
    """The first byte of a page's header: one of the four above, or anything for a page of another kind."""
    return page[_begin(number)]


def below(page: bytes, number: int) -> tuple[int, ...]:
    """The pages that a page of a tree, not a leaf, leads to; those that say no sensible number are left out."""
    at = _begin(number)
    found = [int.from_bytes(page[cell : cell + 4]) for cell in _cells(page, number, at + 12)]
    found.append(int.from_bytes(page[at + 8 : at + 12]))
    return tuple(one for one in found if one > 1)


def rows(page: bytes, number: int, page_of: PageOf) -> Leaf:
    """The rows of a leaf of a table or index, or of what stands above leaves in an index; `number` is the page's."""
    kind, at = form(page, number), _begin(number)
    pointers = at + (12 if kind == INDEX_ABOVE else 8)
    skip = 4 if kind == INDEX_ABOVE else 0
    is_table = kind == TABLE_LEAF
    found: list[Row] = []
    lost = 0
    for cell in _cells(page, number, pointers):
        try:
            found.append(_row(page, cell + skip, page_of, is_table=is_table))
        except (Unreadable, IndexError, struct.error, UnicodeDecodeError):
            lost += 1
    return Leaf(tuple(found), lost)


def _begin(number: int) -> int:
    return _HEADER_AT_FIRST if number == 1 else 0


def _cells(page: bytes, number: int, pointers: int) -> Iterator[int]:
    at = _begin(number)
    count = int.from_bytes(page[at + 3 : at + 5])
    for place in range(pointers, min(pointers + 2 * count, USABLE - 1), 2):
        cell = int.from_bytes(page[place : place + 2])
        if pointers <= cell < USABLE - 3:
            yield cell


def _row(page: bytes, cell: int, page_of: PageOf, *, is_table: bool) -> Row:
    size, at = varint(page, cell)
    number = 0
    if is_table:
        number, at = varint(page, at)
        number -= (number >> 63) << 64  # they may be less than zero
    further: list[int] = []
    content = _payload(page, at, size, page_of, further, is_table=is_table)
    return Row(number, record(content), tuple(further))


def _payload(page: bytes, at: int, size: int, page_of: PageOf, used: list[int], *, is_table: bool) -> bytes:
    """A cell's content, also where most of it lies on further pages."""
    least = (USABLE - 12) * 32 // 255 - 23
    most = USABLE - 35 if is_table else (USABLE - 12) * 64 // 255 - 23
    if size <= most:
        if at + size > USABLE:
            raise Unreadable
        return page[at : at + size]
    fits = least + (size - least) % (USABLE - 4)
    here = fits if fits <= most else least
    content = bytearray(page[at : at + here])
    next_page = int.from_bytes(page[at + here : at + here + 4])
    seen: set[int] = set()
    while len(content) < size:
        further = page_of(next_page) if next_page > 1 and next_page not in seen else None
        if further is None:
            raise Unreadable
        seen.add(next_page)
        used.append(next_page)
        content += further[4 : 4 + min(USABLE - 4, size - len(content))]
        next_page = int.from_bytes(further[:4])
    return bytes(content)


def record(content: bytes) -> tuple[Value, ...]:
    """The values of a record. Raises Unreadable, UnicodeDecodeError."""
    length, at = varint(content, 0)
    if not 0 < length <= len(content):
        raise Unreadable
    body = length
    values: list[Value] = []
    while at < length:
        kind, at = varint(content, at)
        size = _size(kind)
        if body + size > len(content):
            raise Unreadable
        values.append(_value(kind, content[body : body + size]))
        body += size
    if at != length:
        raise Unreadable
    return tuple(values)


def _size(kind: int) -> int:
    if kind in _INTS:
        return _INTS[kind]
    if kind == _FLOAT:
        return 8
    if kind in (_NULL, _ZERO, _ONE):
        return 0
    if kind < _BLOB:
        raise Unreadable
    return (kind - _BLOB) // 2


def _value(kind: int, content: bytes) -> Value:
    if kind in _INTS:
        return int.from_bytes(content, signed=True)
    if kind == _FLOAT:
        return float(struct.unpack(">d", content)[0])
    if kind == _NULL:
        return None
    if kind in (_ZERO, _ONE):
        return kind - _ZERO
    return content.decode() if kind % 2 else content


def varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends. Raises IndexError."""
    value = 0
    for place in range(at, at + 8):
        byte = content[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | content[at + 8], at + 9
