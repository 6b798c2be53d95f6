"""What was picked from a list, in every language: its key is kept, and people look for its words."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import resources
from app.model.words import LANGUAGES, in_every_language


def searched(table: str, value: str) -> str:
    """The words of what was picked from a table of `resources/texts/statement.toml`; own words as they were written."""
    row = _lists()[table].get(value)
    return value if row is None else in_every_language(row[language] for language in LANGUAGES)


@cache
def _lists() -> dict[str, Any]:
    """Read when the first picked word is written, and not when an archive opens."""
    return tomllib.loads((resources.folder() / "texts" / "statement.toml").read_text("utf-8"))
