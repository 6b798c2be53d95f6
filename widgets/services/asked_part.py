"""How the service was: of whom it is asked, and who has told; a press leads to the form in the case."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from app.i18n import Texts
from app.model.feedback_form import FeedbackFrom
from app.works.asking import asked_of
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
        self.column.addLayout(self._rows)
        self.refresh()

    def refresh(self) -> None:
        t = self._texts
        found = asked_of(self._sources.store, self._editor.file, t)
        clear(self._rows)
        for one in found:
            called = teller_word(t, one.who)
            said = t.tr("not told yet of the service") if one.told is None else t.tr("told {day}", day=t.date(one.told))
            act = button(t.tr("Ask…"), partial(self._ask, one.who))
            act.setAccessibleName(f"{act.text()} {called}")
            row = beside(stacked(label(called), label(said, "muted"), spacing=2), act)
            row.setStretch(0, 1)
            self._rows.addLayout(row)
        self.setVisible(bool(found))

    def _ask(self, who: FeedbackFrom) -> None:
        self.asked.emit(who)
