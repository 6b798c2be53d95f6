"""The codes with their keys: what is on now is lit, a press flashes, pointing at one tells what it means."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from app.i18n import Texts
from app.model.observation import MarkKind
from app.model.scheme import Actor, Code, Kind, Scheme
from app.shortcuts.names import shown
from app.shortcuts.own_keys import KeyMap
from widgets.forms.form import held
from widgets.look.flow import Flow
from widgets.look.look import CAPTION, Look, font
from widgets.look.parts import beside, button, label, section_label, stacked

FLASH = 320
#: how much of a code is seen that cannot be pressed
OFF = 0.45


class CodeButton(QAbstractButton):
    """One code: key cap, the mark of its dimension, its name."""

    def __init__(self, code: Code, look: Look, texts: Texts) -> None:
        super().__init__()
        self.code, self._key = code, ""
        self._look = look
        name = texts.words(code.name)
        self._name = name
        self.setText(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription(texts.words(code.code_when))
        self._lit = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLASH)
        self._timer.timeout.connect(lambda: self.light(False))

    def show_key(self, key: str) -> None:
        """The key that codes it now."""
        self._key = key
        self.setAccessibleName(f"{self._name}, {key}")
        self.update()

    def light(self, on: bool) -> None:
        self._lit = on
        self.update()

    def flash(self) -> None:
        self.light(True)
        self._timer.start()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._name)
        return QSize(width + 62, 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 22)  # on a low screen rows stand closer, none is cut

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else OFF)
        look, box = self._look, QRectF(self.rect())
        color = look.color(self.code.dimension) if self.code.dimension else look.color("ink")
        if self._lit:
            fill = QColor(color)
            fill.setAlphaF(0.26)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(box, 6, 6)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("hover"))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(look.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        self._draw_words(painter, box, color)
        painter.end()

    def _draw_words(self, painter: QPainter, box: QRectF, color: QColor) -> None:
        look = self._look
        high = min(20.0, box.height() - 2)
        cap = QRectF(4, (box.height() - high) / 2, 24, high)
        painter.setPen(look.color("line"))
        painter.setBrush(look.color("raised"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(look.color("muted"))
        painter.setFont(font(CAPTION))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        if self.code.mark == "harder":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(color)
        painter.drawRoundedRect(QRectF(35, (box.height() - 9) / 2, 9, 9), 2, 2)
        painter.setPen(look.color("text"))
        painter.setFont(font())
        text = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, int(box.width() - 51))
        painter.drawText(box.adjusted(50, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)


def code_lines(code: Code, texts: Texts) -> list[str]:
    """*Code when* and *not when*, and what more is said of the code."""
    lines = [
        texts.tr("Code when: {words}", words=texts.words(code.code_when)),
        texts.tr("Not when: {words}", words=texts.words(code.not_when)),
    ]
    return lines if code.help is None else [*lines, texts.words(code.help)]


def code_help(code: Code, texts: Texts, keys: KeyMap) -> str:
    """What is said when a code is pointed at."""
    explain = shown(keys.of("coding.explain"))
    example = texts.tr("{keys} shows this with an example, where there is one.", keys=explain)
    return "\n".join([texts.words(code.name), *code_lines(code, texts), example])


class KeyPad(QWidget):
    """The codes of one pass by person, states as pills, flags, and the legend of dimensions."""

    code_pressed = Signal(object)
    flag_pressed = Signal(object)  # MarkKind

    def __init__(self, scheme: Scheme, look: Look, texts: Texts, part: str = "") -> None:
        """`part` is the pass (`Scheme.codes_in`). The keys are the usual ones until `show_keys`."""
        super().__init__()
        self._scheme, self._texts = scheme, texts
        self._buttons: dict[str, CodeButton] = {}
        self._pills: dict[str, QAbstractButton] = {}
        self._flag_pills: dict[MarkKind, QAbstractButton] = {}
        codes = scheme.codes_in(part)
        adult = [c for c in codes if c.actor == Actor.ADULT and c.kind == Kind.POINT]
        others = [c for c in codes if c.actor != Actor.ADULT and c.kind == Kind.POINT]
        both = beside(spacing=6)
        for title, group, share in ((texts.tr("Adult"), adult, 20), (texts.tr("Child · together"), others, 18)):
            if group:
                both.addWidget(self._column(title, group, look, texts), share)
        column = stacked(spacing=10)
        if adult or others:
            column.addLayout(both)
            column.addLayout(_legend(scheme, look, texts))
        states = [c for c in codes if c.kind == Kind.STATE]
        if states:
            column.addWidget(section_label(_states_title(scheme, states, texts)))
            column.addLayout(self._states(states))
        column.addStretch(1)
        column.addLayout(self._flags(texts))
        self.setLayout(column)
        self.show_keys(KeyMap())

    def hide_flags(self, kinds: Collection[MarkKind]) -> None:
        """Without the flags of these kinds."""
        for kind, pill in self._flag_pills.items():
            pill.setHidden(kind in kinds)

    def show_keys(self, keys: KeyMap) -> None:
        """What each key is now, on codes, states and flags."""
        every: dict[str, QAbstractButton] = {**self._buttons, **self._pills}
        for code in self._scheme.codes:
            if code.id not in every:
                continue
            made, key = every[code.id], keys.of_code(self._scheme, code)
            made.setToolTip(code_help(code, self._texts, keys))
            if isinstance(made, CodeButton):
                made.show_key(key)
            else:
                name = self._texts.words(code.name)
                made.setText(f"{key}  {name}")
                made.setAccessibleName(f"{name}, {key}")
        for kind, pill in self._flag_pills.items():
            pill.setText(f"{shown(keys.of(f'flag.{kind}'))}  {pill.accessibleName()}")

    def light(self, on: Iterable[str]) -> None:
        """The states that are on now."""
        lit = set(on)
        for code_id, pill in self._pills.items():
            pill.setChecked(code_id in lit)

    def pointed_at(self) -> str:
        """The code under the pointer, or with the focus; empty for none."""
        every: dict[str, QAbstractButton] = {**self._buttons, **self._pills}
        return next((code for code, shown in every.items() if shown.underMouse() or shown.hasFocus()), "")

    def show_open(self, *, is_open: bool) -> None:
        """A coding that is ready is read: its keys say what the codes are, and none can be pressed."""
        for made in (*self._buttons.values(), *self._pills.values(), *self._flag_pills.values()):
            made.setEnabled(is_open)

    def flash(self, code_id: str) -> None:
        if code_id in self._buttons:
            self._buttons[code_id].flash()

    def _column(self, title: str, codes: list[Code], look: Look, texts: Texts) -> QWidget:
        holder = QWidget()
        column = stacked(section_label(title), spacing=1)
        for code in codes:
            made = CodeButton(code, look, texts)
            made.clicked.connect(_calling(self.code_pressed.emit, code))
            self._buttons[code.id] = made
            column.addWidget(made)
        column.addStretch(1)
        holder.setLayout(column)
        return holder

    def _states(self, codes: list[Code]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for number, code in enumerate(codes):
            pill = button("", kind="pill")
            pill.setCheckable(True)
            pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            pill.clicked.connect(_calling(self.code_pressed.emit, code))
            self._pills[code.id] = pill
            grid.addWidget(pill, number // 2, number % 2)
        return grid

    def _flags(self, texts: Texts) -> Flow:
        names = {
            MarkKind.IMPORTANT: texts.tr("important moment"),
            MarkKind.CLIP: texts.tr("clip"),
            MarkKind.ASK: texts.tr("ask work partner"),
        }
        row = Flow()
        for kind, name in names.items():
            pill = self._flag_pills[kind] = button("", kind="pill")
            pill.setAccessibleName(name)
            pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            pill.clicked.connect(_calling(self.flag_pressed.emit, kind))
            row.addWidget(pill)
        return row


def _states_title(scheme: Scheme, states: list[Code], texts: Texts) -> str:
    if any(c.actor == Actor.DYAD for c in states):
        return texts.tr("State of interaction")
    return next((texts.words(g.name) for g in scheme.groups if g.id == states[0].group), "")


def _calling(act: Callable[[object], None], value: object) -> Callable[..., None]:
    return lambda *_: act(value)


def _legend(scheme: Scheme, look: Look, texts: Texts) -> Flow:
    row = Flow()
    for dimension in scheme.dimensions:
        word = texts.words(dimension.name)
        swatch = _Swatch(look.color(dimension.id))
        row.addWidget(held(beside(swatch, label(word[:1].upper() + word[1:], "caption"), spacing=5)))
    return row


class _Swatch(QWidget):
    def __init__(self, color: QColor) -> None:
        super().__init__()
        self._color = color
        self.setFixedSize(9, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        painter.drawRoundedRect(QRectF(0, 2, 9, 9), 2, 2)
        painter.end()


class ModifierStrip(QWidget):
    """After a code that may carry one: a key for each choice, Esc for none. The film need not stop."""

    chosen = Signal(str)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._row = beside(spacing=6)
        self.setLayout(self._row)
        self._by_key: dict[str, str] = {}
        self.hide()

    def ask(self, code: Code) -> None:
        from widgets.look.parts import clear

        clear(self._row)
        self._by_key = code.modifier_keys()
        self._row.addWidget(label(self._texts.tr("{code}: which?", code=self._texts.words(code.name)), "strong"))
        for key, modifier in zip(self._by_key, code.modifiers, strict=True):
            pill = button(f"{key}  {self._texts.words(modifier.name)}", kind="pill")
            pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            pill.clicked.connect(_calling(self.chosen.emit, modifier.id))
            self._row.addWidget(pill)
        self._row.addStretch(1)
        self.show()

    def take(self, event: QKeyEvent) -> bool:
        """True when the key was for the strip."""
        if self.isHidden():
            return False
        text, held = event.text(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() != Qt.Key.Key_Escape and (not text.strip() or event.isAutoRepeat() or held):
            return False  # a step, a pause, a key held a little long: the question stays
        self.hide()
        if (chosen := self._by_key.get(text.casefold())) is not None:
            self.chosen.emit(chosen)
            return True
        return event.key() == Qt.Key.Key_Escape
