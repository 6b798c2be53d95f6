"""The streams of a film that was refused, as its header tells them: figures and words of FFmpeg's lists, no titles.

For the problem report. Made in the checking child only, and believed by `believed_layout` only within limits.
"""

from __future__ import annotations

import re
from typing import Any

from app.errors import FilmError
from video.open.handed_file import Openable
from video.open.open_film import open_container

MOST_STREAMS = 16
_WORD = re.compile(r"^[a-z0-9_,]{1,48}$")
_NUMBERS = frozenset(
    ["bytes", "width", "height", "frames", "duration_us", "rate_per_1000_s", "channels", "sample_rate", "streams"]
)
_WORDS = frozenset(["container", "stream", "codec", "pixels"])
_LARGEST = 2**62


def layout_of(film: Openable) -> list[dict[str, Any]]:
    """The container and its streams, one dict each; only the size in bytes of what cannot be opened at all."""
    whole: dict[str, Any] = {"bytes": 0}
    try:
        whole["bytes"] = film.stat().st_size
        with film.open("rb") as file, open_container(file) as container:
            whole |= {"container": container.format.name, "streams": len(container.streams)}
            return [whole, *(_stream(s) for s in list(container.streams)[:MOST_STREAMS])]
    except (FilmError, OSError):
        return [whole]


def believed_layout(told: object) -> tuple[dict[str, Any], ...]:
    """What of a child's answer is a layout: known names, small words, whole numbers. The rest is left out."""
    rows = told if isinstance(told, list) else []
    found = [{k: v for k, v in row.items() if _fits(k, v)} for row in rows[: MOST_STREAMS + 1] if isinstance(row, dict)]
    return tuple(row for row in found if row)


def _stream(stream: Any) -> dict[str, Any]:
    codec = getattr(stream, "codec_context", None)
    row: dict[str, Any] = {"stream": stream.type, "frames": stream.frames}
    if stream.duration is not None and stream.time_base:
        row["duration_us"] = int(stream.duration * stream.time_base * 1_000_000)
    if codec is None:
        return row
    row["codec"] = codec.name
    if stream.type == "video":
        rate = stream.average_rate
        row |= {"width": codec.width, "height": codec.height, "pixels": codec.pix_fmt or "none"}
        row |= {"rate_per_1000_s": int(rate * 1000)} if rate else {}
    if stream.type == "audio":
        row |= {"channels": codec.channels, "sample_rate": codec.sample_rate}
    return row


def _fits(key: object, value: object) -> bool:
    if key in _NUMBERS:
        return type(value) is int and -_LARGEST < value < _LARGEST
    return key in _WORDS and isinstance(value, str) and _WORD.match(value) is not None
