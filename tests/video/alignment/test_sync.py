"""Sync by sound: the place and the drift are those that were made, and what cannot be told is refused."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Cancelled, FilmError
from tests.material.films import Clip
from tests.material.media import CAMERA_A, MIM
from tests.material.sounds import Microphone, claps, film_with, notes, slate, talk
from video.alignment.claps import claps_of
from video.alignment.mono_sound import RATE, mono_sound
from video.alignment.sound_rough import LEVELS, levels
from video.alignment.sync import LEAST_CONFIDENCE, find_sync, match
from video.open.frame_index import build_index

ROOM = talk(200, 1)


def told(_share: float) -> None:
    pass


def never() -> bool:
    return False


def opened(path):
    return (lambda: path.open("rb")), build_index(path).pack()


def sync(ours, theirs):
    return match(ours, theirs, told, never)


def truth(a: Microphone, b: Microphone) -> tuple[float, float]:
    """Offset in s and drift in ppm of what b hears on a's clock."""
    ours, theirs = 1 + a.drift_ppm * 1e-6, 1 + b.drift_ppm * 1e-6
    return (b.offset - a.offset) * ours, (theirs / ours - 1) * 1e6


@settings(max_examples=settings().max_examples // 3)  # seconds of sound each
@given(
    seed=st.integers(0, 10_000),
    begin=st.floats(-60, 60),
    drift=st.floats(-200, 200),
    noise=st.floats(0, 0.1),
    leveled=st.booleans(),
    far=st.booleans(),
    gain=st.floats(0.02, 0.9),
)
def test_offset_and_drift_are_found_whatever_the_second_camera_is_like(
    seed, begin, drift, noise, leveled, far, gain
) -> None:
    room = talk(200, seed)
    a = Microphone(offset=max(-begin, 0), seed=1)
    b = Microphone(max(begin, 0), drift_ppm=drift, noise=noise + 1e-4, gain=gain, leveled=leveled, far=far, seed=seed)
    found = sync(a.hear(room), b.hear(room))
    offset, drifted = truth(a, b)
    assert found.offset == pytest.approx(offset * 1e6, abs=5_000)
    assert found.drift_ppm == pytest.approx(drifted, abs=10)
    assert found.confidence > 0.5
    assert found.agreeing <= found.tried


@settings(max_examples=settings().max_examples // 3)  # seconds of sound each
@given(seed=st.integers(0, 10_000), begin=st.floats(0, 30))
def test_two_unrelated_films_are_refused(seed, begin) -> None:
    ours, theirs = talk(150, 2 * seed), talk(150, 2 * seed + 1)
    with pytest.raises(FilmError, match="sounds-"):
        sync(Microphone(seed=1).hear(ours), Microphone(begin, seed=2).hear(theirs))


@pytest.mark.parametrize("begin", [0.0, 37.25])
@pytest.mark.parametrize("seconds", [60, 75])
def test_a_minute_in_common_is_enough(begin, seconds) -> None:
    a, b = Microphone(offset=begin, seconds=60 + seconds - begin), Microphone(60.0, drift_ppm=90, far=True, seed=3)
    found = sync(a.hear(ROOM), b.hear(ROOM))
    offset, drift = truth(a, b)
    assert found.offset == pytest.approx(offset * 1e6, abs=5_000)
    assert found.drift_ppm == pytest.approx(drift, abs=10)


@pytest.mark.parametrize("noise", [0.001, 0.02])
@pytest.mark.parametrize("every", [0.5, 1.0])
def test_what_comes_again_and_again_is_refused_rather_than_misplaced(noise, every) -> None:
    room = claps(150, every)
    ours, theirs = Microphone(noise=noise).hear(room), Microphone(7.3, noise=noise, far=True, seed=2).hear(room)
    with pytest.raises(FilmError, match="sounds-repeat"):
        sync(ours, theirs)


def hum(seconds: float, pitch: float, sharp: bool) -> np.ndarray:
    """A mains hum with its overtones, as int16 without noise; `sharp` as a dimmer makes it."""
    time = np.arange(int(seconds * RATE)) / RATE
    if sharp:
        return 3_000 * np.sign(np.sin(2 * np.pi * pitch * time))
    return sum(2_000 / k * np.sin(2 * np.pi * pitch * k * time) for k in range(1, 13))


@pytest.mark.parametrize(("sharp", "noise"), [(True, 1), (True, 10), (False, 1)])
def test_the_same_hum_in_both_and_nothing_else_tells_no_place(sharp, noise) -> None:
    chance, steady = np.random.default_rng(1), hum(120, 50, sharp)
    ours, theirs = (steady + chance.normal(0, noise, len(steady)) for _ in range(2))
    with pytest.raises(FilmError, match="sounds-"):
        sync(ours.astype(np.int16), theirs[int(1.37 * RATE) :].astype(np.int16))


def test_talk_over_a_loud_hum_is_still_found() -> None:
    steady = hum(200, 50, sharp=False)
    ours, theirs = Microphone().hear(ROOM), Microphone(9.0, seed=2).hear(ROOM)
    found = sync(*((heard + steady[: len(heard)]).clip(-32_000, 32_000).astype(np.int16) for heard in (ours, theirs)))
    assert found.offset == pytest.approx(9e6, abs=5_000)
    assert found.confidence > 0.5


def test_claps_with_talk_between_them_are_no_riddle() -> None:
    room = claps(200) + 0.5 * ROOM
    found = sync(Microphone().hear(room), Microphone(7.3, far=True, seed=2).hear(room))
    assert found.offset == pytest.approx(7.3e6, abs=5_000)


@pytest.mark.parametrize("far", [False, True])
@pytest.mark.parametrize(
    ("times", "least", "most"), [((20.3,), 0.2, 0.5), ((20.3, 20.9), 0.5, 0.8), ((20.3, 20.85, 21.52), 0.8, 1.0)]
)
def test_claps_in_quiet_are_a_slate(times, least, most, far) -> None:
    """And it is told that it were claps, and how far so few can be trusted."""
    room = slate(45, *times)
    found = sync(Microphone(noise=0.003).hear(room), Microphone(7.3, noise=0.01, far=far, gain=0.2, seed=2).hear(room))
    assert found.offset == pytest.approx(7.3e6, abs=500)
    assert least <= found.confidence < most
    assert (found.claps, found.agreeing, found.tried) == (len(times),) * 3


@settings(max_examples=settings().max_examples // 3)
@given(begin=st.floats(-15, 15), drift=st.floats(-200, 200), gaps=st.lists(st.floats(0.2, 1.5), min_size=2, max_size=4))
def test_a_slate_is_found_wherever_it_lies(begin, drift, gaps) -> None:
    times = 20.3 + np.cumsum([0.0, *gaps])
    room = slate(45, *times)
    a, b = Microphone(max(-begin, 0), seed=1), Microphone(max(begin, 0), drift_ppm=drift, far=True, seed=2)
    found = sync(a.hear(room), b.hear(room))
    clap = times[0] - a.offset
    there = (clap - found.offset / 1e6) * (1 + found.drift_ppm * 1e-6)
    assert there == pytest.approx((times[0] - b.offset) * (1 + drift * 1e-6), abs=0.001)


def test_claps_that_only_one_camera_has_lower_the_confidence() -> None:
    ours, theirs = slate(45, 20.3, 20.85, 21.52), slate(45, 20.3, 20.85, 21.52)
    sure = sync(Microphone().hear(ours), Microphone(7.3, seed=2).hear(theirs))
    knocked = theirs + slate(45, 33.0, seed=5)
    unsure = sync(Microphone().hear(ours), Microphone(7.3, seed=2).hear(knocked))
    assert unsure.offset == pytest.approx(7.3e6, abs=500)
    assert (unsure.claps, unsure.tried) == (3, 4)
    assert unsure.confidence < sure.confidence


@pytest.mark.parametrize("theirs", [(20.3, 30.0), (10.0, 20.3, 30.1)])
def test_a_clap_that_could_be_either_of_two_is_no_answer(theirs) -> None:
    with pytest.raises(FilmError, match="sounds-"):
        sync(Microphone().hear(slate(45, 20.3)), Microphone(2.0, seed=2).hear(slate(45, *theirs)))


def test_what_is_no_clap_is_none() -> None:
    """Beeps, thuds, a door that creaks: they have no beginning to the millisecond, or no color but one."""
    time = np.arange(RATE // 4) / RATE
    beep = np.sin(2 * np.pi * 1000 * time)
    thud = np.sin(2 * np.pi * 90 * time) * np.exp(-time / 0.03)
    creak = np.random.default_rng(1).standard_normal(len(time)) * np.hanning(len(time)) / 4
    for piece in (beep, thud, creak):
        room = np.zeros(30 * RATE)
        for at in (9, 10.2, 11.1):
            room[int(at * RATE) : int(at * RATE) + len(piece)] = piece
        assert not len(claps_of(Microphone().hear(room)))
    assert not len(claps_of(Microphone().hear(ROOM))), "where people talk, a bang is no slate"
    assert len(claps_of(Microphone().hear(slate(30, 9, 10.2, 11.1)))) == 3


@pytest.mark.parametrize("seconds", [2.0, 8.0, 40.0])
@pytest.mark.parametrize("begin", [7.3, 80.0])
def test_a_tune_that_comes_again_tells_no_place(seconds, begin) -> None:
    """Nor does it where another round of it would let the films share more."""
    room = np.tile(notes(seconds, 3), int(180 / seconds) + 1)[: 180 * RATE]
    with pytest.raises(FilmError, match="sounds-repeat"):
        sync(Microphone(seconds=120).hear(room), Microphone(begin, 100, far=True, seed=2).hear(room))


def test_noise_lowers_the_confidence_before_it_misleads() -> None:
    ours = Microphone().hear(ROOM)
    sure = sync(ours, Microphone(9.0, seed=2).hear(ROOM))
    unsure = sync(ours, Microphone(9.0, noise=0.5, seed=2).hear(ROOM))
    assert unsure.confidence < sure.confidence
    assert unsure.offset == pytest.approx(9e6, abs=5_000)
    with pytest.raises(FilmError, match="sounds-unrelated"):
        sync(ours, Microphone(9.0, noise=20.0, seed=2).hear(ROOM))


def test_two_talkers_nearer_to_one_camera_each_are_a_spread_and_no_error() -> None:
    """Sound takes 9 ms for three meters: what is found lies between the two."""
    child, adult = talk(200, 5), talk(200, 6)
    near, late = (lambda s: s), (lambda s: np.concatenate((np.zeros(int(0.006 * RATE)), s))[: len(s)])
    ours = Microphone(noise=0.01).hear((near(child) + late(adult)) / 2)
    theirs = Microphone(4.0, noise=0.01, seed=2).hear((late(child) + near(adult)) / 2)
    found = sync(ours, theirs)
    assert found.offset == pytest.approx(4e6, abs=7_000)
    assert found.confidence > 0.5


def test_a_film_of_seconds_is_refused_in_words() -> None:
    with pytest.raises(FilmError, match="sounds-unrelated"):
        sync(Microphone(seconds=2).hear(ROOM), Microphone(seconds=1).hear(ROOM))


def test_films_of_other_rates_tracks_and_starts_are_heard_on_their_pictures_clock(tmp_path) -> None:
    room = talk(90, 8)
    a = film_with(tmp_path / "a.mp4", Microphone().hear(room), 48_000, "stereo")
    b = film_with(tmp_path / "b.mkv", Microphone(12.0, leveled=True, seed=2).hear(room), 44_100, "mono", start=7.0)
    found = find_sync(opened(a), opened(b), told, never)
    assert found.offset == pytest.approx(12e6, abs=5_000)
    assert found.drift_ppm == pytest.approx(0, abs=10)
    swapped = find_sync(opened(b), opened(a), told, never)
    assert swapped.offset == pytest.approx(-12e6, abs=5_000)


@pytest.mark.parametrize("name", ["b.mp4", "b.mkv", "b.ts"])
def test_a_sound_that_begins_after_the_pictures_moves_nothing(tmp_path, name) -> None:
    """What is placed are pictures: sound that begins 0.76 s after them says so by its own times."""
    room = slate(30, 12.3, 12.85, 13.52)
    a = film_with(tmp_path / "a.mp4", Microphone().hear(room))
    b = film_with(tmp_path / name, Microphone(4.76, seed=2).hear(room), start=2.0, late=0.76)
    assert find_sync(opened(a), opened(b), told, never).offset == pytest.approx(4e6, abs=1_500)


def test_sound_is_where_the_film_has_it(tmp_path) -> None:
    """A bang at 3 s is at 3 s, from the first picture, in every container."""
    quiet = np.zeros(6 * RATE, dtype=np.int16)
    quiet[3 * RATE : 3 * RATE + 80] = 20_000
    for name, rate, codec, start in (
        ("a.mp4", 48_000, "aac", 0),
        ("b.mkv", 44_100, "aac", 5),
        ("c.ts", 48_000, "mp2", 2),
        ("d.avi", 32_000, "pcm_s16le", 0),
    ):
        heard = mono_sound(*opened(film_with(tmp_path / name, quiet, rate, codec=codec, start=start)))
        assert int(np.abs(heard).argmax()) / RATE == pytest.approx(3.005, abs=0.009), name


def test_no_sound_is_said(tmp_path, film) -> None:
    silent, _ = film(Clip(frames=5))
    mute = film_with(tmp_path / "mute.mp4", np.zeros(3 * RATE, dtype=np.int16))
    for path in (silent, mute):
        with pytest.raises(FilmError, match="no-sound"):
            mono_sound(lambda path=path: path.open("rb"), build_index(path).pack())


def test_it_can_be_cancelled_at_any_point_and_tells_how_far_it_is(tmp_path) -> None:
    heard = Microphone().hear(ROOM)
    one = opened(film_with(tmp_path / "a.mp4", heard[: 40 * RATE]))
    shares: list[float] = []
    find_sync(one, one, shares.append, never)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    for stop in (1, len(shares) // 2, len(shares) - 2):
        told: list[float] = []
        with pytest.raises(Cancelled):
            find_sync(one, one, told.append, lambda told=told, stop=stop: len(told) >= stop)


def test_levels_are_bounded_and_even() -> None:
    found = levels((np.random.default_rng(3).standard_normal(20 * RATE) * 1000).astype(np.int16))
    assert found.shape[0] == 3
    assert abs(found.shape[1] - 20 * LEVELS) <= 1
    assert np.abs(found.mean()) < 0.1
    assert levels(np.zeros(10, dtype=np.int16)).shape[1] == 0


@pytest.mark.skipif(not CAMERA_A.exists(), reason="the made-up meeting is not beside this checkout")
def test_the_second_camera_of_the_made_up_meeting() -> None:
    late = json.loads((MIM / "truth.json").read_text("utf-8"))["camera_b_late"]
    found = find_sync(opened(CAMERA_A), opened(MIM / "camera_b.mp4"), told, never)
    assert found.offset == pytest.approx(late * 1e6, abs=5_000)
    assert found.drift_ppm == pytest.approx(0, abs=10)
    assert found.confidence > 0.9 > LEAST_CONFIDENCE
