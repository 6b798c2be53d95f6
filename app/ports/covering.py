"""What the application asks of covering: proposals where faces are, and a clip that is encoded anew and proven."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from app.model.cover import CoverKey, MutedStretch, Proposed
from app.model.cover import CoverTrack as Track
from app.model.timecode import Micros
from app.model.units import ByteCount
from app.ports import Cancelled, Progress


@dataclass(frozen=True, slots=True)
class CoverOrder:
    """A clip as it is to leave: from its first picture to its last one, what is covered and what is muted.

    `word` is burned into every picture: a covered clip is still secret.
    """

    first: Micros
    last: Micros
    tracks: tuple[Track, ...]
    muted: tuple[MutedStretch, ...]
    word: str

    @property
    def is_still(self) -> bool:
        """Whether it is one picture, that leaves as a picture."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class CoverReport:
    """What was proven of a written clip: hashes and figures, and no words.

    `times_sha256` is of the pictures' times from the first one, which are the film's own; `sha256` and `size` are of
    the file.
    `worst_psnr` (dB) is that of the least like picture, outside what is covered; `covered` counts the pictures that
    have a cover. `sound_over` is how far the sound goes beyond the last picture's end, in µs.
    """

    sha256: str
    size: ByteCount
    times_sha256: str
    pictures: int
    covered: int
    worst_psnr: float
    sound_over: Micros
    muted: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A cover that a program proposes for a face: marks in the order of time."""

    keys: tuple[CoverKey, ...]
    proposed: Proposed


class Coverer(Protocol):
    """Looks for faces and writes covered clips, each in a process of its own without keys."""

    def propose(
        self,
        source: Callable[[], BinaryIO],
        index: bytes,
        span: tuple[Micros, Micros],
        by: Proposed,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Sequence[Proposal]:
        """Faces from the first picture to the last one (film times, both in it). None is to be trusted.

        Raises FilmError, Cancelled.
        """
        ...

    def write(
        self,
        source: Callable[[], BinaryIO],
        index: bytes,
        order: CoverOrder,
        out: Callable[[bytes], object],
        progress: Progress,
        cancelled: Cancelled,
    ) -> CoverReport:
        """An MP4 of H.264 and AAC, of a still a PNG, handed to `out` in pieces once all of it is proven: none before.

        Raises FilmError: `cover-not-proven` when what was written is not what was ordered, `cover-too-long`, and what
        opening and decoding raise; Cancelled.
        """
        ...
