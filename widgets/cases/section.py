"""What every section of a case is: of one case's editor, read when it is looked at, committed when left."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.casework.case_editor import CaseEditor
from app.casework.case_file import CaseFile
from app.i18n import Texts
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import beside, stacked

MARGINS = (24, 18, 24, 24)
#: lines of text longer than this are hard to read
WIDEST = 1040


def bounded(part: QWidget) -> QHBoxLayout:
    """A part that is at most `WIDEST` wide: alone in a column its lines would be counted as if it were wider."""
    part.setMaximumWidth(WIDEST)
    row = beside(part, None)
    row.setStretch(0, 1000)
    return row


class Section(QWidget):
    """One page of the case. Subclasses fill `column`, `read` and `write`; `show_case` comes before anything."""

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__()
        self.space = space
        self.look = look
        self._words = StatementTexts(space.texts.language)
        self._editor: CaseEditor | None = None
        self._is_due = self._anew = False  # to be read when it comes in sight; of another case than was read last
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

    @property
    def is_read(self) -> bool:
        """Whether what stands here is of the case that is shown: a section behind the others may hold the last one."""
        return self._editor is not None and not self._anew

    def show_case(self, editor: CaseEditor) -> None:
        """Another case, or the same one anew; it is read when it is looked at."""
        self._is_due, self._anew = True, self._anew or self._editor is not editor
        self._editor = editor

    def refresh(self) -> None:
        """The case changed. Out of sight nothing is read: a case is opened for one section more often than for all."""
        self._is_due = True
        if self.isVisible():
            self.look_at()

    def look_at(self) -> None:
        """It is in front, or just coming there: what stands here is what the archive has now."""
        if self._is_due and self._editor is not None:
            anew, self._is_due, self._anew = self._anew, False, False
            self.read(anew=anew)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look_at()

    def commit(self) -> None:
        """What is being typed goes to the archive."""
        if self.is_read:
            self.write()

    def read(self, *, anew: bool) -> None:
        """Show the case as it is now; `anew` when it is another one and nothing typed is kept."""

    def write(self) -> None:
        """Hand what is being typed to the editor."""
