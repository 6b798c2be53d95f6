"""The `Erasing` port over an archive in memory: the same rules and certificates, no files to be written anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from app.errors import Cancelled, StoreError
from app.model.change import Change, added, removed
from app.model.consent import ConsentForm
from app.model.cover import ClipCover
from app.model.erasure import (
    CaseOrder,
    ErasedFilm,
    ErasedPages,
    ErasedRows,
    Erasure,
    FilmOrder,
    MadeBackup,
    Original,
    WholeOrder,
)
from app.model.filming import OpenRecording
from app.model.final_statement import FinalStatement
from app.model.hold import Held, Hold, held, held_back
from app.model.identity import made_at, new_id
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.recording import DerivedFile, Origin, Recording
from app.model.redaction import RedactedCopy
from app.model.request import Request
from app.model.retention import BACKUPS_KEPT, Material, OfficeRule
from app.model.service_work import FormRow
from app.model.signature import Signature
from app.model.statement import Evidence
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.model.utterance import Utterance, without_film
from app.ports import AuditEntry
from storage.erasing.rules import check_case, check_film, check_whole, needs_second
from storage.store.kinds import KINDS, kind_of, parent_id
from tests.stand_ins.fakes import MemoryStore

_WHOLES = ("client_case", "meeting", "coding", "statement", "supervision_agreement", "service_work")


class MemoryErasing:
    """For one worker's store; `erase` removes containers, as the vault's does."""

    def __init__(self, store: MemoryStore, erase: Callable[[tuple[str, ...]], object]) -> None:
        self._store, self._archive, self.erase = store, store.archive, erase
        self.others = False
        self.left: set[str] = set()  # workers who cannot sign in any more
        self._seconds: dict[str, str] = {}

    def has_others(self) -> bool:
        return self.others

    def has_recordings(self, agreement_id: str) -> bool:
        kept = (e for e in self._archive.entities.values() if isinstance(e, Recording | OpenRecording))
        folders = {f.id for f in self._folders(agreement_id)}
        return any(
            self._get(Meeting, e.meeting_id).case_id in folders
            for e in kept
            if isinstance(e, OpenRecording) or not e.is_erased
        )

    def _folders(self, agreement_id: str) -> list[Case]:
        held = list(self._archive.entities.values())
        sessions = {e.id for e in held if isinstance(e, SupervisionSession) and e.agreement_id == agreement_id}
        return [e for e in held if isinstance(e, Case) and e.session_id in sessions]

    def can_sign_in(self, worker_id: str) -> bool:
        return worker_id not in self.left

    def confirmed(self, worker_id: str, object_id: str) -> None:
        self._seconds[object_id] = worker_id

    # what the rules ask

    def rests_on(self, thing_id: str) -> bool:
        """Of a film for the port, of a meeting for the rules."""
        held = self._archive.entities.get(thing_id)
        if not isinstance(held, Recording | Meeting):
            raise StoreError("not-found", kind="recording")
        meeting_id = held.meeting_id if isinstance(held, Recording) else held.id
        told = (e for e in self._archive.entities.values() if isinstance(e, Evidence))
        return bool(self._archive.headers(meeting_id)) or any(e.meeting_id == meeting_id for e in told)

    def is_being_filmed(self, case_id: str) -> bool:
        books = (e for e in self._archive.entities.values() if isinstance(e, OpenRecording))
        return any(self._get(Meeting, book.meeting_id).case_id == case_id for book in books)

    def held(self, case_id: str, meeting_id: str) -> Held:
        of_case = [e for e in self._archive.entities.values() if getattr(e, "case_id", "") == case_id]
        holds = [e for e in of_case if isinstance(e, Hold)]
        found = held(meeting_id, holds, [e for e in of_case if isinstance(e, Request)])
        if found or not (case := self._get(Case, case_id)).is_folder:
            return found
        session = self._get(SupervisionSession, case.session_id)
        return held_back(self._get(SupervisionAgreement, session.agreement_id).keeping)

    # acts

    def film(self, order: FilmOrder, cancelled) -> tuple[Change, ...]:
        second = self._seconds.pop(order.recording_id, "")
        _go_on(cancelled)
        film = self._get(Recording, order.recording_id)
        case_id = self._get(Meeting, film.meeting_id).case_id
        check_film(film, order, case_id, self, second)
        parts = [e for e in self._archive.entities.values() if getattr(e, "recording_id", "") == film.id]
        clips = {e.id for e in parts}
        covers = [e for e in self._archive.entities.values() if isinstance(e, ClipCover)]
        parts += [cover for cover in covers if cover.clip_id in clips and cover.recording_id != film.id]
        of_meeting = [e for e in self._archive.entities.values() if getattr(e, "meeting_id", "") == film.meeting_id]
        films = [e for e in of_meeting if isinstance(e, Recording)]
        parts += without_film([e for e in of_meeting if isinstance(e, Utterance)], films, film.id)
        copies = [part for part in parts if isinstance(part, DerivedFile)]
        certificate = replace(
            self._begun(order, case_id, film.id),
            second_id=second,
            alone=not second and needs_second(film, order, self),
            films=(_told(film, len(copies), order.original),),
            rows=_counted([part for part in parts if part not in copies]),
            containers=(*film.containers, *(part.container for part in copies)),
        )
        shell = film.erased_at(certificate.at, certificate.id)
        changes = (Change(film, shell), *map(removed, parts), added(certificate))
        self._carry_out(changes, "recording", film.id, certificate)
        return changes

    def case(self, order: CaseOrder, progress, cancelled) -> Erasure:
        second = self._seconds.pop(order.case_id, "")
        _go_on(cancelled)
        self._get(Case, order.case_id)
        check_case(order, self, second)
        gone = self._below(order.case_id)
        films = [e for e in gone if isinstance(e, Recording) and not e.is_erased]
        copies = [e for e in gone if isinstance(e, DerivedFile)]
        pages = [e for e in gone if isinstance(e, FinalStatement | Signature | RedactedCopy)]
        forms = [e for e in gone if isinstance(e, ConsentForm)]
        certificate = replace(
            self._begun(order, order.case_id, order.case_id),
            second_id=second,
            alone=not second,
            films=tuple(_told(f, sum(c.recording_id == f.id for c in copies), _lies(f, order.original)) for f in films),
            pages=tuple(ErasedPages(p.id, p.statement_id, p.sha256, p.size) for p in pages),
            rows=_counted(gone),
            containers=(*(n for f in films for n in f.containers), *(e.container for e in (*copies, *pages, *forms))),
        )
        self._carry_out((*map(removed, gone), added(certificate)), "client_case", order.case_id, certificate)
        progress(1.0)
        return certificate

    def whole(self, order: WholeOrder, progress, cancelled) -> Erasure:
        second = self._seconds.pop(order.id, "")
        _go_on(cancelled)
        (kind,) = (k.entity for k in KINDS if k.name == order.whole)
        check_whole(order, self._get(kind, order.id), self._store.me, self, second)
        gone = [e for whole in (order.id, *(f.id for f in self._folders(order.id))) for e in self._below(whole)]
        begun = self._begun(order, order.id, order.id)
        certificate = replace(begun, second_id=second, alone=not second, rows=_counted(gone))
        self._carry_out((*map(removed, gone), added(certificate)), order.whole.value, order.id, certificate)
        self._forget_taken_away(order.id)
        progress(1.0)
        return certificate

    def is_unfinished(self) -> bool:
        return bool(self._store.find(Erasure, finished=None))

    def finish(self, progress, cancelled) -> tuple[Change, ...]:
        waiting = self._store.find(Erasure, finished=None)
        for certificate in waiting:
            _go_on(cancelled)
            self.erase(certificate.containers)
        at = datetime.now(UTC)
        changes = tuple(Change(c, replace(c, containers=(), finished=at)) for c in waiting)
        self._archive.entities |= {c.id: c.after for c in changes}
        for certificate in waiting:
            self._log(at, "erasure-finished", "erasure", certificate.id)
        progress(1.0)
        return changes

    def look_for_backups(self) -> tuple[Change, ...]:
        return ()

    # how

    def _get(self, kind, entity_id):
        found = self._archive.entities.get(entity_id)
        if not isinstance(found, kind):
            raise StoreError("not-found", kind=kind_of(kind).name)
        return found

    def _begun(self, order, case_id: str, since: str) -> Erasure:
        kept = [b.id for b in self._store.find(MadeBackup, gone=None) if b.made >= made_at(since)]
        me = self._store.me
        words = order.words.strip()
        rules = self._store.find(OfficeRule, material=Material.BACKUPS)
        months = rules[-1].months if rules else BACKUPS_KEPT
        moment = datetime.now(UTC)
        return Erasure(
            new_id(), moment, me, order.ground, words, case_id, backups=tuple(kept), kept_months=months,
            under=order.under,
        )  # fmt: skip

    def _below(self, case_id: str) -> list:
        found = {case_id}
        for kind in KINDS:  # wholes stand before their parts
            if kind.parent:
                some = (e for e in self._archive.entities.values() if isinstance(e, kind.entity))
                found |= {e.id for e in some if parent_id(e) in found}
        return [e for e in self._archive.entities.values() if e.id in found]

    def _forget_taken_away(self, root_id: str) -> None:
        """What was below it and taken away before stands in the history alone."""
        said = ((e.entity_id, {**(e.before or {}), **(e.after or {})}) for _, e in self._archive.history)
        gone = {key for key, values in said if root_id in (values.get("agreement_id"), values.get("work_id"))}
        self._archive.history = [(c, e) for c, e in self._archive.history if e.entity_id not in gone]

    def _carry_out(self, changes, kind: str, object_id: str, certificate: Erasure) -> None:
        after = dict(self._archive.entities)
        gone = set()
        for change in changes:
            after.pop(change.id, None)
            if change.after is None:
                gone.add(change.id)
            else:
                after[change.id] = change.after
        gone |= {c.before.moved_from for c in changes if isinstance(c.before, FormRow)} - {""}
        self._archive.entities = after
        self._archive.history = [(c, e) for c, e in self._archive.history if e.entity_id not in gone]
        detail = f"erasure={certificate.id};files={len(certificate.containers)};certificate=0"
        self._log(certificate.at, "erased", kind, object_id, detail)

    def _log(self, at: datetime, act: str, kind: str, object_id: str, detail: str = "") -> None:
        me = self._store.me
        self._archive.audit.append(("", AuditEntry(0, at, me, act, kind, object_id, detail)))


def _lies(film: Recording, answered: Original) -> Original:
    return answered if film.original == Original.UNKNOWN else film.original


def _told(film: Recording, copies: int, original: Original) -> ErasedFilm:
    lies = original if film.origin == Origin.TAKEN_IN else Original.NONE
    return ErasedFilm(film.id, film.meeting_id, film.camera, film.sha256, film.size, film.facts.duration, copies, lies)


def _counted(entities) -> tuple[ErasedRows, ...]:
    ids: dict[str, list[str]] = {}
    for entity in entities:
        ids.setdefault(kind_of(type(entity)).name, []).append(entity.id)
    return tuple(
        ErasedRows(name, len(some), tuple(sorted(some)) if name in _WHOLES else ()) for name, some in ids.items()
    )


def _go_on(cancelled) -> None:
    if cancelled():
        raise Cancelled
