"""*Getting started* on the desk: what comes next with the first case, one action, and a way to put it away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar

from app.i18n import Texts
from app.office.beginning import Beginning, StepNow
from app.office.beginning_words import action, how_far, title, why
from widgets.look.parts import Card, beside, button, label, primary_button, section_label, stacked


class FirstSteps(Card):
    """The step that is next. Not shown when all are done."""

    def __init__(
        self,
        texts: Texts,
        found: Beginning,
        go: Callable[[StepNow], None],
        show_all: Callable[[], None],
        put_away: Callable[[], None],
    ) -> None:
        super().__init__(spacing=10, padding=20)
        t, now = texts, found.now
        assert now is not None
        far = how_far(t, found)
        self.column.addLayout(beside(section_label(t.tr("Getting started")), None, label(far, "caption")))
        bar = QProgressBar()
        bar.setRange(0, len(found.steps))
        bar.setValue(found.done)
        bar.setTextVisible(False)
        bar.setAccessibleName(far)
        self.column.addWidget(bar)
        head, reason = label(title(t, now.step), "title", wrap=True), label(why(t, now.step), "muted", wrap=True)
        self.column.addLayout(stacked(head, reason, spacing=4))
        all_steps = button(t.tr("All steps"), show_all, "quiet")
        away = button(t.tr("Put away"), put_away, "quiet")
        away.setToolTip(t.tr("It comes back from Help."))
        act = primary_button(action(t, now.step), lambda: go(now))
        act.setAccessibleName(f"{act.text()}: {title(t, now.step)}")
        self.column.addLayout(beside(act, None, all_steps, away))
