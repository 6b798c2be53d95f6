"""How a figure of time was computed: units, both directions, and where the two differ."""

from __future__ import annotations

from app.comparing.figure_key import FigureKey
from app.comparing.figures import cautions
from app.comparing.figures.explanation import Explanation, Moment, Step, Writer
from app.comparing.words import reason_words
from app.model.timecode import Micros
from app.statistics.closer import Part
from app.statistics.disagreements import Disagreement
from app.statistics.time_agreement import Counts, TimeAgreement


def explain_time(w: Writer, title: str, key: FigureKey, row: TimeAgreement, part: Part) -> Explanation:
    """A person's exclusive group, or one code that is on or off."""
    t = w.texts
    figure = "–" if row.percent is None else t.tr("{percent} of the time", percent=t.percent(row.percent))
    detail = reason_words(t, row.reason) if row.kappa is None else t.coefficient(row.kappa)
    names = tuple(w.code(c) for c in row.categories)
    ways = ((w.a, w.b, row.table_a_to_b), (w.b, w.a, row.table_b_to_a))
    steps = [
        Step(t.tr("Units counted"), t.number(row.units)),
        Step(t.tr("Units left out, not codable"), t.number(part.left_out)),
    ]
    notes: list[str] = []
    for own, other, table in ways if row.units else ():
        steps += _way(w, own, other, table)
    if row.units:
        chance = (_chance(row.table_a_to_b) + _chance(row.table_b_to_a)) / 2
        notes += cautions.of_value(w, row.kappa, row.percent or 0.0, chance)
        marks = [sum(row.table_a_to_b[n]) + sum(row.table_b_to_a[n]) for n in range(len(names))]
        notes += cautions.of_one_value(w, names, marks, unit=t.tr("units"))
        notes += cautions.of_one_side_in_time(w, row)
    if row.kappa is not None and row.kappa_a_to_b is not None and row.kappa_b_to_a is not None:
        both = f"({t.coefficient(row.kappa_a_to_b)} + {t.coefficient(row.kappa_b_to_a)}) / 2"
        steps.append(Step(t.tr("Mean of both directions"), f"{both} = {t.coefficient(row.kappa)}"))
        if key.task is None:
            steps.append(Step(t.tr("95%"), _interval(w, row)))
    shown = [w.counts(names, table, own, other) for own, other, table in ways] if row.units else []
    formula = t.tr(
        "Allowing for chance = (same − chance) / (1 − chance). Chance: how often the two would have the same mark if"
        " each had as much of every mark as now, but anywhere."
    )
    return Explanation(
        title, figure, detail, tuple(notes), _window(w, key), tuple(steps), formula, tuple(shown),
        t.tr("Where the two differ"), _moments(w, key, row),
    )  # fmt: skip


def _way(w: Writer, own: str, other: str, table: Counts) -> list[Step]:
    """One direction: the units of `own` beside what `other` has."""
    t, n, same = w.texts, sum(map(sum, table)), _same(table)
    way, chance = f"{own} → {other}", _chance(table)
    steps = [Step(t.tr("Same, {way}", way=way), w.part(same, n))]
    neither = table[0][0]
    if neither:  # time in which nothing is on would rule the figure: both denominators are told
        rest = w.part(same - neither, n - neither)
        steps.append(Step(t.tr("Same, {way}, where either has a mark", way=way), rest))
    steps.append(Step(t.tr("Chance alone, {way}", way=way), w.share(chance)))
    steps.append(Step(t.tr("Allowing for chance, {way}", way=way), w.allowing(same / n, chance)))
    return steps


def _same(table: Counts) -> int:
    return sum(table[i][i] for i in range(len(table)))


def _chance(table: Counts) -> float:
    """Pe = Σ r_i c_i / N²."""
    n, columns = sum(map(sum, table)), list(zip(*table, strict=True))
    return float(sum(sum(table[i]) * sum(columns[i]) for i in range(len(table))) / (n * n))


def _interval(w: Writer, row: TimeAgreement) -> str:
    t = w.texts
    if row.interval is None:
        return cautions.of_no_interval(w, w.found.agreement.tasks, row.interval_reason)
    return t.trn(
        "{low}–{high}, {n} task", "{low}–{high}, {n} tasks", row.interval.tasks,
        low=t.coefficient(row.interval.low), high=t.coefficient(row.interval.high),
    )  # fmt: skip


def _window(w: Writer, key: FigureKey) -> tuple[str, ...]:
    t, found = w.texts, w.found
    settings = found.agreement.settings
    said = [
        t.tr(
            "Counted is the {length} that both coded and that was filmed, in units of {unit}. A unit is the same when"
            " the other has that mark at most {seconds} away.",
            length=t.short_clock(sum(s.length for s in found.window)),
            unit=w.seconds(settings.unit),
            seconds=w.seconds(settings.state_tolerance),
        )
    ]
    if key.task is not None:
        said.append(t.tr("A unit belongs to the task in which its middle lies."))
    return tuple(said)


def _moments(w: Writer, key: FigureKey, row: TimeAgreement) -> tuple[Moment, ...]:
    known = set(row.categories)
    rows = [
        d
        for d in w.found.agreement.disagreements
        if d.kind == "state" and d.person == row.person and {d.a, d.b} <= known and _is_in(w, key, d)
    ]
    timed = [(d.start, d.start if d.end is None else d.end, d) for d in rows if d.start is not None]
    return tuple(_moment(w, *one) for one in sorted(timed, key=lambda one: one[0]))


def _is_in(w: Writer, key: FigureKey, d: Disagreement) -> bool:
    """A stretch belongs to every task that it reaches into."""
    if key.task is None or d.start is None or d.end is None:
        return True
    touched = {s.number for s in w.found.file.segments if s.start < d.end and d.start < s.end}
    return key.task in touched if key.task else not touched


def _moment(w: Writer, start: Micros, end: Micros, d: Disagreement) -> Moment:
    when = w.texts.short_clock(start, digits=1)
    return Moment(when, w.code(d.a), w.code(d.b), w.seconds(end - start), start, end)
