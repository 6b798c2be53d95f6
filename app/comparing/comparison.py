"""Two independent codings side by side, once both are ready: figures about the workers, and where they differ.

Figures come from before any common view and are about the workers, never about the family. No adjectives.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.casework.meeting_file import MeetingFile, meeting_file
from app.casework.pair import own_headers, pair_ready
from app.coding.opening import instrument_of, read_coding, scheme_of
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.coding import Coding
from app.model.instrument import Instrument, Level
from app.model.meeting import Stretch, intersection
from app.model.scheme import Scheme
from app.model.timecode import Micros
from app.ports import Store
from app.statistics.acts import acts_of
from app.statistics.agreement import Agreement, AgreementSettings, agree, joined
from app.statistics.disagreements import Disagreement, by_weight
from app.statistics.rating_agreement import RatingAgreement, agree_ratings

#: Enter plays a disagreement from 2 s before to 2 s after it
LEAD: Micros = 2_000_000


@dataclass(frozen=True)
class Comparison:
    """Both codings of one meeting and what they have in common. A and B are the meeting's coders in their order."""

    file: MeetingFile
    a: Coding
    b: Coding
    scheme: Scheme
    instrument: Instrument
    agreement: Agreement
    ratings: RatingAgreement

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Everything that differs, the weightiest first."""
        return by_weight((*self.ratings.gaps, *self.agreement.disagreements))

    @property
    def window(self) -> tuple[Stretch, ...]:
        return self.agreement.window


def _agreement(a: Coding, b: Coding, scheme: Scheme, file: MeetingFile, settings: AgreementSettings) -> Agreement:
    """Agreement of the first pass in what both covered, and of each later pass in what both covered of that pass.

    A pass that only one of them made is in no figure: not coded is never taken for nothing happened.
    """
    layer_of = {c.id: c.layer for c in scheme.codes}
    acts = [acts_of(coding, file.length) for coding in (a, b)]
    tasks, numbers = [s.stretch for s in file.segments], [s.number for s in file.segments]
    parts = []
    for layer in ("", *(y.id for y in scheme.layers)):
        covers = [c.header.covered_in(layer) if layer else c.header.covered for c in (a, b)]
        window = intersection(*covers)
        if layer and not window:
            continue
        # time that cannot be coded is marked in the first pass and left out of all
        mine, theirs = (
            [x for x in own if x.code == scheme.cannot_be_coded or layer_of.get(x.code, "") == layer] for own in acts
        )
        parts.append(agree(mine, theirs, scheme, window, settings, tasks, numbers, layer))
    return joined(parts)


def _sheet(coding: Coding, instrument: Instrument) -> dict[str, int | None]:
    """What is compared: the sheet of the whole film, or every task's where the instrument is rated by task."""
    if instrument.level == Level.TASK:
        return {f"{r.item}/{r.segment_id}": r.value for r in coding.ratings.values() if r.segment_id}
    return {r.item: r.value for r in coding.ratings.values() if not r.segment_id}


def _shared_scale(instrument: Instrument) -> tuple[int, int] | None:
    """The scale that all items have; None when they differ: a weighted kappa over several scales says nothing."""
    scales = {(s.least, s.most) for s in (instrument.scale_of(i) for i in instrument.items)}
    return next(iter(scales)) if len(scales) == 1 else None


def comparison(store: Store, meeting_id: str, settings: AgreementSettings | None = None) -> Comparison:
    """Raises NotAllowed(`not-both-ready`) until both are ready, NotAllowed(`schemes-differ`) for two schemes."""
    file = meeting_file(store, meeting_id)
    if not pair_ready(store, meeting_id):
        raise NotAllowed("not-both-ready")
    headers = own_headers(store, meeting_id)
    a, b = (read_coding(store, headers[coder]) for coder in file.meeting.coders)
    if (a.header.scheme_id, a.header.scheme_version) != (b.header.scheme_id, b.header.scheme_version):
        raise NotAllowed("schemes-differ")
    scheme, instrument = scheme_of(store, a.header), instrument_of(store, a.header)
    agreement = _agreement(a, b, scheme, file, settings or AgreementSettings())
    sheets = [_sheet(coding, instrument) for coding in (a, b)]
    if instrument_of(store, b.header) != instrument:
        sheets[1] = {}  # two instruments have nothing to be compared by
    ratings = agree_ratings(sheets[0], sheets[1], _shared_scale(instrument))
    return Comparison(file, a, b, scheme, instrument, agreement, ratings)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure in words: what it is about, the number, and the number that allows for chance."""

    title: str
    figure: str
    detail: str


def person_name(texts: Texts, person: str) -> str:
    """The word for `adult1`, `child1` or `dyad` on the screen."""
    return {
        "adult1": texts.tr("Adult"),
        "adult2": texts.tr("Adult 2"),
        "child1": texts.tr("Child"),
        "dyad": texts.tr("Interaction"),
    }.get(person, person)


def reason_words(texts: Texts, reason: str) -> str:
    """Why a figure cannot be computed."""
    words = {
        "one-category": texts.tr("both used only one mark"),
        "no-events": texts.tr("neither marked any"),
        "one-coder-without-events": texts.tr("only one of the two marked any"),
        "no-pairs": texts.tr("no marks of the two belong together"),
        "several-scales": texts.tr("the items have different scales"),
        "no-units": texts.tr("no time that both covered"),
        "too-few-targets": texts.tr("too few rated items"),
        "zero-variance": texts.tr("all values are the same"),
    }
    unknown = texts.tr("too little to count")
    return texts.tr("not computable: {reason}", reason=words.get(reason, unknown))


def time_sentence(texts: Texts, percent: float | None, kappa: float | None) -> str:
    """*Sama merkintä 86 % ajasta; sattuma huomioiden 0,78.* Empty when there is no percentage."""
    if percent is None:
        return ""
    if kappa is None:
        return texts.tr("Same mark {percent} of the time.", percent=texts.percent(percent))
    return texts.tr(
        "Same mark {percent} of the time; allowing for chance {kappa}.",
        percent=texts.percent(percent),
        kappa=texts.number(kappa, 2),
    )


def figure_lines(texts: Texts, found: Comparison) -> tuple[FigureLine, ...]:
    """The figures of the screen: state of interaction, events of each person, ratings."""
    lines = []
    for row in found.agreement.time_based:
        if row.group and row.percent is not None:
            title = texts.tr("State of interaction") if row.person == "dyad" else _group_name(texts, found, row.group)
            share = texts.tr("{percent} of the time", percent=texts.percent(row.percent))
            lines.append(FigureLine(title, share, _detail(texts, row.kappa, row.interval, row.reason)))
    for event in found.agreement.events:
        if not event.dimension:
            title = texts.tr("{person}, events", person=person_name(texts, event.person))
            share = f"{event.agreed} / {event.of}" if event.of else "–"
            lines.append(FigureLine(title, share, _detail(texts, event.kappa, event.interval, event.reason)))
    lines.append(_rating_line(texts, found.ratings))
    return tuple(lines)


def dimension_lines(texts: Texts, found: Comparison) -> tuple[FigureLine, ...]:
    """The same per person and dimension, for who wants to look closer."""
    lines = []
    for event in found.agreement.events:
        dimension = found.scheme.dimension(event.dimension)
        if dimension is not None:
            title = f"{person_name(texts, event.person)} · {texts.words(dimension.name)}"
            share = f"{event.agreed} / {event.of}" if event.of else "–"
            lines.append(FigureLine(title, share, _detail(texts, event.kappa, event.interval, event.reason)))
    return tuple(lines)


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
    if found.agreement.tasks < 5:
        text += " " + texts.tr("No interval: it needs at least five tasks.")
    return text


def _seconds(texts: Texts, time: Micros) -> str:
    return texts.number(time / 1_000_000, 0 if time % 1_000_000 == 0 else 1)


def _group_name(texts: Texts, found: Comparison, group_id: str) -> str:
    return next((texts.words(g.name) for g in found.scheme.groups if g.id == group_id), group_id)


def _detail(texts: Texts, kappa: float | None, interval: object, reason: str) -> str:
    if kappa is None:
        return reason_words(texts, reason)
    text = texts.tr("allowing for chance {kappa}", kappa=texts.number(kappa, 2))
    low, high = getattr(interval, "low", None), getattr(interval, "high", None)
    if low is not None and high is not None:
        text += f" ({texts.number(low, 2)}–{texts.number(high, 2)})"
    return text


def _rating_line(texts: Texts, ratings: RatingAgreement) -> FigureLine:
    if ratings.exact is None or ratings.within_one is None:
        return FigureLine(texts.tr("Ratings"), "–", reason_words(texts, ratings.reason))
    figure = f"{ratings.same} / {ratings.rated} · ±1 {ratings.near} / {ratings.rated}"
    if ratings.kappa is None:
        return FigureLine(texts.tr("Ratings"), figure, reason_words(texts, ratings.kappa_reason))
    return FigureLine(texts.tr("Ratings"), figure, texts.tr("weighted {kappa}", kappa=texts.number(ratings.kappa, 2)))


@dataclass(frozen=True, slots=True)
class DisagreementLine:
    """A disagreement as a row of the list. No `start`: it is about a rating."""

    when: str
    about: str
    words: str
    start: Micros | None
    end: Micros | None
    source: Disagreement


def disagreement_lines(texts: Texts, found: Comparison) -> tuple[DisagreementLine, ...]:
    return tuple(_line(texts, found, d) for d in found.disagreements)


def _line(texts: Texts, found: Comparison, d: Disagreement) -> DisagreementLine:
    if d.start is None:
        item = found.instrument.item(d.item.partition("/")[0])
        name = texts.words(item.name) if item else d.item
        return DisagreementLine(name, texts.tr("rating"), f"{_value(texts, d.a)} ↔ {_value(texts, d.b)}", None, None, d)
    about = texts.tr("state") if d.kind == "state" else person_name(texts, d.person)
    when = texts.short_clock(d.start, digits=1)
    return DisagreementLine(when, about, f"{_word(texts, found, d.a)} ↔ {_word(texts, found, d.b)}", d.start, d.end, d)


def _value(texts: Texts, value: str) -> str:
    return value or texts.tr("no occasion")


def _word(texts: Texts, found: Comparison, code_id: str) -> str:
    code = found.scheme.code(code_id)
    return texts.words(code.name) if code else (code_id or texts.tr("no mark"))
