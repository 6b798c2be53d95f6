"""A film of the corpus as it stands in the archive: let in, parted and joined where it must be, with what is right."""

import io
import struct
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import av

from app.errors import FilmError
from app.model.recording import FilmFacts
from app.ports.file_part import FilePart
from tests.material.clips_split import Memory
from tests.material.corpus.kind import Kind
from tests.material.films import read_number
from video.joining.packets import join
from video.open.probe import examine

#: pictures before the end of a film that was cut off that may not be whole
_FRAYED = 4


@dataclass(frozen=True)
class TakenIn:
    """The file that is played, what the gate says of it, and the kind with its numbers and times as they are there."""

    path: Path
    facts: FilmFacts
    kind: Kind


def taken_in(kind: Kind, folder: Path) -> TakenIn:
    """Raises FilmError when it is refused."""
    path = kind.film(folder)
    try:
        facts, _ = examine(path)
    except FilmError as error:
        begins = error.values.get("begins", ())
        if not begins:
            raise
        path = _joined(path, begins)
        facts, _ = examine(path)
    return TakenIn(path, facts, right_of(kind, path))


def _joined(path: Path, begins: Any) -> Path:
    edges, out = (0, *begins, path.stat().st_size), Memory()
    with path.open("rb") as file:
        parts: list[Any] = [FilePart(file, stretch) for stretch in pairwise(edges)]
        join(parts, out, lambda _: None, lambda: False)
    made = path.with_name(f"{path.stem}-joined.mp4")
    made.write_bytes(out.data)
    return made


def linear(film: Path | bytes) -> list[tuple[int, int]]:
    """(number, time in µs from the first) of every picture, by nothing but a decoder that runs from begin to end.

    What it cannot decode is left out, and what is stored turned is read as it is stored.
    """
    seen: list[tuple[int, int]] = []
    with av.open(io.BytesIO(film) if isinstance(film, bytes) else str(film)) as container:
        stream = container.streams.video[0]
        try:
            for packet in container.demux(stream):
                try:
                    frames = packet.decode()
                except av.error.FFmpegError:
                    continue
                for frame in frames:
                    assert frame.time is not None
                    seen.append((read_number(frame.to_ndarray(format="bgr24")), round(frame.time * 1_000_000)))
        except av.error.FFmpegError:
            pass  # cut off here
    return [(number, time - seen[0][1]) for number, time in seen]


def by_entries(avi: bytes, picture: int = 40_000) -> tuple[int, ...]:
    """When each picture of an AVI is shown, µs from the first: every entry of the film's own list counts."""
    at = avi.rindex(b"idx1")
    (length,) = struct.unpack_from("<I", avi, at + 4)
    rows = [struct.unpack_from("<4s3I", avi, at + 8 + n * 16) for n in range(length // 16)]
    sizes = [size for name, _, _, size in rows if name == b"00dc"]
    times = [n * picture for n, size in enumerate(sizes) if size]
    return tuple(time - times[0] for time in times)


def right_of(kind: Kind, path: Path) -> Kind:
    """A kind with what only its file knows: times that its container made, and how much a cut left of it."""
    if kind.times is not None and not kind.shorter:
        return kind
    seen = linear(path)
    times = tuple(time for _, time in seen)
    if not kind.shorter:
        return replace(kind, times=by_entries(path.read_bytes()) if kind.ending == "avi" else times)
    numbers = tuple(number for number, _ in seen)
    frayed = frozenset(range(len(numbers) - _FRAYED, len(numbers)))
    first = numbers[0]
    assert numbers[:-_FRAYED] == kind.numbers[first : first + len(numbers) - _FRAYED]
    return replace(kind, numbers=numbers, times=times, hurt=kind.hurt | frayed)
