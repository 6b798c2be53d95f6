"""The spellers that this computer has, found when a language is first asked for."""

from __future__ import annotations

from pathlib import Path

from app.ports.spelling import Speller


class ThisComputer:
    """`own_folder` is where the program's installer puts dictionaries and libvoikko."""

    def __init__(self, own_folder: Path) -> None:
        self._own_folder = own_folder
        self._found: dict[str, Speller | None] = {}

    def of(self, language: str) -> Speller | None:
        if language not in self._found:
            self._found[language] = self._find(language)
        return self._found[language]

    def _find(self, language: str) -> Speller | None:
        if language == "fi":
            from system.spelling.voikko import voikko

            return voikko(self._own_folder)
        from system.spelling.hunspell_words import hunspell_words

        return hunspell_words(language, self._own_folder)
