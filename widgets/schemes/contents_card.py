"""The shelf of schemes, of instruments or of templates in the settings: each with what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError, NotAllowed
from app.i18n import today
from app.model.stored import ContentDraft, ContentKind
from app.model.template import Template
from app.notices import Notice
from app.schemes.drafts import ContentShelf, Shelved
from app.workspace import Workspace
from widgets.forms.file_dialogs import FileDialogs
from widgets.look.look import Look
from widgets.look.parts import Card, Row, beside, button, clear, hairline
from widgets.schemes.template_words import belongs_word


class ContentsCard(Card):
    """`opened` says which draft to work on. What is undone here is undone by the notice that told of it."""

    opened = Signal(object)  # ContentDraft

    def __init__(self, workspace: Workspace, look: Look, kind: ContentKind) -> None:
        super().__init__(spacing=0, padding=0)
        self._workspace, self._look, self.kind = workspace, look, kind
        t = workspace.texts
        self.shelf = workspace.editor(f"shelf/{kind}", lambda: ContentShelf(workspace.store, t, kind))
        self.shelf.changed.connect(self._on_changed)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.column.addLayout(self._rows)
        self.column.addWidget(hairline())
        below = beside(spacing=10, margins=(18, 10, 18, 12))
        empty = button(t.tr("Begin an empty one"), self.begin_empty)
        names = {
            ContentKind.SCHEME: t.tr("Begin an empty coding scheme"),
            ContentKind.INSTRUMENT: t.tr("Begin an empty instrument"),
            ContentKind.TEMPLATE: t.tr("Begin an empty template"),
        }
        empty.setAccessibleName(names[kind])
        below.addWidget(empty)
        below.addWidget(button(t.tr("Take in a file…"), self._take_in))
        self.licensed = QCheckBox(t.tr("It is licensed content"))
        below.addWidget(self.licensed)
        if kind != ContentKind.INSTRUMENT:
            self.licensed.hide()
        below.addStretch(1)
        self.column.addLayout(below)
        self.refresh()

    def refresh(self) -> None:
        clear(self._rows)
        rows = self.shelf.rows()
        if self.kind == ContentKind.TEMPLATE:  # the program has many: the office's own stand above them
            rows = tuple(sorted(rows, key=lambda row: row.shipped))
        for number, row in enumerate(rows):
            if number:
                self._rows.addWidget(hairline())
            self._rows.addWidget(self._row(row))

    def _on_changed(self, _changes: object) -> None:
        self.refresh()

    def _row(self, row: Shelved) -> QWidget:
        t = self._workspace.texts
        name = t.words(row.name)
        main = self._main_action(row)
        made = Row(self._look, name, self._about(row), action=main)
        more = button(t.tr("More"), kind="quiet")
        more.setAccessibleName(f"{t.tr('More')}: {name}")
        more.setMenu(self._menu(row, more))
        layout = made.layout()
        assert layout is not None
        layout.addWidget(more)
        return made

    def _about(self, row: Shelved) -> str:
        t = self._workspace.texts
        value = row.value
        parts = [belongs_word(t, value.belongs)] if isinstance(value, Template) else []
        if row.shipped:
            parts.append(t.tr("the program's own"))
        if row.published is not None:
            parts.append(t.tr("version {n}", n=row.published.version))
        if row.draft is not None:
            parts.append(t.tr("draft of version {n}", n=row.draft.base_version + 1))
        if row.terms.licensed:
            parts.append(t.tr("licensed content"))
        if row.terms.retired:
            parts.append(t.tr("no longer offered"))
        elif not row.terms.allows(self._workspace.store.me, today()):
            parts.append(t.tr("not permitted to you"))
        return " · ".join(parts)

    def _main_action(self, row: Shelved) -> QPushButton:
        t = self._workspace.texts
        if row.shipped:
            return button(t.tr("Copy and edit"), partial(self.copy, row))  # the program's own is copied, never changed
        words = t.tr("Go on") if row.draft is not None else t.tr("Edit")
        return button(words, partial(self.edit, row))

    def _menu(self, row: Shelved, above: QWidget) -> QMenu:
        t, menu = self._workspace.texts, QMenu(above)
        if not row.shipped:
            menu.addAction(t.tr("Copy and edit"), partial(self.copy, row))
        menu.addAction(t.tr("Save as a file…"), partial(self._save, row))
        if row.published is not None and not row.shipped:
            words = t.tr("Offer again") if row.terms.retired else t.tr("No longer offer")
            menu.addAction(words, partial(self.retire, row, on=not row.terms.retired))
        if row.draft is not None:
            menu.addAction(t.tr("Delete the draft"), partial(self.drop, row))
        return menu

    # acts

    def begin_empty(self) -> None:
        self._open(self.shelf.new())

    def copy(self, row: Shelved) -> None:
        self._open(self.shelf.copy(row))

    def edit(self, row: Shelved) -> None:
        self._open(self.shelf.begin(row))

    def retire(self, row: Shelved, *, on: bool) -> None:
        if self.shelf.retire(row, on=on):
            t = self._workspace.texts
            self._tell(t.tr("It is no longer offered.") if on else t.tr("It is offered again."))

    def drop(self, row: Shelved) -> None:
        """No question before: it comes back by the notice's action."""
        if self.shelf.drop_draft(row):
            assert row.draft is not None
            self._workspace.forget_editor(editor_key(row.draft))
            self._tell(self._workspace.texts.tr("The draft was deleted."))

    def _open(self, draft: ContentDraft | None) -> None:
        if draft is not None:
            self.opened.emit(draft)

    def _tell(self, words: str) -> None:
        undo = self._workspace.texts.tr("Undo")
        self._workspace.notices.say(Notice(words, action_label=undo, action=self._take_back))

    def _take_back(self) -> None:
        self.shelf.undo()

    def _take_in(self) -> None:
        t = self._workspace.texts
        path = FileDialogs(self).open(t.tr("Take in a file"), "TOML (*.toml)")
        if path is None:
            return
        try:
            self._open(self.shelf.take_in_file(path, licensed=self.licensed.isChecked()))
        except AppError as error:
            self._workspace.notices.trouble(error)
        self.licensed.setChecked(False)

    def _save(self, row: Shelved) -> None:
        t, space = self._workspace.texts, self._workspace
        if row.terms.licensed:
            space.notices.trouble(NotAllowed("licensed-stays"))  # said before a name is asked for
            return
        path = FileDialogs(self).save(t.tr("Save as a file"), f"{row.id}.toml", "TOML (*.toml)")
        if path is None:
            return
        try:
            self.shelf.save_file(row, path)
        except AppError as error:
            space.notices.trouble(error)
        else:
            has_clips = self.kind == ContentKind.SCHEME
            words = (
                t.tr("The file was saved. Example clips are no part of it.")
                if has_clips
                else t.tr("The file was saved.")
            )
            space.notices.done(words)


def editor_key(draft: ContentDraft) -> str:
    """Under which the workspace keeps the editor of a draft."""
    return f"content/{draft.kind}/{draft.content_id}"
