"""How a version of a statement was gone through with those whom it is about (domain 4.10), and what they said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.model.statement import Statement

#: the beginning of the source of the passages that tell what readers said: no hand writes in them
READING_SOURCE = "reading/"


class ReadingWay(StrEnum):
    """How somebody came to read it."""

    TOGETHER = "together"  # with the workers
    ALONE = "alone"  # here, on the screen or on paper, by oneself
    ON_PAPER = "on-paper"  # at home
    REMOTE = "remote"  # over a video link or by phone
    READ_ALOUD = "read-aloud"


class ReadingOutcome(StrEnum):
    """What came of it."""

    READ = "read"
    READ_IN_PART = "read-in-part"
    DID_NOT_WANT = "did-not-want"
    NOT_REACHED = "not-reached"
    TOLD = "told"  # a child was told in words of its own what is said


#: with these there is somebody's reading; the others say why there is none
HAPPENED = (ReadingOutcome.READ, ReadingOutcome.READ_IN_PART, ReadingOutcome.TOLD)


class Treatment(StrEnum):
    """What the workers made of a comment: a fact is corrected in a new version, all else stays as it was said."""

    OPEN = "open"
    FACT = "fact"
    VIEW = "view"  # it differs from what the workers hold
    COMMENT = "comment"  # it adds to it


@dataclass(frozen=True, slots=True)
class ClientComment:
    """What a reader said of one section, in the reader's own words; of the whole where `section` is empty.

    `response` is the workers', below it in the document.
    """

    section: str
    words: str
    treated: Treatment = Treatment.OPEN
    response: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's going through one version.

    `told` says why there was no reading, or how a child was told. `left_out` are sections that this reader was not
    shown. Until it is `noted` it is being made; then the reader's own words never change.
    """

    id: str
    statement_id: str
    person_id: str
    worker_id: str
    begun: datetime
    offered: date | None = None
    held: date | None = None
    way: ReadingWay = ReadingWay.TOGETHER
    outcome: ReadingOutcome = ReadingOutcome.READ
    interpreter: bool = False
    told: str = ""
    comments: tuple[ClientComment, ...] = ()
    left_out: tuple[str, ...] = ()
    noted: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is being made: the reader may still say something."""
        return self.noted is None

    @property
    def unanswered(self) -> int:
        """Comments of which the workers have not said what they are: a fact to correct, or a view."""
        return 0 if self.is_open else sum(c.treated == Treatment.OPEN for c in self.comments)

    def own_words(self) -> tuple[tuple[str, str], ...]:
        """What the reader said, by section: nobody else's to change."""
        return tuple((c.section, c.words) for c in self.comments)

    def on(self, section: str) -> str:
        """What the reader has said of a section so far."""
        return next((c.words for c in self.comments if c.section == section), "")

    def saying(self, section: str, words: str) -> Reading:
        """With the reader's words on a section in place of earlier ones; without any they go."""
        others = tuple(c for c in self.comments if c.section != section)
        if not words.strip():
            return replace(self, comments=others)
        if len(others) == len(self.comments):
            return replace(self, comments=(*others, ClientComment(section, words)))
        said = tuple(replace(c, words=words) if c.section == section else c for c in self.comments)
        return replace(self, comments=said)

    def answered(self, number: int, treated: Treatment, response: str) -> Reading:
        """With what the workers made of its comment `number`, from 0."""
        changed = replace(self.comments[number], treated=treated, response=response)
        return replace(self, comments=(*self.comments[:number], changed, *self.comments[number + 1 :]))


def counts_for(statement: Statement, versions: Iterable[Statement]) -> frozenset[str]:
    """Ids of the versions whose readings stand for this one's: its own, and those before it back to the last final.

    A fact that a reader corrected makes a new version; nobody has to read all of it once more for that.
    """
    earlier = sorted((s for s in versions if s.version < statement.version), key=lambda s: -s.version)
    found = {statement.id}
    for one in earlier:
        if one.is_final:
            break
        found.add(one.id)
    return frozenset(found)


def passage_source(reading_id: str, part: str = "") -> str:
    """The source of a passage about one reading."""
    return f"{READING_SOURCE}{reading_id}/{part}"
