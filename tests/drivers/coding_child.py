"""The process that the kill test kills: codes without end and prints each observation's id once it is committed."""

import sys
from pathlib import Path

from app.model.change import Change, added
from app.model.coding import CodingHeader
from app.model.identity import new_id
from app.model.observation import Observation
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost


def main(folder: str, passphrase: str) -> None:
    opened = ArchiveDoorway(KdfCost.FLOOR).unlock(Path(folder), "Aino", passphrase)
    (head,) = opened.store.find(CodingHeader)
    number = 0
    while True:
        number += 1
        one = Observation(new_id(), head.id, "S1", "adult1", number)
        changes = [added(one)]
        if number % 7 == 0:
            # a step of many: all of it or nothing
            changes += [added(Observation(new_id(), head.id, "S2", "adult1", number)) for _ in range(30)]
        if number % 5 == 0:
            changes += [Change(one, Observation(one.id, head.id, "S3", "adult1", number, note="x" * 5000))]
        opened.store.apply("coding", changes)
        print(one.id, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
