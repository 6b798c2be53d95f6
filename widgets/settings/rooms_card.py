"""Rooms in which is filmed: which camera is which, the microphone, where they stand, where a second copy goes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.filming.devices import found, preset_of
from app.settings.values import FilmingPlace
from app.workspace import Workspace
from widgets.filming.device_box import DeviceBox
from widgets.look.parts import Card, beside, button, clear, confirm, field, hairline, label, stacked


class RoomsCard(Card):
    """Each room is kept as it is edited; the place *Kuvaus* offers them by name."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(spacing=12, padding=20)
        self._workspace, self._preferences = workspace, workspace.preferences
        t = self._texts = workspace.texts
        words = t.tr("A room is chosen with one press before filming. What the last meeting used is chosen by itself.")
        self.column.addWidget(label(words, "muted", wrap=True))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(16)
        self.column.addLayout(self._rows)
        self.add = button(t.tr("Add a room"), self._on_add)
        self.column.addLayout(beside(self.add, None))
        self._shown: int | None = None
        self.boxes: list[DeviceBox] = []

    def refresh(self) -> None:
        """Read anew; the devices are asked for only when there is a room."""
        rooms = self._preferences.now.rooms
        if self._shown == len(rooms):
            return
        self._shown = len(rooms)
        clear(self._rows)
        self.boxes = []
        for number, room in enumerate(rooms):
            self._rows.addWidget(self._row(number, room))

    def _row(self, number: int, room: FilmingPlace) -> QWidget:
        t = self._texts
        name, positions = QLineEdit(room.name), QLineEdit(room.positions)
        positions.setPlaceholderText(t.tr("camera 1 from the front, camera 2 from the corner, microphone on the table"))
        name.editingFinished.connect(lambda: self._edit(number, name=name.text().strip() or room.name))
        positions.editingFinished.connect(lambda: self._edit(number, positions=positions.text().strip()))
        devices = DeviceBox(t, self._workspace.devices, lambda: ())
        devices.use(room)
        devices.chosen.connect(lambda _: self._edit_devices(number, devices))
        self.boxes.append(devices)
        remove = button(t.tr("Remove"), partial(self._remove, number), "quiet")
        remove.setAccessibleName(t.tr("Remove the room {name}", name=room.name))
        row = QWidget()
        parts = stacked(spacing=8)
        if number:
            parts.addWidget(hairline())
        parts.addLayout(beside(_column(field(t.tr("Room's name"), name)), remove))
        parts.addLayout(field(t.tr("Where cameras and microphone stand"), positions))
        devices.setMaximumWidth(420)
        parts.addWidget(devices)
        row.setLayout(parts)
        return row

    def _edit(self, number: int, **fields: str) -> None:
        rooms = list(self._preferences.now.rooms)
        if number < len(rooms):
            rooms[number] = replace(rooms[number], **fields)
            self._preferences.change(rooms=tuple(rooms))

    def _edit_devices(self, number: int, devices: DeviceBox) -> None:
        """A choice by hand; what was only unplugged stays in the room."""
        rooms = list(self._preferences.now.rooms)
        if number < len(rooms) and devices.preset != rooms[number]:
            room = rooms[number]
            rooms[number] = replace(devices.preset, name=room.name, positions=room.positions)
            self._preferences.change(rooms=tuple(rooms))

    def _on_add(self) -> None:
        """A new room begins with what the last meeting used."""
        rooms = self._preferences.now.rooms
        names = {r.name for r in rooms}
        free = next(n for n in range(1, 1000) if self._texts.tr("Room {n}", n=n) not in names)
        last = self._preferences.remembered.last_room
        if not last.camera_1:
            last = preset_of(found(self._workspace.devices, last), last)
        room = replace(last, name=self._texts.tr("Room {n}", n=free), positions="")
        self._preferences.change(rooms=(*rooms, room))
        self.refresh()

    def _remove(self, number: int) -> None:
        t, rooms = self._texts, list(self._preferences.now.rooms)
        question = t.tr("Remove the room {name}? Its devices can be chosen again.", name=rooms[number].name)
        if confirm(self, t, question, t.tr("Remove")):
            del rooms[number]
            self._preferences.change(rooms=tuple(rooms))
            self._shown = None
            self.refresh()


def _column(layout: QVBoxLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(layout)
    return holder
