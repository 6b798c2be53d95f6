"""What a worker's memo in the key file says of the worker's own sealed files: that none is gone, and none is older.

    entry   HMAC-SHA256(files key, JSON [coding id, rows of its log, MAC of the last one in hex, step])
    head    the entries of all own files that are not released, combined by exclusive or; without any 32 zero bytes

Who has no key of the worker's can make no entry. A program that was killed may have got further than it noted: then
one or two of the files fit with an earlier place of their own log, or were begun since.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import sqlalchemy as sa

from storage.codings.coding_file import CodingFile
from storage.store.row_mapping import compact
from storage.store.tables import audit

NOTHING = bytes(32)
#: so many rows back is looked for where the memo was kept: it follows the work within a second
_BACK = 300


def entry(key: bytes, coding_id: str, rows: int, mac: bytes, step: int) -> bytes:
    """What stands for one file at one place of its log, counted from 0. 32 bytes."""
    return hmac.digest(key, compact([coding_id, rows, mac.hex(), step]).encode(), "sha256")


def entry_of(key: bytes, file: CodingFile) -> bytes:
    """What stands for a file as it is. 32 bytes."""
    return entry(key, file.row.coding_id, file.head.count, file.head.mac, file.step)


def combined(entries: Iterable[bytes]) -> bytes:
    """The memo's head."""
    head = 0
    for one in entries:
        head ^= int.from_bytes(one)
    return head.to_bytes(32)


def fits(kept: bytes, key: bytes, files: Sequence[CodingFile]) -> bool:
    """Whether what the memo says was kept of these files, some of which may have got further since."""
    now = [entry_of(key, file) for file in files]
    if combined(now) == kept:
        return True
    earlier = [{combined((now[n], was)) for was in _earlier(key, file)} for n, file in enumerate(files)]
    wanted = combined((*now, kept))
    if any(wanted in some for some in earlier):
        return True
    return any(_pair(wanted, one, other) for one, other in combinations(earlier, 2))


def _pair(wanted: bytes, one: set[bytes], other: set[bytes]) -> bool:
    return any(combined((wanted, difference)) in other for difference in one)


def _earlier(key: bytes, file: CodingFile) -> Iterator[bytes]:
    """What may have stood for a file: nothing, or an earlier row of its log."""
    yield NOTHING
    with file.read() as connection:
        rows = connection.execute(sa.select(audit.c.n, audit.c.mac).order_by(audit.c.n.desc()).limit(_BACK)).all()
    for step in range(max(file.step - 2, 0), file.step + 1):
        for row in rows:
            yield entry(key, file.row.coding_id, row.n, bytes(row.mac), step)
