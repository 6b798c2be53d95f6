"""The coding room's keys as data: one table of actions, the worker's own keys over it and over a scheme's.

The room matches them, the list of keys and the editors show them: all from here. Keys are named as Qt writes them
(`Ctrl+Right`, `PgDown`); a code's key is the text that it types, case-folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.i18n import N_
from app.model.scheme import Code, Scheme

#: the flags' own keys, free in every scheme
FLAG_KEYS = ("ö", "ä", "å")


@dataclass(frozen=True, slots=True)
class RoomAction:
    """Something that a key does in the coding room. `keys` is what it is unless the worker changed it."""

    keys: str
    name: str


ROOM_ACTIONS = (
    RoomAction("Space", N_("Play and pause")),
    RoomAction("Left", N_("One frame back")),
    RoomAction("Right", N_("One frame on")),
    RoomAction("Shift+Left", N_("One second back")),
    RoomAction("Shift+Right", N_("One second on")),
    RoomAction("Ctrl+Left", N_("Five seconds back")),
    RoomAction("Ctrl+Right", N_("Five seconds on")),
    RoomAction("Alt+Left", N_("Previous observation")),
    RoomAction("Alt+Right", N_("Next observation")),
    RoomAction("PgUp", N_("Previous task")),
    RoomAction("PgDown", N_("Next task")),
    RoomAction("Home", N_("Beginning of the film")),
    RoomAction("End", N_("End of the film")),
    RoomAction("Ctrl+J", N_("Run backward, faster with each press")),
    RoomAction("Ctrl+K", N_("Stop the film")),
    RoomAction("Ctrl+L", N_("Run forward, faster with each press")),
    RoomAction("Ctrl+Up", N_("Play faster")),
    RoomAction("Ctrl+Down", N_("Play slower")),
    RoomAction("Backspace", N_("Take back the last mark")),
    RoomAction("Ctrl+PgDown", N_("Task ends here, the next starts")),
    RoomAction("Ctrl+Return", N_("Task covered")),
    RoomAction("F4", N_("Next pass")),
    RoomAction("Ctrl+M", N_("Note at this moment")),
    RoomAction("Ctrl+B", N_("Bookmark")),
    RoomAction("Ctrl+E", N_("Link to the rating")),
    RoomAction("Ctrl+Shift+S", N_("Split the state here")),
    RoomAction("Ctrl+G", N_("Find this place in the table")),
    RoomAction("Ctrl+C", N_("Copy what is chosen")),
    RoomAction("Ctrl+V", N_("Paste at this picture")),
    RoomAction("Del", N_("Remove what is chosen")),
    RoomAction("Ctrl+Ö", N_("Safety")),
    RoomAction("Ctrl+1", N_("Ratings")),
    RoomAction("Ctrl+2", N_("Observations")),
    RoomAction("Ctrl+3", N_("Numbers")),
    RoomAction("Ctrl+4", N_("Own notes")),
    RoomAction("Ctrl+5", N_("History")),
    RoomAction("Esc", N_("Back to the keys")),
    RoomAction("F1", N_("What a code means")),
    RoomAction("Ctrl+Shift+I", N_("The loop begins here")),
    RoomAction("Ctrl+Shift+O", N_("The loop ends here")),
    RoomAction("Ctrl+Shift+R", N_("Loop on or off")),
    RoomAction("Shift+Up", N_("Louder")),
    RoomAction("Shift+Down", N_("Quieter")),
    RoomAction("Ctrl+Shift+M", N_("Mute")),
    RoomAction("Ctrl+T", N_("Another camera leads")),
    RoomAction("Ctrl+Shift+T", N_("Another layout of the cameras")),
    RoomAction("Ctrl+Shift+H", N_("Hear another camera")),
    RoomAction("Ctrl++", N_("Closer")),
    RoomAction("Ctrl+-", N_("Farther")),
    RoomAction("Ctrl+0", N_("Whole picture")),
    RoomAction("Ctrl+Shift+V", N_("Picture and sound")),
)
_NAMES = {action.keys: action.name for action in ROOM_ACTIONS}


@dataclass(frozen=True, slots=True)
class Clash:
    """Two things on one key, by their names or code ids."""

    keys: str
    one: str
    other: str


@dataclass(frozen=True)
class KeyMap:
    """The worker's own keys: of actions by their usual keys, of codes by `scheme id/code id`. Empty: all as usual."""

    actions: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)

    def of_action(self, usual: str) -> str:
        return self.actions.get(usual, usual)

    def usual(self, keys: str) -> str | None:
        """The usual keys of the action that `keys` does now; None when they do nothing of the room's."""
        own = {mine: usual for usual, mine in self.actions.items()}
        if keys in own:
            return own[keys]
        return None if keys in self.actions else keys

    def of_code(self, scheme: Scheme, code: Code) -> str:
        return self.codes.get(f"{scheme.id}/{code.id}", code.key)

    def code_for(self, scheme: Scheme, text: str, part: str = "") -> Code | None:
        """The code of a pass (`Scheme.codes_in`) that this text types."""
        folded = text.casefold()
        return next((c for c in scheme.codes_in(part) if self.of_code(scheme, c).casefold() == folded), None)

    def of_scheme(self, scheme: Scheme) -> dict[str, str]:
        """Keys by code id, where they are not the scheme's."""
        return {c.id: own for c in scheme.codes if (own := self.of_code(scheme, c)) != c.key}

    def with_action(self, usual: str, keys: str) -> KeyMap:
        rest = {k: v for k, v in self.actions.items() if k != usual}
        return KeyMap(rest if keys == usual else rest | {usual: keys}, self.codes)

    def with_codes(self, scheme: Scheme, keys: Mapping[str, str]) -> KeyMap:
        """Own keys of a scheme's codes; those named with the scheme's own key are as usual again."""
        kept = {k: v for k, v in self.codes.items() if k.removeprefix(f"{scheme.id}/") not in keys}
        own = {f"{scheme.id}/{c.id}": keys[c.id] for c in scheme.codes if c.id in keys and keys[c.id] != c.key}
        return KeyMap(self.actions, kept | own)

    def clashes(self, scheme: Scheme | None = None) -> tuple[Clash, ...]:
        """Actions on one key, codes of one pass on one key, codes on a flag's or an action's bare key."""
        found = list(_twice((self.of_action(a.keys), a.name) for a in ROOM_ACTIONS))
        if scheme is None:
            return tuple(found)
        taken = {k.casefold(): n for k, n in self.bare_keys().items()}
        taken |= dict.fromkeys(FLAG_KEYS, N_("Flag"))
        for layer in {c.layer for c in scheme.codes}:
            rows = [(self.of_code(scheme, c).casefold(), c.id) for c in scheme.codes_of(layer)]
            found += _twice(rows)
            found += [Clash(key, code, taken[key]) for key, code in rows if key in taken]
        return tuple(found)

    def bare_keys(self) -> dict[str, str]:
        """Keys of actions that are pressed alone, case-folded, with what they do."""
        keys = {self.of_action(a.keys): a.name for a in ROOM_ACTIONS}
        return {k.casefold(): name for k, name in keys.items() if "+" not in k}


def _twice(rows: Iterable[tuple[str, str]]) -> Iterable[Clash]:
    seen: dict[str, str] = {}
    for keys, name in rows:
        if keys in seen:
            yield Clash(keys, seen[keys], name)
        seen.setdefault(keys, name)


def bare_keys() -> dict[str, str]:
    """The program's usual keys that are pressed alone, case-folded, with what they do: none of them can be a code's.

    Also under the signs that people know them by.
    """
    signs = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgDown": "PgDn"}
    alone = {a.keys: a.name for a in ROOM_ACTIONS if "+" not in a.keys}
    alone |= {signs[keys]: name for keys, name in alone.items() if keys in signs}
    return {keys.casefold(): name for keys, name in alone.items()}


def action_name(usual: str) -> str:
    """What an action does, in the program's source language."""
    return _NAMES[usual]


#: which part of the keyboard a hand reaches, from the strongest place on
LEFT_HAND = "asdfgqwertzxcvb12345"
RIGHT_HAND = "jklhuiopynm7890,.-"


@dataclass(frozen=True)
class Preset:
    """A set of keys for a way of working: actions, and for codes the region of the keyboard they are laid into."""

    id: str
    name: str
    actions: Mapping[str, str] = field(default_factory=dict)
    region: str = ""


_LAPTOP = {
    "PgUp": "Alt+Up",
    "PgDown": "Alt+Down",
    "Ctrl+PgDown": "Alt+Return",
    "Home": "Alt+Shift+Left",
    "End": "Alt+Shift+Right",
}
_BY_LEFT = {
    "Left": "Alt+A",
    "Right": "Alt+D",
    "Shift+Left": "Alt+Q",
    "Shift+Right": "Alt+E",
    "PgUp": "Alt+W",
    "PgDown": "Alt+X",
    "Ctrl+PgDown": "Alt+C",
    "Backspace": "Alt+Z",
    "Ctrl+Return": "Alt+V",
}
PRESETS = (
    Preset("usual", N_("As usual")),
    Preset("laptop", N_("Laptop without page keys"), _LAPTOP),
    Preset("left-hand", N_("All with the left hand"), _BY_LEFT, LEFT_HAND),
    Preset("right-hand", N_("Codes with the right hand"), {}, RIGHT_HAND),
)


def laid_out(scheme: Scheme, region: str) -> dict[str, str]:
    """Keys by code id within a region; a code keeps a key that lies there, the rest get the nearest that is free.

    Where a pass has more codes than the region has keys, the last ones keep the scheme's.
    """
    keys: dict[str, str] = {}
    for layer in {c.layer for c in scheme.codes}:
        codes = scheme.codes_of(layer)
        kept = {c.id: c.key for c in codes if c.key.casefold() in region}
        free = [k for k in region if k not in kept.values()]
        for code in codes:
            keys[code.id] = kept.get(code.id) or (free.pop(0) if free else code.key)
    return keys


def preset_map(preset: Preset, schemes: Iterable[Scheme]) -> KeyMap:
    """The keys of a preset, for these schemes."""
    made = KeyMap(dict(preset.actions))
    for scheme in schemes if preset.region else ():
        made = made.with_codes(scheme, laid_out(scheme, preset.region))
    return made
