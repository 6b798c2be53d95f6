"""What every section of a case is: shown for one case's editor, refreshed when it changes, committed when left."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.casework.case_editor import CaseEditor
from app.casework.case_file import CaseFile
from app.i18n import Texts
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import stacked

MARGINS = (24, 18, 24, 24)
#: lines of text longer than this are hard to read
WIDEST = 1040


class Section(QWidget):
    """One page of the case. Subclasses fill `column`; `show_case` comes before anything else."""

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__()
        self.space = space
        self.look = look
        self._words = StatementTexts(space.texts.language)
        self._editor: CaseEditor | None = None
        self.column = stacked(spacing=14, margins=MARGINS)
        self.setLayout(self.column)

    @property
    def texts(self) -> Texts:
        return self.space.texts

    @property
    def words(self) -> StatementTexts:
        """The pick-lists' words in the screen's language."""
        return self._words

    @property
    def editor(self) -> CaseEditor:
        assert self._editor is not None, "a section shows a case"
        return self._editor

    @property
    def file(self) -> CaseFile:
        return self.editor.file

    def show_case(self, editor: CaseEditor) -> None:
        """Another case, or the same one anew."""
        anew = self._editor is not editor
        self._editor = editor
        self.refresh(anew=anew)

    def refresh(self, *, anew: bool = False) -> None:
        """The case changed; `anew` when it is another one and nothing typed is kept."""

    def commit(self) -> None:
        """What is being typed goes to the archive."""
