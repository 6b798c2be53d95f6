"""What each key does now: the worker's own keys over the usual ones, of actions and of a scheme's codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from app.i18n import N_
from app.model.observation import MarkKind
from app.model.scheme import Code, Scheme
from app.shortcuts.actions import ACTIONS, MARKING, Action, action, in_coding_room, meet


@dataclass(frozen=True, slots=True)
class Clash:
    """Two things on one key, by their names or code ids."""

    keys: str
    one: str
    other: str


@dataclass(frozen=True)
class KeyMap:
    """Own keys of actions by their ids, of codes by `scheme id/code id`. Empty: all as usual."""

    actions: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)

    # actions

    def of(self, action_id: str) -> str:
        """The keys of an action now; empty when it has none. Raises KeyError for an id that is no action's."""
        return self.actions.get(action_id, action(action_id).keys)

    def pressed_for(self, action_id: str) -> tuple[str, ...]:
        """All keys that do it now: its own or usual ones, and those that always do it."""
        return tuple(keys for keys in (self.of(action_id), *action(action_id).also) if keys)

    def by_keys(self, ids: Iterable[str], *, typed: bool = False) -> dict[str, str]:
        """Of these actions, which one each key does. On one key the one that it was given to by hand comes first.

        `typed`: only those matched by text, by that text case-folded; else only the others.
        """
        found: dict[str, str] = {}
        for action_id in sorted(ids, key=lambda i: i in self.actions, reverse=True):
            if action(action_id).typed == typed:
                for keys in self.pressed_for(action_id):
                    found.setdefault(keys.casefold() if typed else keys, action_id)
        return found

    def with_action(self, action_id: str, keys: str) -> KeyMap:
        """Another key for an action; its usual one makes it as usual again."""
        rest = {k: v for k, v in self.actions.items() if k != action_id}
        return KeyMap(rest if keys == action(action_id).keys else rest | {action_id: keys}, self.codes)

    # codes and flags

    def of_code(self, scheme: Scheme, code: Code) -> str:
        return self.codes.get(f"{scheme.id}/{code.id}", code.key)

    def code_for(self, scheme: Scheme, text: str, part: str = "") -> Code | None:
        """The code of a pass (`Scheme.codes_in`) that this text types."""
        folded = text.casefold()
        return next((c for c in scheme.codes_in(part) if self.of_code(scheme, c).casefold() == folded), None)

    def flag_for(self, text: str) -> MarkKind | None:
        """The flag that this text types."""
        found = self.by_keys((a.id for a in MARKING), typed=True).get(text.casefold())
        return None if found is None else MarkKind(found.removeprefix("flag."))

    def meant(self, scheme: Scheme, text: str, part: str = "") -> Code | MarkKind | None:
        """What a text typed while coding is: a code of the pass, else a flag, else nothing."""
        return self.code_for(scheme, text, part) or self.flag_for(text)

    def with_codes(self, scheme: Scheme, keys: Mapping[str, str]) -> KeyMap:
        """Own keys of a scheme's codes; those named with the scheme's own key are as usual again."""
        kept = {k: v for k, v in self.codes.items() if k.removeprefix(f"{scheme.id}/") not in keys}
        own = {f"{scheme.id}/{c.id}": keys[c.id] for c in scheme.codes if c.id in keys and keys[c.id] != c.key}
        return KeyMap(self.actions, kept | own)

    # clashes

    def clashes(self, scheme: Scheme | None = None) -> tuple[Clash, ...]:
        """Actions of one room on one key, codes of a pass on one key, codes on a key that does something else there."""
        found = [*self._clashes_of_actions()]
        if scheme is None:
            return tuple(found)
        taken = self._taken(scheme)
        for layer in {c.layer for c in scheme.codes}:
            rows = [(self.of_code(scheme, c).casefold(), c.id) for c in scheme.codes_of(layer)]
            found += _twice(rows)
            found += [Clash(key, code, taken[key]) for key, code in rows if key in taken]
        passes = {y.key: action_id for y in scheme.layers if (action_id := self._coding_room().get(y.key))}
        found += [Clash(keys, N_("Pass"), action(action_id).name) for keys, action_id in passes.items()]
        return tuple(found)

    def _clashes_of_actions(self) -> Iterator[Clash]:
        """Each pair once. Letters that are typed and keys of the same letter alone are one key."""
        by_key: dict[str, list[tuple[str, Action]]] = {}
        for one in ACTIONS:
            for keys in self.pressed_for(one.id):
                by_key.setdefault(keys.casefold(), []).append((keys, one))
        for pressed in by_key.values():
            for (keys, one), (_, other) in combinations(pressed, 2):
                if meet(one, other):
                    yield Clash(keys, one.name, other.name)

    def _coding_room(self) -> dict[str, str]:
        return self.by_keys(a.id for a in in_coding_room())

    def _taken(self, scheme: Scheme) -> dict[str, str]:
        """What a bare key does while coding beside the codes, by the key case-folded: actions, flags, passes."""
        taken = {y.key.casefold(): N_("Pass") for y in scheme.layers if y.key}
        for one in in_coding_room():
            name = N_("Flag") if one.typed else one.name
            taken |= {k.casefold(): name for k in self.pressed_for(one.id) if "+" not in k}
        return taken


def _twice(rows: Iterable[tuple[str, str]]) -> Iterator[Clash]:
    seen: dict[str, str] = {}
    for keys, name in rows:
        if keys in seen:
            yield Clash(keys, seen[keys], name)
        seen.setdefault(keys, name)
