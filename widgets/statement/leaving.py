"""What leaves of a final version: who received it, and redacted copies, each for one reader."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.model.redaction import RedactedCopy, Redaction
from app.model.statement import Statement, StatementStage
from app.statement import redacting
from app.statement.delivery import Recipient, may_deliver
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.look.parts import Card, beside, button, label, section_label, stacked
from widgets.screen import Screen
from widgets.statement.delivery_list import DeliveryList


class Leaving(QObject):
    """One for the room of a statement."""

    def __init__(self, place: Screen) -> None:
        super().__init__(place)
        self._place = place

    def below(self, signatures: QWidget, statement: Statement) -> QWidget:
        """The signatures, and below them what is made of the version for others."""
        made = QWidget()
        made.setLayout(stacked(signatures, self._list(statement), self._copies(statement), spacing=18))
        return made

    def _list(self, statement: Statement) -> QWidget:
        return DeliveryList(self._place.workspace, statement, partial(self.deliver, statement))

    def is_due(self, statement: Statement) -> bool:
        """Whether the next step of a version is that somebody receives it, and who is signed in may take it."""
        return statement.stage == StatementStage.SIGNED and may_deliver(self._place.workspace.store, statement)

    def deliver(self, statement: Statement, recipient: Recipient | None = None) -> None:
        """Ask to whom, and hand it over."""
        from widgets.statement.delivery_dialog import DeliveryDialog

        space, t = self._place.workspace, self._place.texts
        dialog = DeliveryDialog(space, statement, self._place, recipient)
        dialog.exec()
        if dialog.made is not None:
            space.notices.done(t.tr("The delivery is noted."))

    def _copies(self, statement: Statement) -> QWidget:
        space = self._place.workspace
        t, store = space.texts, space.store
        column = stacked(section_label(t.tr("Redacted copies")), spacing=10)
        finished = redacting.copies(store, statement.id)
        done = {copy.redaction_id for copy in finished}
        for held in redacting.redactions(store, statement.id):
            if held.id not in done:
                column.addWidget(self._begun(statement, held))
        for copy in finished:
            column.addWidget(self._finished(statement, copy))
        if redacting.may_copy(store, statement):
            begin = button(t.tr("New redacted copy…"), lambda: self.begin(statement), "link")
            column.addLayout(beside(begin, None))
        made = QWidget()
        made.setLayout(column)
        return made

    def _begun(self, statement: Statement, held: Redaction) -> QWidget:
        space = self._place.workspace
        t = space.texts
        reader = redacting.reader_called(space.store, statement.case_id, held.person_id, held.reader)
        card = Card(label(reader or t.tr("for whom is not chosen"), "strong", wrap=True), spacing=3, padding=14)
        marks = len(held.passages) + len(held.words)
        card.column.addWidget(
            label(t.trn("{n} mark, not made yet", "{n} marks, not made yet", marks), "muted", wrap=True)
        )
        go_on = button(t.tr("Go on…"), lambda: self.open(held), "link")
        go_on.setAccessibleName(f"{go_on.text()} {reader}")
        leave = button(t.tr("Discard"), partial(self._discard, held), "link")
        leave.setAccessibleName(f"{leave.text()} {reader}")
        card.column.addLayout(beside(go_on, leave, None))
        return card

    def _finished(self, statement: Statement, copy: RedactedCopy) -> QWidget:
        space = self._place.workspace
        t = space.texts
        reader = redacting.reader_called(space.store, statement.case_id, copy.person_id, copy.reader)
        day = t.date(copy.made.astimezone().date())
        card = Card(beside(label(reader, "strong", wrap=True), None, label(day)), spacing=3, padding=14)
        marks = len(copy.passages) + len(copy.words)
        card.column.addWidget(label(t.trn("{n} mark", "{n} marks", marks), "muted", wrap=True))
        save = button(t.tr("Save as PDF…"), lambda: self.save(statement, copy), "link")
        save.setAccessibleName(f"{save.text()} {reader}")
        again = button(t.tr("Another with the same marks…"), lambda: self._again(copy), "link")
        card.column.addLayout(beside(save, None))
        card.column.addLayout(beside(again, None))
        return card

    def begin(self, statement: Statement) -> None:
        """A new one for a reader who is chosen in its window."""
        space = self._place.workspace
        try:
            held = redacting.begin_redaction(space.door, space.texts, statement.id)
        except AppError as error:
            space.notices.trouble(error)
            return
        self.open(held)

    def _again(self, copy: RedactedCopy) -> None:
        space = self._place.workspace
        try:
            held = redacting.begin_like(space.door, space.texts, copy)
        except AppError as error:
            space.notices.trouble(error)
            return
        self.open(held)

    def open(self, held: Redaction) -> None:
        """The window with its marks; a copy that is made there is saved at once where the worker wants it."""
        from widgets.statement.copy_dialog import CopyDialog

        space, key = self._place.workspace, f"redaction/{held.id}"
        editor = space.editor(key, lambda: redacting.RedactionEditor(space.store, space.texts, held))
        dialog = CopyDialog(space, self._place.look, editor, self._place)
        dialog.exec()
        space.forget_editor(key)
        if dialog.made is not None:
            self.save(editor.statement, dialog.made)

    def _discard(self, held: Redaction) -> None:
        space = self._place.workspace
        try:
            redacting.discard_redaction(space.door, space.texts, held)
        except AppError as error:
            space.notices.trouble(error)

    def save(self, statement: Statement, copy: RedactedCopy) -> None:
        """Write a finished copy where the worker chooses."""
        space, t = self._place.workspace, self._place.texts
        name = redacting.copy_file_name(space.store, statement, copy)
        path = FileDialogs(self._place).save(t.tr("Save the redacted copy"), name, PDF)
        if path is None:
            return
        try:
            redacting.export_copy(space.door, space.media, copy, path)
        except AppError as error:
            space.notices.trouble(error)
        else:
            space.notices.done(t.tr("The copy was saved. It is not encrypted: keep it as any secret paper."))
