"""Beside the keys: how this child shows contact, distress and no, and which codes may mislead. It folds away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.casework.case_file import case_file
from app.casework.showing import (
    Beside,
    beside,
    misleading_words,
    needs_of,
    needs_words,
    newest_of,
    shown_lines,
    write_for,
)
from app.coding.editor import CodingEditor
from app.errors import AppError
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.forms.form import named
from widgets.forms.inputs import GrowingText
from widgets.forms.showing_parts import parts
from widgets.look.parts import Card, button, label, scrolled, stacked
from widgets.look.parts import beside as beside_parts

#: pixels of what is read at once; the rest is scrolled to
HIGHEST = 104


class ShowingStrip(QWidget):
    """What both coders read. Before the first coding holds anything it is asked for, and can be passed over."""

    kept = Signal()  # written, or passed over: the keys are the film's again

    def __init__(self, space: Workspace, editor: CodingEditor, parent: QWidget) -> None:
        super().__init__(parent)  # what is shown before it stands in something would be a window of its own
        self._space, self._editor = space, editor
        t = self._texts = editor.texts
        self._is_passed = self._is_filled = False
        self._told: Beside | None = None
        self.fold = button("", self._on_fold, "quiet")
        self.fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words = label("", "caption", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        inside = QWidget()
        inside.setLayout(stacked(self.words, None, margins=(0, 0, 6, 0)))
        self.page = scrolled(inside)
        self.page.setMaximumHeight(HIGHEST)
        self.asking = Card(spacing=8, padding=8)
        self.write = button(t.tr("Write it down…"), self._on_open)
        self.pass_over = button(t.tr("Not now"), self._on_pass, "link")
        question = label(t.tr("Before you begin: how does this child show it?"), wrap=True)
        head = beside_parts(question, self.pass_over, self.write)
        head.setStretch(0, 1)
        self.asking.column.addLayout(head)
        self.fields = {key: GrowingText() for key, _ in parts(t)}
        self.keep = button(t.tr("Write it down"), self._on_keep)
        named_fields = [named(name, self.fields[key]) for key, name in parts(t)]
        self.form = QWidget()
        self.form.setLayout(stacked(*named_fields, beside_parts(None, self.keep), spacing=8))
        self.form.hide()
        self.asking.column.addWidget(self.form)
        self.setLayout(stacked(beside_parts(self.fold, None), self.page, self.asking, spacing=2))
        self._is_open = True
        self.refresh()

    def refresh(self) -> None:
        """Read anew: when the room opens, and when this coding is begun."""
        editor, t = self._editor, self._texts
        store, meeting = self._space.store, editor.file.meeting
        found = self._told = beside(store, meeting, is_begun=editor.is_begun)
        asks = found.may_ask and not self._is_passed and editor.is_open
        said = self._lines(found)
        self.asking.setVisible(asks)
        if asks and not self._is_filled:
            self._is_filled = True
            last = newest_of(store, meeting.case_id)
            for field, words in zip(self.fields.values(), ("", "", "") if last is None else last.words, strict=True):
                field.setPlainText(words)
        self.fold.setVisible(bool(said) and not asks)
        self.words.setText("\n".join(said))
        self._show_fold()
        self.setVisible((bool(said) or asks) and not editor.is_training)
        self.fold.setAccessibleName(t.tr("How this child shows it"))

    def _lines(self, found: Beside) -> list[str]:
        t, editor = self._texts, self._editor
        case = case_file(self._space.store, editor.file.meeting.case_id)
        lines = []
        if found.kept is not None:
            lines += [f"{name}: {words}" for name, words in shown_lines(t, found.kept)]
        needs = needs_of(case, editor.file.meeting)
        misleads = misleading_words(t.language, needs, editor.scheme)
        if misleads:
            about = needs_words(StatementTexts(t.language), needs)
            lines.append(f"{about[:1].upper()}{about[1:]}. {misleads}")
        if found.kept is not None:
            lines.append(t.tr("Written {day}, and kept as both coders read it.", day=t.date(found.kept.written)))
        elif not found.may_ask and misleads:  # where nothing may mislead, nothing is told at each opening
            lines.append(t.tr("It was not written before the first coding was begun."))
        if found.newer is not None:
            day = t.date(found.newer.written)
            lines.append(t.tr("There is a newer text of {day} among the people of the case.", day=day))
        return lines

    def commit(self) -> None:
        """What is being typed goes to the archive."""
        if self.asking.isVisibleTo(self):
            self._write()

    def follow(self) -> None:
        """Once something is coded nothing is asked any more; what was typed is kept."""
        if self.asking.isVisibleTo(self) and self._editor.is_begun:
            self.commit()
            self.refresh()

    def _write(self) -> None:
        """As what both read; where the archive refuses it the words stay in their fields."""
        contact, distress, no = (field.toPlainText() for field in self.fields.values())
        try:
            write_for(self._space.door, self._texts, self._editor.file.meeting, contact, distress, no)
        except AppError as error:
            self._space.notices.trouble(error)

    def _on_open(self) -> None:
        """The fields, in which the keys of the codes are letters."""
        self.write.hide()
        self.form.show()
        next(iter(self.fields.values())).setFocus()

    def _on_keep(self) -> None:
        self._write()
        self.refresh()
        self.kept.emit()

    def _on_pass(self) -> None:
        self._is_passed = True
        self.refresh()
        self.kept.emit()

    def _on_fold(self) -> None:
        self._is_open = not self._is_open
        self._show_fold()

    def _show_fold(self) -> None:
        sign = "▾" if self._is_open else "▸"
        self.fold.setText(f"{sign}  {self._texts.tr('How this child shows it')}")
        self.page.setVisible(self._is_open and self.fold.isVisibleTo(self))
