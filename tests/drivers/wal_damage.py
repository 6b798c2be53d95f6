"""Damage in the log beside the database after a kill: acknowledged rows that are gone are told at the next sign-in."""

import random
import shutil
from collections import Counter
from pathlib import Path

from app.errors import AppError
from app.model.change import added
from app.model.identity import new_id
from app.model.people import Case, Person
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.drivers.preloaded import child
from tests.material.old_archives import AINO, SECRETS

ROOT = Path(__file__).parents[2]
DOOR = ArchiveDoorway(KdfCost.FLOOR)
TOLD = {"archive-older", "log-not-whole", "work-damaged"}
#: the log is written back into the database after so many pages; the newest of a killed program are in it
LEAST, MOST = 5, 90


class Killed:
    """An archive as a kill left it, and what it had acknowledged."""

    def __init__(self, folder: Path, chance: random.Random, *, vouched: bool) -> None:
        """`vouched`: the kill came after the key file had caught up, a second of quiet; else in the middle of work."""
        self.folder, self._copies = folder, 0
        opened = DOOR.create(folder, AINO, SECRETS[AINO])
        opened.store.apply("begin", [added(Case(new_id(), "Kuusi", opened.store.me))])
        opened.archive.close()
        self.acknowledged = _acknowledged_until_killed(folder, chance.randint(LEAST, MOST), vouched=vouched)

    def damaged(self, chance: random.Random) -> str:
        """Damage a copy's log somewhere and sign in to it: `whole`, `told`, `refused`, or `untold` with rows lost."""
        self._copies += 1
        copy = shutil.copytree(self.folder, self.folder.with_name(f"{self.folder.name}-{self._copies}"))
        damage(copy / "archive.db-wal", chance)
        try:
            return self._found(copy)
        finally:
            shutil.rmtree(copy)

    def _found(self, copy: Path) -> str:
        try:
            opened = DOOR.unlock(copy, AINO, SECRETS[AINO])
        except AppError:
            return "refused"
        try:
            lost = set(self.acknowledged) - {p.id for p in opened.store.find(Person)}
            told = {error.key for error in opened.archive.to_tell()} & TOLD
        finally:
            opened.archive.close()
        if not lost:
            return "whole"
        return "told" if told else "untold"


def damage(log: Path, chance: random.Random) -> None:
    """The log cut off somewhere, or one of its bytes changed."""
    held = bytearray(log.read_bytes())
    at = chance.randrange(len(held))
    if chance.random() < 0.5:
        del held[at:]
    else:
        held[at] ^= 1 << chance.randrange(8)
    log.write_bytes(held)


def _acknowledged_until_killed(folder: Path, rows: int, *, vouched: bool) -> list[str]:
    with child("writing_child", str(folder), str(rows if vouched else 10**9)) as writing:
        lines = [writing.stdout.readline() for _ in range(rows)]
        if vouched:
            assert writing.stdout.readline() == "vouched\n"
        writing.kill()
        lines += writing.stdout.readlines()
    return [line.strip() for line in lines if line.endswith("\n")]


def outcomes(place: Path, kills: int, each: int, *, vouched: bool, seed: int = 7) -> Counter[str]:
    """How so many damages after each of so many kills were answered."""
    chance = random.Random(seed)
    seen: Counter[str] = Counter()
    for number in range(kills):
        killed = Killed(place / f"killed-{number}", chance, vouched=vouched)
        seen.update(killed.damaged(chance) for _ in range(each))
    return seen
