"""Schemes, instruments and task lists as TOML text, read into values; what is wrong is said with its place."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from app.errors import InputError
from app.model.instrument import Anchor, Instrument, Item
from app.model.plan import TaskCard
from app.model.scheme import Actor, Code, Dimension, Group, Kind, Layer, Modifier, Scheme
from app.model.words import LANGUAGES, Words

T = TypeVar("T")

#: keys that move and edit; they can never be a code's
RESERVED = ("", " ", "space", "enter", "return", "esc", "escape", "tab", "backspace", "left", "right", "up", "down")
#: keys of the flags, free in every scheme
FLAG_KEYS = ("ö", "ä", "å")
MARKS = ("", "supports", "harder")


class _Table:
    """A TOML table being read: every field is asked for once, and what nobody asked for is an error."""

    def __init__(self, raw: Any, place: str) -> None:
        if not isinstance(raw, dict):
            raise InputError("scheme-not-a-table", place=place)
        self._raw = dict(raw)
        self.place = place

    def text(self, name: str, default: str | None = None) -> str:
        return self._take(name, str, default)

    def whole(self, name: str) -> int:
        return self._take(name, int, None)

    def truth(self, name: str) -> bool:
        return self._take(name, bool, False)

    def texts(self, name: str) -> tuple[str, ...]:
        rows = self._take(name, list, [])
        if not all(isinstance(r, str) for r in rows):
            raise InputError("scheme-wrong-kind", place=self.place, field=name)
        return tuple(rows)

    def words(self, name: str) -> Words:
        found = self.maybe_words(name)
        if found is None:
            raise InputError("scheme-field-missing", place=self.place, field=name)
        return found

    def maybe_words(self, name: str) -> Words | None:
        raw = self._raw.pop(name, None)
        if raw is None:
            return None
        table = _Table(raw, f"{self.place}.{name}")
        found = Words(*(table.text(language) for language in LANGUAGES))
        table.end()
        for language in LANGUAGES:
            if not getattr(found, language).strip():
                raise InputError("scheme-language-missing", place=f"{self.place}.{name}", language=language)
        return found

    def rows(self, name: str, read: Callable[[_Table], T]) -> tuple[T, ...]:
        out = []
        for number, raw in enumerate(self._take(name, list, []), start=1):
            ident = raw.get("id", number) if isinstance(raw, dict) else number
            table = _Table(raw, f"{self.place}.{name}[{ident}]".lstrip("."))
            out.append(read(table))
            table.end()
        return tuple(out)

    def end(self) -> None:
        if self._raw:
            raise InputError("scheme-field-unknown", place=self.place or "file", field=min(self._raw))

    def _take(self, name: str, kind: type[T], default: T | None) -> T:
        value = self._raw.pop(name, default)
        if value is None:
            raise InputError("scheme-field-missing", place=self.place or "file", field=name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise InputError("scheme-wrong-kind", place=self.place or "file", field=name)
        return value


def _parsed(text: str) -> _Table:
    try:
        return _Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise InputError("scheme-not-toml", place=str(error)) from error


def read_scheme(text: str) -> Scheme:
    """The scheme that a TOML text says. Raises InputError with the place of the first thing that is wrong."""
    table = _parsed(text)
    scheme = Scheme(
        table.text("id"),
        table.whole("version"),
        table.words("name"),
        table.rows("dimensions", lambda t: Dimension(t.text("id"), t.words("name"))),
        table.rows("groups", lambda t: Group(t.text("id"), t.words("name"), t.truth("exhaustive"))),
        table.rows("layers", lambda t: Layer(t.text("id"), t.words("name"), t.text("key", ""))),
        table.rows("codes", _code),
        table.text("cannot_be_coded", "DS0"),
    )
    table.end()
    check_scheme(scheme)
    return scheme


def _code(t: _Table) -> Code:
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
        t.rows("modifiers", lambda m: Modifier(m.text("id"), m.words("name"))),
        t.texts("covers"),
    )


def _one_of(kind: type[T], table: _Table, name: str) -> T:
    value = table.text(name)
    try:
        return kind(value)  # type: ignore[call-arg]  # an enumeration is called with its value
    except ValueError as error:
        raise InputError("scheme-value-unknown", place=table.place, field=name, value=value) from error


def check_scheme(scheme: Scheme) -> None:
    """Raises InputError for ids, keys and references that do not fit together."""
    _unique("codes", (c.id for c in scheme.codes))
    _unique("dimensions", (d.id for d in scheme.dimensions))
    _unique("groups", (g.id for g in scheme.groups))
    _unique("layers", (y.id for y in scheme.layers))
    for layer in {c.layer for c in scheme.codes}:
        _no_key_clash([c for c in scheme.codes if c.layer == layer])
    for code in scheme.codes:
        _check_code(scheme, code)
    if scheme.code(scheme.cannot_be_coded) is None:
        raise InputError("scheme-value-unknown", place="file", field="cannot_be_coded", value=scheme.cannot_be_coded)


def _check_code(scheme: Scheme, code: Code) -> None:
    place = f"codes[{code.id}]"
    if not code.id.isascii() or not code.id.isalnum():
        raise InputError("scheme-id-not-plain", place=place)
    if code.key.casefold() in RESERVED or code.key.casefold() in FLAG_KEYS:
        raise InputError("scheme-key-reserved", place=place, value=code.key)
    known = {
        "dimension": {"", *(d.id for d in scheme.dimensions)},
        "group": {"", *(g.id for g in scheme.groups)},
        "layer": {"", *(y.id for y in scheme.layers)},
        "mark": set(MARKS),
    }
    for field, allowed in known.items():
        value = getattr(code, field)
        if value not in allowed:
            raise InputError("scheme-value-unknown", place=place, field=field, value=value)
    if code.group and code.kind != Kind.STATE:
        raise InputError("scheme-point-in-group", place=place)
    if code.mark and code.actor == Actor.CHILD:
        raise InputError("scheme-child-with-mark", place=place)


def _unique(what: str, ids: Iterable[str]) -> None:
    for value, count in Counter(ids).items():
        if count > 1:
            raise InputError("scheme-twice", place=what, value=value)


def _no_key_clash(codes: list[Code]) -> None:
    seen: dict[str, str] = {}
    for code in codes:
        other = seen.setdefault(code.key.casefold(), code.id)
        if other != code.id:
            raise InputError("scheme-key-clash", place=f"codes[{code.id}]", value=code.key, other=other)


def read_instrument(text: str) -> Instrument:
    """The rating instrument that a TOML text says. Raises InputError as `read_scheme` does."""
    table = _parsed(text)
    instrument = Instrument(
        table.text("id"),
        table.whole("version"),
        table.words("name"),
        table.words("disclaimer"),
        table.rows("anchors", lambda t: Anchor(t.whole("value"), t.words("name"))),
        table.words("no_occasion"),
        table.rows("items", _item),
    )
    table.end()
    _unique("items", (i.id for i in instrument.items))
    _unique("anchors", (str(a.value) for a in instrument.anchors))
    if not instrument.anchors or not instrument.items:
        raise InputError("scheme-field-missing", place="file", field="anchors" if instrument.items else "items")
    return instrument


def _item(t: _Table) -> Item:
    return Item(t.text("id"), t.whole("number"), _one_of(Actor, t, "actor"), t.words("name"), t.text("dimension", ""))


def read_tasks(text: str) -> tuple[TaskCard, ...]:
    """The task cards of a TOML text. Raises InputError as `read_scheme` does."""
    table = _parsed(text)
    cards = table.rows("tasks", _task)
    table.end()
    _unique("tasks", (c.id for c in cards))
    return cards


def _task(t: _Table) -> TaskCard:
    return TaskCard(
        t.text("id"),
        t.words("name"),
        t.words("text"),
        t.texts("dimensions"),
        t.texts("ages"),
        t.texts("safety"),
        t.maybe_words("materials"),
    )
