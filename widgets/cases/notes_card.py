"""*Muistiinpanot*: what was said and by whom, what was seen, and what is made of it, each in a place of its own."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.casework.case_file import CaseFile
from app.casework.meeting_notes import kinds_for
from app.casework.plans import PlanEditor
from app.i18n import Texts
from app.model.meeting_note import MeetingNote, NoteKind
from app.workspace import Workspace
from widgets.forms.form import Form, columns
from widgets.look.parts import Card, beside, button, clear, label, stacked

#: whose words or view it is can be chosen
SPOKEN = frozenset((NoteKind.SAID,))


def kind_words(t: Texts) -> dict[NoteKind, tuple[str, str]]:
    """The title of each kind, and what a new one is called on its button."""
    return {
        NoteKind.SAID: (t.tr("What was said"), t.tr("Add what was said")),
        NoteKind.SEEN: (t.tr("What was seen"), t.tr("Add what was seen")),
        NoteKind.INTERPRETED: (t.tr("Interpretation"), t.tr("Add an interpretation")),
        NoteKind.CHILDS_VIEW: (t.tr("The child's views"), t.tr("Add the child's view")),
        NoteKind.FEEDBACK_TO_CHILD: (t.tr("Feedback to the child"), t.tr("Add feedback to the child")),
    }


class _NoteRow(QWidget):
    """One note: its words, and of what was said also who said it."""

    def __init__(self, space: Workspace, note: MeetingNote, editor: PlanEditor) -> None:
        super().__init__()
        t = space.texts
        self.note, self._editor = note, editor
        self.form = Form(t, self._edit)
        title = kind_words(t)[note.kind][0]
        remove = button(t.tr("Remove"), lambda: editor.remove_note(self.note), "quiet")
        remove.setAccessibleName(f"{remove.text()}: {title}")
        self.remove = remove
        text = self.form.text("text", title, 2)
        writer = label(t.tr("Written by {name}", name=space.worker_name(note.worker_id)), "caption")
        column = stacked(spacing=6)
        if note.kind in SPOKEN:
            who = self.form.choice("person_id", t.tr("Who said it"))
            other = self.form.line("who", t.tr("Somebody else, in words"))
            column.addLayout(columns(who, other))
        column.addWidget(text)
        column.addLayout(beside(writer, None, remove))
        self.setLayout(column)

    def show_note(self, note: MeetingNote, file: CaseFile, *, anew: bool) -> None:
        self.note = note
        if note.kind in SPOKEN:
            nobody = ("", "–")
            self.form.offer("person_id", [nobody, *((p.id, p.called) for p in file.everybody)])
        self.form.load({"text": note.text, "person_id": note.person_id, "who": note.who}, anew=anew)

    def _edit(self, key: str, value: Any) -> bool:
        return value is not None and self._editor.edit_note(self.note, **{key: value})


class NotesCard(Card):
    """The notes of one meeting by kind; what is seen on a film is coded and not written here."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(spacing=12, padding=20)
        self._space, self._texts = space, space.texts
        self._editor: PlanEditor | None = None
        self._shown: tuple[object, ...] = ()
        self._file: CaseFile | None = None
        self.rows: dict[str, _NoteRow] = {}
        self.adds: dict[NoteKind, QPushButton] = {}
        self._groups = QVBoxLayout()
        self._groups.setSpacing(14)
        t = self._texts
        self._coded = label(
            t.tr("What is seen on the film is coded, each worker alone, and not written here."), "caption", wrap=True
        )
        self.column.addLayout(self._groups)
        self.column.addWidget(self._coded)

    def show_notes(self, editor: PlanEditor, file: CaseFile, *, anew: bool) -> None:
        self._editor, self._file = editor, file
        self._coded.setVisible(editor.meeting.is_filmed)
        kinds = kinds_for(editor.meeting)
        shown = (editor, kinds, tuple((n.id, n.kind) for n in editor.notes))
        is_other = anew or shown != self._shown
        if shown != self._shown:
            self._shown = shown
            self._make(editor, kinds)
        for note in editor.notes:
            if note.id in self.rows:
                self.rows[note.id].show_note(note, file, anew=is_other)

    def _make(self, editor: PlanEditor, kinds: tuple[NoteKind, ...]) -> None:
        self.commit()
        clear(self._groups)
        self.rows, self.adds = {}, {}
        words = kind_words(self._texts)
        for kind in kinds:
            group = stacked(label(words[kind][0], "strong"), spacing=8)
            for note in editor.notes:
                if note.kind == kind:
                    self.rows[note.id] = row = _NoteRow(self._space, note, editor)
                    group.addWidget(row)
            self.adds[kind] = add = button(words[kind][1], partial(self._add, kind), "link")
            group.addLayout(beside(add, None))
            self._groups.addLayout(group)

    def _add(self, kind: NoteKind) -> None:
        if self._editor is None or self._file is None:
            return
        self.commit()
        made = self._editor.add_note(kind)
        if made is not None:
            self.show_notes(self._editor, self._file, anew=False)
            self.rows[made.id].form.widgets["text"].setFocus()

    def commit(self) -> None:
        """What is being typed goes to the archive, each note by itself."""
        there = {n.id for n in self._editor.notes} if self._editor is not None else set()
        for key, row in self.rows.items():
            if key in there:
                row.form.commit()
