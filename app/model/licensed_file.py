"""A package of licensed content as TOML text, read into its value; all that is wrong is said, each with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from app.errors import InputError
from app.model.content_checks import instrument_problems
from app.model.instrument import Instrument
from app.model.licensed import LicensedTask
from app.model.scheme_file import instrument_of
from app.model.toml_lines import line_of
from app.model.toml_table import Table, demand_plain, parsed
from app.model.words import LANGUAGES, Words

T = TypeVar("T")

MOST_WEIGHT = 10
#: a task's id is no hiding place for words
_TASK_ID = re.compile(r"[A-Za-z]{1,3}[0-9]{1,4}[A-Za-z]?")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AT = re.compile(r"at line (\d+)")
_SAYS = ("key", "name", "rights_holder", "licence", "holder")


@dataclass(frozen=True, slots=True)
class LicensedFile:
    """What a file says; `users` are names of workers who may use it, as the licence's holder wrote them."""

    key: str
    version: int
    name: str
    rights_holder: str
    licence: str
    holder: str
    expires: date | None
    users: tuple[str, ...]
    tasks: tuple[LicensedTask, ...]
    instruments: tuple[Instrument, ...]


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """The keys that a task may name."""

    dimensions: Collection[str]
    ages: Collection[str]
    safety: Collection[str]


class UnreadablePackage(InputError):
    """A package's file that was not taken in; `problems` are all that is wrong, each with its `line`."""

    key = "licensed-file-wrong"

    def __init__(self, problems: tuple[InputError, ...]) -> None:
        super().__init__(None, count=len(problems))
        self.problems = problems


def read_package(text: str, known: KnownKeys) -> LicensedFile:
    """The package that a TOML text says. Raises UnreadablePackage."""
    try:
        table = parsed(text)
        demand_plain(text)
    except InputError as error:
        if error.key == "content-hidden-sign":
            raise UnreadablePackage((error,)) from None
        found = _AT.search(str(error.values.get("place", "")))
        line = int(found[1]) if found else max(len(text.splitlines()), 1)
        raise UnreadablePackage((InputError("licensed-not-toml", line=line),)) from None
    reader = _Reader(text, known)
    made = reader.read(table)
    if reader.problems:
        raise UnreadablePackage(tuple(reader.problems))
    assert made is not None, "what is without a problem was read"
    return made


class _Reader:
    """Reads on after each problem, so that a file is mended at once."""

    def __init__(self, text: str, known: KnownKeys) -> None:
        self._text, self._known = text, known
        self.problems: list[InputError] = []
        self._ids: list[str] = []
        self._count = 0

    def read(self, table: Table) -> LicensedFile | None:
        said = {name: self._careful(table, partial(self._line, name)) for name in _SAYS}
        if said["key"] is not None and not _KEY.fullmatch(said["key"]):
            self._wrong("licensed-key", "file", "key")
        version = self._careful(table, self._version)
        expires = self._careful(table, lambda t: t.day("expires"))
        users = self._careful(table, lambda t: t.texts("users"))
        tasks = self._careful(table, lambda t: t.rows("tasks", lambda row: self._row(row, self._task))) or ()
        forms = self._careful(table, lambda t: t.rows("instruments", lambda row: self._row(row, self._form))) or ()
        self._careful(table, Table.end)
        if not tasks and not forms and not self.problems:
            self._wrong("licensed-empty", "file")
        if self.problems:
            return None
        whole = {name: words or "" for name, words in said.items()}
        return LicensedFile(
            whole["key"], version or 1, whole["name"], whole["rights_holder"], whole["licence"], whole["holder"],
            expires, users or (), tuple(t for t in tasks if t), tuple(f for f in forms if f),
        )  # fmt: skip

    def _careful(self, table: Table, read: Callable[[Table], T]) -> T | None:
        """What is read; None after a problem, which is kept with its line."""
        try:
            return read(table)
        except InputError as error:
            self._keep(error)
            return None

    def _row(self, table: Table, read: Callable[[Table], T]) -> T | None:
        """One task or form of the file: after a problem in it the others are read all the same."""
        made = self._careful(table, read)
        if made is not None:
            self._careful(table, Table.end)
        table.leave()
        return made

    def _keep(self, error: InputError) -> None:
        values = dict(error.values)
        place, name = str(values.get("place", "file")), str(values.get("field", ""))
        self.problems.append(InputError(error.key, **{**values, "line": line_of(self._text, place, name)}))

    def _wrong(self, key: str, place: str, field: str = "", **values: object) -> None:
        self._keep(InputError(key, place=place, field=field, **values))

    def _line(self, name: str, table: Table) -> str:
        words = table.text(name).strip()
        if not words:
            raise InputError("scheme-field-missing", place="file", field=name)
        return words

    def _version(self, table: Table) -> int:
        version = table.whole("version")
        if version < 1:
            raise InputError("scheme-too-small", place="file", field="version", least=1)
        return version

    def _task(self, table: Table) -> LicensedTask:
        self._count += 1
        made = LicensedTask(
            table.text("id"),
            self._said(table, "name"),
            self._said(table, "text"),
            table.texts("dimensions"),
            table.texts("ages"),
            table.texts("safety"),
            table.maybe_words("materials"),
            table.numbers("weights"),
        )
        place = table.place
        if not _TASK_ID.fullmatch(made.id):
            self._wrong("licensed-task-id", place, "id")
        if made.id in self._ids:
            self._wrong("scheme-twice", f"tasks[{self._count}]", "id", value=made.id)
        self._ids.append(made.id)
        if not made.ages:
            self._wrong("scheme-field-missing", place, "ages")
        for field, keys in (
            ("dimensions", self._known.dimensions), ("ages", self._known.ages), ("safety", self._known.safety)
        ):  # fmt: skip
            for key in getattr(made, field):
                if key not in keys:
                    self._wrong("scheme-value-unknown", place, field, value=key)
        if made.weights and not are_weights(made.weights, made.dimensions):
            self._wrong("licensed-weights", place, "weights", most=MOST_WEIGHT)
        return made

    def _said(self, table: Table, name: str) -> Words:
        words = table.words(name)
        if not any(getattr(words, language).strip() for language in LANGUAGES):
            raise InputError("scheme-field-missing", place=table.place, field=name)
        return words

    def _form(self, table: Table) -> Instrument:
        form = instrument_of(table)
        for problem in instrument_problems(form):
            error = problem.error()
            inner = "" if problem.place == "file" else f".{problem.place}"
            values = {**error.values, "place": f"{table.place}{inner}"}
            field = problem.field.split(".")[0] or str(values.get("field", ""))
            self._keep(InputError(error.key, **{**values, "field": values.get("field", field)}))
        return form


def are_weights(weights: tuple[int, ...], dimensions: tuple[str, ...]) -> bool:
    """Whether these are one weight for each dimension, from 1 to 10."""
    return len(weights) == len(dimensions) and all(1 <= weight <= MOST_WEIGHT for weight in weights)
