"""All figures as tables: by dimension, by task, by code, and the ratings. Each row is a figure that opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.coding.telling import person_name
from app.comparing.comparison import Comparison
from app.comparing.figure_key import About, FigureKey
from app.comparing.figures.lookup import CodeFigure, code_figures, event_figure, rating_figure, time_figure
from app.comparing.words import title_of
from app.i18n import Texts
from app.model.units import TaskNumber
from app.statistics.closer import BETWEEN, Closer, EventFigure, Part
from app.statistics.figure import Interval
from app.statistics.rating_agreement import RatingAgreement
from app.statistics.time_agreement import TimeAgreement
from app.tables import Cell, Column, Figures, Table, upper

K = TypeVar("K")


@dataclass(frozen=True)
class FigureTable(Generic[K]):
    """A table with its heading; `keys` say which figure each row is."""

    title: str
    table: Table
    keys: tuple[K, ...]


@dataclass(frozen=True)
class View(Generic[K]):
    """One way to look at all figures: its name, and its tables; `on_paper` where these are few enough for it."""

    id: str
    name: str
    tables: tuple[FigureTable[K], ...]
    on_paper: bool = True


def views(texts: Texts, found: Comparison, closer: Closer) -> tuple[View[FigureKey], ...]:
    """By dimension, by task, by code, and ratings; a view without any figure is left out."""
    made = _Views(texts, found, closer)
    every = (
        View("dimension", texts.tr("By dimension"), made.by_dimension()),
        View("task", texts.tr("By task"), made.by_task()),
        View("code", texts.tr("By code"), made.by_code()),
        View("task-dimension", texts.tr("By task and dimension"), made.by_task_and_dimension(), on_paper=False),
        View("task-code", texts.tr("By task and code"), made.by_task_and_code(), on_paper=False),
        View("ratings", texts.tr("Ratings"), made.ratings()),
    )
    return tuple(view for view in every if view.tables)


def task_called(texts: Texts, found: Comparison, task: TaskNumber) -> str:
    """*2 Torni*; the time in which no task is going on has its own words."""
    if task == BETWEEN:
        return texts.tr("between tasks")
    return f"{task} {found.file.task_name(task, texts.language)}".rstrip()


def kappa_words(texts: Texts, kappa: float | None, interval: Interval | None) -> str:
    """`0,71 (0,58–0,82)`, without an interval where there is none; a dash where there is no kappa."""
    if kappa is None:
        return "–"
    told = texts.coefficient(kappa)
    if interval is None:
        return told
    return f"{told} ({texts.coefficient(interval.low)}–{texts.coefficient(interval.high)})"


class _Views:
    def __init__(self, texts: Texts, found: Comparison, closer: Closer) -> None:
        self._texts, self._found, self._closer = texts, found, closer
        self._figures = Figures(texts)

    def by_dimension(self) -> tuple[FigureTable[FigureKey], ...]:
        tables = []
        for row in self._persons():
            own = [e for e in self._closer.whole.events if _whose(e) == _whose(row)]
            keys = [FigureKey(About.EVENTS, e.event.person, e.event.dimension, layer=e.event.layer) for e in own]
            rows = [(self._dimension(e.event.dimension), *self._event(e)) for e in own]
            tables.append(self._table(self._head(row), self._event_columns("Dimension"), rows, keys))
        return tuple(t for t in tables if t.keys)

    def by_task(self) -> tuple[FigureTable[FigureKey], ...]:
        whole = self._closer.whole
        tables = [
            self._tasks(FigureKey(About.STATE, r.person, r.group), self._time_columns(), self._time_of)
            for r in whole.time_based
            if r.group
        ]
        for row in self._persons():
            key = FigureKey(About.EVENTS, row.event.person, layer=row.event.layer)
            tables.append(self._tasks(key, self._event_columns("Task"), self._event_of))
        return tuple(t for t in tables if t.keys)

    def by_code(self) -> tuple[FigureTable[FigureKey], ...]:
        t, tables = self._texts, []
        for row in self._persons():
            event = row.event
            rows, keys = [], []
            for c in code_figures(self._found, row):
                rows.append(self._code_cells(c))
                keys.append(FigureKey(About.CODE, event.person, c.code, layer=event.layer))
            tables.append(self._table(self._head(row), self._code_columns(), rows, keys))
        states = [r for r in self._closer.whole.time_based if r.code]
        if states:
            keys = [FigureKey(About.STATE, r.person, r.code) for r in states]
            names = [f"{person_name(t, r.person)} · {self._code(r.code).shown}" for r in states]
            rows = [(self._words(name), *self._time(r)) for name, r in zip(names, states, strict=True)]
            tables.append(self._table(t.tr("On or off"), self._time_columns(t.tr("What is marked")), rows, keys))
        return tuple(x for x in tables if x.keys)

    def by_task_and_dimension(self) -> tuple[FigureTable[FigureKey], ...]:
        tables = []
        for part, row in self._persons_by_task():
            own = [e for e in part.events if e.event.dimension and _whose(e) == _whose(row)]
            keys = [FigureKey(About.EVENTS, *_of(e), part.task, e.event.layer) for e in own]
            rows = [(self._dimension(e.event.dimension), *self._event(e)) for e in own]
            tables.append(self._table(self._task_head(part, row), self._event_columns("Dimension"), rows, keys))
        return tuple(t for t in tables if t.keys)

    def by_task_and_code(self) -> tuple[FigureTable[FigureKey], ...]:
        tables = []
        for part, row in self._persons_by_task():
            own = code_figures(self._found, row)
            keys = [FigureKey(About.CODE, row.event.person, c.code, part.task, row.event.layer) for c in own]
            rows = [self._code_cells(c) for c in own]
            tables.append(self._table(self._task_head(part, row), self._code_columns(), rows, keys))
        return tuple(t for t in tables if t.keys)

    def _persons_by_task(self) -> list[tuple[Part, EventFigure]]:
        """What each person did in each task."""
        return [(part, e) for part in self._closer.tasks for e in part.events if not e.event.dimension]

    def _task_head(self, part: Part, row: EventFigure) -> str:
        return f"{task_called(self._texts, self._found, part.task or BETWEEN)} · {self._head(row)}"

    def _code_columns(self) -> tuple[Column, ...]:
        t = self._texts
        return Column(t.tr("What is marked")), *self._counted(), Column(t.tr("other mark"), is_figure=True)

    def _code_cells(self, c: CodeFigure) -> tuple[Cell, ...]:
        counts = (self._figures.count(n) for n in (c.only_a, c.only_b, c.other))
        return self._code(c.code), self._of(c.agreed, c.of), *counts

    def ratings(self) -> tuple[FigureTable[FigureKey], ...]:
        t, found = self._texts, self._found
        if not found.ratings.values:
            return ()
        rows = [(self._words(t.tr("All ratings")), *self._rating(found.ratings))]
        keys = [FigureKey(About.RATINGS)]
        actors = {"adult": t.tr("Adult"), "child": t.tr("Child"), "dyad": t.tr("Interaction")}
        dimensions = {d.id: upper(t.words(d.name)) for d in found.scheme.dimensions}
        for of, name in (*actors.items(), *dimensions.items()):
            key = FigureKey(About.RATINGS, of=of)
            part = rating_figure(found, key)
            if part.values:
                rows.append((self._words(name), *self._rating(part)))
                keys.append(key)
        for task in sorted({s.number for s in found.file.segments}):
            key = FigureKey(About.RATINGS, task=task)
            part = rating_figure(found, key)
            if part.values:
                rows.append((self._words(task_called(t, found, task)), *self._rating(part)))
                keys.append(key)
        columns = (
            Column(t.tr("Of what")),
            Column(t.tr("same"), is_figure=True),
            Column(t.tr("at most one apart"), is_figure=True),
            Column(t.tr("weighted, allowing for chance"), is_figure=True),
        )
        return (self._table(t.tr("Ratings"), columns, rows, keys),)

    # rows

    def _persons(self) -> list[EventFigure]:
        return [r for r in self._closer.whole.events if not r.event.dimension and r.event.of]

    def _tasks(
        self, key: FigureKey, columns: tuple[Column, ...], cells: Callable[[Part, FigureKey], tuple[Cell, ...]]
    ) -> FigureTable[FigureKey]:
        rows, keys = [], []
        for part in self._closer.tasks:
            own = FigureKey(key.about, key.person, key.of, part.task, key.layer)
            if row := cells(part, own):
                rows.append((self._words(task_called(self._texts, self._found, part.task or BETWEEN)), *row))
                keys.append(own)
        return self._table(title_of(self._texts, self._found, key), columns, rows, keys)

    def _event_of(self, part: Part, key: FigureKey) -> tuple[Cell, ...]:
        row = event_figure(part, key)
        return () if row is None else self._event(row)

    def _time_of(self, part: Part, key: FigureKey) -> tuple[Cell, ...]:
        row = time_figure(part, key)
        return () if row is None else self._time(row)

    def _event(self, row: EventFigure) -> tuple[Cell, ...]:
        e = row.event
        kappa = self._figure(kappa_words(self._texts, e.kappa, e.interval))
        only = (self._figures.count(n) for n in (e.a - e.paired, e.b - e.paired))
        return self._of(e.agreed, e.of), kappa, *only

    def _time(self, row: TimeAgreement) -> tuple[Cell, ...]:
        kappas = (row.kappa_a_to_b, row.kappa_b_to_a)
        return (
            self._figures.share(row.percent),
            self._figure(kappa_words(self._texts, row.kappa, row.interval)),
            *(self._figure(kappa_words(self._texts, kappa, None)) for kappa in kappas),
        )

    def _rating(self, row: RatingAgreement) -> tuple[Cell, ...]:
        kappa = self._figure(kappa_words(self._texts, row.kappa, None))
        return self._of(row.same, row.rated), self._of(row.near, row.rated), kappa

    def _of(self, part: int, whole: int) -> Cell:
        t = self._texts
        return self._figure(f"{t.number(part)}\u00a0/\u00a0{t.number(whole)}" if whole else "–")

    def _figure(self, shown: str) -> Cell:
        return Cell(shown, shown, is_figure=True)

    def _words(self, words: str) -> Cell:
        return self._figures.words(words)

    def _dimension(self, dimension: str) -> Cell:
        named = self._found.scheme.dimension(dimension)
        return self._words(upper(self._texts.words(named.name)) if named else self._texts.tr("All"))

    def _code(self, code_id: str) -> Cell:
        code = self._found.scheme.code(code_id)
        return self._words(upper(self._texts.words(code.name)) if code else code_id)

    # heads

    def _head(self, row: EventFigure) -> str:
        return title_of(self._texts, self._found, FigureKey(About.EVENTS, row.event.person, layer=row.event.layer))

    def _event_columns(self, first: str) -> tuple[Column, ...]:
        t = self._texts
        named = {"Dimension": t.tr("Dimension"), "Task": t.tr("Task")}[first]
        same, only_a, only_b = self._counted()
        return Column(named), same, Column(t.tr("allowing for chance"), is_figure=True), only_a, only_b

    def _counted(self) -> tuple[Column, Column, Column]:
        t, (a, b) = self._texts, self._found.short_names
        first, second = (Column(t.tr("only {name}", name=name), is_figure=True) for name in (a, b))
        return Column(t.tr("same"), is_figure=True), first, second

    def _time_columns(self, first: str = "") -> tuple[Column, ...]:
        t, (a, b) = self._texts, self._found.short_names
        return (
            Column(first or t.tr("Task")),
            Column(t.tr("same"), is_figure=True),
            Column(t.tr("allowing for chance"), is_figure=True),
            Column(f"{a}\u00a0→ {b}", is_figure=True),
            Column(f"{b}\u00a0→ {a}", is_figure=True),
        )

    @staticmethod
    def _table(
        title: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]], keys: list[FigureKey]
    ) -> FigureTable[FigureKey]:
        return FigureTable(title, Table(columns, tuple(rows)), tuple(keys))


def _whose(row: EventFigure) -> tuple[str, str]:
    return row.event.person, row.event.layer


def _of(row: EventFigure) -> tuple[str, str]:
    return row.event.person, row.event.dimension
