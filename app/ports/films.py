"""What the film engine offers beside the player: indexes, copies made from films, joining, sync by sound.

One bundle, made by the roof, so that the application needs no second way into a film.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from app.model.confinement import KeptFrom
from app.model.recording import DerivedKind
from app.model.timecode import Micros
from app.model.units import ItemPlace
from app.ports import Cancelled, FilmGate, Inspected, NewContainer, Picture, Progress

if TYPE_CHECKING:
    from app.ports.covering import Coverer
    from app.ports.player import Player, Reel
    from app.ports.recorder import Devices, Recorder


class Sink(Protocol):
    """Where plain bytes go, one after another: a new container, or memory."""

    def write(self, data: bytes, /) -> int: ...


class DerivedMaker(Protocol):
    """Makes one part of one kind of file from a film."""

    def parts(self, kind: DerivedKind, index: bytes) -> tuple[tuple[Micros, Micros], ...]:
        """(start, end) in film time of every part that this kind has for a film with this index."""
        ...

    def around(self, index: bytes, time: Micros) -> tuple[tuple[Micros, Micros], ...]:
        """Pieces of a scrub copy around a film time, each made in a few seconds; the one that holds it comes first."""
        ...

    def make(
        self,
        kind: DerivedKind,
        source: Callable[[], BinaryIO],
        index: bytes,
        span: tuple[Micros, Micros],
        out: Sink,
        progress: Progress,
        cancelled: Cancelled,
    ) -> bytes:
        """Write the part into `out`; its packed index (scrub copies) or nothing. Raises FilmError, Cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class Waveform:
    """How loud one sound track of a film is: `peaks` has one byte per `step` µs of film time, from 0.

    0 is silence, 255 full scale, the greatest of all channels within the step. `coarser` holds the same with longer
    steps, shortest first, so that a whole hour is drawn from few bytes.
    """

    step: Micros
    peaks: bytes
    coarser: tuple[Waveform, ...] = ()

    def level(self, step: Micros) -> Waveform:
        """The coarsest one whose step is not longer than `step`; this one when all are."""
        return next((w for w in reversed(self.coarser) if w.step <= step), self)


class WaveformReader(Protocol):
    """Reads a derived file of the kind `WAVEFORM`; `track` counts the film's sound tracks from 0."""

    def __call__(self, file: BinaryIO, track: int = 0) -> Waveform:
        """Silence (no peaks at all) for a track that the film has not. Raises FilmError(`copy-damaged`)."""
        ...


@dataclass(frozen=True)
class Thumbnails:
    """Small pictures along a film: the one with number `i` is for the film time `i · step`.

    `width` and `height` are their pixels. A picture's own `time` says which picture of the film it is: the keyframe at
    or before `i · step` where the film has enough of them. `picture` may be asked from one thread at a time.
    """

    step: Micros
    width: int
    height: int
    count: int
    picture: Callable[[int], Picture]

    def picture_at(self, time: Micros) -> Picture:
        """The one nearest to a film time."""
        return self.picture(min(max((time + self.step // 2) // self.step, 0), self.count - 1))


@dataclass(frozen=True, slots=True)
class SyncFound:
    """Where `other` lies on the clock of `reference`, found by their sound.

    `offset` is in µs: the first picture of `other` on the reference film's clock; `drift_ppm` as in `Recording`.
    `confidence` 0 to 1; `agreeing` of `tried` places along the films gave the same answer; `spread` is their standard
    deviation in µs. `claps` is how many claps both films have when it was found by them alone: then
    those are the places.
    """

    offset: Micros
    drift_ppm: float
    confidence: float
    agreeing: int
    tried: int
    spread: Micros
    claps: int = 0


class SoundSync(Protocol):
    """Finds how two films of one meeting lie to each other."""

    def find(
        self,
        reference: tuple[Callable[[], BinaryIO], bytes],
        other: tuple[Callable[[], BinaryIO], bytes],
        progress: Progress,
        cancelled: Cancelled,
    ) -> SyncFound:
        """Each film is (source, packed index). Raises FilmError(`no-sound`, `sounds-unrelated`), Cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class PicturesFound:
    """Where another film lies on the clock of the film before, found by their pictures.

    `t_other = (t_before − offset) · (1 + drift_ppm / 10⁶)`, in µs. At `places` both were compared. No picture of the
    film before, where the other one has pictures, is shown more than `worst` µs from its time; half of the compared
    ones are within `median`.
    """

    offset: Micros
    drift_ppm: float
    places: int
    worst: Micros
    median: Micros


class SamePictures(Protocol):
    """Finds out whether another film shows what a film showed, and when."""

    def find(
        self, before: Reel, other: tuple[Callable[[], BinaryIO], bytes], progress: Progress, cancelled: Cancelled
    ) -> PicturesFound:
        """`before` is read as far as it can be read; the other film, (source, packed index), has passed the gate.

        Raises FilmError: `again-nothing-left` when no picture of the film before is left to compare with,
        `again-other-pictures` for another film, `again-differs` (`start`, `end`: µs of the film before) for one
        that was cut or changed, `again-unsure` when the pictures do not tell; what opening raises; Cancelled.
        """
        ...


@dataclass(frozen=True)
class NumberedClip:
    """A film whose pictures carry their numbers: picture `n` comes on at `times[n]`."""

    film: bytes
    index: bytes
    times: tuple[Micros, ...]


class SelfTest(Protocol):
    """With which the program checks that the time on the screen is that of the picture on the screen."""

    def clip(self, progress: Progress, cancelled: Cancelled) -> NumberedClip:
        """Raises Cancelled."""
        ...

    def read(self, picture: Picture) -> int | None:
        """The number in what was taken from the screen, of any size, BGRA bytes; None when it is not there."""
        ...


@dataclass(frozen=True, slots=True)
class Joined:
    """Several files as one film: from when to when in it each one's pictures are, µs of film time.

    Where one begins later than the one before it ends, nobody filmed. `as_filmed` is False when it was encoded anew.
    So many pictures were in two files, `twice`, and are in the film once. Parts that are `differing`, by their place,
    begin by their clock before the one before them ends, but with other pictures: all of them are in the film.
    """

    parts: tuple[tuple[Micros, Micros], ...]
    as_filmed: bool = True
    twice: int = 0
    differing: tuple[ItemPlace, ...] = ()


@dataclass(frozen=True)
class FilmTools:
    """The film engine's doors. `index` reads a film that this program made itself, without a child process.

    `join` writes several files of one recording, in their order, straight into a container as one film: the packets as
    they are where that is possible, newly encoded where it is not. Each file has passed the gate and is not used by
    anybody else meanwhile. Raises FilmError(`join-unlike`) for files of different recordings,
    Cancelled; the container is of no use then.

    `cut_within` says whether a file is the next piece of a stream that was cut by size within a picture or a packet,
    so that both can only be read as one. It reads a little of each, and neither has passed the gate.

    `kept_from` is from what this computer's system keeps the processes that read films.
    """

    gate: FilmGate
    index: Callable[[BinaryIO], Inspected]
    derived: DerivedMaker
    read_waveform: WaveformReader
    read_thumbnails: Callable[[BinaryIO], Thumbnails]
    sync: SoundSync
    same_pictures: SamePictures
    join: Callable[[Sequence[BinaryIO], NewContainer, Progress, Cancelled], Joined]
    cut_within: Callable[[BinaryIO, BinaryIO], bool]
    player: Callable[[], Player]
    recorder: Callable[[], Recorder]
    devices: Callable[[], Devices]
    self_test: SelfTest
    coverer: Coverer
    kept_from: frozenset[KeptFrom] = frozenset()
