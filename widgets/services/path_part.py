"""The phases of a piece of work as a path of cards, each with its steps and how far they are."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.i18n import Texts
from app.model.service_work import Done
from app.model.template import Phase, Step
from app.works.work_file import WorkFile
from widgets.look.look import Look
from widgets.look.parts import Card, OneLine, beside, button, clear, label, stacked
from widgets.services.work_words import SIGNS, done_words, phase_dates

#: of more phases than so many the steps stand in one column
_FEW = 3
_OTHERS_WIDE = 190
#: pixels by which words stand in from the card's edge, as a button's do
_IN = 6
#: the id of what no phase asks for
OTHERS = ""


class PathPart(QWidget):
    """`phase_pressed` opens a phase, `step_pressed` goes to what a step asks for or ticks one that is done by hand."""

    phase_pressed = Signal(str)
    step_pressed = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._row = beside(spacing=10)
        self.setLayout(self._row)
        self._shown: object = None
        self.phases: dict[str, QPushButton] = {}
        self.steps: dict[str, QPushButton] = {}

    def show_path(self, file: WorkFile, chosen: str, others: tuple[str, ...]) -> None:
        """`others` are the names of sheets that no phase asks for. What is shown already stays as it is."""
        states = tuple(file.step_state(step) for step in file.template.steps())
        shown = (chosen, others, states, file.work.phases, file.work.ticks, file.work.is_open)
        if shown == self._shown:
            return
        self._shown = shown
        focused = self._focused()
        clear(self._row)
        self.phases, self.steps = {}, {}
        phases = file.template.phases
        across = 1 if len(phases) > _FEW else 2
        for number, phase in enumerate(phases, start=1):
            if number > 1:
                sign = QLabel()
                sign.setPixmap(self._look.pixmap("chevron-right", "muted", 14))
                self._row.addWidget(sign)
            self._row.addWidget(self._card(file, phase, number, across, is_chosen=phase.id == chosen), 1)
        if others:
            made = self._other_card(others, is_chosen=chosen == OTHERS)
            made.setFixedWidth(_OTHERS_WIDE)
            self._row.addWidget(made)
        kept = self.phases.get(focused[1]) if focused[0] == "phase" else self.steps.get(focused[1])
        if kept is not None:
            kept.setFocus()

    def _focused(self) -> tuple[str, str]:
        for kind, made in (("phase", self.phases), ("step", self.steps)):
            for key, one in made.items():
                if one.hasFocus():
                    return kind, key
        return "", ""

    def _card(self, file: WorkFile, phase: Phase, number: int, across: int, *, is_chosen: bool) -> Card:
        t, how = self._texts, file.phase_state(phase)
        name = t.words(phase.name)
        head = self._head(phase.id, f"{number}  {name}", is_chosen=is_chosen)
        head.setAccessibleName(f"{number}. {name}: {done_words(t, how)}")
        under = label(
            " · ".join(x for x in (done_words(t, how), phase_dates(t, file.work.phase(phase.id))) if x), "caption"
        )
        under.setContentsMargins(_IN, 0, _IN, 0)
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, step in enumerate(phase.steps):
            grid.addWidget(self._step(file, step), place // across, place % across)
        for column in range(across):
            grid.setColumnStretch(column, 1)
        made = Card(head, under, grid, spacing=4, padding=10)
        made.column.addStretch(1)
        self._mark(made, is_chosen=is_chosen)
        return made

    def _head(self, key: str, words: str, *, is_chosen: bool) -> QPushButton:
        made = self.phases[key] = button("", partial(self.phase_pressed.emit, key), "row")
        line = OneLine("strong")
        line.show_text(words)
        made.setLayout(stacked(line, margins=(_IN, 0, _IN, 0)))
        made.setMinimumHeight(32)
        made.setCheckable(True)
        made.setChecked(is_chosen)
        return made

    def _step(self, file: WorkFile, step: Step) -> QPushButton:
        t, how = self._texts, file.step_state(step)
        made = self.steps[step.id] = button("", partial(self.step_pressed.emit, step.id), "row")
        sign = QLabel()
        sign.setPixmap(self._look.pixmap(SIGNS[how], "muted" if how == Done.OPEN else "text", 16))
        line = OneLine("muted" if how == Done.OPEN else "")
        line.show_text(t.words(step.name))
        row = beside(sign, line, spacing=6, margins=(6, 0, 4, 0))
        row.setStretch(1, 1)
        made.setLayout(row)
        made.setFixedHeight(32)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setIconSize(QSize(16, 16))
        tick = file.work.tick(step.id)
        day = f" {t.date(tick.day)}" if tick is not None else ""
        made.setAccessibleName(f"{t.words(step.name)}: {done_words(t, how)}{day}")
        made.setToolTip(made.accessibleName())
        made.setEnabled(file.work.is_open or not step.by_hand)
        return made

    def _other_card(self, others: tuple[str, ...], *, is_chosen: bool) -> Card:
        head = self._head(OTHERS, self._texts.tr("Other sheets"), is_chosen=is_chosen)
        head.setAccessibleName(self._texts.tr("Other sheets"))
        under = label("\n".join(others), "caption", wrap=True)
        under.setContentsMargins(_IN, 0, _IN, 0)
        made = Card(head, under, spacing=4, padding=10)
        made.column.addStretch(1)
        self._mark(made, is_chosen=is_chosen)
        return made

    @staticmethod
    def _mark(card: Card, *, is_chosen: bool) -> None:
        if is_chosen:
            card.setProperty("turn", "mine")
