"""Wherever the playhead rests, a small copy of what is around it is made in seconds and used."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from app.errors import FilmError
from app.films import near_copies
from app.films.near_copies import NearCopies
from app.model.recording import DerivedKind
from app.ports.player import PIECES, Reel
from tests.app.films.test_copies import Bench
from tests.material.films import Clip, bytes_of, read_number
from tests.stand_ins.fake_films import FakeMaker
from tests.stand_ins.fake_player import FakePlayer
from video.copies import scrub_copy
from video.open.frame_index import build_index
from video.playing.scrub_source import ScrubSource
from video.tools import film_tools

SECOND = 1_000_000
TENS = [(n * 10 * SECOND, (n + 1) * 10 * SECOND) for n in range(30)]


class Seat:
    """A player with the bench's film before it, and who follows its playhead."""

    def __init__(self, bench: Bench, monkeypatch) -> None:
        monkeypatch.setattr(near_copies, "REST_MS", 1)
        facts = replace(bench.film.facts, duration=300 * SECOND)
        self.film = replace(bench.film, facts=facts, offset=0)
        self.bench, self.player, self.parent = bench, FakePlayer(300 * SECOND), QObject()
        self.player.open([Reel(self.film.id, self.film.camera, lambda: io.BytesIO(b"film"), b"index")])
        self.near = NearCopies(self.player, bench.copies, lambda: [self.film], self.parent)

    def pieces(self) -> list[tuple[int, int]]:
        return [(part.start, part.end) for part in self.player.reels[self.film.id].scrub if not part.kept]

    def close(self) -> None:
        self.near.close()
        self.bench.close()


@pytest.fixture
def seat(qapp, tmp_path, monkeypatch):
    made = Seat(Bench(tmp_path, FakeMaker(pieces=TENS)), monkeypatch)
    yield made
    made.close()


def test_what_is_around_the_playhead_is_made_soonest_first(seat: Seat, qtbot) -> None:
    seat.player.seek(123 * SECOND)
    qtbot.waitUntil(lambda: len(seat.pieces()) == 3)
    assert seat.pieces() == [TENS[12], TENS[11], TENS[13]]
    seat.player.seek(141 * SECOND)
    qtbot.waitUntil(lambda: len(seat.pieces()) == 5)
    assert seat.pieces()[3:] == [TENS[14], TENS[15]]  # the one before it was there
    assert seat.bench.files() == {seat.film.container}, "nothing of it is on the disk"


def test_pieces_in_memory_stay_few(seat: Seat, qtbot) -> None:
    for at in range(5, 300, 30):
        seat.player.seek(at * SECOND)
        qtbot.waitUntil(lambda at=at: TENS[at // 10] in seat.pieces())
    assert len(seat.pieces()) <= PIECES
    seat.player.seek(5 * SECOND)  # gone since, and made again
    qtbot.waitUntil(lambda: TENS[0] in seat.pieces())


def test_nothing_is_made_while_the_film_plays_or_another_is_filmed(seat: Seat, qtbot) -> None:
    seat.player.play()
    seat.player.advance(SECOND)
    qtbot.wait(30)
    seat.player.pause()
    seat.bench.jobs.hold(held=True)
    seat.player.seek(50 * SECOND)
    qtbot.wait(30)
    assert seat.bench.maker.made == []
    seat.bench.jobs.hold(held=False)
    seat.player.seek(51 * SECOND)
    qtbot.waitUntil(lambda: len(seat.pieces()) == 3)


def test_a_piece_that_cannot_be_made_is_left_to_the_film(seat: Seat, qtbot) -> None:
    seat.bench.maker.errors = {DerivedKind.SCRUB: FilmError("film-damaged")}
    asked: list = []
    seat.bench.maker.before_end = lambda: asked.append(1)
    seat.player.seek(123 * SECOND)
    qtbot.waitUntil(lambda: len(asked) == 3)
    seat.player.seek(124 * SECOND)
    qtbot.wait(30)
    assert (len(asked), seat.pieces(), seat.bench.troubles) == (3, [], [])


def test_a_real_film_has_its_piece_until_the_kept_part_takes_its_place(
    qapp, qtbot, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(scrub_copy, "PIECE", SECOND)
    content = bytes_of(tmp_path, Clip(frames=120, gop=50, b_frames=2))
    index = build_index(io.BytesIO(content))
    bench = Bench(tmp_path, film_tools(None, None).derived, content, index.pack())
    around = bench.copies.around(bench.film, 2_300_000)
    assert around == ((2 * SECOND, 3 * SECOND), (SECOND, 2 * SECOND), (3 * SECOND, 4 * SECOND))
    parts: list = []
    bench.copies.make_near(bench.film, around[0], parts.append, parts.append)
    qtbot.waitUntil(lambda: bool(parts), timeout=60_000)
    source = ScrubSource(lambda: io.BytesIO(content), index, parts)
    assert [source.has_copy(position) for position in (49, 50, 74, 75)] == [False, True, True, False]
    assert [read_number(source.picture(position).pixels) for position in (74, 50, 61)] == [74, 50, 61]
    assert not source.is_open, "the film itself was not asked"
    bench.copies.want([bench.film])
    qtbot.waitUntil(bench.copies.is_idle, timeout=60_000)
    assert bench.copies.around(bench.film, 2_300_000) == ()
    source.close()
    bench.close()
