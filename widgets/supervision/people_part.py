"""Who is supervised, and the goals in their words: lines that are added, edited, and end."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import Texts, today
from app.model.supervision import GROUP_AT_MOST
from app.supervising.agreements import SupervisionEditor
from widgets.forms.inputs import Choice
from widgets.look.parts import beside, button, clear, confirm, label, section_label, stacked


class PeoplePart(QWidget):
    """Called-names and roles; of a signed agreement one comes or leaves on a day and stays named."""

    def __init__(self, texts: Texts, editor: SupervisionEditor) -> None:
        super().__init__()
        self._texts, self._editor = texts, editor
        t = texts
        self._rows = stacked(spacing=6)
        self._lines: dict[str, tuple[QLineEdit, QLineEdit]] = {}
        self.sign_ins: dict[str, Choice] = {}
        self.called, self.role = QLineEdit(), QLineEdit()
        self.called.setAccessibleName(t.tr("Called, of a new supervisee"))
        self.called.setPlaceholderText(t.tr("Called"))
        self.role.setAccessibleName(t.tr("Work, of a new supervisee"))
        self.role.setPlaceholderText(t.tr("Work"))
        self.called.returnPressed.connect(self._add)
        self.role.returnPressed.connect(self._add)
        self.add = button(t.tr("Add a supervisee"), self._add, "quiet")
        self._note = label("", "caption", wrap=True)
        self.setLayout(
            stacked(
                section_label(t.tr("Supervisees")), self._rows, beside(self.called, self.role, self.add), self._note
            )
        )

    def show_people(self, *, is_open: bool) -> None:
        agreement, t = self._editor.agreement, self._texts
        wanted = [s.id for s in agreement.supervisees]
        if list(self._lines) != wanted or not self._lines:
            clear(self._rows)
            self._lines, self.sign_ins = {}, {}
            for one in agreement.supervisees:
                self._line(one.id)
        for one in agreement.supervisees:
            called, role = self._lines[one.id]
            for line, said in ((called, one.called), (role, one.role)):
                if not line.hasFocus() and line.text() != said:
                    line.setText(said)
                line.setEnabled(is_open and not agreement.is_signed)
            if one.id in self.sign_ins:
                self.sign_ins[one.id].set_value(agreement.worker_of(one.id))
                self.sign_ins[one.id].setEnabled(is_open)
        for part in (self.called, self.role, self.add):
            part.setVisible(is_open)
        still = [s for s in agreement.supervisees if s.left is None]
        self._note.setText(
            t.tr("More than {n} in a group is not wished.", n=GROUP_AT_MOST) if len(still) > GROUP_AT_MOST else ""
        )
        self._note.setVisible(bool(self._note.text()))

    def commit(self) -> None:
        """A name that was typed and not added is added: nothing typed is lost."""
        self._add()

    def _line(self, one_id: str) -> None:
        t, one = self._texts, self._editor.agreement.supervisee(one_id)
        assert one is not None
        called, role = QLineEdit(one.called), QLineEdit(one.role)
        called.setAccessibleName(t.tr("Called, {who}", who=one.called))
        role.setAccessibleName(t.tr("Work, {who}", who=one.called))
        called.editingFinished.connect(partial(self._on_edited, one_id))
        role.editingFinished.connect(partial(self._on_edited, one_id))
        if one.left is not None:
            out: QWidget = label(t.tr("left {day}", day=t.date(one.left)), "muted")
        else:
            signed = self._editor.agreement.is_signed
            out = button(t.tr("Leaves today") if signed else t.tr("Remove"), partial(self._leave, one_id), "quiet")
            out.setAccessibleName(f"{out.text()}: {one.called}")
        self._lines[one_id] = (called, role)
        row = beside(called, role, out)
        workers = self._editor.workers() if self._editor.is_mine and one.left is None else ()
        if workers:
            choice = self.sign_ins[one_id] = Choice([("", t.tr("no sign-in")), *workers])
            choice.setAccessibleName(t.tr("Own sign-in of {who}", who=one.called))
            choice.activated.connect(partial(self._on_sign_in, one_id))
            row.insertWidget(2, choice)
        self._rows.addLayout(row)

    def _on_sign_in(self, one_id: str, _at: int) -> None:
        """Whose own sign-in the supervisee has: there the agreement, sessions and the own clips are found."""
        self._editor.give_sign_in(one_id, self.sign_ins[one_id].value() or "")

    def _on_edited(self, one_id: str) -> None:
        if one_id not in self._lines:
            return
        called, role = (line.text().strip() for line in self._lines[one_id])
        held = self._editor.agreement.supervisees
        if called:
            self._editor.edit(
                supervisees=tuple(replace(s, called=called, role=role) if s.id == one_id else s for s in held)
            )

    def _add(self) -> None:
        if self.called.text().strip():
            joined = today() if self._editor.agreement.is_signed else None
            if self._editor.add_supervisee(self.called.text(), self.role.text(), joined) is not None:
                self.called.clear()
                self.role.clear()
                self.called.setFocus()

    def _leave(self, one_id: str) -> None:
        t, one = self._texts, self._editor.agreement.supervisee(one_id)
        assert one is not None
        asked = t.tr("Does {who} leave the supervision today? Earlier sessions stay as they were.", who=one.called)
        if not self._editor.agreement.is_signed or confirm(self, t, asked, t.tr("Leaves today")):
            self._lines.pop(one_id)
            self.sign_ins.pop(one_id, None)
            self._editor.leave(one_id, today())


class GoalsPart(QWidget):
    """The goals, as the supervisees say them; once they are signed they stay."""

    def __init__(self, texts: Texts, editor: SupervisionEditor) -> None:
        super().__init__()
        self._texts, self._editor = texts, editor
        t = texts
        self._rows = stacked(spacing=6)
        self._lines: dict[str, QLineEdit] = {}
        self.words = QLineEdit()
        self.words.setAccessibleName(t.tr("A new goal in words"))
        self.words.setPlaceholderText(t.tr("A goal in the supervisees' own words"))
        self.words.returnPressed.connect(self._add)
        self.add = button(t.tr("Add a goal"), self._add, "quiet")
        self.setLayout(stacked(section_label(t.tr("Goals")), self._rows, beside(self.words, self.add)))

    def show_goals(self, *, is_open: bool) -> None:
        agreement, t = self._editor.agreement, self._texts
        if list(self._lines) != [g.id for g in agreement.goals]:
            clear(self._rows)
            self._lines = {}
            for number, goal in enumerate(agreement.goals, start=1):
                line = self._lines[goal.id] = QLineEdit(goal.words)
                line.setAccessibleName(t.tr("Goal {n}", n=number))
                line.editingFinished.connect(partial(self._on_edited, goal.id))
                self._rows.addWidget(line)
        for goal in agreement.goals:
            line = self._lines[goal.id]
            if not line.hasFocus() and line.text() != goal.words:
                line.setText(goal.words)
            line.setReadOnly(not is_open or agreement.is_signed)
        for part in (self.words, self.add):
            part.setVisible(is_open and not agreement.is_signed)

    def commit(self) -> None:
        self._add()

    def _on_edited(self, goal_id: str) -> None:
        """A goal without words goes."""
        if goal_id not in self._lines:
            return
        said = self._lines[goal_id].text().strip()
        held = self._editor.agreement.goals
        goals = (replace(g, words=said) if g.id == goal_id else g for g in held)
        self._editor.edit(goals=tuple(g for g in goals if g.words))

    def _add(self) -> None:
        if self.words.text().strip() and self._editor.add_goal(self.words.text()) is not None:
            self.words.clear()
            self.words.setFocus()
