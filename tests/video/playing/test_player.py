"""The player shows exactly the picture that it says, at rest, while playing and while dragged."""

import io
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from app.errors import FilmError
from app.ports import Picture
from app.ports.player import Reel
from tests.drivers.stage import Loudspeaker, Screen, reel
from tests.material.films import Clip
from video.open.frame_index import build_index
from video.playing.player import FilmPlayer
from video.playing.sound import FRAME_BYTES, RATE


def at(qtbot, player: FilmPlayer, number: int) -> None:
    """Wait until the picture is on, in full."""
    full = player._films.strips[1].spans[0].index.shown_size
    on = lambda: player._on[1]  # noqa: E731  # asked again and again
    qtbot.waitUntil(
        lambda: on() is not None and (on().number, (on().width, on().height)) == (number, full), timeout=5000
    )


def to_end(qtbot, player: FilmPlayer) -> None:
    qtbot.waitUntil(lambda: not player.is_playing(), timeout=10_000)


def test_opening_shows_the_first_picture(players, film) -> None:
    player, screen = players(film("starts-late-mp4")[0])
    assert screen.numbers == [0]
    assert player.shown_at() == 0
    assert player.end() == 2_400_000
    assert not player.is_playing()


def test_times_outside_show_the_first_and_the_last(players, film, qtbot) -> None:
    player, screen = players(film("h264-b")[0])
    player.seek(10**10)
    at(qtbot, player, 59)
    player.seek(-5)
    at(qtbot, player, 0)
    assert screen.numbers[-1] == 0


def test_quick_steps_add_up(players, film, qtbot) -> None:
    player, screen = players(film("h264-b")[0])
    for _ in range(20):
        player.step(1)
    at(qtbot, player, 20)
    assert screen.numbers[-1] == 20


def test_a_drag_decodes_only_the_newest(players, film, qtbot) -> None:
    path, _ = film(Clip(frames=1500, gop=250, container="mkv", b_frames=2))
    player, screen = players(path)
    for position in [*range(1490, 20, -7), 777]:
        player.seek(position * 40_000)
    at(qtbot, player, 777)
    assert len(screen.pictures) < 12
    assert screen.numbers[-1] == 777


@pytest.mark.parametrize("kind", ["h264-b", "variable", "hevc", "edit-list", "turned-90", "vp9"])
def test_playing_shows_every_picture_in_order_and_stops(players, film, qtbot, hurry, kind: str) -> None:
    hurry(2)
    path, clip = film(kind)
    player, screen = players(path)
    changes: list[bool] = []
    player.playing_changed.connect(changes.append)
    player.set_rate(1.0 if kind in ("h264-b", "variable") else 1.6)
    player.play()
    assert player.is_playing()
    to_end(qtbot, player)
    at(qtbot, player, len(clip.numbers) - 1)
    seen = [n for n, before in zip(screen.numbers[1:], screen.numbers, strict=False) if n != before]
    assert seen == sorted(seen)
    assert screen.numbers[-1] == clip.numbers[-1]
    assert len(set(screen.numbers)) + player.late_pictures() >= len(clip.numbers)
    assert len(set(screen.numbers)) > len(clip.numbers) // 2
    assert changes == [True, False]
    assert [p.time for p in screen.pictures] == sorted(p.time for p in screen.pictures)


def test_play_at_the_end_begins_again(players, film, qtbot, hurry) -> None:
    hurry(2)
    player, screen = players(film(Clip(frames=12))[0])
    player.seek(10**9)
    at(qtbot, player, 11)
    screen.given.clear()
    player.play()
    to_end(qtbot, player)
    assert screen.numbers[0] == 0


def test_a_range_begins_and_stops_where_it_should(players, film, qtbot, hurry) -> None:
    hurry(2)
    player, screen = players(film("h264-b")[0])
    screen.given.clear()
    player.play_range(400_000, 1_000_000)
    to_end(qtbot, player)
    at(qtbot, player, 25)
    assert screen.numbers[0] == 10
    assert screen.numbers[-1] == max(screen.numbers) == 25


@pytest.mark.parametrize(("rate", "seconds"), [(2.0, 0.5), (0.5, 2.0)])
def test_rates_take_their_time(players, film, qtbot, rate: float, seconds: float) -> None:
    player, _ = players(film("h264-b")[0])
    rates: list[float] = []
    player.rate_changed.connect(rates.append)
    player.set_rate(rate)
    player.set_rate(rate)
    begun = time.monotonic()
    player.play_range(0, 1_000_000)
    to_end(qtbot, player)
    assert seconds - 0.05 <= time.monotonic() - begun < seconds + 1.5
    assert rates == [rate]
    assert player.rate() == rate


def test_a_change_of_rate_goes_on_from_here(players, film, qtbot, hurry) -> None:
    hurry(2)
    player, screen = players(film("h264-b")[0])
    player.play()
    qtbot.waitUntil(lambda: (player.shown_at() or 0) >= 400_000, timeout=5000)
    player.set_rate(2.0)
    to_end(qtbot, player)
    times = [p.time for p in screen.pictures]
    assert times == sorted(times)
    assert screen.numbers[-1] == 59


def test_pause_keeps_the_picture_and_seek_goes_on_playing(players, film, qtbot) -> None:
    player, screen = players(film("h264-b")[0])
    player.play()
    qtbot.waitUntil(lambda: (player.shown_at() or 0) >= 200_000, timeout=5000)
    player.pause()
    here = player.shown_at()
    count = len(screen.pictures)
    qtbot.waitUntil(lambda: len(screen.pictures) > count, timeout=5000)
    assert player.shown_at() == here == screen.pictures[-1].time
    player.play()
    player.seek(1_600_000)
    qtbot.waitUntil(lambda: screen.numbers[-1] >= 40, timeout=5000)
    assert screen.numbers.index(40) == next(i for i, n in enumerate(screen.numbers) if n > 20)
    assert player.is_playing()
    player.step(-1)
    assert not player.is_playing()


def test_coding_while_playing_gets_the_picture_on_the_screen(players, film, qtbot, hurry) -> None:
    hurry(2)
    player, screen = players(film("h264-b")[0])
    asked: list[tuple[int | None, int]] = []
    player.shown.connect(lambda *_: asked.append((player.shown_at(), screen.pictures[-1].time)))
    player.play_range(0, 800_000)
    to_end(qtbot, player)
    assert len(asked) > 10
    assert all(told == seen for told, seen in asked)


@pytest.mark.parametrize("position", [10, 14])
@pytest.mark.parametrize("act", ["pause", "close", "seek", "step"])
def test_whoever_sees_a_picture_may_stop_there(players, film, qtbot, hurry, position: int, act: str) -> None:
    hurry(2)
    player, screen = players(film("h264-b")[0])
    acts = {
        "pause": player.pause,
        "close": player.close,
        "seek": lambda: player.seek(80_000),
        "step": lambda: player.step(1),
    }

    def look(_camera: int, picture: Picture) -> None:
        if picture.number >= position and player.is_playing():
            player.shown.disconnect(look)
            acts[act]()

    player.shown.connect(look)
    player.play_range(400_000, 800_000)
    to_end(qtbot, player) if act != "seek" else at(qtbot, player, 2)
    if act == "seek":
        to_end(qtbot, player)
        assert screen.numbers[-1] == 20
    elif act == "close":
        assert player.shown_at() is None
    else:
        assert position <= screen.numbers[-1] < 20


def test_sound_leads_and_is_heard(players, film, qtbot) -> None:
    speakers: list[Loudspeaker] = []
    player, screen = players(film("h264-b")[0], output=lambda: speakers.append(Loudspeaker()) or speakers[-1])
    player.set_volume(0.4)
    player.play_range(0, 1_200_000)
    offsets: list[int] = []

    def compare(_camera: int, picture: Picture) -> None:
        if speakers and player.is_playing():
            offsets.append(speakers[0].played() - picture.time)

    player.shown.connect(compare)
    to_end(qtbot, player)
    (speaker,) = speakers
    assert speaker.closed
    assert speaker.volume == 0.4
    assert len(speaker.heard) >= int(1.1 * RATE) * FRAME_BYTES
    assert sorted(offsets)[len(offsets) // 2] < 120_000
    assert all(offset > -110_000 for offset in offsets)
    assert screen.numbers[-1] == 30


def test_a_silent_film_asks_for_no_output(players, film, qtbot) -> None:
    asked: list[int] = []
    player, _ = players(film("h264")[0], output=lambda: asked.append(1))
    player.play_range(0, 200_000)
    to_end(qtbot, player)
    assert not asked


def test_an_output_that_dies_leaves_the_pictures_going(players, film, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("video.playing.play_clock.DEAD", 0.1)
    dead = Loudspeaker()
    dead.stuck = True
    player, screen = players(film("h264-b")[0], output=lambda: dead)
    player.play_range(0, 600_000)
    to_end(qtbot, player)
    assert dead.closed
    assert screen.numbers[-1] == 15


def test_trouble_is_a_signal_and_not_an_end(players, film, qtbot) -> None:
    path, _ = film(Clip(frames=400, gop=10, codec="mjpeg", container="avi"))
    content = path.read_bytes()

    class Moody(io.BytesIO):
        broken = False

        def read(self, count: int | None = -1) -> bytes:
            if Moody.broken:
                raise FilmError("container-gone")
            return super().read(count)

    player, screen = players(path)
    with qtbot.waitSignal(player.shown, timeout=5000):
        player.open([Reel("a", 1, lambda: Moody(content), build_index(path).pack())])
    Moody.broken = True
    with qtbot.waitSignal(player.trouble, timeout=5000) as caught:
        player.seek(12_000_000)
    assert caught.args[0].key == "container-gone"
    assert not player.is_playing()
    Moody.broken = False
    player.seek(12_000_000)
    at(qtbot, player, 300)
    assert screen.numbers[-1] == 300


def test_a_damaged_index_is_refused_at_once(players, film) -> None:
    player, _ = players(film("h264")[0])
    with pytest.raises(FilmError, match="index-damaged"):
        player.open([Reel("a", 1, io.BytesIO, b"nothing")])
    assert player.shown_at() == 0


def test_another_film_and_closing(players, film, qtbot) -> None:
    player, screen = players(film("h264")[0])
    path, _ = film("hevc")
    with qtbot.waitSignal(player.shown, timeout=5000):
        player.open([reel(path)])
    player.seek(400_000)
    at(qtbot, player, 10)
    player.play()
    player.close()
    assert (player.shown_at(), player.end(), player.is_playing()) == (None, 0, False)
    count = len(screen.pictures)
    player.seek(0)
    player.step(1)
    player.play()
    player.play_range(0, 5)
    player.pause()
    QCoreApplication.processEvents()
    assert len(screen.pictures) == count


def test_a_new_sink_gets_the_picture(players, film) -> None:
    player, _ = players(film("h264")[0])
    other = Screen()
    player.set_sink(1, other)
    assert other.numbers == [0]
    player.set_sink(1, None)


def test_a_whole_meeting_plays(players, qtbot, meeting_film: tuple[Path, int]) -> None:
    player, screen = players(meeting_film[0])
    player.seek(100_020_000)
    at(qtbot, player, 2500)
    player.play_range(60_000_000, 60_600_000)
    to_end(qtbot, player)
    at(qtbot, player, 1515)
    assert screen.pictures[-1].time == 60_600_000
