"""The process that makes copies of films: of low priority, without keys, allowed to write nothing but its answers.

Messages on standard input and output are a letter, the length of what follows (u32 little-endian), and that.
From the parent: the request, JSON and then the film's packed index; the film's bytes, as asked for.
To the parent: `r` asks for bytes (place u64, count u32), `w` is a piece of the copy, `p` progress (f64), `i` the packed
index that ends it, `e` the key of a refusal that ends it. Loads neither Qt nor the archive.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import struct
import sys
import time
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from app.errors import FilmError
from app.model.recording import DerivedKind
from app.model.units import ByteCount, Share
from app.ports.file_part import PlacedReader
from video.open.film_gate_child import MEMORY, confine, load
from video.open.frame_index import unpack

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = struct.Struct("<cI")
PLACE = struct.Struct("<QI")
SHARE = struct.Struct("<d")
#: one reading of the film
READ_BYTES = 262_144
#: a piece of the copy
WRITE_BYTES = 262_144
#: how much less than the window's this process's right to the processor is (Unix)
NICE = 10
#: seconds between two signs of life
TELL_EVERY = 0.1


def main() -> None:
    """Make one copy."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever a library prints goes nowhere, never into an answer
    stand_back()
    confine(MEMORY)
    load()
    pipe = Pipe(sys.stdin.buffer, answers)
    request = json.loads(pipe.receive(b"q"))
    index = pipe.receive(b"x")
    try:
        packed = _make(request["kind"], pipe, index, (request["start"], request["end"]), request["size"])
    except FilmError as error:
        pipe.send(b"e", error.key.encode())
    except MemoryError:
        pipe.send(b"e", b"film-too-large")
    else:
        pipe.send(b"i", packed)


def stand_back() -> None:
    """Take the processor only when nobody else wants it. On Windows the parent starts this process like that."""
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(NICE)


def _make(kind: str, pipe: Pipe, packed: bytes, span: tuple[int, int], size: int) -> bytes:
    from video.copies.picture_looks import LOOKS, write_looks
    from video.copies.scrub_copy import write_scrub
    from video.copies.thumbnails import write_thumbnails
    from video.copies.waveform import write_waveform

    index = unpack(packed)
    out = Pieces(pipe)
    film = cast("BinaryIO", io.BufferedReader(RemoteFile(pipe, size), READ_BYTES))
    made = b""
    if kind == LOOKS:
        write_looks(film, index, out.write, pipe.progress)
    elif kind == DerivedKind.SCRUB:
        made = write_scrub(film, index, span, out.write, pipe.progress)
    elif kind == DerivedKind.WAVEFORM:
        write_waveform(film, index, out.write, pipe.progress)
    else:
        write_thumbnails(film, index, out.write, pipe.progress)
    out.flush()
    return made


class Pipe:
    """One end of the two pipes."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._incoming, self._outgoing = incoming, outgoing
        self._told = 0.0

    def send(self, letter: bytes, content: bytes | bytearray) -> None:
        left = memoryview(HEAD.pack(letter, len(content)) + content)
        while left:  # a raw pipe may take less than all
            left = left[self._outgoing.write(left) or 0 :]

    def receive(self, expected: bytes) -> bytes:
        head = self._incoming.read(HEAD.size)
        if len(head) < HEAD.size:
            raise SystemExit  # the parent has gone
        letter, length = HEAD.unpack(head)
        assert letter == expected
        return self._incoming.read(int(length))

    def progress(self, share: Share) -> None:
        now = time.monotonic()
        if now - self._told > TELL_EVERY:
            self._told = now
            self.send(b"p", SHARE.pack(share))


class RemoteFile(PlacedReader):
    """The film, whose bytes the parent gives."""

    def __init__(self, pipe: Pipe, size: int) -> None:
        super().__init__()
        self._pipe, self._size = pipe, size

    def length(self) -> int:
        return self._size

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        count = min(len(view), READ_BYTES, max(self._size - self._at, 0))  # who wants more asks again
        if count:
            self._pipe.send(b"r", PLACE.pack(self._at, count))
            view[:count] = self._pipe.receive(b"d")
            self._at += count
        return count


class Pieces:
    """Gathers the copy into larger pieces."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe, self._piece = pipe, bytearray()

    def write(self, content: Any) -> ByteCount:
        self._piece += content
        if len(self._piece) >= WRITE_BYTES:
            self.flush()
        return len(content)

    def flush(self) -> None:
        for at in range(0, len(self._piece), WRITE_BYTES):
            self._pipe.send(b"w", self._piece[at : at + WRITE_BYTES])
        self._piece = bytearray()


if __name__ == "__main__":
    main()
