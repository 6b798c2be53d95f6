"""The strip that tells what must be known before people meet: restrictions, safety, keep apart, hidden places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QFrame

from app.casework.care import care_for, care_words
from app.casework.case_file import CaseFile
from app.i18n import Texts
from widgets.look.parts import label, stacked


class CareStrip(QFrame):
    """One line for each, the same wherever people meet; not there when nothing is to be known."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.setObjectName("care")
        self.words = label("", wrap=True)
        self.setLayout(stacked(self.words, margins=(12, 8, 12, 8)))
        self.hide()

    def show_care(self, case: CaseFile, person_ids: Iterable[str], day: date) -> None:
        """For these people and the child, on a day."""
        lines = care_words(self._texts, case, care_for(case, person_ids, day))
        self.words.setText("\n".join(lines))
        self.words.setAccessibleName(self._texts.tr("To be known: {lines}", lines=" ".join(lines)))
        self.setVisible(bool(lines))
