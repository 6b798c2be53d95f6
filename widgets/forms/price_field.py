"""Euros as they are typed, and as cents."""

from __future__ import annotations

import re


def euros(text: str) -> int | None:
    """`150`, `150,50`, `1 200` as cents; 0 for nothing typed, None for what is no price."""
    said = re.sub(r"[\s\u00a0€]", "", text)
    if not said:
        return 0
    found = re.fullmatch(r"(\d{1,6})(?:[.,](\d{1,2}))?", said)
    if found is None:
        return None
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def show_euros(cents: int) -> str:
    """As it would be typed; empty for none."""
    if not cents:
        return ""
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)


def tenths(text: str) -> int | None:
    """`25,5`, `14` as tenths of a per cent; 0 for nothing typed, None for what is no rate."""
    found = euros(text.replace("%", ""))
    return None if found is None or found % 10 or found > 100_00 else found // 10
