"""Damaged films by the thousand: whatever is done to a film, the window's process answers with facts or a sentence."""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from app.errors import FilmError
from app.ports import Inspected
from tests.material import once
from tests.material.corpus import CORPUS
from tests.material.films import Clip, bytes_of
from tests.material.odd_films import ODD, REFUSED
from video.open.film_gate import ChildFilmGate, Limits
from video.open.frame_index import unpack
from video.open.frames import FrameSource

#: small films of several codecs and containers; a child serves many, so that ten thousand take minutes
CLIPS = (
    Clip(frames=10, gop=5, b_frames=2, sound="aac"),
    Clip(frames=10, gop=5, container="mkv", b_frames=2, sound="aac"),
    Clip(frames=8, gop=4, codec="libx265", b_frames=2),
    Clip(frames=8, gop=4, codec="libvpx-vp9", container="webm", sound="libopus"),
    Clip(frames=8, gop=4, codec="mpeg4", container="avi"),
    Clip(frames=6, codec="mjpeg", container="mkv"),
    Clip(frames=8, gop=4, container="ts", b_frames=1),
    *(replace(clip, frames=2 if clip.codec == "dvvideo" else 8, gop=4, cut=0) for clip in ODD.values()),
    *(replace(clip, frames=8, gop=4) for clip, _ in REFUSED.values()),
)
#: films of the corpus that are larger (bytes) are left to the small ones above: they take long and break alike
LARGEST = 300_000
LIMITS = Limits(silent=10.0, whole=30.0, cpu=20, films_per_child=200)


def small_films(folder: Path) -> list[bytes]:
    """The small films, whole."""
    return [bytes_of(folder, clip, f"whole-{n}") for n, clip in enumerate(CLIPS)]


def corpus_films() -> list[bytes]:
    """The corpus, of every kind one film; those among them that are no films or not whole are damaged further."""
    return [content for kind in CORPUS.values() if 0 < len(content := kind.content()) <= LARGEST]


def mutations(count: int, films: Sequence[bytes], seed: int = 1) -> Iterator[bytes]:
    """`count` damaged films, of each kind as many as of the others."""
    chance = random.Random(seed)
    for number in range(count):
        yield mutated(bytearray(films[number % len(films)]), chance)


def mutated(film: bytearray, chance: random.Random) -> bytes:
    """Flipped bytes, cuts, zeroed, doubled, exchanged or missing stretches, heads that lie, absurd sizes."""
    kind = chance.choice(("flip", "flip", "header", "header", "tail", "cut", "zero", "double", "swap", "gap", "sizes"))
    if kind == "cut":
        return bytes(film[: chance.randrange(len(film))])
    at, long = chance.randrange(len(film)), chance.randrange(1, 400)
    if kind == "zero":
        film[at : at + long] = bytes(len(film[at : at + long]))
    elif kind == "double":
        film[at:at] = film[at : at + long]
    elif kind == "gap":
        del film[at : at + long]
    elif kind == "swap":
        other = chance.randrange(len(film))
        one, two = film[at : at + long], film[other : other + long]
        film[at : at + len(two)], film[other : other + len(one)] = two, one
    elif kind == "sizes":
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(max(len(film) - 4, 1))
            film[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\x80\0\0\0"))
    else:
        first, last = {"flip": (0, len(film)), "header": (0, 700), "tail": (len(film) * 3 // 4, len(film))}[kind]
        for _ in range(chance.randrange(1, 30)):
            film[chance.randrange(first, min(last, len(film)))] = chance.randrange(256)
    return bytes(film)


def outcomes(count: int, folder: Path, seed: int = 1, films: Sequence[bytes] = ()) -> Counter[str]:
    """How the gate answered each damaged film: `whole`, `hurt` or the refusal's key. Anything else is raised.

    What it lets in is shown by this process, as by the window's: jumped about in and stepped through. A picture that
    cannot be had is counted as `not-shown`.
    """
    gate = ChildFilmGate(LIMITS)
    seen: Counter[str] = Counter()
    path = folder / "damaged"
    try:
        for number, film in enumerate(mutations(count, films or small_films(folder), seed)):
            path.write_bytes(film)
            try:
                found = gate.inspect(path, lambda _: None, lambda: False)
            except FilmError as error:
                seen[error.key] += 1
            else:
                seen["hurt" if found.facts.damage else "whole"] += 1
                seen["not-shown"] += not _shown(path, found, random.Random(number))
    finally:
        gate.close()
    return seen


def _shown(path: Path, found: Inspected, chance: random.Random) -> bool:
    source = FrameSource(path, unpack(found.index))
    try:
        for _ in range(3):
            position = chance.randrange(found.facts.frames)
            source.key_picture(position)
            source.picture(position)
            source.picture(max(position - 1, 0))
    except FilmError:
        return False
    finally:
        source.close()
    return True


def main(count: int = 10_000, seed: int = 1) -> None:
    """Run `count` damaged films of every kind of the corpus and print how they were answered."""
    with tempfile.TemporaryDirectory() as folder, once.run():
        films = [*corpus_films(), *small_films(Path(folder))]
        seen = outcomes(count, Path(folder), seed, films)
    lost = seen.pop("not-shown", 0)
    assert sum(seen.values()) == count
    told = ", ".join(f"{key} {n}" for key, n in seen.most_common())
    sys.stdout.write(f"damaged films: {count} of {len(films)} kinds, seed {seed}; {told}; not shown {lost}\n")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
