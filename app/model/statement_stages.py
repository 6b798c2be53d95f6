"""Who may do what with a statement at which stage (domain 4.10): the one rule, over values.

The store keeps it for every writer; use-cases and screens ask it. After *final* the stage is that of the signatures:
`SIGN` and `DELIVER` are asked here as everything else is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.model.people import Case
from app.model.reading import Reading, Treatment, counts_for
from app.model.statement import Statement, StatementStage

S = StatementStage


class StatementAct(StrEnum):
    """What is done with a version of a statement."""

    WRITE = "write"  # its text, its sources and what is printed of it
    NAME_SIGNERS = "name-signers"  # both, or one with a reason
    ASK = "ask"  # the writer's own approval, and the partner is asked for a check
    APPROVE = "approve"
    TAKE_BACK = "take-back"  # to a draft
    GO_THROUGH = "go-through"  # reading with the client begins, or goes on with another reader
    NOTE_READING = "note-reading"
    COLLECT = "collect"  # what the readers said goes into the document
    ANSWER = "answer"  # what a comment is: a fact to correct, or a view
    FINALIZE = "finalize"
    CORRECT = "correct"  # a new version takes this one's place
    SIGN = "sign"
    COPY = "copy"  # what of it one reader is not shown
    DELIVER = "deliver"


#: at which stages each can be done
AT: dict[StatementAct, frozenset[StatementStage]] = {
    StatementAct.WRITE: frozenset((S.DRAFT, S.CHECKING)),
    StatementAct.NAME_SIGNERS: frozenset((S.DRAFT, S.CHECKING, S.COMMENTS)),
    StatementAct.ASK: frozenset((S.DRAFT,)),
    StatementAct.APPROVE: frozenset((S.CHECKING, S.COMMENTS)),
    StatementAct.TAKE_BACK: frozenset((S.CHECKING, S.WALK_THROUGH)),
    StatementAct.GO_THROUGH: frozenset((S.CHECKING, S.COMMENTS)),
    StatementAct.NOTE_READING: frozenset((S.WALK_THROUGH,)),
    StatementAct.COLLECT: frozenset((S.WALK_THROUGH,)),
    StatementAct.ANSWER: frozenset((S.WALK_THROUGH, S.COMMENTS)),
    StatementAct.FINALIZE: frozenset((S.CHECKING, S.COMMENTS)),  # from the check only a note
    StatementAct.CORRECT: frozenset((S.WALK_THROUGH, S.COMMENTS, S.FINAL, S.SIGNED, S.DELIVERED)),
    StatementAct.SIGN: frozenset((S.FINAL,)),
    StatementAct.COPY: frozenset((S.FINAL, S.SIGNED, S.DELIVERED)),
    StatementAct.DELIVER: frozenset((S.SIGNED, S.DELIVERED)),
}

#: which act a step from one stage to another is; what is not here is none
MOVES: dict[tuple[StatementStage, StatementStage], StatementAct] = {
    (S.DRAFT, S.CHECKING): StatementAct.ASK,
    (S.CHECKING, S.DRAFT): StatementAct.TAKE_BACK,
    (S.WALK_THROUGH, S.DRAFT): StatementAct.TAKE_BACK,
    (S.CHECKING, S.WALK_THROUGH): StatementAct.GO_THROUGH,
    (S.COMMENTS, S.WALK_THROUGH): StatementAct.GO_THROUGH,
    (S.WALK_THROUGH, S.COMMENTS): StatementAct.COLLECT,
    (S.CHECKING, S.FINAL): StatementAct.FINALIZE,
    (S.COMMENTS, S.FINAL): StatementAct.FINALIZE,
    (S.FINAL, S.SIGNED): StatementAct.SIGN,
    (S.SIGNED, S.DELIVERED): StatementAct.DELIVER,
}


#: what is done with a version once its text is fixed, whether or not a newer one takes its place
AFTER_FINAL = frozenset((StatementAct.SIGN, StatementAct.COPY, StatementAct.DELIVER))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rule needs to know of a version.

    `pair` are the case's workers, `signers` those whose approval it needs, `approved` those who approved the text as it
    stands. `read` and `unread` count readings of it that are noted and that are being made, `own_read` those noted of
    this very version; `unanswered` counts comments, `uncorrected` facts that a new version has to correct.
    `corrected`: a newer version has taken its place or will. `correction_unsaid`: it does not say what it corrects of a
    final one. `is_note`: it is final once it is approved, gone through with somebody or not.
    """

    stage: StatementStage
    pair: tuple[str, ...]
    signers: tuple[str, ...]
    approved: frozenset[str] = frozenset()
    read: int = 0
    own_read: int = 0
    unread: int = 0
    unanswered: int = 0
    uncorrected: int = 0
    corrected: bool = False
    sole_unconfirmed: bool = False
    correction_unsaid: bool = False
    is_note: bool = False

    @property
    def is_approved(self) -> bool:
        """Whether everybody who signs approved the text as it stands."""
        return bool(self.signers) and self.approved.issuperset(self.signers)


def why_not(act: StatementAct, worker_id: str, standing: Standing) -> str:
    """The key of the rule that stands against `worker_id` doing it now; empty when it may be done."""
    if worker_id not in standing.pair:
        return "statement-not-yours"
    is_after_final = act in AFTER_FINAL
    if standing.corrected and not is_after_final:
        return "statement-corrected"
    if standing.stage not in AT[act]:
        is_fixed = standing.stage in (S.FINAL, S.SIGNED, S.DELIVERED) and not is_after_final
        return "statement-final" if is_fixed else "stage-not-now"
    if act == StatementAct.FINALIZE and standing.stage == S.CHECKING and not standing.is_note:
        return "stage-not-now"
    return _missing(act, worker_id, standing)


def _missing(act: StatementAct, worker_id: str, standing: Standing) -> str:
    """What the act still waits for at its stage."""
    if act in (StatementAct.ASK, StatementAct.APPROVE, StatementAct.SIGN) and worker_id not in standing.signers:
        return "not-a-signer" if standing.signers else "one-signer-unsaid"
    if act == StatementAct.GO_THROUGH and standing.stage == S.CHECKING and not standing.is_approved:
        return "not-approved-by-both"
    if act == StatementAct.TAKE_BACK and (standing.own_read or standing.unread):
        return "read-by-client"
    if act == StatementAct.CORRECT and standing.stage in AT[StatementAct.ANSWER]:
        return _unread(standing, standing.own_read) or ("comment-unanswered" if standing.unanswered else "")
    if act == StatementAct.COLLECT:
        return _unread(standing, standing.read)
    return _unfinished(standing) if act == StatementAct.FINALIZE else ""


def _unread(standing: Standing, read: int) -> str:
    if standing.unread:
        return "reading-open"
    return "" if read else "nobody-read-it"


def _unfinished(standing: Standing) -> str:
    """The first of what stands between the comments and *final*."""
    waits = {
        "comment-unanswered": standing.unanswered,
        "fact-uncorrected": standing.uncorrected,
        "correction-unsaid": standing.correction_unsaid,
        "superior-not-confirmed": standing.sole_unconfirmed,
        "not-approved-by-both": not standing.is_approved,
    }
    unread = _unread(standing, standing.read or standing.is_note)
    return unread or next((key for key, holds in waits.items() if holds), "")


def pair_of(case: Case) -> tuple[str, ...]:
    """Ids of the case's workers, the lead first."""
    return tuple(w for w in (case.lead, case.partner) if w)


def signers_of(statement: Statement, pair: Sequence[str]) -> tuple[str, ...]:
    """Whose names stand under it: both of the pair, or the one for whom it is said why; nobody while that is unsaid."""
    if statement.alone is not None:
        return (statement.alone.worker_id,) if statement.alone.worker_id in pair else ()
    return tuple(pair) if len(pair) > 1 else ()


def corrects_final(statement: Statement, versions: Iterable[Statement]) -> bool:
    """Whether it takes the place of a version that is final: then it says what it corrects."""
    return any(s.is_final and s.version < statement.version for s in versions)


def standing_of(
    statement: Statement, case: Case, versions: Iterable[Statement], readings: Iterable[Reading]
) -> Standing:
    """How a version stands; `versions` and `readings` are those of its whole series."""
    series = tuple(versions)
    counted = counts_for(statement, series)
    mine = [r for r in readings if r.statement_id in counted]
    own = [r for r in mine if r.statement_id == statement.id]
    pair = pair_of(case)
    return Standing(
        statement.stage,
        pair,
        signers_of(statement, pair),
        frozenset(a.worker_id for a in statement.approvals),
        read=sum(not r.is_open for r in mine),
        own_read=sum(not r.is_open for r in own),
        unread=sum(r.is_open for r in own),
        unanswered=sum(r.unanswered for r in own),
        uncorrected=sum(c.treated == Treatment.FACT for r in own for c in r.comments),
        corrected=any(s.version > statement.version for s in series),
        sole_unconfirmed=statement.alone is not None and not statement.alone.is_confirmed,
        correction_unsaid=corrects_final(statement, series) and not statement.corrects.strip(),
        is_note=statement.is_note,
    )
