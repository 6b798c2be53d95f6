"""Every picture at its time, sound where it belongs, and each failure told: the recorder with devices moved by hand."""

import io
import itertools

import av
import numpy as np
import pytest

from app.ports.recorder import Take, Trouble
from tests.material.films import read_number
from tests.stand_ins.hand_feeds import CAMERAS, MICROPHONE, SIZE, HandClock, HandOpener, MemoryFile, beep, picture
from video.open.frame_index import index_of
from video.open.open_film import open_film
from video.playing.sound import film_samples
from video.recording.feeds import SOUND_RATE
from video.recording.film_writer import BEHIND, FULL
from video.recording.recorder import FilmRecorder

GAP = 40_000
PIECE = SOUND_RATE // 25
#: the film's own clock has ticks of 11 µs
TICK = 12


class Stage:
    def __init__(self, qtbot) -> None:
        self.qtbot, self.clock, self.opener = qtbot, HandClock(), HandOpener()
        self.recorder = FilmRecorder(self.opener, self.clock)
        self.troubles: list[tuple[str, int, int]] = []
        self.dropped: list[int] = []
        self.ends: list = []
        self.told: list = []  # troubles and drops in the order in which they came
        self.recorder.trouble.connect(lambda key, camera, at: self.troubles.append((key, camera, at)))
        self.recorder.trouble.connect(lambda key, camera, at: self.told.append(key))
        self.recorder.dropped.connect(self.dropped.append)
        self.recorder.dropped.connect(self.told.append)
        self.recorder.ended.connect(self.ends.extend)
        self.levels: list = []
        self.recorder.level.connect(self.levels.append)

    def watch(self, count: int = 1, *, sound: bool = True) -> None:
        self.recorder.watch([(c, SIZE) for c in CAMERAS[:count]], MICROPHONE if sound else None)

    def give(self, number: int, camera: int = 1) -> int:
        """A numbered picture now; when that was on the recorder's clock."""
        self.opener.feeds[f"hand:{camera}"].take(picture(number), self.clock.now())
        return self.recorder.clock()

    def hear(self, samples=None) -> None:
        heard = np.zeros(PIECE, np.float32) if samples is None else samples
        self.opener.feeds["hand:mic"].take(heard, self.clock.now())

    def stop(self) -> dict:
        self.recorder.stop()
        self.qtbot.waitUntil(lambda: not self.recorder.is_recording())
        return {e.recording_id: e for e in self.ends}


@pytest.fixture
def stage(qtbot):
    made = Stage(qtbot)
    yield made
    made.recorder.close()


def pictures_of(file: MemoryFile) -> tuple[list[int], list[int]]:
    """(numbers, times in µs) of the pictures that the film has."""
    with open_film(io.BytesIO(bytes(file.data))) as film:
        index = index_of(film)
        film.restart()
        frames = list(film.container.decode(film.pictures))
        assert [f.pts for f in frames] == index.stamps.tolist()
        return [read_number(f.to_ndarray(format="bgr24")) for f in frames], index.times.tolist()


def sound_of(file: MemoryFile, seconds: float) -> np.ndarray:
    """One channel, from the film's first picture on."""
    with open_film(io.BytesIO(bytes(file.data))) as film:
        index = index_of(film)
        film.restart()
        pieces, count = [], 0
        for piece in film_samples(film, index, 0):
            pieces.append(piece[:, 0])
            count += len(piece)
            if count >= seconds * SOUND_RATE:
                break
    return np.concatenate(pieces)[: int(seconds * SOUND_RATE)]


def test_every_picture_is_in_the_film_in_order_at_the_time_it_came(stage) -> None:
    """Cameras give as they like: now late, now twice in a moment."""
    gaps = [33_367, 33_367, 41_003, 12, 66_734, 33_333, 250_007, 33_300, 5, 5, 33_367]
    stage.watch(sound=False)
    stage.give(999)  # before begin: shown, not kept
    file = MemoryFile()
    stage.recorder.begin([Take("a", 1, file)])
    at = []
    for number in range(60):
        stage.clock.advance(gaps[number % len(gaps)])
        at.append(stage.give(number))
    end = stage.stop()["a"]
    numbers, times = pictures_of(file)
    assert numbers == list(range(60))
    wanted = [a - at[0] for a in at]
    assert np.abs(np.array(times) - wanted).max() <= 2 * TICK, "5 µs are less than a tick: each gets the next one"
    assert (end.first, end.last, end.pictures) == (at[0], at[-1], 60)
    assert file.synced, "all of it is on the disk"


def test_nobody_is_filmed_after_the_press_of_pause(stage) -> None:
    """Also while the last sound is still on its way into the film."""
    stage.watch()
    file = MemoryFile()
    stage.recorder.begin([Take("a", 1, file)])
    for number in range(10):
        stage.clock.advance(GAP)
        stage.give(number)
    stage.recorder.stop()
    stage.clock.advance(GAP)
    stage.give(10)
    stage.qtbot.waitUntil(lambda: bool(stage.ends))
    assert pictures_of(file)[0] == list(range(10))


def test_two_cameras_are_on_one_clock(stage) -> None:
    stage.watch(2, sound=False)
    files = [MemoryFile(), MemoryFile()]
    stage.recorder.begin([Take("a", 1, files[0]), Take("b", 2, files[1])])
    for number in range(20):
        stage.clock.advance(GAP)
        stage.give(number, 1)
        if number >= 5:
            stage.clock.advance(7_000)
            stage.give(100 + number, 2)
    ends = stage.stop()
    assert ends["b"].first - ends["a"].first == 5 * GAP + 7_000
    numbers, _ = pictures_of(files[1])
    assert numbers == list(range(105, 120))


def test_flash_and_beep_are_together_in_both_films(stage) -> None:
    """The beep begins in the moment in which picture 20 comes; the second camera's film begins later."""
    stage.watch(2)
    files = [MemoryFile(), MemoryFile()]
    stage.recorder.begin([Take("a", 1, files[0]), Take("b", 2, files[1])])
    for number in range(50):
        stage.clock.advance(GAP)
        stage.give(number, 1)
        if number >= 8:
            stage.give(number, 2)
        # a piece of sound is over when it comes: what is heard in the 40 ms after picture 20 comes with picture 21
        stage.hear(beep(PIECE, 0) if number >= 21 else None)
    stage.stop()
    for file, first in zip(files, (0, 8), strict=True):
        numbers, times = pictures_of(file)
        flash = times[numbers.index(20)]
        loud = np.flatnonzero(np.abs(sound_of(file, 1.6)) > 0.1)
        assert numbers[0] == first
        assert abs(loud[0] * 1_000_000 // SOUND_RATE - flash) < 5_000, "far less than a picture"


def test_a_microphone_that_goes_is_told_and_its_silence_keeps_the_time(stage) -> None:
    stage.watch()
    file = MemoryFile()
    stage.recorder.begin([Take("a", 1, file)])

    def film(first: int, count: int, *, heard: bool) -> None:
        for number in range(first, first + count):
            stage.clock.advance(GAP)
            stage.give(number)
            if heard:
                stage.hear(beep(PIECE, 0))

    film(0, 25, heard=True)
    stage.opener.pull_out("hand:mic")
    stage.qtbot.waitUntil(lambda: (Trouble.SOUND_LOST, 0) in [t[:2] for t in stage.troubles])
    film(25, 75, heard=False)
    stage.opener.plugged.add("hand:mic")
    stage.qtbot.waitUntil(lambda: not stage.opener.feeds["hand:mic"].closed)
    film(100, 50, heard=True)
    stage.qtbot.waitUntil(lambda: (Trouble.SOUND_BACK, 0) in [t[:2] for t in stage.troubles])
    end = stage.stop()["a"]
    assert end.pictures == 150
    loud = np.abs(sound_of(file, 5.9)).reshape(-1, SOUND_RATE // 10).max(axis=1) > 0.1
    assert loud[1:9].all()
    assert not loud[12:38].any(), "silence while nothing was heard"
    assert loud[51:].all(), "and the time is kept when it is back"


def test_a_writer_that_falls_behind_warns_before_anything_is_dropped(stage) -> None:
    stage.watch(2, sound=False)
    slow, good = MemoryFile(), MemoryFile()
    slow.gate.clear()
    stage.recorder.begin([Take("a", 1, slow), Take("b", 2, good)])
    writer = stage.recorder._writers[1]
    writer._file._most = 1  # a disk that takes nothing more holds the encoder up
    given = FULL + 30
    for number in range(given):
        stage.clock.advance(GAP)
        stage.give(number, 1)
        stage.give(number, 2)
        stage.qtbot.waitUntil(lambda: stage.recorder._writers[2]._pictures == 0)
    stage.qtbot.waitUntil(lambda: stage.dropped[-1] > 0)
    assert stage.told[0] == 0
    assert stage.told[1] == Trouble.BEHIND, "the warning comes before the first loss"
    at_warning = next(at for key, _, at in stage.troubles if key == Trouble.BEHIND)
    assert at_warning <= (BEHIND + 8) * GAP
    slow.gate.set()
    stage.qtbot.waitUntil(lambda: Trouble.CAUGHT_UP in stage.told)
    ends = stage.stop()
    assert ends["a"].dropped == stage.dropped[-1] == given - ends["a"].pictures > 0
    assert (ends["b"].dropped, ends["b"].pictures) == (0, given)
    numbers, times = pictures_of(slow)
    assert len(numbers) == ends["a"].pictures
    assert [abs(t - n * GAP) <= 2 * TICK for n, t in zip(numbers, times, strict=True)] == [True] * len(numbers)


def test_a_closed_lid_is_a_gap_that_is_told(stage) -> None:
    stage.watch()
    file = MemoryFile()
    stage.recorder.begin([Take("a", 1, file)])
    hours = 2 * 3600 * 1_000_000
    for number in range(20):
        stage.clock.advance(GAP)
        if number == 10:
            stage.recorder._on_tick()
            stage.clock.sleep(hours)
            stage.recorder._on_tick()
        stage.give(number)
        stage.hear()
    stage.qtbot.waitUntil(lambda: Trouble.SLEPT in stage.told)
    end = stage.stop()["a"]
    slept = next(at for key, _, at in stage.troubles if key == Trouble.SLEPT)
    assert slept == 11 * GAP, "up to then it was filmed"
    numbers, times = pictures_of(file)
    assert numbers == list(range(20))
    assert times[10] - times[9] == pytest.approx(hours + GAP, abs=TICK)
    assert end.last - end.first == hours + 19 * GAP
    assert len(file.data) < 1_000_000, "hours of silence are not written"


def test_a_night_s_sleep_ends_the_recording(stage) -> None:
    stage.watch(sound=False)
    stage.recorder.begin([Take("a", 1, MemoryFile())])
    stage.give(0)
    stage.clock.sleep(8 * 3600 * 1_000_000)
    stage.recorder._on_tick()
    stage.qtbot.waitUntil(lambda: bool(stage.ends))
    assert not stage.recorder.is_recording()


def test_a_camera_that_says_nothing_any_more_is_lost(stage) -> None:
    stage.watch(2, sound=False)
    stage.recorder.begin([Take("a", 1, MemoryFile()), Take("b", 2, MemoryFile())])
    for number in range(100):
        stage.clock.advance(GAP)
        stage.give(number, 1)
        if number < 5:
            stage.give(number, 2)
    stage.opener.plugged.discard("hand:2")
    stage.recorder._on_tick()
    assert [t[:2] for t in stage.troubles] == [(Trouble.CAMERA_LOST, 2)]
    assert stage.recorder.is_recording()
    assert stage.stop()["b"].pictures == 5


def test_what_is_killed_at_any_byte_is_playable_up_to_there(stage) -> None:
    stage.watch()
    file = MemoryFile()
    stage.recorder.begin([Take("a", 1, file)])
    for number in range(50):
        stage.clock.advance(GAP)
        stage.give(number)
        stage.hear()
    stage.stop()
    ends = np.cumsum(file.writes)
    cut = MemoryFile()
    for end in ends[2:]:
        cut.data = file.data[:end]
        with av.open(io.BytesIO(bytes(cut.data))) as film:
            numbers = [read_number(f.to_ndarray(format="bgr24")) for f in film.decode(video=0)]
        assert numbers == list(range(len(numbers)))
    assert len(ends) > 15, "fragments of a tenth of a second"
    pieces = len(file.data) / 16_384
    assert pieces == int(pieces), "the end is filled up, so that a container puts all of it on the disk"
    held = np.diff([e // 16_384 for e in (0, *ends)])
    assert not any(a == b == 0 for a, b in itertools.pairwise(held)), "no fragment waits for a second one"


def test_levels_are_told_and_clipping_is(stage) -> None:
    stage.watch()
    stage.clock.advance(GAP)
    for _ in range(3):
        stage.hear(beep(PIECE, 0, loud=0.5))
    stage.qtbot.waitUntil(lambda: len(stage.levels) == 1)
    assert stage.levels[0].peak_db == pytest.approx(-6.02, abs=0.1)
    assert stage.levels[0].mean_db == pytest.approx(-9.03, abs=0.1)
    assert not stage.levels[0].clipped
    for _ in range(3):
        stage.hear(np.ones(PIECE, np.float32))
    stage.qtbot.waitUntil(lambda: len(stage.levels) == 2)
    assert stage.levels[1].clipped


def test_odd_sizes_and_other_formats_are_filmed(stage) -> None:
    stage.watch(sound=False)
    file = MemoryFile()
    stage.recorder.begin([Take("a", 1, file)])
    for number in range(12):
        stage.clock.advance(GAP)
        odd = picture(number).reformat(193, 129, ("yuyv422", "nv12", "bgra")[number % 3])
        stage.opener.feeds["hand:1"].take(odd, stage.clock.now())
    stage.stop()
    numbers, _ = pictures_of(file)
    assert numbers == list(range(12))
