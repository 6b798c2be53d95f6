"""Nobody gets this process's memory: keys and words of an open archive are in it.

No picture of it is left on a disk when the process dies, and on Linux no other program of the same user looks into it.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from app.ports.children import close_memory

#: bytes; below a page no file is written, and of exactly one byte the kernel pipes nothing to a collector of dumps
#: either, for which 0 sets no bound (Linux, `fs/coredump.c`; core(5))
_SIZE = 1
#: which kinds of memory a dump holds: none (core(5))
_FILTER = Path("/proc/self/coredump_filter")


def leave_none() -> None:
    """For this process. Those that it starts leave none either, but can be looked into until they close themselves.

    On Windows the system keeps none by itself.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        most = _SIZE if hard == resource.RLIM_INFINITY else min(_SIZE, hard)
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    with contextlib.suppress(OSError):
        _FILTER.write_text("0", "ascii")  # before the next, which gives the file to another owner
    close_memory()
