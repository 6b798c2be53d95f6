"""What is said, over the picture that leads and over the one on the second screen; off until it is turned on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.casework.case_file import CaseFile
from app.casework.said import SaidEditor
from app.casework.said_words import caption
from app.model.timecode import Micros
from app.ports.player import Player
from app.workspace import Workspace
from widgets.films.pictures import FilmPictures
from widgets.films.showing import Showing


class Captions(QObject):
    """Nothing is read for it while it is off."""

    turned = Signal(bool)

    def __init__(
        self, space: Workspace, meeting_id: str, pictures: FilmPictures, showing: Showing, player: Player
    ) -> None:
        super().__init__(pictures)
        self._space, self._meeting_id = space, meeting_id
        self._pictures, self._showing, self._player = pictures, showing, player
        self._editor: SaidEditor | None = None
        self._case: CaseFile | None = None

    @property
    def is_on(self) -> bool:
        return self._space.preferences.remembered.captions

    def toggle(self) -> None:
        """On or off, here and in the next meeting."""
        self._space.preferences.remember(captions=not self.is_on)
        self.refresh()
        self.turned.emit(self.is_on)

    def refresh(self, _changes: object = None) -> None:
        self.show_at(self._player.position())

    def show_at(self, time: Micros) -> None:
        """What is said at a time, on the meeting's clock."""
        words = self._words(time) if self.is_on else ""
        leading = self._player.leading()
        for camera in self._pictures.cameras:
            self._pictures.view(camera).show_caption(words if camera == leading else "")
        self._showing.show_caption(words)

    def _words(self, time: Micros) -> str:
        if self._editor is None:
            self._editor = self._space.said_editor(self._meeting_id)
            self._case = self._space.case_of(self._space.meeting_file(self._meeting_id).meeting)
            self._editor.changed.connect(self.refresh)  # bound: the editor outlives the pictures
            self._editor.read_anew.connect(self.refresh)
        assert self._case is not None
        said = (caption(self._space.texts, self._case, line) for line in self._editor.at(time))
        return "\n".join(words for words in said if words)
