"""What every recorder keeps to: the fake, the real one with devices moved by hand, the real one that plays films."""

from datetime import UTC, datetime

import numpy as np
import pytest

from app.errors import FilmError
from app.ports.recorder import CameraFormat, Recorder, Take, Trouble
from tests.stand_ins import fake_recorder, hand_feeds
from tests.stand_ins.fake_recorder import FakeRecorder
from tests.stand_ins.hand_feeds import HandClock, HandOpener, MemoryFile, picture
from video.recording.devices import EXAMPLE_CAMERAS, EXAMPLE_MICROPHONE, DeviceOpener
from video.recording.film_feed import DrawnScene
from video.recording.recorder import FilmRecorder
from video.recording.recording_clock import SystemClock

GAP = 40_000


class Rig:
    """A recorder and the hands that make time pass and devices come and go."""

    recorder: Recorder
    cameras = hand_feeds.CAMERAS
    microphone = hand_feeds.MICROPHONE

    def __init__(self, qtbot) -> None:
        self.qtbot = qtbot
        self.troubles: list[tuple[str, int]] = []
        self.ended: list[tuple] = []
        self.started: list[tuple[str, int]] = []
        self.dropped: list[int] = []
        self.shown: dict[int, list] = {1: [], 2: []}

    def listen(self) -> None:
        self.recorder.trouble.connect(lambda key, camera, at: self.troubles.append((key, camera)))
        self.recorder.ended.connect(self.ended.append)
        self.recorder.started.connect(lambda film, at: self.started.append((film, at)))
        self.recorder.dropped.connect(self.dropped.append)
        for camera in (1, 2):
            self.recorder.set_sink(camera, self.shown[camera].append)

    def watch(self, count: int = 2) -> None:
        self.recorder.watch([(c, CameraFormat(192, 128, 30.0)) for c in self.cameras[:count]], self.microphone)

    def film(self, micros: int) -> None:
        raise NotImplementedError

    def unplug(self, camera: int) -> None:
        raise NotImplementedError

    def plug(self, camera: int) -> None:
        raise NotImplementedError

    def until(self, condition) -> None:
        """Time passes and pictures come until it is so."""
        for _ in range(200):
            if condition():
                return
            self.film(GAP * 2)
            self.qtbot.wait(5)
        raise AssertionError("it never was so")


class FakeRig(Rig):
    cameras, microphone = fake_recorder.CAMERAS, fake_recorder.MICROPHONE

    def __init__(self, qtbot) -> None:
        super().__init__(qtbot)
        self.recorder = self.fake = FakeRecorder()
        self.listen()

    def film(self, micros: int) -> None:
        self.fake.film(micros)

    def unplug(self, camera: int) -> None:
        self.fake.lose_camera(camera)

    def plug(self, camera: int) -> None:
        self.fake.return_camera(camera)


class HandRig(Rig):
    def __init__(self, qtbot) -> None:
        super().__init__(qtbot)
        self.clock, self.opener, self.number = HandClock(), HandOpener(), 0
        self.recorder = FilmRecorder(self.opener, self.clock)
        self.listen()

    def film(self, micros: int) -> None:
        for _ in range(micros // GAP):
            self.clock.advance(GAP)
            for device in sorted(self.opener.plugged & self.opener.feeds.keys()):
                what = np.zeros(1920, np.float32) if device == "hand:mic" else picture(self.number)
                self.opener.feeds[device].take(what, self.clock.now())
            self.number += 1
        self.qtbot.wait(1)

    def unplug(self, camera: int) -> None:
        self.opener.pull_out(f"hand:{camera}")
        self.until(lambda: (Trouble.CAMERA_LOST, camera) in self.troubles)

    def plug(self, camera: int) -> None:
        self.opener.plugged.add(f"hand:{camera}")
        self.until(lambda: (Trouble.CAMERA_BACK, camera) in self.troubles)


class PlayingRig(Rig):
    cameras, microphone = EXAMPLE_CAMERAS, EXAMPLE_MICROPHONE

    def __init__(self, qtbot) -> None:
        super().__init__(qtbot)
        clock = SystemClock()
        self.opener = Unpluggable(DeviceOpener(clock, DrawnScene()))
        self.recorder = FilmRecorder(self.opener, clock)
        self.listen()

    def film(self, micros: int) -> None:
        self.qtbot.wait(micros // 1000)

    def unplug(self, camera: int) -> None:
        self.opener.away.add(f"example:{camera}")
        self.opener.lost[f"example:{camera}"]()
        self.until(lambda: (Trouble.CAMERA_LOST, camera) in self.troubles)

    def plug(self, camera: int) -> None:
        self.opener.away.clear()
        self.until(lambda: (Trouble.CAMERA_BACK, camera) in self.troubles)


class Unpluggable:
    """Example devices that can be pulled out."""

    def __init__(self, inner: DeviceOpener) -> None:
        self.inner, self.away, self.lost = inner, set(), {}

    def camera(self, camera, form, take, lost):
        self.lost[camera.id] = lost
        return None if camera.id in self.away else self.inner.camera(camera, form, take, lost)

    def microphone(self, microphone, take, lost):
        return self.inner.microphone(microphone, take, lost)


@pytest.fixture(params=[FakeRig, HandRig, PlayingRig])
def rig(request, qtbot):
    made = request.param(qtbot)
    yield made
    made.recorder.close()


def takes(*cameras: int, second: bool = False) -> list[Take]:
    return [Take(f"film-{c}", c, MemoryFile(), MemoryFile() if second else None) for c in cameras]


def test_pictures_are_shown_from_watching_on_and_nothing_is_kept(rig) -> None:
    rig.watch()
    rig.until(lambda: rig.shown[1] and rig.shown[2])
    shown = rig.shown[1][-1]
    assert (shown.width * shown.height * 4) == np.asarray(shown.pixels).size
    assert not rig.recorder.is_recording()
    assert rig.recorder.clock() == 0
    assert not rig.started


def test_a_recording_from_begin_to_end(rig) -> None:
    rig.watch()
    films = takes(1, 2)
    before = datetime.now(UTC)
    begun = rig.recorder.begin(films)
    assert before <= begun <= datetime.now(UTC)
    assert rig.recorder.is_recording()
    rig.until(lambda: len(rig.started) == 2)
    rig.film(400_000)
    assert rig.recorder.clock() >= 400_000
    assert rig.dropped[0] == 0
    rig.recorder.stop()
    rig.until(lambda: rig.ended)
    assert not rig.recorder.is_recording()
    ends = {e.camera: e for e in rig.ended[0]}
    assert ends.keys() == {1, 2}
    for camera, end in ends.items():
        assert end.recording_id == f"film-{camera}"
        assert 0 <= end.first < end.last
        assert end.pictures > 5
        assert (end.dropped, end.file_whole, end.second_whole) == (0, True, False)
        assert (end.recording_id, end.first) in rig.started
    assert all(f.file.data for f in films)
    assert not any(f.file.kept or f.file.discarded for f in films), "what becomes of the file is the caller's"
    assert not rig.troubles


def test_without_a_camera_nothing_begins(rig) -> None:
    with pytest.raises(FilmError, match="no-camera"):
        rig.recorder.begin(takes(1))
    assert not rig.recorder.is_recording()


def test_a_lost_camera_leaves_the_other_alone_and_can_film_again(rig) -> None:
    rig.watch()
    rig.recorder.begin(takes(1, 2))
    rig.until(lambda: len(rig.started) == 2)
    rig.film(200_000)
    rig.unplug(2)
    assert rig.shown[2][-1] is None
    assert rig.recorder.is_recording()
    with pytest.raises(FilmError, match="no-camera"):
        rig.recorder.begin([Take("none", 2, MemoryFile())])
    clock = rig.recorder.clock()
    rig.film(200_000)
    rig.plug(2)
    rig.recorder.begin([Take("again", 2, MemoryFile())])
    assert rig.recorder.clock() > clock
    rig.until(lambda: len(rig.started) == 3)
    rig.film(200_000)
    rig.recorder.stop()
    rig.until(lambda: rig.ended)
    ends = {e.recording_id: e for e in rig.ended[0]}
    assert ends.keys() == {"film-1", "film-2", "again"}
    assert ends["film-2"].file_whole
    assert ends["film-2"].last < ends["again"].first
    assert ends["film-1"].pictures > ends["film-2"].pictures
    assert len(rig.ended) == 1


def test_with_its_last_film_a_recording_ends_by_itself(rig) -> None:
    rig.watch(1)
    rig.recorder.begin(takes(1))
    rig.until(lambda: rig.started)
    rig.film(200_000)
    rig.unplug(1)
    rig.until(lambda: rig.ended)
    assert rig.ended[0][0].pictures > 0
    assert not rig.recorder.is_recording()


def test_a_camera_that_is_away_at_the_beginning_has_an_end_without_pictures(rig) -> None:
    rig.watch(1)
    rig.recorder.begin(takes(1, 2))
    rig.until(lambda: rig.started)
    rig.recorder.stop()
    rig.until(lambda: rig.ended)
    ends = {e.camera: e for e in rig.ended[0]}
    assert (ends[2].first, ends[2].last, ends[2].pictures) == (None, None, 0)
    assert ends[1].pictures > 0


@pytest.mark.parametrize(("error", "trouble"), [("disk-full", Trouble.DISK_FULL), ("disk-error", Trouble.WRITE_FAILED)])
def test_a_disk_that_fails_ends_that_film_and_no_other(rig, error: str, trouble: Trouble) -> None:
    rig.watch()
    films = takes(1, 2)
    films[0].file.error = error
    rig.recorder.begin(films)
    rig.until(lambda: (trouble, 1) in rig.troubles)
    rig.until(lambda: len(films[1].file.data) > 100)
    assert rig.recorder.is_recording()
    rig.recorder.stop()
    rig.until(lambda: rig.ended)
    ends = {e.camera: e for e in rig.ended[0]}
    assert (ends[1].file_whole, ends[2].file_whole) == (False, True)
    assert [t for t in rig.troubles if t[1] == 1] == [(trouble, 1)], "told once"


def test_a_lost_second_copy_is_told_and_the_film_goes_on(rig) -> None:
    rig.watch(1)
    films = takes(1, second=True)
    films[0].second.error = "disk-error"
    rig.recorder.begin(films)
    rig.until(lambda: (Trouble.SECOND_COPY_LOST, 1) in rig.troubles)
    before = len(films[0].file.data)
    rig.until(lambda: len(films[0].file.data) > before)
    rig.recorder.stop()
    rig.until(lambda: rig.ended)
    assert (rig.ended[0][0].file_whole, rig.ended[0][0].second_whole) == (True, False)


def test_the_second_copy_goes_on_where_the_first_is_lost(rig) -> None:
    rig.watch(1)
    films = takes(1, second=True)
    films[0].file.error, films[0].file.fails_after = "disk-full", 1
    rig.recorder.begin(films)
    rig.until(lambda: (Trouble.DISK_FULL, 1) in rig.troubles)
    before = len(films[0].second.data)
    rig.until(lambda: len(films[0].second.data) > before)
    assert rig.recorder.is_recording()
    rig.recorder.stop()
    rig.until(lambda: rig.ended)
    assert (rig.ended[0][0].file_whole, rig.ended[0][0].second_whole) == (False, True)


def test_both_copies_are_the_same(rig) -> None:
    rig.watch(1)
    films = takes(1, second=True)
    rig.recorder.begin(films)
    rig.until(lambda: rig.started)
    rig.film(300_000)
    rig.recorder.stop()
    rig.until(lambda: rig.ended)
    assert rig.ended[0][0].second_whole
    assert films[0].file.data == films[0].second.data


def test_closing_finishes_a_recording_first(rig) -> None:
    rig.watch(1)
    films = takes(1)
    rig.recorder.begin(films)
    rig.until(lambda: rig.started)
    rig.film(200_000)
    rig.recorder.close()
    assert len(rig.ended) == 1
    assert rig.ended[0][0].pictures > 0
    assert not rig.recorder.is_recording()


def test_filming_goes_on_after_an_end_with_a_new_clock(rig) -> None:
    rig.watch(1)
    for number in (1, 2):
        rig.recorder.begin([Take(f"film-{number}", 1, MemoryFile())])
        rig.until(lambda n=number: len(rig.started) == n)
        rig.film(160_000)
        rig.recorder.stop()
        rig.until(lambda n=number: len(rig.ended) == n)
    assert [e[0].recording_id for e in rig.ended] == ["film-1", "film-2"]
    assert rig.ended[1][0].first < 1_000_000
