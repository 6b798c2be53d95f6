"""Deciding about the chosen difference: what is pressed and typed at its card becomes a decision of the walk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.comparing.common_view.walking import Walk
from app.comparing.decision_words import sides_of
from app.i18n import Texts
from app.model.decision import Answer, Decision, Verdict
from app.model.observation import Observation
from widgets.comparing.decision_card import DecisionCard
from widgets.comparing.new_dialog import new_dialog
from widgets.comparing.walk_list import WalkList
from widgets.films.watching import Watching


class Deciding(QObject):
    """What was confirmed is left alone until somebody unlocks it; `is_walked` says whether the walk is in sight."""

    decided = Signal(str)  # the row that was decided stays chosen, also under another id
    unlocked = Signal()

    def __init__(
        self,
        room: QWidget,
        texts: Texts,
        walked: WalkList,
        card: DecisionCard,
        watching: Watching,
        is_walked: Callable[[], bool],
    ) -> None:
        super().__init__(room)
        self._room, self._texts, self._is_walked = room, texts, is_walked
        self._walked, self._card, self._watching = walked, card, watching
        self._is_unlocked = False
        card.verdict_pressed.connect(self.decide)
        card.reopen_pressed.connect(self.reopen)
        card.unlock_pressed.connect(self.unlock)
        card.reasons_written.connect(self._write_reasons)

    @property
    def _walk(self) -> Walk:
        return self._walked.walk

    @property
    def is_locked(self) -> bool:
        """Whether the common view was confirmed, and nobody has asked to change it."""
        common = self._walk.common
        return common is not None and bool(common.view.confirmations) and not self._is_unlocked

    def unlock(self) -> None:
        """Somebody wants to change what was confirmed; until something is confirmed anew."""
        self._is_unlocked = True
        self.unlocked.emit()

    def lock(self) -> None:
        """Somebody confirmed, or took it back."""
        self._is_unlocked = False

    def decide(self, verdict: Verdict) -> None:
        """About the chosen difference; *new* asks what, *differently* goes on to both reasons."""
        d = self._walked.decision()
        if d is None or not self._is_walked() or self.is_locked or not self._card.can_decide(verdict):
            return
        self._card.commit()
        if verdict == Verdict.NEW:
            self._decide_new(d)
            return
        same = verdict == d.verdict
        if verdict == Verdict.DIFFERENTLY:
            answer = Answer(verdict, reasons=(d.reason_a, d.reason_b) if same else self._own_words(d))
        else:
            answer = Answer(verdict, reason=d.reason if same else "")
        done = self._walk.decide(d.id, answer)
        self._after(done)
        if done and verdict == Verdict.DIFFERENTLY:
            self._card.ask_reason()

    def _own_words(self, d: Decision) -> tuple[str, str]:
        """What each wrote while coding: the reasons begin with it, and are written on."""
        a, b = sides_of(self._texts, self._walk.found, d)
        return a.note, b.note

    def _decide_new(self, d: Decision) -> None:
        self._watching.controls.pause()
        own = [o.start for i in (*d.a_ids, *d.b_ids) if (o := self.observation(i)) is not None]
        times = tuple(dict.fromkeys((d.start or 0, *own, self._watching.player.position())))
        dialog = new_dialog(self._texts, self._walk.found, d, times, self._room)
        if dialog.exec():
            answer = Answer(Verdict.NEW, dialog.reason, new_marks=dialog.marks(), new_value=dialog.value())
            self._after(self._walk.decide(d.id, answer))

    def observation(self, thing_id: str) -> Observation | None:
        """Of either original."""
        found = self._walk.found
        return found.a.observations.get(thing_id) or found.b.observations.get(thing_id)

    def _after(self, decision_id: str) -> None:
        if decision_id:
            self.decided.emit(decision_id)

    def reopen(self) -> None:
        """The chosen difference is open again."""
        d = self._walked.decision()
        if d is not None and not d.is_open and self._is_walked() and not self.is_locked:
            self._walk.decide(d.id, Answer(Verdict.OPEN))

    def _write_reasons(self, decision_id: str, reason: str, reason_a: str, reason_b: str) -> None:
        d = self._walk.decision(decision_id)
        if d is None or d.is_open:
            return
        if d.verdict == Verdict.DIFFERENTLY:
            self._walk.decide(d.id, Answer(d.verdict, reasons=(reason_a, reason_b)))
        else:
            self._walk.decide(d.id, Answer(d.verdict, reason=reason, new_marks=d.new_marks, new_value=d.new_value))
