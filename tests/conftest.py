"""What every test gets: a home of its own, the program's look, and a hunt for what it left behind.

`make test` runs two workers. A module's tests stay together on one of them, in their order, so that what a module makes
is made once; a test marked `alone` runs while the other worker waits, for what it looks at is time itself.
"""

import gc
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import minutes
from tests.material import once

# a laptop's screen: the platform's own, 800 by 800, would fold every place
if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={Path(__file__).parent / 'material' / 'screen.json'}"

# the same 25 examples in every run; `make soak` tries 2 000 of each property, others every time, and shows its seed
_ALWAYS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("test", max_examples=25, derandomize=True, database=None, **_ALWAYS)
settings.register_profile("soak", max_examples=int(os.environ.get("HAVAINTO_EXAMPLES", "2000")), **_ALWAYS)
settings.load_profile("soak" if "HAVAINTO_EXAMPLES" in os.environ else "test")

#: Qt's own window for hints stays until the application ends
STAYS = {"QTipLabel"}
#: how long a thread that was told to end may take, in seconds
LAST_BREATH = 5.0
#: tests of one worker between two looks at all that there is for what was let go of
COLLECT_EVERY = 1000


#: folders whose tests are long, or wait, begin first, so that no worker is left with a long one at the end
FIRST = ("tests/journeys/", "tests/video/", "tests/storage/", "tests/contracts/")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--minutes", action="store_true", help="print the slowest tests and the minutes of each folder")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "alone: looks at time itself, so that no other test may run beside it")
    config.addinivalue_line("markers", "long: a module of it takes seconds and begins before the others")
    if once.begin_run():
        config.add_cleanup(once.end_run)
    if config.getoption("--minutes") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(minutes.Minutes(), "minutes")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


def _place(item: pytest.Item) -> tuple[bool, int]:
    """Long modules first, then by folder; within a module nothing moves."""
    long = any(True for _ in item.parent.iter_markers("long"))
    return not long, next((n for n, folder in enumerate(FIRST) if item.nodeid.startswith(folder)), len(FIRST))


@pytest.fixture(autouse=True)
def _turn(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that looks at time waits until the other worker's test has ended, and keeps it from the next one."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    alone = request.node.get_closest_marker("alone") is not None
    with ExitStack() as held:
        with once.turn("next.turn"):  # who waits to be alone holds this, so that nobody overtakes it
            held.enter_context(once.turn("run.turn", together=not alone))
        yield


@pytest.fixture(scope="session", autouse=True)
def _derived_keys() -> Iterator[None]:
    """A passphrase and its salt give the same key each time: within a run it is derived once, and salts are the same.

    Tests of the derivation itself, and of salts, ask for `derived_anew`.
    """
    from tests.material import derivation

    with derivation.remembered():
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    """Each archive is an engine of its own: a statement is compiled once for all of a worker's."""
    from tests.material import compiled

    with compiled.together():
        yield


@pytest.fixture(scope="session", autouse=True)
def _tables_made_once() -> Iterator[None]:
    """The first new archive of a worker walks all steps to the newest tables; the next ones are told the same."""
    from tests.material import tables_again

    with tables_again.told_again():
        yield


@pytest.fixture
def derived_anew() -> Iterator[None]:
    """Keys are derived as the program does it, each time."""
    from tests.material import derivation

    with derivation.anew():
        yield


@pytest.fixture(scope="session")
def qapp(qapp):
    """The one application, with the program's fonts and light look."""
    from widgets.look import look

    look.load_fonts()
    look.apply(qapp, look.look_for("light", films=False))
    return qapp


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and logs of a test never reach the home of who runs it."""
    monkeypatch.setenv("HAVAINTO_HOME", str(tmp_path))


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[set[threading.Thread]]:
    """Threads, windows and running timers end with the test that began them.

    Gives the threads that may outlive it: a fixture of a module adds those that it holds for the next tests and ends.
    """
    threads = set(threading.enumerate())
    with_qt = {"qapp", "qtbot"} & set(request.fixturenames)
    windows = _windows() if with_qt else []
    _collect_now_and_then()
    gc.freeze()  # what was there before is not looked at below
    yield threads
    left = [f"thread {t.name}" for t in threading.enumerate() if t not in threads and not _ended(t)]
    if with_qt:
        _let_go()
        left += [_called(w) for w in _windows() if w not in windows]
        left += [f"timer of {t.parent()}, {t.interval()} ms" for t in _running_timers()]
        left += _pressed()
    else:
        gc.collect()  # what the test let go of in circles; later it would be looked for among all that there is
    gc.unfreeze()
    assert not left, f"left behind: {left}"


def _collect_now_and_then(_tests: Iterator[int] = count()) -> None:  # noqa: B008  one counter for the run
    """What fixtures of modules let go of in circles: set aside at each test, it would be held to the run's end."""
    if next(_tests) % COLLECT_EVERY == 0:
        gc.collect()


def _ended(thread: threading.Thread) -> bool:
    thread.join(LAST_BREATH)
    return not thread.is_alive()


def _let_go() -> None:
    """What was let go of goes now."""
    from PySide6.QtCore import QCoreApplication, QEvent

    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()


def _pressed() -> list[str]:
    """Buttons of the mouse that are held down still: the next test's window would wait for their release."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    held = QApplication.mouseButtons()
    for button in held:
        QTest.mouseRelease(QWidget(), button)
    return [f"{button} held down" for button in held]


def _windows() -> list:
    from PySide6.QtWidgets import QApplication

    return [w for w in QApplication.topLevelWidgets() if w.metaObject().className() not in STAYS]


def _called(window) -> str:
    words = window.accessibleName() or getattr(window, "text", window.windowTitle)()
    return f"window {type(window).__name__} {words}"


def _running_timers() -> list:
    import shiboken6
    from PySide6.QtCore import QTimer

    return [t for t in gc.get_objects() if isinstance(t, QTimer) and shiboken6.isValid(t) and t.isActive()]


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Callable:
    """(path, clip) of the numbered film of a kind of `KINDS`, or of a clip; made once for the whole run."""
    from tests.material.films import KINDS, Clip, build

    folder = tmp_path_factory.mktemp("films")
    made: dict[str, Path] = {}

    def get(kind: str | Clip) -> tuple[Path, Clip]:
        clip = KINDS[kind] if isinstance(kind, str) else kind
        name = kind if isinstance(kind, str) else f"clip-{len(made)}"
        key = kind if isinstance(kind, str) else repr(kind)
        if key not in made:
            made[key] = build(folder, clip, name)
        return made[key], clip

    return get
