"""The archive closes whatever goes wrong on the way; and when the computer is left, by the same rule."""

from dataclasses import dataclass

import pytest
import shiboken6

from app import bootstrap
from app.casework.case_editor import CaseEditor, new_case
from app.errors import StoreError
from app.ports.leaving import Left
from storage.archive import ArchiveDoorway
from storage.open_archive import OpenArchive
from storage.vault.keys import KdfCost
from tests.drivers.archive_steps import AINO, begin_archive, sign_in
from tests.stand_ins.fake_leaving import FakeLeaving
from widgets.cover import Cover

NAME, PASSPHRASE = "Aino Kivi", "kettu lampaat ruiskukka 7 valtameri"

#: what is done while locking, by what it is: where it stands, and whether it still does its work before it raises
STEPS = {
    "look of the first window": ("widgets.look.look.apply", False),
    "the first window": ("widgets.unlock.UnlockWindow.__init__", False),
    "the first window is shown": ("widgets.unlock.UnlockWindow.show", False),
    "closing the window": ("widgets.main_window.MainWindow.closeEvent", False),
    "what is being typed": ("widgets.main_window.MainWindow.commit_typing", False),
    "leaving a place": ("widgets.desk.desk_screen.DeskScreen.left", False),
    "closing a place": ("widgets.desk.desk_screen.DeskScreen.close", False),
    "the sign of filming": ("widgets.filming_sign.FilmingSign.stop", False),
    "settings": ("app.settings.preferences.Preferences.flush", False),
    "the idle clock": ("app.office.idle_lock.IdleLock.stop", False),
    "filming": ("app.workspace.Workspace._end_capture", False),
    "copies of films": ("app.films.copies.FilmCopies.close", False),
    "jobs": ("app.jobs.Jobs.close", True),
    "an editor": ("app.workspace.Workspace._close_editor", True),
    "the door": ("app.door.Door.close", True),
    "the anchor's thread": ("storage.anchoring.Anchoring.close", True),
    "the row in the log": ("storage.store.sql_store.SqlStore.note", False),
    "the anchor": ("storage.store.sql_store.SqlStore.anchor", False),
    "the store": ("storage.store.sql_store.SqlStore.lock", False),
    "the database": ("storage.store.database.Database.close", True),
    "readers of films": ("storage.vault.film_vault.FilmVault.close", False),
    "a change of key": ("storage.open_archive.OpenArchive._end_change_of_key", False),
    "keys": ("storage.vault.keys.Keys.wipe", True),
    "the folder": ("storage.archive_folder.ArchiveLock.release", True),
}


@dataclass
class Entered:
    """The program around an open archive, and the system around it."""

    program: bootstrap.Program
    archive: OpenArchive
    system: FakeLeaving


@pytest.fixture(autouse=True)
def _nothing_waits(monkeypatch) -> None:
    """What the first window brings in a moment later is here already."""
    monkeypatch.setattr(bootstrap, "THE_REST_AFTER_MS", 0)


@pytest.fixture
def system(monkeypatch) -> FakeLeaving:
    made = FakeLeaving()
    monkeypatch.setattr("system.leaving.leaving", lambda: made)
    return made


@pytest.fixture
def entered(program, system, hands, tmp_path) -> Entered:
    opened = ArchiveDoorway(KdfCost.FLOOR).create(tmp_path / "Havainto", NAME, PASSPHRASE)
    program.enter(opened)
    space = program.workspace
    case = new_case(space.door, space.texts, "Kuusi")
    space.editor("case", lambda: CaseEditor(space.store, space.texts, case.id))
    hands.settle()
    program.reports.install()  # the test runner takes the hook for itself
    return Entered(program, opened.archive, system)


def break_once(monkeypatch, place: str, error: Exception, *, after: bool) -> list[str]:
    """The first call raises, instead of its work or after it; how often it was called."""
    owner, name = _owner_of(place)
    real, calls = getattr(owner, name), []

    def broken(*given, **named):
        calls.append(name)
        if len(calls) > 1:
            return real(*given, **named)
        if after:
            real(*given, **named)
        raise error

    monkeypatch.setattr(owner, name, broken, raising=True)
    return calls


def _owner_of(place: str):
    import importlib

    module, _, name = place.rpartition(".")
    try:
        return importlib.import_module(module), name
    except ModuleNotFoundError:
        module, _, kind = module.rpartition(".")
        return getattr(importlib.import_module(module), kind), name


def is_locked(entered: Entered, old) -> bool:
    """Nothing of the archive is open, in memory, on the disk or on the screen, and it can be opened again."""
    program, archive = entered.program, entered.archive
    assert program.window is None
    assert program.workspace is None
    assert program.unlock_window is not None
    assert program.unlock_window.isVisible()
    assert not shiboken6.isValid(old) or not old.isVisible()
    assert archive.is_locked
    ArchiveDoorway(KdfCost.FLOOR).unlock(archive.folder, NAME, PASSPHRASE).archive.close()
    return True


@pytest.mark.parametrize("step", STEPS)
def test_whatever_a_step_of_locking_raises_the_archive_is_closed_and_it_is_told(
    step, entered, bugs, hands, monkeypatch
) -> None:
    place, after = STEPS[step]
    old = entered.program.window
    with monkeypatch.context() as broken:
        calls = break_once(broken, place, RuntimeError("a word of the client's"), after=after)
        entered.program.workspace.ask_to_lock()
        hands.until(lambda: entered.program.workspace is None)
        hands.settle()
    assert calls
    assert is_locked(entered, old)
    (report,) = bugs.take()
    assert report.splitlines()[0] == "RuntimeError"
    assert "client" not in report


def test_trouble_with_the_disk_while_locking_is_said_in_the_first_window(entered, bugs, hands, monkeypatch) -> None:
    old = entered.program.window
    with monkeypatch.context() as broken:
        break_once(broken, STEPS["the store"][0], StoreError("disk-error"), after=False)
        entered.program.workspace.ask_to_lock()
        hands.until(lambda: entered.program.workspace is None)
        hands.settle()
    assert is_locked(entered, old)
    assert bugs == []
    assert "\nLevyn käyttö ei onnistunut" in hands.words(entered.program.unlock_window)


def test_a_first_window_that_never_comes_ends_the_program(entered, bugs, qapp, hands, monkeypatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(qapp, "exit", ended.append, raising=False)

    def never(*_given) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("widgets.look.look.apply", never)
        entered.program.workspace.ask_to_lock()
        hands.until(lambda: entered.program.workspace is None)
        hands.settle()
    assert ended == [1]
    assert entered.archive.is_locked
    assert len(bugs.take()) == 1


def test_a_bug_is_shown_when_locking_is_over_and_not_in_the_middle(entered, bugs, hands, monkeypatch) -> None:
    open_then: list[bool] = []
    bugs.on_shown = lambda: open_then.append(not entered.archive.is_locked)
    with monkeypatch.context() as broken:
        break_once(broken, STEPS["closing the window"][0], RuntimeError(), after=False)
        entered.program.workspace.ask_to_lock()
        hands.until(lambda: bool(open_then))
    assert open_then == [False]
    assert len(bugs.take()) == 1


@pytest.mark.parametrize("how", Left)
def test_a_computer_that_was_left_is_locked_at_once(how, entered, bugs, hands) -> None:
    system, old = entered.system, entered.program.window
    system.tell(how)
    assert is_locked(entered, old)  # before the system goes on: it may sleep now
    system.tell(how)
    hands.settle()
    assert bugs == []


def test_what_is_filmed_goes_on_under_the_cover_when_the_screen_is_locked(entered, hands, monkeypatch) -> None:
    system = entered.system
    space, window = entered.program.workspace, entered.program.window
    with monkeypatch.context() as films:
        films.setattr(space.idle, "_films", lambda: True)
        system.tell(Left.SCREEN_LOCKED)
    assert window.findChild(Cover).isVisible()
    assert not entered.archive.is_locked


def test_a_recovery_code_on_the_screen_goes_when_the_computer_is_left(program, system, hands, monkeypatch) -> None:
    made: list[OpenArchive] = []

    def create(door, *given):
        opened = real(door, *given)
        made.append(opened.archive)
        return opened

    real = ArchiveDoorway.create
    monkeypatch.setattr(ArchiveDoorway, "create", create)
    first = program.unlock_window
    begin_archive(hands, program)
    assert f"{AINO}: palautuskoodi" in hands.words(first)
    system.tell(Left.SUSPEND)
    hands.settle()
    assert [archive.is_locked for archive in made] == [True]
    assert program.unlock_window is not first
    assert f"{AINO}:" not in hands.words(program.unlock_window)
    sign_in(hands, program, AINO)  # nothing of the archive was kept open for the code
