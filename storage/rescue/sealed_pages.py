"""The pages of a SQLCipher 4 database with a raw key, read without SQLite, each for itself.

    page    4096 B: AES-256-CBC of 4016 bytes | IV 16 | HMAC-SHA512 of ciphertext, IV and the page's number (u32, LE)
    page 1  begins with the file's salt, 16 bytes in clear; they stand for SQLite's own first 16 bytes
    seal    key: PBKDF2-HMAC-SHA512(raw key, salt with each byte xor 0x3a, 2 rounds), 32 bytes

A page whose seal does not hold is damaged and is not read. The raw key does not depend on the salt, but the seals' key
does: with a bit of the salt turned over the right one is looked for; with all of it gone no seal can be checked any
more, and what is read is held to the form of a database alone (`unsealed`).
"""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from app.errors import ArchiveError
from storage.rescue.log_frames import frames

PAGE, RESERVED = 4096, 80
USABLE = PAGE - RESERVED
SALT_BYTES, _IV_BYTES, _SEAL_BYTES = 16, 16, 64
_MASK, _ROUNDS = 0x3A, 2
_BEGIN = b"SQLite format 3\0"
#: so many decrypted pages are kept
_KEPT = 4096
#: so many pages, spread over the file, are tried when the salt is looked for
_TRIED = 16
#: first bytes of pages of tables and indexes, free ones and those of long values
_FORMS = frozenset({0, 2, 5, 10, 13})


class SealedPages:
    """A database's pages with the committed ones of the log beside it. Raises ArchiveError when nothing fits the key.

    Keys: `database-missing`, `database-damaged`, `disk-error`.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._key = key
        try:
            self._file = path.open("rb", buffering=0)
            size = self._file.seek(0, 2)
        except FileNotFoundError:
            raise ArchiveError("database-missing") from None
        except OSError as error:
            raise ArchiveError("disk-error", reason=type(error).__name__) from error
        self._log = path.with_name(path.name + "-wal")
        self._kept: OrderedDict[int, bytes | None] = OrderedDict()
        self._in_file = -(-size // PAGE)
        self._seal_key: bytes | None = None
        self._mended = False
        try:
            self._find_seal_key()
            self._frames = frames(self._log, PAGE, self._is_whole)
            self.count = self._pages()
        except BaseException:
            self._file.close()
            raise

    @property
    def unsealed(self) -> bool:
        """Whether the salt is lost, so that no seal could be checked."""
        return self._seal_key is None

    @property
    def lost_in_log(self) -> int:
        """How many committed pages of the log could not be read."""
        return self._frames.broken

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()
        self._kept.clear()

    def page(self, number: int) -> bytes | None:
        """The 4016 bytes that SQLite sees of a page, numbered from 1; None when it is damaged or not there."""
        if number in self._kept:
            self._kept.move_to_end(number)
            return self._kept[number]
        content = self._sealed(number)
        found = self._opened(number, content) if self._is_whole(number, content) else None
        self._kept[number] = found
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

    def damaged(self) -> Iterator[int]:
        """The numbers of all pages that cannot be read, and of the first whose salt was mended."""
        return (n for n in range(1, self.count + 1) if self.page(n) is None or (n == 1 and self._mended))

    def seals(self) -> Iterator[bool]:
        """Of every page whether its seal is broken, without reading it; one of zeros alone was never written."""
        yield self._mended or self.unsealed
        for number in range(1, self.count + 1):
            content = self._sealed(number)
            yield not self._is_whole(number, content) and (len(content) < PAGE or any(content))

    def _pages(self) -> int:
        """As many as the newest commit says; else as the first page says, where the file is longer or cut off."""
        if self._frames.pages:
            return self._frames.pages
        first = self.page(1)
        said = int.from_bytes(first[28:32]) if first is not None else 0
        return said if 0 < said <= 2 * self._in_file + _TRIED else self._in_file

    def _sealed(self, number: int) -> bytes:
        offset = self._frames.at.get(number)
        if offset is None:
            return self._from_file(number)
        try:
            with self._log.open("rb", buffering=0) as log:  # no more than this page: what lies beside may be refused
                log.seek(offset)
                return log.read(PAGE)
        except OSError:
            return b""

    def _from_file(self, number: int) -> bytes:
        """As it lies there; empty when the disk refuses it."""
        try:
            self._file.seek((number - 1) * PAGE)
            return self._file.read(PAGE)
        except OSError:
            return b""

    def _is_whole(self, number: int, content: bytes) -> bool:
        if len(content) != PAGE or number < 1:
            return False
        if self._seal_key is None:
            return self._opened(number, content)[100 if number == 1 else 0] in _FORMS
        return _seal(self._seal_key, number, content) == content[-_SEAL_BYTES:]

    def _opened(self, number: int, content: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers import Cipher
        from cryptography.hazmat.primitives.ciphers.algorithms import AES
        from cryptography.hazmat.primitives.ciphers.modes import CBC

        begin = SALT_BYTES if number == 1 else 0
        cipher = Cipher(AES(self._key), CBC(content[USABLE : USABLE + _IV_BYTES])).decryptor()
        plain = cipher.update(content[begin:USABLE]) + cipher.finalize()
        return _BEGIN + plain if number == 1 else plain

    # the seals' key

    def _find_seal_key(self) -> None:
        salts = dict.fromkeys(self._salts())
        step = max(1, self._in_file // _TRIED)
        # the first page was damaged if its salt was, so others are tried
        tried = [(n, self._from_file(n)) for n in range(2, self._in_file + 1, step)]
        tried += [(1, self._from_file(1)), *self._in_log()]
        tried = [(n, content) for n, content in tried if len(content) == PAGE]
        for salt in salts:
            seal_key = _seal_key(self._key, salt)
            if any(_seal(seal_key, n, content) == content[-_SEAL_BYTES:] for n, content in tried):
                self._seal_key, self._mended = seal_key, salt != self._from_file(1)[:SALT_BYTES]
                return
        forms = [self._opened(n, content)[100 if n == 1 else 0] in _FORMS for n, content in tried]
        if sum(forms) * 2 <= len(forms):  # a wrong key gives any byte
            raise ArchiveError("database-damaged")

    def _salts(self) -> Iterator[bytes]:
        """The file's, those of the first page in the log, and each of them with one bit turned over."""
        found = [self._from_file(1)[:SALT_BYTES], *(c[:SALT_BYTES] for n, c in self._in_log() if n == 1)]
        whole = [salt for salt in found if len(salt) == SALT_BYTES]
        yield from whole
        for salt in whole:
            for bit in range(8 * SALT_BYTES):
                yield (int.from_bytes(salt) ^ (1 << bit)).to_bytes(SALT_BYTES)

    def _in_log(self) -> list[tuple[int, bytes]]:
        """Some pages of the log, whatever of it counts."""
        some: list[tuple[int, bytes]] = []

        def note(number: int, content: bytes) -> bool:
            if number == 1 or len(some) < _TRIED:
                some.append((number, content))
            return True

        frames(self._log, PAGE, note)
        return some


def _seal_key(key: bytes, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", key, bytes(one ^ _MASK for one in salt), _ROUNDS, 32)


def _seal(seal_key: bytes, number: int, content: bytes) -> bytes:
    begin = SALT_BYTES if number == 1 else 0
    return hmac.digest(seal_key, content[begin:-_SEAL_BYTES] + number.to_bytes(4, "little"), "sha512")
