"""A real program, really killed while it takes a package in: the next taking in ends in the same archive."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.door import Door
from app.i18n import Texts
from app.model.meeting import Meeting, Segment
from app.model.package import TakenPackage
from app.model.recording import Recording
from app.packages.taking_in import take_in
from storage.archive import ArchiveDoorway
from tests.app.packages.test_command import SECRET, exchange, filmed, folders, says  # noqa: F401  a fixture

ROOT = Path(__file__).parents[3]
#: seconds from where the taking in begins
MOMENTS = (0.0, 0.01, 0.03, 0.08)


@pytest.mark.long
def test_killed_at_any_moment_nothing_is_half(folders, capsys) -> None:  # noqa: F811
    exchange(capsys, folders)
    filmed(folders / "Aino", folders)
    made = says(capsys, "make", "--archive", folders / "Aino", "--case", "Star 14", "--to", folders)
    package = made.split("package: ")[1].strip()
    words = [sys.executable, "-m", "tests.drivers.package_child", str(folders / "Leena"), "Leena", SECRET, package]
    for moment in MOMENTS:
        with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "begun\n"
            time.sleep(moment)
            child.kill()
        opened = ArchiveDoorway().unlock(folders / "Leena", "Leena", SECRET)
        numbers = {len(opened.store.find(kind)) for kind in (Meeting, Recording, TakenPackage)}
        assert numbers in ({0}, {1})
        opened.archive.close()
    opened = ArchiveDoorway().unlock(folders / "Leena", "Leena", SECRET)
    take_in(Door(opened.store), opened.archive, Texts("en"), Path(package), lambda _: None, lambda: False)
    (film,) = opened.store.find(Recording)
    assert len(opened.store.find(TakenPackage)) == len(opened.store.find(Meeting)) == 1
    assert opened.store.find(Segment) == ()
    assert {path.name for path in (folders / "Leena" / "media").glob("*.vau")} == {film.container}
    assert opened.archive.verify(lambda _: None, lambda: False) == ()
    opened.archive.close()
