"""Another worker of the house is named coder in the place of one who is away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from app.i18n import Texts
from widgets.folding import size_to_fit
from widgets.forms.form import columns, named
from widgets.forms.inputs import Choice
from widgets.look.parts import beside, button, label, primary_button, stacked

WIDTH, HEIGHT = 520, 280


class StandInDialog(QDialog):
    """`places` are the coders now, `workers` who can come in the place of one of them; each with its name."""

    def __init__(
        self, texts: Texts, places: Sequence[tuple[str, str]], workers: Sequence[tuple[str, str]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        t = texts
        self.setWindowTitle(t.tr("Another coder"))
        self.gone = Choice([(i, name or t.tr("nobody yet")) for i, name in places])
        self.come = Choice(workers)
        self.gone.setCurrentIndex(len(places) - 1)
        self.come.setCurrentIndex(0)
        words = t.tr(
            "What the one who is away has begun waits sealed: nobody else reads it and it is counted nowhere. The "
            "statement says who coded what."
        )
        ok = primary_button(t.tr("Name as coder"), self.accept)
        ok.setDefault(True)
        self.setLayout(
            stacked(
                columns(named(t.tr("In whose place"), self.gone), named(t.tr("Who codes"), self.come)),
                label(words, "muted", wrap=True),
                None,
                beside(button(t.tr("Cancel"), self.reject, "quiet"), None, ok),
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
        size_to_fit(self, WIDTH, HEIGHT)
