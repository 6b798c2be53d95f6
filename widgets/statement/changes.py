"""What changed since an approval or another version: a line above the text, and a window with every change marked."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from app.errors import AppError
from app.i18n import Texts
from app.model.statement import ParagraphKind
from app.office.workers import names_of_workers
from app.statement.difference import Earlier, Mark, MarkedPassage, changes_in, difference, earlier_texts, since
from app.statement.difference_paper import export_difference, told
from app.statement.editor import StatementEditor
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.forms.inputs import Choice
from widgets.look.parts import beside, button, clear, label, primary_button, scrolled, stacked

#: pixels of a name, a day and a version
AGAINST = 420


class SinceLine(QFrame):
    """*2 muutosta: Leena Malli hyväksyi 27.11., versio 1* and the way to them; hidden while nothing changed."""

    def __init__(self, space: Workspace, editor: StatementEditor, commit: Callable[[], None]) -> None:
        super().__init__()
        self._space, self._editor, self._commit = space, editor, commit
        self._held: tuple[object, Earlier | None] = (None, None)
        self.setObjectName("inset")
        self._words = label("", wrap=True)
        self.show_changes = button(space.texts.tr("Show the changes"), self._show, "quiet")
        row = beside(self._words, self.show_changes, spacing=12, margins=(14, 8, 8, 8))
        row.setStretch(0, 1)
        self.setLayout(row)
        self.hide()

    def refresh(self) -> None:
        t, statement = self._space.texts, self._editor.statement
        key = (statement.id, statement.approvals, statement.stage)
        if self._held[0] != key:  # the texts are read again only when somebody approved, or the stage is another
            self._held = (key, None if statement.is_final else since(self._editor.store, statement))
        earlier = self._held[1]
        count = 0 if earlier is None else changes_in(difference(earlier.text, self._editor.text))
        self.setVisible(bool(count))
        if earlier is not None and count:
            names = names_of_workers(self._editor.store)
            from_then = told(earlier, t, names)
            self._words.setText(t.trn("{n} change since: {what}", "{n} changes since: {what}", count, what=from_then))

    def _show(self) -> None:
        self._commit()
        ChangesDialog(self._space, self._editor, self.window()).exec()


class ChangesDialog(QDialog):
    """Every change under its section; what it is held against can be chosen."""

    def __init__(self, space: Workspace, editor: StatementEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self._space, self._editor = space, editor
        t = space.texts
        self.setWindowTitle(t.tr("Changes in the statement"))
        size_to_fit(self, 860, 660)
        self._held = earlier_texts(editor.store, editor.statement)
        names = names_of_workers(editor.store)
        first = since(editor.store, editor.statement)
        self.against = Choice([(n, told(e, t, names)) for n, e in enumerate(self._held)])
        self.against.setAccessibleName(t.tr("Held against"))
        self.against.setMinimumWidth(AGAINST)
        wanted = (first.at, first.worker_id) if first is not None else None
        self.against.set_value(next((n for n, e in enumerate(self._held) if (e.at, e.worker_id) == wanted), 0))
        self.against.activated.connect(lambda _: self._fill())
        self._rows = stacked(spacing=10, margins=(0, 0, 12, 0))
        inside = QWidget()
        inside.setLayout(self._rows)
        self.save = button(t.tr("Changes as PDF…"), self._save)
        close = primary_button(t.tr("Close"), self.accept)
        for made in (self.save, close):
            made.setAutoDefault(False)
        head = beside(label(t.tr("Held against"), "muted"), self.against, None, spacing=10)
        legend = label(t.tr("+ added, underlined    − removed, struck through"), "caption")
        foot = beside(legend, None, self.save, close)
        self.setLayout(stacked(head, scrolled(inside), foot, spacing=14, margins=(22, 18, 22, 16)))
        self._fill()

    def _earlier(self) -> Earlier:
        return self._held[int(self.against.value() or 0)]

    def _fill(self) -> None:
        clear(self._rows)
        t = self._space.texts
        found = difference(self._earlier().text, self._editor.text)
        for section in found:
            self._rows.addWidget(label(f"{section.number}  {section.title}", "heading"))
            for passage in section.passages:
                self._rows.addWidget(_shown(passage, t))
        if not found:
            self._rows.addWidget(label(t.tr("Nothing has changed."), "muted"))
        self._rows.addStretch(1)

    def _save(self) -> None:
        t, space = self._space.texts, self._space
        chosen = FileDialogs(self).save(t.tr("Changes as PDF…"), f"{t.tr('Changes in the statement')}.pdf", PDF)
        if chosen is None:
            return
        try:
            export_difference(space.door, self._earlier(), self._editor.text, chosen)
        except AppError as error:
            space.notices.trouble(error)
        else:
            space.notices.done(t.tr("The PDF was saved. It is not encrypted: keep it as any secret paper."))


def _shown(passage: MarkedPassage, t: Texts) -> QWidget:
    """Signs and lines tell what came and went; no color alone."""
    if passage.kind == ParagraphKind.HEADING and not passage.is_changed:
        return label(passage.pieces[0].text, "strong", wrap=True)
    made = label("", wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    parts = []
    for piece in passage.pieces:
        words = escape(piece.text)
        parts.append(
            {
                Mark.SAME: words,
                Mark.ADDED: f"<b>+&nbsp;<u>{words.strip()}</u></b> ",
                Mark.REMOVED: f"−&nbsp;<s>{words.strip()}</s> ",
            }[piece.mark]
        )
    made.setText("".join(parts))
    made.setAccessibleName(" ".join(_said(p.text, p.mark, t) for p in passage.pieces))
    return made


def _said(words: str, mark: Mark, t: Texts) -> str:
    """As a screen reader says it."""
    if mark == Mark.ADDED:
        return t.tr("added: {words}", words=words.strip())
    return t.tr("removed: {words}", words=words.strip()) if mark == Mark.REMOVED else words
