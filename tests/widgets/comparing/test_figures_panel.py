"""The figures panel: each figure opens with its numbers, its moments are marked and played, and the paper is saved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from app.comparing.comparison import comparison
from app.comparing.figure_key import About, FigureKey
from app.comparing.words import figure_lines
from app.i18n import Texts
from app.model.meeting import Stretch
from app.model.timecode import SECOND
from tests.app.comparing.test_one_figure import confused
from tests.drivers.hands import Hands
from tests.widgets.comparing.test_deciding import rated_with_moments
from widgets.comparing.all_figures import AllFigures
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.comparing.explanation_page import ExplanationPage

Key = Qt.Key


@pytest.fixture
def place(home, stage) -> ComparingScreen:
    confused(home)
    return stage(ComparingScreen, player=True, meeting_id=home.meeting.id)


@pytest.fixture
def panel(place):
    return place.room.figures


def opened(panel, qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(panel.page, kind), timeout=5000)
    return panel.page


def adult(panel):
    return next(row for row in panel.rows() if row.accessibleName().startswith("Adult, events"))


def test_a_figure_opens_by_the_keyboard_with_its_numbers_and_esc_leads_back(place, panel, qtbot) -> None:
    row = adult(panel)
    row.setFocus()
    qtbot.keyClick(row, Key.Key_Space)
    page = opened(panel, qtbot, ExplanationPage)
    words = Hands(qtbot).words(page)
    assert "19\u00a0/\u00a033" in words
    assert "22 × 436 / (28 × 27) / 33 = 0.3845" in words
    assert panel.is_spread
    assert not place.room.list.isVisible(), "a page has the whole side"
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert not panel.is_spread
    assert place.room.list.isVisible()


def test_a_chosen_moment_is_marked_and_enter_plays_it(place, panel, qtbot) -> None:
    adult(panel).click()
    page = opened(panel, qtbot, ExplanationPage)
    told: list[Stretch] = []
    panel.moment_chosen.connect(told.append)
    for _ in range(9):
        if page.moments.hasFocus():
            break
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert page.moments.hasFocus(), "Tab leads there"
    qtbot.keyClick(page.moments, Key.Key_Down)
    qtbot.keyClick(page.moments, Key.Key_Down)
    assert told
    assert place.room.player.shown_at() == pytest.approx(told[-1].start, abs=40_000)
    qtbot.keyClick(page.moments, Key.Key_Return)
    start, end = place.room.player.range
    assert (start, end) == (max(told[-1].start - 2 * SECOND, 0), told[-1].end + 2 * SECOND)
    assert place.room.player.is_playing()


def test_a_row_of_the_ratings_marks_what_both_rest_it_on(home, stage, qtbot) -> None:
    a = rated_with_moments(home, home.a, [("6", 0), ("q", 5), ("a", 12)], 5, (1, 2))
    b = rated_with_moments(home, home.b, [("6", 0), ("q", 5), ("a", 12)], 2, (2,))
    room = stage(ComparingScreen, player=True, meeting_id=home.meeting.id).room
    room.figures.explain(FigureKey(About.RATINGS))
    page = opened(room.figures, qtbot, ExplanationPage)
    page.moments.setFocus()
    qtbot.keyClick(page.moments, Key.Key_Down)
    assert room.timeline.picked == {*a, *b}
    assert room.player.shown_at() == pytest.approx(5 * SECOND, abs=40_000)


def test_the_key_that_plays_the_film_is_the_films_in_a_table_too(place, panel, qtbot) -> None:
    adult(panel).click()
    page = opened(panel, qtbot, ExplanationPage)
    qtbot.keyClick(page.moments, Key.Key_Space)
    assert place.room.player.is_playing()


def test_all_figures_stand_in_tables_and_a_row_opens(panel, qtbot) -> None:
    panel.show_all()
    page = opened(panel, qtbot, AllFigures)
    hands = Hands(qtbot)
    hands.button(page, "By code").click()
    table = page.first_table()
    assert table is not None
    table.setFocus()
    qtbot.keyClick(table, Key.Key_Down)
    qtbot.keyClick(table, Key.Key_Return)
    assert "For a single code there is no figure" in hands.words(opened(panel, qtbot, ExplanationPage))
    panel.back()
    again = opened(panel, qtbot, AllFigures)
    (chosen,) = [b for b in again.findChildren(QPushButton) if b.isChecked()]
    assert chosen.text() == "By code", "back leads to the view that one came from"
    panel.back()
    assert not panel.is_spread


def test_every_headline_opens(panel, home, qtbot) -> None:
    for row in panel.rows():
        row.click()
        opened(panel, qtbot, ExplanationPage)
        panel.back()
    assert len(panel.rows()) == len(figure_lines(Texts("en"), comparison(home.a, home.meeting.id)))


def test_the_paper_is_saved_from_the_head_and_logged(place, home, qtbot, tmp_path, monkeypatch) -> None:
    path = tmp_path / "paper.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    Hands(qtbot).button(place.window(), "Agreement PDF").click()
    qtbot.waitUntil(lambda: path.exists() and "export" in [e.act for e in home.a.audit_log(home.meeting.id)])
    assert path.read_bytes().startswith(b"%PDF-1.7")
