"""The talk right after filming (domain 1.6): each adult's own view before the workers' interpretation."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtCore import QObject

import resources
from app.editing import Editor
from app.i18n import Texts, now
from app.model.change import Change
from app.model.filming import Answer, Talk
from app.model.identity import new_id
from app.model.words import Words
from app.ports import Store


@dataclass(frozen=True, slots=True)
class Question:
    """One question in three languages; `note` says when it is asked."""

    key: str
    text: Words
    note: Words | None = None


@cache
def questions() -> tuple[Question, ...]:
    """The questions in their order."""
    rows = tomllib.loads((resources.folder() / "texts" / "talk.toml").read_text("utf-8"))["questions"]
    return tuple(Question(r["key"], _words(r["text"]), _words(r["note"]) if "note" in r else None) for r in rows)


def _words(row: dict[str, str]) -> Words:
    return Words(row["fi"], row["sv"], row["en"])


def talk_of(store: Store, meeting_id: str, person_id: str) -> Talk | None:
    found = store.find(Talk, meeting_id=meeting_id, person_id=person_id)
    return found[-1] if found else None


class TalkEditor(Editor):
    """The talk with one adult about one meeting; it is in the archive from its first word on."""

    def __init__(
        self, store: Store, texts: Texts, meeting_id: str, person_id: str, parent: QObject | None = None
    ) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self._fresh = Talk(new_id(), meeting_id, person_id, now())
        self.held = talk_of(store, meeting_id, person_id)

    @property
    def talk(self) -> Talk:
        return self.held or self._fresh

    def answer(self, key: str) -> str:
        return next((a.text for a in self.talk.answers if a.question == key), "")

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self.held = change.after if isinstance(change.after, Talk) else None

    def say_where(self, text: str) -> bool:
        """Where the child is meanwhile."""
        return self._edit(replace(self.talk, child_where=text))

    def write_answer(self, key: str, text: str) -> bool:
        """An emptied answer is no answer."""
        order = [q.key for q in questions()]
        rest = [a for a in self.talk.answers if a.question != key]
        new = [*rest, Answer(key, text)] if text.strip() else rest
        ordered = sorted(new, key=lambda a: order.index(a.question) if a.question in order else len(order))
        return self._edit(replace(self.talk, answers=tuple(ordered)))

    def _edit(self, after: Talk) -> bool:
        if after == self.talk:
            return True
        return self.do(self.texts.tr("Talk right after filming"), Change(self.held, after))
