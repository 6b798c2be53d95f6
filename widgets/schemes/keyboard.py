"""The keyboard as a picture: which keys the pass uses, which are the program's, which are free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.i18n import Texts
from app.model.content_edits import KEY_ROWS, free_keys
from app.model.observation import FLAG_KEYS
from app.model.scheme import Scheme
from app.shortcuts.actions import bare_keys
from widgets.look.look import CAPTION, Look, font

KEY, GAP = 30, 4
#: how far each row stands in from the left, in keys
SHIFTS = (0.0, 0.5, 0.75, 1.25)


@dataclass(frozen=True, slots=True)
class _Key:
    """One key as it is drawn: whose it is and what it does."""

    letter: str
    codes: tuple[str, ...]
    words: str
    color: QColor | None
    program: bool


class KeyboardPicture(QWidget):
    """Used keys carry their dimension's color below the letter, the program's are hatched, a clash is ringed."""

    def __init__(self, texts: Texts, look: Look) -> None:
        super().__init__()
        self._texts, self._look = texts, look
        self._keys: list[tuple[QRectF, _Key]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        widest = max(shift + len(row) for shift, row in zip(SHIFTS, KEY_ROWS, strict=True))
        return QSize(round(widest * (KEY + GAP)), len(KEY_ROWS) * (KEY + GAP))

    def show_scheme(self, scheme: Scheme, layer: str, look: Look) -> None:
        """The keys of one pass; `look` knows the scheme's own colors."""
        self._look = look
        program = {**dict.fromkeys(FLAG_KEYS, "flags"), **bare_keys()}
        self._keys = []
        for row, (shift, letters) in enumerate(zip(SHIFTS, KEY_ROWS, strict=True)):
            for place, letter in enumerate(letters):
                box = QRectF((shift + place) * (KEY + GAP) + 1, row * (KEY + GAP) + 1, KEY, KEY)
                self._keys.append((box, self._key(scheme, layer, letter, program)))
        t = self._texts
        free = " ".join(free_keys(scheme, layer, bare_keys()))
        used = ", ".join(f"{k.letter} {k.words}" for _, k in self._keys if k.codes)
        self.setAccessibleName(t.tr("Keyboard"))
        self.setAccessibleDescription(t.tr("In use: {used}. Free: {free}.", used=used, free=free))
        self.update()

    def said_of(self, letter: str) -> str:
        """What the picture says of a key."""
        key = next(k for _, k in self._keys if k.letter == letter)
        t = self._texts
        if key.program:
            return t.tr("The program's own key")
        return key.words or t.tr("Free")

    def _key(self, scheme: Scheme, layer: str, letter: str, program: Mapping[str, str]) -> _Key:
        codes = [c for c in scheme.codes_of(layer) if c.key.casefold() == letter]
        words = ", ".join(self._texts.words(c.name) or c.id for c in codes)
        color = None
        if codes:
            color = self._look.color(codes[0].dimension) if codes[0].dimension else self._look.color("ink")
        return _Key(letter, tuple(c.id for c in codes), words, color, letter in program)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            assert isinstance(event, QHelpEvent)
            found = next((k for box, k in self._keys if box.contains(event.pos())), None)
            if found is not None:
                QToolTip.showText(event.globalPos(), f"{found.letter}: {self.said_of(found.letter)}", self)
                return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(CAPTION))
        for box, key in self._keys:
            self._draw(painter, box, key)
        painter.end()

    def _draw(self, painter: QPainter, box: QRectF, key: _Key) -> None:
        look = self._look
        clash = len(key.codes) > 1 or (key.codes and key.program)
        painter.setPen(look.color("danger" if clash else "line"))
        painter.setBrush(look.color("raised" if key.codes else "surface"))
        painter.drawRoundedRect(box, 5, 5)
        if key.program:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.BDiagPattern)
            hatch = QColor(look.color("muted"))
            hatch.setAlphaF(0.5)
            brush = painter.brush()
            brush.setColor(hatch)
            painter.setBrush(brush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        painter.setPen(look.color("text" if key.codes else "muted"))
        painter.drawText(box.adjusted(0, -3 if key.codes else 0, 0, -3 if key.codes else 0), _CENTER, key.letter)
        if key.color is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(key.color)
            painter.drawRoundedRect(QRectF(box.x() + 7, box.bottom() - 8, box.width() - 14, 4), 2, 2)


_CENTER = Qt.AlignmentFlag.AlignCenter
