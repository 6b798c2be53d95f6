"""The film engine's doors in one bundle; every part is imported when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, BinaryIO

from app.model.recording import DerivedKind
from app.model.timecode import Micros
from app.ports import Cancelled, FilmGate, Inspected, NewContainer, Picture, Progress
from app.ports.films import FilmTools, Joined, NumberedClip, PicturesFound, Sink, SyncFound, Thumbnails, Waveform

if TYPE_CHECKING:
    from app.model.cover import Proposed
    from app.ports.covering import CoverOrder, CoverReport, Proposal
    from app.ports.player import Player, Reel
    from app.ports.recorder import Devices, Recorder

Film = tuple[Callable[[], BinaryIO], bytes]


def film_tools(gate: FilmGate, player: Callable[[], Player]) -> FilmTools:
    """Everything that the application asks of films."""
    from video.confinement.kernel import possible

    return FilmTools(
        gate, _index, _Derived(), _waveform, _thumbnails, _Sync(), _SamePictures(), _join, _cut_within, player,
        _recorder, _devices, _SelfTest(), _Coverer(), possible(),
    )  # fmt: skip


def _index(file: BinaryIO) -> Inspected:
    from video.open.probe import index_own

    return index_own(file)


class _Derived:
    def parts(self, kind: DerivedKind, index: bytes) -> tuple[tuple[Micros, Micros], ...]:
        from video.copies.derived import parts

        return parts(kind, index)

    def around(self, index: bytes, time: Micros) -> tuple[tuple[Micros, Micros], ...]:
        from video.copies.derived import around

        return around(index, time)

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
        from video.copies.derived import make

        return make(kind, source, index, span, out, progress, cancelled)


def _waveform(file: BinaryIO, track: int = 0) -> Waveform:
    from video.copies.waveform import read_waveform

    return read_waveform(file, track)


def _thumbnails(file: BinaryIO) -> Thumbnails:
    from video.copies.thumbnails import read_thumbnails

    return read_thumbnails(file)


class _Sync:
    def find(self, reference: Film, other: Film, progress: Progress, cancelled: Cancelled) -> SyncFound:
        from video.alignment.sync import find_sync

        return find_sync(reference, other, progress, cancelled)


class _SamePictures:
    def find(self, before: Reel, other: Film, progress: Progress, cancelled: Cancelled) -> PicturesFound:
        from video.alignment.same_pictures import find_pictures

        return find_pictures(before, other, progress, cancelled)


class _SelfTest:
    def clip(self, progress: Progress, cancelled: Cancelled) -> NumberedClip:
        from video.demo.self_test import numbered_clip

        return numbered_clip(progress, cancelled)

    def read(self, picture: Picture) -> int | None:
        from video.demo.self_test import read_number

        return read_number(picture)


class _Coverer:
    def propose(
        self,
        source: Callable[[], BinaryIO],
        index: bytes,
        span: tuple[Micros, Micros],
        by: Proposed,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Sequence[Proposal]:
        from video.covering.cover_process import propose

        return propose(source, index, span, by, progress, cancelled)

    def write(
        self,
        source: Callable[[], BinaryIO],
        index: bytes,
        order: CoverOrder,
        out: Callable[[bytes], object],
        progress: Progress,
        cancelled: Cancelled,
    ) -> CoverReport:
        from video.covering.cover_process import write_covered

        return write_covered(source, index, order, out, progress, cancelled)


def _join(sources: Sequence[BinaryIO], out: NewContainer, progress: Progress, cancelled: Cancelled) -> Joined:
    from video.joining.packets import join

    return join(sources, out, progress, cancelled)


def _cut_within(before: BinaryIO, after: BinaryIO) -> bool:
    from video.joining.cut_streams import cut_within

    return cut_within(before, after)


def _recorder() -> Recorder:
    from video.recording.recorder import FilmRecorder

    return FilmRecorder()


def _devices() -> Devices:
    from video.recording.devices import ComputerDevices

    return ComputerDevices()
