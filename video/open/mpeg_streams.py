"""How packs of a program stream begin, and packets of a transport stream (ISO/IEC 13818-1, 2.5.3.3 and 2.4.3.2)."""

from __future__ import annotations

from app.model.units import ByteCount

#: the first bytes of a pack
PACK = b"\0\0\1\xba"
#: a packet itself, and behind its time of arrival as discs and AVCHD have it: bytes in all, and before its head
PACKET: ByteCount = 188
PACKETS: tuple[tuple[ByteCount, ByteCount], ...] = ((PACKET, 0), (192, 4))
#: every head begins so
SYNC = 0x47


def stream_of(packets: bytes, at: ByteCount = 0) -> int:
    """The number of the stream of which the packet is whose head begins at a place (PID)."""
    return (packets[at + 1] & 0x1F) << 8 | packets[at + 2]
