"""How long a film says in its head that it is, where FFmpeg does not pass it on or takes it for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.timecode import SECOND, Micros

if TYPE_CHECKING:
    from video.open.open_film import Film

#: the head of a Windows film lies within so many bytes
_HEAD = 65_536
#: the properties of such a file, and where in them its length (100 ns), what of it is waited for (ms) and marks lie:
#: Advanced Systems Format, revision 01.20.06, 3.2
_PROPERTIES = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
_LENGTH, _WAITED, _MARKS, _END = 64, 80, 88, 92
#: the mark of a film that was sent while it was made: its length is not known
_SENT_LIVE = 1


def written_length(film: Film) -> Micros:
    """From its first picture or sound to its end as its head has it; 0 where it has none.

    The film stands nowhere after it.
    """
    name = film.container.format.name
    if name not in ("flv", "asf"):
        return 0
    told = film.container.duration if name == "flv" else _windows_length(film.bytes_before(_HEAD, _HEAD))
    return max((told or 0) - (film.container.start_time or 0), 0)


def _windows_length(head: bytes) -> Micros:
    at = head.find(_PROPERTIES)
    if at < 0 or len(head) < at + _END or _number(head, at + _MARKS, 4) & _SENT_LIVE:
        return 0
    return max(_number(head, at + _LENGTH, 8) // 10 - _number(head, at + _WAITED, 8) * (SECOND // 1000), 0)


def _number(head: bytes, at: int, size: int) -> int:
    return int.from_bytes(head[at : at + size], "little")
