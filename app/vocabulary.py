"""The fixed words of a statement in one language, which need not be the screen's."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

import resources


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads((resources.folder() / "texts" / "statement.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class StatementTexts:
    """Sentences and words of `resources/texts/statement.toml` in `language`."""

    language: str

    @property
    def weighed(self) -> str:
        return self._sentence("weighed")

    @property
    def nothing_to_weigh(self) -> str:
        return self._sentence("nothing_to_weigh")

    @property
    def about_workers(self) -> str:
        return self._sentence("about_workers")

    @property
    def cannot_answer(self) -> str:
        return self._sentence("cannot_answer")

    @property
    def parents_not_compared(self) -> str:
        return self._sentence("parents_not_compared")

    @property
    def interpreter(self) -> str:
        return self._sentence("interpreter")

    @property
    def interpretation(self) -> str:
        return self._sentence("interpretation")

    def seen_in(self, section: int) -> str:
        """In which section, by its number, it is told what was seen."""
        return self._sentence("seen_in").format(section=section)

    def how_to_open(self, sealed: str, plain: str, *, key: bool) -> str:
        """The sheet that goes with a sealed file: how anybody opens it without this program."""
        return self._sentence("open_with_key" if key else "open_with_passphrase").format(sealed=sealed, plain=plain)

    @property
    def confidential(self) -> tuple[str, str, str]:
        """Word, basis and what it contains (domain 4.7)."""
        row = _content()["confidential"]
        return self._in(row["word"]), self._in(row["basis"]), self._in(row["contains"])

    def word(self, key: str, **values: object) -> str:
        return self._in(_content()["words"][key]).format(**values)

    def document_kind(self, kind: str) -> str:
        return self.of("document_kinds", kind)

    def stage(self, stage: str) -> str:
        return self.of("stages", stage)

    def role(self, role: str) -> str:
        return self.of("roles", role)

    def purpose(self, purpose: str) -> str:
        """What a consent is for."""
        return self.of("purposes", purpose)

    def of(self, table: str, key: str) -> str:
        """A word of one of the pick-lists: roles, purposes, safety, ages, interpreters, training_purposes and so on."""
        return self._in(_content()[table][key])

    def keys(self, table: str) -> tuple[str, ...]:
        return tuple(_content()[table])

    def said(self, table: str, value: str) -> str:
        """What is kept by key, in this language; own words as they were written."""
        return self.of(table, value) if value in _content()[table] else value

    def called(self, word: str) -> str:
        """What a person is called: in this language where it is a word of every family, else as it was written."""
        plain = word.strip().casefold()
        for known in _content()["called"].values():
            if any(plain in names for names in known.values()):
                said: str = word if plain in known[self.language] else known[self.language][0]
                return said[:1].upper() + said[1:] if word[:1].isupper() else said
        return word

    def all_called(self, word: str) -> tuple[str, ...]:
        """Every word of this language for what a person is called; the word itself where it is a family's own."""
        plain = word.strip().casefold()
        for known in _content()["called"].values():
            if any(plain in names for names in known.values()):
                return tuple(known[self.language])
        return (plain,) if plain else ()

    def is_word_for(self, role: str, called: str) -> bool:
        """Whether what a person is called says the role already, as *barnet* does of a child."""
        return called.strip().casefold() in _content()["called"].get(role, {}).get(self.language, ())

    def _sentence(self, key: str) -> str:
        return self._in(_content()["sentences"][key])

    def _in(self, words: dict[str, str]) -> str:
        return words[self.language]
