"""Damaged films by the thousand: whatever is done to a film, the window's process answers with facts or a sentence."""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.errors import FilmError
from tests.material.films import Clip, bytes_of
from tests.material.odd_films import ODD, REFUSED
from video.open.film_gate import ChildFilmGate, Limits

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
LIMITS = Limits(silent=10.0, whole=30.0, cpu=20, films_per_child=200)


def mutations(count: int, folder: Path, seed: int = 1) -> Iterator[bytes]:
    """`count` damaged films: flipped bytes, cuts, zeroed or doubled stretches, damaged headers, absurd sizes."""
    films = [bytes_of(folder, clip, f"whole-{n}") for n, clip in enumerate(CLIPS)]
    chance = random.Random(seed)
    for number in range(count):
        yield mutated(bytearray(films[number % len(films)]), chance)


def mutated(film: bytearray, chance: random.Random) -> bytes:
    kind = chance.choice(("flip", "flip", "header", "header", "tail", "cut", "zero", "double", "sizes"))
    if kind == "cut":
        return bytes(film[: chance.randrange(len(film))])
    at = chance.randrange(len(film))
    if kind == "zero":
        film[at : at + 200] = bytes(len(film[at : at + 200]))
    elif kind == "double":
        film[at:at] = film[at : at + chance.randrange(1, 400)]
    elif kind == "sizes":
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(max(len(film) - 4, 1))
            film[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\x80\0\0\0"))
    else:
        first, last = {"flip": (0, len(film)), "header": (0, 700), "tail": (len(film) * 3 // 4, len(film))}[kind]
        for _ in range(chance.randrange(1, 30)):
            film[chance.randrange(first, min(last, len(film)))] = chance.randrange(256)
    return bytes(film)


def outcomes(count: int, folder: Path, seed: int = 1) -> Counter[str]:
    """How the gate answered each damaged film: `whole`, `hurt` or the refusal's key. Anything else is raised."""
    gate = ChildFilmGate(LIMITS)
    seen: Counter[str] = Counter()
    path = folder / "damaged"
    try:
        for film in mutations(count, folder, seed):
            path.write_bytes(film)
            try:
                found = gate.inspect(path, lambda _: None, lambda: False)
            except FilmError as error:
                seen[error.key] += 1
            else:
                seen["hurt" if found.facts.damage else "whole"] += 1
    finally:
        gate.close()
    return seen


def main(count: int = 10_000) -> None:
    """Run `count` damaged films and print how they were answered."""
    with tempfile.TemporaryDirectory() as folder:
        seen = outcomes(count, Path(folder))
    assert sum(seen.values()) == count
    sys.stdout.write(f"damaged films: {count}; " + ", ".join(f"{key} {n}" for key, n in seen.most_common()) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
