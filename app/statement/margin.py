"""Comments in the margin: what the two workers say to each other beside the text. Never printed, never sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.i18n import now
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.statement import StatementText
from app.model.writing_aids import MarginAnswer, MarginComment
from app.ports import Store
from app.statement.editor import StatementEditor

#: as many letters of a passage as are quoted beside a comment
QUOTED = 80


@dataclass(frozen=True, slots=True)
class Anchored:
    """A comment with where its words stand now: characters of a paragraph, or the section alone (`paragraph` empty)."""

    comment: MarginComment
    paragraph: str = ""
    start: int = 0
    end: int = 0


def comments_of(store: Store, statement_id: str) -> tuple[MarginComment, ...]:
    """In the order in which they were written."""
    held = store.find(MarginComment, statement_id=statement_id)
    return tuple(sorted(held, key=lambda c: (c.at, c.id)))


def anchored(text: StatementText, comments: Sequence[MarginComment], section: str) -> tuple[Anchored, ...]:
    """The comments of a section beside what they are about, from above down; those without a passage come first."""
    held = {p.id: (n, p.text) for n, p in enumerate(text.section(section))}
    rows = [_anchored(c, held) for c in comments if c.section == section]
    return tuple(sorted(rows, key=lambda a: (held[a.paragraph][0] if a.paragraph else -1, a.start)))


def _anchored(comment: MarginComment, held: Mapping[str, tuple[int, str]]) -> Anchored:
    if comment.paragraph_id not in held:
        return Anchored(comment)
    words = held[comment.paragraph_id][1]
    at = words.find(comment.words) if comment.words else -1
    if at < 0:
        return Anchored(comment, comment.paragraph_id)
    return Anchored(comment, comment.paragraph_id, at, at + len(comment.words))


def open_counts(comments: Sequence[MarginComment]) -> dict[str, int]:
    """How many of each section are not resolved."""
    found: dict[str, int] = {}
    for one in comments:
        if one.resolved is None:
            found[one.section] = found.get(one.section, 0) + 1
    return found


def may_comment(editor: StatementEditor) -> bool:
    """Whether the signed-in worker is one of the pair and the version is not final."""
    return editor.is_open and editor.store.me in editor.pair()


def draft(editor: StatementEditor, section: str, paragraph_id: str, words: str) -> MarginComment:
    """A comment about a passage, before anything is said in it."""
    me = editor.store.me
    return MarginComment(new_id(), editor.statement.id, section, paragraph_id, words, me, now(), "")


def comment(editor: StatementEditor, about: MarginComment, text: str) -> bool:
    """Say something of a passage: a step that can be undone. No approval falls: the text stays as it is."""
    if not text.strip() or not may_comment(editor):
        return False
    return editor.do(editor.texts.tr("Comment in the margin"), added(replace(about, at=now(), text=text.strip())))


def answer(editor: StatementEditor, held: MarginComment, text: str) -> bool:
    """Answer; who answers to what was resolved opens it again."""
    if not text.strip():
        return False
    said = MarginAnswer(editor.store.me, now(), text.strip())
    after = replace(held, answers=(*held.answers, said), resolved=None)
    return editor.do(editor.texts.tr("Answer in the margin"), Change(held, after))


def resolve(editor: StatementEditor, held: MarginComment, *, on: bool) -> bool:
    """It is settled, or open again."""
    after = replace(held, resolved=now() if on else None)
    words = editor.texts.tr("Comment resolved") if on else editor.texts.tr("Comment open again")
    return editor.do(words, Change(held, after))


def take_back(editor: StatementEditor, held: MarginComment) -> bool:
    """Take away what one said oneself and nobody answered."""
    return editor.do(editor.texts.tr("Comment taken away"), removed(held))


def can_take_back(editor: StatementEditor, held: MarginComment) -> bool:
    return all(worker == editor.store.me for worker, _, _ in held.said())
