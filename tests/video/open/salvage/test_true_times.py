"""Every salvaged picture stands at its own time, whatever noise lies beside it, or it is told that it may not."""

import contextlib
import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.errors import FilmError
from app.ports.pieced_film import PiecedFilm
from tests.material.films import Clip, build, read_number
from tests.material.unfinished import unfinished
from video.open.frames import FrameSource
from video.open.salvage.salvage import Made, salvage

FEW = settings(max_examples=settings().max_examples // 3, suppress_health_check=[HealthCheck.function_scoped_fixture])
#: a hole within, and in the last sound what could be pictures of long ago
OLD_AT_THE_END = Clip(
    codec="libx265", container="mov", tag="hvc1", frames=68, gop=12, b_frames=1, sound="pcm_s16le", noise=1,
    options={"x265-params": "log-level=none:keyint=12:scenecut=0:bframes=1"},
)  # fmt: skip
#: a picture's time is rounded to the film's clock
ROUNDED = 20


@st.composite
def clips(draw: st.DrawFn) -> Clip:
    """Films of pocket cameras and telephones, small."""
    codec = draw(st.sampled_from(["libx264", "libx264", "libx265"]))
    b_frames, gop = draw(st.integers(0, 3)), draw(st.sampled_from([5, 12, 40]))
    more = draw(
        st.sampled_from(["", ":slices=3", ":repeat-headers=1", ":open-gop=1", ":cabac=0", ":ref=4:b-pyramid=normal"])
    )
    if codec == "libx265":
        options = {"x265-params": f"log-level=none:keyint={gop}:scenecut=0:bframes={b_frames}"}
    else:
        options = {"x264-params": f"keyint={gop}:scenecut=0:bframes={b_frames}{more}"}
    return Clip(
        codec=codec,
        container="mov",
        tag="hvc1" if codec == "libx265" else "",
        fps=draw(st.sampled_from([Fraction(25), Fraction(30000, 1001), Fraction(50)])),
        frames=draw(st.integers(60, 90)),
        gop=gop,
        b_frames=b_frames,
        sound=draw(st.sampled_from(["", "aac", "pcm_s16le", "pcm_s16le"])),
        noise=draw(st.integers(1, 5)),
        scale=draw(st.sampled_from([1, 1, 2])),
        options=options,
    )


def salvaged(folder: Path, clip: Clip, share: float, spoil: float = 0.0) -> tuple[Path, Made]:
    whole = build(folder, clip, "whole")
    reference = build(folder, replace(clip, frames=60, noise=clip.noise + 10), "reference")
    data = bytearray(unfinished(whole.read_bytes(), share))
    if spoil:
        at = int(len(data) * spoil)
        data[at : at + 5000] = random.Random(clip.noise).randbytes(len(data[at : at + 5000]))
    path = folder / "cut.mov"
    path.write_bytes(data)
    return path, salvage(path, (reference,), lambda _: None)


def read_numbers(path: Path, made: Made) -> list[int]:
    with path.open("rb") as file:
        source = FrameSource(PiecedFilm(file, made.pieces), made.index)
        read = [read_number(source.pixels(n)[1]) for n in range(len(made.index))]
        source.close()
    return read


def true_until(path: Path, made: Made, clip: Clip) -> int:
    """How many pictures from the first on stand at the time at which they were filmed."""
    read, times = read_numbers(path, made), made.index.times
    right = [number == n and abs(int(times[n]) - clip.times[n]) <= ROUNDED for n, number in enumerate(read)]
    return right.index(False) if False in right else len(read)


@FEW
@given(clip=clips(), share=st.floats(0.7, 1.0))
def test_every_picture_stands_at_its_own_time(clip: Clip, share: float, tmp_path: Path) -> None:
    path, made = salvaged(tmp_path, clip, share)
    told = {damage.what for damage in made.facts.damage}
    assert true_until(path, made, clip) == len(made.index) >= clip.frames * (share - 0.3)
    assert told == {"computed-times"}
    assert bool(made.facts.sound_tracks) == bool(clip.sound)


@FEW
@example(clip=OLD_AT_THE_END, spoil=0.345703125)
@given(clip=clips(), spoil=st.floats(0.3, 0.9))
def test_a_shift_is_never_unsaid(clip: Clip, spoil: float, tmp_path: Path) -> None:
    with contextlib.suppress(FilmError):  # a sentence, and no film
        path, made = salvaged(tmp_path, clip, 1.0, spoil)
        assert_told(path, made, clip)


def assert_told(path: Path, made: Made, clip: Clip) -> None:
    """A picture that stands earlier than it was filmed is told; what HEVC shows of a damaged one is an older one."""
    if made.facts.hides_damage:
        wrong = [n for n, number in enumerate(read_numbers(path, made)) if number > n]
    else:
        wrong = list(range(true_until(path, made, clip), len(made.index)))
    told = [d.start for d in made.facts.damage if d.what == "lost-within"]
    if wrong:
        assert told
        assert told[0] <= made.index.times[wrong[0]] + 400_000


def test_a_lost_picture_is_told_however_small_it_was(tmp_path: Path) -> None:
    """The last one before a keyframe, of few bytes: no count of the others tells that it was there."""
    closed = {"x265-params": "log-level=none:keyint=20:scenecut=0:bframes=0:open-gop=0"}
    whole = build(tmp_path, Clip(codec="libx265", container="mov", tag="hvc1", options=closed))
    with av.open(str(whole)) as film:
        lost = next(p for n, p in enumerate(film.demux(video=0)) if n == 19)
        place, size = lost.pos, lost.size
    data = bytearray(unfinished(whole.read_bytes(), 1.0))
    data[place : place + size] = b"\xff" * size
    path = tmp_path / "cut.mov"
    path.write_bytes(data)
    made = salvage(path, (whole,), lambda _: None)
    assert size < 1000
    assert read_numbers(path, made)[18:21] == [18, 20, 21]
    assert [d.start for d in made.facts.damage if d.what == "lost-within"] == [made.index.times[19]]


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_noise_that_could_begin_pictures_costs_none(codec: str, tmp_path: Path) -> None:
    clip = Clip(
        codec=codec, container="mov", tag="hvc1" if codec == "libx265" else "", b_frames=2, frames=100,
        sound="pcm_s16le", noise=7,
    )  # fmt: skip
    path, made = salvaged(tmp_path, clip, 0.9)
    assert true_until(path, made, clip) == len(made.index) > 80
    assert {damage.what for damage in made.facts.damage} == {"computed-times"}
