"""Several files of one recording become one film: every picture once, in order, at its time, with its sound."""

import io
import itertools
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from app.errors import Cancelled, FilmError
from tests.material.clips_split import Memory, Split, cut, split, times_of
from tests.material.films import Clip, build, read_number
from video.alignment.mono_sound import RATE, mono_sound
from video.joining.packets import join
from video.open.frame_index import build_index
from video.open.frames import FrameSource
from video.open.open_film import open_film
from video.open.probe import examine

NTSC = Fraction(30000, 1001)
#: what cameras write on their cards
CARDS: dict[str, Split] = {
    "chapters": Split(Clip(sound="aac")),
    "chapters with B-frames": Split(Clip(b_frames=3, sound="aac")),
    "that start late": Split(Clip(b_frames=3, sound="aac"), start=Fraction(3)),
    "one each": Split(Clip(b_frames=2, sound="aac"), counts=(1, 2, 40)),
    "hevc": Split(Clip(codec="libx265", b_frames=3, sound="aac")),
    "mov with plain sound": Split(Clip(fps=NTSC, container="mov", b_frames=2, sound="pcm_s16le")),
    "59.94": Split(Clip(fps=Fraction(60000, 1001), b_frames=2, sound="aac")),
    "turned": Split(Clip(turned=90, b_frames=2)),
    "wide pixels": Split(Clip(pixel_shape=Fraction(4, 3), b_frames=2)),
    "mts whose clock begins anew": Split(Clip(container="ts", b_frames=2, gop=10, sound="aac")),
    "mts with AC-3": Split(Clip(container="ts", b_frames=2, gop=10, sound="ac3")),
    "mts whose clock goes on": Split(
        Clip(container="ts", b_frames=2, gop=10, sound="ac3"), start=Fraction(5), clock_goes_on=True
    ),
    "variable": Split(
        Clip(b_frames=2, stamps=[n * 40 + (n % 3) * 9 for n in range(100)], tick=1000, sound="aac")
    ),
    "variable matroska": Split(
        Clip(container="mkv", b_frames=2, stamps=[n * 33 + (n % 7) * (n % 5) + 400 * (n > 30) for n in range(100)])
    ),
    "motion jpeg": Split(Clip(codec="mjpeg", container="avi", sound="pcm_s16le")),
    "mpeg-2": Split(Clip(codec="mpeg2video", container="mpg", b_frames=2, sound="mp2")),
    "vp9": Split(Clip(codec="libvpx-vp9", container="webm", sound="libopus")),
}  # fmt: skip


def joined(files: list[Path], progress=lambda _: None, cancelled=lambda: False) -> tuple[bool, bytes]:
    out, opened = Memory(), [path.open("rb") for path in files]
    try:
        return join(opened, out, progress, cancelled).as_filmed, bytes(out.data)
    finally:
        for file in opened:
            file.close()


def numbers(film: bytes) -> list[int]:
    """What every picture shows, read forward and, so that every seek is tried, backward."""
    index = build_index(io.BytesIO(film))
    source = FrameSource(io.BytesIO(film), index, cache_bytes=0)
    forward = [read_number(source.pixels(n)[1]) for n in range(len(index))]
    backward = [read_number(source.pixels(n)[1]) for n in reversed(range(len(index)))]
    source.close()
    assert backward == forward[::-1]
    return forward


def tones(film: bytes) -> list[float]:
    """Seconds at which a tone begins or ends."""
    sound = mono_sound(lambda: io.BytesIO(film), build_index(io.BytesIO(film)).pack()).astype(float)
    loud = np.sqrt(np.convolve(sound**2, np.ones(80) / 80, "same")) > 3000
    edges = np.flatnonzero(np.diff(loud.astype(int)))
    return (edges / RATE).tolist()


@pytest.mark.parametrize("card", CARDS)
def test_every_picture_is_there_in_order_at_its_time(card, tmp_path) -> None:
    plan = CARDS[card]
    files = split(tmp_path, plan)
    kept, film = joined(files)
    assert kept
    assert numbers(film) == list(range(sum(plan.counts)))
    index = build_index(io.BytesIO(film))
    assert np.abs(index.times - times_of(files)).max() <= 2
    first = build_index(files[0])
    assert index.codec == first.codec
    assert (index.shown_size, index.orientation) == (first.shown_size, first.orientation)
    assert len(index.sound_tracks) == len(first.sound_tracks)
    if not plan.clip.stamps:
        assert index.rate.kind == "constant"


@pytest.mark.parametrize(
    "card", [name for name, plan in CARDS.items() if plan.clip.sound and len(plan.clip.stamps) == 0]
)
def test_sound_stays_with_its_pictures_at_every_seam(card, tmp_path) -> None:
    """Each file's tone begins at its middle and ends at its end."""
    plan = CARDS[card]
    if min(plan.counts) < 10:
        pytest.skip("too short for a tone")
    files = split(tmp_path, plan)
    _, film = joined(files)
    ends = [0, *itertools.accumulate(count / float(plan.clip.fps) for count in plan.counts)]
    expected = [t for a, b in itertools.pairwise(ends) for t in ((a + b) / 2, b)][: 2 * len(plan.counts) - 1]
    heard = tones(film)
    assert len(heard) >= len(expected)
    for wanted in expected:
        assert min(abs(t - wanted) for t in heard) < 0.035, (card, wanted, heard)


@pytest.mark.parametrize("sound", ["", "ac3"])
def test_a_stream_that_was_cut_at_any_byte_is_whole_again(sound, tmp_path) -> None:
    whole = build(tmp_path, Clip(container="mts", b_frames=2, gop=25, frames=120, sound=sound))
    kept, film = joined(cut(whole, 3))
    assert kept
    assert film == whole.read_bytes()
    assert numbers(film) == list(range(120))


def test_a_stream_of_open_groups_that_was_cut_at_any_byte_is_let_in_and_whole_again(tmp_path) -> None:
    rhythm = "keyint=30:open-gop=1:bframes=3:b-adapt=0:b-pyramid=normal:scenecut=0"
    whole = build(tmp_path, Clip(container="mts", frames=120, options={"x264-params": rhythm}))
    pieces = cut(whole, 2)
    assert [examine(piece)[0].damage for piece in pieces] == [(), ()]
    kept, film = joined(pieces)
    assert kept
    assert numbers(film) == list(range(120))


def test_open_groups_of_pictures_lose_none_at_a_seam(tmp_path) -> None:
    """Pictures before a file's first keyframe need the file before; in the joined film they have it."""
    plan = Split(Clip(b_frames=3, gop=12, options={"x264-params": "keyint=12:open-gop=1:bframes=3:scenecut=0"}))
    _, film = joined(split(tmp_path, plan))
    assert numbers(film) == list(range(100))


def test_files_with_another_set_up_are_encoded_anew_with_the_same_times(tmp_path) -> None:
    one = split(tmp_path, Split(Clip(b_frames=2, sound="aac"), counts=(30,)), "A")
    two = split(tmp_path, Split(Clip(codec="mpeg4", container="avi", sound="pcm_s16le"), counts=(20,)), "B")
    kept, film = joined([*one, *two])
    assert not kept
    assert numbers(film) == [*range(30), *range(20)]
    index = build_index(io.BytesIO(film))
    assert np.abs(index.times - times_of([*one, *two])).max() <= 2
    assert [t.codec for t in index.sound_tracks] == ["aac"]
    for wanted, heard in zip((0.6, 1.2, 1.6, 2.0), tones(film), strict=False):
        assert abs(wanted - heard) < 0.03


def test_what_no_container_begins_with_is_encoded_anew(tmp_path) -> None:
    """MP4 lists VP8 among its codecs and refuses it."""
    files = split(tmp_path, Split(Clip(codec="libvpx", container="webm", sound="libopus"), counts=(20, 15)))
    kept, film = joined(files)
    assert not kept
    assert numbers(film) == list(range(35))
    assert np.abs(build_index(io.BytesIO(film)).times - times_of(files)).max() <= 1_000


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_what_is_encoded_anew_stands_upright(turned, tmp_path) -> None:
    one = split(tmp_path, Split(Clip(turned=turned, options={"profile": "main"}), counts=(20,)), "A")
    two = split(tmp_path, Split(Clip(turned=turned, codec="mpeg4"), counts=(10,)), "B")
    kept, film = joined([*one, *two])
    assert not kept
    assert numbers(film) == [*range(20), *range(10)]


def test_pictures_that_an_edit_list_hides_stay_hidden(tmp_path) -> None:
    hidden = Clip(cut=10, b_frames=2, gop=30, frames=40, container_options={"avoid_negative_ts": "disabled"})
    one, two = build(tmp_path, hidden, "a"), build(tmp_path, Clip(frames=15, b_frames=2, gop=30), "b")
    kept, film = joined([one, two])
    assert not kept
    assert numbers(film) == [*range(10, 40), *range(15)]


def test_films_of_other_sizes_or_without_sound_are_no_one_recording(tmp_path) -> None:
    one = build(tmp_path, Clip(frames=5), "a")
    for other in (build(tmp_path, Clip(frames=5, turned=90), "b"), build(tmp_path, Clip(frames=5, sound="aac"), "c")):
        with pytest.raises(FilmError, match="join-unlike"):
            joined([one, other])


def test_cutting_off_and_cancelling(tmp_path) -> None:
    files = split(tmp_path, CARDS["chapters with B-frames"])
    shares: list[float] = []
    joined(files, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    for stop in range(1, len(shares) - 1):
        told: list[float] = []
        with pytest.raises(Cancelled):
            joined(files, told.append, lambda told=told, stop=stop: len(told) >= stop)


def test_a_card_that_was_cut_off_gives_what_is_on_it(tmp_path) -> None:
    files = split(tmp_path, CARDS["mts whose clock begins anew"])
    whole = files[-1].read_bytes()
    files[-1].write_bytes(whole[: len(whole) // 2])
    _, film = joined(files)
    found = numbers(film)
    assert found[:75] == list(range(75))
    assert found == sorted(found)


def test_what_it_writes_can_be_opened_without_reading_all_of_it(tmp_path) -> None:
    _, film = joined(split(tmp_path, CARDS["chapters"]))
    with open_film(io.BytesIO(film)) as opened:
        opened.container.seek(int(3 / opened.pictures.time_base), stream=opened.pictures)
        packet = next(opened.container.demux(opened.pictures))
        assert packet.pts is not None
        assert float(packet.pts * opened.pictures.time_base) > 2
