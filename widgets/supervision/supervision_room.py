"""One agreement: its page at a glance, and the pages of the agreement, a session and the evaluations."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import now
from app.model.erasure import Whole
from app.model.supervision import SupervisionSession
from app.ports.player import Player
from app.supervising import sessions as course
from app.supervising.agreements import SupervisionEditor
from app.supervising.hours_told import hours_beside
from widgets.look.parts import OnePage, stacked
from widgets.retention.whole_card import WholeCard
from widgets.room_screen import Room
from widgets.screen import Screen
from widgets.supervision.agreement_page import AgreementPage
from widgets.supervision.film_page import FilmPage
from widgets.supervision.notes_part import NotesPart
from widgets.supervision.overview_page import OverviewPage
from widgets.supervision.plan_dialog import PlanDialog
from widgets.supervision.rating_page import RatingPage
from widgets.supervision.recording_page import RecordingPage
from widgets.supervision.session_page import SessionPage
from widgets.supervision.wall_line import WallLine


class SupervisionRoom(Room):
    """`turned` tells that the head of the place has to say something else."""

    turned = Signal()
    paper_pressed = Signal()
    follow_pressed = Signal()

    def __init__(self, place: Screen, agreement_id: str, new_player: Callable[[], Player]) -> None:
        super().__init__()
        self._place, self._texts = place, place.texts
        space, look, t = place.workspace, place.look, place.texts
        self.editor: SupervisionEditor = space.editor(
            f"supervision/{agreement_id}", lambda: SupervisionEditor(space.store, t, agreement_id)
        )
        self.editor.reread()
        self.keeping = WholeCard(space, Whole.SUPERVISION, agreement_id)
        self.overview = OverviewPage(look, t, now, self.keeping)
        self.notes = NotesPart(space, agreement_id)
        self.session = SessionPage(look, t, self.editor, self.notes)
        self.agreement = AgreementPage(look, t, self.editor)
        self.rating = RatingPage(look, t, self.editor)
        self.film = FilmPage(place, self.editor, new_player)
        self.recording = RecordingPage(space, look, self.editor)
        self.pages = OnePage()
        for page in (self.overview, self.agreement, self.session, self.rating, self.film, self.recording):
            self.pages.addWidget(page)
        self.setLayout(stacked(WallLine(look, t), self.pages, spacing=0))
        self._connect()
        self._fold()
        self.refresh()
        if not self.editor.agreement.is_signed and not self.editor.sessions:
            self.to_agreement()

    def _connect(self) -> None:
        self.overview.session_pressed.connect(self.open_session)
        self.overview.plan_pressed.connect(self.plan)
        self.overview.add_pressed.connect(self.add_session)
        self.overview.agreement_pressed.connect(self.to_agreement)
        self.overview.rating_pressed.connect(self.to_rating)
        for page in (self.agreement, self.session, self.rating):
            page.back_pressed.connect(self.to_overview)
        self.session.clips_pressed.connect(self.to_film)
        self.session.recording_pressed.connect(self.to_recording)
        self.film.back_pressed.connect(self._from_film)
        self.recording.back_pressed.connect(self._from_recording)
        self.recording.film_pressed.connect(lambda meeting_id: self._place.go("filming", meeting_id=meeting_id))
        self.recording.code_pressed.connect(lambda meeting_id: self._place.go("coding", meeting_id=meeting_id))
        self.agreement.paper_pressed.connect(self.paper_pressed)
        self.agreement.follow_pressed.connect(self.follow_pressed)
        self._place.folding.changed.connect(self._fold)
        self.editor.changed.connect(self._on_changed)  # bound: the editor outlives the room
        self.editor.saved.connect(self._place.show_saved)

    def _fold(self) -> None:
        self.overview.fold(is_narrow=self._place.folding.is_narrow)

    # pages

    def to_overview(self) -> None:
        self._turn(self.overview)

    def to_agreement(self) -> None:
        self.agreement.show_agreement(anew=True)
        self._turn(self.agreement)

    def to_rating(self) -> None:
        self.rating.show_phase()
        self.rating.show_ratings()
        self._turn(self.rating)

    def open_session(self, session_id: str) -> None:
        self.commit()
        if self.session.show_session(session_id, now()):
            self.notes.show_session(session_id)
            self.notes.setVisible(self.editor.is_mine)
            self._turn(self.session)

    def open_next(self) -> None:
        """The next session, or the last that nobody has told of."""
        sessions = self.editor.sessions
        wanted = course.next_one(sessions, now()) or next(iter(course.unsaid(sessions, now())), None)
        if wanted is not None:
            self.open_session(wanted.id)

    def to_film(self) -> None:
        """The clips of the session that is open."""
        session = self.session.session
        self.commit()
        if session is not None and self.film.show_session(session.id):
            self._turn(self.film)

    def to_recording(self) -> None:
        """The recording of the session that is open."""
        session = self.session.session
        self.commit()
        if session is not None and self.recording.show_session(session.id):
            self._turn(self.recording)

    def _from_recording(self) -> None:
        self._to_session(self.recording.session)

    def _from_film(self) -> None:
        self._to_session(self.film.session)

    def _to_session(self, session: SupervisionSession | None) -> None:
        if session is None:
            self.to_overview()
        else:
            self.open_session(session.id)

    def _turn(self, page: QWidget) -> None:
        self.commit()
        if page is not self.film:
            self.film.end()
        self.pages.setCurrentWidget(page)
        self.refresh()
        self.turned.emit()

    # acts

    def plan(self) -> None:
        """The sessions that are left of the agreement's, from a day on."""
        agreement = self.editor.agreement
        asked = PlanDialog(self, self._texts, self._texts.tr("Plan the sessions"), agreement.start)
        if asked.exec():
            self.editor.plan(asked.moment())

    def add_session(self) -> None:
        asked = PlanDialog(
            self,
            self._texts,
            self._texts.tr("Add a session"),
            None,
            ask_exploratory=not self.editor.agreement.is_signed,
        )
        if asked.exec():
            self.editor.add_session(asked.moment(), exploratory=asked.is_exploratory())

    # of every room

    def refresh(self) -> None:
        """Show what the editor holds on the page that is in front."""
        page = self.pages.currentWidget()
        if page is self.overview:
            self.overview.show_course(self.editor, hours_beside(self._place.workspace.store, self.editor.agreement_id))
            self.keeping.refresh()
        elif page is self.agreement:
            self.agreement.show_agreement()
        elif page is self.rating:
            self.rating.show_ratings()
        elif page is self.film:
            self.film.refresh()
        elif page is self.recording and (session := self.recording.session) is not None:
            self.recording.show_session(session.id)
        elif page in (self.session, self.recording):
            session = self.session.session
            if session is None:
                self.to_overview()
            else:
                self.session.show_session(session.id, now())

    def _on_changed(self, _changes: object) -> None:
        self.refresh()
        self.turned.emit()

    def commit(self) -> None:
        page = self.pages.currentWidget()
        for one in (self.agreement, self.session, self.rating, self.film):
            if page is one:
                one.commit()
        if page is self.session:
            self.notes.commit()

    def undo(self) -> None:
        self.editor.undo()

    def redo(self) -> None:
        self.editor.redo()

    def is_playing(self) -> bool:
        return self.film.is_under_way

    def pause(self) -> None:
        """The place is left: nothing is shown elsewhere."""
        self.film.end()

    def close_film(self) -> None:
        self.commit()
        self.film.let_go()
