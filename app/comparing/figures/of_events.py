"""How the figures of events were computed: of several codes with what allows for chance, and of a single code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.comparing.figure_key import FigureKey
from app.comparing.figures import cautions
from app.comparing.figures.explanation import Explanation, Moment, Step, Writer
from app.comparing.figures.lookup import CodeFigure
from app.comparing.words import reason_words
from app.i18n import N_
from app.model.observation import Observation
from app.statistics.closer import EventFigure, Link
from app.statistics.event_agreement import EventAgreement

NO_KAPPA_OF_ONE = N_("For a single code there is no figure that allows for chance: nobody counts what neither marked.")

CHANCE = N_(
    "Allowing for chance = (same − chance) / (1 − chance). Chance: if the pairs had been made of the same events by"
    " lot, each code as often as the two used it. An event without a pair is never the same."
)


def explain_events(w: Writer, title: str, key: FigureKey, row: EventFigure, tasks: int) -> Explanation:
    """A person's events, or those of one dimension. `tasks` is how many tell of the whole figure."""
    t, e = w.texts, row.event
    figure = f"{t.number(e.agreed)} / {t.number(e.of)}" if e.of else "–"
    names = tuple(w.code(code) for code in e.codes)
    detail = reason_words(t, e.reason) if e.kappa is None else t.coefficient(e.kappa)
    steps = [*_counted(w, e), Step(t.tr("Same, of everything that either marked"), w.part(e.agreed, e.of))]
    is_alone = e.kappa is None and e.offered == 1
    notes = [*cautions.of_few_events(t, e.of), *cautions.of_one_side(w, e)]
    if e.kappa is not None:
        chance = _chance(e)
        steps.append(Step(t.tr("Chance alone"), _chance_words(w, e, chance)))
        steps.append(Step(t.tr("Allowing for chance"), w.allowing(e.agreed / e.of, chance)))
        notes += cautions.of_value(w, e.kappa, e.agreed / e.of, chance)
    elif bool(e.a) != bool(e.b):
        name, other, n = (w.a, w.b, e.a) if e.a else (w.b, w.a, e.b)
        notes.append(
            t.trn("{name} marked {n} event, {other} none.", "{name} marked {n} events, {other} none.", n,
                  name=name, other=other)
        )  # fmt: skip
    if e.a and e.b and not is_alone:
        marks = [sum(line) + sum(x[n] for x in e.table) for n, line in enumerate(e.table[:-1])]
        notes += cautions.of_one_value(w, names, marks, unit=t.tr("events"))
    if key.task is None and e.kappa is not None:
        steps.append(Step(t.tr("95%"), _interval(w, e, tasks)))
    counts = (w.counts((*names, t.tr("no mark")), e.table, w.a, w.b),) if e.of else ()
    formula = NO_KAPPA_OF_ONE if is_alone else CHANCE
    return Explanation(
        title, figure, detail, tuple(notes), _window(w, e, key), tuple(steps), t.tr(formula), counts,
        t.tr("Paired events"), _moments(w, row.links),
    )  # fmt: skip


def explain_code(w: Writer, title: str, figure: CodeFigure, event: EventAgreement, key: FigureKey) -> Explanation:
    """One code: counts alone. What neither marked cannot be counted, so nothing can allow for chance."""
    t, c = w.texts, figure
    steps = (
        Step(w.a, t.number(c.a)),
        Step(w.b, t.number(c.b)),
        Step(t.tr("Both the same"), t.number(c.agreed)),
        Step(t.tr("A pair, but the other has another mark"), t.number(c.other)),
        Step(t.tr("only {name}", name=w.a), t.number(c.only_a)),
        Step(t.tr("only {name}", name=w.b), t.number(c.only_b)),
        Step(t.tr("Same, of everything that either marked"), w.part(c.agreed, c.of)),
    )
    told = t.tr(NO_KAPPA_OF_ONE)
    return Explanation(
        title, f"{t.number(c.agreed)} / {t.number(c.of)}", "", tuple(cautions.of_few_events(t, c.of)),
        _window(w, event, key), steps, told, (), t.tr("Paired events"), _moments(w, c.links),
    )  # fmt: skip


def _counted(w: Writer, e: EventAgreement) -> list[Step]:
    t = w.texts
    return [
        Step(t.tr("Events of {name}", name=w.a), t.number(e.a)),
        Step(t.tr("Events of {name}", name=w.b), t.number(e.b)),
        Step(t.tr("Pairs"), t.number(e.paired)),
        Step(t.tr("Pairs of the same mark"), t.number(e.agreed)),
        Step(t.tr("Pairs of two marks"), t.number(e.differing)),
        Step(t.tr("only {name}", name=w.a), t.number(e.a - e.paired)),
        Step(t.tr("only {name}", name=w.b), t.number(e.b - e.paired)),
    ]


def _cross(e: EventAgreement) -> int:
    """Σ r_i c_i over the codes."""
    columns = list(zip(*e.table, strict=True))
    return sum(sum(e.table[n]) * sum(columns[n]) for n in range(len(e.codes)))


def _chance(e: EventAgreement) -> float:
    """Pe of the table with its empty corner: pairs · Σ r_i c_i / (A · B), of everything marked (see `nil_of`)."""
    return e.paired * _cross(e) / (e.a * e.b * e.of)


def _chance_words(w: Writer, e: EventAgreement, chance: float) -> str:
    n = w.texts.number
    return f"{n(e.paired)} × {n(_cross(e))} / ({n(e.a)} × {n(e.b)}) / {n(e.of)} = {w.share(chance)}"


def _interval(w: Writer, e: EventAgreement, tasks: int) -> str:
    t = w.texts
    if e.interval is None:
        return cautions.of_no_interval(w, tasks, e.interval_reason)
    return t.trn(
        "{low}–{high}, {n} task", "{low}–{high}, {n} tasks", e.interval.tasks,
        low=t.coefficient(e.interval.low), high=t.coefficient(e.interval.high),
    )  # fmt: skip


def _window(w: Writer, e: EventAgreement, key: FigureKey) -> tuple[str, ...]:
    """Which time, what allowed, and how many events of the person are in no figure."""
    t, found = w.texts, w.found
    said = [
        t.tr(
            "Counted are the events in the {length} that both coded and that was filmed. A pair is at most {seconds}"
            " apart.",
            length=t.short_clock(sum(s.length for s in found.window)),
            seconds=w.seconds(found.agreement.settings.point_tolerance),
        )
    ]
    if key.task is not None:
        said.append(t.tr("A pair belongs to the task in which its earlier event lies."))
    lost = [_lost(w, own.observations.values(), e) for own in (found.a, found.b)]
    if any(lost) and key.task is None:
        said.append(
            t.tr(
                "Left out: {a} of {first} and {b} of {second}. They, or what they pair with, lie in time that is not"
                " counted.",
                a=t.number(lost[0]), b=t.number(lost[1]), first=w.a, second=w.b,
            )
        )  # fmt: skip
    return tuple(said)


def _lost(w: Writer, observations: Iterable[Observation], e: EventAgreement) -> int:
    """How many of one coder's events of this row are in no figure."""
    rows = [o for o in observations if o.id in w.found.agreement.left_out and o.person == e.person]
    codes = [w.found.scheme.code(o.code) for o in rows]
    return sum(c is not None and c.layer == e.layer and e.dimension in ("", c.dimension) for c in codes)


def _moments(w: Writer, links: Sequence[Link]) -> tuple[Moment, ...]:
    """Each pair and each event that stands alone, with whose marks they are."""
    return tuple(_moment(w, link) for link in links)


def _moment(w: Writer, link: Link) -> Moment:
    found = w.found
    a, b = found.a.observations.get(link.a_id), found.b.observations.get(link.b_id)
    apart = w.seconds(link.end - link.start) if a is not None and b is not None else "–"
    mine, theirs = (w.code(o.code) if o is not None else "–" for o in (a, b))
    end = link.end if link.end > link.start else None
    return Moment(w.texts.short_clock(link.start, digits=1), mine, theirs, apart, link.start, end)
