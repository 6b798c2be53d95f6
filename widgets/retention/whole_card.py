"""How long work of no case is kept, what keeps it from being erased, and its erasing."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.casework.kept_wholes import KeptWhole, Thing, keep_back, kept_whole, let_go, may_erase, told_keeping
from app.casework.retention_words import kept_words
from app.door import Written
from app.erasing.wholes import thing_of
from app.errors import AppError
from app.i18n import today
from app.model.erasure import Whole
from app.model.hold import Held, Keeping
from app.supervising import own_notes
from app.workspace import Workspace
from widgets.look.parts import Card, beside, button, clear, confirm, label, section_label, stacked
from widgets.retention.erasing_act import ask_to_erase_whole
from widgets.retention.keeping_dialog import AnswerDialog, KeepingDialog


class WholeCard(Card):
    """Of one agreement or service; follows the archive. A reader of an agreement sees it and changes nothing."""

    def __init__(self, space: Workspace, whole: Whole, thing_id: str) -> None:
        super().__init__(spacing=8)
        self._space, self._whole, self._id = space, whole, thing_id
        t = space.texts
        self._thing: Thing = thing_of(space.store, whole, thing_id)
        self._says = label("", wrap=True)
        self._rows = stacked(spacing=6)
        self.keep = button(t.tr("A hold or a request…"), self._on_keep, "quiet")
        self.notes = button(t.tr("Erase all own notes…"), self._on_notes, "quiet")
        self.erase = button(t.tr("Erase…"), self._on_erase, "quiet")
        self.erase.setAccessibleName(f"{t.tr('Erase…')}: {t.tr('Retention')}")
        for part in (section_label(t.tr("Retention")), self._says):
            self.column.addWidget(part)
        self.column.addLayout(self._rows)
        self.column.addLayout(beside(self.keep, self.erase, None))
        self.column.addLayout(beside(self.notes, None))
        space.changed.connect(self._on_changed)  # bound: the workspace outlives the card
        self.refresh()

    def refresh(self) -> None:
        """As the archive has it now."""
        space, t = self._space, self._space.texts
        self._thing = thing_of(space.store, self._whole, self._id)
        kept: KeptWhole = kept_whole(space.store, self._thing, today())
        self._says.setText(kept_words(t, kept))
        clear(self._rows)
        for one in told_keeping(self._thing, space.store.me):
            self._rows.addWidget(self._row(one))
        self.keep.setVisible(self._is_mine)
        self.erase.setVisible(kept.has_ended and may_erase(self._thing, space.store.me))
        self.notes.setVisible(self._whole == Whole.SUPERVISION and bool(own_notes.notes_of(space.store, self._id)))

    @property
    def _is_mine(self) -> bool:
        """Whether the signed-in worker may change it."""
        return getattr(self._thing, "supervisor", self._space.store.me) == self._space.store.me

    def _row(self, one: Keeping) -> QWidget:
        t = self._space.texts
        kind = t.tr("Legal hold") if one.why == Held.BY_HOLD else t.tr("Request")
        span = t.date(one.since) + (" –" if one.ended is None else f" – {t.date(one.ended)}")
        due = t.tr("answer by {day}", day=t.date(one.due)) if one.stands and one.due is not None else ""
        more = " · ".join(x for x in (kind, span, due, one.answer) if x)
        words = label(one.ground, "strong" if one.stands else "muted", wrap=True)
        row = beside(stacked(words, label(more, "caption", wrap=True), spacing=2))
        row.setStretch(0, 1)
        row.setContentsMargins(0, 0, 0, 0)
        if one.stands and self._is_mine:
            ends = t.tr("End the hold…") if one.why == Held.BY_HOLD else t.tr("Answered…")
            act = button(ends, partial(self._on_end, one), "quiet")
            act.setAccessibleName(f"{ends} {one.ground}")
            row.addWidget(act)
        made = QWidget()
        made.setLayout(row)
        return made

    def _on_changed(self, written: Written) -> None:
        if any(change.id == self._id and change.after is not None for change in written.changes):
            self.refresh()

    def _on_keep(self) -> None:
        space, asked = self._space, KeepingDialog(self, self._space.texts)
        if asked.exec():
            try:
                keep_back(space.door, space.texts, self._thing, asked.why(), asked.day(), asked.ground())
            except AppError as error:
                space.notices.trouble(error)
        asked.deleteLater()

    def _on_end(self, one: Keeping) -> None:
        """A hold is asked about first, a request by what was answered."""
        space, t, answer = self._space, self._space.texts, ""
        if one.why == Held.BY_REQUEST:
            asked = AnswerDialog(self, t)
            agreed, answer = bool(asked.exec()), asked.answer()
            asked.deleteLater()
        else:
            question = t.tr("End this legal hold? What it kept can be erased then. The hold stays on record.")
            agreed = confirm(self, t, question, t.tr("End the hold"))
        if not agreed:
            return
        try:
            let_go(space.door, t, self._thing, one, today(), answer)
        except AppError as error:
            space.notices.trouble(error)

    def _on_notes(self) -> None:
        space, t = self._space, self._space.texts
        asked = t.tr(
            "Are all own notes of this supervision erased? They cannot be brought back. A note that somebody has asked "
            "to see, or that an authority wants, is not yours to erase before that is answered."
        )
        if not confirm(self, t, asked, t.tr("Erase")):
            return
        try:
            own_notes.erase_all(space.door, t, self._id)
        except AppError as error:
            space.notices.trouble(error)
        self.refresh()

    def _on_erase(self) -> None:
        ask_to_erase_whole(self._space, self._thing, self)
