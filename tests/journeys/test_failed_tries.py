"""Somebody tries passphrases; the owner, who opens the archive later, finds in the log how often."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit

from app import paths
from app.bootstrap import Program
from app.settings.preferences import Preferences
from tests.drivers.archive_steps import lock
from tests.drivers.hands import Hands, Key
from tests.material.golden import AINO, PASSPHRASE, golden


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Opened here before, so that the program offers it when it starts."""
    folder = golden("empty", tmp_path / "Havainto")
    Preferences(paths.settings_file()).remember_archive(folder)
    return folder


def try_to_sign_in(hands: Hands, program: Program, passphrase: str) -> None:
    first = program.unlock_window
    assert first is not None
    hands.bot.waitExposed(first)
    assert hands.named(first, "Kuka olet?", QComboBox).currentText() == AINO
    field = hands.named(first, "Salalause", QLineEdit)
    hands.type(field, passphrase)
    hands.key(field, Key.Key_Return)


def refused(hands: Hands, program: Program, passphrase: str) -> None:
    try_to_sign_in(hands, program, passphrase)
    hands.until(lambda: "Salalause ei ole oikein" in hands.words(program.unlock_window))
    hands.until(program.unlock_window.isEnabled)


def failed_tries(program: Program) -> list[str]:
    return [row.detail for row in program.workspace.store.audit_log() if row.act == "login-failed"]


def test_failed_tries_stand_in_the_log_once_and_count_anew(archive, program: Program, hands: Hands) -> None:
    for guess in ("kissa", "koira"):
        refused(hands, program, guess)
    try_to_sign_in(hands, program, PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    assert failed_tries(program) == ["count=2"]
    lock(hands, program)
    refused(hands, program, "hevonen")
    try_to_sign_in(hands, program, PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    assert failed_tries(program) == ["count=2", "count=1"]
