"""The manual's window: pages, search, links, back and forward, the way to a screen, and the report."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QWidget

from app.errors import AppError, FilmError
from app.i18n import Texts
from app.manual.pages import names, page
from app.office.beginning import PUT_AWAY, beginning
from app.office.problem_report import save
from widgets.desk.desk_screen import DeskScreen
from widgets.help.help_window import HelpWindow
from widgets.help.report_window import ReportWindow
from widgets.keys.keys_ahead import KeysAhead
from widgets.look import look as looks
from widgets.main_window import MainWindow, Maker
from widgets.settings.settings_screen import SettingsScreen

Key = Qt.Key


@pytest.fixture
def main(qtbot, room):
    places = {"desk": Maker(DeskScreen), "settings": Maker(SettingsScreen)}
    made = MainWindow(room.space, places)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.go("desk")
    made.show()
    made.activateWindow()
    yield made
    made.close()


def manual(main) -> HelpWindow:
    (found,) = main.findChildren(HelpWindow)
    return found


def rows(shown: HelpWindow, hands) -> list[str]:
    pages = hands.one(shown, QListWidget)
    return [pages.item(n).text() for n in range(pages.count())]


def test_f1_opens_the_page_of_each_screen_in_one_window(main, hands) -> None:
    hands.key(main, Key.Key_F1)
    assert manual(main).view.name == "desk"
    assert manual(main).view.accessibleName() == "Desk"
    main.go("settings")
    hands.key(main, Key.Key_F1)
    assert manual(main).view.name == "settings"
    main.go("settings", part="backup")
    hands.key(main, Key.Key_F1)
    assert manual(main).view.name == "backup"


def test_what_is_typed_after_f1_is_searched_for_and_not_written_behind(main, hands, qtbot) -> None:
    line = QLineEdit(main)
    line.show()
    line.setFocus()
    main.act("help")
    shown = manual(main)
    ahead = shown.isActiveWindow()
    qtbot.keyClicks(shown.view if ahead else line, "kata")
    qtbot.waitUntil(shown.isActiveWindow)
    assert (line.text(), shown.search.text()) == ("", "kata")
    hands.key(shown.search, Key.Key_Escape)
    qtbot.keyClicks(line, "x")
    assert line.text() == "x"


def test_keys_before_a_window_is_active_are_its_own_until_then(qtbot) -> None:
    behind, opened = QLineEdit(), QLineEdit()
    for window in (behind, opened):
        qtbot.addWidget(window)
    behind.show()
    behind.activateWindow()
    qtbot.waitUntil(behind.isActiveWindow)
    ahead = KeysAhead(opened)
    opened.show()
    if opened.isActiveWindow():
        behind.activateWindow()
        qtbot.waitUntil(behind.isActiveWindow)
    ahead.begin()
    qtbot.keyClicks(behind, "one")
    assert (behind.text(), opened.text()) == ("", "one")
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    qtbot.keyClicks(behind, "two")
    assert (behind.text(), opened.text()) == ("two", "one")


def test_links_lead_on_and_back_and_a_button_to_the_screen(main, hands) -> None:
    main.show_help("coding")
    shown = manual(main)
    shown.view.anchorClicked.emit(QUrl("page:ratings"))
    assert shown.view.name == "ratings"
    hands.click(shown.back)
    assert shown.view.name == "coding"
    hands.click(shown.forward)
    assert shown.view.name == "ratings"
    shown.show_page("backup")
    hands.click(shown.open_screen)
    assert main.place == "settings"


def test_every_page_can_be_shown_with_its_pictures(main, room) -> None:
    main.show_help()
    shown = manual(main)
    for name in names():
        shown.show_page(name)
        assert shown.view.toPlainText().strip(), name
        for picture in page(name, room.home.texts, room.preferences.keys).led_to("picture"):
            image = shown.view.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(f"picture:{picture}"))
            assert not image.isNull(), picture


def test_search_lists_what_it_found_and_enter_opens_it(main, hands) -> None:
    main.show_help()
    shown = manual(main)
    assert "Getting started" in rows(shown, hands)
    hands.type(shown.search, "kappa")
    assert next(row.split("\n")[0] for row in rows(shown, hands)) == "Comparing"
    hands.key(shown.search, Key.Key_Return)
    assert shown.view.name == "comparing"
    hands.type(shown.search, "xyzzy")
    assert rows(shown, hands) == []
    assert "Nothing found" in hands.words(shown)


def test_the_steps_are_put_away_and_come_back_from_help(main, hands, room) -> None:
    step = beginning(room.store, room.home.meeting.held.date()).now
    assert step is not None
    assert "Do your own coding" in hands.words(main)
    hands.press(main, "All steps")
    shown = manual(main)
    assert shown.view.name == "start"
    assert "Next: Do your own coding." in shown.view.toPlainText()
    hands.press(main, "Put away")
    assert "Getting started" not in hands.words(main)
    assert PUT_AWAY in room.preferences.remembered.hints_read
    hands.click(shown.steps)
    hands.settle()
    assert PUT_AWAY not in room.preferences.remembered.hints_read
    assert "GETTING STARTED" in hands.words(main)


def test_before_an_archive_is_open_it_leads_to_no_screen(qtbot, room, hands) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    shown = HelpWindow(Texts("fi"), looks.Look(looks.LIGHT), room.preferences, window)
    shown.show_page("start")
    shown.show()
    assert not shown.open_screen.isVisible()
    assert not shown.steps.isVisible()
    assert "{{" not in shown.view.toPlainText()
    shown.close()


def test_a_film_that_failed_offers_a_report_and_other_trouble_does_not(main, room) -> None:
    asked: list[object] = []
    main.report_asked.connect(asked.append)
    failed = FilmError("film-damaged", layout=())
    room.notices.trouble(failed)
    room.notices.trouble(AppError("cannot-write"))
    film, other = room.said
    assert (film.action_label, other.action_label) == ("Problem report…", "")
    film.action()
    main.act("report")
    assert asked == [failed, None]


def test_the_report_is_whole_on_the_screen_before_it_is_saved(qtbot, hands, tmp_path, monkeypatch) -> None:
    text = "\n".join(f"line {n}" for n in range(300))
    chosen: list[str] = ["", str(tmp_path / "none" / "r.txt"), str(tmp_path / "r.txt")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen.pop(0), ""))
    window = ReportWindow(text, save, Texts("en"))
    qtbot.addWidget(window)
    window.show()
    assert window.text.toPlainText() == text
    assert window.text.isReadOnly()
    assert list(tmp_path.iterdir()) == []
    hands.press(window, "Save…")
    assert "saved" not in hands.words(window).replace(text, "")
    hands.press(window, "Save…")
    assert "could not" in hands.words(window) or "cannot" in hands.words(window)
    hands.press(window, "Save…")
    assert "The report was saved." in hands.words(window)
    assert (tmp_path / "r.txt").read_text("utf-8") == text
