"""Whether a certificate is one to sign a statement with now, and whether it is the worker's own by name."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import NameOID

from app.errors import SigningError
from app.model.signature import Certified

E = TypeVar("E", bound=x509.ExtensionType)
_WORD = re.compile(r"[^\W\d_]+")


def certified(certificate: bytes) -> Certified:
    """Whose it is and how long. Raises SigningError(`signing-certificate`) for what is no certificate (DER)."""
    read = _read(certificate)
    return Certified(called(read.subject), called(read.issuer), read.not_valid_before_utc, read.not_valid_after_utc)


def called(name: x509.Name) -> str:
    """How a person would call it: given name and surname, else the common name, else the organization."""
    parts = [_first(name, oid) for oid in (NameOID.GIVEN_NAME, NameOID.SURNAME)]
    if all(parts):
        return " ".join(parts)
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := _first(name, oid):
            return found
    return name.rfc4514_string()


def check(certificate: bytes, at: datetime) -> Certified:
    """What the certificate says, when it can sign at that time.

    Raises SigningError: `signing-expired`, `signing-not-yet` (with `day`), `signing-not-for-signing`,
    `signing-key-kind`, `signing-certificate`.
    """
    held, read = certified(certificate), _read(certificate)
    if not is_for_signing(certificate):
        raise SigningError("signing-not-for-signing")
    if not isinstance(read.public_key(), RSAPublicKey | EllipticCurvePublicKey):
        raise SigningError("signing-key-kind")
    if at > held.valid_until:
        raise SigningError("signing-expired", day=held.valid_until.astimezone().date())
    if at < held.valid_from:
        raise SigningError("signing-not-yet", day=held.valid_from.astimezone().date())
    return held


def is_for_signing(certificate: bytes) -> bool:
    """Whether it was issued for signing documents: a card has others beside it, for signing in and for reading mail.

    One that says nothing of its use may sign; one of an issuer of certificates may not.
    """
    read = _read(certificate)
    basic = _extension(read, x509.BasicConstraints)
    use = _extension(read, x509.KeyUsage)
    is_issuer = basic is not None and basic.value.ca
    return not is_issuer and (use is None or bool(use.value.content_commitment))


def is_named(worker: str, subject: str) -> bool:
    """Whether all words of a worker's name are in the certificate's, in any order and with or without their accents."""
    return bool(_words(worker)) and _words(worker) <= _words(subject)


def _words(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return set(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def _read(certificate: bytes) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(certificate)
    except ValueError as error:
        raise SigningError("signing-certificate") from error


def _first(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value).strip() if found else ""


def _extension(read: x509.Certificate, kind: type[E]) -> x509.Extension[E] | None:
    try:
        return read.extensions.get_extension_for_class(kind)
    except x509.ExtensionNotFound:
        return None
    except ValueError as error:
        raise SigningError("signing-certificate") from error
