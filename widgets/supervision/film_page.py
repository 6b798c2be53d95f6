"""*Katkelmat ja heijastukset*: a session's clips are brought, shown on the second screen, and spoken of in rounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.clips.covering import covering_of
from app.clips.lookup import Lookup
from app.clips.permitted import films_of
from app.errors import AppError
from app.i18n import today
from app.model.feedback import Clip
from app.model.supervision import SupervisionSession
from app.model.supervision_film import ClipUse, Reflection, Shared
from app.model.timecode import Micros
from app.ports.player import Player
from app.supervising import film, film_words
from app.supervising.agreements import SupervisionEditor
from widgets.feedback.quiet_area import QuietArea
from widgets.feedback.showing_list import HIGH, ShowingLine, ShowingList
from widgets.feedback.stage_controls import ARROWS
from widgets.keys.matcher import Act, Matcher
from widgets.look.parts import beside, button, label, primary_button, scrolled, stacked
from widgets.screen import Screen
from widgets.supervision.bring_dialog import BringDialog
from widgets.supervision.clip_doors import ClipDoors
from widgets.supervision.clip_screen import ClipScreen
from widgets.supervision.controller_dialog import ControllerDialog
from widgets.supervision.rounds_part import RoundsPart
from widgets.supervision.use_part import UsePart

#: what may make a clip one that is not shown any more
_WATCHED = frozenset(
    ("Consent", "ControllerDecision", "Commission", "Meeting", "Recording", "Clip", "ClipCover", "Case", "Person",
     "CodingHeader", "ClipUse")
)  # fmt: skip

#: clips of the session that are seen at once
_ROWS = 3


class FilmPage(QWidget):
    """Nothing of a film is seen before it is said which screen is right; each showing is on record before it is."""

    back_pressed = Signal()

    def __init__(self, place: Screen, editor: SupervisionEditor, new_player: Callable[[], Player]) -> None:
        super().__init__()
        self._place, self._texts, self.editor, self._new_player = place, place.texts, editor, new_player
        space = self._space = place.workspace
        self._lookup = Lookup(space.store, place.texts)
        self._doors = ClipDoors(space, editor)
        self._session_id = self._use_id = ""
        self._rounds: dict[str, film.Rounds] = {}
        self._at: Micros = 0
        self._build()
        self._matcher = Matcher(self._acts(), space.preferences)
        self._connect()

    # building

    def _build(self) -> None:
        t, look = self._texts, self._place.look
        self.screen_part = ClipScreen(self._place, self._doors, self._new_player, self._toggle)
        self.stage, self.display = self.screen_part.stage, self.screen_part.display
        self.view, self.controls = self.screen_part.view, self.screen_part.controls
        self.trial = self.screen_part.trial
        self.use_part, self.rounds = UsePart(look, t), RoundsPart(look, t)
        self.show_button = primary_button(t.tr("Show the clip"), self.show_clip)
        self.end_button = button(t.tr("End showing"), self.end)
        body = beside(self._build_middle(), self._build_right(), spacing=16)
        body.setStretch(0, 1)
        self._title, self._day = label("", "title"), label("", "muted")
        self._screen = label("", "muted")
        head = beside(
            button(t.tr("Back to the session"), self.back_pressed.emit, "quiet"),
            self._title,
            self._day,
            None,
            self._screen,
            self.end_button,
            self.show_button,
            spacing=10,
        )
        inside = QWidget()
        inside.setLayout(stacked(head, body, spacing=12, margins=(20, 12, 20, 16)))
        self.setLayout(stacked(scrolled(inside, QuietArea()), spacing=0))

    def _build_list(self) -> QHBoxLayout:
        t = self._texts
        self.list = ShowingList(self._place.look, t.tr("Clips of the session"), t.tr("shown"))
        self.list.asked.connect(self._on_row)
        self.bring = button(t.tr("Bring a clip…"), self._bring)
        row = beside(self.list, stacked(self.bring, None), spacing=12)
        row.setStretch(0, 1)
        return row

    def _build_middle(self) -> QWidget:
        t = self._texts
        self._empty = label(
            t.tr("No clip was brought to this session. Choose one by the client's code name."), "muted", wrap=True
        )
        why = t.tr(
            "A client's clip is shown by the client's consent, asked each time. Each showing is in the client's log."
        )
        made = QWidget()
        rule = label(why, "caption", wrap=True)
        column = stacked(self._build_list(), self._empty, self.screen_part, self.use_part, rule, None, spacing=12)
        made.setLayout(column)
        return made

    def _build_right(self) -> QWidget:
        self.rounds.setFixedWidth(310)
        return self.rounds

    def _acts(self) -> dict[str, Act]:
        return {
            **self.controls.acts(),
            "showing.next": lambda: self._step(1),
            "showing.previous": lambda: self._step(-1),
        }

    def _connect(self) -> None:
        stage, use, rounds = self.stage, self.use_part, self.rounds
        self._matcher.bind(self, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.screen_part.moved.connect(self._on_moved)
        self.screen_part.right.connect(self._show_now)
        self.screen_part.turned.connect(self._show_buttons)
        stage.turned.connect(self._show_buttons)
        stage.barred.connect(self._on_barred)
        use.edited.connect(self._on_edit)
        use.cover_pressed.connect(self._cover)
        use.controller_pressed.connect(self._decide)
        use.coding_pressed.connect(self._to_coding)
        use.away_pressed.connect(self._take_away)
        rounds.next_pressed.connect(self._next_speaker)
        rounds.stop_pressed.connect(self._stop)
        rounds.wrote.connect(self._on_wrote)
        rounds.play_asked.connect(self.play_from)
        rounds.shared_chosen.connect(lambda mark, shared: self.editor.edit_mark(mark, shared=shared))
        rounds.remove_asked.connect(self.editor.remove_mark)
        rounds.typing_begun.connect(self._fix_moment)
        self._space.changed.connect(self._on_written)
        for made in (*self.controls.buttons.values(), self.show_button, self.end_button, rounds.next, rounds.stop):
            made.installEventFilter(self)

    # what is held

    @property
    def session(self) -> SupervisionSession | None:
        return next((s for s in self.editor.sessions if s.id == self._session_id), None)

    @property
    def uses(self) -> tuple[ClipUse, ...]:
        return self.editor.uses(self._session_id)

    @property
    def use(self) -> ClipUse | None:
        """The clip that is spoken of."""
        found = self.editor.use(self._use_id)
        return found if found is not None and found.session_id == self._session_id else None

    def _clip(self, use: ClipUse) -> Clip | None:
        return film.clip_of(self._space.store, use)

    def _judged(self, use: ClipUse) -> film.Judged:
        try:
            return film.judged(self._space.store, self.editor.agreement, use, today())
        except AppError:
            return film.Judged(film.Bar.FILM_GONE)

    @property
    def is_under_way(self) -> bool:
        """Whether people sit before the second screen now: the idle lock waits."""
        return self.screen_part.is_under_way

    # showing this page

    def show_session(self, session_id: str) -> bool:
        """The clips of a session; False when it is gone."""
        if session_id != self._session_id:
            self.end()
            self._session_id, self._use_id = session_id, ""
        session, t = self.session, self._texts
        if session is None:
            return False
        self._title.setText(t.tr("Clips and reflections"))
        self._day.setText(t.date(session.at.astimezone().date()))
        if self.use is None and self.uses:
            self._use_id = self.uses[0].id
        self.refresh()
        return True

    def refresh(self) -> None:
        """Everything as it is now."""
        use = self.use
        self._fill_list()
        has, mine = use is not None, self.editor.is_mine
        self._empty.setVisible(not has)
        for part in (self.use_part, self.rounds):
            part.setVisible(has)
        self.screen_part.setVisible(use is not None and self.editor.may_show(use))
        self.bring.setVisible(mine)
        if use is not None:
            self._show_use(use)
        self._show_buttons()

    def _fill_list(self) -> None:
        lines = []
        for number, use in enumerate(self.uses, start=1):
            called, long = self._called(use)
            bar = self._judged(use).bar if self._clip(use) is not None else film.Bar.FILM_GONE
            barred = "" if bar is None else self._texts.tr(film_words.BARS[bar])
            is_on = use.id == self._use_id
            lines.append(ShowingLine(number, called, long, barred, is_on=is_on, was_shown=bool(use.shown)))
        self.list.show_lines(lines)
        self.list.setFixedHeight(min(max(len(lines), 1), _ROWS) * HIGH + 4)
        self.list.setVisible(bool(lines))

    def _called(self, use: ClipUse) -> tuple[str, str]:
        """Code name with what it is of, and how long it is; of one that may not be read nothing."""
        clip = self._clip(use)
        if clip is None:
            return self._texts.tr("Clip"), ""
        try:
            told = film_words.told_clip(self._space.store, self._texts, self._lookup, clip)
        except AppError:
            return self._texts.tr("Clip"), ""
        return told.line, told.length

    def _show_use(self, use: ClipUse) -> None:
        editor, clip = self.editor, self._clip(use)
        found = self._judged(use)
        called, long = self._called(use)
        silent = clip is not None and use.covered and bool(covering_of(self._space.store, clip).muted)
        line = " · ".join(part for part in (called, long) if part)
        self.use_part.show_use(editor.agreement, use, found, line, silent=silent, mine=editor.is_mine)
        me = self._space.store.me
        people = [s for s in editor.agreement.supervisees if editor.is_mine or s == editor.own]
        self.rounds.offer(people)
        self.rounds.show_rounds(self._rounds_of(use), stopped=use.stopped, mine=editor.is_mine)
        self.rounds.show_marks(editor.agreement, editor.marks(use), 0 if clip is None else clip.first, me)
        self.screen_part.show_length(long)

    def _show_buttons(self) -> None:
        use = self.use
        may = use is not None and self._judged(use).may_be_shown
        self.show_button.setVisible(use is not None and self.editor.may_show(use))
        self.show_button.setEnabled(may)
        self.end_button.setVisible(self.display.is_on)
        name = self.display.name
        self._screen.setText(self._texts.tr("second screen: {name}", name=name) if self.display.is_on else "")

    # which clip

    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self.uses):
            self.choose(self.uses[row].id)

    def _step(self, by: int) -> None:
        at = next((n for n, use in enumerate(self.uses) if use.id == self._use_id), -1) + by
        self._on_row(at)

    def choose(self, use_id: str) -> None:
        """Another clip is spoken of; what was on goes black."""
        if use_id == self._use_id:
            return
        self.commit()
        self.screen_part.close_clip()
        self._use_id, self._at = use_id, 0
        self.rounds.show_moment(0)
        self.refresh()

    def _bring(self) -> None:
        session = self.session
        if session is None:
            return
        asked = BringDialog(self, self._space, self.editor, session)
        if asked.exec():
            made = self.editor.bring(session, asked.clip_id(), asked.asker.value(), asked.question.toPlainText())
            if made is not None:
                self.choose(made.id)
                self.refresh()

    def _take_away(self) -> None:
        use = self.use
        if use is not None:
            self.stage.close_now()
            self.rounds.let_go()
            if self.editor.take_away(use):
                self._use_id = self.uses[0].id if self.uses else ""
                self.refresh()

    def _on_edit(self, fields: dict[str, Any]) -> None:
        use = self.use
        if use is None:
            return
        if "covered" in fields:
            self.screen_part.close_clip()
        if "asker" in fields:
            self._rounds.pop(use.id, None)
        self.editor.edit_use(use, **fields)

    def _cover(self) -> None:
        use = self.use
        clip = None if use is None else self._clip(use)
        recording = None if clip is None else film.film_to_cover(self._space.store, clip)
        if clip is None or recording is None:
            return
        self.screen_part.close_clip()
        from widgets.feedback.cover_dialog import CoverDialog

        CoverDialog(self._space, self._place.look, clip, recording, self).exec()
        self.refresh()

    def _decide(self) -> None:
        use = self.use
        clip = None if use is None else self._clip(use)
        if use is None or clip is None:
            return
        controller = film.controller_of(self._space.store, clip)
        asked = ControllerDialog(self, self._texts, controller, use.decision)
        if asked.exec():
            self.editor.edit_use(use, decision=asked.word())

    def _to_coding(self) -> None:
        """The whole film of the clip, with every tool that a coding has."""
        use = self.use
        clip = None if use is None else self._clip(use)
        if clip is not None:
            recording = next(iter(films_of(self._space.store, clip)), None)
            at = 0 if recording is None else recording.to_meeting(clip.first)
            self._place.go("coding", meeting_id=clip.meeting_id, at=str(at))

    # on the second screen

    def show_clip(self) -> None:
        """The ring first; once the screen is right the showing is on record, and then the film is shown."""
        if self.use is None:
            return
        if not self.screen_part.is_under_way:
            self.screen_part.ask()
            return
        self._show_now()

    def _show_now(self) -> None:
        use = self.use
        clip = None if use is None else self._clip(use)
        if use is None or clip is None:
            return
        self._doors.use_id = use.id
        if self.editor.show(use) is None:
            self.screen_part.close_clip()
            return
        self.stage.show_clip(clip)
        self.controls.buttons["showing.play"].setFocus()

    def play_from(self, at: Micros) -> None:
        """From a moment that was marked; a clip that is not on yet is shown as any."""
        if self.stage.clip is None:
            self.show_clip()
        if self.stage.clip is not None:
            self.stage.play_from(at)

    def _toggle(self) -> None:
        if self.stage.clip is None:
            self.show_clip()
        else:
            self.stage.toggle()

    def _on_moved(self, since: Micros) -> None:
        clip = self.stage.clip
        if clip is not None and not self.rounds.is_typing:
            self._at = clip.first + since
            self.rounds.show_moment(since)

    def _on_barred(self, error: AppError) -> None:
        self.screen_part.close_clip()
        self._space.notices.trouble(error)
        QTimer.singleShot(0, self, self.refresh)

    def _on_written(self, written: Any) -> None:
        if any(c.kind.__name__ in _WATCHED for c in written.changes):
            self._lookup.forget()
            self.stage.ask_again()
            if self.isVisible():
                self.refresh()

    # the rounds

    def _rounds_of(self, use: ClipUse) -> film.Rounds:
        if use.id not in self._rounds:
            session, agreement = self.session, self.editor.agreement
            there = [] if session is None else [a.supervisee_id for a in session.attendance if a.was_there]
            if session is not None and not session.attendance:
                there = [s.id for s in agreement.there_on(session.at.astimezone().date())]
            self._rounds[use.id] = film.rounds(agreement, use, there)
        held = self._rounds[use.id]
        return held.stop() if use.stopped else held

    def _next_speaker(self) -> None:
        use = self.use
        if use is not None:
            self.rounds.commit()
            self._rounds[use.id] = self._rounds_of(use).next()
            self.refresh()

    def _stop(self) -> None:
        """*Seis*: black first, then it is kept that it is not shown again."""
        use = self.use
        if use is not None:
            self.screen_part.close_clip()
            self.editor.stop(use)

    def _fix_moment(self) -> None:
        """A mark is of the moment at which it was begun; the film may go on meanwhile."""
        clip = None if self.use is None else self._clip(self.use)
        if self.stage.clip is None and clip is not None:
            self._at = clip.first

    def _on_wrote(self, who: str, said: str, shared: object) -> None:
        use = self.use
        if use is None or not isinstance(shared, Shared):
            return
        made: Reflection | None = self.editor.mark(use, self._at, who, said, self._rounds_of(use).turn, shared)
        if made is not None:
            self.rounds.let_go()
            self.refresh()

    # of the page

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page's arrows are not the buttons', which would give the keys on to their neighbor."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ARROWS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Picture by picture within the clip, or the ring while it is pointed."""
        if not self.controls.take_arrow(event):
            super().keyPressEvent(event)

    def commit(self) -> None:
        """What is being typed goes to the archive."""
        self.use_part.commit()
        self.rounds.commit()

    def end(self) -> None:
        """The page is left, or the archive locked: nothing is shown elsewhere."""
        self.screen_part.end()

    def let_go(self) -> None:
        """The room closes: no screen is opened or offered any more."""
        self.end()
        self.display.end()
