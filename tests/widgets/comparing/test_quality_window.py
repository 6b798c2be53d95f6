"""*Parin laatu* in its window: counted beside it, opened by the keyboard, saved as paper, stopped when it is shut."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from app.errors import Cancelled
from tests.drivers.hands import Hands
from tests.material import office
from tests.widgets.look.test_windows_fit import lacks
from widgets.comparing import quality_window
from widgets.comparing.all_figures import AllFigures
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.comparing.explanation_page import ExplanationPage
from widgets.comparing.quality_window import QualityWindow

Key = Qt.Key


def button(page, words: str) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.text() == words)


def opened(stage, qtbot) -> QualityWindow:
    """From the list of meetings, by its button."""
    place = stage(ComparingScreen, player=True)
    button(place, "Quality of pairs").click()
    (window,) = place.window().findChildren(QualityWindow)
    return window


def shown(window, qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(window.page, kind), timeout=20_000)
    return window.page


@pytest.fixture
def ten(home):
    office.coded(home, 10)
    return home


def test_a_figure_opens_by_the_keyboard_and_esc_leads_back(ten, stage, qtbot) -> None:
    window = opened(stage, qtbot)
    figures = shown(window, qtbot, AllFigures)
    words = Hands(qtbot).words(window)
    assert "10 meetings, of which both codings are ready and open to you." in words
    assert "not about any one worker" in words
    table = figures.first_table()
    table.setFocus()
    qtbot.keyClick(table, Key.Key_Down)
    qtbot.keyClick(table, Key.Key_Return)
    page = shown(window, qtbot, ExplanationPage)
    words = Hands(qtbot).words(page)
    assert "Intraclass correlation, absolute agreement of the same two: ICC(2,1)" in words
    assert "Mean square between meetings" in words
    qtbot.keyClick(QApplication.focusWidget() or window, Key.Key_Escape)
    shown(window, qtbot, AllFigures)
    assert window.isVisible(), "Esc leads one page back, and does not close"


def test_it_fits_a_small_screen_with_all_that_it_says(ten, stage, qtbot) -> None:
    home = ten
    _, store = office.add_worker(home, "Siiri Kokeilija")
    office.coded(home, 1, (home.b, store))
    home.editor(home.a)
    window = opened(stage, qtbot)
    figures = shown(window, qtbot, AllFigures)
    assert lacks(window) == []
    window.show()
    figures.first_table().opened.emit(0)
    shown(window, qtbot, ExplanationPage)
    assert lacks(window) == []


def test_with_few_meetings_it_says_so_and_shows_nothing_else(home, stage, qtbot) -> None:
    office.coded(home, 1)
    window = opened(stage, qtbot)
    qtbot.waitUntil(lambda: "So far there is 1." in Hands(qtbot).words(window), timeout=20_000)
    assert not window.findChildren(AllFigures)
    assert not button(window, "Save as PDF…").isVisible()


def test_it_is_saved_as_paper(ten, stage, qtbot, room, tmp_path, monkeypatch) -> None:
    path = tmp_path / "quality.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window = opened(stage, qtbot)
    shown(window, qtbot, AllFigures)
    button(window, "Save as PDF…").click()
    qtbot.waitUntil(lambda: any("names you and your colleagues" in n.text for n in room.said), timeout=20_000)
    assert path.read_bytes().startswith(b"%PDF-")
    (row,) = [r for r in ten.a.audit_log() if r.act == "export"]
    assert row.detail.startswith("pair-quality=10;sha256=")


def test_closed_while_it_counts_it_stops_and_says_nothing(ten, stage, qtbot, room, monkeypatch) -> None:
    begun, ended = threading.Event(), threading.Event()

    def slow(_store, _progress, cancelled):
        begun.set()
        while not cancelled():
            threading.Event().wait(0.005)
        ended.set()
        raise Cancelled

    monkeypatch.setattr(quality_window, "look_at_quality", slow)
    window = opened(stage, qtbot)
    assert begun.wait(5)
    window.close()
    qtbot.waitUntil(ended.is_set)
    qtbot.waitUntil(lambda: not room.jobs.running)
    assert not room.said
