"""One item of the rating sheet: its points below the anchors' columns, the reason, and the moments linked to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from app.coding.editor import CodingEditor
from app.model.instrument import Item
from app.model.observation import Observation
from app.model.rating import Rating
from app.shortcuts.names import shown
from app.shortcuts.own_keys import KeyMap
from widgets.look.hyphens import breakable
from widgets.look.look import CAPTION, font
from widgets.look.parts import OneLine, beside, button, keep_place, label, stacked

#: the button of *no occasion*; those of the scale have their own value
NO_OCCASION = 10_000
#: every point and the way out have a column of the same width, so that the anchors stand above them
COLUMN = 60


def column_label(text: str, kind: str) -> QLabel:
    """Words above or below a column of points; a long word is broken, never cut."""
    metrics = QFontMetrics(font(CAPTION))
    made = label(breakable(text, lambda word: metrics.horizontalAdvance(word) <= COLUMN), kind, wrap=True)
    made.setAccessibleName(text)
    made.setFixedWidth(COLUMN)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    return made


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class RatingRow(QWidget):
    """One item rated for the whole film, or for the task `segment_id`."""

    entered = Signal(object)  # itself: the keys are in it now
    passed = Signal(object, int)  # itself, and whether the keys go to the item after (1) or before (-1)
    unrated = Signal(str)  # the item's name: its rating was taken away
    jump_requested = Signal(object)  # Observation

    def __init__(self, editor: CodingEditor, item: Item, pick_evidence: Callable[[], list[Observation]]) -> None:
        super().__init__()
        t = editor.texts
        self._editor, self._item, self._pick = editor, item, pick_evidence
        self._scale = editor.instrument.scale_of(item)
        self.segment_id = ""
        self._was_rated = False
        self._removes = ""
        name = t.words(item.name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._words = OneLine("caption")
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(t.tr("Reason, or link a moment"))
        self._reason.setAccessibleName(t.tr("{item}: reason", item=name))
        self._reason.editingFinished.connect(self.commit)
        self._link = button(t.tr("Link the moment"), self.link, "quiet")
        self._link.setAccessibleName(t.tr("{item}: link the moment", item=name))
        self._moments = beside(spacing=4)
        self._away = button(t.tr("Remove the rating"), self.unrate, "link")
        self._away.setAccessibleName(t.tr("{item}: remove the rating", item=name))
        keep_place(self._away)
        title = f"{item.number}. {name[:1].upper()}{name[1:]}"
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = beside(label(title, "strong", wrap=True), self._words, self._away, spacing=12)
        head.setStretch(0, 3)
        head.setStretch(1, 2)
        column = stacked(head, self._points(name), spacing=4)
        column.addLayout(self._moments)
        column.addLayout(beside(self._reason, self._link))
        self.setLayout(column)
        self._group.idClicked.connect(self._on_point)
        self.setEnabled(editor.is_open)

    @property
    def item(self) -> Item:
        return self._item

    def _points(self, name: str) -> QGridLayout:
        t, grid = self._editor.texts, QGridLayout()
        grid.setSpacing(4)
        for place, value in enumerate(self._scale.points):
            words = self._anchor_words(value)
            spoken = f"{name}: {value}, {words}" if words else f"{name}: {value}"
            grid.addWidget(self._point(str(value), value, words, spoken), 0, place)
        last = len(self._scale.points)
        if self._scale.na_allowed:
            none = t.words(self._editor.instrument.no_occasion)
            grid.addWidget(self._point("–", NO_OCCASION, none, f"{name}: {none}"), 0, last)
        if self._item.scale is not None:  # the columns above are those of the shared scale
            for place, value in enumerate(self._scale.points):
                grid.addWidget(column_label(self._anchor_words(value), "caption"), 1, place)
        grid.setColumnStretch(last + 1, 1)
        return grid

    def _anchor_words(self, value: int) -> str:
        anchor = self._scale.anchor(value)
        return self._editor.texts.words(anchor.name) if anchor is not None else ""

    def _point(self, text: str, value: int, words: str, spoken: str) -> QPushButton:
        made = button(text, kind="pill")
        made.setCheckable(True)
        made.setFixedWidth(COLUMN)
        made.setStyleSheet("padding: 0;")
        made.setToolTip(words)
        made.setAccessibleName(spoken)
        self._group.addButton(made, value)
        return made

    def rating(self) -> Rating | None:
        return self._editor.coding.rating_of(self._item.id, self.segment_id)

    def is_rated(self) -> bool:
        return self.rating() is not None

    def take_focus(self) -> None:
        """To the point that is chosen, or to the first."""
        (self._group.checkedButton() or self._group.buttons()[0]).setFocus()

    def take_reason(self) -> None:
        """To the line of the reason."""
        self._reason.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Up leave the item; the page around would scroll under the keys."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in _STEPS:
            self.passed.emit(self, _STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def take_digit(self, text: str) -> bool:
        """A figure of the scale rates, a hyphen is *no occasion*. False for what is no point of this item."""
        value = NO_OCCASION if text in ("-", "–") else int(text) if text.isdecimal() else None
        made = self._group.button(value) if value is not None and self._editor.is_open else None
        if made is None:
            return False
        made.click()
        made.setFocus()
        return True

    def holds_focus(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def tell_keys(self, keys: KeyMap) -> None:
        """Which key takes away what has the keys here."""
        self._removes = shown(keys.of("coding.remove"))
        self._away.setToolTip(self._removes)
        self._show_moments(self.rating())

    def show_for(self, segment_id: str) -> None:
        """The same item of another sheet; what stands in the reason field is kept first."""
        self.commit()
        self.segment_id = segment_id
        self._was_rated = True
        self.refresh()

    def refresh(self) -> None:
        t, rating = self._editor.texts, self.rating()
        self.setEnabled(self._editor.is_open)
        with QSignalBlocker(self._group):
            self._group.setExclusive(False)
            for made in self._group.buttons():
                made.setChecked(rating is not None and self._group.id(made) == _button_of(rating))
            self._group.setExclusive(True)
        # a reason typed before its number waits for it
        if not self._reason.hasFocus() and (rating is not None or self._was_rated):
            self._reason.setText(rating.reason if rating else "")
        self._was_rated = rating is not None
        self._away.setVisible(rating is not None)
        self._show_moments(rating)
        if rating is None:
            self._words.show_text(t.tr("Not rated yet"))
            return
        none = t.words(self._editor.instrument.no_occasion)
        words = none if rating.value is None else self._anchor_words(rating.value) or str(rating.value)
        lacks = self._editor.instrument.requires_evidence and not rating.grounded
        missing = t.tr("a reason or a moment is missing")
        self._words.show_text(f"{missing} · {words}" if lacks else words)

    def _show_moments(self, rating: Rating | None) -> None:
        while (taken := self._moments.takeAt(0)) is not None:
            if (old := taken.widget()) is not None:
                old.deleteLater()
        held, t = self._editor.coding.observations, self._editor.texts
        moments = [held[i] for i in rating.evidence if i in held] if rating else []
        for o in sorted(moments, key=lambda o: o.start):
            code = self._editor.scheme.code(o.code)
            words = f"{t.short_clock(o.start)} {t.words(code.name) if code else o.code}"
            made = button(words, partial(self.jump_requested.emit, o), "pill")
            made.setToolTip(t.tr("Go to the moment. {keys} takes the link away.", keys=self._removes))
            made.setAccessibleName(f"{t.words(self._item.name)}: {words}")
            made.setObjectName(o.id)
            self._moments.addWidget(made)
        if moments:
            self._moments.addStretch(1)

    def commit(self) -> None:
        rating = self.rating()
        reason = self._reason.text().strip()
        if rating is not None and rating.reason != reason and self._editor.is_open:
            self._editor.rate(self._item.id, rating.value, reason, rating.evidence, self.segment_id)

    def link(self) -> bool:
        """Link what is chosen, or what was coded last at the playhead; an item not rated yet waits for its number."""
        rating = self.rating()
        if rating is None or not self._editor.is_open:
            return False
        new = tuple(o.id for o in self._pick() if o.id not in rating.evidence)
        return bool(new) and self._editor.rate(
            self._item.id, rating.value, rating.reason, (*rating.evidence, *new), self.segment_id
        )

    def remove_focused(self) -> None:
        """The linked moment that has the keys, or else the rating."""
        focused = self.window().focusWidget()
        if focused is not None and focused.objectName():
            self.unlink(focused.objectName())
        else:
            self.unrate()

    def unrate(self) -> None:
        """Take the rating away, with its reason and its moments; the keys stay at the item."""
        self.commit()
        if self._editor.is_open and self._editor.unrate(self._item.id, self.segment_id):
            self.take_focus()
            self.unrated.emit(self._editor.texts.words(self._item.name))

    def unlink(self, observation_id: str) -> bool:
        rating = self.rating()
        if rating is None or observation_id not in rating.evidence:
            return False
        left = tuple(i for i in rating.evidence if i != observation_id)
        return self._editor.rate(self._item.id, rating.value, rating.reason, left, self.segment_id)

    def _on_point(self, value: int) -> None:
        rating = self.rating()
        evidence = rating.evidence if rating else ()
        number = None if value == NO_OCCASION else value
        self._editor.rate(self._item.id, number, self._reason.text().strip(), evidence, self.segment_id)
        self.entered.emit(self)


def _button_of(rating: Rating) -> int:
    return NO_OCCASION if rating.value is None else rating.value
