"""How a film is decoded soonest on this computer: by how many threads, and which pictures are left out on the way."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from av.video.stream import VideoStream

#: more threads decode hardly faster and hold a large picture each
MOST_THREADS = 6
#: threads beyond the cores: a picture that waits for rows of the one before it leaves its core to another
BEYOND_CORES = 3
#: these say in the packet which pictures no other one is made from (H.264: nal_ref_idc; MPEG: B pictures)
TELLING = frozenset(["h264", "hevc", "mpeg1video", "mpeg2video", "mpeg4"])
#: in HEVC a picture may still be referred to by pictures of a higher layer, from no farther than the decoder remembers
REMEMBERED = 16

_START = re.compile(rb"\x00\x00\x01")
_SLICES = frozenset([1, 5])  # ITU-T H.264, nal_unit_type


def choose_threads(stream: VideoStream, first: Any) -> None:
    """Before the `first` packet is decoded: cut pictures are shared among the cores, whole ones decoded side by side.

    A picture in as many slices as there are cores costs less so, and comes out as soon as it went in.
    """
    if stream.codec_context.is_open:
        return
    cores = min(os.cpu_count() or 1, MOST_THREADS)
    if cores > 1 and stream.codec.canonical_name == "h264" and slices(bytes(first), stream) >= cores:
        stream.thread_type, stream.thread_count = "SLICE", cores
        return
    stream.thread_type, stream.thread_count = "AUTO", min(cores + BEYOND_CORES, MOST_THREADS)


def hurry(stream: VideoStream, hurries: bool) -> None:
    """Leave out of the next packets those pictures that no other one is made from, or none.

    What is decoded is the same to the bit either way: the films say themselves that nothing refers to what is left out.
    """
    stream.codec_context.skip_frame = "NONREF" if hurries else "DEFAULT"


def slices(packet: bytes, stream: VideoStream) -> int:
    """How many slices a picture of H.264 has, or each of a packet's two fields; 0 when that cannot be read."""
    extra = bytes(stream.codec_context.extradata or b"")
    units = _with_lengths(packet, (extra[4] & 3) + 1) if extra[:1] == b"\1" and len(extra) > 4 else _with_starts(packet)
    found = [unit for unit in units if len(unit) > 1 and unit[0] & 31 in _SLICES]
    pictures = sum(unit[1] >> 7 for unit in found)  # first_mb_in_slice is 0
    return len(found) // max(pictures, 1)


def _with_lengths(packet: bytes, size: int) -> list[bytes]:
    """The first bytes of every unit, in MP4 and Matroska (ISO/IEC 14496-15)."""
    units, at = [], 0
    while at + size < len(packet):
        units.append(packet[at + size : at + size + 2])
        at += size + int.from_bytes(packet[at : at + size], "big")
    return units


def _with_starts(packet: bytes) -> list[bytes]:
    """The same where units begin with a start code."""
    return [packet[found.end() : found.end() + 2] for found in _START.finditer(packet)]
