"""Content that carries its own languages: labels of schemes, tasks and instruments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Finnish, Swedish and English. Content, not program text: it travels with its scheme or plan."""

    fi: str
    sv: str
    en: str

    def text(self, language: str) -> str:
        """The words in `language`, or in the first language that has them."""
        return str(getattr(self, self.spoken(language)))

    def spoken(self, language: str) -> str:
        """The language in which `text` is: `language` itself, or the first that has the words."""
        held = (one for one in (language, *LANGUAGES) if getattr(self, one).strip())
        return next(held, LANGUAGES[0])


def in_every_language(words: Iterable[str]) -> str:
    """The same in every language in one line, as the search keeps what was picked from a list."""
    return " / ".join(words)
