"""What the store keeps of own words and of comments in the margin: each says and takes back only what is its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, cast

from app.model.change import Change
from app.model.people import Case
from app.model.statement import Statement
from app.model.statement_stages import pair_of
from app.model.writing_aids import MarginComment, OwnWord
from storage.store.refusing import refuse


class MarginFacts(Protocol):
    """The archive as it is before the step."""

    def statement(self, statement_id: str) -> Statement | None: ...
    def case(self, case_id: str) -> Case | None: ...


class WritingAidRules:
    """The rules for one step of one worker."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: MarginFacts) -> None:
        self._net, self._worker, self._facts = net, worker_id, facts

    def check_word(self, change: Change) -> None:
        """A word is one's own or the whole office's."""
        for word in (change.before, change.after):
            refuse(isinstance(word, OwnWord) and word.worker_id not in ("", self._worker), "own-word-anothers")

    def check_comment(self, change: Change) -> None:
        """Until *final* each of the pair says, answers and resolves; the other's words stay as they were said."""
        before, after = change.before, change.after
        statement_id = cast("MarginComment", change.entity).statement_id
        now = self._net.get(statement_id)
        if now is not None and now.after is None:
            return  # it goes with its statement
        statement = now.after if now is not None else self._facts.statement(statement_id)
        if not isinstance(statement, Statement):
            return
        case = self._facts.case(statement.case_id)
        refuse(case is None or self._worker not in pair_of(case), "statement-not-yours")
        refuse(statement.is_final, "statement-final")
        was = before.said() if isinstance(before, MarginComment) else frozenset()
        now_said = after.said() if isinstance(after, MarginComment) else frozenset()
        refuse(any(worker != self._worker for worker, _, _ in was ^ now_said), "margin-anothers")
        if isinstance(before, MarginComment) and isinstance(after, MarginComment):
            refuse((before.worker_id, before.at) != (after.worker_id, after.at), "margin-anothers")
            is_moved = (before.section, before.paragraph_id, before.words) != (
                after.section, after.paragraph_id, after.words,
            )  # fmt: skip
            refuse(is_moved, "margin-anothers")
