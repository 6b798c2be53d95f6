"""The lane above the comparison while two walk it together: who leads, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel

from app.comparing.common_view.walking import Walk
from app.comparing.led.session import LedSession, Stage
from app.i18n import Texts
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, stacked


class TogetherLane(QFrame):
    """Says always who leads; hidden while nobody does."""

    lead_pressed = Signal()
    proposals_pressed = Signal()
    again_pressed = Signal()
    end_pressed = Signal()

    def __init__(self, look: Look, texts: Texts, walk: Walk, session: LedSession) -> None:
        super().__init__()
        self._look, self._texts, self._walk, self._session = look, texts, walk, session
        self._is_put_away = self._lacks = False
        t = texts
        self._sign = QLabel()
        self._who = label("", "strong")
        self._about = label("", "muted", wrap=True)
        self._proposals = button("", self.proposals_pressed.emit)
        self._lead = button(t.tr("Take the lead"), self.lead_pressed.emit)
        self._again = button(t.tr("Connect again…"), self.again_pressed.emit)
        self._end = button("", self.end_pressed.emit, "quiet")
        row = beside(
            self._sign, self._who, self._about, self._proposals, self._lead, self._again, self._end,
            spacing=10, margins=(16, 8, 16, 8),
        )  # fmt: skip
        row.setStretch(2, 1)
        line = QFrame()
        line.setObjectName("hairline")
        self.setLayout(stacked(row, line, spacing=0))
        self.setAccessibleName(t.tr("Together from two places"))
        self.refresh()

    @property
    def is_wanted(self) -> bool:
        """Whether it is to be seen now."""
        return self._session.stage == Stage.TOGETHER or (self._session.stage == Stage.CUT and not self._is_put_away)

    def put_away(self) -> None:
        """The break is known; the next meeting shows it again."""
        self._is_put_away = True
        self.refresh()

    def show_lacking(self, lacks: bool) -> None:
        """Who leads shows a film that is not here."""
        if lacks != self._lacks:
            self._lacks = lacks
            self.refresh()

    def refresh(self) -> None:
        t, session = self._texts, self._session
        if session.stage == Stage.TOGETHER:
            self._is_put_away = False
        self.setVisible(self.is_wanted)
        if not self.is_wanted:
            return
        together = session.stage == Stage.TOGETHER
        name = self._walk.found.short_names[session.partner]
        self._sign.setPixmap(self._look.pixmap("person" if together else "warning", "text", 18))
        self._who.setText(self.leader_words())
        self._about.setText(self._words(name))
        count = len(session.proposals())
        self._proposals.setText(t.trn("{n} proposal…", "{n} proposals…", count))
        self._proposals.setVisible(bool(count))
        self._lead.setVisible(together and session.is_following)
        self._again.setVisible(not together)
        self._end.setText(t.tr("End together") if together else t.tr("Go on alone"))

    def leader_words(self) -> str:
        """Who leads, or led when the line was cut; empty while the lane is not to be seen."""
        t, session = self._texts, self._session
        if not self.is_wanted:
            return ""
        name = self._walk.found.short_names[session.partner]
        if session.stage == Stage.TOGETHER:
            return t.tr("You lead") if session.leads else t.tr("{name} leads", name=name)
        return t.tr("No connection. You led") if session.leads else t.tr("No connection. {name} led", name=name)

    def _words(self, name: str) -> str:
        t, session = self._texts, self._session
        if session.stage == Stage.CUT:
            return (
                t.tr("Go on deciding. What {name} decides meanwhile comes to you as proposals.", name=name)
                if session.leads
                else t.tr("What you decide meanwhile stays here and goes to {name} as proposals.", name=name)
            )
        if self._lacks:
            return t.tr("{name} looks at a film that is not in this archive.", name=name)
        if session.leads:
            return t.tr("{name} sees the same place, the same differing point and what you decide.", name=name)
        return t.tr("Your film, the chosen difference and the decisions follow.")
