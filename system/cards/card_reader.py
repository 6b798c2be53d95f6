"""The port of cards: each driver is asked in a process of its own, which has seconds to answer."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from app.errors import SigningError
from app.ports.children import WITHOUT_WINDOW, own_module
from app.ports.signing import CardCertificate, CardsSeen, SigningKey
from system.cards.drivers import drivers

#: seconds that a driver has to tell what is plugged in, and to sign, with a person at the reader's keys
LOOK, SIGN = 12.0, 90.0
#: what a child may say; anything else is a driver that failed
REFUSALS = frozenset(
    [
        "card-taken-out", "card-pin-locked", "card-pin-last", "card-pin-wrong", "card-pin-more", "card-pin-length",
        "card-pin-expired", "card-pin-new", "card-cancelled", "card-no-key", "card-driver-bad",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class CardKey:
    """The port `SigningKey` over a card."""

    _of: CardCertificate
    _pin: str = field(repr=False)
    _limit: float
    _module: str
    by_card: bool = True

    @property
    def certificate(self) -> bytes:
        return self._of.certificate

    @property
    def chain(self) -> tuple[bytes, ...]:
        return self._of.chain

    def sign(self, data: bytes) -> bytes:
        """Raises SigningError: a key of `REFUSALS`, `card-driver-silent`, `card-failed`."""
        of = self._of
        told = _asked(
            {
                "do": "sign", "driver": str(of.driver), "label": of.label, "token": of.token, "key_id": of.key_id,
                "pin": self._pin, "own_keys": of.own_keys, "data": base64.b64encode(data).decode(),
            },
            self._limit,
            self._module,
        )  # fmt: skip
        if told is None:
            raise SigningError("card-driver-silent")
        if "signature" not in told:
            refused = told.get("refused")
            raise SigningError(refused if refused in REFUSALS else "card-failed")
        made = base64.b64decode(told["signature"])
        if isinstance(x509.load_der_x509_certificate(of.certificate).public_key(), EllipticCurvePublicKey):
            half = len(made) // 2
            return encode_dss_signature(int.from_bytes(made[:half]), int.from_bytes(made[half:]))
        return made


class CardReader:
    """The port `Cards`."""

    def __init__(self, look: float = LOOK, sign: float = SIGN, module: str = "system.cards.child") -> None:
        """Seconds that a driver has for each; `module` is what a child runs."""
        self._look, self._sign, self._module = look, sign, module

    def look(self, own_driver: str = "") -> CardsSeen:
        known = drivers(own_driver)
        if not known:
            return CardsSeen()
        with ThreadPoolExecutor(len(known), thread_name_prefix="cards") as threads:
            told = list(threads.map(self._told, known))
        silent = tuple(d for d, one in zip(known, told, strict=True) if one is None)
        heard = [(d, one) for d, one in zip(known, told, strict=True) if one is not None and "tokens" in one]
        tokens = [(driver, token) for driver, one in heard for token in one["tokens"]]
        found = [c for driver, token in tokens for c in _certificates(driver, token)]
        once = {(c.token, c.key_id, c.certificate): c for c in reversed(found)}  # two drivers may see one card
        bad = tuple(d for d, one in zip(known, told, strict=True) if one is not None and "tokens" not in one)
        readers = max((int(one["readers"]) for _, one in heard), default=0)
        return CardsSeen(known, readers, len(tokens), tuple(reversed(once.values())), silent, bad)

    def key(self, certificate: CardCertificate, pin: str) -> SigningKey:
        return CardKey(certificate, pin, self._sign, self._module)

    def _told(self, driver: Path) -> dict[str, Any] | None:
        return _asked({"do": "look", "driver": str(driver)}, self._look, self._module)


def _asked(question: dict[str, Any], limit: float, module: str) -> dict[str, Any] | None:
    """The child's answer; None when it said nothing in time, or died of it."""
    try:
        ran = subprocess.run(  # noqa: S603  our own module
            own_module(module),
            input=json.dumps(question) + "\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=limit,
            check=False,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},  # a card's driver may need the rest
            creationflags=WITHOUT_WINDOW,
        )
        told = json.loads(ran.stdout)
    except (subprocess.TimeoutExpired, ValueError, OSError):
        return None
    return told if isinstance(told, dict) else None


def _certificates(driver: Path, token: dict[str, Any]) -> list[CardCertificate]:
    """Those of persons; those of issuers on the card come with each as its chain."""
    held = [(str(one["id"]), base64.b64decode(one["certificate"])) for one in token["certificates"]]
    chain = tuple(data for _, data in held if _is_issuer(data))
    said = [bool(token[name]) for name in ("tries_low", "last_try", "locked", "own_keys")]
    about = (str(token["serial"]), str(token["label"]))
    return [CardCertificate(driver, *about, i, data, chain, *said) for i, data in held if data not in chain]


def _is_issuer(certificate: bytes) -> bool:
    try:
        basic = x509.load_der_x509_certificate(certificate).extensions.get_extension_for_class(x509.BasicConstraints)
    except (ValueError, x509.ExtensionNotFound):
        return False
    return bool(basic.value.ca)
