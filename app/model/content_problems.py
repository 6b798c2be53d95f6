"""What is said of content that is not right: each thing with its place, and the looks that all content shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.errors import InputError
from app.model.words import LANGUAGES, Words

#: a text is not written yet: nothing is wrong, only unfinished
UNWRITTEN = "scheme-language-missing"
_CONTENT_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not right.

    `key` and `values` choose and fill its sentence; `part` and `number` say of which entry (`codes`, 3), `field` which
    of its fields (`name.sv`); `place` is the same as a person finds it in a file.
    """

    key: str
    part: str = ""
    number: int = -1
    field: str = ""
    place: str = "file"
    values: tuple[tuple[str, object], ...] = ()

    @property
    def is_unwritten(self) -> bool:
        """Whether something is only not written yet: no mistake of anybody's."""
        return self.key == UNWRITTEN

    def error(self) -> InputError:
        return InputError(self.key, **{**dict(self.values), "place": self.place})


Found = Iterator[Problem]


@dataclass(frozen=True, slots=True)
class At:
    """The place that is being looked at."""

    part: str = ""
    number: int = -1
    name: str = ""

    def wrong(self, key: str, field: str = "", /, **values: object) -> Problem:
        return Problem(key, self.part, self.number, field, self.name or "file", tuple(values.items()))

    def under(self, inner: str) -> At:
        return At(self.part, self.number, f"{self.name}.{inner}".lstrip("."))


def each(part: str, rows: Sequence[Any]) -> Iterator[tuple[At, Any]]:
    for number, row in enumerate(rows):
        ident = getattr(row, "id", getattr(row, "value", "")) or number + 1
        yield At(part, number, f"{part}[{ident}]"), row


def known_languages(chosen: Sequence[str]) -> Found:
    if not chosen:
        yield At().wrong("scheme-field-missing", "languages", field="languages")
    for language in chosen:
        if language not in LANGUAGES:
            yield At().wrong("scheme-value-unknown", "languages", field="languages", value=language)


def plain_content_id(content_id: str) -> Found:
    if _CONTENT_ID.fullmatch(content_id) is None:
        yield At().wrong("content-id-not-plain", "id")


def is_plain_id(ident: str) -> bool:
    """Letters, figures and hyphens: what can stand in a file's place and in a column's name."""
    return bool(ident) and ident.isascii() and ident.replace("-", "").isalnum()


def plain_ids(part: str, rows: Sequence[Any], is_plain: Callable[[str], bool]) -> Found:
    seen: set[str] = set()
    for at, row in each(part, rows):
        if not is_plain(row.id):
            yield at.wrong("scheme-id-not-plain", "id")
        elif row.id in seen:
            yield At(part, at.number, part).wrong("scheme-twice", "id", value=row.id)
        seen.add(row.id)


def none_twice(at: At, ids: Iterable[str], field: str) -> Found:
    seen: set[str] = set()
    for number, ident in enumerate(ids):
        if ident in seen:
            yield At(at.part, at.number if at.number >= 0 else number, at.name).wrong(
                "scheme-twice", field, value=ident
            )
        seen.add(ident)


def known_ones(at: At, row: Any, field: str, known: Iterable[str]) -> Found:
    value = getattr(row, field)
    if value and value not in set(known):
        yield at.wrong("scheme-value-unknown", field, field=field, value=value)


def all_written(at: At, row: Any, name: str, *, field: str = "") -> Found:
    """The words in every language; those that the content is not written in are left out later."""
    held: Words = getattr(row, name)
    for language in LANGUAGES:
        if not getattr(held, language).strip():
            inner = at.under(name)
            yield inner.wrong(UNWRITTEN, f"{field or name}.{language}", language=language)


def unwritten_as_one(found: Found, languages: Sequence[str]) -> tuple[Problem, ...]:
    """All, with what is not written yet of one entry as one, in the languages that the content is written in.

    It stands where the first text is missing; its value `texts` are all of their fields, with their languages when
    there are several.
    """
    rows: list[Problem] = []
    at: dict[tuple[str, int], int] = {}
    for problem in found:
        if problem.key != UNWRITTEN:
            rows.append(problem)
            continue
        field, language = problem.field.rsplit(".", maxsplit=1)
        if language not in languages:
            continue
        entry = (problem.part, problem.number)
        place = at.setdefault(entry, len(rows))
        text = field if len(languages) == 1 else problem.field
        if place == len(rows):
            rows.append(replace(problem, values=(("texts", text),)))
        else:
            (_, others), *_ = rows[place].values
            rows[place] = replace(rows[place], values=(("texts", f"{others} {text}"),))
    return tuple(rows)
