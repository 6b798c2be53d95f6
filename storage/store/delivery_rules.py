"""Whose step it is to note that a statement was handed over, of which file, and that what was noted stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from app.errors import NotAllowed
from app.model.change import Change, Entity
from app.model.final_statement import FinalStatement
from app.model.redaction import RedactedCopy
from app.model.signature import PaperSignature, Signature
from app.model.statement import Statement, StatementStage
from app.model.statement_delivery import StatementDelivery
from app.model.statement_stages import StatementAct
from storage.store.refusing import refuse

E = TypeVar("E", bound=Entity)


class DeliveryFacts(Protocol):
    """The archive as it is before the step."""

    def statement(self, statement_id: str) -> Statement | None: ...
    def final(self, statement_id: str) -> FinalStatement | None: ...
    def signatures(self, statement_id: str) -> Sequence[Signature | PaperSignature]: ...
    def of_statement(self, kind: type[E], statement_id: str) -> Sequence[E]: ...


class StageRules(Protocol):
    """Who may do what with a version now."""

    def require(self, act: StatementAct, statement_id: str) -> None: ...


class DeliveryRules:
    """The rules of handing over in one step; what the step itself adds counts as there."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: DeliveryFacts, stages: StageRules) -> None:
        self._net, self._worker, self._facts, self._stages = net, worker_id, facts, stages

    def check(self, change: Change) -> None:
        """A row that is noted, or struck once as a mistake; it is erased with its case.

        Raises NotAllowed: `delivery-stays`, `moved`, `delivery-unsaid`, `delivery-other-file`, and as the stages say.
        """
        before, after = change.before, change.after
        if not isinstance(after, StatementDelivery):
            raise NotAllowed("delivery-stays")
        self._stages.require(StatementAct.DELIVER, after.statement_id)
        if isinstance(before, StatementDelivery):
            is_struck = after == replace(before, struck=after.struck, why=after.why) and before.counts
            refuse(not is_struck or after.counts or not after.why.strip(), "delivery-stays")
            return
        refuse(after.worker_id != self._worker or not after.counts, "moved")
        refuse(not after.recipient.strip(), "delivery-unsaid")
        refuse(after.sha256 != self._file(after), "delivery-other-file")

    def check_stage(self, before: Statement | None, after: Statement) -> None:
        """*Delivered* is what somebody was given the original of."""
        if after.stage == StatementStage.DELIVERED and (before is None or before.stage != StatementStage.DELIVERED):
            rows = [*self._facts.of_statement(StatementDelivery, after.id), *self._added()]
            given = [d for d in rows if d.statement_id == after.id and d.counts and not d.copy_id]
            refuse(not given, "not-delivered")

    def _file(self, row: StatementDelivery) -> str:
        """The checksum of what was handed over, as the archive has it."""
        if row.copy_id:
            copies = self._facts.of_statement(RedactedCopy, row.statement_id)
            return next((c.sha256 for c in copies if c.id == row.copy_id), "")
        files = [s for s in self._facts.signatures(row.statement_id) if isinstance(s, Signature)]
        newest = max(files, key=lambda s: s.place, default=None)
        final = self._facts.final(row.statement_id)
        return newest.sha256 if newest is not None else final.sha256 if final is not None else ""

    def _added(self) -> list[StatementDelivery]:
        return [c.after for c in self._net.values() if isinstance(c.after, StatementDelivery)]
