"""The films of one filming on their way into the archive: containers opened before, finished and indexed after."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from app.errors import ContainerError
from app.filming.devices import Setup
from app.model.filming import OpenRecording
from app.model.identity import new_id
from app.model.recording import FilmFacts, Origin, Recording
from app.model.timecode import Micros
from app.model.units import ByteCount
from app.ports import Inspected, MediaVault, NewContainer, TakenIn
from app.ports.recorder import Take, TakeEnd, Trouble

_log = logging.getLogger(__name__)

#: bytes a second that a camera at 1080p30 with sound takes, until one was measured
USUAL_RATE = 1_000_000.0
#: less than this a second, for a camera, is no film of people that move: a covered lens says nothing about the room
LEAST_RATE = 150_000.0
#: films shorter than this say nothing about the rate, in seconds
LEAST_SECONDS = 5.0
#: a film that goes on says what it takes after so long, in seconds
SURE_SECONDS = 30.0
#: a film that is shorter than what was filmed by no more than this is whole: clocks are read at other moments (µs)
END_SLACK = 100_000
#: until a film has been read
_UNREAD = FilmFacts(0, 0, "constant", 0.0, 0.0, 0.0, 0, 0, 0, 0, "")


class Counted:
    """A container that counts what is written into it."""

    def __init__(self, inner: NewContainer) -> None:
        self._inner = inner
        self.written = 0

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def wrapped_key(self) -> bytes:
        return self._inner.wrapped_key

    @property
    def durable(self) -> ByteCount:
        return self._inner.durable

    def write(self, data: bytes) -> int:
        count = self._inner.write(data)
        self.written += count
        return count

    def sync(self) -> None:
        self._inner.sync()

    def keep(self) -> TakenIn:
        return self._inner.keep()

    def keep_front(self) -> TakenIn:
        return self._inner.keep_front()

    def discard(self) -> None:
        self._inner.discard()


class OpenTake:
    """One camera's film while it is recorded: where it goes, and what stands in the books of it."""

    def __init__(self, take: Take, book: OpenRecording, counted: Counted) -> None:
        self.take = take
        self.book = book
        self.has_begun = False  # its first picture has come
        self.is_over = False  # its film has ended while others go on
        self.is_second_refused = False  # a second copy that was written could not be finished
        self._counted = counted
        self._disks = 1 if take.second is None else 2  # that take it

    @property
    def id(self) -> str:
        return self.take.recording_id

    @property
    def written(self) -> ByteCount:
        return self._counted.written

    def lose(self, what: Trouble) -> None:
        """Its camera, or one of its disks: it is over with the camera, and with the last disk."""
        self._disks -= what != Trouble.CAMERA_LOST
        self.is_over = self.is_over or what == Trouble.CAMERA_LOST or not self._disks


def open_takes(
    media: MediaVault,
    meeting_id: str,
    setup: Setup,
    offset: Micros,
    begun: dt.datetime,
    *,
    first_camera: int = 1,
) -> tuple[OpenTake, ...]:
    """A container per camera, numbered from `first_camera`, and a second one where a folder can be written.

    Raises ContainerError when the archive's own disk cannot; then nothing is left behind.
    """
    takes: list[OpenTake] = []
    try:
        for camera in range(first_camera, first_camera + len(setup.cameras)):
            take = _open_take(media, meeting_id, setup, camera, offset, begun)
            takes.append(take)
    except ContainerError:
        discard(takes)
        raise
    return tuple(takes)


def _open_take(
    media: MediaVault, meeting_id: str, setup: Setup, camera: int, offset: Micros, begun: dt.datetime
) -> OpenTake:
    recording_id = new_id()
    file = Counted(media.begin(recording_id, live=True))
    second: NewContainer | None = None
    if setup.second_folder is not None:
        try:
            second = media.begin(recording_id, file.wrapped_key, live=True, folder=setup.second_folder)
        except ContainerError:
            second = None  # told as a lost second copy: filming matters more than a refusal
    folder, name = (str(setup.second_folder), second.name) if second is not None else ("", "")
    book = OpenRecording(
        new_id(), meeting_id, camera, file.name, begun, offset, folder, name, file.wrapped_key, recording_id
    )
    return OpenTake(Take(recording_id, camera, file, second), book, file)


def discard(takes: Sequence[OpenTake]) -> None:
    """Nothing of these films stays."""
    for take in takes:
        take.take.file.discard()
        if take.take.second is not None:
            take.take.second.discard()


def keep(media: MediaVault, index: Callable[[BinaryIO], Inspected], take: OpenTake, end: TakeEnd) -> Recording:
    """The work of a job: the containers are finished, and the film is read back whole, to its last picture.

    `lost_end` says of it what is missing at its end. Raises ContainerError, FilmError; then the film waits for its
    rescue at the next start.
    """
    try:
        taken = _finished(media, take, end)
        film = indexed(media, index, take.book, taken, Origin.FILMED)
    except OSError as error:  # of a disk that breaks in another way than its container knows
        raise ContainerError("disk-error", reason=type(error).__name__) from error
    return replace(film, lost_pictures=end.dropped)


def lost_end(film: Recording, end: TakeEnd) -> Micros:
    """How much of what was filmed is not in the film that was read back: the disk did not take its end. Mostly 0."""
    filmed = 0 if end.first is None or end.last is None else end.last - end.first
    lost = filmed - film.facts.duration
    return lost if lost > END_SLACK else 0


def _finished(media: MediaVault, take: OpenTake, end: TakeEnd) -> TakenIn:
    """The film's container in place. Where its own could not be written to the end, the second copy's content."""
    file, second, book = take.take.file, take.take.second, take.book
    if end.file_whole or second is None or not end.second_whole:
        taken = _kept(file, is_whole=end.file_whole)
    else:
        folder = Path(book.second_folder)
        taken = media.rescue(book.recording_id, book.wrapped_key, book.second_container, folder)
        file.discard()
    if second is not None and not end.second_hangs:
        try:
            second.keep()
        except ContainerError:
            second.discard()
            take.is_second_refused = end.second_whole
    return taken


def _kept(file: NewContainer, *, is_whole: bool) -> TakenIn:
    """A film whose end the disk refuses is kept up to there."""
    if is_whole:
        try:
            return file.keep()
        except ContainerError as error:
            _log.warning("a film's end was refused: %s", error.key)
    return file.keep_front()


def indexed(
    media: MediaVault, index: Callable[[BinaryIO], Inspected], book: OpenRecording, taken: TakenIn, origin: Origin
) -> Recording:
    """The film of a finished container. Raises FilmError when no picture is in it, ContainerError."""
    film = Recording(
        book.recording_id,
        book.meeting_id,
        book.camera,
        taken.sha256,
        taken.size,
        taken.chunks,
        taken.container,
        _UNREAD,
        book.offset,
        origin=origin,
        wrapped_key=book.wrapped_key,
    )
    with media.open(film) as file:
        inspected = index(file)
    return replace(film, facts=inspected.facts, index=inspected.index)


def expected_rate(films: Sequence[Recording], cameras: int) -> float:
    """Bytes a second for so many cameras, from the newest films that this program made."""
    own = [f for f in films if not f.is_from_outside and f.facts.duration >= LEAST_SECONDS * 1_000_000]
    rates = [f.size / (f.facts.duration / 1_000_000) for f in own[-4:]]
    rate = max(sum(rates) / len(rates), LEAST_RATE) if rates else USUAL_RATE
    return rate * max(cameras, 1)
