"""The guests' passes that are given, each with its last day to change and a way to end it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import today
from app.office.guest_words import pass_words
from app.office.guests import Given, end, given, may_invite, prolong
from app.ports import Store
from app.workspace import Workspace
from widgets.guests.last_day_dialog import LastDayDialog
from widgets.look.parts import beside, button, clear, confirm, label, stacked


class PassesList(QWidget):
    """Of one meeting, or with no id of all; those that ended stand last. `changed` when one was changed here."""

    changed = Signal()

    def __init__(self, space: Workspace) -> None:
        super().__init__()
        self._space = space
        self._told: object = None
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(10)
        self.setLayout(self._rows)

    def show_passes(self, meeting_id: str = "", store: Store | None = None) -> bool:
        """Read anew; whether there is any. The rows are made anew only where one changed, so that the focus stays."""
        fields = {"meeting_id": meeting_id} if meeting_id else {}
        found = sorted(given(store or self._space.store, **fields), key=lambda one: not one.held.in_force(today()))
        told = (meeting_id, found)
        if told != self._told:
            self._told = told
            clear(self._rows)
            for one in found:
                self._rows.addLayout(self._row(one))
        self.setVisible(bool(found))
        return bool(found)

    def _row(self, one: Given) -> QLayout:
        t = self._space.texts
        words = stacked(label(one.guest.name, "strong"), label(pass_words(t, one), "muted", wrap=True), spacing=2)
        row = beside(spacing=12)
        row.addLayout(words, 1)
        if one.held.ended is None and may_invite(self._space.store, one.meeting):
            change = button(t.tr("Last day…"), partial(self._change, one), "quiet")
            change.setAccessibleName(t.tr("Last day of the pass of {name}", name=one.guest.name))
            stop = button(t.tr("End the pass"), partial(self._end, one), "quiet")
            stop.setAccessibleName(t.tr("End the pass of {name}", name=one.guest.name))
            row.addWidget(change)
            row.addWidget(stop)
        return row

    def _change(self, one: Given) -> None:
        space = self._space
        dialog = LastDayDialog(space.texts, one.guest.name, one.held.until, self)
        if dialog.exec():
            self._do(lambda: prolong(space.door, space.texts, one.held, dialog.until.value()))

    def _end(self, one: Given) -> None:
        space, t = self._space, self._space.texts
        question = t.tr(
            "End the pass of {name}? The guest can no longer sign in. What the guest coded stays.", name=one.guest.name
        )
        if confirm(self, t, question, t.tr("End the pass")):
            self._do(lambda: end(space.door, t, one.held))

    def _do(self, act: object) -> None:
        assert callable(act)
        try:
            act()
        except AppError as error:
            self._space.notices.trouble(error)
        self.changed.emit()
