"""The computer's cameras and microphones through QtMultimedia, as the recorder's feeds."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, Qt, QThread

from app.model.timecode import Micros
from app.ports.recorder import CameraFormat
from video.qt_messages import silenced
from video.recording.feeds import SOUND_RATE, Feed, Lost, PictureTaker, SoundTaker
from video.recording.qt_pictures import to_picture
from video.recording.recording_clock import RecordingClock

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QCameraDevice, QCameraFormat, QVideoFrame

#: what is filmed in when nobody chose: the size nearest to this, and at least so many pictures a second
WANTED, LEAST_FPS = (1920, 1080), 24.0
#: how long a thread that was told to end is waited for before it is told again
QUITTING_MS = 50
#: sound that may wait in the device, in seconds, when this program is held up
SOUND_BUFFER = 1


def open_camera(
    camera_id: str, form: CameraFormat | None, clock: RecordingClock, take: PictureTaker, lost: Lost
) -> Feed | None:
    """None when no such camera is plugged in."""
    from PySide6.QtMultimedia import QMediaDevices

    with silenced():
        device = next((d for d in QMediaDevices.videoInputs() if _name(d.id()) == camera_id), None)
    return QtCameraFeed(device, form, clock, take, lost) if device is not None else None


def open_microphone(microphone_id: str, clock: RecordingClock, take: SoundTaker, lost: Lost) -> Feed | None:
    """None when no such microphone is plugged in; one that cannot be opened is lost at once."""
    from PySide6.QtMultimedia import QMediaDevices

    with silenced():
        device = next((d for d in QMediaDevices.audioInputs() if _name(d.id()) == microphone_id), None)
    if device is None:
        return None
    feed = QtMicrophoneFeed(device, clock, take, lost)
    feed.start()
    return feed


def _name(device_id: QByteArray) -> str:
    return bytes(device_id.data()).decode("utf-8", "backslashreplace")


class QtCameraFeed(QObject):
    """A camera. Pictures come in whatever thread Qt gives them."""

    def __init__(
        self, device: QCameraDevice, form: CameraFormat | None, clock: RecordingClock, take: PictureTaker, lost: Lost
    ) -> None:
        from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoSink

        super().__init__()
        self._clock, self._take, self._lost = clock, take, lost
        self._closed = False
        self._id = device.id()
        self._giving = threading.Lock()
        self._camera = QCamera(device, self)
        chosen = best_format(device.videoFormats(), form)
        if chosen is not None:
            self._camera.setCameraFormat(chosen)
        self._session, self._sink = QMediaCaptureSession(self), QVideoSink(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._sink)
        # at once in the thread that brings it: a busy window must not make pictures late
        self._sink.videoFrameChanged.connect(self._on_frame, Qt.ConnectionType.DirectConnection)
        self._camera.errorOccurred.connect(self._on_error)
        self._found = QMediaDevices(self)
        self._found.videoInputsChanged.connect(self._on_devices)
        self._camera.start()

    def close(self) -> None:
        self._closed = True
        self._sink.videoFrameChanged.disconnect(self._on_frame)
        with self._giving:  # a picture that is being given now is given before
            pass
        self._camera.stop()
        self.deleteLater()

    def _on_frame(self, frame: QVideoFrame) -> None:
        at: Micros = self._clock.now()
        with self._giving:
            if self._closed or not frame.isValid():
                return
            picture = to_picture(frame)
            if picture is not None:
                self._take(picture, at)

    def _on_error(self, *_: object) -> None:
        if not self._closed:
            self._lost()

    def _on_devices(self) -> None:
        from PySide6.QtMultimedia import QMediaDevices

        if not self._closed and all(d.id() != self._id for d in QMediaDevices.videoInputs()):
            self._lost()


def best_format(formats: list[QCameraFormat], wanted: CameraFormat | None) -> QCameraFormat | None:
    """The camera's format of the wanted size and rate; without a wish, or where it has none such, the nearest usual."""
    size = (wanted.width, wanted.height) if wanted is not None else WANTED
    fps = wanted.fps if wanted is not None else 30.0

    def distance(form: QCameraFormat) -> tuple[bool, int, float]:
        wide, high = form.resolution().width(), form.resolution().height()
        slow = form.maxFrameRate() < min(fps, LEAST_FPS)
        return slow, abs(wide * high - size[0] * size[1]), abs(form.maxFrameRate() - fps)

    return min(formats, key=distance, default=None)


class QtMicrophoneFeed(QThread):
    """A microphone, read in a thread of its own, so that a busy window makes no gaps."""

    def __init__(self, device: QAudioDevice, clock: RecordingClock, take: SoundTaker, lost: Lost) -> None:
        super().__init__()
        self._device, self._clock, self._take, self._lost = device, clock, take, lost
        self._closed = False

    def close(self) -> None:
        self._closed = True
        self.quit()
        while not self.wait(QUITTING_MS):  # told before its loop had begun, a thread does not hear it
            self.quit()

    def run(self) -> None:
        """The thread: everything of the device lives and ends here."""
        from PySide6.QtMultimedia import QAudioSource, QMediaDevices, QtAudio

        form = sound_format(self._device)
        heard = SoundConverter(form)
        source = QAudioSource(self._device, form)
        source.setBufferSize(form.bytesForDuration(SOUND_BUFFER * 1_000_000))
        stream: Any = source.start()
        if stream is None or source.error() != QtAudio.Error.NoError:
            self._lost()
            return
        found = QMediaDevices()

        def read() -> None:
            data = bytes(stream.readAll().data())
            now = self._clock.now()
            if data and not self._closed:
                self._take(heard.samples(data), now)

        def look() -> None:
            gone = all(d.id() != self._device.id() for d in QMediaDevices.audioInputs())
            if not self._closed and (gone or source.error() != QtAudio.Error.NoError):
                self._lost()

        direct = Qt.ConnectionType.DirectConnection
        stream.readyRead.connect(read, direct)
        source.stateChanged.connect(look, direct)
        found.audioInputsChanged.connect(look, direct)
        self.exec()
        source.stop()


def sound_format(device: QAudioDevice) -> QAudioFormat:
    """One channel of 16 bits at 48 kHz where the device gives that, else what it prefers."""
    from PySide6.QtMultimedia import QAudioFormat

    form = QAudioFormat()
    form.setSampleRate(SOUND_RATE)
    form.setChannelCount(1)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return form if device.isFormatSupported(form) else device.preferredFormat()


#: by Qt's name: what a sample is to numpy, its zero and its full scale
SAMPLES = {"UInt8": ("u1", 128.0, 128.0), "Int16": ("<i2", 0.0, 32768.0), "Int32": ("<i4", 0.0, 2147483648.0)}


class SoundConverter:
    """A device's bytes as float32, one channel at `SOUND_RATE`: its channels' mean."""

    def __init__(self, form: QAudioFormat) -> None:
        import av

        self._kind = form.sampleFormat().name
        self._channels, self._rate = max(form.channelCount(), 1), form.sampleRate()
        self._resampler = av.AudioResampler(format="flt", layout="mono", rate=SOUND_RATE)
        self._rest = b""

    def samples(self, data: bytes) -> NDArray[Any]:
        """Half a moment's bytes wait for their other half."""
        import numpy as np

        kind, zero, full = SAMPLES.get(self._kind, ("<f4", 0.0, 1.0))
        data = self._rest + data
        whole = len(data) // (np.dtype(kind).itemsize * self._channels) * np.dtype(kind).itemsize * self._channels
        data, self._rest = data[:whole], data[whole:]
        values = (np.frombuffer(data, kind).astype(np.float32) - np.float32(zero)) / np.float32(full)
        mono: NDArray[Any] = values.reshape(-1, self._channels).mean(axis=1)
        return mono if self._rate == SOUND_RATE else self._resampled(mono)

    def _resampled(self, mono: NDArray[Any]) -> NDArray[Any]:
        import av
        import numpy as np

        if not len(mono):
            return mono
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(mono[None, :]), format="flt", layout="mono")
        frame.sample_rate = self._rate
        ready = [f.to_ndarray().reshape(-1) for f in self._resampler.resample(frame)]
        return np.concatenate(ready) if ready else mono[:0]
