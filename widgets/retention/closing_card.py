"""Closing a case is a checklist: each step with its action. With something left it needs a reason; it can reopen."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.casework.case_file import CaseFile
from app.casework.closing import Check, Step, checklist, close, mark, reopen
from app.errors import AppError
from app.i18n import Texts, today
from app.workspace import Workspace
from widgets.forms.form import named
from widgets.look.look import Look
from widgets.look.parts import Card, ListCard, Row, beside, bring_in_sight, button, clear, label
from widgets.screen import Go

#: px of a step's line, with an action or without
_ROW = 58


def step_words(t: Texts, step: Step) -> tuple[str, str]:
    """The step as it is when done, and as it is when not."""
    return {
        Step.CODINGS: (t.tr("No coding is unfinished"), t.tr("A coding was begun and is not ready")),
        Step.DRAFTS: (t.tr("No statement is a draft"), t.tr("A statement is still a draft")),
        Step.STATEMENT: (t.tr("A statement is final"), t.tr("No statement is final")),
        Step.NOTES: (t.tr("Your own notes are gone"), t.tr("You have own notes that are still kept")),
        Step.FILMS: (t.tr("No film waits for its erasing"), t.tr("Films wait for their erasing")),
        Step.REQUESTS: (t.tr("No request is open"), t.tr("A request is open")),
        Step.HOLDS: (t.tr("No legal hold stands"), t.tr("A legal hold stands")),
        Step.RETURNED: (t.tr("Returned to the register-keeper"), t.tr("Not yet returned to the register-keeper")),
        Step.CHILD_TOLD: (t.tr("The child has been told"), t.tr("The child has not been told that this ends")),
    }[step]


class ClosingCard(Card):
    """Filled by `show_case`. `near` are the cards beside it in which a step is done."""

    def __init__(self, space: Workspace, look: Look, go: Go, near: dict[Step, QWidget]) -> None:
        super().__init__(spacing=12, padding=20)
        self._space, self._look, self._go, self._near = space, look, go, near
        t = space.texts
        self._file: CaseFile | None = None
        self._says = label("", "strong", wrap=True)
        self._rows = QVBoxLayout()
        self.reason = QLineEdit()
        self.reason.setMaxLength(400)
        self._why = named(t.tr("Why it is closed although something is left"), self.reason)
        self.close_it = button(t.tr("Close the case"), self._on_close)
        self.reopen = button(t.tr("Open the case again"), self._on_reopen)
        self.column.addWidget(label(t.tr("Closing the case"), "heading"))
        self.column.addWidget(self._says)
        self.column.addLayout(self._rows)
        self.column.addWidget(self._why)
        self.column.addLayout(beside(self.close_it, self.reopen, None))

    def show_case(self, file: CaseFile, *, anew: bool) -> None:
        """As it is now."""
        t, self._file = self._space.texts, file
        if anew:
            self.reason.clear()
        checks = checklist(self._space.store, file, today())
        left, closed = sum(not c.done for c in checks), file.case.closed
        said = t.trn("{n} thing is left to do.", "{n} things are left to do.", left) if left else t.tr("All is done.")
        if closed is not None:
            said = t.tr("Closed {day}.", day=t.date(closed))
            if file.case.closed_despite:
                said += f" {file.case.closed_despite}"
        self._says.setText(said)
        clear(self._rows)
        self._rows.addWidget(ListCard([self._row(file, check) for check in checks]))
        self._why.setVisible(bool(left) and closed is None)
        self.close_it.setVisible(closed is None)
        self.reopen.setVisible(closed is not None)

    def _row(self, file: CaseFile, check: Check) -> QWidget:
        done, lacks = step_words(self._space.texts, check.step)
        day = {Step.RETURNED: file.case.returned, Step.CHILD_TOLD: file.case.child_told}.get(check.step)
        sign = "check" if check.done else "clock"
        more = self._space.texts.date(day)
        row = Row(self._look, done if check.done else lacks, more, sign, action=self._action(file, check))
        row.setMinimumHeight(_ROW)
        return row

    def _action(self, file: CaseFile, check: Check) -> QPushButton | None:
        t, go, case = self._space.texts, self._go, file.case
        if check.step in (Step.RETURNED, Step.CHILD_TOLD):
            words = t.tr("Take back") if check.done else t.tr("Done today")
            return button(words, partial(self._on_mark, check.step, done=not check.done), "quiet")
        acts = {
            Step.CODINGS: partial(go, "coding", meeting_id=check.meeting_id),
            Step.NOTES: partial(go, "coding", meeting_id=check.meeting_id),
            Step.DRAFTS: partial(go, "statement", case_id=case.id),
            Step.STATEMENT: partial(go, "statement", case_id=case.id),
            Step.REQUESTS: partial(go, "cases", case_id=case.id, part="requests"),
            **{step: partial(bring_in_sight, card) for step, card in self._near.items()},
        }
        return None if check.done or check.step not in acts else button(t.tr("Open"), acts[check.step], "quiet")

    def _on_mark(self, step: Step, *, done: bool) -> None:
        assert self._file is not None, "a case is shown"
        space, case = self._space, self._file.case
        try:
            mark(space.door, space.texts, case, step, today() if done else None)
        except AppError as error:
            space.notices.trouble(error)

    def _on_close(self) -> None:
        assert self._file is not None, "a case is shown"
        space = self._space
        try:
            close(space.door, space.texts, self._file, today(), self.reason.text())
        except AppError as error:
            space.notices.trouble(error)
            self.reason.setFocus()
            return
        self.reason.clear()

    def _on_reopen(self) -> None:
        assert self._file is not None, "a case is shown"
        space = self._space
        try:
            reopen(space.door, space.texts, self._file.case)
        except AppError as error:
            space.notices.trouble(error)
