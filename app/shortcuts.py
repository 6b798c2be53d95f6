"""The program's keys as data: what the coding room does with keys, and which of them no scheme may take.

The room matches them, the list of keys and the scheme editor show them: all from this one table.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import N_


@dataclass(frozen=True, slots=True)
class RoomKeys:
    """Keys as a person reads them, apart by spaces, and what they do. `of_scheme`: a scheme says which these are."""

    keys: str
    name: str
    of_scheme: bool = False


#: what the coding room does with keys; matched there, shown in the list of keys
CODING_KEYS = (
    RoomKeys("Space", N_("Play and pause")),
    RoomKeys("← →", N_("One frame")),
    RoomKeys("Shift+← →", N_("One second")),
    RoomKeys("Ctrl+← →", N_("Five seconds")),
    RoomKeys("PgUp PgDn", N_("Previous and next task")),
    RoomKeys("Ctrl+PgDn", N_("Task ends here, the next starts")),
    RoomKeys("Ctrl+Enter", N_("Task covered")),
    RoomKeys("Ctrl+↑ ↓", N_("Playback speed")),
    RoomKeys("Backspace", N_("Take back the last mark")),
    RoomKeys("Ctrl+M", N_("Note at this moment")),
    RoomKeys("Ctrl+Ö", N_("Safety")),
    RoomKeys("ö ä å", N_("Important moment, clip candidate, ask my work partner")),
    RoomKeys("Ctrl+1 Ctrl+2", N_("Ratings and observations")),
    RoomKeys("F2 F3", N_("Second passes: child's regulation, adult's availability"), of_scheme=True),
    RoomKeys("F1", N_("What a code means")),
)


def bare_keys() -> dict[str, str]:
    """The program's keys that are pressed alone, case-folded, with what they do: none of them can be a code's."""
    found: dict[str, str] = {}
    for row in CODING_KEYS:
        if not row.of_scheme and "+" not in row.keys:
            found |= {key.casefold(): row.name for key in row.keys.split()}
    return found
