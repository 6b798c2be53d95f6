"""The index of the settings: a page by its name or by what stands on it, and by the keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QTableView

from app.i18n import Texts
from app.paths import on_one_disk
from tests.drivers.hands import Hands
from widgets.settings.settings_index import SettingsIndex


def shown(index) -> list[str]:
    rows = (index.list.item(n) for n in range(index.list.count()))
    return [item.text() for item in rows if not item.isHidden()]


def test_a_page_is_found_by_a_word_that_stands_on_it(settings_page, hands: Hands) -> None:
    index = settings_page.index
    settings_page.search()
    hands.type(index.search, "idle minutes")
    assert shown(index) == ["Program"]
    assert index.current == "program"
    hands.key(index.search, Qt.Key.Key_Return)
    assert index.list.hasFocus()
    hands.type(index.search, "zzz")
    assert shown(index) == []
    assert "No setting has these words." in hands.words(index)
    index.search.clear()
    assert len(shown(index)) > 9


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_name_of_every_page_is_whole(qtbot, settings_page, language) -> None:
    t = Texts(language)
    english = settings_page.index.list
    index = SettingsIndex(t, {str(n): t.tr(english.item(n).text()) for n in range(english.count())}, lambda _: "")
    qtbot.addWidget(index)
    index.resize(index.width(), 700)
    index.show()
    for row in range(index.list.count()):
        index.list.setCurrentRow(row)
        assert index.list.sizeHintForColumn(0) <= index.list.viewport().width()


def test_a_page_opens_by_its_part_and_has_its_main_action(settings_page, hands: Hands) -> None:
    settings_page.opened(part="backup")
    assert settings_page.index.current == "backup"
    assert hands.button(settings_page, "Back up now").isEnabled()
    settings_page.opened(part="keys")
    assert "Back up now" not in hands.words(settings_page.header)


def test_the_log_is_read_when_its_page_is_seen_and_can_be_of_one_case(settings_page, room, hands: Hands, qtbot) -> None:
    settings_page.opened(part="log")
    table = hands.named(settings_page, "Rows of the access log", QTableView)
    qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    all_rows = table.model().rowCount()
    hands.named(settings_page, "Log of", QComboBox).setCurrentIndex(1)
    assert 0 < table.model().rowCount() < all_rows
    assert room.home.aino.name in {table.model().index(n, 1).data() for n in range(table.model().rowCount())}


def test_a_backup_on_the_archives_own_disk_is_told(settings_page, room, hands: Hands, tmp_path) -> None:
    settings_page.opened(part="backup")
    room.space.daily_backup.choose(tmp_path)
    said = "on the same disk as the archive" in hands.words(settings_page)
    assert said == on_one_disk(tmp_path, room.archive.folder)
    assert on_one_disk(tmp_path, tmp_path)
    assert not on_one_disk(tmp_path / "none", tmp_path)
    assert isinstance(settings_page.index.search, QLineEdit)


def test_files_that_belong_to_nothing_are_named_and_go_by_a_press(settings_page, room, hands: Hands, qtbot) -> None:
    room.archive.left_over = (2, 5_000_000)
    settings_page.opened(part="backup")
    hands.press(settings_page, "Check the archive")
    qtbot.waitUntil(lambda: len(room.said) == 2)
    assert room.said[0].text.startswith("The archive is whole")
    assert room.said[1].text.startswith("2 files of films in the archive's folder belong to nothing")
    room.said[1].action()
    qtbot.waitUntil(lambda: len(room.said) == 3)
    assert (room.said[2].text, room.archive.left_over) == ("2 files were removed.", (0, 0))
