"""Makes the film of the demo archive: two drawn people at a table for two minutes, with made-up voices."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import Cancelled, FilmError
from app.model.timecode import SECOND
from video.demo.picture import HEIGHT, WIDTH, Room
from video.demo.script import LENGTH, DemoScript, demo_script
from video.demo.voices import SAMPLE_RATE, demo_sound
from video.open.colors import BT601

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.stream import VideoStream

__all__ = ["DemoScript", "demo_script", "make_demo_film"]

FPS = 25
#: as in drawn films, a drawing stays for two pictures
ON_TWOS = 2
SOUND_FRAME = 1024


def make_demo_film(path: Path, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> DemoScript:
    """Write the film as MP4 (H.264, AAC) and return what happens in it.

    Raises Cancelled and FilmError(`film-not-written`); nothing is left behind then.
    """
    import av
    import av.error

    script = demo_script()
    try:
        with av.open(str(path), "w", format="mp4") as out:
            _write(out, script, progress, cancelled)
    except (av.error.FFmpegError, OSError) as error:
        path.unlink(missing_ok=True)
        raise FilmError("film-not-written") from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return script


def _write(
    out: OutputContainer, script: DemoScript, progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> None:
    pictures, voices = _picture_track(out), _sound_track(out)
    room, sound = Room(script), demo_sound(script)
    count, spoken = LENGTH * FPS // SECOND, 0
    for number in range(0, count, ON_TWOS):
        if number % FPS < ON_TWOS:
            if cancelled():
                raise Cancelled
            progress(number / count)
        _draw(out, pictures, room, number)
        until = (number + ON_TWOS) * SAMPLE_RATE // FPS
        while spoken + SOUND_FRAME <= until:
            _speak(out, voices, sound, spoken)
            spoken += SOUND_FRAME
    _speak(out, voices, sound, spoken)
    out.mux(pictures.encode(None))
    out.mux(voices.encode(None))
    progress(1.0)


def _picture_track(out: OutputContainer) -> VideoStream:
    track = out.add_stream("libx264", rate=FPS)
    track.width, track.height, track.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    track.codec_context.colorspace = BT601  # by which OpenCV makes its luma and chroma
    track.gop_size = 50
    track.codec_context.options = {"preset": "ultrafast", "crf": "23", "x264-params": "keyint=50:scenecut=0"}
    return track


def _sound_track(out: OutputContainer) -> AudioStream:
    track = out.add_stream("aac", rate=SAMPLE_RATE)
    track.layout = "mono"
    track.bit_rate = 64_000
    track.codec_context.options = {"aac_coder": "fast"}
    return track


def _draw(out: OutputContainer, track: VideoStream, room: Room, number: int) -> None:
    import av
    import cv2

    planes: Any = cv2.cvtColor(room.picture(number * SECOND // FPS), cv2.COLOR_BGR2YUV_I420)
    frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
    frame.time_base = Fraction(1, FPS)
    for repeat in range(ON_TWOS):
        frame.pts = number + repeat
        out.mux(track.encode(frame))


def _speak(out: OutputContainer, track: AudioStream, sound: Any, start: int) -> None:
    import av

    piece = sound[start : start + SOUND_FRAME]
    if len(piece):
        frame = av.AudioFrame.from_ndarray(piece[None, :], format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, start, Fraction(1, SAMPLE_RATE)
        out.mux(track.encode(frame))
