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
        self._stage, self._is_folded = StatementStage.DRAFT, False
        self.setLayout(self._row)

    def fold(self, on: bool) -> None:
        """With little room the stage that it is in with the next one; the others are in the hint."""
        if on != self._is_folded:
            self._is_folded = on
            self.show_stage(self._stage)

    def show_stage(self, stage: StatementStage) -> None:
        self._stage = stage
        clear(self._row)
        at = StatementStage.SIGNED if stage == StatementStage.FINAL else stage
        first = SHOWN.index(at) if at in SHOWN else 0
        seen = SHOWN[first : first + 2] if self._is_folded else SHOWN
        self.setToolTip(" → ".join(self._words.stage(s) for s in SHOWN) if self._is_folded else "")
        if first and self._is_folded:
            self._row.addWidget(label(f"{first + 1} / {len(SHOWN)}", "muted"))
        for number, shown in enumerate(seen):
            if number:
                self._row.addWidget(label("→", "muted"))
            made = label(self._words.stage(shown), "" if shown == at else "muted")
            if shown == at:
                made.setProperty("kind", "chosen")
                made.setFixedHeight(28)
            self._row.addWidget(made)
        self._row.addStretch(1)
        self._row.addWidget(label(self._words.confidential[0], "muted"))
