"""The program really ends, at a place where something reaches the disk: the next time ends in the same archives.

Here every third such place, begun anew at each act with another one; `make soak` does all.
"""

import os
import signal
from contextlib import contextmanager

import pytest

from app.model.coding import CodingHeader
from app.model.exchange import PartnerCoding, SentCoding
from app.model.observation import Observation
from storage import durable_file
from storage.store.database import Database
from tests.material.two_computers import AINO, LEENA, TwoComputers

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a process is parted in two here")
A, B = [("6", 0), ("q", 5), ("7", 30)], [("6", 0), ("q", 5.4), ("7", 36)]
#: more places than any of these acts has
MOST = 40
EVERY = int(os.environ.get("HAVAINTO_CUT_OFF_EVERY", "3"))


def end() -> None:
    """The program is ended from outside: nothing of it runs any more."""
    os.kill(os.getpid(), signal.SIGKILL)


class Countdown:
    """Ends the program at the n-th of the places, before or after what happens there."""

    def __init__(self, place: int) -> None:
        self.left = place

    def passed(self) -> None:
        self.left -= 1
        if self.left < 0:
            end()

    def around(self, real):
        def call(*args, **named):
            self.passed()
            made = real(*args, **named)
            self.passed()
            return made

        return call


def in_a_process_of_its_own(two, place: int, act) -> bool:
    """Whether the act came to its end before that place."""
    two.leave()
    whole = two.folder / f"whole-{act[0]}-{act[1]}"
    child = os.fork()
    if not child:
        try:
            with two.at(act[1]):
                counted = Countdown(place)
                for name in ("put_in_place", "sync_file", "sync_folder"):
                    setattr(durable_file, name, counted.around(getattr(durable_file, name)))
                Database.write = written(Database.write, counted)
                getattr(two, act[0])(*act[1:])
            whole.touch()
        finally:
            end()
    os.waitpid(child, 0)
    came_to_its_end = whole.exists()
    whole.unlink(missing_ok=True)
    return came_to_its_end


def written(real, counted):
    """A write that may end before it is committed, and after."""

    @contextmanager
    def write(self):
        with real(self) as connection:
            yield connection
            counted.passed()
        counted.passed()

    return write


def cut_everywhere(two, first: int, *act) -> int:
    """The act ended at each of its places from `first` in turn; returns how many there were, or a few more."""
    for place in range(first % EVERY, MOST, EVERY):
        if in_a_process_of_its_own(two, place, act):
            return place
        with two.at(act[1]) as opened:
            assert [e.key for e in opened.archive.to_tell()] == []
            assert opened.archive.verify(lambda _: None, lambda: False) == ()
            for kind in (SentCoding, PartnerCoding):
                assert len(opened.store.find(kind)) <= 1
    raise AssertionError("no end of places")


@pytest.mark.long
def test_cut_off_at_any_place_nothing_is_doubled_or_half(qapp, tmp_path) -> None:
    two = TwoComputers(tmp_path)
    two.take(LEENA, two.hand_over())
    two.code(AINO, A)
    two.code(LEENA, B)
    places = [cut_everywhere(two, 0, "send", AINO)]
    first = two.send(AINO)
    places.append(cut_everywhere(two, 1, "take", LEENA, first))
    second = two.send(LEENA)
    two.take(AINO, second)
    places.append(cut_everywhere(two, 2, "key", AINO))
    key = two.key(AINO)
    places.append(cut_everywhere(two, 0, "take", LEENA, key))
    assert min(places) >= 4, places
    assert two.take(LEENA, key).reports[0].what == "same"
    two.take(AINO, two.key(LEENA))
    for name in (AINO, LEENA):
        assert two.next(name) == "compare"
        with two.at(name) as opened:
            assert len(opened.store.find(Observation)) == 6
            assert len(opened.store.find(CodingHeader)) == 2
        two.leave()
        assert {path.suffix for path in (two.folder / name / "codings").iterdir()} == {".db"}
        assert len(list((two.folder / name / "codings").iterdir())) == 1
