"""What an explanation of one figure is made of: its numbers in steps, its tables, its cautions, its moments."""

from __future__ import annotations

from dataclasses import dataclass

from app.comparing.comparison import Comparison
from app.i18n import Texts
from app.model.timecode import SECOND, Micros
from app.tables import Column, Figures, Table

#: so many names of categories have room above a table; of points of a scale, so many letters long, more have
MOST_NAMES, SHORT = 2, 2


@dataclass(frozen=True, slots=True)
class Step:
    """A number and how it came about: *Samoin*, *19 / 33 = 58 %*."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Counts:
    """A table n[i,j]: `about` says whose marks stand in the `rows` and whose in the `columns`.

    With many categories the columns have the numbers of the rows.
    """

    about: str
    rows: str
    columns: str
    table: Table


@dataclass(frozen=True, slots=True)
class Moment:
    """A row of the paired observations. Times in µs; no `start`: it is about a rating.

    `linked` are the ids of the observations that both rest the rating on.
    """

    when: str
    a: str
    b: str
    apart: str
    start: Micros | None = None
    end: Micros | None = None
    linked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """One figure with everything that it rests on. `cautions` say what the number cannot tell."""

    title: str
    figure: str
    detail: str
    cautions: tuple[str, ...]
    counted: tuple[str, ...]
    steps: tuple[Step, ...]
    formula: str
    counts: tuple[Counts, ...]
    moments_called: str
    moments: tuple[Moment, ...]


class Numbers:
    """How numbers are written in an explanation."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._figures = Figures(texts)

    def part(self, part: float, whole: float) -> str:
        """`19 / 33 = 58 %`; a dash of nothing."""
        if not whole:
            return "–"
        t = self.texts
        return f"{t.number(part)} / {t.number(whole)} = {t.percent(part / whole)}"

    def share(self, value: float) -> str:
        """A part of 1 with four digits, as it stands in a formula."""
        return self.texts.coefficient(value, 4)

    def allowing(self, observed: float, chance: float) -> str:
        """`(0,5758 − 0,3031) / (1 − 0,3031) = 0,39`; without a result where chance is all."""
        over = f"({self.share(observed)} − {self.share(chance)}) / (1 − {self.share(chance)})"
        if chance >= 1:
            return over
        return f"{over} = {self.texts.coefficient((observed - chance) / (1 - chance))}"

    def seconds(self, time: Micros) -> str:
        return f"{self.texts.number(time / SECOND, 0 if time % SECOND == 0 else 1)}\u00a0s"

    def counts(self, names: tuple[str, ...], table: tuple[tuple[int, ...], ...], rows: str, columns: str) -> Counts:
        """A table of counts with its categories' names; `rows` is whose marks stand in the rows."""
        about = self.texts.tr("Rows {a}, columns {b}", a=rows, b=columns)
        is_wide = len(names) > MOST_NAMES and max(map(len, names)) > SHORT
        called = tuple(f"{n} {name}" for n, name in enumerate(names, start=1)) if is_wide else names
        above = tuple(str(n) for n in range(1, len(names) + 1)) if is_wide else names
        head = (Column(rows), *(Column(name, is_figure=True) for name in above))
        together = Column(self.texts.tr("Sum"), is_figure=True)
        lines = tuple(
            (self._figures.words(name), *(self._figures.count(n) for n in (*line, sum(line))))
            for name, line in zip(called, table, strict=True)
        )
        return Counts(about, rows, columns, Table((*head, together), lines))


class Writer(Numbers):
    """How the numbers of one comparison are written."""

    def __init__(self, texts: Texts, found: Comparison) -> None:
        super().__init__(texts)
        self.found = found
        self.a, self.b = found.short_names

    def code(self, code_id: str) -> str:
        """A code by its name; what is none reads *no mark*."""
        code = self.found.scheme.code(code_id)
        return self.texts.words(code.name) if code else (code_id or self.texts.tr("no mark"))
