"""Schemes and instruments as TOML text: the same value gives the same bytes, and reading gives the value back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app.model.instrument import Instrument, Item, Level
from app.model.scheme import Code, Dimension, Group, Layer, Modifier, Scheme, SecondQuestion
from app.model.words import LANGUAGES, Words

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
Lines = Iterator[str]


def write_scheme(scheme: Scheme) -> str:
    """The scheme's file. A scheme that is not finished can be written too."""
    return "\n".join(_scheme(scheme)) + "\n"


def write_instrument(instrument: Instrument) -> str:
    """The instrument's file. One that is not finished can be written too."""
    return "\n".join(_instrument(instrument)) + "\n"


def _scheme(scheme: Scheme) -> Lines:
    yield from _fields(("id", scheme.id), ("version", scheme.version), ("name", scheme.name))
    yield from _fields(("languages", _chosen(scheme.languages)), ("cannot_be_coded", scheme.cannot_be_coded))
    yield from _tables("dimensions", (_dimension(d) for d in scheme.dimensions))
    yield from _tables("groups", (_group(g) for g in scheme.groups))
    yield from _tables("layers", (_layer(y) for y in scheme.layers))
    yield from _tables("codes", (_code(c) for c in scheme.codes))
    yield from _tables("second_pass", (_second_question(q) for q in scheme.second_pass))


def _dimension(d: Dimension) -> Lines:
    return _fields(("id", d.id), ("name", d.name), ("light", d.light or None), ("dark", d.dark or None))


def _group(g: Group) -> Lines:
    return _fields(("id", g.id), ("name", g.name), ("exhaustive", g.exhaustive or None))


def _layer(y: Layer) -> Lines:
    return _fields(("id", y.id), ("key", y.key or None), ("name", y.name))


def _code(c: Code) -> Lines:
    modifiers = _modifiers(c.modifiers)
    return _fields(
        ("id", c.id),
        ("key", c.key),
        ("kind", c.kind),
        ("actor", c.actor),
        ("dimension", c.dimension or None),
        ("group", c.group or None),
        ("layer", c.layer or None),
        ("mark", c.mark or None),
        ("hold", c.hold or None),
        ("name", c.name),
        ("code_when", c.code_when),
        ("not_when", c.not_when),
        ("help", c.help),
        ("modifiers", _Rows(modifiers) if modifiers else None),
        ("covers", list(c.covers) or None),
    )


def _second_question(q: SecondQuestion) -> Lines:
    options = _modifiers(q.options)
    return _fields(
        ("id", q.id), ("name", q.name), ("codes", list(q.codes)), ("options", _Rows(options) if options else None)
    )


def _modifiers(some: Sequence[Modifier]) -> list[str]:
    return [_row(("id", m.id), ("key", m.key or None), ("name", m.name)) for m in some]


def _instrument(i: Instrument) -> Lines:
    yield from _fields(("id", i.id), ("version", i.version), ("name", i.name), ("disclaimer", i.disclaimer))
    yield from _fields(
        ("languages", _chosen(i.languages)),
        ("no_occasion", i.no_occasion),
        ("level", i.level if i.level != Level.SESSION else None),
        ("rights_holder", i.rights_holder or None),
        ("requires_evidence", None if i.requires_evidence else False),
    )
    yield from _tables("anchors", (_fields(("value", a.value), ("name", a.name)) for a in i.anchors))
    yield from _tables(
        "subscales",
        (
            _fields(("id", s.id), ("name", s.name), ("formula", s.formula), ("least_answered", s.least_answered))
            for s in i.subscales
        ),
    )
    yield from _tables("items", (_item(item) for item in i.items))


def _item(item: Item) -> Lines:
    yield from _fields(
        ("id", item.id),
        ("number", item.number),
        ("actor", item.actor),
        ("dimension", item.dimension or None),
        ("subscale", item.subscale or None),
        ("reverse", item.reverse or None),
        ("name", item.name),
    )
    scale = item.scale
    if scale is None:
        return
    anchors = [_row(("value", a.value), ("name", a.name)) for a in scale.anchors]
    yield "[items.scale]"
    yield from _fields(
        ("least", scale.least),
        ("most", scale.most),
        ("step", scale.step),
        ("na_allowed", scale.na_allowed),
        ("anchors", _Rows(anchors) if anchors else None),
    )


def _chosen(languages: tuple[str, ...]) -> list[str] | None:
    """Languages that are not all."""
    return None if languages == LANGUAGES else list(languages)


class _Rows(list[str]):
    """Inline tables, one a line."""


def _tables(name: str, tables: Iterable[Lines]) -> Lines:
    for table in tables:
        yield ""
        yield f"[[{name}]]"
        yield from table


def _fields(*rows: tuple[str, Any]) -> Lines:
    """Lines of a table; what is None is left out."""
    for name, value in rows:
        if value is not None:
            yield f"{name} = {_value(value)}"


def _row(*rows: tuple[str, Any]) -> str:
    return "{ " + ", ".join(_fields(*rows)) + " }"


def _value(value: Any) -> str:
    if isinstance(value, Words):
        return _row(*((language, getattr(value, language)) for language in LANGUAGES))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, _Rows):
        return "[\n" + "".join(f"  {row},\n" for row in value) + "]"
    if isinstance(value, list):
        return _texts(value)
    return _text(str(value))


def _texts(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(_text, values)) + "]"


def _text(text: str) -> str:
    """A basic string of one line: what cannot stand in it is escaped."""
    return '"' + "".join(map(_letter, text)) + '"'


def _letter(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return f"\\u{ord(letter):04x}" if letter < " " or letter == "\x7f" else letter
