"""How a rule of the store refuses: with its key, of which `app.error_texts` makes the sentence."""

from __future__ import annotations

from app.errors import NotAllowed


def refuse(broken: bool, key: str) -> None:
    """Raises NotAllowed(`key`) where the rule is broken."""
    if broken:
        raise NotAllowed(key)
