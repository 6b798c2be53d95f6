"""Order keys: text that sorts, so that something can be put between two others without touching them."""

from __future__ import annotations

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def between(before: str, after: str) -> str:
    """A key k with before < k < after; empty `before` is the very start, empty `after` the very end.

    Fractional indexing: keys are fractions in base 36 without a trailing zero, so there is always room.
    """
    assert not after or before < after, "keys must ascend"
    place = 0
    key = ""
    open_end = not after
    while True:
        low = DIGITS.index(before[place]) if place < len(before) else 0
        high = len(DIGITS) if open_end else (DIGITS.index(after[place]) if place < len(after) else len(DIGITS))
        if high - low > 1:
            return key + DIGITS[(low + high) // 2]
        key += DIGITS[low]
        # below the upper key in this digit already: from here on only the lower key bounds
        open_end = open_end or high > low
        place += 1


def after_last(keys: list[str]) -> str:
    """A key behind all of `keys`."""
    return between(max(keys, default=""), "")
