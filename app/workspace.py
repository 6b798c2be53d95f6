"""The unlocked archive as the screens see it: who works, what is open, in which order things open and close.

The window is given a Workspace and can be destroyed and rebuilt around it at any moment; that is also how the language
changes. Nothing of a client outlives `close`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from weakref import ref

from PySide6.QtCore import QObject, Signal

from app import containers
from app.casework.case_file import CaseFile, case_file
from app.casework.meeting_file import MeetingFile, meeting_file
from app.casework.said import SaidEditor
from app.casework.shown_names import ShownNames
from app.clips.covering import CoverEditor
from app.clips.feedback import FeedbackEditor
from app.coding.editor import CodingEditor
from app.coding.opening import begin
from app.door import Door, Written
from app.editing import Editor
from app.erasing.cases import CaseErasing
from app.erasing.films import FilmErasing
from app.errors import AppError
from app.filming import rescue
from app.filming.capture import Capture
from app.filming.stages import FilmingStage
from app.films.again import FetchingAgain
from app.films.alignment import FilmsEditor
from app.films.copies import FilmCopies
from app.films.intake_queue import TakingIn
from app.i18n import Texts
from app.jobs import Job, JobLane, Jobs
from app.model.change import Change
from app.model.feedback import Clip
from app.model.filming import OpenRecording
from app.model.meeting import Meeting
from app.model.people import Worker
from app.model.recording import Recording
from app.notices import Notices
from app.office.clock_watch import ClockWatch
from app.office.daily_backup import DailyBackup
from app.office.guest_clock import GuestClock
from app.office.idle_lock import IdleLock
from app.office.log_check import LogCheck
from app.office.looking import Looking
from app.ports import Archive, MediaVault, OpenedArchive, Store
from app.ports.films import FilmTools
from app.ports.recorder import Devices
from app.ports.wakeful import Wakeful
from app.settings.preferences import Preferences
from app.works.editor import WorkEditor

if TYPE_CHECKING:
    from app.comparing.common_view.editor import CommonViewEditor
    from app.comparing.second_pass.editor import SecondPassEditor
    from app.statistics.agreement import AgreementSettings

T = TypeVar("T", bound=Editor)


class Workspace(QObject):
    """One unlocked archive, opened as one worker."""

    lock_wanted = Signal()  # what was asked for needs the archive closed
    closing = Signal()  # screens commit what is being typed
    changed = Signal(object)  # Written: any step of any door, on the main thread
    case_gone = Signal()  # a whole case was erased: nothing may show it any more
    filming_changed = Signal()  # filming began, paused, ended, or is that of another meeting

    def __init__(
        self,
        opened: OpenedArchive,
        films: FilmTools,
        texts: Texts,
        jobs: Jobs,
        notices: Notices,
        preferences: Preferences,
        wakeful: Callable[[], Wakeful] = Wakeful,
    ) -> None:
        """`wakeful` makes what keeps the computer awake, when something is filmed for the first time."""
        super().__init__()
        self.opened = opened
        self.films = films
        self.texts = texts
        self.jobs = jobs
        self.notices = notices
        self.preferences = preferences
        self.door = Door(opened.store, self)
        self.door.written.connect(self._on_written)
        self.copies = FilmCopies(self.door, opened.media, films.derived, lambda: self.texts, jobs)
        self.copies.setParent(self)
        self.taking_in = TakingIn(self.door, films, opened.media, self.copies, jobs, lambda: self.texts)
        self.again = FetchingAgain(self.door, films, opened.media, self.copies, jobs, lambda: self.texts)
        self.erasing = FilmErasing(
            self.door, opened.archive, self.copies, jobs, lambda: self.texts, lambda: self.is_filming
        )
        self.case_erasing = CaseErasing(self.erasing, self.closing.emit, self._leave_case)
        self.idle = IdleLock(lambda: self.is_filming, lambda: bool(jobs.running), self)
        self.guest_clock = GuestClock(opened.store, self)
        self.guest_clock.over.connect(self.ask_to_lock)
        self.names = ShownNames(opened.store, self)
        self.daily_backup = DailyBackup(
            opened.archive, jobs, notices, lambda: self.texts, lambda: self.is_filming, self
        )
        self.filming_changed.connect(self.daily_backup.on_filming)
        self.looking = Looking(opened.store, notices.trouble, self)
        self.clock_watch = ClockWatch(notices, lambda: self.texts, self)
        self.log_check = LogCheck(opened.archive, jobs, notices, lambda: self.texts, self)
        self._editors: dict[str, Editor] = {}
        self._capture: Capture | None = None
        self._rescuing = False
        self._devices: Devices | None = None
        self._make_wakeful = wakeful
        self._wakeful: Wakeful | None = None

    @property
    def store(self) -> Store:
        return self.opened.store

    @property
    def media(self) -> MediaVault:
        return self.opened.media

    @property
    def archive(self) -> Archive:
        return self.opened.archive

    @property
    def worker(self) -> Worker:
        """Who signed in, as the archive knows this worker now."""
        return self.store.get(Worker, self.store.me)

    def write(
        self, label: str, changes: Sequence[Change], act: str = "edit", initiator: object | None = None
    ) -> datetime:
        """Commit a step that is no editor's and announce it; returns when it was committed. From any thread.

        Raises StaleChange, NotAllowed, StoreError as `Store.apply` does; then nothing changed anywhere.
        """
        return self.door.write(label, changes, act, initiator)

    def witness(self, worker_id: str, passphrase: str) -> bool:
        """The partner's passphrase beside the open archive opens what waits for the partner; every screen hears of it.

        False when nothing waited. Raises ArchiveError `slot-unknown`, `wrong-passphrase`, `too-many-tries`.
        """
        opened_now = self.archive.witness(worker_id, passphrase)
        self.door.tell(opened_now, None)
        return bool(opened_now)

    def ask_to_lock(self) -> None:
        """What was begun ends when the archive is closed; whoever holds the window locks it."""
        self.lock_wanted.emit()

    def worker_name(self, worker_id: str) -> str:
        found = self.store.find(Worker, id=worker_id)
        return found[0].name if found else ""

    def use_texts(self, texts: Texts) -> None:
        """Another language; the window is rebuilt by whoever asked."""
        self.texts = texts
        self.notices.texts = texts
        if self._capture is not None:
            self._capture.texts = texts  # filming goes on
        for key in list(self._editors):
            self._close_editor(key)

    def editor(self, key: str, make: Callable[[], T]) -> T:
        """The editor of one opened thing: one per thing, so that there is one undo stack per thing."""
        existing = self._editors.get(key)
        if existing is None:
            existing = make()
            existing.setParent(self)
            self._follow(existing)
            self._editors[key] = existing
        return existing  # type: ignore[return-value]  # a key names one kind of editor

    def meeting_file(self, meeting_id: str) -> MeetingFile:
        return meeting_file(self.store, meeting_id)

    def case_of(self, meeting: Meeting) -> CaseFile:
        """The case of a meeting with its people."""
        return case_file(self.store, meeting.case_id)

    def coding_editor(self, meeting_id: str, scheme_id: str = "") -> CodingEditor:
        """The signed-in worker's coding of the meeting, begun when there is none."""

        def make() -> CodingEditor:
            header = begin(self.door, self.texts, meeting_id, scheme_id)
            return CodingEditor(self.store, self.texts, self.meeting_file(meeting_id), header)

        return self.editor(f"coding/{meeting_id}", make)

    def common_view_editor(self, meeting_id: str, settings: AgreementSettings | None = None) -> CommonViewEditor:
        """The pair's common view of the meeting, begun with these tolerances when there is none.

        Raises NotAllowed as `begin_common_view` does.
        """

        def make() -> CommonViewEditor:
            from app.comparing.common_view.beginning import begin_common_view
            from app.comparing.common_view.editor import CommonViewEditor  # numbers load with the first comparison

            header = begin_common_view(self.door, self.texts, meeting_id, settings)
            return CommonViewEditor(self.store, self.texts, header)

        return self.editor(f"common/{meeting_id}", make)

    def second_editor(self, meeting_id: str) -> SecondPassEditor:
        """The signed-in worker's second pass of the meeting, begun when there is none, read anew each time.

        Raises NotAllowed as `begin_second` does.
        """
        from app.comparing.second_pass.editor import SecondPassEditor, begin_second  # numbers load with the first one

        header = begin_second(self.door, self.texts, meeting_id)
        self.forget_editor(f"second/{meeting_id}")  # what is asked follows the common view
        file = self.meeting_file(meeting_id)
        return self.editor(f"second/{meeting_id}", lambda: SecondPassEditor(self.store, self.texts, file, header))

    def films_editor(self, meeting_id: str) -> FilmsEditor:
        """How a meeting's films lie to each other and how they are shown."""
        return self.editor(f"films/{meeting_id}", lambda: FilmsEditor(self.store, self.texts, meeting_id))

    def said_editor(self, meeting_id: str) -> SaidEditor:
        """What was said on a meeting's film."""
        return self.editor(f"said/{meeting_id}", lambda: SaidEditor(self.store, self.texts, meeting_id))

    def feedback_editor(self, case_id: str) -> FeedbackEditor:
        """The moments chosen for a case's feedback, its talks and what was said in them."""
        return self.editor(f"feedback/{case_id}", lambda: FeedbackEditor(self.store, self.texts, case_id))

    def work_editor(self, work_id: str) -> WorkEditor:
        """One piece of work by a template: its forms, phases, roles and approvals."""
        return self.editor(f"work/{work_id}", lambda: WorkEditor(self.store, self.texts, work_id))

    def cover_editor(self, clip: Clip, film_id: str) -> CoverEditor:
        """What of a moment is covered, muted and looked at on one of its films."""
        return self.editor(f"cover/{clip.id}/{film_id}", lambda: CoverEditor(self.store, self.texts, clip, film_id))

    # filming

    @property
    def capture(self) -> Capture | None:
        """The filming that is open, whether anything is recorded or not."""
        return self._capture

    @property
    def is_filming(self) -> bool:
        """Whether films are being recorded or finished: the archive must not close now."""
        return self._capture is not None and self._capture.is_busy

    @property
    def devices(self) -> Devices:
        """What can film here; found out when first asked for."""
        if self._devices is None:
            self._devices = self.films.devices()
        return self._devices

    @property
    def wakeful(self) -> Wakeful:
        """What keeps the computer awake while films are written."""
        if self._wakeful is None:
            self._wakeful = self._make_wakeful()
        return self._wakeful

    def capture_of(self, meeting_id: str) -> Capture:
        """The filming of a meeting. While another one is recorded it is that one's: nothing is ever cut short."""
        held = self._capture
        if held is not None and (held.is_busy or held.meeting.id == meeting_id):
            return held
        self._end_capture()
        made = Capture(self.store, self.media, self.films, self.jobs, self.texts, meeting_id, wakeful=self.wakeful)
        made.setParent(self)
        made.waits_for_rescue = self._rescuing
        self._follow(made)
        made.stage_changed.connect(self._on_stage)
        made.kept.connect(lambda film: self.copies.want([film]))
        self._capture = made
        self.filming_changed.emit()
        return made

    def rescue_films(self) -> None:
        """When the archive was just opened: what was being filmed when the program ended becomes films, and is told."""
        books = self.store.find(OpenRecording)
        if not books:
            return
        self._hold_captures(True)

        def done(found: tuple[rescue.Found, ...]) -> None:
            try:
                told = rescue.enter(self.door, self.media, self.texts, found)
            except AppError as error:
                failed(error)
                return
            self._on_rescued(told)

        def failed(error: AppError) -> None:
            """The books are as they were: the next start tries again."""
            self._hold_captures(False)
            self.notices.trouble(error)

        def work(job: Job) -> tuple[rescue.Found, ...]:
            return rescue.recover(self.media, self.films.index, books, job)

        self.jobs.run(self.texts.tr("Rescuing films"), work, done, failed, JobLane.KEEPING)

    def finish_erasing(self) -> None:
        """When the archive was just opened: what an erasing that was cut off left goes, and what keeps it is said."""
        self.erasing.finish_begun(self.notices.trouble)

    def _leave_case(self) -> None:
        """A case was erased: what is open may be of it, so nothing is held of before."""
        capture = self._capture
        if capture is not None and not self.store.find(Meeting, id=capture.meeting.id):
            self._end_capture()
        for key in list(self._editors):
            self._close_editor(key)
        self.names.hide()
        self.case_gone.emit()

    def _hold_captures(self, held: bool) -> None:
        """While the books of an earlier run may still change, nothing is filmed."""
        self._rescuing = held
        if self._capture is not None:
            self._capture.waits_for_rescue = held
            self._capture.reread()

    def _on_rescued(self, told: Sequence[rescue.Rescued]) -> None:
        self.notices.say(rescue.notice(self.texts, told))
        ids = tuple(one.recording_id for one in told)
        self.copies.want(self.store.find(Recording, id=ids))
        self._hold_captures(False)
        self.filming_changed.emit()

    def _on_stage(self, _stage: FilmingStage) -> None:
        """From the first picture to the end of filming, through its pauses, the cameras come first."""
        self._hold_heavy_work()
        self.filming_changed.emit()

    def _hold_heavy_work(self) -> None:
        held = self._capture
        self.jobs.hold(held=held is not None and held.is_under_way and held.was_recording)

    def _end_capture(self) -> None:
        held, self._capture = self._capture, None
        self._hold_heavy_work()
        if held is not None:
            held.close()
            held.setParent(None)
            held.deleteLater()

    def forget_editor(self, key: str) -> None:
        """Drop an editor whose thing changed beneath it: it is read anew when next asked for."""
        if key in self._editors:
            self._close_editor(key)

    def close(self) -> None:
        """Lock: what is typed is committed, jobs end, editors go, then the store, then the keys."""
        with contextlib.ExitStack() as last:  # whatever one of them raises, the archive is closed
            last.callback(self.archive.close)
            last.callback(self.door.close)
            last.callback(self.looking.close)
            for key in list(self._editors):
                last.callback(self._close_editor, key)
            last.callback(self.jobs.close)
            last.callback(self.copies.close)
            if self._devices is not None:
                last.callback(self._devices.close)
            if self._wakeful is not None:
                last.callback(self._wakeful.close)
            last.callback(self._end_capture)  # a recording is finished; its film comes in now or at the next start
            last.callback(self.closing.emit)
            self.idle.stop()
            self.guest_clock.stop()
            self.daily_backup.stop()
            self.clock_watch.stop()

    def _close_editor(self, key: str) -> None:
        editor = self._editors.pop(key)
        editor.stack.clear()
        for container in editor.left_containers():
            containers.discard(self.media, container)
        editor.setParent(None)
        editor.deleteLater()

    def _follow(self, editor: Editor) -> None:
        """Announce every step of an editor as its own, and say what it refuses."""
        door, whose = self.door, ref(editor)  # weakly: a connection must not keep its own sender
        editor.changed.connect(lambda changes: door.tell(changes, whose()))
        editor.refused.connect(self._on_refused)

    def _on_written(self, written: Written) -> None:
        """What others hold of the same things is put right before any screen hears of the step."""
        for editor in (*self._editors.values(), *(() if self._capture is None else (self._capture,))):
            if not written.is_echo_for(editor):
                editor.hear(written.changes)
        self.changed.emit(written)

    def _on_refused(self, error: AppError) -> None:
        self.notices.trouble(error)
