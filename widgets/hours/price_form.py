"""A new price of a customer's service: what it is of, how much, from when, and how it is taxed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit

from app.hours.invoices import PER
from app.hours.products import OFFICE_WORK, Catalogue
from app.hours.work_words import what_called
from app.i18n import N_, Texts, today
from app.model.billing import USUAL_WORKS, works_of
from app.model.hours import Work
from app.model.supervision import PricePer
from widgets.forms.date_field import DateField
from widgets.forms.form import below_name, columns, named
from widgets.forms.inputs import Choice, Suggestions
from widgets.forms.price_field import euros, tenths
from widgets.look.parts import Card, beside, button, label

#: grounds as an office may write them; which one is right it decides itself
_GROUNDS = (N_("Social welfare service"), N_("Not liable to VAT"))


class PriceForm(Card):
    """`asked(values)`: what was typed, as fields of a price."""

    asked = Signal(object)

    def __init__(self, texts: Texts, products: Catalogue) -> None:
        super().__init__(padding=14, spacing=12)
        t = self._texts = texts
        self.customer = Suggestions([])
        self.product = Choice()
        self.offer_products(products)
        self.product.set_value(products.products[0].key)
        self.per = Choice([(per, t.tr(words)) for per, words in PER.items()])
        self.per.set_value(PricePer.HOUR)
        self.cents, self.km, self.vat = QLineEdit(), QLineEdit(), QLineEdit()
        for line, example in ((self.cents, "95,50"), (self.km, "0,57"), (self.vat, "25,5")):
            line.setPlaceholderText(example)
        self.exempt = Suggestions([(t.tr(words), t.tr(words)) for words in _GROUNDS])
        self.first, self.last = DateField(t, t.tr("From day")), DateField(t, t.tr("Until (if known)"))
        self.first.set_value(today().replace(month=1, day=1))
        self.works = {work: QCheckBox(what_called(t, work)) for work in Work}
        for work, box in self.works.items():
            box.setChecked(work in USUAL_WORKS)
        self.per.currentIndexChanged.connect(lambda _: self._show_works())
        self._show_works()
        self.wrong = label("", "error", wrap=True)
        self.wrong.hide()
        self.add = button(t.tr("Add the price"), self.take)
        self._lay_out()

    def _lay_out(self) -> None:
        t = self._texts
        self.column.addLayout(
            columns(
                named(t.tr("Customer"), self.customer), named(t.tr("Service"), self.product),
                named(t.tr("Price before tax, €"), self.cents), named(t.tr("Price for"), self.per),
                named(t.tr("A kilometer, €"), self.km), shares=(3, 3, 2, 2, 2),
            )
        )  # fmt: skip
        self.column.addLayout(
            columns(
                named(t.tr("VAT, %"), self.vat), named(t.tr("or why there is none"), self.exempt), self.first,
                self.last, below_name(self.add), shares=(2, 4, 2, 2, 2),
            )
        )  # fmt: skip
        said = label(t.tr("Invoiced by this price:"), "caption")
        self.column.addLayout(beside(said, *self.works.values(), None, spacing=14))
        self.column.addWidget(self.wrong)

    def _show_works(self) -> None:
        """What the price cannot be of is not chosen for it."""
        can = works_of(self.per.value())
        for work, box in self.works.items():
            box.setEnabled(work in can)

    def offer_products(self, products: Catalogue) -> None:
        """Services that can have a price; the chosen one stays chosen."""
        named = ((p.key, products.called(self._texts, p.key)) for p in products.products if p.key != OFFICE_WORK)
        self.product.offer(named)

    def offer(self, customers: Iterable[str]) -> None:
        """Whom there are hours for."""
        self.customer.offer([(name, name) for name in customers])

    def values(self) -> dict[str, Any] | None:
        """What is typed, as fields of a price; None while an amount or a day cannot be read."""
        cents, km, vat = euros(self.cents.text()), euros(self.km.text()), tenths(self.vat.text())
        days = self.first, self.last
        if cents is None or km is None or vat is None or any(d.is_wrong() for d in days) or self.first.value() is None:
            return None
        return {
            "customer": self.customer.value(), "product": self.product.value(), "per": self.per.value(),
            "cents": cents, "km_cents": km, "vat": vat, "exempt": self.exempt.value(),
            "first": self.first.value(), "last": self.last.value(),
            "works": tuple(work for work, box in self.works.items() if box.isChecked() and box.isEnabled()),
        }  # fmt: skip

    def take(self) -> None:
        """Hand over what is typed."""
        values = self.values()
        self.wrong.setVisible(values is None)
        if values is None:
            t = self._texts
            self.wrong.setText(
                t.tr("An amount, rate or day cannot be read. Write them as 95,50 and 25,5 and 1.1.2026.")
            )
            return
        self.asked.emit(values)

    def ready(self) -> None:
        """After the price was added: the same customer and tax, another service."""
        self.cents.clear()
        self.km.clear()
        self.product.setFocus()
