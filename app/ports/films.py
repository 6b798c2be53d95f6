"""What the film engine offers beside the player: indexes, copies made from films, joining, sync by sound.

One bundle, made by the roof, so that the application needs no second way into a film.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from app.model.recording import DerivedKind
from app.model.timecode import Micros
from app.ports import Cancelled, FilmGate, Inspected, NewContainer, Progress

if TYPE_CHECKING:
    from app.ports.player import Player
    from app.ports.recorder import Devices, Recorder


class DerivedMaker(Protocol):
    """Makes one part of one kind of file from a film."""

    def parts(self, kind: DerivedKind, index: bytes) -> tuple[tuple[Micros, Micros], ...]:
        """(start, end) in film time of every part that this kind has for a film with this index."""
        ...

    def make(
        self,
        kind: DerivedKind,
        source: Callable[[], BinaryIO],
        index: bytes,
        span: tuple[Micros, Micros],
        out: NewContainer,
        progress: Progress,
        cancelled: Cancelled,
    ) -> bytes:
        """Write the part into `out`; its packed index (scrub copies) or nothing. Raises FilmError, Cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class SyncFound:
    """Where `other` lies on the clock of `reference`, found by their sound.

    `offset` is in µs: the first picture of `other` on the reference film's clock; `drift_ppm` as in `Recording`.
    `confidence` 0 to 1; `agreeing` of `tried` places along the films gave the same answer; `spread` is their standard
    deviation in µs.
    """

    offset: Micros
    drift_ppm: float
    confidence: float
    agreeing: int
    tried: int
    spread: Micros


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


@dataclass(frozen=True)
class FilmTools:
    """The film engine's doors. `index` reads a film that this program made itself, without a child process.

    `join` writes several files of one recording, in their order, as one film: the packets as they are where that is
    possible (returns True), newly encoded where it is not (False).
    """

    gate: FilmGate
    index: Callable[[BinaryIO], Inspected]
    derived: DerivedMaker
    sync: SoundSync
    join: Callable[[Sequence[Path], Path, Progress, Cancelled], bool]
    player: Callable[[], Player]
    recorder: Callable[[], Recorder]
    devices: Callable[[], Devices]
