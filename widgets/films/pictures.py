"""The pictures of one to four cameras: side by side, one large and the others small, or one at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import N_, Texts
from app.settings.preferences import Preferences
from app.shortcuts.names import on_cap
from app.shortcuts.own_keys import KeyMap
from widgets.films.picture import GAP, PictureView
from widgets.keys.captions import KeyFollower
from widgets.look.parts import beside, button, key_cap, label, stacked

LARGE, BESIDE, TABS = "large-and-small", "side-by-side", "tabs"
LAYOUTS = {LARGE: N_("Large and small"), BESIDE: N_("Side by side"), TABS: N_("One at a time")}
SMALL = 176  # pixels: the width of a small picture, and of what stands beside the large one
NO_LIMIT = 16_777_215  # Qt's own largest size
CAPTION_ROOM = 28
WIDE = 16 / 9
#: places in the column of a camera
ABOVE_AND_BELOW, PICTURE = (0, 3), 1


class FilmPictures(QWidget):
    """The large place; small pictures stand in `side`, which a room may put where it has room for it.

    Where no room does, it stands beside the large picture or below it, whichever leaves that one larger.
    """

    lead_wanted = Signal(int)  # camera

    def __init__(self, texts: Texts, cameras: tuple[int, ...], preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("films")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._texts, self.cameras = texts, cameras
        self.layout_name = LARGE
        self.frames = {camera: _Frame(texts, camera) for camera in cameras}
        for camera, frame in self.frames.items():
            frame.view.pressed.connect(lambda camera=camera: self.lead_wanted.emit(camera))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.side = QWidget()
        self._side = QHBoxLayout()
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(6)
        self.side.setLayout(self._side)
        self.side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tabs = self._tab_row()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(8)
        self._both.addLayout(self._grid, 1)
        self._both.addWidget(self.side)
        self.setLayout(stacked(self._tabs, self._both, spacing=6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        KeyFollower(preferences, self, self._show_keys)

    def _show_keys(self, keys: KeyMap) -> None:
        for cap in (self._swap_cap, *(frame.swap for frame in self.frames.values())):
            cap.setText(on_cap(keys.of("film.lead")))

    def view(self, camera: int) -> PictureView:
        return self.frames[camera].view

    def seen(self) -> tuple[int, ...]:
        """The cameras whose pictures are on the screen."""
        return tuple(c for c, frame in self.frames.items() if not frame.isHidden())

    def arrange(self, layout: str, leading: int) -> None:
        """Show the cameras in a layout, with one of them leading."""
        self.layout_name = layout
        several = len(self.cameras) > 1
        for frame in self.frames.values():
            self._grid.removeWidget(frame)
            self._side.removeWidget(frame)
        small = [c for c in self.cameras if c != leading] if layout == LARGE else []
        large = [c for c in self.cameras if c not in small]
        for place, camera in enumerate(large):
            frame = self.frames[camera]
            frame.wear_large(caption=layout == BESIDE and several, leads=camera == leading)
            self._grid.addWidget(frame, *divmod(place, 2) if layout == BESIDE else (0, 0))
            frame.setVisible(layout == BESIDE or camera == leading)
        for camera in small:
            self.frames[camera].wear_small(SMALL if len(small) == 1 else (SMALL - 6) // 2, named=len(small) == 1)
            self._side.addWidget(self.frames[camera])
            self.frames[camera].show()
        self.side.setVisible(bool(small))
        self._tabs.setVisible(layout == TABS and several)
        for camera, tab in self._tab_of.items():
            tab.setChecked(camera == leading)

        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """The small pictures, where they are here, go to that side of the large one that leaves it larger."""
        if self._both.indexOf(self.side) < 0:
            return
        wide, high, small = self.width(), self.height(), self.side.sizeHint()
        gap = self._both.spacing()
        beside_it = min(wide - small.width() - gap, high * WIDE)
        below = min(wide, (high - small.height() - gap) * WIDE)
        is_beside = beside_it >= below
        way = QBoxLayout.Direction
        self._both.setDirection(way.LeftToRight if is_beside else way.TopToBottom)
        edge = Qt.AlignmentFlag
        self._both.setAlignment(self.side, edge.AlignVCenter if is_beside else edge.AlignLeft)

    def darken(self, on: bool) -> None:
        """One picture over the whole screen: a film's own black around it, and no row to choose from."""
        self.setStyleSheet(f"QWidget#films {{ background: {GAP}; }}" if on and self.layout_name != BESIDE else "")
        for frame in self.frames.values():
            frame.view.set_rounded(not on)
        if on:
            self._tabs.hide()

    def _tab_row(self) -> QWidget:
        group = QButtonGroup(self)
        self._tab_of = {}
        row = beside(spacing=6)
        for camera in self.cameras:
            tab = button(self._texts.tr("Camera {n}", n=camera), kind="pill")
            tab.setCheckable(True)
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tab.clicked.connect(lambda _checked=False, camera=camera: self.lead_wanted.emit(camera))
            group.addButton(tab)
            self._tab_of[camera] = tab
            row.addWidget(tab)
        self._swap_cap = key_cap("")
        row.addWidget(self._swap_cap)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        return holder


class _Frame(QWidget):
    """One camera's picture with its name."""

    def __init__(self, texts: Texts, camera: int) -> None:
        super().__init__()
        name = texts.tr("Camera {n}", n=camera)
        self.view = PictureView(texts, texts.tr("Picture of camera {n}", n=camera))
        self._plain, self._with_swap = name, texts.tr("Camera {n} · swap", n=camera)
        self._name = label(name, "caption")
        self.swap = key_cap("")
        self._caption = QWidget()
        self._caption.setLayout(beside(self._name, self.swap, None, spacing=6))
        self._is_beside = False
        self.setLayout(stacked(None, self.view, self._caption, None, spacing=4))

    def wear_large(self, *, caption: bool, leads: bool) -> None:
        self.setMinimumSize(0, 0)
        self.setMaximumSize(NO_LIMIT, NO_LIMIT)
        self._is_beside = caption
        self.view.setMinimumSize(240, 136)
        self.view.setMaximumSize(NO_LIMIT, NO_LIMIT)
        self._spread(around=caption)
        self._hold_caption()
        self._caption.setVisible(caption)
        self._name.setText(self._plain)
        self.swap.setVisible(caption and not leads)
        self.view.set_framed(caption and leads)

    def _spread(self, *, around: bool) -> None:
        """Room that is left goes around the picture and its name, or to the picture."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        for place in range(column.count()):
            column.setStretch(place, int(place in ABOVE_AND_BELOW) if around else int(place == PICTURE))

    def wear_small(self, width: int, *, named: bool) -> None:
        self._is_beside = False
        self.view.setFixedSize(width, width * 9 // 16)
        self.setFixedSize(width, width * 9 // 16 + CAPTION_ROOM)
        self._caption.show()
        self._name.setText(self._with_swap if named else self._plain)
        self.swap.setVisible(named)
        self.view.set_framed(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hold_caption()

    def _hold_caption(self) -> None:
        """Beside others the picture is no higher than it needs, so that its name stands right below it."""
        if self._is_beside:
            self.view.setFixedHeight(max(min(self.width() * 9 // 16, self.height() - CAPTION_ROOM), 136))
