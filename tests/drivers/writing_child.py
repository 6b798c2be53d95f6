"""Writes without waiting and prints each id once it is committed; its arguments are the folder and a number of rows.

After so many rows it waits until the key file vouches for them, says `vouched`, and goes on until it is killed.
"""

import sys
import threading
from pathlib import Path

from app.model.change import added
from app.model.identity import new_id
from app.model.people import Case, Person, Role
from storage.archive import ArchiveDoorway
from storage.store import access_log
from storage.vault.keys import KdfCost
from tests.material.old_archives import AINO, SECRETS


def main(folder: str, rows: str) -> None:
    opened = ArchiveDoorway(KdfCost.FLOOR).unlock(Path(folder), AINO, SECRETS[AINO])
    (case,) = opened.store.find(Case)
    number = 0
    while True:
        number += 1
        one = Person(new_id(), case.id, Role.BIRTH_PARENT, f"person {number}", "x" * (number * 37 % 900))
        opened.store.apply("person", [added(one)])
        print(one.id, flush=True)
        if number == int(rows):
            _wait_until_vouched(opened.archive)
            print("vouched", flush=True)
            threading.Event().wait()  # to be killed


def _wait_until_vouched(archive) -> None:
    desk, tick = archive._desk, threading.Event()
    with archive._database.read() as connection:
        end = access_log.head(connection, desk.vault.archive_id)
    while desk.kept() != end:
        tick.wait(0.02)


if __name__ == "__main__":
    main(*sys.argv[1:])
