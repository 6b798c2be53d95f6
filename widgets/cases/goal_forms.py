"""The fields of a goal that is set, and of its end; nothing is kept before *Record*."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.casework.case_editor import CaseEditor
from app.casework.case_file import CaseFile
from app.casework.goals import GoalCourse
from app.i18n import Texts, today
from app.model.goal import GoalOf, GoalSource, GoalState
from app.vocabulary import StatementTexts
from widgets.forms.date_field import DateField
from widgets.forms.form import columns, named
from widgets.forms.inputs import Choice, GrowingText
from widgets.look.parts import Card, beside, button, label, stacked


class Goals(Protocol):
    """Whose goals are shown, and through what they change."""

    @property
    def texts(self) -> Texts: ...
    @property
    def words(self) -> StatementTexts: ...
    @property
    def editor(self) -> CaseEditor: ...
    @property
    def file(self) -> CaseFile: ...
    def close_form(self) -> None: ...
    def open_card(self, goal_id: str) -> None: ...


def whose_choices(t: Texts) -> list[tuple[GoalOf, str]]:
    return [
        (GoalOf.CHILD, t.tr("The child's")),
        (GoalOf.GROWN_UP, t.tr("An adult's")),
        (GoalOf.FAMILY, t.tr("The family's")),
    ]


def source_choices(words: StatementTexts) -> list[tuple[GoalSource, str]]:
    said = ((source, words.of("plans", source)) for source in GoalSource)
    return [(source, text[:1].upper() + text[1:]) for source, text in said]


class NewGoalForm(Card):
    """A goal in the words of whom it is of, whose it is, and from which plan."""

    def __init__(self, section: Goals) -> None:
        super().__init__(spacing=10, padding=20)
        self._section = section
        t = section.texts
        self.words = GrowingText(2)
        self.whose = Choice(whose_choices(t))
        self.source = Choice(source_choices(section.words))
        self.dated = DateField(t, t.tr("Date of the plan"))
        self.save = button(t.tr("Record the goal"), self._on_save)
        self.cancel = button(t.tr("Cancel"), section.close_form, "quiet")
        note = t.tr("In the words of the child or the family, as they would say it at home.")
        self.column.addWidget(named(t.tr("The goal in words"), self.words, note))
        fields = columns(
            named(t.tr("Whose goal"), self.whose), named(t.tr("Taken from"), self.source), self.dated, shares=(3, 4, 3)
        )
        self.column.addLayout(fields)
        self.column.addLayout(beside(self.save, self.cancel, None))

    def begin(self) -> None:
        self.words.clear()
        self.whose.set_value(GoalOf.CHILD)
        self.source.set_value(GoalSource.CLIENT_PLAN)
        self.dated.set_value(None)
        self.show()
        self.words.setFocus()

    def _on_save(self) -> None:
        if self.dated.is_wrong():
            self.dated.setFocus()
            return
        fields = {"whose": self.whose.value(), "source": self.source.value(), "plan_date": self.dated.value()}
        made = self._section.editor.set_goal(self.words.toPlainText(), **fields)
        if made is None:
            self.words.setFocus()
            return
        self._section.close_form()
        self._section.open_card(made.id)


class EndForm(QWidget):
    """It was reached, and how in words; or it is closed, and why where that is to be told."""

    def __init__(self, section: Goals, close: Callable[[], None]) -> None:
        super().__init__()
        self._section, self._close = section, close
        self._course: GoalCourse | None = None
        t = section.texts
        self.state = Choice(
            [(GoalState.REACHED, t.tr("The goal was reached")), (GoalState.CLOSED, t.tr("The goal is closed"))]
        )
        self.day = DateField(t, t.tr("Day"))
        self.words = GrowingText(2)
        self.save = button(t.tr("Record the end"), self._on_save)
        self.remove = button(t.tr("Remove the goal"), self._on_remove, "quiet")
        self.cancel = button(t.tr("Cancel"), close, "quiet")
        note = t.tr("What is told of it is told in words: a level alone says nothing.")
        self.setLayout(
            stacked(
                columns(named(t.tr("How it ended"), self.state), self.day, None, shares=(4, 2, 3)),
                named(t.tr("In words"), self.words),
                label(note, "caption", wrap=True),
                beside(self.save, self.cancel, None, self.remove),
                spacing=10,
            )
        )

    def begin(self, course: GoalCourse) -> None:
        self._course = course
        self.state.set_value(GoalState.REACHED)
        self.day.set_value(today())
        self.words.clear()
        self.show()
        self.state.setFocus()

    def _on_save(self) -> None:
        day = None if self.day.is_wrong() else self.day.value()
        if day is None:
            self.day.setFocus()
        elif self._course is not None:
            if self._section.editor.end_goal(self._course.goal, self.state.value(), day, self.words.toPlainText()):
                self._close()
            else:
                self.words.setFocus()

    def _on_remove(self) -> None:
        if self._course is not None:
            self._section.editor.remove_goal(self._course)
