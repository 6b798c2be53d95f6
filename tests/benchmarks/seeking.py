"""From a wish to the picture's pixels in an hour of 1080p30, through the encrypted container, beside other programs.

The film repeats two minutes, so ten minutes of its scrub copy are made and the other parts are copies of those, each in
a container of its own and under the film's own timestamps. Every picture that comes back is read for its number.
"""

import io
import multiprocessing
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from app.model.recording import DerivedKind, Recording
from app.ports import Picture
from app.ports.player import ScrubPart
from storage.vault.film_vault import FilmVault
from tests.benchmarks.figures import percentile, ratio
from tests.benchmarks.long_film import BASE_PICTURES, FPS, contained, long_film, number_shown, short_film
from tests.benchmarks.seek_peers import PEERS, Mpv, PlainAv
from video.copies.derived import make, parts
from video.copies.scrub_copy import positions_in
from video.open.frame_index import FrameIndex, unpack
from video.open.frames import FrameSource
from video.playing.picture_reader import PLAY_BOX
from video.playing.scrub_source import ScrubSource

SEEKS, STEPS, SLOW, PEER_SEEKS = 500, 300, 40, 25
#: of bare PyAV's time, before there is a copy: films all of whose pictures others refer to, and about half
ALL_NEEDED, HALF_NEEDED = "<= 0.9", "<= 0.65"
#: the copy's pictures repeat after so many parts
PERIOD = 2


def main() -> None:
    film = long_film()
    with contained(film) as (vault, recording):
        index, chance = unpack(recording.index), random.Random(3)
        with copied(vault, recording, index) as copy:
            source = ScrubSource(partial(vault.open, recording), index, copy)
            wanted = [chance.randrange(len(index)) for _ in range(SEEKS)]
            ours = tell("random exact seek, scrub copy", _each(source.picture, wanted), "p95 <= 16 ms")
            for name, by in (("forward", 1), ("back", -1)):
                runs = [_run(source, chance.randrange(1000, len(index) - 1000), by) for _ in range(STEPS // 30)]
                tell(f"one picture {name}, scrub copy", [s for run in runs for s in run], "p95 <= 16 ms")
            source.close()
        _before_the_copy(vault, recording, index, film, chance)
        best = min(_peers(film, index, chance), default=None)
        if best is not None:
            ratio("best peer / scrub copy, medians", best / statistics.median(ours), ">= 20")


def _before_the_copy(
    vault: FilmVault, recording: Recording, index: FrameIndex, film: Path, chance: random.Random
) -> None:
    wanted = [chance.randrange(len(index)) for _ in range(SLOW)]
    with vault.open(recording) as file:
        source = FrameSource(file, index)
        tell("nearest keyframe, no copy yet", _each(lambda p: source.key_picture(p, PLAY_BOX), wanted), "<= 60 ms")
        source.close()
    _beside_peers("no copy yet, an hour", vault, recording, film, wanted, HALF_NEEDED)
    for all_needed, goal in ((True, ALL_NEEDED), (False, HALF_NEEDED)):
        for whole in (True, False):
            short = short_film(all_needed=all_needed, whole=whole)
            kind = f"{'all' if all_needed else 'half'} needed, {'one slice' if whole else 'a slice per core'}"
            with contained(short) as (own, record):
                places = [chance.randrange(10, 60 * FPS - 10) for _ in range(SLOW)]
                _beside_peers(kind, own, record, short, places, goal)


def _beside_peers(
    kind: str, vault: FilmVault, recording: Recording, film: Path, wanted: Sequence[int], goal: str
) -> None:
    """The exact picture in full size, through the encrypted container; the peers have the plain file."""
    peers: list[PlainAv | Mpv] = [PlainAv(film)]
    try:
        peers.append(Mpv(film))
    except ModuleNotFoundError:
        print("  mpv: not to be had here")
    with vault.open(recording) as file:
        source = FrameSource(file, unpack(recording.index))
        ours: list[float] = []
        theirs: list[list[float]] = [[] for _ in peers]
        for position in wanted:  # in turn, so that all see the same machine
            ours += _each(source.picture, [position])
            for peer, seconds in zip(peers, theirs, strict=True):
                seconds += _each(peer.seek, [position])
        source.close()
    tell(f"exact picture, {kind}", ours, "")
    for peer, seconds, most in zip(peers, theirs, (goal, "< 1"), strict=False):
        peer.close()
        pairs = statistics.median(a / b for a, b in zip(ours, seconds, strict=True))
        tell(f"  {peer.name}", seconds, "")
        ratio(f"  ours / {peer.name}: medians", statistics.median(ours) / statistics.median(seconds), most)
        ratio(f"  ours / {peer.name}: median of pairs", pairs, most)


def _peers(film: Path, index: FrameIndex, chance: random.Random) -> Iterator[float]:
    wanted = [chance.randrange(300, len(index) - 300) for _ in range(PEER_SEEKS)]
    for kind in PEERS:
        try:
            peer = kind(film)
        except (ModuleNotFoundError, TimeoutError) as error:
            print(f"  {kind.name}: not to be had here ({type(error).__name__} {error})")
            continue
        yield statistics.median(tell(kind.name, _each(peer.seek, wanted), ""))
        if wrong := getattr(peer, "wrong", 0):
            print(f"    another picture than the one asked for: {wrong} of {len(wanted)}")
        if isinstance(peer, Mpv):
            tell("mpv, one picture back", _each(lambda _: peer.step_back(), wanted[:10]), "")  # noqa: B023  at once
        peer.close()


def _each(show: Callable[[int], Picture | None], wanted: Sequence[int]) -> list[float]:
    """Seconds per picture; ours are looked at."""
    seconds = []
    for position in wanted:
        start = time.perf_counter()
        picture = show(position)
        seconds.append(time.perf_counter() - start)
        if picture is not None:
            assert number_shown(picture.pixels) == picture.number % BASE_PICTURES
    return seconds


def _run(source: ScrubSource, begin: int, by: int) -> list[float]:
    source.picture(begin)
    return _each(source.picture, [begin + by * k for k in range(1, 31)])


def tell(what: str, seconds: Sequence[float], goal: str) -> Sequence[float]:
    p50, p95, most = (x * 1000 for x in (statistics.median(seconds), percentile(seconds, 0.95), max(seconds)))
    figures = f"p50 {p50:7.1f}   p95 {p95:7.1f}   most {most:7.1f} ms (n={len(seconds)})"
    print(f"  {what:<44} {figures}" + (f"   goal {goal}" if goal else ""), flush=True)
    return seconds


@contextmanager
def copied(vault: FilmVault, film: Recording, index: FrameIndex) -> Iterator[list[ScrubPart]]:
    """The scrub copy of the whole film, in containers under the film's key."""
    spans = parts(DerivedKind.SCRUB, film.index)
    made = [_made_apart(vault, film, span) for span in spans[:PERIOD]]
    copy = []
    for number, span in enumerate(spans):
        content, packed = made[number % PERIOD]
        container = vault.begin(film.id, film.wrapped_key)
        container.write(content)
        taken = container.keep()
        stamps = index.stamps[np.array(positions_in(index, span))]
        own = replace(unpack(packed), stamps=stamps) if len(unpack(packed)) == len(stamps) else None
        assert own is not None
        copy.append(ScrubPart(*span, partial(vault.open_file, film, taken.container), own.pack()))
    del made, content  # a hundred megabytes that no player holds
    yield copy


def _made_apart(vault: FilmVault, film: Recording, span: tuple[int, int]) -> tuple[bytes, bytes]:
    """A part and its index, made in a process of its own as in the program: what that takes is not this one's."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)

    def work() -> None:
        out = _Kept(vault.begin(film.id, film.wrapped_key))
        read = partial(vault.open, film)
        packed = make(DerivedKind.SCRUB, read, film.index, span, out, lambda _: None, lambda: False)
        out.container.discard()
        there.send((bytes(out.content), packed))

    worker = context.Process(target=work)
    worker.start()
    there.close()
    made: tuple[bytes, bytes] = here.recv()
    worker.join()
    return made


class _Kept(io.RawIOBase):
    """Writes into a container and keeps what was written."""

    def __init__(self, container) -> None:
        super().__init__()
        self.container, self.content = container, bytearray()

    def write(self, data) -> int:
        self.content += data
        return self.container.write(data)


if __name__ == "__main__":
    main()
