"""What the two decided otherwise while they were apart: each proposal beside what stands, taken one by one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.comparing.common_view.walking import Walk
from app.comparing.decision_words import decided_words, title_of
from app.comparing.led.session import LedSession
from app.comparing.led.values import Ruling, as_decision
from app.i18n import Texts
from app.model.decision import Decision
from widgets.folding import size_to_fit
from widgets.look.parts import Card, beside, button, clear, label, scrolled, stacked


class ProposalsDialog(QDialog):
    """Who leads takes or keeps; who follows sees what waits. Closes by itself when nothing is left."""

    shown = Signal(str)  # the id of a difference to be looked at

    def __init__(self, session: LedSession, walk: Walk, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._walk, self._texts = session, walk, texts
        t = texts
        self.setWindowTitle(t.tr("Proposals"))
        size_to_fit(self, 680, 520)
        self._about = label("", "muted", wrap=True)
        self._rows = stacked(spacing=10, margins=(0, 0, 8, 0))
        body = QWidget()
        body.setLayout(stacked(self._rows, None))
        close = button(t.tr("Close"), self.accept)
        self.setLayout(stacked(self._about, scrolled(body), beside(None, close), spacing=14, margins=(24, 24, 24, 20)))
        session.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        t, session, found = self._texts, self._session, self._session.proposals()
        if not found:
            self.accept()
            return
        name = self._walk.found.short_names[session.partner]
        self._about.setText(
            t.tr("{name} decided these otherwise. What stands here stays until you take a proposal.", name=name)
            if session.leads
            else t.tr("You decided these otherwise. {name} leads and takes them or keeps what stands there.", name=name)
        )
        clear(self._rows)
        for d in found:
            self._rows.addWidget(self._card(d))

    def _card(self, d: Decision) -> Card:
        t, session, card = self._texts, self._session, Card()
        mine, offered = session.standing(d), session.proposed(d)
        card.column.addWidget(label(title_of(t, self._walk.found, d), "heading", wrap=True))
        card.column.addWidget(label(t.tr("Stands: {what}", what=self._words(d, mine)), "", wrap=True))
        card.column.addWidget(label(t.tr("Proposed: {what}", what=self._words(d, offered)), "", wrap=True))
        looks = button(t.tr("Look at it"), partial(self._look, d), "link")
        if session.leads:
            take = button(t.tr("Take the proposal"), partial(session.take, d))
            keep = button(t.tr("Keep what stands"), partial(session.keep, d))
            card.column.addLayout(beside(take, keep, None, looks))
        else:
            card.column.addLayout(beside(looks, None))
        return card

    def _look(self, d: Decision) -> None:
        self.shown.emit(d.id)
        self.accept()

    def _words(self, d: Decision, ruling: Ruling) -> str:
        """What was decided, by whom and when, with the reasons."""
        t, found = self._texts, self._walk.found
        coders = found.file.meeting.coders
        who = found.short_names[ruling.by] if ruling.by >= 0 else ""
        said = decided_words(t, found, as_decision(d, ruling, coders), who)
        reasons = [ruling.reason]
        for name, reason in zip(found.short_names, (ruling.reason_a, ruling.reason_b), strict=True):
            reasons.append(f"{name}: {reason}" if reason else "")
        return " ".join(x for x in (said or t.tr("nothing is decided"), *reasons) if x)
