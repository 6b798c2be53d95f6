"""Taking films in with the real gate, the real containers and the real joining."""

import hashlib
import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.door import Door
from app.errors import ArchiveError, Cancelled, ContainerError, FilmError
from app.films.card_reading import BLOCK, CheckedFile
from app.films.intake import Wish, bring_in, keep_brought
from app.i18n import Texts
from app.model.recording import SEAM, Origin, Recording
from tests.material.clips_split import Split, cut, split, times_of
from tests.material.films import Clip, build, read_number
from tests.material.house import Home
from tests.material.unfinished import unfinished
from video.open.frame_index import unpack
from video.open.frames import FrameSource


class Work:
    """A job that remembers its progress and can be cancelled after so many steps."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.shares: list[float] = []
        self._stop = stop_after

    def progress(self, share: float) -> None:
        self.shares.append(share)

    def cancelled(self) -> bool:
        return self._stop is not None and len(self.shares) >= self._stop


def left(tmp_path: Path) -> list[str]:
    return sorted(p.name for p in (tmp_path / "media").iterdir())


def test_files_of_one_recording_become_one_film_in_one_container(films, vault, tmp_path) -> None:
    files = split(tmp_path, Split(Clip(b_frames=2, sound="aac")))
    before = [path.read_bytes() for path in files]
    work = Work()
    brought = bring_in(films, vault, Wish(tuple(files), "meeting", 2, 5_000), work)
    recording = brought.recording
    assert (recording.camera, recording.offset, recording.facts.frames) == (2, 5_000, 100)
    assert brought.as_filmed
    assert list(brought.originals) == [hashlib.sha256(data).hexdigest() for data in before]
    assert [path.read_bytes() for path in files] == before
    assert left(tmp_path) == [recording.container]
    assert vault.verify(recording)
    assert work.shares == sorted(work.shares)
    assert work.shares[-1] == 1.0
    index = unpack(recording.index)
    assert abs(index.times - times_of(files)).max() <= 2
    with vault.open(recording) as file:
        source = FrameSource(file, index)
        assert [read_number(source.pixels(n)[1]) for n in (0, 39, 40, 74, 75, 99)] == [0, 39, 40, 74, 75, 99]
        source.close()
    # nothing readable of the film lies in the archive
    assert b"ftyp" not in (tmp_path / "media" / recording.container).read_bytes()


def test_a_single_file_is_copied_as_it_is(films, vault, tmp_path) -> None:
    path = build(tmp_path, Clip(frames=20))
    brought = bring_in(films, vault, Wish((path,), "meeting"), Work())
    assert brought.originals == (hashlib.sha256(path.read_bytes()).hexdigest(),)
    assert brought.recording.sha256 == brought.originals[0]


def test_a_cut_stream_is_byte_for_byte_what_the_camera_wrote(films, vault, tmp_path) -> None:
    whole = build(tmp_path, Clip(container="mts", b_frames=2, gop=25, frames=90, sound="ac3"))
    pieces = cut(whole, 2)
    brought = bring_in(films, vault, Wish(tuple(pieces), "meeting"), Work())
    assert brought.recording.sha256 == hashlib.sha256(whole.read_bytes()).hexdigest()
    assert brought.recording.facts.frames == 90


def test_a_card_that_was_cut_off_in_a_picture_is_taken_in(films, vault, tmp_path) -> None:
    whole = build(tmp_path, Clip(container="mts", b_frames=2, gop=10, frames=90, scale=4))
    pieces = cut(whole, 2)
    pieces[1].write_bytes(pieces[1].read_bytes()[:-4000])
    brought = bring_in(films, vault, Wish(tuple(pieces), "meeting"), Work())
    assert 70 < brought.recording.facts.frames <= 90


@pytest.mark.parametrize(
    ("counts", "start"), [((40, 35), Fraction(0)), ((30, 20, 25), Fraction(5)), ((20, 45), Fraction(0))]
)
def test_a_file_whose_clock_begins_anew_becomes_one_film_with_every_picture(
    counts, start, films, vault, tmp_path
) -> None:
    disc = Clip(codec="mpeg2video", container="mpg", b_frames=2, gop=12, sound="mp2")
    files = split(tmp_path, Split(disc, counts=counts, start=start))
    source = tmp_path / "VR_MOVIE.VRO"
    source.write_bytes(b"".join(path.read_bytes() for path in files))
    work = Work()
    brought = bring_in(films, vault, Wish((source,), "meeting"), work)
    recording = brought.recording
    assert brought.as_filmed
    assert brought.originals == (hashlib.sha256(source.read_bytes()).hexdigest(),)
    assert recording.facts.frames == sum(counts)
    assert [d.what for d in recording.facts.damage] == [SEAM] * (len(counts) - 1)
    assert work.shares == sorted(work.shares)
    index = unpack(recording.index)
    assert abs(index.times - times_of(files)).max() <= 2
    with vault.open(recording) as file:
        reader = FrameSource(file, index)
        assert [read_number(reader.pixels(n)[1]) for n in range(sum(counts))] == list(range(sum(counts)))
        reader.close()
    home = Home()
    kept = keep_brought(
        Door(home.a), vault, Texts("en"), replace(brought, recording=replace(recording, meeting_id=home.meeting.id))
    )
    assert [e.detail for e in home.a.audit_log(kept.id) if e.act == "film-source"] == [f"sha256={brought.originals[0]}"]


def exactly(vault, recording, count: int) -> bool:
    """Whether the film in the archive has all pictures from 0 on."""
    with vault.open(recording) as file:
        reader = FrameSource(file, unpack(recording.index))
        read = [read_number(reader.pixels(n)[1]) for n in range(count)]
        reader.close()
    return read == list(range(count))


def test_what_was_salvaged_is_taken_in_and_the_original_is_left(films, vault, tmp_path) -> None:
    whole = build(tmp_path, Clip(b_frames=2, sound="aac"), "whole")
    path = tmp_path / "broken.mp4"
    path.write_bytes(unfinished(whole.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(FilmError, match="film-unfinished"):
        bring_in(films, vault, Wish((path,), "meeting"), Work())
    made = films.gate.salvage(path, [whole], lambda _: None, lambda: False)
    work = Work()
    brought = bring_in(films, vault, Wish((path,), "meeting", 2, 5_000, {path: made}), work)
    recording = brought.recording
    assert (recording.origin, recording.camera, recording.offset) == (Origin.SALVAGED, 2, 5_000)
    assert recording.is_from_outside
    assert recording.facts == made.found.facts
    assert recording.sha256 == made.sha256
    assert brought.originals == (hashlib.sha256(before).hexdigest(),)
    assert path.read_bytes() == before
    assert work.shares == sorted(work.shares)
    assert left(tmp_path) == [recording.container]
    assert vault.verify(recording)
    assert exactly(vault, recording, recording.facts.frames)
    home = Home()
    kept = keep_brought(
        Door(home.a), vault, Texts("en"), replace(brought, recording=replace(recording, meeting_id=home.meeting.id))
    )
    assert home.a.get(Recording, kept.id).origin == Origin.SALVAGED
    assert [e.detail for e in home.a.audit_log(kept.id) if e.act == "film-source"] == [f"sha256={brought.originals[0]}"]


def test_the_unfinished_last_file_of_a_recording_is_joined_to_the_others(films, vault, tmp_path) -> None:
    files = split(tmp_path, Split(Clip(b_frames=2, sound="aac"), counts=(40, 35, 50)))
    files[2].write_bytes(unfinished(files[2].read_bytes()))
    with pytest.raises(FilmError, match="film-unfinished") as caught:
        bring_in(films, vault, Wish(tuple(files), "meeting"), Work())
    assert caught.value.values["source"] == 2
    made = films.gate.salvage(files[2], files[:2], lambda _: None, lambda: False)
    brought = bring_in(films, vault, Wish(tuple(files), "meeting", salvaged={files[2]: made}), Work())
    facts = brought.recording.facts
    assert brought.as_filmed
    assert brought.recording.origin == Origin.SALVAGED
    assert facts.frames == 75 + made.found.facts.frames > 95
    assert [(d.what, d.start) for d in facts.damage] == [("computed-times", 3_000_000)]
    assert exactly(vault, brought.recording, facts.frames)
    assert len(brought.originals) == 3


def test_a_file_that_changed_since_it_was_looked_at_is_not_taken_in(films, vault, tmp_path) -> None:
    whole = build(tmp_path, Clip(b_frames=2, sound="aac"), "whole")
    path = tmp_path / "broken.mp4"
    path.write_bytes(unfinished(whole.read_bytes()))
    made = films.gate.salvage(path, [whole], lambda _: None, lambda: False)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(FilmError, match="source-changed"):
        bring_in(films, vault, Wish((path,), "meeting", salvaged={path: made}), Work())
    assert left(tmp_path) == []


def test_originals_stand_in_the_access_log(films, vault, tmp_path) -> None:
    home = Home()
    files = split(tmp_path, Split(Clip(), counts=(10, 10)))
    brought = bring_in(films, vault, Wish(tuple(files), home.meeting.id, 2), Work())
    kept = keep_brought(Door(home.a), vault, Texts("en"), brought)
    assert home.a.get(Recording, kept.id) == kept
    details = [e.detail for e in home.a.audit_log(kept.id) if e.act == "film-source"]
    assert details == [f"sha256={sha}" for sha in brought.originals]


def test_cancelling_at_any_point_leaves_nothing(films, vault, tmp_path) -> None:
    wish = Wish(tuple(split(tmp_path, Split(Clip(b_frames=2), counts=(15, 10)))), "meeting")
    whole = Work()
    vault.discard(bring_in(films, vault, wish, whole).recording.container)
    for step in (*range(1, len(whole.shares) - 1, 3), len(whole.shares) - 1):
        with pytest.raises(Cancelled):
            bring_in(films, vault, wish, Work(step))
        assert left(tmp_path) == []


def test_what_is_no_film_or_of_another_recording_leaves_nothing(films, vault, tmp_path) -> None:
    good = build(tmp_path, Clip(frames=10), "good")
    turned = build(tmp_path, Clip(frames=10, turned=90), "turned")
    text = tmp_path / "text.mp4"
    text.write_bytes(b"no film at all")
    for other, key in ((text, "film-not-a-film"), (turned, "join-unlike"), (tmp_path / "none.mp4", "film-missing")):
        with pytest.raises(FilmError, match=key):
            bring_in(films, vault, Wish((good, other), "meeting"), Work())
        assert left(tmp_path) == []


def test_damage_is_told_on_the_joined_films_clock(films, vault, tmp_path) -> None:
    files = split(tmp_path, Split(Clip(gop=10), counts=(50, 50)))
    data = bytearray(files[1].read_bytes())
    begin = data.index(b"mdat") + 2000
    data[begin : begin + 300] = os.urandom(300)
    files[1].write_bytes(data)
    brought = bring_in(films, vault, Wish(tuple(files), "meeting"), Work())
    damage = brought.recording.facts.damage
    assert damage
    assert all(2_000_000 <= d.start < d.end <= 4_000_000 for d in damage)


def test_a_card_that_says_something_else_the_second_time_is_not_believed(films, vault, tmp_path) -> None:
    files = split(tmp_path, Split(Clip(), counts=(20, 20)))
    join = films.join

    def meddled(opened, out, progress, cancelled):
        data = bytearray(files[1].read_bytes())
        data[len(data) // 2] ^= 1
        files[1].write_bytes(data)
        return join(opened, out, progress, cancelled)

    with pytest.raises(FilmError, match="source-changed"):
        bring_in(replace(films, join=meddled), vault, Wish(tuple(files), "meeting"), Work())
    assert left(tmp_path) == []


def test_a_joined_film_that_lacks_pictures_is_not_kept(films, vault, tmp_path) -> None:
    files = split(tmp_path, Split(Clip(), counts=(20, 20)))
    lossy = replace(films, join=lambda opened, *rest: films.join(opened[:1], *rest))
    with pytest.raises(FilmError, match="join-lost"):
        bring_in(lossy, vault, Wish(tuple(files), "meeting"), Work())
    assert left(tmp_path) == []


def test_no_room_and_a_container_that_comes_back_damaged(films, vault, tmp_path, monkeypatch) -> None:
    files = tuple(split(tmp_path, Split(Clip(), counts=(5, 5))))
    monkeypatch.setattr(vault, "verify", lambda _recording: False)
    with pytest.raises(ContainerError, match="container-damaged"):
        bring_in(films, vault, Wish(files, "meeting"), Work())
    monkeypatch.setattr(vault, "free_bytes", lambda: 1000)
    with pytest.raises(ArchiveError, match="no-space"):
        bring_in(films, vault, Wish(files, "meeting"), Work())
    assert left(tmp_path) == []


def test_a_checked_file_reads_like_any_other(tmp_path) -> None:
    path = tmp_path / "film"
    data = os.urandom(2 * BLOCK + 12345)
    path.write_bytes(data)
    with CheckedFile(path) as file:
        assert file.sha256 == hashlib.sha256(data).hexdigest()
        assert file.read() == data
        file.seek(BLOCK - 10)
        assert file.read(20) in (data[BLOCK - 10 : BLOCK], data[BLOCK - 10 : BLOCK + 10])
        file.seek(-5, 2)
        assert (file.read(100), file.read(1)) == (data[-5:], b"")
        file.seek(3, 1)
        assert file.read(1) == b""
    with pytest.raises(FilmError, match="source-unreadable"):
        CheckedFile(tmp_path)
    with pytest.raises(FilmError, match="source-unreadable"):
        CheckedFile(tmp_path / "none")


def test_a_card_pulled_out_is_said(tmp_path) -> None:
    path = tmp_path / "film"
    path.write_bytes(os.urandom(2 * BLOCK))
    with CheckedFile(path) as file:
        path.write_bytes(b"short")
        with pytest.raises(FilmError, match="source-changed"):
            file.read(10)


@pytest.mark.parametrize("how", ["another in its place", "written, its time put back"])
@pytest.mark.parametrize("parts", [1, 2])
def test_a_film_that_is_changed_between_check_and_copy_is_not_taken_in(films, vault, tmp_path, how, parts) -> None:
    files = split(tmp_path, Split(Clip(sound="aac"))) if parts > 1 else [build(tmp_path, Clip(), "film")]
    film, check = files[0], films.gate.inspect
    other = film.with_name("other")

    def checked(path, *rest, **more):
        found = check(path, *rest, **more)
        if path == film:
            was = film.stat()
            other.write_bytes(film.read_bytes())
            if how.startswith("another"):
                other.replace(film)
            else:
                film.write_bytes(other.read_bytes())
                os.utime(film, ns=(was.st_atime_ns, was.st_mtime_ns))
        return found

    films.gate.inspect = checked
    with pytest.raises(FilmError, match="source-changed"):
        bring_in(films, vault, Wish(tuple(files), "meeting"), Work())
    assert left(tmp_path) == []
