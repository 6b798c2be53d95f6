"""*Peitä*: what of a moment is covered and muted, looked at piece by piece, so that it may leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QSpinBox, QWidget

from app.clips.covering import CoverEditor, Side, coverings_of, sides_of
from app.clips.words import COVERED
from app.error_texts import sentence
from app.errors import AppError, Cancelled
from app.films.reels import reels
from app.jobs import Job, JobLane
from app.model.cover import Box, Covered, Covering, CoverTrack, Proposed, Unreviewed
from app.model.feedback import Clip
from app.model.recording import AS_FILMED, Recording
from app.model.timecode import Micros
from app.office.looking import PlayedFilms
from app.ports import Picture
from app.ports.covering import Proposal
from app.workspace import Workspace
from widgets.feedback.cover_looking import LookingPart
from widgets.feedback.cover_view import CoverView, ShownCover, nudged
from widgets.feedback.cover_voices import VoicesPart
from widgets.feedback.leave_dialog import LeaveDialog
from widgets.feedback.listed import fill
from widgets.films.controls import Controls
from widgets.films.transport import Transport
from widgets.folding import size_to_fit
from widgets.forms.form import held, named
from widgets.forms.inputs import Choice, Number
from widgets.keys.matcher import Matcher
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, primary_button, scrolled, section_label, stacked

#: a new cover by the keys, and one press of them, in parts of the picture
_NEW, _PRESS = Box(4_000, 3_500, 6_000, 6_500), 100
_ARROWS = {
    Qt.Key.Key_Left: (-_PRESS, 0),
    Qt.Key.Key_Right: (_PRESS, 0),
    Qt.Key.Key_Up: (0, -_PRESS),
    Qt.Key.Key_Down: (0, _PRESS),
}


class CoverDialog(QDialog):
    """One clip. Every step is in the archive at once and can be undone; nothing leaves before *Hand out*."""

    def __init__(self, space: Workspace, look: Look, clip: Clip, film: Recording, parent: QWidget) -> None:
        super().__init__(parent)
        self._space, self._look, self._texts, self._film = space, look, space.texts, film
        self._sides = sides_of(space.store, clip)
        self.editor: CoverEditor = space.cover_editor(clip, film.id)
        self._chosen = ""
        self._job: Job | None = None
        self._is_closed = False
        self._leaving: LeaveDialog | None = None
        self._shown: Picture | None = None
        self._seen: PlayedFilms | None = None
        self.player = space.films.player()
        self._controls = Controls(self.player, space.preferences, self)
        self._keys = Matcher(self._controls.acts(), space.preferences)
        self._build()
        self._connect()
        self._open()
        self.refresh()

    # building

    def _build(self) -> None:
        t = self._texts
        self.setWindowTitle(t.tr("Cover the moment"))
        size_to_fit(self, 1180, 760)
        self.view = CoverView(t)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.transport = Transport(self._look, t, self._space.preferences)
        self.transport.show_only(loop=False, more=False, screens=False)
        how = t.tr(
            "Drag over the picture to cover something; choose a cover and drag again in another picture, and it goes "
            "along between the two. Ctrl and arrows move it, with Shift they make it larger. A covered moment is still "
            "secret."
        )
        self.told = label("", "danger", wrap=True)
        pictures = stacked(self.view, self.transport, label(how, "caption", wrap=True), self.told, spacing=8)
        pictures.setStretch(0, 1)
        inside = QWidget()
        self.looking = LookingPart(t)
        self.voices = VoicesPart(t, lambda: self.editor, self._now)
        parts = (self._cameras(), *self._covers(), self.looking, self.voices)
        inside.setLayout(stacked(*parts, spacing=8, margins=(0, 0, 8, 0)))
        side = scrolled(inside)
        side.setFixedWidth(390)
        row = beside(held(pictures), side, spacing=16)
        row.setStretch(0, 1)
        self.hand_out = primary_button(t.tr("Hand out…"), self._hand_out)
        self.undo = button(t.tr("Undo"), self.editor.undo)
        foot = beside(self.undo, None, button(t.tr("Close"), self.reject), self.hand_out)
        whole = stacked(held(row), foot, spacing=12, margins=(18, 14, 18, 14))
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _cameras(self) -> QWidget:
        """Where two are seen: each is covered and looked at by itself."""
        t = self._texts
        self.camera = Choice([(s.film.id, t.tr("camera {n}", n=s.film.camera)) for s in self._sides])
        self.camera.set_value(self._film.id)
        self.camera.activated.connect(lambda _: self._turn_to(self.camera.value()))
        how = t.tr("Both cameras leave as they are seen: each is covered and looked at by itself.")
        part = QWidget()
        part.setLayout(stacked(named(t.tr("Camera"), self.camera), label(how, "caption", wrap=True), spacing=8))
        part.setVisible(len(self._sides) > 1)
        return part

    def _covers(self) -> tuple[QWidget, ...]:
        t = self._texts
        self.tracks = QListWidget()
        self.tracks.setAccessibleName(t.tr("Covers"))
        self.tracks.setFixedHeight(130)
        self.covered = Choice([(c, t.tr(w)) for c, w in COVERED.items()])
        self.covered.set_value(Covered.FACE)
        self.person = Choice([("", t.tr("nobody known")), *((p.id, p.called) for p in self.editor.people)])
        self.person.set_value("")
        self.margin = Number(0, 200, 5, t.tr(" %"))
        self.margin.setValue(25)
        self.propose = button(t.tr("Look for faces"), self._propose)
        self.another = button(t.tr("With the other finder"), lambda: self._propose(Proposed.HAAR), "quiet")
        self._new = button(t.tr("New cover"), lambda: self._on_drawn(_NEW, anew=True))
        self.unmark = button(t.tr("Remove this mark"), self._remove_mark)
        self.remove = button(t.tr("Remove the cover"), self._remove_cover)
        return (
            section_label(t.tr("Covers").upper()),
            self.tracks,
            held(beside(named(t.tr("Covers what"), self.covered), named(t.tr("Whom"), self.person))),
            held(beside(named(t.tr("Wider by"), self.margin), None, self._new)),
            held(beside(self.unmark, self.remove, None)),
            held(beside(self.propose, self.another, None)),
            label(t.tr("Proposals miss faces and are never trusted: look at every picture."), "caption", wrap=True),
        )

    def _connect(self) -> None:
        player, bar, controls = self.player, self.transport, self._controls
        player.shown.connect(self._on_shown)
        player.playing_changed.connect(bar.show_playing)
        player.rate_changed.connect(bar.show_rate)
        player.trouble.connect(self._say_error)
        bar.play_pressed.connect(controls.toggle)
        bar.step_pressed.connect(controls.step)
        bar.rate_chosen.connect(player.set_rate)
        bar.seek_requested.connect(controls.seek)
        bar.dragged.connect(self._on_dragged)
        bar.mute_pressed.connect(controls.toggle_mute)
        controls.volume_changed.connect(self._on_volume)
        self.view.drawn.connect(self._on_drawn)
        self.view.picked.connect(self.choose)
        self.tracks.itemClicked.connect(self._on_track)
        self.tracks.itemActivated.connect(self._on_track)
        looking = self.looking
        looking.turned.connect(self._on_piece)
        looking.watch_pressed.connect(self._watch)
        looking.looked_pressed.connect(self._review)
        looking.ended.connect(player.pause)
        self.covered.activated.connect(lambda _: self._change(covered=self.covered.value()))
        self.person.activated.connect(lambda _: self._change(person_id=self.person.value()))
        self.margin.editingFinished.connect(lambda: self._change(margin=self.margin.value()))
        self._follow(on=True)
        self._space.changed.connect(self._ask_again)
        self.finished.connect(self._let_go)

    def _follow(self, *, on: bool) -> None:
        for signal, slot in ((self.editor.changed, self._on_changed), (self.editor.refused, self._say_error)):
            if on:
                signal.connect(slot)
            else:
                signal.disconnect(slot)

    def _turn_to(self, film_id: str) -> None:
        """The other camera: its picture, its covers, and what is still to be looked at there."""
        if film_id == self._film.id:
            return
        if self._job is not None:
            self._job.cancel()
        self.player.pause()
        self.player.set_sink(self._film.camera, None)
        self._end_seen()
        self._follow(on=False)
        self._film = next(side.film for side in self._sides if side.film.id == film_id)
        self.editor = self._space.cover_editor(self.editor.clip, film_id)
        self._follow(on=True)
        self._chosen, self._shown, self._job = "", None, None
        self.looking.forget()
        self.voices.forget()
        self.told.setText("")
        self._open()
        self.refresh()

    def _open(self) -> None:
        film = self._film
        try:
            (reel,) = reels(self._space.store, self._space.media, (film,))
        except AppError as error:
            self._say_error(error)
            return
        self._reel = replace(reel, viewing=AS_FILMED)  # it leaves as it was filmed, and is covered so
        self.player.set_sink(film.camera, self.view.show_picture)
        self.player.open((self._reel,))
        self._seen = PlayedFilms(self._space.looking, (film,), self.player, self)
        self._controls.use_volume()
        start, end = (film.to_meeting(time) for time in (self.editor.side.first, self.editor.side.last))
        self.transport.set_span(start, max(end, start + 1))
        self.player.seek(start)

    # covers

    def _on_drawn(self, box: Box, *, anew: bool = False) -> None:
        """A mark of the chosen cover in this picture, or a new cover."""
        if self._shown is None:
            return
        track = None if anew else self.editor.track(self._chosen)
        if track is not None:
            self.editor.mark(track, self._shown.time, box)
            return
        made = self.editor.draw(self.covered.value(), self._shown.time, box, self.person.value())
        if made is not None:
            self.choose(made.id)

    def choose(self, track_id: str) -> None:
        """A cover, by its id; none by an empty one."""
        self._chosen = track_id
        self.refresh()

    def _on_track(self, item: QListWidgetItem) -> None:
        track = self.editor.track(item.data(Qt.ItemDataRole.UserRole))
        if track is not None:
            self.choose(track.id)
            if self._shown is None or track.at(self._shown.time) is None:
                self._seek(track.keys[0].time)

    def _change(self, **fields: object) -> None:
        track = self.editor.track(self._chosen)
        if track is not None:
            self.editor.change(track, **fields)

    def _remove_mark(self) -> None:
        track = self.editor.track(self._chosen)
        if track is not None and self._shown is not None:
            self.editor.unmark(track, self._shown.time)

    def _remove_cover(self) -> None:
        track = self.editor.track(self._chosen)
        if track is not None:
            self.editor.remove(track)

    def _propose(self, by: Proposed = Proposed.CENTERFACE) -> None:
        """Beside the window; what is found are covers that nobody has looked at."""
        if self._job is not None:
            self._job.cancel()
            return
        reel, side, coverer = self._reel, self.editor.side, self._space.films.coverer
        words = self._texts.tr("Looking for faces")
        self._job = self._space.jobs.run(
            words,
            lambda job: coverer.propose(
                reel.source, reel.index, (side.first, side.last), by, job.progress, job.cancelled
            ),
            partial(self._on_proposed, self.editor),
            partial(self._on_not_proposed, self.editor),
            JobLane.INTAKE,
        )
        self.refresh()

    def _on_proposed(self, editor: CoverEditor, found: Sequence[Proposal]) -> None:
        if self._is_closed or editor is not self.editor:
            return
        self._job = None
        self.editor.take(found)
        if not found:
            self.told.setText(self._texts.tr("No face was found. That does not mean that there is none."))
        self.refresh()

    def _on_not_proposed(self, editor: CoverEditor, error: AppError) -> None:
        if self._is_closed or editor is not self.editor:
            return
        self._job = None
        if not isinstance(error, Cancelled):
            self._say_error(error)
        self.refresh()

    # looking

    def _on_piece(self, track_id: str) -> None:
        self._chosen = track_id or self._chosen
        self._show_chosen()
        self._show_covers()

    def _watch(self) -> None:
        """From the beginning of what is chosen."""
        if self.looking.watching is not None:
            self._seek(self.looking.watching.start)
            self.player.play()

    def _review(self) -> None:
        if self.looking.watching is not None:
            self.editor.review(self.looking.watching)

    # leaving

    def _hand_out(self) -> None:
        self.player.pause()
        self._leaving = LeaveDialog(self._space, self.editor.clip, self)
        self._leaving.exec()
        self._leaving = None

    # what is shown

    def _now(self) -> Micros | None:
        return None if self._shown is None else self._shown.time

    def _seek(self, time: Micros) -> None:
        self._controls.seek(self._film.to_meeting(time))

    def _on_dragged(self, time: Micros) -> None:
        self._controls.seek(time, dragging=True)

    def _on_volume(self, _percent: int, muted: bool) -> None:
        self.transport.show_muted(muted)

    def _on_shown(self, _camera: int, picture: Picture | None) -> None:
        self._shown = picture
        self.transport.show_place(self.player.position(), None if picture is None else picture.number)
        if picture is not None:
            if picture.time > self.editor.side.last:
                self.player.pause()
            self.looking.note(picture.time)
        self._show_covers()

    def _on_changed(self, _changes: object) -> None:
        self.told.setText("")
        self.refresh()

    def refresh(self) -> None:
        """Everything as it is in the archive."""
        t, editor = self._texts, self.editor
        if editor.track(self._chosen) is None:
            self._chosen = ""
        fill(self.tracks, [(self._track_words(track), track.id) for track in editor.tracks])
        left = editor.covering.to_review
        elsewhere = any(c.to_review for side, c in self._coverings() if side.film.id != self._film.id)
        words = [self._left_words(one) for one in left]
        self.looking.show_left(left, words, editor.side.last, elsewhere=elsewhere)
        self.hand_out.setEnabled(not left and not elsewhere)
        self.voices.setVisible(self._film.id == editor.clip.recording_id)
        self.voices.show_muted(self._span)
        self.propose.setText(t.tr("Look for faces") if self._job is None else t.tr("Stop looking"))
        self.another.setEnabled(self._job is None)
        self.undo.setEnabled(editor.stack.canUndo())
        self._show_chosen()
        self._show_covers()

    def _coverings(self) -> tuple[tuple[Side, Covering], ...]:
        return coverings_of(self._space.store, self.editor.clip) if len(self._sides) > 1 else ()

    def _show_chosen(self) -> None:
        """The chosen cover's row and what is said of it; of none, what a new one will be."""
        track = self.editor.track(self._chosen)
        ids = [self.tracks.item(n).data(Qt.ItemDataRole.UserRole) for n in range(self.tracks.count())]
        self.tracks.setCurrentRow(ids.index(self._chosen) if self._chosen in ids else -1)
        if track is not None:
            self.covered.set_value(track.covered)
            self.person.set_value(track.person_id)
            self.margin.setValue(track.margin)

    def _show_covers(self) -> None:
        time = None if self._shown is None else self._shown.time
        if time is None:
            self.view.show_covers(())
            return
        found = [(track, box) for track in self.editor.tracks if (box := track.at(time)) is not None]
        self.view.show_covers([ShownCover(t.id, box, _mark(t, time), t.id == self._chosen) for t, box in found])
        chosen = self.editor.track(self._chosen)
        self.remove.setEnabled(chosen is not None)
        self.unmark.setEnabled(chosen is not None and len(chosen.keys) > 1 and _mark(chosen, time) is not None)

    def _track_words(self, track: CoverTrack) -> str:
        t, side = self._texts, self.editor.side
        who = next((p.called for p in self.editor.people if p.id == track.person_id), "")
        first, last = track.span
        said = [t.tr(COVERED[track.covered]), who, self._span(max(first, side.first), min(last, side.last))]
        if track.proposed != Proposed.HAND:
            said.append(t.tr("proposed"))
        said.append("✓" if track.is_reviewed(side.first, side.last) else "")
        return " · ".join(word for word in said if word)

    def _left_words(self, left: Unreviewed) -> str:
        t, span = self._texts, self._span(left.start, left.end)
        track = self.editor.track(left.track_id)
        if track is not None:
            return t.tr("Cover: {what}, {span}", what=t.tr(COVERED[track.covered]), span=span)
        who = next((p.called for p in self.editor.people if p.id == left.person_id), "")
        if who:
            return t.tr("{who} without a cover, {span}", who=who, span=span)
        return t.tr("Names, screens and others, {span}", span=span)

    def _span(self, start: Micros, end: Micros) -> str:
        t, film = self._texts, self._film
        return f"{t.short_clock(film.to_meeting(start), digits=1)}–{t.short_clock(film.to_meeting(end), digits=1)}"

    def _say_error(self, error: AppError) -> None:
        self.told.setText(sentence(self._texts, error))

    def _ask_again(self, _written: object) -> None:
        """Somebody may have taken a consent back, or erased the film: then nothing of it is seen any more."""
        if self._is_closed:
            return
        try:
            reels(self._space.store, self._space.media, (self._film,))
        except AppError as error:
            if self._leaving is not None:
                self._leaving.reject()
            self.reject()
            self._space.notices.trouble(error)

    def _let_go(self, _result: int) -> None:
        self._is_closed = True
        if self._job is not None:
            self._job.cancel()
        self.player.set_sink(self._film.camera, None)
        self._end_seen()
        self.player.close()

    def _end_seen(self) -> None:
        """What was looked at of this camera's film is told."""
        seen, self._seen = self._seen, None
        if seen is not None:
            seen.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = isinstance(self.focusWidget(), (QLineEdit, QSpinBox)) and event.key() != Qt.Key.Key_Escape
        if typing or not (self._by_key(event) or self._keys.take(event)):
            super().keyPressEvent(event)

    def _by_key(self, event: QKeyEvent) -> bool:
        """Moves the chosen cover in this picture."""
        track, step = self.editor.track(self._chosen), _ARROWS.get(Qt.Key(event.key()))
        is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if track is None or self._shown is None or step is None or not is_ctrl:
            return False
        box = _mark(track, self._shown.time) or track.at(self._shown.time)
        if box is None:
            return False
        grows = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return self.editor.mark(track, self._shown.time, nudged(box, *step, grows=grows))


def _mark(track: CoverTrack, time: Micros) -> Box | None:
    return next((key.box for key in track.keys if key.time == time), None)
