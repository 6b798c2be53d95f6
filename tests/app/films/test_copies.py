"""What films lack is made beside everything else: kept part by part, gone on with, never in anybody's way."""

import io
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.door import Door
from app.errors import FilmError, StoreError
from app.films import reels
from app.films.copies import FilmCopies, lacking, sweep
from app.i18n import Texts
from app.jobs import Jobs
from app.model.change import added
from app.model.erasure import FilmOrder, Ground
from app.model.filming import OpenRecording
from app.model.identity import new_id
from app.model.recording import DerivedFile, DerivedKind, Recording
from storage.vault.film_vault import FilmVault
from tests.material.builders import A_DAY, recording
from tests.material.films import Clip, bytes_of, read_number
from tests.material.house import Home
from tests.stand_ins.fake_erasing import MemoryErasing
from tests.stand_ins.fake_films import FakeMaker
from video.copies import scrub_copy
from video.open.frame_index import build_index, unpack
from video.playing.scrub_source import ScrubSource
from video.tools import film_tools

SPANS = {"scrub": [(0, 10), (10, 20), (20, 30)], "waveform": [(0, 30)], "thumbnails": [(0, 30)]}
ALL = [("thumbnails", 0), ("waveform", 0), ("scrub", 0), ("scrub", 1), ("scrub", 2)]


class Bench:
    """A real vault under a store in memory, with one film in it."""

    def __init__(self, folder: Path, maker=None, content: bytes = b"film", index: bytes = b"index") -> None:
        self.folder = folder / "media"
        self.folder.mkdir()
        self.home = Home()
        self.store = self.home.a
        self.home.lose(self.home.film)
        self.vault = FilmVault(self.folder, bytes(32))
        self.maker = maker or FakeMaker(**SPANS)
        self.jobs = Jobs()
        self.copies = FilmCopies(Door(self.store), self.vault, self.maker, lambda: Texts("en"), self.jobs)
        self.made: list[tuple[Recording, DerivedFile]] = []
        self.copies.made.connect(lambda film, row: self.made.append((film, row)))
        self.troubles: list = []
        self.jobs.failed.connect(self.troubles.append)
        self.film = self.take(content, index)

    def take(self, content: bytes, index: bytes = b"index", **more) -> Recording:
        source = self.folder.parent / "source"
        source.write_bytes(content)
        film_id = new_id()
        taken = self.vault.take_in(source, film_id, lambda _: None, lambda: False)
        film = replace(
            recording(self.home.meeting.id), id=film_id, container=taken.container, wrapped_key=taken.wrapped_key,
            sha256=taken.sha256, size=taken.size, chunks=taken.chunks, index=index, **more,
        )  # fmt: skip
        self.store.apply("film", [added(film)])
        return film

    def parts(self, film: Recording | None = None) -> list[tuple[str, int]]:
        rows = self.store.find(DerivedFile, recording_id=(film or self.film).id)
        return [(row.kind.value, row.part) for row in rows]

    def files(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}

    def in_the_books(self) -> set[str]:
        return {r.container for kind in (Recording, DerivedFile) for r in self.store.find(kind)}

    def close(self) -> None:
        self.copies.close()
        self.jobs.close()
        self.vault.close()


@pytest.fixture
def bench(qapp, tmp_path):
    made = Bench(tmp_path)
    yield made
    made.close()


def test_everything_is_made_and_what_serves_soonest_first(bench: Bench, qtbot) -> None:
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle)
    assert bench.parts() == ALL
    assert [(row.kind.value, row.part) for _, row in bench.made] == ALL
    assert bench.files() == bench.in_the_books()
    for _, row in bench.made:
        with bench.vault.open_file(bench.film, row.container) as file:
            assert file.read() == f"{row.kind} {(row.start, row.end)}".encode()
    (reel,) = reels.reels(bench.store, bench.vault, [bench.film])
    assert [(p.start, p.end, p.index) for p in reel.scrub] == [(*span, b"index") for span in SPANS["scrub"]]
    with reel.source() as film, reel.scrub[2].source() as part:
        assert (film.read(), part.read()) == (b"film", b"scrub (20, 30)")
    assert reels.derived(bench.store, bench.vault, bench.film, DerivedKind.WAVEFORM) is not None


def test_what_is_there_is_not_made_again(bench: Bench, qtbot) -> None:
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle)
    bench.maker.made.clear()
    bench.copies.want([bench.film])
    assert bench.copies.is_idle()
    assert not bench.maker.made


def test_cancelled_in_the_middle_it_goes_on_there(bench: Bench, qtbot) -> None:
    def cancel_in_the_second() -> None:
        if ("scrub", 0) in bench.parts():
            bench.jobs.running[0].cancel()

    bench.maker.before_end = cancel_in_the_second
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle)
    assert bench.parts() == ALL[:3]
    assert bench.files() == bench.in_the_books()
    assert not bench.troubles
    bench.maker.before_end = lambda: None
    bench.maker.made.clear()
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle)
    assert sorted(bench.parts()) == sorted(ALL)
    assert bench.maker.made == [(DerivedKind.SCRUB, (10, 20)), (DerivedKind.SCRUB, (20, 30))]


def test_closing_in_the_middle_leaves_nothing_that_the_books_do_not_know(qapp, tmp_path, qtbot) -> None:
    bench = Bench(tmp_path)
    reached, closing = threading.Event(), threading.Event()

    def wait() -> None:
        reached.set()
        closing.wait(10)

    bench.maker.before_end = wait
    bench.copies.want([bench.film])
    assert reached.wait(10)
    job = bench.jobs.running[0]
    original = job.cancel
    job.cancel = lambda: (original(), closing.set())
    bench.close()
    assert bench.files() == bench.in_the_books() == {bench.film.container}


def test_a_part_finished_while_the_program_closes_is_let_go_of(qapp, tmp_path) -> None:
    bench = Bench(tmp_path)
    bench.copies.want([bench.film])
    done = threading.Event()
    begin = bench.copies._offer

    def offer(*values) -> None:
        done.set()
        begin(*values)

    bench.copies._offer = offer
    assert done.wait(10)  # the main thread is here and takes nothing into the books
    bench.close()
    assert bench.files() == bench.in_the_books() == {bench.film.container}


def test_when_the_books_refuse_the_container_goes(bench: Bench, qtbot, monkeypatch) -> None:
    def refuse(*_args, **_more):
        raise StoreError("disk-full")

    monkeypatch.setattr(bench.store, "apply", refuse)
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle)
    assert [error.key for error in bench.troubles] == ["disk-full"]
    assert bench.files() == {bench.film.container}


def test_a_film_erased_meanwhile_is_no_trouble(bench: Bench, qtbot) -> None:
    bench.maker.before_end = lambda: bench.store.find(Recording, erased=None) and bench.home.erase(bench.film)
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle)
    assert not bench.troubles
    assert bench.files() == {bench.film.container}


def test_films_closed_from_use_or_gone_are_left_alone(bench: Bench, qtbot) -> None:
    closed = bench.take(b"closed", closed_from_use=datetime.now(UTC))
    gone = replace(bench.film, id=new_id())
    bench.copies.want([closed, gone])
    qtbot.waitUntil(bench.copies.is_idle)
    assert reels.reels(bench.store, bench.vault, [closed]) == ()


def test_one_kind_that_fails_leaves_the_others_their_turn(bench: Bench, qtbot) -> None:
    bench.maker.errors = {
        DerivedKind.THUMBNAILS: FilmError("copy-failed"), DerivedKind.WAVEFORM: FilmError("film-damaged")
    }  # fmt: skip
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle)
    assert bench.parts() == ALL[2:]
    assert [error.key for error in bench.troubles] == ["copy-failed"]
    assert bench.files() == bench.in_the_books()


def test_a_film_whose_index_is_damaged_keeps_no_other_from_its_turn(qapp, tmp_path, qtbot) -> None:
    content = bytes_of(tmp_path, Clip(frames=20))
    index = build_index(io.BytesIO(content)).pack()
    bench = Bench(tmp_path, film_tools(None, None).derived, b"film", b"no index")
    whole = bench.take(content, index)
    bench.copies.want([bench.film, whole])
    qtbot.waitUntil(bench.copies.is_idle, timeout=30_000)
    assert [error.key for error in bench.troubles] == ["index-damaged"]
    assert bench.parts(whole) == [("thumbnails", 0), ("scrub", 0)]
    bench.close()


def test_a_full_disk_stops_it_once(bench: Bench, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(bench.vault, "free_bytes", lambda: 10)
    bench.copies.want([bench.film, bench.take(b"another")])
    qtbot.waitUntil(bench.copies.is_idle)
    assert [error.key for error in bench.troubles] == ["no-space"]


def test_lost_copies_are_forgotten_and_made_anew(bench: Bench, qtbot) -> None:
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle)
    lost = [row for _, row in bench.made if row.kind is not DerivedKind.WAVEFORM]
    bench.made.clear()
    for row in lost:
        (bench.folder / row.container).unlink()
    assert reels.reels(bench.store, bench.vault, [bench.film])[0].scrub == ()
    assert reels.derived(bench.store, bench.vault, bench.film, DerivedKind.THUMBNAILS) is None
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle)
    assert [(row.kind.value, row.part) for _, row in bench.made] == [one for one in ALL if one[0] != "waveform"]
    assert bench.files() == bench.in_the_books()


def test_a_copy_of_another_length_is_made_anew(bench: Bench) -> None:
    taken = bench.vault.begin(bench.film.id, bench.film.wrapped_key)
    kept = taken.keep()
    row = DerivedFile(
        new_id(), bench.film.id, DerivedKind.SCRUB, 0, 0, 9, kept.container, kept.sha256, kept.size, kept.chunks
    )
    bench.store.apply("older", [added(row)])
    missing = lacking(Door(bench.store), bench.vault, bench.maker, bench.film, Texts("en"))
    assert [(one.kind.value, one.part) for one in missing] == ALL
    assert bench.store.find(DerivedFile) == ()
    assert bench.files() == {bench.film.container}


def test_held_in_the_middle_it_waits_and_goes_on(bench: Bench, qtbot) -> None:
    """As when filming begins while copies are made."""
    begun, seen = threading.Event(), threading.Event()

    def reach() -> None:
        begun.set()
        seen.wait(10)

    bench.maker.before_end = reach
    bench.copies.want([bench.film])
    assert begun.wait(10)
    bench.jobs.hold(held=True)
    seen.set()
    (job,) = bench.jobs.running
    assert job.is_held
    assert not bench.made
    bench.jobs.hold(held=False)
    qtbot.waitUntil(bench.copies.is_idle)
    assert bench.parts() == ALL


def test_a_piece_for_the_playhead_goes_before_what_is_being_made_for_good(bench: Bench, qtbot) -> None:
    begun, asked = threading.Event(), threading.Event()

    def wait_where_the_whole_copy_is_made() -> None:
        if threading.current_thread().name.startswith("copies"):
            begun.set()
            asked.wait(10)

    bench.maker.before_end = wait_where_the_whole_copy_is_made
    bench.copies.want([bench.film])
    assert begun.wait(10)
    pieces: list = []
    bench.copies.make_near(bench.film, (12, 14), lambda part: pieces.append((part, list(bench.made))), pieces.append)
    asked.set()
    qtbot.waitUntil(lambda: bool(pieces))
    ((part, made_before),) = pieces
    assert not made_before
    assert (part.start, part.end, part.kept, part.index) == (12, 14, False, b"index")
    assert part.source().read() == part.source().read() == b"scrub (12, 14)"
    qtbot.waitUntil(bench.copies.is_idle)
    assert bench.parts() == ALL
    assert bench.files() == bench.in_the_books()


def test_a_piece_that_cannot_be_made_holds_nothing_back_for_long(bench: Bench, qtbot) -> None:
    bench.maker.errors = {DerivedKind.SCRUB: FilmError("film-damaged")}
    refused: list = []
    bench.copies.make_near(bench.film, (12, 14), refused.append, refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert [error.key for error in refused] == ["film-damaged"]
    bench.maker.errors = {}
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle)
    assert bench.parts() == ALL


def test_leaving_a_film_cancels_what_is_made_of_it(bench: Bench, qtbot) -> None:
    other = bench.take(b"another")
    bench.jobs.hold(held=True)
    bench.copies.want([bench.film, other])
    bench.copies.leave(other.id)
    bench.copies.leave(bench.film.id)
    qtbot.waitUntil(bench.copies.is_idle)
    assert not bench.made
    assert bench.files() == bench.in_the_books()


def test_at_opening_leftovers_go_but_what_awaits_its_rescue_stays(bench: Bench, qtbot) -> None:
    derived = bench.vault.begin(bench.film.id, bench.film.wrapped_key)
    filmed = bench.vault.begin(new_id(), live=True)
    for file in (derived, filmed):
        file.write(b"front")
        file.writer.close()
    book = OpenRecording(new_id(), bench.home.meeting.id, 1, filmed.name, A_DAY, 0)
    bench.store.apply("filming", [added(book)])
    sweep(bench.store, bench.vault)
    assert bench.vault.unfinished() == (filmed.name,)
    bench.copies._start.setInterval(0)
    bench.copies.begin()
    qtbot.waitUntil(lambda: len(bench.made) == len(ALL))
    qtbot.waitUntil(bench.copies.is_idle)


def test_an_erased_film_takes_its_copies_with_it(bench: Bench, qtbot) -> None:
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle)
    erasing = MemoryErasing(bench.store, bench.vault.erase)
    erasing.film(FilmOrder(bench.film.id, Ground.MISTAKE), lambda: False)
    erasing.finish(lambda _: None, lambda: False)
    assert bench.files() == set()
    assert bench.store.find(DerivedFile) == ()


def test_a_real_film_cancelled_and_gone_on_with_shows_every_picture(qapp, qtbot, tmp_path, monkeypatch) -> None:
    content = bytes_of(tmp_path, Clip(frames=120, gop=50, b_frames=2, sound="aac"))
    index = build_index(io.BytesIO(content))
    monkeypatch.setattr(scrub_copy.parts, "__defaults__", (1_000_000,))
    bench = Bench(tmp_path, film_tools(None, None).derived, content, index.pack())
    cancelled = []

    def cancel_once(_film, row) -> None:
        if row.kind is DerivedKind.SCRUB and row.part == 1 and not cancelled:
            cancelled.append(row)
            bench.jobs.running[0].cancel()

    bench.copies.made.connect(cancel_once)
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle, timeout=30_000)
    first = bench.parts()
    assert 2 <= len([p for p in first if p[0] == "scrub"]) < 5
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle, timeout=30_000)
    (reel,) = reels.reels(bench.store, bench.vault, [bench.film])
    assert len(reel.scrub) == 5
    source = ScrubSource(None, unpack(reel.index), reel.scrub)
    assert [read_number(source.picture(p).pixels) for p in range(120)] == list(range(120))
    source.close()
    bench.close()
