"""What is not right in a scheme or an instrument: all of it at once, each with its place, for checking while typing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from app.model.colors import LEAST_CONTRAST, is_color, least_contrast
from app.model.content_problems import (
    At,
    Found,
    Problem,
    all_written,
    each,
    is_plain_id,
    known_languages,
    known_ones,
    none_twice,
    plain_content_id,
    plain_ids,
    unwritten_as_one,
)
from app.model.instrument import Anchor, Instrument, Item, Scale
from app.model.observation import FLAG_KEYS
from app.model.scheme import Actor, Code, Dimension, Kind, Layer, Modifier, Scheme, SecondQuestion

#: keys that move and edit; they can never be a code's
RESERVED = ("", " ", "space", "enter", "return", "esc", "escape", "tab", "backspace", "left", "right", "up", "down")
#: keys that may switch to a pass
PASS_KEYS = tuple(f"F{n}" for n in range(2, 13))
MARKS = ("", "supports", "harder")
MOST_POINTS = 21
#: one answer alone would ask nothing
FEWEST_OPTIONS = 2

# schemes


def scheme_problems(scheme: Scheme, taken: Collection[str] = ()) -> tuple[Problem, ...]:
    """All that is not right; empty when the scheme can be coded with. `taken` are the program's own keys, casefolded.

    The order is that of the file: what a scheme is, then its parts, then what does not fit together.
    """
    return unwritten_as_one(_of_scheme(scheme, frozenset(k.casefold() for k in taken)), scheme.languages)


def check_scheme(scheme: Scheme, taken: Collection[str] = ()) -> None:
    """Raises InputError for the first of the problems."""
    for problem in scheme_problems(scheme, taken):
        raise problem.error()


def _of_scheme(scheme: Scheme, taken: frozenset[str]) -> Found:
    yield from plain_content_id(scheme.id)
    yield from known_languages(scheme.languages)
    yield from all_written(At(), scheme, "name")
    for part in ("dimensions", "groups", "layers"):
        rows = getattr(scheme, part)
        yield from plain_ids(part, rows, is_plain_id)
        for at, row in each(part, rows):
            yield from all_written(at, row, "name")
    for at, dimension in each("dimensions", scheme.dimensions):
        yield from _colors(at, dimension)
    yield from _pass_keys(scheme.layers, taken)
    yield from plain_ids("codes", scheme.codes, lambda i: i.isascii() and i.isalnum())
    for at, code in each("codes", scheme.codes):
        yield from _code(at, scheme, code, taken)
    yield from _key_clashes(scheme.codes)
    yield from _mixed_groups(scheme)
    yield from _no_codes(scheme)
    yield from _second_pass(scheme)


def _no_codes(scheme: Scheme) -> Found:
    if not scheme.codes:
        yield At().wrong("scheme-field-missing", "codes", field="codes")
        return
    out = scheme.code(scheme.cannot_be_coded)
    if out is None or out.kind != Kind.STATE:
        yield At().wrong(
            "scheme-value-unknown", "cannot_be_coded", field="cannot_be_coded", value=scheme.cannot_be_coded
        )


def _code(at: At, scheme: Scheme, code: Code, taken: frozenset[str]) -> Found:
    yield from _code_key(at, code, taken)
    for field in ("name", "code_when", "not_when"):
        yield from all_written(at, code, field)
    if code.help is not None:
        yield from all_written(at, code, "help")
    yield from known_ones(at, code, "dimension", (d.id for d in scheme.dimensions))
    yield from known_ones(at, code, "group", (g.id for g in scheme.groups))
    yield from known_ones(at, code, "layer", (y.id for y in scheme.layers))
    yield from known_ones(at, code, "mark", MARKS)
    if code.group and code.kind != Kind.STATE:
        yield at.wrong("scheme-point-in-group", "group")
    if code.mark and code.actor == Actor.CHILD:
        yield at.wrong("scheme-child-with-mark", "mark")
    if code.hold and code.kind != Kind.STATE:
        yield at.wrong("scheme-hold-point", "hold")
    if code.hold and any(g.id == code.group and g.exhaustive for g in scheme.groups):
        yield at.wrong("scheme-hold-in-exhaustive", "hold")
    yield from _modifiers(at, code)


def _code_key(at: At, code: Code, taken: frozenset[str]) -> Found:
    folded = code.key.casefold()
    if not code.key:
        yield at.wrong("scheme-key-missing", "key")
    elif folded in RESERVED or folded in FLAG_KEYS or folded in taken:
        yield at.wrong("scheme-key-reserved", "key", value=code.key)
    elif not _is_one_key(code.key):
        yield at.wrong("scheme-key-not-one", "key", value=code.key)


def _is_one_key(key: str) -> bool:
    return len(key) == 1 and key.isprintable() and not key.isspace()


def _modifiers(at: At, code: Code) -> Found:
    yield from _options(at, code.modifiers, "modifiers")


def _options(at: At, rows: Sequence[Modifier], part: str) -> Found:
    """What is chosen from by a key: each has words, an id and a key of its own."""
    seen: dict[str, str] = {}
    for number, modifier in enumerate(rows, start=1):
        inner, field = at.under(f"{part}[{modifier.id or number}]"), f"{part}.{number - 1}"
        yield from all_written(inner, modifier, "name", field=f"{field}.name")
        if not is_plain_id(modifier.id):
            yield inner.wrong("scheme-id-not-plain", f"{field}.id")
        key = (modifier.key or str(number)).casefold()
        if not _is_one_key(key):
            yield inner.wrong("scheme-key-not-one", f"{field}.key", value=key)
        elif seen.setdefault(key, modifier.id) != modifier.id:
            yield inner.wrong("scheme-key-clash", f"{field}.key", value=key, other=seen[key])
    yield from none_twice(at.under(part), (m.id for m in rows), part)


def _second_pass(scheme: Scheme) -> Found:
    """Each question is asked of events of this scheme, has no code's id, and something to choose from."""
    yield from plain_ids("second_pass", scheme.second_pass, is_plain_id)
    for at, question in each("second_pass", scheme.second_pass):
        yield from all_written(at, question, "name")
        if scheme.code(question.id) is not None:
            yield at.wrong("scheme-twice", "id", value=question.id)
        yield from _second_question(at, scheme, question)


def _second_question(at: At, scheme: Scheme, question: SecondQuestion) -> Found:
    if not question.codes:
        yield at.wrong("second-pass-without-codes", "codes")
    for code_id in question.codes:
        code = scheme.code(code_id)
        if code is None or code.kind != Kind.POINT:
            yield at.wrong("second-pass-no-event", "codes", value=code_id)
    yield from none_twice(at, question.codes, "codes")
    if len(question.options) < FEWEST_OPTIONS:
        yield at.wrong("second-pass-few-options", "options", least=FEWEST_OPTIONS)
    yield from _options(at, question.options, "options")


def _key_clashes(codes: Sequence[Code]) -> Found:
    """Within one pass a key has one code, and all that share it are told; different passes may use the same key."""
    pressed: dict[tuple[str, str], list[int]] = {}
    for number, code in enumerate(codes):
        pressed.setdefault((code.layer, code.key.casefold()), []).append(number)
    for at, code in each("codes", codes):
        others = [n for n in pressed[code.layer, code.key.casefold()] if n != at.number]
        if code.key and others:
            yield at.wrong("scheme-key-clash", "key", value=code.key, other=codes[others[0]].id)


def _pass_keys(layers: Sequence[Layer], taken: frozenset[str]) -> Found:
    seen: dict[str, str] = {}
    for at, layer in each("layers", layers):
        if layer.key not in PASS_KEYS:
            yield at.wrong("scheme-pass-key", "key", value=layer.key)
        elif layer.key.casefold() in taken:
            yield at.wrong("scheme-key-reserved", "key", value=layer.key)
        elif seen.setdefault(layer.key, layer.id) != layer.id:
            yield at.wrong("scheme-key-clash", "key", value=layer.key, other=seen[layer.key])


def _mixed_groups(scheme: Scheme) -> Found:
    """Codes close each other only on one lane: those of a group are of one person and pressed in one pass."""
    first: dict[str, Code] = {}
    for at, code in each("codes", scheme.codes):
        if not code.group:
            continue
        other = first.setdefault(code.group, code)
        if (other.actor, other.layer) != (code.actor, code.layer):
            yield at.wrong("scheme-group-mixed", "group", other=other.id)


def _colors(at: At, dimension: Dimension) -> Found:
    for palette in ("light", "dark"):
        color = getattr(dimension, palette)
        other = dimension.dark if palette == "light" else dimension.light
        if not color:
            if other:
                yield at.wrong("scheme-color-missing", palette)
        elif not is_color(color):
            yield at.wrong("scheme-color-unreadable", palette, value=color)
        elif least_contrast(color, palette) < LEAST_CONTRAST:
            yield at.wrong("scheme-color-faint", palette, value=color)


# instruments


def instrument_problems(instrument: Instrument) -> tuple[Problem, ...]:
    """All that is not right; empty when the instrument can be rated with."""
    return unwritten_as_one(_of_instrument(instrument), instrument.languages)


def check_instrument(instrument: Instrument) -> None:
    """Raises InputError for the first of the problems."""
    for problem in instrument_problems(instrument):
        raise problem.error()


def _of_instrument(instrument: Instrument) -> Found:
    yield from plain_content_id(instrument.id)
    yield from known_languages(instrument.languages)
    for field in ("name", "disclaimer", "no_occasion"):
        yield from all_written(At(), instrument, field)
    yield from _anchors(At(), instrument.anchors)
    if not instrument.anchors and any(i.scale is None for i in instrument.items):
        yield At().wrong("scheme-field-missing", "anchors", field="anchors")
    if not instrument.items:
        yield At().wrong("scheme-field-missing", "items", field="items")
    yield from plain_ids("items", instrument.items, is_plain_id)
    yield from plain_ids("subscales", instrument.subscales, is_plain_id)
    for at, row in each("subscales", instrument.subscales):
        yield from all_written(at, row, "name")
        if row.least_answered < 1:
            yield at.wrong("scheme-too-small", "least_answered", field="least_answered", least=1)
    for at, item in each("items", instrument.items):
        yield from _item(at, instrument, item)


def _item(at: At, instrument: Instrument, item: Item) -> Found:
    yield from all_written(at, item, "name")
    yield from known_ones(at, item, "subscale", (s.id for s in instrument.subscales))
    if item.scale is not None:
        yield from _scale(at, item.scale)


def _scale(at: At, scale: Scale) -> Found:
    if scale.step < 1:
        yield at.wrong("scheme-too-small", "scale.step", field="step", least=1)
    elif scale.most <= scale.least or (scale.most - scale.least) % scale.step:
        yield at.wrong("scheme-scale-ends", "scale.most")
    elif len(scale.points) > MOST_POINTS:
        yield at.wrong("scheme-scale-long", "scale.most", most=MOST_POINTS)
    for number, anchor in enumerate(scale.anchors):
        field = f"scale.anchors.{number}"
        inner = at.under(f"scale.anchors[{anchor.value}]")
        yield from all_written(inner, anchor, "name", field=f"{field}.name")
        if scale.step > 0 and anchor.value not in scale.points:
            yield inner.wrong("scheme-value-unknown", f"{field}.value", field="value", value=anchor.value)
    yield from none_twice(at.under("scale.anchors"), (str(a.value) for a in scale.anchors), "scale.anchors")


def _anchors(top: At, anchors: Sequence[Anchor]) -> Found:
    for at, anchor in each("anchors", anchors):
        yield from all_written(at, anchor, "name")
    yield from none_twice(At("anchors", name="anchors"), (str(a.value) for a in anchors), "value")
    values = sorted({a.value for a in anchors})
    steps = {b - a for a, b in pairwise(values)}
    if len(anchors) == 1 or len(steps) > 1:
        yield top.wrong("scheme-scale-ends", "anchors")
