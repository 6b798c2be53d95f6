"""The port of cards over keys in memory: what is in the readers is what a test puts there."""

from dataclasses import dataclass, field
from pathlib import Path

from app.errors import SigningError
from app.ports.signing import CardCertificate, CardsSeen
from app.statement.signing_file import FileKey, opened
from tests.material.signing_keys import PASSPHRASE, Made

DRIVER = Path("driver.so")


@dataclass
class FakeCards:
    """`keys` are on the card; `refuses` is what the next signing is refused with, once."""

    keys: tuple[Made, ...] = ()
    pin: str = "135790"
    seen: CardsSeen | None = None
    refuses: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # own drivers that were given

    def look(self, own_driver: str = "") -> CardsSeen:
        self.asked.append(own_driver)
        found = tuple(CardCertificate(DRIVER, "01", "card", f"0{n}", k.der) for n, k in enumerate(self.keys))
        return self.seen or CardsSeen((DRIVER,), 1, min(len(found), 1), found)

    def key(self, certificate: CardCertificate, pin: str) -> "FakeCardKey":
        made = next(k for k in self.keys if k.der == certificate.certificate)
        return FakeCardKey(opened(made.file(), PASSPHRASE), self, pin)


@dataclass
class FakeCardKey:
    held: FileKey
    cards: FakeCards
    pin: str
    by_card: bool = True

    @property
    def certificate(self) -> bytes:
        return self.held.certificate

    @property
    def chain(self) -> tuple[bytes, ...]:
        return self.held.chain

    def sign(self, data: bytes) -> bytes:
        if self.cards.refuses:
            raise SigningError(self.cards.refuses.pop(0))
        if self.pin != self.cards.pin:
            raise SigningError("card-pin-wrong")
        return self.held.sign(data)
