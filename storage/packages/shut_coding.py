"""A ready coding shut under a key of its own, and the commitment to it, until both have committed.

    key         HKDF(coding key, salt = id of the coding file, "havainto/2/coding/sent/key"), 32 bytes
    salt        HKDF(coding key, salt = id of the coding file, "havainto/2/coding/sent/salt"), 32 bytes
    content     JSON: {"coding": row, "observation": [row, …], "mark": …, "rating": …, "bookmark": …}, each by its id
    commitment  SHA-256("havainto/1/commitment" | 0 | salt | content)
    shut        nonce | AES-256-GCM(key, length of content in 8 bytes | content | zeros), bound to id, coding, meeting

The coding key is that of the coding's own sealed file, which its coder alone opens: so nothing more is kept, and the
same file can be made again. The length of what is shut is one of a few, so that it does not say how much was coded.
The seal alone does not commit (a GCM text may open under two keys); the hash over the opened content does.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from typing import Any, cast

from app.errors import PackageError
from app.model.coding import CodingHeader
from app.model.exchange import GOES_OVER, FinishedCoding, Part
from app.model.package import SENDER
from app.model.units import ByteCount
from storage.packages.rows import from_json, to_json
from storage.store.kinds import kind_of
from storage.store.row_mapping import compact
from storage.vault.keys import KEY_BYTES, expand
from storage.vault.worker_keys import bound_to, decrypted, encrypted

_KEY, _SALT = "havainto/2/coding/sent/key", "havainto/2/coding/sent/salt"
_DOMAIN = b"havainto/1/commitment\0"
_MIB = 1 << 20
#: lengths of what is shut; beyond the last its multiples
SIZES = (_MIB, 4 * _MIB, 16 * _MIB, 64 * _MIB)
#: nonce and tag, and the number in front of the content
_SEAL, _LENGTH = 28, 8
_HEADER = "coding"
_NAMES = {kind_of(kind).name: kind for kind in GOES_OVER}


@dataclass(frozen=True, slots=True)
class FileKeys:
    """What opens one coding file and proves what is in it."""

    key: bytes
    salt: bytes


def keys_of(coding_key: bytes, file_id: str) -> FileKeys:
    """Those of a coding file, from the key of the coding."""
    salt = file_id.encode()
    return FileKeys(expand(coding_key, salt, _KEY), expand(coding_key, salt, _SALT))


def content_of(coding: FinishedCoding) -> bytes:
    """A finished coding in the one form that is committed to; its coder is `sender`, whoever it is here."""
    held: dict[str, Any] = {name: [] for name in _NAMES}
    for part in sorted(coding.parts, key=lambda one: one.id):
        held[kind_of(type(part)).name].append(to_json(part))
    held[_HEADER] = to_json(replace(coding.header, coder=SENDER))
    return compact(held).encode()


def commitment(keys: FileKeys, content: bytes) -> str:
    """What is told of a content before it is. In hex."""
    return hashlib.sha256(_DOMAIN + keys.salt + content).hexdigest()


def shut(keys: FileKeys, content: bytes, *bound: str) -> bytes:
    """A content under its file's key."""
    plain = len(content).to_bytes(_LENGTH) + content
    return encrypted(keys.key, plain + bytes(_size_for(len(plain) + _SEAL) - _SEAL - len(plain)), _bound(*bound))


def opened(keys: FileKeys, said: str, content: bytes, *bound: str) -> FinishedCoding:
    """The coding in it, when the key fits what is shut and what was committed to.

    Raises PackageError: `key-does-not-fit`, `package-damaged` for what is no coding.
    """
    if not (len(keys.key) == len(keys.salt) == KEY_BYTES):
        raise PackageError("key-does-not-fit")
    plain = decrypted(keys.key, content, _bound(*bound))
    if plain is None or len(plain) < _LENGTH:
        raise PackageError("key-does-not-fit")
    length = int.from_bytes(plain[:_LENGTH])
    inside = plain[_LENGTH : _LENGTH + length]
    if length != len(inside) or not hmac.compare_digest(commitment(keys, inside), said):
        raise PackageError("key-does-not-fit")
    return _coding_in(inside)


def _coding_in(content: bytes) -> FinishedCoding:
    try:
        held = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PackageError("package-damaged") from error
    if not isinstance(held, dict) or set(held) != {_HEADER, *_NAMES}:
        raise PackageError("package-damaged")
    if not all(isinstance(held[name], list) for name in _NAMES):
        raise PackageError("package-damaged")
    parts = [from_json(kind, one) for name, kind in _NAMES.items() for one in held[name]]
    return FinishedCoding(from_json(CodingHeader, held[_HEADER]), tuple(cast("list[Part]", parts)))


def _bound(*words: str) -> bytes:
    return bound_to("sent-coding", *words)


def _size_for(used: ByteCount) -> ByteCount:
    return next((size for size in SIZES if used <= size), -(-used // SIZES[-1]) * SIZES[-1])
