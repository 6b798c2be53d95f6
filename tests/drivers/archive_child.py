"""One act on an archive in a process that will be killed: `python -m tests.drivers.archive_child <act> <folder> …`.

It says `ready` when everything heavy is imported, waits for a line, acts, and says `done`.
"""

import sys
from pathlib import Path

from app.door import Door
from app.i18n import Texts
from app.model.erasure import FilmOrder, Ground
from app.model.people import Worker
from app.model.recording import Recording
from app.office.workers import add_worker
from app.ports import OpenedArchive
from storage.archive import ArchiveDoorway
from storage.open_archive import OpenArchive
from storage.vault.keys import KdfCost
from tests.material.old_archives import AINO, LEENA, SECRETS

assert OpenArchive  # imported before the clock runs

DOOR = ArchiveDoorway(KdfCost.FLOOR)
THIRD, THIRDS = "Kolmas", "kolmannen salalause"
AINOS_NEXT, LEENAS_NEXT = "ainon seuraava", "leenan uusi"


def _as_aino(folder: Path):
    return DOOR.unlock(folder, AINO, SECRETS[AINO])


def add(folder: Path, *_: str) -> None:
    opened = _as_aino(folder)
    add_worker(Door(opened.store), opened.archive, Texts("en"), THIRD, THIRDS)
    opened.archive.close()


def remove(folder: Path, *_: str) -> None:
    opened = _as_aino(folder)
    (leena,) = opened.store.find(Worker, name=LEENA)
    opened.archive.remove_sign_in(leena.id)
    opened.archive.close()


def rotate(folder: Path, *_: str) -> None:
    opened = _as_aino(folder)
    opened.archive.change_key()
    opened.archive.close()


def recover(folder: Path, code: str, *_: str) -> None:
    DOOR.recover(folder, LEENA, code, LEENAS_NEXT).archive.close()


def passphrase(folder: Path, *_: str) -> None:
    opened = _as_aino(folder)
    opened.archive.change_passphrase(opened.store.me, SECRETS[AINO], AINOS_NEXT)
    opened.archive.close()


def restore(folder: Path, backup: str, *_: str) -> None:
    DOOR.restore(Path(backup), folder, SECRETS[AINO], lambda _: None, lambda: False)


def migrate(folder: Path, *_: str) -> None:
    _as_aino(folder).archive.close()


def erase_by_two(opened: OpenedArchive, film: Recording) -> None:
    """Erase a film on which codings may rest, as the other worker confirms it."""
    (leena,) = opened.store.find(Worker, name=LEENA)
    opened.archive.confirm_erasing(leena.id, SECRETS[LEENA], film.id)
    opened.archive.erasing.film(FilmOrder(film.id, Ground.MISTAKE, "typed"), lambda: False)


def erase(folder: Path, *_: str) -> None:
    opened = _as_aino(folder)
    (film,) = opened.store.find(Recording)
    erase_by_two(opened, film)
    opened.archive.erasing.finish(lambda _: None, lambda: False)
    opened.archive.close()


def main(act: str, folder: str, *more: str) -> None:
    print("ready", flush=True)
    sys.stdin.readline()
    globals()[act](Path(folder), *more)
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
