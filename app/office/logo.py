"""A logo as a document can carry it: read from a file, made small, in sRGB and without transparency."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from typing import Any

from PIL import Image, ImageCms, ImageOps

from app.errors import InputError
from app.model.units import ByteCount

#: of a file that is looked at, and of a logo that is kept
LARGEST_FILE: ByteCount = 5_000_000
LARGEST: ByteCount = 150_000
#: pixels of a picture that is opened at all
MOST_PIXELS = 40_000_000
#: pixels of a logo, wide and high: 60 × 24 mm of print at 330 dpi, and less where it would be too many bytes
SIZES = ((800, 320), (600, 240), (400, 160), (260, 104))
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, IndexError, MemoryError)


def read_logo(content: bytes) -> bytes:
    """A PNG file from the bytes of a PNG or JPEG. Raises InputError `logo-too-large`, `logo-unreadable`."""
    if len(content) > LARGEST_FILE:
        raise InputError("logo-too-large")
    try:
        picture = _plain(_opened(content))
    except _BROKEN as error:
        raise InputError("logo-unreadable") from error
    for size in SIZES:
        made = _file(picture, size)
        if len(made) <= LARGEST:
            break
    return made


def _opened(content: bytes) -> Any:
    """Decoded, the right way up. Raises one of `_BROKEN`, InputError `logo-too-large`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # asked below, by our own measure
        try:
            picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        except Image.DecompressionBombError as error:
            raise InputError("logo-too-large") from error
    if picture.width * picture.height > MOST_PIXELS:
        raise InputError("logo-too-large")
    picture.load()
    return ImageOps.exif_transpose(picture)


def _plain(picture: Any) -> Any:
    """In sRGB, what was transparent as white paper."""
    profile = picture.info.get("icc_profile")
    if picture.mode in ("P", "PA", "LA", "RGBA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return _in_srgb(Image.alpha_composite(paper, seen).convert("RGB"), profile)
    if picture.mode not in ("RGB", "CMYK", "L"):
        picture = picture.convert("RGB")
    return _in_srgb(picture, profile)


def _in_srgb(picture: Any, profile: bytes | None) -> Any:
    """By the picture's own profile; without one, or with one that is not of its colors, as it is."""
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return picture.convert("RGB")
    return picture.convert("RGB")


def _file(picture: Any, most: tuple[int, int]) -> bytes:
    """A PNG of nothing but the picture, no larger than `most`."""
    made = picture.copy()
    made.thumbnail(most, Image.Resampling.LANCZOS)
    made.info = {}
    out = io.BytesIO()
    made.save(out, "PNG", optimize=True)
    return out.getvalue()
