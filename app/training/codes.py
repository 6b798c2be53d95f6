"""A training coding beside its reference, code by code, in words: what both marked, and what only one did."""

from __future__ import annotations

from app.coding.telling import person_name
from app.comparing.comparison import Comparison
from app.i18n import Texts
from app.statistics.event_agreement import CodeAgreement
from app.tables import upper


def code_sentences(texts: Texts, found: Comparison) -> tuple[str, ...]:
    """A sentence for each code that either marked, those that differ most first; those alike are told in one."""
    rows = [row for row in found.agreement.codes if row.of]
    differing = sorted((row for row in rows if row.agreed < row.of), key=_most_apart)
    alike = [_name(texts, found, row) for row in rows if row.agreed == row.of]
    said = [_sentence(texts, found, row) for row in differing]
    if alike:
        said.append(texts.tr("Marked alike every time: {codes}.", codes=", ".join(alike)))
    return tuple(said)


def _most_apart(row: CodeAgreement) -> tuple[int, str, str]:
    return row.agreed - row.of, row.person, row.code


def _name(t: Texts, found: Comparison, row: CodeAgreement) -> str:
    code = found.scheme.code(row.code)
    name = t.words(code.name) if code is not None else row.code
    return f"{person_name(t, row.person)} · {name}"


def _sentence(t: Texts, found: Comparison, row: CodeAgreement) -> str:
    """*Aikuinen · ohjaa: samoin 7, vain sinä 2, vain vertailussa 1*."""
    mine, theirs = row.a - row.agreed, row.b - row.agreed
    parts = [t.tr("alike {n}", n=t.number(row.agreed))]
    parts += [t.tr("only you {n}", n=t.number(mine))] if mine else []
    parts += [t.tr("only the reference {n}", n=t.number(theirs))] if theirs else []
    return f"{upper(_name(t, found, row))}: {', '.join(parts)}"
