"""Moments that were marked while filming: the meeting's own, seen by both coders, read and jumped to, never edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.i18n import Texts
from app.model.filming import LiveMark
from app.model.observation import MarkKind
from widgets.look.parts import section_label, stacked
from widgets.timeline.painting import FLAG_SIGNS

_AT = int(Qt.ItemDataRole.UserRole)
ROW = 30
MOST_ROWS = 4


def live_mark_words(t: Texts, mark: LiveMark) -> str:
    """What a live mark says: its note, or its kind."""
    kinds = {MarkKind.IMPORTANT: t.tr("important moment"), MarkKind.CLIP: t.tr("clip candidate")}
    return mark.text or kinds.get(mark.kind, t.tr("note"))


class LiveMarks(QWidget):
    """A short list, hidden when nothing was marked; Enter or a double press goes there."""

    seek_requested = Signal(object)  # µs

    def __init__(self, marks: Sequence[LiveMark], texts: Texts) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(texts.tr("Marked while filming"))
        for mark in marks:
            words = f"{texts.short_clock(mark.at)}   {FLAG_SIGNS[mark.kind.value]}   {live_mark_words(texts, mark)}"
            item = QListWidgetItem(words)
            item.setData(_AT, mark.at)
            self.list.addItem(item)
        self.list.setFixedHeight(min(max(len(marks), 1), MOST_ROWS) * (ROW + 4) + 6)
        self.list.itemActivated.connect(lambda item: self.seek_requested.emit(item.data(_AT)))
        self.setLayout(stacked(section_label(texts.tr("Marked while filming")), self.list, spacing=6))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)  # the rest is the table's
        if not marks:
            self.hide()
