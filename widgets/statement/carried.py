"""What the clipboard carries into a statement's text and out of it: words of other programs, and own ones with sources.

A text field counts its places in halves of four bytes: a rare letter takes two.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QByteArray, QMimeData

from app.model.statement import ParagraphKind, Run
from app.statement.pasted import Pasted, from_page, from_words

#: own paragraphs, so that a sentence that is moved keeps what it rests on
_OWN = "application/x-havainto-paragraphs"


def taken(source: QMimeData, is_known: Callable[[str], bool]) -> tuple[Pasted, ...]:
    """The paragraphs of what is on the clipboard; evidence only where this statement knows it."""
    if source.hasFormat(_OWN):
        held = json.loads(bytes(source.data(_OWN).data()).decode())
        return tuple(Pasted(ParagraphKind(kind), _known(runs, is_known)) for kind, runs in held)
    found = from_page(source.html()) if source.hasHtml() else ()
    return found or from_words(source.text())


def give(made: QMimeData, rows: Sequence[Pasted]) -> None:
    """Beside what other programs read."""
    held = [(row.kind, [(r.text, r.bold, r.italic, r.evidence) for r in row.runs]) for row in rows]
    made.setData(_OWN, QByteArray(json.dumps(held).encode()))


def units(words: str) -> int:
    """How many places words take in a text field."""
    return len(words.encode("utf-16-le")) // 2


def cut(words: str, start: int, end: int) -> str:
    """The words between two places."""
    held = words.encode("utf-16-le")
    return held[max(start, 0) * 2 : max(end, 0) * 2].decode("utf-16-le", "ignore")


def _known(runs: Sequence[tuple[str, bool, bool, str]], is_known: Callable[[str], bool]) -> tuple[Run, ...]:
    made = (Run(*run) for run in runs)
    return tuple(r if not r.evidence or is_known(r.evidence) else replace(r, evidence="") for r in made)
