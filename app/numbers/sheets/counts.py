"""*Määrät* and *Tilat*: how often, how long, which share; per task, dimension and person."""

from __future__ import annotations

from collections.abc import Callable

from app.charts import bars
from app.charts.drawing import Drawing, Pen
from app.charts.picture import Picture
from app.i18n import Texts
from app.model.scheme import Kind
from app.numbers.numbers import Numbers
from app.numbers.sheets.naming import Names
from app.numbers.sheets.sheet import Choice, Chosen, Sheet, chosen_of
from app.statistics.summary import SummaryRow
from app.tables import Cell, Column, Figures, Table, upper

PERSON = "person"


def counts(texts: Texts, n: Numbers, chosen: Chosen) -> Sheet:
    """Events of one person: the counts of each task by dimension as in the statement, and every code in the table."""
    names, t = Names(texts, n), texts
    rows = [r for r in n.rows if not _is_state(n, r)]
    people = [(p, names.person(p)) for p in names.persons({r.person for r in rows})]
    person = chosen_of(chosen, PERSON, people)
    mine = [r for r in rows if r.person == person]
    return Sheet(
        "counts",
        t.tr("Counts"),
        t.tr("How many observations you marked, and how many a minute of codable time."),
        (*([f"{t.tr('Who')}: {names.person(person)}."] if person else []), names.time_note()),
        _count_pictures(names, n, mine) if mine and len(n.tasks) > 1 else (),
        _count_table(names, n, mine) if mine else None,
        (Choice(PERSON, t.tr("Who"), tuple(people), person),) if len(people) > 1 else (),
        empty=t.tr("No observations are marked yet."),
    )


def _is_state(n: Numbers, row: SummaryRow) -> bool:
    code = n.scheme.code(row.code)
    return code is not None and code.kind == Kind.STATE


def _count_pictures(names: Names, n: Numbers, rows: list[SummaryRow]) -> tuple[Picture, ...]:
    t = names.texts
    sums = {(r.task, r.dimension): r for r in rows if r.dimension and not r.code}
    used = [d.id for d in n.scheme.dimensions if (None, d.id) in sums]
    if not used:
        return ()
    heads = [bars.Head(names.dimension(d), d) for d in used]
    drawn = [
        (
            names.task(task),
            [bars.Cell(float(sums[task, d].count), t.number(sums[task, d].count)) for d in used],
        )
        for task in n.tasks[1:]
    ]
    told = "; ".join(
        f"{name}: " + ", ".join(f"{h.word} {c.words}" for h, c in zip(heads, cells, strict=True))
        for name, cells in drawn
    )  # fmt: skip
    title = t.tr("Observations by task and dimension, {person}", person=names.person(rows[0].person))
    return (Picture(title, told, lambda pen: bars.grid(heads, drawn, pen)),)


def _count_table(names: Names, n: Numbers, rows: list[SummaryRow]) -> Table:
    t, f = names.texts, Figures(names.texts)
    columns = (
        Column(t.tr("Task")),
        Column(t.tr("Dimension")),
        Column(t.tr("Observation")),
        Column(t.tr("Count"), is_figure=True),
        Column(t.tr("Per minute"), is_figure=True),
    )
    cells: list[tuple[Cell, ...]] = []
    for r in _ordered(n, rows):
        word = names.code(r.code) if r.code else t.tr("all of the dimension")
        named = map(f.words, (names.task(r.task), upper(names.dimension(r.dimension)), word))
        cells.append((*named, f.count(r.count), f.rate(r.rate)))
    return Table(columns, tuple(cells))


def _ordered(n: Numbers, rows: list[SummaryRow]) -> list[SummaryRow]:
    """By task, then in the order of the scheme; the sum of a dimension before its codes."""
    codes = {c.id: place for place, c in enumerate(n.scheme.codes)}
    dimensions = {d.id: place for place, d in enumerate(n.scheme.dimensions)}
    return sorted(
        rows,
        key=lambda r: (-1 if r.task is None else r.task, dimensions.get(r.dimension, 99), codes.get(r.code, -1)),
    )


def states(texts: Texts, n: Numbers, _chosen: Chosen) -> Sheet:
    """States of every group: shares of each task's codable time beside each other, and lengths in the table."""
    names, t = Names(texts, n), texts
    rows = [r for r in n.rows if _is_state(n, r)]
    return Sheet(
        "states",
        t.tr("States"),
        t.tr("How long each state was on, its share of the codable time, and how long it usually lasted (median)."),
        (
            names.time_note(),
            t.tr("A state counts in the task in which it begins; its time is counted where it falls."),
        ),
        tuple(_state_pictures(names, n, rows)),
        _state_table(names, n, rows) if rows else None,
        empty=t.tr("No states are marked yet."),
    )


def _state_pictures(names: Names, n: Numbers, rows: list[SummaryRow]) -> list[Picture]:
    t, pictures = names.texts, []
    by_key = {(r.task, r.code): r for r in rows}
    for group in n.scheme.groups:
        codes = [c.id for c in names.states(group.id) if (None, c.id) in by_key]
        if not codes:
            continue
        heads = [bars.Head(names.code(c), names.shade(c)) for c in codes]
        shares = [(names.task(task), [by_key[task, c].share or 0.0 for c in codes]) for task in n.tasks]
        told = "; ".join(
            f"{name}: " + ", ".join(f"{h.word} {t.percent(x)}" for h, x in zip(heads, line, strict=True))
            for name, line in shares
        )  # fmt: skip
        pictures.append(Picture(names.group(group.id), told, _stacking(heads, shares)))
    return pictures


def _stacking(heads: list[bars.Head], shares: list[tuple[str, list[float]]]) -> Callable[[Pen], Drawing]:
    return lambda pen: bars.stacked(heads, shares, pen)


def _state_table(names: Names, n: Numbers, rows: list[SummaryRow]) -> Table:
    t, f = names.texts, Figures(names.texts)
    columns = (
        Column(t.tr("Task")),
        Column(t.tr("Who")),
        Column(t.tr("State")),
        Column(t.tr("Count"), is_figure=True),
        Column(t.tr("Per minute"), is_figure=True),
        Column(t.tr("Time"), t.tr("Time (s)"), is_figure=True),
        Column(t.tr("Share"), t.tr("Share (%)"), is_figure=True),
        Column(t.tr("Median length"), t.tr("Median length (s)"), is_figure=True),
    )
    cells = tuple(
        (
            f.words(names.task(r.task)),
            f.words(names.person(r.person)),
            f.words(names.code(r.code)),
            f.count(r.count),
            f.rate(r.rate),
            f.time(r.duration),
            f.share(r.share),
            f.time(r.median, 1),
        )
        for r in _ordered(n, rows)
    )
    return Table(columns, cells)
