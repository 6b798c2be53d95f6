"""WebVTT (W3C, *WebVTT: The Web Video Text Tracks Format*): lines with their times and voices.

No NOTE blocks: other readers take them for speech. Cues are numbered from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.model.timecode import Micros, clock

_MILLISECOND: Micros = 1000


@dataclass(frozen=True, slots=True)
class Cue:
    """One line: who speaks it, and in which language where that is another than the file's (a BCP 47 tag)."""

    start: Micros
    end: Micros
    voice: str
    text: str
    language: str = ""


def webvtt(cues: Sequence[Cue], header: str, *, start: Micros = 0) -> str:
    """The whole file, in the order of the cues; `header` stands on its first line.

    Times count from `start`, which is 0 or before: the format knows none that is negative. They are whole
    milliseconds, and no cue is without length.
    """
    blocks = [f"WEBVTT - {_plain(header)}"]
    for number, cue in enumerate(cues, start=1):
        begin = max(round((cue.start - start) / _MILLISECOND), 0)
        end = max(round((cue.end - start) / _MILLISECOND), begin + 1)
        words = _escaped(cue.text)
        if cue.language:
            words = f"<lang {_escaped(cue.language)}>{words}</lang>"
        times = f"{_time(begin)} --> {_time(end)}"
        blocks.append(f"{number}\n{times}\n<v {_escaped(cue.voice)}>{words}</v>")
    return "\n\n".join(blocks) + "\n"


def _time(milliseconds: int) -> str:
    return clock(milliseconds * _MILLISECOND, comma=False)


def _plain(text: str) -> str:
    """On one line, and nothing that a reader would take for times."""
    return " ".join(text.split()).replace("-->", "–")


def _escaped(text: str) -> str:
    return _plain(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
