"""The second camera in a room that has no place of its own for it: whole, beside the large picture or below it."""

import pytest
from PySide6.QtCore import QRect

from app.comparing.comparison import ready_codings
from tests.drivers.settling import settle
from widgets.comparing.comparing_screen import ComparingScreen


@pytest.fixture
def pictures(home, second, stage):
    home.compare()
    assert ready_codings(home.a, home.meeting.id) == 2
    return stage(ComparingScreen, player=True, meeting_id=home.meeting.id).room.watching.pictures


def places(pictures) -> tuple[QRect, QRect]:
    """Where the large and the small picture are, in their own widget."""
    settle()
    views = [pictures.view(camera) for camera in (1, 2)]
    return tuple(QRect(v.mapTo(pictures, v.rect().topLeft()), v.size()) for v in views)


def test_both_cameras_are_in_sight_while_a_pair_compares(pictures) -> None:
    large, small = places(pictures)
    assert all(pictures.view(camera).isVisible() for camera in (1, 2))
    assert all(pictures.view(camera).picture is not None for camera in (1, 2))
    assert small.width() >= 160
    assert small.height() >= 90
    assert not large.intersects(small)
    assert pictures.rect().contains(small)


@pytest.mark.parametrize(("size", "is_beside"), [((620, 240), True), ((620, 560), False)])
def test_the_small_picture_stands_where_it_leaves_the_large_one_larger(pictures, qtbot, size, is_beside) -> None:
    pictures.setParent(None)
    qtbot.addWidget(pictures)
    pictures.resize(*size)
    pictures.show()
    large, small = places(pictures)
    assert (small.left() >= large.right()) == is_beside
    assert (small.top() >= large.bottom()) == (not is_beside)
