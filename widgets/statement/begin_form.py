"""A document is begun: of which kind, in which language, about which meetings."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.casework.case_file import CaseFile
from app.i18n import NAMES
from app.model.commission import DocumentKind
from app.model.statement import Statement
from app.services.documents import form
from app.services.library import first
from app.statement.beginning import begin_statement, documents, kind_asked
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.forms.inputs import ChoiceBox
from widgets.look.parts import Card, beside, field, label, primary_button
from widgets.statement.meeting_choice import MeetingChoice


class BeginForm(Card):
    """The kind that the commission asks for is chosen while the case has none of it. `begin_asked` when pressed."""

    begin_asked = Signal()

    def __init__(self, workspace: Workspace, file: CaseFile, adult: str) -> None:
        super().__init__(spacing=14, padding=24)
        self._workspace, self._file, self._adult = workspace, file, adult
        t = workspace.texts
        self.kind, self.language = ChoiceBox(), ChoiceBox()
        words = StatementTexts(t.language)
        for kind in DocumentKind:
            self.kind.addItem(words.document_kind(kind), kind)
        self.kind.setCurrentIndex(list(DocumentKind).index(self._first()))
        for code, name in NAMES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(list(NAMES).index(t.language))
        self._about = label("", "muted", wrap=True)
        self.meetings = MeetingChoice(workspace, "")
        self.meetings.offer(tuple(m for m in file.meetings if adult in ("", m.adult_id)))
        self.kind.currentIndexChanged.connect(lambda _: self._say())
        filled = t.tr(
            "The sections are filled from the archive: commission, meetings, observations that both marked, "
            "agreement. The rest you write."
        )
        for part in (label(t.tr("Begin the document"), "heading"), label(filled, "muted", wrap=True)):
            self.column.addWidget(part)
        self.column.addLayout(field(t.tr("Kind of document"), self.kind))
        self.column.addWidget(self._about)
        self.column.addLayout(field(t.tr("Language of the document"), self.language))
        self.column.addWidget(self.meetings)
        self.column.addLayout(beside(None, primary_button(t.tr("Begin"), self.begin_asked.emit)))
        self.setMaximumWidth(560)
        self._say()

    def begin(self) -> Statement:
        """The document as it was chosen. Raises NotAllowed."""
        space, kind = self._workspace, DocumentKind(self.kind.currentData())
        language = str(self.language.currentData())
        chosen = self.meetings.chosen()
        return begin_statement(space.door, space.texts, self._file.case.id, language, chosen, self._adult, kind)

    def _first(self) -> DocumentKind:
        """What the commission asks for, and when that is begun already what follows on the talk with the parents."""
        asked = kind_asked(self._file)
        held = documents(self._workspace.store, self._file.case.id, self._adult or None)
        return DocumentKind.FEEDBACK if any(s.kind == asked for s in held) else asked

    def _say(self) -> None:
        t, kind = self._workspace.texts, DocumentKind(self.kind.currentData())
        about = form(first(), kind).about
        self._about.setText(t.words(about))
