"""Content that carries its own languages: labels of schemes, tasks and instruments."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Finnish, Swedish and English. Content, not program text: it travels with its scheme or plan."""

    fi: str
    sv: str
    en: str

    def text(self, language: str) -> str:
        """The words in `language`; Finnish when the language has none."""
        return {"sv": self.sv, "en": self.en}.get(language, "") or self.fi
