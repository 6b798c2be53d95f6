"""A backup of 2 GB of films: the first, one more whose films are all there, and one that reads every copy anew.

Nothing is taken from the system's own memory of files: what was written is on the disk and dropped from it before each.
"""

import os
import secrets
import tempfile
import time
from pathlib import Path

from storage.archive import ArchiveDoorway
from storage.backups import kept_films
from storage.vault.keys import KdfCost
from tests.benchmarks.figures import row
from tests.material.archives import take_film
from tests.material.golden import AINO, PASSPHRASE, golden

FILMS, EACH = 4, 512 * 1024**2
AGAIN = 3


def forgotten(*folders: Path) -> None:
    """The system keeps nothing of these files in memory."""
    os.sync()
    for folder in folders:
        for path in folder.rglob("*.vau"):
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main() -> None:
    door = ArchiveDoorway(KdfCost.FLOOR)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as held:
        place = Path(held)
        (usb := place / "usb").mkdir()
        opened = door.unlock(golden("empty", place / "archive"), AINO, PASSPHRASE)
        for number in range(FILMS):
            source = place / f"{number}.mp4"
            block = secrets.token_bytes(1 << 20)
            with source.open("wb") as file:
                for n in range(EACH >> 20):
                    file.write(n.to_bytes(8, "big") + block[8:])
            take_film(opened, source)
            source.unlink()

        def seconds() -> float:
            forgotten(place / "archive", usb)
            begun = time.perf_counter()
            opened.archive.backup(usb, lambda _: None, lambda: False)
            return time.perf_counter() - begun

        first = row(f"the first of {FILMS * EACH / 1e9:.1f} GB", [seconds()])
        again = row("one more, its films are there", [seconds() for _ in range(AGAIN)])
        print(f"  {'the first takes times as long (>= 5)':<58} {first / again:8.1f}", flush=True)
        kept_films.SHARE_READ = 1
        every = row("one more that reads every copy to its end", [seconds()])
        print(f"  {'the first takes times as long':<58} {first / every:8.1f}", flush=True)
        newest = max(usb.glob("havainto-backup-*"))
        door.restore(newest, place / "restored", PASSPHRASE, lambda _: None, lambda: False)
        again_open = door.unlock(place / "restored", AINO, PASSPHRASE)
        assert again_open.archive.verify(lambda _: None, lambda: False) == ()
        again_open.archive.close()
        opened.archive.close()


if __name__ == "__main__":
    main()
