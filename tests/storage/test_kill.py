"""A program killed at any moment while coding: nothing acknowledged is lost, and the archive opens every time."""

import contextlib
import os
import random
import subprocess
from collections import Counter
from pathlib import Path

from app.model.change import added
from app.model.coding import CodingHeader
from app.model.identity import new_id
from app.model.observation import Observation
from app.model.people import Case, Person, Role
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.drivers.preloaded import child
from tests.material.builders import meeting

PASS = "viisi sanaa"
KILLS = int(os.environ.get("HAVAINTO_KILLS", "10"))


def make_archive(door: ArchiveDoorway, folder: Path) -> None:
    opened = door.create(folder, "Aino", PASS)
    me = opened.store.me
    case = Case(new_id(), "Kuusi", me)
    child, adult = Person(new_id(), case.id, Role.CHILD, "lapsi"), Person(new_id(), case.id, Role.BIRTH_PARENT, "isä")
    met = meeting(case.id, adult.id, child.id, (me, new_id()))
    header = CodingHeader(new_id(), met.id, me, "core", 1, "sheet", 1)
    opened.store.apply("begin", [added(e) for e in (case, child, adult, met)])
    opened.store.apply("coding", [added(header)])
    opened.archive.close()


def acknowledged_until_killed(folder: Path) -> list[str]:
    with child("coding_child", str(folder), PASS) as coding:
        lines = [coding.stdout.readline() for _ in range(random.randint(1, 60))]
        # from one commit to somewhere within the next ones
        with contextlib.suppress(subprocess.TimeoutExpired):
            coding.wait(timeout=random.uniform(0, 0.006))
        coding.kill()
        lines += coding.stdout.readlines()
    return [line.strip() for line in lines if line.endswith("\n")]


def test_kill_at_random_moments(tmp_path):
    door, folder = ArchiveDoorway(KdfCost.FLOOR), tmp_path / "archive"
    make_archive(door, folder)
    expected: set[str] = set()
    for _ in range(KILLS):
        told = acknowledged_until_killed(folder)
        assert told
        opened = door.unlock(folder, "Aino", PASS)
        held = {o.id: o for o in opened.store.find(Observation)}
        assert expected | set(told) <= held.keys()
        # of what was not acknowledged at most one step may be there, and that one whole
        single = {o.id for o in held.values() if o.code != "S2"}
        assert len(single - expected - set(told)) <= 1
        assert set(Counter(o.start for o in held.values() if o.code == "S2").values()) <= {30 * n for n in range(1, 99)}
        assert opened.store.verify() == ()
        assert len(opened.store.history(told[-1])) == 1
        expected = single
        opened.archive.close()
    assert len(expected) >= KILLS
