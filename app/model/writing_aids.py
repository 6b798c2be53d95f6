"""What helps the writers of statements and is never printed: own words, text blocks, comments in the margin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word that the spelling takes for right. `worker_id` is whose it is; empty where it is the whole office's."""

    id: str
    language: str
    word: str
    worker_id: str = ""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Words that the office uses again. `section` is the key of the one that it is for, empty for every section.

    `words` may hold places in braces, `{lapsen nimi}`, which the writer fills and inflects by hand; a line is a
    paragraph.
    """

    id: str
    name: str
    language: str
    words: str
    section: str = ""
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class MarginAnswer:
    """What one of the pair answered to a comment."""

    worker_id: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class MarginComment:
    """What one of the pair says to the other beside the text. It is for the two alone: never printed, never sent.

    `paragraph_id` and `words` are the passage that it is about. When its words are no more, it stands at the
    paragraph; when that is gone, at the section.
    """

    id: str
    statement_id: str
    section: str
    paragraph_id: str
    words: str
    worker_id: str
    at: datetime
    text: str
    answers: tuple[MarginAnswer, ...] = ()
    resolved: datetime | None = None

    def said(self) -> frozenset[tuple[str, datetime, str]]:
        """All that was said, each with who said it and when: nobody else's to change."""
        rows = [(self.worker_id, self.at, self.text), *((a.worker_id, a.at, a.text) for a in self.answers)]
        return frozenset(rows)
