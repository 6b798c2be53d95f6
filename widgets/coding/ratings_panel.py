"""The rating sheet: items on their scale with the anchors' words, each with a reason or a linked moment. No sum."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QWidget

from app.coding import CodingEditor
from app.model.instrument import Item
from app.model.observation import Observation
from app.model.scheme import Actor
from widgets.parts import beside, button, hairline, label, scrolled, section_label, stacked

NO_OCCASION = 0


class RatingsPanel(QWidget):
    """The drawer Ctrl+1. `pick_evidence` gives the observation that is selected or newest at the playhead."""

    def __init__(self, editor: CodingEditor, pick_evidence: Callable[[], Observation | None]) -> None:
        super().__init__()
        t = editor.texts
        self._editor = editor
        disclaimer = t.words(editor.instrument.disclaimer)
        self._left = label("", "caption")
        self._rows: list[_ItemRow] = []
        inside = QWidget()
        column = stacked(spacing=10, margins=(0, 0, 10, 0))
        names = {Actor.ADULT: t.tr("Adult"), Actor.CHILD: t.tr("Child"), Actor.DYAD: t.tr("Interaction")}
        for actor, name in names.items():
            items = [i for i in editor.instrument.items if i.actor == actor]
            if items:
                column.addWidget(section_label(name))
            for item in items:
                row = _ItemRow(editor, item, pick_evidence)
                self._rows.append(row)
                column.addWidget(row)
                column.addWidget(hairline())
        column.addStretch(1)
        inside.setLayout(column)
        self.setLayout(
            stacked(
                beside(label(t.words(editor.instrument.name), "title"), None, self._left),
                label(disclaimer[:1].upper() + disclaimer[1:] + ".", "caption", wrap=True),
                scrolled(inside),
                spacing=8,
            )
        )
        editor.changed.connect(self.refresh)  # bound: the editor outlives the panel
        self.refresh()

    def refresh(self, _changes: object = None) -> None:
        for row in self._rows:
            row.refresh()
        rated = sum(1 for i in self._editor.instrument.items if self._editor.coding.rating_of(i.id) is not None)
        t = self._editor.texts
        self._left.setText(t.tr("{done} / {all} rated", done=rated, all=len(self._editor.instrument.items)))

    def focus_first(self) -> None:
        """The keys go to the first item that is not rated yet, else to the first."""
        unrated = (row for row in self._rows if not row.is_rated())
        next(unrated, self._rows[0]).take_focus()

    def commit(self) -> None:
        """What stands in the reason fields goes to the archive."""
        for row in self._rows:
            row.commit()


class _ItemRow(QWidget):
    """One item: its points, the chosen anchor in words, the reason and the linked moments."""

    def __init__(self, editor: CodingEditor, item: Item, pick_evidence: Callable[[], Observation | None]) -> None:
        super().__init__()
        t = editor.texts
        self._editor, self._item, self._pick = editor, item, pick_evidence
        self._was_rated = False
        name = t.words(item.name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        points = beside(spacing=4)
        for anchor in editor.instrument.anchors:
            words = t.words(anchor.name)
            points.addWidget(self._point(str(anchor.value), anchor.value, words, f"{name}: {anchor.value}, {words}"))
        none = t.words(editor.instrument.no_occasion)
        points.addWidget(self._point("–", NO_OCCASION, none, f"{name}: {none}"))
        self._words = label("", "caption", wrap=True)
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(t.tr("Reason, or link a moment"))
        self._reason.setAccessibleName(t.tr("{item}: reason", item=name))
        self._reason.editingFinished.connect(self.commit)
        self._link = button(t.tr("Link the moment"), self._on_link, "quiet")
        self._link.setAccessibleName(t.tr("{item}: link the moment", item=name))
        title = f"{item.number}. {name[:1].upper()}{name[1:]}"
        self.setLayout(
            stacked(
                beside(label(title, "strong"), None, points),
                self._words,
                beside(self._reason, self._link),
                spacing=4,
            )
        )
        self._group.idClicked.connect(self._on_point)
        self.setEnabled(editor.is_open)

    def _point(self, text: str, value: int, words: str, spoken: str) -> QPushButton:
        made = button(text, kind="pill")
        made.setCheckable(True)
        made.setFixedWidth(34)
        made.setStyleSheet("padding: 0;")
        made.setToolTip(words)
        made.setAccessibleName(spoken)
        self._group.addButton(made, value)
        return made

    def is_rated(self) -> bool:
        return self._editor.coding.rating_of(self._item.id) is not None

    def take_focus(self) -> None:
        """To the point that is chosen, or to the first."""
        (self._group.checkedButton() or self._group.buttons()[0]).setFocus()

    def refresh(self) -> None:
        t, rating = self._editor.texts, self._editor.coding.rating_of(self._item.id)
        self.setEnabled(self._editor.is_open)
        with QSignalBlocker(self._group):
            self._group.setExclusive(False)
            for made in self._group.buttons():
                made.setChecked(rating is not None and self._group.id(made) == (rating.value or NO_OCCASION))
            self._group.setExclusive(True)
        # a reason typed before its number waits for it
        if not self._reason.hasFocus() and (rating is not None or self._was_rated):
            self._reason.setText(rating.reason if rating else "")
        self._was_rated = rating is not None
        if rating is None:
            self._words.setText(t.tr("Not rated yet"))
            return
        anchors = {a.value: t.words(a.name) for a in self._editor.instrument.anchors}
        words = anchors.get(rating.value or NO_OCCASION, t.words(self._editor.instrument.no_occasion))
        held = self._editor.coding.observations
        times = [t.short_clock(held[i].start) for i in rating.evidence if i in held]
        if times:
            words += " · " + " ".join(f"[{time}]" for time in times)
        if not rating.grounded:
            words += " · " + t.tr("a reason or a moment is missing")
        self._words.setText(words)

    def commit(self) -> None:
        rating = self._editor.coding.rating_of(self._item.id)
        reason = self._reason.text().strip()
        if rating is not None and rating.reason != reason and self._editor.is_open:
            self._editor.rate(self._item.id, rating.value, reason, rating.evidence)

    def _on_point(self, value: int) -> None:
        rating = self._editor.coding.rating_of(self._item.id)
        evidence = rating.evidence if rating else ()
        self._editor.rate(self._item.id, value or None, self._reason.text().strip(), evidence)

    def _on_link(self) -> None:
        rating, observation = self._editor.coding.rating_of(self._item.id), self._pick()
        if rating is None or observation is None or observation.id in rating.evidence:
            return
        self._editor.rate(self._item.id, rating.value, rating.reason, (*rating.evidence, observation.id))
