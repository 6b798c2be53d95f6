"""Sets of keys for ways of working: a laptop without page keys, one hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.i18n import N_
from app.model.scheme import Scheme
from app.shortcuts.own_keys import KeyMap

#: which part of the keyboard a hand reaches, from the strongest place on
LEFT_HAND = "asdfgqwertzxcvb12345"
RIGHT_HAND = "jklhuiopynm7890,.-"


@dataclass(frozen=True)
class Preset:
    """A set of keys for a way of working: actions by id, and the region of the keyboard that codes are laid into."""

    id: str
    name: str
    actions: Mapping[str, str] = field(default_factory=dict)
    region: str = ""


_LAPTOP = {
    "film.task-back": "Alt+Up",
    "film.task-on": "Alt+Down",
    "coding.next-task": "Alt+Return",
    "film.start": "Alt+Shift+Left",
    "film.end": "Alt+Shift+Right",
    "filming.next": "Alt+Down",
    "filming.previous": "Alt+Up",
    "filming.at-once": "Alt+Shift+Right",
}
_BY_LEFT = {
    "film.frame-back": "Alt+A",
    "film.frame-on": "Alt+D",
    "film.second-back": "Alt+Q",
    "film.second-on": "Alt+E",
    "film.task-back": "Alt+W",
    "film.task-on": "Alt+X",
    "coding.next-task": "Alt+C",
    "coding.take-back": "Alt+Z",
    "coding.cover": "Alt+V",
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
