"""A worker's own line over the years: what each training coding came to, by its day, and what may be said of it.

A figure tells of its film as well as of its coder. So nothing is called a change that the 95 % intervals of two codings
could both hold: they must lie wholly apart, which chance alone makes of 1 pair in 180 or so (two equal spreads s:
the distance of two such figures has √2 s, and is to exceed 2 · 1.96 s).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.charts.picture import Picture
from app.charts.times import Track, tracks
from app.coding.telling import person_name
from app.i18n import Texts
from app.model.stored import ContentKind, StoredContent, stored_id
from app.model.training import Measured, TrainingFigure, TrainingResult
from app.ports import Store
from app.schemes import library
from app.tables import Cell, Column, Figures, Table

#: what a line is of: states, then the events of each person
Measure = tuple[Measured, str]
Span = tuple[float, float] | None
_ORDER = ((Measured.STATE, "dyad"), (Measured.EVENTS, "adult1"), (Measured.EVENTS, "child1"), (Measured.EVENTS, "dyad"))


def own_results(store: Store) -> tuple[TrainingResult, ...]:
    """The signed-in worker's own, the oldest first; the store gives nobody else's."""
    return tuple(sorted(store.find(TrainingResult), key=lambda r: (r.held, r.id)))


@dataclass(frozen=True, slots=True)
class Drift:
    """A figure of the newest coding that lies wholly apart from an `earlier` one's."""

    measure: Measure
    earlier: TrainingResult
    newest: TrainingResult
    is_lower: bool


def drifts(results: Sequence[TrainingResult]) -> tuple[Drift, ...]:
    """What of the newest coding differs from before, by more than intervals allow: of each measure one at most.

    It is set beside the one before it and the first one, made with the same version of the scheme; of two that it
    differs from the nearer is told.
    """
    ordered = sorted(results, key=lambda r: (r.held, r.id))
    if not ordered:
        return ()
    newest = ordered[-1]
    alike = [r for r in ordered[:-1] if _scheme(r) == _scheme(newest)]
    found = (_drift(measure, alike, newest) for measure in _ORDER)
    return tuple(d for d in found if d is not None)


def _drift(measure: Measure, before: Sequence[TrainingResult], newest: TrainingResult) -> Drift | None:
    there = [r for r in before if _span(r, measure) is not None]
    for earlier in (*there[-1:], *there[:1]):
        if apart := _apart(_span(earlier, measure), _span(newest, measure)):
            return Drift(measure, earlier, newest, apart < 0)
    return None


def _apart(then: Span, now: Span) -> int:
    """−1 where `now` lies wholly below, 1 wholly above, 0 where the two meet or there are no two."""
    if then is None or now is None:
        return 0
    return (now[0] > then[1]) - (now[1] < then[0])


def _span(result: TrainingResult, measure: Measure) -> Span:
    figure = result.figure(*measure)
    return None if figure is None else figure.span


def can_tell(results: Sequence[TrainingResult]) -> bool:
    """Whether the newest and an earlier one, made alike, both have an interval of some measure."""
    if not results:
        return False
    ordered = sorted(results, key=lambda r: (r.held, r.id))
    newest, before = ordered[-1], [r for r in ordered[:-1] if _scheme(r) == _scheme(ordered[-1])]
    return any(_span(newest, m) is not None and any(_span(r, m) is not None for r in before) for m in _ORDER)


def _scheme(result: TrainingResult) -> tuple[str, int]:
    return result.scheme_id, result.scheme_version


# in words


def drift_sentences(texts: Texts, results: Sequence[TrainingResult]) -> tuple[str, ...]:
    """What may be said of a change, calmly; that nothing can be, and why, is said too."""
    t = texts
    if len(results) < 2:
        return ()
    if not can_tell(results):
        return (
            t.tr(
                "Nothing can be said of a change: a figure has an interval when at least five tasks tell of it, and two"
                " codings with the same scheme are needed."
            ),
        )
    found = drifts(results)
    if not found:
        return (t.tr("No change beyond chance: the intervals of the newest coding and the earlier ones meet."),)
    film = t.tr("A figure tells of its film, too. Look at what was different.")
    return (*(_drift_sentence(t, d) for d in found), film)


def _drift_sentence(t: Texts, d: Drift) -> str:
    said = {
        "what": measure_name(t, d.measure),
        "now": _figure(t, d.newest.figure(*d.measure)),
        "day": _day(t, d.newest),
        "then": _figure(t, d.earlier.figure(*d.measure)),
        "earlier": _day(t, d.earlier),
    }
    if d.is_lower:
        return t.tr("{what}: {now} on {day}, lower than {then} on {earlier}; the intervals do not meet.", **said)
    return t.tr("{what}: {now} on {day}, higher than {then} on {earlier}; the intervals do not meet.", **said)


def measure_name(texts: Texts, measure: Measure) -> str:
    """*Vuorovaikutuksen tila*, *Aikuinen, tapahtumat*."""
    measured, person = measure
    if measured == Measured.STATE:
        return texts.tr("State of interaction")
    return texts.tr("{person}, events", person=person_name(texts, person))


def _figure(t: Texts, figure: TrainingFigure | None) -> str:
    """`0,78 (0,55–0,90)`; without an interval the figure alone, and what cannot be computed as a dash."""
    if figure is None or figure.kappa is None:
        return "–"
    kappa = t.coefficient(figure.kappa)
    return kappa if figure.span is None else f"{kappa} ({'–'.join(map(t.coefficient, figure.span))})"


def _day(t: Texts, result: TrainingResult) -> str:
    return t.date(result.held.astimezone().date())


# as chart and table


def line_pictures(texts: Texts, store: Store, results: Sequence[TrainingResult]) -> tuple[Picture, ...]:
    """A chart for each version of a scheme that has at least two codings: other codes are not set beside each other."""
    groups: dict[tuple[str, int], list[TrainingResult]] = {}
    for one in results:
        groups.setdefault(_scheme(one), []).append(one)
    made = (_picture(texts, store, group) for group in groups.values() if len(group) > 1)
    return tuple(p for p in made if p is not None)


def _picture(t: Texts, store: Store, group: Sequence[TrainingResult]) -> Picture | None:
    measures = _measures(group)
    rows = [
        Track(measure_name(t, m), "", [[None if (f := r.figure(*m)) is None else f.kappa for r in group]])
        for m in measures
    ]
    if not rows:
        return None
    years = len({r.held.astimezone().year for r in group}) > 1
    days = [t.date(r.held.astimezone().date(), year=years) for r in group]
    told = "; ".join(
        f"{row.name}: "
        + ", ".join(f"{d} {t.coefficient(v)}" for d, v in zip(days, row.values[0], strict=True) if v is not None)
        for row in rows
    )
    title = t.tr(
        "Alike with the reference, allowing for chance · {scheme}", scheme=scheme_called(t, store, *_scheme(group[0]))
    )
    return Picture(title, told, lambda pen: tracks(rows, days, ("",), t.coefficient, pen))


def _told(t: Texts, days: Sequence[str], values: Sequence[float | None]) -> str:
    """What a line shows, for who hears it."""
    return ", ".join(f"{day} {t.coefficient(v)}" for day, v in zip(days, values, strict=True) if v is not None)


def _measures(results: Iterable[TrainingResult]) -> list[Measure]:
    """Those of which some coding has a figure."""
    held = list(results)
    return [m for m in _ORDER if any((f := r.figure(*m)) is not None and f.kappa is not None for r in held)]


def scheme_called(texts: Texts, store: Store, scheme_id: str, version: int) -> str:
    """The name of a scheme with its version; its id where the archive has it no more."""
    found = store.find(StoredContent, id=stored_id(ContentKind.SCHEME, scheme_id, version))
    name = texts.words(library.scheme_in(found[0].text).name) if found else scheme_id
    return texts.tr("{name}, version {n}", name=name, n=version)


def line_table(texts: Texts, store: Store, results: Sequence[TrainingResult]) -> Table:
    """Each coding in a row, the newest first: its day, how much was coded, and its figures with their intervals."""
    t, f, measures = texts, Figures(texts), _measures(results)
    columns = (
        Column(t.tr("Day")),
        Column(t.tr("Scheme")),
        Column(t.tr("Tasks"), is_figure=True),
        Column(t.tr("Observations"), is_figure=True),
        *(Column(measure_name(t, m), is_figure=True) for m in measures),
    )
    rows = []
    for one in reversed(results):
        own = t.tr("own reference")
        day = f"{_day(t, one)} · {own}" if one.own else _day(t, one)
        figures = (Cell(_figure(t, one.figure(*m)), is_figure=True) for m in measures)
        cells = (
            f.words(day),
            f.words(scheme_called(t, store, *_scheme(one))),
            f.count(one.tasks),
            f.count(one.observations),
        )
        rows.append((*cells, *figures))
    return Table(columns, tuple(rows))
