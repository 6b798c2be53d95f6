"""Shapes and colors: turned and mirrored pictures, pixels that are no squares, sizes that change, other light."""

import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from tests.material.corpus.clips import x264, x265
from tests.material.corpus.kind import Kind, even, of_clip
from tests.material.films import Clip, numbered, write

#: the four ways up and their mirror images: how stored pixels become upright (a, b, c, d of ISO/IEC 14496-12, 16.16)
WAYS = {
    "upright": (1, 0, 0, 1),
    "turned-right": (0, 1, -1, 0),
    "upside-down": (-1, 0, 0, -1),
    "turned-left": (0, -1, 1, 0),
    "mirrored": (-1, 0, 0, 1),
    "mirrored-upside-down": (1, 0, 0, -1),
    "mirrored-turned-right": (0, 1, 1, 0),
    "mirrored-turned-left": (0, -1, -1, 0),
}
#: where the matrix lies in a track's header of version 0, bytes after its name
_MATRIX = 4 + 40


def _stored(upright: np.ndarray, way: tuple[int, int, int, int]) -> np.ndarray:
    """The pixels that a matrix makes upright: (x, y) of them is shown at (a·x + c·y, b·x + d·y)."""
    a, b, c, d = way
    picture = upright
    if a == 0:
        picture = picture.transpose(1, 0, 2)
        return picture[::c, ::b]
    return picture[::d, ::a]


def _with_matrix(way: tuple[int, int, int, int]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        plain = path.with_name("plain.mp4")
        with av.open(str(plain), "w") as out:
            stream = out.add_stream("libx264", rate=25)
            sideways = way[0] == 0
            stream.width, stream.height = (128, 192) if sideways else (192, 128)
            stream.pix_fmt = "yuv420p"
            stream.codec_context.options = {
                "preset": "ultrafast", "crf": "30", "x264-params": "keyint=20:scenecut=0:bframes=2",
            }  # fmt: skip
            for number in range(40):
                pixels = np.ascontiguousarray(_stored(numbered(number), way))
                out.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="bgr24")))
            out.mux(stream.encode(None))
        film = bytearray(plain.read_bytes())
        at = film.index(b"tkhd") + _MATRIX
        a, b, c, d = (value * 65_536 for value in way)
        film[at : at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
        path.write_bytes(bytes(film))

    return make


def _grows(path: Path) -> None:
    """A stream whose pictures are twice as large from picture 30 on."""
    clips = (
        Clip(container="ts", frames=30, gop=10),
        Clip(container="ts", frames=30, gop=10, scale=2, start=Fraction(30, 25)),
    )
    parts = [path.with_name(f"{n}.ts") for n in range(2)]
    for part, clip in zip(parts, clips, strict=True):
        write(part, clip)
    path.write_bytes(b"".join(part.read_bytes() for part in parts))


LIGHT: dict[str, Clip] = {
    "hlg": x265(
        "keyint=20:bframes=3:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc",
        pixels="yuv420p10le", container="mov", tag="hvc1",
    ),
    "pq": x265(
        "keyint=20:bframes=3:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc",
        pixels="yuv420p10le", tag="hvc1",
    ),
    "hlg-h264": x264("keyint=20:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc", pixels="yuv420p10le"),
    "bt601": x264("keyint=20:bframes=2:colorprim=bt470bg:transfer=smpte170m:colormatrix=bt470bg"),
    "bt709": x264("keyint=20:bframes=2:colorprim=bt709:transfer=bt709:colormatrix=bt709"),
}  # fmt: skip
SIZES: dict[str, Clip] = {
    "cropped-in-the-stream": Clip(size=(184, 120), b_frames=2),
    "cropped-hevc": Clip(codec="libx265", size=(200, 132), b_frames=2),
    "tiny": Clip(size=(128, 96)),
    "portrait": Clip(size=(128, 192), b_frames=2),
    "dv-wide-pixels": Clip(
        codec="dvvideo", container="avi", size=(720, 576), frames=10, pixel_shape=Fraction(64, 45)
    ),
    "pal-pixels": Clip(codec="mpeg2video", container="mpg", pixel_shape=Fraction(12, 11), b_frames=2),
    "anamorphic-mp4": Clip(pixel_shape=Fraction(40, 33), b_frames=2, sound="aac"),
    "anamorphic-mkv": Clip(pixel_shape=Fraction(10, 11), container="mkv"),
    "wide-pixels-turned": Clip(pixel_shape=Fraction(4, 3), turned=90),
}  # fmt: skip

KINDS: tuple[Kind, ...] = (
    *(
        Kind(f"matrix-{name}", "mp4", _with_matrix(way), tuple(range(40)), even(40), sounds=0, by_matrix=True)
        for name, way in WAYS.items()
    ),
    *(of_clip(name, clip) for name, clip in (LIGHT | SIZES).items()),
    Kind("size-doubles-ts", "ts", _grows, (*range(30), *range(30)), even(60), sounds=0),
)
