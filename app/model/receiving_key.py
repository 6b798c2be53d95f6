"""The text of a key for which a package is sealed, and the digits by which two people make sure of it by phone.

The text is an `age` recipient (age-encryption.org/v1): Bech32 of 32 bytes with the prefix `age` (BIP 173, without its
limit of 90 characters). The digits are of a hash of those bytes: who reads them out says which key is meant.
"""

from __future__ import annotations

import hashlib
import re

from app.errors import InputError

PREFIX = "age"
KEY_BYTES = 32
#: a text that is longer than this is no key with some words around it
MOST_CHARACTERS = 4096
#: read out by phone: thirty digits are 99 bits, which nobody finds a second key for
GROUPS, DIGITS = 6, 5

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK_LETTERS = 6
_KEY = re.compile(r"(?i)\bage1[0-9a-z]{58}\b")
_DOMAIN = b"havainto/1/fingerprint"


def encoded(prefix: str, content: bytes) -> str:
    """Bech32 of some bytes, in small letters."""
    letters = _regrouped(content, 8, 5, pad=True)
    assert letters is not None, "whole bytes always fit"
    check = _polymod([*_expanded(prefix), *letters, *[0] * _CHECK_LETTERS]) ^ 1
    tail = [(check >> 5 * (_CHECK_LETTERS - 1 - place)) & 31 for place in range(_CHECK_LETTERS)]
    return f"{prefix}1{''.join(_LETTERS[letter] for letter in [*letters, *tail])}"


def decoded(prefix: str, text: str) -> bytes | None:
    """The bytes of a Bech32 text with this prefix; None when a letter is wrong, or it is another's."""
    small = text.lower()
    if text not in (small, text.upper()) or not small.startswith(f"{prefix}1"):
        return None
    letters = [_LETTERS.find(letter) for letter in small[len(prefix) + 1 :]]
    if min(letters, default=-1) < 0 or _polymod([*_expanded(prefix), *letters]) != 1:
        return None
    content = _regrouped(letters[:-_CHECK_LETTERS], 5, 8, pad=False)
    return None if content is None else bytes(content)


def key_in(text: str) -> str:
    """The one receiving key that stands in a text, such as a message or the content of a file.

    Raises InputError: `receiving-key-missing`, `receiving-keys-many`, `receiving-key-mistyped`.
    """
    found = {match.group().lower() for match in _KEY.finditer(text[:MOST_CHARACTERS])}
    if not found or len(text) > MOST_CHARACTERS:
        raise InputError("receiving-key-missing")
    if len(found) > 1:
        raise InputError("receiving-keys-many")
    (key,) = found
    if len(decoded(PREFIX, key) or b"") != KEY_BYTES:
        raise InputError("receiving-key-mistyped")
    return key


def fingerprint(key: str) -> tuple[str, ...]:
    """Six groups of five digits to read out: each is five bytes of SHA-256 of the key's bytes, modulo 100 000."""
    digest = hashlib.sha256(_DOMAIN + (decoded(PREFIX, key) or b"")).digest()
    parts = (digest[DIGITS * group : DIGITS * (group + 1)] for group in range(GROUPS))
    return tuple(f"{int.from_bytes(part) % 10**DIGITS:0{DIGITS}d}" for part in parts)


def is_fingerprint(heard: str, key: str) -> bool:
    """Whether the digits that somebody read out are those of a key; what stands between them does not matter."""
    return re.sub(r"[\s.,·–-]", "", heard) == "".join(fingerprint(key))


def _expanded(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _polymod(letters: list[int]) -> int:
    """The checksum of BIP 173."""
    check = 1
    for letter in letters:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ letter
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if (top >> place) & 1 else 0
    return check


def _regrouped(values: bytes | list[int], width: int, wanted: int, *, pad: bool) -> list[int] | None:
    """Bits in groups of another width; None when bits that only fill up are not zero, or are a whole group."""
    held = bits = 0
    made = []
    for value in values:
        held, bits = (held << width | value) & 0xFFF, bits + width
        while bits >= wanted:
            bits -= wanted
            made.append((held >> bits) & ((1 << wanted) - 1))
    left = (held << (wanted - bits)) & ((1 << wanted) - 1)
    if pad:
        return [*made, left] if bits else made
    return None if bits >= width or left else made
