"""Whether the system keeps other programs of this computer's user out of what Havainto holds in memory."""

from __future__ import annotations

import sys

_GET_DUMPABLE = 3


def is_closed() -> bool:
    """Asked of the kernel itself (prctl(2)); elsewhere than on Linux nothing is known, so False."""
    if sys.platform != "linux":
        return False
    import ctypes

    return bool(ctypes.CDLL(None).prctl(_GET_DUMPABLE, 0, 0, 0, 0) == 0)
