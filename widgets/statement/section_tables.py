"""The generated tables among a section's text: those that are written in it, and those that the document has there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from app.model.statement import Paragraph, ParagraphKind
from app.statement.arranged import is_left_out, key_of, other_section
from app.statement.editor import StatementEditor
from widgets.look.parts import button, label
from widgets.statement.table_acts import TableActs
from widgets.statement.table_block import TableBlock


class SectionTables:
    """Made anew with each section that is shown; `acts` are the lines of presses by the table's key."""

    def __init__(
        self,
        editor: StatementEditor,
        page: QScrollArea,
        numbered: Callable[[str], str],
        open_section: Callable[[str], None],
        commit: Callable[[], None],
    ) -> None:
        """`numbered` is a section's number and title, empty for one that is not there.

        `commit` takes what is being typed, before any step.
        """
        self._editor, self._page = editor, page
        self._numbered, self._open, self._commit = numbered, open_section, commit
        self.acts: dict[str, TableActs] = {}

    def forget(self) -> None:
        """Another section comes."""
        self.acts = {}

    def written(self, table: Paragraph) -> TableBlock:
        """A table where it is written; the first of those under one heading bears what can be done with them."""
        key = key_of(table)
        acts = None
        if key and self._editor.is_writable and key not in self.acts:
            there = self._numbered(other_section(key, table.section))
            acts = self.acts[key] = TableActs(
                self._editor, key, there, table.about, lambda step, at: self._take(key, step, at)
            )
        return TableBlock(table, acts, is_out=is_left_out(self._editor.text, table))

    def moved_here(self, paragraph: Paragraph) -> QWidget:
        """What the document has here and another section writes: to be read, with the way to where it is written."""
        if not paragraph.cells:
            return label(paragraph.text, "strong" if paragraph.kind == ParagraphKind.HEADING else "", wrap=True)
        home = next((p for p in self._editor.text.paragraphs if p.id == paragraph.id), paragraph)
        words = self._editor.texts.tr("Written in: {section}", section=self._numbered(home.section))
        return TableBlock(paragraph, button(words, lambda: self._open(home.section), "link"))

    def _take(self, key: str, step: Callable[[], object], at: int) -> None:
        """The table stays in sight and under the keys, though the section is made anew."""
        self._commit()
        step()
        line = self.acts.get(key)
        if line is not None:
            line.take_focus(at)
            QTimer.singleShot(0, line, lambda: self._show(line))

    def _show(self, line: QWidget) -> None:
        """Once everything above it has its place."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._page.ensureWidgetVisible(line)
