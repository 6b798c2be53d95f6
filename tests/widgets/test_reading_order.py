"""Tab goes through every place as it is read, and what has the keys is in sight."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tests.drivers.settling import settle
from tests.widgets.test_every_screen import filled, screens  # noqa: F401  the fixture is used by its name
from widgets import reading_order
from widgets.app_events import AppEvents
from widgets.kept_in_sight import KeptInSight
from widgets.look.parts import beside, scrolled, stacked

Key = Qt.Key


def page_of(part: QWidget, top: QWidget) -> QWidget:
    """The scrolled page that a part is on, else the whole place."""
    over = part.parentWidget()
    while over is not top and not isinstance(over.parentWidget().parentWidget(), QScrollArea):
        over = over.parentWidget()
    return over


def against_reading(screen: QWidget) -> list[str]:
    """Neighbors of one page of which the second stands above the first without standing right of it."""
    rows = []
    for one, other in pairwise(s for s in reading_order.tab_stops(screen) if s is not screen):
        a, b = (w.rect().translated(w.mapTo(screen, QPoint())) for w in (one, other))
        if page_of(one, screen) is page_of(other, screen) and b.bottom() < a.top() and b.left() < a.right():
            rows.append(f"{one.accessibleName() or one} before {other.accessibleName() or other}")
    return rows


@pytest.mark.parametrize("filled", ["fi"], indirect=True)
def test_tab_goes_through_every_place_as_it_is_read(filled, qtbot) -> None:  # noqa: F811
    for screen, ids in screens(filled):
        qtbot.addWidget(screen)
        screen.resize(1274, 712)
        screen.show()
        screen.opened(**ids)
        settle()
        assert against_reading(screen) == [], type(screen).__name__
        screen.hide()


@pytest.fixture
def top(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def shown(top: QWidget, qtbot) -> None:
    top.show()
    top.activateWindow()
    qtbot.waitUntil(top.isActiveWindow)


def test_what_is_made_later_is_read_where_it_lies(top, qtbot) -> None:
    first, last, later = QLineEdit(), QLineEdit(), QLineEdit()
    column = stacked(first, last)
    top.setLayout(column)
    column.insertWidget(1, later)
    shown(top, qtbot)
    first.setFocus()
    seen = []
    for _ in range(3):
        assert reading_order.lead(top, is_next=True)
        seen.append(QApplication.focusWidget())
    assert seen == [later, last, first]
    assert reading_order.lead(top, is_next=False)
    assert last.hasFocus()


def test_buttons_of_which_one_is_chosen_are_one_stop(top, qtbot) -> None:
    before, behind, group = QLineEdit(), QLineEdit(), QButtonGroup(top)
    pills = [QPushButton(str(n)) for n in range(3)]
    for pill in pills:
        pill.setCheckable(True)
        group.addButton(pill)
    pills[1].setChecked(True)
    top.setLayout(stacked(before, beside(*pills), behind))
    shown(top, qtbot)
    before.setFocus()
    reading_order.lead(top, is_next=True)
    assert pills[1].hasFocus()
    reading_order.lead(top, is_next=True)
    assert behind.hasFocus()
    pills[2].setFocus()  # as the arrows lead
    reading_order.lead(top, is_next=False)
    assert before.hasFocus()


def test_a_page_follows_the_keys_and_what_grows_under_them(top, qtbot) -> None:
    page, lines, text = QWidget(), [QLineEdit() for _ in range(30)], QPlainTextEdit()
    text.setFixedHeight(60)
    page.setLayout(stacked(*lines, text))
    outside, area = QLineEdit(), scrolled(page)
    column = QVBoxLayout(top)
    column.addWidget(outside)
    column.addWidget(area)
    top.resize(300, 300)
    events = AppEvents(top)
    kept = KeptInSight(top, events)
    shown(top, qtbot)

    def in_sight(part: QWidget) -> bool:
        view = area.viewport()
        return view.rect().contains(part.rect().translated(part.mapTo(view, QPoint())))

    outside.setFocus()
    lines[-1].setFocus()
    qtbot.waitUntil(lambda: in_sight(lines[-1]))
    text.setFocus()
    qtbot.waitUntil(lambda: in_sight(text))
    text.setFixedHeight(150)
    qtbot.keyClicks(text, "x")
    qtbot.waitUntil(lambda: in_sight(text))
    text.setFixedHeight(900)
    text.setPlainText("x\n" * 40)
    text.moveCursor(text.textCursor().MoveOperation.End)
    qtbot.keyClicks(text, "x")

    def is_read() -> bool:
        cursor = text.cursorRect()
        return area.viewport().rect().contains(cursor.translated(text.viewport().mapTo(area.viewport(), QPoint())))

    qtbot.waitUntil(is_read)
    kept.stop()
    events.stop()
