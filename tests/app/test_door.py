"""One door for every write: it applies, announces on the main thread, and nobody passes it by."""

import ast
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from app.casework.case_editor import CaseEditor
from app.casework.plans import PlanEditor
from app.coding import own_notes
from app.door import Door, Written
from app.errors import StaleChange
from app.films import intake
from app.model.change import Change, added
from app.model.people import Worker
from app.model.recording import Recording
from app.model.timecode import SECOND
from app.office.workers import add_worker
from app.statement.beginning import begin_statement, new_version
from tests.drivers.film_stage import Clock, StagedRecorder
from tests.material.builders import recording
from tests.material.finals import a_reader, begun, to_comments
from tests.material.house import Home, Room, opened
from tests.stand_ins.fake_films import film_tools

ROOT = Path(__file__).parents[2]


@pytest.fixture
def room(qapp) -> Iterator[Room]:
    with opened(Home()) as made:
        yield made


@pytest.fixture
def heard(room: Room) -> list[Written]:
    found: list[Written] = []
    room.space.changed.connect(found.append)
    return found


def kinds(heard: list[Written]) -> list[set[str]]:
    return [{c.kind.__name__ for c in w.changes} for w in heard]


def renamed(home: Home) -> Change:
    known = home.a.get(Worker, home.leena.id)
    return Change(known, replace(known, title="perheterapeutti"))


# what is announced


def test_a_step_is_in_the_archive_when_it_is_announced_with_who_took_it(room: Room, heard) -> None:
    me, there = object(), []
    room.space.changed.connect(lambda _: there.append(room.home.a.get(Worker, room.home.leena.id).title))
    room.space.write("named", [renamed(room.home)], initiator=me)
    assert there == ["perheterapeutti"]
    assert [w.is_echo_for(me) for w in heard] == [True]
    assert not heard[0].is_echo_for(room)


def test_nobody_s_step_is_nobody_s_echo(room: Room, heard) -> None:
    room.space.write("named", [renamed(room.home)])
    assert not heard[0].is_echo_for(None)


def test_a_refused_step_is_not_announced(room: Room, heard) -> None:
    wrong = replace(renamed(room.home).before, title="somebody else's")  # type: ignore[type-var]
    with pytest.raises(StaleChange):
        room.space.write("named", [Change(wrong, room.home.leena)])
    assert not heard


def test_a_step_from_another_thread_is_announced_on_the_main_thread(room: Room, qtbot) -> None:
    where: list[threading.Thread] = []
    room.space.changed.connect(lambda _: where.append(threading.current_thread()))
    job = threading.Thread(target=lambda: room.space.write("named", [renamed(room.home)]))
    job.start()
    job.join()
    qtbot.waitUntil(lambda: bool(where))
    assert where == [threading.main_thread()]


def test_a_step_from_another_thread_is_told_to_nobody_once_the_archive_is_closed(room: Room, heard, qtbot) -> None:
    """Its word waits for the main thread; whoever heard it then would ask a closed archive."""
    job = threading.Thread(target=lambda: room.space.write("named", [renamed(room.home)]))
    job.start()
    job.join()
    room.space.close()
    later: list[bool] = []
    QTimer.singleShot(0, lambda: later.append(True))
    qtbot.waitUntil(lambda: bool(later))
    assert not heard


def test_an_editor_s_step_is_announced_as_its_own_undone_too(room: Room, heard) -> None:
    editor = room.space.coding_editor(room.home.meeting.id)
    heard.clear()
    assert editor.bookmark(SECOND)
    assert editor.undo()
    assert [w.is_echo_for(editor) for w in heard] == [True, True]


def test_every_use_case_outside_an_editor_is_announced(room: Room, heard) -> None:
    home, space = room.home, room.space
    space.coding_editor(home.meeting.id)
    statement = begin_statement(space.door, space.texts, home.case_id, "en")
    alone = begun(home.a, statement)
    home.a.apply("alone", [Change(statement, alone)])
    to_comments(home.a, alone, a_reader(home.a, home.case_id))
    new_version(space.door, space.texts, statement.id)
    film = replace(recording(home.meeting.id, 5 * SECOND), camera=2)
    intake.keep(space.door, space.media, space.texts, film)
    add_worker(space.door, space.archive, space.texts, "Third Esimerkki", "a passphrase of some length")
    assert own_notes.erase_due(space.door, space.texts) == 0
    told = [k & {"StoredContent", "Meeting", "CodingHeader", "Statement", "Recording", "Worker"} for k in kinds(heard)]
    assert [min(k) for k in told] == [
        "StoredContent", "Meeting", "CodingHeader", "Statement", "Statement", "Recording", "Worker",
    ]  # fmt: skip


# what others hold is put right


def test_a_case_and_its_plan_hold_the_same_meeting_whoever_changes_it(room: Room) -> None:
    home, space = room.home, room.space
    case = space.editor("case", lambda: CaseEditor(home.a, space.texts, home.case_id))
    plan = space.editor("plan", lambda: PlanEditor(home.a, space.texts, home.meeting.id))
    assert plan.edit(place="Room 2")
    assert case.edit(case.file.meetings[0], minutes=45)
    assert plan.edit(place="Room 3")
    assert (plan.meeting.minutes, case.file.meetings[0].place) == (45, "Room 3")


def test_a_plan_s_steps_from_before_another_s_change_end(room: Room) -> None:
    home, space = room.home, room.space
    case = space.editor("case", lambda: CaseEditor(home.a, space.texts, home.case_id))
    plan = space.editor("plan", lambda: PlanEditor(home.a, space.texts, home.meeting.id))
    assert plan.edit(place="Room 2")
    assert case.edit(case.file.meetings[0], minutes=45)
    assert not plan.undo()
    assert home.a.get(type(plan.meeting), plan.meeting.id).minutes == 45


def test_another_case_s_editor_is_left_alone(room: Room) -> None:
    home, space = room.home, room.space
    case = space.editor("case", lambda: CaseEditor(home.a, space.texts, home.case_id))
    before = case.file
    space.write("named", [renamed(home)])
    assert case.file is before


def test_filming_knows_what_was_changed_in_clients(room: Room) -> None:
    room.space.films = film_tools(recorder=lambda: StagedRecorder(Clock()))
    capture = room.space.capture_of(room.home.meeting.id)
    plan = room.space.editor("plan", lambda: PlanEditor(room.home.a, room.space.texts, room.home.meeting.id))
    assert plan.edit(place="Room 2")
    assert capture.meeting.place == "Room 2"
    assert capture.child_says("yes")
    assert plan.meeting.child_said == "yes"


def test_a_coding_shows_the_films_that_came_while_it_was_held(room: Room) -> None:
    home, space = room.home, room.space
    editor = space.coding_editor(home.meeting.id)
    film = replace(recording(home.meeting.id, 5 * SECOND), camera=2)
    intake.keep(space.door, space.media, space.texts, film)
    assert [r.camera for r in editor.file.recordings] == [1, 2]
    held = home.a.get(Recording, film.id)
    space.door.tell([Change(held, home.erase(held))], None)
    assert [r.camera for r in editor.file.recordings] == [1]


# nobody passes it by

#: the two modules that reach the store's `apply`
DOORS = {"app/door.py", "app/editing.py"}
#: `apply` of other things: a coding's own value, the looks of a window, a dialog's button
OTHER_APPLIES = {"coding", "common", "looks", "self"}


def tail(node: ast.expr) -> str:
    """The last name of what stands before a dot: `space.store` is `store`."""
    if isinstance(node, ast.Attribute):
        return node.attr.lstrip("_")
    return node.id.lstrip("_") if isinstance(node, ast.Name) else ""


def reaches(path: Path, *names: str) -> list[ast.Attribute]:
    """Where something of one of these names is asked of anything; most modules name none, and are not parsed."""
    source = path.read_text("utf-8")
    if not re.search(rf"\b({'|'.join(names)})\b", source):
        return []
    return [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Attribute) and n.attr in names]


def writers(root: Path, *tops: str) -> set[str]:
    """Modules that reach the `apply` of a store, called or handed on."""
    return {
        path.relative_to(root).as_posix()
        for top in tops
        for path in (root / top).rglob("*.py")
        if any(tail(n.value) not in OTHER_APPLIES for n in reaches(path, "apply"))
    }


def forgers(root: Path) -> set[str]:
    """Widgets that emit the word of the workspace or its door themselves."""
    return {
        path.relative_to(root).as_posix()
        for path in (root / "widgets").rglob("*.py")
        for n in reaches(path, "emit")
        if isinstance(n.value, ast.Attribute) and tail(n.value.value) in ("space", "workspace", "door")
    }


def unheard(root: Path) -> set[str]:
    """Widgets that make an editor of their own: its steps would be announced by nobody."""
    found, editors = set(), {cls.__name__ for cls in subclasses()}
    for path in (root / "widgets").rglob("*.py"):
        source = path.read_text("utf-8")
        if not re.search(rf"\b({'|'.join(editors)})\b", source):
            continue
        tree = ast.parse(source)
        followed = {
            id(inner)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "editor"
            for inner in ast.walk(call)
        }
        if any(isinstance(n, ast.Call) and tail(n.func) in editors and id(n) not in followed for n in ast.walk(tree)):
            found.add(path.relative_to(root).as_posix())
    return found


#: what a store is asked
ASKS = ("find", "get", "coding_states", "history", "note", "audit_log", "verify")


def askers(root: Path) -> set[str]:
    """Widgets that ask the store themselves: what is found, and in which order, is the application's."""
    return {
        path.relative_to(root).as_posix()
        for path in (root / "widgets").rglob("*.py")
        if any(tail(n.value) == "store" for n in reaches(path, *ASKS))
    }


def subclasses() -> Iterator[type]:
    from app.editing import Editor

    waiting = [Editor]
    while waiting:
        for cls in waiting.pop().__subclasses__():
            yield cls
            waiting.append(cls)


def test_two_modules_write_to_the_store() -> None:
    assert writers(ROOT, "app", "widgets", "video") == DOORS


def test_behind_the_port_only_the_first_worker_is_written() -> None:
    """A new archive has nobody to tell yet; every other word there is the store's own."""
    assert writers(ROOT, "storage") == {"storage/open_archive.py"}


def test_no_widget_forges_the_word_and_no_editor_goes_unheard() -> None:
    assert forgers(ROOT) == set()
    assert unheard(ROOT) == set()


def test_no_widget_asks_the_store_itself() -> None:
    assert askers(ROOT) == set()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("def f(space):\n    space.store.apply('x', [])\n", "writers"),
        ("def f(store):\n    write = store.apply\n    write('x', [])\n", "writers"),
        ("class A:\n    def f(self):\n        self._store.apply('x', [])\n", "writers"),
        ("def f(space):\n    space.changed.emit(())\n", "forgers"),
        ("def f(self):\n    self._workspace.door.written.emit(())\n", "forgers"),
        ("def f(space):\n    return space.store.find(Case)\n", "askers"),
        ("def f(self):\n    return sorted(self._store.get(Case, 'x').others)\n", "askers"),
        ("def f(store, t):\n    return CaseEditor(store, t, 'x')\n", "unheard"),
        ("def f(space, t):\n    return space.editor('k', lambda: CaseEditor(space.store, t, 'x'))\n", "nothing"),
    ],
)
def test_a_planted_trespass_is_found(tmp_path: Path, code: str, found: str) -> None:
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets" / "trespass.py").write_text(code, "utf-8")
    seen = {
        "writers": writers(tmp_path, "widgets"),
        "forgers": forgers(tmp_path),
        "unheard": unheard(tmp_path),
        "askers": askers(tmp_path),
    }
    assert [name for name, paths in seen.items() if paths] == [name for name in seen if name == found]


def test_a_door_of_its_own_serves_who_has_no_workspace() -> None:
    home = Home()
    Door(home.a).write("named", [renamed(home)])
    Door(home.a).write("fourth", [added(Worker("w", "Fourth Esimerkki"))], act="create")
    assert home.a.get(Worker, home.leena.id).title == "perheterapeutti"
