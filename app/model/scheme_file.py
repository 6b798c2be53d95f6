"""Schemes, instruments and task lists as TOML text, read into values; what is wrong is said with its place."""

from __future__ import annotations

from typing import TypeVar

from app.errors import InputError
from app.model.content_checks import check_instrument, check_scheme
from app.model.instrument import NOTHING, Anchor, Formula, Instrument, Item, Level, Scale, Subscale
from app.model.plan import TaskCard
from app.model.scheme import Actor, Code, Dimension, Group, Kind, Layer, Modifier, Scheme, SecondQuestion
from app.model.toml_table import Table, parsed
from app.model.words import LANGUAGES

T = TypeVar("T")


def read_scheme(text: str) -> Scheme:
    """The scheme that a TOML text says. Raises InputError with the place of the first thing that is wrong."""
    scheme = parse_scheme(text)
    check_scheme(scheme)
    return scheme


def parse_scheme(text: str) -> Scheme:
    """The scheme as it stands, finished or not. Raises InputError for what cannot be one at all."""
    table = parsed(text)
    scheme = Scheme(
        table.text("id"),
        table.whole("version"),
        table.words("name"),
        table.rows("dimensions", _dimension),
        table.rows("groups", lambda t: Group(t.text("id"), t.words("name"), t.truth("exhaustive"))),
        table.rows("layers", lambda t: Layer(t.text("id"), t.words("name"), t.text("key", ""))),
        table.rows("codes", _code),
        table.text("cannot_be_coded", "DS0"),
        table.texts("languages") or LANGUAGES,
        table.rows("second_pass", _second_question),
    )
    table.end()
    return scheme


def _second_question(t: Table) -> SecondQuestion:
    return SecondQuestion(t.text("id"), t.words("name"), t.texts("codes"), t.rows("options", _modifier))


def _modifier(t: Table) -> Modifier:
    return Modifier(t.text("id"), t.words("name"), t.text("key", ""))


def _dimension(t: Table) -> Dimension:
    return Dimension(t.text("id"), t.words("name"), t.text("light", ""), t.text("dark", ""))


def _code(t: Table) -> Code:
    return Code(
        t.text("id"),
        t.text("key"),
        _one_of(Kind, t, "kind"),
        _one_of(Actor, t, "actor"),
        t.words("name"),
        t.words("code_when"),
        t.words("not_when"),
        t.text("dimension", ""),
        t.text("group", ""),
        t.text("layer", ""),
        t.text("mark", ""),
        t.maybe_words("help"),
        t.rows("modifiers", _modifier),
        t.texts("covers"),
        t.truth("hold"),
    )


def _one_of(kind: type[T], table: Table, name: str, default: str | None = None) -> T:
    value = table.text(name, default)
    try:
        return kind(value)  # type: ignore[call-arg]  # an enumeration is called with its value
    except ValueError as error:
        raise InputError("scheme-value-unknown", place=table.place, field=name, value=value) from error


def read_instrument(text: str) -> Instrument:
    """The rating instrument that a TOML text says. Raises InputError as `read_scheme` does."""
    instrument = parse_instrument(text)
    check_instrument(instrument)
    return instrument


def parse_instrument(text: str) -> Instrument:
    """The instrument as it stands, finished or not. Raises InputError for what cannot be one at all."""
    table = parsed(text)
    instrument = instrument_of(table)
    table.end()
    return instrument


def instrument_of(table: Table) -> Instrument:
    """The instrument that a table says. Raises InputError for what cannot be one at all."""
    return Instrument(
        table.text("id"),
        table.whole("version"),
        table.words("name"),
        table.words("disclaimer"),
        table.rows("anchors", _anchor),
        table.words("no_occasion"),
        table.rows("items", _item),
        _one_of(Level, table, "level", Level.SESSION),
        table.text("rights_holder", ""),
        table.truth("requires_evidence", default=True),
        table.rows("subscales", _subscale),
        table.texts("languages") or LANGUAGES,
    )


def _anchor(t: Table) -> Anchor:
    return Anchor(t.whole("value"), t.maybe_words("name") or NOTHING)


def _subscale(t: Table) -> Subscale:
    return Subscale(
        t.text("id"), t.words("name"), _one_of(Formula, t, "formula", Formula.NONE), t.whole("least_answered", 1)
    )


def _item(t: Table) -> Item:
    return Item(
        t.text("id"),
        t.whole("number"),
        _one_of(Actor, t, "actor"),
        t.words("name"),
        t.text("dimension", ""),
        _scale(t.maybe("scale")),
        t.truth("reverse"),
        t.text("subscale", ""),
    )


def _scale(t: Table | None) -> Scale | None:
    if t is None:
        return None
    found = Scale(
        t.whole("least"),
        t.whole("most"),
        t.whole("step", 1),
        t.rows("anchors", _anchor),
        t.truth("na_allowed", default=True),
    )
    t.end()
    return found


def is_scheme_text(text: str) -> bool:
    """Whether a file that is read in means a scheme; else an instrument. Raises InputError for what is no TOML."""
    return "codes" in parsed(text)


def read_tasks(text: str) -> tuple[TaskCard, ...]:
    """The task cards of a TOML text. Raises InputError as `read_scheme` does."""
    table = parsed(text)
    cards = table.rows("tasks", _task)
    table.end()
    seen: set[str] = set()
    for card in cards:
        if card.id in seen:
            raise InputError("scheme-twice", place="tasks", value=card.id)
        seen.add(card.id)
    return cards


def _task(t: Table) -> TaskCard:
    return TaskCard(
        t.text("id"),
        t.words("name"),
        t.words("text"),
        t.texts("dimensions"),
        t.texts("ages"),
        t.texts("safety"),
        t.maybe_words("materials"),
    )
