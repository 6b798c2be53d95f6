"""Marks of damage in a transport stream that are none: where one file was copied behind another.

Every packet of a stream carries a number of 4 bits (ISO/IEC 13818-1, 2.4.3.3, continuity_counter). A file begins to
count anew; FFmpeg takes that for packets that were lost, and marks the picture before it. Nothing was lost there when
the stream's tables come first, numbered from 0 themselves, and then the beginning of a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.model.units import ByteCount
from video.open.mpeg_streams import stream_of
from video.open.parting import TRANSPORT, packet_size

if TYPE_CHECKING:
    from av.packet import Packet

    from video.open.open_film import Film

#: the lost packet of a marked picture is looked for so far behind the picture's beginning (bytes)
_FAR: ByteCount = 2 * 2**20
_TABLE = 0


def is_spoiled(film: Film, packet: Packet[Any]) -> bool:
    """Whether a packet of pictures is marked as damaged, and not only because another file begins behind it."""
    if not packet.is_corrupt:
        return False
    if film.container.format.name != TRANSPORT or packet.pos is None or packet.pos < 0:
        return True
    found = packet_size(film, packet.pos)
    if found is None:
        return True
    size, lead = found
    row = film.bytes_before(packet.pos + _FAR, _FAR)
    return not _file_begins(row, size, lead, film.pictures.id)


@dataclass(slots=True)
class _Header:
    """The head of one packet (2.4.3.2)."""

    has_error: bool
    begins: bool
    stream: int
    has_content: bool
    is_new_clock: bool  # it says itself that its numbers begin anew
    number: int

    @classmethod
    def of(cls, packet: bytes) -> _Header:
        kind, number = packet[3] >> 4 & 3, packet[3] & 15
        is_new = bool(kind & 2 and packet[4] and packet[5] & 0x80)
        return cls(bool(packet[1] & 0x80), bool(packet[1] & 0x40), stream_of(packet), bool(kind & 1), is_new, number)


def _file_begins(row: bytes, size: ByteCount, lead: ByteCount, pictures: int) -> bool:
    """Whether the first break in the numbers of a row of packets is where a file begins."""
    last: int | None = None
    table: int | None = None
    for at in range(lead, len(row) - size + lead + 1, size):
        head = _Header.of(row[at : at + 6])
        if head.stream == _TABLE:
            table = head.number
        if head.stream != pictures:
            continue
        if head.has_error:
            return False
        expected = last if last is None or not head.has_content else (last + 1) % 16
        if expected not in (None, head.number) and not head.is_new_clock:
            begins = head.begins and table == 0
            if begins or head.number != last:  # a packet may be sent twice, and a file begin with the same number
                return begins
        last, table = head.number, None
    return False
