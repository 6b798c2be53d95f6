"""The check of the picture's time says how many pictures were right, and notices a player that shows another."""

import numpy as np
import pytest

from app.ports import Picture
from app.ports.films import NumberedClip
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.fake_player import FRAME, FakePlayer
from video.demo.self_test import drawn, read_number
from widgets.films import self_test
from widgets.films.self_test import SelfTestDialog
from widgets.look import look as looks

COUNT = 100


class Clip:
    """A clip without a film: the player below draws its pictures."""

    def clip(self, progress, cancelled) -> NumberedClip:
        return NumberedClip(b"", b"", tuple(n * FRAME for n in range(COUNT)))

    def read(self, picture: Picture) -> int | None:
        return read_number(picture)


class Numbered(FakePlayer):
    """Shows the numbered pictures; `wrong` says by how many it is off at a number."""

    def __init__(self, wrong=lambda _number: 0) -> None:
        super().__init__(COUNT * FRAME)
        self._wrong = wrong

    def _picture(self, camera, time):
        found = super()._picture(camera, time)
        if found is None:
            return None
        reel, plain = found
        bgr = drawn(plain.number + self._wrong(plain.number))
        pixels = np.ascontiguousarray(np.dstack([bgr, np.full(bgr.shape[:2], 255, np.uint8)]))
        return reel, Picture(plain.time, plain.number, bgr.shape[1], bgr.shape[0], pixels, reel)

    def play(self) -> None:
        super().play()
        while self.is_playing() and self.position() < (COUNT - 1) * FRAME:
            self.advance(FRAME)
        self.pause()


@pytest.fixture
def checked(room, qtbot, page, on_page):
    def run(player) -> SelfTestDialog:
        room.space.films = film_tools(self_test=Clip(), player=lambda: player)
        dialog = on_page(SelfTestDialog(room.space, looks.Look(looks.DARK), page))
        qtbot.waitUntil(lambda: dialog.is_over, timeout=20_000)
        return dialog

    return run


def test_all_right_is_said_with_the_count(checked) -> None:
    player = Numbered()
    dialog = checked(player)
    assert dialog.right == dialog.total >= self_test.SEEKS + 2 * self_test.STEPS + self_test.PLAYED
    assert dialog.told.text() == f"{dialog.total}/{dialog.total} pictures right, and the time fits."
    dialog.reject()
    assert player.closed


def test_a_picture_that_is_off_by_one_is_found(checked) -> None:
    dialog = checked(Numbered(lambda number: int(number == 50)))
    assert dialog.right < dialog.total
    assert "Do not trust" in dialog.told.text()
    dialog.reject()


def test_a_picture_that_never_comes_counts_as_wrong(checked, monkeypatch) -> None:
    monkeypatch.setattr(self_test, "PATIENCE_MS", 5)
    monkeypatch.setattr(self_test, "SEEKS", 3)

    class Stuck(Numbered):
        def seek(self, time, *, dragging=False) -> None:
            pass

    dialog = checked(Stuck())
    assert dialog.right < dialog.total
    assert "Do not trust" in dialog.told.text()
    dialog.reject()


def test_closing_early_lets_go(room, qtbot, page) -> None:
    player = Numbered()
    room.space.films = film_tools(self_test=Clip(), player=lambda: player)
    dialog = SelfTestDialog(room.space, looks.Look(looks.DARK), page)
    dialog.reject()
    qtbot.waitUntil(lambda: not room.space.jobs.running)
    assert player.closed
    assert not player.reels
