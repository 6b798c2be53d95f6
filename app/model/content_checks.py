"""What is not right in a scheme or an instrument: all of it at once, each with its place, for checking while typing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from app.errors import InputError
from app.model.colors import LEAST_CONTRAST, is_color, least_contrast
from app.model.instrument import Anchor, Instrument, Item, Scale
from app.model.observation import FLAG_KEYS
from app.model.scheme import Actor, Code, Dimension, Kind, Layer, Modifier, Scheme, SecondQuestion
from app.model.words import LANGUAGES, Words

#: keys that move and edit; they can never be a code's
RESERVED = ("", " ", "space", "enter", "return", "esc", "escape", "tab", "backspace", "left", "right", "up", "down")
#: keys that may switch to a pass
PASS_KEYS = tuple(f"F{n}" for n in range(2, 13))
MARKS = ("", "supports", "harder")
MOST_POINTS = 21
#: one answer alone would ask nothing
FEWEST_OPTIONS = 2
#: a text is not written yet: nothing is wrong, only unfinished
UNWRITTEN = "scheme-language-missing"
_CONTENT_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not right.

    `key` and `values` choose and fill its sentence; `part` and `number` say of which entry (`codes`, 3), `field` which
    of its fields (`name.sv`); `place` is the same as a person finds it in a file.
    """

    key: str
    part: str = ""
    number: int = -1
    field: str = ""
    place: str = "file"
    values: tuple[tuple[str, object], ...] = ()

    @property
    def is_unwritten(self) -> bool:
        """Whether something is only not written yet: no mistake of anybody's."""
        return self.key == UNWRITTEN

    def error(self) -> InputError:
        return InputError(self.key, **{**dict(self.values), "place": self.place})


Found = Iterator[Problem]


@dataclass(frozen=True, slots=True)
class _At:
    """The place that is being looked at."""

    part: str = ""
    number: int = -1
    name: str = ""

    def wrong(self, key: str, field: str = "", /, **values: object) -> Problem:
        return Problem(key, self.part, self.number, field, self.name or "file", tuple(values.items()))

    def under(self, inner: str) -> _At:
        return _At(self.part, self.number, f"{self.name}.{inner}".lstrip("."))


def _each(part: str, rows: Sequence[Any]) -> Iterator[tuple[_At, Any]]:
    for number, row in enumerate(rows):
        ident = getattr(row, "id", getattr(row, "value", "")) or number + 1
        yield _At(part, number, f"{part}[{ident}]"), row


# schemes


def scheme_problems(scheme: Scheme, taken: Collection[str] = ()) -> tuple[Problem, ...]:
    """All that is not right; empty when the scheme can be coded with. `taken` are the program's own keys, casefolded.

    The order is that of the file: what a scheme is, then its parts, then what does not fit together.
    """
    return _unwritten_as_one(_of_scheme(scheme, frozenset(k.casefold() for k in taken)), scheme.languages)


def check_scheme(scheme: Scheme, taken: Collection[str] = ()) -> None:
    """Raises InputError for the first of the problems."""
    for problem in scheme_problems(scheme, taken):
        raise problem.error()


def _of_scheme(scheme: Scheme, taken: frozenset[str]) -> Found:
    yield from _content_id(scheme.id)
    yield from _languages(scheme.languages)
    yield from _words(_At(), scheme, "name")
    for part in ("dimensions", "groups", "layers"):
        rows = getattr(scheme, part)
        yield from _ids(part, rows, _is_plain_id)
        for at, row in _each(part, rows):
            yield from _words(at, row, "name")
    for at, dimension in _each("dimensions", scheme.dimensions):
        yield from _colors(at, dimension)
    yield from _pass_keys(scheme.layers, taken)
    yield from _ids("codes", scheme.codes, lambda i: i.isascii() and i.isalnum())
    for at, code in _each("codes", scheme.codes):
        yield from _code(at, scheme, code, taken)
    yield from _key_clashes(scheme.codes)
    yield from _mixed_groups(scheme)
    yield from _no_codes(scheme)
    yield from _second_pass(scheme)


def _no_codes(scheme: Scheme) -> Found:
    if not scheme.codes:
        yield _At().wrong("scheme-field-missing", "codes", field="codes")
        return
    out = scheme.code(scheme.cannot_be_coded)
    if out is None or out.kind != Kind.STATE:
        yield _At().wrong(
            "scheme-value-unknown", "cannot_be_coded", field="cannot_be_coded", value=scheme.cannot_be_coded
        )


def _code(at: _At, scheme: Scheme, code: Code, taken: frozenset[str]) -> Found:
    yield from _code_key(at, code, taken)
    for field in ("name", "code_when", "not_when"):
        yield from _words(at, code, field)
    if code.help is not None:
        yield from _words(at, code, "help")
    yield from _known(at, code, "dimension", (d.id for d in scheme.dimensions))
    yield from _known(at, code, "group", (g.id for g in scheme.groups))
    yield from _known(at, code, "layer", (y.id for y in scheme.layers))
    yield from _known(at, code, "mark", MARKS)
    if code.group and code.kind != Kind.STATE:
        yield at.wrong("scheme-point-in-group", "group")
    if code.mark and code.actor == Actor.CHILD:
        yield at.wrong("scheme-child-with-mark", "mark")
    if code.hold and code.kind != Kind.STATE:
        yield at.wrong("scheme-hold-point", "hold")
    if code.hold and any(g.id == code.group and g.exhaustive for g in scheme.groups):
        yield at.wrong("scheme-hold-in-exhaustive", "hold")
    yield from _modifiers(at, code)


def _code_key(at: _At, code: Code, taken: frozenset[str]) -> Found:
    folded = code.key.casefold()
    if not code.key:
        yield at.wrong("scheme-key-missing", "key")
    elif folded in RESERVED or folded in FLAG_KEYS or folded in taken:
        yield at.wrong("scheme-key-reserved", "key", value=code.key)
    elif not _is_one_key(code.key):
        yield at.wrong("scheme-key-not-one", "key", value=code.key)


def _is_one_key(key: str) -> bool:
    return len(key) == 1 and key.isprintable() and not key.isspace()


def _modifiers(at: _At, code: Code) -> Found:
    yield from _options(at, code.modifiers, "modifiers")


def _options(at: _At, rows: Sequence[Modifier], part: str) -> Found:
    """What is chosen from by a key: each has words, an id and a key of its own."""
    seen: dict[str, str] = {}
    for number, modifier in enumerate(rows, start=1):
        inner, field = at.under(f"{part}[{modifier.id or number}]"), f"{part}.{number - 1}"
        yield from _words(inner, modifier, "name", field=f"{field}.name")
        if not _is_plain_id(modifier.id):
            yield inner.wrong("scheme-id-not-plain", f"{field}.id")
        key = (modifier.key or str(number)).casefold()
        if not _is_one_key(key):
            yield inner.wrong("scheme-key-not-one", f"{field}.key", value=key)
        elif seen.setdefault(key, modifier.id) != modifier.id:
            yield inner.wrong("scheme-key-clash", f"{field}.key", value=key, other=seen[key])
    yield from _twice(at.under(part), (m.id for m in rows), part)


def _second_pass(scheme: Scheme) -> Found:
    """Each question is asked of events of this scheme, has no code's id, and something to choose from."""
    yield from _ids("second_pass", scheme.second_pass, _is_plain_id)
    for at, question in _each("second_pass", scheme.second_pass):
        yield from _words(at, question, "name")
        if scheme.code(question.id) is not None:
            yield at.wrong("scheme-twice", "id", value=question.id)
        yield from _second_question(at, scheme, question)


def _second_question(at: _At, scheme: Scheme, question: SecondQuestion) -> Found:
    if not question.codes:
        yield at.wrong("second-pass-without-codes", "codes")
    for code_id in question.codes:
        code = scheme.code(code_id)
        if code is None or code.kind != Kind.POINT:
            yield at.wrong("second-pass-no-event", "codes", value=code_id)
    yield from _twice(at, question.codes, "codes")
    if len(question.options) < FEWEST_OPTIONS:
        yield at.wrong("second-pass-few-options", "options", least=FEWEST_OPTIONS)
    yield from _options(at, question.options, "options")


def _key_clashes(codes: Sequence[Code]) -> Found:
    """Within one pass a key has one code, and all that share it are told; different passes may use the same key."""
    pressed: dict[tuple[str, str], list[int]] = {}
    for number, code in enumerate(codes):
        pressed.setdefault((code.layer, code.key.casefold()), []).append(number)
    for at, code in _each("codes", codes):
        others = [n for n in pressed[code.layer, code.key.casefold()] if n != at.number]
        if code.key and others:
            yield at.wrong("scheme-key-clash", "key", value=code.key, other=codes[others[0]].id)


def _pass_keys(layers: Sequence[Layer], taken: frozenset[str]) -> Found:
    seen: dict[str, str] = {}
    for at, layer in _each("layers", layers):
        if layer.key not in PASS_KEYS:
            yield at.wrong("scheme-pass-key", "key", value=layer.key)
        elif layer.key.casefold() in taken:
            yield at.wrong("scheme-key-reserved", "key", value=layer.key)
        elif seen.setdefault(layer.key, layer.id) != layer.id:
            yield at.wrong("scheme-key-clash", "key", value=layer.key, other=seen[layer.key])


def _mixed_groups(scheme: Scheme) -> Found:
    """Codes close each other only on one lane: those of a group are of one person and pressed in one pass."""
    first: dict[str, Code] = {}
    for at, code in _each("codes", scheme.codes):
        if not code.group:
            continue
        other = first.setdefault(code.group, code)
        if (other.actor, other.layer) != (code.actor, code.layer):
            yield at.wrong("scheme-group-mixed", "group", other=other.id)


def _colors(at: _At, dimension: Dimension) -> Found:
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
    return _unwritten_as_one(_of_instrument(instrument), instrument.languages)


def check_instrument(instrument: Instrument) -> None:
    """Raises InputError for the first of the problems."""
    for problem in instrument_problems(instrument):
        raise problem.error()


def _of_instrument(instrument: Instrument) -> Found:
    yield from _content_id(instrument.id)
    yield from _languages(instrument.languages)
    for field in ("name", "disclaimer", "no_occasion"):
        yield from _words(_At(), instrument, field)
    yield from _anchors(_At(), instrument.anchors)
    if not instrument.anchors and any(i.scale is None for i in instrument.items):
        yield _At().wrong("scheme-field-missing", "anchors", field="anchors")
    if not instrument.items:
        yield _At().wrong("scheme-field-missing", "items", field="items")
    yield from _ids("items", instrument.items, _is_plain_id)
    yield from _ids("subscales", instrument.subscales, _is_plain_id)
    for at, row in _each("subscales", instrument.subscales):
        yield from _words(at, row, "name")
        if row.least_answered < 1:
            yield at.wrong("scheme-too-small", "least_answered", field="least_answered", least=1)
    for at, item in _each("items", instrument.items):
        yield from _item(at, instrument, item)


def _item(at: _At, instrument: Instrument, item: Item) -> Found:
    yield from _words(at, item, "name")
    yield from _known(at, item, "subscale", (s.id for s in instrument.subscales))
    if item.scale is not None:
        yield from _scale(at, item.scale)


def _scale(at: _At, scale: Scale) -> Found:
    if scale.step < 1:
        yield at.wrong("scheme-too-small", "scale.step", field="step", least=1)
    elif scale.most <= scale.least or (scale.most - scale.least) % scale.step:
        yield at.wrong("scheme-scale-ends", "scale.most")
    elif len(scale.points) > MOST_POINTS:
        yield at.wrong("scheme-scale-long", "scale.most", most=MOST_POINTS)
    for number, anchor in enumerate(scale.anchors):
        field = f"scale.anchors.{number}"
        inner = at.under(f"scale.anchors[{anchor.value}]")
        yield from _words(inner, anchor, "name", field=f"{field}.name")
        if scale.step > 0 and anchor.value not in scale.points:
            yield inner.wrong("scheme-value-unknown", f"{field}.value", field="value", value=anchor.value)
    yield from _twice(at.under("scale.anchors"), (str(a.value) for a in scale.anchors), "scale.anchors")


def _anchors(top: _At, anchors: Sequence[Anchor]) -> Found:
    for at, anchor in _each("anchors", anchors):
        yield from _words(at, anchor, "name")
    yield from _twice(_At("anchors", name="anchors"), (str(a.value) for a in anchors), "value")
    values = sorted({a.value for a in anchors})
    steps = {b - a for a, b in pairwise(values)}
    if len(anchors) == 1 or len(steps) > 1:
        yield top.wrong("scheme-scale-ends", "anchors")


# both


def _languages(chosen: Sequence[str]) -> Found:
    if not chosen:
        yield _At().wrong("scheme-field-missing", "languages", field="languages")
    for language in chosen:
        if language not in LANGUAGES:
            yield _At().wrong("scheme-value-unknown", "languages", field="languages", value=language)


def _content_id(content_id: str) -> Found:
    if _CONTENT_ID.fullmatch(content_id) is None:
        yield _At().wrong("content-id-not-plain", "id")


def _is_plain_id(ident: str) -> bool:
    """Letters, figures and hyphens: what can stand in a file's place and in a column's name."""
    return bool(ident) and ident.isascii() and ident.replace("-", "").isalnum()


def _ids(part: str, rows: Sequence[Any], is_plain: Callable[[str], bool]) -> Found:
    seen: set[str] = set()
    for at, row in _each(part, rows):
        if not is_plain(row.id):
            yield at.wrong("scheme-id-not-plain", "id")
        elif row.id in seen:
            yield _At(part, at.number, part).wrong("scheme-twice", "id", value=row.id)
        seen.add(row.id)


def _twice(at: _At, ids: Iterable[str], field: str) -> Found:
    seen: set[str] = set()
    for number, ident in enumerate(ids):
        if ident in seen:
            yield _At(at.part, at.number if at.number >= 0 else number, at.name).wrong(
                "scheme-twice", field, value=ident
            )
        seen.add(ident)


def _known(at: _At, row: Any, field: str, known: Iterable[str]) -> Found:
    value = getattr(row, field)
    if value and value not in set(known):
        yield at.wrong("scheme-value-unknown", field, field=field, value=value)


def _words(at: _At, row: Any, name: str, *, field: str = "") -> Found:
    """The words in every language; those that the content is not written in are left out later."""
    held: Words = getattr(row, name)
    for language in LANGUAGES:
        if not getattr(held, language).strip():
            inner = at.under(name)
            yield inner.wrong(UNWRITTEN, f"{field or name}.{language}", language=language)


def _unwritten_as_one(found: Found, languages: Sequence[str]) -> tuple[Problem, ...]:
    """All, with what is not written yet of one entry as one, in the languages that the content is written in.

    It stands where the first text is missing; its value `texts` are all of their fields, with their languages when
    there are several.
    """
    rows: list[Problem] = []
    at: dict[tuple[str, int], int] = {}
    for problem in found:
        if problem.key != UNWRITTEN:
            rows.append(problem)
            continue
        field, language = problem.field.rsplit(".", maxsplit=1)
        if language not in languages:
            continue
        entry = (problem.part, problem.number)
        place = at.setdefault(entry, len(rows))
        text = field if len(languages) == 1 else problem.field
        if place == len(rows):
            rows.append(replace(problem, values=(("texts", text),)))
        else:
            (_, others), *_ = rows[place].values
            rows[place] = replace(rows[place], values=(("texts", f"{others} {text}"),))
    return tuple(rows)
