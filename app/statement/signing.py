"""Signing a final version: each signer for oneself, into the file as it is, and what is known of its signatures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from app import containers
from app.door import Door
from app.errors import NotAllowed, SigningError
from app.i18n import Texts, now, today
from app.model.change import Change, added
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.people import Case
from app.model.signature import PaperSignature, Signature
from app.model.signature_seen import SignatureSeen, Since
from app.model.statement import Statement, StatementStage
from app.ports import MediaVault, Store
from app.ports.signing import SigningKey
from app.statement.versions import superseded_by
from app.vocabulary import StatementTexts

if TYPE_CHECKING:
    from app.reports.signing import Said, Services


@dataclass(frozen=True, slots=True)
class Place:
    """One signer of a final version: who, as the document says it, and the signature when there is one."""

    number: int
    worker_id: str
    name: str
    about: str
    made: Signature | PaperSignature | None = None
    has_field: bool = True


def places(store: Store, statement: Statement) -> tuple[Place, ...]:
    """Who signs a final version, in the document's order; nobody while it is a draft."""
    final = final_document(store, statement)
    if final is None:
        return ()
    signers = final.document.signers
    case = store.get(Case, statement.case_id)
    pair = [w for w in (case.lead, case.partner) if w]
    made = {s.worker_id: s for s in signatures(store, statement.id)}
    rows = []
    for number, signer in enumerate(signers, start=1):
        # the document of an older program does not say whose place it is: its signers were the pair
        known = signer.worker_id or (pair[number - 1] if number <= len(pair) else "")
        about = ", ".join(x for x in (signer.title, signer.role) if x)
        rows.append(Place(number, known, signer.name, about, made.get(known), bool(signer.worker_id)))
    return tuple(rows)


def final_document(store: Store, statement: Statement) -> FinalStatement | None:
    held = store.find(FinalStatement, statement_id=statement.id) if statement.is_final else ()
    return held[0] if held else None


def signatures(store: Store, statement_id: str) -> tuple[Signature | PaperSignature, ...]:
    """All of a version, those in its file first and in their order."""
    files = sorted(store.find(Signature, statement_id=statement_id), key=lambda s: s.place)
    return (*files, *store.find(PaperSignature, statement_id=statement_id))


def newest_file(store: Store, statement_id: str) -> Signature | None:
    """Whose signature made the file that is the statement now; None while nobody has signed it so."""
    held = store.find(Signature, statement_id=statement_id)
    return max(held, key=lambda s: s.place, default=None)


def file_of(store: Store, media: MediaVault, final: FinalStatement) -> bytes:
    """A final version as a file: with its signatures, byte for byte. Raises ContainerError when it is not whole."""
    newest = newest_file(store, final.statement_id)
    return containers.read(media, final if newest is None else newest)


def may_sign(store: Store, statement: Statement) -> Place:
    """The place that whoever is signed in has to sign.

    Raises NotAllowed: `signing-not-final`, `signing-superseded`, `signing-not-a-signer`, `signing-done`.
    """
    if final_document(store, statement) is None:
        raise NotAllowed("signing-not-final")
    if superseded_by(store, statement):
        raise NotAllowed("signing-superseded")
    mine = next((p for p in places(store, statement) if p.worker_id == store.me), None)
    if mine is None:
        raise NotAllowed("signing-not-a-signer")
    if mine.made is not None:
        raise NotAllowed("signing-done")
    return mine


def sign(
    door: Door,
    media: MediaVault,
    statement_id: str,
    key: SigningKey,
    services: Services | None = None,
    *,
    another_name: bool = False,
) -> Signature:
    """Sign a final version as who is signed in, and keep the signed file; not undoable, logged with its checksum.

    `another_name`: the signer was asked about a certificate in another name, and goes on. For a thread of its own.
    Raises NotAllowed as `may_sign` does, SigningError for the key and its certificate (`signing-other-name`
    when nobody was asked yet), ContainerError for the disk. Then nothing changed.
    """
    from app.reports import certificates
    from app.reports.signature_check import signatures_of
    from app.reports.signing import Services as Set
    from app.reports.signing import signed

    store = door.store
    statement = store.get(Statement, statement_id)
    mine = may_sign(store, statement)
    if not mine.has_field:
        raise SigningError("signing-no-field")
    at = now()
    held = certificates.check(key.certificate, at)
    if not another_name and not certificates.is_named(mine.name, held.subject):
        raise SigningError("signing-other-name")
    final = final_document(store, statement)
    assert final is not None, "who may sign has something to sign"
    before = file_of(store, media, final)
    services = services or Set()
    look = _look(statement.language, at, held.subject, held.issuer, held.valid_until)
    file = signed(before, f"signature-{mine.number}", key, look, services)
    seen = signatures_of(file)
    if not _is_right(seen, before, file):
        raise SigningError("signing-not-whole")
    signature_id = new_id()
    taken = containers.keep(media, signature_id, file)
    made = Signature(
        signature_id, statement_id, store.me, seen[-1].when or at, len(seen), key.by_card, services.level, held,
        taken.sha256, taken.size, taken.chunks, taken.container, taken.wrapped_key,
    )  # fmt: skip
    try:
        _write(door, statement, made, "sign")
    except BaseException:
        containers.discard(media, taken.container)
        raise
    return made


def note_on_paper(door: Door, statement_id: str, worker_id: str, day: date) -> PaperSignature:
    """Who is signed in notes that a signer signed the printed version by hand; logged, not undoable.

    Raises NotAllowed: `signing-not-final`, `signing-superseded`, `signing-not-a-signer`, `signing-done`,
    `signing-day` for a day that is to come or before the version was final.
    """
    store = door.store
    statement = store.get(Statement, statement_id)
    if final_document(store, statement) is None:
        raise NotAllowed("signing-not-final")
    if superseded_by(store, statement):
        raise NotAllowed("signing-superseded")
    since = statement.finalized.astimezone().date() if statement.finalized else day
    if not since <= day <= today():
        raise NotAllowed("signing-day")
    made = PaperSignature(new_id(), statement_id, worker_id, day, store.me)
    _write(door, statement, made, "sign-paper")
    return made


def _write(door: Door, statement: Statement, made: Signature | PaperSignature, act: str) -> None:
    """The signature, and the next stage with the last one: one step."""
    texts = Texts(statement.language)
    others = {p.worker_id for p in places(door.store, statement) if p.made is None} - {made.worker_id}
    changes = [added(made)]
    if not others and statement.stage == StatementStage.FINAL:
        changes.append(Change(statement, replace(statement, stage=StatementStage.SIGNED)))
    door.write(texts.tr("Signed") if act == "sign" else texts.tr("Signed on paper"), changes, act=act)


def _is_right(seen: tuple[SignatureSeen, ...], before: bytes, file: bytes) -> bool:
    """Whether what was made is what was there with one more signature, and every signature in it is whole."""
    if not seen or not file.startswith(before):
        return False
    return seen[-1].since == Since.NOTHING and all(s.since == Since.SIGNED for s in seen[:-1])


def _look(language: str, at: datetime, name: str, issuer: str, until: datetime) -> Said:
    from app.reports.signing import Said

    words, texts = StatementTexts(language), Texts(language)
    local = at.astimezone()
    when = words.word("signed_at", date=texts.date(local.date()), time=texts.time(local))
    small = words.word("certified_by", issuer=issuer, date=texts.date(until.astimezone().date()))
    return Said(when, words.word("signed_electronically"), name, small)
