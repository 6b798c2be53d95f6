"""Windows of their own on a small screen: none needs more than it has, none begins larger."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QScrollArea, QWidget

import widgets
from app.erasing.films import WhatGoes
from app.films.camera_cards import CardFile, recognized
from app.i18n import Texts
from app.settings.preferences import Preferences
from tests.material.builders import recording
from widgets.cases.card_dialog import CardDialog
from widgets.cases.erase_film import EraseFilm
from widgets.comparing.definitions_dialog import DefinitionsDialog
from widgets.folding import FRAME
from widgets.help.help_window import HelpWindow
from widgets.help.report_window import ReportWindow
from widgets.keys.keys_dialog import KeysDialog
from widgets.look import look as looks
from widgets.recovery import CodeDoors, RecoverDialog, RecoveryCodeDialog, RestoreDialog
from widgets.unlock import Doors, UnlockWindow

LOOK = looks.Look(looks.LIGHT)
#: 1366 × 768 at 150 %
ROOM = QSize(911, 512) - FRAME


def never(*_what) -> None:
    raise AssertionError("nobody asks for this here")


@pytest.fixture
def under(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_window_of_its_own_fits(under, tmp_path, language) -> None:
    texts, kept = Texts(language), Preferences()
    files = recognized([CardFile(tmp_path / f"GX01{n:04}.MP4", 2**30, n) for n in range(30)])
    goes = WhatGoes(recording("m"), 3, 2, 1, rests=True, backups=2, has_original=True)
    made = (
        RecoverDialog(texts, "Aino", under),
        RestoreDialog(texts, tmp_path, under),
        RecoveryCodeDialog(texts, "Aino", "ABCD-EFGH", CodeDoors(never, never), under),
        CardDialog(texts, LOOK, files, under),
        EraseFilm(texts, goes, under),
        DefinitionsDialog(texts, under),
        KeysDialog(texts, kept, under),
        ReportWindow("x\n" * 400, never, texts, under),
        HelpWindow(texts, LOOK, kept, under),
    )
    for dialog in made:
        needs, room = dialog.minimumSizeHint(), dialog.screen().availableGeometry()
        name = type(dialog).__name__
        assert (needs.width() <= ROOM.width(), needs.height() <= ROOM.height()) == (True, True), f"{name} {needs}"
        assert (dialog.width() <= room.width(), dialog.height() <= room.height()) == (True, True), name


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_first_window_and_its_pages_scroll_and_are_never_cut(qtbot, tmp_path, language) -> None:
    doors = Doors(lambda _: (), never, never, never, never, never, never)
    window = UnlockWindow(Texts(language), LOOK, Preferences(), doors, tmp_path)
    qtbot.addWidget(window)
    window.resize(ROOM)
    window.show()
    (area,) = (a for a in window.findChildren(QScrollArea) if a.objectName() == "page")

    def fits(what: str) -> None:
        needs = window.minimumSizeHint()
        assert (needs.width() <= ROOM.width(), needs.height() <= ROOM.height()) == (True, True), f"{what} {needs}"
        assert area.widget().width() <= area.viewport().width(), what

    fits("welcome")
    window.show_code("Aino", "ABCDE-FGHIJ-KLMNO-PQRST", CodeDoors(never, never), never)
    fits("code")
    window.ask_partner(never, never)
    fits("partner")


def test_one_door_gives_windows_their_first_size() -> None:
    sized = re.compile(r"\bself\.resize\(")
    found = [p.name for p in Path(widgets.__file__).parent.rglob("*.py") if sized.search(p.read_text("utf-8"))]
    assert found == [], "widgets/folding.py: size_to_fit"
