"""Containers written in a process whose disk is written down: `python -m tests.power.writing PLACE SEED`.

Films from cameras with pieces and syncs of many sizes, films taken in, files made from films, and a rescue.
"""

import json
import random
import sys
from pathlib import Path

from storage.vault.container import AT_END, FILM_CHUNK, RECORDING_CHUNK, SyncPolicy
from storage.vault.media_vault import MediaVault, wrap_key
from tests.power.library import Disk

MEDIA_KEY, CEK = bytes(range(32)), bytes(range(1, 33))
OWNER = "0192f0c0-0000-7000-8000-0000000000f1"
WRAPPED = wrap_key(MEDIA_KEY, OWNER, CEK)
#: what every container holds, from its beginning
CONTENT = random.Random(18).randbytes(300_000)
TAKEN = CONTENT[:150_001]


def main(place: str, seed: str) -> None:
    disk, chance, folder = Disk(), random.Random(int(seed)), Path(place)
    vault = MediaVault(folder, MEDIA_KEY)

    def tell(**said: object) -> None:
        disk.mark(json.dumps(said).encode())

    for policy in (SyncPolicy(every_bytes=70_000), AT_END, SyncPolicy(every_bytes=20_000)):
        file = vault.start_file(OWNER, WRAPPED, chunk_size=RECORDING_CHUNK, sync=policy)
        at, end = 0, chance.randint(60_000, len(CONTENT))
        while at < end:
            piece = CONTENT[at : min(at + chance.choice((300, 9_000, 40_000)), end)]
            file.writer.write(piece)
            at += len(piece)
            if chance.random() < 0.2:
                file.writer.sync()
                tell(named=file.file_name)
        if policy is AT_END:
            rescued = vault.rescue(OWNER, WRAPPED, file.file_name)
            tell(kept=rescued.file_name, size=rescued.size)
            vault.discard(file)
        else:
            vault.keep(finished(file))
            tell(kept=file.file_name, size=end)
    taken = vault.take_in(folder.parent / "film.bin", OWNER, WRAPPED)
    tell(kept=taken.file_name, size=taken.size)
    made = vault.start_file(OWNER, WRAPPED, chunk_size=FILM_CHUNK)
    made.writer.write(CONTENT)
    vault.keep(finished(made))
    tell(kept=made.file_name, size=len(CONTENT))


def finished(file):
    file.writer.finish()
    return file


if __name__ == "__main__":
    main(*sys.argv[1:])
