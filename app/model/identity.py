"""Ids of everything that is kept: UUID version 7 (RFC 9562), so that ids sort by the time of their making.

Only what must not tell when it was made has another (`timeless_id`), and what is made anew from the same things
(`named_id`).
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from datetime import UTC, datetime, timedelta

_lock = threading.Lock()
_last = 0


def made_at(made: str) -> datetime:
    """When one of our ids was made, to the microsecond. Raises ValueError for a text that is no UUIDv7."""
    value = uuid.UUID(made)
    if value.version != 7:
        raise ValueError(value.version)
    microseconds = ((value.int >> 80) * 4096 + (value.int >> 64 & 0xFFF)) * 1000 // 4096
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=microseconds)


#: under which names of things become ids
_NAMES = uuid.UUID("5b0f7c1e-8a53-4c0e-9d0c-2f7d5f1f6a11")


def named_id(*parts: str) -> str:
    """The id that is the same whenever it is made of the same things (UUID version 5); `parts` hold no line ends."""
    return str(uuid.uuid5(_NAMES, "\n".join(parts)))


def timeless_id() -> str:
    """A new id that tells no time (UUID version 4): of what must not say when it was made."""
    return str(uuid.uuid4())


def new_id() -> str:
    """A new UUIDv7 as text, greater than every one made before in this process."""
    global _last  # noqa: PLW0603  one counter per process is what makes the ids ascend
    with _lock:
        # 48 bits of milliseconds and 12 bits of a fraction: a clock set back may not make ids fall back
        _last = max(_last + 1, time.time_ns() * 4096 // 1_000_000)
        stamp = _last
    tail = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    milliseconds, fraction = divmod(stamp, 4096)
    value = (milliseconds & ((1 << 48) - 1)) << 80 | 7 << 76 | fraction << 64 | 2 << 62 | tail
    return str(uuid.UUID(int=value))
