"""A key from a file (PKCS#12): it is opened by its passphrase, signs, and is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from app.bounded_file import TooLargeError, read_within
from app.errors import SigningError
from app.statement.key_cost import is_too_dear

#: bytes of a file that can be one: a key with a long chain of certificates has some ten thousand
MOST_BYTES = 1_000_000
#: how a file of this kind begins: a sequence whose first part is the number 3
_SEQUENCE, _VERSION = 0x30, b"\x02\x01\x03"


@dataclass(frozen=True)
class FileKey:
    """The port `SigningKey` over an opened file."""

    certificate: bytes
    chain: tuple[bytes, ...]
    _key: RSAPrivateKey | EllipticCurvePrivateKey = field(repr=False)
    by_card: bool = False

    def sign(self, data: bytes) -> bytes:
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), SHA256())
        return self._key.sign(data, ECDSA(SHA256()))


def read_file(path: Path) -> bytes:
    """The bytes of a key's file. Raises SigningError(`signing-file`) for what is none or cannot be read."""
    try:
        data = read_within(path, MOST_BYTES)
    except TooLargeError as error:
        raise SigningError("signing-file") from error
    except OSError as error:
        raise SigningError("signing-file-unreadable") from error
    if not is_key_file(data):
        raise SigningError("signing-file")
    return data


def is_key_file(data: bytes) -> bool:
    """Whether it begins as PKCS#12 does, whatever stands behind."""
    if len(data) < 8 or data[0] != _SEQUENCE:
        return False
    length = data[1]
    begin = 2 if length <= 0x80 else 2 + (length & 0x7F)  # 0x80: its end is told at the end
    return data[begin : begin + 3] == _VERSION


def opened(data: bytes, passphrase: str) -> FileKey:
    """The key in a file.

    Raises SigningError: `signing-file`, `signing-file-dear`, `signing-passphrase`, `signing-file-no-key`,
    `signing-key-kind`.
    """
    if not is_key_file(data):
        raise SigningError("signing-file")
    if is_too_dear(data):
        raise SigningError("signing-file-dear")
    try:
        key, certificate, more = pkcs12.load_key_and_certificates(data, passphrase.encode() or None)
    except (ValueError, TypeError) as error:
        raise SigningError("signing-passphrase") from error
    if key is None or certificate is None:
        raise SigningError("signing-file-no-key")
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise SigningError("signing-key-kind")
    return FileKey(certificate.public_bytes(Encoding.DER), tuple(c.public_bytes(Encoding.DER) for c in more), key)
