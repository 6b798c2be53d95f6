"""What one worker's own key is good for, and how a key is sealed to somebody who is not there.

    worker's key (32 random bytes) ─HKDF─┬─ "havainto/2/worker/x25519" ─► X25519 pair; its public half in the key file
                                         ├─ "havainto/2/worker/wrap"   ─► wraps the keys of the worker's own codings
                                         ├─ "havainto/2/worker/memo"   ─► seals the worker's memo in the key file
                                         └─ "havainto/2/worker/files"  ─► what the memo says of the worker's own files

A key is sealed to a public key W with a fresh pair (e, E) each time (frozen: a change is a new version):

    z = X25519(e, W)        k = HKDF-SHA256(ikm = z, salt = E | W, info = "havainto/2/seal")
    sealed = E | AES-256-GCM(k, nonce = twelve zero bytes, 32 bytes of key, aad = what it is bound to)      80 bytes

k seals exactly one message, so the fixed nonce never repeats under it. Wraps under the worker's own key take a fresh
random nonce: nonce | AES-256-GCM(…), 60 bytes for a key. What a seal or wrap is bound to is a JSON list of texts.
HKDF is RFC 5869 with SHA-256, X25519 is RFC 7748, AES-GCM is NIST SP 800-38D; all of them are `cryptography`'s.
"""

from __future__ import annotations

import hmac
import json
import os

from app.errors import ArchiveError
from storage.vault.keys import KEY_BYTES, NONCE_BYTES, expand

PUBLIC_BYTES = 32
TAG_BYTES = 16
SEALED_BYTES = PUBLIC_BYTES + KEY_BYTES + TAG_BYTES
WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES

_PAIR, _WRAP, _MEMO = "havainto/2/worker/x25519", "havainto/2/worker/wrap", "havainto/2/worker/memo"
_FILES = "havainto/2/worker/files"
_SEAL = "havainto/2/seal"


def bound_to(*texts: str) -> bytes:
    """What a seal vouches for, as the bytes that AES-GCM authenticates."""
    return json.dumps(["havainto", 2, *texts], ensure_ascii=False, separators=(",", ":")).encode()


def public_key(worker_key: bytes) -> bytes:
    """The public half of a worker's pair, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(expand(worker_key, b"", _PAIR)).public_key().public_bytes_raw()


def seal_to(public: bytes, key: bytes, bound: bytes, *, ephemeral: bytes | None = None) -> bytes:
    """A 32-byte key that only the holder of the public key's other half can open. `ephemeral` is for test vectors.

    Raises ArchiveError `key-file-damaged` for a public key of which every secret could be known (RFC 7748 §6.1).
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    pair = X25519PrivateKey.from_private_bytes(ephemeral or os.urandom(KEY_BYTES))
    sender = pair.public_key().public_bytes_raw()
    k = _agreed(pair, public, salt=sender + public)
    return sender + AESGCM(k).encrypt(bytes(NONCE_BYTES), key, bound)


def open_sealed(worker_key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """The key that `seal_to` sealed to this worker. Raises ArchiveError `key-file-damaged` when it is not that."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    pair = X25519PrivateKey.from_private_bytes(expand(worker_key, b"", _PAIR))
    sender, inner = sealed[:PUBLIC_BYTES], sealed[PUBLIC_BYTES:]
    k = _agreed(pair, sender, salt=sender + pair.public_key().public_bytes_raw())
    try:
        return AESGCM(k).decrypt(bytes(NONCE_BYTES), inner, bound)
    except InvalidTag:
        raise ArchiveError("key-file-damaged", reason="sealed") from None


def wrap(worker_key: bytes, key: bytes, bound: bytes) -> bytes:
    """A key of the worker's own, 60 bytes that only the worker's key opens."""
    return encrypted(expand(worker_key, b"", _WRAP), key, bound)


def unwrap(worker_key: bytes, wrapped: bytes, bound: bytes) -> bytes:
    """The key that `wrap` wrapped. Raises ArchiveError `own-key` under another worker's key or another binding."""
    plain = decrypted(expand(worker_key, b"", _WRAP), wrapped, bound)
    if plain is None:
        raise ArchiveError("own-key")
    return plain


def seal_memo(worker_key: bytes, memo: bytes, bound: bytes) -> bytes:
    """The worker's memo, sealed; as long as the memo and 28 bytes."""
    return encrypted(expand(worker_key, b"", _MEMO), memo, bound)


def open_memo(worker_key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """The worker's memo. Raises ArchiveError `key-file-damaged` when it is not what this worker sealed."""
    plain = decrypted(expand(worker_key, b"", _MEMO), sealed, bound)
    if plain is None:
        raise ArchiveError("key-file-damaged", reason="memo")
    return plain


def files_key(worker_key: bytes) -> bytes:
    """The key of what the memo says of the worker's own sealed files."""
    return expand(worker_key, b"", _FILES)


def same(one: bytes, other: bytes) -> bool:
    """Whether two keys are one, in constant time."""
    return hmac.compare_digest(one, other)


def _agreed(pair: object, public: bytes, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    assert isinstance(pair, X25519PrivateKey)
    try:
        z = pair.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:  # a point of small order: the shared secret would be zero for everybody
        raise ArchiveError("key-file-damaged", reason="public-key") from error
    return expand(z, salt, _SEAL)


def encrypted(key: bytes, plain: bytes, bound: bytes) -> bytes:
    """Encrypt: nonce | AES-256-GCM(key, plain): 28 bytes longer than what it holds."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def decrypted(key: bytes, content: bytes, bound: bytes) -> bytes | None:
    """What `encrypted` encrypted; None when key, binding or content are others."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):
        return None
