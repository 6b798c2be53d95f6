"""Handing over: who got which copy of a statement, how and when, and the files that go."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from app.casework.case_file import CaseFile, case_file
from app.door import Door
from app.errors import AppError, InputError, NotAllowed
from app.i18n import Texts, now, today
from app.model.change import Change, added
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.people import Case, Person
from app.model.redaction import RedactedCopy
from app.model.signature import PaperSignature, Signature
from app.model.statement import Statement, StatementStage
from app.model.statement_delivery import DeliveryWay, Sealing, StatementDelivery
from app.model.statement_stages import AT, StatementAct
from app.ports import MediaVault, Store
from app.statement.apart import may_not_name
from app.statement.export import file_name
from app.statement.redacting import copies, copy_file_name, original_sha256, pages_of_copy
from app.statement.shown_form import xhtml_of
from app.statement.signing import file_of, final_document, places
from app.statement.versions import superseded_by, versions
from app.vocabulary import StatementTexts
from app.whole_file import write_whole

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
#: letters that a passphrase for a file has at least
LEAST = 12


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives: a name, where the recipient works, and what it is to the case."""

    name: str
    unit: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Handing:
    """One handing over as it is told: `copy_id` is empty for the original; `secret` is a key or a passphrase."""

    recipient: Recipient
    way: DeliveryWay
    day: date
    copy_id: str = ""
    sealing: Sealing = Sealing.NOTHING
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A row of the list with the version that it is of."""

    version: int
    row: StatementDelivery


def deliveries(store: Store, statement_id: str) -> tuple[StatementDelivery, ...]:
    """All rows of a version, the newest first, those that were struck too."""
    held = store.find(StatementDelivery, statement_id=statement_id)
    return tuple(sorted(held, key=lambda d: (d.day, d.noted, d.id), reverse=True))


def given_of_case(store: Store, case_id: str) -> tuple[Given, ...]:
    """What of any statement of a case was handed over and counts, the newest first."""
    held = store.find(Statement, case_id=case_id)
    rows = [Given(s.version, d) for s in held for d in deliveries(store, s.id) if d.counts]
    return tuple(sorted(rows, key=lambda g: (g.row.day, g.row.noted), reverse=True))


def may_deliver(store: Store, statement: Statement) -> bool:
    """Whether who is signed in may hand over a version at its stage."""
    case = store.get(Case, statement.case_id)
    return statement.stage in AT[StatementAct.DELIVER] and store.me in (case.lead, case.partner)


def without_the_newest(store: Store, statement: Statement) -> tuple[Given, ...]:
    """Who received an earlier version of this one's series and has not received this one: they are to get it."""
    have = {_who(d) for d in deliveries(store, statement.id) if d.counts}
    found: dict[tuple[str, str], Given] = {}
    for earlier in sorted(versions(store, statement), key=lambda s: s.version):
        if earlier.version >= statement.version:
            break
        for row in deliveries(store, earlier.id):
            if row.counts and _who(row) not in have:
                found[_who(row)] = Given(earlier.version, row)
    return tuple(found.values())


def _who(row: StatementDelivery) -> tuple[str, str]:
    return row.recipient.casefold().strip(), row.unit.casefold().strip()


def recipients(store: Store, statement: Statement) -> tuple[Recipient, ...]:
    """Who may be meant: those of earlier rows, who ordered it, and the people of the case.

    Nobody who must not meet somebody whom it is about, until a redacted copy was made for that one.
    """
    case = case_file(store, statement.case_id)
    found = [Recipient(g.row.recipient, g.row.unit, g.row.role) for g in given_of_case(store, statement.case_id)]
    words = StatementTexts(statement.language)
    c = case.commission
    if c is not None and (c.social_worker or c.commissioner):
        unit = ", ".join(x for x in (c.commissioner, words.said("units", c.unit)) if x)
        found.append(Recipient(c.social_worker or c.commissioner, unit, words.word("commissioner").lower()))
    found += [Recipient(p.name or p.called, "", words.role(p.role)) for p in case.everybody if not p.network_only]
    readers = {copy.person_id for copy in copies(store, statement.id)}
    barred = {name for p in may_not_name(case, statement) if p.id not in readers for name in _called(p)}
    return tuple(dict.fromkeys(r for r in found if r.name.strip() and r.name.casefold().strip() not in barred))


def _called(person: Person) -> set[str]:
    """A person's name and what the person is called, in small letters."""
    return {person.name.casefold().strip(), person.called.casefold().strip()} - {""}


def _refuse_kept_apart(store: Store, statement: Statement, handing: Handing) -> None:
    """No file for one who must not meet somebody whom it is about, but the copy that was made for that reader.

    Raises NotAllowed(`delivery-kept-apart`).
    """
    name = handing.recipient.name.casefold().strip()
    barred = {p.id for p in may_not_name(case_file(store, statement.case_id), statement) if name in _called(p)}
    reader = store.get(RedactedCopy, handing.copy_id).person_id if handing.copy_id else ""
    if barred and reader not in barred:
        raise NotAllowed("delivery-kept-apart")


def replaced_words(texts: Texts, store: Store, statement: Statement) -> str:
    """What is to be thought of before a version goes whose place another has taken; empty while it holds."""
    newer = superseded_by(store, statement)
    if not newer:
        return ""
    return texts.tr(
        "Version {n} has taken the place of this one. Deliver this one only where this very version was asked for.",
        n=newer,
    )


def hand_over(
    door: Door, media: MediaVault, statement_id: str, handing: Handing, folder: Path | None
) -> StatementDelivery:
    """Write what goes into `folder` (nothing for paper), and note it; not undoable, logged with the file's checksum.

    No file that is in the folder is replaced: it may be what another reader is to get, or is under another passphrase.
    For a thread of its own. Raises NotAllowed as the store does, `delivery-day`, `delivery-kept-apart`; InputError for
    a key or passphrase that does not do; AppError(`cannot-write`), ContainerError. What cannot be noted is not written
    first.
    """
    store = door.store
    statement = store.get(Statement, statement_id)
    final = final_document(store, statement)
    since = statement.finalized.astimezone().date() if statement.finalized else handing.day
    if final is None or statement.stage not in AT[StatementAct.DELIVER]:
        raise NotAllowed("stage-not-now")
    if not since <= handing.day <= today():
        raise NotAllowed("delivery-day")
    if not handing.recipient.name.strip():
        raise NotAllowed("delivery-unsaid")
    data, name = _file(store, media, statement, final, handing.copy_id)
    if folder is not None:  # what was given on paper is noted, whoever has it now
        _refuse_kept_apart(store, statement, handing)
        name = _not_taken(folder, name)
        for path, content in files_of(store, statement, final, handing, name, data):
            write_whole(folder / path, content)
    who = handing.recipient
    made = StatementDelivery(
        new_id(), statement.id, store.me, now(), handing.day, who.name.strip(), who.unit.strip(),
        who.role.strip(), handing.way, handing.sealing, hashlib.sha256(data).hexdigest(), handing.copy_id,
    )  # fmt: skip
    changes = [added(made)]
    if statement.stage == StatementStage.SIGNED and not made.copy_id:
        changes.append(Change(statement, replace(statement, stage=StatementStage.DELIVERED)))
    door.write(Texts(statement.language).tr("Delivery noted"), changes, act="deliver")
    return made


def strike(door: Door, texts: Texts, row: StatementDelivery, why: str) -> None:
    """A row that is a mistake stays, struck, with the reason. Raises NotAllowed(`delivery-stays`) without one."""
    door.write(texts.tr("Delivery struck"), [Change(row, replace(row, struck=now(), why=why.strip()))], act="deliver")


def _file(
    store: Store, media: MediaVault, statement: Statement, final: FinalStatement, copy_id: str
) -> tuple[bytes, str]:
    """The clear file as the recipient reads it, and what it is called."""
    if not copy_id:
        return file_of(store, media, final), file_name(store, statement)
    copy = store.get(RedactedCopy, copy_id)
    return pages_of_copy(media, copy), copy_file_name(store, statement, copy)


def _not_taken(folder: Path, name: str) -> str:
    """The name, or with a number behind it, under which nothing of any kind is in the folder yet.

    Raises AppError(`cannot-write`) for a folder that cannot be looked into.
    """
    try:
        there = {path.name.casefold() for path in folder.iterdir()}
    except OSError as error:
        raise AppError("cannot-write") from error
    stem = name.removesuffix(".pdf")
    tried = (stem if n == 1 else f"{stem} ({n})" for n in count(1))
    free = next(one for one in tried if not any(held.startswith(f"{one.casefold()}.") for held in there))
    return f"{free}.pdf"


def files_of(
    store: Store, statement: Statement, final: FinalStatement, handing: Handing, name: str, data: bytes
) -> Sequence[tuple[str, bytes]]:
    """The files that go, by name: the pages as they are or sealed, what they are, and how to open them.

    Raises InputError: as `key_in` for a key, `delivery-no-passphrase` for one that is too short.
    """
    from app.exchange.age_files import SUFFIX, sealed_for, sealed_with

    about = about_file(store, statement, final, handing, data)
    beside = name.removesuffix(".pdf")
    rows = [(name, data), (f"{beside}.json", json.dumps(about, ensure_ascii=False, indent=2).encode("utf-8"))]
    if not handing.copy_id:  # of a redacted copy nothing goes but what was searched
        note = StatementTexts(statement.language).word("not_national")
        rows.append((f"{beside}.xhtml", xhtml_of(final.document, about, note)))
    if handing.sealing == Sealing.NOTHING:
        return rows
    if handing.sealing == Sealing.PASSPHRASE and len(handing.secret) < LEAST:
        raise InputError("delivery-no-passphrase")
    seal = sealed_for if handing.sealing == Sealing.KEY else sealed_with
    how = StatementTexts(statement.language).how_to_open(f"{name}{SUFFIX}", name, key=handing.sealing == Sealing.KEY)
    sealed = [(f"{path}{SUFFIX}", seal(content, handing.secret)) for path, content in rows]
    return [*sealed, (f"{beside}.txt", how.encode("utf-8-sig"))]


def about_file(
    store: Store, statement: Statement, final: FinalStatement, handing: Handing, data: bytes
) -> dict[str, object]:
    """What goes beside the pages as JSON: what the file is, of which task, by whom, and its checksum.

    It is no national client document and says so; names of the family stand in the pages alone.
    """
    d, words = final.document, StatementTexts(statement.language)
    case = case_file(store, statement.case_id)
    told: dict[str, object] = {
        "format": "havainto-statement-metadata/1",
        "note": words.word("not_national"),
        "language": d.language,
        "version": d.version,
        "dated": d.day.isoformat(),
        "copy": "redacted" if handing.copy_id else "original",
        "file": {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "format": "PDF/A-2a, PDF/UA-1"},
        "original_sha256": original_sha256(store, final),
        "confidentiality": list(d.confidentiality),
        "superseded_by": superseded_by(store, statement) or None,
    }
    if handing.copy_id:
        return told  # what else is known of it may be what it covers
    earlier = [(s, final_document(store, s)) for s in versions(store, statement) if s.version < statement.version]
    return told | {
        "kind": d.title.split(" · ")[0],
        "method": d.subtitle,
        "producer": list(d.producer),
        "facts": [{"name": n, "value": v} for n, v in d.facts if v.strip() and not _names(case, v)],
        "signed_by": _signed_by(store, statement),
        "supersedes": [{"version": s.version, "sha256": original_sha256(store, f)} for s, f in earlier if f],
    }


def _signed_by(store: Store, statement: Statement) -> list[dict[str, str]]:
    found = []
    for place in places(store, statement):
        by, made = {"name": place.name, "title": place.about}, place.made
        if isinstance(made, Signature):
            found.append({**by, "signed": made.signed.isoformat(), "way": "electronic", "level": str(made.level)})
        elif isinstance(made, PaperSignature):
            found.append({**by, "signed": made.day.isoformat(), "way": "paper"})
    return found


def passphrase_made() -> str:
    """A new passphrase to be told by phone: five groups of four letters that no one takes for another, 90 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5))


def _names(case: CaseFile, value: str) -> bool:
    """Whether a value names somebody of the case."""
    return any(p.name and p.name.casefold() in value.casefold() for p in case.everybody)
