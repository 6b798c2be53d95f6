"""The phases of a piece of work as a path of cards, each with its steps and how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.i18n import Texts
from app.model.service_work import Done
from app.model.template import Phase, Step
from app.works.work_file import WorkFile
from widgets.look.look import Look
from widgets.look.parts import Card, OneLine, beside, button, clear, label, stacked, wear
from widgets.services.work_words import SIGNS, done_words, phase_dates

#: of more phases than so many the steps stand in one column
_FEW = 3
_OTHERS_WIDE = 190
#: pixels by which words stand in from the card's edge, as a button's do
_IN = 6
#: the id of what no phase asks for
OTHERS = ""


@dataclass(frozen=True)
class _PhaseCard:
    """What of a card says how far its phase is; `under` is None for what no phase asks for."""

    card: Card
    head: QPushButton
    under: QLabel | None


@dataclass(frozen=True)
class _StepLine:
    """What of a step's button says how far it is."""

    press: QPushButton
    sign: QLabel
    words: OneLine


class PathPart(QWidget):
    """`phase_pressed` opens a phase, `step_pressed` goes to what a step asks for or ticks one that is done by hand.

    The cards stay as they are and only tell something else: a press on one may be what ends the typing in a field.
    """

    phase_pressed = Signal(str)
    step_pressed = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._row = beside(spacing=10)
        self.setLayout(self._row)
        self._made_of: object = None
        self._shown: object = None
        self._cards: dict[str, _PhaseCard] = {}
        self._lines: dict[str, _StepLine] = {}
        self.phases: dict[str, QPushButton] = {}
        self.steps: dict[str, QPushButton] = {}

    def show_path(self, file: WorkFile, chosen: str, others: tuple[str, ...]) -> None:
        """`others` are the names of sheets that no phase asks for. What is shown already stays as it is."""
        states = tuple(file.step_state(step) for step in file.template.steps())
        shown = (chosen, others, states, file.work.phases, file.work.ticks, file.work.is_open)
        if shown == self._shown:
            return
        self._shown = shown
        if (file.template, others) != self._made_of:
            self._made_of = file.template, others
            self._build(file, others)
        for key, card in self._cards.items():
            card.head.setChecked(key == chosen)
            wear(card.card, "turn", "mine" if key == chosen else "")
            QApplication.sendEvent(card.card, QEvent(QEvent.Type.StyleChange))  # a wider frame leaves less room within
        for number, phase in enumerate(file.template.phases, start=1):
            self._tell_phase(file, phase, number)
        for step in file.template.steps():
            self._tell_step(file, step)

    # building

    def _build(self, file: WorkFile, others: tuple[str, ...]) -> None:
        clear(self._row)
        self._cards, self._lines, self.phases, self.steps = {}, {}, {}, {}
        phases = file.template.phases
        across = 1 if len(phases) > _FEW else 2
        for number, phase in enumerate(phases, start=1):
            if number > 1:
                sign = QLabel()
                sign.setPixmap(self._look.pixmap("chevron-right", "muted", 14))
                self._row.addWidget(sign)
            self._row.addWidget(self._card(phase, number, across), 1)
        if others:
            made = self._other_card(others)
            made.setFixedWidth(_OTHERS_WIDE)
            self._row.addWidget(made)

    def _card(self, phase: Phase, number: int, across: int) -> Card:
        head = self._head(phase.id, f"{number}  {self._texts.words(phase.name)}")
        under = label("", "caption")
        under.setContentsMargins(_IN, 0, _IN, 0)
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, step in enumerate(phase.steps):
            grid.addWidget(self._step(step), place // across, place % across)
        for column in range(across):
            grid.setColumnStretch(column, 1)
        made = Card(head, under, grid, spacing=4, padding=10)
        made.column.addStretch(1)
        self._cards[phase.id] = _PhaseCard(made, head, under)
        return made

    def _head(self, key: str, words: str) -> QPushButton:
        made = self.phases[key] = button("", partial(self._press_phase, key), "row")
        line = OneLine("strong")
        line.show_text(words)
        made.setLayout(stacked(line, margins=(_IN, 0, _IN, 0)))
        made.setMinimumHeight(32)
        made.setCheckable(True)
        return made

    def _step(self, step: Step) -> QPushButton:
        made = self.steps[step.id] = button("", partial(self.step_pressed.emit, step.id), "row")
        sign, line = QLabel(), OneLine("")
        line.show_text(self._texts.words(step.name))
        row = beside(sign, line, spacing=6, margins=(6, 0, 4, 0))
        row.setStretch(1, 1)
        made.setLayout(row)
        made.setFixedHeight(32)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setIconSize(QSize(16, 16))
        self._lines[step.id] = _StepLine(made, sign, line)
        return made

    def _other_card(self, others: tuple[str, ...]) -> Card:
        head = self._head(OTHERS, self._texts.tr("Other sheets"))
        head.setAccessibleName(self._texts.tr("Other sheets"))
        under = label("\n".join(others), "caption", wrap=True)
        under.setContentsMargins(_IN, 0, _IN, 0)
        made = Card(head, under, spacing=4, padding=10)
        made.column.addStretch(1)
        self._cards[OTHERS] = _PhaseCard(made, head, None)
        return made

    # how far it is

    def _tell_phase(self, file: WorkFile, phase: Phase, number: int) -> None:
        t, how, card = self._texts, file.phase_state(phase), self._cards[phase.id]
        said = done_words(t, how), phase_dates(t, file.work.phase(phase.id))
        assert card.under is not None, "a phase says how far it is"
        card.under.setText(" · ".join(x for x in said if x))
        card.head.setAccessibleName(f"{number}. {t.words(phase.name)}: {done_words(t, how)}")

    def _tell_step(self, file: WorkFile, step: Step) -> None:
        t, how, line = self._texts, file.step_state(step), self._lines[step.id]
        line.sign.setPixmap(self._look.pixmap(SIGNS[how], "muted" if how == Done.OPEN else "text", 16))
        wear(line.words, "kind", "muted" if how == Done.OPEN else "")
        tick = file.work.tick(step.id)
        day = f" {t.date(tick.day)}" if tick is not None else ""
        line.press.setAccessibleName(f"{t.words(step.name)}: {done_words(t, how)}{day}")
        line.press.setToolTip(line.press.accessibleName())
        line.press.setEnabled(file.work.is_open or not step.by_hand)

    def _press_phase(self, key: str) -> None:
        """A press turns the mark of a checkable button: it is said by what is chosen alone."""
        self.phases[key].setChecked(bool(self._cards[key].card.property("turn")))
        self.phase_pressed.emit(key)
