"""Keys of passphrases, derived once per secret, salt and cost of a run's process; and slots get the same salt.

The program draws a salt for every slot and derives each time, on purpose slowly. Here the two functions that do it are
stood in for, so that a passphrase costs its derivation once for all archives of a run; nothing of the program knows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from storage.vault import keys
from storage.vault.keys import SALT_BYTES, KdfCost

Derive = Callable[[bytes, bytes, KdfCost], bytes]

#: of every slot that is made while keys are remembered
SALT = bytes(range(100, 100 + SALT_BYTES))

_derive: Derive = keys.derive
_new_salt = keys.new_salt
_known: dict[tuple[bytes, bytes, KdfCost], bytes] = {}
_asked_anew: list[None] = []


def _asked_once(secret: bytes, salt: bytes, cost: KdfCost) -> bytes:
    if _asked_anew or salt == bytes(SALT_BYTES):  # calibration: it wants to know how long it takes
        return _derive(secret, salt, cost)
    asked = bytes(secret), bytes(salt), cost
    if asked not in _known:
        _known[asked] = _derive(*asked)
    return _known[asked]


def _same_salt() -> bytes:
    return _new_salt() if _asked_anew else SALT


@contextmanager
def remembered() -> Iterator[None]:
    before = keys.derive, keys.new_salt
    keys.derive, keys.new_salt = _asked_once, _same_salt
    try:
        yield
    finally:
        keys.derive, keys.new_salt = before


@contextmanager
def anew() -> Iterator[None]:
    """As the program does it. The stand-ins stay where they are: a test's own stand-in may be taken away later."""
    _asked_anew.append(None)
    try:
        yield
    finally:
        _asked_anew.pop()
