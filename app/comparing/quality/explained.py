"""*Miten tämä on laskettu* of one figure of the pairs' quality, with its very numbers and every pair's table."""

from __future__ import annotations

from collections.abc import Sequence

from app.comparing.figures import cautions
from app.comparing.figures.explanation import Counts, Explanation, Numbers, Step
from app.comparing.figures.of_events import CHANCE
from app.comparing.quality.counting import Of, Quality, QualityKey
from app.comparing.quality.gathering import SETTINGS, categories_of
from app.comparing.quality.words import (
    icc_name,
    in_order,
    interval_words,
    names_of,
    pair_name,
    subject_name,
    value_words,
)
from app.i18n import Texts
from app.statistics.alpha import Level, distances
from app.statistics.event_agreement import INDICATIVE_BELOW
from app.statistics.pair_quality import SAME_WORKERS, Agreed, EventsAgreed, Told, Two


def quality_explained(t: Texts, made: Quality, key: QualityKey) -> Explanation:
    """Of a key that is shown; another is a bug (KeyError)."""
    w = Numbers(t)
    title = f"{subject_name(t, made, key)} · {pair_name(t, made, key.two)}"
    if key.of == Of.EVENTS:
        return _events(w, made, key, title)
    return _item(w, made, key, title) if key.of == Of.ITEM else _state(w, made, key, title)


def _item(w: Numbers, made: Quality, key: QualityKey, title: str) -> Explanation:
    t, one = w.texts, made.items[key]
    form = made.office.forms[key.source].instrument
    item = form.item(key.item)
    assert item is not None, "it is of the form"
    points = tuple(str(point) for point in form.scale_of(item).points)
    steps = [
        *_counted(w, one, t.tr("Judged by two")),
        Step(t.tr("At most one apart"), w.part(one.near, one.pairs)),
        *_fleiss(w, one),
        *_alpha(w, one, Level.ORDINAL, t.tr("Krippendorff's alpha, by the order of the points")),
        *_icc(w, one),
    ]
    formula = " ".join(
        (
            t.tr("Fleiss' kappa = (same − chance) / (1 − chance); how far apart two values are plays no part in it."),
            t.tr(
                "Alpha = 1 − distance in what was judged / distance of any two values. A distance is squared, in ranks:"
                " how many values lie between."
            ),
            t.tr(
                "ICC is how much of all that differs is between meetings; 2,1 counts it against a pair when one of the"
                " two is always higher."
            )
            if one.form == SAME_WORKERS
            else t.tr("ICC is how much of all that differs is between meetings and not between workers."),
            t.tr("An interval leaves out one meeting at a time."),
        )
    )
    counted = (
        t.tr("Counted are the meetings in which both gave a value. No occasion to observe is no value."),
        t.tr("One item at a time: items differ in level, and together they would look more alike than they are."),
    )
    return Explanation(
        title, w.part(one.same, one.pairs), "", _cautions(w, one, points, t.tr("values")), counted,
        tuple(steps), formula, _tables(w, made, key, points), "", (),
    )  # fmt: skip


def _state(w: Numbers, made: Quality, key: QualityKey, title: str) -> Explanation:
    t, one = w.texts, made.states[key]
    scheme = made.office.schemes[key.source].scheme
    assert key.state is not None, "it is about a state"
    ids = categories_of(scheme, key.state)
    names = tuple(t.words(c.name) if (c := scheme.code(i)) is not None else t.tr("no mark") for i in ids)
    steps = [
        *_counted(w, one, t.tr("Units counted")),
        *_fleiss(w, one),
        *_alpha(w, one, Level.NOMINAL, t.tr("Krippendorff's alpha, same or not")),
    ]
    counted = (
        t.tr(
            "Counted is the time that both coded and could code, in units of {unit}, as it is: no difference in time is"
            " allowed here, so the figures are lower than in one comparison.",
            unit=w.seconds(SETTINGS.unit),
        ),
        *(() if ids[0] else (t.tr("Counted are the meetings in which either marked it."),)),
    )
    formula = " ".join(
        (
            t.tr("Both are (same − chance) / (1 − chance); alpha counts chance without a unit meeting itself."),
            t.tr("An interval leaves out one meeting at a time."),
        )
    )
    return Explanation(
        title, w.part(one.same, one.pairs), "", _cautions(w, one, names, t.tr("units")), counted, tuple(steps), formula,
        _tables(w, made, key, names), "", (),
    )  # fmt: skip


def _counted(w: Numbers, one: Agreed, what: str) -> list[Step]:
    t = w.texts
    return [
        Step(t.tr("Meetings"), t.number(one.meetings)),
        Step(what, t.number(one.targets)),
        Step(t.tr("Same"), w.part(one.same, one.pairs)),
    ]


def _cautions(w: Numbers, one: Agreed, names: Sequence[str], unit: str) -> tuple[str, ...]:
    marks = [round(n) for n in one.met.counts.tolist()]
    said = cautions.of_one_value(w, names, marks, unit=unit)
    if one.shares is not None:
        said += cautions.of_value(w, one.fleiss.figure.value, one.shares.observed, one.shares.chance)
    return tuple(said)


def _fleiss(w: Numbers, one: Agreed) -> list[Step]:
    t = w.texts
    if one.shares is None:
        return [Step(t.tr("Fleiss' kappa"), value_words(t, one.fleiss))]
    return [
        Step(t.tr("Chance alone"), w.share(one.shares.chance)),
        Step(t.tr("Fleiss' kappa"), w.allowing(one.shares.observed, one.shares.chance)),
        *_interval(w, one.fleiss),
    ]


def _alpha(w: Numbers, one: Agreed, level: Level, name: str) -> list[Step]:
    t = w.texts
    if one.alpha.figure.value is None:
        return [Step(name, value_words(t, one.alpha))]
    apart = distances(one.met, level)
    told = f"1 − {w.share(apart.observed)} / {w.share(apart.expected)} = {t.coefficient(one.alpha.figure.value)}"
    return [
        Step(t.tr("Distance in what was judged"), w.share(apart.observed)),
        Step(t.tr("Distance of any two values"), w.share(apart.expected)),
        Step(name, told),
        *_interval(w, one.alpha),
    ]


def _icc(w: Numbers, one: Agreed) -> list[Step]:
    t, name, ms = w.texts, icc_name(w.texts, one.form), one.squares
    if one.icc is None or ms is None or one.icc.figure.value is None:
        return [Step(name, "–" if one.icc is None else value_words(t, one.icc))]
    k, n = t.number(ms.k), t.number(ms.n)
    rows, error, columns = w.share(ms.rows), w.share(ms.error), w.share(ms.columns)
    value = t.coefficient(one.icc.figure.value)
    steps = [Step(t.tr("Mean square between meetings"), rows)]
    if one.form == SAME_WORKERS:
        steps += [Step(t.tr("Mean square between workers"), columns), Step(t.tr("Mean square of the rest"), error)]
        less = t.number(ms.k - 1)
        whole = f"({rows} + {less} × {error} + {k} × ({columns} − {error}) / {n})"
        steps.append(Step(name, f"({rows} − {error}) / {whole} = {value}"))
    else:
        within = w.share(ms.within)
        steps.append(Step(t.tr("Mean square within a meeting"), within))
        less = t.number(ms.k - 1)
        steps.append(Step(name, f"({rows} − {within}) / ({rows} + {less} × {within}) = {value}"))
    steps += _interval(w, one.icc)
    by_f = one.by_f.interval if one.by_f is not None else None
    if by_f is not None and one.targets == one.meetings:  # tasks of one meeting are not apart from each other
        span = f"{t.coefficient(by_f.low)}–{t.coefficient(by_f.high)}"
        steps.append(Step(t.tr("The same by the F distribution, if all errors were alike"), span))
    return steps


def _interval(w: Numbers, figure: Told) -> list[Step]:
    t = w.texts
    return [] if figure.figure.value is None else [Step(t.tr("95%"), interval_words(t, figure))]


def _tables(w: Numbers, made: Quality, key: QualityKey, names: tuple[str, ...]) -> tuple[Counts, ...]:
    """The table of the pair, or of every pair that has enough meetings of its own."""
    figures = made.items if key.of == Of.ITEM else made.states
    found = []
    for two in _twos(w.texts, made, key):
        one = figures.get(QualityKey(key.of, key.source, key.item, key.state, two=two))
        if one is not None:
            found.append(w.counts(names, one.table, *names_of(made, two)))
    return tuple(found)


def _twos(t: Texts, made: Quality, key: QualityKey) -> list[Two]:
    return [key.two] if key.two is not None else [two for two, _ in in_order(t, made)]


def _events(w: Numbers, made: Quality, key: QualityKey, title: str) -> Explanation:
    t, one = w.texts, made.events[key]
    steps = [
        Step(t.tr("Meetings"), t.number(one.meetings)),
        Step(t.tr("Same, of everything that either marked"), w.part(one.same, one.of)),
    ]
    notes = cautions.of_few_events(t, one.of) if one.of < INDICATIVE_BELOW else []
    formula = t.tr("What allows for chance is counted of each pair of workers alone.")
    if key.two is not None and one.kappa is not None:
        more, said = _chance(w, one, key.two, made)
        steps += more
        notes += said
        formula = t.tr(CHANCE)
    counted = (
        t.tr(
            "Counted are the events in the time that both coded and that was filmed. A pair is at most {seconds}"
            " apart.",
            seconds=w.seconds(SETTINGS.point_tolerance),
        ),
    )
    return Explanation(
        title, w.part(one.same, one.of), "", tuple(notes), counted, tuple(steps), formula,
        _event_tables(w, made, key), "", (),
    )  # fmt: skip


def _chance(w: Numbers, one: EventsAgreed, two: Two, made: Quality) -> tuple[list[Step], list[str]]:
    """What a pair marked, and the kappa with nil of its whole table (see `nil_of`)."""
    t, (first, second), k = w.texts, names_of(made, two), len(one.codes)
    columns = list(zip(*one.table, strict=True))
    mine, theirs = [sum(one.table[n]) for n in range(k)], [sum(columns[n]) for n in range(k)]
    a, b = sum(mine), sum(theirs)
    paired = a + b - one.of
    steps = [
        Step(t.tr("Events of {name}", name=first), t.number(a)),
        Step(t.tr("Events of {name}", name=second), t.number(b)),
        Step(t.tr("Pairs"), t.number(paired)),
    ]
    kappa = one.kappa
    assert kappa is not None, "it is of two"
    if kappa.figure.value is None:
        return [*steps, Step(t.tr("Allowing for chance"), value_words(t, kappa))], []
    cross = sum(x * y for x, y in zip(mine, theirs, strict=True))
    chance, n = paired * cross / (a * b * one.of), t.number
    told = f"{n(paired)} × {n(cross)} / ({n(a)} × {n(b)}) / {n(one.of)} = {w.share(chance)}"
    steps += [
        Step(t.tr("Chance alone"), told),
        Step(t.tr("Allowing for chance"), w.allowing(one.same / one.of, chance)),
        *_interval(w, kappa),
    ]
    return steps, cautions.of_value(w, kappa.figure.value, one.same / one.of, chance)


def _event_tables(w: Numbers, made: Quality, key: QualityKey) -> tuple[Counts, ...]:
    scheme, found = made.office.schemes[key.source].scheme, []
    for two in _twos(w.texts, made, key):
        one = made.events.get(QualityKey(key.of, key.source, events=key.events, two=two))
        if one is not None:
            names = [w.texts.words(c.name) if (c := scheme.code(i)) is not None else i for i in one.codes]
            found.append(w.counts((*names, w.texts.tr("no mark")), one.table, *names_of(made, two)))
    return tuple(found)
