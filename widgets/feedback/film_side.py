"""The film of one meeting where moments are chosen: it plays, its moments lie in its timeline, others are offered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.casework.meeting_file import MeetingFile
from app.clips.chosen import Found, found_at, moment, offers_of, selected
from app.clips.pauses import pause_after
from app.clips.words import mark_words
from app.errors import AppError
from app.films.reels import open_derived
from app.model.feedback import CameFrom, Clip
from app.model.recording import DerivedKind, Recording
from app.model.timecode import SECOND, Micros
from app.ports.player import Player
from app.shortcuts.names import on_cap
from widgets.feedback.clip_timeline import ClipTimeline
from widgets.feedback.quiet_area import QuietArea
from widgets.films.watching import Watching
from widgets.keys.captions import KeyFollower, KeyTips
from widgets.keys.matcher import Matcher
from widgets.look.parts import ListCard, beside, button, clear, key_cap, label, scrolled, section_label, stacked
from widgets.screen import Screen

#: a moment begins so much earlier with one press
PRE_ROLL: Micros = 2 * SECOND


class FilmSide(QWidget):
    """Made anew for another meeting; `timeline` is laid elsewhere by the room."""

    taken = Signal(object)  # Moment
    trimmed = Signal(str, object, object)  # clip id, first and last on its film, µs

    def __init__(self, place: Screen, file: MeetingFile, player: Player) -> None:
        super().__init__()
        self._place, self._texts, self.file, self.player = place, place.texts, file, player
        self.watching = Watching(place, file.meeting.id, file.recordings, player)
        self.watching.controls.tasks = lambda: [s.stretch for s in file.segments]
        self._keys = Matcher(self.watching.acts(), place.workspace.preferences)
        self.timeline = ClipTimeline(place, file, self.watching)
        self.timeline.trimmed.connect(self._on_trimmed)
        self._by_both: tuple[Found, ...] = ()
        self._offered: list[Found] | None = None
        self._taken: tuple[Clip, ...] = ()
        QTimer.singleShot(0, self, self._read_both)
        self._offers = stacked(spacing=0)
        inside = QWidget()
        inside.setLayout(self._offers)
        head = section_label(self._texts.tr("Other good moments"))
        here, cap = button(self._texts.tr("Take from here"), self.take_here, "small"), key_cap("")
        KeyTips(place.workspace.preferences, self).hint(here, self._texts.tr("Moment for feedback"), "film.clip")
        KeyFollower(place.workspace.preferences, cap, lambda keys: cap.setText(on_cap(keys.of("film.clip"))))
        take = beside(head, None, here, cap, spacing=8)
        self._none = label(self._texts.tr("No flag, bookmark or mark is left to choose from."), "caption", wrap=True)
        self.watching.pictures.setMinimumHeight(150)
        column = stacked(self.watching, take, self._none, scrolled(inside, QuietArea()), spacing=8)
        column.setStretch(0, 3)
        column.setStretch(3, 2)
        self.setLayout(column)

    # offered

    def show_offers(self, clips: Sequence[Clip]) -> None:
        """What of the meeting was marked and is no clip yet; what both marked comes a moment after the film."""
        self._taken = tuple(clips)
        used = {clip.source_id for clip in clips}
        by_both = [one for one in self._by_both if one.source_id not in used]
        own = offers_of(self._place.workspace.store, self.file.meeting.id, clips)
        found = sorted((*own, *by_both), key=lambda one: (one.at, one.source_id))
        if found == self._offered:
            return
        self._offered = found
        clear(self._offers)
        if found:
            self._offers.addWidget(ListCard([self._offer(one) for one in found]))
        self._offers.addStretch(1)
        self._none.setVisible(not found)

    def _read_both(self) -> None:
        """Numbers load with the first comparison: the film is on the screen before."""
        from app.comparing.marked_by_both import marked_by_both

        self._by_both = marked_by_both(self._place.workspace.store, self._texts, self.file.meeting.id)
        if self._by_both:
            self.show_offers(self._taken)

    def _offer(self, found: Found) -> QWidget:
        t = self._texts
        name = found.text or ("" if found.code else mark_words(t, found.kind))
        segment = self.file.segment_at(found.at)
        task = "" if segment is None else self.file.task_name(segment.number, t.language)
        act = button(t.tr("Take"), partial(self.take, found), "small")
        at = t.short_clock(found.at)
        act.setAccessibleName(f"{act.text()}: {at} {name}")
        dot = label()
        if found.dimension:
            dot.setPixmap(self._place.look.pixmap("record", found.dimension, 10))
        see = button(at, partial(self.watching.controls.seek_into, found.at), "link")
        row = QWidget()
        words = label(name, wrap=True)
        line = beside(see, dot, words, label(task, "caption"), act, spacing=8, margins=(12, 6, 8, 6))
        line.setStretch(2, 1)
        row.setLayout(line)
        return row

    # choosing

    def take(self, found: Found) -> None:
        """A clip of something that lies on the film."""
        made = moment(found, self.player, self.watching.session.films.values())
        if made is None:
            self._place.workspace.notices.info(self._texts.tr("Nothing was filmed there, so there is nothing to show."))
            return
        self.taken.emit(made)

    def take_here(self) -> None:
        """What is chosen on the film, else what is around the picture on the screen."""
        start, end = self.watching.controls.selection
        if start is not None and end is not None:
            self.take(selected(start, end))
        else:
            self.take(found_at(self.watching.controls.now(), None, CameFrom.SELECTION))

    # one clip on the film

    def film(self, clip: Clip) -> Recording | None:
        return self.watching.session.films.get(clip.recording_id)

    def show_clip(self, clip: Clip) -> None:
        """Its first picture, with its own camera in the lead."""
        film = self.film(clip)
        if film is not None:
            self.player.lead(film.camera)
            self.watching.controls.seek(film.to_meeting(clip.first))

    def play(self, clip: Clip) -> None:
        """Over and over, from its first to its last picture."""
        film = self.film(clip)
        if film is None:
            return
        self.player.lead(film.camera)
        start, end = film.to_meeting(clip.first), film.to_meeting(clip.last)
        if clip.is_still:
            self.watching.controls.seek(start)
            return
        self.player.set_loop(start, end + 1)
        self.watching.controls.seek(start)
        self.player.play()

    def shown_on(self, clip: Clip) -> Micros | None:
        """The time on the clip's film of the picture on the screen; None while another film is shown."""
        shown = self.watching.shown_on()
        return shown[1] if shown is not None and shown[0] == clip.recording_id else None

    def neighbor(self, film: Recording, time: Micros, pictures: int) -> Micros:
        """The film's time of the picture so many before or after the one at a time on it."""
        self.player.lead(film.camera)
        at = film.to_meeting(time)
        for _ in range(abs(pictures)):
            at = self._beside(at, forward=pictures > 0)
        return film.to_film(at)

    def _beside(self, at: Micros, *, forward: bool) -> Micros:
        here = self.player.picture_time(at)
        if not forward:
            return self.player.picture_time(here - 1)
        near, far = at, at + SECOND // 200
        while self.player.picture_time(far) == here and far < self.player.end():
            near, far = far, far + (far - at)
        while far - near > 1:  # the first µs at which another picture is on
            middle = (near + far) // 2
            near, far = (middle, far) if self.player.picture_time(middle) == here else (near, middle)
        return self.player.picture_time(far)

    def snapped(self, film: Recording, time: Micros) -> Micros:
        """The film's time of the picture that is on at a time on it."""
        self.player.lead(film.camera)
        return film.to_film(self.player.picture_time(film.to_meeting(time)))

    def pause_after(self, film: Recording, time: Micros) -> Micros | None:
        """The picture in the next pause of the film's sound; None where there is none, or no sound is known yet."""
        space = self._place.workspace
        try:
            file = open_derived(space.store, space.media, film, DerivedKind.WAVEFORM)
            if file is None:
                return None
            with file:
                wave = space.films.read_waveform(file, film.viewing.sound_track)
        except AppError as error:
            space.notices.trouble(error)
            return None
        found = pause_after(wave, time + 1)
        return None if found is None else self.snapped(film, found)

    def _on_trimmed(self, clip_id: str, start: Micros, end: Micros) -> None:
        """An edge was dragged: both edges come to pictures of the leading film."""
        film = next((f for f in self.file.recordings if f.camera == self.player.leading()), None)
        if film is not None:
            first, last = (film.to_film(self.player.picture_time(time)) for time in (start, end - 1))
            self.trimmed.emit(clip_id, first, last)

    def take_key(self, event: QKeyEvent) -> bool:
        """The keys that films have everywhere."""
        return self._keys.take(event)

    def close_films(self) -> None:
        self.timeline.close_films()
        self.watching.close_films()
