"""Coding schemes: codes, their keys, dimensions, groups and layers. Frozen; a changed scheme is a new version."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from app.model.words import LANGUAGES, Words


class Kind(StrEnum):
    POINT = "point"
    STATE = "state"


class Actor(StrEnum):
    """Whose act a code names. *dyad* is adult and child together: on screen Vuorovaikutus."""

    ADULT = "adult"
    CHILD = "child"
    DYAD = "dyad"


@dataclass(frozen=True, slots=True)
class Dimension:
    """S, E, N, C or R with its words; the letter is never shown alone.

    `light` and `dark` are the colors of an own dimension, `#rrggbb`, for either palette; empty for those that the
    palettes know by their letter.
    """

    id: str
    name: Words
    light: str = ""
    dark: str = ""


@dataclass(frozen=True, slots=True)
class Modifier:
    """One value that a code may carry, such as *crying*. Without a `key` its number among the code's is the key."""

    id: str
    name: Words
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Codes of which only one is on at a time; *exhaustive*: one always is, a key of the group ends the other."""

    id: str
    name: Words
    exhaustive: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `mark` is `supports` or `harder` (adult codes of the wide scheme) and chooses a shape, nothing else.

    `hold`: the state is on while its key is down; never in an exhaustive group, where it would leave a gap.
    """

    id: str
    key: str
    kind: Kind
    actor: Actor
    name: Words
    code_when: Words
    not_when: Words
    dimension: str = ""
    group: str = ""
    layer: str = ""
    mark: str = ""
    help: Words | None = None
    modifiers: tuple[Modifier, ...] = ()
    covers: tuple[str, ...] = ()
    hold: bool = False

    @property
    def lane(self) -> str:
        """Among which states of one person only one is on at a time: its group, or itself; empty for a point."""
        return (self.group or self.id) if self.kind == Kind.STATE else ""

    def modifier_keys(self) -> dict[str, str]:
        """The modifiers' ids by the key that chooses them right after the press, case-folded."""
        return {(m.key or str(number)).casefold(): m.id for number, m in enumerate(self.modifiers, start=1)}


@dataclass(frozen=True, slots=True)
class Layer:
    """A pass of coding: the codes that are pressed together. An empty layer id is the first pass."""

    id: str
    name: Words
    key: str = ""


@dataclass(frozen=True, slots=True)
class SecondQuestion:
    """What is asked of each agreed event in the second pass: *how* it was, by one of the `options`.

    `codes` are those whose events it is asked of. A second pass comes after the common view, and is no pass of coding:
    nothing of it is pressed in the first one.
    """

    id: str
    name: Words
    codes: tuple[str, ...] = ()
    options: tuple[Modifier, ...] = ()

    def option_keys(self) -> dict[str, str]:
        """The options' ids by the key that chooses them, case-folded; without a key of its own its number is it."""
        return {(o.key or str(number)).casefold(): o.id for number, o in enumerate(self.options, start=1)}

    def option(self, option_id: str) -> Modifier | None:
        return next((o for o in self.options if o.id == option_id), None)


@dataclass(frozen=True)
class Scheme:
    """A coding scheme of one version. `cannot_be_coded` is the code whose time is left out of every figure.

    `languages` are those that its makers write it in, one at least; whoever reads another reads these.
    """

    id: str
    version: int
    name: Words
    dimensions: tuple[Dimension, ...]
    groups: tuple[Group, ...]
    layers: tuple[Layer, ...]
    codes: tuple[Code, ...]
    cannot_be_coded: str = "DS0"
    languages: tuple[str, ...] = LANGUAGES
    second_pass: tuple[SecondQuestion, ...] = ()

    def code(self, code_id: str) -> Code | None:
        return self._by_id.get(code_id)

    @cached_property
    def _by_id(self) -> dict[str, Code]:
        return {c.id: c for c in reversed(self.codes)}

    def code_for(self, key: str, layer: str = "") -> Code | None:
        """The code of a pass whose key types `key`, case-folded."""
        folded = key.casefold()
        return next((c for c in self.codes if c.layer == layer and c.key.casefold() == folded), None)

    def codes_of(self, layer: str) -> tuple[Code, ...]:
        """The codes that are pressed in one pass."""
        return tuple(c for c in self.codes if c.layer == layer)

    def codes_in(self, part: str) -> tuple[Code, ...]:
        """The codes of a pass: of one actor of the first (`dyad`, `adult`, `child`), of a layer, or the whole first."""
        if part in list(Actor):
            return tuple(c for c in self.codes_of("") if c.actor == part)
        return self.codes_of(part)

    def dimension(self, dimension_id: str) -> Dimension | None:
        return next((d for d in self.dimensions if d.id == dimension_id), None)

    def in_group(self, group_id: str) -> tuple[Code, ...]:
        return tuple(c for c in self.codes if group_id and c.group == group_id)
