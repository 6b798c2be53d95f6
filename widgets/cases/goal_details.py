"""The details of a goal: its words, whose and from where, the five sentences, where it began and the wish."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.casework.case_file import CaseFile
from app.casework.goals import GoalCourse
from app.i18n import Texts
from app.model.goal import LEVELS, Goal, GoalOf
from widgets.cases.goal_forms import Goals, source_choices, whose_choices
from widgets.forms.form import Form, columns
from widgets.look.parts import label, stacked

FIELDS = ("words", "whose", "source", "plan_date", "set_on", "person_id", "began", "wished")


def level_names(t: Texts) -> tuple[str, ...]:
    """What each level is called while its sentence is written, from the farthest to the nearest: no numbers."""
    return (
        t.tr("Farthest from the wish"),
        t.tr("A little on the way"),
        t.tr("Half way"),
        t.tr("Near the wish"),
        t.tr("As one wishes, or better"),
    )


class GoalDetails(QWidget):
    """Each field is in the archive when it is left."""

    def __init__(self, section: Goals) -> None:
        super().__init__()
        self._section = section
        self._goal: Goal | None = None
        t = section.texts
        self.form = form = Form(t, self._edit)
        names = level_names(t)
        words = t.tr(
            "Five sentences in the words of whom the goal is of. What a review has chosen stays as it was read."
        )
        self._person = form.choice("person_id", t.tr("Which adult"))
        levels = [form.line(f"level{n}", names[n]) for n in reversed(range(LEVELS))]
        self.setLayout(
            stacked(
                form.text("words", t.tr("The goal in words"), 2),
                columns(
                    form.choice("whose", t.tr("Whose goal"), whose_choices(t)),
                    form.choice("source", t.tr("Taken from"), source_choices(section.words)),
                    form.date("plan_date", t.tr("Date of the plan")),
                    form.date("set_on", t.tr("Set on")),
                ),
                self._person,
                label(words, "caption", wrap=True),
                *levels,
                columns(
                    form.choice("began", t.tr("Where it began")), form.choice("wished", t.tr("Where one wants to be"))
                ),
                spacing=10,
            )
        )

    def show_goal(self, file: CaseFile, course: GoalCourse, *, anew: bool) -> None:
        t, goal = self._section.texts, course.goal
        self._goal = goal
        self.form.offer("person_id", [("", "–"), *((p.id, p.called) for p in file.everybody if p.is_adult)])
        rows = [(n, words) for n, words in reversed(list(enumerate(goal.levels))) if words.strip()]
        for key in ("began", "wished"):
            self.form.offer(key, [(None, t.tr("not chosen")), *rows])
        held = {
            key: getattr(goal, key)
            for key in ("words", "whose", "source", "plan_date", "set_on", "person_id", "began", "wished")
        }
        self.form.load(held | {f"level{n}": goal.level(n) for n in range(LEVELS)}, anew=anew)
        self._person.setVisible(goal.whose == GoalOf.GROWN_UP)

    def take_focus(self) -> None:
        """To the first sentence that is not written yet."""
        goal = self._goal
        places = (n for n in reversed(range(LEVELS)) if goal is not None and not goal.level(n))
        place = next(places, None)
        self.form.widgets["words" if place is None else f"level{place}"].setFocus()

    def commit(self) -> None:
        self.form.commit()

    def _edit(self, key: str, value: Any) -> bool:
        goal, editor = self._goal, self._section.editor
        if goal is None or (key in ("words", "set_on") and not value):
            return False
        if key.startswith("level"):
            return editor.write_level(goal, int(key.removeprefix("level")), value)
        fields = {key: value}
        if key == "whose" and value != GoalOf.GROWN_UP:
            fields["person_id"] = ""
        return editor.change_goal(goal, **fields)
