"""The rating sheet: items on their scale below the anchors' words, each with a reason or a linked moment. No sum."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QScrollArea, QWidget

from app.coding.editor import CodingEditor
from app.model.instrument import Level
from app.model.observation import Observation
from app.model.scheme import Actor
from app.settings.preferences import Preferences
from app.shortcuts.own_keys import KeyMap
from widgets.coding.rating_row import RatingRow, column_label
from widgets.forms.inputs import ChoiceBox
from widgets.keys.captions import KeyFollower
from widgets.keys.matcher import Matcher
from widgets.look.parts import beside, button, hairline, label, scrolled, section_label, stacked

_NONE = Qt.KeyboardModifier.NoModifier


class RatingsPanel(QWidget):
    """The drawer Ctrl+1. `pick_evidence` gives what is chosen in timeline and table, or the newest at the playhead."""

    unrated = Signal(str)  # the name of an item whose rating was taken away
    jump_requested = Signal(object)  # Observation

    def __init__(
        self, editor: CodingEditor, preferences: Preferences, pick_evidence: Callable[[], list[Observation]]
    ) -> None:
        super().__init__()
        t = editor.texts
        self._editor = editor
        self._rows: list[RatingRow] = []
        self._current: RatingRow | None = None
        self._left = label("", "caption")
        self._missing = button("", self.to_missing, "link")
        self.sheet = ChoiceBox()
        self.sheet.setAccessibleName(t.tr("What is rated"))
        self.sheet.activated.connect(lambda _: self._on_sheet())
        disclaimer = t.words(editor.instrument.disclaimer)
        about = disclaimer[:1].upper() + disclaimer[1:] + "." if disclaimer else ""
        if editor.instrument.rights_holder:
            about = f"{about} © {editor.instrument.rights_holder}".strip()
        self._page = self._items(pick_evidence)
        self.setLayout(
            stacked(
                beside(label(t.words(editor.instrument.name), "title"), None, self._left),
                label(about, "caption", wrap=True),
                beside(self.sheet, self._missing, None),
                self._anchors(),
                hairline(),
                self._page,
                spacing=8,
            )
        )
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        editor.changed.connect(self.refresh)  # bound: the editor outlives the panel
        self._keys = Matcher({"coding.remove": self._remove_focused}, preferences)
        KeyFollower(preferences, self, self._tell_keys)
        self._fill_sheets()
        self.refresh()

    def _tell_keys(self, keys: KeyMap) -> None:
        for row in self._rows:
            row.tell_keys(keys)

    def _items(self, pick_evidence: Callable[[], list[Observation]]) -> QScrollArea:
        t, inside = self._editor.texts, QWidget()
        column = stacked(spacing=10, margins=(0, 0, 10, 0))
        names = {Actor.ADULT: t.tr("Adult"), Actor.CHILD: t.tr("Child"), Actor.DYAD: t.tr("Interaction")}
        for actor, name in names.items():
            items = [i for i in self._editor.instrument.items if i.actor == actor]
            if items:
                column.addWidget(section_label(name))
            for item in items:
                row = RatingRow(self._editor, item, pick_evidence)
                row.entered.connect(self._enter)
                row.passed.connect(self._go)
                row.unrated.connect(self.unrated)
                row.jump_requested.connect(self.jump_requested)
                self._rows.append(row)
                column.addWidget(row)
                column.addWidget(hairline())
        column.addStretch(1)
        inside.setLayout(column)
        return scrolled(inside)

    def _anchors(self) -> QGridLayout:
        """What each column means, above all of them."""
        t, grid, instrument = self._editor.texts, QGridLayout(), self._editor.instrument
        grid.setSpacing(4)
        heads = [(str(a.value), t.words(a.name)) for a in instrument.anchors] + [("–", t.words(instrument.no_occasion))]
        for place, (value, words) in enumerate(heads):
            for line, (text, kind) in enumerate(((value, "strong"), (words, "caption"))):
                grid.addWidget(column_label(text, kind), line, place)
        grid.setColumnStretch(len(heads), 1)
        return grid

    def _fill_sheets(self) -> None:
        """The whole film, then every task marked on it."""
        t, file = self._editor.texts, self._editor.file
        by_task = self._editor.instrument.level == Level.TASK and bool(file.segments)
        wanted = [] if by_task else [("", t.tr("Whole film"))]
        wanted += [(s.id, f"{s.number} {file.task_name(s.number, t.language)}") for s in file.segments]
        if [(self.sheet.itemData(n), self.sheet.itemText(n)) for n in range(self.sheet.count())] == wanted:
            return
        chosen = self.sheet.currentData()
        self.sheet.clear()
        for segment_id, words in wanted:
            self.sheet.addItem(words, segment_id)
        self.sheet.setCurrentIndex(max(self.sheet.findData(chosen), 0))
        if self.sheet.currentData() != chosen:
            self._on_sheet()

    def _on_sheet(self) -> None:
        for row in self._rows:
            row.show_for(str(self.sheet.currentData() or ""))
        self.refresh()

    def refresh(self, _changes: object = None) -> None:
        self._fill_sheets()
        for row in self._rows:
            row.refresh()
        t, all_items = self._editor.texts, len(self._rows)
        rated = sum(row.is_rated() for row in self._rows)
        self._left.setText(t.tr("{done} / {all} rated", done=rated, all=all_items))
        lacking = self._lacking()
        numbers = ", ".join(str(r.item.number) for r in lacking)
        self._missing.setText(t.tr("Reason missing: {numbers}", numbers=numbers))
        self._missing.setVisible(bool(lacking))

    def focus_first(self) -> None:
        """The keys go to the first item that is not rated yet, else to the first."""
        unrated = (row for row in self._rows if not row.is_rated())
        self._enter(next(unrated, self._rows[0]))

    def link_chosen(self) -> bool:
        """One key from the timeline: what is chosen there becomes evidence of the item worked on last."""
        row = self._current
        return row is not None and row.link()

    def current_item(self) -> str:
        """The name of the item worked on last; empty before any."""
        return self._editor.texts.words(self._current.item.name) if self._current is not None else ""

    def commit(self) -> None:
        """What stands in the reason fields goes to the archive."""
        for row in self._rows:
            row.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Figures rate the item that has the keys; what removes takes away a link, else the rating.

        No letter leaves the sheet: what is pressed here is never meant for the film.
        """
        row, plain = self._focused_row(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _NONE
        if row is None or (not (plain and row.take_digit(event.text())) and not self._keys.take(event)):
            super().keyPressEvent(event)

    def _go(self, row: RatingRow, by: int) -> None:
        """To the item before or after; at an end the keys stay."""
        to = self._rows.index(row) + by
        if 0 <= to < len(self._rows):
            self._enter(self._rows[to])

    def _focused_row(self) -> RatingRow | None:
        return next((r for r in self._rows if r.holds_focus()), None)

    def _remove_focused(self) -> None:
        if (row := self._focused_row()) is not None:
            row.remove_focused()

    def to_missing(self) -> None:
        """To the first reason that is missing."""
        lacking = self._lacking()
        if lacking:
            self._enter(lacking[0])
            lacking[0].take_reason()

    def _lacking(self) -> list[RatingRow]:
        """Numbers without a reason or a moment, where the instrument asks for one."""
        if not self._editor.instrument.requires_evidence:
            return []
        return [r for r in self._rows if (rating := r.rating()) is not None and not rating.grounded]

    def _enter(self, row: RatingRow) -> None:
        self._current = row
        self._page.ensureWidgetVisible(row, 0, 24)
        if not row.holds_focus():
            row.take_focus()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            self._current = next((r for r in self._rows if r.isAncestorOf(new)), self._current)
