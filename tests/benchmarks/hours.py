"""A year's statistics of 250 workers from the encrypted archive, beside pandas from the same file; tries to recover."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from app.hours.papers import year_report, year_tables
from app.i18n import Texts, today
from app.model.sought import Side
from storage import archive_folder
from storage.archive import ArchiveDoorway
from storage.vault import key_file, sign_ins
from storage.vault.keys import KdfCost
from tests.benchmarks.big_office import NAME, PASSPHRASE, office
from tests.benchmarks.figures import ratio, row, timed
from tests.drivers.recovering import recovered, shown_by
from tests.material.big_office import WORKING

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "pandas"
RUNS = 7
#: what pandas does with the same rows: the same sums by the same columns, and how many cases each rests on
CHILD = """
import json, sys, time
import pandas as pd
from sqlcipher3 import dbapi2
path, key, year, runs = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
def once():
    start, work = time.perf_counter(), time.process_time()
    c = dbapi2.connect(path)
    c.execute(f"PRAGMA key = \\"x'{key}'\\"")
    said = "worker_id, product, customer, office, delivery, what, whole_id, of_id, minutes, km, children, adults"
    said += ", participants"
    q = f"SELECT {said} FROM work_entry WHERE side = 'clients' AND day BETWEEN '{year}-01-01' AND '{year}-12-31'"
    rows = c.execute(q).fetchall()
    f = pd.DataFrame(rows, columns=said.split(", "))
    for by in ("product", "customer", "office", "delivery"):
        f.groupby(by).agg({"minutes": "sum", "km": "sum", "whole_id": "nunique"})
    for by in ("customer", "office", "delivery"):
        f.groupby(["product", by]).agg({"minutes": "sum", "whole_id": "nunique"})
    f.groupby("worker_id").minutes.sum()
    f[f.of_id != ""].drop_duplicates("of_id").groupby(["product", "what"]).size()
    f.groupby("whole_id")[["children", "adults", "participants"]].max().sum()
    total = int(f.minutes.sum())
    c.close()
    return time.perf_counter() - start, time.process_time() - work, total
once()
print(json.dumps([once() for _ in range(runs)]))
"""


def main() -> None:
    folder = office(WORKING)
    opened = ArchiveDoorway(KdfCost.FLOOR).unlock(folder, NAME, PASSPHRASE)
    year = today().year
    store = opened.store

    def once() -> object:
        return year_report(store, year, Side.CLIENTS, lambda: False)

    def beside() -> object:
        return year_report(store, year, Side.CLIENTS, lambda: False, year - 1)

    ours = row("a year of 250 workers, counted and hidden (<= 1 s)", timed(once, RUNS))
    row("the same, processor", timed(once, RUNS, clock=time.process_time))
    row("beside the year before", timed(beside, RUNS))
    found = year_report(store, year, Side.CLIENTS, lambda: False, year - 1)
    row("its tables in words", timed(lambda: year_tables(store, Texts("fi"), found).parts(), RUNS))
    start = time.perf_counter()
    known = shown_by(found)
    back = recovered(known)
    seconds = time.perf_counter() - start
    cells = sum(len(cells) for table in found.crossed for cells in table.cells)
    print(f"  hidden cells {len(known.names)} of {cells}; recovered by adding and subtracting: {len(back)} (goal 0), "
          f"{seconds:.1f} s of trying", flush=True)  # fmt: skip
    minutes = found.minutes
    opened.archive.close()
    _pandas(folder, year, minutes, ours)


def _pandas(folder: Path, year: int, minutes: int, ours: float) -> None:
    python = _python()
    if python is None:
        print("  pandas is not to be had here")
        return
    vault = key_file.load(folder).vault
    key = bytes(sign_ins.unlock(vault, vault.slot(NAME).id, PASSPHRASE).database).hex()
    path = archive_folder.database_path(folder)
    command = [python, "-c", CHILD, path, key, str(year), str(RUNS)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert {total for *_, total in told} == {minutes}, "both count the same"
    theirs = row("pandas from the same file, without hiding", [seconds for seconds, *_ in told])
    row("the same, processor", [seconds for _, seconds, _ in told])
    ratio("pandas / ours, medians", theirs / ours, ">= 1")


def _python() -> Path | None:
    """The Python of an environment with pandas, made when first asked for; None where it is not to be had."""
    made = FOLDER / "bin" / "python"
    if made.exists():
        return made
    wanted = ["pandas>=2.2,<4", "sqlcipher3>=0.6.4"]
    for step in ([sys.executable, "-m", "venv", FOLDER], [made, "-m", "pip", "install", "-q", *wanted]):
        if subprocess.run(step, capture_output=True, check=False).returncode:
            shutil.rmtree(FOLDER, ignore_errors=True)
            return None
    return made


if __name__ == "__main__":
    main()
