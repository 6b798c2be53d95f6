"""Asks on which day a price ends."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from app.hours.products import Catalogue
from app.i18n import Texts, today
from app.model.billing import Price
from widgets.folding import size_to_fit
from widgets.forms.date_field import DateField
from widgets.look.parts import beside, button, label, primary_button, stacked


class EndPriceDialog(QDialog):
    """`day` holds what was typed. A text that is no day, or a day before the price begins, is said and not taken."""

    def __init__(self, parent: QWidget, texts: Texts, price: Price, products: Catalogue) -> None:
        super().__init__(parent)
        t, self._first = texts, price.first
        self.setWindowTitle(t.tr("End the price"))
        self.day = DateField(t, t.tr("Last day"))
        self.day.set_value(price.last or today())
        self.wrong = label("", "danger", wrap=True)
        self.wrong.hide()
        self.day.line.textEdited.connect(lambda _: self.wrong.hide())
        self._too_early = t.tr(
            "The price begins on {day}. Its last day is that day or a later one.", day=t.date(price.first)
        )
        self._missing = t.tr("Write the last day of the price.")
        self.done_button = primary_button(t.tr("End the price"), self._take)
        self.setLayout(
            stacked(
                label(f"{price.customer} · {products.called(t, price.product)}", "strong", wrap=True),
                self.day,
                self.wrong,
                label(t.tr("Work that is done later needs another price."), "caption", wrap=True),
                None,
                beside(None, button(t.tr("Cancel"), self.reject, "quiet"), self.done_button),
                spacing=12, margins=(20, 20, 20, 20),
            )
        )  # fmt: skip
        size_to_fit(self, 440, 250)
        self.done_button.setDefault(True)
        self.day.setFocus()

    def _take(self) -> None:
        if self.day.is_wrong():  # the field says what is wrong as it is left, also by Enter
            self.day.setFocus()
            return
        day = self.day.value()
        if day is not None and day >= self._first:
            self.accept()
            return
        self.wrong.setText(self._missing if day is None else self._too_early)
        self.wrong.show()
        self.day.setFocus()


def ask_last_day(parent: QWidget, texts: Texts, price: Price, products: Catalogue) -> date | None:
    """The last day of a price; None when it was left as it is."""
    asked = EndPriceDialog(parent, texts, price, products)
    day = asked.day.value() if asked.exec() == QDialog.DialogCode.Accepted else None
    asked.deleteLater()
    return day
