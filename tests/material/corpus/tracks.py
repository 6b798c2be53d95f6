"""Tracks beside the pictures: sounds of other lengths, covers, chapters, words, and what only its camera knows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.stream import Disposition

from tests.material.corpus.kind import Kind, even
from tests.material.films import Clip, numbered, write

RATE = 48_000


@dataclass(frozen=True)
class Beside:
    """What lies beside 60 pictures. `sounds`: (begin, end) in s of each sound track.

    `data`: packets of a track that no player knows; `first`: these are before the pictures;
    `cover`: a still picture as a track of its own.
    """

    container: str = "mp4"
    sounds: tuple[tuple[float, float], ...] = ()
    codec: str = "aac"
    data: int = 0
    first: bool = False
    cover: bool = False
    chapters: int = 0
    second_film: bool = False
    metadata: dict[str, str] = field(default_factory=dict)
    frames: int = 60


def _made(plan: Beside) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        plain = path.with_name(f"plain.{plan.container}")
        write(plain, Clip(container=plan.container, b_frames=2, frames=plan.frames))
        with av.open(str(plain)) as film, av.open(str(path), "w") as out:
            out.metadata.update(plan.metadata)
            if plan.chapters:
                out.set_chapters(_chapters(plan.chapters))
            data = _data_track(out) if plan.data and plan.first else None
            sounds = [_sound_track(out, plan.codec) for _ in plan.sounds] if plan.first else []
            pictures = out.add_stream_from_template(film.streams.video[0])
            data = _data_track(out) if plan.data and not plan.first else data
            sounds = sounds or [_sound_track(out, plan.codec) for _ in plan.sounds]
            cover = _cover(out) if plan.cover and plan.container != "mkv" else None
            if plan.cover and cover is None:
                out.add_attachment("cover.jpg", "image/jpeg", _jpeg(7777))
            other = _other_film(out) if plan.second_film else None
            for packet in film.demux(video=0):
                if packet.size:
                    packet.stream = pictures
                    out.mux(packet)
            for number in range(plan.data):
                _mux(out, data, b"DEVC\0\1\0\4" + bytes(200), number, Fraction(1))
            for sound, (begin, end) in zip(sounds, plan.sounds, strict=True):
                _tone(out, sound, begin, end)
            if cover is not None:
                out.mux(cover.encode(_still(7777, "yuvj420p")))
                out.mux(cover.encode(None))
            if other is not None:
                for _ in range(20):
                    out.mux(other.encode(_still(9999, "yuv420p")))
                out.mux(other.encode(None))

    return make


def _chapters(count: int) -> list[dict[str, Any]]:
    base = Fraction(1, 1000)
    return [
        {"id": n, "start": n * 500, "end": n * 500 + 500, "time_base": base, "metadata": {"title": str(n)}}
        for n in range(count)
    ]


def _data_track(out: Any) -> Any:
    track = out.add_data_stream("bin_data")
    track.time_base = Fraction(1, 1000)
    return track


def _mux(out: Any, track: Any, content: bytes, number: int, every: Fraction) -> None:
    packet = av.Packet(content)
    packet.stream, packet.time_base = track, Fraction(1, 1000)
    packet.pts = packet.dts = int(number * every * 1000)
    packet.duration = int(every * 1000)
    out.mux(packet)


def _sound_track(out: Any, codec: str) -> Any:
    sound = out.add_stream(codec, rate=RATE)
    sound.layout = "mono"
    return sound


def _cover(out: Any) -> Any:
    cover = out.add_stream("mjpeg", rate=1)
    cover.width, cover.height, cover.pix_fmt = 384, 256, "yuvj420p"
    cover.disposition = Disposition.attached_pic
    return cover


def _other_film(out: Any) -> Any:
    """A smaller film of the same moments, as some cameras write one for their own screen."""
    other = out.add_stream("libx264", rate=25)
    other.width, other.height, other.pix_fmt = 96, 64, "yuv420p"
    other.codec_context.options = {"preset": "ultrafast"}
    other.disposition = Disposition(0)
    return other


def _still(number: int, pixels: str) -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(numbered(number), format="bgr24").reformat(
        384 if pixels == "yuvj420p" else 96, 256 if pixels == "yuvj420p" else 64, pixels
    )


def _jpeg(number: int) -> bytes:
    made: Any = av.CodecContext.create("mjpeg", "w")
    made.width, made.height, made.pix_fmt, made.time_base = 384, 256, "yuvj420p", Fraction(1)
    return b"".join(bytes(packet) for packet in (*made.encode(_still(number, "yuvj420p")), *made.encode(None)))


def _tone(out: Any, sound: Any, begin: float, end: float) -> None:
    wave = (0.3 * np.sin(2 * np.pi * 440 * np.arange(int((end - begin) * RATE)) / RATE)).astype(np.float32)
    for at in range(0, len(wave), 1024):
        frame = av.AudioFrame.from_ndarray(wave[None, at : at + 1024], format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, int(begin * RATE) + at, Fraction(1, RATE)
        out.mux(sound.encode(frame))
    out.mux(sound.encode(None))


def _kind(name: str, plan: Beside, ending: str = "") -> Kind:
    return Kind(
        name, ending or plan.container, _made(plan), tuple(range(plan.frames)), even(plan.frames),
        sounds=len(plan.sounds),
    )  # fmt: skip


def _sound_alone(path: Path) -> None:
    with av.open(str(path), "w") as out:
        _tone(out, _sound_track(out, "aac"), 0, 2)


KINDS: tuple[Kind, ...] = (
    _kind("two-sounds-mp4", Beside(sounds=((0, 2.4), (0, 2.4)))),
    _kind("four-sounds-mov", Beside(container="mov", codec="pcm_s16le", sounds=((0, 2.4),) * 4)),
    _kind("two-sounds-mkv", Beside(container="mkv", sounds=((0, 2.4), (0, 1)), codec="libopus")),
    _kind("sound-goes-on", Beside(sounds=((0, 6),))),
    _kind("sound-goes-on-mkv", Beside(container="mkv", sounds=((0, 6),))),
    _kind("sound-ends-early", Beside(sounds=((0, 0.8),))),
    _kind("sound-begins-late", Beside(sounds=((0.76, 2.4),))),
    _kind("sound-begins-late-mkv", Beside(container="mkv", sounds=((0.76, 2.4),))),
    _kind("cover-mp4", Beside(cover=True, sounds=((0, 2.4),))),
    _kind("cover-mkv", Beside(container="mkv", cover=True)),
    _kind("chapters-mp4", Beside(chapters=4, sounds=((0, 2.4),))),
    _kind("chapters-mkv", Beside(container="mkv", chapters=4)),
    _kind("time-code-mov", Beside(container="mov", metadata={"timecode": "10:20:30:05"}, sounds=((0, 2.4),))),
    _kind("action-camera-data", Beside(data=3, sounds=((0, 2.4),)), "mp4"),
    _kind("action-camera-data-first", Beside(data=3, first=True, sounds=((0, 2.4),))),
    _kind("sound-first-mp4", Beside(first=True, sounds=((0, 2.4),))),
    _kind("second-small-film", Beside(container="mov", second_film=True)),
    _kind("data-ts", Beside(container="ts", data=3)),
    Kind("sound-alone", "m4a", _sound_alone, refused="film-no-picture"),
)
