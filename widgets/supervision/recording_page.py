"""*Tallenne*: who lets the session be recorded, its recording in the room or from a file, and what becomes of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.door import Written
from app.i18n import today
from app.model.filming import OpenRecording
from app.model.recorded_session import all_agree, asked, word_of
from app.model.recording import Recording
from app.model.supervision import SupervisionSession
from app.supervising import recording
from app.supervising.agreements import SupervisionEditor
from app.supervising.recording import Recorded
from app.workspace import Workspace
from widgets.cases.films_panel import FilmsPanel
from widgets.forms.inputs import ChoiceBox, named_choice
from widgets.look.look import Look
from widgets.look.parts import (
    Card,
    beside,
    button,
    clear,
    confirm,
    label,
    primary_button,
    scrolled,
    section_label,
    stacked,
)
from widgets.supervision.brought_part import BroughtPart

_YES, _NO = "yes", "no"
#: with these of any door the page is out of date
_SHOWN = frozenset((Recording, OpenRecording))


class RecordingPage(QWidget):
    """`code_pressed` and `film_pressed` tell the id of the meeting in whose place the recording stands."""

    back_pressed = Signal()
    film_pressed = Signal(str)
    code_pressed = Signal(str)

    def __init__(self, space: Workspace, look: Look, editor: SupervisionEditor) -> None:
        super().__init__()
        self._space, self._texts, self._editor = space, space.texts, editor
        self._session_id = ""
        self.words: dict[str, ChoiceBox] = {}
        t = self._texts
        self._title, self._day = label(t.tr("Recording"), "title"), label("", "muted")
        self.code = button(t.tr("Watch and code"), self._code)
        self.bring = button(t.tr("Take in the recording of a call…"), self._bring)
        self.film = primary_button(t.tr("Record the session…"), self._film)
        head = beside(
            button(t.tr("Back to the session"), self.back_pressed.emit, "quiet"),
            self._title,
            self._day,
            None,
            self.code,
            self.bring,
            self.film,
            spacing=10,
        )
        self._rows = stacked(spacing=6)
        self._state = label("", "strong", wrap=True)
        asked_for = t.tr("Everybody who is there is asked. Without everybody's yes nothing is recorded or taken in.")
        back = t.tr("Who takes the yes back is heard at once: the recording is closed from use and waits to be erased.")
        words = self._words_card = Card(
            section_label(t.tr("Who lets it be recorded")),
            self._state,
            self._rows,
            label(asked_for, "caption", wrap=True),
            label(back, "caption", wrap=True),
            spacing=8,
        )
        self.films = FilmsPanel(space, look)
        self.films.take.hide()  # asked for above
        self._none = label(t.tr("Nothing has been recorded of this session."), "muted", wrap=True)
        kept = t.tr(
            "The recording is on supervision's side of the wall, for the supervisor and whom the agreement names. It "
            "is closed from use at the latest when the agreement ends."
        )
        held = self._held_card = Card(
            section_label(t.tr("Recordings")), self._none, self.films, label(kept, "caption", wrap=True), spacing=10
        )
        self.brought = BroughtPart(space, look, editor)
        self.brought.code_pressed.connect(self.code_pressed)
        body = beside(stacked(words, None), stacked(held, self.brought, None, spacing=14), spacing=16)
        body.setStretch(0, 2)
        body.setStretch(1, 3)
        inside = QWidget()
        inside.setMaximumWidth(1280)
        inside.setLayout(stacked(head, body, None, spacing=14, margins=(20, 14, 20, 20)))
        self.setLayout(stacked(scrolled(inside), spacing=0))
        space.changed.connect(self._on_written)  # bound: the archive outlives the page

    @property
    def session(self) -> SupervisionSession | None:
        return next((s for s in self._editor.sessions if s.id == self._session_id), None)

    def show_session(self, session_id: str) -> bool:
        """Show one as it is now; False when it is gone."""
        self._session_id = session_id
        session = self.session
        if session is None:
            return False
        held = recording.recorded(self._space.store, session)
        self._day.setText(self._texts.date(session.at.astimezone().date()))
        self._show_words(session, held)
        self._show_films(session, held)
        self.brought.show_session(session)
        for part in (self._words_card, self._held_card, self.bring, self.film):
            part.setVisible(not self._editor.sees_own_alone)
        return True

    def _show_words(self, session: SupervisionSession, held: Recorded) -> None:
        t, agreement = self._texts, self._editor.agreement
        who = asked(agreement, session)
        if list(self.words) != list(who):
            clear(self._rows)
            self.words = {}
            rows = [("", t.tr("not asked yet")), (_YES, t.tr("says yes")), (_NO, t.tr("says no"))]
            for one in who:
                name = recording.called(t, agreement, one)
                choice = named_choice(name, rows)
                choice.activated.connect(partial(self._on_word, one))
                self.words[one] = choice
                row = beside(label(name, wrap=True), choice)
                row.setStretch(0, 1)
                self._rows.addLayout(row)
        for one, choice in self.words.items():
            word = word_of(session, one)
            said = "" if word is None else _YES if word.given else _NO
            choice.setCurrentIndex(choice.findData(said))
            choice.setEnabled(self._editor.is_mine and not held.is_under_way)
        self._state.setText(self._said(session))

    def _said(self, session: SupervisionSession) -> str:
        """How it stands with everybody's word."""
        t, agreement = self._texts, self._editor.agreement
        if no := recording.refused(agreement, session):
            names = ", ".join(recording.called(t, agreement, one) for one in no)
            return t.tr("Not recorded, for this one said no: {who}", who=names)
        if all_agree(agreement, session):
            return t.tr("Everybody has said yes.")
        left = len(recording.unsaid(agreement, session))
        return t.trn("{n} has not been asked yet.", "{n} have not been asked yet.", left)

    def _show_films(self, session: SupervisionSession, held: Recorded) -> None:
        editor, store = self._editor, self._space.store
        may = editor.is_mine and recording.may_begin(editor.agreement, session)
        found = recording.standing(store, held, today())
        self.film.setEnabled(may or held.is_under_way)
        self.bring.setEnabled(may and not held.is_under_way)
        self.code.setVisible(held.meeting is not None and store.me in held.meeting.coders)
        self.code.setEnabled(found is not None and found.is_given and bool(held.in_use))
        self.films.setVisible(held.meeting is not None)
        self._none.setVisible(held.meeting is None)
        if held.meeting is not None:
            self.films.show_films(held.meeting.id)

    # acts

    def _on_word(self, who: str, _row: int) -> None:
        session, t = self.session, self._texts
        if session is None:
            return
        said = self.words[who].currentData()
        held = recording.recorded(self._space.store, session)
        question = t.tr(
            "Is the yes taken back? The recordings of the session are closed from use and wait for erasing."
        )
        if said != _NO or not held.in_use or confirm(self, t, question, t.tr("Take the yes back")):
            given = {_YES: True, _NO: False}.get(said)
            self._editor.say_to_recording(session, who, given=given)
        self.show_session(session.id)

    def _film(self) -> None:
        session = self.session
        meeting = None if session is None else self._editor.record(session)
        if meeting is not None:
            self.film_pressed.emit(meeting.id)

    def _bring(self) -> None:
        session = self.session
        if session is not None and self._editor.record(session) is not None and self.show_session(session.id):
            self.films.take.click()

    def _code(self) -> None:
        session = self.session
        held = Recorded() if session is None else recording.recorded(self._space.store, session)
        if held.meeting is not None:
            self.code_pressed.emit(held.meeting.id)

    def _on_written(self, written: Written) -> None:
        if self.isVisible() and any(change.kind in _SHOWN for change in written.changes):
            self.show_session(self._session_id)
