"""Cameras and microphones by name, the power they run on, and Qt's pictures and sound as the recorder takes them."""

import ctypes
import sys
import threading
import time
from functools import partial
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import av
import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtMultimedia import QAudioFormat, QVideoFrame, QVideoFrameFormat

from app.ports.recorder import NO_PICTURE, Camera, CameraFormat, Microphone
from tests.material.films import Clip, numbered, read_number
from tests.stand_ins.hand_feeds import HandClock
from video.recording.devices import (
    EXAMPLE_CAMERAS,
    EXAMPLE_FILMS,
    EXAMPLE_MICROPHONE,
    ComputerDevices,
    DeviceOpener,
    linux_on_battery,
    mac_says_battery,
)
from video.recording.feeds import SOUND_RATE
from video.recording.film_feed import PIECE, DrawnScene, FilmScene
from video.recording.qt_feeds import SoundConverter, best_format
from video.recording.qt_pictures import FORMATS, to_picture
from video.recording.recording_clock import SystemClock


def test_the_examples_are_always_there(qtbot) -> None:
    devices = ComputerDevices()
    assert devices.cameras()[-2:] == EXAMPLE_CAMERAS
    assert devices.microphones()[-1] == EXAMPLE_MICROPHONE
    assert all(c.is_example and c.formats for c in EXAMPLE_CAMERAS)
    assert devices.on_battery() in (True, False, None)
    devices.close()


def test_a_device_that_is_not_there_is_none(qtbot) -> None:
    opener = DeviceOpener(SystemClock())
    assert opener.camera(Camera("gone", "gone"), None, lambda *_: None, lambda: None) is None
    assert opener.microphone(Microphone("gone", "gone"), lambda *_: None, lambda: None) is None


def test_where_sound_is_enough_black_pictures_keep_the_time(qtbot) -> None:
    taken: list[tuple[av.VideoFrame, int]] = []
    feed = DeviceOpener(SystemClock()).camera(NO_PICTURE, None, lambda *one: taken.append(one), lambda: None)
    qtbot.waitUntil(lambda: len(taken) >= 4)
    feed.close()
    assert all(a[1] < b[1] for a, b in pairwise(taken))
    (form,) = NO_PICTURE.formats
    for frame, _ in taken:
        assert (frame.width, frame.height) == (form.width, form.height)
        assert not frame.to_ndarray(format="gray").any()


@pytest.mark.parametrize(
    ("supplies", "expected"),
    [
        ({}, None),
        ({"AC": {"type": "Mains", "online": "1"}, "BAT0": {"type": "Battery", "status": "Charging"}}, False),
        ({"AC": {"type": "Mains", "online": "0"}, "BAT0": {"type": "Battery", "status": "Discharging"}}, True),
        ({"BAT0": {"type": "Battery", "status": "Discharging"}}, True),
        ({"BAT0": {"type": "Battery", "status": "Full"}}, False),
        ({"mouse": {"type": "Battery", "status": "Discharging", "scope": "Device"}}, None),
        ({"ucsi": {"type": "USB", "online": "1"}, "BAT0": {"type": "Battery", "status": "Not charging"}}, False),
        ({"BAT0": {"type": "Battery"}}, None),
    ],
)
def test_power_on_linux(tmp_path, supplies, expected) -> None:
    for name, files in supplies.items():
        (tmp_path / name).mkdir()
        for file, content in files.items():
            (tmp_path / name / file).write_text(content + "\n")
    assert linux_on_battery(tmp_path) is expected
    assert linux_on_battery(tmp_path / "none") is None


def test_power_on_a_mac() -> None:
    assert mac_says_battery("Now drawing from 'AC Power'\n") is False
    assert mac_says_battery("Now drawing from 'Battery Power'\n -InternalBattery-0\t57%") is True
    assert mac_says_battery("") is None


def qt_frame(source: av.VideoFrame, form: str, order=None) -> QVideoFrame:
    """A frame as QtMultimedia gives it, with the bytes of `source`."""
    frame = QVideoFrame(QVideoFrameFormat(QSize(source.width, source.height), QVideoFrameFormat.PixelFormat[form]))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    for target, plane in zip(order or range(len(source.planes)), source.planes, strict=True):
        stride = frame.bytesPerLine(target)
        there = np.frombuffer(frame.bits(target), np.uint8)[: frame.mappedBytes(target)].reshape(-1, stride)
        given = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        wide, rows = min(stride, plane.line_size), min(len(there), plane.height)
        there[:rows, :wide] = given[:rows, :wide]
    frame.unmap()
    return frame


#: 200 pixels are no multiple of what rows are filled up to
@pytest.mark.parametrize("width", [192, 200])
@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"Format_P016", "Format_Y16"}))
def test_qt_s_pictures_are_taken_plane_by_plane(form: str, width: int) -> None:
    number = 0b1010_0110_1100_0101
    source = av.VideoFrame.from_ndarray(numbered(number), format="bgr24").reformat(width, 128, FORMATS[form])
    taken = to_picture(qt_frame(source, form, (0, 2, 1) if form == "Format_YV12" else None))
    assert taken is not None
    assert (taken.format.name, taken.width, taken.height) == (FORMATS[form], width, 128)
    assert read_number(taken.to_ndarray(format="bgr24")) == number
    assert np.array_equal(taken.to_ndarray(format="bgr24"), source.to_ndarray(format="bgr24"))


def test_full_range_is_kept_and_what_is_unknown_is_none() -> None:
    source = av.VideoFrame.from_ndarray(numbered(5), format="bgr24").reformat(format="yuv420p")
    form = QVideoFrameFormat(QSize(192, 128), QVideoFrameFormat.PixelFormat.Format_YUV420P)
    form.setColorRange(QVideoFrameFormat.ColorRange.ColorRange_Full)
    taken = to_picture(QVideoFrame(form))
    assert taken is not None
    assert int(taken.color_range) == 2
    assert to_picture(qt_frame(source.reformat(format="gray"), "Format_Y8")) is not None
    unknown = QVideoFrameFormat(QSize(192, 128), QVideoFrameFormat.PixelFormat.Format_IMC1)
    assert to_picture(QVideoFrame(unknown)) is None


def test_a_turned_camera_is_filmed_upright() -> None:
    number = 0b0000_0001_0000_0111
    stored = np.ascontiguousarray(np.rot90(numbered(number)))
    source = av.VideoFrame.from_ndarray(stored, format="bgr24").reformat(format="bgra")
    frame = qt_frame(source, "Format_BGRA8888")
    from PySide6.QtMultimedia import QtVideo

    frame.setRotation(QtVideo.Rotation.Clockwise90)
    taken = to_picture(frame)
    assert taken is not None
    assert (taken.width, taken.height) == (192, 128)
    assert read_number(taken.to_ndarray(format="bgr24")) == number


def test_the_format_nearest_to_the_wish_is_chosen() -> None:
    def form(wide: int, high: int, fps: float):
        size = SimpleNamespace(width=lambda: wide, height=lambda: high)
        return SimpleNamespace(resolution=lambda: size, maxFrameRate=lambda: fps)

    formats = [form(640, 480, 30), form(1920, 1080, 5), form(1280, 720, 30), form(3840, 2160, 30), form(1920, 1080, 60)]
    assert best_format(formats, None) is formats[4]
    assert best_format(formats[:4], None) is formats[2], "five pictures a second are no film"
    assert best_format(formats, CameraFormat(640, 480, 30.0)) is formats[0]
    assert best_format([], None) is None


@pytest.mark.parametrize(
    ("kind", "dtype", "scale"), [("Int16", "<i2", 32767), ("Int32", "<i4", 2**31 - 1), ("Float", "<f4", 1.0)]
)
@pytest.mark.parametrize(("rate", "channels"), [(48_000, 1), (48_000, 2), (44_100, 1)])
def test_sound_of_any_device_becomes_one_line(kind, dtype, scale, rate, channels) -> None:
    form = QAudioFormat()
    form.setSampleRate(rate)
    form.setChannelCount(channels)
    form.setSampleFormat(QAudioFormat.SampleFormat[kind])
    wave = 0.5 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    data = np.repeat((wave * scale).astype(dtype)[:, None], channels, axis=1).tobytes()
    heard = SoundConverter(form)
    pieces = [heard.samples(data[at : at + 1001]) for at in range(0, len(data), 1001)]  # in the middle of samples
    line = np.concatenate(pieces)
    assert line.dtype == np.float32
    assert abs(len(line) - SOUND_RATE) < 64
    wanted = 0.5 * np.sin(2 * np.pi * 440 * np.arange(len(line)) / SOUND_RATE)
    shift = 0 if rate == SOUND_RATE else np.argmax(np.correlate(line[1000:3000], wanted[900:3100], "valid")) - 100
    assert abs(shift) <= 20
    assert np.abs(line[500:-500]).max() == pytest.approx(0.5, abs=0.01)


def test_unsigned_bytes_have_their_zero_in_the_middle() -> None:
    form = QAudioFormat()
    form.setSampleRate(SOUND_RATE)
    form.setChannelCount(1)
    form.setSampleFormat(QAudioFormat.SampleFormat.UInt8)
    assert SoundConverter(form).samples(bytes([128, 0, 255])).tolist() == pytest.approx([0.0, -1.0, 0.992], abs=0.001)


def test_the_second_example_is_visibly_another_camera() -> None:
    scene = DrawnScene()
    (one, at), (two, same) = (next(scene.pictures(view, (640, 360), lambda: 5_000_000)) for view in (1, 2))
    assert at == same > 5_000_000
    assert (one.width, one.height) == (two.width, two.height) == (640, 360)
    first, second = (f.to_ndarray(format="gray").astype(int) for f in (one, two))
    assert np.abs(first - second).mean() > 10
    assert len(next(scene.sound(0))) == PIECE


def test_a_film_is_played_in_a_loop_from_any_time(film) -> None:
    path, _ = film(Clip(frames=25, gop=5, sound="aac"))
    scene = FilmScene(path)
    pictures = scene.pictures(1, (192, 128), lambda: 2_400_000)  # in the third round
    got = [next(pictures) for _ in range(40)]
    assert [read_number(f.to_ndarray(format="bgr24")) for f, _ in got] == [*range(10, 25), *range(25)]
    assert [t for _, t in got] == [2_400_000 + n * 40_000 for n in range(40)]
    sound = scene.sound(500_000)
    heard = np.concatenate([next(sound) for _ in range(100)])
    assert np.abs(heard).reshape(10, -1).max(axis=1).min() > 0.05, "the tone goes on over the end"


def test_example_devices_play_the_films_that_are_named(film, monkeypatch) -> None:
    path, _ = film(Clip(frames=25, gop=5))
    monkeypatch.setenv(EXAMPLE_FILMS, str(path))
    came, enough = [], threading.Event()

    def take(frame, at) -> None:
        came.append((read_number(frame.to_ndarray(format="bgr24")), at))
        if len(came) == 10:
            enough.set()

    feed = DeviceOpener(SystemClock()).camera(EXAMPLE_CAMERAS[0], CameraFormat(192, 128, 25.0), take, lambda: None)
    assert feed is not None
    assert enough.wait(10)
    feed.close()
    count = len(came)
    first = came[0][0]
    assert [n for n, _ in came] == [(first + n) % 25 for n in range(count)]
    assert (came[9][1] - came[0][1]) / 9 == pytest.approx(40_000, rel=0.3)
    assert len(came) == count, "nothing is given after closing"


def test_a_film_that_cannot_be_played_is_a_lost_camera(tmp_path) -> None:
    (tmp_path / "none.mp4").write_bytes(b"nothing")
    lost = threading.Event()
    opener = DeviceOpener(SystemClock(), FilmScene(tmp_path / "none.mp4"))
    feed = opener.camera(EXAMPLE_CAMERAS[0], None, lambda *_: None, lost.set)
    assert lost.wait(10)
    assert feed is not None
    feed.close()


def test_the_clock_goes_on_and_only_forward() -> None:
    clock = SystemClock()
    times = [(clock.now(), clock.awake()) for _ in range(100)]
    assert times == sorted(times)
    assert abs((times[-1][0] - times[0][0]) - (times[-1][1] - times[0][1])) < 1_000
    hand = HandClock()
    hand.sleep(5)
    assert hand.now() - hand.awake() == 5


def test_on_windows_the_clock_goes_on_without_steps(monkeypatch) -> None:
    """`time.monotonic` stands still for 15.6 ms there: pictures of a camera would be half a picture early or late."""
    since_start = {"QueryInterruptTimePrecise": 90_000_000, "QueryUnbiasedInterruptTimePrecise": 40_000_000}

    def asked(call: str, ticks: Any) -> None:
        since_start[call] += 10  # a microsecond later
        ctypes.cast(ticks, ctypes.POINTER(ctypes.c_ulonglong))[0] = since_start[call]

    def library(name: str) -> dict[str, Any]:
        assert name == "api-ms-win-core-realtime-l1-1-1.dll"
        return {call: partial(asked, call) for call in since_start}

    monkeypatch.setattr(ctypes, "WinDLL", library, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(time, "monotonic_ns", lambda: 0)
    clock = SystemClock()
    assert [clock.now() for _ in range(3)] == [9_000_001, 9_000_002, 9_000_003]
    assert [clock.awake() for _ in range(2)] == [4_000_001, 4_000_002]


def test_a_camera_s_pictures_are_taken_in_the_thread_that_brings_them(qtbot) -> None:
    """No camera is needed to see what happens between Qt's sink and the recorder."""
    from PySide6.QtMultimedia import QCameraDevice

    from video.recording.qt_feeds import QtCameraFeed

    came, lost, clock = [], [], HandClock()

    def take(frame, at: int) -> None:
        came.append((read_number(frame.to_ndarray(format="bgr24")), at, threading.current_thread()))

    feed = QtCameraFeed(QCameraDevice(), None, clock, take, lambda: lost.append(True))
    lost.clear()  # no device at all is an error of its own

    def bring() -> None:
        for number in range(5):
            clock.advance(40_000)
            source = av.VideoFrame.from_ndarray(numbered(number), format="bgr24").reformat(format="nv12")
            feed._sink.setVideoFrame(qt_frame(source, "Format_NV12"))

    bringer = threading.Thread(target=bring)
    bringer.start()
    bringer.join()
    assert [(n, at) for n, at, _ in came] == [(n, 5_040_000 + n * 40_000) for n in range(5)]
    assert {thread for _, _, thread in came} == {bringer}
    feed._on_error()
    assert lost == [True]
    feed.close()
    feed._sink.setVideoFrame(qt_frame(av.VideoFrame(192, 128, "nv12"), "Format_NV12"))
    assert len(came) == 5
