"""The roof: joins archive, films, application and windows, and decides nothing.

The unlock window is on the screen before anything heavy is imported; archive, films and screens come in when the first
archive is opened.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app import log, paths
from app.crash import CrashReports
from app.errors import AppError, ArchiveError
from app.i18n import Texts
from app.jobs import Job, Jobs
from app.settings.preferences import Preferences
from app.settings.values import Settings
from widgets.heard import telling
from widgets.look import look as looks
from widgets.look.qt_words import speak
from widgets.unlock import Doors, UnlockWindow

if TYPE_CHECKING:
    from app.demo.making import Makers
    from app.model.people import Worker
    from app.ports import ArchiveDoor, FilmGate, OpenedArchive
    from app.ports.films import FilmTools
    from app.ports.leaving import Leaving, Left
    from app.ports.line import Line
    from app.ports.player import Player
    from app.ports.rescue import Found
    from app.ports.signing import Cards
    from app.ports.spelling import Spellers
    from app.ports.wakeful import Wakeful
    from app.workspace import Workspace
    from widgets.look.look import Look
    from widgets.main_window import MainWindow, Maker
    from widgets.screen import Go, Screen

#: after the first window was asked for: it is painted by then, in milliseconds
THE_REST_AFTER_MS = 150

NO_SCREEN = (
    "havainto: there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set); start it on a desktop, or use it "
    "without one, for example: havainto demo --archive DIR --statement OUT.pdf (havainto --help lists the commands)."
)


def _place_for_archives() -> Path:
    from storage import archive_place

    return archive_place.proposed(paths.documents(), paths.local_data())


def has_screen() -> bool:
    """Whether a window can open: on Linux a display must be named, unless Qt is told to draw elsewhere."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window() -> int:
    """Start the program with its window; gives the exit code, 0 when all is well."""
    from system import core_dumps

    core_dumps.leave_none()
    if not has_screen():
        sys.stderr.write(NO_SCREEN + "\n")
        return 1
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Havainto")
    app.setQuitOnLastWindowClosed(False)
    log.start(paths.log_file())
    program = Program(app)
    program.start()
    return app.exec()


class Program(QObject):
    """The running program: either the unlock window or the window around one unlocked archive."""

    opened = Signal(object)  # MainWindow

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self.preferences = Preferences(paths.settings_file(), parent=self)
        self.preferences.changed.connect(self._on_settings)
        self.preferences.trouble.connect(self._on_unsaved)
        self.texts = Texts(self.preferences.now.language)
        speak(app, self.texts.language)
        self._unsaid: list[AppError] = []
        self._waiting: OpenedArchive | None = None
        self.unlock_window: UnlockWindow | None = None
        self.window: MainWindow | None = None
        self.workspace: Workspace | None = None
        self._jobs: Jobs | None = None
        self._job: Job | None = None
        self._leaving: Leaving | None = None
        #: where bugs are told, also those of work beside the window
        self.reports = CrashReports()
        # when what was going on is over: a report shown in the middle of locking would leave the archive open behind it
        self.reports.crashed.connect(self._on_crash, Qt.ConnectionType.QueuedConnection)
        self.reports.trouble.connect(self._on_trouble)

    def start(self) -> None:
        self.reports.install()
        telling.begin()
        looks.load_fonts()
        self.show_unlock()

    # before an archive is open

    def show_unlock(self) -> None:
        """The first window, and again after locking."""
        self._close_waiting()
        looks.apply(self._app, looks.look_for(self.preferences.now.theme, films=False))
        look = looks.look_for(self.preferences.now.theme, films=False)
        doors = Doors(
            _names,
            self.unlock,
            self._create,
            self._recover,
            self._restore,
            self._demo,
            self._cancel,
            self._look,
            self._rescue,
        )
        old = self.unlock_window
        self.unlock_window = UnlockWindow(self.texts, look, self.preferences, doors, _place_for_archives())
        self.unlock_window.setAttribute(_delete_on_close())
        self.unlock_window.language_chosen.connect(lambda language: self.preferences.change(language=language))
        self.unlock_window.closed.connect(self._on_unlock_closed)
        self.unlock_window.help_asked.connect(self._help_before)
        self.unlock_window.show()
        if old is not None:
            old.closed.disconnect()
            old.close()
        QTimer.singleShot(0, lambda: _milestone("unlock window painted"))
        # of the window: when that goes before, nobody is typing a passphrase
        rest = QTimer(self.unlock_window, singleShot=True, interval=THE_REST_AFTER_MS)
        rest.timeout.connect(_bring_in_the_rest)
        rest.start()

    def _on_unlock_closed(self) -> None:
        if self.window is None:
            self._close_waiting()
            self._stop_jobs()
            self._app.quit()

    def _close_waiting(self) -> None:
        """A new archive whose code was being shown: its worker can sign in to it as usual."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.archive.close()

    def _on_settings(self, old: Settings, new: Settings) -> None:
        """A new language or theme rebuilds the window."""
        if (old.language, old.theme) == (new.language, new.theme):
            return
        self.texts = Texts(new.language)
        speak(self._app, new.language)
        if self.workspace is None:
            self.show_unlock()
            return
        if self.window is None:
            return
        self.window.commit_typing()  # before the editors go
        if old.language != new.language:
            self.workspace.use_texts(self.texts)
        QTimer.singleShot(0, self._rebuild)

    def _on_unsaved(self, error: AppError) -> None:
        """Settings that hold but could not be kept: said as soon as there is a place for notices."""
        if self.workspace is not None:
            self.workspace.notices.trouble(error)
        else:
            self._unsaid.append(error)

    def unlock(self, folder: Path, name: str, passphrase: str) -> None:
        """Sign in beside the window and go to the desk; what goes wrong is said in the first window."""
        self._open(folder, lambda job: _door().unlock(folder, name, passphrase, job.progress))
        if self._job is not None and self.unlock_window is not None:
            self._job.progressed.connect(self.unlock_window.making_index)

    def _create(self, folder: Path, name: str, passphrase: str) -> None:
        """A new archive; its worker is led to an own recovery code and to the partner's sign-in before the desk."""
        from app.office.passphrases import create_archive

        def work(_job: Job) -> tuple[OpenedArchive, str]:
            opened = create_archive(_door(), folder, name, passphrase)
            try:
                return opened, opened.archive.make_recovery_code()
            except BaseException:
                opened.archive.close()
                raise

        def done(made: tuple[OpenedArchive, str]) -> None:
            self.preferences.remember_archive(folder)
            opened, code = made
            self.preferences.remember(last_sign_in=name)
            self._offer_code(opened, code, opened.store.worker, self._offer_partner)

        self._run("create", work, done)

    def _offer_code(self, opened: OpenedArchive, code: str, owner: Worker, then: Callable[[], None]) -> None:
        """A worker's new code, printed and typed back or left for later; `then` what follows."""
        from widgets.recovery import CodeDoors

        if self.unlock_window is None:
            opened.archive.close()
            return
        self._waiting = opened
        self._watch_leaving()

        def save(path: Path) -> bool:
            from app.i18n import now
            from app.reports.recovery_sheet import write_recovery_sheet

            try:
                write_recovery_sheet(path, code, owner.name, self.texts, now())
            except AppError as error:
                self._unlock_failed(error)
                return False
            return True

        doors = CodeDoors(lambda typed: opened.archive.confirm_recovery_code(typed, owner.id), save)
        self.unlock_window.show_code(owner.name, code, doors, then)

    def _offer_partner(self) -> None:
        """The new archive's second worker, with an own code; then, or without one, the desk."""
        opened = self._waiting
        if opened is None or self.unlock_window is None:
            return

        def add(name: str, passphrase: str) -> None:
            from app.door import Door
            from app.office.workers import Added, add_worker

            def work(_job: Job) -> Added:
                return add_worker(Door(opened.store), opened.archive, self.texts, name, passphrase)

            def done(added: Added) -> None:
                self._offer_code(opened, added.code, added.worker, self._enter_waiting)

            self._run("add", work, done)

        self.unlock_window.ask_partner(add, self._enter_waiting)

    def _enter_waiting(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.enter(waiting)

    def _recover(self, folder: Path, name: str, code: str, passphrase: str) -> None:
        from app.office.passphrases import recover_archive

        self._open(folder, lambda _job: recover_archive(_door(), folder, name, code, passphrase))

    def _open(self, folder: Path, open_it: Callable[[Job], OpenedArchive]) -> None:
        _milestone("unlock begins")

        def done(opened: OpenedArchive) -> None:
            _milestone("archive open")
            self.preferences.remember_archive(folder)
            self.preferences.remember(last_sign_in=opened.store.worker.name)
            self.enter(opened)

        self._run("open", open_it, done)

    def _demo(self, place: Path, _name: str) -> None:
        """A demo archive of its own in a free folder, opened as its first worker. Its passphrase is no secret."""
        folder = _free_folder(place, "Havainto esimerkki")

        def work(job: Job) -> OpenedArchive:
            from app.demo.making import DEMO_PASSPHRASE, DEMO_WORKER, make_demo

            makers = demo_makers()
            make_demo(makers, folder, DEMO_PASSPHRASE, self.texts, job.progress, job.cancelled)
            return makers.door.unlock(folder, DEMO_WORKER, DEMO_PASSPHRASE)

        def done(opened: OpenedArchive) -> None:
            self.preferences.remember_archive(folder)
            from app.demo.making import DEMO_PASSPHRASE
            from app.notices import Notice

            self.enter(opened)
            assert self.workspace is not None
            words = self.texts.tr(
                "This is example material. Sign in as Leena Malli with the same passphrase: {passphrase}",
                passphrase=DEMO_PASSPHRASE,
            )
            self.workspace.notices.say(Notice(words, stays=True))

        self._run("demo", work, done)

    def _restore(self, backup: Path, folder: Path, passphrase: str) -> None:
        def work(job: Job) -> None:
            _door().restore(backup, folder, passphrase, job.progress, job.cancelled)

        def done(_: None) -> None:
            self.preferences.remember_archive(folder)
            assert self.unlock_window is not None
            self.unlock_window.restored(folder)

        self._run("restore", work, done)

    def _look(self, folder: Path, secret: str) -> None:
        """What of a damaged archive is whole; it is only read."""
        places = self._backup_places()

        def done(found: Found) -> None:
            assert self.unlock_window is not None
            self.unlock_window.show_rescue(folder, found)

        self._run("look", lambda job: _door().look(folder, secret, job.progress, job.cancelled, places), done)

    def _rescue(self, folder: Path, into: Path, secret: str) -> None:
        places = self._backup_places()

        def done(found: Found) -> None:
            self.preferences.remember_archive(into)
            assert self.unlock_window is not None
            self.unlock_window.show_rescue(into, found, is_done=True)

        self._run("rescue", lambda job: _door().rescue(folder, into, secret, job.progress, job.cancelled, places), done)

    def _backup_places(self) -> tuple[Path, ...]:
        chosen = self.preferences.remembered.backup_folder
        return (Path(chosen),) if chosen else ()

    def _lead_to_rescue(self) -> None:
        """From an open archive that met a damaged page: it is locked, and who signs in next looks at what is whole."""
        if self.workspace is None:
            return
        folder = self.workspace.archive.folder
        self.lock()
        if self.unlock_window is not None:
            self.unlock_window.lead_to_rescue(folder)

    def _run(self, label: str, work: Callable[[Job], Any], done: Callable[[Any], None]) -> None:
        if self._jobs is None:
            self._jobs = Jobs()
            self._jobs.bug.connect(self.reports.on_bug)

        def work_then(job: Job) -> Any:
            _bring_in()  # who is quicker than the imports waits for them
            return work(job)

        self._job = self._jobs.run(label, work_then, done, self._unlock_failed)
        if self.unlock_window is not None:
            self._job.progressed.connect(self.unlock_window.progress)

    def _unlock_failed(self, error: AppError) -> None:
        if self.unlock_window is not None:
            self.unlock_window.failed(error)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    # around an open archive

    def enter(self, opened: OpenedArchive) -> None:
        """Around an open archive; whatever goes wrong on the way, it is closed again and that is said."""
        try:
            self._build_around(opened)
        except BaseException as error:
            window, self.window = self.window, None
            if window is not None:
                window.quit_requested.disconnect()
                window.close()
            try:
                self._close_workspace()
            finally:
                opened.archive.close()
            if self.unlock_window is None:
                self.show_unlock()
            if not isinstance(error, AppError):
                self._unlock_failed(ArchiveError("not-entered"))
                raise
            self._unlock_failed(error)

    def _build_around(self, opened: OpenedArchive) -> None:
        from app.notices import Notices
        from app.office import backups, entering
        from app.office.guests import pass_of, place_of
        from app.workspace import Workspace

        jobs = Jobs()
        jobs.bug.connect(self.reports.on_bug)
        notices = Notices(self.texts)
        jobs.failed.connect(notices.trouble)
        notices.rescue_wanted.connect(lambda: QTimer.singleShot(0, self._lead_to_rescue))
        self.workspace = Workspace(opened, film_tools(), self.texts, jobs, notices, self.preferences, _wakeful)
        self.workspace.copies.begin()
        for error in self._unsaid:
            notices.trouble(error)
        self._unsaid.clear()
        self.workspace.case_gone.connect(lambda: self._rebuild("settings", part="retention"))
        self.workspace.lock_wanted.connect(lambda: QTimer.singleShot(0, self.lock))
        if (held := pass_of(opened.store)) is not None:
            self._show_main(place_of(held), meeting_id=held.meeting_id)
        else:
            self._show_main("desk")
            self.workspace.rescue_films()
            self.workspace.finish_erasing()
            self._erase_due_notes()
            self._fix_earlier_statements()
        self._watch_leaving()
        entering.tell(opened.archive, jobs, notices, self.texts)
        self.workspace.log_check.begin()
        self.workspace.clock_watch.begin()
        if held is None:
            backups.look_after(self.workspace.door, opened.archive, jobs, self.texts, notices.trouble)
            self.workspace.daily_backup.begin()
        if self.unlock_window is not None:
            window, self.unlock_window = self.unlock_window, None
            window.closed.disconnect()
            window.close()
        self._stop_jobs()

    def _erase_due_notes(self) -> None:
        """A worker's own notes end when their statement is signed; each opening ends those of who opened."""
        from app.coding import own_notes

        assert self.workspace is not None
        try:
            own_notes.erase_due(self.workspace.door, self.texts)
        except AppError as error:
            self.workspace.notices.trouble(error)

    def _fix_earlier_statements(self) -> None:
        """Versions that an older program made final get the document that they did not have, beside the window."""
        from app.statement import final

        space = self.workspace
        assert space is not None
        if not final.has_finals(space.store):
            return
        space.jobs.run(
            space.texts.tr("Keeping final statements"),
            lambda job: final.fix_earlier(space.door, space.media, space.texts, job),
            lambda _count: None,
        )

    def _show_main(self, place: str, instead_of: MainWindow | None = None, **ids: str) -> None:
        from app.office.guests import GUESTS_PLACES
        from widgets.main_window import MainWindow

        assert self.workspace is not None
        screens = self._screens()
        if self.workspace.store.worker.guest:
            screens = {name: screens[name] for name in GUESTS_PLACES}
        self.window = MainWindow(self.workspace, screens)
        self.window.setAttribute(_delete_on_close())
        self.window.lock_requested.connect(self.lock)
        self.window.quit_requested.connect(self._on_quit)
        self.window.report_asked.connect(self._show_report)
        self.window.resize(1366, 768)
        self.window.go(place, **ids)
        if instead_of is None or instead_of.isMaximized():
            self.window.showMaximized()
        else:  # as large as it was, and where it was
            self.window.setGeometry(instead_of.geometry())
            self.window.show()
        self.window.activateWindow()
        self.opened.emit(self.window)
        QTimer.singleShot(0, lambda: _milestone("desk painted"))

    def _screens(self) -> dict[str, Maker]:
        """The places that work. A place's module is imported when it is first opened."""
        from widgets.main_window import Maker

        def desk(space: Workspace, look: Look, go: Go) -> Screen:
            from widgets.desk.desk_screen import DeskScreen

            return DeskScreen(space, look, go)

        def cases(space: Workspace, look: Look, go: Go) -> Screen:
            from widgets.cases.cases_screen import CasesScreen

            return CasesScreen(space, look, go)

        def filming(space: Workspace, look: Look, go: Go) -> Screen:
            from widgets.filming.filming_screen import FilmingScreen

            return FilmingScreen(space, look, go, self._cover)

        def coding(space: Workspace, look: Look, go: Go) -> Screen:
            from widgets.coding.coding_screen import CodingScreen

            return CodingScreen(space, look, go, new_player)

        def comparing(space: Workspace, look: Look, go: Go) -> Screen:
            from widgets.comparing.comparing_screen import ComparingScreen

            return ComparingScreen(space, look, go, new_player, new_line)

        def training(space: Workspace, look: Look, go: Go) -> Screen:
            from widgets.training.training_screen import TrainingScreen

            return TrainingScreen(space, look, go, new_player)

        def calendar(space: Workspace, look: Look, go: Go) -> Screen:
            from widgets.calendar.calendar_screen import CalendarScreen

            return CalendarScreen(space, look, go)

        def statement(space: Workspace, look: Look, go: Go) -> Screen:
            from widgets.statement.statement_screen import StatementScreen

            return StatementScreen(space, look, go, new_player, new_cards, spellers())

        def own_settings(space: Workspace, look: Look, go: Go) -> Screen:
            from widgets.settings.settings_screen import SettingsScreen

            return SettingsScreen(space, look, go)

        return {
            "desk": Maker(desk),
            "cases": Maker(cases),
            "filming": Maker(filming, films=True),
            "coding": Maker(coding, films=True),
            "comparing": Maker(comparing, films=True),
            "training": Maker(training, films=True),
            "calendar": Maker(calendar),
            "hours": Maker(_hours),
            "feedback": Maker(_feedback),
            "supervision": Maker(_supervision),
            "service": Maker(_service),
            "statement": Maker(statement),
            "settings": Maker(own_settings),
        }

    def _cover(self) -> None:
        if self.window is not None:
            self.window.act("cover")

    def _rebuild(self, place: str = "", **ids: str) -> None:
        """The same workspace in a new window: another language or theme, or what it showed is erased."""
        old = self.window
        if old is None or self.workspace is None:  # locked in the meantime
            return
        old.quit_requested.disconnect()
        self._show_main(place or old.place, old, **(ids if place else old.shown))
        old.close_for_another()

    # leaving

    def _watch_leaving(self) -> None:
        """Once something is open, it is heard when the computer falls asleep, is locked or given to another user."""
        if self._leaving is not None:
            return
        self._leaving = _leaving()
        self._leaving.setParent(self)
        self._leaving.left.connect(self._on_left)
        self._leaving.begin()

    def _on_left(self, how: Left) -> None:
        if self.workspace is not None:
            self.workspace.idle.leave(how)
        elif self._waiting is not None:
            self.show_unlock()  # a recovery code on the screen goes too; its worker can make another

    def lock(self) -> None:
        """Close the archive and show the unlock window again.

        Whatever one of the steps raises, the others are done: an archive never stays open behind the unlock window.
        What was raised is raised again, and so told.
        """
        old, self.window = self.window, None
        if old is None:
            return
        with ExitStack() as last:
            last.callback(self._show_unlock_anyhow)
            last.callback(self._close_workspace)
            last.callback(_put_away, old)
            last.callback(self.show_unlock)
            old.quit_requested.disconnect()

    def _show_unlock_anyhow(self) -> None:
        """When the first try failed. If this one does too, the program ends: there would be nothing to press."""
        if self.unlock_window is not None and self.unlock_window.isVisible():
            return
        try:
            self.show_unlock()
        except BaseException:
            self._app.exit(1)
            raise

    def _on_quit(self) -> None:
        self.window = None
        try:
            self._close_workspace()
        finally:
            self._app.quit()

    def _close_workspace(self) -> None:
        space, self.workspace = self.workspace, None
        try:
            self.preferences.flush()
        finally:
            if space is not None:
                space.deleteLater()  # with every clock in it, also one that would not stop
                space.close()

    def _stop_jobs(self) -> None:
        jobs, self._jobs, self._job = self._jobs, None, None
        if jobs is not None:
            QTimer.singleShot(0, jobs.close)

    # trouble

    def _on_crash(self, report: str) -> None:
        from widgets.crash_dialog import CrashDialog

        dialog = CrashDialog(report, self.texts, self._show_report, self.window or self.unlock_window)
        dialog.exec()

    def _show_report(self, error: AppError | None = None) -> None:
        """A problem report to be read: of what is open, and of the newest bug of this run."""
        from app.i18n import now
        from app.office import problem_report
        from widgets.help.report_window import ReportWindow

        space, kept = self.workspace, self.preferences
        trouble = problem_report.Trouble(self.reports.newest, error)
        store = None if space is None else space.store
        log_end = problem_report.log_lines(paths.log_file())
        text = problem_report.report(self.texts, now(), kept.now, kept.remembered, log_end, store, trouble)
        parent = QApplication.activeModalWidget() or self.window or self.unlock_window
        ReportWindow(text, problem_report.save, self.texts, parent).exec()

    def _help_before(self) -> None:
        """The manual beside the first window: no archive is open, so it leads to no screen."""
        from widgets.help.help_window import HelpWindow

        assert self.unlock_window is not None
        made = self.unlock_window.findChild(HelpWindow)
        if made is None:
            look = looks.look_for(self.preferences.now.theme, films=False)
            made = HelpWindow(self.texts, look, self.preferences, self.unlock_window)
            made.report_asked.connect(self._show_report)
        made.show_page("archive")
        made.come()

    def _on_trouble(self, error: AppError) -> None:
        if self.workspace is not None:
            self.workspace.notices.trouble(error)
        else:
            self._unlock_failed(error)


def _names(folder: Path) -> tuple[str, ...]:
    return _door().names(folder)


@cache
def _door() -> ArchiveDoor:
    """One for the whole run: it counts the failed tries, which the next opening writes into the log."""
    from storage.archive import ArchiveDoorway

    return ArchiveDoorway()


def _leaving() -> Leaving:
    from system.leaving import leaving

    return leaving()


def _wakeful() -> Wakeful:
    from system.staying_awake import StayingAwake

    return StayingAwake()


def _put_away(window: MainWindow) -> None:
    """Close a window; what is on it is not to be seen any more, even if a part of it would not close."""
    window.close()
    window.hide()
    window.deleteLater()


def _gate() -> FilmGate:
    from video.copies.checking_gate import CopyingFilmGate

    return CopyingFilmGate()


def _hours(space: Workspace, look: Look, go: Go) -> Screen:
    from widgets.hours.hours_screen import HoursScreen

    return HoursScreen(space, look, go)


def _feedback(space: Workspace, look: Look, go: Go) -> Screen:
    from widgets.feedback.feedback_screen import FeedbackScreen

    return FeedbackScreen(space, look, go, new_player)


def _supervision(space: Workspace, look: Look, go: Go) -> Screen:
    from widgets.supervision.supervision_screen import SupervisionScreen

    return SupervisionScreen(space, look, go, new_player)


def _service(space: Workspace, look: Look, go: Go) -> Screen:
    from widgets.services.service_screen import ServiceScreen

    return ServiceScreen(space, look, go, new_player)


def new_player() -> Player:
    """A player for one screen; it brings in the film engine when first made."""
    from video.playing.player import FilmPlayer

    return FilmPlayer()


def new_line() -> Line:
    """A line to a partner's computer; nothing that reaches a network is brought in before somebody asks for one."""
    from system.line.tcp_line import TcpLine

    return TcpLine()


def new_cards() -> Cards:
    """What looks into card readers; no driver is touched before somebody signs."""
    from system.cards.card_reader import CardReader

    return CardReader()


@cache
def spellers() -> Spellers:
    """What knows how words are spelled: one for as long as the program runs, for dictionaries are read once."""
    from system.spelling.this_computer import ThisComputer

    return ThisComputer(Path(sys.executable).parent / "spelling")


def film_tools() -> FilmTools:
    """The film engine's doors; each brings its part of the engine in when first used."""
    from video.tools import film_tools as tools

    return tools(_gate(), new_player)


def demo_makers() -> Makers:
    """What the demo is made with: floor-cost slots, for its passphrase is no secret and it must be quick."""
    from app.demo.making import Makers
    from storage.archive import ArchiveDoorway
    from storage.vault.keys import KdfCost
    from video.demo.film import make_demo_film

    return Makers(ArchiveDoorway(KdfCost.FLOOR), _gate(), make_demo_film)


def first_window() -> str:
    """Paint the first window once, on the desktop or, where there is none, in memory; says which. Raises OSError."""
    from widgets.first_paint import first_paint

    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    return first_paint(app, Preferences(paths.settings_file()), paths.documents())


def _free_folder(place: Path, name: str) -> Path:
    """`name`, or `name 2`…, whichever does not exist yet. Raises ArchiveError when a thousand do."""
    for number in range(1, 1000):
        folder = place / (name if number == 1 else f"{name} {number}")
        if not folder.exists():
            return folder
    raise ArchiveError("not-empty")


def _bring_in_the_rest() -> None:
    """Import what opening an archive needs while the passphrase is being typed, beside the window."""
    threading.Thread(target=_bring_in, name="imports", daemon=True).start()


def _bring_in() -> None:
    """It is there afterwards. Where two threads import parts of one package, one of them may get half of it."""
    with _importing:
        for name in OPENING:
            importlib.import_module(name)
    _milestone("the rest is there")


_importing = threading.Lock()
#: what the way from the passphrase to the desk imports, in the order of need
OPENING = (
    "argon2.low_level",
    "storage.archive",
    "storage.open_archive",
    "app.workspace",
    "app.notices",
    "video.copies.checking_gate",
    "widgets.main_window",
    "widgets.desk.desk_screen",
    "system.leaving",
)


def _delete_on_close() -> Any:
    return Qt.WidgetAttribute.WA_DeleteOnClose


def _milestone(what: str) -> None:
    """A line for the benchmark of start-up, when HAVAINTO_TIMING asks for it."""
    if os.environ.get("HAVAINTO_TIMING"):
        sys.stderr.write(f"timing {time.time():.4f} {what}\n")
        sys.stderr.flush()
