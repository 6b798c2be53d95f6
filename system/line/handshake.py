"""From the short code that two people share to a key for each way: SPAKE2, the keys confirmed before anything is said.

SPAKE2 lets who does not know the code try one guess with each run, and learn nothing but whether it was right; what is
recorded on the way cannot be tried afterward. So whoever waits burns the code with each run that was not confirmed.
Pure: bytes in, bytes out.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from spake2 import SPAKE2_A, SPAKE2_B, SPAKEError

from app.errors import LineError

#: what both must speak; it is part of the keys, so that another version has others
SPOKEN = b"havainto line 1"
_WAITS, _JOINS = b"waits", b"joins"
KEY = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """A key for each way."""

    outward: bytes
    inward: bytes


class Handshake:
    """One run of one side. `hello` is sent; `meet` takes the other's; `confirmation` is sent, `confirm` takes."""

    def __init__(self, code: str, *, waits: bool) -> None:
        side = SPAKE2_A if waits else SPAKE2_B
        self._waits = waits
        self._run = side(code.encode(), idA=SPOKEN + _WAITS, idB=SPOKEN + _JOINS)
        self.hello: bytes = self._run.start()
        self._made = b""

    def meet(self, hello: bytes) -> None:
        """The other side's hello. Raises LineError(`led-nonsense`) for what can be none."""
        try:
            shared = self._run.finish(hello)
        except (SPAKEError, ValueError, AssertionError, IndexError) as error:
            raise LineError("led-nonsense") from error
        waiting, joining = (self.hello, hello) if self._waits else (hello, self.hello)
        said = hashlib.sha256(waiting + joining).digest()
        self._made = HKDF(SHA256(), 4 * KEY, salt=said, info=SPOKEN).derive(shared)

    def _key(self, place: int) -> bytes:
        return self._made[place * KEY : (place + 1) * KEY]

    @property
    def confirmation(self) -> bytes:
        """Proof of this side's key; `meet` was before."""
        return hmac.digest(self._key(0 if self._waits else 1), b"confirmed", "sha256")

    def confirm(self, said: bytes) -> Keys:
        """The other's proof. Raises LineError(`led-wrong-code`) when it is not right: the codes differ."""
        expected = hmac.digest(self._key(1 if self._waits else 0), b"confirmed", "sha256")
        if not hmac.compare_digest(expected, said):
            raise LineError("led-wrong-code")
        from_waiting, from_joining = self._key(2), self._key(3)
        return Keys(from_waiting, from_joining) if self._waits else Keys(from_joining, from_waiting)
