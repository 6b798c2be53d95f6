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
#: of them: a statement of hundreds of pages is a tenth of it
MOST_BYTES = 20_000_000


def taken(source: QMimeData, is_known: Callable[[str], bool]) -> tuple[Pasted, ...]:
    """The paragraphs of what is on the clipboard; evidence only where this statement knows it."""
    if source.hasFormat(_OWN) and (own := _own(bytes(source.data(_OWN).data()), is_known)) is not None:
        return own
    found = from_page(source.html()) if source.hasHtml() else ()
    return found or from_words(source.text())


def _own(data: bytes, is_known: Callable[[str], bool]) -> tuple[Pasted, ...] | None:
    """Own paragraphs; None for what is none, for any program can put anything there: then its words are taken."""
    if len(data) > MOST_BYTES:
        return None
    try:
        return tuple(Pasted(ParagraphKind(kind), _known(runs, is_known)) for kind, runs in json.loads(data.decode()))
    except (ValueError, TypeError, RecursionError):
        return None


def _run(said: object) -> Run:
    match said:
        case [str(words), bool(bold), bool(italic), str(evidence)]:
            words.encode()  # half a surrogate pair is no text: a ValueError
            return Run(words, bold, italic, evidence)
    raise ValueError


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


def _known(runs: Sequence[object], is_known: Callable[[str], bool]) -> tuple[Run, ...]:
    made = (_run(run) for run in runs)
    return tuple(r if not r.evidence or is_known(r.evidence) else replace(r, evidence="") for r in made)
