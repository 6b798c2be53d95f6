"""The right side while filming: the tasks with their clocks, live marks, and everything that one press must reach."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.i18n import Texts
from app.model.observation import MarkKind
from app.model.timecode import Micros
from app.shortcuts.names import on_cap
from app.shortcuts.own_keys import KeyMap
from widgets.coding.note_field import NoteField
from widgets.filming.commands import Commands
from widgets.filming.task_rows import TaskRows, lines
from widgets.keys.captions import KeyFollower, KeyTips
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, primary_button, section_label, stacked

FLASH = 900
TALL = 48
#: pixels of the list that are left on a low screen while a note is written: the running task
LEAST_ROWS = 40


class TasksPanel(QWidget):
    """Shows what is on and what comes; asks `Commands` for everything else."""

    def __init__(self, look: Look, texts: Texts, commands: Commands, with_whom: Callable[[int], str]) -> None:
        super().__init__()
        self._with_whom = with_whom
        self._texts, self._commands = texts, commands
        t = texts
        self.rows = TaskRows(look, t)
        self.rows.setMinimumHeight(LEAST_ROWS)
        self.rows.menu_asked.connect(lambda number, at: commands.task_menu(number, self.rows, at))
        self.note = NoteField(t)
        self.note.written.connect(lambda at, text: commands.capture.mark(MarkKind.NOTE, text, at))
        self.note.left.connect(self.rows.setFocus)
        commands.note_asked.connect(lambda: self.note.ask(commands.capture.now()))
        self._marks = {
            MarkKind.IMPORTANT: _pill(t.tr("important moment"), lambda: commands.mark(MarkKind.IMPORTANT)),
            MarkKind.CLIP: _pill(t.tr("clip"), lambda: commands.mark(MarkKind.CLIP)),
            MarkKind.NOTE: _pill(t.tr("note"), commands.ask_note),
        }
        self._told = label("", "caption", wrap=True)
        self.main = primary_button("", lambda: commands.main(self))
        self.main.setStyleSheet(f"min-height: {TALL}px;")
        self._coming = label("", "caption")
        self._coming.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.back = button(t.tr("Previous"), commands.previous)
        self.skip = button(t.tr("Skip…"), lambda: commands.skip(self.skip))
        self.interruption = button(t.tr("Interruption…"), lambda: commands.interruption(self.interruption))
        self.pause = button(t.tr("Pause"), commands.pause)
        self.end = button(t.tr("End filming…"), lambda: commands.stop(self))
        self.at_once = button(t.tr("End at once"), commands.at_once, "danger")
        tips = KeyTips(commands.preferences, self)
        for made, action_id in ((self.back, "filming.previous"), (self.interruption, "filming.interruption"),
                                (self.pause, "filming.pause"), (self.at_once, "filming.at-once")):  # fmt: skip
            tips.hint(made, made.text(), action_id)
        for part in (self.main, self.back, self.skip, self.interruption, self.pause, self.end, self.at_once):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            part.setStyleSheet(part.styleSheet() + "padding: 0 6px;")
        self._lay_out()
        KeyFollower(commands.preferences, self, self._show_keys)

    def _lay_out(self) -> None:
        noted = beside(self._marks[MarkKind.NOTE], self._told, spacing=8)
        noted.setStretch(1, 1)
        marks = stacked(
            beside(self._marks[MarkKind.IMPORTANT], self._marks[MarkKind.CLIP], None, spacing=8), noted, spacing=8
        )
        column = stacked(section_label(self._texts.tr("Tasks")), spacing=8, margins=(16, 16, 16, 16))
        column.addWidget(self.rows, 1)
        column.addWidget(self.note)
        column.addLayout(marks)
        column.addSpacing(4)
        column.addWidget(self._coming)
        column.addWidget(self.main)
        # what goes on afterwards at the left, what is over at the right: so in every language a row holds its words
        for left, right in ((self.back, self.skip), (self.interruption, self.end), (self.pause, self.at_once)):
            row = beside(left, right, spacing=8)
            for part in (left, right):  # halves, but for what has no room in one
                part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            row.setStretch(0, 1)
            row.setStretch(1, 1)
            column.addLayout(row)
        self.setLayout(column)

    def refresh(self) -> None:
        """Words and what can be pressed, as the filming stands."""
        t, commands = self._texts, self._commands
        capture, filmed = commands.capture, commands.capture.filmed
        is_on = capture.is_recording
        is_paused = commands.is_paused
        self._name_main()
        self.main.setEnabled(is_on or is_paused)
        coming = commands.next_name()
        self._coming.setText(t.tr("next: {task}", task=coming) if coming else "")
        self.back.setEnabled(is_on and capture.can_go_back)
        self.skip.setEnabled(is_on and (filmed.running is not None or filmed.next_number() is not None))
        self._name_rest()
        self.interruption.setEnabled(is_on)
        self.pause.setEnabled(is_on or is_paused)
        self.end.setEnabled(is_on or is_paused)
        self.at_once.setEnabled(is_on or is_paused)
        for made in self._marks.values():
            made.setEnabled(is_on)
        self.tick(capture.now())

    def _name_main(self) -> None:
        keys = on_cap(self._commands.preferences.keys.of("filming.next")) if self._is_by_key() else ""
        self.main.setText(f"{self._commands.what_is_next()}   {keys}".rstrip())

    def _name_rest(self) -> None:
        t, commands = self._texts, self._commands
        away = t.tr("Interruption ends") if commands.is_interrupted else t.tr("Interruption…")
        pause = t.tr("Go on") if commands.is_paused else t.tr("Pause")
        for made, words, action_id in (
            (self.back, t.tr("Previous"), "filming.previous"),
            (self.skip, t.tr("Skip…"), "filming.skip"),
            (self.interruption, away, "filming.interruption"),
            (self.pause, pause, "filming.pause"),
            (self.end, t.tr("End filming…"), "filming.end"),
            (self.at_once, t.tr("End at once"), "filming.at-once"),
        ):
            made.setText(commands.with_key(words, action_id))
            made.setAccessibleName(words)

    def _show_keys(self, keys: KeyMap) -> None:
        """On the pills of the live marks and on every button."""
        ids = {MarkKind.IMPORTANT: "flag.important", MarkKind.CLIP: "flag.clip", MarkKind.NOTE: "filming.note"}
        for kind, action_id in ids.items():
            pill = self._marks[kind]
            pill.setText(f"{on_cap(keys.of(action_id))}   {pill.accessibleName()}".lstrip())
        self._name_rest()
        self._name_main()

    def _is_by_key(self) -> bool:
        """A key never ends filming: that is asked for by a press."""
        filmed = self._commands.capture.filmed
        return filmed.next_number() is not None or filmed.running is not None

    def tick(self, now: Micros) -> None:
        self.rows.show_lines(lines(self._texts, self._commands.capture.filmed, now, self._with_whom))

    def tell_marks(self) -> None:
        """How many live marks there are: a mark is seen to be taken without looking for it."""
        marks = self._commands.capture.filmed.marks
        t = self._texts
        words = t.trn("{n} mark, the last at {time}", "{n} marks, the last at {time}", len(marks),
                      time=t.short_clock(marks[-1].at)) if marks else ""  # fmt: skip
        self._told.setText(words)


def _pill(words: str, act: object) -> QPushButton:
    made = button(words, act, "pill")  # type: ignore[arg-type]  # any callable without arguments
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
