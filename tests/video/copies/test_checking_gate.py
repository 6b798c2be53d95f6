"""Copies that are made while a film is checked: the same as those made later, and believed only after a look."""

import base64
import io
from pathlib import Path

import av
import numpy as np
import pytest

from app.errors import Cancelled, FilmError
from app.model.recording import DerivedKind
from app.ports import Inspected
from tests.material.films import Clip, build, read_number
from video.copies import scrub_copy
from video.copies.checking_gate import MOST_BYTES, CopyingFilmGate, Received
from video.copies.derived import parts
from video.copies.scrub_copy import write_scrub
from video.copies.scrub_format import read_table
from video.copies.thumbnails import read_thumbnails, write_thumbnails
from video.copies.waveform import read_waveform, write_waveform
from video.open.film_gate import ChildFilmGate
from video.open.frame_index import unpack


class Sink:
    """Keeps copies in memory."""

    def __init__(self) -> None:
        self.pieces: dict[tuple[DerivedKind, int], bytearray] = {}
        self.finished: dict[tuple[DerivedKind, int], tuple[tuple[int, int], bytes]] = {}
        self.dropped: list[tuple[DerivedKind, int]] = []

    def write(self, kind: DerivedKind, part: int, content: bytes) -> None:
        self.pieces.setdefault((kind, part), bytearray()).extend(content)

    def drop(self, kind: DerivedKind, part: int) -> None:
        self.dropped.append((kind, part))

    def finish(self, kind: DerivedKind, part: int, span: tuple[int, int], index: bytes) -> None:
        self.finished[kind, part] = span, index


SOUND = Clip(frames=120, gop=30, b_frames=2, scale=2, sound="aac", container="mkv")


def never() -> bool:
    return False


def inspected(path: Path, sink: Sink) -> Inspected:
    gate = CopyingFilmGate()
    found = gate.inspect(path, lambda _: None, never, copies=sink)
    gate.close()
    return found


def written(make) -> bytes:
    out = io.BytesIO()
    make(out.write)
    return out.getvalue()


def assert_alike(one: bytes, other: bytes) -> None:
    """Thumbnails of the same pictures; several threads that scale round a pixel now and then otherwise."""
    made, later = (read_thumbnails(io.BytesIO(content)) for content in (one, other))
    assert (made.step, made.width, made.height, made.count) == (later.step, later.width, later.height, later.count)
    for number in range(made.count):
        here, there = made.picture(number), later.picture(number)
        assert (here.time, here.number) == (there.time, there.number)
        assert np.abs(here.pixels.astype(int) - there.pixels).mean() < 1


@pytest.mark.parametrize(
    "clip",
    [SOUND, Clip(turned=90), Clip(codec="mpeg4", container="avi", b_frames=2), Clip(codec="libx265", frames=40)],
    ids=["h264", "turned", "avi", "hevc"],
)
def test_they_are_what_is_made_of_the_film_later(tmp_path, clip: Clip) -> None:
    path, sink = build(tmp_path, clip), Sink()
    found = inspected(path, sink)
    index = unpack(found.index)
    film = path.read_bytes()
    assert found == ChildFilmGate().inspect(path, lambda _: None, never)
    assert set(sink.finished) == {(kind, 0) for kind in DerivedKind if kind != "waveform" or clip.sound}
    (span,) = parts(DerivedKind.SCRUB, found.index)
    later = io.BytesIO()
    packed = write_scrub(io.BytesIO(film), index, span, later.write, lambda _: None)
    assert sink.finished[DerivedKind.SCRUB, 0] == (span, packed)
    assert bytes(sink.pieces[DerivedKind.SCRUB, 0]) == later.getvalue()
    strip = written(lambda write: write_thumbnails(io.BytesIO(film), index, write, lambda _: None))
    assert_alike(bytes(sink.pieces[DerivedKind.THUMBNAILS, 0]), strip)
    if clip.sound:
        peaks = written(lambda write: write_waveform(io.BytesIO(film), index, write, lambda _: None))
        assert bytes(sink.pieces[DerivedKind.WAVEFORM, 0]) == peaks


def test_every_part_of_a_longer_film_is_there(tmp_path, monkeypatch) -> None:
    from video.copies.along import CopiesAlong
    from video.open.probe import examine

    monkeypatch.setattr(scrub_copy, "PART", 1_000_000)
    monkeypatch.setattr(scrub_copy.parts, "__defaults__", (1_000_000,))
    path, sink, ends = build(tmp_path, SOUND), Sink(), {}
    made: list[CopiesAlong] = []

    def along(index, tracks):
        made.append(
            CopiesAlong(index, tracks, sink.write, lambda kind, part, packed: ends.__setitem__((kind, part), packed))
        )
        return made

    _, index = examine(path, taking=along)
    made[0].end()
    spans = scrub_copy.parts(index)
    assert len(spans) == 5
    for number in range(5):
        content = io.BytesIO(bytes(sink.pieces[DerivedKind.SCRUB, number]))
        copied = unpack(ends[DerivedKind.SCRUB, number])
        assert len(read_table(content)) - 1 == len(copied)
    numbers = [one for n in range(5) for one in unpack(ends[DerivedKind.SCRUB, n]).stamps.tolist()]
    assert numbers == index.stamps.tolist()


def test_the_waveform_and_the_thumbnails_can_be_read(tmp_path) -> None:
    path, sink = build(tmp_path, SOUND), Sink()
    inspected(path, sink)
    assert max(read_waveform(io.BytesIO(bytes(sink.pieces[DerivedKind.WAVEFORM, 0]))).peaks) > 60
    strip = read_thumbnails(io.BytesIO(bytes(sink.pieces[DerivedKind.THUMBNAILS, 0])))
    shown = strip.picture(1)
    assert read_number(shown.pixels) == shown.number


def test_what_is_damaged_is_left_to_be_made_later(tmp_path) -> None:
    path = build(tmp_path, SOUND)
    with av.open(str(path)) as film:
        at, size = max((p.size, p.pos) for p in film.demux(video=0) if p.size and not p.is_keyframe)[::-1]
    broken = bytearray(path.read_bytes())
    broken[at + 12 : at + size] = bytes(b ^ 0x5A for b in broken[at + 12 : at + size])
    path.write_bytes(bytes(broken))
    sink = Sink()
    found = inspected(path, sink)
    assert found.facts.damage
    assert set(sink.finished) == {(DerivedKind.WAVEFORM, 0)}
    assert {kind for kind, _ in sink.pieces} - {kind for kind, _ in sink.dropped} <= {DerivedKind.WAVEFORM}


def test_a_film_that_is_refused_finishes_nothing(tmp_path) -> None:
    sink = Sink()
    path = build(tmp_path, Clip(container="mkv"))
    with av.open(str(path)) as film:
        places = [(p.pos, p.size) for p in film.demux(video=0) if p.size]
    broken = bytearray(path.read_bytes())
    for at, size in places:
        broken[at + 8 : at + size] = bytes(size - 8)
    path.write_bytes(bytes(broken))
    with pytest.raises(FilmError):
        inspected(path, sink)
    assert sink.finished == {}


def test_cancelling_ends_the_child_with_its_copies(tmp_path) -> None:
    sink, told = Sink(), []
    with pytest.raises(Cancelled):
        CopyingFilmGate().inspect(build(tmp_path, SOUND), told.append, lambda: bool(told), copies=sink)
    assert sink.finished == {}


def test_trouble_of_who_keeps_them_is_theirs_and_ends_the_child(tmp_path) -> None:
    class Full(Sink):
        def write(self, kind: DerivedKind, part: int, content: bytes) -> None:
            raise FilmError("disk-full")

    with pytest.raises(FilmError, match="disk-full"):
        inspected(build(tmp_path, SOUND), Full())


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


@pytest.mark.parametrize(
    "message",
    [
        {"copy": "film", "part": 0, "piece": ""},
        {"copy": "scrub", "part": -1, "piece": ""},
        {"copy": "scrub", "part": 10**9, "piece": ""},
        {"copy": "scrub", "part": "0", "piece": ""},
        {"copy": "scrub", "part": True, "piece": ""},
        {"copy": "scrub", "piece": ""},
        {"copy": "scrub", "part": 0, "piece": "%%"},
        {"copy": "scrub", "part": 0, "piece": 5},
        {"copy": ["scrub"], "part": 0, "piece": ""},
        {"copy": "scrub", "part": 0, "end": None},
    ],
)
def test_what_no_child_of_ours_says_is_not_believed(message) -> None:
    with pytest.raises(FilmError, match="film-dangerous"):
        Received(Sink()).take(message)


def test_an_endless_copy_is_not_believed(monkeypatch) -> None:
    received = Received(Sink())
    monkeypatch.setattr("video.copies.checking_gate.MOST_BYTES", 1000)
    received.take({"copy": "scrub", "part": 0, "piece": text(bytes(900))})
    with pytest.raises(FilmError, match="film-dangerous"):
        received.take({"copy": "scrub", "part": 0, "piece": text(bytes(101))})
    assert MOST_BYTES > 1000


def test_a_part_goes_on_after_its_end_only_in_a_lie() -> None:
    received = Received(Sink())
    received.take({"copy": "scrub", "part": 0, "piece": text(b"a")})
    received.take({"copy": "scrub", "part": 0, "end": text(b"")})
    with pytest.raises(FilmError, match="film-dangerous"):
        received.take({"copy": "scrub", "part": 0, "piece": text(b"a")})


def test_a_copy_of_other_pictures_is_not_believed(tmp_path) -> None:
    """Its index must be made of the film's own timestamps."""
    found = ChildFilmGate().inspect(build(tmp_path, SOUND), lambda _: None, never)
    other = ChildFilmGate().inspect(build(tmp_path, Clip(fps=SOUND.fps / 3), "other"), lambda _: None, never)
    received = Received(Sink())
    received.take({"copy": "scrub", "part": 0, "piece": text(b"a")})
    received.take({"copy": "scrub", "part": 0, "end": text(other.index)})
    with pytest.raises(FilmError, match="film-dangerous"):
        received.settle(found)


def test_parts_that_the_film_has_not_are_dropped(tmp_path) -> None:
    found = ChildFilmGate().inspect(build(tmp_path, SOUND), lambda _: None, never)
    sink = Sink()
    received = Received(sink)
    for part in (1, 2):
        received.take({"copy": "scrub", "part": part, "piece": text(b"a")})
    received.take({"copy": "scrub", "part": 1, "end": text(found.index)})
    received.settle(found)
    assert sink.dropped == [(DerivedKind.SCRUB, 1), (DerivedKind.SCRUB, 2)]
    assert sink.finished == {}
