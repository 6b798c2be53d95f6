"""Numbers as people type them: plain digits, with a point or a comma, and nothing else that Python would take."""

from __future__ import annotations

import re
from decimal import Decimal

#: `1_0`, `nan`, `1/3` and digits of other scripts are none
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
#: letters of the longest that is looked at: more digits than any program writes, and few enough to count with
LONGEST = 60


def plain_number(text: str, *, comma: bool = False) -> Decimal | None:
    """The number that `text` is, None when it is none. With `comma` one stands for the point; − is a minus."""
    plain = text.strip().replace("−", "-")
    if comma and "." not in plain:
        plain = plain.replace(",", ".", 1)
    return Decimal(plain) if len(plain) <= LONGEST and _NUMBER.fullmatch(plain) else None
