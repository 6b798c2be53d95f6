"""*Kohdista kamerat*: where one film lies on the clock of another, found by sound, by a clap, or by hand.

What is tried shows at once in the dialog's own pictures; only *Apply* changes the meeting, as one step.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QProgressBar, QWidget

from app.casework.pair import own_header
from app.error_texts import sentence
from app.errors import AppError, Cancelled
from app.films.alignment import alignable, moved_with_film, partner_of, place_of
from app.films.reels import open_derived, reels
from app.i18n import Texts
from app.jobs import Job, JobLane
from app.model.coding import CodingState
from app.model.film_clock import offset_at
from app.model.plain_number import plain_number
from app.model.recording import DerivedFile, DerivedKind, Recording
from app.model.timecode import SECOND, Micros, clock, parse_clock
from app.notices import Notice, Tone
from app.ports import Picture
from app.ports.films import SyncFound
from app.workspace import Workspace
from widgets.films.controls import Controls
from widgets.films.picture import PictureView
from widgets.films.transport import Transport
from widgets.films.wave_overlay import WaveOverlay
from widgets.folding import size_to_fit
from widgets.forms.inputs import ChoiceBox
from widgets.keys.matcher import Matcher
from widgets.look.look import Look
from widgets.look.parts import beside, button, field, label, primary_button, scrolled, stacked
from widgets.timeline.strips import FilmSound

#: a clock that runs faster or slower than this is no camera's
MOST_PPM = 1_000.0
#: what a clock that is a millionth fast gains in an hour, ms: what a person can picture
AN_HOUR = 3.6
#: from which confidence a placement is called sure, and fairly sure
SURE, FAIRLY = 0.8, 0.5


class SyncDialog(QDialog):
    """Two films of a meeting: the reference at the left stays, the other one is moved."""

    def __init__(self, space: Workspace, look: Look, meeting_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._space, self._look, self._texts, self._meeting_id = space, look, space.texts, meeting_id
        self._editor = space.films_editor(meeting_id)
        self._films = self._editor.films()
        self._others = alignable(self._films)
        assert self._others, "there is something to align"
        self._other = self._others[0]
        self._reference = partner_of(self._films, self._other)
        self._offset, self._drift = self._other.offset, self._other.drift_ppm
        self._marks: dict[int, Micros] = {}
        self._job: Job | None = None
        self._is_closed = False
        self.player = space.films.player()
        self._controls = Controls(self.player, space.preferences, self)
        self._keys = Matcher(self._controls.acts(), space.preferences)
        self._build()
        self._connect()
        self._open()

    # building

    def _build(self) -> None:
        t = self._texts
        self.setWindowTitle(t.tr("Align the cameras"))
        size_to_fit(self, 1040, 720)
        self.choice = ChoiceBox()
        for film in self._others:
            self.choice.addItem(_name(t, film), film.id)
        self.choice.setAccessibleName(t.tr("Film to align"))
        self.views = tuple(PictureView(t) for _ in range(2))
        self._titles = tuple(label("", "strong") for _ in range(2))
        self.mark_buttons = tuple(button("", partial(self.mark, side)) for side in range(2))
        pictures = beside(spacing=14)
        for side in range(2):
            view = self.views[side]
            view.setMinimumSize(300, 168)
            column = stacked(self._titles[side], view, beside(self.mark_buttons[side], None), spacing=6)
            column.setStretch(1, 1)
            pictures.addLayout(column, 1)
        self.overlay = WaveOverlay(self._look, t)
        self.transport = Transport(self._look, t, self._space.preferences)
        self.transport.show_only(loop=False, more=False, screens=False)
        told = t.tr("Both show the same moment when they are aligned. Nothing changes before you apply.")
        words = label(told, "muted")
        column = stacked(beside(words, None, self.choice), spacing=12, margins=(18, 14, 18, 14))
        column.addLayout(pictures, 1)
        column.addWidget(self.overlay)
        column.addWidget(self.transport)
        column.addLayout(self._fields())
        column.addWidget(self.told)
        inside = QWidget()
        inside.setLayout(column)
        whole = stacked(scrolled(inside), spacing=0)  # on a small screen the pictures are scrolled, never the buttons
        whole.addLayout(self._buttons())
        self.setLayout(whole)
        self.choice.setVisible(len(self._others) > 1)

    def _fields(self) -> QHBoxLayout:
        t = self._texts
        self.offset, self.drift = QLineEdit(), QLineEdit()
        self.offset.setFixedWidth(170)
        self.drift.setFixedWidth(120)
        self.by_sound = button(t.tr("Align by sound"), self.find_by_sound)
        self.stop = button(t.tr("Cancel"), self._cancel_find)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.told = label("", wrap=True)
        self.told.setMinimumHeight(40)
        self._steps = (
            button(t.tr("‹ one frame"), lambda: self.nudge(-1)),
            button(t.tr("one frame ›"), lambda: self.nudge(1)),
        )
        row = beside(spacing=10)
        row.addLayout(field(t.tr("Begins on the meeting's clock at"), self.offset))
        for step in self._steps:
            row.addWidget(step, 0, Qt.AlignmentFlag.AlignBottom)
        row.addLayout(field(t.tr("Its clock gains in an hour, ms"), self.drift))
        row.addStretch(1)
        for part in (self.bar, self.stop, self.by_sound):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignBottom)
        self.bar.hide()
        self.stop.hide()
        return row

    def _buttons(self) -> QHBoxLayout:
        t = self._texts
        self.undo = button(t.tr("Undo the last alignment"), self._undo)
        self.apply_button = primary_button(t.tr("Apply"), self.apply)
        close = button(t.tr("Close"), self.reject)
        return beside(self.undo, None, close, self.apply_button, margins=(18, 8, 18, 14))

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
        bar.dragged.connect(lambda time: controls.seek(time, dragging=True))
        bar.mute_pressed.connect(controls.toggle_mute)
        controls.volume_changed.connect(lambda _percent, muted: bar.show_muted(muted))
        self.choice.activated.connect(lambda place: self._choose(self._others[place]))
        self.offset.editingFinished.connect(self._on_typed)
        self.drift.editingFinished.connect(self._on_typed)
        self.finished.connect(lambda _: self._let_go())
        self._space.copies.made.connect(self._on_made)

    def _open(self) -> None:
        media = self._space.media
        pair = (self._reference, self._other)
        try:
            self.player.open(reels(self._space.store, media, pair))
        except AppError as error:
            self._say_error(error)
        for film, view, title in zip(pair, self.views, self._titles, strict=True):
            self.player.set_sink(film.camera, view.show_picture)
            title.setText(_name(self._texts, film))
        self.player.listen_to(self._reference.camera)
        self._controls.use_volume()
        self._marks.clear()
        self._show_marks()
        self._show_place()
        self.player.seek(max(self._reference.to_meeting(0), self._other.to_meeting(0)))
        self._on_shown(self.player.leading(), None)

    def _choose(self, film: Recording) -> None:
        self._cancel_find()
        for old in (self._reference, self._other):
            self.player.set_sink(old.camera, None)
        self.player.close()
        self._other = self._editor.film(film.id)
        self._reference = partner_of(self._films, self._other)
        self._offset, self._drift = self._other.offset, self._other.drift_ppm
        self._open()

    # trying

    def try_place(self, offset: Micros, drift_ppm: float) -> None:
        """Show the other film there; nothing is kept yet."""
        self._offset, self._drift = offset, min(max(drift_ppm, -MOST_PPM), MOST_PPM)
        self.player.set_place(self._other.id, self._offset, self._drift)
        self._show_place()

    def nudge(self, frames: int) -> None:
        """The other film later or earlier by frames of its own."""
        self.try_place(self._offset + frames * round(SECOND / max(self._other.facts.fps, 1.0)), self._drift)

    def mark(self, side: int) -> None:
        """Mark the picture that is on; when both films are marked, they show the same moment."""
        picture = self.views[side].picture
        if picture is None:
            self.told.setText(self._texts.tr("This camera has no picture here. Go where it has one."))
            return
        self._marks[side] = picture.time
        self._show_marks()
        if len(self._marks) == len(self.views):
            at = self._reference.to_meeting(self._marks[0])
            self.try_place(offset_at(at, self._marks[1], self._drift), self._drift)
            self._marks.clear()
            self._show_marks()
            self.player.seek(at)
            self.told.setText(self._texts.tr("Aligned by the marked moment. Check it, then apply."))

    def find_by_sound(self) -> None:
        """Look for the place by sound, beside the window."""
        space = self._space
        self.told.setText("")
        try:
            ours, theirs = reels(space.store, space.media, (self._reference, self._other))
        except AppError as error:
            self._say_error(error)
            return

        def work(job: Job) -> SyncFound:
            films = (ours.source, ours.index), (theirs.source, theirs.index)
            return space.films.sync.find(*films, job.progress, job.cancelled)

        label_of_job = self._texts.tr("Aligning the cameras by sound")
        self._job = self._space.jobs.run(label_of_job, work, self._on_found, self._on_not_found, JobLane.INTAKE)
        self._job.progressed.connect(self._on_progress)
        self._show_finding()

    def _on_progress(self, fraction: float) -> None:
        self.bar.setValue(round(fraction * 1000))

    def _on_found(self, found: SyncFound) -> None:
        if self._is_closed:
            return
        self._job = None
        self._show_finding()
        self.try_place(*place_of(self._reference, found))
        self.told.setText(found_words(self._texts, found, self._offset))

    def _on_not_found(self, error: AppError) -> None:
        if self._is_closed:
            return
        self._job = None
        self._show_finding()
        if not isinstance(error, Cancelled):
            self._say_error(error)

    def _cancel_find(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_typed(self) -> None:
        t = self._texts
        try:
            offset = parse_clock(self.offset.text())
            typed = plain_number(self.drift.text(), comma=True)
            if typed is None:
                raise ValueError
            gained = float(typed)
        except ValueError:
            self.told.setText(t.tr("Type the time as 00:00:03,417 and what the clock gains as a number such as 12,5."))
            return
        if (offset, gained) != (_shown(self._offset), round(self._drift * AN_HOUR, 1)):
            self.try_place(offset, gained / AN_HOUR)

    # keeping

    def apply(self) -> None:
        """One step that can be undone; what was seen on the film is offered to be moved with it."""
        self._on_typed()
        before = self._editor.film(self._other.id)
        if not self._editor.place(before.id, self._offset, self._drift):
            return
        after = self._editor.film(before.id)
        if before != after:
            offer_move(self._space, self._meeting_id, before, after)
        self.accept()

    def _undo(self) -> None:
        if self._editor.undo():
            self._films = self._editor.films()
            self._choose(self._other)

    # what is shown

    def _on_shown(self, _camera: int, _picture: Picture | None) -> None:
        time = self.player.position()
        picture = self.views[0].picture
        self.transport.show_place(time, None if picture is None else picture.number)
        self.overlay.show_at(time)

    def _show_place(self) -> None:
        t = self._texts
        self.offset.setText(t.clock(self._offset))
        self.drift.setText(t.number(self._drift * AN_HOUR, 1))
        self.transport.set_span(self.player.start(), self.player.end())
        self.apply_button.setEnabled((self._offset, self._drift) != (self._other.offset, self._other.drift_ppm))
        self.undo.setVisible(self._editor.stack.canUndo())
        moved = _placed(self._other, self._offset, self._drift)
        sounds = (self._sound(self._reference, self._reference), self._sound(self._other, moved))
        self.overlay.show_sounds((_name(t, self._reference), _name(t, self._other)), sounds)

    def _show_marks(self) -> None:
        t = self._texts
        for side, made in enumerate(self.mark_buttons):
            at = self._marks.get(side)
            marked = "" if at is None else f"  {t.short_clock(at, digits=3)} ✓"
            made.setText(t.tr("Mark the same moment") + marked)
            made.setToolTip(t.tr("Find a clap or a touch in each picture and mark it in both."))

    def _show_finding(self) -> None:
        on = self._job is not None
        self.bar.setValue(0)
        self.bar.setVisible(on)
        self.stop.setVisible(on)
        self.by_sound.setEnabled(not on)

    def _sound(self, film: Recording, placed: Recording) -> FilmSound | None:
        file = open_derived(self._space.store, self._space.media, film, DerivedKind.WAVEFORM)
        if file is None:
            return None
        with file:
            try:
                return FilmSound(placed, self._space.films.read_waveform(file, film.viewing.sound_track))
            except AppError as error:
                self._say_error(error)
                return None

    def _on_made(self, _film: Recording, row: DerivedFile) -> None:
        if row.kind == DerivedKind.WAVEFORM:
            self._show_place()

    def _say_error(self, error: AppError) -> None:
        self.told.setText(sentence(self._texts, error))

    def _let_go(self) -> None:
        self._is_closed = True
        self._cancel_find()
        for film in (self._reference, self._other):
            self.player.set_sink(film.camera, None)
        self.player.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = isinstance(self.focusWidget(), QLineEdit) and event.key() != Qt.Key.Key_Escape
        if typing or not self._keys.take(event):
            super().keyPressEvent(event)


def offer_move(space: Workspace, meeting_id: str, before: Recording, after: Recording) -> None:
    """Aligning moves nothing that was coded; what was seen on the film in one's own draft can be moved with it."""
    t = space.texts
    words = t.tr("Camera {n} was aligned.", n=after.camera)
    header = own_header(space.store, meeting_id)
    editor = space.coding_editor(meeting_id) if header is not None and header.state == CodingState.DRAFT else None
    changes = () if editor is None else moved_with_film(editor.coding, editor.scheme, before, after)
    if editor is None or not changes:
        space.notices.done(words)
        return
    count = t.trn(
        "{n} observation of yours was made on its picture.",
        "{n} observations of yours were made on its picture.",
        len(changes),
    )

    # the offer stands, and the coder may go on: what is marked from now on is seen where the film lies now
    marked = frozenset(editor.coding.observations)

    def move() -> None:
        live = space.coding_editor(meeting_id)  # the language may have changed, and the editor with it
        now = space.films_editor(meeting_id).film(after.id)
        if (now.offset, now.drift_ppm) == (before.offset, before.drift_ppm):
            return  # the alignment was taken back, and with it what there was to move
        moved = moved_with_film(live.coding, live.scheme, before, after, marked)
        live.do(t.tr("Observations moved with the camera"), *moved)

    space.notices.say(Notice(f"{words} {count}", Tone.INFO, t.tr("Move them too"), move, stays=True))


def found_words(texts: Texts, found: SyncFound, offset: Micros) -> str:
    """How sure it is, where the film begins, and how its clock runs."""
    sure = (
        texts.tr("sure")
        if found.confidence >= SURE
        else texts.tr("fairly sure, check it")
        if found.confidence >= FAIRLY
        else texts.tr("unsure, check it closely")
    )
    return " ".join(
        (
            *(_by_claps(texts, found, sure) if found.claps else _by_places(texts, found, sure)),
            texts.tr("It begins at {offset}.", offset=texts.clock(offset)),
            _clock_after(texts, found),
            texts.tr("Check the picture and the sound, then apply."),
        )
    )


def _by_places(texts: Texts, found: SyncFound, sure: str) -> tuple[str, ...]:
    within = max(-(-found.spread // 1000), 1)
    places = texts.tr(
        "{agreeing} of {tried} places agree, at most {ms} ms apart.",
        agreeing=found.agreeing,
        tried=found.tried,
        ms=texts.number(within),
    )
    return texts.tr("Found by sound: {sure}.", sure=sure), places


def _by_claps(texts: Texts, found: SyncFound, sure: str) -> tuple[str, ...]:
    by = texts.trn("Found by {n} clap: {sure}.", "Found by {n} claps: {sure}.", found.claps, sure=sure)
    if found.tried == found.claps:
        return (by,)
    missing = found.tried - found.claps
    return by, texts.trn("{n} clap is heard in one film only.", "{n} claps are heard in one film only.", missing)


def _clock_after(texts: Texts, found: SyncFound) -> str:
    """How its clock runs, where that was told: claps close together do not."""
    if found.claps and round(found.drift_ppm * AN_HOUR) == 0:
        return texts.tr("Claps do not tell how its clock runs, so look at the end of the film too.")
    return clock_words(texts, found.drift_ppm)


def clock_words(texts: Texts, drift_ppm: float) -> str:
    """How a camera's clock runs beside the other's, by what it gains or loses in an hour; whole ms."""
    gained = round(drift_ppm * AN_HOUR)
    if gained == 0:
        return texts.tr("Its clock runs as the other's does.")
    if gained > 0:
        return texts.tr("Its clock gains {ms} ms in an hour.", ms=texts.number(gained))
    return texts.tr("Its clock loses {ms} ms in an hour.", ms=texts.number(-gained))


def _name(texts: Texts, film: Recording) -> str:
    began = "" if film.offset == 0 else f" · {texts.short_clock(film.offset, digits=1)}"
    return texts.tr("Camera {n}", n=film.camera) + began


def _shown(offset: Micros) -> Micros:
    """An offset as precise as its field shows it."""
    return parse_clock(clock(offset))


def _placed(film: Recording, offset: Micros, drift_ppm: float) -> Recording:
    return replace(film, offset=offset, drift_ppm=drift_ppm)
