"""A film whose file is lost, fetched again: with the real gate, real containers, and pictures that are read back."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.door import Door
from app.errors import Cancelled, FilmError, NotAllowed, StaleChange
from app.films import intake
from app.films.again import fetch, keep, known, look, lost
from app.model.change import Change, added
from app.model.film_clock import to_meeting
from app.model.identity import new_id
from app.model.observation import Observation
from app.model.recording import Again, DerivedFile, DerivedKind, Recording
from app.model.stored import ExampleClip
from app.ports.films import FilmTools
from storage.vault.film_vault import FilmVault
from tests.material.again_films import Copy, made, shot
from tests.material.clips_split import Split, split
from tests.material.films import Clip, read_number
from tests.material.house import Home
from video.open.frame_index import unpack
from video.open.frames import FrameSource

pytestmark = pytest.mark.long

FILM = shot(90)
#: one of several chunks, so that it is opened when one of them is damaged
LARGE = shot(90, gop=1, options={"crf": "0", "x264-params": "keyint=1"})


class Work:
    """A job that can be cancelled after so many steps."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.steps, self._stop = 0, stop_after

    def progress(self, _share: float) -> None:
        self.steps += 1

    def cancelled(self) -> bool:
        return self._stop is not None and self.steps >= self._stop


class Place:
    """The pair's archive with a film in a real container, and what is done to it."""

    def __init__(self, folder: Path, films: FilmTools) -> None:
        self.folder, self.home, self.films = folder, Home(), films
        self.store, self.texts = self.home.a, self.home.texts
        self.home.lose(self.home.film)
        (folder / "media").mkdir()
        self.vault = FilmVault(folder / "media", os.urandom(32))
        self.door = Door(self.store)

    def close(self) -> None:
        self.vault.close()

    def take_in(self, *sources: Path, **more) -> Recording:
        wish = intake.Wish(sources, self.home.meeting.id, 1, 1_234_567)
        brought = intake.bring_in(self.films, self.vault, wish, Work())
        brought = replace(brought, recording=replace(brought.recording, **more))
        return intake.keep_brought(self.door, self.vault, self.texts, brought)

    def copy(self, film: Recording) -> DerivedFile:
        """The film's small copy, in the books."""
        ((start, end),) = self.films.derived.parts(DerivedKind.SCRUB, film.index)
        out = self.vault.begin(film.id, film.wrapped_key)
        index = self.films.derived.make(
            DerivedKind.SCRUB, lambda: self.vault.open(film), film.index, (start, end), out, lambda _: None,
            lambda: False,
        )  # fmt: skip
        kept = out.keep()
        row = DerivedFile(
            new_id(), film.id, DerivedKind.SCRUB, 0, start, end, kept.container, kept.sha256, kept.size, 1, index
        )
        self.door.write("copy", [added(row)])
        return row

    def remove(self, film: Recording) -> None:
        (self.folder / "media" / film.container).unlink()

    def damage(self, film: Recording) -> None:
        path = self.folder / "media" / film.container
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

    def look(self, film: Recording, *sources: Path, job=None):
        return look(self.films, self.vault, known(self.store, self.vault, film.id), sources, job or Work())

    def again(self, film: Recording, *sources: Path) -> Recording:
        found = self.look(film, *sources)
        after = fetch(self.films, self.vault, found, self.store.me, Work())
        return keep(self.door, self.vault, self.texts, found.film, after)

    def left(self) -> list[str]:
        return sorted(p.name for p in (self.folder / "media").iterdir())

    def shows(self, film: Recording, meeting_time: int) -> int:
        """The number in the picture that the film shows at a time of the meeting."""
        with self.vault.open(film) as file:
            source = FrameSource(file, unpack(film.index))
            try:
                return read_number(source.pixels(source.position_at(film.to_film(meeting_time)))[1])
            finally:
                source.close()


@pytest.fixture
def place(tmp_path, films):
    found = Place(tmp_path, films)
    yield found
    found.close()


def stays(before: Recording) -> Recording:
    """A film without what another container changes."""
    return replace(before, container="", replaced=(), chunks=0)


@pytest.mark.parametrize("lose", ["remove", "damage"])
def test_the_same_file_is_taken_in_again_and_nothing_else_changes(place, lose) -> None:
    path = made(place.folder, LARGE, "film")
    film = place.take_in(path, drift_ppm=12.5)
    copy = place.copy(film)
    getattr(place, lose)(film)
    assert [f.id for f in lost(place.vault, [film])] == ([film.id] if lose == "remove" else [])
    after = place.again(film, path)
    assert stays(after) == stays(film)
    assert place.store.get(Recording, film.id) == after
    assert after.wrapped_key == film.wrapped_key
    assert place.vault.verify(after)
    assert place.left() == sorted([after.container, copy.container]), "of the same bytes one container is enough"
    assert place.store.find(DerivedFile) == (copy,), "its copies are of the same film"
    (said,) = after.replaced
    assert (said.how, said.worker_id, said.sha256, said.container) == (
        Again.BYTES, place.store.me, film.sha256, "",
    )  # fmt: skip
    acts = [row.act for row in place.store.audit_log(film.id)]
    assert acts[-2:] == ["film-again", "film-fetched"]
    assert "key" not in str(place.store.history(film.id)[-1])
    # and nothing readable of the film lies in the archive
    assert b"ftyp" not in (place.folder / "media" / after.container).read_bytes()


def test_a_film_that_is_here_and_whole_is_not_fetched(place) -> None:
    path = made(place.folder, FILM, "film")
    film = place.take_in(path)
    with pytest.raises(FilmError, match="again-not-needed"):
        place.look(film, path)


def test_the_files_that_it_was_joined_from_make_it_again_in_whatever_order_they_are_chosen(place) -> None:
    files = split(place.folder, Split(Clip(b_frames=2, sound="aac"), counts=(20, 20)))
    film = place.take_in(*files)
    place.remove(film)
    after = place.again(film, *reversed(files))
    assert stays(after) == stays(film)
    assert place.vault.verify(after)
    assert place.left() == [after.container]


def test_files_joined_by_another_version_are_the_same_film_when_every_picture_has_its_time(place) -> None:
    files = split(place.folder, Split(Clip(), counts=(20, 20)))
    film = place.take_in(*files)
    copy = place.copy(film)
    join = place.films.join

    def otherwise(opened, out, progress, cancelled):
        as_filmed = join(opened, out, progress, cancelled)
        out.write(b"\0\0\0\x08free")
        return as_filmed

    place.remove(film)
    place.films = replace(place.films, join=otherwise)
    after = place.again(film, *files)
    assert after.sha256 != film.sha256
    assert (after.index, after.offset, after.replaced[0].how) == (film.index, film.offset, Again.FILES)
    assert place.store.find(DerivedFile) == ()
    assert copy.container not in place.left()


#: other files of the film, and within how many µs of its time each picture is shown
OTHERS = {
    "half the rate": (Copy(FILM.numbers[::2], FILM.times[::2]), 33_400),
    "rounded times": (shot(90, codec="mpeg4", container="mkv"), 1_000),
    "without its beginning": (Copy(FILM.numbers[30:], [t - FILM.times[30] for t in FILM.times[30:]]), 100),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_file_takes_its_place_and_every_mark_shows_its_picture_within_what_was_told(place, name) -> None:
    copy, most = OTHERS[name]
    film = place.take_in(made(place.folder, FILM, "film"), drift_ppm=40.0)
    small = place.copy(film)
    place.remove(film)  # what is left is the small copy
    editor = place.home.editor()
    at = [to_meeting(FILM.times[n], film.offset, film.drift_ppm) for n in (31, 47, 60, 88)]
    marks = [Observation(new_id(), editor.coding.header.id, "AS", "adult1", t, seen_on=film.id) for t in at]
    editor.do("coded", *map(added, marks))
    clip = ExampleClip(new_id(), "core", "AS", film.id, FILM.times[40], FILM.times[50])
    other = made(place.folder, copy, "other")
    found = place.look(film, other)
    assert (found.how, found.originals) == (Again.PICTURES, (hashlib.sha256(other.read_bytes()).hexdigest(),))
    assert found.found.worst <= most
    assert place.left() == [small.container], "nothing is copied before somebody took it into use"
    after = place.again(film, other)
    assert place.store.get(Recording, film.id) == after
    assert after.wrapped_key == film.wrapped_key
    assert place.left() == [after.container], "what was made of the film before is gone, and made anew"
    assert place.store.find(DerivedFile) == ()
    assert sorted(place.store.find(Observation), key=lambda o: o.start) == marks, "no mark moves"
    for number, time in zip((31, 47, 60, 88), at, strict=True):
        shown = place.shows(after, time)
        assert abs(FILM.times[shown] - FILM.times[number]) <= after.replaced[0].worst + 1
    moved = clip.on_other(film, after)
    assert abs(after.to_meeting(moved.start) - film.to_meeting(clip.start)) <= 2
    said = after.replaced[0]
    assert (said.sha256, said.offset, said.worst, said.places) == (
        film.sha256, film.offset, found.found.worst, found.found.places,
    )  # fmt: skip
    assert (said.lacks_start > 0) == (name == "without its beginning")


def test_of_a_damaged_film_the_old_file_is_kept_until_all_is_erased_and_the_original_can_come_back(place) -> None:
    path = made(place.folder, LARGE, "film")
    film = place.take_in(path)
    place.copy(film)
    place.damage(film)
    after = place.again(film, made(place.folder, OTHERS["half the rate"][0], "other"))
    assert after.containers == (after.container, film.container)
    assert place.left() == sorted(after.containers)
    back = place.again(after, path)
    assert (back.sha256, back.offset, back.drift_ppm, back.index) == (
        film.sha256, film.offset, film.drift_ppm, film.index,
    )  # fmt: skip
    assert [said.sha256 for said in back.replaced] == [film.sha256, after.sha256]


def test_what_is_not_the_film_changes_nothing(place) -> None:
    path = made(place.folder, FILM, "film")
    film = place.take_in(path)
    place.copy(film)
    place.remove(film)
    second = replace(film, id=new_id(), sha256=hashlib.sha256(b"second").hexdigest(), camera=2)
    place.door.write("another", [added(second)])
    (place.folder / "second.mp4").write_bytes(b"second")
    text = place.folder / "text.mp4"
    text.write_bytes(b"no film at all")
    other = made(place.folder, shot(90, first=3000), "other")
    before = place.left()
    for sources, key in (
        ((other,), "again-other-pictures"),
        ((place.folder / "second.mp4",), "again-other-film"),
        ((path, other), "again-several"),
        ((text,), "film-not-a-film"),
        ((place.folder / "none.mp4",), "source-unreadable"),
    ):
        with pytest.raises(FilmError, match=key):
            place.look(film, *sources)
    assert place.left() == before
    assert place.store.get(Recording, film.id) == film


def test_with_nothing_left_only_the_very_file_will_do(place) -> None:
    path = made(place.folder, FILM, "film")
    film = place.take_in(path)
    place.remove(film)
    with pytest.raises(FilmError, match="again-nothing-left"):
        place.look(film, made(place.folder, shot(90, gop=5), "other"))
    assert place.again(film, path).sha256 == film.sha256


def test_a_film_that_was_erased_or_closed_from_use_does_not_come_back(place) -> None:
    path = made(place.folder, FILM, "film")
    film = place.take_in(path)
    closed = replace(film, closed_from_use=place.home.meeting.held)
    place.door.write("closed", [Change(film, closed)])
    with pytest.raises(NotAllowed, match="film-closed"):
        place.look(film, path)
    place.home.erase(closed, place.vault)
    with pytest.raises(NotAllowed, match="film-erased-stays"):
        place.look(film, path)


def test_it_can_be_stopped_anywhere_and_nothing_is_left(place) -> None:
    path, other = made(place.folder, FILM, "film"), made(place.folder, OTHERS["half the rate"][0], "other")
    film = place.take_in(path)
    copy = place.copy(film)
    place.remove(film)
    for step in (1, 2, 5, 20, 60):
        with pytest.raises(Cancelled):
            place.look(film, other, job=Work(step))
    for source in (path, other):
        found = place.look(film, source)
        with pytest.raises(Cancelled):
            fetch(place.films, place.vault, found, place.store.me, Work(0))
    assert place.left() == [copy.container]
    assert place.store.get(Recording, film.id) == film


def test_a_file_that_changed_after_it_was_looked_at_is_not_taken(place) -> None:
    path, other = made(place.folder, FILM, "film"), made(place.folder, OTHERS["half the rate"][0], "other")
    film = place.take_in(path)
    copy = place.copy(film)
    place.remove(film)
    for source in (path, other):
        found = place.look(film, source)
        source.write_bytes(source.read_bytes() + b"\0")
        with pytest.raises(FilmError, match="source-changed"):
            fetch(place.films, place.vault, found, place.store.me, Work())
        assert place.left() == [copy.container]


def test_what_changed_in_the_books_meanwhile_is_not_overwritten(place) -> None:
    path = made(place.folder, FILM, "film")
    film = place.take_in(path)
    place.remove(film)
    found = place.look(film, path)
    after = fetch(place.films, place.vault, found, place.store.me, Work())
    moved = replace(film, offset=0)
    place.door.write("aligned", [Change(film, moved)])
    with pytest.raises(StaleChange):
        keep(place.door, place.vault, place.texts, found.film, after)
    assert place.left() == []
    assert place.store.get(Recording, film.id) == moved


# ── the same film once more as a new one ──────────────────────────────────────────────────────────────────────────────


def demand(place, *sources: Path, meeting_id: str = "", **more) -> None:
    wish = intake.Wish(sources, meeting_id or place.home.meeting.id, **more)
    intake.demand_new(place.store, wish, lambda _: None, lambda: False)


def test_a_film_that_is_here_already_is_told_before_anything_is_copied(place) -> None:
    path = made(place.folder, FILM, "film")
    other = made(place.folder, shot(20), "other")
    demand(place, path, other)
    film = place.take_in(path)
    demand(place, other)
    for sources in ((path,), (other, path)):
        with pytest.raises(FilmError, match="film-here-already") as told:
            demand(place, *sources, anyway=True)
        assert told.value.values == {"camera": 1}
    with pytest.raises(FilmError, match="film-in-other-meeting"):
        demand(place, path, meeting_id="another")
    demand(place, path, meeting_id="another", anyway=True)
    place.home.erase(film, place.vault)
    with pytest.raises(FilmError, match="film-was-erased"):
        demand(place, path)
    demand(place, path, anyway=True)


def test_a_file_that_a_joined_film_was_made_from_is_known(place) -> None:
    files = split(place.folder, Split(Clip(), counts=(20, 20)))
    place.take_in(*files)
    with pytest.raises(FilmError, match="film-here-already"):
        demand(place, files[1])


def test_a_film_that_took_the_place_is_known_as_the_one_before_is(place) -> None:
    path, other = made(place.folder, FILM, "film"), made(place.folder, OTHERS["half the rate"][0], "other")
    film = place.take_in(path)
    place.copy(film)
    place.remove(film)
    place.again(film, other)
    for source in (path, other):
        with pytest.raises(FilmError, match="film-here-already"):
            demand(place, source)
