"""The same film from elsewhere, found by its pictures: laid on the clock so that every moment shows what it showed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Cancelled, ContainerError, FilmError
from app.films.again import on_clock
from app.model.recording import Recording
from app.ports.films import PicturesFound
from app.ports.player import Reel
from tests.material.again_films import Copy, made, shot
from tests.material.builders import recording
from video.alignment.picture_line import Places, placed
from video.alignment.same_pictures import find_pictures
from video.copies.picture_looks import SIZE, Looks
from video.open.frame_index import build_index

PICTURES = 180
FILM = shot(PICTURES)
TIMES = list(FILM.times)


def reel(path: Path) -> Reel:
    return Reel("film", 1, lambda: path.open("rb"), build_index(path).pack())


def found(before: Path, other: Path) -> PicturesFound:
    index = build_index(other).pack()
    return find_pictures(reel(before), (lambda: other.open("rb"), index), lambda _: None, lambda: False)


def kept(numbers) -> Copy:
    return Copy(list(numbers), [TIMES[n] - TIMES[next(iter(numbers))] for n in numbers])


#: copies of the film as they come back, and within how many µs each moment shows its picture
COPIES = {
    "another codec and container": (shot(PICTURES, codec="mpeg4", container="mkv"), 1_000),
    "B-frames": (shot(PICTURES, b_frames=2), 40),
    "smaller and paler": (shot(PICTURES, small=2, gain=0.6), 40),
    "half the rate": (kept(range(0, PICTURES, 2)), 33_400),
    "half the rate, the others": (kept(range(1, PICTURES, 2)), 33_400),
    "a third of the rate": (kept(range(0, PICTURES, 3)), 66_700),
    "without its beginning": (kept(range(50, PICTURES)), 40),
    "without its end": (kept(range(100)), 40),
    "two pictures lost": (kept([n for n in range(PICTURES) if n not in (90, 91)]), 66_700),
    "more behind it": (shot(PICTURES + 60), 40),
    "a clock that runs faster": (Copy(range(PICTURES), [round(t * 1.001) for t in TIMES]), 60),
}


@pytest.mark.parametrize("name", COPIES)
def test_each_moment_shows_the_picture_that_it_showed_as_near_as_is_told(name, tmp_path) -> None:
    copy, most = COPIES[name]
    before, other = made(tmp_path, FILM, "before"), made(tmp_path, copy, "other")
    told = found(before, other)
    assert told.worst <= most
    assert told.median <= told.worst
    film, there = film_of(before), film_of(other)
    check_marks(on_clock(there, film, told), told, FILM.numbers, copy.numbers, build_index(before), build_index(other))


def film_of(path: Path, **more) -> Recording:
    index = build_index(path)
    plain = recording("meeting", index.duration)
    return replace(plain, facts=replace(plain.facts, frames=len(index)), **more)


def check_marks(film, told, before_numbers, other_numbers, before, other, laid=None) -> None:
    """At the meeting's time of every picture the other film shows the same one, or one no farther than told."""
    laid = laid or recording("meeting")
    for number, time in zip(before_numbers, before.times.tolist(), strict=True):
        at = film.to_film(laid.to_meeting(time))
        if not 0 <= at < other.duration:
            continue
        shown = list(other_numbers)[other.position_at(at)]
        apart = abs(TIMES[number] - TIMES[shown]) if shown < len(TIMES) else 10**9
        assert apart <= told.worst + 1, (number, shown)


@pytest.mark.parametrize(
    ("copy", "key", "where"),
    [
        (Copy([*range(60), *range(90, PICTURES)], TIMES[: PICTURES - 30]), "again-differs", (60, 90)),
        (Copy([*range(60), *range(90, PICTURES)], TIMES[:60] + TIMES[90:]), "again-differs", (60, 90)),
        (Copy([*range(90, PICTURES), *range(90)], TIMES), "again-differs", (90, 90)),
        (Copy([*range(60), *range(900, 930), *range(90, PICTURES)], TIMES), "again-differs", (60, 90)),
        (shot(PICTURES, first=2000), "again-other-pictures", None),
        (Copy([7] * PICTURES, TIMES), "again-other-pictures", None),
        (Copy(range(PICTURES), [round(t * 1.1) for t in TIMES]), "again-differs", (0, PICTURES)),
    ],
    ids=["cut out", "cut out, times kept", "halves changed about", "others within", "another film", "one picture",
         "faster"],
)  # fmt: skip
def test_what_is_not_the_film_is_refused_with_where_it_differs(copy, key, where, tmp_path) -> None:
    before, other = made(tmp_path, FILM, "before"), made(tmp_path, copy, "other")
    with pytest.raises(FilmError) as caught:
        found(before, other)
    assert caught.value.key == key
    if where is not None:
        start, end = (round(caught.value.values[name] * 30 / 1_000_000) for name in ("start", "end"))
        assert where[0] - 5 <= start <= end <= where[1] + 5


def test_a_film_in_which_nothing_moves_tells_nothing(tmp_path) -> None:
    still = Copy([5] * 60, TIMES[:60])
    before, other = made(tmp_path, still, "before"), made(tmp_path, replace(still, gop=5), "other")
    with pytest.raises(FilmError, match="again-unsure"):
        found(before, other)


def test_of_a_film_of_which_nothing_is_left_nothing_is_guessed(tmp_path) -> None:
    before = made(tmp_path, FILM, "before")

    def gone():
        raise ContainerError("container-missing")

    lost = replace(reel(before), source=gone)
    with pytest.raises(FilmError, match="again-nothing-left"):
        find_pictures(lost, (lambda: before.open("rb"), build_index(before).pack()), lambda _: None, lambda: False)


def test_it_stops_when_it_is_told_to(tmp_path) -> None:
    before = made(tmp_path, FILM, "before")
    asked = iter([False] * 100)
    with pytest.raises(Cancelled):
        find_pictures(
            reel(before), (lambda: before.open("rb"), build_index(before).pack()), lambda _: None,
            lambda: next(asked, None) is not False,
        )  # fmt: skip


# ── and of films nobody has thought of, without any codec ─────────────────────────────────────────────────────────────


def looks(numbers) -> np.ndarray:
    """How picture `n` looks: always the same, and like no other but its neighbors a little."""

    def one(n: int) -> np.ndarray:
        return np.random.default_rng(n).integers(0, 256, SIZE).astype(float)

    return np.stack([(0.6 * one(n) + 0.4 * one(n + 1)).round().astype(np.uint8) for n in numbers])


@st.composite
def again(draw):
    """A film's times, those of a copy with each picture's number, and where the film lies on the meeting's clock."""
    count = draw(st.integers(60, 150))
    gaps = draw(st.lists(st.integers(15_000, 60_000), min_size=count, max_size=count))
    times = np.concatenate([[0], np.cumsum(gaps)[:-1]]).astype(np.int64)
    first = draw(st.integers(0, count // 3))
    last = draw(st.integers(count - count // 4, count))
    every = draw(st.sampled_from([1, 1, 2]))
    numbers = np.arange(first, last, every)
    pace = draw(st.sampled_from([1.0, 1.0, 1.001, 0.9995]))
    rounded = draw(st.sampled_from([1, 11, 1000]))  # what a container rounds times to, µs
    copied = np.round((times[numbers] - times[first]) * pace / rounded).astype(np.int64) * rounded
    placed_at = (draw(st.integers(-(10**10), 10**10)), draw(st.sampled_from([0.0, 37.5, -120.25])))
    return times, numbers, copied, placed_at, (gaps[-1], draw(st.integers(15_000, 60_000)))


@given(again())
def test_no_mark_moves_and_each_shows_its_picture_within_what_is_told(drawn) -> None:
    times, numbers, copied, (offset, drift), (stays, other_stays) = drawn
    chosen = np.arange(len(times))
    ours = Places(Looks(times, looks(chosen)), chosen // 3)
    length = int(copied[-1]) + other_stays
    told = placed(ours, times, Looks(copied, looks(numbers)), length)
    before = replace(recording("m", int(times[-1]) + stays), offset=offset, drift_ppm=drift)
    after = on_clock(replace(before, facts=replace(before.facts, duration=length)), before, told)
    for number, time in enumerate(times.tolist()):
        at = after.to_film(before.to_meeting(time))
        if not 0 <= at < length:
            assert not numbers[0] < number < numbers[-1], "what both have is shown"
            continue
        shown = int(numbers[int(copied.searchsorted(at, "right")) - 1])
        assert abs(int(times[shown]) - time) <= told.worst + 20  # two clocks are each rounded
        assert shown == number or number not in numbers
