"""Kills inside what changes an archive's keys or makes it anew; after each the archive is as before or as after."""

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.door import Door
from app.errors import AppError
from app.i18n import Texts
from app.model.change import added
from app.model.coding import CodingHeader
from app.model.erasure import Erasure
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.observation import Observation
from app.model.people import Worker
from app.model.recording import Recording
from app.office.workers import add_worker
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.drivers.archive_child import AINOS_NEXT, LEENAS_NEXT, THIRD, THIRDS, erase_by_two
from tests.drivers.preloaded import child
from tests.material.archives import take_film
from tests.material.old_archives import AINO, LEENA, SECRETS, old_archive

FILM = bytes(range(251)) * 4000
DOOR = ArchiveDoorway(KdfCost.FLOOR)
CODED, CODED_OLD = 20, 5  # observations of Aino's in the archives that are killed
#: a sign-in that has not ended after so long hangs, in seconds
HANGS_AFTER = 120


class Fault(AssertionError):
    """What a kill did that it must not do: `lost`, `half`, `hangs`, or `empty` when the archive opens with nothing."""


@contextmanager
def ends_in_time() -> Iterator[None]:
    """A sign-in that waits forever is told as one. On the main thread only."""

    def too_long(_number: int, _frame: object) -> None:
        raise Fault("hangs")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(HANGS_AFTER)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class Grounds:
    """An archive of two with a film, a coding, Leena's code and a backup, to be copied for every kill."""

    def __init__(self, place: Path) -> None:
        self.place, self.archive, self.usb = place, place / "archive", place / "usb"
        self.usb.mkdir(parents=True)
        opened = DOOR.create(self.archive, AINO, SECRETS[AINO])
        (place / "film.bin").write_bytes(FILM)
        take_film(opened, place / "film.bin")
        code(opened)
        self.code = add_worker(Door(opened.store), opened.archive, Texts("en"), LEENA, SECRETS[LEENA]).code
        self.backup = self.usb / opened.archive.backup(self.usb, lambda _: None, lambda: False)
        opened.archive.close()
        self.number = 0

    def kill(self, act: str, seconds: float | None) -> tuple[Path, float]:
        """One run of an act, killed after so many seconds (None: not at all); the folder and how long it ran."""
        self.number += 1
        folder = self.place / f"run-{self.number}"
        if act == "migrate":
            old_archive("two", folder)
        elif act != "restore":
            shutil.copytree(self.archive, folder)
        with child("archive_child", act, str(folder), self._more(act)) as acting:
            assert acting.stdout.readline() == "ready\n"
            begun = time.monotonic()
            acting.stdin.write("\n")
            acting.stdin.flush()
            try:
                acting.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                acting.kill()
                acting.wait()
            else:
                assert acting.stdout.read() == "done\n"
            return folder, time.monotonic() - begun

    def _more(self, act: str) -> str:
        return {"recover": self.code, "restore": str(self.backup)}.get(act, "-")

    def around(self, act: str, kills: int) -> list[str]:
        """So many kills spread over an act's length, each looked at; the faults that were found, none when all held."""
        folder, length = self.kill(act, None)
        CHECKS[act](self, folder)
        found = []
        for _ in range(kills):
            # most of an act is key derivation, what writes is in its last half
            folder, _ = self.kill(act, length * random.uniform(0.25, 1.05))
            try:
                with ends_in_time():
                    CHECKS[act](self, folder)
            except (Fault, AppError) as error:
                found.append(f"{act}: {error}")
            shutil.rmtree(folder, ignore_errors=True)
        return found


def code(opened) -> None:
    """Aino's draft of twenty observations."""
    (met,) = opened.store.find(Meeting)
    head = CodingHeader(new_id(), met.id, opened.store.me, "core", 1, "sheet", 1)
    opened.store.apply("begin", [added(head)])
    rows = [added(Observation(new_id(), head.id, "S1", "adult1", n)) for n in range(CODED)]
    opened.store.apply("coding", rows)


def must(holds: object, fault: str) -> None:
    if not holds:
        raise Fault(fault)


def opens(folder: Path, name: str, secret: str, coded: int = CODED) -> bool:
    """Whether this sign-in opens the archive, whole and with its film; False when there is no such sign-in."""
    try:
        opened = DOOR.unlock(folder, name, secret)
    except AppError as error:
        if error.key not in {"wrong-passphrase", "slot-unknown"}:
            raise
        (folder / "tries").unlink(missing_ok=True)
        return False
    try:
        must(opened.store.find(Worker), "empty")
        must(opened.store.worker.name == name, "half")
        must(opened.archive.verify(lambda _: None, lambda: False) == (), "half")
        must(
            {t.key for t in opened.archive.to_tell()} <= {"recovery-code-ended", "recovered-since", "codings-moved"},
            "half",
        )
        must(len(opened.store.find(Recording)) == 1, "lost")
        must(name != AINO or len(opened.store.find(Observation)) == coded, "lost")
        must(len(opened.store.find(Worker, name=name)) == 1, "half")
    finally:
        opened.archive.close()
    return True


def _after_adding(_: Grounds, folder: Path) -> None:
    there = opens(folder, THIRD, THIRDS)
    must(opens(folder, AINO, SECRETS[AINO]), "lost")
    if not there:
        opened = DOOR.unlock(folder, AINO, SECRETS[AINO])
        add_worker(Door(opened.store), opened.archive, Texts("en"), THIRD, THIRDS)
        opened.archive.close()
        must(opens(folder, THIRD, THIRDS), "half")


def _after_removing(_: Grounds, folder: Path) -> None:
    opens(folder, LEENA, SECRETS[LEENA])
    must(opens(folder, AINO, SECRETS[AINO]), "lost")


def _both_open(_: Grounds, folder: Path, coded: int = CODED) -> None:
    must(opens(folder, LEENA, SECRETS[LEENA]), "lost")
    must(opens(folder, AINO, SECRETS[AINO], coded), "lost")
    left = {p.name for p in folder.iterdir()} - {
        "archive.key",
        "archive.key.old",
        "archive.db",
        "codings",
        "media",
        "lock",
    }
    must(not left, f"half: {left}")


def _after_migrating(grounds: Grounds, folder: Path) -> None:
    _both_open(grounds, folder, CODED_OLD)


def _after_recovery(_: Grounds, folder: Path) -> None:
    must(opens(folder, LEENA, LEENAS_NEXT) != opens(folder, LEENA, SECRETS[LEENA]), "half")
    must(opens(folder, AINO, SECRETS[AINO]), "lost")


def _after_changing(_: Grounds, folder: Path) -> None:
    must(opens(folder, AINO, AINOS_NEXT) != opens(folder, AINO, SECRETS[AINO]), "half")
    must(opens(folder, LEENA, SECRETS[LEENA]), "lost")


def _after_restoring(grounds: Grounds, folder: Path) -> None:
    if not folder.exists():
        must(DOOR.names(folder.with_name(folder.name + ".unfinished")) == (), "half")
        DOOR.restore(grounds.backup, folder, SECRETS[AINO], lambda _: None, lambda: False)
    must(opens(folder, AINO, SECRETS[AINO]), "lost")
    must(not folder.with_name(folder.name + ".unfinished").exists(), "half")


def _after_erasing(_: Grounds, folder: Path) -> None:
    """The film is there whole, or a shell whose files the next opening takes away."""
    opened = DOOR.unlock(folder, AINO, SECRETS[AINO])
    try:
        erasing = opened.archive.erasing
        must(opened.archive.verify(lambda _: None, lambda: False) == (), "half")
        (film,) = opened.store.find(Recording)
        if not film.is_erased:
            must(opened.media.verify(film), "lost")
            erase_by_two(opened, film)
        erasing.finish(lambda _: None, lambda: False)
        must(not erasing.is_unfinished() and not list((folder / "media").iterdir()), "left")
        (certificate,) = opened.store.find(Erasure)
        must([e.act for e in opened.store.audit_log(film.id)].count("erased") == 1, "twice")
        must(certificate.finished is not None, "half")
    finally:
        opened.archive.close()
    must(opens(folder, AINO, SECRETS[AINO]), "lost")


CHECKS: dict[str, Callable[[Grounds, Path], None]] = {
    "add": _after_adding,
    "remove": _after_removing,
    "rotate": _both_open,
    "recover": _after_recovery,
    "passphrase": _after_changing,
    "restore": _after_restoring,
    "migrate": _after_migrating,
    "erase": _after_erasing,
}
