"""Copies made while a film is checked: under the film's key, in the books after it, and nothing half left."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.door import Door
from app.errors import Cancelled, ContainerError, FilmError, StoreError
from app.films import made_along, reels
from app.films.copies import FilmCopies, lacking
from app.films.intake import Wish, bring_in, keep_brought
from app.films.made_along import MadeAlong
from app.i18n import Texts
from app.jobs import Jobs
from app.model.identity import new_id
from app.model.recording import DerivedFile, DerivedKind, Recording
from storage.vault.film_vault import FilmVault
from tests.material.films import Clip, build, read_number
from tests.material.house import Home
from video.copies.checking_gate import CopyingFilmGate
from video.open.frame_index import unpack
from video.playing.scrub_source import ScrubSource
from video.tools import film_tools

CLIP = Clip(frames=60, gop=20, b_frames=2, sound="aac", container="mkv")
SCRUB, WAVEFORM = DerivedKind.SCRUB, DerivedKind.WAVEFORM


class Work:
    """A job that is cancelled once it has come so far."""

    def __init__(self, stop_at: float = 2.0) -> None:
        self.stop_at, self.share = stop_at, 0.0

    def progress(self, share: float) -> None:
        self.share = share

    def cancelled(self) -> bool:
        return self.share >= self.stop_at


@pytest.fixture
def films():
    gate = CopyingFilmGate()
    yield film_tools(gate, lambda: None)
    gate.close()


def left(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "media").iterdir()}


def test_a_film_that_was_taken_in_lacks_nothing(films, vault, tmp_path, qapp) -> None:
    home, path = Home(), build(tmp_path, CLIP)
    brought = bring_in(films, vault, Wish((path,), home.meeting.id, 2), Work())
    assert {(row.kind, row.part) for row in brought.copies} == {(kind, 0) for kind in DerivedKind}
    assert left(tmp_path) == {brought.recording.container, *(row.container for row in brought.copies)}
    door, jobs, texts = Door(home.a), Jobs(), Texts("en")
    kept = keep_brought(door, vault, texts, brought)
    copies = FilmCopies(door, vault, films.derived, lambda: texts, jobs)
    told: list[tuple[Recording, DerivedFile]] = []
    copies.made.connect(lambda film, row: told.append((film, row)))
    copies.adopt(kept, brought.copies)
    assert [row for _, row in told] == list(brought.copies)
    assert set(home.a.find(DerivedFile, recording_id=kept.id)) == set(brought.copies)
    assert lacking(door, vault, films.derived, kept, texts) == ()
    source = ScrubSource(None, unpack(kept.index), reels.reel(home.a, vault, kept).scrub)  # type: ignore[arg-type]
    assert [read_number(source.picture(n).pixels) for n in (0, 19, 20, 59, 5)] == [0, 19, 20, 59, 5]
    source.close()
    with vault.open_file(kept, next(r.container for r in brought.copies if r.kind is WAVEFORM)) as file:
        assert max(films.read_waveform(file).peaks) > 60
    assert b"ftyp" not in b"".join(p.read_bytes() for p in (tmp_path / "media").iterdir())
    copies.close()
    jobs.close()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.75])
def test_cancelling_leaves_nothing(share: float, films, vault, tmp_path) -> None:
    path = build(tmp_path, CLIP)
    with pytest.raises(Cancelled):
        bring_in(films, vault, Wish((path,), "meeting"), Work(share))
    assert left(tmp_path) == set()


def test_a_film_that_is_refused_or_cannot_be_kept_leaves_nothing(films, vault, tmp_path, monkeypatch) -> None:
    nothing = tmp_path / "film.mkv"
    nothing.write_bytes(bytes(4000))
    with pytest.raises(FilmError):
        bring_in(films, vault, Wish((nothing,), "meeting"), Work())
    assert left(tmp_path) == set()
    home = Home()
    brought = bring_in(films, vault, Wish((build(tmp_path, CLIP),), home.meeting.id, 2), Work())
    monkeypatch.setattr(home.a, "apply", lambda *_, **__: (_ for _ in ()).throw(StoreError("disk-full")))
    with pytest.raises(StoreError):
        keep_brought(Door(home.a), vault, Texts("en"), brought)
    assert left(tmp_path) == set()


def test_where_there_is_no_room_the_film_comes_without_copies(films, vault, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(made_along, "SPARE_BYTES", 10**18)
    brought = bring_in(films, vault, Wish((build(tmp_path, CLIP),), "meeting"), Work())
    assert brought.copies == ()
    assert left(tmp_path) == {brought.recording.container}
    assert vault.verify(brought.recording)


class Failing:
    """A vault whose containers fail after so many bytes."""

    def __init__(self, vault: FilmVault, after: int) -> None:
        self._vault, self._after = vault, after

    def free_bytes(self) -> int:
        return 10**15

    def begin(self, recording_id: str, wrapped_key: bytes = b""):
        file, after = self._vault.begin(recording_id, wrapped_key), self._after
        write = file.write

        def failing(data: bytes) -> int:
            if len(data) > after:
                raise ContainerError("disk-full")
            return write(data)

        file.write = failing  # type: ignore[method-assign]
        return file


def test_a_disk_that_fails_costs_the_copies_alone(vault, tmp_path) -> None:
    along = MadeAlong(Failing(vault, 10), new_id(), 0)  # type: ignore[arg-type]
    along.write(SCRUB, 0, b"short")
    along.finish(SCRUB, 0, (0, 5), b"")
    along.write(WAVEFORM, 0, b"longer than ten bytes")
    along.write(SCRUB, 1, b"short")
    along.finish(SCRUB, 1, (5, 9), b"")
    assert along.keep() == ()
    assert left(tmp_path) == set()


def test_what_is_unfinished_or_dropped_is_not_kept_and_all_lies_under_one_key(vault, tmp_path) -> None:
    film_id = new_id()
    along = MadeAlong(vault, film_id, 0)
    for part in range(4):
        along.write(SCRUB, part, b"part %d" % part)
    along.finish(SCRUB, 0, (0, 5), b"index")
    along.drop(SCRUB, 1)
    along.finish(SCRUB, 1, (5, 9), b"")
    along.finish(SCRUB, 3, (9, 12), b"")
    assert all(name.endswith(".part") for name in left(tmp_path))  # a kill leaves only what is swept
    rows = along.keep()
    assert [(row.part, row.start, row.end, row.index) for row in rows] == [(0, 0, 5, b"index"), (3, 9, 12, b"")]
    assert left(tmp_path) == {row.container for row in rows}
    owner = replace(Home().film, id=film_id, wrapped_key=along.wrapped_key)
    for row in rows:
        with vault.open_file(owner, row.container) as file:
            assert file.read() == b"part %d" % row.part
