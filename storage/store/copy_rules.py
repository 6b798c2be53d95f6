"""Whose step it is to mark and to make a redacted copy of a final version, and that a finished one stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from app.errors import NotAllowed
from app.model.change import Change, Entity
from app.model.people import Person
from app.model.redaction import RedactedCopy, Redaction
from app.model.statement import Statement
from app.model.statement_stages import StatementAct
from storage.store.refusing import refuse

E = TypeVar("E", bound=Entity)


class CopyFacts(Protocol):
    """The archive as it is before the step."""

    def statement(self, statement_id: str) -> Statement | None: ...
    def of_case(self, kind: type[E], case_id: str) -> Sequence[E]: ...
    def of_statement(self, kind: type[E], statement_id: str) -> Sequence[E]: ...


class StageRules(Protocol):
    """Who may do what with a version now."""

    def require(self, act: StatementAct, statement_id: str) -> None: ...


class CopyRules:
    """The rules of redacted copies in one step."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: CopyFacts, stages: StageRules) -> None:
        self._net, self._worker, self._facts, self._stages = net, worker_id, facts, stages

    def check_redaction(self, change: Change) -> None:
        """Marks of a copy: by the pair, of a final version, for good once a copy was made with them.

        Raises NotAllowed: `copy-of-draft`, `copy-stays`, `moved`, `reader-unknown`, and as the stages say.
        """
        before, after = change.before, change.after
        assert isinstance(change.entity, Redaction)
        statement = self._final(change.entity)
        if not isinstance(after, Redaction):
            copies = self._facts.of_statement(RedactedCopy, statement.id)
            refuse(any(c.redaction_id == change.id for c in copies), "copy-stays")
            return
        if isinstance(before, Redaction):
            same = replace(after, person_id=before.person_id, reader=before.reader)
            refuse(replace(same, passages=before.passages, words=before.words) != before, "moved")
        else:
            refuse(after.worker_id != self._worker, "moved")
        refuse(bool(after.person_id) and after.person_id not in self._people(statement), "reader-unknown")

    def check_copy(self, change: Change) -> None:
        """A finished copy comes once, with the marks as they are, and stays: it is erased with its case.

        Where two entries turn out to be one person it is of the entry that stays.
        """
        before, after = change.before, change.after
        if isinstance(before, RedactedCopy) and isinstance(after, RedactedCopy) and self._is_merged(before.person_id):
            refuse(replace(after, person_id=before.person_id) != before, "copy-stays")
            return
        refuse(before is not None or not isinstance(after, RedactedCopy), "copy-stays")
        assert isinstance(after, RedactedCopy)
        self._final(after)
        refuse(after.worker_id != self._worker, "moved")
        marks = next(
            (r for r in self._facts.of_statement(Redaction, after.statement_id) if r.id == after.redaction_id), None
        )
        same = (after.person_id, after.reader, after.passages, after.words)
        is_of = marks is not None and same == (marks.person_id, marks.reader, marks.passages, marks.words)
        refuse(not is_of, "copy-of-other-marks")
        refuse(marks is None or marks.is_empty, "copy-covers-nothing")
        refuse(marks is None or not marks.has_reader, "copy-no-reader")

    def _final(self, entity: Redaction | RedactedCopy) -> Statement:
        statement = self._facts.statement(entity.statement_id)
        if statement is None or not statement.is_final:
            raise NotAllowed("copy-of-draft")
        self._stages.require(StatementAct.COPY, statement.id)
        return statement

    def _is_merged(self, person_id: str) -> bool:
        """Whether the step takes this entry of a person away."""
        gone = self._net.get(person_id)
        return gone is not None and isinstance(gone.before, Person) and gone.after is None

    def _people(self, statement: Statement) -> set[str]:
        return {p.id for p in self._facts.of_case(Person, statement.case_id)}
