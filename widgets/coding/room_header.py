"""The coding room's actions at the top right: drawers, what is rarely needed, what is missing, and *ready*."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.coding.editor import Missing
from widgets.coding.choices import instrument_choice, scheme_choice
from widgets.coding.drawers import HISTORY, NOTES, NUMBERS, OBSERVATIONS, RATINGS
from widgets.keys.key_names import shown
from widgets.look.parts import button, primary_button

if TYPE_CHECKING:
    from widgets.coding.coding_room import CodingRoom


class RoomHeader:
    """Made once; only its last action follows the coding, so that a press waits for no header."""

    def __init__(self, room: CodingRoom) -> None:
        self._room, self._texts = room, room.texts
        self._told: tuple[bool, bool, int, bool] | None = None

    def refresh(self) -> None:
        """Anew only when something that it tells has changed."""
        editor = self._room.editor
        missing = len(editor.missing()) if editor.is_open else 0
        told = (editor.is_open, editor.is_begun, missing, bool(editor.coding.ratings))
        if told != self._told:
            self._told = told
            self._room.place.set_actions(*self._actions(missing))

    def _actions(self, missing: int) -> list[QWidget]:
        room, t = self._room, self._texts
        actions: list[QWidget] = []
        if room.editor.is_open and not room.editor.is_begun:
            actions.append(scheme_choice(room.place.workspace, room.editor, room.scheme_chosen.emit))
        sheet = instrument_choice(room.place.workspace, room.editor, room.use_instrument)
        if sheet is not None:
            actions.append(sheet)
        for keys, name, drawer in (
            ("Ctrl+1", t.tr("Ratings"), RATINGS),
            ("Ctrl+2", t.tr("Observations"), OBSERVATIONS),
            ("Ctrl+3", t.tr("Numbers"), NUMBERS),
        ):
            caps = shown(room.keys_now.of_action(keys)).replace("+", " ")
            actions.append(button(f"{name}   {caps}", partial(room.show_drawer, drawer)))
        actions.append(self._more())
        if not room.editor.is_open:
            actions.append(button(t.tr("Take ready back"), room.take_ready_back))
        elif missing:
            lacking = button(t.trn("{n} thing missing", "{n} things missing", missing))
            lacking.clicked.connect(lambda: self._list_missing(lacking))
            actions.append(lacking)
        else:
            actions.append(primary_button(t.tr("Mark as ready"), room.mark_ready))
        return actions

    def _more(self) -> QPushButton:
        t, room = self._texts, self._room
        made = button(t.tr("More"))
        menu = QMenu(made)

        def fill() -> None:
            menu.clear()
            for keys, name, drawer in (
                ("Ctrl+4", t.tr("Own notes"), NOTES),
                ("Ctrl+5", t.tr("History"), HISTORY),
            ):
                menu.addAction(f"{name}\t{shown(room.keys_now.of_action(keys))}", partial(room.show_drawer, drawer))
            self._add_tasks(menu.addMenu(t.tr("Tasks to code")))
            self._add_reaction(menu)
            menu.addSeparator()
            menu.addAction(t.tr("Print the key card…"), room.print_key_card)
            menu.addAction(t.tr("Change keys…"), lambda: room.place.go("settings", part="keys"))

        menu.aboutToShow.connect(fill)
        made.setMenu(menu)
        return made

    def _add_tasks(self, menu: QMenu) -> None:
        """Which tasks this coder codes; all when none is left out."""
        editor, t = self._room.editor, self._texts
        chosen = set(editor.tasks_to_code)
        for number in range(1, len(editor.file.meeting.plan) + 1):
            act = menu.addAction(f"{number} {editor.file.task_name(number, t.language)}")
            act.setCheckable(True)
            act.setChecked(number in chosen)
            act.setEnabled(editor.is_open)
            act.triggered.connect(partial(self._choose_task, number))

    def _choose_task(self, number: int, on: bool = True) -> None:
        editor = self._room.editor
        every = set(range(1, len(editor.file.meeting.plan) + 1))
        chosen = set(editor.tasks_to_code) | {number} if on else set(editor.tasks_to_code) - {number}
        if chosen:
            editor.choose_tasks([] if chosen == every else sorted(chosen))

    def _add_reaction(self, menu: QMenu) -> None:
        t, reaction = self._texts, self._room.live.reaction
        if reaction.newest is None:
            menu.addAction(t.tr("Measure the reaction time…"), lambda: self._room.place.go("settings", part="reaction"))
            return
        ms = t.number(round(reaction.newest.delay / 1000))
        act = menu.addAction(t.tr("Shift presses back by {ms} ms", ms=ms))
        act.setCheckable(True)
        act.setChecked(reaction.newest.in_use)
        act.triggered.connect(lambda on: reaction.use(on=on))

    def _list_missing(self, anchor: QWidget) -> None:
        room = self._room
        menu = QMenu(room)
        for row in room.editor.missing():
            action = menu.addAction(self._words(row))
            segment = next((s for s in room.editor.file.segments if s.number == row.number), None)
            if segment is not None:
                action.triggered.connect(partial(room.seek, segment.start))
            elif row.kind == "rating-reason":
                action.triggered.connect(partial(room.show_drawer, RATINGS))
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def _words(self, row: Missing) -> str:
        t, editor = self._texts, self._room.editor
        name = f"{row.number} {editor.file.task_name(row.number, t.language)}"
        item = editor.instrument.item(row.item)
        return {
            "task-time": t.tr("{task}: not marked on the film", task=name),
            "task": t.tr("{task}: not covered", task=name),
            "rating-reason": t.tr("{item}: reason missing", item=t.words(item.name) if item else ""),
        }[row.kind]
