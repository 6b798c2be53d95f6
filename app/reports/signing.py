"""A signature into a file that has its fields already: one addition at its end, of nothing but that signature (PAdES).

Nothing is asked of any other computer unless `Services` name one: a person has set them up.
"""

from __future__ import annotations

import asyncio
import binascii
import io
import uuid
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

from asn1crypto import x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import CRLValidationError, OCSPValidationError, PathError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.errors import SigningError
from app.model.signature import SignatureLevel
from app.ports.signing import SigningKey
from app.reports.signature_look import signature_page

#: bytes that a signature of the longest keys may have
_MOST = 1024
DIGEST = "sha256"
#: what comes when a service is not there, or says what it may not
_UNANSWERED = (
    OSError, TimeoutError, ValueError, PdfError, PathError, ValidationError, CRLValidationError, OCSPValidationError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a signature's look, in the language of the document."""

    when: str
    signed: str
    name: str
    small: str


@dataclass(frozen=True, slots=True)
class Services:
    """What a person set up: where time stamps are made, and certificates of issuers (PEM) whose word is asked for."""

    time_stamps: str = ""
    issuers: bytes = b""

    @property
    def level(self) -> SignatureLevel:
        if not self.time_stamps:
            return SignatureLevel.B
        return SignatureLevel.LT if self.issuers else SignatureLevel.T


def open_fields(pages: bytes) -> tuple[str, ...]:
    """The names of the fields that nobody has signed, in their order."""
    found = enumerate_sig_fields(PdfFileReader(io.BytesIO(pages)), filled_status=False)
    return tuple(name for name, _, _ in found)


def signed(pages: bytes, field: str, key: SigningKey, said: Said, services: Services | None = None) -> bytes:
    """The file with one more signature in `field`: it begins with `pages`, byte for byte.

    Raises SigningError: what the key does, `signing-no-field` where the file has no such free field,
    `signing-service` where a service that was set up did not answer as it must.
    """
    services = services or Services()
    if field not in open_fields(pages):
        raise SigningError("signing-no-field")
    writer = IncrementalPdfFileWriter(io.BytesIO(pages))
    width, height = _size(writer, field)
    look = _Page(signature_page((width, height), said.when, said.signed, said.name, said.small))
    style = StaticStampStyle(border_width=0, background=look, background_layout=_WHOLE)
    asked = _asked(services)
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        name=said.name,
        signer_key_usage=set(),
        embed_validation_info=asked is not None,
        validation_context=asked,
    )
    made = signers.PdfSigner(meta, _Signer(key), timestamper=_stamps(services), stamp_style=style)
    out = io.BytesIO()
    try:
        asyncio.run(_until_closed(made.async_sign_pdf(writer, existing_fields_only=True, output=out), asked))
    except _UNANSWERED as error:
        if services.level == SignatureLevel.B:
            raise
        raise SigningError("signing-service") from error
    return out.getvalue()


#: what the reader of certificates raises on damaged ones, by what is damaged (asn1crypto 1.5.1)
_DAMAGED = (ValueError, IndexError, AttributeError, TypeError, KeyError, OverflowError)


def certificates(pem: bytes) -> tuple[bytes, ...]:
    """The certificates of a file, DER. Raises SigningError(`signing-issuers`) when it has none."""
    try:
        found = tuple(c.dump() for c in load_certs_from_pemder_data(pem))
    except (OSError, PdfError, *_DAMAGED) as error:
        raise SigningError("signing-issuers") from error
    if not found:
        raise SigningError("signing-issuers")
    return found


_WHOLE = layout.SimpleBoxLayoutRule(
    x_align=layout.AxisAlignment.ALIGN_MIN,
    y_align=layout.AxisAlignment.ALIGN_MIN,
    margins=layout.Margins(0, 0, 0, 0),
    inner_content_scaling=layout.InnerScaling.NO_SCALING,
)


def _size(writer: IncrementalPdfFileWriter, field: str) -> tuple[float, float]:
    """Points of a field's place, wide and high."""
    for name, _, found in enumerate_sig_fields(writer.prev):
        if name == field:
            left, low, right, high = (float(x) for x in found.get_object()["/Rect"])
            return right - left, high - low
    raise SigningError("signing-no-field")


def _asked(services: Services) -> ValidationContext | None:
    """What asks the issuers; None where nobody is to be asked."""
    if services.level != SignatureLevel.LT:
        return None
    roots = [x509.Certificate.load(one) for one in certificates(services.issuers)]
    return ValidationContext(trust_roots=roots, other_certs=roots, allow_fetching=True, revocation_mode="hard-fail")


async def _until_closed(signing: Awaitable[object], asked: ValidationContext | None) -> None:
    """Sign, and let go of the lines to the services, if there were any."""
    try:
        await signing
    finally:
        if asked is not None:
            await asked.aclose()  # type: ignore[no-untyped-call]


def _stamps(services: Services) -> Any:
    if not services.time_stamps:
        return None
    from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper

    return HTTPTimeStamper(services.time_stamps)


class _Page(PdfContent):
    """A page from memory: what is drawn is never a file on the disk."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self._page = page

    def render(self) -> bytes:
        writer = self._ensure_writer
        drawn = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)))
        name = b"/Import" + binascii.hexlify(uuid.uuid4().bytes)
        self.resources.xobject[name.decode("ascii")] = drawn
        left, low, right, high = drawn.get_object()["/BBox"]
        self.box = layout.BoxConstraints(width=abs(right - left), height=abs(high - low))
        return name + b" Do"


class _Signer(signers.Signer):
    """Our port as pyHanko wants it."""

    def __init__(self, key: SigningKey) -> None:
        held = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        held.register_multiple([x509.Certificate.load(one) for one in key.chain])
        super().__init__(signing_cert=x509.Certificate.load(key.certificate), cert_registry=held)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        assert digest_algorithm == DIGEST, "the port signs with this one"
        return bytes(_MOST) if dry_run else self._key.sign(data)
