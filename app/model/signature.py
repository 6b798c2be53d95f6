"""Signatures of a final version: by certificate into its file, or by hand on paper, one row for each signer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class SignatureLevel(StrEnum):
    """What stands in the file beside the signature (PAdES)."""

    B = "b-b"  # the signer's certificate
    T = "b-t"  # and somebody else's word on when
    LT = "b-lt"  # and what the certificates' issuers said of them then


@dataclass(frozen=True, slots=True)
class Certified:
    """What a certificate says: whose it is, who issued it, and from when to when it holds."""

    subject: str
    issuer: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Signature:
    """One worker's electronic signature of a final version, and the whole file as it was signed.

    `place` is 1 for whoever signed first: the file of the next one begins with this one, byte for byte. `sha256` and
    `size` are of that file, which lies in `container` under `wrapped_key`, in `chunks`.
    """

    id: str
    statement_id: str
    worker_id: str
    signed: datetime
    place: int
    by_card: bool
    level: SignatureLevel
    certificate: Certified
    sha256: str
    size: int
    chunks: int
    container: str
    wrapped_key: bytes = field(metadata={"journal": False})


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """That a worker signed the printed version by hand on `day`; `noted_by` says so."""

    id: str
    statement_id: str
    worker_id: str
    day: date
    noted_by: str
