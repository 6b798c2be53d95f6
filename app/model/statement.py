"""The written statement: sections of paragraphs of runs, with evidence, in numbered versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.model.commission import ORDERED, DocumentKind
from app.model.timecode import Micros

#: the version of a statement that no other came before
FIRST_VERSION = 1


class StatementStage(StrEnum):
    """Where a statement is on its way (domain 4.10). After *final* it changes only as a new version."""

    DRAFT = "draft"
    CHECKING = "checking"
    WALK_THROUGH = "walk-through"
    COMMENTS = "comments"
    FINAL = "final"
    SIGNED = "signed"
    DELIVERED = "delivered"


#: from *final* on
FINAL_STAGES = (StatementStage.FINAL, StatementStage.SIGNED, StatementStage.DELIVERED)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph in one style; `evidence` is the id of what it rests on, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    evidence: str = ""


class ParagraphKind(StrEnum):
    BODY = "body"
    HEADING = "heading"
    ITEM = "item"
    TABLE = "table"
    CHART = "chart"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of one section. `section` is its key in the statement's service; `place` orders within it.

    `source` names the generator of a passage (such as `questions` or `observations/<meeting>`) and is empty for text
    written by hand; once a hand changed a generated passage, `by_hand` is set and no generator touches it again.
    Tables and charts are generated only: `cells` holds the rows (the first is the header), `about` the text equivalent.
    """

    id: str
    statement_id: str
    section: str
    place: str
    runs: tuple[Run, ...] = ()
    kind: ParagraphKind = ParagraphKind.BODY
    source: str = ""
    by_hand: bool = False
    cells: tuple[tuple[str, ...], ...] = ()
    about: str = ""

    @property
    def text(self) -> str:
        return "".join(r.text for r in self.runs)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A frozen snapshot of what a passage rests on, and the link to its source.

    `kind` is `observation`, `state`, `rating`, `agreement`, `meeting`, `talk`, `feedback`, `summary` or `quote`;
    `words` is what was true when it was taken; `meeting_id` and `start` play the moment.
    """

    id: str
    statement_id: str
    kind: str
    words: str
    meeting_id: str = ""
    coding_ids: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    start: Micros | None = None
    end: Micros | None = None
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """One worker's *this is how it is* on one version."""

    worker_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ApprovedText:
    """What a worker approved, word for word: kept, so that it can be shown what changed since."""

    id: str
    statement_id: str
    worker_id: str
    at: datetime
    paragraphs: tuple[Paragraph, ...] = field(default=(), metadata={"journal": False})
    tables: tuple[TableWish, ...] = field(default=(), metadata={"journal": False})


@dataclass(frozen=True, slots=True)
class SoleSigner:
    """That one worker signs alone: why, and the superior who confirmed it. All of it is printed.

    `confirmed` is the day of the superior's confirmation, as the worker noted it.
    """

    worker_id: str
    reason: str
    superior: str = ""
    confirmed: date | None = None

    @property
    def is_confirmed(self) -> bool:
        return bool(self.reason.strip() and self.superior.strip() and self.confirmed is not None)


@dataclass(frozen=True, slots=True)
class TableWish:
    """What the writers want of one generated table, with the heading above it and the note below.

    `table` is its key (`marks/<meeting>`). `moved`: it stands in the attachments instead of its section, or the other
    way round. `short`: only the rows that say something. `left_out`: the document does not have it.
    """

    table: str
    moved: bool = False
    short: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One version of a document of a case, of a kind, with the sections that the kind has in `service`.

    `series` is shared by its versions; `language` is the document's own. `adult` is the id of the one adult that it is
    about where the adults of the case are kept apart; empty is all of them. `names_child`: the head says the child's
    name and date of birth, not only the code name. `weighed`: the writer ticked that the observations were weighed.
    `tables` are the generated tables that are not as they come. `alone` says that one signs, None that both do;
    `corrects` what a version that takes the place of a final one corrects in it. `done` are the keys of the sections
    that the writers marked as done: for them alone, and never printed.
    """

    id: str
    case_id: str
    series: str
    version: int
    language: str
    service: str
    created: datetime
    stage: StatementStage = StatementStage.DRAFT
    meetings: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    finalized: datetime | None = None
    adult: str = ""
    names_child: bool = False
    weighed: bool = False
    tables: tuple[TableWish, ...] = ()
    alone: SoleSigner | None = None
    corrects: str = ""
    done: tuple[str, ...] = ()
    kind: DocumentKind = DocumentKind.STATEMENT

    @property
    def is_note(self) -> bool:
        """A note on the way: it ends no work, and nothing is counted from its becoming final."""
        return self.kind not in ORDERED

    def wish(self, table: str) -> TableWish:
        """What is wanted of a table; of most nothing."""
        return next((w for w in self.tables if w.table == table), TableWish(table))

    @property
    def is_final(self) -> bool:
        return self.stage in FINAL_STAGES


@dataclass(frozen=True)
class StatementText:
    """A statement with its paragraphs and evidence, as read together."""

    statement: Statement
    paragraphs: tuple[Paragraph, ...] = ()
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def section(self, key: str) -> tuple[Paragraph, ...]:
        found = [p for p in self.paragraphs if p.section == key]
        return tuple(sorted(found, key=lambda p: (p.place, p.id)))
