"""The place *Kuvaus*: which meeting, its filming, and the talk after it. Filming goes on when the place is left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from app.casework.film_use import FilmMark, film_marks
from app.casework.meeting_file import films_in_use
from app.filming.capture import Capture
from app.filming.choice import Filmable, When, filmable
from app.filming.devices import preset_of
from app.filming.stages import FilmingStage
from app.i18n import today
from app.model.meeting import Meeting
from app.model.units import RowCount
from app.services.library import meeting_called
from app.shortcuts.names import on_cap
from app.workspace import Workspace
from widgets.filming.after_page import AfterPage
from widgets.filming.control_window import ControlWindow
from widgets.filming.filming_room import FilmingRoom
from widgets.films.session_ids import session_ids
from widgets.forms.paged_choice import SomeRows, paged_choice
from widgets.keys.captions import KeyFollower
from widgets.look.consent_mark import ConsentMark
from widgets.look.look import Look
from widgets.look.parts import EmptyState, Row, button, label, primary_button
from widgets.screen import Go, Screen


class FilmingScreen(Screen):
    """`opened(meeting_id=…)` films that meeting, `part="talk"` opens its talks; without one it offers a choice."""

    def __init__(self, workspace: Workspace, look: Look, go: Go, cover: Callable[[], None]) -> None:
        """`cover` is the window's own action."""
        super().__init__(workspace, look, go)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._preferences, self._cover = workspace.preferences, cover
        self._room: FilmingRoom | None = None
        self._control: ControlWindow | None = None
        self._goes_on = False  # filming goes on although it was ended
        self._wants_talk = False
        self._after = AfterPage(workspace, look)
        self._after.decided.connect(self._refresh)
        self._after.saved.connect(self.show_saved)
        self._choice: QWidget | None = None
        self._body = QStackedWidget()
        self.lead_in(self._body)
        self._body.addWidget(self._after)
        self.column.addWidget(self._body, 1)

    @property
    def room(self) -> FilmingRoom | None:
        """The meeting being prepared or filmed, if one is open."""
        return self._room

    @property
    def after(self) -> AfterPage:
        return self._after

    @property
    def control(self) -> ControlWindow | None:
        """The small window, while it is open."""
        return self._control

    # the screen's own life

    def opened(self, meeting_id: str = "", part: str = "", **_ids: str) -> None:
        held = self.workspace.capture
        if held is not None and held.is_busy:
            meeting_id = held.meeting.id  # what is being filmed comes first
        if not meeting_id and held is not None and held.stage != FilmingStage.KEPT:
            meeting_id = held.meeting.id
        if not meeting_id:
            self._offer()
            return
        capture = self.workspace.capture_of(meeting_id)
        self._wants_talk, self._goes_on = part == "talk", False
        if self._room is None or self._room.capture is not capture:
            self._make_room(capture)
        self._refresh()

    def main_thing(self) -> QWidget:
        room = self._room
        if room is not None and self._body.currentWidget() is room:
            return room.tasks.rows
        return super().main_thing()

    def notice_place(self) -> QWidget:
        """The large picture: not the tasks' buttons, nor what a glance must tell."""
        room = self._room
        return room.large if room is not None and self._body.currentWidget() is room else self

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A press of the mouse on a button that takes no keys leaves them here: they are the room's."""
        super().focusInEvent(event)
        thing = self.main_thing()
        if thing is not self and thing.isVisible():
            thing.setFocus()

    def takes_back(self, _pressed: QWidget) -> bool:
        """While filming the keys are the room's, whatever was pressed by hand."""
        room = self._room
        return room is not None and self._body.currentWidget() is room and room.capture.is_under_way

    def left(self) -> None:
        self._after.commit()
        if self._room is not None:
            self._room.commit()
            if not self._room.capture.is_busy:
                self._room.close_devices()

    def in_use(self) -> bool:
        return self.workspace.is_filming

    def _make_room(self, capture: Capture) -> None:
        self._drop_room()
        self._room = FilmingRoom(self, capture)
        self._room.ended.connect(self._on_ended)
        capture.stage_changed.connect(self._on_stage)
        self._body.addWidget(self._room)

    def _drop_room(self) -> None:
        self._close_control()
        room, self._room = self._room, None
        if room is None:
            return
        room.capture.stage_changed.disconnect(self._on_stage)
        room.close_devices() if not room.capture.is_busy else room.test.finish()
        self._body.removeWidget(room)
        room.deleteLater()

    # which page

    def _refresh(self) -> None:
        """The room while there is something to film, the page after it when filming has ended or is over for good."""
        room = self._room
        if room is None:
            return
        capture = room.capture
        is_over = capture.stage == FilmingStage.KEPT and not self._goes_on
        is_over = is_over or (capture.is_fixed and not capture.is_under_way)
        if is_over or (self._wants_talk and not capture.is_under_way):
            self._show_after(capture)
        else:
            self._show_room(room)

    def _show_room(self, room: FilmingRoom) -> None:
        t = self.texts
        self._body.setCurrentWidget(room)
        room.open(self._preferences.remembered.last_room)
        self._name(room.capture.meeting)
        small = button(t.tr("Small control window"), self.show_control)
        cover = button("", self._cover)
        words = t.tr("Cover the screen")
        KeyFollower(
            self._preferences, cover, lambda keys: cover.setText(f"{words}   {on_cap(keys.of('cover'))}".rstrip())
        )
        small.setEnabled(room.capture.is_under_way)
        case = self.workspace.case_of(room.capture.meeting)
        other = button(t.tr("Another meeting"), self._offer, "quiet")
        if case.case.is_folder:
            ids = session_ids(self.workspace, case)
            other = button(t.tr("Back to the session"), lambda: self.go("supervision", **ids), "quiet")
        end = button(t.tr("End filming"), room.capture.stop)
        before = [other, end] if room.capture.stage == FilmingStage.RESCUED else [other]
        self.set_actions(*([] if room.capture.is_under_way else before), small, cover)
        if not room.capture.meeting.plan and not room.capture.is_under_way:
            self.workspace.notices.info(t.tr("This meeting has no tasks yet. Plan them first, or film without."))

    def _show_after(self, capture: Capture) -> None:
        t = self.texts
        self._close_control()
        if self._room is not None:
            self._room.close_devices()
        self._after.show_capture(capture, self.workspace.case_of(capture.meeting))
        self._body.setCurrentWidget(self._after)
        self._name(capture.meeting)
        if capture.filmed.undecided is not None:
            self.set_actions()  # first what becomes of the films
            return
        actions: list[QWidget] = []
        case = self.workspace.case_of(capture.meeting)
        if case.case.is_folder:
            ids = session_ids(self.workspace, case)
            actions.append(button(t.tr("Back to the session"), lambda: self.go("supervision", **ids), "quiet"))
        if capture.is_fixed:
            actions.append(label(t.tr("A coding is ready, so no more is filmed of this meeting."), "muted"))
            if capture.stage == FilmingStage.RESCUED:
                actions.append(button(t.tr("End filming"), capture.stop))
        else:
            actions.append(button(t.tr("Go on filming"), self._on_go_on))
        can_code = self.workspace.store.me in capture.meeting.coders
        if can_code and films_in_use(self.workspace.store, capture.meeting.id) and capture.stage == FilmingStage.KEPT:
            code = primary_button(t.tr("Code"), lambda: self.go("coding", meeting_id=capture.meeting.id))
            actions.append(code)
        self.set_actions(*actions)

    def _name(self, meeting: Meeting) -> None:
        t, case = self.texts, self.workspace.case_of(meeting)
        adult = case.person(meeting.adult_id)
        about = [case.case.code_name, meeting_called(t, meeting, adult)]
        room = self._room
        if room is not None and self._body.currentWidget() is room:
            cameras = len(room.capture.setup.cameras)
            about += [t.tr("cameras 1 and 2")] if cameras > 1 else [t.tr("camera 1")] if cameras else []
        self.set_title(t.tr("Filming"), " · ".join(about))

    def _on_go_on(self) -> None:
        self._goes_on, self._wants_talk = True, False
        self._refresh()

    def _on_stage(self, stage: FilmingStage) -> None:
        if stage == FilmingStage.RECORDING and self._room is not None:
            self._goes_on = False
            if not self._room.capture.setup.is_sound_only:
                self._preferences.remember(last_room=preset_of(self._room.capture.setup, self._room.devices.preset))
        if stage == FilmingStage.KEPT or self._body.currentWidget() is self._after:
            self._refresh()
        elif self._room is not None and self._body.currentWidget() is self._room:
            self._show_room(self._room)

    def _on_ended(self) -> None:
        """The talk opens at once; its first field asks where the child is."""
        self._refresh()
        if self.isVisible():
            self._after.focus_first()

    # choosing a meeting

    def _offer(self) -> None:
        t = self.texts
        self._drop_room()
        self.set_title(t.tr("Filming"))
        self.set_actions()
        self.show_saved(None)
        old, self._choice = self._choice, self._meetings()
        self._body.addWidget(self._choice)
        self._body.setCurrentWidget(self._choice)
        if old is not None:
            self._body.removeWidget(old)
            old.deleteLater()

    def _meetings(self) -> QWidget:
        """Today's meetings first, then those that have no film yet, then the rest."""
        t = self.texts
        names = {When.TODAY: t.tr("Today"), When.NOT_FILMED: t.tr("Not filmed yet"), When.FILMED: t.tr("Filmed")}

        def read(number: RowCount, mine: bool) -> SomeRows:
            groups, is_all = filmable(self.workspace.store, today(), number, mine=mine)
            marks = film_marks(
                self.workspace.store, [r.line.meeting for rows in groups.values() for r in rows], today()
            )
            made = {when: [self._row(row, marks[row.line.meeting.id]) for row in rows] for when, rows in groups.items()}
            return SomeRows({names[when]: rows for when, rows in made.items()}, is_all)

        made = paged_choice(t, read)
        if made is None:
            words = t.tr(
                "Filming begins from a meeting: one adult, the child, and the tasks. Make it in Clients first."
            )
            to_clients = primary_button(t.tr("Clients"), lambda: self.go("cases"))
            return EmptyState(t.tr("No meetings to film"), words, to_clients)
        return made

    def _row(self, row: Filmable, mark: FilmMark) -> QWidget:
        t, meeting = self.texts, row.line.meeting
        act = button(t.tr("Open") if row.is_filmed else t.tr("Film"), partial(self._open, meeting.id))
        who = meeting_called(t, meeting, row.line.adult)
        when = f"{t.date(meeting.held.astimezone().date())} {t.time(meeting.held)}"
        tasks = t.trn("{n} task", "{n} tasks", len(meeting.plan))
        name = f"{row.line.case.code_name} · {who}"
        return Row(self.look, name, f"{when} · {tasks}", "film", "", act, mark=ConsentMark(self.look, t, mark))

    def _open(self, meeting_id: str) -> None:
        self.go("filming", meeting_id=meeting_id)

    # the small window

    def show_control(self) -> None:
        """The small window alone is left on the screen; closing it brings the large one back."""
        room = self._room
        if room is None or not room.capture.is_under_way or self._control is not None:
            return
        self._control = ControlWindow(self.look, self.texts, room.commands)
        self._control.closed.connect(self._on_control_closed)
        room.ticked.connect(self._control.tick)
        room.failed_told.connect(self._control.tell)
        room.refresh()
        self._control.show()
        self.window().showMinimized()

    def _on_control_closed(self) -> None:
        control, self._control = self._control, None
        if control is not None:
            control.deleteLater()
            if self.window().isMinimized():
                self.window().showMaximized()
            self.window().activateWindow()

    def _close_control(self) -> None:
        if self._control is not None:
            self._control.close()

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        room = self._room
        is_here = room is not None and self._body.currentWidget() is room
        if typing or not is_here or room is None or not room.commands.marks.take(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._after.commit()
        self._drop_room()
        super().closeEvent(event)
