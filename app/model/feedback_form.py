"""A short form by which whom a service was for tells how it was: a child by pictures, others by words.

Content in three languages. What is answered is experience; it is no measure of effect, and never one of a child.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from app.errors import InputError
from app.model.toml_table import Table, parsed
from app.model.words import Words

K = TypeVar("K", bound=StrEnum)


class FeedbackFrom(StrEnum):
    """Who tells how the service was."""

    CHILD = "child"
    PARENT = "parent"
    ORDERER = "orderer"
    PARTICIPANT = "participant"  # of work that is of no case


class QuestionKind(StrEnum):
    """How a question is answered."""

    PICTURES = "pictures"
    CHOICE = "choice"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """One answer to choose; `picture` is a key of the pictures that the program draws, empty for none."""

    key: str
    words: Words
    picture: str = ""


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question of a form. One that is answered in words has no answers to choose from."""

    key: str
    kind: QuestionKind
    text: Words
    answers: tuple[FormAnswer, ...] = ()

    def answer(self, key: str) -> FormAnswer | None:
        return next((a for a in self.answers if a.key == key), None)


@dataclass(frozen=True, slots=True)
class FeedbackForm:
    """One version of a form, never changed: another wording is another version.

    `opening` is read before the first question, `closing` after the last.
    """

    id: str
    version: int
    who: FeedbackFrom
    title: Words
    opening: Words
    closing: Words
    questions: tuple[FormQuestion, ...]

    def question(self, key: str) -> FormQuestion | None:
        return next((q for q in self.questions if q.key == key), None)


def read_feedback_form(text: str) -> FeedbackForm:
    """The form that a TOML text says. Raises InputError with the place of the first thing that is wrong."""
    table = parsed(text)
    scale = table.rows("answers", _answer)
    found = FeedbackForm(
        table.text("id"),
        table.whole("version"),
        _kind(FeedbackFrom, table, "who"),
        table.words("title"),
        table.words("opening"),
        table.words("closing"),
        table.rows("questions", lambda row: _question(row, scale)),
    )
    table.end()
    return found


def _question(table: Table, scale: tuple[FormAnswer, ...]) -> FormQuestion:
    """Answers of its own, or those that the form has for all."""
    key, kind, words = table.text("key"), _kind(QuestionKind, table, "kind"), table.words("text")
    own = table.rows("answers", _answer)
    if kind == QuestionKind.WORDS:
        return FormQuestion(key, kind, words)
    answers = own or scale
    if not answers:
        raise InputError("scheme-field-missing", place=table.place, field="answers")
    return FormQuestion(key, kind, words, answers)


def _answer(table: Table) -> FormAnswer:
    return FormAnswer(table.text("key"), table.words("words"), table.text("picture", ""))


def _kind(kind: type[K], table: Table, name: str) -> K:
    said = table.text(name)
    if said not in set(kind):
        raise InputError("scheme-wrong-kind", place=table.place or "file", field=name)
    return kind(said)
