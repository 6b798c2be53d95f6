"""Erases a film, or supervision that has ended, and kills itself on the way: `FOLDER NAME PASSPHRASE PLACE`."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from app.model.erasure import FilmOrder, Ground, Whole, WholeOrder
from app.model.recording import Recording
from app.model.supervision import AgreementState, SupervisionAgreement
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
    "whole": (Erasing, "whole"),
    "one-file": (FilmVault, "erase"),
    "written-anew": (database.Database, "written_anew"),
    "marked": (Erasing, "_mark"),
    "finished": (Erasing, "finish"),
}
PLACES = (*(place for place in AFTER if place != "whole"), "writing-anew")
#: those at which a whole supervision is tried
OF_WHOLES = ("logged", "whole", "written-anew", "marked")


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


def main(folder: str, name: str, passphrase: str, place: str) -> None:
    opened = ArchiveDoorway(KdfCost.FLOOR).unlock(Path(folder), name, passphrase)
    (film,) = opened.store.find(Recording)
    over = opened.store.find(SupervisionAgreement, state=AgreementState.ENDED)
    if place in AFTER:
        _dies_after(*AFTER[place])
    if over:
        order = WholeOrder(Whole.SUPERVISION, over[0].id, Ground.OTHER, "x")
        opened.archive.erasing.whole(order, lambda _: None, lambda: False)
    else:
        opened.archive.erasing.film(FilmOrder(film.id, Ground.MISTAKE), lambda: False)
    if place in AFTER:
        opened.archive.erasing.finish(lambda _: None, lambda: False)
        return
    # files are looked at first; then every few steps of the database's own
    database.STEPS_BETWEEN_LOOKS = 50
    looks = iter([False] * 6)
    opened.archive.erasing.finish(lambda _: None, lambda: next(looks, None) is None and die())


if __name__ == "__main__":
    main(*sys.argv[1:])
