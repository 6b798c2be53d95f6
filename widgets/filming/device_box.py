"""Which camera is camera 1 and 2, which microphone, which room, and where a second copy goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.filming.devices import Setup, best_format, cameras_of, format_key, format_of, found, preset_of
from app.filming.words import device_name, search_words
from app.i18n import Texts
from app.ports.recorder import Camera, CameraFormat, Devices
from app.settings.values import FilmingPlace
from widgets.forms.file_dialogs import FileDialogs
from widgets.forms.inputs import ChoiceBox
from widgets.look.parts import beside, button, field, label, stacked


class DeviceBox(QWidget):
    """`chosen` with the setup whenever it changes, also by plugging in and pulling out."""

    chosen = Signal(object)  # Setup

    def __init__(
        self,
        texts: Texts,
        devices: Devices,
        rooms: Callable[[], tuple[FilmingPlace, ...]],
        *,
        sound_only: bool = False,
    ) -> None:
        """`sound_only`: that nothing is seen can be chosen, too."""
        super().__init__()
        self._texts, self._devices, self._rooms = texts, devices, rooms
        self._sound_only = sound_only
        t = texts
        self.preset = FilmingPlace()
        self.setup = Setup()
        self.room, self.camera_1, self.camera_2, self.microphone = (_box() for _ in range(4))
        self.format_1, self.format_2 = _box(), _box()
        for made, act in (
            (self.room, self._on_room),
            (self.camera_1, self._on_camera),
            (self.camera_2, self._on_camera),
            (self.microphone, self._on_device),
            (self.format_1, self._on_device),
            (self.format_2, self._on_device),
        ):
            made.activated.connect(act)
        self._positions = label("", "caption", wrap=True)
        self._folder = label("", "caption", wrap=True)
        self._choose = button(t.tr("Second copy…"), self._on_folder, "quiet")
        self._no_folder = button(t.tr("No second copy"), lambda: self._set_folder(None), "quiet")
        self._room_field = QWidget()
        self._room_field.setLayout(stacked(field(t.tr("Room"), self.room), self._positions, spacing=2))
        rows = stacked(self._room_field, spacing=8)
        for name, box, size in (
            (t.tr("Camera 1"), self.camera_1, self.format_1),
            (t.tr("Camera 2"), self.camera_2, self.format_2),
        ):
            size.setAccessibleName(t.tr("{camera}: size of the picture", camera=name))
            size.setFixedWidth(118)
            row = beside(box, size, spacing=6)
            row.setStretch(0, 1)
            title = label(name, "caption")
            title.setBuddy(box)
            box.setAccessibleName(name)
            rows.addLayout(stacked(title, row, spacing=4))
        self._told = label("", "caption", wrap=True)
        rows.addWidget(self._told)
        rows.addLayout(field(t.tr("Microphone"), self.microphone))
        rows.addLayout(beside(self._choose, self._no_folder, None, spacing=4))
        rows.addWidget(self._folder)
        self.setLayout(rows)
        devices.changed.connect(self.reread)

    def use(self, preset: FilmingPlace) -> None:
        """What the last meeting used, or a room."""
        self.preset = preset
        self.reread()

    def reread(self) -> None:
        """The devices that are there now; what the preset names and is there is chosen."""
        self._take(found(self._devices, self.preset, sound_only=self._sound_only))

    def _take(self, setup: Setup) -> None:
        is_new = setup != self.setup
        self.setup = setup
        self._fill()
        if is_new:
            self.chosen.emit(setup)

    def _fill(self) -> None:
        t, there = self._texts, cameras_of(self._devices, sound_only=self._sound_only)
        cameras = [c for c, _ in self.setup.cameras]
        sizes = [f for _, f in self.setup.cameras]
        for number, (box, size) in enumerate(((self.camera_1, self.format_1), (self.camera_2, self.format_2))):
            box.clear()
            box.addItem(t.tr("none"), "")
            for camera in there if number == 0 else (c for c in there if not c.is_dark):
                box.addItem(device_name(self._texts, camera), camera.id)
            chosen = cameras[number] if number < len(cameras) else None
            box.setCurrentIndex(max(box.findData(chosen.id if chosen else ""), 0))
            self._fill_sizes(size, chosen, sizes[number] if number < len(sizes) else None)
        self.microphone.clear()
        self.microphone.addItem(t.tr("none"), "")
        for microphone in self._devices.microphones():
            self.microphone.addItem(device_name(self._texts, microphone), microphone.id)
        heard = self.setup.microphone
        self.microphone.setCurrentIndex(max(self.microphone.findData(heard.id if heard else ""), 0))
        self._tell_search()
        self._fill_rooms()
        folder = self.setup.second_folder
        self._folder.setText(t.tr("Second copy to {folder}", folder=folder) if folder else "")
        self._folder.setVisible(folder is not None)
        self._no_folder.setVisible(folder is not None)

    def _tell_search(self) -> None:
        """What is still looked for, what does not answer, and what the system knows and the program cannot use."""
        words = search_words(self._texts, self._devices)
        self._told.setText(words)
        self._told.setVisible(bool(words))

    def _fill_sizes(self, box: QComboBox, camera: Camera | None, chosen: CameraFormat | None) -> None:
        box.clear()
        box.setVisible(camera is not None and bool(camera.formats))
        for size in camera.formats if camera is not None else ():
            box.addItem(f"{size.height}p {size.fps:g}", format_key(size))
            box.setItemData(box.count() - 1, f"{size.width} × {size.height}", Qt.ItemDataRole.ToolTipRole)
        box.setCurrentIndex(max(box.findData(format_key(chosen)), 0))

    def _fill_rooms(self) -> None:
        rooms = self._rooms()
        self._room_field.setVisible(bool(rooms))
        self.room.clear()
        self.room.addItem(self._texts.tr("as last time"), "")
        for room in rooms:
            self.room.addItem(room.name, room.name)
        self.room.setCurrentIndex(max(self.room.findData(self.preset.name), 0))
        self._positions.setText(self.preset.positions)
        self._positions.setVisible(bool(self.preset.positions))

    # choosing

    def _on_room(self) -> None:
        name = self.room.currentData()
        room = next((r for r in self._rooms() if r.name == name), None)
        self.use(room if room is not None else replace(self.preset, name="", positions=""))

    def _on_camera(self) -> None:
        """Another camera gets its own best size; the same camera cannot be both."""
        first, second = self.camera_1.currentData(), self.camera_2.currentData()
        if first and first == second:
            other = self.camera_2 if self.sender() is self.camera_1 else self.camera_1
            other.setCurrentIndex(0)
        self._on_device(fresh=True)

    def _on_device(self, _index: int = 0, *, fresh: bool = False) -> None:
        known = {c.id: c for c in cameras_of(self._devices, sound_only=self._sound_only)}
        cameras: list[tuple[Camera, CameraFormat | None]] = []
        for box, size in ((self.camera_1, self.format_1), (self.camera_2, self.format_2)):
            camera = known.get(box.currentData())
            if camera is not None:
                is_same = not fresh or any(c.id == camera.id for c, _ in self.setup.cameras)
                wanted = format_of(camera, size.currentData() or "") if is_same else best_format(camera)
                cameras.append((camera, wanted))
        heard = next((m for m in self._devices.microphones() if m.id == self.microphone.currentData()), None)
        self._keep(Setup(tuple(cameras), heard, self.setup.second_folder))

    def _on_folder(self) -> None:
        title = self._texts.tr("Folder on another disk for the second copy")
        folder = FileDialogs(self).folder(title)
        if folder is not None:
            self._set_folder(folder)

    def _set_folder(self, folder: Path | None) -> None:
        self._keep(replace(self.setup, second_folder=folder))

    def _keep(self, setup: Setup) -> None:
        """A choice by hand is what the next meeting begins with."""
        self.preset = preset_of(setup, self.preset)
        self._take(setup)


def _box() -> QComboBox:
    made = ChoiceBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    return made
