"""Films in a process that is killed, then rescues and compares picture by picture: for the kill test and its figure."""

import random
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from app.door import Door
from app.filming.rescue import Rescued, enter, recover
from app.i18n import Texts
from app.model.change import added, removed
from app.model.filming import FilmingEvent, OpenRecording
from app.model.identity import new_id
from app.model.people import Case, Person, Role
from app.model.recording import Recording
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.drivers.preloaded import child
from tests.material.builders import meeting
from video.open.frame_index import all_pictures, unpack
from video.open.open_film import open_film
from video.open.probe import index_own
from video.recording.recording_clock import SystemClock

PASS = "viisi sanaa"
#: of a picture's time in the film: a tick of its clock, and the rounding of two times
TICK = 12


class Quiet:
    """A job that nobody looks at."""

    def progress(self, _share: float) -> None:
        return

    def cancelled(self) -> bool:
        return False


@dataclass(frozen=True)
class Kill:
    """What one kill cost: seconds from the last picture kept to the kill per camera, and how many pictures are left."""

    lost: tuple[float, ...]
    pictures: tuple[int, ...]
    told: tuple[Rescued, ...]


def make_archive(folder: Path) -> None:
    opened = ArchiveDoorway(KdfCost.FLOOR).create(folder, "Aino", PASS)
    me = opened.store.me
    case = Case(new_id(), "Kuusi", me)
    child, adult = Person(new_id(), case.id, Role.CHILD, "lapsi"), Person(new_id(), case.id, Role.BIRTH_PARENT, "isä")
    met = meeting(case.id, adult.id, child.id, (me, new_id()))
    opened.store.apply("begin", [added(e) for e in (case, child, adult, met)])
    opened.archive.close()


def film_and_kill(folder: Path, log: Path, size: str, seconds: float, second: Path | None = None) -> int:
    """Film until the kill after about so many seconds; the kill's time on the common clock."""
    more = [] if second is None else [str(second)]
    with child("filming_child", str(folder), PASS, str(log), size, *more, quiet=True) as run:
        watch = threading.Timer(30, run.kill)
        watch.start()
        said = run.stdout.readline()
        watch.cancel()
        assert said == "filming\n"
        time.sleep(seconds)  # the moment of the kill is what is tried here
        killed = SystemClock().now()
        run.kill()
    return killed


def handed_over(log: Path) -> dict[int, list[int]]:
    """Times at which each camera's pictures came, by camera."""
    times = defaultdict(list)
    for line in log.read_text().splitlines():
        camera, at = line.split()
        times[int(camera)].append(int(at))
    return times


def kill_once(folder: Path, scratch: Path, size: str, seconds: float, second: Path | None = None) -> Kill:
    """Film, kill, start again, rescue: each picture that came until half a second before is there, at its time."""
    log = scratch / f"{new_id()}.log"
    killed = film_and_kill(folder, log, size, seconds, second)
    opened = ArchiveDoorway(KdfCost.FLOOR).unlock(folder, "Aino", PASS)
    try:
        found = recover(opened.media, index_own, opened.store.find(OpenRecording), Quiet())
        told = enter(Door(opened.store), opened.media, Texts("fi"), found)
        assert not opened.store.find(OpenRecording)
        assert opened.media.unfinished() == ()
        films = opened.store.find(Recording, id=tuple(t.recording_id for t in told))
        lost = [_compared(opened, film, handed_over(log)[film.camera], killed) for film in films]
        opened.store.apply("next", [removed(e) for e in opened.store.find(FilmingEvent)])
        for film in films:
            assert opened.media.verify(film)
            opened.media.discard(film.container)
    finally:
        opened.archive.close()
    return Kill(tuple(lost), tuple(f.facts.frames for f in films), told)


def _compared(opened, film: Recording, came: list[int], killed: int) -> float:
    index = unpack(film.index)
    with opened.media.open(film) as file, open_film(file) as playable:
        decoded = [p.pts for p in all_pictures(playable) if not p.is_corrupt and p.pts <= int(index.stamps[-1])]
        assert playable.container.streams.audio
    stamps = index.stamps.tolist()
    assert decoded == stamps, f"every picture in the index can be decoded: {set(stamps) ^ set(decoded)} {stamps[-4:]}"
    times = index.times.tolist()
    began = _place(came, times)
    here = came[began : began + len(times)]
    off = [at - here[0] - t for at, t in zip(here, times, strict=True)]
    assert all(abs(o) <= TICK for o in off), f"each at its time, in order: {off}"
    return (killed - here[-1]) / 1_000_000


def _place(came: list[int], times: list[int]) -> int:
    """At which of the pictures that came the film begins: cameras give pictures before filming begins."""
    steps = times[: min(len(times), 8)]
    for start in range(len(came)):
        if all(
            start + n < len(came) and abs(came[start + n] - came[start] - step) <= TICK for n, step in enumerate(steps)
        ):
            return start
    raise AssertionError("the film is none of what came")


def random_kill(folder: Path, scratch: Path, size: str, longest: float) -> Kill:
    return kill_once(folder, scratch, size, random.uniform(0.5, longest))
