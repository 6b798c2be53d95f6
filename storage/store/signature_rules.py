"""Who signs what: each of a final version's signers once, for oneself, on the very file that was there before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from app.model.change import Change, Entity
from app.model.final_statement import FinalStatement
from app.model.people import Case
from app.model.signature import PaperSignature, Signature
from app.model.statement import Statement, StatementStage
from storage.store.refusing import refuse

E = TypeVar("E", bound=Entity)


class SignatureFacts(Protocol):
    """The archive as it is before the step."""

    def statement(self, statement_id: str) -> Statement | None: ...
    def case(self, case_id: str) -> Case | None: ...
    def final(self, statement_id: str) -> FinalStatement | None: ...
    def signatures(self, statement_id: str) -> Sequence[Signature | PaperSignature]: ...


class SignatureRules:
    """The rules of signatures in one step; what the step itself adds counts as there."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: SignatureFacts) -> None:
        self._net, self._worker, self._facts = net, worker_id, facts

    def check(self, change: Change) -> None:
        """A signature that is made. None is ever changed or taken back: it is erased with its case."""
        after = change.after
        refuse(change.before is not None or after is None, "signature-stays")
        if isinstance(after, Signature):
            refuse(after.worker_id != self._worker, "signature-of-another")
        else:
            assert isinstance(after, PaperSignature)
            refuse(after.noted_by != self._worker, "signature-of-another")
        refuse(after.worker_id not in self.signers(after.statement_id), "signing-not-a-signer")
        others = [s for s in self._all(after.statement_id) if s.id != after.id]
        refuse(after.worker_id in {s.worker_id for s in others}, "signing-done")
        if isinstance(after, Signature):
            earlier = sum(isinstance(s, Signature) for s in others)
            refuse(after.place != earlier + 1, "signing-another-first")

    def check_stage(self, before: Statement | None, after: Statement) -> None:
        """*Signed* is what everybody has signed who has to."""
        if after.stage == StatementStage.SIGNED and (before is None or before.stage != StatementStage.SIGNED):
            signed = {s.worker_id for s in self._all(after.id)}
            refuse(not self.signers(after.id) <= signed, "signing-not-all")

    def signers(self, statement_id: str) -> frozenset[str]:
        """Who has to sign a final version; nobody while it is none. An older document does not say: then the pair."""
        final = next((f for f in self._added(FinalStatement) if f.statement_id == statement_id), None)
        final = final or self._facts.final(statement_id)
        statement = next((s for s in self._added(Statement) if s.id == statement_id), None)
        statement = statement or self._facts.statement(statement_id)
        if final is None or statement is None:
            return frozenset()
        named = {s.worker_id for s in final.document.signers} - {""}
        case = next((c for c in self._added(Case) if c.id == statement.case_id), None)
        case = case or self._facts.case(statement.case_id)
        if named or statement.alone is not None:
            return frozenset(named or {statement.alone.worker_id if statement.alone is not None else ""})
        return frozenset({case.lead, case.partner} - {""} if case is not None else ())

    def _all(self, statement_id: str) -> list[Signature | PaperSignature]:
        held: list[Signature | PaperSignature] = list(self._facts.signatures(statement_id))
        held += self._added(Signature)
        held += self._added(PaperSignature)
        return [s for s in held if s.statement_id == statement_id]

    def _added(self, kind: type[E]) -> list[E]:
        return [c.after for c in self._net.values() if c.before is None and isinstance(c.after, kind)]
