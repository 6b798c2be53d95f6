"""Reading a `VAU1` container as a file: at any place, every byte authenticated, no clear copy on the disk."""

from __future__ import annotations

import io
import os
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import ContainerError
from app.model.units import ByteCount
from storage import durable_file
from storage.vault.container import HEADER_BYTES, TAG_BYTES, ChunkCipher, Header, read_trouble, unpack_header

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BATCH_BYTES = 2 * 1024 * 1024
_KEPT_CHUNKS = 16
_AHEAD_BYTES = 8 * 1024 * 1024


class ContainerReader(io.RawIOBase):
    """The plaintext of a finished container as a seekable binary file, for one thread at a time.

    Opening checks the header and the final chunk, so `size` is proven; each chunk is checked when it is read.
    Raises ContainerError: `container-missing`, `container-foreign`, `container-newer`, `container-key`,
    `container-truncated` (not finished or cut off), `container-damaged` (with `chunk`), `disk-error`.
    """

    def __init__(self, path: Path, cek: bytes, owner: str | None = None, kept_chunks: int = _KEPT_CHUNKS) -> None:
        super().__init__()
        self.path = path
        self._at = 0
        self._kept: OrderedDict[int, memoryview] = OrderedDict()
        self._kept_chunks = kept_chunks
        try:
            self._file = path.open("rb", buffering=0)
        except OSError as error:
            raise read_trouble(error) from error
        try:
            self.header = self._read_header(cek, owner)
            self._cipher = ChunkCipher(cek, self.header.file_id)
            self._record = self.header.chunk_size + TAG_BYTES
            self._batch = max(1, _BATCH_BYTES // self._record)
            self._scratch = bytearray()
            self._asked = 0
            self.chunks, self.size = self._measure()
        except BaseException:
            self.close()
            raise

    # the interface of a file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> ByteCount:
        self._check_open()
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> ByteCount:
        self._check_open()
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}.get(whence)
        if start is None or start + offset < 0:
            raise ValueError("no such place")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer from here, whole unless the end comes first; returns how many bytes."""
        self._check_open()
        with memoryview(buffer) as whole, whole.cast("B") as out:
            done, wanted = 0, min(len(out), max(self.size - self._at, 0))
            while done < wanted:
                done += self._fill(out[done:wanted])
        return done

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes from here, or all that are left."""
        self._check_open()
        left = max(self.size - self._at, 0)
        content = bytearray(left if size is None or size < 0 else min(size, left))
        self.readinto(content)
        return bytes(content)

    def readall(self) -> bytes:
        return self.read(-1)

    def close(self) -> None:
        """Close the file and drop what was decrypted."""
        if not self.closed:
            super().close()  # first, so that whoever reads beside finds it closed, and no fault of the file
            self._kept.clear()
            if hasattr(self, "_file"):
                self._file.close()

    # chunks

    def _check_open(self) -> None:
        if self.closed:
            raise ValueError("I/O operation on closed file")

    def _fill(self, out: memoryview) -> int:
        """Read on into `out` (not empty, not past the end): one kept chunk, or many whole ones straight into it."""
        chunk_size = self.header.chunk_size
        chunk, inside = divmod(self._at, chunk_size)
        whole = 0 if inside else min(len(out) // chunk_size, self._batch, self.chunks - 1 - chunk)
        if whole > 1:
            count = whole * chunk_size
            self._open_many(chunk, whole, out[:count])
        else:
            piece = self._chunk(chunk)[inside : inside + len(out)]
            count = len(piece)
            out[:count] = piece
        self._at += count
        return count

    def _open_many(self, first: int, count: int, out: memoryview) -> None:
        if len(self._scratch) < count * self._record:
            self._scratch = bytearray(self._batch * self._record)
        with memoryview(self._scratch) as scratch:
            self._read_at(self.header.offset(first), scratch[: count * self._record])
            self._ask_ahead(self.header.offset(first + count))
            self._cipher.open_run(first, scratch[: count * self._record], self.header.chunk_size, out)

    def _chunk(self, chunk: int) -> memoryview:
        kept = self._kept.get(chunk)
        if kept is None:
            kept = self._kept[chunk] = self._open_one(chunk)
            if len(self._kept) > self._kept_chunks:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(chunk)
        return kept

    def _open_one(self, chunk: int) -> memoryview:
        last = chunk == self.chunks - 1
        length = self._last_record if last else self._record
        sealed, plain = bytearray(length), memoryview(bytearray(length - TAG_BYTES))
        self._read_at(self.header.offset(chunk), memoryview(sealed))
        if not self._cipher.open_into(chunk, last, sealed, plain):
            unfinished = last and len(plain) and self._cipher.open_into(chunk, False, sealed, plain)
            raise ContainerError("container-truncated" if unfinished else "container-damaged", chunk=chunk)
        return plain

    # the file below

    def _read_header(self, cek: bytes, owner: str | None) -> Header:
        content = bytearray(HEADER_BYTES)
        try:
            length = self._file.readinto(content) or 0
        except OSError as error:
            raise read_trouble(error) from error
        header = unpack_header(bytes(content[:length]), cek)
        if owner is not None and header.owner != owner:
            raise ContainerError("container-damaged", reason="owner")
        return header

    def _measure(self) -> tuple[int, int]:
        body = os.fstat(self._file.fileno()).st_size - HEADER_BYTES
        whole, rest = divmod(body, self._record)
        if body < TAG_BYTES or 0 < rest < TAG_BYTES:
            raise ContainerError("container-truncated")
        self.chunks = whole + (rest > 0)
        self._last_record = rest or self._record
        last = self._chunk(self.chunks - 1)
        return self.chunks, (self.chunks - 1) * self.header.chunk_size + len(last)

    def _ask_ahead(self, offset: int) -> None:
        # only a whole reading in large pieces comes here; the disk then works while we decrypt
        if not offset <= self._asked <= offset + 2 * _AHEAD_BYTES:
            self._asked = offset
        if self._asked - offset < _AHEAD_BYTES // 2:
            durable_file.start_reading(self._file.fileno(), self._asked, _AHEAD_BYTES)
            self._asked += _AHEAD_BYTES

    def _read_at(self, offset: int, out: memoryview) -> None:
        try:
            self._file.seek(offset)
            while out:
                length = self._file.readinto(out)
                if not length:
                    raise ContainerError("container-truncated")
                out = out[length:]
        except OSError as error:
            raise read_trouble(error) from error
