"""Where sound is heard: the computer's own output through QtMultimedia, found when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.model.units import ByteCount, Share
from video.playing.sound import CHANNELS, FRAME_BYTES, RATE
from video.qt_messages import silenced

if TYPE_CHECKING:
    from PySide6.QtCore import QIODevice
    from PySide6.QtMultimedia import QAudioSink

#: of sound that waits in the output; pictures follow what was played of it
BUFFER_SECONDS = 0.25


class SoundOutput(Protocol):
    """Takes 16 bit stereo at 48 kHz and knows how much of it was played."""

    def room(self) -> int:
        """Bytes that it would take now."""
        ...

    def write(self, sound: bytes) -> ByteCount: ...

    def played(self) -> int:
        """Microseconds of sound played since it was opened."""
        ...

    def set_volume(self, volume: Share) -> None: ...

    def close(self) -> None: ...


class QtSoundOutput:
    """The default output of this computer. For the main thread."""

    def __init__(self, sink: QAudioSink) -> None:
        self._sink = sink
        self._sink.setBufferSize(int(BUFFER_SECONDS * RATE) * FRAME_BYTES)
        self._into: QIODevice = self._sink.start()

    def room(self) -> ByteCount:
        return self._sink.bytesFree()

    def write(self, sound: bytes) -> ByteCount:
        return max(int(self._into.write(sound)), 0)

    def played(self) -> int:
        """Microseconds, as Qt counts them."""
        return self._sink.processedUSecs()

    def set_volume(self, volume: Share) -> None:
        self._sink.setVolume(volume)

    def close(self) -> None:
        self._sink.stop()
        self._sink.deleteLater()


def open_sound_output() -> SoundOutput | None:
    """The computer's output, or None when there is none or it cannot play; then a plain clock leads."""
    with silenced():
        return _default_output()


def _default_output() -> SoundOutput | None:
    from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices, QtAudio

    form = QAudioFormat()
    form.setSampleRate(RATE)
    form.setChannelCount(CHANNELS)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    device = QMediaDevices.defaultAudioOutput()
    if device.isNull() or not device.isFormatSupported(form):
        return None
    sink = QAudioSink(device, form)
    output = QtSoundOutput(sink)
    if sink.error() != QtAudio.Error.NoError:
        output.close()
        return None
    return output
