"""The distribution list of a version: who received which copy, when and how, and who is still to get the new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QInputDialog, QWidget

from app.errors import AppError
from app.model.statement import Statement
from app.model.statement_delivery import StatementDelivery
from app.statement import delivery
from app.statement.delivery import Given, Recipient
from app.statement.delivery_words import how_it_went
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.look.parts import Card, beside, button, label, section_label, stacked


class DeliveryList(QWidget):
    """`deliver` opens the window for a recipient, or for nobody yet."""

    def __init__(self, space: Workspace, statement: Statement, deliver: Callable[[Recipient | None], None]) -> None:
        super().__init__()
        self._space, self._texts, self._deliver = space, space.texts, deliver
        self._words = StatementTexts(space.texts.language)
        t = space.texts
        rows = delivery.deliveries(space.store, statement.id)
        may = delivery.may_deliver(space.store, statement)
        column = stacked(section_label(t.tr("Distribution")), spacing=10)
        for given in delivery.without_the_newest(space.store, statement):
            column.addWidget(self._owed(given, may=may))
        for row in rows:
            column.addWidget(self._row(row, may=may))
        if not rows:
            words = t.tr("Nobody has received it yet.") if may else t.tr("It is delivered when everybody has signed.")
            column.addWidget(label(words, "muted", wrap=True))
        if may:
            column.addLayout(beside(button(t.tr("Deliver…"), lambda: deliver(None), "link"), None))
        self.setLayout(column)

    def _owed(self, given: Given, *, may: bool) -> QWidget:
        t, row = self._texts, given.row
        card = Card(label(row.recipient, "strong", wrap=True), spacing=3, padding=14)
        words = t.tr("Received version {n} on {date}, not this one.", n=given.version, date=t.date(row.day))
        card.column.addWidget(label(words, "danger", wrap=True))
        if may:
            act = button(t.tr("Deliver…"), lambda: self._deliver(Recipient(row.recipient, row.unit, row.role)), "link")
            act.setAccessibleName(f"{act.text()} {row.recipient}")
            card.column.addLayout(beside(act, None))
        return card

    def _row(self, row: StatementDelivery, *, may: bool) -> QWidget:
        t = self._texts
        card = Card(
            beside(label(row.recipient, "strong", wrap=True), None, label(t.date(row.day))), spacing=3, padding=14
        )
        about = ", ".join(x for x in (row.role, row.unit) if x)
        if about:
            card.column.addWidget(label(about, "muted", wrap=True))
        card.column.addWidget(label(how_it_went(t, self._words, row), "muted", wrap=True))
        if not row.counts:
            card.column.addWidget(label(t.tr("Struck: {why}", why=row.why), "danger", wrap=True))
        elif may:
            act = button(t.tr("A mistake…"), partial(self._strike, row), "link")
            act.setAccessibleName(f"{act.text()} {row.recipient}")
            card.column.addLayout(beside(act, None))
        return card

    def _strike(self, row: StatementDelivery) -> None:
        t, space = self._texts, self._space
        why, is_said = QInputDialog.getText(
            self, t.tr("Strike the delivery"), t.tr("The row stays in sight. Why is it a mistake?")
        )
        if not is_said or not why.strip():
            return
        try:
            delivery.strike(space.door, t, row, why)
        except AppError as error:
            space.notices.trouble(error)
