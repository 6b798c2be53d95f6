"""The coding room's actions at the top right: drawers, what is rarely needed, what is missing, and *ready*."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.coding.editor import CodingEditor, Missing
from app.coding.reaction import ReactionEditor
from app.shortcuts.names import on_cap, shown
from app.shortcuts.own_keys import KeyMap
from app.workspace import Workspace
from widgets.coding.choices import instrument_choice, scheme_choice
from widgets.coding.drawers import HISTORY, MARKS, NOT_FOR_LEARNING, NOTES, NUMBERS, OBSERVATIONS, RATINGS, SAID
from widgets.keys.captions import KeyFollower
from widgets.look.parts import button, primary_button


class RoomHeader(QObject):
    """Made once; only its last action follows the coding, so that a press waits for no header."""

    made = Signal(object)  # tuple[QWidget, ...]: the actions, anew
    drawer_asked = Signal(str)
    reason_asked = Signal()  # the first that a rating lacks
    ready_asked = Signal(bool)  # mark as ready, or take it back
    compare_asked = Signal()
    scheme_chosen = Signal(str)
    instrument_chosen = Signal(str)
    moment_asked = Signal(object)  # µs on the meeting's clock
    card_asked = Signal()
    settings_asked = Signal(str)  # a part of the settings
    films_asked = Signal()  # back to what is coded for learning

    def __init__(
        self, space: Workspace, editor: CodingEditor, late: ReactionEditor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._space, self._editor, self._reaction = space, editor, late
        self._texts, self._preferences = editor.texts, space.preferences
        self._told: tuple[bool, bool, int, bool, bool] | None = None
        self._is_guest = space.store.worker.guest  # who has no settings, and does not compare

    def refresh(self) -> None:
        """Anew only when something that it tells has changed."""
        editor = self._editor
        missing = len(editor.missing()) if editor.is_open else 0
        # no press of a code waits for the archive: how far the partner is counts only when this coding is ready
        is_over = not editor.is_open and editor.is_partner_ready()
        told = (editor.is_open, editor.is_begun, missing, bool(editor.coding.ratings), is_over)
        if told != self._told:
            before, self._told = self._told, told
            if before is not None and missing and before[2] and _but_missing(before) == _but_missing(told):
                self._lacking.setText(self._lacking_words(missing))  # a press that began on it ends on it
                return
            self.made.emit(tuple(self._actions(missing, is_over=is_over)))

    def _actions(self, missing: int, *, is_over: bool) -> list[QWidget]:
        t, editor = self._texts, self._editor
        actions = self._choices()
        for action_id, name, drawer in (
            ("coding.ratings", t.tr("Ratings"), RATINGS),
            ("coding.observations", t.tr("Observations"), OBSERVATIONS),
            *(() if editor.is_training else (("coding.numbers", t.tr("Numbers"), NUMBERS),)),
        ):
            actions.append(self._opener(action_id, name, drawer))
        actions.append(self._more())
        if is_over and self._is_guest:
            pass  # the pair compares: a guest's work is done
        elif is_over or (editor.is_training and not editor.is_open):
            actions.append(primary_button(t.tr("Compare"), self.compare_asked.emit))
        elif not editor.is_open:
            actions.append(button(t.tr("Take ready back"), lambda: self.ready_asked.emit(False)))
        elif missing:
            self._lacking = button(self._lacking_words(missing), lambda: self._list_missing(self._lacking))
            actions.append(self._lacking)
        else:
            actions.append(primary_button(t.tr("Mark as ready"), lambda: self.ready_asked.emit(True)))
        return actions

    def _choices(self) -> list[QWidget]:
        """What it is coded and rated with, as long as that is open; for learning it is what the reference was."""
        editor, t = self._editor, self._texts
        if editor.is_training:
            return [button(t.tr("Reference films"), self.films_asked.emit)]
        made: list[QWidget] = []
        if editor.is_open and not editor.is_begun:
            made.append(scheme_choice(self._space, editor, self.scheme_chosen.emit))
        sheet = instrument_choice(self._space, editor, self.instrument_chosen.emit)
        return made if sheet is None else [*made, sheet]

    def _lacking_words(self, missing: int) -> str:
        return self._texts.trn("{n} thing missing", "{n} things missing", missing)

    def _opener(self, action_id: str, name: str, drawer: str) -> QPushButton:
        made = button("", partial(self.drawer_asked.emit, drawer))

        def caption(keys: KeyMap) -> None:
            made.setText(f"{name}   {on_cap(keys.of(action_id))}".rstrip())

        KeyFollower(self._preferences, made, caption)
        return made

    def _more(self) -> QPushButton:
        made = button(self._texts.tr("More"))
        menu = QMenu(made)
        menu.aboutToShow.connect(lambda: self._fill_more(menu))
        made.setMenu(menu)
        return made

    def _fill_more(self, menu: QMenu) -> None:
        """Anew each time: keys, tasks and the reaction time as they are now."""
        t, keys = self._texts, self._preferences.keys
        menu.clear()
        for action_id, name, drawer in (
            ("coding.said", t.tr("Said on film"), SAID),
            ("coding.marks", t.tr("Flags and notes"), MARKS),
            ("coding.own-notes", t.tr("Own notes"), NOTES),
            ("coding.history", t.tr("History"), HISTORY),
        ):
            if self._editor.is_training and drawer in NOT_FOR_LEARNING:
                continue
            menu.addAction(f"{name}\t{shown(keys.of(action_id))}", partial(self.drawer_asked.emit, drawer))
        self._add_tasks(menu.addMenu(t.tr("Tasks to code")))
        self._add_reaction(menu)
        menu.addSeparator()
        menu.addAction(t.tr("Print the key card…"), self.card_asked.emit)
        if not self._is_guest:
            menu.addAction(t.tr("Change keys…"), partial(self.settings_asked.emit, "keys"))

    def _add_tasks(self, menu: QMenu) -> None:
        """Which tasks this coder codes; all when none is left out."""
        editor, t = self._editor, self._texts
        chosen, drawn = set(editor.tasks_to_code), editor.file.second_coded
        for number in range(1, len(editor.file.meeting.plan) + 1):
            name = f"{number} {editor.file.task_name(number, t.language)}"
            is_drawn = number in drawn
            act = menu.addAction(t.tr("{task} (drawn for a second coding)", task=name) if is_drawn else name)
            act.setCheckable(True)
            act.setChecked(number in chosen)
            act.setEnabled(editor.is_open and not is_drawn)
            act.triggered.connect(partial(self._choose_task, number))

    def _choose_task(self, number: int, on: bool = True) -> None:
        editor = self._editor
        every = set(range(1, len(editor.file.meeting.plan) + 1))
        chosen = set(editor.tasks_to_code) | {number} if on else set(editor.tasks_to_code) - {number}
        if chosen:
            editor.choose_tasks([] if chosen == every else sorted(chosen))

    def _add_reaction(self, menu: QMenu) -> None:
        t, late = self._texts, self._reaction
        if late.newest is None and self._is_guest:
            return
        if late.newest is None:
            menu.addAction(t.tr("Measure the reaction time…"), partial(self.settings_asked.emit, "reaction"))
            return
        ms = t.number(round(late.newest.delay / 1000))
        act = menu.addAction(t.tr("Shift presses back by {ms} ms", ms=ms))
        act.setCheckable(True)
        act.setChecked(late.newest.in_use)
        act.triggered.connect(lambda on: late.use(on=on))

    def _list_missing(self, anchor: QWidget) -> None:
        editor, menu = self._editor, QMenu(anchor)
        for row in editor.missing():
            action = menu.addAction(self._words(row))
            of_task = [s for s in editor.file.segments if s.number == row.number]  # a pause cuts a task in two
            segment = next((s for s in of_task if not editor.coding.covers(s)), None)
            if segment is not None:
                action.triggered.connect(partial(self.moment_asked.emit, segment.start))
            elif row.kind == "rating-reason":
                action.triggered.connect(self.reason_asked)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def _piece_words(self, row: Missing, name: str) -> str:
        """Which piece of a task that a pause cut: who went through one of two is not told that nothing was."""
        t, editor = self._texts, self._editor
        pieces = [s for s in sorted(editor.file.segments, key=lambda s: s.start) if s.number == row.number]
        left = [n for n, s in enumerate(pieces, start=1) if not editor.coding.covers(s)]
        if len(left) == len(pieces):
            return t.tr("{task}: not covered", task=name)
        return t.tr("{task}, part {n}: not covered", task=name, n=left[0])

    def _words(self, row: Missing) -> str:
        t, editor = self._texts, self._editor
        name = f"{row.number} {editor.file.task_name(row.number, t.language)}"
        item = editor.instrument.item(row.item)
        return {
            "task-time": t.tr("{task}: not marked on the film", task=name),
            "task": self._piece_words(row, name),
            "rating-reason": t.tr("{item}: reason missing", item=t.words(item.name) if item else ""),
        }[row.kind]


def _but_missing(told: tuple[bool, bool, int, bool, bool]) -> tuple[bool, ...]:
    return (*told[:2], *told[3:])
