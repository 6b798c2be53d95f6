r"""What is sealed for one recipient, in the `age` format, and who sealed it.

    file        age (age-encryption.org/v1) for the recipient's X25519 key, of:
    plaintext   head, one line of JSON {"format","mac","recipient","sender","version"} | "\n" | body; the format is
                havainto-package, havainto-coding or havainto-coding-key
    mac         HMAC-SHA256(k, head without the mac | "\n" | body), k = HKDF-SHA256(X25519(s, R), salt = S | R,
                "havainto/1/package"), with the sender's secret s and public key S, the recipient's R

`age` says for whom a file is and that it is whole, not from whom: that is what the MAC is for. Both keys are those that
the two made sure of by phone, so nobody else can make one; and it proves nothing to a third person.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Collection
from enum import StrEnum
from typing import Any

from app.errors import PackageError
from app.model.receiving_key import KEY_BYTES, PREFIX, decoded
from storage.store.row_mapping import compact
from storage.vault import receiving_keys
from storage.vault.keys import expand

#: of the rows in it: one more with each change of their fields (tests/storage/packages/test_rows.py)
VERSION = 9
#: a meeting of hours with all its films' indexes is a tenth of it
MOST_BYTES = 256 * 1024 * 1024


class Format(StrEnum):
    """What kind of file it is."""

    PACKAGE = "havainto-package"
    CODING = "havainto-coding"
    KEY = "havainto-coding-key"


_MAGIC = b"age-encryption.org/v1\n"
_HEAD = frozenset({"format", "mac", "recipient", "sender", "version"})
_LONGEST_HEAD = 1024


def sealed(worker_key: bytes, recipient: str, kind: Format, body: bytes) -> bytes:
    """A body that only the recipient opens, from the worker whose key this is.

    Raises PackageError(`package-key-useless`) for a recipient's key that is none.
    """
    import pyrage

    head = _head(kind, receiving_keys.receiving_key(worker_key), recipient)
    mac = _mac(worker_key, recipient, head["sender"], recipient, _said(head, body))
    plain = _said({**head, "mac": mac.hex()}, body)
    try:
        return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient)]))
    except pyrage.RecipientError as error:
        raise PackageError("package-key-useless") from error


def opened(worker_key: bytes, content: bytes, senders: Collection[str]) -> tuple[Format, str, bytes]:
    """Which kind of file it is, the sender's key, one of `senders`, and the body.

    Raises PackageError: `package-foreign` for what is no such file, `package-not-for-you`, `package-damaged`,
    `package-newer`, `package-unknown-sender`.
    """
    head, body = _parted(_decrypted(worker_key, content))
    if head.get("format") not in set(Format) or not isinstance(head.get("version"), int):
        raise PackageError("package-foreign")
    if head["version"] > VERSION:
        raise PackageError("package-newer")
    if set(head) != _HEAD or not all(isinstance(head[name], str) for name in _HEAD - {"version"}):
        raise PackageError("package-damaged")
    me, sender, mac = receiving_keys.receiving_key(worker_key), head["sender"], head.pop("mac")
    if head["recipient"] != me:
        raise PackageError("package-not-for-you")
    if sender not in senders:
        raise PackageError("package-unknown-sender")
    if not hmac.compare_digest(_mac(worker_key, sender, sender, me, _said(head, body)).hex().encode(), mac.encode()):
        raise PackageError("package-damaged")
    return Format(head["format"]), sender, body


def _decrypted(worker_key: bytes, content: bytes) -> bytes:
    import pyrage

    if not content.startswith(_MAGIC):
        raise PackageError("package-foreign")
    try:
        return bytes(pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(receiving_keys.identity(worker_key))]))
    except pyrage.DecryptError as error:
        # the one thing that it says of a file that is for others
        is_anothers = "No matching keys" in str(error)
        raise PackageError("package-not-for-you" if is_anothers else "package-damaged") from error


def _head(kind: Format, sender: str, recipient: str) -> dict[str, Any]:
    return {"format": kind.value, "version": VERSION, "sender": sender, "recipient": recipient}


def _said(head: dict[str, Any], body: bytes) -> bytes:
    return compact(head).encode() + b"\n" + body


def _parted(plain: bytes) -> tuple[dict[str, Any], bytes]:
    end = plain.find(b"\n", 0, _LONGEST_HEAD)
    try:
        head = json.loads(plain[: max(end, 0)])
    except (ValueError, RecursionError) as error:
        raise PackageError("package-foreign") from error
    if not isinstance(head, dict):
        raise PackageError("package-foreign")
    return head, plain[end + 1 :]


def _mac(worker_key: bytes, other: str, sender: str, recipient: str, said: bytes) -> bytes:
    """Raises PackageError(`package-key-useless`) for a key of which everybody knows the secret (RFC 7748, 6.1)."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    public, first, second = (decoded(PREFIX, key) or b"" for key in (other, sender, recipient))
    if len(public) != KEY_BYTES:
        raise PackageError("package-key-useless")
    try:
        own = X25519PrivateKey.from_private_bytes(receiving_keys.secret(worker_key))
        shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:
        raise PackageError("package-key-useless") from error
    return hmac.digest(expand(shared, first + second, "havainto/1/package"), said, "sha256")
