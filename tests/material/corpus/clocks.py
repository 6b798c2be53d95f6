"""Clocks: that begin anew, jump, run over, stand still for a picture, or begin below zero."""

import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from tests.material.clips_split import Split, split
from tests.material.corpus.kind import Kind, even, of_clip
from tests.material.films import Clip, write

DISC = Clip(codec="mpeg2video", container="mpg", b_frames=2, gop=12, sound="mp2")
STREAM = Clip(container="ts", b_frames=2, gop=10, sound="aac")
#: seconds at which the clock of a transport stream, 33 bits of 1/90 000 s, begins anew
WRAP = Fraction(2**33, 90_000)


def behind_each_other(plan: Split, path: Path) -> None:
    """Recordings of one camera, copied one behind the other into one file."""
    path.write_bytes(b"".join(part.read_bytes() for part in split(path.parent, plan)))


def _copied(name: str, ending: str, plan: Split, **more: Any) -> Kind:
    count = sum(plan.counts)
    more = {"sounds": 1, "times": even(count), "within": 45_000} | more
    return Kind(name, ending, lambda path: behind_each_other(plan, path), tuple(range(count)), **more)


def _leaping(before: Clip, after: Clip, count: int) -> Callable[[Path], None]:
    """A stream whose clock leaps: pictures 0 to `count` − 1 as one clip, the others as another."""

    def make(path: Path) -> None:
        first, second = (path.with_name(f"{n}.{before.container}") for n in "ab")
        write(first, before)
        _write_from(second, after, count)
        path.write_bytes(first.read_bytes() + second.read_bytes())

    return make


def _write_from(path: Path, clip: Clip, first: int) -> None:
    """A clip whose first picture shows another number than 0: those before it are left away."""
    plan = Split(clip, counts=(first, clip.frames), start=clip.start)
    split(path.parent, plan, "P")[1].rename(path)


def _at_ms(number: int, stamp: int) -> Callable[[Path], None]:
    """A Matroska film in which one picture has another time, in ms: written into its block afterwards."""

    def make(path: Path) -> None:
        plain = path.with_name("plain.mkv")
        write(plain, _MKV)
        film = bytearray(plain.read_bytes())
        with av.open(str(plain)) as opened:
            place, picture = [(p.pos, bytes(p)) for p in opened.demux(video=0) if p.size][number]
        at = film.index(picture, place) - 3  # before it lie two bytes of time in its cluster and one of marks
        (told,) = struct.unpack_from(">h", film, at)
        struct.pack_into(">h", film, at, told + stamp - number * 40)
        path.write_bytes(bytes(film))

    return make


_MKV = Clip(container="mkv", gop=20)
_SECOND = Clip(container="ts", b_frames=2, gop=10, frames=40)
#: of two pictures with one time one is seen; a picture under an earlier time stands there, and is told
_TWICE = (*range(31), *range(32, 60))
_EARLY = (*range(26), 31, *range(26, 31), *range(32, 60))

KINDS: tuple[Kind, ...] = (
    _copied("restart-vro", "vro", Split(DISC, counts=(40, 40)), refused="film-clock-restarts"),
    _copied("restart-woven", "vob", Split(DISC, counts=(40, 15), start=Fraction(5)), refused="film-clock-restarts"),
    _copied("restart-twice", "mpg", Split(DISC, counts=(15, 40, 15)), refused="film-clock-restarts"),
    _copied("restart-ts", "ts", Split(STREAM, counts=(40, 40)), refused="film-clock-restarts"),
    _copied("joined-by-copying-ts", "mts", Split(STREAM, counts=(40, 35), start=Fraction(5), clock_goes_on=True)),
    Kind(
        "leaps-forward-ts", "ts",
        _leaping(_SECOND, Clip(container="ts", b_frames=2, gop=10, frames=40, start=Fraction(1000)), 40),
        tuple(range(80)), None, sounds=0, refused="film-clock-restarts",
    ),
    Kind(
        "leaps-back-ts", "ts",
        _leaping(
            Clip(container="ts", b_frames=2, gop=10, frames=40, start=Fraction(1000)),
            Clip(container="ts", b_frames=2, gop=10, frames=40, start=Fraction(10)), 40,
        ),
        tuple(range(80)), None, sounds=0, refused="film-clock-restarts",
    ),
    Kind(
        "clock-runs-over-ts", "ts",
        lambda path: write(path, Clip(container="ts", b_frames=2, gop=10, start=WRAP - 1 - Fraction(7, 5))),
        tuple(range(60)), even(60), sounds=0,
    ),
    Kind("a-time-twice-mkv", "mkv", _at_ms(31, 1200), _TWICE, tuple(n * 40_000 for n in _TWICE), sounds=0,
         hurt=frozenset({30}), told=frozenset({"broken"})),
    Kind("a-time-too-early-mkv", "mkv", _at_ms(31, 1010), _EARLY,
         tuple(1_010_000 if n == 31 else n * 40_000 for n in _EARLY), sounds=0,
         hurt=frozenset({26}), told=frozenset({"broken"})),
    of_clip("a-gap-of-two-seconds-mkv",
            Clip(container="mkv", b_frames=2, stamps=[n * 40 + 2_044 * (n > 30) for n in range(60)])),
)  # fmt: skip
