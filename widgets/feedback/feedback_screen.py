"""The place *Palaute*: which case, and the room in which its moments are chosen, arranged and shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.casework.case_file import case_file
from app.casework.case_list import case_lines
from app.clips.note import file_name, save_note
from app.clips.words import talk_words
from app.jobs import JobLane
from app.model.units import RowCount
from app.ports.player import Player
from app.shortcuts.actions import action
from app.shortcuts.names import on_cap
from app.workspace import Workspace
from widgets.feedback.feedback_room import FeedbackRoom
from widgets.feedback.show_page import ShowPage
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.forms.paged_choice import SomeRows, paged_choice
from widgets.keys.captions import KeyFollower
from widgets.look.look import Look
from widgets.look.parts import EmptyState, Row, button, confirm, primary_button
from widgets.room_screen import RoomScreen
from widgets.screen import Go


class FeedbackScreen(RoomScreen[FeedbackRoom]):
    """`opened(case_id=…)` opens that case's feedback, else it offers a choice.

    `within` is what of it is shown: a moment, a talk, or words that were said in one. With `meeting_id` it is that
    meeting's film, where moments of it may be chosen.
    """

    def __init__(self, workspace: Workspace, look: Look, go: Go, new_player: Callable[[], Player]) -> None:
        super().__init__(workspace, look, go, new_player)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def opened(self, case_id: str = "", clip_id: str = "", within: str = "", meeting_id: str = "", **_ids: str) -> None:
        if case_id:
            self._open(case_id, clip_id or within)
            if meeting_id and self._room is not None:
                self._room.to_meeting(meeting_id)
        elif self._room is None:
            self._offer()
        else:
            self._room.refresh()

    def may_be_left(self) -> bool:
        """While a family watches, a press beside must not end it unasked."""
        page, t = (None if self._room is None else self._room.show_page), self.texts
        if page is None or not page.is_under_way:
            return True
        question = t.tr("Moments are being shown on the second screen. Another place ends the showing.")
        return confirm(self, t, question, t.tr("End showing"), t.tr("Go on showing"))

    def left(self) -> None:
        super().left()
        if self._room is not None:
            self._room.leave()

    def keeps(self, event: QKeyEvent) -> bool:
        """In a field letters are typed, and Enter ends the typing."""
        return bool(event.text())

    def _open(self, case_id: str, within: str) -> None:
        self.close_film()
        case = case_file(self.workspace.store, case_id)
        room = FeedbackRoom(self, case, self._new_player, within)
        self.show_room(room)
        room.turned.connect(self._show_head)
        self._show_head()

    def _show_head(self) -> None:
        """The title and the main action of what the room shows now."""
        t, room = self.texts, self._room
        if room is None:
            return
        name, talk = room.case.case.code_name, room.talk
        about = name if talk is None else f"{name} · {talk_words(t, room.case, talk)}"
        self.set_title(t.tr("Feedback"), about)
        if room.show_page is not None:
            self._show_head_of_showing(name, room.show_page)
            return
        if talk is None:  # the first thing is to begin one, which the room offers
            self.set_actions()
            return
        note = button(t.tr("Feedback note PDF"), self._save_note)
        note.setEnabled(bool(room.editor.said_in(talk)))
        show = primary_button(t.tr("Show"), room.show_clips)
        show.setEnabled(bool(room.editor.placed(talk)))
        self.set_actions(note, show)

    def _show_head_of_showing(self, name: str, page: ShowPage) -> None:
        """To whom it is shown, and which moment is on; the program can be covered at once."""
        t = self.texts
        who = t.tr("shown to: {who}", who=page.shown_to)
        number = t.tr("moment {n} / {all}", n=page.number, all=len(page.clips)) if page.number else ""
        self.set_title(t.tr("Feedback"), " · ".join(x for x in (name, who, number) if x))
        words = t.tr(action("cover").name)
        cover = button(words, self.cover_asked.emit)
        cover.setAccessibleName(words)
        KeyFollower(
            self.workspace.preferences, cover, lambda keys: cover.setText(f"{words}   {on_cap(keys.of('cover'))}")
        )
        self.set_actions(cover)

    def _save_note(self) -> None:
        """What was shown and said, as a paper of its own."""
        room, space, t = self._room, self.workspace, self.texts
        talk = None if room is None else room.talk
        if room is None or talk is None:
            return
        room.commit()
        talk = room.talk or talk
        space.notices.paper({room.case.case.code_name})
        path = FileDialogs(self).save(t.tr("Save as PDF"), file_name(t, room.case, talk), PDF)
        if path is not None:
            space.jobs.run(
                t.tr("Making the feedback note as PDF"),
                lambda _job: save_note(space.store, t, talk, path),
                lambda _: space.notices.done(
                    t.tr("The PDF was saved. It is not encrypted: keep it as any secret paper.")
                ),
                lane=JobLane.ARCHIVE,
            )

    def _offer(self) -> None:
        t, store = self.texts, self.workspace.store
        self.set_title(t.tr("Feedback"))
        self.set_actions()
        self.show_saved(None)

        def read(number: RowCount, mine: bool) -> SomeRows:
            lines = case_lines(store, number, mine=mine)
            rows = []
            for line in lines:
                act = button(t.tr("Open"), partial(self.go, "feedback", case_id=line.case.id))
                rows.append(Row(self.look, line.case.code_name, "", "feedback", "", act))
            return SomeRows({t.tr("Which case?"): list(rows)}, len(lines) < number)

        made = paged_choice(t, read)
        if made is not None:
            self.show_page(made)
            return
        words = t.tr("Here the moments that a parent sees are chosen, arranged and shown. First a case is needed.")
        self.show_page(
            EmptyState(t.tr("No feedback yet"), words, primary_button(t.tr("To the clients"), lambda: self.go("cases")))
        )
