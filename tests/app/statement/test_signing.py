"""A final version is signed by each of its signers, in its file, which begins with what was there before."""

import hashlib
from datetime import date, timedelta

import pytest

from app import containers
from app.door import Door
from app.errors import ContainerError, NotAllowed, SigningError, StoreError
from app.i18n import now
from app.model.change import added
from app.model.identity import new_id
from app.model.people import Worker
from app.model.signature import PaperSignature, Signature, SignatureLevel
from app.model.signature_seen import Since
from app.model.statement import StatementStage
from app.model.statement_document import Signer
from app.reports.signature_check import signatures_of
from app.reports.signing import open_fields
from app.statement import final, signing
from app.statement.beginning import begin_statement, new_version
from app.statement.editor import StatementEditor
from app.statement.export import export_statement, statement_pdf
from app.statement.going_through import say_what_is_corrected
from app.statement.signing_file import opened
from tests.drivers.pdfsig import drawn_words, pdfsig
from tests.material.house import Home
from tests.material.signing_keys import ISSUER, PASSPHRASE, signer
from tests.material.written import gone_through, whole

SIGNERS = ("Aino Esimerkki", "Leena Malli")


@pytest.fixture
def home(qapp) -> Home:
    made = Home("fi")
    made.compare()
    return made


def key_of(name: str, **more):
    return opened(signer(name, **more).file(), PASSPHRASE)


def draft(home: Home) -> StatementEditor:
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    return whole(StatementEditor(home.a, home.texts, statement.id))


def finished(home: Home) -> str:
    """A final version; its id."""
    return final_from(home, draft(home))


def final_from(home: Home, editor: StatementEditor) -> str:
    """A draft goes all its way."""
    assert editor.ask_for_check()
    partner = StatementEditor(home.b, home.texts, editor.statement.id)
    assert partner.approve()
    assert final.make_final(gone_through(partner, home.a), home.vault)
    return editor.statement.id


def sign(home: Home, statement_id: str, store, **more) -> Signature:
    name = next(n for n, s in zip(SIGNERS, (home.a, home.b), strict=True) if s is store)
    return signing.sign(Door(store), home.vault, statement_id, more.pop("key", None) or key_of(name), **more)


def stage(home: Home, statement_id: str) -> StatementStage:
    return StatementEditor(home.a, home.texts, statement_id).statement.stage


def refused(kind, told: str, act, *arguments, **more) -> None:
    with pytest.raises(kind, match=f"^{told}$"):
        act(*arguments, **more)


def test_both_sign_and_each_file_begins_with_the_one_before(home, tmp_path) -> None:
    statement_id = finished(home)
    pages = statement_pdf(Door(home.a), home.vault, statement_id)
    assert open_fields(pages) == ("signature-1", "signature-2")
    first = sign(home, statement_id, home.a)
    once = statement_pdf(Door(home.a), home.vault, statement_id)
    assert once.startswith(pages)
    assert open_fields(once) == ("signature-2",)
    assert stage(home, statement_id) == StatementStage.FINAL
    second = sign(home, statement_id, home.b)
    twice = statement_pdf(Door(home.b), home.vault, statement_id)
    assert twice.startswith(once)
    assert stage(home, statement_id) == StatementStage.SIGNED
    assert [(s.place, s.worker_id) for s in (first, second)] == [(1, home.aino.id), (2, home.leena.id)]
    assert second.sha256 == hashlib.sha256(twice).hexdigest()
    assert (first.level, first.by_card, first.certificate.issuer) == (SignatureLevel.B, False, ISSUER)

    seen = signatures_of(twice)
    assert [(s.subject, s.since) for s in seen] == list(zip(SIGNERS, (Since.SIGNED, Since.NOTHING), strict=True))
    assert all(s.held_then for s in seen)
    assert [s.begins for s in seen] == [len(once), len(twice)]
    assert [s.when for s in seen] == [first.signed, second.signed]
    path = tmp_path / "s.pdf"
    path.write_bytes(twice)
    told = pdfsig(path)
    assert [(t.subject, t.is_valid, t.is_whole_file) for t in told] == [
        (SIGNERS[0], True, False), (SIGNERS[1], True, True)
    ]  # fmt: skip


def test_signing_asks_no_other_computer(home, monkeypatch) -> None:
    def refuse(*_where):
        raise AssertionError("nobody is asked")

    statement_id = finished(home)
    for way in ("socket.socket.connect", "socket.socket.connect_ex", "socket.socket.sendto", "socket.getaddrinfo"):
        monkeypatch.setattr(way, refuse)
    sign(home, statement_id, home.a)
    assert len(signatures_of(statement_pdf(Door(home.a), home.vault, statement_id))) == 1


def test_the_other_one_may_sign_first(home) -> None:
    statement_id = finished(home)
    assert sign(home, statement_id, home.b).place == 1
    assert sign(home, statement_id, home.a).place == 2
    seen = signatures_of(statement_pdf(Door(home.a), home.vault, statement_id))
    assert [(s.subject, s.since) for s in seen] == [(SIGNERS[1], Since.SIGNED), (SIGNERS[0], Since.NOTHING)]


def test_the_checksum_of_the_signed_file_stands_in_the_access_log(home) -> None:
    statement_id = finished(home)
    made = sign(home, statement_id, home.a)
    last = home.b.audit_log(statement_id)[-1]
    assert (last.act, last.worker_id) == ("sign", home.aino.id)
    assert f"sha256={made.sha256}" in last.detail


def test_what_is_saved_is_the_signed_file_also_when_a_newer_version_holds(home, tmp_path) -> None:
    statement_id = finished(home)
    made = sign(home, statement_id, home.a)
    editor = StatementEditor(home.a, home.texts, new_version(Door(home.a), home.texts, statement_id).id)
    assert say_what_is_corrected(editor, "A date was wrong.")
    final_from(home, editor)
    digest = export_statement(Door(home.a), home.vault, statement_id, tmp_path / "s.pdf")
    assert digest == made.sha256 == hashlib.sha256((tmp_path / "s.pdf").read_bytes()).hexdigest()
    refused(NotAllowed, "signing-superseded", sign, home, statement_id, home.b)
    assert sign(home, editor.statement.id, home.b).place == 1  # the new version is signed anew


def test_the_page_says_who_signed_when_by_whose_certificate(home, tmp_path) -> None:
    statement_id = finished(home)
    made = sign(home, statement_id, home.a)
    path = tmp_path / "s.pdf"
    path.write_bytes(statement_pdf(Door(home.a), home.vault, statement_id))
    words = drawn_words(path)
    at = made.signed.astimezone()
    assert f"{home.texts.date(at.date())} klo" in words
    assert "Allekirjoitettu sähköisesti" in words
    assert f"Varmenteen myöntäjä: {ISSUER}" in words
    assert "pätevä" not in words


def test_nobody_signs_a_draft_twice_or_for_another(home) -> None:
    open_id = draft(home).statement.id
    refused(NotAllowed, "signing-not-final", sign, home, open_id, home.a)
    statement_id = finished(home)
    third = Worker(new_id(), "Muu Työntekijä")
    home.a.apply("x", [added(third)])
    door = Door(home.held.open(third.id))
    refused(NotAllowed, "signing-not-a-signer", signing.sign, door, home.vault, statement_id, key_of("Muu Työntekijä"))
    sign(home, statement_id, home.a)
    refused(NotAllowed, "signing-done", sign, home, statement_id, home.a)


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"days": (-900, -30)}, "signing-expired"),
        ({"days": (30, 900)}, "signing-not-yet"),
        ({"use": "digital_signature"}, "signing-not-for-signing"),
    ],
)
def test_a_certificate_that_cannot_sign_now_changes_nothing(home, more, key) -> None:
    statement_id = finished(home)
    before = dict(home.vault.files)
    refused(SigningError, key, sign, home, statement_id, home.a, key=key_of("Aino Esimerkki", **more))
    assert home.vault.files == before
    assert home.a.find(Signature) == ()


def test_another_name_is_asked_and_not_refused(home) -> None:
    statement_id = finished(home)
    other = key_of("Aina Muu", kind="ec")
    refused(SigningError, "signing-other-name", sign, home, statement_id, home.a, key=other)
    assert home.a.find(Signature) == ()
    made = sign(home, statement_id, home.a, key=other, another_name=True)
    assert made.certificate.subject == "Aina Muu"


def test_a_file_that_the_books_did_not_take_leaves_no_container(home, monkeypatch) -> None:
    statement_id = finished(home)
    before, door = dict(home.vault.files), Door(home.a)
    monkeypatch.setattr(home.a, "apply", lambda *_a, **_k: (_ for _ in ()).throw(StoreError("disk-full")))
    refused(StoreError, "disk-full", signing.sign, door, home.vault, statement_id, key_of(SIGNERS[0]))
    assert home.vault.files == before


def test_one_changed_byte_of_the_kept_file_is_noticed(home) -> None:
    statement_id = finished(home)
    made = sign(home, statement_id, home.a)
    kept = bytearray(home.vault.files[made.container])
    kept[len(kept) // 3] ^= 1
    home.vault.files[made.container] = bytes(kept)
    with pytest.raises(ContainerError, match="container-damaged"):
        containers.read(home.vault, made)
    refused(ContainerError, "container-damaged", sign, home, statement_id, home.b)


def test_a_signature_on_paper_is_noted_by_whoever_knows_of_it(home) -> None:
    statement_id = finished(home)
    today = now().astimezone().date()
    note = signing.note_on_paper
    refused(NotAllowed, "signing-day", note, Door(home.a), statement_id, home.leena.id, today + timedelta(days=1))
    refused(NotAllowed, "signing-day", note, Door(home.a), statement_id, home.leena.id, date(2020, 1, 1))
    made = note(Door(home.a), statement_id, home.leena.id, today)
    assert made == home.b.find(PaperSignature)[0]
    assert (made.noted_by, made.worker_id) == (home.aino.id, home.leena.id)
    assert home.a.audit_log(statement_id)[-1].act == "sign-paper"
    assert stage(home, statement_id) == StatementStage.FINAL
    refused(NotAllowed, "signing-done", sign, home, statement_id, home.b)
    sign(home, statement_id, home.a)
    assert stage(home, statement_id) == StatementStage.SIGNED
    statement = StatementEditor(home.a, home.texts, statement_id).statement
    assert [type(p.made) for p in signing.places(home.a, statement)] == [Signature, PaperSignature]


def test_a_version_from_before_fields_is_signed_on_paper(home, monkeypatch) -> None:
    monkeypatch.setattr("app.statement.document.Signer", lambda *about: Signer(*about[:5]))
    statement_id = finished(home)
    assert open_fields(statement_pdf(Door(home.a), home.vault, statement_id)) == ()
    refused(SigningError, "signing-no-field", sign, home, statement_id, home.a)
    for worker in (home.aino, home.leena):
        signing.note_on_paper(Door(home.a), statement_id, worker.id, now().astimezone().date())
    assert stage(home, statement_id) == StatementStage.SIGNED
