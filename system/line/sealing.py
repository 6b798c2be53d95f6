"""Messages sealed one by one, and cut out of a stream. Each way counts: what was lost or moved does not open."""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.errors import LineError

_LENGTH = 4
_TAG = 16


class Sealing:
    """ChaCha20-Poly1305 under the key of one way; the nonce is the message's number, so none is used twice."""

    def __init__(self, key: bytes) -> None:
        self._seal, self._number = ChaCha20Poly1305(key), 0

    def _nonce(self) -> bytes:
        number, self._number = self._number, self._number + 1
        return number.to_bytes(12)

    def seal(self, plain: bytes) -> bytes:
        return self._seal.encrypt(self._nonce(), plain, None)

    def open(self, sealed: bytes) -> bytes:
        """Raises LineError(`led-changed`) for what is not the next message of this way, unchanged."""
        try:
            return self._seal.decrypt(self._nonce(), sealed, None)
        except InvalidTag as error:
            raise LineError("led-changed") from error


def framed(message: bytes) -> bytes:
    """With its length before it."""
    return len(message).to_bytes(_LENGTH) + message


class Frames:
    """Whole messages out of the bytes that come. `most` is how long one may be; more is refused at its length alone."""

    def __init__(self, most: int) -> None:
        self.most, self._held = most, bytearray()

    def take(self, data: bytes) -> Iterator[bytes]:
        """Those that are whole now; `most` may change between two. Raises LineError(`led-nonsense`)."""
        self._held += data
        while len(self._held) >= _LENGTH:
            length = int.from_bytes(self._held[:_LENGTH])
            if length > self.most + _TAG:
                raise LineError("led-nonsense")
            if len(self._held) < _LENGTH + length:
                return
            message = bytes(self._held[_LENGTH : _LENGTH + length])
            del self._held[: _LENGTH + length]
            yield message
