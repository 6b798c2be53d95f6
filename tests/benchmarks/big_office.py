"""Ten years of a big office, made up: desk, lists, a case opened, search as it is typed, beside a small office."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.casework.case_file import case_file
from app.casework.case_list import case_lines, meeting_lines
from app.i18n import Texts, now, today
from app.model.sought import Sought
from app.office import searching
from app.office.desk import desk
from app.ports import OpenedArchive
from storage import archive_folder
from storage.archive import ArchiveDoorway
from storage.store.database import Database
from storage.vault import key_file, sign_ins
from storage.vault.keys import KdfCost
from tests.benchmarks.figures import percentile, ratio
from tests.material.big_office import BIG, SMALL, BigOffice, Size

NAME, PASSPHRASE = "Aino Esimerkki", "viisi sanaa vain mittausta varten"
RUNS = 40
#: as words are typed, letter after letter
TYPED = ("kasuo", "maija", "äiti pu", "3.2.20", "piimä tuo", "tähti 5")


def office(size: Size) -> Path:
    """The folder of such an archive, made when it is not there: minutes for the big one."""
    folder = Path(tempfile.gettempdir()) / f"havainto-office-{size.cases}-{size.hours}-{today():%Y%m%d}"
    if not folder.exists():
        making = folder.with_suffix(".making")
        opened = ArchiveDoorway(KdfCost.FLOOR).create(making, NAME, PASSPHRASE)
        start = time.perf_counter()
        me = opened.store.me
        opened.archive.close()
        vault = key_file.load(making).vault
        key = bytes(sign_ins.unlock(vault, vault.slot(NAME).id, PASSPHRASE).database)
        database = Database(archive_folder.database_path(making), key)
        BigOffice(size, me, today()).fill(database)
        database.close()
        making.rename(folder)
        print(f"  {size.cases} children made in {time.perf_counter() - start:.0f} s", flush=True)
    return folder


def figures(opened: OpenedArchive, folder: Path) -> dict[str, float]:
    """95th percentiles in ms."""
    store, search, texts = opened.store, opened.archive.search, Texts("fi")
    own = store.cases(RUNS, mine=True)
    keys = [word[:n] for word in TYPED for n in range(2, len(word) + 1)]
    asked = iter(keys * 99)

    def sought() -> None:
        wanted = Sought(next(asked))
        searching.lines(store, texts, wanted, search.find(wanted, searching.FIRST + 1))

    cases = iter(own * 99)
    return {
        "desk": p95(lambda: desk(store, opened.archive, 10**12, now()), RUNS),
        "first page of cases": p95(lambda: case_lines(store), RUNS),
        "first page of own cases": p95(lambda: case_lines(store, mine=True), RUNS),
        "first page of own meetings": p95(lambda: meeting_lines(store, mine=True), RUNS),
        "first page of all meetings": p95(lambda: meeting_lines(store), RUNS),
        "a case opened": p95(lambda: case_file(store, next(cases).id), RUNS),
        "search, one more key": p95(sought, 3 * len(keys)),
    }


def p95(work: Callable[[], object], runs: int) -> float:
    seconds = []
    for _ in range(runs + 2):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return 1000 * percentile(seconds[2:], 0.95)


def main() -> None:
    found = []
    for size in (SMALL, BIG):
        folder = office(size)
        start = time.perf_counter()
        opened = ArchiveDoorway(KdfCost.FLOOR).unlock(folder, NAME, PASSPHRASE)
        desk(opened.store, opened.archive, 10**12, now())
        seconds = time.perf_counter() - start
        print(
            f"  {size.cases} children: opened with its desk, key derivation at its floor {seconds:8.2f} s", flush=True
        )
        found.append(figures(opened, folder))
        opened.archive.close()
    small, big = found
    for name, ms in big.items():
        print(
            f"  {name + ', 60 000 children (<= 50 ms)':<58} p95 {ms:8.1f} ms   with 600: {small[name]:.1f}", flush=True
        )
        ratio(f"{name}, 60 000 / 600 children", ms / small[name], "<= 1.5")


if __name__ == "__main__":
    sys.exit(main())
