"""Films trimmed by their edit lists: only what is shown counts, from zero on, and its sound lies where it did."""

import io
from fractions import Fraction

import numpy as np
import pytest

from tests.material.clips_split import Memory
from tests.material.films import Clip, build, read_number
from tests.material.flashes import RATE, Flashing, begins, flashes_of, flashing, trimmed
from video.alignment.mono_sound import RATE as SYNC_RATE
from video.alignment.mono_sound import mono_sound
from video.copies.waveform import read_waveform, write_waveform
from video.joining.packets import join
from video.open.frame_index import build_index, unpack
from video.open.frames import FrameSource
from video.open.open_film import open_film
from video.playing.sound import film_samples

SLOW = Fraction(10)


@pytest.mark.parametrize("cut", [0.0, 0.3, 0.55, 0.87, 1.95])
@pytest.mark.parametrize(
    "film",
    [
        Flashing(fps=SLOW, every=10, frames=40, container="mov", sound="pcm_s16le"),
        Flashing(fps=SLOW, every=10, frames=40, b_frames=2),
    ],
    ids=["mov", "mp4 with B-frames"],
)
def test_a_film_trimmed_in_mid_picture_beeps_with_its_flashes(tmp_path, film, cut) -> None:
    """Pictures came up to 50 ms before their sound here: the picture that is cut through is left out."""
    path = trimmed(flashing(tmp_path / "film", film), cut)
    index = build_index(path)
    assert index.times[0] == 0
    lit = [at / 1e6 for at in flashes_of(path, index) if at > 0]
    assert lit
    heard = [at for at in begins(played(path, index), RATE) if at > 0.15]
    assert heard == pytest.approx(lit, abs=0.002)
    listened = begins(mono_sound(lambda: path.open("rb"), index.pack()).astype(float), SYNC_RATE)
    assert [at for at in listened if at > 0.15] == pytest.approx(lit, abs=0.002)
    drawn = waveform_of(path, index)
    assert [at for at in drawn if at > 0.15] == pytest.approx(lit, abs=0.021)
    assert unpack(index.pack()).sound_origin == index.sound_origin


def played(path, index) -> np.ndarray:
    pieces, count = [], 0
    with open_film(path) as film:
        for piece in film_samples(film, index, 0):
            pieces.append(piece[:, 0])
            count += len(piece)
            if count >= index.duration / 1e6 * RATE:
                return np.concatenate(pieces)
    raise AssertionError


def waveform_of(path, index) -> list[float]:
    """When each beep begins in the drawn waveform, in s."""
    content = io.BytesIO()
    with path.open("rb") as file:
        write_waveform(file, index, content.write, lambda _: None)
    drawn = read_waveform(io.BytesIO(content.getvalue()), 0)
    return begins(np.frombuffer(drawn.peaks, np.uint8).astype(float), round(1e6 / drawn.step))


def test_only_pictures_that_are_shown_are_counted(tmp_path) -> None:
    """93 stored, 12 of them shown, in a film whose first one lies 2.7 s before."""
    clip = Clip(frames=93, cut=81, gop=93, b_frames=2, fps=Fraction(30), container_options=UNMOVED)
    path = build(tmp_path, clip)
    index = build_index(path)
    assert (len(index), index.times[0]) == (12, 0)
    assert index.duration == pytest.approx(400_000, abs=1)
    assert numbers(path, index) == list(range(81, 93))


def test_a_lead_of_seconds_that_a_phone_hides_is_not_shown(tmp_path) -> None:
    """A film whose first picture lies 7.6 s before its beginning."""
    clip = Clip(container="mov", frames=240, cut=190, gop=30, b_frames=2, container_options=UNMOVED)
    path = build(tmp_path, clip)
    index = build_index(path)
    assert (len(index), index.times[0]) == (50, 0)
    assert numbers(path, index)[:3] == [190, 191, 192]


UNMOVED = {"avoid_negative_ts": "disabled"}


def numbers(path, index) -> list[int]:
    source = FrameSource(path, index)
    try:
        return [read_number(source.pixels(n)[1]) for n in range(len(index))]
    finally:
        source.close()


def test_a_trimmed_film_that_is_joined_with_the_next_keeps_its_sound_beside_its_pictures(tmp_path) -> None:
    film = Flashing(fps=SLOW, every=10, frames=40, b_frames=2)
    whole = flashing(tmp_path / "film", film)
    cut, out = trimmed(whole, 0.87), Memory()
    with cut.open("rb") as first, whole.open("rb") as second:
        join([first, second], out, lambda _: None, lambda: False)
    path = tmp_path / "joined.mp4"
    path.write_bytes(out.data)
    index = build_index(path)
    lit = [at / 1e6 for at in flashes_of(path, index) if at > 0]
    assert len(lit) == 7
    assert [at for at in begins(played(path, index), RATE) if at > 0.15] == pytest.approx(lit, abs=0.012)
