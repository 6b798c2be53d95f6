"""Films that were copied behind another one into the same file: where each begins, by the bytes of its container.

FFmpeg reads the first and says nothing of the rest (MP4, MOV, 3GP, Flash, Windows, Ogg), reads on with the first one's
table and sound (AVI), or refuses the file (MXF). A container that says where it ends is followed to that place; a film
of any kind may begin there, or within a little that a camera or a program hung on. What else lies there is no film.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeAlias

from app.model.units import ByteCount
from video.open.boxes import TOP, boxes
from video.open.file_window import FileWindow

#: a film begins so far behind the end of another at most: cameras hang their own data on a film
_FAR: ByteCount = 2**20
#: no file holds more films than this
_MOST = 200
#: a Matroska film's head, and what may lie before its segment
_BEFORE_SEGMENT = 4
#: pieces of a container between two signs of life
_SIGN_OF_LIFE = 1000

Alive: TypeAlias = Callable[[], None]
#: the place after the film that begins at a place; None where its container does not tell
_End: TypeAlias = Callable[[FileWindow, ByteCount, Alive], "ByteCount | None"]


def films_behind(file: BinaryIO, alive: Alive = lambda: None) -> tuple[ByteCount, ...]:
    """Where films begin behind the first one of a file, in bytes; nothing where there is one film and whatever else."""
    window, begin = FileWindow(file), 0
    places: list[ByteCount] = []
    while len(places) < _MOST:
        end = _end_of(window, begin, alive)
        following = None if end is None else _next_head(window, end)
        if following is None or following <= begin:
            break
        places.append(following)
        begin = following
    return tuple(places)


def _at(window: FileWindow, place: ByteCount, length: ByteCount) -> bytes:
    """Nothing beyond the end, wherever a damaged length leads."""
    return window.at(place, length) if place < window.size else b""


def _end_of(window: FileWindow, begin: ByteCount, alive: Alive) -> ByteCount | None:
    head = _at(window, begin, 64)
    for sign, end in _KINDS:
        if sign.match(head):
            return end(window, begin, alive)
    return _end_of_boxes(window, begin, alive) if _is_tables(window, begin) else None


def _next_head(window: FileWindow, place: ByteCount) -> ByteCount | None:
    """The first place behind an end at which a film begins."""
    if place >= window.size:
        return None  # its last piece says that it ends beyond the file
    if _is_tables(window, place):
        return place
    held = _at(window, place, _FAR)
    found = [place + match.start() for sign, _ in _KINDS for match in sign.finditer(held)]
    return next((at for at in sorted(found) if _holds_film(window, at)), None)


def _holds_film(window: FileWindow, place: ByteCount) -> bool:
    """A head of an MP4 alone, as a photograph has it, too, is no film yet."""
    return not _MP4.match(_at(window, place, 64)) or _is_tables(window, place)


def _is_tables(window: FileWindow, place: ByteCount) -> bool:
    """Whether boxes of an MP4 or MOV with a table of contents and pictures follow each other from a place on."""
    kinds = []
    for one in boxes(window, place, window.size):
        if one.kind not in TOP:
            break
        kinds.append(one.kind)
    return bool(kinds) and b"mdat" in kinds and (b"moov" in kinds or kinds[0] == b"ftyp")


def _end_of_boxes(window: FileWindow, begin: ByteCount, _: Alive) -> ByteCount | None:
    """MP4, MOV, 3GP (ISO/IEC 14496-12): up to another head or another table of contents, of which each film has one.

    A table without content behind it is one that a recorder wrote again when it finished. Where a film's table comes
    after its content, so does the next one's: then that begins where the table ends.
    """
    table: ByteCount | None = None  # where the film's table ends
    content_first, seen = False, False
    end = begin
    for one in boxes(window, begin, window.size):
        if one.kind not in TOP and not (one.is_whole and _NAME.fullmatch(one.kind)):
            return one.begin
        another = one.kind == b"ftyp" and one.begin > begin and seen
        if another and _is_tables(window, one.begin):
            return one.begin
        if one.kind == b"moov" and table is not None:
            place = table if content_first else one.begin
            return place if _is_tables(window, place) else window.size
        if one.kind == b"moov":
            table, content_first = one.end, seen
        seen = seen or one.kind == b"mdat"
        end = one.end
    return end


def _end_of_riff(window: FileWindow, begin: ByteCount, _: Alive) -> ByteCount | None:
    """AVI: a list that says how long it is, and such lists of the same film behind it (OpenDML 1.02)."""
    end = begin
    while True:
        head = _at(window, end, 12)
        if head[:4] != b"RIFF" or (end > begin and head[8:] != b"AVIX"):
            return end
        size = int.from_bytes(head[4:8], "little")
        if size < 4:
            return None  # never finished
        end += 8 + size + size % 2


def _end_of_tags(window: FileWindow, begin: ByteCount, alive: Alive) -> ByteCount | None:
    """Flash: a head, then tags of sound, pictures and data, each with its length (FLV 10.1, E.3 and E.4)."""
    at = begin + int.from_bytes(_at(window, begin + 5, 4), "big") + 4
    for _ in _steps(alive):
        head = _at(window, at, 4)
        if len(head) < 4 or head[0] & 0x1F not in (8, 9, 18):
            return at
        at += 11 + int.from_bytes(head[1:4], "big") + 4
    return None


def _end_of_objects(window: FileWindow, begin: ByteCount, _: Alive) -> ByteCount | None:
    """Windows Media: a head, the data, and indexes, each with its length (ASF 01.20.06, 2.2)."""
    at = begin
    while True:
        head = _at(window, at, 24)
        size = int.from_bytes(head[16:24], "little")
        if len(head) < 24 or (at > begin and _ASF.match(head)) or head[:16] not in _OBJECTS:
            return at
        if size < 24:
            return None  # sent while it was made: its length is not known
        at += size


def _end_of_pages(window: FileWindow, begin: ByteCount, alive: Alive) -> ByteCount | None:
    """Ogg: pages (RFC 3533, 6). A film's streams begin before any of its other pages."""
    at, begun = begin, False
    for _ in _steps(alive):
        head = _at(window, at, 27)
        if head[:4] != b"OggS" or len(head) < 27:
            return at if begun else None  # damaged among its own streams' beginnings
        begins = bool(head[5] & 2)
        if begins and begun:
            return at
        begun = begun or not begins
        at += 27 + head[26] + sum(_at(window, at + 27, head[26]))
    return None


def _end_of_triplets(window: FileWindow, begin: ByteCount, alive: Alive) -> ByteCount | None:
    """MXF: a key, a length and a value (SMPTE ST 377-1, 6.3), up to the head of another file."""
    at = begin
    for _ in _steps(alive):
        head = _at(window, at, 25)
        if head[:4] != b"\x06\x0e\x2b\x34" or len(head) < 17 or (at > begin and _MXF.match(head)):
            return at
        more = head[16] & 0x7F if head[16] & 0x80 else 0
        size = int.from_bytes(head[17 : 17 + more], "big") if more else head[16]
        at += 17 + more + size
    return None


def _end_of_segment(window: FileWindow, begin: ByteCount, _: Alive) -> ByteCount | None:
    """Matroska: a head and a segment, each with its length (RFC 9559, 4.5), and nothing between them of any size."""
    at = begin
    for _part in range(_BEFORE_SEGMENT):
        head = _at(window, at, 12)
        wide = 9 - head[4].bit_length() if len(head) == 12 else 9
        if wide > 8:
            return None
        size = int.from_bytes(head[4 : 4 + wide], "big") & (1 << 7 * wide) - 1
        is_segment = head[:4] == b"\x18\x53\x80\x67"
        if is_segment and size == (1 << 7 * wide) - 1:
            return None  # sent while it was made: its clock tells where another one begins
        at += 4 + wide + size
        if is_segment:
            return at
    return None


def _steps(alive: Alive) -> Iterator[None]:
    """Without end; tells now and then that it goes on."""
    number = 0
    while True:
        if number % _SIGN_OF_LIFE == 0:
            alive()
        number += 1
        yield None


def _sign(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern, re.DOTALL)


#: cameras have boxes of their own
_NAME = re.compile(rb"[0-9A-Za-z_]{4}")
_MP4 = _sign(rb"\x00\x00[\x00\x01].ftyp[ -~]{4}")
_ASF = _sign(re.escape(bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")))
_MXF = _sign(re.escape(bytes.fromhex("060e2b34020501010d0102010102")))
#: of a Windows film: its head, its data, and four kinds of index
_OBJECTS = frozenset(
    bytes.fromhex(kind)
    for kind in (
        "3026b2758e66cf11a6d900aa0062ce6c",
        "3626b2758e66cf11a6d900aa0062ce6c",
        "90080033b1e5cf1189f400a0c90349cb",
        "d329e2d6da35d111903400a0c90349be",
        "f803b1fead12644c840f2a1d2f7ad48c",
        "d03fb73c4a0c0348953dedf7b6228f0c",
    )
)
#: how each kind of film begins, and who finds its end
_KINDS: tuple[tuple[re.Pattern[bytes], _End], ...] = (
    (_MP4, _end_of_boxes),
    (_sign(rb"RIFF....AVI LIST....hdrl"), _end_of_riff),
    (_sign(rb"FLV\x01[\x00-\x07]\x00\x00\x00\x09\x00{4}"), _end_of_tags),
    (_ASF, _end_of_objects),
    (_sign(rb"OggS\x00\x02\x00{8}"), _end_of_pages),
    (_MXF, _end_of_triplets),
    (_sign(rb"\x1a\x45\xdf\xa3.{1,40}\x42\x82.(?:webm|matroska)"), _end_of_segment),
)
