"""The ports of spelling: whether a word is right in a language, and what may have been meant."""

from __future__ import annotations

from typing import Protocol


class Speller(Protocol):
    """Of one language. Asked from one thread alone, never the window's."""

    def is_right(self, word: str) -> bool: ...

    def suggested(self, word: str) -> tuple[str, ...]:
        """What may have been meant, the likeliest first; may be empty."""
        ...


class Spellers(Protocol):
    """What knows languages on this computer."""

    def of(self, language: str) -> Speller | None:
        """The speller of a language; None where nothing on this computer knows it. May take a second."""
        ...


class NoSpellers:
    """Knows no language."""

    def of(self, _language: str) -> Speller | None:
        return None
