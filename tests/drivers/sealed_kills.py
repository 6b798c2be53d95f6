"""Kills at every commit, sync, rename and removal of what is done to what is sealed; after each, before or after.

    python -m tests.drivers.sealed_kills <act> <empty folder> <every so many-th moment>

makes an archive, and for every such moment of the act a copy in which a process of its own is killed there. Then both
workers sign in and look. It prints the faults as one JSON list: none when all held. Everything heavy is imported once.
"""

import json
import os
import shutil
import signal
import sys
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from os import _exit as leave  # a forked process ends without the cleaning up of its parent
from pathlib import Path

import sqlalchemy as sa

from app.model.change import Change, added, removed
from app.model.coding import CodingHeader, CodingState
from app.model.cover import ClipCover
from app.model.feedback import Clip, FeedbackTalk, Placed
from app.model.identity import new_id
from app.model.observation import Observation
from app.model.private_note import PrivateNote
from storage import durable_file
from storage.archive import ArchiveDoorway
from storage.codings.choices import SealedChoices
from storage.open_archive import OpenArchive
from storage.vault.keys import KdfCost
from tests.material import old_archives
from tests.material.pair_folder import AINO, LEENA, Folder
from tests.power.quick import quick

assert OpenArchive  # imported before the first process is forked

DOOR = ArchiveDoorway(KdfCost.FLOOR)
NOTHING_WRONG = {"codings-moved", "moments-moved", "recovery-code-ended"}


class Moments:
    """Counts what reaches the disk, and kills the process at one of them, before it or just after."""

    def __init__(self, kill_at: int | None) -> None:
        self.count, self.kill_at = 0, kill_at
        for owner, name in ((durable_file, "sync_file"), (durable_file, "put_in_place"), (durable_file, "remove")):
            setattr(owner, name, self._around(getattr(owner, name)))
        sa.Connection.commit = self._around(sa.Connection.commit)

    def _around(self, act):
        def done(*values, **more):
            self._here()
            result = act(*values, **more)
            self._here()
            return result

        return done

    def _here(self) -> None:
        self.count += 1
        if self.count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def begin(folder: Folder, opened) -> None:
    head = folder.header(LEENA)
    points = [Observation(new_id(), head.id, "S", "adult1", n) for n in range(2)]
    opened.store.apply("begun", [added(head), *map(added, points)])


def ready(folder: Folder, opened) -> None:
    (head,) = own(folder, opened, AINO)
    folder.ready(AINO, head, opened)


def back(folder: Folder, opened) -> None:
    (head,) = own(folder, opened, AINO)
    draft = replace(head, state=CodingState.DRAFT, ready_at=None, checksum="")
    opened.store.apply("back", [Change(head, draft)], act="ready-taken-back")


def last_ready(folder: Folder, opened) -> None:
    (head,) = own(folder, opened, LEENA)
    folder.ready(LEENA, head, opened)


def choose(folder: Folder, opened) -> None:
    """Into a talk at once; then another out of both, with its covers."""
    (clip,), (talk,), (cover,) = (opened.store.find(kind) for kind in (Clip, FeedbackTalk, ClipCover))
    other = replace(clip, id=new_id(), title="another")
    placed = replace(talk, places=(*talk.places, Placed(other.id)))
    opened.store.apply("chosen", [added(other), Change(talk, placed)])
    left = replace(talk, places=(Placed(other.id),))
    opened.store.apply("gone", [removed(clip), removed(cover), Change(placed, left)])


def nothing(_folder: Folder, _opened) -> None:
    """Signing in does it."""


def own(folder: Folder, opened, name):
    return opened.store.find(CodingHeader, coder=folder.ids[name])


#: by act: whose session, what is done in it
ACTS = {
    "begin": (LEENA, begin),
    "ready": (AINO, ready),
    "back": (AINO, back),
    "last": (LEENA, last_ready),
    "release": (AINO, nothing),
    "move": (AINO, nothing),
    "choose": (AINO, choose),
    "seal": (AINO, nothing),
}


def made(act: str, place: Path) -> Folder:
    """The archive as it is before an act."""
    if act == "move":
        return old_folder(place)
    folder = Folder(DOOR, place)
    if act == "begin":
        return folder
    with older_program() if act == "seal" else nullcontext():
        folder.chosen(AINO)
    if act in ("choose", "seal"):
        return folder
    mine, theirs = folder.coded(AINO), folder.coded(LEENA)
    if act in ("back", "last", "release"):
        folder.ready(AINO, mine)
    if act == "release":
        folder.ready(LEENA, theirs)
    return folder


@contextmanager
def older_program():
    """Within it what is chosen alone lies in the archive's tables."""
    sealed, SealedChoices.sealed_part = SealedChoices.sealed_part, lambda *_: {}
    try:
        yield
    finally:
        SealedChoices.sealed_part = sealed


def old_folder(place: Path) -> Folder:
    folder = Folder.__new__(Folder)
    folder.door, folder.place = DOOR, old_archives.old_archive("two", place)
    folder.secrets = old_archives.SECRETS
    return folder


def faults_after(act: str, folder: Folder) -> list[str]:
    """What is not as it was before the act, or as after it."""
    found = []
    for name in (AINO, LEENA, AINO):
        opened = folder.open(name)
        found += [f"told {key}" for key in folder.told(opened) if key not in NOTHING_WRONG]
        found += [f"not whole {key}" for key in opened.archive.verify(lambda _: None, lambda: False)]
        found += LOOKS[act](folder, opened, name)
        opened.archive.close()
    left = [p.name for p in (folder.place / "codings").glob("*") if not p.name.endswith(".db")]
    return found + [f"left {name}" for name in left]


def _look_begun(folder: Folder, opened, name) -> list[str]:
    seen = len(opened.store.find(Observation))
    states = opened.store.coding_states(folder.meeting.id)
    wanted = 2 if states and name == LEENA else 0
    return [] if seen == wanted else [f"begun: {seen} for {wanted}"]


def _look_own(folder: Folder, opened, name) -> list[str]:
    (head,) = own(folder, opened, name)
    states = opened.store.coding_states(folder.meeting.id)
    found = [] if states[folder.ids[name]] == head.state else [f"{name}: row {states} and file {head.state}"]
    if len(opened.store.find(PrivateNote)) != 1:
        found.append(f"{name}: notes")
    both = set(states.values()) == {CodingState.READY}
    seen, awaited = len(opened.store.find(Observation)), len(opened.store.awaited(folder.meeting.id))
    wanted = 6 if both and not awaited else 3
    # Aino's moment is with her coding, and nowhere else
    moments = [len(opened.store.find(kind)) for kind in (Clip, ClipCover)]
    if moments != [int(name == AINO or seen == 6)] * 2:
        found.append(f"{name}: moments {moments} beside {seen}")
    return found if seen == wanted else [*found, f"{name}: {seen} for {wanted}"]


def _look_moved(_folder: Folder, opened, name) -> list[str]:
    seen = len(opened.store.find(Observation))
    return [] if seen == (5 if name == AINO else 0) else [f"moved: {seen} for {name}"]


def _look_chosen(_folder: Folder, opened, name) -> list[str]:
    """Moments and places of the talk are the same ones, and what was covered is so as long as it is there."""
    (talk,), clips = opened.store.find(FeedbackTalk), opened.store.find(Clip)
    told = [p.clip_id for p in talk.places], [c.id for c in clips], len(opened.store.find(ClipCover))
    covered = sum(clip.title != "another" for clip in clips)
    wanted = (told[0], told[0], covered) if name == AINO else (told[0], [], 0)
    return [] if told == wanted and talk.places else [f"chosen: {told} for {name}"]


LOOKS = {
    "begin": _look_begun,
    "move": _look_moved,
    "choose": _look_chosen,
    "seal": _look_chosen,
    **dict.fromkeys(("ready", "back", "last", "release"), _look_own),
}


def run(act: str, folder: Folder, kill_at: int | None) -> int:
    """In a process of its own; returns how many moments there were, 0 when it was killed."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            name, do = ACTS[act]
            moments = Moments(kill_at)
            opened = folder.open(name)
            do(folder, opened)
            opened.archive.close()
            os.write(write, str(moments.count).encode())
            status = 0
        finally:
            leave(status)
    os.close(write)
    _, status = os.waitpid(child, 0)
    said = os.read(read, 100)
    os.close(read)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise AssertionError(f"{act} failed")
    return int(said or b"0")


def main(act: str, place: str, every: str) -> None:
    with quick():
        print(json.dumps(tried(act, Path(place), int(every))))


def tried(act: str, place: Path, every: int) -> dict[str, object]:
    """How many moments an act has, and the faults after a kill at every so many-th of them."""
    base = made(act, place / "base")

    def copy(number: int) -> Folder:
        folder = Folder.__new__(Folder)
        folder.__dict__.update(base.__dict__)
        folder.place = place / f"run-{number}"
        shutil.copytree(base.place, folder.place)
        return folder

    whole = copy(0)
    moments = run(act, whole, None)
    found = [f"not killed: {fault}" for fault in faults_after(act, whole)]
    for moment in range(1 + int(datetime.now(UTC).timestamp()) % every, moments + 1, every):
        folder = copy(moment)
        run(act, folder, moment)
        found += [f"{moment} of {moments}: {fault}" for fault in faults_after(act, folder)]
        shutil.rmtree(folder.place)
    return {"moments": moments, "faults": found}


if __name__ == "__main__":
    main(*sys.argv[1:])
