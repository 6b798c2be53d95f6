"""The window's own actions as data: menu, keys and help are built from this one list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.i18n import N_


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the rail."""

    id: str
    name: str
    icon: str
    keys: str


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done anywhere in the program."""

    id: str
    name: str
    keys: str = ""


PLACES = (
    Place("desk", N_("Desk"), "desk", "Alt+1"),
    Place("cases", N_("Clients"), "cases", "Alt+2"),
    Place("coding", N_("Coding"), "coding", "Alt+3"),
    Place("comparing", N_("Comparing"), "comparing", "Alt+4"),
    Place("statement", N_("Statement"), "statement", "Alt+5"),
    Place("settings", N_("Settings"), "settings", "Alt+9"),
)

ACTIONS = (
    Action("cover", N_("Cover the screen"), "Ctrl+Shift+P"),
    Action("lock", N_("Lock the program"), "Ctrl+L"),
    Action("undo", N_("Undo"), "Ctrl+Z"),
    Action("redo", N_("Redo"), "Ctrl+Shift+Z"),
    Action("backup", N_("Back up now"), ""),
    Action("keys", N_("Keys"), "Shift+F1"),
    Action("about", N_("About"), ""),
    Action("quit", N_("Quit"), "Ctrl+Q"),
)


def clashes() -> list[str]:
    """Keys that two places or actions share; a test holds it empty."""
    used = Counter(k for k in (*(p.keys for p in PLACES), *(a.keys for a in ACTIONS)) if k)
    return [key for key, count in used.items() if count > 1]
