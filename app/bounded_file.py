"""A file from outside, read within a bound: the one way in for what a person chose or typed the name of.

A film, a container and the archive's own files have readers of their own. Whatever is larger than its kind can be is
not read further, so that no file fills the memory; a pipe on the command line is read as far as the bound, and the
window takes plain files alone: a pipe without a writer would hold it for good.
"""

from __future__ import annotations

import stat
from pathlib import Path

from app.model.units import ByteCount


class TooLargeError(OSError):
    """The file goes on beyond what one of its kind can be."""


def read_within(path: Path, most: ByteCount, *, pipes: bool = False) -> bytes:
    """The bytes of a file. Raises OSError for what cannot be read or is no plain file, TooLargeError."""
    if "\0" in str(path):
        raise OSError
    if not pipes and not stat.S_ISREG(path.stat().st_mode):
        raise OSError
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLargeError
    return content


def text_within(path: Path, most: ByteCount, *, pipes: bool = False) -> str:
    """The same as UTF-8 text, with or without its mark. Raises UnicodeDecodeError too."""
    return read_within(path, most, pipes=pipes).decode("utf-8-sig")
