"""Each supervisee's own number for each goal in one phase, and the evaluations in words."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.i18n import Texts, today
from app.model.supervision_course import CAME_TRUE, NOT_YET, EvaluationKind, Phase
from app.supervising import words
from app.supervising.agreements import SupervisionEditor
from app.supervising.evaluations import lacking, rating_of
from widgets.forms.form import Form, columns
from widgets.forms.inputs import ChoiceBox, named_choice
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, clear, label, scrolled, section_label, stacked


class RatingPage(QWidget):
    """A row for each supervisee, a column for each goal; a number is written when it is chosen."""

    back_pressed = Signal()

    def __init__(self, look: Look, texts: Texts, editor: SupervisionEditor) -> None:
        super().__init__()
        self._look, self._texts, self._editor = look, texts, editor
        t = texts
        self.phase = named_choice(t.tr("When"), [(p, t.tr(name)) for p, name in words.PHASES.items()])
        self.phase.activated.connect(lambda _: self.show_ratings())
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self.boxes: dict[tuple[str, str], ChoiceBox] = {}
        self._lacking = label("", "muted", wrap=True)
        head = beside(
            button(t.tr("Back to the agreement"), self.back_pressed.emit, "quiet"),
            label(t.tr("Evaluation of supervision"), "title"),
            None,
            label(t.tr("When"), "muted"),
            self.phase,
            spacing=10,
        )
        ratings = Card(
            section_label(t.tr("How far is each goal")),
            label(
                t.tr("Each supervisee's own number: 1 = not yet, 5 = came true. Nobody rates for another."),
                "muted",
                wrap=True,
            ),
            self._grid,
            self._lacking,
            spacing=10,
        )
        self._evaluations = stacked(spacing=10)
        self._forms: list[Form] = []
        self._kind = named_choice(t.tr("Which evaluation"), [(k, t.tr(n)) for k, n in words.EVALUATIONS.items()])
        self.add = button(t.tr("Write an evaluation"), self._add, "quiet")
        written = Card(
            section_label(t.tr("Evaluations in words")),
            label(t.tr("What was said together of how supervision serves. No names of clients."), "muted", wrap=True),
            self._evaluations,
            beside(self._kind, self.add, None),
            spacing=10,
        )
        inside = QWidget()
        inside.setMaximumWidth(1180)
        inside.setLayout(stacked(head, ratings, written, None, spacing=14, margins=(20, 14, 20, 20)))
        self.setLayout(stacked(scrolled(inside), spacing=0))

    def show_phase(self) -> None:
        """The first phase that somebody has not rated yet."""
        agreement, ratings = self._editor.agreement, self._editor.ratings
        open_ones = [p for p in Phase if lacking(agreement, ratings, p)]
        begun = [p for p in open_ones if any(r.phase == p for r in ratings)]
        wanted = (begun or open_ones or [Phase.END])[0]
        self.phase.setCurrentIndex(self.phase.findData(wanted))

    def show_ratings(self) -> None:
        agreement, t = self._editor.agreement, self._texts
        phase = Phase(self.phase.currentData())
        own = self._editor.own
        named = agreement.supervisees if own is None else (own,)
        people = [s for s in named if s.left is None or self._has_rated(s.id, phase)]
        wanted = [(s.id, g.id) for s in people for g in agreement.goals]
        if list(self.boxes) != wanted:
            self._build_grid([(s.id, s.called) for s in people], [(g.id, g.words) for g in agreement.goals])
        for (supervisee_id, goal_id), box in self.boxes.items():
            held = rating_of(self._editor.ratings, goal_id, supervisee_id, phase)
            box.setCurrentIndex(max(box.findData(held.value if held is not None else None), 0))
        still = [s.called for s in named if s.id in lacking(agreement, self._editor.ratings, phase)]
        self._lacking.setText(
            t.tr("Not yet from {who}.", who=", ".join(still)) if still else t.tr("Everybody has rated.")
        )
        self._lacking.setVisible(bool(agreement.goals) and bool(agreement.supervisees))
        self._show_evaluations()

    def _has_rated(self, supervisee_id: str, phase: Phase) -> bool:
        return any((r.supervisee_id, r.phase) == (supervisee_id, phase) for r in self._editor.ratings)

    def _build_grid(self, people: list[tuple[str, str]], goals: list[tuple[str, str]]) -> None:
        t = self._texts
        clear(self._grid)
        self.boxes = {}
        rows: list[tuple[Any, str]] = [(None, "–"), *((n, str(n)) for n in range(NOT_YET, CAME_TRUE + 1))]
        for column, (_, said) in enumerate(goals, start=1):
            self._grid.addWidget(label(said, "strong", wrap=True), 0, column)
            self._grid.setColumnStretch(column, 1)
        for row, (supervisee_id, called) in enumerate(people, start=1):
            self._grid.addWidget(label(called), row, 0)
            for column, (goal_id, said) in enumerate(goals, start=1):
                box = named_choice(t.tr("{who}: {goal}", who=called, goal=said), rows)
                box.activated.connect(partial(self._on_rated, supervisee_id, goal_id))
                self.boxes[(supervisee_id, goal_id)] = box
                self._grid.addWidget(box, row, column)
        if not people or not goals:
            self._grid.addWidget(
                label(t.tr("First the agreement names supervisees and goals."), "muted", wrap=True), 0, 0
            )

    def _on_rated(self, supervisee_id: str, goal_id: str, _row: int) -> None:
        value = self.boxes[(supervisee_id, goal_id)].currentData()
        self._editor.rate(goal_id, supervisee_id, Phase(self.phase.currentData()), value)

    # in words

    def _add(self) -> None:
        self._editor.evaluate(EvaluationKind(self._kind.currentData()), today(), "")

    def _show_evaluations(self) -> None:
        t, held = self._texts, self._editor.evaluations
        if len(self._forms) != len(held):
            clear(self._evaluations)
            self._forms = []
            for one in held:
                form = Form(t, partial(self._on_edit, one.id))
                part = Card(
                    columns(
                        form.date("day", t.tr("Day")), label(t.tr(words.EVALUATIONS[one.kind]), "strong"), shares=(1, 3)
                    ),
                    form.text("words", t.tr("What was said"), 2),
                    form.text("decision", t.tr("What was decided")),
                    spacing=8,
                )
                self._forms.append(form)
                self._evaluations.addWidget(part)
        for form, one in zip(self._forms, held, strict=True):
            form.load({"day": one.day, "words": one.words, "decision": one.decision})
        self.add.setVisible(self._editor.is_mine)
        self._kind.setVisible(self._editor.is_mine)

    def _on_edit(self, evaluation_id: str, key: str, value: Any) -> bool:
        held = next((e for e in self._editor.evaluations if e.id == evaluation_id), None)
        return held is not None and value is not None and self._editor.edit_evaluation(held, **{key: value})

    def commit(self) -> None:
        for form in self._forms:
            form.commit()
