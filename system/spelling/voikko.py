"""Finnish by libvoikko, a native library that the system or the installer brings."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

#: by system: the library's name, and folders in which an installer puts it
_NAMES = {"win32": "libvoikko-1.dll", "darwin": "libvoikko.1.dylib"}
_DEFAULT = "libvoikko.so.1"
_MAC_FOLDERS = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
#: of the library's answer to whether a word is right
_WRONG = 0


class Voikko:
    """One handle of the library. Its calls let other threads run."""

    def __init__(self, library: ctypes.CDLL, handle: int) -> None:
        self._library, self._handle = library, ctypes.c_void_p(handle)

    def is_right(self, word: str) -> bool:
        return bool(self._library.voikkoSpellCstr(self._handle, word.encode()) != _WRONG)

    def suggested(self, word: str) -> tuple[str, ...]:
        found = self._library.voikkoSuggestCstr(self._handle, word.encode())
        if not found:
            return ()
        try:
            return tuple(_words(found))
        finally:
            self._library.voikkoFreeCstrArray(found)


def voikko(own_folder: Path) -> Voikko | None:
    """The system's library, or the one in the program's own folder; None where there is none or no dictionary."""
    for name, dictionaries in _places(own_folder):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue  # not here
        handle = _opened(library, dictionaries)
        if handle is not None:
            return Voikko(library, handle)
    return None


def _places(own_folder: Path) -> Sequence[tuple[str, Path | None]]:
    """Where the library is looked for, each with the folder of its dictionaries: None is its own usual ones."""
    name = _NAMES.get(sys.platform, _DEFAULT)
    own = own_folder / name
    rows: list[tuple[str, Path | None]] = [(str(own), own_folder)] if own.exists() else []
    rows += [(str(f / name), None) for f in _MAC_FOLDERS if sys.platform == "darwin" and (f / name).exists()]
    return (*rows, (name, None))


def _opened(library: ctypes.CDLL, dictionaries: Path | None) -> int | None:
    library.voikkoInit.restype = ctypes.c_void_p
    library.voikkoInit.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_char_p, ctypes.c_char_p]
    library.voikkoSpellCstr.restype = ctypes.c_int
    library.voikkoSpellCstr.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.voikkoSuggestCstr.restype = ctypes.POINTER(ctypes.c_char_p)
    library.voikkoSuggestCstr.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.voikkoFreeCstrArray.restype = None
    library.voikkoFreeCstrArray.argtypes = [ctypes.POINTER(ctypes.c_char_p)]
    error = ctypes.c_char_p()
    place = _as_it_reads(dictionaries) if dictionaries is not None else None
    handle = library.voikkoInit(ctypes.byref(error), b"fi", place)
    return int(handle) if handle and not error.value else None


def _as_it_reads(folder: Path) -> bytes:
    """The library looks for its files by Windows' older calls there, which know the computer's own letters alone."""
    return str(folder).encode("mbcs", "replace") if sys.platform == "win32" else os.fsencode(folder)


def _words(found: object) -> Iterator[str]:
    number = 0
    while (word := found[number]) is not None:  # type: ignore[index]  # a C array that ends with nothing
        yield word.decode()
        number += 1
