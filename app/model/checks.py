"""What a statement still lacks, as facts; the screen makes sentences of them (quality rules of domain 4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.model.service import SectionKey
from app.model.statement import Paragraph, ParagraphKind, StatementText

#: the source of the heading that repeats question n of the commission in the conclusions
QUESTION_SOURCE = "question/"


class Lack(StrEnum):
    QUESTION_UNANSWERED = "question-unanswered"
    CONCLUSION_WITHOUT_OBSERVATION = "conclusion-without-observation"
    CHILDS_VIEW_MISSING = "childs-view-missing"
    APPROVAL_MISSING = "approval-missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing, and the section where it is mended. `number` is the question's, `worker_id` whose."""

    lack: Lack
    section: str
    number: int = 0
    worker_id: str = ""


def findings(text: StatementText, questions: int, workers: tuple[str, ...]) -> tuple[Finding, ...]:
    """What still lacks, in the order of the sections; `questions` of the commission, `workers` who must approve."""
    rows = [
        Finding(Lack.QUESTION_UNANSWERED, SectionKey.CONCLUSIONS, n)
        for n in range(1, questions + 1)
        if not answer(text, n)
    ]
    if not any(_is_written(p) for p in text.section(SectionKey.CHILDS_VIEW)):
        rows.insert(0, Finding(Lack.CHILDS_VIEW_MISSING, SectionKey.CHILDS_VIEW))
    conclusions = [p for p in text.section(SectionKey.CONCLUSIONS) if _is_written(p)]
    if conclusions and not any(r.evidence for p in conclusions for r in p.runs):
        rows.append(Finding(Lack.CONCLUSION_WITHOUT_OBSERVATION, SectionKey.CONCLUSIONS))
    given = {a.worker_id for a in text.statement.approvals}
    rows += [Finding(Lack.APPROVAL_MISSING, SectionKey.SIGNATURES, worker_id=w) for w in workers if w not in given]
    return tuple(rows)


def answer(text: StatementText, number: int) -> str:
    """What was written under question `number`, up to the next question; empty when nothing was."""
    lines: list[str] = []
    inside = False
    for paragraph in text.section(SectionKey.CONCLUSIONS):
        if paragraph.source.startswith(QUESTION_SOURCE):
            inside = paragraph.source == f"{QUESTION_SOURCE}{number}"
        elif inside and _is_written(paragraph):
            lines.append(paragraph.text.strip())
    return "\n".join(lines)


def done_sections(text: StatementText, questions: int) -> frozenset[str]:
    """Sections that hold something beside headings; the conclusions when each of the `questions` is answered."""
    held = frozenset(
        p.section for p in text.paragraphs if p.kind != ParagraphKind.HEADING and (p.text.strip() or p.cells)
    )
    is_answered = all(answer(text, n) for n in range(1, questions + 1))
    return held if is_answered else held - {SectionKey.CONCLUSIONS}


def _is_written(paragraph: Paragraph) -> bool:
    is_text = paragraph.kind in (ParagraphKind.BODY, ParagraphKind.ITEM)
    return is_text and bool(paragraph.text.strip()) and (not paragraph.source or paragraph.by_hand)
