"""The ports of signing: a key that signs, and the cards and tokens that hold one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.errors import SigningError


class SigningKey(Protocol):
    """A key with its certificate. What it signs with is never seen outside it."""

    @property
    def certificate(self) -> bytes:
        """The signer's own, DER."""
        ...

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Certificates of its issuers that came with it, DER; may be empty."""
        ...

    @property
    def by_card(self) -> bool: ...

    def sign(self, data: bytes) -> bytes:
        """Sign with SHA-256: RSA as PKCS#1 v1.5, elliptic curves as ECDSA in DER. Raises SigningError."""
        ...


@dataclass(frozen=True, slots=True)
class CardCertificate:
    """A certificate for signing that lies on a card or token in a reader now.

    `driver` is the file that speaks with it, `token` its serial number, `key_id` the key's name on it, in hex.
    `tries_low`, `last_try` and `locked` are what the card itself says of its PIN. `own_keys` is whether the reader has
    keys of its own, and asks for the PIN itself.
    """

    driver: Path
    token: str
    label: str
    key_id: str
    certificate: bytes
    chain: tuple[bytes, ...] = ()
    tries_low: bool = False
    last_try: bool = False
    locked: bool = False
    own_keys: bool = False


@dataclass(frozen=True, slots=True)
class CardsSeen:
    """What is plugged in now. Without `drivers` nothing can be seen; `silent` are drivers that did not answer.

    `bad` are files that are no driver, or none that works here.
    """

    drivers: tuple[Path, ...] = ()
    readers: int = 0
    tokens: int = 0
    certificates: tuple[CardCertificate, ...] = ()
    silent: tuple[Path, ...] = ()
    bad: tuple[Path, ...] = ()


class Cards(Protocol):
    """Cards and tokens of this computer. A driver that hangs or dies takes nothing else with it."""

    def look(self, own_driver: str = "", /) -> CardsSeen:
        """What is plugged in now; `own_driver` is a file that a person chose. Takes seconds at most, raises nothing."""
        ...

    def key(self, certificate: CardCertificate, pin: str, /) -> SigningKey:
        """The key of a certificate. It asks the card only when it signs; the PIN is kept no longer than the key."""
        ...


class NoCards:
    """Where nothing reads cards: no driver is there, and there is no key (SigningError)."""

    def look(self, _own_driver: str = "") -> CardsSeen:
        return CardsSeen()

    def key(self, _certificate: CardCertificate, _pin: str) -> SigningKey:
        """Raises SigningError(`card-no-driver`)."""
        raise SigningError("card-no-driver")
