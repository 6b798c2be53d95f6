"""How dear a PKCS#12 file makes it to try a passphrase: it says itself how often a key is derived over and over.

A file from elsewhere may say a number that would hold the program for hours, and the library that opens it asks nobody.
"""

from __future__ import annotations

#: repetitions in all: makers of key files ask for some thousands, the most careful for some hundred thousand
MOST = 3_000_000
_INTEGER, _OCTETS, _DEEPEST = 2, 4, 24
#: bits of the first byte, and the length that is told at the end
_TAG, _MADE_UP, _OPEN = 0x1F, 0x20, 0x80


def is_too_dear(data: bytes) -> bool:
    """Whether more repetitions are asked for than `MOST`; what is no ASN.1 asks for none.

    In every scheme of PKCS#12 the number stands right after the salt: PBKDF2, PBES1, the older ones and the MAC. Parts
    that are encrypted hide others only from who has no passphrase, and whoever has it made the file.
    """
    asked, waiting = 0, [(data, 0)]
    while waiting:
        content, depth = waiting.pop()
        salted = False
        for kind, is_made_up, inside in _parts(content):
            if salted and kind == _INTEGER:
                asked += max(int.from_bytes(inside, signed=True), 0)
            salted = kind == _OCTETS or (salted and kind == _INTEGER)
            if depth < _DEEPEST and (is_made_up or (kind == _OCTETS and inside[:1] == b"\x30")):
                waiting.append((inside, depth + 1))
    return asked > MOST


def _parts(content: bytes) -> list[tuple[int, bool, bytes]]:
    """Tag, whether it has parts, and bytes of each element, as far as they are elements (X.690, 8.1).

    One whose end is told at its end goes on as far as there are bytes: nothing of it is passed over.
    """
    found, at = [], 0
    while at + 2 <= len(content):
        kind, length, begin = content[at], content[at + 1], at + 2
        if length == _OPEN:
            length = len(content) - begin
        elif length > _OPEN:
            begin, length = begin + length - _OPEN, int.from_bytes(content[begin : begin + length - _OPEN])
        if kind & _TAG == _TAG or begin + length > len(content):  # tags of several bytes are in no such file
            break
        found.append((kind & _TAG, bool(kind & _MADE_UP), content[begin : begin + length]))
        at = begin + length
    return found
