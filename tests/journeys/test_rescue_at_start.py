"""The program is killed while it films; the next start says what was rescued, and the films are there."""

from pathlib import Path

from app import bootstrap
from app.model.filming import OpenRecording
from app.model.recording import Origin, Recording
from tests.drivers.archive_steps import lock
from tests.drivers.filming_kills import PASS, film_and_kill, make_archive
from widgets.notice_bar import NoticeBar


# the offscreen platform says so of every window with a least size
def test_the_next_start_says_what_was_rescued(program, hands, tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "archive"
    make_archive(folder)
    film_and_kill(folder, tmp_path / "pictures.log", "320x180", 0.6)
    said: list = []
    program.opened.connect(lambda window: program.workspace.notices.said.connect(said.append))
    program.unlock(folder, "Aino", PASS)
    hands.until(lambda: bool(said))
    words = said[0].text
    assert "Ohjelma sulkeutui kesken kuvauksen." in words
    assert "Kamera 1" in words
    assert "Kamera 2" in words
    assert said[0].stays
    assert program.window.findChild(NoticeBar).isVisible()
    films = program.workspace.store.find(Recording)
    assert [f.origin for f in films] == [Origin.RESCUED] * 2
    assert not program.workspace.store.find(OpenRecording)
    fetched: list[bool] = []
    monkeypatch.setattr(bootstrap, "_bring_in_the_rest", lambda: fetched.append(True))
    lock(hands, program)
    hands.until(lambda: bool(fetched))  # the unlock window's last timer
