"""*Ajassa*: the same adult and child from meeting to meeting. Another adult is never on this sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.charts.picture import Picture
from app.charts.times import Track, tracks
from app.coding.telling import person_name
from app.i18n import Texts
from app.model.scheme import Scheme
from app.model.timecode import SECOND
from app.numbers.numbers import NumberSettings, Point, Series
from app.numbers.sheets.sheet import Choice, Chosen, Sheet, chosen_of, window_words
from app.tables import Cell, Column, Figures, Table, upper

WHAT = "what"
#: kinds of measures that share a scale: rates of one person, shares of one person's states, times
Kind = tuple[str, str]


def over_time(
    texts: Texts, series: Sequence[Series], settings: NumberSettings, who: Callable[[str], str], chosen: Chosen
) -> Sheet:
    """`who` names a worker. Each version of a scheme has its own chart: other codes are not set beside each other."""
    t = texts
    kinds = list(dict.fromkeys(_kind(m) for s in series for p in s.points for m in p.values))
    options = [("/".join(k), _kind_name(t, k)) for k in sorted(kinds, key=_kind_place)]
    kind = chosen_of(chosen, WHAT, options)
    pictures = [_picture(t, group, kind, who) for group in _by_scheme(series)]
    rows = [row for s in series for row in _rows(t, s, kind, who)]
    return Sheet(
        "over-time",
        t.tr("Over time"),
        t.tr("The same adult and child from meeting to meeting, from codings that are ready."),
        (
            t.tr("Meetings stand in their order, not in proportion to the time between them."),
            t.tr("Compare only what was coded alike: the same tasks, the same scheme, the same eyes."),
            t.tr("Answer within {window}.", window=window_words(t, settings.answer)),
        ),
        tuple(p for p in pictures if p is not None),
        _table(t, rows) if rows else None,
        (Choice(WHAT, t.tr("Show"), tuple(options), kind),) if len(options) > 1 else (),
        empty=t.tr("Numbers over time come when a coding of this adult and child is ready."),
    )


def _by_scheme(series: Sequence[Series]) -> list[list[Series]]:
    groups: dict[tuple[str, int], list[Series]] = {}
    for s in series:
        groups.setdefault((s.scheme.id, s.scheme.version), []).append(s)
    return list(groups.values())


def _kind(measure: str) -> Kind:
    what, _, rest = measure.partition("/")
    return (what, rest.split("/")[0]) if what in ("rate", "share") else ("times", "")


def _kind_place(kind: Kind) -> tuple[int, str]:
    return ("rate", "share", "times").index(kind[0]), kind[1]


def _kind_name(t: Texts, kind: Kind) -> str:
    what, person = kind
    if what == "rate":
        return t.tr("{person}: observations a minute", person=person_name(t, person))
    if what == "share":
        return t.tr("{person}: states, share of the time", person=person_name(t, person))
    return t.tr("Answers and contact returning, median")


def _measure_name(t: Texts, scheme: Scheme, measure: str) -> str:
    what, _, rest = measure.partition("/")
    name = rest.split("/")[-1]
    if what == "rate":
        found = scheme.dimension(name)
        return t.words(found.name) if found else name
    if what == "share":
        code = scheme.code(name)
        return upper(t.words(code.name)) if code else name
    return t.tr("From seeking to answer") if what == "answer" else t.tr("Until contact returned")


def _write(t: Texts, kind: str) -> Callable[[float], str]:
    if kind == "rate":
        return lambda x: t.number(x, 1)
    if kind == "share":
        return t.percent
    return lambda x: f"{t.number(x / SECOND, 1)}\u00a0s"


def _measures(group: Sequence[Series], kind: str) -> list[str]:
    """Measures of a kind in the order of the scheme."""
    scheme = group[0].scheme
    found = {m for s in group for p in s.points for m in p.values if "/".join(_kind(m)) == kind}
    order = [*(d.id for d in scheme.dimensions), *(c.id for c in scheme.codes)]
    last = {m: m.split("/")[-1] for m in found}
    return sorted(found, key=lambda m: (order.index(last[m]) if last[m] in order else -1, m))


def _meetings(group: Sequence[Series]) -> list[Point]:
    found = {p.meeting_id: p for s in reversed(group) for p in s.points}
    return sorted(found.values(), key=lambda p: (p.day, p.meeting_id))


def _picture(t: Texts, group: Sequence[Series], kind: str, who: Callable[[str], str]) -> Picture | None:
    scheme, days, measures = group[0].scheme, _meetings(group), _measures(group, kind)
    if not measures:
        return None
    what, person = kind.split("/")
    write = _write(t, what)
    rows = [
        Track(
            _measure_name(t, scheme, m),
            m.split("/")[-1] if m.startswith("rate/") else "",
            [[_value(s, day, m) for day in days] for s in group],
        )
        for m in measures
    ]
    labels = [t.date(p.day, year=len({x.day.year for x in days}) > 1) for p in days]
    coders = [who(s.coder) for s in group]
    told = "; ".join(
        f"{coder}, {row.name}: "
        + ", ".join(f"{day} {write(v)}" for day, v in zip(labels, line, strict=True) if v is not None)
        for row in rows
        for coder, line in zip(coders, row.values, strict=True)
    )
    title = f"{_kind_name(t, (what, person))} · {t.words(scheme.name)}"
    return Picture(title, told, lambda pen: tracks(rows, labels, coders, write, pen))


def _value(series: Series, day: Point, measure: str) -> float | None:
    point = next((p for p in series.points if p.meeting_id == day.meeting_id), None)
    return point.values.get(measure) if point else None


def _rows(t: Texts, series: Series, kind: str, who: Callable[[str], str]) -> Iterator[tuple[Cell, ...]]:
    f, what = Figures(t), kind.partition("/")[0]
    write = {"rate": f.rate, "share": f.share, "times": f.seconds}.get(what, f.rate)
    for point in series.points:
        for measure in _measures([series], kind):
            if measure in point.values:
                yield (
                    f.words(t.date(point.day)),
                    f.words(who(series.coder)),
                    f.words(upper(_measure_name(t, series.scheme, measure))),
                    write(point.values[measure]),
                    f.time(point.covered),
                )


def _table(t: Texts, rows: list[tuple[Cell, ...]]) -> Table:
    columns = (
        Column(t.tr("Meeting")),
        Column(t.tr("Coded by")),
        Column(t.tr("Figure")),
        Column(t.tr("Value"), t.tr("Value (per minute, percent or s)"), is_figure=True),
        Column(t.tr("Covered"), t.tr("Covered (s)"), is_figure=True),
    )
    return Table(columns, tuple(rows))
