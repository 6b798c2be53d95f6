"""Keys as people read them: arrows for arrows, the names on a Finnish keyboard."""

from __future__ import annotations

_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter", "PgDown": "PgDn", "-": "−"}


def shown(keys: str) -> str:
    """Keys as they stand in a list or a hint: `Ctrl+→`."""
    head, plus, last = keys.rpartition("+")
    if keys.endswith("++"):
        return keys
    return head + plus + _SIGNS.get(last, last)


def on_cap(keys: str) -> str:
    """Keys as they stand on a key cap or beside a word on a button: `Ctrl PgDn`."""
    return shown(keys) if keys.endswith("++") else shown(keys).replace("+", " ")
