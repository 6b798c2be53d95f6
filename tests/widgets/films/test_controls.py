"""Moving about in films that follow one another."""

import io
from itertools import combinations

import pytest
from PySide6.QtWidgets import QWidget

from app.i18n import Texts
from app.model.timecode import SECOND
from app.ports.player import Reel
from app.settings.preferences import Preferences
from tests.drivers.settling import settle
from tests.stand_ins.fake_player import FakePlayer
from widgets.films.controls import Controls
from widgets.films.transport import GAP, LEAST, Transport
from widgets.look.look import LIGHT, Look


def test_a_jump_to_what_was_begun_a_moment_before_its_film_shows_the_films_first_picture(qapp) -> None:
    player = FakePlayer(10 * SECOND)
    first_picture = 12 * SECOND + 8_000
    player.open([Reel("a", 1, io.BytesIO, b""), Reel("b", 1, io.BytesIO, b"", first_picture)])
    controls = Controls(player, Preferences(), qapp)
    controls.seek_into(12 * SECOND)
    assert player.shown_on() == ("b", 0)
    controls.seek_into(10 * SECOND + 100_000)
    assert player.shown_at() is None, "a gap in which nothing is filmed soon is a gap"
    controls.seek_into(5 * SECOND)
    assert player.shown_on() is not None


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_nothing_in_the_row_lies_over_something_else_however_narrow_it_is(qtbot, language) -> None:
    row = Transport(Look(LIGHT), Texts(language), Preferences())
    qtbot.addWidget(row)
    row.show()
    for width in range(LEAST, 800, 24):
        row.resize(width, row.sizeHint().height())
        settle()
        shown = [p for p in row.findChildren(QWidget) if p.isVisible() and p.parentWidget() is row]
        apart = [p.geometry().adjusted(0, 0, GAP - 1, 0) for p in shown]
        assert not any(a.intersects(b) for a, b in combinations(apart, 2)), width
        assert all(row.rect().contains(p.geometry()) for p in shown), width
