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
    Place("filming", N_("Filming"), "film", "Alt+3"),
    Place("coding", N_("Coding"), "coding", "Alt+4"),
    Place("comparing", N_("Comparing"), "comparing", "Alt+5"),
    Place("statement", N_("Statement"), "statement", "Alt+6"),
    Place("settings", N_("Settings"), "settings", "Alt+9"),
)

ACTIONS = (
    Action("cover", N_("Cover the screen"), "Ctrl+Shift+P"),
    Action("lock", N_("Lock the program"), "Ctrl+Shift+L"),
    Action("undo", N_("Undo"), "Ctrl+Z"),
    Action("redo", N_("Redo"), "Ctrl+Shift+Z"),
    Action("backup", N_("Back up now"), ""),
    Action("keys", N_("Keys"), "Shift+F1"),
    Action("self-test", N_("Check the picture's time"), ""),
    Action("about", N_("About"), ""),
    Action("quit", N_("Quit"), "Ctrl+Q"),
)

#: what filming does with keys; shown in the list of keys
FILMING_KEYS = (
    ("PgDn", N_("Next task")),
    ("PgUp", N_("Back to the previous task")),
    ("F6", N_("Interruption, and on from it")),
    ("F7", N_("Pause, and on from it")),
    ("ö ä", N_("Important moment, clip candidate")),
    ("Ctrl+M", N_("Note at this moment")),
    ("Ctrl+End", N_("End at once")),
)


def clashes() -> list[str]:
    """Keys that two places or actions share; a test holds it empty."""
    used = Counter(k for k in (*(p.keys for p in PLACES), *(a.keys for a in ACTIONS)) if k)
    return [key for key, count in used.items() if count > 1]
