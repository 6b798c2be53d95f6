"""Whether two files are pieces of one program or transport stream that was cut by size, within a picture or a packet.

A recorder that ends a file because it is full, and not because a picture has ended, leaves pieces that are no films of
their own. Two things must come together. The stream's own clock goes on: its first reading in a file follows the last
one of the file before by no more than a stream may be without one (ISO/IEC 13818-1, 2.7.1 and 2.7.2: 0.7 s in a program
stream, 0.1 s in a transport stream; the longer time is given to both). And the file does not begin as a recording does:
with a whole packet, that is the first of a picture from which a decoder can start, and no picture after it is made from
one of the file before (an open group). Files that do are joined as chapters
are, and their clocks may tell of a hole.

Nothing here trusts what it reads: it compares numbers in a few bytes, and the gate looks at what comes of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from app.model.units import ByteCount
from video.open.mpeg_streams import PACK, PACKET, PACKETS, SYNC, stream_of

#: so much of a file's end and of the next one's beginning holds a reading of the clock, at 40 Mbit/s and 0.2 s
_LOOKED_AT: ByteCount = 2**20
#: clocks of 33 bits count 90 000 a second
_TICKS, _CLOCK = 90_000, 2**33
_LONGEST_SILENCE = 7 * _TICKS // 10
_PACK_LENGTH = 14
#: first codes of a packet of pictures in a program stream, 2.4.3.7
_PICTURES = range(0xE0, 0xF0)
#: what comes before a picture that needs no other: MPEG-1 and 2, MPEG-4, H.264
_STARTS = (b"\0\0\1\xb3", b"\0\0\1\xb0", b"\0\0\1\x67", b"\0\0\1\x27", b"\0\0\1\x47")
#: the head of a group of pictures, and so many bytes of what comes before its first picture
_GROUP, _HEADERS = b"\0\0\1\xb8", 512
#: so many packets in a row prove a transport stream
_PROOF = 6
_EMPTY = 0x1FFF


def cut_within(before: BinaryIO, after: BinaryIO) -> bool:
    """Whether `after` is the next piece of the stream of which `before` is one, and begins within a picture.

    Both are seekable; where they stand afterward is left open.
    """
    before.seek(max(before.seek(0, io.SEEK_END) - _LOOKED_AT, 0))
    end = before.read(_LOOKED_AT)
    after.seek(0)
    beginning = after.read(_LOOKED_AT)
    return _is_cut_program(end, beginning) or _is_cut_transport(end, beginning)


def _goes_on(last: int | None, first: int | None) -> bool:
    return last is not None and first is not None and (first - last) % _CLOCK <= _LONGEST_SILENCE


# program streams


def _is_cut_program(end: bytes, beginning: bytes) -> bool:
    last = next((clock for clock in _pack_clocks(end, backward=True)), None)
    first = next((clock for clock in _pack_clocks(beginning)), None)
    return _goes_on(last, first) and not _begins_program(beginning)


def _pack_clocks(data: bytes, *, backward: bool = False) -> Iterator[int]:
    """What the clock of each pack says (SCR base, 2.5.3.3; ISO/IEC 11172-1, 2.4.3.2), in ticks."""
    at = data.rfind(PACK) if backward else data.find(PACK)
    while at >= 0:
        clock = _pack_clock(data[at + 4 : at + _PACK_LENGTH])
        if clock is not None:
            yield clock
        at = data.rfind(PACK, 0, at) if backward else data.find(PACK, at + 1)


def _pack_clock(head: bytes) -> int | None:
    """None where the marker bits are not those of a pack."""
    if len(head) < 6:
        return None
    if head[0] & 0xC4 == 0x44 and head[2] & head[4] & 0x04 and head[5] & 0x01:
        bits = int.from_bytes(head[:5], "big")
        return (bits >> 35 & 0x7) << 30 | (bits >> 19 & 0x7FFF) << 15 | bits >> 3 & 0x7FFF
    if head[0] & 0xF1 == 0x21 and head[2] & head[4] & 0x01:
        bits = int.from_bytes(head[:5], "big")
        return (bits >> 33 & 0x7) << 30 | (bits >> 17 & 0x7FFF) << 15 | bits >> 1 & 0x7FFF
    return None


def _begins_program(data: bytes) -> bool:
    """Whether it begins with a pack, and its first packet of pictures begins with what a decoder starts from."""
    if not data.startswith(PACK):
        return False
    at = data.find(b"\0\0\1", 4)
    while 0 <= at < len(data) - 9:
        code = data[at + 3]
        if code in _PICTURES:
            pictures = _payload(data, at)
            starts = pictures.startswith(_STARTS) or pictures[1:].startswith(_STARTS)
            return starts and not _is_open_group(pictures)
        # a packet says how long it is; a pack does not, and is passed over
        length = 0 if code == PACK[3] else int.from_bytes(data[at + 4 : at + 6], "big") + 2
        at = data.find(b"\0\0\1", at + 4 + length)
    return False


def _payload(data: bytes, at: int) -> bytes:
    """The first bytes of what a packet at `at` carries; nothing where it does not say when its picture is shown."""
    head = data[at + 6 : at + 6 + 3]
    if head[0] & 0xC0 == 0x80:  # ISO/IEC 13818-1, 2.4.3.6
        first = at + 9 + head[2]
        return data[first : first + _HEADERS] if head[1] & 0x80 else b""
    first = at + 6  # ISO/IEC 11172-1, 2.4.3.3: stuffing, a buffer's size, then times
    while data[first : first + 1] == b"\xff":
        first += 1
    if data[first : first + 1] and data[first] & 0xC0 == 0x40:
        first += 2
    told = data[first : first + 1]
    length = {0x20: 5, 0x30: 10}.get(told[0] & 0xF0 if told else 0)
    return b"" if length is None else data[first + length : first + length + _HEADERS]


def _is_open_group(pictures: bytes) -> bool:
    """Whether the first group of pictures leans on one before it that was not cut away (13818-2, 6.3.8)."""
    at = pictures.find(_GROUP)
    closed_or_cut = 0x60
    return 0 <= at < len(pictures) - 7 and not pictures[at + 7] & closed_or_cut


# transport streams


@dataclass
class _Packets:
    """What the packets of a stretch say: the clock of each stream that has one, and how the stretch begins."""

    lead: ByteCount
    clocks: dict[int, list[int]] = field(default_factory=dict)
    begun: dict[int, bool] = field(default_factory=dict)
    starts_decoding: bool | None = None

    def read(self, packet: bytes) -> None:
        number = stream_of(packet)
        if number == _EMPTY:
            return
        flags = packet[5] if packet[3] & 0x20 and packet[4] else 0
        if flags & 0x10 and packet[4] >= 7:
            self.clocks.setdefault(number, []).append(int.from_bytes(packet[6:11], "big") >> 7)
        if packet[3] & 0x10:
            self._carries(number, packet, flags)

    def _carries(self, number: int, packet: bytes, flags: int) -> None:
        begins = bool(packet[1] & 0x40)
        self.begun.setdefault(number, begins)
        payload = packet[4 + (packet[4] + 1 if packet[3] & 0x20 else 0) :]
        if (
            self.starts_decoding is None
            and begins
            and payload[:3] == b"\0\0\1"
            and payload[3:4]
            and (payload[3] in _PICTURES or payload[3] == 0xFD)
        ):
            self.starts_decoding = bool(flags & 0x40)  # random access, 2.4.3.5


def _is_cut_transport(end: bytes, beginning: bytes) -> bool:
    before, after = _packets_of(end), _packets_of(beginning)
    if before is None or after is None:
        return False
    both = before.clocks.keys() & after.clocks.keys()
    if not any(_goes_on(before.clocks[n][-1], after.clocks[n][0]) for n in both):
        return False
    begins = after.lead == 0 and all(after.begun.values()) and bool(after.starts_decoding)
    return not begins


def _packets_of(data: bytes) -> _Packets | None:
    """None where the bytes are no transport stream; `lead` is how far into them the first whole packet lies."""
    found = next(
        ((size, first) for size, head in PACKETS for first in range(size) if _are_packets(data, first + head, size)),
        None,
    )
    if found is None:
        return None
    size, first = found
    head = dict(PACKETS)[size]
    packets = _Packets(first)
    for at in range(first + head, len(data) - PACKET + 1, size):
        if data[at] == SYNC:
            packets.read(data[at : at + PACKET])
    return packets


def _are_packets(data: bytes, first: int, size: ByteCount) -> bool:
    begins = data[first : first + size * _PROOF : size]
    return len(begins) == _PROOF and begins == bytes([SYNC]) * _PROOF
