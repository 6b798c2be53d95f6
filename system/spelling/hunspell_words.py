"""Swedish and English by Hunspell, with dictionaries of the system, an office program or the program's own folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

#: by language: names of dictionaries, the best first
_DICTIONARIES = {"sv": ("sv_FI", "sv_SE", "sv"), "en": ("en_GB", "en_US", "en")}
_SYSTEM = (
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
)
_MAC = ("/Library/Spelling", "~/Library/Spelling")
_OFFICE = "LibreOffice/share/extensions"


class HunspellWords:
    """One language's dictionary."""

    def __init__(self, words: Any) -> None:
        self._words = words

    def is_right(self, word: str) -> bool:
        return bool(self._words.spell(word))

    def suggested(self, word: str) -> tuple[str, ...]:
        return tuple(self._words.suggest(word))


def hunspell_words(language: str, own_folder: Path) -> HunspellWords | None:
    """The best dictionary of a language that this computer has; English comes with Hunspell itself."""
    from hunspell import Hunspell, HunspellFilePathError

    for name in _DICTIONARIES.get(language, ()):
        for folder in (own_folder, *_folders()):
            if (folder / f"{name}.dic").exists() and (folder / f"{name}.aff").exists():
                try:
                    return HunspellWords(Hunspell(name, hunspell_data_dir=str(folder)))
                except HunspellFilePathError:
                    continue  # it cannot be read: the next may be
    return HunspellWords(Hunspell("en_US")) if language == "en" else None


def _folders() -> Iterator[Path]:
    """Where dictionaries lie on this kind of system."""
    if sys.platform == "win32":
        yield from _of_office(Path(p) for name in ("ProgramFiles", "ProgramFiles(x86)") if (p := os.environ.get(name)))
    elif sys.platform == "darwin":
        yield from (Path(p).expanduser() for p in (*_MAC, *_SYSTEM))
    else:
        yield from map(Path, _SYSTEM)


def _of_office(programs: Iterable[Path]) -> Iterator[Path]:
    for folder in programs:
        if (folder / _OFFICE).is_dir():
            yield from sorted((folder / _OFFICE).glob("dict-*"))
