"""What of the stages still waits, as things that are missing: each is told before *final*, and some stop it."""

from __future__ import annotations

from collections.abc import Sequence

from app.casework.case_file import CaseFile
from app.model.checks import Finding, Lack
from app.model.reading import Reading, counts_for
from app.model.service import SectionKey
from app.model.statement import Statement
from app.model.statement_stages import Standing
from app.statement.readers import not_read_yet


def of_stages(
    case: CaseFile, statement: Statement, standing: Standing, readings: Sequence[Reading], versions: Sequence[Statement]
) -> tuple[Finding, ...]:
    """`readings` are those of all `versions` of the statement."""
    counted = counts_for(statement, versions)
    noted = [r for r in readings if r.statement_id in counted and not r.is_open]
    lacks = {
        Lack.COMMENT_UNANSWERED: (standing.unanswered, SectionKey.COMMENTS),
        Lack.FACT_UNCORRECTED: (standing.uncorrected, SectionKey.COMMENTS),
        Lack.CORRECTION_UNSAID: (standing.correction_unsaid, SectionKey.SIGNATURES),
        Lack.SIGNERS_UNSAID: (not standing.signers, SectionKey.SIGNATURES),
        Lack.SUPERIOR_MISSING: (standing.sole_unconfirmed, SectionKey.SIGNATURES),
    }
    rows = [Finding(lack, section) for lack, (holds, section) in lacks.items() if holds]
    rows += [
        Finding(Lack.CHILD_NOT_TOLD if p.is_child else Lack.READING_MISSING, SectionKey.COMMENTS, person_id=p.id)
        for p in (() if statement.is_note else not_read_yet(case, statement, noted))
    ]
    return tuple(rows)
