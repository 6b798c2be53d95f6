"""*Pyynnöt*: what is asked of the case's material, by when it is answered, what was decided and handed over."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.casework.request_words import in_order
from app.i18n import today
from app.statement.delivery import given_of_case
from app.statement.delivery_words import given_in_words
from app.workspace import Workspace
from widgets.cases.request_forms import AskingForm
from widgets.cases.request_row import RequestRow
from widgets.cases.section import WIDEST, Section
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, clear, hairline, label, section_label


class RequestsSection(Section):
    """Open requests first. A row stays while its request does, so that what is typed in it stays too."""

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__(space, look)
        t = self.texts
        self.rows: dict[str, RequestRow] = {}
        self._shown: tuple[str, ...] = ()
        words = t.tr(
            "What is given is the controller's to decide: here it is prepared, and the days and the decision are kept. "
            "While a request is open, nothing of the case is erased."
        )
        self.record = button(t.tr("Record a request…"), self.open_form)
        self.form = AskingForm(self)
        self.form.setMaximumWidth(WIDEST)
        self.form.hide()
        self.none = label(t.tr("No requests in this case."), "muted", wrap=True)
        self.card = Card(spacing=0, padding=0)
        self.card.setMaximumWidth(WIDEST)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.card.column.addLayout(self._list)
        note = label(words, "caption", wrap=True)
        note.setMaximumWidth(WIDEST)
        self.column.addLayout(beside(self.record, None))
        self.column.addWidget(self.form)
        self.column.addWidget(section_label(t.tr("Requests")))
        self.column.addWidget(self.none)
        self.column.addWidget(self.card)
        self.column.addWidget(note)
        self.given_title = section_label(t.tr("Statements that were delivered"))
        self.given = Card(spacing=6)
        self.given.setMaximumWidth(WIDEST)
        self.column.addWidget(self.given_title)
        self.column.addWidget(self.given)
        self.column.addStretch(1)

    def read(self, *, anew: bool) -> None:
        rows, day = in_order(self.file.requests), today()
        if anew:
            self.close_form()
        self.form.offer(self.file)
        ids = tuple(r.id for r in rows)
        if anew or ids != self._shown:
            self._arrange(ids)
        for request in rows:
            self.rows[request.id].show_request(self.file, request, day)
        self._tell_given()
        self.none.setVisible(not rows)
        self.card.setVisible(bool(rows))

    def _tell_given(self) -> None:
        """Who received which copy of a statement of the case, the newest first."""
        clear(self.given.column)
        given = given_of_case(self.space.store, self.file.case.id)
        for one in given:
            self.given.column.addWidget(label(given_in_words(self.texts, self.words, one), wrap=True))
        for part in (self.given_title, self.given):
            part.setVisible(bool(given))

    def _arrange(self, ids: tuple[str, ...]) -> None:
        """Rows in another order, or others; those that stay keep what stands in them only in the same order."""
        clear(self._list)
        self.rows = {}
        for number, request_id in enumerate(ids):
            if number:
                self._list.addWidget(hairline())
            self.rows[request_id] = RequestRow(self)
            self._list.addWidget(self.rows[request_id])
        self._shown = ids

    def write(self) -> None:
        for row in self.rows.values():
            row.commit()

    def open_form(self) -> None:
        self.form.begin()

    def close_form(self) -> None:
        self.form.hide()
        self.record.setFocus()
