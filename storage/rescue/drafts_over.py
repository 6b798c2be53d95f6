"""Files of sealed codings and own notes of a damaged archive: as bytes, for nobody but their coders has keys.

Those that lie in the folder, and those that a row speaks of: where the folder cannot be listed each is still tried by
its name, and one that is gone is told and not passed over. What was cut off in its making or going keeps that name:
the first sign-in ends it. A file that the disk gives only in part is carried over so, for its other pages open.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import StoreError
from app.model.units import FileCount
from app.ports import Cancelled
from storage.codings import places
from storage.rescue import as_it_lies
from storage.rescue.films_over import RowsOf
from storage.store.tables import sealed_coding, sealed_notebook

_DATABASE = ".db"
_LOG = _DATABASE + "-wal"
#: under one of these names a coding lies; beside the first there may be a log that a kill left
_NAMES = (_DATABASE, *(_DATABASE + ending for ending in (places.BEGUN, places.GOING)))


@dataclass(frozen=True, slots=True)
class Drafts:
    """How many came over whole, how many but for some places, and how many did not."""

    whole: FileCount = 0
    damaged: FileCount = 0
    lost: FileCount = 0

    @property
    def carried(self) -> FileCount:
        """All that are there."""
        return self.whole + self.damaged


def known(rows_of: RowsOf) -> set[str]:
    """The ids of everything that a row says lies in a file of its own."""
    return _ids(rows_of(sealed_coding.name), "coding_id") | _ids(rows_of(sealed_notebook.name), "notebook_id")


def _ids(rows: Iterable[Mapping[str, Any]], column: str) -> set[str]:
    return {str(row[column]) for row in rows}


def looked(folder: Path, ids: set[str]) -> Drafts:
    """What lies there; nothing is read of it."""
    there = _listed(folder)
    found = Counter(_is_there(folder, one, there) for one in ids | set(there or ()))
    return Drafts(whole=found[True], lost=found[False])


def carried(folder: Path, into: Path, ids: set[str], cancelled: Cancelled) -> Drafts:
    """Copy all of them into a new folder. Raises ArchiveError for its disk, OSError, Cancelled."""
    there = _listed(folder)
    every = sorted(ids | set(there or ()))
    if every:
        places.make_folder(into)
    found = Counter(_carry(folder, into, one, there, cancelled) for one in every)
    return Drafts(found["whole"], found["damaged"], found["lost"])


def _listed(folder: Path) -> Mapping[str, set[str]] | None:
    """The endings of the files that lie there, by id; None when the disk does not list them."""
    found: dict[str, set[str]] = {}
    try:
        for path in folder.iterdir():
            coding_id, dot, ending = path.name.partition(_DATABASE)
            if dot + ending in (*_NAMES, _LOG):
                found.setdefault(coding_id, set()).add(dot + ending)
    except FileNotFoundError:
        return {}
    except OSError:
        return None
    return found


def _is_there(folder: Path, coding_id: str, there: Mapping[str, set[str]] | None) -> bool:
    if there is not None:
        return bool(there.get(coding_id, set()).intersection(_NAMES))
    with contextlib.suppress(OSError, StoreError):
        return places.path_of(folder, coding_id).is_file()
    return False


def _carry(folder: Path, into: Path, coding_id: str, there: Mapping[str, set[str]] | None, cancelled: Cancelled) -> str:
    try:
        places.path_of(folder, coding_id)
    except StoreError:
        return "lost"  # no file ever had such a name
    endings = (*_NAMES, _LOG) if there is None else there.get(coding_id, set())
    states = {ending: _copy(folder / (coding_id + ending), into, cancelled) for ending in endings}
    states = {ending: state for ending, state in states.items() if state != "lost" or there is not None}
    if all(states.get(name, "lost") == "lost" for name in _NAMES):
        return "lost"
    return "whole" if set(states.values()) == {"whole"} else "damaged"


def _copy(path: Path, into: Path, cancelled: Cancelled) -> str:
    """One file with its time, which says when its coding was begun."""
    state = as_it_lies.copied(path, into / path.name, lambda _: None, cancelled)
    with contextlib.suppress(OSError):
        said = path.stat()
        os.utime(into / path.name, ns=(said.st_atime_ns, said.st_mtime_ns))
    return state
