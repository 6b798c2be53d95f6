"""Keys of passphrases, derived once per secret, salt and cost of a run's process.

The program derives each time, and on purpose slowly. Here the one function that does it is stood in for by one that
asks it once; nothing of the program knows.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from storage.vault import keys
from storage.vault.keys import SALT_BYTES, KdfCost

Derive = Callable[[bytes, bytes, KdfCost], bytes]

_derive: Derive = keys.derive
_known: dict[tuple[bytes, bytes, KdfCost], bytes] = {}


def _asked_once(secret: bytes, salt: bytes, cost: KdfCost) -> bytes:
    if salt == bytes(SALT_BYTES):  # calibration: it wants to know how long it takes
        return _derive(secret, salt, cost)
    asked = bytes(secret), bytes(salt), cost
    if asked not in _known:
        _known[asked] = _derive(*asked)
    return _known[asked]


@contextmanager
def _standing(derive: Derive) -> Iterator[None]:
    before, keys.derive = keys.derive, derive
    try:
        yield
    finally:
        keys.derive = before


def remembered() -> AbstractContextManager[None]:
    return _standing(_asked_once)


def anew() -> AbstractContextManager[None]:
    return _standing(_derive)
