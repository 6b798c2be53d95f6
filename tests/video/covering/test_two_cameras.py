"""Two cameras leave as they are arranged: the first one's pictures at their times, the other's that is on then."""

import io
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import FilmError
from app.model.cover import Box, Covered, CoverKey, CoverTrack
from app.model.feedback import Sight
from app.model.film_clock import to_film, to_meeting
from app.ports.covering import CoverOrder, FilmClock, SecondOrder
from tests.material.films import Clip, bytes_of, read_number
from video.covering.arranged import SecondFilm
from video.covering.cover_child import order_of, said_order
from video.covering.cover_process import write_covered as child_writes
from video.covering.layout import WIDEST, layout_of, moved, size_of
from video.covering.picture import BLOCK, COVER, area_of
from video.covering.still import write_still
from video.covering.writing import write_covered
from video.open.frame_index import build_index

#: the second camera began 700 ms later, runs fast, and takes other pictures a second
CLOCK, OTHER = FilmClock(700_000, 250.0), FilmClock(-120_000, 0.0)
BOTH = (Sight.BESIDE, Sight.WITHIN)


@pytest.fixture(scope="module")
def films(tmp_path_factory) -> tuple[bytes, bytes]:
    folder = tmp_path_factory.mktemp("films")
    own = bytes_of(folder, Clip(sound="aac", b_frames=2, scale=3, gop=30))
    return own, bytes_of(folder, Clip(fps=Fraction(30), scale=2, frames=40, turned=90))


class Two:
    """Both films, and the order of a clip of pictures 5 to 45."""

    def __init__(self, films: tuple[bytes, bytes], sight: Sight, first: int = 5, last: int = 45) -> None:
        self.files = films
        self.index, self.other = (build_index(io.BytesIO(content)) for content in films)
        begin, end = (int(self.index.times[number]) for number in (first, last))
        own = CoverTrack("a", "w", Covered.FACE, (CoverKey(begin, HIGH), CoverKey(end + 1, LOW)))
        over = CoverTrack("b", "w", Covered.FACE, (CoverKey(300_000, Box(0, 2_000, 6_000, 8_000)),), held=400_000)
        began = to_film(to_meeting(begin, OTHER.offset, OTHER.drift_ppm), CLOCK.offset, CLOCK.drift_ppm)
        second = (lambda: io.BytesIO(films[1])), self.other.pack(), sight, (over,), began, CLOCK, OTHER
        self.order = CoverOrder(begin, end, (own,), (), "SALASSA PIDETTÄVÄ", SecondOrder(*second))
        self.wanted = range(first, last + 1)

    def film(self) -> SecondFilm:
        assert self.order.second is not None
        return SecondFilm(io.BytesIO(self.files[1]), self.other, self.order.second)

    def written(self):
        return write_covered(io.BytesIO(self.files[0]), self.index, self.order, lambda _: None, second=self.film())

    def on_beside(self, number: int) -> int | None:
        """The picture of the second film that a player shows at one of the first one's, counted another way."""
        meeting = self.index.times[number] / 1e6 - 0.12  # s
        time = (meeting - 0.7) * 1.00025
        return None if time < 0 or time >= 40 / 30 else int(time * 30 + 1e-4)


HIGH, LOW = Box(500, 500, 4_000, 6_000), Box(5_500, 2_000, 9_000, 9_900)


def blank(found: np.ndarray, area) -> np.ndarray:
    left, top, right, bottom = area
    return found[top:bottom, left:right]


@pytest.mark.parametrize("sight", BOTH)
def test_both_leave_covered_at_the_times_of_the_first(films, sight: Sight) -> None:
    two = Two(films, sight)
    made, report = two.written()
    layout = layout_of((576, 384), two.other.shown_size, sight)
    stamps = two.index.stamps[5:46].tolist()
    seen = 0
    with av.open(io.BytesIO(made)) as film:
        for number, frame in zip(two.wanted, film.decode(video=0), strict=True):
            assert frame.pts * frame.time_base == (stamps[number - 5] - stamps[0]) * two.index.time_base
            luma = frame.to_ndarray()[: frame.height]
            place = two.on_beside(number)
            boxes = [two.order.tracks[0].at(int(two.index.times[number]))]
            for box, size in zip(boxes, [(576, 384)], strict=True):
                areas = layout.covers([[box]])[0]
                assert {COVER[0]} == set(np.unique(np.concatenate([blank(luma, a).ravel() for a in areas])))
                assert sight == Sight.WITHIN or areas == (area_of(box, size),)
            inset = blank(luma, layout.second)
            if place is None:
                assert inset.max() <= COVER[0] + 2, number
                continue
            cover = two.order.second.tracks[0].at(int(two.other.times[place]))
            if cover is not None:
                area = moved(area_of(cover, size_of(layout.second)), layout.second)
                assert set(np.unique(blank(luma, area))) == {COVER[0]}
            else:
                assert read_number(np.repeat(inset[:, :, None], 3, axis=2)) == place
                seen += 1
    assert seen > 5
    assert report.pictures == report.covered == 41
    assert report.worst_psnr >= 40


def test_the_child_is_given_both_films_in_one_row(films) -> None:
    two = Two(films, Sight.WITHIN, 15, 24)
    assert said_order(order_of(said_order(two.order))) == said_order(two.order)
    out, ends = io.BytesIO(), ((lambda _: None), (lambda: False))
    report = child_writes(lambda: io.BytesIO(films[0]), two.index.pack(), two.order, out.write, *ends)
    assert (out.getvalue(), report) == two.written()
    still = replace(two.order, last=two.order.first)
    picture = io.BytesIO()
    report = child_writes(lambda: io.BytesIO(films[0]), two.index.pack(), still, picture.write, *ends)
    assert (picture.getvalue(), report) == write_still(io.BytesIO(films[0]), two.index, still, two.film())


@pytest.mark.parametrize("sight", BOTH)
def test_a_still_of_two_cameras_is_one_picture(films, sight: Sight) -> None:
    two = Two(films, sight, 40, 40)
    two.order = replace(two.order, tracks=(), second=replace(two.order.second, tracks=()), word="")
    made, report = write_still(io.BytesIO(films[0]), two.index, two.order, two.film())
    with av.open(io.BytesIO(made)) as picture:
        found = next(picture.decode(video=0)).to_ndarray(format="bgr24")
    layout = layout_of(two.index.shown_size, two.other.shown_size, sight)
    assert found.shape[1::-1] == layout.size
    assert read_number(blank(found, layout.second)) == two.on_beside(40)
    assert sight == Sight.WITHIN or read_number(blank(found, layout.first)) == 40
    assert report.pictures == 1


def test_a_film_that_cannot_be_read_leaves_nothing(films) -> None:
    two = Two(films, Sight.BESIDE)
    broken = SecondFilm(io.BytesIO(b"no film" * 9), two.other, two.order.second)
    with pytest.raises(FilmError):
        write_covered(io.BytesIO(films[0]), two.index, two.order, lambda _: None, second=broken)


def test_in_a_hole_and_before_the_clip_there_is_black() -> None:
    second = SecondOrder(io.BytesIO, b"", Sight.BESIDE, (), 5_000_000, CLOCK, OTHER, ((6_000_000, 7_000_000),))
    assert second.has(5_000_000, 4_000_000)
    assert not second.has(5_000_000, 3_999_999)
    assert not second.has(6_000_000, 5_990_000)
    assert second.has(7_000_000, 6_990_000)


EDGES = st.tuples(st.integers(16, 2_000), st.integers(16, 1_200)).map(lambda s: (s[0] * 2, s[1] * 2))


@given(EDGES, EDGES, st.sampled_from(BOTH))
def test_pictures_lie_in_the_whole_apart_by_a_block_and_in_their_own_proportions(first, second, sight) -> None:
    made = layout_of(first, second, sight)
    assert made.second is not None
    assert all(edge % 2 == 0 for edge in made.size)
    for area, own in ((made.first, first), (made.second, second)):
        assert 0 <= area[0] < area[2] <= made.size[0]
        assert 0 <= area[1] < area[3] <= made.size[1]
        assert area[0] % BLOCK == area[1] % BLOCK == 0
        edges = list(zip(size_of(area), own, strict=True))  # each is one scale times its own, down to an even number
        assert max(a / b for a, b in edges if a > 2) < min((a + 2) / b for a, b in edges) + 1e-9
    if sight == Sight.BESIDE:
        assert made.size[0] <= WIDEST
        assert made.second[0] >= -(-made.first[2] // BLOCK) * BLOCK + BLOCK
