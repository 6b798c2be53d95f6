"""A bug is told wherever it happens: also in a thread that films or listens, which would end without a word."""

import sys
import threading

import pytest

from app.crash import CrashReports


@pytest.fixture
def reports(qapp):
    before = sys.excepthook, threading.excepthook
    made = CrashReports()
    made.install()
    yield made
    sys.excepthook, threading.excepthook = before


def test_a_bug_of_any_thread_is_told_in_the_main_one(reports, qtbot) -> None:
    heard: list[tuple[str, threading.Thread]] = []
    reports.crashed.connect(lambda text: heard.append((text, threading.current_thread())))

    def listen() -> None:
        raise ZeroDivisionError("a client's words")

    thread = threading.Thread(target=listen, name="film sound writer")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(heard))
    ((text, told_in),) = heard
    assert text.startswith("ZeroDivisionError")
    assert "listen" in text
    assert "client" not in text
    assert told_in is threading.main_thread()


def test_a_thread_that_ends_itself_is_no_bug(reports, qtbot) -> None:
    heard: list[str] = []
    reports.crashed.connect(heard.append)
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    qtbot.wait(0)
    assert heard == []
