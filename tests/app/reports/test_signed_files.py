"""Signed files before the outside's validators: archival and accessible as before, and any change is told."""

import hashlib
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import InputError, SigningError
from app.model.signature import SignatureLevel
from app.model.signature_seen import Since
from app.reports.signature_check import signatures_of
from app.reports.signing import Said, Services, open_fields, signed
from app.reports.statement_pdf import render_statement
from app.statement.signing_file import opened
from tests.drivers import verapdf
from tests.drivers.pdfsig import pdfsig
from tests.material.documents import a_statement
from tests.material.signing_keys import PASSPHRASE, authority, signer
from tests.stand_ins import time_stamps

pytestmark = pytest.mark.long
#: how many single bytes are changed, 10 000 in the soak
BYTES = int(os.environ.get("HAVAINTO_SIGNED_BYTES", "40"))
SAID = Said("2.12.2026 klo 9.20", "Allekirjoitettu sähköisesti", "Aino Esimerkki", "Varmenteen myöntäjä: Esimerkki")


def key_of(name: str, **more):
    return opened(signer(name, **more).file(), PASSPHRASE)


@pytest.fixture(scope="module")
def pages() -> bytes:
    document = a_statement(final=True)
    signers = tuple(replace(s, worker_id=str(n)) for n, s in enumerate(document.signers))
    return render_statement(replace(document, signers=signers))


@pytest.fixture(scope="module")
def once(pages) -> bytes:
    return signed(pages, "signature-1", key_of("Aino Esimerkki"), SAID)


@pytest.fixture(scope="module")
def twice(once) -> bytes:
    return signed(once, "signature-2", key_of("Leena Malli", kind="ec"), SAID)


@pytest.fixture(scope="module")
def services():
    with time_stamps.running() as told:
        yield told


@pytest.fixture(scope="module")
def issuers() -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return authority().certificate.public_bytes(Encoding.PEM)


@pytest.fixture(scope="module")
def stamped(pages, services, issuers) -> bytes:
    """First with a time stamp and what the issuers say, then with a time stamp."""
    key = key_of("Aino Esimerkki", revocations=services.revocations)
    first = signed(pages, "signature-1", key, SAID, Services(services.stamps, issuers))
    return signed(first, "signature-2", key_of("Leena Malli"), SAID, Services(services.stamps))


def test_each_is_archival_and_accessible(pages, once, twice, stamped, tmp_path) -> None:
    with verapdf.running() as validator:
        for name, file in (("pages", pages), ("once", once), ("twice", twice), ("stamped", stamped)):
            path = tmp_path / f"{name}.pdf"
            path.write_bytes(file)
            assert [(v.profile, v.failed) for v in validator.check(path)] == [(p, ()) for p in verapdf.PROFILES], name


def test_nothing_but_signatures_is_added(pages, once, twice) -> None:
    assert once.startswith(pages)
    assert twice.startswith(once)
    assert (open_fields(pages), open_fields(twice)) == (("signature-1", "signature-2"), ())
    with pytest.raises(SigningError, match="signing-no-field"):
        signed(twice, "signature-1", key_of("Aino Esimerkki"), SAID)


def agree(file: bytes, path: Path) -> list[tuple[str, bool]]:
    """What ours and Poppler both say of each signature: whose, and whether it holds."""
    path.write_bytes(file)
    ours = [(s.subject, s.holds) for s in signatures_of(file)]
    assert [(t.subject, t.is_valid) for t in pdfsig(path)] == ours
    return ours


def test_both_validators_agree(once, twice, stamped, tmp_path) -> None:
    path = tmp_path / "s.pdf"
    assert agree(once, path) == [("Aino Esimerkki", True)]
    for file in (twice, stamped):
        assert agree(file, path) == [("Aino Esimerkki", True), ("Leena Malli", True)]


def test_a_time_stamp_is_somebody_elses_word_on_when(stamped, services) -> None:
    seen = signatures_of(stamped)
    assert all(s.stamped_at is not None and s.when == s.stamped_at for s in seen)
    assert [s.since for s in seen] == [Since.SIGNED, Since.NOTHING]
    assert services.asked.count("/stamps") >= 2
    assert "/revoked.crl" in services.asked


def test_a_service_that_does_not_answer_leaves_nothing_signed(pages, services, issuers) -> None:
    services.answers = False
    try:
        with pytest.raises(SigningError, match="signing-service"):
            signed(pages, "signature-1", key_of("Aino Esimerkki"), SAID, Services(services.stamps))
        with pytest.raises(SigningError, match="signing-service"):
            signed(pages, "signature-1", key_of("Aino Esimerkki"), SAID, Services("http://127.0.0.1:9", issuers))
    finally:
        services.answers = True
    with pytest.raises(SigningError, match="signing-issuers"):
        signed(pages, "signature-1", key_of("Aino Esimerkki"), SAID, Services(services.stamps, b"no certificates"))


def test_the_level_is_what_was_set_up() -> None:
    made = [Services(), Services("https://x"), Services("https://x", b"x"), Services("", b"x")]
    assert [s.level for s in made] == [SignatureLevel.B, SignatureLevel.T, SignatureLevel.LT, SignatureLevel.B]


def holds(file: bytes) -> bool:
    """Whether the file still says that both signed it and nothing was changed."""
    try:
        seen = signatures_of(file)
    except InputError:
        return False
    return [s.since for s in seen] == [Since.SIGNED, Since.NOTHING]


def poppler_holds(file: bytes, path: Path) -> bool:
    path.write_bytes(file)
    told = pdfsig(path)
    return len(told) == 2 and all(t.is_valid for t in told) and told[-1].is_whole_file


def last_own_bytes(file: bytes) -> range:
    """Where the last signature itself lies: no signature is of its own bytes."""
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader

    *_, last = PdfFileReader(BytesIO(file)).embedded_regular_signatures
    start, length, after, _ = (int(x) for x in last.byte_range)
    return range(start + length, after)


def test_any_changed_byte_is_noticed(twice, tmp_path) -> None:
    """By the archive's checksum always; by both validators outside the last signature's own bytes."""
    chance, own, kept = random.Random(BYTES), last_own_bytes(twice), hashlib.sha256(twice).digest()
    unnoticed, path = [], tmp_path / "s.pdf"
    for _ in range(BYTES):
        at, by = chance.randrange(len(twice)), chance.randrange(1, 256)
        changed = bytearray(twice)
        changed[at] ^= by
        file = bytes(changed)
        assert hashlib.sha256(file).digest() != kept
        if holds(file) or poppler_holds(file, path):
            unnoticed.append((at, by))
    assert [(at, by) for at, by in unnoticed if at not in own] == []


@pytest.mark.parametrize("added", [b"\n% more\n", b"\n1 0 obj\n<<>>\nendobj\n"])
def test_what_is_put_behind_the_end_is_told(twice, added) -> None:
    assert [s.since for s in signatures_of(twice + added)][-1] == Since.CHANGED


def test_a_file_without_signatures_has_none_and_no_pdf_is_refused(pages) -> None:
    assert signatures_of(pages) == ()
    for data in (b"", b"%PDF-1.7\n", b"hello" * 500, pages[:2000]):
        with pytest.raises(InputError, match="signed-file-unreadable"):
            signatures_of(data)
