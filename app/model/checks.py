"""What a statement still lacks, as facts; the screen makes sentences of them (quality rules of domain 4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.model.reading import READING_SOURCE
from app.model.service import SectionKey
from app.model.statement import Paragraph, ParagraphKind, StatementText

#: the source of the heading that repeats question n of the commission in the conclusions
QUESTION_SOURCE = "question/"


class Lack(StrEnum):
    QUESTION_UNANSWERED = "question-unanswered"
    CONCLUSION_WITHOUT_OBSERVATION = "conclusion-without-observation"
    CHILDS_VIEW_MISSING = "childs-view-missing"
    APPROVAL_MISSING = "approval-missing"
    ADULT_NOT_CHOSEN = "adult-not-chosen"
    OTHER_ADULT_NAMED = "other-adult-named"
    PLACE_TOLD = "place-told"
    CONSENT_GONE = "consent-gone"  # it rests on a film whose consents are not in force
    LETTERS_WITHOUT_FONT = "letters-without-font"
    READING_MISSING = "reading-missing"  # somebody whom it is about has not gone through it
    CHILD_NOT_TOLD = "child-not-told"
    COMMENT_UNANSWERED = "comment-unanswered"
    FACT_UNCORRECTED = "fact-uncorrected"
    CORRECTION_UNSAID = "correction-unsaid"
    SIGNERS_UNSAID = "signers-unsaid"  # one worker, and it is not said why one signs
    SUPERIOR_MISSING = "superior-missing"


#: with one of these there is no final version; the others are told before it and do not stop it
STOPPING = frozenset(
    (
        Lack.QUESTION_UNANSWERED,
        Lack.CHILDS_VIEW_MISSING,
        Lack.ADULT_NOT_CHOSEN,
        Lack.OTHER_ADULT_NAMED,
        Lack.PLACE_TOLD,
        Lack.CONSENT_GONE,
        Lack.COMMENT_UNANSWERED,
        Lack.FACT_UNCORRECTED,
        Lack.CORRECTION_UNSAID,
        Lack.SIGNERS_UNSAID,
        Lack.SUPERIOR_MISSING,
    )
)


#: of these what a reading brings, and what waits for the superior
AFTER_READING = frozenset((Lack.COMMENT_UNANSWERED, Lack.FACT_UNCORRECTED, Lack.SUPERIOR_MISSING))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing, and the section where it is mended.

    `number` is the question's, `worker_id` whose approval, `person_id` who has not gone through it; `letters` are those
    that no font of our pages has.
    """

    lack: Lack
    section: str
    number: int = 0
    worker_id: str = ""
    letters: str = ""
    person_id: str = ""

    @property
    def stops(self) -> bool:
        """Whether it stands between the text and *final*."""
        return self.lack in STOPPING


def findings(text: StatementText, questions: int, workers: tuple[str, ...], cannot: str = "") -> tuple[Finding, ...]:
    """What still lacks, in the order of the sections; `questions` of the commission, `workers` who must approve.

    `cannot` is how an answer begins that says why there is none: without a reason behind it nothing is answered.
    """
    rows = [
        Finding(Lack.QUESTION_UNANSWERED, SectionKey.CONCLUSIONS, n)
        for n in range(1, questions + 1)
        if not is_answered(text, n, cannot)
    ]
    if not any(_says(p) for p in text.section(SectionKey.CHILDS_VIEW)):  # also what the child said after filming
        rows.insert(0, Finding(Lack.CHILDS_VIEW_MISSING, SectionKey.CHILDS_VIEW))
    rows += _ungrounded(text, questions, cannot)
    given = {a.worker_id for a in text.statement.approvals}
    rows += [Finding(Lack.APPROVAL_MISSING, SectionKey.SIGNATURES, worker_id=w) for w in workers if w not in given]
    return tuple(rows)


def _ungrounded(text: StatementText, questions: int, cannot: str) -> list[Finding]:
    """Each answer that rests on no observation; one that says why it cannot be given needs none.

    Without questions the conclusions as a whole are looked at.
    """
    if not questions:
        whole = [p for p in text.section(SectionKey.CONCLUSIONS) if _is_written(p)]
        return (
            [Finding(Lack.CONCLUSION_WITHOUT_OBSERVATION, SectionKey.CONCLUSIONS)] if _rests_on_nothing(whole) else []
        )
    return [
        Finding(Lack.CONCLUSION_WITHOUT_OBSERVATION, SectionKey.CONCLUSIONS, n)
        for n in range(1, questions + 1)
        if _rests_on_nothing(held := _answer(text, n)) and not (cannot and held[0].text.strip().startswith(cannot))
    ]


def _rests_on_nothing(paragraphs: list[Paragraph]) -> bool:
    return bool(paragraphs) and not any(r.evidence for p in paragraphs for r in p.runs)


def answer(text: StatementText, number: int) -> str:
    """What was written under question `number`, up to the next question; empty when nothing was."""
    return "\n".join(p.text.strip() for p in _answer(text, number))


def is_answered(text: StatementText, number: int, cannot: str = "") -> bool:
    """Whether question `number` has an answer, or the reason why it cannot have one behind the words `cannot`."""
    said = answer(text, number)
    return bool(said.removeprefix(cannot).strip(" .…,:;") if cannot else said)


def _answer(text: StatementText, number: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    inside = False
    for paragraph in text.section(SectionKey.CONCLUSIONS):
        if is_question(paragraph):
            inside = paragraph.source == f"{QUESTION_SOURCE}{number}"
        elif inside and _is_written(paragraph):
            found.append(paragraph)
    return found


def done_sections(text: StatementText, questions: int, cannot: str = "") -> frozenset[str]:
    """Sections that hold something beside headings; the conclusions when each of the `questions` is answered."""
    held = frozenset(
        p.section for p in text.paragraphs if p.kind != ParagraphKind.HEADING and (p.text.strip() or p.cells)
    )
    are_answered = all(is_answered(text, n, cannot) for n in range(1, questions + 1))
    return held if are_answered else held - {SectionKey.CONCLUSIONS}


def is_question(paragraph: Paragraph) -> bool:
    """Whether it repeats a question of the commission: word for word, whatever a hand does."""
    return paragraph.source.startswith(QUESTION_SOURCE)


def is_of_reading(paragraph: Paragraph) -> bool:
    """Whether it tells what a reader said: nobody's to change."""
    return paragraph.source.startswith(READING_SOURCE)


def _says(paragraph: Paragraph) -> bool:
    return paragraph.kind in (ParagraphKind.BODY, ParagraphKind.ITEM) and bool(paragraph.text.strip())


def _is_written(paragraph: Paragraph) -> bool:
    return _says(paragraph) and (not paragraph.source or paragraph.by_hand)
