"""WebVTT read back by FFmpeg, and by the format's own grammar: times, voices and words are those that were written."""

import html
import io
import re

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.webvtt import Cue, webvtt
from app.model.timecode import SECOND

CUE = re.compile(r"(\d+)\n(\d\d+:\d\d:\d\d\.\d{3}) --> (\d\d+:\d\d:\d\d\.\d{3})\n<v ([^>\n]*)>(.*)</v>\n*")
LANGUAGE = re.compile(r"<lang ([^>]*)>(.*)</lang>")
#: what a person types, what a reader of the format would trip over, and what it is made of
TEXT = st.text(st.sampled_from("aä<>&-[]”\n\r\t 1:.—"), max_size=24)
TIMES = st.integers(0, 4 * 3600 * SECOND)
CUES = st.lists(st.builds(lambda s, n, v, t: Cue(s, s + n, v, t), TIMES, st.integers(1, 9 * SECOND), TEXT, TEXT))


def parsed(text: str) -> tuple[str, list[tuple[int, int, str, str, str]]]:
    """By the grammar: the header, and of each cue times in ms, voice, language and words."""
    header, _, rest = text.partition("\n")
    assert header.startswith("WEBVTT - ")
    found, at = [], 1
    while at < len(rest):
        match = CUE.match(rest, at)
        assert match, rest[at : at + 80]
        assert int(match[1]) == len(found) + 1
        spoken = LANGUAGE.fullmatch(match[5])
        words = spoken[2] if spoken else match[5]
        assert "<" not in words
        found.append(
            (ms(match[2]), ms(match[3]), html.unescape(match[4]), spoken[1] if spoken else "", html.unescape(words))
        )
        at = match.end()
    return header.removeprefix("WEBVTT - "), found


def ms(clock: str) -> int:
    hours, minutes, rest = clock.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(rest) * 1000)


def read_by_ffmpeg(text: str) -> list[tuple[int, int, str]]:
    with av.open(io.BytesIO(text.encode()), format="webvtt") as file:
        rate = 1 / (file.streams[0].time_base * 1000)
        packets = [p for p in file.demux() if p.size]
        return [(int(p.pts / rate), int((p.pts + p.duration) / rate), bytes(p).decode()) for p in packets]


def test_lines_as_they_are_read_by_another_program() -> None:
    cues = [
        Cue(1_234_567, 3_000_000, "syntymävanhempi", "Katso tätä!"),
        Cue(2_500_000, 2_500_100, "lapsi", "a < b & c --> d"),
        Cue(3_725_000_000, 3_726_000_400, "tulkki", "Смотри", "ru"),
    ]
    text = webvtt(cues, "Puhuttu 3.11.2026 --> ei aikoja")
    header, rows = parsed(text)
    assert header == "Puhuttu 3.11.2026 – ei aikoja"
    assert rows == [
        (1235, 3000, "syntymävanhempi", "", "Katso tätä!"),
        (2500, 2501, "lapsi", "", "a < b & c --> d"),
        (3_725_000, 3_726_000, "tulkki", "ru", "Смотри"),
    ]
    by_ffmpeg = read_by_ffmpeg(text)
    assert [(start, end) for start, end, _ in by_ffmpeg] == [(start, end) for start, end, *_ in rows]
    assert "Katso tätä!" in by_ffmpeg[0][2]
    assert "Смотри" in by_ffmpeg[2][2]


def test_times_before_the_clocks_zero_count_from_the_films_beginning() -> None:
    (row,) = parsed(webvtt([Cue(-2_000_000, -1_000_000, "lapsi", "x")], "h", start=-5_000_000))[1]
    assert row[:2] == (3000, 4000)


@pytest.mark.parametrize("text", ["NOTE x", "STYLE", "1", "WEBVTT", ""])
def test_words_are_never_taken_for_a_block(text) -> None:
    assert parsed(webvtt([Cue(0, SECOND, "v", text)], "h"))[1][0][4] == text


@given(CUES)
@settings(deadline=None)
def test_whatever_is_typed_is_read_back(cues) -> None:
    _, rows = parsed(webvtt(cues, "h"))
    assert [row[4] for row in rows] == [" ".join(c.text.split()) for c in cues]
    assert [row[2] for row in rows] == [" ".join(c.voice.split()) for c in cues]
    assert all(start < end for start, end, *_ in rows)
    assert all(abs(row[0] * 1000 - c.start) <= 500 for row, c in zip(rows, cues, strict=True))
