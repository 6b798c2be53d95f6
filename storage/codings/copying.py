"""Files of sealed codings as a backup takes them and gives them back: as bytes, for nobody but their coders has keys.

The signed-in worker's own are held still while they are copied. Another's was left as it is by its own program: the
file, and what a crash left of SQLite's log beside it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from storage import durable_file
from storage.codings import places

_LOG = "-wal"

#: holds a coding's file still and gives its path; None for one that is not the worker's own, or cannot be read
Holding = Callable[[str], AbstractContextManager[Path | None]]


def names_in(folder: Path) -> tuple[str, ...]:
    """The files of a folder of sealed codings that a backup holds. Raises OSError."""
    if not folder.is_dir():
        return ()
    logs = (path for path in durable_file.listed(folder, f"*.db{_LOG}") if path.stat().st_size)
    return tuple(sorted(path.name for path in (*durable_file.listed(folder, "*.db"), *logs)))


def copy_all(folder: Path, target: Path, hold: Holding) -> tuple[str, ...]:
    """Copy all of them into a new folder and force them to the disk; returns the names. Raises OSError, StoreError."""
    places.make_folder(target)
    copied = []
    for name in names_in(folder):
        if name.endswith(_LOG):
            continue
        with hold(name.removesuffix(".db")) as own:
            beside = folder / (name + _LOG)
            for path in [folder / name, *([beside] if own is None and beside.exists() else [])]:
                copy(path, target / path.name)
                copied.append(path.name)
    durable_file.sync_folder(target)
    return tuple(copied)


def copy(path: Path, target: Path) -> None:
    """One file with its time, forced to the disk. Raises OSError."""
    with open(target, "xb", opener=durable_file.for_owner) as write:
        write.writelines(durable_file.blocks(path))
        write.flush()
        durable_file.sync_file(write.fileno())
    times = path.stat()
    os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))


@contextmanager
def nobodys(coding_id: str) -> Iterator[None]:
    """Holds nothing: for files that no program has open."""
    del coding_id
    yield None
