"""The office's text blocks: named, for a section and a language, with places in braces to fill by hand."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from app.casework.languages import language_name
from app.error_texts import sentence
from app.errors import AppError
from app.model.words import LANGUAGES
from app.model.writing_aids import TextBlock
from app.statement.blocks import TextBlocks
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.inputs import Choice
from widgets.look.look import Look
from widgets.look.parts import beside, button, field, label, primary_button, stacked
from widgets.statement.two_lines import ABOUT, TwoLines


class BlocksDialog(QDialog):
    """A list at the left, the chosen block at the right; *Save* keeps it, and Ctrl+Z outside a field takes it back."""

    def __init__(
        self,
        look: Look,
        workspace: Workspace,
        sections: Mapping[str, str],
        section: str,
        language: str,
        parent: QWidget,
    ) -> None:
        """`sections` are titles by key; a new block is for `section` and `language`."""
        super().__init__(parent)
        t = self._texts = workspace.texts
        self._begins = {"section": section, "language": language}
        self.setWindowTitle(t.tr("Text blocks"))
        size_to_fit(self, 860, 560)
        self.editor = workspace.editor("text-blocks", lambda: TextBlocks(workspace.store, t))
        self.editor.refused.connect(self._on_refused)
        self.editor.changed.connect(self._on_changed)
        self._shown: TextBlock | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(t.tr("Text blocks"))
        self.list.setItemDelegate(TwoLines(look, self.list))
        self.list.currentRowChanged.connect(self._show)
        self.name, self.words = QLineEdit(), QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.section = Choice([("", t.tr("every section")), *sections.items()])
        self.language = Choice([(key, language_name(t, key)) for key in LANGUAGES])
        self.missing = label("", "danger", wrap=True)
        self.missing.hide()
        hint = t.tr("A place in braces, {place}, is filled and inflected by hand in the text.", place="{lapsen nimi}")
        self.remove = button(t.tr("Remove"), self._remove, "quiet")
        save, new = primary_button(t.tr("Save"), self.save), button(t.tr("New text block"), self.new)
        right = stacked(
            field(t.tr("Name"), self.name),
            beside(field(t.tr("Section"), self.section), field(t.tr("Language"), self.language), spacing=12),
            field(t.tr("Words"), self.words, hint),
            self.missing,
            beside(self.remove, None, button(t.tr("Close"), self.accept), save),
            spacing=12,
        )
        body = beside(stacked(self.list, new, spacing=10), right, spacing=18, margins=(18, 16, 18, 14))
        body.setStretch(0, 2)
        body.setStretch(1, 5)
        self.setLayout(body)
        self._fill()
        if not self.list.count():
            self.new()

    def new(self) -> None:
        """An empty block; nothing is kept until it is saved."""
        self.list.setCurrentRow(-1)
        self._show(-1)
        self.name.setFocus()

    def save(self) -> None:
        fields = {
            "name": self.name.text().strip(),
            "words": self.words.toPlainText().strip(),
            "section": self.section.value(),
            "language": self.language.value(),
        }
        self.missing.hide()
        if self._shown is None:
            self.editor.add(**fields)
        else:
            self.editor.edit(self._shown, **fields)

    def _remove(self) -> None:
        if self._shown is not None:
            self.editor.remove(self._shown)

    def _fill(self) -> None:
        name = self.name.text().strip()
        self.list.blockSignals(True)
        self.list.clear()
        self._blocks = self.editor.blocks()
        for block in self._blocks:
            item = QListWidgetItem(block.name)
            item.setData(ABOUT, language_name(self._texts, block.language))
            self.list.addItem(item)
        self.list.blockSignals(False)
        row = next((n for n, b in enumerate(self._blocks) if b.name == name), 0 if self._blocks else -1)
        self.list.setCurrentRow(row)
        self._show(row)

    def _show(self, row: int) -> None:
        self._shown = shown = self._blocks[row] if 0 <= row < len(self._blocks) else None
        self.name.setText(shown.name if shown else "")
        self.words.setPlainText(shown.words if shown else "")
        self.section.set_value(shown.section if shown else self._begins["section"])
        self.language.set_value(shown.language if shown else self._begins["language"])
        self.remove.setEnabled(shown is not None)

    def _on_changed(self, _changes: object) -> None:
        self._fill()

    def _on_refused(self, error: AppError) -> None:
        self.missing.setText(sentence(self._texts, error))
        self.missing.show()
