"""H.264 whose pictures are stored field by field, written by hand: no encoder that we have makes such films.

Every macroblock holds its pixels as they are (I_PCM, ITU-T H.264 7.3.5), so no more than the heads has to be coded.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from tests.material.films import HEIGHT, WIDTH, numbered

FPS, GOP = Fraction(25), 10
_SIZE = 16  # of a macroblock
_NUMBER_BITS = 4


class _Bits:
    def __init__(self) -> None:
        self._bits: list[str] = []

    def put(self, value: int, count: int) -> None:
        self._bits.append(f"{value:0{count}b}")

    def ue(self, value: int) -> None:
        coded = f"{value + 1:b}"
        self._bits.append("0" * (len(coded) - 1) + coded)

    def align(self) -> None:
        self._bits.append("0" * (-sum(map(len, self._bits)) % 8))

    def bytes(self) -> bytes:
        whole = "".join(self._bits)
        return int(whole, 2).to_bytes(len(whole) // 8)


def _unit(head: int, content: bytes) -> bytes:
    """A unit of the byte stream: its start code, and nothing in it that looks like one."""
    safe, zeros = bytearray(), 0
    for byte in content:
        if zeros >= 2 and byte <= 3:
            safe.append(3)
            zeros = 0
        safe.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return b"\0\0\0\1" + bytes([head]) + bytes(safe)


def _ended(bits: _Bits) -> bytes:
    bits.put(1, 1)
    bits.align()
    return bits.bytes()


def _sequence() -> bytes:
    bits = _Bits()
    bits.put(77, 8)  # Main
    bits.put(0, 8)
    bits.put(30, 8)
    for value in (0, _NUMBER_BITS - 4, 2, 1):  # id, bits of the number, order of decoding, reference pictures
        bits.ue(value)
    bits.put(0, 1)
    bits.ue(WIDTH // _SIZE - 1)
    bits.ue(HEIGHT // _SIZE // 2 - 1)
    bits.put(0b00100, 5)  # fields, none mixed within a picture; direct_8x8; no cropping, no more words
    return _unit(0x67, _ended(bits))


def _parameters() -> bytes:
    bits = _Bits()
    for value in (0, 0):
        bits.ue(value)
    bits.put(0, 2)
    for value in (0, 0, 0):
        bits.ue(value)
    bits.put(0, 3)
    for _ in range(3):
        bits.ue(0)
    bits.put(0b100, 3)  # filter may be switched off per slice
    return _unit(0x68, _ended(bits))


def _slice(rows: np.ndarray, number: int, *, key: bool, bottom: bool) -> bytes:
    """One field as one slice, of kind I where decoding can begin and P elsewhere."""
    bits = _Bits()
    bits.ue(0)
    bits.ue(7 if key else 5)
    bits.ue(0)
    bits.put(number, _NUMBER_BITS)
    bits.put(1, 1)
    bits.put(int(bottom), 1)
    if key:
        bits.ue(0)
    else:
        bits.put(0, 2)  # as many references as usual, in their usual order
    bits.put(0, 2 if key else 1)  # dec_ref_pic_marking
    bits.ue(0)  # slice_qp_delta 0
    bits.ue(1)  # no filter
    for y in range(0, len(rows), _SIZE):
        for x in range(0, WIDTH, _SIZE):
            if not key:
                bits.ue(0)  # none is left out before it
            bits.ue(25 if key else 30)
            bits.align()
            luma = rows[y : y + _SIZE, x : x + _SIZE]
            bits.put(int.from_bytes(luma.tobytes() + bytes([128]) * 128), 384 * 8)
    return _unit(0x65 if key else 0x61, _ended(bits))


def fields(pictures: int) -> Iterator[tuple[bytes, bool]]:
    """Each field of numbered pictures, first the upper lines, and whether decoding can begin with it."""
    for number in range(pictures):
        luma = np.clip(numbered(number)[:, :, 0], 16, 235)
        place = number % GOP
        head = _sequence() + _parameters() if place == 0 else b""
        yield head + _slice(luma[0::2], place, key=place == 0, bottom=False), place == 0
        yield _slice(luma[1::2], place, key=False, bottom=True), False


def build_fields(path: Path, pictures: int, *, together: bool = False) -> Path:
    """A film with a packet and a time for each field, as some camcorders write it, or one packet for two `together`."""
    coded = list(fields(pictures))
    if together:
        coded = [(first + second, key) for (first, key), (second, _) in zip(coded[::2], coded[1::2], strict=True)]
    with av.open(str(path), "w") as out:
        stream = out.add_stream("h264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.time_base = 1 / FPS / 2
        for at, (content, is_key) in enumerate(coded):
            packet = av.Packet(content)
            packet.stream, packet.time_base = stream, 1 / FPS / 2
            packet.pts = packet.dts = at * (2 if together else 1)
            packet.is_keyframe = is_key
            out.mux(packet)
    return path


def in_other_container(film: Path, path: Path) -> Path:
    """The same packets copied into another container."""
    with av.open(str(film)) as read, av.open(str(path), "w") as out:
        stream = out.add_stream_from_template(read.streams.video[0])
        for packet in read.demux(video=0):
            if packet.size:
                packet.stream = stream
                out.mux(packet)
    return path
