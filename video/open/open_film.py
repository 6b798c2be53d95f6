"""The one way into a film: which containers are let in, and what their refusals mean.

Nothing else in the program opens a film for reading. Paths are opened here as plain files, so that FFmpeg itself never
touches the disk or the network: no protocol is allowed to it, and no list that names other files.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self, cast

from app.errors import FilmError
from app.model.timecode import Micros
from app.model.units import ByteCount
from app.ports.file_part import FilePart
from video.open.films_behind import films_behind
from video.open.unfinished import before_half_a_head, is_at_limit, refused_as, would_end

if TYPE_CHECKING:
    import av.container
    import av.video.stream
    from av.packet import Packet

#: containers with pictures, then sound alone so that it can be called by its name; neither lists nor still pictures
FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,asf,flv,ogg,mxf,dv,nut,ivf,"
    "mp3,wav,flac,aac,aiff,w64,caf,amr"
)
#: no such protocol exists, so a film can make FFmpeg open nothing
PROTOCOLS = "none"
BUFFER_BYTES = 65_536
#: more threads decode hardly faster and hold a large picture each
MOST_THREADS = 6

_PLAYLISTS = (b"#EXTM3U", b"ffconcat", b"[playlist]", b"<asx", b"<smil", b"<MPD", b"<SmoothStreaming", b"v=0\r\n")
_PACKAGES = (b"ftyp", b"moov", b"mdat", b"wide", b"free")
_FILM_STARTS = (b"\x1a\x45\xdf\xa3", b"RIFF", b"OggS", b"FLV\x01", b"\x30\x26\xb2\x75", b"\0\0\x01\xba")


class Film:
    """An opened film and its picture track. Closes its container, and the file too when it opened that itself."""

    def __init__(self, file: BinaryIO, *, owns_file: bool) -> None:
        self._file = file
        self._owns_file = owns_file
        self._shown_at: Mapping[int, int] | None = None
        self._open()

    def _open(self) -> None:
        self.container = open_container(self._file)
        try:
            self.pictures = main_pictures(self.container)
        except FilmError:
            self.container.close()
            raise
        self.pictures.thread_type = "AUTO"
        self.pictures.thread_count = min(os.cpu_count() or 1, MOST_THREADS)

    def restart(self) -> None:
        """Open it again at its beginning: for containers that cannot seek back."""
        self.container.close()
        self._open()

    @contextlib.contextmanager
    def unedited(self) -> Iterator[Iterator[Packet[Any]]]:
        """The packets of its pictures as they are stored, with the times that the edit list's beginning alone gives.

        After it the film stands at its beginning.
        """
        self.container.close()
        try:
            container = open_container(self._file, {"advanced_editlist": "0"})
            try:
                yield demuxed(container, main_pictures(container))
            finally:
                container.close()
        finally:
            self._open()

    def packets(self, *tracks: Any) -> Iterator[Packet[Any]]:
        """The packets of these tracks from where the film stands, every picture's with the time at which it is shown.

        Raises FFmpegError where the film is cut off.
        """
        if self._shown_at is None:
            yield from demuxed(self.container, *tracks)
            return
        for packet in demuxed(self.container, *tracks):
            if packet.stream is self.pictures and packet.dts is not None:
                packet.pts = self._shown_at.get(packet.dts, packet.dts)
            yield packet

    def bytes_before(self, place: ByteCount, most: ByteCount) -> bytes:
        """So many bytes of its file before a place at most; reading of packets goes on where it was."""
        first, stands = max(place - most, 0), self._file.tell()
        self._file.seek(first)
        try:
            return self._file.read(place - first)
        finally:
            self._file.seek(stands)

    def would_end(self, length: Micros) -> Micros:
        """Where it would end, had its file not been left empty; `length` can be read. It stands nowhere after this."""
        return would_end(self._file, length)

    def films_behind(self, alive: Callable[[], None]) -> tuple[ByteCount, ...]:
        """Where other films begin that were copied behind it into its file. It stands nowhere after this."""
        return films_behind(self._file, alive)

    @property
    def is_at_limit(self) -> bool:
        """Whether its file is as long as a memory card lets one be; the film stands nowhere after it."""
        return is_at_limit(self._file.seek(0, os.SEEK_END))

    def retime(self, shown_at: Mapping[int, int] | None) -> None:
        """From now on a picture whose packet is decoded at the first of two times is shown at the second."""
        self._shown_at = shown_at

    @property
    def is_retimed(self) -> bool:
        """True when its pictures are not shown when the film itself says."""
        return self._shown_at is not None

    def close(self) -> None:
        self.container.close()
        if self._owns_file:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_film(film: Path | BinaryIO) -> Film:
    """Open a film from a path or a seekable binary file; the caller closes it.

    Raises FilmError: `film-missing`, `film-empty`, `film-playlist`, `film-not-a-film` (no container that is let in),
    `film-damaged` (it begins as a film and cannot be read), `film-unfinished` and `film-unfinished-full` (its table of
    contents was never written), `film-no-picture` (sound alone), `film-unknown-codec`, `film-clock-restarts` (others
    lie behind it in its file, and it cannot be read beside them; `begins` and `jumps` as in `index_of`).
    What the file object itself raises comes through as it is.
    """
    file = _plain_file(film) if isinstance(film, Path) else film
    try:
        return Film(file, owns_file=isinstance(film, Path))
    except BaseException:
        if isinstance(film, Path):
            file.close()
        raise


def open_container(file: BinaryIO, options: Mapping[str, str] | None = None) -> av.container.InputContainer:
    """Whatever container is let in, with or without pictures; `options` are FFmpeg's own for it.

    Raises FilmError as `open_film` does.
    """
    import av
    import av.error

    head = _head(file)
    try:
        return _container(file, options)
    except (av.error.FFmpegError, ValueError) as error:
        end = before_half_a_head(file)  # FFmpeg refuses the whole film for the half of its last fragment's head
        if end is not None:
            with contextlib.suppress(av.error.FFmpegError, ValueError):
                return _container(cast("BinaryIO", FilePart(file, (0, end))), options)
        behind = films_behind(file)  # of MXF it refuses two behind each other
        if behind:
            raise FilmError("film-clock-restarts", begins=behind, jumps=(0,) * len(behind)) from error
        raise FilmError(refused_as(file, "film-damaged" if _looks_like_film(head) else "film-not-a-film")) from error


def _container(file: BinaryIO, more: Mapping[str, str] | None) -> av.container.InputContainer:
    import av

    options = {**(more or {}), "format_whitelist": FORMATS, "protocol_whitelist": PROTOCOLS}
    return av.open(_Guarded(file), "r", container_options=options, buffer_size=BUFFER_BYTES, metadata_errors="replace")


def demuxed(container: av.container.InputContainer, *tracks: Any) -> Iterator[Packet[Any]]:
    """The packets of these tracks, of all where none is named, and an empty one of each at the end.

    A stream that appears in mid-film is none of them. PyAV asks for one more packet of it after theirs, in a table that
    was made before there was such a stream. Raises FFmpegError where the film is cut off.
    """
    packets = container.demux(*tracks)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, IndexError):
            return
        yield packet


class _Guarded:
    """A film's file as FFmpeg is given it.

    A damaged header may send it to a place that no file has: that is told as a failed seek, which FFmpeg knows how to
    live with, and not as an exception.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.read, self.tell, self._seek = file.read, file.tell, file.seek

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        try:
            return self._seek(offset, whence)
        except (ValueError, OverflowError):
            return -1
        except OSError as error:
            if error.errno == errno.EINVAL:
                return -1
            raise


def main_pictures(container: av.container.InputContainer) -> av.video.stream.VideoStream:
    """The film's picture track: the default one, else the largest; a cover picture is none.

    Raises FilmError: `film-no-picture` for sound alone, `film-damaged` when nothing at all is in it,
    `film-unknown-codec`.
    """
    from av.stream import Disposition

    cover = int(Disposition.attached_pic | Disposition.timed_thumbnails)
    tracks = [s for s in container.streams.video if not int(s.disposition) & cover]
    if not tracks:
        raise FilmError("film-no-picture" if container.streams.audio or container.streams.video else "film-damaged")
    known = [s for s in tracks if s.codec_context is not None]
    if not known:
        raise FilmError("film-unknown-codec")
    return max(known, key=lambda s: (int(s.disposition) & int(Disposition.default), s.width * s.height))


def _plain_file(path: Path) -> BinaryIO:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for without end
            raise FilmError("film-missing")
        return path.open("rb")
    except OSError as error:
        raise FilmError("film-missing") from error


def _head(file: BinaryIO) -> bytes:
    """The first bytes, after a look that they are no list of other films."""
    try:
        file.seek(0)
        head = file.read(2048)
        file.seek(0)
    except OSError as error:
        raise FilmError("film-missing") from error
    if not head:
        raise FilmError("film-empty")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(tuple(p.lower() for p in _PLAYLISTS)):
        raise FilmError("film-playlist")
    if text.startswith(b"<") and any(p.lower() in text for p in _PLAYLISTS if p.startswith(b"<")):
        raise FilmError("film-playlist")
    return head


def _looks_like_film(head: bytes) -> bool:
    return head[4:8] in _PACKAGES or head.startswith(_FILM_STARTS)
