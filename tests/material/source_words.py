"""What must be heard of a statement, in order, counted from its source without the page maker."""

import re
from typing import Any

from app.i18n import Texts
from app.model.statement import ParagraphKind
from app.model.statement_document import StatementDocument
from app.reports.letters import printable


def source_words(d: StatementDocument) -> list[str]:
    """Its words; charts by their tables."""
    said = [*d.producer, *d.confidentiality, d.title, d.subtitle, *(x for row in d.facts for x in row)]
    empty = [str(s.number) for s in d.sections if not s.paragraphs and not (s.number == 15 and d.signers)]
    if empty:
        t = Texts(d.language)
        one, many = "Section {numbers} has nothing to report.", "Sections {numbers} have nothing to report."
        said.append(t.trn(one, many, len(empty), numbers=t.listed(empty)))
    for section in d.sections:
        signs = section.number == 15 and bool(d.signers)
        if section.paragraphs or signs:
            said.append(f"{section.number}. {section.title}")
        for p in section.paragraphs:
            bullet = p.kind == ParagraphKind.ITEM and not re.match(r"\d+\. ", p.text)
            said += ["•"] * bullet + [p.text]
            said += [x for row in _rows(d, p) for x in row]
        for s in d.signers if signs else ():
            w = d.words
            said += [w.place_and_date, w.signature, s.name, f"{s.title}, {s.role}", s.employer]
            said += [f"{w.training}: {'; '.join(s.training)}"] * bool(s.training)
        said += [d.status_line] * signs
    return printable(" ".join(said)).split()


def _rows(d: StatementDocument, p: Any) -> list[Any]:
    words, t = dict(d.dimensions), Texts(d.language)
    if p.source.startswith("chart/profile"):
        letters = {"A": t.tr("worker A"), "B": t.tr("worker B")}
        head = (p.cells[0][0], *(letters.get(who, who) for who in p.cells[0][1:3]), t.tr("Dimension"))
        return [head, *((i, a, b, words[letter]) for i, a, b, letter in p.cells[1:])]
    if p.source.startswith("chart/tasks"):
        return [(p.cells[0][0], *(words[x] for x in p.cells[0][1:])), *p.cells[1:]]
    if p.source.startswith("chart/states"):
        shares = ("53 %", "28 %", "12 %", "7 %")
        return [p.cells[0], *((state, m, share) for (state, m, _), share in zip(p.cells[1:], shares, strict=True))]
    return list(p.cells)
