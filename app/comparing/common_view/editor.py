"""The common view of one meeting while it is made: the only door through which it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject

from app.comparing.common_view.deciding import changes_of, refusal_of
from app.comparing.common_view.laying_out import laid_out
from app.comparing.common_view.reading import read_common, settings_of, view_of
from app.comparing.comparison import comparison
from app.editing import EDIT, Editor
from app.errors import AppError, NotAllowed
from app.i18n import Texts, now
from app.model.change import Change
from app.model.coding import CodingHeader
from app.model.common_view import CONFIRMED, FELL, LED, TAKEN_BACK, CommonView
from app.model.decision import Answer, Decision, Verdict
from app.model.training import Reference
from app.ports import Store


@dataclass(frozen=True, slots=True)
class Led:
    """What the partner decided about a difference while leading; nobody and never where it is open."""

    decision_id: str
    answer: Answer
    decided_by: str
    decided_at: datetime | None


class CommonViewEditor(Editor):
    """The live common view beside both originals. Each decision is one step, with all that it brings."""

    def __init__(self, store: Store, texts: Texts, header: CodingHeader, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        view = view_of(store, header)
        self.compared = comparison(store, header.meeting_id, settings_of(view))
        self.common = read_common(store, header, view)
        self._outside: frozenset[str] | None = None

    # what is there

    @property
    def coders(self) -> tuple[str, str]:
        return self.compared.file.meeting.coders

    @property
    def worker_id(self) -> str:
        """Who is signed in, and decides."""
        return self._store.me

    @property
    def is_of_the_pair(self) -> bool:
        """Whether who is signed in may decide; others only look."""
        return self.worker_id in self.coders

    @property
    def outside(self) -> frozenset[str]:
        """Ids of what of the originals does not come over, for only one of the two went through it or could code it."""
        if self._outside is None:
            self._outside = laid_out(self.compared, self.common.coding.id).outside
        return self._outside

    # deciding

    def decide(self, decision_id: str, answer: Answer) -> bool:
        """Decide about a difference, anew where it was decided.

        False when it was refused; then nothing changed.
        """
        before = self.common.decisions.get(decision_id)
        if before is None:
            return False
        if answer.verdict == Verdict.OPEN:
            return self.reopen(decision_id)
        after = _answered(before, answer, self.worker_id, now())
        if refused := refusal_of(self.compared, after):
            self.refused.emit(NotAllowed(refused))
            return False
        if replace(after, decided_by=before.decided_by, decided_at=before.decided_at) == before:
            return True  # it is decided so already, by whoever did
        return self.do(verdict_label(self.texts, answer.verdict), *changes_of(self.compared, self.common, after))

    def reopen(self, decision_id: str) -> bool:
        """A difference is open again."""
        before = self.common.decisions.get(decision_id)
        if before is None:
            return False
        return self.do(self.texts.tr("Decision taken back"), *changes_of(self.compared, self.common, before.opened))

    def follow(self, led: Sequence[Led]) -> frozenset[str]:
        """What the partner decided on another computer, under the partner's name: one step, and never undone here.

        The ids of the differences that stand so now; what may not be decided so is left out, and that is told.
        """
        changes: list[Change] = []
        done: set[str] = set()
        for one in led:
            before = self.common.decisions.get(one.decision_id)
            if before is None:
                continue
            is_open = one.answer.verdict == Verdict.OPEN
            after = before.opened if is_open else _answered(before, one.answer, one.decided_by, one.decided_at)
            if refused := refusal_of(self.compared, after):
                self.refused.emit(NotAllowed(refused))
                continue
            changes += changes_of(self.compared, self.common, after)
            done.add(before.id)
        label = (
            verdict_label(self.texts, led[0].answer.verdict) if len(led) == 1 else self.texts.tr("Partner's decisions")
        )
        is_written = not changes or self.commit(label, *changes, act=LED)
        return frozenset(done) if is_written else frozenset()

    def write(self, label: str, changes: Sequence[Change], act: str = EDIT) -> bool:
        """What was confirmed is no more as it was: first the confirmations fall, in a step of their own.

        They come back by no undo: each is given anew.
        """
        is_about_them = any(isinstance(c.entity, CommonView | CodingHeader) for c in changes)
        fallen = () if is_about_them else self.common.fallen()
        if not fallen:
            return super().write(label, changes, act)
        if not super().write(self.texts.tr("Confirmation no longer holds"), fallen, FELL):
            return False
        if not super().write(label, changes, act):
            self._landed = fallen
            return False
        self._landed = (*fallen, *changes)
        return True

    # confirming

    def can_confirm(self, worker_id: str) -> bool:
        """Whether a worker's confirmation is what is missing now."""
        is_due = worker_id in self.coders and not self.common.view.is_confirmed_by(worker_id)
        return is_due and not self.common.unsettled()

    def confirm(self) -> bool:
        """The confirmation of who is signed in. With the other's it is fixed."""
        changes = self.common.confirmed(self.worker_id, now(), self.coders)
        return self.commit(self.texts.tr("Common view confirmed"), *changes, act=CONFIRMED)

    def partners_confirmation(self, worker_id: str) -> tuple[str, tuple[Change, ...]]:
        """The word and the changes of another coder's confirmation, for `Archive.confirm_beside`; tell it by the door.

        Raises NotAllowed when something is still to be decided.
        """
        changes = self.common.confirmed(worker_id, now(), self.coders)
        return self.texts.tr("Common view confirmed"), changes

    def take_back(self) -> bool:
        """Who is signed in confirms no longer; refused once a final statement cites it."""
        changes = self.common.taken_back(self.worker_id)
        return self.commit(self.texts.tr("Confirmation taken back"), *changes, act=TAKEN_BACK)

    # the door

    def accept(self, changes: Sequence[Change]) -> None:
        self.common = self.common.apply(changes)

    def hear(self, changes: Sequence[Change]) -> None:
        """Another screen of the same archive decided: what it did is taken in, and this stack ends."""
        own = [c for c in changes if _coding_of(c) == self.common.coding.id]
        if not own:
            return
        try:
            self.accept(own)
        except AppError:
            self.common = read_common(self._store, self._store.get(CodingHeader, self.common.coding.id))
        self.stack.clear()


def _answered(before: Decision, answer: Answer, decided_by: str, decided_at: datetime | None) -> Decision:
    return replace(
        before.opened, verdict=answer.verdict, reason=answer.reason.strip(), reason_a=answer.reasons[0].strip(),
        reason_b=answer.reasons[1].strip(), new_marks=answer.new_marks, new_value=answer.new_value,
        decided_by=decided_by, decided_at=decided_at,
    )  # fmt: skip


def verdict_label(texts: Texts, verdict: Verdict) -> str:
    """The word of a step that decides so, as undo says it."""
    words = {
        Verdict.OPEN: texts.tr("Decision taken back"),
        Verdict.A: texts.tr("Decided: as A"),
        Verdict.B: texts.tr("Decided: as B"),
        Verdict.BOTH: texts.tr("Decided: both"),
        Verdict.NEITHER: texts.tr("Decided: neither"),
        Verdict.NEW: texts.tr("Decided: a new one"),
        Verdict.DIFFERENTLY: texts.tr("Decided: we see it differently"),
    }
    return words[verdict]


def _coding_of(change: Change) -> str:
    entity = change.entity
    if isinstance(entity, Reference):
        return ""  # it names a common view, and is no part of it
    return entity.id if isinstance(entity, CodingHeader) else str(getattr(entity, "coding_id", ""))
