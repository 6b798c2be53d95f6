"""What a plan may begin from: a saved template, or the same tasks as in another meeting of the case; and saving one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from app.casework.parallel import pattern
from app.casework.plans import PlanEditor
from app.model.meeting import Meeting
from app.model.plan import PlannedTask, PlanTemplate
from app.notices import Notice, Tone
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.look.parts import beside, button


class PlanBeginnings(QWidget):
    """Every choice is one step of the plan's editor; the notice takes it back."""

    def __init__(self, space: Workspace) -> None:
        super().__init__()
        self._space, self._texts = space, space.texts
        self._words = StatementTexts(space.texts.language)
        self._editor: PlanEditor | None = None
        t = self._texts
        self.begin = button(t.tr("Begin from"))
        self._menu = QMenu(self.begin)
        self._menu.aboutToShow.connect(self._fill)
        self.begin.setMenu(self._menu)
        self.save = button(t.tr("Save as a template…"), self._ask_name, "quiet")
        self.name = QLineEdit()
        self.name.setAccessibleName(t.tr("Name of the template"))
        self.name.setPlaceholderText(t.tr("Name of the template, without a client's name"))
        self.name.returnPressed.connect(self._on_named)
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape), self.name, context=Qt.ShortcutContext.WidgetShortcut
        ).activated.connect(self._on_not_now)
        self._keep = button(t.tr("Save"), self._on_named)
        self._not_now = button(t.tr("Cancel"), self._on_not_now, "quiet")
        row = beside(self.begin, self.save, self.name, self._keep, self._not_now, None)
        row.setStretch(2, 1)
        self.setLayout(row)
        self._close_name()

    def show_plan(self, editor: PlanEditor) -> None:
        """Another meeting's plan, or the same anew."""
        if editor is not self._editor:
            self._editor = editor
            self._close_name()
        self.begin.setEnabled(editor.locked == 0)
        self.save.setEnabled(bool(editor.meeting.plan))

    def _fill(self) -> None:
        t, menu, editor = self._texts, self._menu, self._editor
        menu.clear()
        if editor is None:
            return
        for meeting in editor.others():
            menu.addAction(self._words_of(meeting), partial(self._same, meeting))
            if meeting.adult_id != editor.meeting.adult_id:
                menu.addAction(self._words_of(meeting, is_parallel=True), partial(self._parallel, meeting))
        templates = editor.templates()
        if templates and not menu.isEmpty():
            menu.addSeparator()
        for template in templates:
            menu.addAction(self._template_words(template), partial(self._take, template))
        if templates:
            menu.addSeparator()
            away = menu.addMenu(t.tr("Remove a template"))
            for template in templates:
                away.addAction(template.name, partial(self._remove, template))
        if menu.isEmpty():
            menu.addAction(t.tr("No templates yet, and no other meeting with a plan")).setEnabled(False)

    def _words_of(self, meeting: Meeting, *, is_parallel: bool = False) -> str:
        adult, day = self._who_and_day(meeting)
        if is_parallel:
            return self._texts.tr("Parallel tasks to: {adult}, {day}", adult=adult, day=day)
        return self._texts.tr("The same tasks as with: {adult}, {day}", adult=adult, day=day)

    def source_words(self, editor: PlanEditor) -> str:
        """Of which meeting's list the plan was made, and whether it is as it was made; empty for one of its own."""
        source = editor.source()
        if source is None:
            return ""
        t, tasks = self._texts, editor.meeting.plan
        who, day = self._who_and_day(source)
        if editor.meeting.arranged.parallel:
            is_whole = pattern(tasks) == pattern(source.plan)
            same = t.tr("Parallel list to {adult}, {day}: the same dimensions in the same order.", adult=who, day=day)
            begun = t.tr("Begun as the parallel list to {adult}, {day}; the dimensions differ now.", adult=who, day=day)
            return same if is_whole else begun
        is_same = [x.task_id for x in tasks] == [x.task_id for x in source.plan]
        same = t.tr("The same list as with {adult}, {day}: what changed can be compared.", adult=who, day=day)
        begun = t.tr("Begun from the list with {adult}, {day}; the tasks differ now.", adult=who, day=day)
        return same if is_same else begun

    def _who_and_day(self, meeting: Meeting) -> tuple[str, str]:
        adult = self._space.case_of(meeting).person(meeting.adult_id)
        return adult.called if adult else "", self._texts.date(meeting.held.astimezone().date())

    def _template_words(self, template: PlanTemplate) -> str:
        t, group = self._texts, self._words.of("ages", template.age_group)
        words = t.trn("{name} · {n} task", "{name} · {n} tasks", len(template.tasks), name=template.name)
        assert self._editor is not None, "a plan is shown"
        return words if template.age_group == self._editor.meeting.age_group else f"{words} · {group}"

    def _parallel(self, meeting: Meeting) -> None:
        editor = self._editor
        if editor is not None and editor.parallel_to(meeting):
            t, lacking = self._texts, ", ".join(self._texts.words(task.name) for task in editor.skipped)
            whole = t.tr("The plan has other tasks of the same dimensions in the same order.")
            self._told(t.tr("No parallel task was left for: {tasks}.", tasks=lacking) if lacking else whole)

    def _same(self, meeting: Meeting) -> None:
        if self._editor is not None and self._editor.same_as(meeting):
            self._told(self._texts.tr("The plan has the same tasks in the same order."), self._editor.skipped)

    def _take(self, template: PlanTemplate) -> None:
        if self._editor is not None and self._editor.begin_from(template):
            words = self._texts.tr("The plan was begun from the template {name}.", name=template.name)
            self._told(words, self._editor.skipped)

    def _remove(self, template: PlanTemplate) -> None:
        if self._editor is not None and self._editor.remove_template(template):
            self._told(self._texts.tr("The template {name} was removed.", name=template.name))

    def _told(self, words: str, skipped: tuple[PlannedTask, ...] = ()) -> None:
        editor = self._editor
        assert editor is not None, "a plan is shown"
        if skipped:
            t = self._texts
            words = t.tr("Left out: {tasks}.", tasks=", ".join(t.words(task.name) for task in skipped))
        self._space.notices.say(Notice(words, Tone.DONE, self._texts.tr("Undo"), lambda: _take_back(editor)))

    # saving

    def _ask_name(self) -> None:
        for part in (self.begin, self.save):
            part.hide()
        for field in (self.name, self._keep, self._not_now):
            field.show()
        self.name.clear()
        self.name.setFocus()

    def _on_named(self) -> None:
        name = self.name.text().strip()
        if self._editor is not None and self._editor.save_template(name):
            self._close_name()
            self.save.setFocus()
            self._told(self._texts.tr("Saved as the template {name}.", name=name))

    def _on_not_now(self) -> None:
        """No template after all: the keys go back to where it was asked for."""
        self._close_name()
        self.save.setFocus()

    def _close_name(self) -> None:
        for field in (self.name, self._keep, self._not_now):
            field.hide()
        for part in (self.begin, self.save):
            part.show()


def _take_back(editor: PlanEditor) -> None:
    editor.undo()
