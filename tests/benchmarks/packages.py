"""A package with one film made and taken in, in turn with `cp` and fsync of the film's container.

HAVAINTO_PACKAGE_BYTES says how long the film is: 2 GB when nothing is said.
"""

import os
import resource
import shutil
import statistics
import tempfile
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.package import RECIPIENT, SENDER, MeetingPackage
from app.model.people import Case, Person, Role
from app.model.stored import StoredContent
from storage.packages.packages import SealedPackages
from storage.vault import receiving_keys
from storage.vault.film_vault import FilmVault
from tests.benchmarks.figures import ratio, row
from tests.material.archives import keys_of
from tests.material.builders import recording

SIZE, RUNS = int(os.environ.get("HAVAINTO_PACKAGE_BYTES", "2000000000")), 4


def quiet(_share: float) -> None:
    pass


def going() -> bool:
    return False


def main() -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd() / "build" if Path("build").exists() else None) as place:
        folder = Path(place)
        sides = [(folder / name, keys_of(name)) for name in ("sender", "recipient")]
        for vault, _ in sides:
            vault.mkdir()
        media = [FilmVault(vault, bytes(range(32))) for vault, _ in sides]
        out, come_in = (
            SealedPackages(keys, one, threading.Lock()) for (_, keys), one in zip(sides, media, strict=True)
        )
        film = _film(media[0], folder / "source")
        keys = [receiving_keys.receiving_key(keys.own()) for _, keys in sides]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        pairs: dict[str, list[tuple[float, float]]] = {"package made": [], "taken in, every seal proven": []}
        for number in range(RUNS + 1):
            package = _package(film)
            source = sides[0][0] / film.container

            def make(package=package):
                return out.make(package, [film], keys[1], folder, quiet, going)

            where, pair = _beside_cp(make, source, folder / "copy", ours_first=bool(number % 2))
            pairs["package made"].append(pair)
            (there,) = (where / "films").iterdir()

            def take(where=where):
                return come_in.take_films(come_in.look(where, [keys[0]]), [film.id], quiet, going)

            (row_in,), pair = _beside_cp(take, there, folder / "copy", ours_first=bool(number % 2))
            pairs["taken in, every seal proven"].append(pair)
            media[1].erase([row_in.container])
            shutil.rmtree(where)
        for name, times in pairs.items():
            row(f"cp and fsync, beside: {name}", [cp for cp, _ in times[1:]])
            row(name, [ours for _, ours in times[1:]])
            ratio(f"cp / {name}, median of pairs", statistics.median(cp / ours for cp, ours in times[1:]), ">= 0.9")
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        print(f"  memory grown while copying {SIZE / 1e6:.0f} MB: {grown / 1024:.0f} MB")


def _film(media: FilmVault, source: Path):
    with source.open("wb") as file:
        for _ in range(max(SIZE // 10_000_000, 1)):
            file.write(os.urandom(min(SIZE, 10_000_000)))
    made = recording(new_id())
    taken = media.take_in(source, made.id, quiet, going)
    source.unlink()
    return replace(
        made, sha256=taken.sha256, size=taken.size, chunks=taken.chunks, container=taken.container,
        wrapped_key=taken.wrapped_key,
    )  # fmt: skip


def _package(film) -> MeetingPackage:
    now = datetime.now(UTC)
    case = Case(new_id(), "Star 14", SENDER, RECIPIENT)
    child, adult = Person(new_id(), case.id, Role.CHILD, "lapsi"), Person(new_id(), case.id, Role.BIRTH_PARENT, "äiti")
    meeting = Meeting(
        film.meeting_id,
        case.id,
        now,
        adult.id,
        child.id,
        (SENDER, RECIPIENT),
        "mim",
        scheme="s/1/1",
        instrument="i/1/1",
    )
    contents = (StoredContent("s/1/1", "scheme", "1", 1, ""), StoredContent("i/1/1", "instrument", "1", 1, ""))
    sent = replace(film, container="", wrapped_key=b"")
    return MeetingPackage(new_id(), now, case, (child, adult), meeting, (), (), contents, (sent,))


def _beside_cp(work, source: Path, copy: Path, *, ours_first: bool):
    """What `work` gives, and the seconds of cp of the same file and of `work`, one after the other, each from cold."""
    if not ours_first:
        _cold(source)
        cp = _copied(source, copy)
    _cold(source)
    begun = time.perf_counter()
    found = work()
    ours = time.perf_counter() - begun
    if ours_first:
        _cold(source)
        cp = _copied(source, copy)
    return found, (cp, ours)


def _cold(path: Path) -> None:
    """Each reads its source from the disk: what the system kept of it is dropped, where the system can be asked to."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _copied(source: Path, target: Path) -> float:
    begun = time.perf_counter()
    with source.open("rb") as read, target.open("wb") as write:
        shutil.copyfileobj(read, write, 1 << 20)
        write.flush()
        os.fsync(write.fileno())
    seconds = time.perf_counter() - begun
    target.unlink()
    return seconds


if __name__ == "__main__":
    main()
