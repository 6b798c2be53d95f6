"""The plan of one meeting: what can be chosen at the left, what is chosen in its order at the right."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from app.casework.draw_words import short_line
from app.casework.exclusions import why_words
from app.casework.meeting_file import sample_of
from app.casework.pair import is_begun
from app.casework.people_called import people_called
from app.casework.plans import PlanEditor
from app.model.exclusions import Ground, Why
from app.model.meeting import Meeting
from app.model.plan import PlannedTask, TaskCard
from app.ports import Store
from app.schemes import library
from app.services.library import of_meeting
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.cases.draw_dialog import DrawDialog
from widgets.cases.plan_beginnings import PlanBeginnings
from widgets.cases.plan_people import PlanPeople
from widgets.cases.plan_print import PlanPrint
from widgets.cases.plan_reason import ReasonLine
from widgets.cases.plan_setup import PlanSetup
from widgets.cases.task_list import CardList, PlanList, TaskLine
from widgets.look.flow import Flow
from widgets.look.look import Look
from widgets.look.parts import beside, button, hairline, label, stacked
from widgets.look.row_delegate import TWO_LINES

#: how many rows the lists show at once
ROWS = 6


class PlanPanel(QWidget):
    """Follows one PlanEditor; every press is a step of it."""

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__()
        self._space, self._texts = space, space.texts
        self._words = StatementTexts(space.texts.language)
        self._editor: PlanEditor | None = None
        self._why: dict[str, tuple[Why, ...]] = {}  # of cards that are left out
        self._against: dict[int, tuple[Why, ...]] = {}
        self._shipped = frozenset(card.id for card in library.task_cards())
        t = self._texts
        self.beginnings = PlanBeginnings(space)
        self.cards = CardList(look, t.tr("Tasks to choose from"))
        self.plan = PlanList(look, t.tr("Plan in its order"))
        for rows in (self.cards, self.plan):
            rows.setFixedHeight(ROWS * TWO_LINES + 10)
        self.add = button(t.tr("Add to the plan"), self._on_add)
        self.up = button(t.tr("Up"), lambda: self._on_moved(self.plan.number(), self.plan.number() - 1))
        self.down = button(t.tr("Down"), lambda: self._on_moved(self.plan.number(), self.plan.number() + 1))
        self.remove = button(t.tr("Remove"), lambda: self._on_removed(self.plan.number()))
        self.leave_out = button(t.tr("Leave out…"), self._on_leave_out, "quiet")
        self.keep = button(t.tr("Keep…"), self._on_keep)
        self.others = QCheckBox()
        self.others.toggled.connect(lambda _: self.refresh())
        self.reason = ReasonLine(t)
        self.setup = PlanSetup(t)
        self.people = PlanPeople(t)
        self.papers = PlanPrint(space)
        self.source = label("", "muted", wrap=True)
        self.against = label("", "strong", wrap=True)
        self.card_words, self.plan_words = label("", "caption", wrap=True), label("", "caption", wrap=True)
        self.missing = label("", "strong", wrap=True)
        self.licences = label("", wrap=True)
        self.balance = label("", "muted", wrap=True)
        self.balance.setToolTip(
            t.tr("Each task counts as one, parted by its weights. It tells of the plan, not of people.")
        )
        self.careful, self.locked = label("", wrap=True), label("", "muted", wrap=True)
        self.shows = label("", wrap=True)
        self._count = label("", "strong")
        self.drawn = label("", "muted", wrap=True)
        self.draw = button("", self._on_draw)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.cards.chosen.connect(self._choose)
        self.cards.currentItemChanged.connect(lambda *_: self._on_chosen())
        self.plan.currentItemChanged.connect(lambda *_: self._on_chosen())
        self.plan.moved.connect(self._on_moved)
        self.plan.removed.connect(self._on_removed)
        self.plan.dropped.connect(self._on_dropped)

    def _lay_out(self) -> None:
        t = self._texts
        left = stacked(
            label(t.tr("Tasks to choose from"), "strong"),
            self.cards,
            self.others,
            Flow(self.add, label("Enter", "key"), self.leave_out),
            self.card_words,
        )
        right = stacked(
            self._count,
            self.plan,
            Flow(self.up, self.down, label("Alt+↑↓", "key"), self.remove, label("Del", "key"), self.keep),
            self.balance,
            self.plan_words,
        )
        for half in (left, right):
            half.addStretch(1)
        row = beside(left, right, spacing=20)
        row.setStretch(0, 1)
        row.setStretch(1, 1)
        drawing = beside(self.drawn, self.draw)
        drawing.setStretch(0, 1)
        told = (self.source, self.missing, self.against, self.careful, self.shows, self.licences)
        rows = (
            self.beginnings,
            *told,
            self.locked,
            self.reason,
            row,
            self.people,
            hairline(),
            self.setup,
            self.papers,
            hairline(),
            drawing,
        )
        self.setLayout(stacked(*rows, spacing=10))

    def show_plan(self, editor: PlanEditor) -> None:
        """Another meeting's plan, or the same anew."""
        is_other = editor is not self._editor
        if is_other:
            self.reason.close_line()
        self._editor = editor
        self.refresh(anew=is_other)

    def commit(self) -> None:
        """What stands in the fields goes to the archive."""
        self.setup.commit()
        self.people.commit()

    def refresh(self, *, anew: bool = False) -> None:
        if self._editor is not None:
            with self._editor.reading() as store:
                self._fill(store, self._editor, anew=anew)

    def _fill(self, store: Store, editor: PlanEditor, *, anew: bool) -> None:
        t = self._texts
        self.beginnings.show_plan(editor)
        self.setup.show_plan(editor, anew=anew)
        self.papers.show_plan(editor)
        self.people.show_plan(editor)
        _say(self.source, self.beginnings.source_words(editor))
        self._show_cards(editor)
        tasks, self._against = editor.meeting.plan, editor.now_against()
        self.plan.show_lines(
            tuple(self._line(task, n, self._mark(editor, task, n)) for n, task in enumerate(editor.shown(), start=1))
        )
        self._count.setText(t.trn("Plan: {n} task", "Plan: {n} tasks", len(tasks)))
        _say(self.missing, self._missing_words(editor))
        _say(self.balance, self._balance_words(editor))
        safety = " · ".join(self._words.of("safety", tag) for tag in editor.safety())
        _say(self.careful, t.tr("Be careful about: {what}", what=safety) if safety else "")
        shows = editor.how_child_shows(t)
        _say(self.shows, "\n".join((t.tr("How this child shows it"), *shows)) if shows else "")
        _say(self.locked, self._locked_words(editor))
        _say(self.against, self._against_words(editor))
        _say(self.licences, self._licence_words(editor))
        self.keep.setVisible(bool(self._against))
        self._show_draw(store, editor.meeting)
        self._on_chosen()

    def _show_cards(self, editor: PlanEditor) -> None:
        """What can be chosen, and behind it what is left out, when that is asked for."""
        t, left_out = self._texts, editor.left_out()
        self._why = {card.id: why for card, why in left_out}
        self.others.setText(t.trn("Show what is left out: {n} task", "Show what is left out: {n} tasks", len(left_out)))
        lines = [self._line(card) for card in editor.available()]
        if self.others.isChecked():
            case = editor.case()
            for card, why in left_out:
                line, said = self._line(card), why_words(t, case, card, why)
                line = replace(line, careful=said, locked=t.tr("left out"))
                lines.append(replace(line, text=t.tr("Left out: {why}", why=said) + "\n" + line.text))
        self.cards.show_lines(tuple(lines))

    def _mark(self, editor: PlanEditor, task: PlannedTask, number: int) -> str:
        t = self._texts
        if number <= editor.marked:
            return t.tr("marked on the film")
        if number <= editor.locked:
            return t.tr("in the draw")
        if number in self._against:
            return t.tr("to be left out now")
        return t.tr("taken all the same") if task.despite else ""

    def _against_words(self, editor: PlanEditor) -> str:
        if not self._against:
            return ""
        t, case, said = self._texts, editor.case(), []
        for number, why in self._against.items():
            task = editor.shown()[number - 1]
            card = editor.card(task.task_id)
            name = f"{number}. {t.words(task.name)}"
            said.append(f"{name} ({why_words(t, case, card, why)})" if card is not None else name)
        return t.tr("To be left out now: {tasks}. Remove it, or keep it with a reason.", tasks="; ".join(said))

    def _balance_words(self, editor: PlanEditor) -> str:
        t = self._texts
        parts = [f"{self._dimension(d)} {t.percent(share)}" for d, share in editor.balance()]
        return t.tr("The plan asks for: {dimensions}", dimensions=" · ".join(parts)) if parts else ""

    def _licence_words(self, editor: PlanEditor) -> str:
        """Licences that have ended by the meeting's day or now: what cannot be chosen, and what stays of a plan."""
        t, said = self._texts, []
        for package in editor.ended_licences():
            day = t.date(package.expires)
            said.append(
                t.tr("The licence of {name} ended on {day}: its tasks cannot be chosen.", name=package.name, day=day)
            )
        if numbers := editor.without_licence():
            tasks = ", ".join(map(str, numbers))
            said.append(
                t.tr(
                    "No licence for tasks {tasks} any more: their cards are not printed; the plan keeps them.",
                    tasks=tasks,
                )
            )
        return " ".join(said)

    def _show_draw(self, store: Store, meeting: Meeting) -> None:
        t, sample = self._texts, sample_of(store, meeting.id)
        both = t.tr("Both code every task.")
        self.drawn.setText(both if sample is None else short_line(t, sample))
        self.draw.setText(t.tr("Draw for a second coding…") if sample is None else t.tr("Show the draw…"))
        self.draw.setVisible(sample is not None or bool(meeting.plan))
        self.drawn.setVisible(self.draw.isVisibleTo(self))
        self.draw.setEnabled(sample is not None or not is_begun(store, meeting.id))

    def _on_draw(self) -> None:
        editor = self._editor
        if editor is not None:
            meeting, space = editor.meeting, self._space
            DrawDialog(space, space.case_of(meeting), meeting.id, sample_of(space.store, meeting.id), self).exec()
            self.refresh()

    def _locked_words(self, editor: PlanEditor) -> str:
        t = self._texts
        if editor.locked > editor.marked:
            return t.tr("Tasks that were in a draw keep their place; others can be added behind them.")
        if editor.locked:
            return t.tr("Tasks that are marked on the film keep their place, so that the marks stay true.")
        return ""

    def _missing_words(self, editor: PlanEditor) -> str:
        t = self._texts
        if not editor.meeting.plan:
            if editor.meeting.age_group in ("I", "T"):
                return t.tr("Choose 5–7 tasks, at least one of each dimension.")
            return t.tr("Choose 8–10 tasks, at least one of each dimension.")
        missing = ", ".join(self._dimension(d) for d in editor.missing())
        return t.tr("The plan lacks: {dimensions}", dimensions=missing) if missing else ""

    def _line(self, task: TaskCard | PlannedTask, number: int = 0, locked: str = "") -> TaskLine:
        t = self._texts
        text = t.words(task.text)
        if isinstance(task, TaskCard):
            if task.materials is not None:
                text += f" ({t.words(task.materials)})"
            task_id = task.id
        else:
            task_id = task.task_id
            if who := self._who(number):
                text = who + "\n" + text
            if task.despite:
                text = t.tr("Taken all the same: {reason}", reason=task.despite) + "\n" + text
        marks = tuple((d, self._dimension(d)) for d in task.dimensions)
        careful = ", ".join(self._words.of("safety", tag) for tag in task.safety)
        return TaskLine(task_id, t.words(task.name), marks, careful, number, locked, text, self._source(task, task_id))

    def _who(self, number: int) -> str:
        """Who does a task that not everybody does."""
        editor = self._editor
        assert editor is not None, "a plan is shown"
        doing = editor.doing(number)
        if doing == editor.meeting.people:
            return ""
        return self._texts.tr("Taking part: {who}", who=people_called(editor.case(), doing))

    def _source(self, task: TaskCard | PlannedTask, task_id: str) -> str:
        """Whose words they are, where they are not the program's."""
        t = self._texts
        if task.package:
            return t.tr("licensed")
        return "" if task_id in self._shipped else t.tr("own")

    def _dimension(self, dimension_id: str) -> str:
        assert self._editor is not None, "a plan is shown"
        scheme = library.scheme(of_meeting(self._editor.meeting).scheme)
        found = scheme.dimension(dimension_id)
        return self._texts.words(found.name) if found else dimension_id

    def _on_chosen(self) -> None:
        """The buttons and the wording follow what is chosen in the lists."""
        t = self._texts
        card, task, number = self.cards.line(), self.plan.line(), self.plan.number()
        self.card_words.setText(card.text if card else "")
        self.plan_words.setText(task.text if task else "")
        self.add.setEnabled(card is not None)
        locked = self._editor.locked if self._editor is not None else 0
        is_free = task is not None and number > locked
        self.keep.setEnabled(number in self._against)
        why = self._why.get(card.id, ()) if card is not None else ()
        is_by_hand = any(one.ground == Ground.BY_HAND for one in why)
        self.leave_out.setText(t.tr("Let back in") if is_by_hand else t.tr("Leave out…"))
        self.leave_out.setVisible(card is not None and (is_by_hand or not why))
        self.add.setText(t.tr("Add all the same…") if why else t.tr("Add to the plan"))
        self.up.setEnabled(is_free and number - 1 > locked)
        self.down.setEnabled(is_free and number < self.plan.count())
        self.remove.setEnabled(is_free)
        self.people.show_task(number)

    def _on_add(self) -> None:
        line = self.cards.line()
        if line is not None:
            self._choose(line.id)

    def _choose(self, card_id: str, number: int | None = None) -> None:
        """Into the plan; of a task that is left out, the reason is asked first."""
        editor = self._editor
        if editor is None or (card := editor.card(card_id)) is None:
            return
        if card_id in self._why:
            question = self._texts.tr("Why is {task} taken all the same?", task=self._texts.words(card.name))
            self.reason.ask(question, lambda words: editor.add(card, number, words), self.cards)
        else:
            editor.add(card, number)

    def _on_dropped(self, card_id: str, number: int) -> None:
        self._choose(card_id, number)

    def _on_leave_out(self) -> None:
        editor, line = self._editor, self.cards.line()
        if editor is None or line is None:
            return
        if line.id in self._why:
            editor.let_back(line.id)
            return
        question = self._texts.tr("Why is {task} left out?", task=line.name)
        self.reason.ask(question, partial(editor.leave_out, line.id), self.cards)

    def _on_keep(self) -> None:
        editor, line, number = self._editor, self.plan.line(), self.plan.number()
        if editor is not None and line is not None:
            question = self._texts.tr("Why is {task} kept in the plan?", task=line.name)
            self.reason.ask(question, partial(editor.keep, number), self.plan)

    def _on_moved(self, number: int, to: int) -> None:
        if self._editor is None or to < 1 or to > self.plan.count():
            return
        if self._editor.move(number, to):
            self.plan.setCurrentRow(to - 1)
        else:
            self._refuse()

    def _on_removed(self, number: int) -> None:
        if self._editor is not None and not self._editor.remove(number):
            self._refuse()

    def _refuse(self) -> None:
        if self._editor is not None:
            self._space.notices.info(self._locked_words(self._editor))


def _say(line: QLabel, words: str) -> None:
    """A line that is there only when it has something to say."""
    line.setText(words)
    line.setVisible(bool(words))
