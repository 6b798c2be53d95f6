"""The basis of an invoice as a file: for who writes the invoices, one customer's lines with their sums, as CSV."""

from __future__ import annotations

from pathlib import Path

from app.exchange.spreadsheets import csv_file
from app.hours.products import Catalogue, catalogue, shipped_catalogue
from app.hours.work_words import what_called
from app.i18n import N_, Texts
from app.model.billing import KM, BillLine, Cents, InvoiceBasis, Price, Tenths
from app.model.hours import Work
from app.model.people import Worker
from app.model.supervision import PricePer
from app.ports import Store
from app.whole_file import write_whole

#: what prices are of
PER = {
    PricePer.HOUR: N_("per hour"),
    PricePer.UNIT: N_("per 45 minutes"),
    PricePer.SESSION: N_("per meeting"),
    PricePer.DAY: N_("per day"),
}
_UNITS = {
    PricePer.HOUR.value: N_("hour"),
    PricePer.UNIT.value: N_("unit of 45 min"),
    PricePer.SESSION.value: N_("meeting"),
    PricePer.DAY.value: N_("day"),
    KM: N_("kilometer"),
}


def money(texts: Texts, cents: Cents) -> str:
    """`1234,50`, as a spreadsheet reads it."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}{',' if texts.comma else '.'}{rest:02d}"


def euros_called(texts: Texts, cents: Cents) -> str:
    """*1 234,50 €*, as people read it."""
    return f"{texts.number(cents / 100, 2)} €"


def rate(texts: Texts, vat: Tenths) -> str:
    """*25,5*."""
    return f"{vat // 10}{',' if texts.comma else '.'}{vat % 10}"


def price_called(texts: Texts, price: Price) -> str:
    """*95,50 € per hour, 0,57 € per km, VAT 25,5 %*."""
    t = texts
    parts = [f"{euros_called(t, price.cents)} {t.tr(PER[price.per])}"] if price.cents else []
    parts += [t.tr("{price} per km", price=euros_called(t, price.km_cents))] if price.km_cents else []
    parts.append(t.tr("VAT {rate} %", rate=rate(t, price.vat)) if price.vat else t.tr("free of VAT"))
    return ", ".join(parts)


def quantity(texts: Texts, line: BillLine) -> str:
    """Of the line's unit; time with two digits."""
    if line.parts == 1:
        return str(line.quantity)
    plain = f"{line.quantity / line.parts:.2f}"
    return plain.replace(".", ",") if texts.comma else plain


def basis_csv(texts: Texts, basis: InvoiceBasis, products: Catalogue | None = None) -> bytes:
    """The whole file, by what `products` are called. No client is named in it."""
    t, products = texts, products or shipped_catalogue()
    head = (
        t.tr("Basis"), t.tr("Made"), t.tr("Customer"), t.tr("Row"), t.tr("Day"), t.tr("Service"), t.tr("What was done"),
        t.tr("Number of minutes"), t.tr("Quantity"), t.tr("Unit"), t.tr("Price of a unit €"), t.tr("Net €"),
        t.tr("VAT %"), t.tr("VAT €"), t.tr("Gross €"), t.tr("Ground for no VAT"),
    )  # fmt: skip
    rows = [head, *(_row(t, products, basis, line) for line in basis.lines)]
    by_rate = sorted({line.vat for line in basis.lines})
    for vat in by_rate if len(by_rate) > 1 else ():
        some = [line for line in basis.lines if line.vat == vat]
        rows.append(_sums(t, t.tr("Together"), sum(s.net for s in some), rate(t, vat), sum(s.tax for s in some)))
    rows.append(_sums(t, t.tr("Together"), basis.net, "", basis.tax))
    notes = (
        t.tr("New rows are of {first}–{last}, confirmed by both.", first=t.date(basis.first), last=t.date(basis.last)),
        t.tr("Net and VAT of each row are rounded to the cent, half a cent upward; sums are sums of the rows."),
        t.tr("A credit takes back a row of an earlier basis whole; what stands in its place is a new row."),
        t.tr("The office chose how each service is taxed. Ask the accountant when in doubt."),
    )
    return csv_file(rows, notes)


def _row(t: Texts, products: Catalogue, basis: InvoiceBasis, line: BillLine) -> tuple[str, ...]:
    what = t.tr("Kilometers") if line.what == KM else what_called(t, Work(line.what))
    kind = t.tr("credit") if line.quantity < 0 else t.tr("invoiced")
    minutes = str(line.quantity) if line.parts > 1 else ""
    return (
        str(basis.number), t.date(basis.made.astimezone().date()), basis.customer, kind, t.date(line.day),
        products.called(t, line.product), what, minutes, quantity(t, line), t.tr(_UNITS[line.per]),
        money(t, line.cents), money(t, line.net), rate(t, line.vat), money(t, line.tax), money(t, line.gross),
        line.exempt,
    )  # fmt: skip


def _sums(t: Texts, name: str, net: Cents, vat: str, tax: Cents) -> tuple[str, ...]:
    return (name, *("",) * 10, money(t, net), vat, money(t, tax), money(t, net + tax), "")


def save_basis(store: Store, texts: Texts, basis: InvoiceBasis, path: Path) -> None:
    """Raises AppError `cannot-write`, StoreError."""
    write_whole(path, basis_csv(texts, basis, catalogue(store)))
    store.note("export", Worker, store.me, f"invoice-basis={basis.number};rows={len(basis.lines)}")
