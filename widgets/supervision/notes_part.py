"""The supervisor's own notes to a session: sealed, nobody else's, erased at will; with honest words about access."""

from __future__ import annotations

from functools import partial

from app.errors import AppError
from app.model.supervision_note import SupervisionNote
from app.supervising import own_notes
from app.workspace import Workspace
from widgets.forms.inputs import GrowingText
from widgets.look.parts import Card, beside, button, clear, confirm, label, section_label, stacked


class NotesPart(Card):
    """A field for each note and one more; what is typed is written when the field is left."""

    def __init__(self, space: Workspace, agreement_id: str) -> None:
        super().__init__(spacing=8)
        self._space, self._texts, self._agreement_id = space, space.texts, agreement_id
        self._session_id = ""
        self.fields: list[tuple[SupervisionNote | None, GrowingText]] = []
        t = space.texts
        self._rows = stacked(spacing=8)
        self.erase = button(t.tr("Erase the own notes of this session"), self._erase, "quiet")
        for part in (
            section_label(t.tr("Own notes")),
            label(
                t.tr("Sealed under your own key. Nobody else reads them here, and they go into no paper."),
                "muted",
                wrap=True,
            ),
            label(t.tr(own_notes.HONEST), "caption", wrap=True),
        ):
            self.column.addWidget(part)
        self.column.addLayout(self._rows)
        self.column.addLayout(beside(None, self.erase))

    def show_session(self, session_id: str) -> None:
        """The notes of another session; none is begun by looking."""
        self._session_id = session_id
        clear(self._rows)
        self.fields = []
        t = self._texts
        held: tuple[SupervisionNote | None, ...] = own_notes.notes_of(self._space.store, self._agreement_id, session_id)
        for number, note in enumerate((*held, None), start=1):
            made = GrowingText(2 if note is None else 1)
            made.setAccessibleName(t.tr("Own note {n}", n=number))
            if note is not None:
                made.setPlainText(note.text)
            else:
                made.setPlaceholderText(t.tr("A new note"))
            made.left.connect(partial(self._on_left, number - 1))
            self.fields.append((note, made))
            self._rows.addWidget(made)
        self.erase.setVisible(bool(held))

    def commit(self) -> None:
        for number in range(len(self.fields)):
            self._on_left(number, again=False)

    def _on_left(self, number: int, *, again: bool = True) -> None:
        if number >= len(self.fields):
            return
        note, field = self.fields[number]
        said = field.toPlainText().strip()
        if said == (note.text if note is not None else ""):
            return
        door, t = self._space.door, self._texts
        try:
            if note is None:
                kept: SupervisionNote | None = own_notes.write(door, t, self._agreement_id, said, self._session_id)
            else:
                kept = own_notes.edit(door, t, note, said)
        except AppError as error:
            self._space.notices.trouble(error)
            return
        self.fields[number] = (kept if said else None, field)
        if again:
            self.show_session(self._session_id)

    def _erase(self) -> None:
        t = self._texts
        held = own_notes.notes_of(self._space.store, self._agreement_id, self._session_id)
        asked = t.tr("Are the own notes of this session erased? They cannot be brought back.")
        if not confirm(self, t, asked, t.tr("Erase")):
            return
        try:
            own_notes.erase(self._space.door, t, *held)
        except AppError as error:
            self._space.notices.trouble(error)
        self.show_session(self._session_id)
