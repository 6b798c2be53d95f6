"""The coder's own notes: first impressions, notes to tasks, bookmarks. Nobody else reads them; none enters a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.coding.editor import CodingEditor
from app.i18n import N_
from app.model.change import Change
from app.model.coding import CodingHeader
from app.model.observation import Bookmark, BookmarkColor
from app.model.private_note import NoteKind, PrivateNote
from app.settings.preferences import Preferences
from app.shortcuts.names import shown
from app.shortcuts.own_keys import KeyMap
from widgets.coding.paused_text import PausedText
from widgets.forms.inputs import ChoiceBox
from widgets.keys.captions import KeyFollower
from widgets.look.parts import beside, button, clear, hairline, label, scrolled, section_label, stacked

#: each color has a shape of its own and a word, so that it can be told without seeing the color
SHAPES = {BookmarkColor.BLUE: "●", BookmarkColor.YELLOW: "▲", BookmarkColor.GREEN: "■", BookmarkColor.VIOLET: "◆"}
COLOR_NAMES = {
    BookmarkColor.BLUE: N_("blue"),
    BookmarkColor.YELLOW: N_("yellow"),
    BookmarkColor.GREEN: N_("green"),
    BookmarkColor.VIOLET: N_("violet"),
}
HONEST = N_(
    "The note is a working aid. The client may have a right to see it. "
    "When the statement is final it is erased at your next sign-in, unless you keep it."
)


class NotesPanel(QWidget):
    """The drawer of own notes and bookmarks."""

    jump_requested = Signal(object)  # µs on the meeting's clock

    def __init__(self, editor: CodingEditor, preferences: Preferences) -> None:
        super().__init__()
        t = editor.texts
        self._editor, self._preferences = editor, preferences
        self.impression = PausedText(t.tr("First impressions"), t.tr("What the first viewing left you with"))
        self.impression.written.connect(self._on_impression)
        self.keep = QCheckBox(t.tr("Keep it after signing"))
        self.keep.toggled.connect(self._on_keep)
        self.task = ChoiceBox()
        self.task.setAccessibleName(t.tr("Note to which task"))
        language, file = t.language, editor.file
        for number in range(1, len(file.meeting.plan) + 1):
            self.task.addItem(f"{number} {file.task_name(number, language)}", number)
        self.task.currentIndexChanged.connect(lambda _: self._show_task())
        self.task_note = PausedText(t.tr("Note to the task"), t.tr("For yourself only"))
        self.task_note.written.connect(self._on_task_note)
        self._task_shown = 0
        self._bookmarks = QVBoxLayout()
        self._bookmarks.setSpacing(4)
        self._build()
        editor.changed.connect(self._on_changed)  # bound: the editor outlives the panel
        self.refresh()

    def _build(self) -> None:
        t = self._editor.texts
        inside = QWidget()
        column = stacked(spacing=8, margins=(0, 0, 10, 0))
        column.addWidget(section_label(t.tr("First impressions")))
        column.addWidget(self.impression)
        column.addWidget(label(t.tr(HONEST), "caption", wrap=True))
        column.addWidget(self.keep)
        column.addWidget(hairline())
        column.addWidget(section_label(t.tr("Note to the task")))
        column.addWidget(self.task)
        column.addWidget(self.task_note)
        column.addWidget(hairline())
        column.addWidget(section_label(t.tr("Bookmarks")))
        column.addLayout(self._bookmarks)
        column.addStretch(1)
        inside.setLayout(column)
        self._page: QScrollArea = scrolled(inside)
        head = label(t.tr("Own notes"), "title")
        about = label(t.tr("Only you read these. They are in no figure and in no export."), "caption", wrap=True)
        self.setLayout(stacked(head, about, self._page, spacing=6))

    def _on_changed(self, changes: Sequence[Change]) -> None:
        if any(c.kind in (Bookmark, PrivateNote, CodingHeader) for c in changes):
            self.refresh()

    def refresh(self) -> None:
        """Everything anew, but for what is being typed."""
        editor = self._editor
        note = editor.private_note(NoteKind.IMPRESSION)
        self.impression.show_text(note.text if note else "")
        self.keep.blockSignals(True)
        self.keep.setChecked(note is not None and note.keep)
        self.keep.blockSignals(False)
        self.keep.setEnabled(note is not None)
        self._show_task()
        self._show_bookmarks()

    def focus_first(self) -> None:
        self.impression.setFocus()

    def commit(self) -> None:
        """What is being typed goes to the archive."""
        self.impression.commit()
        self.task_note.commit()

    def _on_impression(self) -> None:
        self._editor.write_private_note(NoteKind.IMPRESSION, self.impression.toPlainText())

    def _on_keep(self, on: bool) -> None:
        note = self._editor.private_note(NoteKind.IMPRESSION)
        if note is not None:
            self._editor.write_private_note(NoteKind.IMPRESSION, note.text, keep=on)

    def _on_task_note(self) -> None:
        if self._task_shown:
            self._editor.write_private_note(NoteKind.TASK, self.task_note.toPlainText(), self._task_shown)

    def _show_task(self) -> None:
        number = int(self.task.currentData() or 0)
        is_other = number != self._task_shown
        if is_other:
            self.task_note.commit()
            self._task_shown = number
        note = self._editor.private_note(NoteKind.TASK, number)
        self.task_note.show_text(note.text if note else "", anew=is_other)

    def _show_bookmarks(self) -> None:
        clear(self._bookmarks)
        rows = sorted(self._editor.coding.bookmarks.values(), key=lambda b: (b.at, b.id))
        for bookmark in rows:
            self._bookmarks.addWidget(_BookmarkRow(self, self._editor, bookmark))
        if not rows:
            told = label("", "muted", wrap=True)
            self._bookmarks.addWidget(told)
            KeyFollower(self._preferences, told, partial(self._tell_key, told))

    def _tell_key(self, told: QLabel, keys: KeyMap) -> None:
        pressed = shown(keys.of("coding.bookmark"))
        told.setText(self._editor.texts.tr("{keys} leaves a bookmark at the picture.", keys=pressed))


class _BookmarkRow(QWidget):
    """One bookmark: go to it, its word, its color, away with it."""

    def __init__(self, panel: NotesPanel, editor: CodingEditor, bookmark: Bookmark) -> None:
        super().__init__()
        t = editor.texts
        self._editor, self._bookmark = editor, bookmark
        time = t.short_clock(bookmark.at)
        go = button(time, lambda: panel.jump_requested.emit(bookmark.at), "pill")
        go.setAccessibleName(t.tr("Go to {time}", time=time))
        self._word = QLineEdit(bookmark.word)
        self._word.setAccessibleName(t.tr("Word of the bookmark at {time}", time=time))
        self._word.setPlaceholderText(t.tr("Word"))
        self._word.editingFinished.connect(self._on_word)
        self._color = ChoiceBox()
        self._color.setAccessibleName(t.tr("Color of the bookmark at {time}", time=time))
        for color, shape in SHAPES.items():
            self._color.addItem(f"{shape} {t.tr(COLOR_NAMES[color])}", color)
        self._color.setCurrentIndex(list(SHAPES).index(bookmark.color))
        self._color.activated.connect(lambda _: self._on_color())
        gone = button("×", lambda: editor.remove_bookmark(bookmark), "quiet")
        gone.setAccessibleName(t.tr("Remove the bookmark at {time}", time=time))
        row = beside(go, self._word, self._color, gone, spacing=6)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.setEnabled(editor.is_open)

    def _on_word(self) -> None:
        word = self._word.text().strip()
        if word != self._bookmark.word:
            self._editor.edit_bookmark(self._bookmark, replace(self._bookmark, word=word))

    def _on_color(self) -> None:
        self._editor.edit_bookmark(self._bookmark, replace(self._bookmark, color=self._color.currentData()))
