"""Where the partner is: one waits and shows a code, the other types it. Nothing listens before or after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.comparing.led.session import LedSession, Stage
from app.error_texts import sentence
from app.errors import AppError
from app.i18n import Texts
from app.ports.line import DIGITS
from widgets.folding import size_to_fit
from widgets.look.look import font
from widgets.look.parts import Card, beside, button, field, label, primary_button, stacked


class TogetherDialog(QDialog):
    """Closes by itself when the two have met; what is wrong is said in it, and what was typed stays."""

    def __init__(self, session: LedSession, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._texts = session, texts
        t = texts
        self.setWindowTitle(t.tr("Together from two places"))
        size_to_fit(self, 640, 420)
        about = t.tr(
            "Both computers are in the same network, and both archives have this meeting with both codings. Each plays "
            "its own film: only the place, the chosen difference and what you decide cross, encrypted."
        )
        self._wait = primary_button(t.tr("Wait for your partner"), self._on_wait)
        self._where, self._code = QLineEdit(), QLineEdit()
        for one in (self._where, self._code):
            one.textChanged.connect(self._on_change)
            one.returnPressed.connect(self._on_enter)
        self._where.setPlaceholderText("192.168.1.20")
        self._code.setPlaceholderText("123 456")
        self._join = button(t.tr("Join"), self._on_join)
        self._wrong = label("", "danger", wrap=True)
        self._wrong.hide()
        self._waiting = self._waiting_card()
        self._begins = self._begin_cards()
        cancel = button(t.tr("Cancel"), self.reject, "quiet")
        self.setLayout(
            stacked(
                label(about, "muted", wrap=True), self._begins, self._waiting, self._wrong, None, beside(None, cancel),
                spacing=14, margins=(24, 24, 24, 20),
            )
        )  # fmt: skip
        session.changed.connect(self._refresh)
        session.code_shown.connect(self._show_code)
        self._on_change()
        self._refresh()

    def _begin_cards(self) -> QWidget:
        """The two ways beside each other."""
        t = self._texts
        here, there = Card(), Card()
        here.column.addWidget(label(t.tr("Here"), "heading"))
        note = t.tr("This computer shows an address and a code. Read them to your partner.")
        here.column.addWidget(label(note, "muted", wrap=True))
        here.column.addStretch(1)
        here.column.addLayout(beside(self._wait, None))
        there.column.addWidget(label(t.tr("At your partner's"), "heading"))
        there.column.addLayout(field(t.tr("Address"), self._where))
        there.column.addLayout(field(t.tr("Short code"), self._code))
        there.column.addLayout(beside(self._join, None))
        held = QWidget()
        row = beside(here, there, spacing=14)
        row.setStretch(0, 1)
        row.setStretch(1, 1)
        held.setLayout(row)
        return held

    def _waiting_card(self) -> QWidget:
        t, card = self._texts, Card()
        self._stage = label("", "heading")
        self._address = label("", "title", wrap=True)
        self._shown = label("", "large")
        self._shown.setFont(font(30, tabular=True))
        self._shown.setAccessibleName(t.tr("Short code"))
        self._note = label("", "muted", wrap=True)
        self._caption = label(t.tr("Address"), "caption")
        self._code_caption = label(t.tr("Short code"), "caption")
        for part in (self._stage, self._caption, self._address, self._code_caption, self._shown, self._note):
            card.column.addWidget(part)
        card.column.addLayout(beside(button(t.tr("Stop waiting"), self._on_stop), None))
        return card

    # what is pressed

    def _on_wait(self) -> None:
        self._try(self._session.wait)

    def _on_join(self) -> None:
        self._try(lambda: self._session.join(self._where.text(), self._code.text()))

    def _on_enter(self) -> None:
        """Enter in a field joins, once both are whole."""
        if self._join.isEnabled():
            self._on_join()

    def _on_stop(self) -> None:
        self._session.leave()

    def _try(self, begins: Callable[[], None]) -> None:
        self._wrong.hide()
        try:
            begins()
        except AppError as error:
            self.say(error)

    def say(self, error: AppError) -> None:
        """What went wrong; what was typed stays, but a code is used once."""
        self._wrong.setText(sentence(self._texts, error))
        self._wrong.show()
        if error.key == "led-wrong-code":
            self._code.clear()
            self._code.setFocus()

    def _on_change(self) -> None:
        digits = sum(c.isdigit() for c in self._code.text())
        self._join.setEnabled(bool(self._where.text().strip()) and digits == DIGITS)

    # what is shown

    def _refresh(self) -> None:
        stage = self._session.stage
        if stage == Stage.TOGETHER:
            self.accept()
            return
        busy = stage in (Stage.WAITING, Stage.JOINING)
        self._begins.setVisible(not busy)
        self._waiting.setVisible(busy)
        if busy:
            self._show_busy(stage)

    def _show_busy(self, stage: Stage) -> None:
        t, waits = self._texts, stage == Stage.WAITING
        self._stage.setText(t.tr("Waiting for your partner…") if waits else t.tr("Looking for your partner…"))
        for part in (self._caption, self._address, self._code_caption, self._shown):
            part.setVisible(waits)
        line = self._session.line
        found = line.addresses() if line is not None and waits else ()
        self._address.setText("   ".join(found) or t.tr("This computer is in no network."))
        self._note.setText(
            t.tr("Read both to your partner, by phone for instance. A code is tried once; a wrong one makes another.")
            if waits
            else ""
        )

    def _show_code(self, code: str) -> None:
        self._shown.setText(f"{code[:3]} {code[3:]}")
