"""One goal: its words, its course as chart and in rows, and the forms of its review, its details and its end."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.casework.case_file import CaseFile
from app.casework.goal_words import about_words, due_words, picture, review_table
from app.casework.goals import GoalCourse
from app.charts.picture import Picture
from app.model.goal import GoalState
from widgets.cases.goal_details import GoalDetails
from widgets.cases.goal_forms import EndForm, Goals
from widgets.cases.goal_review_form import ReviewForm
from widgets.forms.form import held
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, clear, hairline, label, stacked
from widgets.numbers.chart_view import ChartView

#: shares of the width that a review's cells take, and pixels of what is done with it
SHARES, ACT = (3, 5, 5), 96


class GoalCard(Card):
    """One form open at a time."""

    def __init__(self, section: Goals, look: Look) -> None:
        super().__init__(spacing=12, padding=20)
        self._section, self._look = section, look
        self._course: GoalCourse | None = None
        self._shown: tuple[object, ...] = ()
        t = section.texts
        self.title, self.about = label("", "heading", wrap=True), label("", "muted", wrap=True)
        self.due = label("", "caption", wrap=True)
        self.review = button(t.tr("Monthly review…"), self._open_review)
        self.details_button = button(t.tr("Details"), self.open_details, "quiet")
        self.end = button(t.tr("End the goal…"), self._open_end, "quiet")
        self.again = button(t.tr("Open again"), self._on_again, "quiet")
        self.reviewing = ReviewForm(section, self._close)
        self.ending = EndForm(section, self._close)
        self.details = GoalDetails(section)
        self.edits: dict[str, QWidget] = {}
        head = beside(
            stacked(self.title, self.about, self.due, spacing=2),
            self.details_button,
            self.end,
            self.again,
            self.review,
            spacing=8,
        )
        head.setStretch(0, 1)
        self._chart = QVBoxLayout()
        self._rows = QVBoxLayout()
        self.column.addLayout(head)
        for form in (self.reviewing, self.ending, self.details):
            form.hide()
            self.column.addWidget(form)
        self.column.addLayout(self._chart)
        self.column.addLayout(self._rows)

    def show_goal(self, file: CaseFile, course: GoalCourse, day: date, *, anew: bool) -> None:
        t, goal = self._section.texts, course.goal
        self._course = course
        self.title.setText(goal.words)
        self.about.setText(about_words(t, file, goal))
        self.due.setText(due_words(t, course, day))
        self.due.setVisible(goal.is_open)
        self.due.setProperty("kind", "strong" if course.is_due(day) else "caption")
        self.due.style().polish(self.due)
        for part in (self.review, self.end, self.details_button):
            part.setVisible(goal.is_open)
        self.again.setVisible(not goal.is_open)
        for act in (self.review, self.details_button, self.end, self.again):
            act.setAccessibleName(f"{act.text()} {goal.words}")
        if not goal.is_open:
            self._close()
        self.details.show_goal(file, course, anew=anew)
        shown = (course, tuple((p.id, p.called) for p in file.everybody))
        if shown != self._shown:
            self._shown = shown
            self._draw(picture(t, course))
            self._fill(file, course)

    def _draw(self, made: Picture | None) -> None:
        clear(self._chart)
        if made is not None:
            self._chart.addWidget(ChartView(made, self._look))

    def _fill(self, file: CaseFile, course: GoalCourse) -> None:
        """The chart's table: every review with its sentences and words whole, the newest first."""
        clear(self._rows)
        self.edits = {}
        if not course.reviews:
            return
        t = self._section.texts
        head, *rows = review_table(t, file, course)
        self._rows.addWidget(hairline())
        self._rows.addWidget(self._row([label(words, "caption", wrap=True) for words in head], None))
        for review, cells in zip(reversed(course.reviews), reversed(rows), strict=True):
            act = None
            if course.goal.is_open:
                act = button(t.tr("Edit"), partial(self._open_review, review.id), "quiet")
                act.setAccessibleName(f"{act.text()} {cells[0]}")
                self.edits[review.id] = act
            said = [label(words, "" if n else "muted", wrap=True) for n, words in enumerate(cells)]
            self._rows.addWidget(self._row(said, act))

    def _row(self, cells: list[QLabel], act: QPushButton | None) -> QWidget:
        """Cells side by side, each as wide as those above and below it; the act stands in a column of its own."""
        end = QWidget()
        end.setFixedWidth(ACT)
        end.setLayout(stacked(act, None) if act is not None else stacked())
        row = beside(*(held(stacked(cell, None)) for cell in cells), end, spacing=20)
        for column, share in enumerate(SHARES):
            row.setStretch(column, share)
        holder = QWidget()
        holder.setLayout(row)
        return holder

    def commit(self) -> None:
        if not self.details.isHidden():
            self.details.commit()

    def open_details(self) -> None:
        opens = self.details.isHidden()
        self._close()
        if opens:
            self.details.show()
            self.details.take_focus()

    def _open_review(self, review_id: str = "") -> None:
        self._close()
        if self._course is not None:
            before = next((r for r in self._course.reviews if r.id == review_id), None)
            self.reviewing.begin(self._course, before)

    def _open_end(self) -> None:
        self._close()
        if self._course is not None:
            self.ending.begin(self._course)

    def _on_again(self) -> None:
        if self._course is not None and self._course.goal.state != GoalState.OPEN:
            self._section.editor.reopen_goal(self._course.goal)

    def _close(self) -> None:
        self.commit()
        within = any(part.isVisible() for part in (self.reviewing, self.ending, self.details))
        for part in (self.reviewing, self.ending, self.details):
            part.hide()
        if within and self.review.isVisible():
            self.review.setFocus()
