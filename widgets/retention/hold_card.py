"""Legal holds of a case: which stand and which have ended, a new one, and the end of one."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.casework.case_file import CaseFile
from app.casework.holds import end_hold, set_hold
from app.errors import AppError
from app.i18n import today
from app.model.hold import Hold
from app.workspace import Workspace
from widgets.forms.form import columns, named
from widgets.forms.inputs import Choice
from widgets.look.parts import Card, beside, button, clear, confirm, label, stacked


class HoldCard(Card):
    """Filled by `show_case`."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(spacing=12, padding=20)
        self._space = space
        t = space.texts
        self._case: CaseFile | None = None
        self._rows = QVBoxLayout()
        self.ground = QLineEdit()
        self.ground.setMaxLength(400)
        self.ground.setPlaceholderText(t.tr("Such as an appeal, or the register-keeper's word"))
        self.what = Choice([("", t.tr("The whole case"))])
        self.set = button(t.tr("Set a legal hold"), self._on_set)
        self.column.addWidget(label(t.tr("Legal hold"), "heading"))
        words = t.tr("While a hold stands nothing that it is about can be erased, by anybody. It ends by hand only.")
        self.column.addWidget(label(words, "caption", wrap=True))
        self.column.addLayout(self._rows)
        fields = columns(named(t.tr("Ground"), self.ground), named(t.tr("What is held"), self.what), shares=(2, 1))
        self.column.addLayout(fields)
        self.column.addLayout(beside(self.set, None))

    def show_case(self, file: CaseFile, meetings: list[tuple[str, str]], *, anew: bool) -> None:
        """`meetings` are ids with their words; `anew` for another case."""
        self._case = file
        self.what.offer([("", self._space.texts.tr("The whole case")), *meetings])
        if anew:
            self.ground.clear()
            self.what.set_value("")
        named_meetings = dict(meetings)
        clear(self._rows)
        for hold in sorted(file.holds, key=lambda h: (not h.stands, h.since, h.id)):
            self._rows.addWidget(self._row(hold, named_meetings))

    def _row(self, hold: Hold, meetings: dict[str, str]) -> QWidget:
        t = self._space.texts
        what = meetings.get(hold.meeting_id, "") if hold.meeting_id else t.tr("The whole case")
        since = t.date(hold.since)
        until = since + (" –" if hold.ended is None else f" – {t.date(hold.ended)}")
        words = label(hold.ground, "strong" if hold.stands else "muted", wrap=True)
        about = (what, until, self._space.worker_name(hold.set_by))
        more = label(" · ".join(x for x in about if x), "caption", wrap=True)
        row = beside(stacked(words, more, spacing=2))
        row.setStretch(0, 1)
        if hold.stands:
            end = button(t.tr("End the hold…"), partial(self._on_end, hold), "quiet")
            end.setAccessibleName(f"{end.text()} {hold.ground}")
            row.addWidget(end)
        made = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        made.setLayout(row)
        return made

    def _on_set(self) -> None:
        assert self._case is not None, "a case is shown"
        space = self._space
        if not self.ground.text().strip():
            self.ground.setFocus()
        try:
            set_hold(space.door, space.texts, self._case.case.id, today(), self.ground.text(), self.what.value() or "")
        except AppError as error:
            space.notices.trouble(error)
            return
        self.ground.clear()
        self.what.set_value("")

    def _on_end(self, hold: Hold) -> None:
        """Asked first: what it kept can then be erased."""
        space, t = self._space, self._space.texts
        question = t.tr("End this legal hold? What it kept can be erased then. The hold stays on record.")
        if not confirm(self, t, question, t.tr("End the hold")):
            return
        try:
            end_hold(space.door, t, hold, today())
        except AppError as error:
            space.notices.trouble(error)
