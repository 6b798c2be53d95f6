"""How the figures of two rating sheets were computed: same, one apart, and weighted over the whole scale."""

from __future__ import annotations

from app.comparing.figures import cautions
from app.comparing.figures.explanation import Counts, Explanation, Moment, Step, Writer
from app.comparing.words import reason_words
from app.statistics.rating_agreement import RatingAgreement


def explain_ratings(w: Writer, title: str, row: RatingAgreement) -> Explanation:
    """Items with a value from both; *no occasion to observe* is a missing value."""
    t = w.texts
    figure = f"{t.number(row.same)} / {t.number(row.rated)}" if row.rated else "–"
    detail = reason_words(t, row.kappa_reason) if row.kappa is None else t.coefficient(row.kappa)
    alone = len(row.values) - row.rated
    steps = [
        Step(t.tr("Rated by both"), t.number(row.rated)),
        Step(t.tr("Left out: only one gave a value"), t.number(alone)),
        Step(t.tr("Same"), w.part(row.same, row.rated)),
        Step(t.tr("At most one apart"), w.part(row.near, row.rated)),
    ]
    notes = cautions.of_few_items(t, row.rated)
    counts: tuple[Counts, ...] = ()
    points = tuple(str(row.least + n) for n in range(len(row.table)))
    if row.rated and row.table:
        steps += _weighted(w, row)
        counts = (w.counts(points, row.table, w.a, w.b),)
        marks = [sum(line) + sum(x[n] for x in row.table) for n, line in enumerate(row.table)]
        notes += cautions.of_one_value(w, points, marks, unit=t.tr("values"))
        apart, chance = _apart(row)
        notes += cautions.of_distances(w, row.kappa, apart, chance)
    formula = t.tr(
        "Weighted = 1 − distance / distance by chance. A distance is the difference of two values over the width of the"
        " whole scale, squared: one apart weighs little, four apart wholly."
    )
    counted = (
        t.tr("Counted are the items to which both gave a value. No occasion to observe is no value."),
        t.tr("The items are of one film: the figure is no measure of the form."),
    )
    return Explanation(
        title, figure, detail, tuple(notes), counted, tuple(steps), formula, counts,
        t.tr("Rated items"), tuple(_moment(w, *values) for values in row.values),
    )  # fmt: skip


def _apart(row: RatingAgreement) -> tuple[float, float]:
    """Σ w n and Σ w e with w = ((i − j) / (k − 1))², e = r_i c_j / N."""
    k, columns = len(row.table), list(zip(*row.table, strict=True))
    weights = [[((i - j) / max(k - 1, 1)) ** 2 for j in range(k)] for i in range(k)]
    seen = sum(weights[i][j] * row.table[i][j] for i in range(k) for j in range(k))
    chance = sum(weights[i][j] * sum(row.table[i]) * sum(columns[j]) for i in range(k) for j in range(k))
    return seen, chance / row.rated


def _weighted(w: Writer, row: RatingAgreement) -> list[Step]:
    t, (seen, chance) = w.texts, _apart(row)
    steps = [Step(t.tr("Distances together"), w.share(seen)), Step(t.tr("Distances by chance"), w.share(chance))]
    if row.kappa is not None:
        told = f"1 − {w.share(seen)} / {w.share(chance)} = {t.coefficient(row.kappa)}"
        steps.append(Step(t.tr("Weighted, allowing for chance"), told))
    return steps


def _moment(w: Writer, key: str, a: int | None, b: int | None) -> Moment:
    item_id, _, segment_id = key.partition("/")
    item = w.found.instrument.item(item_id)
    name = w.texts.words(item.name) if item is not None else item_id
    task = next((s.number for s in w.found.file.segments if s.id == segment_id), None)
    if task is not None:
        name = f"{name}, {task} {w.found.file.task_name(task, w.texts.language)}".rstrip()
    apart = "–" if a is None or b is None else w.texts.number(abs(a - b))
    first, second = ("–" if x is None else w.texts.number(x) for x in (a, b))
    ratings = (coding.rating_of(item_id, segment_id) for coding in (w.found.a, w.found.b))
    linked = tuple(i for rating in ratings if rating is not None for i in rating.evidence)
    return Moment(name, first, second, apart, linked=linked)
