"""The film's own lanes on the timeline: there when a job has made them, drawn for what is in sight, fetched outside."""

from dataclasses import replace

import numpy as np
import pytest

from app.model.change import added
from app.model.recording import DerivedFile, DerivedKind
from app.model.timecode import SECOND
from app.ports import Picture
from app.ports.films import Thumbnails, Waveform
from tests.drivers.settling import settle
from tests.material.builders import recording
from tests.material.house import MINUTE
from tests.stand_ins.fake_films import film_tools
from widgets.films.film_lanes import FilmLanes
from widgets.timeline.scale import Scale
from widgets.timeline.strips import FilmSound, loudness

STEP = 10_000


def waveform(_file, track: int = 0) -> Waveform:
    """Silence but for one loud hundredth at ten seconds."""
    peaks = bytearray(MINUTE // STEP)
    peaks[10 * SECOND // STEP] = 200
    return Waveform(STEP, bytes(peaks))


def thumbnails(_file) -> Thumbnails:
    pixels = np.full((9, 16, 4), 90, np.uint8)
    return Thumbnails(SECOND, 16, 9, 60, lambda n: Picture(n * SECOND, n * 25, 16, 9, pixels))


@pytest.fixture
def made(place, room, home, monkeypatch):
    """`made(kind)`: a job has made it of the first film."""
    room.space.films = film_tools(read_waveform=waveform, read_thumbnails=thumbnails)

    def do(kind: DerivedKind, film=home.film) -> DerivedFile:
        row = DerivedFile(f"{kind}-{film.id}", film.id, kind, 0, 0, MINUTE, f"{kind}.vau", "0" * 64, 1, 1)
        room.vault.files[row.container] = b"x"
        home.a.apply("made", [added(row)])
        room.space.copies.made.emit(film, row)
        return row

    return do


def lanes(place) -> list[str]:
    return [lane.key for lane in place.room.timeline.lanes]


def test_lanes_come_when_their_files_do(place, made, watching) -> None:
    assert not {"sound", "pictures"} & set(lanes(place))
    made(DerivedKind.WAVEFORM)
    assert lanes(place)[:2] == ["tasks", "sound"]
    made(DerivedKind.THUMBNAILS)
    assert "pictures" not in lanes(place), "not wanted yet"
    watching.session.choose_lane("pictures", True)
    assert lanes(place)[:3] == ["tasks", "sound", "pictures"]
    watching.session.choose_lane("sound", False)
    assert "sound" not in lanes(place)


def test_the_sound_is_of_the_camera_that_is_heard(place, made, watching) -> None:
    made(DerivedKind.WAVEFORM)
    watching.controls.hear(2)
    assert "sound" not in lanes(place), "its sound is not made yet"
    watching.controls.hear(1)
    assert "sound" in lanes(place)


def test_observations_stay_in_their_lanes_when_one_is_added(place, made, press) -> None:
    press("q")
    made(DerivedKind.WAVEFORM)
    timeline = place.room.timeline
    assert sum(len(list(timeline.items_of(lane.key))) for lane in timeline.lanes) == 1 + len(
        place.room.editor.file.segments
    )


def test_small_pictures_are_fetched_between_paints(place, made, watching, qtbot, monkeypatch) -> None:
    fetched = []
    decoded = FilmLanes._decoded
    monkeypatch.setattr(FilmLanes, "_decoded", lambda s, f, n: (fetched.append(n), decoded(s, f, n))[1])
    made(DerivedKind.THUMBNAILS)
    watching.session.choose_lane("pictures", True)
    place.room.timeline.grab()
    assert fetched == []
    qtbot.waitUntil(lambda: len(fetched) > 3 and not place.room.film_lanes._fetching.isActive())
    count = len(fetched)
    assert len(set(fetched)) == count, "each once"
    place.room.timeline.grab()
    settle()
    assert len(fetched) == count


def test_the_files_are_let_go_of_with_the_room(place, made) -> None:
    made(DerivedKind.THUMBNAILS)
    (file,) = place.room.film_lanes._files
    place.close_film()
    assert file.closed


def test_a_bar_is_as_loud_as_the_loudest_in_it() -> None:
    film = replace(recording("m", MINUTE), offset=5 * SECOND)
    scale = Scale(0, 60_000, 1000, MINUTE)
    bars = dict(loudness(FilmSound(film, waveform(None)), scale, 3))
    at = round(scale.x_of(15 * SECOND))
    loud = [x for x, peak in bars.items() if peak == 200]
    assert len(loud) == 1
    assert abs(loud[0] - at) <= 3
    assert min(bars) >= round(scale.x_of(5 * SECOND)) - 3, "before the film there is no sound"


def test_panning_does_not_change_the_bars() -> None:
    film = recording("m", MINUTE)
    chance = np.random.default_rng(1)
    sound = FilmSound(film, Waveform(STEP, chance.integers(0, 255, MINUTE // STEP, dtype=np.uint8).tobytes()))
    scale = Scale(10 * SECOND, 20_000, 300, MINUTE)
    before = [peak for _, peak in loudness(sound, scale, 3)]
    after = [peak for _, peak in loudness(sound, scale.panned(30), 3)]
    assert before[10:] == after[: len(before) - 10]


def test_an_hour_is_drawn_from_few_bytes() -> None:
    read: list[int] = []

    class Peaks(bytes):
        def __getitem__(self, which):
            found = super().__getitem__(which)
            read.append(len(found))
            return found

    fine = Waveform(STEP, Peaks(360_000), (Waveform(STEP * 64, Peaks(5625)), Waveform(STEP * 512, Peaks(704))))
    film = recording("m", 60 * MINUTE)
    loudness(FilmSound(film, fine), Scale(0, 3600 * SECOND / 1100, 1100, 60 * MINUTE), 3)
    assert sum(read) < 6000
