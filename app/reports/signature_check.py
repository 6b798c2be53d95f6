"""What the signatures in a file say: whose they are, when they were made, and what was done to the file since.

Whether an issuer of certificates can be trusted is not asked: that needs lists that a person keeps, and a network.
"""

from __future__ import annotations

import asyncio
import io
import logging
import zlib
from datetime import UTC, datetime
from typing import Any

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from app.errors import InputError, SigningError
from app.model.signature_seen import SignatureSeen, Since
from app.reports.certificates import certified

#: what reading a damaged file may raise: it was not made by a program, and its reader was written for those that were
_DAMAGE = (
    PdfError, ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, RecursionError,
    NotImplementedError, OSError, zlib.error,
)  # fmt: skip


def signatures_of(file: bytes) -> tuple[SignatureSeen, ...]:
    """In the order in which they were made; none for a file that nobody signed.

    Raises InputError(`signed-file-unreadable`) for what is no PDF, or one that is too damaged to look for any.
    """
    _quiet()
    try:
        reader = PdfFileReader(io.BytesIO(file))
        found = list(reader.embedded_regular_signatures)
    except _DAMAGE as error:
        raise InputError("signed-file-unreadable") from error
    names = [one.field_name for one in found]
    return tuple(_seen(one, set(names[n + 1 :]), len(file)) for n, one in enumerate(found))


def _seen(one: EmbeddedPdfSignature, later: set[str], size: int) -> SignatureSeen:
    try:
        status = asyncio.run(_validated(one))
        held, begins = certified(one.signer_cert.dump()), _end(one)
    except (*_DAMAGE, SigningError):
        return SignatureSeen(Since.UNREADABLE)
    stamped = status.timestamp_validity
    return SignatureSeen(
        _since(status, later, as_signed=begins == size, newest=_is_newest(one)),
        held.subject,
        held.issuer,
        _aware(status.signer_reported_dt),
        _aware(stamped.timestamp) if stamped is not None and stamped.intact and stamped.valid else None,
        held.valid_from,
        held.valid_until,
        begins,
    )


async def _validated(one: EmbeddedPdfSignature) -> PdfSignatureStatus:
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    return await async_validate_pdf_signature(one, nobody, nobody)


def _since(status: PdfSignatureStatus, later: set[str], *, as_signed: bool, newest: bool) -> Since:
    """What was done afterwards: of a form only the fields of later signatures may have been filled.

    `as_signed` is whether the file ends where the signature does, `newest` whether it holds no later state of itself:
    a reader passes over what stands behind the end of the newest, and it was not signed.
    """
    if not (status.intact and status.valid):
        return Since.CHANGED
    if as_signed:
        return Since.NOTHING if status.coverage == SignatureCoverageLevel.ENTIRE_FILE else Since.CHANGED
    level = status.modification_level
    if newest or status.coverage != SignatureCoverageLevel.ENTIRE_REVISION or level is None:
        return Since.CHANGED
    if level <= ModificationLevel.LTA_UPDATES:
        return Since.SIGNED if later else Since.NOTHING
    filled: set[str] = getattr(status.diff_result, "changed_form_fields", set())
    return Since.SIGNED if level == ModificationLevel.FORM_FILLING and later and filled <= later else Since.CHANGED


def _is_newest(one: EmbeddedPdfSignature) -> bool:
    return bool(one.signed_revision + 1 >= one.reader.xrefs.total_revisions)


def _end(one: EmbeddedPdfSignature) -> int:
    """Bytes of the file as it was when it was signed."""
    *_, start, length = (int(x) for x in one.byte_range)
    return start + length


def _aware(at: Any) -> datetime | None:
    if not isinstance(at, datetime):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _quiet() -> None:
    """Its reports have names of people in them, and go nowhere."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
