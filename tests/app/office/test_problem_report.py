"""The problem report says what helps, and is the same whatever anybody or anything in the archive is called."""

import logging
import os
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import crash, log
from app.casework.case_editor import CaseEditor
from app.errors import AppError, FilmError
from app.i18n import Texts
from app.model.change import Change
from app.office.problem_report import UNTOLD, Trouble, log_lines, logged, report, save
from app.settings.values import FilmingPlace, Remembered, Settings
from tests.material.house import Home

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
#: names, titles, places and passphrases begin large or hold a sign; words of the program do not
SECRETS = st.text("abcdefghijklmnoprstuvyäöåšž ", min_size=3, max_size=20).map(lambda s: f"Q{s}Z")


@pytest.fixture(scope="module")
def home(qapp) -> Home:
    return Home()


def call_everything(home: Home, word: str) -> None:
    """Every text that a person typed is this one."""
    store = home.a
    file = CaseEditor(store, home.texts, home.case_id).file
    changes = [Change(p, replace(p, called=word, name=word)) for p in file.persons]
    changes.append(Change(file.case, replace(file.case, code_name=word, note=word)))
    assert file.commission is not None
    changes.append(Change(file.commission, replace(file.commission, commissioner=word, questions=(word,))))
    changes += [Change(m, replace(m, place=word)) for m in file.meetings]
    changes += [Change(w, replace(w, name=word, title=word)) for w in store.find(type(home.aino))]
    store.apply("names", changes)


def everything(word: str) -> tuple[Settings, Remembered, list[str], Trouble]:
    """Settings, log and trouble in which a name stands wherever one could."""
    place = FilmingPlace(**{f.name: word for f in fields(FilmingPlace)})
    settings = Settings(action_keys={"film.play": word, word: "F1"}, code_keys={f"{word}/A": word}, rooms=(place,))
    kept = Remembered(archives=(f"/home/{word}",), backup_folder=word, last_room=place, hints_read=(word,))
    lines = [
        f"2026-11-03 12:00:00,000 INFO app.films.intake opened {word}",
        f"2026-11-03 12:00:00,001 INFO app.films.intake /home/{word}/film.mp4",
        f"2026-11-03 12:00:00,002 INFO PIL.Image {word}",
        f"2026-11-03 12:00:00,003 ERROR app.crash bug: {word} said no",
        f"  {word}/film.py:3 {word}",
        "2026-11-03 12:00:00,004 ERROR app.crash bug: KeyError",
        "  app/door.py:31 write",
        f"{word}",
    ]
    error = FilmError("film-damaged", layout=({"stream": "video", "codec": word, "title": word, "width": 640},))
    return settings, kept, lines, Trouble(f"KeyError\n  app/door.py:31 write\n  {word}: {word}", error)


def told(home: Home, word: str) -> str:
    settings, kept, lines, trouble = everything(word)
    return report(Texts("en"), NOW, settings, kept, lines, home.a, trouble)


@given(SECRETS)
def test_it_is_the_same_whatever_things_are_called(home, word) -> None:
    call_everything(home, "Qplain nameZ")
    plain = told(home, "Qplain nameZ")
    call_everything(home, word)
    assert told(home, word) == plain
    assert word not in plain


def test_it_says_what_helps(home) -> None:
    text = told(home, "Qplain nameZ")
    film = home.film
    for part in (
        "PyAV ", "OpenCV ", "Python 3.", f"{film.id} camera 1 taken-in", f"video {film.facts.video_codec} ",
        f"frames {film.facts.frames}", "FilmError: film-damaged", "width 640", "KeyError", "app/door.py:31 write",
        "lock_after_minutes 10", "own keys of actions: film.play; of codes: 1", "rooms 1 known archives 1",
        f"INFO app.films.intake opened {UNTOLD}",
    ):  # fmt: skip
        assert part in text, part
    assert "PIL" not in text


def test_without_an_archive_and_without_trouble_it_says_so() -> None:
    text = report(Texts("en"), NOW, Settings(), Remembered())
    assert text.count("nothing to tell") == 3


def test_another_workers_draft_is_nowhere_in_it(home) -> None:
    before = report(Texts("en"), NOW, Settings(), Remembered(), store=home.a)
    home.editor(home.b)
    assert report(Texts("en"), NOW, Settings(), Remembered(), store=home.a) == before


def test_a_real_bug_of_the_log_comes_through_with_its_places(tmp_path) -> None:
    path, root = tmp_path / "log" / "havainto.log", logging.getLogger()
    before, level = list(root.handlers), root.level
    log.start(path)
    try:
        secret = "Aino Esimerkki"
        try:
            {}[secret]
        except KeyError as error:
            crash.CrashReports().on_bug(error)
    finally:
        for handler in [h for h in root.handlers if h not in before]:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)
    rows = list(logged(log_lines(path)))
    assert "ERROR app.crash bug: KeyError" in rows[0]
    assert rows[1].startswith("  test_problem_report.py:")
    assert secret not in "\n".join(rows)
    assert log_lines(tmp_path / "none.log") == ()


def test_a_full_log_that_another_window_has_open_goes_on(tmp_path, monkeypatch) -> None:
    """On Windows it cannot be renamed then."""
    path, root = tmp_path / "havainto.log", logging.getLogger()
    before, level = list(root.handlers), root.level
    path.write_text("x" * 1_000_001, "utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(os, "rename", refuse)
    log.start(path)
    try:
        logging.getLogger("app").info("something happened")
    finally:
        for handler in [h for h in root.handlers if h not in before]:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)
    assert path.read_text("utf-8").endswith("INFO app something happened\n")


def test_what_cannot_be_saved_is_said(tmp_path) -> None:
    save(tmp_path / "report.txt", "ä\n")
    assert (tmp_path / "report.txt").read_text("utf-8") == "ä\n"
    with pytest.raises(AppError):
        save(tmp_path / "none" / "report.txt", "")
