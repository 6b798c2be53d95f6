"""The quick row: some hours of a day in one line, typed from left to right and added with Enter."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout

from app.hours.for_whom import customers, own_matters
from app.hours.products import OFFICE_WORK, Catalogue
from app.hours.work_words import what_called
from app.i18n import today
from app.model.hours import LONGEST_DAY, Work
from app.model.meeting import Delivery
from app.model.sought import Side
from app.office.workers import by_name
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.forms.date_field import DateField
from widgets.forms.form import below_name, named
from widgets.forms.inputs import Choice, Number, Suggestions
from widgets.look.parts import Card, button

#: minutes that a new row begins with, and by which the arrows step
_MINUTES, _STEP = 60, 15
_NOBODY = ""


class QuickRow(Card):
    """`added(values)`: what was typed, as fields of an entry; the row stands ready for the next of the same day."""

    added = Signal(object)

    def __init__(self, workspace: Workspace, products: Catalogue) -> None:
        super().__init__(padding=14)
        t = self._texts = workspace.texts
        store = workspace.store
        words = StatementTexts(t.language)
        self._matters = {m.whole_id: m for m in own_matters(store)}
        self.day = DateField(t, t.tr("Day"))
        self.day.set_value(today())
        self.minutes = Number(0, LONGEST_DAY, _STEP, t.tr(" min"))
        self.minutes.setValue(_MINUTES)
        self.what = Choice([(work, what_called(t, work)) for work in Work])
        self._products = products
        self.product = Choice(self._offered())
        nobody = [(_NOBODY, t.tr("no case of the archive"))]
        self.whom = Choice([*nobody, *((m.whole_id, m.code_name) for m in self._matters.values())])
        self.customer = Suggestions([(c, c) for c in customers(store, tuple(self._matters.values()), today())])
        others = [(w.id, w.name) for w in by_name(store) if w.id != store.me and not w.guest]
        self.partner = Choice([(_NOBODY, t.tr("alone")), *others])
        self.delivery = Choice([(d, words.of("deliveries", d)) for d in Delivery])
        self.km = Number(0, 2000, 1, t.tr(" km"))
        self.participants = Number(0, 200)
        for box, value in (
            (self.what, Work.MEETING),
            (self.product, products.products[0].key),
            (self.delivery, Delivery.ROOM),
        ):
            box.set_value(value)
        self.whom.set_value(_NOBODY)
        self.partner.set_value(_NOBODY)
        self.add = button(t.tr("Add hours"), self.take)
        self.whom.activated.connect(lambda _: self._on_whom())
        self.product.activated.connect(lambda _: self._on_product())
        self._lay_out()
        self._on_product()

    def offer(self, products: Catalogue) -> None:
        """Other services; the chosen one stays chosen."""
        self._products = products
        self.product.offer(self._offered())

    def _offered(self) -> list[tuple[str, str]]:
        return [(p.key, self._products.called(self._texts, p.key)) for p in self._products.products]

    def _lay_out(self) -> None:
        t, grid = self._texts, QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        first = (
            (self.day, 1), (named(t.tr("Minutes"), self.minutes), 1), (named(t.tr("What was done"), self.what), 1),
            (named(t.tr("Service"), self.product), 2), (named(t.tr("For whom"), self.whom), 1),
        )  # fmt: skip
        second = (
            (named(t.tr("Customer"), self.customer), 1), (named(t.tr("Together with"), self.partner), 1),
            (named(t.tr("How people met"), self.delivery), 1), (named(t.tr("Kilometers"), self.km), 1),
            (named(t.tr("Participants of a group"), self.participants), 1), (below_name(self.add), 1),
        )  # fmt: skip
        for row, parts in enumerate((first, second)):
            column = 0
            for part, span in parts:
                grid.addWidget(part, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
                column += span
        for column in range(6):
            grid.setColumnStretch(column, 1)
        self.column.addLayout(grid)

    def _on_whom(self) -> None:
        """What follows from a case is filled in, and can be changed."""
        matter = self._matters.get(self.whom.value())
        if matter is not None:
            self.customer.set_value(matter.customer)
            self.partner.set_value(matter.partner_id)

    def _on_product(self) -> None:
        """What is nobody's matter, or done with professionals, is of no case."""
        product = self.product.value()
        is_clients = self._products.of(product).side == Side.CLIENTS and product != OFFICE_WORK
        self.whom.setEnabled(is_clients)
        if not is_clients:
            self.whom.set_value(_NOBODY)

    def values(self) -> dict[str, Any] | None:
        """What is typed, as fields of an entry; None while the day cannot be read."""
        if self.day.is_wrong() or self.day.value() is None:
            return None
        matter = self._matters.get(self.whom.value())
        with_whom = {} if matter is None else {"children": matter.children, "adults": matter.adults}
        return {
            "day": self.day.value(), "minutes": self.minutes.value(), "product": self.product.value(),
            "what": self.what.value(), "customer": self.customer.value(), "delivery": self.delivery.value(),
            "km": self.km.value(), "whole_id": self.whom.value(), "partner_id": self.partner.value(),
            "participants": self.participants.value(), **with_whom,
        }  # fmt: skip

    def take(self) -> None:
        """Hand over what is typed, and stand ready for the next."""
        values = self.values()
        if values is None:
            self.day.setFocus()
            return
        self.added.emit(values)

    def ready(self) -> None:
        """After the row was added: the same day and service, no way and nobody's group."""
        self.km.setValue(0)
        self.participants.setValue(0)
        self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)
        self.minutes.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
            event.accept()
            return
        super().keyPressEvent(event)
