"""*Siirtymät* and *Kuka seuraa ketä*: which state gave way to which, and which act came after which."""

from __future__ import annotations

from collections.abc import Iterator

from app.charts import bars
from app.charts.pairs import Pair, pairs
from app.charts.picture import Picture
from app.i18n import Texts
from app.model.timecode import SECOND
from app.numbers.numbers import Numbers
from app.numbers.sheets.naming import Names
from app.numbers.sheets.sheet import Choice, Chosen, Dial, Sheet, chosen_of, window_words
from app.statistics.course import TransitionRow
from app.statistics.following import Following
from app.tables import Cell, Column, Figures, Table

GROUP, TASK, LEVEL, AFTER = "group", "task", "level", "after"
ALL = "all"


def transitions(texts: Texts, n: Numbers, chosen: Chosen) -> Sheet:
    """From each state of a group to each other: how many times, and the share of the times it was left."""
    names, t = Names(texts, n), texts
    found = dict.fromkeys((r.person, r.group) for r in n.transitions)
    groups = [(f"{person}/{group}", names.group(group)) for person, group in found]
    group = chosen_of(chosen, GROUP, groups)
    task_options = _tasks(names, n)
    task = chosen_of(chosen, TASK, task_options)
    mine = [r for r in n.transitions if f"{r.person}/{r.group}" == group]
    choices = [Choice(GROUP, t.tr("States of"), tuple(groups), group)] if len(groups) > 1 else []
    if len(task_options) > 1:
        choices.append(Choice(TASK, t.tr("Task"), tuple(task_options), task))
    shown = [r for r in mine if _task_id(r.task) == task]
    return Sheet(
        "transitions",
        t.tr("Transitions"),
        t.tr(
            "Which state gave way to which, from the row to the column, and the share of the times that the row's "
            "state was left."
        ),
        (
            f"{t.tr('Task')}: {dict(task_options)[task]}.",
            t.tr("A state gives way where the next begins at the same moment; after a gap nothing follows."),
            names.time_note(),
        ),
        (_transition_picture(names, shown),) if any(r.count for r in shown) else (),
        _transition_table(names, shown) if shown else None,
        tuple(choices),
        empty=t.tr("No states are marked yet."),
    )


def _task_id(place: int | None) -> str:
    return ALL if place is None else str(place)


def _tasks(names: Names, n: Numbers) -> list[tuple[str, str]]:
    return [(_task_id(task), names.task(task)) for task in n.tasks]


def _transition_picture(names: Names, rows: list[TransitionRow]) -> Picture:
    t = names.texts
    codes = list(dict.fromkeys(r.before for r in rows))
    by_pair = {(r.before, r.after): r for r in rows}
    heads = [bars.Head(names.code(c), names.shade(c)) for c in codes]
    drawn = [(names.code(b), [_step(t, by_pair.get((b, a))) for a in codes]) for b in codes]
    told = "; ".join(
        f"{names.code(r.before)} → {names.code(r.after)}: {t.number(r.count)}"
        + (f", {t.percent(r.share)}" if r.share is not None else "")
        for r in rows
        if r.count
    )
    title = t.tr("From (rows) to (columns): times, and share of the times left")
    return Picture(title, told, lambda pen: bars.grid(heads, drawn, pen, most=1.6))


def _step(t: Texts, row: TransitionRow | None) -> bars.Cell:
    if row is None:
        return bars.Cell(0.0, "")
    words = t.number(row.count)
    if row.count and row.share is not None:
        words += f" · {t.percent(row.share)}"
    return bars.Cell(row.share or 0.0, words)


def _transition_table(names: Names, rows: list[TransitionRow]) -> Table:
    t, f = names.texts, Figures(names.texts)
    columns = (
        Column(t.tr("From")),
        Column(t.tr("To")),
        Column(t.tr("Count"), is_figure=True),
        Column(t.tr("Share of leaving"), t.tr("Share of leaving (%)"), is_figure=True),
    )
    cells = tuple(
        (
            *map(f.words, (names.code(r.before), names.code(r.after))),
            f.count(r.count),
            f.share(r.share),
        )
        for r in rows
    )
    return Table(columns, cells)


def follows(texts: Texts, n: Numbers, chosen: Chosen) -> Sheet:
    """How often each target follows an antecedent within the window, beside how often at any moment."""
    names, t = Names(texts, n), texts
    levels = [("dimension", t.tr("Dimensions")), ("code", t.tr("Codes"))]
    level = chosen_of(chosen, LEVEL, levels)
    is_code = level == "code"
    tables = n.by_code if is_code else n.by_dimension
    task_options = _tasks(names, n)
    task = chosen_of(chosen, TASK, task_options)
    table = next(x for x in tables if _task_id(x.task) == task)
    order = sorted(range(len(table.keys)), key=lambda i: _place(names, n, table, i, is_code=is_code))
    starts = [(_key_id(table, i), names.key(table.keys[i], is_code=is_code)) for i in order]
    options = [*starts, (ALL, t.tr("All"))] if starts else []
    after = chosen_of(chosen, AFTER, options)
    wanted = [i for i in order if after in (ALL, _key_id(table, i))]
    choices = [Choice(LEVEL, t.tr("By"), tuple(levels), level), Choice(TASK, t.tr("Task"), tuple(task_options), task)]
    if options:
        choices.insert(0, Choice(AFTER, t.tr("After"), tuple(options), after))
    view = _View(names, table, wanted, order, is_code)
    return Sheet(
        "follows",
        t.tr("Who follows whom"),
        t.tr(
            "How often an act follows another within the window, and how often it would at any moment. "
            "Neither says why."
        ),
        (
            f"{t.tr('Task')}: {dict(task_options)[task]}.",
            t.tr(
                "Window {window} from the beginning of an act; only acts whose whole window could be coded are "
                "counted. Any moment: the share of all such moments after which the same begins within the window.",
                window=window_words(t, n.settings.follow),
            ),
            names.time_note(),
        ),
        (view.picture(),) if wanted else (),
        view.table() if wanted else None,
        tuple(choices),
        (Dial("follow", t.tr("Window"), n.settings.follow // SECOND),),
        empty=t.tr("No observations are marked yet."),
    )


def _key_id(table: Following, place: int) -> str:
    return "/".join(table.keys[place])


def _place(names: Names, n: Numbers, table: Following, i: int, *, is_code: bool) -> tuple[int, int]:
    """Where a key stands: people in their order, then as in the scheme."""
    person, name = table.keys[i]
    ids = [c.id for c in n.scheme.codes] if is_code else [d.id for d in n.scheme.dimensions]
    people = names.persons({p for p, _ in table.keys})
    return people.index(person), ids.index(name) if name in ids else len(ids)


class _View:
    """A part of a lag table: the antecedents that are wanted, each with every target."""

    def __init__(self, names: Names, table: Following, wanted: list[int], order: list[int], is_code: bool) -> None:
        self._names, self._table, self._is_code = names, table, is_code
        self._wanted, self._order = wanted, order
        self._t, self._f = names.texts, Figures(names.texts)

    def _name(self, place: int) -> str:
        return self._names.key(self._table.keys[place], is_code=self._is_code)

    def _sign(self, place: int) -> str:
        name = self._table.keys[place][1]
        return self._names.dimension_of(name) if self._is_code else name

    def picture(self) -> Picture:
        rows = list(self._rows())
        told = "; ".join(
            r.name if r.is_heading else f"{r.name}: {r.seen_words} ({self._t.tr('any moment')} {r.base_words})"
            for r in rows
        )
        legend = (self._t.tr("followed"), self._t.tr("any moment"))
        return Picture(self._t.tr("What follows within the window"), told, lambda pen: pairs(rows, legend, pen))

    def _rows(self) -> Iterator[Pair]:
        table = self._table
        for a in self._wanted:
            n = table.counted[a]
            yield Pair(self._t.trn("After: {name}, {n} time", "After: {name}, {n} times", n, name=self._name(a)))
            for target in self._order:
                seen, base = table.share(a, target), table.base[target]
                hits = self._t.number(table.followed[a][target])
                words = f"{hits} / {self._t.number(n)}" + (f" · {self._t.percent(seen)}" if seen is not None else "")
                yield Pair(self._name(target), self._sign(target), seen, base, words, self._f.share(base).shown)

    def table(self) -> Table:
        t = self._t
        columns = (
            Column(t.tr("After")),
            Column(t.tr("Follows")),
            Column(t.tr("Times after"), is_figure=True),
            Column(t.tr("Followed"), is_figure=True),
            Column(t.tr("Share"), t.tr("Share (%)"), is_figure=True),
            Column(t.tr("Any moment"), t.tr("Any moment (%)"), is_figure=True),
        )
        return Table(columns, tuple(self._row(a, target) for a in self._wanted for target in self._order))

    def _row(self, a: int, target: int) -> tuple[Cell, ...]:
        table, f = self._table, self._f
        return (
            f.words(self._name(a)),
            f.words(self._name(target)),
            f.count(table.counted[a]),
            f.count(table.followed[a][target]),
            f.share(table.share(a, target)),
            f.share(table.base[target]),
        )
