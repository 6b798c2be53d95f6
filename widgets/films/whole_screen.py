"""The picture over the whole screen, with one thin line beneath it. A room's other parts rest behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QStyle, QStyleOption, QWidget

from app.i18n import Texts
from app.settings.preferences import Preferences
from app.shortcuts.names import on_cap
from app.shortcuts.own_keys import KeyMap
from widgets.keys.captions import KeyFollower
from widgets.look.look import Look, font
from widgets.look.parts import beside, key_cap, label, stacked

LINE = 32


class PictureLine(QWidget):
    """What is read without looking away from the picture: playing, time, frame, what was kept last, the way back."""

    def __init__(self, look: Look, texts: Texts, preferences: Preferences) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._is_playing: bool | None = None
        self._sign, self._place, self._said, self._second = label(), label(), label(), label()
        self._saved, self._back = label("", "muted"), key_cap("")
        for part in (self._place, self._saved):
            part.setFont(font(tabular=True))
        second = texts.tr("also on the second screen")
        self._second.setPixmap(look.pixmap("second-screen", "text", 16))
        self._second.setAccessibleName(second)
        self._second.setToolTip(second)
        self._second.hide()
        words = label(texts.tr("back"), "muted")
        row = beside(
            self._sign, self._place, self._said, None, self._saved, self._second, self._back, words, spacing=14
        )
        row.setContentsMargins(16, 0, 16, 0)
        self.setLayout(row)
        self.setFixedHeight(LINE)
        KeyFollower(preferences, self, self._show_keys)
        self.hide()

    def _show_keys(self, keys: KeyMap) -> None:
        self._back.setText(on_cap(keys.of("film.screen")) or "Esc")

    def show_playing(self, playing: bool) -> None:
        if playing is not self._is_playing:
            self._is_playing = playing
            self._sign.setPixmap(self._look.pixmap("play" if playing else "pause", "text", 16))
            self._sign.setAccessibleName(self._texts.tr("Plays") if playing else self._texts.tr("Stands still"))

    def show_place(self, *words: str) -> None:
        """Time, frame and, where there are several, the camera."""
        self._place.setText("   ".join(words))

    def show_said(self, words: str) -> None:
        """What the last press did; empty once that is no longer so."""
        self._said.setText(words)

    def show_saved(self, words: str) -> None:
        self._saved.setText(words)

    def show_second(self, on: bool) -> None:
        self._second.setVisible(on)


class WholeScreen(QWidget):
    """Lies over `host` and holds `part` of it while it is shown; afterwards the part is where it was.

    Takes no keys: what has them beneath goes on having them. It is opaque, so that what changes beneath at a press is
    not painted, nor the picture over it anew.
    """

    turned = Signal(bool)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._host = host
        self._part: QWidget | None = None
        self._margins = QMargins()
        self._gap = QWidget(self)  # stands where the part comes from
        self._home: QLayout | None = None
        self.setLayout(stacked(spacing=0))
        self.hide()
        host.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        return self._part is not None

    def show_part(self, part: QWidget) -> None:
        """Over everything else of the host."""
        around, column, inside = part.parentWidget(), self.layout(), part.layout()
        assert around is not None
        assert column is not None
        assert inside is not None
        self._home = _layout_of(around, part)
        self._part, self._margins = part, inside.contentsMargins()
        self._gap.setSizePolicy(part.sizePolicy())
        self._home.replaceWidget(part, self._gap)
        inside.setContentsMargins(0, 0, 0, 0)
        column.addWidget(part)
        part.show()
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self.turned.emit(True)

    def give_back(self) -> None:
        """Everything where it was."""
        part, home, self._part = self._part, self._home, None
        if part is None or home is None:
            return
        inside = part.layout()
        assert inside is not None
        inside.setContentsMargins(self._margins)
        home.replaceWidget(self._gap, part)
        part.show()
        self._gap.setParent(self)
        self.hide()
        self.turned.emit(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QPainter(self), QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self.setGeometry(self._host.rect())
        return super().eventFilter(watched, event)


def _layout_of(around: QWidget, part: QWidget) -> QLayout:
    """The layout that holds the part; its parent's may be made of several."""
    whole = around.layout()
    assert whole is not None
    every = [whole, *whole.findChildren(QLayout)]
    return next(layout for layout in every if layout.indexOf(part) >= 0)
