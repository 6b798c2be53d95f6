"""The figures of a comparison in words, as sentences and as lines. No adjectives, the number first."""

from __future__ import annotations

from dataclasses import dataclass

from app.coding.telling import person_name, unfilmed_sentence
from app.comparing.comparison import Comparison
from app.comparing.figure_key import About, FigureKey
from app.i18n import Texts
from app.model.timecode import Micros
from app.statistics.event_agreement import EventAgreement
from app.statistics.figure import Reason
from app.statistics.intervals import FEWEST_TASKS
from app.statistics.rating_agreement import RatingAgreement
from app.statistics.time_agreement import TimeAgreement


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure in words: what it is about, the number, and the number that allows for chance."""

    title: str
    figure: str
    detail: str
    key: FigureKey


def reason_words(texts: Texts, reason: Reason) -> str:
    """Why a figure cannot be computed."""
    words = {
        Reason.ONE_CATEGORY: texts.tr("both used only one mark"),
        Reason.ONE_CATEGORY_ONE_WAY: texts.tr("in one direction only one mark is left"),
        Reason.NO_EVENTS: texts.tr("neither marked any"),
        Reason.ONE_CODER_WITHOUT_EVENTS: texts.tr("only one of the two marked any"),
        Reason.NO_PAIRS: texts.tr("no marks of the two belong together"),
        Reason.SEVERAL_SCALES: texts.tr("the items have different scales"),
        Reason.NO_UNITS: texts.tr("no time that both covered"),
        Reason.TOO_FEW_TARGETS: texts.tr("too few rated items"),
        Reason.ZERO_VARIANCE: texts.tr("all values are the same"),
        Reason.TARGETS_ALIKE: texts.tr("what was judged does not differ on average"),
        Reason.RATERS_APART: texts.tr("the workers are always equally far apart, and what was judged does not differ"),
        Reason.LESS_THAN_CHANCE: texts.tr("what was judged differs less than the workers do"),
        Reason.UNEQUAL_RATERS: texts.tr("not everything was judged by as many workers"),
        Reason.NO_SHARED_TARGET: texts.tr("nothing was judged by two"),
    }
    unknown = texts.tr("too little to count")
    return texts.tr("not computable: {reason}", reason=words.get(reason, unknown))


def time_sentence(texts: Texts, percent: float | None, kappa: float | None, tolerance: Micros) -> str:
    """The sentence *Sama merkintä 86 % ajasta, kun 1 s:n ero sallitaan; sattuma huomioiden 0,78*.

    `percent` is 0 to 1; empty where there is none. `tolerance` of the states, µs.
    """
    if percent is None:
        return ""
    said = {"percent": texts.percent(percent), "seconds": _seconds(texts, tolerance)}
    if kappa is None:
        return texts.tr("Same mark {percent} of the time, when a difference of {seconds} s is allowed.", **said)
    return texts.tr(
        "Same mark {percent} of the time, when a difference of {seconds} s is allowed; allowing for chance {kappa}.",
        **said,
        kappa=texts.coefficient(kappa),
    )


def event_sentence(texts: Texts, event: EventAgreement, tolerance: Micros) -> str:
    """*Aikuisen tapahtumista 19 / 33 merkittiin samoin, kun 2 s:n ero sallitaan; sattuma huomioiden 0,31*.

    Empty where nobody marked any. `tolerance` of the events, µs.
    """
    if not event.of:
        return ""
    said = {
        "person": person_name(texts, event.person),
        "agreed": texts.number(event.agreed),
        "of": texts.number(event.of),
        "seconds": _seconds(texts, tolerance),
    }
    if event.kappa is None:
        return texts.tr(
            "{person}, events: {agreed} of {of} marked alike, when a difference of {seconds} s is allowed.", **said
        )
    return texts.tr(
        "{person}, events: {agreed} of {of} marked alike, when a difference of {seconds} s is allowed; allowing for"
        " chance {kappa}.",
        **said,
        kappa=texts.coefficient(event.kappa),
    )


def rating_sentence(texts: Texts, ratings: RatingAgreement) -> str:
    """*Arvioista 10 / 17 oli samoja ja 16 / 17 enintään yhden päässä*; empty where nothing was rated."""
    if not ratings.rated:
        return ""
    return texts.trn(
        "Of {n} rating {same} is the same, {near} at most one point apart.",
        "Of {n} ratings {same} are the same, {near} at most one point apart.",
        ratings.rated,
        same=texts.number(ratings.same),
        near=texts.number(ratings.near),
    )


def figure_lines(texts: Texts, found: Comparison) -> tuple[FigureLine, ...]:
    """The figures of the screen: state of interaction, events of each person, ratings."""
    lines = []
    for row in found.agreement.time_based:
        if row.group and row.percent is not None:
            key = FigureKey(About.STATE, row.person, row.group)
            share = texts.tr("{percent} of the time", percent=texts.percent(row.percent))
            detail = _chance(texts, row, found.agreement.tasks)
            lines.append(FigureLine(title_of(texts, found, key), share, detail, key))
    events = (e for e in found.agreement.events if not e.dimension and (e.offered or e.of))
    lines.extend(_event_line(texts, found, event) for event in events)
    lines.append(_rating_line(texts, found.ratings))
    return tuple(lines)


def dimension_lines(texts: Texts, found: Comparison) -> tuple[FigureLine, ...]:
    """The same per person and dimension, for who wants to look closer."""
    return tuple(
        _event_line(texts, found, event)
        for event in found.agreement.events
        if found.scheme.dimension(event.dimension) is not None
    )


def title_of(texts: Texts, found: Comparison, key: FigureKey) -> str:
    """What a figure is about, without its task: *Aikuinen, tapahtumat*, *Lapsi · Hoiva*, *Aikuinen · ohjaa*."""
    if key.about == About.RATINGS:
        return " · ".join(x for x in (texts.tr("Ratings"), _rated_of(texts, found, key.of)) if x)
    if key.about == About.STATE:
        return _state_title(texts, found, key)
    person, scheme = person_name(texts, key.person), found.scheme
    layer = next((f" · {texts.words(x.name)}" for x in scheme.layers if x.id == key.layer), "")
    if not key.of:
        return texts.tr("{person}, events", person=person) + layer
    named = scheme.code(key.of) if key.about == About.CODE else scheme.dimension(key.of)
    return f"{person} · {texts.words(named.name) if named is not None else key.of}{layer}"


def _rated_of(texts: Texts, found: Comparison, of: str) -> str:
    """Of whom or of which dimension some ratings are."""
    dimension = found.scheme.dimension(of)
    actors = {"adult": "adult1", "child": "child1", "dyad": "dyad"}
    return texts.words(dimension.name) if dimension is not None else person_name(texts, actors.get(of, of))


def _state_title(texts: Texts, found: Comparison, key: FigureKey) -> str:
    code = found.scheme.code(key.of)
    if code is not None:
        return texts.tr("{what}, on or off", what=f"{person_name(texts, key.person)} · {texts.words(code.name)}")
    return texts.tr("State of interaction") if key.person == "dyad" else _group_name(texts, found, key.of)


def _event_line(texts: Texts, found: Comparison, event: EventAgreement) -> FigureLine:
    """`19 / 33` is agreed of everything that either marked; a single code has no kappa to allow for chance by."""
    key = FigureKey(About.EVENTS, event.person, event.dimension, layer=event.layer)
    share = f"{texts.number(event.agreed)} / {texts.number(event.of)}" if event.of else "–"
    single = event.offered == 1 and event.reason == Reason.ONE_CATEGORY
    detail = _told(
        texts,
        "" if single else _chance(texts, event, found.agreement.tasks),
        indicative=event.indicative and event.of > 0,
    )
    return FigureLine(title_of(texts, found, key), share, detail, key)


def settings_sentence(texts: Texts, found: Comparison) -> str:
    """Tolerances, unit and what was left out: printed with every figure."""
    settings, units = found.agreement.settings, found.agreement.excluded_units
    text = texts.tr(
        "Allowed difference: state ±{state} s, event ±{point} s. Unit {unit} s.",
        state=_seconds(texts, settings.state_tolerance),
        point=_seconds(texts, settings.point_tolerance),
        unit=_seconds(texts, settings.unit),
    )
    if units:
        text += " " + texts.trn("{n} unit that cannot be coded is left out.", "{n} units that cannot be coded are left out.", units)  # fmt: skip  # noqa: E501  one sentence in both numbers
    if found.unfilmed:
        text = f"{text} {unfilmed_sentence(texts, found.unfilmed)}".rstrip()
    if found.agreement.tasks < FEWEST_TASKS:
        text += " " + texts.tr("No interval: it needs at least five tasks.")
    return text


def _seconds(texts: Texts, time: Micros) -> str:
    return texts.number(time / 1_000_000, 0 if time % 1_000_000 == 0 else 1)


def _group_name(texts: Texts, found: Comparison, group_id: str) -> str:
    return next((texts.words(g.name) for g in found.scheme.groups if g.id == group_id), group_id)


def _chance(texts: Texts, row: TimeAgreement | EventAgreement, tasks: int) -> str:
    """What allows for chance, with its interval and the number of tasks that it rests on; else why there is none.

    `tasks` is how many the whole comparison has: fewer than five are told once for all rows.
    """
    if row.kappa is None:
        return reason_words(texts, row.reason)
    text, interval = texts.tr("allowing for chance {kappa}", kappa=texts.coefficient(row.kappa)), row.interval
    if interval is None:
        return text if tasks < FEWEST_TASKS else f"{text} ({_no_interval(texts, row.interval_reason)})"
    span = texts.trn(
        "95% {low}–{high}, {n} task", "95% {low}–{high}, {n} tasks", interval.tasks,
        low=texts.coefficient(interval.low), high=texts.coefficient(interval.high),
    )  # fmt: skip
    return f"{text} ({span})"


def _no_interval(texts: Texts, why: Reason) -> str:
    if why == Reason.FEWER_THAN_FIVE_TASKS:
        return texts.tr("no interval: fewer than five tasks tell of it")
    return texts.tr("no interval: the tasks are too alike")


def _told(texts: Texts, detail: str, *, indicative: bool) -> str:
    """With the warning that few events or items only point in a direction (domain 3.4)."""
    return "; ".join(x for x in (detail, texts.tr("only indicative") if indicative else "") if x)


def _rating_line(texts: Texts, ratings: RatingAgreement) -> FigureLine:
    title, key = texts.tr("Ratings"), FigureKey(About.RATINGS)
    if not ratings.rated:
        return FigureLine(title, "–", reason_words(texts, ratings.reason), key)
    figure = texts.tr(
        "same {same} / {rated}, at most one apart {near} / {rated}",
        same=texts.number(ratings.same),
        near=texts.number(ratings.near),
        rated=texts.number(ratings.rated),
    )
    detail = reason_words(texts, ratings.kappa_reason)
    if ratings.kappa is not None:
        detail = texts.tr("allowing for chance, weighted {kappa}", kappa=texts.coefficient(ratings.kappa))
    return FigureLine(title, figure, _told(texts, detail, indicative=ratings.indicative), key)
