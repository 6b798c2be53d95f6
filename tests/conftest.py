"""What every test gets: a home of its own, the program's look, and a hunt for what it left behind."""

import gc
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

#: Qt's own window for hints stays until the application ends
STAYS = {"QTipLabel"}
#: how long a thread that was told to end may take, in seconds
LAST_BREATH = 5.0


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
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Threads, windows and running timers end with the test that began them."""
    threads = set(threading.enumerate())
    with_qt = {"qapp", "qtbot"} & set(request.fixturenames)
    windows = _windows() if with_qt else []
    gc.freeze()  # what was there before is not looked at below
    yield
    left = [f"thread {t.name}" for t in threading.enumerate() if t not in threads and not _ended(t)]
    if with_qt:
        _let_go()
        left += [_called(w) for w in _windows() if w not in windows]
        left += [f"timer of {t.parent()}" for t in _running_timers()]
    gc.unfreeze()
    assert not left, f"left behind: {left}"


def _ended(thread: threading.Thread) -> bool:
    thread.join(LAST_BREATH)
    return not thread.is_alive()


def _let_go() -> None:
    """What was let go of goes now."""
    from PySide6.QtCore import QCoreApplication, QEvent

    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()


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
