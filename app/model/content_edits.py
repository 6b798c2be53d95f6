"""Edits of content as values: entries come, go, move and get other ids, and what names them follows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, TypeAlias, TypeVar, cast

from app.model.content_checks import PASS_KEYS, RESERVED
from app.model.instrument import NOTHING, Anchor, Instrument, Item, Subscale
from app.model.observation import FLAG_KEYS
from app.model.scheme import Actor, Code, Dimension, Group, Kind, Layer, Modifier, Scheme, SecondQuestion
from app.model.template import Template
from app.model.template_edits import blank_entry, copied_entry, is_taken, renamed
from app.model.units import ItemPlace

Content: TypeAlias = Scheme | Instrument | Template
C = TypeVar("C", bound=Scheme | Instrument | Template)

#: a part within an entry: the fields of one form; an id may be anything while it is typed
_WITHIN = re.compile(r"(\w+)\[(.*)\]\.(\w+)", re.DOTALL)

#: keys of a Finnish and Swedish keyboard that type a letter, figure or sign alone, row by row
KEY_ROWS = ("1234567890+", "qwertyuiopå", "asdfghjklöä", "zxcvbnm,.-")
#: which fields of which entries name an entry of a part by its id
_NAMED_IN = {
    "dimensions": ("codes", "dimension"),
    "groups": ("codes", "group"),
    "layers": ("codes", "layer"),
    "subscales": ("items", "subscale"),
}
#: how the ids of new entries begin
_BEGINS = {
    "codes": "K",
    "dimensions": "D",
    "groups": "G",
    "layers": "pass-",
    "items": "item-",
    "subscales": "part-",
    "second_pass": "how-",
    "roles": "role-",
    "phases": "phase-",
    "steps": "step-",
    "forms": "form-",
    "fields": "field-",
    "lines": "line-",
    "approvals": "approval-",
    "outputs": "paper-",
}


def entries(value: Content, part: str) -> tuple[Any, ...]:
    """The entries of a part: `codes`, `dimensions`, `groups`, `layers`, `second_pass`; `items` and such.

    Of a part within an entry the entry's id is said: `forms[plan].fields`.
    """
    rows: tuple[Any, ...]
    if inner := _WITHIN.fullmatch(part):
        rows = getattr(_whole(value, inner[1], inner[2])[1], inner[3])
    else:
        rows = getattr(value, part)
    return rows


def _whole(value: Content, part: str, ident: str) -> tuple[ItemPlace, Any]:
    """The first entry with an id, and where it stands; one that is not there is a bug (KeyError)."""
    found = next(((place, e) for place, e in enumerate(getattr(value, part)) if e.id == ident), None)
    if found is None:
        raise KeyError(ident)
    return found


def with_entry(value: C, part: str, number: ItemPlace, entry: Any) -> C:
    """Another value in an entry's place. When its id changed, what named it names it still."""
    rows = list(entries(value, part))
    before, rows[number] = rows[number], entry
    changed = _set(value, part, rows)
    if getattr(before, "id", "") == getattr(entry, "id", ""):
        return changed
    if any(e.id == before.id for e in rows):  # another has the old id too: nobody knows who was meant
        return changed
    return _renamed(changed, part, before.id, entry.id)


def with_new(value: C, part: str, place: ItemPlace, entry: Any) -> C:
    """An entry more, before the one at `place`."""
    rows = list(entries(value, part))
    rows.insert(place, entry)
    return _numbered(_set(value, part, rows))


def without(value: C, part: str, number: ItemPlace) -> C:
    """An entry less; what named it names nothing."""
    rows = list(entries(value, part))
    gone = rows.pop(number)
    changed = _numbered(_set(value, part, rows))
    if (part in (*_NAMED_IN, "codes") or isinstance(value, Template)) and all(e.id != gone.id for e in rows):
        return _renamed(changed, part, gone.id, "")
    return changed


def moved(value: C, part: str, number: ItemPlace, to: ItemPlace) -> C:
    """An entry at another place of its part."""
    rows = list(entries(value, part))
    rows.insert(to, rows.pop(number))
    return _numbered(_set(value, part, rows))


def _set(value: C, part: str, rows: Sequence[Any]) -> C:
    if inner := _WITHIN.fullmatch(part):
        place, whole = _whole(value, inner[1], inner[2])
        above = list(getattr(value, inner[1]))
        above[place] = replace(whole, **{inner[3]: tuple(rows)})
        part, rows = inner[1], above
    changed: C = replace(cast("Any", value), **{part: tuple(rows)})
    return changed


def _renamed(value: C, part: str, before: str, after: str) -> C:
    if isinstance(value, Template):
        return cast("C", renamed(value, part, before, after))
    if part == "codes" and isinstance(value, Scheme):
        named = value.cannot_be_coded == before
        changed = replace(value, second_pass=tuple(_asks_of(q, before, after) for q in value.second_pass))
        return replace(changed, cannot_be_coded=after) if named else changed
    if part not in _NAMED_IN or not before:
        return value
    where, field = _NAMED_IN[part]
    rows = [replace(e, **{field: after}) if getattr(e, field) == before else e for e in entries(value, where)]
    return _set(value, where, rows)


def _asks_of(question: SecondQuestion, before: str, after: str) -> SecondQuestion:
    """A question of the second pass with another code's id; of a code that is gone it asks no more."""
    codes = tuple(after if c == before else c for c in question.codes)
    return replace(question, codes=tuple(c for c in codes if c))


def _numbered(value: C) -> C:
    """Items carry their numbers, 1 and on, in the order in which they stand."""
    if isinstance(value, Instrument):
        items = tuple(i if i.number == n else replace(i, number=n) for n, i in enumerate(value.items, start=1))
        return replace(value, items=items)
    return value


def blank(value: Content, part: str, like: Any = None, taken: Collection[str] = ()) -> Any:
    """A new entry with a free id, and a free key where it has one; beside `like` it is of the same person and place."""
    ident = free_id(value, part)
    if isinstance(value, Template):
        return blank_entry(part, ident)
    if part == "codes":
        assert isinstance(value, Scheme)
        return _blank_code(value, ident, like, taken)
    if part == "layers":
        assert isinstance(value, Scheme)
        used = {y.key for y in value.layers} | {k.upper() for k in taken}
        return Layer(ident, NOTHING, next((k for k in PASS_KEYS if k not in used), ""))
    if part == "items":
        actor = like.actor if isinstance(like, Item) else Actor.ADULT
        return Item(ident, 0, actor, NOTHING, like.dimension if isinstance(like, Item) else "")
    if part == "anchors":
        return Anchor(max((a.value for a in entries(value, part)), default=0) + 1, NOTHING)
    return _PLAIN[part](ident)


#: entries that begin with an id and nothing else
_PLAIN: dict[str, Callable[[str], Any]] = {
    "second_pass": lambda i: SecondQuestion(i, NOTHING, (), (Modifier("m1", NOTHING), Modifier("m2", NOTHING))),
    "dimensions": lambda i: Dimension(i, NOTHING),
    "groups": lambda i: Group(i, NOTHING),
    "subscales": lambda i: Subscale(i, NOTHING),
}


def _blank_code(scheme: Scheme, ident: str, like: Any, taken: Collection[str]) -> Code:
    # the state whose time is left out is no pattern for what is coded
    is_pattern = isinstance(like, Code) and like.id != scheme.cannot_be_coded
    near = like if is_pattern else Code("", "", Kind.POINT, Actor.ADULT, NOTHING, NOTHING, NOTHING)
    key = next(iter(free_keys(scheme, near.layer, taken)), "")
    return Code(ident, key, near.kind, near.actor, NOTHING, NOTHING, NOTHING, near.dimension, near.group, near.layer)


def copy_of(value: Content, part: str, number: ItemPlace, taken: Collection[str] = ()) -> Any:
    """The same entry with a free id, and a free key where it has one."""
    entry = entries(value, part)[number]
    if isinstance(entry, Anchor):
        return replace(blank(value, part), name=entry.name)
    copied = replace(entry, id=free_id(value, part))
    if isinstance(value, Template):
        return copied_entry(value, copied)
    if isinstance(copied, Code) and isinstance(value, Scheme):
        return replace(copied, key=next(iter(free_keys(value, copied.layer, taken)), ""))
    if isinstance(copied, Layer):
        return replace(copied, key=blank(value, part, taken=taken).key)
    return copied


def free_id(value: Content, part: str) -> str:
    """An id that no entry of the part has."""
    used = {getattr(e, "id", "") for e in entries(value, part)}
    begin = _BEGINS.get(part.rpartition(".")[2], "")
    some = (f"{begin}{n}" for n in count(1))
    is_used = is_taken(value, part) if isinstance(value, Template) else used.__contains__
    return next(ident for ident in some if ident not in used and not is_used(ident))


def free_keys(scheme: Scheme, layer: str, taken: Collection[str] = ()) -> tuple[str, ...]:
    """Keys that no code of the pass has, and neither the flags nor the program; letters before figures and signs."""
    used = {c.key.casefold() for c in scheme.codes_of(layer)} | {k.casefold() for k in taken}
    free = [k for row in KEY_ROWS for k in row if k not in used and k not in FLAG_KEYS and k not in RESERVED]
    return tuple(sorted(free, key=lambda k: not k.isalpha()))


def plain_id(name: str, used: Collection[str]) -> str:
    """A content's id made of its name: `Oma runko 2` is `oma-runko-2`; numbered on when it is used already."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    begin = "-".join(re.findall(r"[a-z0-9]+", ascii_name)) or "oma"
    if begin not in used:
        return begin
    return next(ident for n in range(2, len(used) + 3) if (ident := f"{begin}-{n}") not in used)
