"""A covered clip: exactly the chosen pictures at their own times, covers of one color, voices gone, all proven."""

import io
import math
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest

from app.errors import Cancelled, FilmError
from app.model.cover import Box, Covered, CoverKey, CoverTrack, MutedStretch, Muting, Proposed
from app.ports.covering import CoverOrder
from tests.material.films import KINDS, Clip, bytes_of, read_number
from tests.material.odd_films import ODD
from video.covering import arranged, faces, proof, writing
from video.covering.cover_child import order_of, said_order
from video.covering.cover_process import propose
from video.covering.cover_process import write_covered as child_writes
from video.covering.faces import Face
from video.covering.picture import COVER, Burned, area_of, framed, planes_of
from video.covering.proposing import join
from video.covering.still import write_still
from video.covering.writing import write_covered
from video.open.frame_index import build_index

#: covers the lower blocks of a numbered picture, that are black in any case
LOW = Box(6_000, 8_700, 7_000, 9_500)
ODD_ONES = ("h264-b", "variable-mp4", "turned-90", "edit-list", "wide-pixels", "starts-late-mp4")


def track(*keys: tuple[int, Box]) -> CoverTrack:
    return CoverTrack("t", "w", Covered.FACE, tuple(CoverKey(time, box) for time, box in keys))


def muted(start: int, end: int, how: Muting) -> MutedStretch:
    return MutedStretch(start, end, how)


def order(index, first: int, last: int, tracks=(), silent=()) -> CoverOrder:
    return CoverOrder(int(index.times[first]), int(index.times[last]), tracks, silent, "SALASSA PIDETTÄVÄ")


def written(content: bytes, what: CoverOrder):
    return write_covered(io.BytesIO(content), build_index(io.BytesIO(content)), what, lambda _: None)


def pictures_of(content: bytes) -> list[tuple[float, np.ndarray]]:
    with av.open(io.BytesIO(content)) as film:
        return [(frame.pts * frame.time_base, frame.to_ndarray(format="bgr24")) for frame in film.decode(video=0)]


def sound_of(content: bytes) -> np.ndarray:
    with av.open(io.BytesIO(content)) as film:
        return np.concatenate([frame.to_ndarray()[0] for frame in film.decode(audio=0)])


@pytest.mark.parametrize("name", [*ODD_ONES, "hevc-phone"])
def test_exactly_the_chosen_pictures_leave_upright_and_at_their_own_times(tmp_path, name: str) -> None:
    clip = {**KINDS, **ODD}[name]
    content = bytes_of(tmp_path, clip)
    index = build_index(io.BytesIO(content))
    first, last = 15, 33
    made, report = written(content, order(index, first, last, (track((int(index.times[20]), LOW)),)))
    found = pictures_of(made)
    assert [read_number(pixels) for _, pixels in found] == clip.numbers[first : last + 1]
    stamps = index.stamps[first : last + 1].tolist()
    assert [time for time, _ in found] == [(stamp - stamps[0]) * index.time_base for stamp in stamps]
    assert found[0][1].shape[1::-1] == tuple(edge // 2 * 2 for edge in index.shown_size)
    assert report.pictures == last + 1 - first
    assert report.worst_psnr >= proof.LEAST_PSNR
    assert report.sound_over <= 1_000_000 * 1024 // 48_000 + 1
    assert b"Lavf" not in made
    assert b"x264" not in made
    assert made.index(b"moov") < made.index(b"mdat")


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> bytes:
    """White and black blocks that a cover lies over, with a tone."""
    return bytes_of(tmp_path_factory.mktemp("film"), Clip(sound="aac", b_frames=2, scale=2, gop=30))


def test_in_every_picture_a_moving_cover_is_of_one_color(film: bytes) -> None:
    index = build_index(io.BytesIO(film))
    cover = track((400_000, Box(0, 500, 1_500, 4_000)), (1_600_000, Box(4_000, 3_000, 5_500, 6_000)))
    made, report = written(film, order(index, 8, 45, (cover,)))
    with av.open(io.BytesIO(made)) as again:
        for number, frame in enumerate(again.decode(video=0)):
            box = cover.at(int(index.times[8 + number]))
            left, top, right, bottom = area_of(box, (frame.width, frame.height))
            luma = frame.to_ndarray()[top:bottom, left:right]
            assert set(np.unique(luma)) == {COVER[0]}
    assert report.covered == report.pictures == 38


#: to the corner of the picture, along its left edge and over all of it, faster than its own width
FAST = (
    (Box(0, 0, 1_500, 2_500), Box(0, 5_000, 1_500, 9_000), Box(6_000, 100, 8_000, 3_000), Box(0, 0, 2_500, 4_000)),
    (
        Box(7_000, 6_000, 9_999, 9_999),
        Box(500, 2_000, 2_000, 4_500),
        Box(0, 0, 9_000, 9_500),
        Box(0, 4_000, 900, 6_000),
    ),
)


def test_fast_covers_that_lie_over_each_other_are_exact_at_the_first_try(film: bytes, monkeypatch) -> None:
    monkeypatch.setattr(writing, "QUALITIES", writing.QUALITIES[:1])
    index = build_index(io.BytesIO(film))
    covers = tuple(track(*((n * 650_000, box) for n, box in enumerate(boxes))) for boxes in FAST)
    _, report = written(film, order(index, 0, 59, covers))
    assert report.covered == 60
    assert report.worst_psnr >= proof.LEAST_PSNR


def test_muted_stretches_are_silent_or_a_tone_and_nothing_else_is(film: bytes) -> None:
    index = build_index(io.BytesIO(film))
    silent = (muted(400_000, 800_000, Muting.SILENCE), muted(1_200_000, 1_600_000, Muting.TONE))
    made, report = written(film, order(index, 0, 59, (), silent))
    sound = sound_of(made)

    def loudest(start: float, end: float) -> float:
        """Hz"""
        piece = sound[int(start * 48_000) : int(end * 48_000)]
        return float(np.abs(np.fft.rfft(piece)).argmax() / (end - start))

    assert np.abs(sound[int(0.45 * 48_000) : int(0.75 * 48_000)]).max() < 0.01
    assert loudest(1.25, 1.55) == pytest.approx(1_000, abs=5)
    assert loudest(0.1, 0.35) == pytest.approx(440, abs=5)
    assert report.muted == 2


def test_what_is_not_as_ordered_does_not_leave(film: bytes, monkeypatch) -> None:
    index = build_index(io.BytesIO(film))
    what = order(index, 8, 20, (track((400_000, Box(2_000, 500, 4_500, 4_000))),))
    for broken in (unburned, lambda *given: replace(BURN(*given), picture=inverted(given[0]))):
        monkeypatch.setattr(arranged, "burn", broken)
        with pytest.raises(FilmError, match="cover-not-proven"):
            written(film, what)


BURN = arranged.burn


def unburned(picture, covers, strip):
    """As if a cover had been forgotten."""
    kept = framed(planes_of(picture), picture)
    burned = BURN(picture, covers, strip)
    for plane, before in zip(planes_of(picture), planes_of(kept), strict=True):
        plane[:] = before
    return burned


def inverted(picture):
    """As if other pictures had been meant."""
    return framed(tuple(255 - plane for plane in planes_of(picture)), picture)


def test_the_child_writes_the_same_and_not_a_byte_of_what_it_refuses(film: bytes) -> None:
    index = build_index(io.BytesIO(film))
    what = order(index, 8, 20, (track((400_000, LOW)),), (muted(400_000, 500_000, Muting.TONE),))
    assert said_order(order_of(said_order(what))) == said_order(what)
    out, told = io.BytesIO(), []
    report = child_writes(lambda: io.BytesIO(film), index.pack(), what, out.write, told.append, lambda: False)
    assert report == written(film, what)[1]
    assert out.getvalue() == written(film, what)[0]
    nothing = io.BytesIO()
    late = replace(what, first=900_000, last=400_000)
    with pytest.raises(FilmError, match="before-first"):
        child_writes(lambda: io.BytesIO(film), index.pack(), late, nothing.write, told.append, lambda: False)
    with pytest.raises(Cancelled):
        child_writes(lambda: io.BytesIO(film), index.pack(), what, nothing.write, told.append, lambda: True)
    assert nothing.getvalue() == b""


def face(left: float, top: float, size: float = 0.1, sure: float = 0.9) -> Face:
    return Face(left, top, left + size, top + size, sure)


def test_finds_of_a_moving_face_are_one_track_and_two_faces_are_two() -> None:
    tracks: list = []
    for number in range(10):
        seen = [face(0.1 + 0.06 * number, 0.2), face(0.8, 0.7)]
        join(tracks, number * 80_000, seen if number not in (4, 5) else seen[1:])
    assert [len(one.seen) for one in tracks] == [8, 10]
    join(tracks, 60_000_000, [face(0.8, 0.7)])
    assert len(tracks) == 3  # gone for a minute


def test_of_finds_over_each_other_the_surest_stays() -> None:
    assert faces.apart([face(0.1, 0.1, sure=0.5), face(0.11, 0.1), face(0.5, 0.5)]) == [face(0.11, 0.1), face(0.5, 0.5)]


@pytest.mark.parametrize("by", [Proposed.CENTERFACE, Proposed.HAAR])
def test_both_finders_look_at_a_picture_without_a_face(film: bytes, by: Proposed) -> None:
    index = build_index(io.BytesIO(film))
    found = propose(lambda: io.BytesIO(film), index.pack(), (400_000, 480_000), by, lambda _: None, lambda: False)
    assert list(found) == []


def jumping(path) -> tuple[bytes, list[Box]]:
    """A white face that goes one and a half times its width in three pictures, among noise; where it is in each."""
    chance = np.random.default_rng(3)
    places = []
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 640, 352, "yuv420p"
        stream.options = {"preset": "ultrafast", "crf": "12"}
        for number in range(30):
            pixels = chance.integers(40, 90, (352, 640, 3), dtype=np.uint8)
            x, y = 40 + number * 20, 100 + number * 4
            pixels[y : y + 40, x : x + 40] = 250
            places.append(Box(x * 10_000 // 640, y * 10_000 // 352, (x + 40) * 10_000 // 640, (y + 41) * 10_000 // 352))
            frame = av.VideoFrame.from_ndarray(pixels, format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            out.mux(stream.encode(frame))
            if x + 60 > 640:
                break
        out.mux(stream.encode(None))
    return path.read_bytes(), places


def test_no_picture_leaves_with_a_face_that_was_hidden_for_two_pictures(tmp_path) -> None:
    content, places = jumping(tmp_path / "jumping.mp4")
    index = build_index(io.BytesIO(content))
    found = sorted({*range(0, len(places), 3), len(places) - 1})  # the finder saw it in each third picture alone
    cover = track(*((int(index.times[at]), places[at]) for at in found))
    made, report = written(content, CoverOrder(0, int(index.times[-1]), (cover,), (), ""))
    assert [int((pixels > 200).sum()) for _, pixels in pictures_of(made)] == [0] * len(places)
    assert report.covered == len(places)


def test_how_like_a_picture_is_agrees_with_a_plain_count_outside_the_covers() -> None:
    chance = np.random.default_rng(3)
    given, found = (av.VideoFrame(64, 48, "yuv420p") for _ in range(2))
    for plane, other in zip(planes_of(given), planes_of(found), strict=True):
        plane[:] = chance.integers(0, 255, plane.shape)
        other[:] = plane
    area = (16, 16, 48, 32)
    burned = Burned(given, (area,), (area,))
    like = proof.Likeness(given)
    assert like.psnr(burned, found) == math.inf
    planes_of(found)[0][0, 0] ^= 8
    planes_of(found)[1][1, 1] ^= 4
    count = 64 * 48 * 3 // 2 - 32 * 16 * 3 // 2
    assert like.psnr(burned, found) == pytest.approx(10 * math.log10(255**2 * count / (64 + 16)), abs=0.01)
    planes_of(found)[0][16:32, 16:48] ^= 128  # as a cover is never: it is not counted against what lies outside
    assert like.psnr(burned, found) == pytest.approx(10 * math.log10(255**2 * count / (64 + 16)), abs=0.01)
    assert like.psnr(Burned(given, ((0, 0, 64, 48),), ((0, 0, 64, 48),)), found) == math.inf


def without_pictures(content: bytes, gone: range) -> bytes:
    """A film of which some pictures lie on a part of the disk that was lost; each is coded by itself."""
    with av.open(io.BytesIO(content)) as whole:
        packets = [(p.pos, p.size) for p in whole.demux(video=0) if p.size]
    harmed = bytearray(content)
    for place, size in (packets[number] for number in gone):
        harmed[place : place + size] = bytes(size)
    return bytes(harmed)


def test_a_picture_that_stays_on_where_others_are_damaged_keeps_the_cover_that_it_has(tmp_path) -> None:
    """The cover goes on with its face, of which no picture is left: the last one that is there stands still."""
    content = without_pictures(bytes_of(tmp_path, Clip(gop=1, scale=2)), range(20, 40))
    index = build_index(io.BytesIO(content))
    times = [int(time) for time in index.times]
    cover = track((times[10], Box(0, 500, 1_500, 4_000)), (times[45], Box(7_000, 500, 8_500, 4_000)))
    made, report = written(content, order(index, 10, 45, (cover,)))
    assert report.pictures == 36
    for number, (_, pixels) in enumerate(pictures_of(made), start=10):
        shown = 19 if 20 <= number < 40 else number
        left, top, right, bottom = area_of(cover.at(times[shown]), pixels.shape[1::-1])
        assert pixels[top:bottom, left:right].max() == 0, number
    still = order(index, 30, 30, (cover,))
    found, _ = write_still(io.BytesIO(content), index, still)
    with av.open(io.BytesIO(found)) as picture:
        (frame,) = picture.decode(video=0)
    pixels = frame.to_ndarray(format="rgb24")
    left, top, right, bottom = area_of(cover.at(times[19]), pixels.shape[1::-1])
    assert pixels[top:bottom, left:right].max() == 0
