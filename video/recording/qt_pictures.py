"""Pictures of QtMultimedia as pictures of PyAV: their planes copied as they are, without a way through colors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from video.open.colors import BT601, BT709, BT2020

if TYPE_CHECKING:
    import av
    from PySide6.QtMultimedia import QVideoFrame

#: what Qt calls a format, and what FFmpeg calls it
FORMATS = {
    "Format_YUV420P": "yuv420p",
    "Format_YUV422P": "yuv422p",
    "Format_YUV420P10": "yuv420p10le",
    "Format_YV12": "yuv420p",
    "Format_NV12": "nv12",
    "Format_NV21": "nv21",
    "Format_P010": "p010le",
    "Format_P016": "p016le",
    "Format_YUYV": "yuyv422",
    "Format_UYVY": "uyvy422",
    "Format_Y8": "gray",
    "Format_Y16": "gray16le",
    "Format_BGRA8888": "bgra",
    "Format_BGRA8888_Premultiplied": "bgra",
    "Format_BGRX8888": "bgr0",
    "Format_ARGB8888": "argb",
    "Format_ARGB8888_Premultiplied": "argb",
    "Format_XRGB8888": "0rgb",
    "Format_ABGR8888": "abgr",
    "Format_XBGR8888": "0bgr",
    "Format_RGBA8888": "rgba",
    "Format_RGBX8888": "rgb0",
}
_FULL_RANGE = 2
#: what Qt calls a matrix of colors
_MATRICES = {"ColorSpace_BT601": BT601, "ColorSpace_BT709": BT709, "ColorSpace_BT2020": BT2020}


def to_picture(frame: QVideoFrame) -> av.VideoFrame | None:
    """A copy of a frame that keeps nothing of the camera's memory, upright; None for a format that is not known."""
    from PySide6.QtMultimedia import QVideoFrame

    if not frame.map(QVideoFrame.MapMode.ReadOnly):
        return None
    try:
        picture = _copied(frame)
    finally:
        frame.unmap()
    if picture is None:
        return None
    turns = frame.rotation().value // 90 % 4
    return _turned(picture, turns) if turns else picture


def _copied(frame: QVideoFrame) -> av.VideoFrame | None:
    import av
    from PySide6.QtMultimedia import QVideoFrameFormat

    name = frame.pixelFormat().name
    if name == "Format_Jpeg":
        return _from_jpeg(bytes(frame.bits(0)[: frame.mappedBytes(0)]))
    if name not in FORMATS:
        return None
    picture = av.VideoFrame(frame.width(), frame.height(), FORMATS[name])
    order = (0, 2, 1) if name == "Format_YV12" else range(len(picture.planes))
    for plane, source in zip(picture.planes, order, strict=True):
        _copy_plane(plane, frame, source)
    if frame.surfaceFormat().colorRange() == QVideoFrameFormat.ColorRange.ColorRange_Full:
        picture.color_range = _FULL_RANGE
    picture.colorspace = _MATRICES.get(frame.surfaceFormat().colorSpace().name, picture.colorspace)
    return picture


def _copy_plane(plane: Any, frame: QVideoFrame, number: int) -> None:
    """Row by row: both sides fill their rows up as they like."""
    import numpy as np

    stride = frame.bytesPerLine(number)
    target = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    source = np.frombuffer(frame.bits(number), np.uint8)[: frame.mappedBytes(number)]
    rows = min(plane.height, len(source) // stride)
    wide = min(stride, plane.line_size)
    target[:rows, :wide] = source[: rows * stride].reshape(rows, stride)[:, :wide]


def _from_jpeg(data: bytes) -> av.VideoFrame | None:
    import av
    from av.error import FFmpegError

    try:
        decoder: Any = av.CodecContext.create("mjpeg", "r")
        pictures = decoder.decode(av.Packet(data))
    except FFmpegError:
        return None
    return pictures[0] if pictures else None


def _turned(picture: av.VideoFrame, turns: int) -> av.VideoFrame:
    """Clockwise by quarter turns."""
    import av
    import numpy as np

    pixels: Any = np.ascontiguousarray(np.rot90(picture.to_ndarray(format="bgr24"), -turns))
    return av.VideoFrame.from_ndarray(pixels, format="bgr24")
