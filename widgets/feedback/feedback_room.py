"""The feedback of one case: its versions for each adult, and the pages on which it is arranged, shown and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from app.casework.case_file import CaseFile, case_file
from app.clips.chosen import Moment
from app.clips.lookup import Lookup, meetings_for, wished
from app.clips.permitted import Bar, Judged, films_of, judged
from app.clips.words import BARS, apart_words, clip_called, is_childs, length, minutes_words, talk_words
from app.i18n import today
from app.model.feedback import Clip, FeedbackTalk, Group
from app.model.people import Person
from app.model.timecode import Micros
from app.notices import Notice, Tone
from app.ports.player import Player
from app.services.library import meeting_called
from widgets.feedback.arrange_page import REST, ArrangePage
from widgets.feedback.clip_card import OnCard
from widgets.feedback.clip_pictures import ClipPictures
from widgets.feedback.cover_dialog import CoverDialog
from widgets.feedback.film_side import PRE_ROLL, FilmSide
from widgets.feedback.order_row import OrderLine
from widgets.feedback.show_page import ShowPage
from widgets.feedback.words_page import WordsPage
from widgets.forms.form import held
from widgets.forms.inputs import named_choice
from widgets.keys.matcher import Act, Matcher
from widgets.look.parts import OneLine, OnePage, beside, button, label, stacked
from widgets.room_screen import Room
from widgets.screen import Screen

#: kinds that change what may be shown, or what there is to choose from
_WATCHED = frozenset(
    ("Consent", "ControllerDecision", "Meeting", "Recording", "KeptApart", "Case", "Person", "CodingHeader", "Segment")
)


class FeedbackRoom(Room):
    """`turned` tells that the head of the place has to say something else.

    `within` is what of the case's feedback is shown at first: a moment, a talk, or words that were said in one.
    """

    turned = Signal()

    def __init__(self, place: Screen, case: CaseFile, new_player: Callable[[], Player], within: str = "") -> None:
        super().__init__()
        self._place, self._texts, self.case, self._new_player = place, place.texts, case, new_player
        space = self._space = place.workspace
        self.editor = space.feedback_editor(case.case.id)
        self.editor.reread()
        self.lookup = Lookup(space.store, place.texts)
        self._small = ClipPictures(space)
        self._talk_id, self._clip_id = self.editor.place_of(within)
        self._judged: dict[str, Judged] = {}
        self._is_taking = False
        self.page = ArrangePage(place.look, place.texts, space.preferences)
        self.words = WordsPage(place, self.editor)
        self.show_page: ShowPage | None = None
        self.pages = OnePage()
        self._build()
        self._keys = Matcher(self._acts(), space.preferences)
        self._connect()
        self._to_clips_meeting()
        self.refresh()
        if within and self.editor.is_said(within):
            self.to_words()

    # building

    def _build(self) -> None:
        t = self._texts
        self._versions = named_choice(t.tr("For whom"), ())
        self._versions.setMinimumWidth(120)
        self._versions.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._versions.setMaximumWidth(400)
        self._versions.activated.connect(lambda _: self.choose_talk(self._versions.currentData()))
        self._new = button(t.tr("New"))
        self._new.setMenu(QMenu(self._new))
        self._new.menu().aboutToShow.connect(self._fill_new)
        self._steps: dict[str, QPushButton] = {}
        rows = (
            ("choose", t.tr("Choose moments"), self._to_choosing),
            ("arrange", t.tr("Arrange"), self.to_arranging),
            ("show", t.tr("Show"), self.show_clips),
            ("words", t.tr("The parent's words"), self.to_words),
        )
        parts: list[QWidget] = []
        for key, words, act in rows:
            made = self._steps[key] = button(words, act, "pill")
            made.setCheckable(True)
            parts += [made, label("→", "muted")]
        self._apart = OneLine("muted")
        self._apart.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = beside(*parts[:-1], self._apart, self._versions, self._new, spacing=6)
        row.setStretch(len(parts) - 1, 1)
        row.setStretch(len(parts), 4)
        self._head = held(row)
        row.setContentsMargins(20, 8, 20, 8)
        self.pages.addWidget(self.page)
        self.pages.addWidget(self.words)
        column = stacked(self._head, self.pages, spacing=0)
        column.setStretch(1, 1)
        self.setLayout(column)

    def _connect(self) -> None:
        page, editor = self.page, self.editor
        page.meeting_chosen.connect(self.show_meeting)
        page.begun.connect(self.begin)
        page.order.chosen.connect(self.choose_clip)
        page.order.dropped.connect(self._on_dropped)
        page.order.played.connect(self.play)
        page.head.edited.connect(self._on_talk)
        card = page.card
        card.edited.connect(self._on_clip)
        card.planned.connect(self._on_plan)
        card.stepped.connect(self.trim)
        card.placed.connect(self.place_edge)
        card.pre_roll_pressed.connect(self.pre_roll)
        card.pause_pressed.connect(self.to_pause)
        card.still_pressed.connect(self.to_still)
        card.play_pressed.connect(self.play)
        card.camera_chosen.connect(self._on_camera)
        card.out_pressed.connect(self.take_out)
        card.remove_pressed.connect(self.remove)
        card.cover_pressed.connect(self.cover)
        self.words.talk_edited.connect(self._on_talk)
        folding = self._place.folding
        folding.changed.connect(self._fold)
        self._fold()
        editor.changed.connect(self._on_changed)  # bound: the editor outlives the room
        editor.saved.connect(self._place.show_saved)
        self._space.changed.connect(self._on_written)
        self._space.copies.made.connect(self._on_made)

    def _acts(self) -> dict[str, Act]:
        return {
            "feedback.play": self.play,
            "feedback.earlier": partial(self._move, -1),
            "feedback.later": partial(self._move, 1),
            "feedback.begin-here": partial(self.place_edge, "first"),
            "feedback.end-here": partial(self.place_edge, "last"),
            "feedback.begin-back": partial(self.trim, "first", -1),
            "feedback.begin-on": partial(self.trim, "first", 1),
            "feedback.end-back": partial(self.trim, "last", -1),
            "feedback.end-on": partial(self.trim, "last", 1),
            "feedback.still": self.to_still,
            "feedback.pre-roll": self.pre_roll,
            "feedback.pause": self.to_pause,
            "feedback.take-out": self.take_out,
            "film.clip": self.take_here,
        }

    def _fold(self) -> None:
        self.page.fold(is_narrow=self._place.folding.is_narrow)

    # which talk, which clip

    @property
    def talk(self) -> FeedbackTalk | None:
        return self.editor.talk(self._talk_id)

    @property
    def clip(self) -> Clip | None:
        return self.editor.clip(self._clip_id)

    def _person(self) -> Person | None:
        return None if self.talk is None else self.case.person(self.talk.person_id)

    def choose_talk(self, talk_id: str) -> None:
        """Another version; what is typed is kept first."""
        self.commit()
        self._talk_id = talk_id
        placed = () if self.talk is None else self.editor.placed(self.talk)
        self._clip_id = placed[0][1].id if placed else ""
        self._to_clips_meeting()
        self.refresh()
        if self.pages.currentWidget() is self.show_page:
            self.to_arranging()

    def choose_clip(self, clip_id: str) -> None:
        """Its first picture is shown, also of another meeting's film."""
        if clip_id == self._clip_id:
            return
        self.page.card.commit()
        self._clip_id = clip_id
        self.page.order.show_id(clip_id)
        self._to_clips_meeting()
        self._show_card()
        self._show_film()
        if self.clip is not None and self.page.film is not None:
            self.page.film.show_clip(self.clip)

    def _fill_new(self) -> None:
        """A version for each adult, one for the child, and rounds of filming and looking."""
        t, menu = self._texts, self._new.menu()
        menu.clear()
        for person_id, words in self._talks_to_begin():
            menu.addAction(words, partial(self.begin, person_id))
        menu.addSeparator()
        for person in self.case.adults:
            words = t.tr("Round of filming and looking: {who}", who=person.called)
            menu.addAction(words, partial(self.begin, person.id, rounds=True))
        if self.talk is not None:
            menu.addSeparator()
            menu.addAction(t.tr("Remove this talk"), self._remove_talk)

    def _talks_to_begin(self) -> list[tuple[str, str]]:
        """(person id, words): with each adult, and with the child."""
        t, case = self._texts, self.case
        people = (*case.adults, *([case.child] if case.child else []))
        return [(person.id, t.tr("Feedback talk: {who}", who=person.called)) for person in people]

    def begin(self, person_id: str, *, rounds: bool = False) -> None:
        """A talk with somebody; where it is a round, the person's next."""
        cycle = self.editor.next_cycle(person_id) if rounds else 0
        made = self.editor.begin(person_id, cycle=cycle)
        if made is not None:
            self.choose_talk(made.id)

    def _remove_talk(self) -> None:
        if self.talk is not None and self.editor.remove_talk(self.talk):
            self.choose_talk(self.editor.talks[0].id if self.editor.talks else "")

    # the film

    def _to_clips_meeting(self) -> None:
        clip = self.clip
        shown = self._meetings()
        wanted = clip.meeting_id if clip is not None else shown[0] if shown else ""
        if wanted in shown and (self.page.film is None or self.page.film.file.meeting.id != wanted):
            self.show_meeting(wanted)
        elif self.page.film is not None and self.page.film.file.meeting.id not in shown:
            self.show_meeting(shown[0] if shown else "")

    def _meetings(self) -> list[str]:
        """Ids of the meetings from which may be chosen for whom the talk is."""
        person, store = self._person(), self._space.store
        if person is None:
            person = self.case.child
        return [] if person is None else [m.id for m in meetings_for(store, self.case, person)]

    def to_meeting(self, meeting_id: str) -> None:
        """Its film, where moments of it may be chosen for whom the talk is."""
        if meeting_id in self._meetings() and not self._is_shown(meeting_id):
            self.show_meeting(meeting_id)
            self.refresh()

    def _is_shown(self, meeting_id: str) -> bool:
        return self.page.film is not None and self.page.film.file.meeting.id == meeting_id

    def show_meeting(self, meeting_id: str) -> None:
        """Another meeting's film in the place of the one before; with an empty id none."""
        self.lookup.forget()
        film = None
        if meeting_id:
            film = FilmSide(self._place, self.lookup.file(meeting_id), self._new_player())
            film.watching.showing.instead_of_second = self.show_clips  # which asks every consent
            film.taken.connect(self._on_taken)
            film.trimmed.connect(self._on_trimmed)
            film.timeline.clip_chosen.connect(self._on_timeline)
            self.show_over(film.watching.showing, film.watching, self._place)
        before = self.page.hold_film(film)
        if before is not None:
            before.close_films()
            before.deleteLater()
        self._show_film()

    def _show_film(self) -> None:
        film = self.page.film
        if film is None:
            return
        clips = [c for c in self.editor.clips if c.meeting_id == film.file.meeting.id]
        numbers = self._numbers()
        film.timeline.show_clips([(numbers.get(c.id, 0), c) for c in clips], self._clip_id)
        film.show_offers(clips)

    def take_here(self) -> None:
        if self.page.film is not None:
            self.page.film.take_here()

    def play(self) -> None:
        """The moment that is chosen, over and over."""
        if self.clip is not None and self.page.film is not None:
            self.page.film.play(self.clip)

    def _on_taken(self, moment: Moment) -> None:
        self.page.card.commit()
        self._is_taking = True
        made = self.editor.choose(moment, self._talk_id)
        self._is_taking = False
        if made is None:
            return
        self._clip_id = made.id
        self.play()
        QTimer.singleShot(0, self, self._show_taken)
        if self.editor.same_moment(made):
            t = self._texts
            self._space.notices.info(t.tr("This place of the film was chosen before too: both are in the list."))

    def _show_taken(self) -> None:
        """The moment plays already; its row and its card come now."""
        self.refresh()
        self.page.card.to_title()

    def _on_timeline(self, clip_id: str) -> None:
        self.page.order.show_id(clip_id)
        self.choose_clip(clip_id)

    # edges

    def trim(self, edge: str, pictures: int) -> None:
        """One edge of the chosen moment goes so many pictures on or back."""
        clip, film = self.clip, self.page.film
        recording = None if clip is None or film is None else film.film(clip)
        if clip is not None and film is not None and recording is not None:
            self._set_edge(edge, film.neighbor(recording, getattr(clip, edge), pictures))

    def place_edge(self, edge: str) -> None:
        """One edge at the picture on the screen."""
        clip, film = self.clip, self.page.film
        at = None if clip is None or film is None else film.shown_on(clip)
        if at is not None:
            self._set_edge(edge, at)

    def to_still(self) -> None:
        """Only the picture on the screen is left of the moment."""
        clip, film = self.clip, self.page.film
        at = None if clip is None or film is None else film.shown_on(clip)
        if clip is not None and at is not None:
            self._trim(clip, at, at)

    def pre_roll(self) -> None:
        clip, film = self.clip, self.page.film
        recording = None if clip is None or film is None else film.film(clip)
        if clip is not None and film is not None and recording is not None:
            self._set_edge("first", film.snapped(recording, max(clip.first - PRE_ROLL, 0)))

    def to_pause(self) -> None:
        """The end goes to the next pause of the sound; without one it is said."""
        clip, film = self.clip, self.page.film
        recording = None if clip is None or film is None else film.film(clip)
        if clip is None or film is None or recording is None:
            return
        at = film.pause_after(recording, clip.last)
        if at is None:
            words = self._texts.tr("No pause of the sound is near, or the sound's levels are not made yet.")
            self._space.notices.info(words)
        else:
            self._set_edge("last", at)

    def _set_edge(self, edge: str, time: Micros) -> None:
        """The other edge gives way where it would lie on the wrong side."""
        clip = self.clip
        assert clip is not None
        first, last = (time, max(clip.last, time)) if edge == "first" else (min(clip.first, time), time)
        self._trim(clip, first, last)
        film, now = self.page.film, self.clip
        if film is not None and now is not None and not film.player.is_playing():
            recording = film.film(now)
            if recording is not None:
                film.watching.controls.seek(recording.to_meeting(time))

    def _on_trimmed(self, clip_id: str, first: Micros, last: Micros) -> None:
        clip = self.editor.clip(clip_id)
        if clip is not None:
            self._trim(clip, first, last)

    def _trim(self, clip: Clip, first: Micros, last: Micros) -> None:
        film = next((f for f in self.lookup.file(clip.meeting_id).recordings if f.id == clip.recording_id), None)
        if film is not None:
            self.editor.trim(clip, first, last, film)

    def _on_camera(self, recording_id: str) -> None:
        """The same moments on another camera's film; the one before is seen as the second one."""
        clip, film = self.clip, self.page.film
        if clip is None or film is None or recording_id == clip.recording_id:
            return
        before, after = (film.watching.session.films.get(i) for i in (clip.recording_id, recording_id))
        if before is not None and after is not None:
            first, last = (film.snapped(after, after.to_film(before.to_meeting(x))) for x in (clip.first, clip.last))
            self.editor.edit(clip, recording_id=after.id, second_id=before.id, first=first, last=max(first, last))

    # what is edited

    def _on_clip(self, field: str, value: Any) -> None:
        clip = self.clip
        if clip is None:
            return
        if field == "sight" and not clip.second_id:
            others = [f for f in self.lookup.file(clip.meeting_id).recordings if f.id != clip.recording_id]
            self.editor.edit(clip, sight=value, second_id=others[0].id if others else "")
        else:
            self.editor.edit(clip, **{field: value})

    def _on_plan(self, field: str, value: Any) -> None:
        if self.talk is not None:
            self.editor.plan(self.talk, self._clip_id, **{field: value})

    def _on_talk(self, field: str, value: Any) -> None:
        if self.talk is not None:
            self.editor.edit_talk(self.talk, **{field: value})

    def _on_dropped(self, clip_id: str, group: str, before: str) -> None:
        talk, clip = self.talk, self.editor.clip(clip_id)
        if talk is None or clip is None:
            return
        if group == REST:
            self.editor.take_out(talk, clip_id)
            return
        if talk.place_of(clip_id) is None:
            self.editor.place(talk, clip)
            talk = self.talk
            assert talk is not None
        self.editor.move(talk, clip_id, Group(group), before)

    def _move(self, by: int) -> None:
        """By keys: within the talk, or into it from what is chosen and in no group."""
        talk, clip = self.talk, self.clip
        if talk is None or clip is None:
            return
        if talk.place_of(clip.id) is None:
            self.editor.place(talk, clip)
        else:
            self.editor.step(talk, clip.id, by)

    def take_out(self) -> None:
        if self.talk is not None and self.clip is not None:
            self.editor.take_out(self.talk, self._clip_id)

    def remove(self) -> None:
        """The moment goes from everywhere; it can be taken back."""
        clip = self.clip
        if clip is not None and self.editor.remove(clip):
            t = self._texts
            words = t.tr("The moment was removed. Words that were written to it stay.")
            self._space.notices.say(Notice(words, Tone.INFO, t.tr("Take back"), self.undo))

    # what is shown

    def cover(self) -> None:
        """What of the chosen moment nobody else is to see or hear."""
        clip = self.clip
        film = None if clip is None else next(iter(films_of(self._space.store, clip)), None)
        if clip is None or film is None:
            return
        self.pause()
        CoverDialog(self._space, self._place.look, clip, film, self).exec()

    def refresh(self) -> None:
        """Everything, as it is now."""
        self._read_judged()
        self._show_versions()
        self._show_order()
        self._show_card()
        self._show_film()
        self._show_steps()
        self.words.show_talk(self.case, self.talk)
        self.turned.emit()

    def _read_judged(self) -> None:
        talk = self.talk
        clips = self.editor.clips
        self._judged = {} if talk is None else judged(self._space.store, self.case, clips, talk.person_id, today())

    def _show_versions(self) -> None:
        t = self._texts
        self._versions.clear()
        for talk in self.editor.talks:
            self._versions.addItem(talk_words(t, self.case, talk), talk.id)
        self._versions.setCurrentIndex(self._versions.findData(self._talk_id))
        self._versions.setVisible(bool(self.editor.talks))
        self._apart.show_text("" if self.talk is None else apart_words(t, self.case, self.talk))
        rows = []
        for meeting_id in self._meetings():
            meeting = self.lookup.file(meeting_id).meeting
            words = meeting_called(t, meeting, self.case.person(meeting.adult_id))
            rows.append((meeting_id, f"{words} {t.date(meeting.held.astimezone().date(), year=False)}"))
        film = self.page.film
        self.page.show_meetings(rows, "" if film is None else film.file.meeting.id)

    def _numbers(self) -> dict[str, int]:
        placed = () if self.talk is None else self.editor.placed(self.talk)
        return {clip.id: n for n, (_, clip) in enumerate(placed, start=1)}

    def _show_order(self) -> None:
        talk, lines = self.talk, dict[str, list[OrderLine]]()
        numbers = self._numbers()
        placed = () if talk is None else self.editor.placed(talk)
        for place, clip in placed:
            line = replace(self._line(clip, numbers[clip.id]), minutes=minutes_words(self._texts, place.minutes))
            lines.setdefault(place.group.value, []).append(line)
        for clip in self.editor.clips:
            stands = self._judged.get(clip.id)
            # of a film on which somebody is who is kept apart nothing is told in this version
            if clip.id not in numbers and (stands is None or stands.bar != Bar.APART):
                lines.setdefault(REST, []).append(self._line(clip, 0))
        unseen = 0 if talk is None else self.editor.unseen(talk)
        wish = None if talk is None else wished(self._space.store, self.case, talk.person_id)
        self.page.head.show_talk(self.case, talk, wish)
        self.page.show_for_whom([] if self.editor.talks else self._talks_to_begin())
        self.page.hint(self._hint(talk, lines))
        self.page.show_order(talk, lines, tuple(clip for _, clip in placed), unseen)
        self.page.order.show_id(self._clip_id)

    def _hint(self, talk: FeedbackTalk | None, lines: dict[str, list[OrderLine]]) -> str:
        """How it begins; and for a child what practice knows."""
        t = self._texts
        if talk is None:
            return ""
        if is_childs(self.case, talk):
            return t.tr("For a child a few pictures are enough. A grown-up is near and does not answer for the child.")
        return "" if lines else t.tr("Take a moment from the list beside, or from the picture on the screen.")

    def _line(self, clip: Clip, number: int) -> OrderLine:
        t, stands = self._texts, self._judged.get(clip.id)
        about = self.lookup.about(clip)
        film = next((f for f in self.lookup.file(clip.meeting_id).recordings if f.id == clip.recording_id), None)
        bar = None if stands is None else stands.bar
        return OrderLine(
            clip.id,
            clip_called(t, clip, about),
            about,
            number,
            t.tr("still") if clip.is_still else length(t, clip.length),
            dimension=self.lookup.dimension(clip),
            barred="" if bar is None else t.tr(BARS[bar]),
            picture=None if film is None else self._small.picture(film, clip),
        )

    def _show_card(self) -> None:
        clip, talk = self.clip, self.talk
        if clip is None:
            self.page.card.show_clip(None)
            return
        file = self.lookup.file(clip.meeting_id)
        film = next((f for f in file.recordings if f.id == clip.recording_id), None)
        spans = () if film is None else (film.to_meeting(clip.first),)
        cameras = [f for f in file.recordings if all(f.to_meeting(0) <= at < f.end for at in spans)]
        self.page.card.show_clip(
            OnCard(
                clip,
                self._numbers().get(clip.id, 0),
                None if talk is None else talk.place_of(clip.id),
                film,
                cameras,
                self.lookup.about(clip),
                self._judged.get(clip.id),
                len(self.editor.same_moment(clip)),
                self.editor.used_in(clip),
                is_childs=talk is not None and is_childs(self.case, talk),
            )
        )

    def _show_steps(self) -> None:
        now = self.pages.currentWidget()
        for key, step in self._steps.items():
            page = {"show": self.show_page, "words": self.words}.get(key, self.page)
            step.setChecked(page is now and key != "choose")
            step.setEnabled(key in ("choose", "arrange") or self.talk is not None)
        t = self._texts
        self._steps["words"].setText(
            t.tr("The child's words")
            if self.talk is not None and is_childs(self.case, self.talk)
            else t.tr("The parent's words")
        )

    # the pages

    def to_arranging(self) -> None:
        """The order and the cards."""
        self._leave_show()
        self.pages.setCurrentWidget(self.page)
        self.refresh()
        self.page.order.setFocus()

    def _to_choosing(self) -> None:
        self.to_arranging()
        self._place.setFocus()

    def to_words(self) -> None:
        """What was said, all of it, and what comes next."""
        self.commit()
        self._leave_show()
        self.pages.setCurrentWidget(self.words)
        self.refresh()

    def show_clips(self) -> None:
        """The worker's view; the second screen is opened with a plain ring."""
        if self.talk is None or self.show_page is not None:
            self._show_steps()
            return
        self.commit()
        self.pause()
        page = ShowPage(self._place, self.case, self.editor, self._talk_id, self._new_player)
        page.left.connect(self.to_words)
        page.turned.connect(self.turned)
        self.show_page = page
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self._head.hide()  # who looks at this screen too is to see of nobody else
        self._place.wear(page.look)
        page.lead()
        self._show_steps()
        self.turned.emit()

    def _leave_show(self) -> None:
        page, self.show_page = self.show_page, None
        if page is not None:
            page.end()
            self._head.show()
            self._place.wear(self._place.look)
            self.pages.removeWidget(page)
            page.deleteLater()

    # what happens meanwhile

    def _on_changed(self, _changes: object) -> None:
        if self.talk is None and self.editor.talks:
            self._talk_id = self.editor.talks[0].id
        if self.show_page is None and not self._is_taking:
            self.refresh()

    def _on_written(self, written: Any) -> None:
        if any(c.kind.__name__ in _WATCHED for c in written.changes):
            self.case = case_file(self._space.store, self.case.case.id)
            self.lookup.forget()
            self._small.forget()
            self.editor.reread()
            self._to_clips_meeting()
            self.refresh()

    def _on_made(self, *_what: object) -> None:
        self._small.forget()
        self._show_order()

    # as a room

    def main_thing(self) -> QWidget | None:
        return self.page.order if self.pages.currentWidget() is self.page else None

    def take_key(self, event: QKeyEvent) -> bool:
        if self.pages.currentWidget() is not self.page:
            return False
        if self._keys.take(event):
            return True
        film = self.page.film
        return film is not None and film.take_key(event)

    def is_playing(self) -> bool:
        shows = self.show_page is not None and self.show_page.is_under_way
        return shows or (self.page.film is not None and self.page.film.player.is_playing())

    def pause(self) -> None:
        if self.page.film is not None:
            self.page.film.watching.controls.pause()

    def commit(self) -> None:
        self.page.head.commit()
        self.page.card.commit()
        self.words.commit()
        if self.show_page is not None:
            self.show_page.words.commit()

    def leave(self) -> None:
        """The place is left: nothing stays on the second screen."""
        if self.show_page is not None:
            self._leave_show()
            self.pages.setCurrentWidget(self.page)
            self._show_steps()

    def undo(self) -> None:
        self.commit()
        self.editor.undo()

    def redo(self) -> None:
        self.editor.redo()

    def close_film(self) -> None:
        self._leave_show()
        self.editor.changed.disconnect(self._on_changed)
        self._space.changed.disconnect(self._on_written)
        self._space.copies.made.disconnect(self._on_made)
        self._small.close()
        if self.page.film is not None:
            self.page.film.close_films()
