"""What the checks of a statement tell, as facts; the screen makes sentences of them (quality rules of domain 4.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from app.model.reading import READING_SOURCE
from app.model.service import SectionKey
from app.model.statement import Evidence, Paragraph, ParagraphKind, StatementText

#: the source of the heading that repeats question n of the commission in the conclusions
QUESTION_SOURCE = "question/"


class Lack(StrEnum):
    """What may be amiss with a statement."""

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
    PLACEHOLDER = "placeholder"  # a blank of a text block that nobody filled
    OBSERVATION_WITHOUT_SOURCE = "observation-without-source"
    ADULTS_IN_NUMBERS = "adults-in-numbers"  # numbers of two adults beside each other
    CHILD_IN_NUMBERS = "child-in-numbers"  # a rating of the child as a number
    DIAGNOSIS = "diagnosis"
    THEORY_ONLY = "theory-only"  # a word of the theory that is no observation (domain 2.1)
    OTHERS_NAME = "others-name"
    PRIVATE_DATA = "private-data"
    SECTION_EMPTY = "section-empty"  # one that this kind of document must fill
    MANDATE_UNSAID = "mandate-unsaid"  # for whom it is made, on what ground: what such a document must show
    MEETING_UNTOLD = "meeting-untold"  # nobody has said whether it was held, so the table of meetings lacks it


class Weight(IntEnum):
    """How much a finding weighs, the heaviest first."""

    STOPS = 0  # there is no final version with it
    TOLD = 1  # told before *final*, for the two to decide
    LOOK = 2  # worth another look, and nothing more


_STOP = frozenset(
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
        Lack.PLACEHOLDER,
        Lack.SECTION_EMPTY,
    )
)
_LOOK = frozenset((Lack.DIAGNOSIS, Lack.THEORY_ONLY, Lack.OTHERS_NAME, Lack.PRIVATE_DATA, Lack.MEETING_UNTOLD))


#: of these what a reading brings, and what waits for the superior
AFTER_READING = frozenset((Lack.COMMENT_UNANSWERED, Lack.FACT_UNCORRECTED, Lack.SUPERIOR_MISSING))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that may be amiss, and the section where it is looked at.

    `number` is the question's, `worker_id` whose approval, `person_id` who has not gone through it; `letters` are those
    that no font of our pages has. `paragraph` is the id of the one that it is about, the first where there are several,
    and `words` are those meant.
    """

    lack: Lack
    section: str
    number: int = 0
    worker_id: str = ""
    letters: str = ""
    person_id: str = ""
    paragraph: str = ""
    words: tuple[str, ...] = ()

    @property
    def weight(self) -> Weight:
        if self.lack in _STOP:
            return Weight.STOPS
        return Weight.LOOK if self.lack in _LOOK else Weight.TOLD

    @property
    def stops(self) -> bool:
        """Whether it stands between the text and *final*."""
        return self.weight == Weight.STOPS


def unanswered(text: StatementText, questions: int, cannot: str = "") -> tuple[Finding, ...]:
    """Each of the commission's `questions` without an answer.

    `cannot` is how an answer begins that says why there is none: without a reason behind it nothing is answered.
    """
    return tuple(
        Finding(Lack.QUESTION_UNANSWERED, SectionKey.CONCLUSIONS, n)
        for n in range(1, questions + 1)
        if not is_answered(text, n, cannot)
    )


def childs_view_missing(text: StatementText) -> tuple[Finding, ...]:
    """Nothing in the child's section: neither its view, nor what it said after filming, nor why there is none."""
    if any(_says(p) for p in text.section(SectionKey.CHILDS_VIEW)):
        return ()
    return (Finding(Lack.CHILDS_VIEW_MISSING, SectionKey.CHILDS_VIEW),)


def sections_empty(text: StatementText, required: Iterable[str]) -> tuple[Finding, ...]:
    """Each of the `required` sections in which nothing is said."""
    return tuple(Finding(Lack.SECTION_EMPTY, key) for key in required if not any(map(_says, text.section(key))))


def approvals_missing(text: StatementText, workers: tuple[str, ...]) -> tuple[Finding, ...]:
    """Each of the `workers` who has not approved it."""
    given = {a.worker_id for a in text.statement.approvals}
    missing = (w for w in workers if w not in given)
    return tuple(Finding(Lack.APPROVAL_MISSING, SectionKey.SIGNATURES, worker_id=w) for w in missing)


def ungrounded(text: StatementText, questions: int, cannot: str = "") -> tuple[Finding, ...]:
    """Each answer that rests on no observation; one that says why it cannot be given needs none.

    What stands in the conclusions under no question is looked at as a whole.
    """
    rows = [(0, _answer(text, 0))]
    rows += [(n, _answer(text, n)) for n in range(1, questions + 1)]
    return tuple(
        Finding(Lack.CONCLUSION_WITHOUT_OBSERVATION, SectionKey.CONCLUSIONS, n, paragraph=held[0].id)
        for n, held in rows
        if _rests_on_nothing(text, held) and not (n and cannot and held[0].text.strip().startswith(cannot))
    )


def _rests_on_nothing(text: StatementText, paragraphs: list[Paragraph]) -> bool:
    return bool(paragraphs) and not any(is_observed(text.evidence.get(r.evidence)) for p in paragraphs for r in p.runs)


def is_observed(evidence: Evidence | None) -> bool:
    """Whether it is of what was seen or heard: not agreement, a meeting or a talk about it."""
    return evidence is not None and evidence.kind not in ("agreement", "meeting", "talk")


def answer(text: StatementText, number: int) -> str:
    """What was written under question `number`, up to the next question; empty when nothing was."""
    return "\n".join(p.text.strip() for p in _answer(text, number))


def is_answered(text: StatementText, number: int, cannot: str = "") -> bool:
    """Whether question `number` has an answer, or the reason why it cannot have one behind the words `cannot`."""
    said = answer(text, number)
    return bool(said.removeprefix(cannot).strip(" .…,:;") if cannot else said)


def _answer(text: StatementText, number: int) -> list[Paragraph]:
    """What was written under a question; under number 0 what stands before the first one."""
    found: list[Paragraph] = []
    inside = number == 0
    for paragraph in text.section(SectionKey.CONCLUSIONS):
        if is_question(paragraph):
            inside = paragraph.source == f"{QUESTION_SOURCE}{number}"
        elif inside and is_written(paragraph):
            found.append(paragraph)
    return found


def written_sections(text: StatementText, questions: int, cannot: str = "") -> frozenset[str]:
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


def is_written(paragraph: Paragraph) -> bool:
    """Whether a hand wrote it: words that somebody answers for, and no heading."""
    return _says(paragraph) and (not paragraph.source or paragraph.by_hand)
