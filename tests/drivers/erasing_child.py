"""Erases a film and kills itself at one place on the way: `FOLDER NAME PASSPHRASE PLACE`."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from app.model.erasure import FilmOrder, Ground
from app.model.recording import Recording
from storage.archive import ArchiveDoorway
from storage.erasing.erasing import Erasing
from storage.store import database
from storage.store.access_log import AuditLog
from storage.vault.film_vault import FilmVault
from storage.vault.keys import KdfCost

#: the method after which the program dies, by the place's name
AFTER = {
    "logged": (AuditLog, "append"),
    "erased": (Erasing, "film"),
    "one-file": (FilmVault, "erase"),
    "written-anew": (database.Database, "written_anew"),
    "marked": (Erasing, "_mark"),
    "finished": (Erasing, "finish"),
}
PLACES = (*AFTER, "writing-anew")


def die() -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return False


def _dies_after(cls: type, name: str) -> None:
    method: Callable = getattr(cls, name)

    def then_dies(*args, **more):
        found = method(*args, **more)
        die()
        return found

    setattr(cls, name, then_dies)


def main() -> None:
    folder, name, passphrase, place = Path(sys.argv[1]), *sys.argv[2:5]
    opened = ArchiveDoorway(KdfCost.FLOOR).unlock(folder, name, passphrase)
    (film,) = opened.store.find(Recording)
    if place in AFTER:
        _dies_after(*AFTER[place])
    opened.archive.erasing.film(FilmOrder(film.id, Ground.MISTAKE), lambda: False)
    if place in AFTER:
        opened.archive.erasing.finish(lambda _: None, lambda: False)
        return
    # files are looked at first; then every few steps of the database's own
    database.STEPS_BETWEEN_LOOKS = 50
    looks = iter([False] * 6)
    opened.archive.erasing.finish(lambda _: None, lambda: next(looks, None) is None and die())


if __name__ == "__main__":
    main()
