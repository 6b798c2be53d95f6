"""Every picture at its time, sound where it belongs, and each failure told: the recorder with devices moved by hand."""

import io
import itertools
import threading

import av
import numpy as np
import pytest

from app.model.timecode import SECOND
from app.ports.recorder import Take, Trouble
from tests.material.films import read_number
from tests.stand_ins.hand_feeds import CAMERAS, MICROPHONE, SIZE, HandClock, HandOpener, MemoryFile, beep, picture
from video.copies import copy_writer
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


def all_sound_of(file: MemoryFile) -> np.ndarray:
    """All samples that the sound track has, one after another."""
    with av.open(io.BytesIO(bytes(file.data))) as film:
        return np.concatenate([f.to_ndarray().reshape(-1) for f in film.decode(audio=0)])


def loudest(samples: np.ndarray, hertz: float) -> float:
    """How loud a tone is in the loudest twentieth of a second of it (Goertzel), as its amplitude."""
    count = SOUND_RATE // 20
    turns = np.exp(-2j * np.pi * hertz * np.arange(count) / SOUND_RATE)
    windows = np.lib.stride_tricks.sliding_window_view(samples, count)[:: count // 4]
    return float(np.abs(windows @ turns).max() * 2 / count)


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


def test_ten_pauses_leave_no_sample_and_picture_and_sound_stay_together(stage) -> None:
    """In the pauses a tone of 3 kHz is heard; what a microphone gives was heard a seventh of a second before.

    In each part the beep of 1 kHz is heard from the moment in which its flash, picture 20, is seen.
    """
    late = 3 * PIECE  # samples on their way
    line = np.zeros(late, np.float32)

    def pass_by(number: int | None, heard: np.ndarray) -> None:
        nonlocal line
        stage.clock.advance(GAP)
        line = np.concatenate((line, heard))
        stage.give(0 if number is None else number)
        stage.hear(line[:PIECE])
        line = line[PIECE:]

    canary = 0.5 * np.sin(2 * np.pi * 3000 * np.arange(PIECE) / SOUND_RATE).astype(np.float32)
    quiet, flash = np.zeros(PIECE, np.float32), beep(PIECE, 0)
    stage.watch()
    for part in range(11):
        file = MemoryFile(f"{part}.vau")
        stage.recorder.begin([Take(str(part), 1, file)])
        for number in range(36):
            pass_by(number, flash if 20 <= number < 26 else quiet)
        stage.recorder.look()
        stage.stop()
        heard = all_sound_of(file)
        assert loudest(heard, 1000) > 0.3
        assert loudest(heard, 3000) < 0.005, f"part {part} holds what was said in the pause"
        numbers, times = pictures_of(file)
        begun = np.flatnonzero(np.abs(heard) > 0.1)[0] * SECOND // SOUND_RATE
        seen = times[numbers.index(20)]
        # a piece is heard during the time before the picture with which it comes
        assert abs(begun - (seen - GAP) - late * SECOND // SOUND_RATE) <= GAP, "within one picture"
        for _ in range(5):
            pass_by(None, canary)
    assert not [t for t in stage.troubles if t[0] in (Trouble.SLEPT, Trouble.SOUND_LOST)]


def test_what_is_on_the_disk_is_known_and_what_is_not_is_told(stage) -> None:
    """The disk takes nothing for a while: no picture is lost yet, and none is safe."""
    stage.watch(sound=False)
    file = MemoryFile()
    stage.recorder.begin([Take("a", 1, file)])
    assert stage.recorder.on_disk(1) is None, "a button is no film"

    def film(first: int, count: int) -> None:
        for number in range(first, first + count):
            stage.clock.advance(GAP)
            stage.give(number)

    film(0, 20)
    stage.qtbot.waitUntil(lambda: (stage.recorder.on_disk(1) or 0) > 12 * GAP)
    stage.recorder.look()
    assert stage.troubles == []
    file.gate.clear()
    film(20, 60)
    stage.recorder.look()
    stage.qtbot.waitUntil(lambda: stage.told[-1] == Trouble.NOT_ON_DISK)
    stood = stage.recorder.on_disk(1)
    assert stood < 22 * GAP
    file.gate.set()
    stage.qtbot.waitUntil(lambda: stage.recorder.on_disk(1) > 70 * GAP)
    stage.recorder.look()
    assert stage.told[-1] == Trouble.ON_DISK
    assert stage.recorder.film_of(1).worst >= 58 * GAP, "so much a power cut would have cost"


@pytest.mark.parametrize("given", [0, 1, 250])
def test_a_camera_that_opened_and_gives_nothing_is_told_after_two_seconds(stage, given) -> None:
    """Nothing at all, one picture, or after ten seconds: before it is given up."""
    stage.watch(sound=False)
    file = MemoryFile()
    stage.recorder.begin([Take("a", 1, file)])
    for number in range(given):
        stage.clock.advance(GAP)
        stage.opener.feeds["hand:1"].take(picture(0), stage.clock.now())
        if number % 12 == 0:
            stage.recorder.look()
            stage.qtbot.waitUntil(lambda: stage.recorder.film_of(1).waiting == 0)
    told = len(stage.told)
    stage.clock.advance(2 * SECOND)
    stage.recorder.look()
    assert Trouble.NO_PICTURES not in stage.told
    stage.clock.advance(SECOND // 2)
    stage.recorder.look()
    assert Trouble.NO_PICTURES in stage.told[told:]
    assert Trouble.CAMERA_LOST not in stage.told
    stage.clock.advance(GAP)
    stage.opener.feeds["hand:1"].take(picture(0), stage.clock.now())
    stage.recorder.look()
    assert Trouble.PICTURES_BACK in stage.told[told:]


def test_a_microphone_that_falls_silent_is_told_within_two_seconds_and_later_sound_is_in_time(stage) -> None:
    """As a driver does that says nothing of the plug. Only after three seconds it is opened anew."""
    stage.watch()
    file = MemoryFile()
    stage.recorder.begin([Take("a", 1, file)])

    def film(count: int, *, heard: bool, loud: bool = False) -> None:
        for _ in range(count):
            stage.clock.advance(GAP)
            stage.give(0)
            if heard:
                stage.hear(beep(PIECE, 0) if loud else None)
            if stage.recorder.clock() % (SECOND // 2) < GAP:
                stage.recorder.look()

    film(25, heard=True)
    film(50, heard=False)
    assert (Trouble.SOUND_LOST, 0) in [t[:2] for t in stage.troubles]
    assert not stage.opener.feeds["hand:mic"].closed
    film(10, heard=False)
    stage.qtbot.waitUntil(lambda: stage.recorder.silent() > 2 * SECOND)
    film(15, heard=True, loud=True)
    stage.qtbot.waitUntil(lambda: (Trouble.SOUND_BACK, 0) in [t[:2] for t in stage.troubles])
    end = stage.stop()["a"]
    assert end.pictures == 100
    assert 2.2 * SECOND < end.silent < 2.6 * SECOND
    begun = np.flatnonzero(np.abs(sound_of(file, 4)) > 0.1)[0] * SECOND // SOUND_RATE
    assert abs(begun - 84 * GAP) <= GAP


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


def test_what_was_lost_before_films_begin_is_told_once_they_have(stage) -> None:
    """As in a pause: whoever goes on must hear that a camera and the sound are missing, and again for each film."""
    stage.watch(2)
    for device in ("hand:2", "hand:mic"):
        stage.opener.pull_out(device)
    stage.qtbot.waitUntil(lambda: len(stage.troubles) == 2)
    for name in ("a", "b"):
        stage.troubles.clear()
        stage.recorder.begin([Take(f"{name}1", 1, MemoryFile()), Take(f"{name}2", 2, MemoryFile())])
        stage.give(1)
        stage.qtbot.waitUntil(lambda: len(stage.troubles) == 2)
        assert [t[:2] for t in stage.troubles] == [(Trouble.CAMERA_LOST, 2), (Trouble.SOUND_LOST, 0)]
        stage.stop()
    stage.opener.plugged.add("hand:2")
    stage.recorder.begin([Take("c1", 1, MemoryFile()), Take("c2", 2, MemoryFile())])
    stage.clock.advance(2_100_000)
    stage.recorder.look()
    stage.give(1, 2)
    stage.qtbot.waitUntil(lambda: (Trouble.CAMERA_BACK, 2) in [t[:2] for t in stage.troubles])
    stage.recorder.begin([Take("c3", 2, MemoryFile())])
    stage.give(2, 2)
    assert stage.stop()["c3"].pictures == 1, "it films again beside the other"


def test_a_writer_that_falls_behind_warns_before_anything_is_dropped(stage) -> None:
    stage.watch(2, sound=False)
    slow, good = MemoryFile(), MemoryFile()
    slow.gate.clear()
    stage.recorder.begin([Take("a", 1, slow), Take("b", 2, good)])
    writer = stage.recorder.film_of(1)
    writer._file._most = 1  # a disk that takes nothing more holds the encoder up
    given = FULL + 30
    for number in range(given):
        stage.clock.advance(GAP)
        stage.give(number, 1)
        stage.give(number, 2)
        stage.qtbot.waitUntil(lambda: stage.recorder.film_of(2).waiting == 0)
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


@pytest.mark.parametrize("slept", [3 * SECOND, 2 * 3600 * SECOND])
def test_a_film_ends_where_the_computer_fell_asleep_and_another_can_begin(stage, slept) -> None:
    """What comes between waking and the next look is in neither film, and no silence is written for the sleep."""
    stage.watch()
    before, after = MemoryFile("a.vau"), MemoryFile("b.vau")
    stage.recorder.begin([Take("a", 1, before)])

    def film(first: int, count: int) -> None:
        for number in range(first, first + count):
            stage.clock.advance(GAP)
            stage.give(number)
            stage.hear(beep(PIECE, 0))

    film(0, 10)
    stage.recorder.look()
    stage.clock.sleep(slept)
    film(10, 5)
    assert stage.recorder.is_recording()
    stage.recorder.look()
    stage.qtbot.waitUntil(lambda: not stage.recorder.is_recording())
    assert [t for t in stage.troubles if t[0] == Trouble.SLEPT] == [(Trouble.SLEPT, 0, 10 * GAP)]
    (end,) = stage.ends
    assert (end.first, end.last, end.silent) == (GAP, 10 * GAP, 0)
    assert pictures_of(before)[0] == list(range(10))
    assert len(all_sound_of(before)) <= 12 * PIECE

    stage.recorder.begin([Take("b", 1, after)])
    film(15, 10)
    stage.recorder.look()
    assert stage.stop()["b"].pictures == 10
    assert pictures_of(after)[0] == list(range(15, 25))


def test_sound_that_comes_into_no_film_any_more_is_told_though_the_microphone_gives_it(stage, monkeypatch) -> None:
    """A bug has ended the thread that packs it."""
    bugs: list = []
    monkeypatch.setattr(threading, "excepthook", bugs.append)
    stage.watch()
    stage.recorder.begin([Take("a", 1, MemoryFile())])
    stage.opener.feeds["hand:mic"].take(None, stage.clock.now())
    stage.qtbot.waitUntil(lambda: bool(bugs))
    for number in range(50):
        stage.clock.advance(GAP)
        stage.give(number)
        stage.hear()
        stage.recorder.look()
    assert [t[:2] for t in stage.troubles if t[1] == 0] == [(Trouble.SOUND_LOST, 0)]
    assert stage.stop()["a"].pictures == 50


def test_a_bug_while_writing_ends_that_copy_and_holds_nobody_up(stage, monkeypatch) -> None:
    bugs: list = []
    monkeypatch.setattr(threading, "excepthook", bugs.append)
    stage.watch(sound=False)
    first, second = MemoryFile("a"), MemoryFile("b")
    monkeypatch.setattr(first, "write", lambda _: 1 // 0)
    stage.recorder.begin([Take("a", 1, first, second)])
    for number in range(20):
        stage.clock.advance(GAP)
        stage.give(number)
    stage.qtbot.waitUntil(lambda: (Trouble.WRITE_FAILED, 1) in [t[:2] for t in stage.troubles])
    end = stage.stop()["a"]
    assert (end.file_whole, end.second_whole) == (False, True)
    assert len(bugs) == 1
    assert pictures_of(second)[0] == list(range(20))


def test_a_second_disk_that_hangs_does_not_hold_up_the_film(stage, monkeypatch) -> None:
    monkeypatch.setattr(copy_writer, "STILL", 0.1)
    stage.watch(sound=False)
    first, second = MemoryFile("a"), MemoryFile("b")
    second.gate.clear()
    stage.recorder.begin([Take("a", 1, first, second)])
    for number in range(20):
        stage.clock.advance(GAP)
        stage.give(number)
    end = stage.stop()["a"]
    assert (end.pictures, end.file_whole, end.second_whole, end.second_hangs) == (20, True, False, True)
    assert (Trouble.SECOND_COPY_LOST, 1) in [t[:2] for t in stage.troubles]
    assert pictures_of(first)[0] == list(range(20))
    second.gate.set()


def test_a_camera_that_says_nothing_any_more_is_lost(stage) -> None:
    stage.watch(2, sound=False)
    stage.recorder.begin([Take("a", 1, MemoryFile()), Take("b", 2, MemoryFile())])
    for number in range(100):
        stage.clock.advance(GAP)
        stage.give(number, 1)
        if number < 5:
            stage.give(number, 2)
    stage.opener.plugged.discard("hand:2")
    stage.recorder.look()
    assert [t[:2] for t in stage.troubles if t[1] == 2] == [(Trouble.CAMERA_LOST, 2)]
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
