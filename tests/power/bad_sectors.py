"""A disk that no longer gives some sectors of an archive's files: what is said of it, and what a rescue brings out.

    python -m tests.power.bad_sectors TRIES [SEED]

Runs itself in a process with the library (`library.py`). In each try one file loses a sector, or a run of them: the
database, the log beside it, the key file, a film, a sealed coding. Then all of it is read, checked and backed up, and
rescued, through the program's own doors: each ends well or in one sentence, what lies on other pages comes out of the
rescue, and a film keeps every byte beside the lost ones.
"""

import json
import random
import shutil
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.error_texts import SENTENCES
from app.errors import AppError
from app.model.change import added
from app.model.identity import new_id
from app.model.people import Case
from app.model.recording import DerivedFile, Recording
from app.ports import OpenedArchive
from storage.open_archive import OpenArchive
from storage.store.database import connect
from storage.store.kinds import CONTAINED, KINDS, kind_of
from tests.drivers.page_damage import NAMES, PAGE, One, Whole, keys_of, thickened
from tests.material import once
from tests.material.golden import AINO, PASSPHRASE, door, golden
from tests.power.cuts import ROOT, quick_folder
from tests.power.library import Disk, environment
from tests.power.quick import quick

assert OpenArchive  # imported before any sector is lost

SECTOR = 4096
#: so many sectors are lost at once
RUNS = (1, 1, 1, 2, 8)
#: kinds whose rows name files, of which there are no more
OF_FILES = {kind_of(kind).name for kind in (*CONTAINED, DerivedFile)}
_LOG_HEAD, _FRAME = 32, 24 + PAGE


@dataclass
class Told:
    """Of the files of one kind: how often a sector was lost, what was said of it by which act, and what was wrong."""

    what: str
    tries: int = 0
    said: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Ground:
    """An archive whose database has many pages and a log beside it, as a kill leaves it, and what is true of it."""

    def __init__(self, place: Path) -> None:
        made = golden("drafts", place / "made")
        self.key = keys_of(made).database
        thickened(made, self.key, 12, [name for name in NAMES if name not in OF_FILES])
        opened = door().unlock(made, AINO, PASSPHRASE)
        for n in range(12):
            opened.store.apply("late", [added(Case(new_id(), f"Kuusi {n}" * 90, opened.store.me))], act="create")
        self.folder = Path(shutil.copytree(made, place / "archive"))
        self.film = next(f for f in opened.store.find(Recording) if (made / "media" / f.container).exists())
        opened.archive.close()
        self.whole = Whole.of(self.folder, self.key)
        log = (self.folder / "archive.db-wal").read_bytes()
        self.in_log = [int.from_bytes(log[at : at + 4]) for at in range(_LOG_HEAD, len(log), _FRAME)]
        (self.folder / "archive.lock").unlink(missing_ok=True)
        self.files = {
            "database": [self.folder / "archive.db"],
            "log": [self.folder / "archive.db-wal"],
            "key file": [self.folder / "archive.key"],
            "film": [self.folder / "media" / self.film.container],
            "coding": sorted((self.folder / "codings").glob("*.db")),
        }

    def pages_of_database(self, at: int, size: int) -> set[int]:
        """The numbers of the pages that lie there."""
        return {n + 1 for n in range(at // PAGE, -(-(at + size) // PAGE))}

    def wanted(self, what: str, at: int, size: int) -> set[One]:
        """The entities none of whose pages lost a sector."""
        lost = set[int]()
        if what == "database":
            lost = self.pages_of_database(at, size) - set(self.in_log)
        elif what == "log":
            frames = range(max(at - _LOG_HEAD, 0) // _FRAME, -(-(at + size - _LOG_HEAD) // _FRAME))
            lost = {self.in_log[n] for n in frames if n < len(self.in_log)}
        return {one for one, on in self.whole.lies_on.items() if lost.isdisjoint(on)}


class Try:
    """One loss in a copy of the archive."""

    def __init__(self, ground: Ground, what: str, place: Path, chance: random.Random) -> None:
        self.ground, self.what, self.place = ground, what, place
        path = chance.choice(ground.files[what])
        self.folder = Path(shutil.copytree(ground.folder, place / "archive"))
        self.path = self.folder / path.relative_to(ground.folder)
        last = max(path.stat().st_size - 1, 0) // SECTOR
        self.at, self.size = chance.randint(0, last) * SECTOR, chance.choice(RUNS) * SECTOR
        self.told = Told(what, 1)

    def run(self) -> Told:
        disk = Disk()
        disk.spoil(self.path, self.at, self.size)
        try:
            self._act("rescue", self._rescue)
            self._act("work", self._work)
        finally:
            disk.heal()
        return self.told

    def fault(self, words: str) -> None:
        self.told.faults.append(f"{self.what} at {self.at} for {self.size}: {words}")

    def _act(self, name: str, do: Callable[[], str]) -> None:
        """It ends well, or in a sentence."""
        try:
            said = do()
        except AppError as error:
            said = error.key
            if error.key not in SENTENCES:
                self.fault(f"{name}: no sentence for {error.key}")
        except Exception as error:  # noqa: BLE001  what has no sentence is what is looked for
            at = traceback.extract_tb(error.__traceback__)[-1]
            said = "crash"
            self.fault(f"{name}: {type(error).__name__} {error} in {Path(at.filename).name}:{at.lineno}")
        self.told.said[f"{name}: {said}"] += 1

    # ── the rescue ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _rescue(self) -> str:
        into = self.place / "new"
        found = door().rescue(self.folder, into, PASSPHRASE, lambda _: None, lambda: False)
        if found.troubles:
            self.fault(f"rescue: what it made is not whole: {found.troubles}")
        wanted = self.ground.wanted(self.what, self.at, self.size)
        driver = connect(into / "archive.db", self.ground.key)
        there = {(k.name, row[0]) for k in KINDS for row in driver.execute(f"SELECT id FROM {k.name}")}
        driver.close()
        if len(wanted & there) < 0.99 * len(wanted):
            self.fault(f"rescue: {len(wanted & there)} of {len(wanted)} on whole pages")
        if self._is_lost and found.is_whole:
            self.fault("rescue: it says that all was whole")
        if self.what == "film":
            self._film_kept(into)
        door().unlock(into, AINO, PASSPHRASE).archive.close()
        return "whole" if found.is_whole else "told"

    @property
    def _is_lost(self) -> bool:
        """Whether anything is: a key file has its elder, and a page that is in the log is not asked of the database."""
        if self.what == "database":
            return not self.ground.pages_of_database(self.at, self.size) <= set(self.ground.in_log)
        return self.what != "key file"

    def _film_kept(self, into: Path) -> None:
        """Beside the lost sectors byte for byte, unless its head is lost: then nothing opens it."""
        new = into / "media" / self.path.name
        if self.at == 0:
            return
        old = (self.ground.folder / "media" / self.path.name).read_bytes()
        now = new.read_bytes() if new.exists() else b""
        if now[: self.at] != old[: self.at] or now[self.at + self.size :] != old[self.at + self.size :]:
            self.fault("rescue: of the film more is lost than the disk did not give")

    # ── the program ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _work(self) -> str:
        opened = door().unlock(self.folder, AINO, PASSPHRASE)
        try:
            told = [error.key for error in opened.archive.to_tell()]
            for name, act in self._acts(opened).items():
                self._act(name, act)
        finally:
            opened.archive.close()
        return ", ".join(told) or "nothing told"

    def _acts(self, opened: OpenedArchive) -> dict[str, Callable[[], str]]:
        """What a day of work does with it."""
        store, archive, nothing = opened.store, opened.archive, lambda _: None

        def read() -> str:
            for kind in KINDS:
                store.find(kind.entity)
            return "read"

        def write() -> str:
            store.apply("more", [added(Case(new_id(), "Mänty", store.me))], act="create")
            return "written"

        def verify() -> str:
            found = archive.verify(nothing, lambda: False)
            if not found and self.what in {"film", "coding"}:
                self.fault("verify: nothing is found")
            return ", ".join(sorted({one.partition(":")[0] for one in found})) or "nothing found"

        def show() -> str:
            with opened.media.open(self.ground.film) as film:
                return "shown" if len(film.read()) else "empty"

        def back_up() -> str:
            usb = self.place / "usb"
            usb.mkdir()
            archive.backup(usb, nothing, lambda: False)
            return "made"

        return {"read": read, "write": write, "check": verify, "film": show, "backup": back_up}


def tried(tries: int, seed: int) -> list[Told]:
    """So many losses in each kind of file. Raises subprocess.CalledProcessError."""
    with once.run(), quick_folder() as place:
        words = [sys.executable, "-m", "tests.power.bad_sectors", "inside", str(place), str(tries), str(seed)]
        done = subprocess.run(words, env=environment(place), cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return [Told(**json.loads(line)) for line in done.stdout.splitlines()]


def _inside(place: Path, tries: int, seed: int) -> None:
    chance = random.Random(seed)
    with quick():
        ground = Ground(place)
        for what in ground.files:
            all_of = Told(what)
            for number in range(tries):
                (here := place / f"try-{number}").mkdir()
                one = Try(ground, what, here, chance).run()
                shutil.rmtree(here)
                all_of.tries += 1
                all_of.said += one.said
                all_of.faults += one.faults
            print(json.dumps(vars(all_of)), flush=True)


def main(tries: int = 200, seed: int | None = None) -> None:
    """Lose, look, print, and hold it to what was promised."""
    seed = random.SystemRandom().randrange(2**31) if seed is None else seed
    told = tried(tries, seed)
    for one in told:
        words = ", ".join(f"{count} × {said}" for said, count in sorted(one.said.items()))
        sys.stdout.write(f"lost sectors of a {one.what}: {one.tries}, seed {seed}; {words}; {len(one.faults)} faults\n")
    sys.stdout.flush()
    faults = [fault for one in told for fault in one.faults]
    assert not faults, faults[:10]


if __name__ == "__main__":
    if sys.argv[1] == "inside":
        _inside(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(*(int(word) for word in sys.argv[1:]))
