"""The pair by which a worker receives packages: an `age` identity that follows from the worker's own key.

    worker's key ─HKDF─ "havainto/2/worker/age" ─► X25519 secret; its public half is the receiving key, `age1…`

It is nowhere on a disk: a passphrase or the worker's recovery code gives it back with the worker's key, and a changed
passphrase or a changed key of the archive leaves it as it is. It is another pair than that of the key file, so that
what opens packages opens nothing of an archive.
"""

from __future__ import annotations

from app.model.receiving_key import PREFIX, encoded
from storage.vault.keys import expand

_AGE = "havainto/2/worker/age"
#: every identity begins so
_PREFIX_OF_IDENTITY = "age-secret-key-"


def secret(worker_key: bytes) -> bytes:
    """The X25519 secret of the pair, 32 bytes (RFC 7748)."""
    return expand(worker_key, b"", _AGE)


def identity(worker_key: bytes) -> str:
    """The secret as `age` reads it: `AGE-SECRET-KEY-1…`."""
    return encoded(_PREFIX_OF_IDENTITY, secret(worker_key)).upper()


def receiving_key(worker_key: bytes) -> str:
    """The public half as text, `age1…`."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    public = X25519PrivateKey.from_private_bytes(secret(worker_key)).public_key()
    return encoded(PREFIX, public.public_bytes_raw())
