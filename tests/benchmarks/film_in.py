"""Taking in a film of 500 MB, encrypted and proven by its chunks' tags, in turn with `cp` and fsync."""

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
        copies, taken, worked, fetched = [], [], [], 0
        for number in range(RUNS + 1):
            copies.append(_copied(source, Path(place) / "copy.bin"))
            begun, read = time.process_time(), _from_disk()
            taken.append(_taken(source, Path(place) / f"vault{number}"))
            worked.append(time.process_time() - begun)
            fetched += _from_disk() - read
        row("cp and fsync", copies[1:])
        row("taken in, encrypted, read back and proven", taken[1:])
        row("taken in, processor", worked[1:])
        pairs = [a / b for a, b in zip(copies[1:], taken[1:], strict=True)]
        ratio("cp / taken in, median of pairs", statistics.median(pairs), ">= 0.5")
        print(f"  pair by pair: {', '.join(f'{p:.2f}' for p in pairs)}")
        print(f"  of what was proven, read from the disk itself: {fetched / SIZE / len(taken) * 100:.0f} %")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  memory at its peak: {peak:.0f} MB")


def _from_disk() -> int:
    """Bytes that the system has fetched from disks for this process; 0 where it does not say."""
    said = Path("/proc/self/io")
    lines = said.read_text().splitlines() if said.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("read_bytes")), 0)


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
