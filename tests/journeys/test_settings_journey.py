"""Settings of another version meet the program: the older are carried over, the newer are kept, and both are said."""

import json
from pathlib import Path

import pytest

from tests.drivers.archive_steps import AINO, LEENA, lock, make_archive, make_archive_of_two, sign_in
from widgets.notice_bar import NoticeBar


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "settings.json"
    first = {"language": "fi", "theme": "dark", "room_keys": ["Ctrl+1\tF8"], "code_keys": [], "volume": 40}
    path.write_text(json.dumps(first), "utf-8")
    return path


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 99, "settings": {"language": "fi", "odd": 1}}), "utf-8")
    return path


def test_the_settings_of_the_program_before_are_its_own_from_the_first_start(older, program, hands, tmp_path) -> None:
    make_archive(hands, program, tmp_path)
    kept = json.loads(older.read_text("utf-8"))
    assert kept["version"] == 2
    assert kept["settings"]["action_keys"] == {"coding.ratings": "F8"}
    assert kept["settings"]["theme"] == "dark"
    assert kept["remembered"]["volume"] == 40
    assert kept["remembered"]["archives"] == [str(tmp_path / "Havainto")]
    assert program.workspace.preferences.keys.of("coding.ratings") == "F8"


def test_a_new_archive_leads_both_workers_to_a_passphrase_and_a_code(program, hands, tmp_path) -> None:
    make_archive_of_two(hands, program, tmp_path)
    space = program.workspace
    assert [name for _id, name in space.archive.sign_ins()] == [AINO, LEENA]
    acts = [entry.act for entry in space.store.audit_log()]
    assert acts.count("recovery-code-confirmed") == 2
    lock(hands, program)
    sign_in(hands, program, LEENA)
    hands.until(lambda: program.window is not None)
    assert program.workspace.worker.name == LEENA
    assert program.preferences.remembered.last_sign_in == LEENA


def test_what_a_newer_program_kept_is_put_aside_and_said_in_whichever_window_there_is(
    newer, program, hands, tmp_path
) -> None:
    before = newer.read_bytes()
    make_archive(hands, program, tmp_path)
    assert (tmp_path / "settings.newer.json").read_bytes() == before
    old = program.window
    assert "settings.newer.json" in old.findChild(NoticeBar).accessibleName()
    program.preferences.change(theme="light")
    hands.until(lambda: program.window is not old)
    bar = program.window.findChild(NoticeBar)
    assert bar.isVisible()
    assert "settings.newer.json" in bar.accessibleName()
    assert json.loads(newer.read_text("utf-8"))["settings"]["theme"] == "light"
