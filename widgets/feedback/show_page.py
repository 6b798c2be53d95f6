"""The worker's view while a parent watches the second screen: the same picture small, notes, controls, the words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QWidget

from app.casework.case_file import CaseFile, case_file
from app.clips.feedback import FeedbackEditor
from app.clips.lookup import Lookup
from app.clips.permitted import judged
from app.clips.words import BARS, clip_called, is_childs, length, person_called
from app.errors import AppError
from app.i18n import now, today
from app.model.feedback import Clip, FeedbackTalk
from app.model.timecode import Micros
from app.ports import Picture
from app.ports.player import Player
from widgets.feedback.clip_card import permission_words
from widgets.feedback.held_clip import ToPerson
from widgets.feedback.quiet_area import QuietArea
from widgets.feedback.showing_list import ShowingLine, ShowingList
from widgets.feedback.stage import ClipStage
from widgets.feedback.stage_controls import ARROWS, StageControls, show_cap
from widgets.feedback.trial_card import TrialCard
from widgets.feedback.words_card import WordsCard
from widgets.films.picture import PictureView
from widgets.keys.captions import KeyFollower
from widgets.keys.matcher import Act, Matcher
from widgets.look.look import dress, look_for
from widgets.look.parts import (
    Card,
    as_kind,
    beside,
    button,
    hairline,
    key_cap,
    label,
    primary_button,
    scrolled,
    section_label,
    stacked,
)
from widgets.screen import Screen
from widgets.second_display.second_display import SecondDisplay

A_SECOND_MS = 1000


class ShowPage(QWidget):
    """Begins with a plain ring on the second screen: nothing of a film is seen before the worker said it is right."""

    left = Signal()
    turned = Signal()  # another moment is talked about

    def __init__(
        self, place: Screen, case: CaseFile, editor: FeedbackEditor, talk_id: str, new_player: Callable[[], Player]
    ) -> None:
        super().__init__()
        self._place, self._texts, self._case, self._editor, self._talk_id = place, place.texts, case, editor, talk_id
        space = place.workspace
        self.look = look_for(space.preferences.now.theme, films=True)
        if self.look != place.look:
            dress(self, self.look)
        self._lookup = Lookup(space.store, place.texts)
        self.display = SecondDisplay(self, space.notices)
        doors = ToPerson(space, self.talk.person_id)
        self.stage = ClipStage(space, self.display, new_player, doors, self)
        self._place_now = -1
        self._is_shown: set[str] = set()
        self._begun: datetime | None = None
        self._found: dict[str, Any] = {}  # as it was read last; showing asks anew
        self._build()
        child = case.child
        self.words.show_scale(on=child is None or child.id != self.talk.person_id)
        self._connect()
        self.refresh()
        self._show_trial()

    @property
    def talk(self) -> FeedbackTalk:
        found = self._editor.talk(self._talk_id)
        assert found is not None, "a talk that is shown is there"
        return found

    @property
    def shown_to(self) -> str:
        return person_called(self._case, self.talk.person_id)

    @property
    def number(self) -> int:
        """Of the moment that is talked about, from 1; 0 before the first."""
        return self._place_now + 1

    @property
    def clips(self) -> tuple[Clip, ...]:
        """In the order of showing; what may not be shown is among them, marked."""
        return tuple(clip for _, clip in self._editor.placed(self.talk))

    # building

    def _build(self) -> None:
        t = self._texts
        self._consent, self._consent_sign = label("", "strong", wrap=True), QLabel()
        self._checked, self._screen = label("", "caption"), label("", "muted")
        line = Card(spacing=0, padding=10)
        row = beside(self._consent_sign, self._consent, self._checked, self._screen, spacing=10)
        row.setStretch(1, 1)
        line.column.addLayout(row)
        self.view = PictureView(t, t.tr("What the family sees"))
        self.view.setMinimumSize(240, 135)
        self.other = PictureView(t, t.tr("The other camera"))
        self.other.setMinimumSize(160, 90)
        self.other.hide()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        self._progress.setAccessibleName(t.tr("How far the moment is"))
        self._at, self._long = label("00:00", "caption"), label("00:00", "caption")
        pictures = beside(self.view, self.other, spacing=8)
        pictures.setStretch(0, 1)
        film = stacked(pictures, beside(self._at, self._progress, self._long, spacing=8), spacing=6)
        film.setStretch(0, 1)
        both = beside(film, self._build_notes(), spacing=12)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        self.words = WordsCard(t)
        self.trial = TrialCard(
            t,
            self.display,
            t.tr("Is there a plain ring on the screen that the family looks at, and nowhere else?"),
            self.begin,
        )
        self.controls = StageControls(
            self.look, t, self._place.workspace.preferences, self.stage, self.view, self._toggle
        )
        left = stacked(line, self.trial, both, self.controls, self.words, spacing=10)
        left.setStretch(2, 1)
        whole = beside(left, self._build_side(), spacing=16, margins=(16, 12, 16, 12))
        whole.setStretch(0, 1)
        inside = QWidget()
        inside.setLayout(whole)
        self.setLayout(stacked(scrolled(inside, QuietArea()), spacing=0))

    def _build_notes(self) -> Card:
        t = self._texts
        notes = Card(spacing=8, padding=14)
        self._title, self._notes = label("", "heading", wrap=True), label("", wrap=True)
        self._ask, self._ask_head = label("", wrap=True), label("", "caption")
        head = beside(section_label(t.tr("Own notes")), None, label(t.tr("on this screen only"), "caption"))
        notes.column.addLayout(head)
        for part in (self._title, self._notes, self._ask_head, self._ask):
            notes.column.addWidget(part)
        notes.column.addStretch(1)
        notes.column.addWidget(hairline())
        sees = t.tr("The family sees the picture alone: no names, codes or clock. After the last picture it is black.")
        notes.column.addWidget(label(sees, "caption", wrap=True))
        return notes

    def _build_side(self) -> QWidget:
        t = self._texts
        self._list = ShowingList(self.look, t.tr("Moments of the talk"), t.tr("shown"))
        self._list.asked.connect(self.show_place)
        self._next_view = PictureView(t, t.tr("What comes next"))
        self._next_view.setMinimumSize(200, 112)
        self._next_view.setFixedHeight(150)
        self._next_title, self._next_about = label("", "strong", wrap=True), label("", "caption", wrap=True)
        self._elapsed = label("", "strong")
        self._next = primary_button(t.tr("Next moment"), lambda: self.step(1))
        self._previous = button(t.tr("Previous"), lambda: self.step(-1))
        self._end = button(t.tr("End showing"), self.leave)
        following, cap = section_label(t.tr("Next, for you alone")), key_cap("")
        KeyFollower(self._place.workspace.preferences, cap, partial(show_cap, cap, "showing.next"))
        self._next.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        side = stacked(
            section_label(t.tr("Moments")),
            self._list,
            following,
            self._next_view,
            self._next_title,
            self._next_about,
            None,
            beside(label(t.tr("Talked for"), "muted"), None, self._elapsed),
            beside(self._next, cap, spacing=8),
            beside(self._previous, self._end, spacing=8),
            spacing=8,
        )
        made = QWidget()
        made.setFixedWidth(300)
        made.setLayout(side)
        return made

    def _acts(self) -> dict[str, Act]:
        return {
            **self.controls.acts(),
            "showing.next": lambda: self.step(1),
            "showing.previous": lambda: self.step(-1),
        }

    def _connect(self) -> None:
        stage, space = self.stage, self._place.workspace
        Matcher(self._acts(), space.preferences).bind(self, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        stage.shown.connect(self._on_picture)
        stage.second_shown.connect(self._on_second)
        stage.moved.connect(self._on_moved)
        stage.begun.connect(self._on_begun)
        stage.readied.connect(lambda: self._show_next(self._following()))
        stage.barred.connect(self._on_barred)
        for made in (*self.controls.buttons.values(), self._next, self._previous, self._end):
            made.installEventFilter(self)
        self.words.said.connect(self._on_said)
        self.display.turned.connect(self._on_display)
        space.changed.connect(self._on_written)
        self._editor.saved.connect(self._on_saved)
        self._clock = QTimer(self, interval=A_SECOND_MS)
        self._clock.timeout.connect(self._show_elapsed)

    # the right screen

    def _show_trial(self) -> None:
        self.trial.show_trial()
        self._on_display(self.display.is_on)
        if self.clips:
            self.stage.make_ready(self._first())

    def _first(self) -> Clip | None:
        found = self._judged()
        return next((clip for clip in self.clips if found[clip.id].may_be_shown), None)

    def lead(self) -> None:
        """The keys go to what is asked first."""
        self.trial.lead()

    def begin(self) -> None:
        """The worker has seen the ring where it belongs."""
        self.trial.pass_on()
        self._begun = self._begun or now()
        self._clock.start()
        self._next.setEnabled(True)
        self._next.setFocus()
        first = self.clip() or self._first()
        if first is not None:
            self.show_place(self.clips.index(first))

    @property
    def is_under_way(self) -> bool:
        """Whether a family sits before the second screen now: the idle lock waits."""
        return self._begun is not None and self.display.is_on

    def _on_display(self, on: bool) -> None:
        t = self._texts
        self._screen.setText(t.tr("second screen: {name}", name=self.display.name) if on else t.tr("no second screen"))
        self.trial.show_display(on=on, ready=bool(self.clips))
        if not on:
            self.stage.blacken()

    # which clip

    def show_place(self, place: int) -> None:
        """A moment of the list: on the second screen at once, when it may be shown."""
        clips = self.clips
        if not 0 <= place < len(clips) or not self.display.is_on or self._begun is None:
            return
        if self.display.is_on_trial:  # it was opened again, maybe on another screen
            self.lead()
            return
        self.words.commit()
        self._place_now = place
        clip = clips[place]
        if self.stage.show_clip(clip):
            self._checked.setText(self._texts.tr("checked now {time}", time=self._texts.time(now())))
        QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        """The picture is on the screen: now the list, the notes, and the next one's film."""
        goes_on = self._next.hasFocus() or self._end.hasFocus()
        self.refresh()
        self.turned.emit()
        self._make_next()
        if goes_on:
            (self._next if self._next.isEnabled() else self._end).setFocus()

    def step(self, by: int) -> None:
        """The next one that may be shown, or the one before."""
        found, clips, place = self._found, self.clips, self._place_now + by
        while 0 <= place < len(clips) and clips[place].id in found and not found[clips[place].id].may_be_shown:
            place += by
        self.show_place(place)

    def clip(self) -> Clip | None:
        """The one that is talked about."""
        clips = self.clips
        return clips[self._place_now] if 0 <= self._place_now < len(clips) else None

    def _following(self) -> Clip | None:
        found = self._judged()
        return next((c for c in self.clips[self._place_now + 1 :] if found[c.id].may_be_shown), None)

    def _make_next(self) -> None:
        following = self._following()
        self.stage.make_ready(following)
        self._show_next(following)

    def _judged(self) -> dict[str, Any]:
        return judged(self._place.workspace.store, self._case, self.clips, self.talk.person_id, today())

    # what is shown here

    def refresh(self) -> None:
        """The list, the notes, the words and the consents as they are now."""
        t, clip, found = self._texts, self.clip(), self._judged()
        self._found = found
        self._fill_list(found)
        about = clip or self._first()
        if about is not None:
            stands = found[about.id]
            icon, color = ("check", "text") if stands.may_be_shown else ("close", "danger")
            self._consent_sign.setPixmap(self.look.pixmap(icon, color, 16))
            why = "" if stands.bar is None else t.tr(BARS[stands.bar])
            said = why or permission_words(t, stands.permission)
            self._consent.setText(said[:1].upper() + said[1:])
        elif not self.clips:
            self._consent.setText(t.tr("This talk has no moments yet."))
        else:
            self._consent.setText(t.tr("None of the moments may be shown now."))
        self.words.setEnabled(clip is not None)
        if about is not None:
            self._show_notes(about)
        if clip is not None:
            who = person_called(self._case, self.talk.person_id)
            head = t.tr("Words: {who}, moment {n}", who=who, n=self._place_now + 1)
            self.words.show_words(head, self._editor.words_of(self._talk_id, clip.id))
            self._long.setText(length(t, clip.length))
        self._show_next(self._following())
        self.controls.show_state()

    def _show_notes(self, clip: Clip) -> None:
        self._title.setText(clip_called(self._texts, clip, self._lookup.about(clip)))
        self._notes.setText("\n".join(x for x in (clip.look_at, clip.notes_for(self._talk_id)) if x))
        self._ask.setText(clip.question)
        t, with_child = self._texts, is_childs(self._case, self.talk)
        self._ask_head.setText(t.tr("Question to the child") if with_child else t.tr("Question to the parent"))
        self._ask_head.setVisible(bool(clip.question.strip()))

    def _fill_list(self, found: dict[str, Any]) -> None:
        t, lines = self._texts, []
        for n, clip in enumerate(self.clips):
            bar = found[clip.id].bar
            lines.append(
                ShowingLine(
                    n + 1,
                    clip_called(t, clip, self._lookup.about(clip)),
                    t.tr("still") if clip.is_still else length(t, clip.length),
                    "" if bar is None else t.tr(BARS[bar]),
                    is_on=n == self._place_now,
                    was_shown=self._editor.words_of(self._talk_id, clip.id).shown is not None,
                )
            )
        self._list.show_lines(lines)

    def _show_next(self, clip: Clip | None) -> None:
        t = self._texts
        self._next.setEnabled(clip is not None and self._begun is not None)
        is_last = clip is None and self._begun is not None
        for made, kind in ((self._next, "" if is_last else "primary"), (self._end, "primary" if is_last else "")):
            as_kind(made, kind)
        self._next_title.setText(t.tr("That was the last one.") if clip is None else clip_called(t, clip))
        self._next_about.setText("" if clip is None else self._lookup.about(clip))
        picture = self.stage.ready_picture()
        if clip is None or picture is None:
            self._next_view.clear()
        else:
            self._next_view.show_picture(picture)

    def _on_picture(self, picture: Picture) -> None:
        self.view.show_picture(picture)

    def _on_second(self, picture: Picture | None) -> None:
        self.other.setVisible(picture is not None)
        if picture is not None:
            self.other.show_picture(picture)

    def _on_moved(self, since: Micros) -> None:
        clip = self.stage.clip
        if clip is not None:
            self._at.setText(length(self._texts, since))
            self._progress.setRange(0, max(clip.length // 1000, 1))
            self._progress.setValue(since // 1000)

    def _show_elapsed(self) -> None:
        if self._begun is not None:
            minutes = int((now() - self._begun).total_seconds() // 60)
            self._elapsed.setText(self._texts.tr("{n} / {all} min", n=minutes, all=self.talk.minutes))
        picture = self.stage.ready_picture()
        if picture is not None and self._next_view.picture is None and self._following() is not None:
            self._next_view.show_picture(picture)

    # what the worker does

    def _toggle(self) -> None:
        if self.stage.clip is None and self._begun is not None:
            self.step(1)
        else:
            self.stage.toggle()

    def _on_said(self, field: str, value: Any) -> None:
        clip = self.clip()
        if clip is not None:
            self._editor.say(self.talk, clip, **{field: value})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page's arrows are not the buttons', which would give the keys on to their neighbor."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ARROWS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Picture by picture within the moment, or the ring while it is pointed."""
        if not self.controls.take_arrow(event):
            super().keyPressEvent(event)

    # what happens meanwhile

    def _on_begun(self, clip: Clip) -> None:
        """It is on the screen: in the talk and in the access log, after the picture."""
        QTimer.singleShot(0, self, partial(self._note_shown, clip))

    def _note_shown(self, clip: Clip) -> None:
        self._editor.note_shown(self.talk, clip, now())

    def _on_barred(self, error: AppError) -> None:
        self.view.clear()
        self._place.workspace.notices.trouble(error)
        self.refresh()

    def _on_saved(self, when: datetime) -> None:
        t = self._texts
        self.words.show_saved(t.tr("saved {time}", time=t.time(when, seconds=True)))
        self._place.show_saved(when)
        clip = self.clip()
        if clip is not None:
            who = person_called(self._case, self.talk.person_id)
            head = t.tr("Words: {who}, moment {n}", who=who, n=self._place_now + 1)
            self.words.show_words(head, self._editor.words_of(self._talk_id, clip.id))

    def _on_written(self, written: Any) -> None:
        if written.initiator is not self._editor and any(c.kind.__name__ in _WATCHED for c in written.changes):
            self._case = case_file(self._place.workspace.store, self._case.case.id)
            self._lookup.forget()
            self.stage.ask_again()
            self.refresh()

    def leave(self) -> None:
        """Back to arranging; the second screen is the computer's own again."""
        self.end()
        self.left.emit()

    def end(self) -> None:
        """The place is left, or locked: nothing is shown elsewhere, and nothing typed is lost."""
        self.words.commit()
        self._clock.stop()
        self.stage.close()
        self.display.end()


#: what may make a moment one that is not shown any more
_WATCHED = frozenset(
    ("Consent", "ControllerDecision", "Meeting", "Recording", "Clip", "KeptApart", "Case", "Person", "CodingHeader")
)
