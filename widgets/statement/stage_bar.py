"""How far the statement is, from draft to delivery."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from app.i18n import Texts
from app.model.statement import StatementStage
from app.vocabulary import StatementTexts
from widgets.look.parts import beside, clear, label

#: a version that is final waits for its signatures, one that is signed for its delivery
SHOWN = (
    StatementStage.DRAFT,
    StatementStage.CHECKING,
    StatementStage.WALK_THROUGH,
    StatementStage.COMMENTS,
    StatementStage.SIGNED,
    StatementStage.DELIVERED,
)


#: what a note needs not: they are shown while it is there
OF_READING = (StatementStage.WALK_THROUGH, StatementStage.COMMENTS)
#: the stage that stands in the bar for one that is no stage of its own there
AS = {StatementStage.FINAL: StatementStage.SIGNED, StatementStage.SIGNED: StatementStage.DELIVERED}


def _shown(stage: StatementStage, *, is_note: bool) -> tuple[StatementStage, ...]:
    return tuple(s for s in SHOWN if not is_note or stage in OF_READING or s not in OF_READING)


class StageBar(QFrame):
    """The stage that the statement is in stands out; the secrecy word is at the right."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(46)
        self._words = StatementTexts(texts.language)
        self._row = beside(spacing=10, margins=(20, 0, 20, 0))
        self._stage, self._is_folded, self._whose, self._is_note = StatementStage.DRAFT, False, "", False
        self._texts = texts
        self.setLayout(self._row)

    def fold(self, on: bool) -> None:
        """With little room the stage that it is in with the next one; the others are in the hint."""
        if on != self._is_folded:
            self._is_folded = on
            self.show_stage(self._stage, self._whose, is_note=self._is_note)

    def show_stage(self, stage: StatementStage, whose: str = "", *, is_note: bool = False) -> None:
        """`whose` is what the one adult is called whom it is about; a note is not always gone through."""
        self._stage, self._whose, self._is_note = stage, whose, is_note
        clear(self._row)
        every = _shown(stage, is_note=is_note)
        at = AS.get(stage, stage)
        first = every.index(at)
        is_over = stage == StatementStage.DELIVERED
        seen = every[first : first + 2] if self._is_folded else every
        self.setToolTip(" → ".join(self._words.stage(s) for s in every) if self._is_folded else "")
        if first and self._is_folded:
            self._row.addWidget(label(f"{first + 1} / {len(every)}", "muted"))
        for number, shown in enumerate(seen):
            if number:
                self._row.addWidget(label("→", "muted"))
            is_now = shown == at and not is_over
            is_past = every.index(shown) < first or is_over
            made = label(f"✓ {self._words.stage(shown)}" if is_past else self._words.stage(shown), "")
            if not is_now and not is_past:
                made.setProperty("kind", "muted")
            if is_now:
                made.setProperty("kind", "chosen")
                made.setFixedHeight(28)
            self._row.addWidget(made)
        self._row.addStretch(1)
        secret = self._words.confidential[0]
        about = self._texts.tr("version of: {who}", who=whose) if whose else ""
        self._row.addWidget(label(" · ".join(x for x in (secret, about) if x), "muted"))
