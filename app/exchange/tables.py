"""Observations and ratings from CSV tables, with the place of whatever cannot be understood.

Tables are UTF-8 with or without a mark at the start, with comma or semicolon; with semicolon a decimal comma is
understood. Columns are found by name in any order, others are passed over.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from app.errors import InputError
from app.model.timecode import Micros, from_seconds
from app.statistics.acts import Act

PERSONS = ("adult1", "adult2", "child1", "dyad")
OBSERVATION_COLUMNS = ("person", "code", "start_s", "end_s")
RATING_COLUMNS = ("target", "value")
FARTHEST = 10**7  # seconds; no film is nearly as long


@dataclass(frozen=True, slots=True)
class Line:
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
        text = self.needed(column)
        number = number_in(text.replace(",", ".") if self.decimal_comma else text)
        return number if number is not None else self.refuse("table-number", column)

    def time(self, column: str) -> Micros:
        return from_seconds(Fraction(self.number_of(column)))


def number_in(text: str) -> Decimal | None:
    """The finite number of a reasonable size that `text` is, in plain digits; None when it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    # compared as it stands: arithmetic with an exponent from outside may overflow
    return number if number.is_finite() and -FARTHEST <= number <= FARTHEST else None


def read_observations(path: Path, table: int = 1) -> list[Act]:
    """Acts of a table `person,code,start_s,end_s`; without an end, or with an end at the start, a point.

    Raises InputError with `table`, `line` and `column` for what cannot be understood. An act's id is its line number.
    """
    acts = []
    for line in _lines(path, OBSERVATION_COLUMNS, table):
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
    return acts


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


def _lines(path: Path, columns: tuple[str, ...], table: int) -> Iterator[Line]:
    header = ",".join(columns)
    text = _text(path, table)
    first = next((line for line in text.splitlines() if line.strip()), None)
    if first is None:
        raise InputError("table-empty", table=table, header=header)
    semicolon = ";" in first
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolon else ",", strict=True)
    names: list[str] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if names:
                yield Line(table, reader.line_num, _named(names, cells, reader.line_num, table), semicolon)
                continue
            names = [cell.casefold() for cell in cells]
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
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError("table-unreadable", table=table) from error
    except UnicodeDecodeError as error:
        raise InputError("table-not-text", table=table) from error
