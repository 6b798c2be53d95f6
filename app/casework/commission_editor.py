"""The part of a case's editor by which its commission is filled, goes its way and has its questions marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.casework.commissions import anew, marked_beyond, moved, with_questions
from app.casework.requests_editor import RequestsEditor
from app.i18n import today
from app.model.change import Change, added
from app.model.commission import Commission, CommissionState
from app.model.identity import new_id


class CommissionEditor(RequestsEditor):
    """An empty commission enters the archive with the first thing that is said of it."""

    @property
    def commission(self) -> Commission:
        return self.file.commission or Commission(new_id(), self.file.case.id)

    def fill_commission(self, **fields: Any) -> bool:
        """New values for some fields; a question put in other words keeps its mark."""
        if "questions" in fields:
            fields |= with_questions(self.commission, fields["questions"])
        return self.do(self.texts.tr("Case details edited"), *self._changed(replace(self.commission, **fields)))

    def move_commission(self, state: CommissionState, day: date, words: str = "") -> bool:
        """One more step from the first call to the end. Refused out of its order, and a refusal without its reason."""
        me = self._store.me
        label = self.texts.tr("Step of the commission recorded")
        return self._attempt(label, lambda: self._changed(moved(self.commission, state, day, me, words)))

    def begin_commission_anew(self) -> bool:
        """Another commission in the same case; the one before stays as it was. Refused before that one is over."""
        label = self.texts.tr("Another commission begun")
        return self._attempt(label, lambda: [added(anew(self.commission, today()))])

    def mark_beyond(self, commission: Commission, question: str, *, beyond: bool) -> bool:
        """Whether observation alone cannot answer a question."""
        label = self.texts.tr("Question marked")
        return self.do(label, marked_beyond(commission, question, beyond=beyond))

    def _changed(self, after: Commission) -> tuple[Change, ...]:
        before = self.file.commission
        if before is None:
            return (added(after),)
        return () if after == before else (Change(before, after),)
