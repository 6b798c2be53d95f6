"""Schemes and instruments as TOML text: the same value gives the same bytes, and reading gives the value back."""

from __future__ import annotations

from collections.abc import Sequence

from app.model.instrument import Instrument, Item, Level
from app.model.scheme import Code, Dimension, Group, Layer, Modifier, Scheme, SecondQuestion
from app.model.toml_writing import InlineRows, Lines, chosen, fields, row, tables


def write_scheme(scheme: Scheme) -> str:
    """The scheme's file. A scheme that is not finished can be written too."""
    return "\n".join(_scheme(scheme)) + "\n"


def write_instrument(instrument: Instrument) -> str:
    """The instrument's file. One that is not finished can be written too."""
    return "\n".join(_instrument(instrument)) + "\n"


def _scheme(scheme: Scheme) -> Lines:
    yield from fields(("id", scheme.id), ("version", scheme.version), ("name", scheme.name))
    yield from fields(("languages", chosen(scheme.languages)), ("cannot_be_coded", scheme.cannot_be_coded))
    yield from tables("dimensions", (_dimension(d) for d in scheme.dimensions))
    yield from tables("groups", (_group(g) for g in scheme.groups))
    yield from tables("layers", (_layer(y) for y in scheme.layers))
    yield from tables("codes", (_code(c) for c in scheme.codes))
    yield from tables("second_pass", (_second_question(q) for q in scheme.second_pass))


def _dimension(d: Dimension) -> Lines:
    return fields(("id", d.id), ("name", d.name), ("light", d.light or None), ("dark", d.dark or None))


def _group(g: Group) -> Lines:
    return fields(("id", g.id), ("name", g.name), ("exhaustive", g.exhaustive or None))


def _layer(y: Layer) -> Lines:
    return fields(("id", y.id), ("key", y.key or None), ("name", y.name))


def _code(c: Code) -> Lines:
    modifiers = _modifiers(c.modifiers)
    return fields(
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
        ("modifiers", InlineRows(modifiers) if modifiers else None),
        ("covers", list(c.covers) or None),
    )


def _second_question(q: SecondQuestion) -> Lines:
    options = _modifiers(q.options)
    return fields(
        ("id", q.id), ("name", q.name), ("codes", list(q.codes)), ("options", InlineRows(options) if options else None)
    )


def _modifiers(some: Sequence[Modifier]) -> list[str]:
    return [row(("id", m.id), ("key", m.key or None), ("name", m.name)) for m in some]


def _instrument(i: Instrument) -> Lines:
    yield from fields(("id", i.id), ("version", i.version), ("name", i.name), ("disclaimer", i.disclaimer))
    yield from fields(
        ("languages", chosen(i.languages)),
        ("no_occasion", i.no_occasion),
        ("level", i.level if i.level != Level.SESSION else None),
        ("rights_holder", i.rights_holder or None),
        ("requires_evidence", None if i.requires_evidence else False),
    )
    yield from tables("anchors", (fields(("value", a.value), ("name", a.name)) for a in i.anchors))
    yield from tables(
        "subscales",
        (
            fields(("id", s.id), ("name", s.name), ("formula", s.formula), ("least_answered", s.least_answered))
            for s in i.subscales
        ),
    )
    yield from tables("items", (_item(item) for item in i.items))


def _item(item: Item) -> Lines:
    yield from fields(
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
    anchors = [row(("value", a.value), ("name", a.name)) for a in scale.anchors]
    yield "[items.scale]"
    yield from fields(
        ("least", scale.least),
        ("most", scale.most),
        ("step", scale.step),
        ("na_allowed", scale.na_allowed),
        ("anchors", InlineRows(anchors) if anchors else None),
    )
