"""Observations and ratings from CSV tables, with the place of whatever cannot be understood.

Tables are UTF-8 with or without a mark at the start, with comma, semicolon or tab, also as a first line `sep=;` says;
with semicolon or tab a decimal comma is understood. Columns are found by name in any order, others are passed over,
but for what another program's export holds and this would lose: several observers are refused, modifiers counted.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from app.bounded_file import TooLargeError, text_within
from app.errors import InputError
from app.model.plain_number import plain_number
from app.model.timecode import Micros, from_seconds
from app.statistics.acts import Act

PERSONS = ("adult1", "adult2", "child1", "dyad")
OBSERVATION_COLUMNS = ("person", "code", "start_s", "end_s")
RATING_COLUMNS = ("target", "value")
#: columns by which an export of BORIS is known
BORIS = frozenset({"subject", "behavior"})
#: what says in other programs' exports whose coding a row is of
SOURCES = ("observation id", "observation", "observer", "coder", "source")
FARTHEST = 10**7  # seconds; no film is nearly as long
#: of one file: some hundred hours of dense coding
LARGEST, MOST_ROWS = 20_000_000, 100_000


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a table by column name. `table` says which of the files given it is, from 1."""

    table: int
    number: int
    cells: Mapping[str, str]
    decimal_comma: bool

    def refuse(self, key: str, column: str, **values: object) -> NoReturn:
        """Raises InputError `key` with the place in the file that it is about."""
        raise InputError(key, table=self.table, line=self.number, column=column, **values)

    def needed(self, column: str) -> str:
        return self.cells[column] or self.refuse("table-cell-empty", column)

    def number_of(self, column: str) -> Decimal:
        number = number_in(self.needed(column), comma=self.decimal_comma)
        return number if number is not None else self.refuse("table-number", column)

    def time(self, column: str) -> Micros:
        return from_seconds(Fraction(self.number_of(column)))


def number_in(text: str, *, comma: bool = False) -> Decimal | None:
    """The number of a reasonable size that `text` is, in plain digits; None when it is none."""
    number = plain_number(text, comma=comma)
    # compared as it stands: arithmetic with an exponent from outside may overflow
    return number if number is not None and -FARTHEST <= number <= FARTHEST else None


@dataclass(frozen=True, slots=True)
class ObservationTable:
    """The acts of a table, and how many of its rows carry modifiers, which nothing is computed of."""

    acts: list[Act]
    with_modifiers: int


def read_observations(path: Path, table: int = 1) -> list[Act]:
    """The acts of a table alone, which is the file of the number `table`; see `read_observation_table`."""
    return read_observation_table(path, table).acts


def read_observation_table(path: Path, table: int = 1) -> ObservationTable:
    """Acts of a table `person,code,start_s,end_s`; without an end, or with an end at the start, a point.

    Raises InputError with `table`, `line` and `column` for what cannot be understood, and for a table of several
    observers or observations: they would be added together. An act's id is its line number.
    """
    acts, modified = [], 0
    sources: dict[str, str] = {}
    for line in _lines(path, OBSERVATION_COLUMNS, table):
        for column in SOURCES:
            told = line.cells.get(column, "")
            if told and sources.setdefault(column, told) != told:
                line.refuse("table-observers", column)
        modified += any(cell for column, cell in line.cells.items() if column.startswith("modifier"))
        if line.cells["person"] not in PERSONS:
            line.refuse("table-person", "person", allowed=", ".join(PERSONS))
        start = line.time("start_s")
        end = line.time("end_s") if line.cells["end_s"] else start
        if end < start:
            line.refuse("table-order", "end_s")
        acts.append(
            Act(
                line.cells["person"],
                line.needed("code"),
                start,
                end if end > start else None,
                str(line.number),
            )
        )
    return ObservationTable(acts, modified)


def read_ratings(path: Path, scale: tuple[int, int], table: int = 1) -> dict[str, int | None]:
    """Values of a table `target,value` by target; empty is *not observed*. `table` numbers the files from 1.

    Raises InputError as above.
    """
    low, high = scale
    sheet: dict[str, int | None] = {}
    for line in _lines(path, RATING_COLUMNS, table):
        target = line.needed("target")
        if target in sheet:
            line.refuse("table-twice", "target")
        value = line.number_of("value") if line.cells["value"] else None
        if value is not None and (value != int(value) or not low <= value <= high):
            line.refuse("table-scale", "value", low=low, high=high)
        sheet[target] = None if value is None else int(value)
    return sheet


#: a first line by which spreadsheets are told what separates the cells
_SEPARATOR = re.compile(r"sep=([,;\t])", re.IGNORECASE)


def _lines(path: Path, columns: tuple[str, ...], table: int) -> Iterator[TableLine]:
    header = ",".join(columns)
    text = _text(path, table)
    first = next((line for line in text.splitlines() if line.strip()), None)
    if first is None:
        raise InputError("table-empty", table=table, header=header)
    told = _SEPARATOR.fullmatch(first.strip("\r\n "))
    mark = told[1] if told else next((m for m in "\t;" if m in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    passed = not told
    names: list[str] = []
    rows = 0
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if not passed:
                passed = True  # the line that names the separator
                continue
            if names:
                rows += 1
                if rows > MOST_ROWS:
                    raise InputError("table-too-large", table=table, most=MOST_ROWS)
                yield TableLine(table, reader.line_num, _named(names, cells, reader.line_num, table), mark != ",")
                continue
            names = [cell.casefold() for cell in cells]
            if not set(columns) <= set(names) and set(names) >= BORIS:
                raise InputError("table-boris", table=table, header=header)
            if not set(columns) <= set(names) or len(set(names)) < len(names):
                raise InputError("table-header", table=table, line=reader.line_num, header=header)
    except csv.Error as error:
        raise InputError("table-row", table=table, line=reader.line_num) from error


def _named(names: list[str], cells: list[str], line: int, table: int) -> dict[str, str]:
    """Cells by column; empty ones at the end may be missing."""
    if len(cells) > len(names):
        raise InputError("table-cells", table=table, line=line, found=len(cells), expected=len(names))
    return dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=True))


def _text(path: Path, table: int) -> str:
    try:
        return text_within(path, LARGEST, pipes=True)
    except TooLargeError as error:
        raise InputError("table-too-large", table=table, most=MOST_ROWS) from error
    except OSError as error:
        raise InputError("table-unreadable", table=table) from error
    except UnicodeDecodeError as error:
        raise InputError("table-not-text", table=table) from error
