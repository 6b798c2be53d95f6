"""*Tavoitteet*: the goals of the plan in the family's words, how each stands from month to month, and feedback."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.casework.goal_words import scale_name
from app.casework.goals import is_proven
from app.errors import AppError
from app.i18n import today
from app.office.goals_paper import file_name, goals_paper, readers, save
from app.workspace import Workspace
from widgets.cases.goal_card import GoalCard
from widgets.cases.goal_forms import NewGoalForm
from widgets.cases.section import WIDEST, Section, bounded
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.forms.form import held, named
from widgets.forms.inputs import Choice
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, section_label
from widgets.service_feedback.feedback_part import FeedbackPart


class GoalsSection(Section):
    """Open goals first. A card stays while its goal does, so that what is typed in it stays too."""

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__(space, look)
        t = self.texts
        self.cards: dict[str, GoalCard] = {}
        self.new = button(t.tr("New goal…"), self.open_form)
        self.paper = button(t.tr("Save as PDF…"), self._save)
        self.reader = Choice()
        self._reader = named(t.tr("Paper for"), self.reader)
        self.form = NewGoalForm(self)
        self.form.hide()
        self.none = label(t.tr("No goals in this case yet."), "muted", wrap=True)
        self.scale = label("", "caption", wrap=True)
        self.scale.setMaximumWidth(WIDEST)
        self._list = QVBoxLayout()
        self._list.setSpacing(14)
        self.column.addLayout(beside(self.new, self.paper, None))
        self.column.addLayout(beside(self._reader, None))
        self.column.addLayout(bounded(self.form))
        self.column.addWidget(section_label(t.tr("Goals")))
        self.column.addWidget(self.none)
        self.column.addLayout(bounded(held(self._list)))
        self.column.addWidget(self.scale)
        self.feedback = FeedbackPart(space, look)
        self.column.addSpacing(12)
        self.column.addLayout(bounded(self.feedback))
        self.column.addStretch(1)

    def read(self, *, anew: bool) -> None:
        t, found = self.texts, self.editor.goals()
        ids = tuple(course.goal.id for course in found)
        if anew:
            self.form.hide()
        if anew or ids != tuple(self.cards):
            self._make(ids, keep=not anew)
        day = today()
        for course in found:
            self.cards[course.goal.id].show_goal(self.file, course, day, anew=anew)
        self.feedback.show_case(self.editor, anew=anew)
        self.none.setVisible(not found)
        self.paper.setVisible(bool(found))
        apart = readers(self.file)
        self.reader.offer([("", "–"), *((p.id, p.called) for p in apart)])
        self._reader.setVisible(bool(apart and found))
        name = scale_name(t, proven=is_proven(self.space.store, self.file.case))
        words = t.tr(
            "The levels are sentences in the words of the family. Nothing is summed, and no number is made of them."
        )
        self.scale.setText(f"{name}. {words}")

    def _make(self, ids: tuple[str, ...], *, keep: bool) -> None:
        """A card for each goal, in their order; those that are there already stay as they stand."""
        held = self.cards if keep else {}
        while self._list.count():
            self._list.takeAt(0)
        self.cards = {i: held.get(i) or GoalCard(self, self.look) for i in ids}
        for card in self.cards.values():
            self._list.addWidget(card)
        for goal_id, card in held.items():
            if goal_id not in self.cards:
                card.hide()
                card.deleteLater()

    def write(self) -> None:
        for card in self.cards.values():
            card.commit()

    def open_form(self) -> None:
        self.form.begin()

    def close_form(self) -> None:
        self.form.hide()
        self.new.setFocus()

    def open_card(self, goal_id: str) -> None:
        """A goal that was just set: its levels are written next."""
        self.look_at()
        card = self.cards.get(goal_id)
        if card is not None:
            card.open_details()

    def _save(self) -> None:
        self.commit()
        t, file, day = self.texts, self.file, today()
        try:
            made = goals_paper(self.space.store, file, t, day, self.reader.value() or "")
        except AppError as error:
            self.space.notices.trouble(error)
            if not self._reader.isHidden():
                self.reader.setFocus()
            return
        path = FileDialogs(self).save(t.tr("Save as PDF"), file_name(t, file, day), PDF)
        if path is None:
            return
        try:
            save(self.space.store, path, made, file.case, t)
        except AppError as error:
            self.space.notices.trouble(error)
