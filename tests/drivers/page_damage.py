"""One damage of a file of an archive, drawn anew each time (a bit, a cut, two pieces exchanged), and what is read."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from app.errors import ArchiveError
from app.model.identity import new_id
from storage.rescue.reading import Reading
from storage.rescue.sealed_pages import PAGE, SealedPages
from storage.rescue.stand_in import tables_of
from storage.store.database import connect
from storage.store.kinds import KINDS
from storage.vault import key_file, sign_ins
from storage.vault.keys import Keys
from tests.material.golden import PASSPHRASE

KINDS_OF_DAMAGE = ("bit", "cut", "swap")
NAMES = tuple(kind.name for kind in KINDS)
#: made once: most damages need them
TABLES_OF = cache(tables_of)
#: (kind, id) of one entity
One = tuple[str, str]


def keys_of(folder: Path) -> Keys:
    return sign_ins.secret_of_backup(key_file.load(folder).vault, PASSPHRASE)


def damaged(content: bytes, what: str, draw: Random, piece: int = PAGE) -> bytes:
    """The file's bytes with one damage; they always differ from what was."""
    if what == "cut":
        return content[: draw.randrange(len(content))]
    made = bytearray(content)
    if what == "bit":
        made[draw.randrange(len(made))] ^= 1 << draw.randrange(8)
        return bytes(made)
    places = list(range(0, len(content), piece))
    while True:
        one, other = (slice(at, at + piece) for at in draw.sample(places, 2))
        first, second = content[one], content[other]
        if first != second and len(first) == len(second):
            made[one], made[other] = second, first
            return bytes(made)


@dataclass(frozen=True)
class Whole:
    """A database before the damage: its bytes, and on which pages each entity lies."""

    content: bytes
    lies_on: dict[One, tuple[int, ...]]

    @classmethod
    def of(cls, folder: Path, key: bytes) -> "Whole":
        with SealedPages(folder / "archive.db", key) as pages:
            reading = Reading(pages, TABLES_OF)
            return cls((folder / "archive.db").read_bytes(), dict(_placed(reading)))

    def on_healthy_pages(self, now: bytes) -> set[One]:
        """The entities none of whose pages differs now."""
        count = -(-len(self.content) // PAGE)
        bad = {n for n in range(1, count + 1) if _page(self.content, n) != _page(now, n)}
        return {one for one, on in self.lies_on.items() if bad.isdisjoint(on)}


def _page(content: bytes, number: int) -> bytes:
    return content[(number - 1) * PAGE : number * PAGE]


def _placed(reading: Reading) -> Iterator[tuple[One, tuple[int, ...]]]:
    for name in NAMES:
        if name in reading.tables:
            place = reading.tables[name].names.index("id")
            yield from (((name, str(values[place])), on) for values, on in reading.placed(name))


@dataclass
class Outcome:
    """After a damage: entities that lay on healthy pages, those of them that were read, and was it seen."""

    healthy: int
    read: int
    seen: bool


def outcome(folder: Path, whole: Whole, key: bytes, what: str, draw: Random, content: bytes | None = None) -> Outcome:
    """Damage the database in `folder` once, read it as a rescue does, and put it back."""
    path = folder / "archive.db"
    now = damaged(whole.content, what, draw) if content is None else content
    path.write_bytes(now)
    wanted = whole.on_healthy_pages(now)
    try:
        with SealedPages(path, key) as pages:
            reading = Reading(pages, TABLES_OF)
            found = {one for one, _ in _placed(reading)}
            seen = pages.unsealed or any(True for _ in pages.damaged())
    except ArchiveError:
        found, seen = set(), True
    finally:
        path.write_bytes(whole.content)
    return Outcome(len(wanted), len(wanted & found), seen)


def thickened(folder: Path, key: bytes, times: int, names: Sequence[str] = NAMES) -> None:
    """Every row of these kinds so many times more, each under an id of its own, so that tables have many pages."""
    driver = connect(folder / "archive.db", key)
    try:
        for name in names:
            columns = [row[1] for row in driver.execute(f"PRAGMA table_info({name})")]
            rows = driver.execute(f"SELECT * FROM {name}").fetchall()
            place = columns.index("id")
            more = [(*row[:place], new_id(), *row[place + 1 :]) for row in rows for _ in range(times)]
            driver.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({','.join('?' * len(columns))})", more)
        driver.commit()
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        driver.close()


def fresh(folder: Path, into: Path) -> Path:
    """A copy of an archive to be damaged."""
    shutil.rmtree(into, ignore_errors=True)
    return shutil.copytree(folder, into)
