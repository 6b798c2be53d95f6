"""The feedback of one case: its versions for each adult, and the pages on which it is arranged, shown and kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.casework.case_file import CaseFile, case_file
from app.clips.chosen import Moment
from app.clips.lookup import Lookup, meetings_for, wished
from app.clips.permitted import Judged, films_of, judged
from app.i18n import today
from app.model.feedback import Clip, FeedbackTalk, Group
from app.model.people import Person
from app.model.timecode import Micros
from app.notices import Notice, Tone
from app.ports.player import Player
from app.services.library import meeting_called
from widgets.feedback.arrange_page import REST, ArrangePage
from widgets.feedback.clip_edges import ClipEdges
from widgets.feedback.clip_pictures import ClipPictures
from widgets.feedback.cover_dialog import CoverDialog
from widgets.feedback.film_side import FilmSide
from widgets.feedback.order_told import Told
from widgets.feedback.show_page import ShowPage
from widgets.feedback.versions_row import ARRANGE, CHOOSE, SHOW, WORDS, VersionsRow, talks_to_begin
from widgets.feedback.words_page import WordsPage
from widgets.keys.matcher import Act, Matcher
from widgets.look.parts import OnePage, stacked
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
        self.edges = ClipEdges(self.editor, self.lookup, lambda: self.clip, lambda: self.page.film, self._say_no_pause)
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
        self._head = VersionsRow(self._texts)
        self.pages.addWidget(self.page)
        self.pages.addWidget(self.words)
        column = stacked(self._head, self.pages, spacing=0)
        column.setStretch(1, 1)
        self.setLayout(column)

    def _connect(self) -> None:
        page, editor, edges, head = self.page, self.editor, self.edges, self._head
        head.step_pressed.connect(self._on_step)
        head.talk_chosen.connect(self.choose_talk)
        head.begin_pressed.connect(lambda who, rounds: self.begin(who, rounds=rounds))
        head.remove_pressed.connect(self._remove_talk)
        page.meeting_chosen.connect(self.show_meeting)
        page.begun.connect(self.begin)
        page.order.chosen.connect(self.choose_clip)
        page.order.dropped.connect(self._on_dropped)
        page.order.played.connect(self.play)
        page.head.edited.connect(self._on_talk)
        card = page.card
        card.edited.connect(self._on_clip)
        card.planned.connect(self._on_plan)
        card.stepped.connect(edges.step)
        card.placed.connect(edges.place)
        card.pre_roll_pressed.connect(edges.pre_roll)
        card.pause_pressed.connect(edges.to_pause)
        card.still_pressed.connect(edges.to_still)
        card.play_pressed.connect(self.play)
        card.camera_chosen.connect(edges.to_camera)
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
        edges = self.edges
        return {
            "feedback.play": self.play,
            "feedback.earlier": partial(self._move, -1),
            "feedback.later": partial(self._move, 1),
            "feedback.begin-here": partial(edges.place, "first"),
            "feedback.end-here": partial(edges.place, "last"),
            "feedback.begin-back": partial(edges.step, "first", -1),
            "feedback.begin-on": partial(edges.step, "first", 1),
            "feedback.end-back": partial(edges.step, "last", -1),
            "feedback.end-on": partial(edges.step, "last", 1),
            "feedback.still": edges.to_still,
            "feedback.pre-roll": edges.pre_roll,
            "feedback.pause": edges.to_pause,
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
        numbers = self._told().numbers()
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

    def _on_trimmed(self, clip_id: str, first: Micros, last: Micros) -> None:
        clip = self.editor.clip(clip_id)
        if clip is not None:
            self.edges.trim(clip, first, last)

    def _say_no_pause(self) -> None:
        words = self._texts.tr("No pause of the sound is near, or the sound's levels are not made yet.")
        self._space.notices.info(words)

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
        if self.talk is None:
            return
        if field == "notes" and self.clip is not None:
            self.editor.note(self.talk, self.clip, value)
        elif field != "notes":
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

    def _told(self) -> Told:
        return Told(self._texts, self.case, self.editor, self.lookup, self._small, self._judged, self.talk)

    def _show_versions(self) -> None:
        t = self._texts
        self._head.show_talks(self.case, self.editor.talks, self.talk)
        rows = []
        for meeting_id in self._meetings():
            meeting = self.lookup.file(meeting_id).meeting
            words = meeting_called(t, meeting, self.case.person(meeting.adult_id))
            rows.append((meeting_id, f"{words} {t.date(meeting.held.astimezone().date(), year=False)}"))
        film = self.page.film
        self.page.show_meetings(rows, "" if film is None else film.file.meeting.id)

    def _show_order(self) -> None:
        talk, told = self.talk, self._told()
        lines = told.lines()
        placed = () if talk is None else self.editor.placed(talk)
        unseen = 0 if talk is None else self.editor.unseen(talk)
        wish = None if talk is None else wished(self._space.store, self.case, talk.person_id)
        self.page.head.show_talk(self.case, talk, wish)
        self.page.show_for_whom([] if self.editor.talks else talks_to_begin(self._texts, self.case))
        self.page.hint(told.hint(is_empty=not lines))
        self.page.show_order(talk, lines, tuple(clip for _, clip in placed), unseen)
        self.page.order.show_id(self._clip_id)

    def _show_card(self) -> None:
        clip = self.clip
        self.page.card.show_clip(None if clip is None else self._told().card(clip))

    def _show_steps(self) -> None:
        now = self.pages.currentWidget()
        pages = {ARRANGE: self.page, SHOW: self.show_page, WORDS: self.words}
        self._head.show_step(next((step for step, page in pages.items() if page is now), ""), self.talk)

    # the pages

    def _on_step(self, step: str) -> None:
        pages = {CHOOSE: self._to_choosing, ARRANGE: self.to_arranging, SHOW: self.show_clips, WORDS: self.to_words}
        pages[step]()

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
