"""The case's meetings in one card: each a row that opens it, with what came of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from app.casework.case_file import CaseFile
from app.casework.film_use import FilmMark, Mark
from app.casework.meeting_words import Standing, how_words, standing_words
from app.i18n import Texts, today
from app.model.meeting import Meeting
from widgets.cases.meeting_words import meeting_title
from widgets.look.consent_mark import SIZE, mark_words, shape
from widgets.look.look import Look, font
from widgets.look.parts import beside, label, stacked

ICONS = {
    Standing.HELD: "check",
    Standing.TODAY: "play",
    Standing.COMING: "clock",
    Standing.UNTOLD: "warning",
    Standing.CANCELLED: "close",
    Standing.NO_SHOW: "close",
}
HEIGHT, WHEN = 52, 150


class MeetingRow(QPushButton):
    """When, which, and how it stands; a screen reader hears all of it in one sentence."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.meeting_id = ""
        self.setProperty("kind", "tile")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._sign = QLabel()
        self._sign.setFixedWidth(22)
        self._mark = QLabel()
        self._when, self._title, self._state = label(""), label("", "strong"), label("", "muted")
        self._when.setFont(font(tabular=True))
        self._when.setFixedWidth(WHEN)
        said = stacked(self._title, self._state, spacing=1)
        row = beside(self._sign, self._when, said, self._mark, spacing=10, margins=(14, 6, 14, 6))
        row.setStretch(2, 1)
        self.setLayout(row)
        for part in (self._sign, self._when, self._title, self._state, self._mark):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            part.setMinimumWidth(0 if part is not self._when else WHEN)

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    def show_meeting(self, t: Texts, file: CaseFile, meeting: Meeting, found: Standing, mark: FilmMark | None) -> None:
        """`mark` says of a filmed meeting what may be done with its films; its sign is there where something lacks."""
        self.meeting_id = meeting.id
        day, local = today(), meeting.held.astimezone()
        self._sign.setPixmap(self._look.pixmap(ICONS[found], "text" if found == Standing.TODAY else "muted", 18))
        self._when.setText(f"{t.weekday(local)} {t.date(local.date(), year=False)} {t.time(meeting.held)}")
        self._title.setText(meeting_title(t, file, meeting))
        struck = self._title.font()
        struck.setStrikeOut(not meeting.takes_place)
        self._title.setFont(struck)
        self._state.setText(f"{how_words(t, file, meeting, day)} · {standing_words(t, meeting, found)}")
        self.setAccessibleName(f"{self._title.text()}, {self._when.text()}, {self._state.text()}")
        lacks = mark is not None and mark.mark != Mark.IN_FORCE
        self._mark.setVisible(lacks)
        if mark is not None and lacks:
            self._mark.setPixmap(self._look.pixmap(*shape(mark.mark), SIZE))
        self.setToolTip("")
        if mark is not None:
            words = mark_words(t, mark)
            self.setToolTip(words)
            self.setAccessibleName(f"{self.accessibleName()}, {words}")
