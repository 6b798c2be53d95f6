"""How far the statement is, from draft to delivery."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from app.i18n import Texts
from app.model.statement import StatementStage
from app.vocabulary import StatementTexts
from widgets.look.parts import beside, clear, label

#: *final* is where both have approved; signing and delivery come after it
SHOWN = (
    StatementStage.DRAFT,
    StatementStage.CHECKING,
    StatementStage.WALK_THROUGH,
    StatementStage.COMMENTS,
    StatementStage.SIGNED,
    StatementStage.DELIVERED,
)


class StageBar(QFrame):
    """The stage that the statement is in stands out; the secrecy word is at the right."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(46)
        self._words = StatementTexts(texts.language)
        self._row = beside(spacing=10, margins=(20, 0, 20, 0))
        self.setLayout(self._row)

    def show_stage(self, stage: StatementStage) -> None:
        clear(self._row)
        at = StatementStage.SIGNED if stage == StatementStage.FINAL else stage
        for number, shown in enumerate(SHOWN):
            if number:
                self._row.addWidget(label("→", "muted"))
            made = label(self._words.stage(shown), "" if shown == at else "muted")
            if shown == at:
                made.setProperty("kind", "chosen")
                made.setFixedHeight(28)
            self._row.addWidget(made)
        self._row.addStretch(1)
        self._row.addWidget(label(self._words.confidential[0], "muted"))
