"""What a camera and a microphone are to the recorder: something opened, that gives pictures or sound until it is lost.

Whether a device or a film stands behind it, everything from here on is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from app.model.timecode import Micros
from app.ports.recorder import Camera, CameraFormat, Microphone

if TYPE_CHECKING:
    import av
    from numpy.typing import NDArray

#: samples per second of every microphone feed, one channel
SOUND_RATE = 48_000

#: a picture and when it arrived on the recording clock, in whatever thread; the picture is the taker's from then on
PictureTaker: TypeAlias = "Callable[[av.VideoFrame, Micros], None]"
#: float32 in −1…1 at `SOUND_RATE` and when its last sample arrived on the recording clock, in whatever thread
SoundTaker: TypeAlias = "Callable[[NDArray[Any], Micros], None]"
#: called once, in whatever thread, when the device is gone
Lost: TypeAlias = Callable[[], None]


class Feed(Protocol):
    """An opened camera or microphone."""

    def close(self) -> None:
        """Let go of the device; nothing is given any more when it returns. For the main thread."""
        ...


class FeedOpener(Protocol):
    """Opens devices, in the main thread."""

    def camera(self, camera: Camera, form: CameraFormat | None, take: PictureTaker, lost: Lost) -> Feed | None:
        """None when it is not there."""
        ...

    def microphone(self, microphone: Microphone, take: SoundTaker, lost: Lost) -> Feed | None:
        """None when it is not there."""
        ...
