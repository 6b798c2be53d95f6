"""Tables of figures as they are read and as a spreadsheet takes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.i18n import Texts
from app.model.timecode import SECOND


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name on the screen, and its name with the unit for a spreadsheet. Figures stand at the right."""

    name: str
    exported: str = ""
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is read, and as a spreadsheet takes it: a plain figure in the column's unit, or the same words."""

    shown: str
    exported: str = ""
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below named columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def exported(self) -> tuple[tuple[str, ...], ...]:
        """Header and rows as a spreadsheet takes them."""
        header = tuple(c.exported or c.name for c in self.columns)
        return (header, *(tuple(c.exported if c.is_figure else c.shown for c in row) for row in self.rows))


class Figures:
    """How figures are written, on the screen and for a spreadsheet. What is None is not computable, never 0."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def words(self, text: str) -> Cell:
        return Cell(text, text)

    def count(self, value: int) -> Cell:
        return Cell(self._texts.number(value), str(value), is_figure=True)

    def rate(self, value: float | None) -> Cell:
        """Per minute, two digits."""
        return self._figure(value, lambda x: self._texts.number(x, 2), 4)

    def share(self, value: float | None) -> Cell:
        """`12 %`; in the spreadsheet 12,3."""
        return self._figure(value, self._texts.percent, 2, 100)

    def time(self, value: float | None, digits: int = 0) -> Cell:
        """µs as `1:35`; in the spreadsheet seconds."""
        return self._figure(value, lambda x: self._texts.short_clock(round(x), digits=digits), 3, 1 / SECOND)

    def seconds(self, value: float | None) -> Cell:
        """µs as `1,2 s`."""
        return self._figure(value, lambda x: f"{self._texts.number(x / SECOND, 1)}\u00a0s", 3, 1 / SECOND)

    def _figure(self, value: float | None, write: Callable[[float], str], digits: int, unit: float = 1.0) -> Cell:
        if value is None:
            return Cell(self._texts.tr("not computable"), "", is_figure=True)
        plain = f"{value * unit:.{digits}f}"
        return Cell(write(value), plain.replace(".", ",") if self._texts.comma else plain, is_figure=True)


def upper(words: str) -> str:
    return words[:1].upper() + words[1:]
