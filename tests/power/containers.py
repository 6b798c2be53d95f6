"""Power cuts while containers are written: what comes out of each is an exact front of it, with all that was synced.

    python -m tests.power.containers STATES [SEED]

A container that has its own name is whole. Of an unfinished one the program's own rescue makes a container, which
holds every whole chunk that was on the disk for certain; nothing else ever comes out of either.
"""

import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from app.errors import ContainerError
from storage.vault import container
from storage.vault.container_reader import ContainerReader
from tests.material import once
from tests.power.cuts import ROOT, quick_folder
from tests.power.library import Record, What, environment, records
from tests.power.volume import File, Volume
from tests.power.writing import CEK, CONTENT, OWNER, TAKEN

_PART = ".part"
#: so many states of one writing
EACH = 2_500


def written(place: Path, seed: int) -> tuple[Path, tuple[Record, ...]]:
    """Containers written once, on record."""
    root, log = place / f"media-{seed}", place / f"log-{seed}"
    root.mkdir()
    (place / "film.bin").write_bytes(TAKEN)
    words = [sys.executable, "-m", "tests.power.writing", str(root), str(seed)]
    subprocess.run(words, env=environment(root, log), cwd=ROOT, check=True)
    acts = tuple(records(log))
    assert {p.name: p.read_bytes() for p in root.iterdir()} == _followed(root, acts).now()
    return root, acts


def _followed(root: Path, acts: tuple[Record, ...]) -> Volume:
    volume = Volume(root)
    for act in acts:
        if act.what != What.MARK:
            volume.follow(act)
    return volume


def violations(place: Path, states: int, seed: int) -> Iterator[str]:
    """What is wrong in so many states of one writing."""
    root, acts = written(place, seed)
    chance, folder = random.Random(seed), place / f"state-{seed}"
    folder.mkdir()
    volume, done = Volume(root), 0
    named, kept, looked_at = set[str](), dict[str, int](), dict[str, bytes]()
    for at in sorted(chance.randint(0, len(acts)) for _ in range(states)):
        for act in acts[done:at]:
            if act.what == What.MARK:
                said = json.loads(act.data)
                kept |= {said["kept"]: said["size"]} if "kept" in said else {}
                named = {said["named"]} if "named" in said else set()
            else:
                volume.follow(act)
        done = at
        left = volume.left(chance)
        if gone := kept.keys() - left.keys():
            yield f"{at}: {len(gone)} kept containers are gone"
        for name in named - {n.removesuffix(_PART) for n in left}:
            yield f"{at}: {name} was synced and has no name"
        for name, content in left.items():
            assert content is not None
            if looked_at.get(name) == content:
                continue  # to the last byte what was whole a moment ago
            found = list(_faults(volume, folder, name, content, kept))
            yield from (f"{at}: {name}: {fault}" for fault in found)
            if name in kept and not found:
                looked_at[name] = content


def _faults(volume: Volume, folder: Path, name: str, content: bytes, kept: dict[str, int]) -> Iterator[str]:
    path = folder / name
    path.write_bytes(content)
    try:
        if name.endswith(_PART):
            yield from _rescued(volume, folder, name)
            return
        with ContainerReader(path, CEK, OWNER) as reader:
            held = reader.read()
        if held != CONTENT[: len(held)] or len(held) != kept.get(name, len(held)):
            yield "not what was kept"
    except ContainerError as error:
        yield f"refused: {error.key} {dict(error.values)}"
    finally:
        path.unlink()


def _rescued(volume: Volume, folder: Path, name: str) -> Iterator[str]:
    """The rescue of an unfinished one; no rescue only where nothing was promised."""
    node = volume.top.synced.get(name)
    certain = bytes(node.synced) if isinstance(node, File) else b""
    chunk_size = int.from_bytes(certain[12:16], "little")
    chunks = (len(certain) - container.HEADER_BYTES) // (chunk_size + container.TAG_BYTES) if chunk_size else 0
    least = chunks * chunk_size
    into = folder / "rescued"
    try:
        container.recover(folder / name, CEK, into)
        with ContainerReader(into, CEK, OWNER) as reader:
            held = reader.read()
        if len(held) < least:
            yield f"{len(held)} bytes of {least} that were synced"
        if held != CONTENT[: len(held)]:
            yield "not a front of what was written"
    except ContainerError as error:
        if least > 0:
            yield f"nothing of {least} bytes that were synced: {error.key}"
    finally:
        into.unlink(missing_ok=True)


def _share(given: tuple[Path, int, int]) -> list[str]:
    return list(violations(*given))


def tried(states: int, seed: int, workers: int = 1) -> list[str]:
    """So many states, of a new writing for every `EACH` of them."""
    sizes = [min(EACH, states - begin) for begin in range(0, states, EACH)]
    with once.run(), quick_folder() as place:
        shares = [(place, size, seed + number) for number, size in enumerate(sizes)]
        if workers == 1:
            return [fault for share in shares for fault in _share(share)]
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            return [fault for part in pool.imap_unordered(_share, shares) for fault in part]


def main(states: int = 100_000, seed: int | None = None) -> None:
    """Cut, look, print, and hold it to what was promised."""
    seed = random.SystemRandom().randrange(2**31) if seed is None else seed
    began = time.monotonic()
    found = tried(states, seed, min(2, os.cpu_count() or 1))
    took = time.monotonic() - began
    sys.stdout.write(f"power cuts of containers: {states} states, seed {seed}; {len(found)} violations; {took:.0f} s\n")
    sys.stdout.flush()
    assert not found, found[:10]


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
