"""What the store keeps of statements: whose step it is at each stage, what an approval is of, and that *final* stays.

Who may do what is `app.model.statement_stages`; here it is found out which of its acts a change is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from app.errors import NotAllowed
from app.model.apart import Apart, KeptApart, apart
from app.model.change import Change, Entity
from app.model.final_statement import FinalStatement
from app.model.meeting import Meeting
from app.model.people import Case, Person
from app.model.reading import HAPPENED, READING_SOURCE, Reading, ReadingOutcome, Treatment, counts_for, passage_source
from app.model.statement import FIRST_VERSION, Approval, ApprovedText, Paragraph, Statement, StatementStage
from app.model.statement_stages import AT, MOVES, Standing, StatementAct, standing_of, why_not
from storage.store.refusing import refuse

E = TypeVar("E", bound=Entity)

#: the step that makes two entries of one human being one: it says nothing new of anybody
MERGED = "merged"
#: an id of a paragraph that a document makes to name a table away from its section
_NAME = "/name"


class StatementFacts(Protocol):
    """The archive as it is before the step."""

    def statement(self, statement_id: str) -> Statement | None: ...
    def is_fixed(self, statement_id: str) -> bool: ...
    def case(self, case_id: str) -> Case | None: ...
    def meeting(self, meeting_id: str) -> Meeting | None: ...
    def of_case(self, kind: type[E], case_id: str) -> Sequence[E]: ...
    def of_statement(self, kind: type[E], statement_id: str) -> Sequence[E]: ...


class StatementRules:
    """The rules of statements for one step of one worker."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: StatementFacts, act: str) -> None:
        self._net, self._worker, self._facts, self._act = net, worker_id, facts, act
        self._written: set[tuple[str, bool, bool]] = set()

    def require(self, act: StatementAct, statement_id: str) -> None:
        """Raises NotAllowed with what stands against an act on a version that is there."""
        held = self._facts.statement(statement_id)
        if held is None:
            raise NotAllowed("stage-not-now")
        self._may(act, held)

    # its text

    def check_written(self, change: Change, statement_id: str) -> None:
        """Paragraphs and evidence: at the stages of writing, and no approval of what was there before stays."""
        told = (change.before, change.after)
        is_text = issubclass(change.kind, Paragraph)
        is_clients = is_text and all(e is None or _is_clients(e) for e in told)
        if is_text and not is_clients:
            refuse(any(e is not None and _is_clients(e) for e in told), "clients-words-fixed")
        if (statement_id, is_text, is_clients) not in self._written:
            self._check_text(statement_id, is_text=is_text, is_clients=is_clients)
            self._written.add((statement_id, is_text, is_clients))
        after = change.after
        if is_clients and isinstance(after, Paragraph):
            refuse(after.by_hand, "clients-words-fixed")

    def _check_text(self, statement_id: str, *, is_text: bool, is_clients: bool) -> None:
        held = self._facts.statement(statement_id)
        if held is None:
            return  # it comes with this step
        refuse(held.is_final, "statement-final")
        now = self._net.get(statement_id)
        after = held if now is None else now.after
        if not isinstance(after, Statement):
            self._may(StatementAct.WRITE, held)
            return
        if is_text:
            refuse(_keeps_an_approval(held, after), "approval-of-older-text")
        if is_clients and held.stage in AT[StatementAct.ANSWER]:
            self._may(StatementAct.ANSWER, held)
            return
        self._may(StatementAct.WRITE, held)
        refuse(is_text and after.stage != StatementStage.DRAFT, "stage-not-now")

    # the version

    def check_statement(self, change: Change) -> None:
        before, after = change.before, change.after
        if not isinstance(after, Statement):
            assert isinstance(before, Statement)
            self._may(StatementAct.WRITE, before)
            refuse(before.stage != StatementStage.DRAFT, "stage-not-now")
            return
        if not isinstance(before, Statement):
            self._check_begun(after)
            return
        refuse(_is_of(before) != _is_of(after), "moved")
        if before.is_final:
            refuse(after != replace(before, stage=after.stage), "statement-final")
        else:
            self._check_fields(before, after)
            self._check_approvals(before, after)
        if before.stage != after.stage:
            self._check_move(before, after)

    def _check_begun(self, after: Statement) -> None:
        """A version begins as a draft that nobody has approved; a later one takes the place of the newest."""
        is_bare = after.stage == StatementStage.DRAFT and not after.approvals and after.finalized is None
        refuse(not is_bare, "stage-not-now")
        series = self._series(after)
        others = [s for s in series if s.id != after.id]
        newest = max(others, key=lambda s: s.version, default=None)
        if newest is None:
            case = self._case(after.case_id)
            refuse(case is None or self._worker not in (case.lead, case.partner), "statement-not-yours")
        else:
            refuse(after.version != newest.version + 1, "statement-corrected")
            refuse(after.kind != newest.kind, "moved")
            self._may(StatementAct.CORRECT, newest)
        self._check_about(after, ())
        self._check_apart(None, after)

    def _check_fields(self, before: Statement, after: Statement) -> None:
        """What is printed beside the text is the text's; whoever changes it writes."""
        same = replace(after, stage=before.stage, approvals=before.approvals, finalized=before.finalized)
        refuse(after.finalized != before.finalized and not after.is_final, "stage-not-now")
        if same == before:
            return
        if self._act == MERGED and replace(same, adult=before.adult) == before:
            self._check_apart(before, after)
            return
        if replace(same, done=before.done) == before:
            self._may(StatementAct.WRITE, before)
            return  # nothing of it is printed: no approval falls
        refuse(_keeps_an_approval(before, after), "approval-of-older-text")
        if replace(same, alone=before.alone) == before:
            self._may(StatementAct.NAME_SIGNERS, before)
        else:
            self._may(StatementAct.WRITE, before)
            refuse(after.stage != StatementStage.DRAFT, "stage-not-now")
        self._check_about(after, before.meetings)
        self._check_apart(before, after)

    def _check_approvals(self, before: Statement, after: Statement) -> None:
        """Each approves alone and for oneself, and what is approved is kept word for word."""
        new = [a for a in after.approvals if a not in before.approvals]
        for approval in new:
            refuse(approval.worker_id != self._worker, "approval-of-another")
            is_asking = MOVES.get((before.stage, after.stage)) == StatementAct.ASK
            self._may(StatementAct.ASK if is_asking else StatementAct.APPROVE, before)
            refuse(not self._is_kept(after, approval), "approved-text-missing")
        refuse(after.stage == StatementStage.DRAFT and bool(after.approvals), "stage-not-now")

    def _is_kept(self, statement: Statement, approval: Approval) -> bool:
        """Whether the step keeps the text that is approved, as it is."""
        added = (c.after for c in self._net.values() if c.before is None)
        mine = (statement.id, approval.worker_id, approval.at)
        kept = [t for t in added if isinstance(t, ApprovedText) and (t.statement_id, t.worker_id, t.at) == mine]
        if len(kept) != 1:
            return False
        held = {p.id: p for p in self._of_statement(Paragraph, statement.id)}
        said = {p.id: p for p in kept[0].paragraphs}
        return held == said and kept[0].tables == statement.tables

    def _check_move(self, before: Statement, after: Statement) -> None:
        act = MOVES.get((before.stage, after.stage))
        if act is None:
            raise NotAllowed("statement-final" if before.is_final else "stage-not-now")
        is_written = act == StatementAct.TAKE_BACK and before.stage in AT[StatementAct.WRITE]
        self._may(StatementAct.WRITE if is_written else act, before)
        if act == StatementAct.ASK:
            refuse(not any(a.worker_id == self._worker for a in after.approvals), "not-approved-by-both")
        if act == StatementAct.FINALIZE:
            refuse(after.approvals != before.approvals, "not-approved-by-both")
            refuse(not self._fixes(after.id), "final-not-fixed")
            refuse(not self._has_clients_words(after), "clients-words-missing")
            self._check_apart(before, after)

    def _fixes(self, statement_id: str) -> bool:
        """Whether this step keeps the document of a version: *final* and that are one act."""
        kept = (c.after for c in self._net.values() if c.before is None)
        return any(isinstance(f, FinalStatement) and f.statement_id == statement_id for f in kept)

    def _has_clients_words(self, statement: Statement) -> bool:
        """Whether every word of those who read it stands in the text."""
        paragraphs = self._of_statement(Paragraph, statement.id)
        for reading in self._readings(counts_for(statement, self._series(statement))):
            source = passage_source(reading.id)
            said = "\n".join(p.text for p in paragraphs if p.source.startswith(source))
            lines = (line.strip() for c in reading.comments for line in c.words.splitlines())
            if not said or not all(line in said for line in lines):
                return False
        return True

    def check_final(self, change: Change) -> None:
        """A version's document comes once, with *final* or for a version that is final already, and stays.

        Raises NotAllowed `statement-final`, `final-not-fixed`, `final-other-text`.
        """
        after = change.after
        if change.before is not None or not isinstance(after, FinalStatement):
            raise NotAllowed("statement-final")
        now = self._net.get(after.statement_id)
        statement = now.after if now is not None else self._facts.statement(after.statement_id)
        refuse(not isinstance(statement, Statement) or not statement.is_final, "final-not-fixed")
        refuse(self._facts.is_fixed(after.statement_id), "statement-final")
        held = {p.id: p for p in self._of_statement(Paragraph, after.statement_id)}
        printed = [p for s in after.document.sections for p in s.paragraphs]
        is_same = all(held.get(p.id) == p or p.id.removesuffix(_NAME) in held.keys() - {p.id} for p in printed)
        refuse(not is_same, "final-other-text")

    def check_approved(self, change: Change) -> None:
        """What was approved comes with its approval and stays. Raises NotAllowed `approved-text-fixed`."""
        after = change.after
        if change.before is not None or not isinstance(after, ApprovedText):
            raise NotAllowed("approved-text-fixed")
        now = self._net.get(after.statement_id)
        approvals = now.after.approvals if now is not None and isinstance(now.after, Statement) else ()
        refuse(Approval(after.worker_id, after.at) not in approvals, "approved-text-fixed")

    # readings

    def check_reading(self, change: Change) -> None:
        """Made and noted while it is gone through, answered until *final*. Raises NotAllowed."""
        before, after = change.before, change.after
        whose = before if isinstance(before, Reading) else after
        assert isinstance(whose, Reading)
        statement = self._facts.statement(whose.statement_id)
        if statement is None:
            raise NotAllowed("stage-not-now")
        if not isinstance(after, Reading):
            self._may(StatementAct.NOTE_READING, statement)
            refuse(not whose.is_open, "clients-words-fixed")
            return
        if isinstance(before, Reading):
            if self._act == MERGED and replace(after, person_id=before.person_id) == before:
                return
            refuse(_made_by(before) != _made_by(after), "moved")
            self._check_read(before, after, statement)
        else:
            refuse(after.worker_id != self._worker, "moved")
            self._may(StatementAct.NOTE_READING, statement)
            self._check_reader(after, statement)
        self._check_noted(before if isinstance(before, Reading) else None, after)

    def _check_read(self, before: Reading, after: Reading, statement: Statement) -> None:
        """The reader's words stay as they were noted; what they are can be said until *final*."""
        if before.is_open:
            self._may(StatementAct.NOTE_READING, statement)
            return
        refuse(before.own_words() != after.own_words() or after.is_open, "clients-words-fixed")
        if replace(after, comments=before.comments) != before:
            self._may(StatementAct.NOTE_READING, statement)
        if after.comments != before.comments:
            self._may(StatementAct.ANSWER, statement)

    def _check_noted(self, before: Reading | None, after: Reading) -> None:
        """What is noted says when it was, or why it was not; a comment is answered only after that."""
        is_answered = any(c.treated != Treatment.OPEN or c.response for c in after.comments)
        refuse(is_answered and (before is None or before.is_open), "reading-open")
        if after.is_open:
            return
        needs_words = after.outcome in (ReadingOutcome.NOT_REACHED, ReadingOutcome.TOLD)
        refuse(needs_words and not after.told.strip(), "reading-unsaid")
        refuse(after.outcome in HAPPENED and after.held is None, "reading-unsaid")

    def _check_reader(self, reading: Reading, statement: Statement) -> None:
        """Somebody of the case, and nobody who must not meet anybody that the text is about."""
        people = self._of_case(Person, statement.case_id)
        refuse(reading.person_id not in {p.id for p in people}, "reader-unknown")
        together = {reading.person_id, statement.adult, *self._adults(statement)}
        refuse(self._apart(statement.case_id).parts(together), "kept-apart")

    # what it is about

    def _check_about(self, statement: Statement, had: Sequence[str]) -> None:
        for meeting_id in statement.meetings:
            if meeting_id not in had:
                meeting = self._now(meeting_id)
                refuse(not isinstance(meeting, Meeting) or meeting.case_id != statement.case_id, "meeting-of-another")

    def _check_apart(self, before: Statement | None, after: Statement) -> None:
        """Where adults are kept apart a statement is begun and becomes final about one, and about nobody kept apart.

        One that was begun before they were can be gone on with: until it is said whose it is, it does not become final.
        """
        is_begun = before is None and after.version == FIRST_VERSION
        is_fixed_now = after.is_final and not (before is not None and before.is_final)
        is_changed = before is not None and (before.adult, before.meetings) != (after.adult, after.meetings)
        if not (is_begun or is_fixed_now or (is_changed and after.adult)):
            return
        parted = self._apart(after.case_id)
        if parted:
            people = {after.adult, *self._adults(after)}
            refuse(after.adult not in parted.adults or parted.parts(people), "kept-apart")

    def _adults(self, statement: Statement) -> set[str]:
        """The adults of its meetings, as these are after the step."""
        return {m.adult_id for m in map(self._now, statement.meetings) if isinstance(m, Meeting)}

    def _apart(self, case_id: str) -> Apart:
        """Who of a case must not meet whom once the step is taken."""
        case = self._case(case_id)
        if case is None:
            return Apart(frozenset(), frozenset())
        return apart(case, self._of_case(Person, case_id), self._of_case(KeptApart, case_id))

    # the archive, and this step's own changes

    def _may(self, act: StatementAct, statement: Statement) -> None:
        """Raises NotAllowed with what stands against it."""
        key = why_not(act, self._worker, self._standing(statement))
        if key:
            raise NotAllowed(key)

    def _standing(self, statement: Statement) -> Standing:
        """As the archive has it before the step."""
        held = self._facts.statement(statement.id) or statement
        case = self._facts.case(held.case_id) or self._case(held.case_id)
        assert case is not None, "a statement is of a case"
        series = [s for s in self._facts.of_case(Statement, held.case_id) if s.series == held.series]
        readings = (r for s in series for r in self._facts.of_statement(Reading, s.id))
        return standing_of(held, case, series, readings)

    def _series(self, statement: Statement) -> list[Statement]:
        return [s for s in self._facts.of_case(Statement, statement.case_id) if s.series == statement.series]

    def _readings(self, statement_ids: Iterable[str]) -> list[Reading]:
        return [r for i in statement_ids for r in self._of_statement(Reading, i) if not r.is_open]

    def _case(self, case_id: str) -> Case | None:
        change = self._net.get(case_id)
        case = self._facts.case(case_id) if change is None else change.after
        return case if isinstance(case, Case) else None

    def _of_case(self, kind: type[E], case_id: str) -> list[E]:
        """What of a kind the case has after the step."""
        held = [e for e in self._facts.of_case(kind, case_id) if e.id not in self._net]
        return held + [c.after for c in self._net.values() if isinstance(c.after, kind)]

    def _of_statement(self, kind: type[E], statement_id: str) -> list[E]:
        """What of a kind the version has after the step."""
        held = [e for e in self._facts.of_statement(kind, statement_id) if e.id not in self._net]
        added = [c.after for c in self._net.values() if isinstance(c.after, kind)]
        return held + [e for e in added if getattr(e, "statement_id", "") == statement_id]

    def _now(self, meeting_id: str) -> object:
        """A meeting as it is after the step."""
        change = self._net.get(meeting_id)
        return self._facts.meeting(meeting_id) if change is None else change.after


def _is_of(statement: Statement) -> tuple[object, ...]:
    """Of what a version is one: that never changes."""
    return (
        statement.case_id,
        statement.series,
        statement.version,
        statement.language,
        statement.service,
        statement.kind,
    )


def _made_by(reading: Reading) -> tuple[object, ...]:
    return reading.statement_id, reading.person_id, reading.worker_id, reading.begun


def _is_clients(entity: Entity) -> bool:
    return isinstance(entity, Paragraph) and entity.source.startswith(READING_SOURCE)


def _keeps_an_approval(held: Statement, after: Statement) -> bool:
    """Whether an approval of what was there before still stands."""
    return any(approval in after.approvals for approval in held.approvals)
