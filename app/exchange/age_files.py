"""Files sealed as `age` seals them (age-encryption.org/v1): whoever has the key or the passphrase opens them anywhere.

Opened with `age`, `rage` or any program of that format; Havainto is not needed.
"""

from __future__ import annotations

from app.errors import InputError
from app.model.receiving_key import key_in

SUFFIX = ".age"


def sealed_for(plain: bytes, key_text: str) -> bytes:
    """For the one key (`age1…`) that stands in a text. Raises InputError as `key_in`, `receiving-key-mistyped`."""
    import pyrage

    key = key_in(key_text)
    try:
        return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(key)]))
    except pyrage.RecipientError as error:
        raise InputError("receiving-key-mistyped") from error


def sealed_with(plain: bytes, passphrase: str) -> bytes:
    """With a passphrase (scrypt): about a second of work here, and for every guess."""
    import pyrage

    return bytes(pyrage.passphrase.encrypt(plain, passphrase))
