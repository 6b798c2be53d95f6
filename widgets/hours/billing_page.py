"""Prices and invoices: what of a customer is open, the bases that were made, and what is agreed to cost."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from app.hours.billing import BillingEditor, Pending, all_bases, customers_to_bill, new_basis, open_work
from app.hours.entries import month_of
from app.hours.invoices import euros_called, price_called, save_basis
from app.hours.products import catalogue
from app.i18n import today
from app.jobs import Job, JobLane
from app.model.billing import InvoiceBasis, Price
from app.model.sought import Side
from app.workspace import Workspace
from widgets.forms.file_dialogs import FileDialogs
from widgets.forms.form import named
from widgets.forms.inputs import Choice
from widgets.hours.end_price import ask_last_day
from widgets.hours.price_form import PriceForm
from widgets.look.look import Look
from widgets.look.parts import Card, ListCard, Row, beside, button, clear, confirm, label, section_label, stacked

_CSV = "CSV (*.csv)"
_SHOWN = 24


class BillingPage(QWidget):
    """What is open is counted in a job whenever a customer or month is chosen."""

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self._space, self._look, self._texts = workspace, look, workspace.texts
        self._files = FileDialogs(self)
        self._job: Job | None = None
        self.found: Pending | None = None
        self._products = catalogue(workspace.store)
        t = self._texts
        self.sides = {
            Side.CLIENTS: button(t.tr("Client work"), partial(self._turn, Side.CLIENTS), "pill"),
            Side.SUPERVISION: button(t.tr("Supervision and training"), partial(self._turn, Side.SUPERVISION), "pill"),
        }
        self._sides = QButtonGroup(self)
        for made in self.sides.values():
            made.setCheckable(True)
            self._sides.addButton(made)
        self.side = Side.CLIENTS
        self.sides[self.side].setChecked(True)
        self.customer, self.month = Choice(), Choice()
        self.customer.setMinimumContentsLength(30)
        self.month.setMinimumContentsLength(16)
        self.customer.activated.connect(lambda _: self._count())
        self.month.activated.connect(lambda _: self._count())
        self.told = label("", wrap=True)
        self.form = PriceForm(t, self._products)
        self.form.asked.connect(self._on_asked)
        self._bases, self._prices = QVBoxLayout(), QVBoxLayout()
        about = t.tr(
            "Of one customer and month: what both have confirmed and no basis holds yet. What was corrected after a "
            "basis is taken back whole and written anew. Nothing is hidden here, so it goes to that customer alone."
        )
        fields = beside(named(t.tr("Customer"), self.customer), named(t.tr("Month"), self.month), None, spacing=12)
        self.setLayout(
            stacked(
                beside(*self.sides.values(), None), section_label(t.tr("Basis of invoices")),
                Card(label(about, "muted", wrap=True), fields, self.told), self._bases,
                section_label(t.tr("Prices")), self.form, self._prices, None, spacing=12, margins=(24, 18, 24, 24),
            )
        )  # fmt: skip

    @property
    def editor(self) -> BillingEditor:
        return self._space.editor("billing", lambda: BillingEditor(self._space.store, self._texts))

    @property
    def can_make(self) -> bool:
        """Whether anything is open."""
        return self.found is not None and bool(self.found.lines)

    def refresh(self) -> None:
        """Everything but what is typed made anew. Raises StoreError."""
        t, store = self._texts, self._space.store
        whose = customers_to_bill(store, self.side, today())
        self._products = catalogue(store)
        self.form.offer(whose)
        self.form.offer_products(self._products)
        self.customer.offer([(name, name) for name in whose])
        if self.customer.value() not in whose:
            self.customer.set_value(whose[0] if whose else None)
        months = [date(today().year - (n > today().month), (today().month - n) % 12 or 12, 1) for n in range(13)]
        self.month.offer([(day, t.month(day)) for day in months if day <= today()])
        if self.month.value() is None:
            self.month.set_value(months[0])
        clear(self._bases)
        held = all_bases(store, self.side)
        if held:
            self._bases.addWidget(section_label(t.tr("Bases that were made")))
            self._bases.addWidget(ListCard([self._basis(basis) for basis in held[:_SHOWN]]))
        clear(self._prices)
        prices = self.editor.prices
        if prices:
            self._prices.addWidget(ListCard([self._price(price) for price in prices]))
        self._count()

    def _turn(self, side: Side) -> None:
        self.side = side
        self.refresh()

    # what is open

    def _count(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._take(None)
        store, side, customer = self._space.store, self.side, self.customer.value()
        if not customer:
            self.told.setText(self._texts.tr("There are no hours for any customer yet."))
            return
        first, last = month_of(self.month.value())
        self._job = self._space.jobs.run(
            self._texts.tr("Counting what is open"), lambda _: open_work(store, side, customer, first, last),
            self._take, self._space.notices.trouble, lane=JobLane.ARCHIVE,
        )  # fmt: skip

    def _take(self, found: Pending | None) -> None:
        self.found = found
        self.told.setText("" if found is None else self._said(found))

    def _said(self, found: Pending) -> str:
        t = self._texts
        parts = []
        if found.new:
            parts.append(t.trn("{n} open row", "{n} open rows", found.new))
        if found.credits:
            parts.append(t.trn("{n} row to take back", "{n} rows to take back", found.credits))
        net = t.tr("{sum} before VAT", sum=euros_called(t, found.net))
        said = [f"{', '.join(parts)}: {net}." if parts else t.tr("Nothing is open.")]
        if found.unpriced:
            said.append(t.trn("{n} entry has no price.", "{n} entries have no price.", found.unpriced))
        if found.waiting:
            said.append(t.trn("{n} entry is not confirmed.", "{n} entries are not confirmed.", found.waiting))
        if found.unsaid:
            said.append(
                t.trn(
                    "{n} entry is of a session that is gone: how much of it is invoiced is not known.",
                    "{n} entries are of sessions that are gone: how much of them is invoiced is not known.",
                    found.unsaid,
                )
            )
        return " ".join(said)

    # bases

    def make(self) -> None:
        """Asked first: a basis is never changed."""
        t, space = self._texts, self._space
        if not self.can_make:
            space.notices.done(t.tr("Nothing is open, so there is nothing to make a basis of."))
            return
        side, customer = self.side, self.customer.value()
        first, last = month_of(self.month.value())
        question = t.tr("Make the basis? It stays as it is; what changes later is taken back on the next one.")
        if confirm(self, t, question, t.tr("Make the basis")):
            space.jobs.run(
                t.tr("Making the basis"), lambda _: new_basis(space.store, side, customer, first, last), self._made,
                space.notices.trouble, lane=JobLane.ARCHIVE,
            )  # fmt: skip

    def _made(self, basis: InvoiceBasis | None) -> None:
        if basis is None or not self.editor.make(basis):
            self.refresh()
            return
        self.refresh()
        self._save(basis)

    def _basis(self, basis: InvoiceBasis) -> QWidget:
        t = self._texts
        credits_ = sum(line.quantity < 0 for line in basis.lines)
        about = (
            f"{t.date(basis.first)}–{t.date(basis.last)}",
            t.trn("{n} row", "{n} rows", len(basis.lines)),
            t.trn("{n} of them a credit", "{n} of them credits", credits_) if credits_ else "",
            t.tr("made {day}", day=t.date(basis.made.astimezone().date())),
        )
        act = button(t.tr("Save as CSV…"), partial(self._save, basis), "quiet")
        title = t.tr("Basis {n}: {customer}", n=basis.number, customer=basis.customer)
        gross = t.tr("{sum} with VAT", sum=euros_called(t, basis.gross))
        return Row(self._look, title, " · ".join(x for x in about if x), "", gross, act)

    def _save(self, basis: InvoiceBasis) -> None:
        t, space = self._texts, self._space
        name = t.tr("Basis of invoice")
        path = self._files.save(t.tr("Save as CSV"), f"{name} {basis.number}.csv", _CSV)
        if path is None:
            return
        done = t.tr("The file was saved. It is not encrypted; no client is named in it.")
        space.jobs.run(
            t.tr("Writing the basis"), lambda _: save_basis(space.store, t, basis, path),
            lambda _: space.notices.done(done), space.notices.trouble, lane=JobLane.ARCHIVE,
        )  # fmt: skip

    # prices

    def _price(self, price: Price) -> QWidget:
        t = self._texts
        until = f"–{t.date(price.last)}" if price.last is not None else "–"
        service = self._products.called(t, price.product)
        about = " · ".join(x for x in (service, price_called(t, price), price.exempt) if x)
        end = button(t.tr("End it on a day…"), partial(self._end, price), "quiet")
        remove = button(t.tr("Remove"), partial(self.editor.remove, price.id), "quiet")
        return Row(self._look, price.customer, about, "", f"{t.date(price.first)}{until}", end, remove)

    def _on_asked(self, values: dict[str, object]) -> None:
        if self.editor.add(**values):
            self.form.ready()

    def _end(self, price: Price) -> None:
        last = ask_last_day(self, self._texts, price, self._products)
        if last is not None:
            self.editor.end(price.id, last)
