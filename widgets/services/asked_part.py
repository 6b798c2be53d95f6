"""How the service was: of whom it is asked, and who has told; a press leads to the form."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from app.i18n import Texts
from app.model.feedback_form import FeedbackFrom
from app.works.asking import AskedOf, asked_of
from app.works.editor import WorkEditor
from widgets.look.parts import Card, beside, button, clear, label, section_label, stacked
from widgets.service_feedback.teller_words import teller_word
from widgets.services.field_sources import FieldSources


class AskedPart(Card):
    """Hidden where the template asks nobody."""

    asked = Signal(object)  # FeedbackFrom

    def __init__(self, texts: Texts, editor: WorkEditor, sources: FieldSources) -> None:
        super().__init__(section_label(texts.tr("Feedback on the service")), spacing=10)
        self._texts, self._editor, self._sources = texts, editor, sources
        self._rows = stacked(spacing=10)
        self._found: tuple[AskedOf, ...] | None = None
        self.column.addLayout(self._rows)
        self.refresh()

    def refresh(self) -> None:
        t = self._texts
        found = asked_of(self._sources.store, self._editor.file, t)
        if found == self._found:
            return
        self._found = found
        clear(self._rows)
        for one in found:
            called, said = teller_word(t, one.who), self._said(one)
            act = button(t.tr("Ask…"), partial(self._ask, one.who))
            act.setAccessibleName(f"{act.text()} {called}")
            row = beside(stacked(label(called), label(said, "muted"), spacing=2), act)
            row.setStretch(0, 1)
            self._rows.addLayout(row)
        self.setVisible(bool(found))

    def _said(self, one: AskedOf) -> str:
        t = self._texts
        if one.told is None:
            return t.tr("not told yet of the service")
        day = t.date(one.told)
        if not one.forms:
            return t.tr("told {day}", day=day)
        return t.trn("{n} form, the newest {day}", "{n} forms, the newest {day}", one.forms, day=day)

    def _ask(self, who: FeedbackFrom) -> None:
        self.asked.emit(who)
