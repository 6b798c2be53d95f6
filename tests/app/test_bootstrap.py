"""The roof without its window: one sentence where there is no screen, and a free folder for the example."""

import subprocess
import sys
from pathlib import Path

import pytest

from app import bootstrap

#: what the first window does without: it comes in when an archive is opened, while the passphrase is typed
LATER = (
    "app.ports",
    "app.model.coding",
    "app.model.meeting",
    "storage",
    "system",
    "PySide6.QtDBus",
    "video",
    "sqlalchemy",
    "numpy",
    "av",
    "cattrs",
)


def test_without_a_screen_one_sentence_and_exit_1(monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert bootstrap.open_window() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "havainto demo" in said.err


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_named_screen_is_enough(monkeypatch, name: str) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for other in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, "x")
    assert bootstrap.has_screen()


def test_the_first_window_needs_neither_archive_nor_model() -> None:
    asked = f"import sys, app.bootstrap; print([m for m in {LATER!r} if m in sys.modules])"
    root = Path(__file__).parents[2]
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=root)
    assert said.stdout.strip() == "[]"


def test_the_example_finds_a_free_folder(tmp_path) -> None:
    first = bootstrap._free_folder(tmp_path, "Example")
    first.mkdir()
    (first / "x").touch()
    second = bootstrap._free_folder(tmp_path, "Example")
    assert first != second
    assert not second.exists()
