"""Qt's own words are in the language of the screen, also those that its catalogue lacks, and keys have one name."""

import pytest
from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from widgets.look.qt_words import speak


@pytest.fixture
def spoken(qapp):
    def do(language: str) -> None:
        assert speak(qapp, language)

    yield do
    speak(qapp, "en")


def words(qtbot, folder) -> set[str]:
    made = QFileDialog(None, "x", str(folder))
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(made)
    found = {part.text().replace("&", "") for part in (*made.findChildren(QLabel), *made.findChildren(QPushButton))}
    (folder / "inside").mkdir(exist_ok=True)
    found.add(made.iconProvider().type(QFileInfo(str(folder / "inside"))))
    return {w for w in found if w}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_file_dialog_is_whole_in_the_language_of_the_screen(spoken, qtbot, tmp_path, language) -> None:
    spoken("en")
    english = words(qtbot, tmp_path)
    spoken(language)
    assert len(english) > 4
    assert not words(qtbot, tmp_path) & english


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_key_is_called_in_menus_what_it_is_called_on_buttons(spoken, language) -> None:
    spoken(language)
    native = QKeySequence.SequenceFormat.NativeText
    assert [QKeySequence(k).toString(native) for k in ("Ctrl+Shift+P", "PgDown", "Alt+Left")] == [
        "Ctrl+Shift+P",
        "PgDn",
        "Alt+←",
    ]
