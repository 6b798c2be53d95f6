"""Bits of a coded unit, and numbers of which small ones are written with few of them (ITU-T H.264 9.1, H.265 9.2)."""

from __future__ import annotations

#: zeros before a number; longer ones are damage
_LONGEST_GOLOMB = 32


class Bits:
    """Reads bits of a unit, the bytes that only keep start codes apart left out. Raises ValueError at the end."""

    def __init__(self, content: bytes) -> None:
        plain = content.replace(b"\0\0\3", b"\0\0")
        self._bits = f"{int.from_bytes(plain):0{len(plain) * 8}b}" if plain else ""
        self._at = 0

    def take(self, count: int) -> int:
        """The number that the next `count` bits are."""
        if self._at + count > len(self._bits):
            raise ValueError("end")
        self._at += count
        return int(self._bits[self._at - count : self._at] or "0", 2)

    def golomb(self) -> int:
        """ue(v)."""
        zeros = self._bits.index("1", self._at) - self._at
        if zeros > _LONGEST_GOLOMB:
            raise ValueError("number")
        self._at += zeros
        return self.take(zeros + 1) - 1
