"""Taking in a film of 500 MB, encrypted and checked by checksum, in turn with `cp` and fsync on the same disk."""

import os
import resource
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from app.model.identity import new_id
from storage.vault.film_vault import FilmVault
from tests.benchmarks.figures import ratio, row

SIZE, RUNS = 500_000_000, 7


def main() -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd() / "build" if Path("build").exists() else None) as place:
        source = Path(place) / "film.bin"
        with source.open("wb") as file:
            for _ in range(SIZE // 10_000_000):
                file.write(os.urandom(10_000_000))
            os.fsync(file.fileno())
        copies, taken = [], []
        for number in range(RUNS + 1):
            copies.append(_copied(source, Path(place) / "copy.bin"))
            taken.append(_taken(source, Path(place) / f"vault{number}"))
        row("cp and fsync", copies[1:])
        row("taken in, encrypted, read back and compared", taken[1:])
        pairs = [a / b for a, b in zip(copies[1:], taken[1:], strict=True)]
        ratio("cp / taken in, median of pairs", statistics.median(pairs), ">= 0.3")
        print(f"  pair by pair: {', '.join(f'{p:.2f}' for p in pairs)}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  memory at its peak: {peak:.0f} MB")


def _copied(source: Path, target: Path) -> float:
    start = time.perf_counter()
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    seconds = time.perf_counter() - start
    target.unlink()
    return seconds


def _taken(source: Path, folder: Path) -> float:
    folder.mkdir()
    vault = FilmVault(folder, os.urandom(32))
    start = time.perf_counter()
    vault.take_in(source, new_id(), lambda _: None, lambda: False)
    seconds = time.perf_counter() - start
    vault.close()
    shutil.rmtree(folder)
    return seconds
