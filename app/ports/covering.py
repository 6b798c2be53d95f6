"""What the application asks of covering: proposals where faces are, and a clip that is encoded anew and proven."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from app.model.cover import CoverKey, MutedStretch, Proposed
from app.model.cover import CoverTrack as Track
from app.model.feedback import ON_BEFORE, Sight
from app.model.film_clock import to_film, to_meeting
from app.model.timecode import Micros
from app.model.units import ByteCount, Rate
from app.ports import Cancelled, Progress


@dataclass(frozen=True, slots=True)
class FilmClock:
    """Where a film lies on its meeting's clock (`film_clock`): µs, and millionths."""

    offset: Micros
    drift_ppm: Rate


@dataclass(frozen=True, slots=True)
class SecondOrder:
    """Another camera's film that is seen with the first one, and what of it is covered, in its own film time.

    `source` gives a new seekable file; `first` is its time when the clip begins; in `holes` (start, end) it has no
    picture. It is seen only, not heard.
    """

    source: Callable[[], BinaryIO]
    index: bytes
    sight: Sight
    tracks: tuple[Track, ...]
    first: Micros
    clock: FilmClock
    other: FilmClock  # of the first film
    holes: tuple[tuple[Micros, Micros], ...] = ()

    def at(self, time: Micros) -> Micros:
        """Its time at a time of the first film."""
        meeting = to_meeting(time, self.other.offset, self.other.drift_ppm)
        return to_film(meeting, self.clock.offset, self.clock.drift_ppm)

    def has(self, time: Micros, shown: Micros) -> bool:
        """Whether the picture of time `shown` may be on at `time`: not in a hole, nor one of long before the clip."""
        is_in_hole = any(start <= time < end for start, end in self.holes)
        return not is_in_hole and shown >= self.first - ON_BEFORE


@dataclass(frozen=True, slots=True)
class CoverOrder:
    """A clip as it is to leave: from its first picture to its last one, what is covered and what is muted.

    `word` is burned into every picture: a covered clip is still secret. `second` is another camera's film, where two
    are seen.
    """

    first: Micros
    last: Micros
    tracks: tuple[Track, ...]
    muted: tuple[MutedStretch, ...]
    word: str
    second: SecondOrder | None = None

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
