"""Kills inside what changes an archive's keys or makes it anew; after each the archive is as before or as after."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from app.door import Door
from app.errors import AppError
from app.i18n import Texts
from app.model.people import Worker
from app.model.recording import Recording
from app.office.workers import add_worker
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.drivers.archive_child import THIRD, THIRDS
from tests.material.archives import take_film
from tests.material.old_archives import AINO, LEENA, SECRETS, old_archive

ROOT = Path(__file__).parents[2]
FILM = bytes(range(251)) * 4000
DOOR = ArchiveDoorway(KdfCost.FLOOR)


class Grounds:
    """An archive of two with a film, Leena's code and a backup, to be copied for every kill."""

    def __init__(self, place: Path) -> None:
        self.place, self.archive, self.usb = place, place / "archive", place / "usb"
        self.usb.mkdir(parents=True)
        opened = DOOR.create(self.archive, AINO, SECRETS[AINO])
        (place / "film.bin").write_bytes(FILM)
        take_film(opened, place / "film.bin")
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
        command = [sys.executable, "-m", "tests.drivers.archive_child", act, str(folder), self._more(act)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
            assert child.stdout is not None
            assert child.stdin is not None
            assert child.stdout.readline() == "ready\n"
            begun = time.monotonic()
            child.stdin.write("\n")
            child.stdin.flush()
            try:
                child.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
            else:
                assert child.stdout.read() == "done\n"
            return folder, time.monotonic() - begun

    def _more(self, act: str) -> str:
        return {"recover": self.code, "restore": str(self.backup)}.get(act, "-")

    def around(self, act: str, kills: int) -> int:
        """So many kills spread over an act's length, each looked at; returns how many."""
        folder, length = self.kill(act, None)
        CHECKS[act](self, folder)
        for _ in range(kills):
            # most of an act is key derivation, what writes is in its last half
            folder, _ = self.kill(act, length * random.uniform(0.25, 1.05))
            CHECKS[act](self, folder)
            shutil.rmtree(folder, ignore_errors=True)
        return kills


def opens(folder: Path, name: str, secret: str) -> bool:
    """Whether this sign-in opens the archive, whole and with its film; False when there is no such sign-in."""
    try:
        opened = DOOR.unlock(folder, name, secret)
    except AppError as error:
        if error.key not in {"wrong-passphrase", "slot-unknown"}:
            raise
        (folder / "tries").unlink(missing_ok=True)
        return False
    try:
        assert opened.store.worker.name == name
        assert opened.archive.verify(lambda _: None, lambda: False) == ()
        assert {t.key for t in opened.archive.to_tell()} <= {"recovery-code-ended", "recovered-since"}
        assert len(opened.store.find(Recording)) == 1
        assert len(opened.store.find(Worker, name=name)) == 1
    finally:
        opened.archive.close()
    return True


def _after_adding(_: Grounds, folder: Path) -> None:
    there = opens(folder, THIRD, THIRDS)
    assert opens(folder, AINO, SECRETS[AINO])
    if not there:
        opened = DOOR.unlock(folder, AINO, SECRETS[AINO])
        add_worker(Door(opened.store), opened.archive, Texts("en"), THIRD, THIRDS)
        opened.archive.close()
        assert opens(folder, THIRD, THIRDS)


def _after_removing(_: Grounds, folder: Path) -> None:
    opens(folder, LEENA, SECRETS[LEENA])
    assert opens(folder, AINO, SECRETS[AINO])


def _both_open(_: Grounds, folder: Path) -> None:
    assert opens(folder, LEENA, SECRETS[LEENA])
    assert opens(folder, AINO, SECRETS[AINO])
    left = {p.name for p in folder.iterdir()} - {"archive.key", "archive.key.old", "archive.db", "media", "lock"}
    assert not left, left


def _after_recovery(_: Grounds, folder: Path) -> None:
    assert opens(folder, LEENA, "leenan uusi") != opens(folder, LEENA, SECRETS[LEENA])
    assert opens(folder, AINO, SECRETS[AINO])


def _after_restoring(grounds: Grounds, folder: Path) -> None:
    if not folder.exists():
        assert DOOR.names(folder.with_name(folder.name + ".unfinished")) == ()
        DOOR.restore(grounds.backup, folder, SECRETS[AINO], lambda _: None, lambda: False)
    assert not folder.with_name(folder.name + ".unfinished").exists()
    assert opens(folder, AINO, SECRETS[AINO])


CHECKS: dict[str, Callable[[Grounds, Path], None]] = {
    "add": _after_adding,
    "remove": _after_removing,
    "rotate": _both_open,
    "recover": _after_recovery,
    "restore": _after_restoring,
    "migrate": _both_open,
}
