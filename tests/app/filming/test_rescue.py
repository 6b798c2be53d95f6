"""A program that ended while filming: what is left becomes films in one step, and what is missing is told."""

import errno
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from app.door import Door
from app.errors import ContainerError, StoreError
from app.filming.devices import Setup
from app.filming.rescue import MOST_MISSING, NOTHING, WORTH_KEEPING, Rescued, enter, notice, recover
from app.filming.takes import discard, open_takes
from app.filming.takes import keep as keep_film
from app.i18n import Texts
from app.model.change import added
from app.model.filming import FilmingEvent, Happening, LiveMark, OpenRecording
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment
from app.model.observation import MarkKind
from app.model.people import Case, Person, Role, Worker
from app.model.recording import Origin, Recording
from app.model.timecode import SECOND
from app.ports.recorder import TakeEnd
from storage.vault.film_vault import FilmVault
from tests.material.builders import meeting
from tests.stand_ins.fakes import MemoryStore
from tests.stand_ins.hand_feeds import CAMERAS, SIZE, picture
from video.open.probe import index_own
from video.recording.film_writer import SoundPacket
from video.recording.fragments import FragmentedFilm
from video.recording.sound_recorder import SoundPacker

FRAMES, GAP = 500, 40_000


@pytest.fixture(scope="module")
def filmed() -> bytes:
    """Twenty seconds as the recorder writes them."""
    film = FragmentedFilm(picture(0), 25.0, sound=True)
    packets: list[SoundPacket] = []
    packer, out = SoundPacker(packets.append), bytearray()
    noise = np.random.default_rng(1).normal(0, 0.1, 1920).astype(np.float32)
    for number in range(FRAMES):
        out += film.picture(picture(number), number * GAP)
        packer.push(noise)
        for packet in packets:
            out += film.sound(packet.data, packet.position, packet.samples)
        packets.clear()
    return bytes(out + film.finish())


class Work:
    def __init__(self) -> None:
        self.shares: list[float] = []

    def progress(self, share: float) -> None:
        self.shares.append(share)

    def cancelled(self) -> bool:
        return False


class House:
    """An archive in memory with its films on a disk, in the middle of filming with two cameras."""

    def __init__(self, film: bytes, folder, second=None) -> None:
        me, other = new_id(), new_id()
        self.store = MemoryStore(me)
        case = Case(new_id(), "Kuusi", me, other)
        child, adult = Person(new_id(), case.id, Role.CHILD, "l"), Person(new_id(), case.id, Role.BIRTH_PARENT, "ä")
        self.meeting: Meeting = meeting(case.id, adult.id, child.id, (me, other))
        everything = [Worker(me, "A"), Worker(other, "B"), case, child, adult, self.meeting]
        self.store.apply("begin", [added(e) for e in everything])
        self.folder, self.key, self.work = folder, os.urandom(32), Work()
        self.media = FilmVault(folder, self.key)
        setup = Setup(tuple((c, SIZE) for c in CAMERAS), None, second_folder=second)
        self.takes = open_takes(self.media, self.meeting.id, setup, 0, datetime(2026, 11, 3, 9, 14, tzinfo=UTC))
        self.store.apply("filming", [added(t.book) for t in self.takes])
        self.film = film

    def write(self, camera: int, share: float, *, second: float | None = None) -> None:
        """The front of a film, as far as it came."""
        take = self.takes[camera - 1].take
        take.file.write(self.film[: int(len(self.film) * share)])
        if second is not None:
            assert take.second is not None
            take.second.write(self.film[: int(len(self.film) * second)])

    def die(self) -> None:
        """Nothing is finished; the next start knows only the disk."""
        for take in self.takes:
            take.take.file._inner.writer.close()
            if take.take.second is not None:
                take.take.second.writer.close()
        self.media.close()
        self.media = FilmVault(self.folder, self.key)

    def rescue(self) -> dict[int, Rescued]:
        found = recover(self.media, index_own, self.store.find(OpenRecording), self.work)
        told = enter(Door(self.store), self.media, Texts("fi"), found)
        return {t.camera: t for t in told}

    def films(self) -> dict[int, Recording]:
        return {f.camera: f for f in self.store.find(Recording)}

    def files(self) -> list[str]:
        return sorted(p.name for p in self.folder.iterdir())


@pytest.fixture
def house(filmed, tmp_path):
    (tmp_path / "media").mkdir()
    made = House(filmed, tmp_path / "media")
    yield made
    made.media.close()


@pytest.fixture
def pair_of_disks(filmed, tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "stick").mkdir()
    made = House(filmed, tmp_path / "media", tmp_path / "stick")
    yield made
    made.media.close()


def test_what_was_filmed_becomes_films_and_the_rest_of_the_disk_is_tidy(house) -> None:
    house.write(1, 0.9)
    house.write(2, 0.5)
    house.die()
    told = house.rescue()
    films = house.films()
    assert not house.store.find(OpenRecording)
    assert [films[c].id for c in (1, 2)] == [t.take.recording_id for t in house.takes]
    assert all(f.origin == Origin.RESCUED and f.index and house.media.verify(f) for f in films.values())
    assert 15 * SECOND < films[1].facts.duration < 20 * SECOND
    assert films[2].facts.duration < films[1].facts.duration
    assert told[1].length == films[1].facts.duration
    assert told[1].missing == MOST_MISSING
    (event,) = house.store.find(FilmingEvent)
    assert (event.kind, event.start, event.end) == (Happening.RESCUED, films[1].end, None)
    assert house.files() == sorted(f.container for f in films.values())
    assert house.work.shares[-1] == 1.0
    assert house.rescue() == {}, "there is nothing more to rescue"


def test_filming_that_the_archive_knows_of_and_the_film_lacks_is_told_as_missing(house) -> None:
    house.write(1, 0.9)
    house.write(2, 0.9)
    mark = LiveMark(new_id(), house.meeting.id, MarkKind.IMPORTANT, 30 * SECOND)
    running = Segment(new_id(), house.meeting.id, 1, SECOND // 2, SECOND // 2 + 1, open=True)
    lost = FilmingEvent(new_id(), house.meeting.id, Happening.CAMERA_LOST, SECOND, number=2)
    house.store.apply("marks", [added(mark), added(running), added(lost)])
    house.die()
    told = house.rescue()
    end = house.films()[1].end
    assert told[1].missing == 30 * SECOND - end
    assert told[2].missing == MOST_MISSING, "it had ended before"
    (segment,) = house.store.find(Segment)
    assert (segment.end, segment.open) == (end, False)


def test_filming_that_went_on_before_the_rescue_was_done_is_not_cut(house) -> None:
    house.write(1, 0.9)
    house.write(2, 0.9)
    books = house.store.find(OpenRecording)
    house.die()
    newer = replace(books[0], id=new_id(), recording_id=new_id(), container="new.vau", offset=100 * SECOND)
    running = Segment(new_id(), house.meeting.id, 2, 101 * SECOND, 101 * SECOND + 1, open=True)
    house.store.apply("on", [added(newer), added(running)])
    found = recover(house.media, index_own, books, house.work)
    enter(Door(house.store), house.media, Texts("fi"), found)
    assert house.store.find(OpenRecording) == (newer,)
    assert house.store.find(Segment) == (running,)
    (event,) = house.store.find(FilmingEvent)
    assert event.end == 100 * SECOND


def test_what_cannot_be_read_is_told_and_leaves_the_books(house) -> None:
    house.write(1, 0.9)
    house.takes[1].take.file.write(b"\0" * 100_000)
    house.die()
    told = house.rescue()
    assert told[1].length > 0
    assert (told[2].length, told[2].waits) == (0, None)
    assert house.films().keys() == {1}
    assert not house.store.find(OpenRecording)
    assert house.files() == [house.films()[1].container]
    assert "ei voitu lukea" in notice(Texts("fi"), list(told.values())).text


def test_much_that_holds_no_film_is_kept_for_another_try(house) -> None:
    house.write(1, 0.9)
    house.takes[1].take.file.write(os.urandom(2 * WORTH_KEEPING))
    house.die()
    left = f"{house.takes[1].book.container}.part"
    assert left in house.files()
    told = house.rescue()
    assert told[1].length > 0
    assert told[2].waits is not None
    assert [o.camera for o in house.store.find(OpenRecording)] == [2]
    assert left in house.files()
    assert "yrittää uudelleen" in notice(Texts("fi"), list(told.values())).text


def test_when_nothing_at_all_was_written_that_is_an_event_too(house) -> None:
    house.die()
    told = house.rescue()
    assert [t.length for t in told.values()] == [0, 0]
    (event,) = house.store.find(FilmingEvent)
    assert (event.kind, event.reason) == (Happening.RESCUED, NOTHING)
    assert house.files() == []


def test_a_full_disk_keeps_the_books_open_until_there_is_room(house, monkeypatch) -> None:
    house.write(1, 0.9)
    house.write(2, 0.9)
    house.die()
    before = house.files()
    with monkeypatch.context() as patched:
        refuse = lambda *_: (_ for _ in ()).throw(ContainerError("disk-full"))  # noqa: E731
        patched.setattr(FilmVault, "rescue", refuse)
        told = house.rescue()
    assert [t.waits.key for t in told.values()] == ["disk-full", "disk-full"]
    assert len(house.store.find(OpenRecording)) == 2
    assert house.files() == before
    assert "yrittää uudelleen" in notice(Texts("fi"), list(told.values())).text
    assert len(house.rescue()) == len(house.films()) == 2


def test_a_rescue_that_is_interrupted_before_the_books_is_done_again_and_leaves_nothing_twice(house) -> None:
    house.write(1, 0.9)
    house.write(2, 0.9)
    house.die()

    def refuse(*_args, **_more):
        raise StoreError("disk-full")

    apply, house.store.apply = house.store.apply, refuse
    with pytest.raises(StoreError):
        house.rescue()
    assert len(house.store.find(OpenRecording)) == 2
    house.store.apply = apply
    house.rescue()
    assert house.files() == sorted(f.container for f in house.films().values())


def test_a_film_that_was_finished_and_never_came_into_the_books_is_rescued_whole(house) -> None:
    """The program ended between the two."""
    house.write(1, 1.0)
    house.takes[0].take.file.keep()
    house.takes[1].take.file._inner.writer.close()
    told = house.rescue()
    assert house.films()[1].facts.frames == FRAMES
    assert house.films()[1].size == len(house.film)
    assert told[2].length == 0
    assert house.files() == [house.films()[1].container]


def test_the_longer_copy_is_the_film(pair_of_disks) -> None:
    house = pair_of_disks
    house.write(1, 0.4, second=0.9)
    house.write(2, 0.9, second=0.4)
    house.die()
    told = house.rescue()
    films = house.films()
    assert all(f.facts.duration > 15 * SECOND and house.media.verify(f) for f in films.values())
    assert house.files() == sorted(f.container for f in films.values())
    assert not any(t.second_missing for t in told.values())
    assert len(list((house.folder.parent / "stick").iterdir())) == 2, "the other disk is left alone"


def test_a_second_copy_that_is_away_is_told_and_waited_for_where_it_is_all_there_is(pair_of_disks) -> None:
    house = pair_of_disks
    house.write(1, 0.9, second=0.9)
    house.write(2, 0.0, second=0.9)
    house.die()
    stick = house.folder.parent / "stick"
    away = stick.rename(stick.with_name("drawer"))
    told = house.rescue()
    assert told[1].length > 0
    assert told[1].second_missing
    assert told[2].waits is not None
    assert [b.camera for b in house.store.find(OpenRecording)] == [2]
    away.rename(stick)
    assert house.rescue()[2].length > 0
    assert house.films().keys() == {1, 2}


def test_a_film_is_kept_from_its_second_copy_where_the_first_was_not_written(pair_of_disks) -> None:
    house = pair_of_disks
    house.write(1, 0.3, second=1.0)
    house.takes[0].take.second.writer.sync()
    end = TakeEnd(house.takes[0].id, 1, 0, 2 * SECOND, 50, 3, second_whole=True, file_whole=False)
    film = keep_film(house.media, index_own, house.takes[0], end)
    assert film.facts.duration > SECOND
    assert (film.origin, film.lost_pictures) == (Origin.FILMED, 3)
    assert house.media.verify(film)
    assert not (house.folder / (house.takes[0].book.container + ".part")).exists()
    house.takes[1].take.file.discard()
    house.takes[1].take.second.discard()


@pytest.mark.parametrize("trouble", [errno.EROFS, errno.EIO])
def test_a_second_disk_that_lets_nothing_go_does_not_keep_the_film_out(pair_of_disks, monkeypatch, trouble) -> None:
    """A stick that broke in the middle of filming is made read-only by the system, and then not even removes a file."""
    house = pair_of_disks
    house.write(1, 1.0, second=0.5)
    stick, real = house.folder.parent / "stick", Path.unlink

    def unlink(path: Path, **named) -> None:
        if path.parent == stick:
            raise OSError(trouble, "refused")
        real(path, **named)

    def refused(*_) -> None:
        raise ContainerError("read-only")

    monkeypatch.setattr(Path, "unlink", unlink)
    monkeypatch.setattr(house.takes[0].take.second, "keep", refused)
    end = TakeEnd(house.takes[0].id, 1, 0, 2 * SECOND, 50, 0, second_whole=False)
    film = keep_film(house.media, index_own, house.takes[0], end)
    assert house.media.verify(film)
    discard(house.takes[1:])
    monkeypatch.undo()
    discard(house.takes)


def test_a_second_copy_whose_disk_hangs_is_left_alone(pair_of_disks) -> None:
    """Whoever asked anything more of that disk would wait with it, and the film would come into no archive."""
    house = pair_of_disks
    house.write(1, 1.0, second=0.5)
    end = TakeEnd(house.takes[0].id, 1, 0, 2 * SECOND, 50, 0, second_whole=False, second_hangs=True)
    film = keep_film(house.media, index_own, house.takes[0], end)
    assert house.media.verify(film)
    assert (house.folder.parent / "stick" / f"{house.takes[0].take.second.name}.part").exists()
    for take in house.takes:
        take.take.second.discard()
    house.takes[1].take.file.discard()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_notice_says_what_was_rescued_and_what_is_missing(language: str) -> None:
    begun = datetime(2026, 11, 3, 9, 14, tzinfo=UTC)
    one = Rescued("r", "m", 1, begun, 754 * SECOND, 2 * SECOND)
    texts = Texts(language)
    said = notice(texts, [one, replace(one, camera=2, missing=125 * SECOND, second_missing=True)])
    assert said.stays
    for words in ("12:34", texts.number(2, 1) + "\u00a0s", "02:05", texts.time(begun)):
        assert words in said.text, said.text
