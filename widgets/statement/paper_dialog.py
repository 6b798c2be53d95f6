"""That somebody signed the printed version by hand, and on which day."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from app.i18n import Texts
from widgets.folding import size_to_fit
from widgets.forms.date_field import DateField
from widgets.look.parts import beside, button, label, primary_button, stacked


class PaperDialog(QDialog):
    """One day; it is noted with who noted it."""

    def __init__(self, texts: Texts, name: str, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        t = texts
        self.setWindowTitle(t.tr("Signed on paper"))
        size_to_fit(self, 480, 300)
        self.day = DateField(t, t.tr("Day of the signature"))
        self.day.set_value(today)
        self.ok = primary_button(t.tr("Note the signature"), self.accept)
        self.ok.setDefault(True)  # Enter in a field sends the form
        self.day.line.textChanged.connect(lambda _: self.ok.setEnabled(self.signed_on() is not None))
        about = t.tr(
            "The printed version is signed by hand, and here it is noted that it was. Keep the paper as you are to."
        )
        self.setLayout(
            stacked(
                label(t.tr("{name} signed on paper", name=name), "heading", wrap=True),
                label(about, "muted", wrap=True),
                self.day,
                None,
                beside(button(t.tr("Cancel"), self.reject, "quiet"), None, self.ok),
                spacing=14,
                margins=(24, 22, 24, 20),
            )
        )

    def signed_on(self) -> date | None:
        """The day that is written; None while it is no day."""
        try:
            found: date | None = self.day.value()
        except ValueError:
            return None
        return found
