"""A monthly review: who was there, the own view of whom the goal is of, and beside it the worker's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.casework.goal_words import own_words
from app.casework.goals import GoalCourse, usually_present
from app.i18n import today
from app.model.goal import Goal, GoalReview
from app.model.identity import new_id
from widgets.cases.goal_forms import Goals
from widgets.forms.date_field import DateField
from widgets.forms.form import columns, held, named
from widgets.forms.inputs import Choice, GrowingText
from widgets.look.flow import Flow
from widgets.look.parts import beside, button, clear, label, stacked


class ReviewForm(QWidget):
    """Nothing is kept before *Record*. The two views stand side by side, and neither is made of the other."""

    def __init__(self, section: Goals, close: Callable[[], None]) -> None:
        super().__init__()
        self._section, self._close = section, close
        self._course: GoalCourse | None = None
        self._review: GoalReview | None = None
        t = section.texts
        self.day, self.who = DateField(t, t.tr("Day")), QLineEdit()
        self.people: dict[str, QCheckBox] = {}
        self._people = Flow()
        self.own_level, self.worker_level = Choice(), Choice()
        self.own_words, self.worker_words = GrowingText(2), GrowingText(2)
        self._own_title = label("", "strong")
        self.save = button(t.tr("Record the review"), self._on_save)
        self.remove = button(t.tr("Remove the review"), self._on_remove, "quiet")
        self.cancel = button(t.tr("Cancel"), close, "quiet")
        self._no_levels = label(
            t.tr("Write the five sentences in the details first to choose among them. Words can be recorded already."),
            "caption",
            wrap=True,
        )
        self._own_box = named(t.tr("How it is now"), self.own_level)
        self._worker_box = named(t.tr("How the worker sees it"), self.worker_level)
        self.setLayout(
            stacked(
                columns(self.day, named(t.tr("Who else was there"), self.who), shares=(2, 5)),
                label(t.tr("Who was there"), "caption"),
                self._people,
                columns(
                    held(stacked(self._own_title, self._own_box, named(t.tr("Own words"), self.own_words))),
                    held(
                        stacked(
                            label(t.tr("The worker's view"), "strong"),
                            self._worker_box,
                            named(t.tr("The worker's words"), self.worker_words),
                        )
                    ),
                ),
                self._no_levels,
                beside(self.save, self.cancel, None, self.remove),
                spacing=10,
            )
        )

    def begin(self, course: GoalCourse, before: GoalReview | None) -> None:
        """Another review of a goal, or one that was recorded in other words."""
        self._course, self._review = course, before
        goal, editor = course.goal, self._section.editor
        review = before or GoalReview(
            new_id(), goal.id, today(), editor.worker_id, usually_present(self._section.file, goal)
        )
        self._review = review
        self._own_title.setText(own_words(self._section.texts, goal))
        self._offer(goal)
        self._offer_people(review)
        self.day.set_value(review.day)
        self.who.setText(review.who)
        self.own_level.set_value(review.own_level)
        self.worker_level.set_value(review.worker_level)
        self.own_words.setPlainText(review.own_words)
        self.worker_words.setPlainText(review.worker_words)
        mine = review.by == editor.worker_id
        self.worker_level.setEnabled(mine)
        self.worker_words.setReadOnly(not mine)
        self.remove.setVisible(before is not None and mine)
        self.show()
        (self.own_level if goal.levels else self.own_words).setFocus()

    def _offer(self, goal: Goal) -> None:
        """The sentences, the nearest to the wish at the top."""
        rows = [(n, words) for n, words in reversed(list(enumerate(goal.levels))) if words.strip()]
        for box, choice in ((self._own_box, self.own_level), (self._worker_box, self.worker_level)):
            choice.offer([(None, self._section.texts.tr("not chosen")), *rows])
            box.setVisible(bool(rows))
        self._no_levels.setVisible(not rows)

    def _offer_people(self, review: GoalReview) -> None:
        clear(self._people)
        self.people = {}
        for person in self._section.file.everybody:
            tick = QCheckBox(person.called)
            tick.setChecked(person.id in review.present)
            self.people[person.id] = tick
            self._people.addWidget(tick)

    def _on_save(self) -> None:
        day = None if self.day.is_wrong() else self.day.value()
        if day is None or self._course is None or self._review is None:
            self.day.setFocus()
            return
        made = replace(
            self._review,
            day=day,
            present=tuple(i for i, tick in self.people.items() if tick.isChecked()),
            who=self.who.text().strip(),
            own_level=self.own_level.value(),
            worker_level=self.worker_level.value(),
            own_words=self.own_words.toPlainText().strip(),
            worker_words=self.worker_words.toPlainText().strip(),
        )
        if self._section.editor.record_review(self._course, made):
            self._close()
        else:
            self.own_words.setFocus()

    def _on_remove(self) -> None:
        if self._review is not None and self._section.editor.remove_review(self._review):
            self._close()
