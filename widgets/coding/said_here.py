"""What was said, in the coding room: its drawer, its keys, and how it leaves. It belongs to no coding."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.casework.said_leaving import demand_leaving, export_said, file_name, named_in
from app.casework.said_words import called, speakers
from app.errors import AppError
from app.model.consent import Purpose
from app.model.meeting import Meeting
from app.model.timecode import SECOND, Micros
from app.notices import Notice, Tone
from widgets.coding.said_line import SaidLine
from widgets.coding.said_panel import SaidPanel
from widgets.films.watching import Watching
from widgets.forms.file_dialogs import FileDialogs
from widgets.keys.matcher import Act
from widgets.screen import Screen

#: a press of back or on moves the film by so much; playing goes on from a little before it stopped
STEP: Micros = 3 * SECOND
LEAD: Micros = SECOND


class SaidHere(QObject):
    """For one meeting whose films are watched; the panel is made when its drawer is first opened."""

    def __init__(self, place: Screen, meeting: Meeting, watching: Watching) -> None:
        super().__init__(watching)
        self._place, self._meeting, self._watching = place, meeting, watching
        self._space, self._texts = place.workspace, place.texts
        self.editor = self._space.said_editor(meeting.id)
        self.editor.saved.connect(place.show_saved)
        self._panel: SaidPanel | None = None
        watching.moved.connect(self._on_moved)
        watching.captions.turned.connect(self._on_captions)

    def panel(self) -> QWidget:
        """The drawer's panel."""
        case, t = self._space.case_of(self._meeting), self._texts
        names = speakers(t, case, self._meeting)
        made = self._panel = SaidPanel(
            self.editor, self._space.preferences, self._place.look, names, partial(called, t, case), self._now
        )
        made.jump_requested.connect(self._watching.controls.seek_into)
        made.captions_chosen.connect(self._watching.captions.toggle)
        made.leaving_asked.connect(self._take_out)
        made.show_captions(self._watching.captions.is_on)
        return made

    def writing(self) -> QWidget | None:
        """Where the words are written, once the drawer was opened."""
        return None if self._panel is None else self._panel.writing.text

    def acts(self) -> dict[str, Act]:
        """What keys do, by the ids of the actions; those of the line do nothing while the drawer was never open."""
        controls = self._watching.controls
        of_film: dict[str, Act] = {
            "said.play": self.play,
            "said.back": partial(controls.move, -STEP),
            "said.on": partial(controls.move, STEP),
            "said.slower": partial(controls.change_rate, -1),
            "said.faster": partial(controls.change_rate, 1),
        }
        return of_film | {
            "said.new": self._new_line,
            "said.speaker": partial(self._with_line, SaidLine.next_speaker),
            "said.private": partial(self._with_line, SaidLine.make_private),
            "said.unclear": partial(self._with_line, SaidLine.toggle_unclear),
        }

    def move_edge(self, *, closes: bool) -> None:
        """The line that is written begins, or ends, at the picture."""
        if self._panel is not None:
            self._panel.writing.move_edge(closes=closes)

    def to_search(self) -> None:
        if self._panel is not None:
            self._panel.to_search()

    def play(self) -> None:
        """Stop, or go on from a second before: what was heard last is heard once more."""
        player = self._watching.player
        if not player.is_playing() and player.position() > player.start():
            self._watching.controls.seek(player.position() - LEAD)
        if player.is_playing():
            player.pause()
        else:
            player.play()

    def _now(self) -> Micros:
        return self._watching.player.position()

    def _with_line(self, act: Callable[[SaidLine], None]) -> None:
        if self._panel is not None and self._panel.isVisible():
            act(self._panel.writing)

    def _new_line(self) -> None:
        if self._panel is not None and self._panel.isVisible():
            self._panel.writing.start_new(self._now())
            self._panel.writing.text.setFocus()

    def _on_moved(self, time: Micros) -> None:
        if self._panel is not None:
            self._panel.show_at(time, follows=self._watching.player.is_playing())

    def _on_captions(self, on: bool) -> None:
        if self._panel is not None:
            self._panel.show_captions(on)

    # out of the archive

    def _take_out(self, purpose: Purpose) -> None:
        """As a file of captions, when everybody filmed has consented to this and no name stands open."""
        assert self._panel is not None
        self._panel.commit()
        store, t, notices = self._space.store, self._texts, self._space.notices
        try:
            demand_leaving(store, self._meeting.id, purpose)
            name = file_name(t, self._space.case_of(self._meeting), self._meeting)
            path = FileDialogs(self._panel).save(t.tr("Save what was said"), name, "WebVTT (*.vtt)")
            if path is None:
                return
            n = export_said(store, t, self._meeting.id, purpose, path)
        except AppError as error:
            if error.key == "names-said":
                self._offer_keeping_back(error)
            else:
                notices.trouble(error)
            return
        notices.done(t.trn("{n} line saved, without private words.", "{n} lines saved, without private words.", n))

    def _offer_keeping_back(self, error: AppError) -> None:
        from app.error_texts import sentence

        words = self._texts.tr("Keep the names back")
        self._space.notices.say(Notice(sentence(self._texts, error), Tone.WARNING, words, self._keep_back))

    def _keep_back(self) -> None:
        case = self._space.case_of(self._meeting)
        self.editor.keep_back(named_in(self._space.store, case, self.editor.lines))
