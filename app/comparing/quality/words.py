"""The pairs' quality in words: what is counted and what is not, what a figure is about, and what it is called."""

from __future__ import annotations

from app.coding.telling import person_name
from app.comparing.quality.counting import Of, Quality, QualityKey
from app.comparing.quality.gathering import StateKey
from app.comparing.words import reason_words
from app.i18n import Texts
from app.model.scheme import Scheme
from app.statistics.agreement import PERSONS
from app.statistics.figure import Reason
from app.statistics.pair_quality import FEWEST_MEETINGS, SAME_WORKERS, Told, Two
from app.tables import upper


def about_words(t: Texts) -> str:
    """Whom the figures are about, and whom not."""
    return t.tr(
        "The figures tell how alike the pairs code. They are not about the families and not about any one worker; the"
        " pairs are in the order of their names."
    )


def brackets_words(t: Texts) -> str:
    """What stands in brackets behind a figure."""
    return t.tr("In brackets the interval of 95%: it leaves out one meeting at a time.")


def counted_words(t: Texts, made: Quality) -> tuple[str, ...]:
    """How many meetings are in it, and how many are not and why."""
    counted = t.trn(
        "{n} meeting, of which both codings are ready and open to you.",
        "{n} meetings, of which both codings are ready and open to you.",
        len(made.office.meetings),
    )
    return (counted, *left_out_words(t, made))


def left_out_words(t: Texts, made: Quality) -> tuple[str, ...]:
    """How many meetings cannot be read, and why."""
    office, said = made.office, []
    if office.in_progress:
        said.append(
            t.trn(
                "Left out: {n} meeting whose codings are not both ready.",
                "Left out: {n} meetings whose codings are not both ready.",
                office.in_progress,
            )
        )
    if office.awaited:
        said.append(
            t.trn(
                "Left out: {n} meeting that opens when one of its coders signs in.",
                "Left out: {n} meetings that open when one of their coders signs in.",
                office.awaited,
            )
        )
    return tuple(said)


def too_few_words(t: Texts, made: Quality) -> str:
    """Instead of every figure, while there are not enough meetings."""
    return t.trn(
        "Quality of pairs is told from {least} meetings on. So far there is {n}.",
        "Quality of pairs is told from {least} meetings on. So far there are {n}.",
        len(made.office.meetings),
        least=FEWEST_MEETINGS,
    )


def lacking_words(t: Texts, made: Quality) -> tuple[str, ...]:
    """Which pairs, forms and schemes have not enough meetings of their own: their number alone."""
    office, said = made.office, []
    pairs = [f"{pair_name(t, made, two)} ({t.number(n)})" for two, n in in_order(t, made) if n < FEWEST_MEETINGS]
    if pairs:
        names = ", ".join(pairs)
        said.append(
            t.tr("Fewer than {least} meetings, so no table of their own: {names}.", least=FEWEST_MEETINGS, names=names)
        )
    contents = [(source_name(t, made, key), len(held.meetings)) for key, held in sorted(office.forms.items())]
    contents += [(source_name(t, made, key), len(held.meetings)) for key, held in sorted(office.schemes.items())]
    few = [f"{name} ({t.number(n)})" for name, n in contents if n < FEWEST_MEETINGS]
    if few:
        names = ", ".join(few)
        said.append(t.tr("Fewer than {least} meetings, so no figures: {names}.", least=FEWEST_MEETINGS, names=names))
    return tuple(said)


def in_order(t: Texts, made: Quality) -> list[tuple[Two, int]]:
    """Every pair with its meetings, by name."""
    return sorted(made.pairs.items(), key=lambda pair: (pair_name(t, made, pair[0]).casefold(), pair[0]))


def names_of(made: Quality, two: Two) -> tuple[str, str]:
    """What two workers are called, whole; a letter where a name is not known."""
    first, second = (made.office.names.get(worker, "") for worker in two)
    return first or "A", second or "B"


def pair_name(t: Texts, made: Quality, two: Two | None) -> str:
    """*Aino Aalto ja Kaisa Koski*, the first by the alphabet; all pairs together without one."""
    if two is None:
        return t.tr("All pairs")
    return t.listed(sorted(names_of(made, two), key=str.casefold))


def source_name(t: Texts, made: Quality, source: str) -> str:
    """A form or a scheme with its version."""
    office = made.office
    content = office.forms[source].instrument if source in office.forms else office.schemes[source].scheme
    return t.tr("{name}, version {n}", name=t.words(content.name), n=content.version)


def subject_name(t: Texts, made: Quality, key: QualityKey) -> str:
    """What a figure is about: an item, a group of states, a person's events."""
    if key.of == Of.ITEM:
        item = made.office.forms[key.source].instrument.item(key.item)
        return f"{item.number} {t.words(item.name)}" if item is not None else key.item
    scheme = made.office.schemes[key.source].scheme
    if key.state is not None:
        return _state_name(t, scheme, key.state)
    assert key.events is not None, "it is about events"
    person = t.tr("{person}, events", person=person_name(t, key.events.person))
    if key.events.dimension:
        named = scheme.dimension(key.events.dimension)
        person = f"{person_name(t, key.events.person)} · {t.words(named.name) if named else key.events.dimension}"
    layer = next((f" · {t.words(x.name)}" for x in scheme.layers if x.id == key.events.layer), "")
    return person + layer


def place_of(made: Quality, key: QualityKey) -> tuple[int, ...]:
    """Where a figure stands among those of its form or scheme: by these, never by how large it is."""
    if key.of == Of.ITEM:
        return (next(n for n, i in enumerate(made.office.forms[key.source].instrument.items) if i.id == key.item),)
    scheme = made.office.schemes[key.source].scheme
    if key.state is not None:
        groups, codes = [g.id for g in scheme.groups], [c.id for c in scheme.codes]
        if key.state.of in groups:
            return 0, groups.index(key.state.of)
        return 1, codes.index(key.state.of) if key.state.of in codes else len(codes)
    assert key.events is not None, "it is about events"
    layers = ["", *(x.id for x in scheme.layers)]
    dimensions = ["", *(d.id for d in scheme.dimensions)]
    person = PERSONS.index(key.events.person) if key.events.person in PERSONS else len(PERSONS)
    return layers.index(key.events.layer), person, dimensions.index(key.events.dimension)


def _state_name(t: Texts, scheme: Scheme, key: StateKey) -> str:
    group = next((g for g in scheme.groups if g.id == key.of), None)
    if group is not None:
        return t.tr("State of interaction") if key.person == "dyad" else upper(t.words(group.name))
    code = scheme.code(key.of)
    name = t.words(code.name) if code is not None else key.of
    return t.tr("{what}, on or off", what=f"{person_name(t, key.person)} · {name}")


def icc_name(t: Texts, form: str) -> str:
    """By what it means, then by its number (Shrout & Fleiss)."""
    if form == SAME_WORKERS:
        return t.tr("Intraclass correlation, absolute agreement of the same two: ICC(2,1)")
    return t.tr("Intraclass correlation, workers who change from meeting to meeting: ICC(1,1)")


def icc_column(t: Texts, two: Two | None) -> str:
    """The same above a column."""
    return t.tr("ICC, workers change") if two is None else t.tr("ICC, absolute agreement")


def told(t: Texts, figure: Told | None) -> str:
    """`0,71 (0,58–0,82)`, without an interval where there is none; a dash where it cannot be computed."""
    if figure is None or figure.figure.value is None:
        return "–"
    number, interval = t.coefficient(figure.figure.value), figure.interval
    return number if interval is None else f"{number} ({t.coefficient(interval.low)}–{t.coefficient(interval.high)})"


def interval_words(t: Texts, figure: Told) -> str:
    """The interval alone, or why there is none."""
    if figure.interval is not None:
        return t.trn(
            "{low}–{high}, {n} meeting", "{low}–{high}, {n} meetings", figure.interval.tasks,
            low=t.coefficient(figure.interval.low), high=t.coefficient(figure.interval.high),
        )  # fmt: skip
    if figure.interval_reason == Reason.UNDEFINED_WITHOUT_A_TASK:
        return t.tr("no interval: without one of the meetings the figure cannot be computed")
    return t.tr("no interval: the meetings are too alike")


def value_words(t: Texts, figure: Told) -> str:
    """The number, or why it cannot be computed."""
    value = figure.figure.value
    return reason_words(t, figure.figure.reason) if value is None else t.coefficient(value)
