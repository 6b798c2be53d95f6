"""The `Erasing` of app/ports on an encrypted database and its folder of films."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.errors import Cancelled as CancelledError
from app.errors import StoreError
from app.model.change import Change, Entity, added, removed
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
    Whole,
    WholeOrder,
)
from app.model.feedback import Clip
from app.model.filming import OpenRecording
from app.model.final_statement import FinalStatement
from app.model.hold import Held, Hold, Keeping, held, held_back
from app.model.identity import made_at, new_id
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.recording import DerivedFile, Recording
from app.model.redaction import RedactedCopy
from app.model.request import Request
from app.model.retention import BACKUPS_KEPT, Material, OfficeRule
from app.model.service_work import FormRow, ServiceWork
from app.model.signature import Signature
from app.model.statement import Evidence
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.model.utterance import Utterance, without_film
from app.ports import Cancelled, Progress
from storage import archive_settings, exchanging
from storage.backups import expiring, made
from storage.erasing import belongings
from storage.erasing.rules import check_case, check_film, check_whole, needs_second
from storage.store import coding_rows, entity_rows, journal, sealed_choices, search_rows
from storage.store.access_log import AuditLog
from storage.store.database import Database
from storage.store.kinds import KINDS, kind_of
from storage.store.logged_acts import LoggedAct
from storage.store.row_mapping import compact, edited_fields, to_row
from storage.store.rule_facts import TableFacts
from storage.store.tables import TABLES, sealed_choice
from storage.vault.film_vault import FilmVault

#: rows that go with a film's own
_OF_FILMS = tuple(kind.entity for kind in KINDS if kind.parent_kind is Recording)
#: of these the certificate tells the ids, of all else how many
_WHOLES = (
    "client_case", "meeting", "coding", "sealed_coding", "statement", "supervision_agreement", "sealed_notebook",
    "service_work",
)  # fmt: skip
_OF_NO_CASE: dict[Whole, type[SupervisionAgreement | ServiceWork]] = {
    Whole.SUPERVISION: SupervisionAgreement,
    Whole.SERVICE: ServiceWork,
}
_LOOK_EVERY_S = 0.1


class Erasing:
    """For one open archive and its worker. `whole` is held by whatever needs the archive to stay as it is."""

    def __init__(
        self,
        database: Database,
        log: AuditLog,
        media: FilmVault,
        whole: threading.Lock,
        erased: Callable[[], None],
        has_others: Callable[[], bool],
        can_sign_in: Callable[[str], bool],
    ) -> None:
        self._database, self._log, self._media, self._whole = database, log, media, whole
        self._has_others, self._can_sign_in = has_others, can_sign_in
        #: who else has confirmed the erasing of what, for one act
        self._seconds: dict[str, str] = {}
        #: told when rows of codings, or films, went: what is sealed of them is its worker's to know
        self._erased = erased

    def rests_on(self, recording_id: str) -> bool:
        """Raises StoreError(`not-found`)."""
        with self._database.read() as connection:
            return self._facts(connection).rests_on(_one(connection, Recording, recording_id).meeting_id)

    def confirmed(self, worker_id: str, object_id: str) -> None:
        """Another worker, whose passphrase was tried, has confirmed the erasing of a film or case: for the next act."""
        self._seconds[object_id] = worker_id

    def _facts(self, connection: sa.Connection) -> _Facts:
        return _Facts(connection, self._has_others, self._can_sign_in)

    # ── a film ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def film(self, order: FilmOrder, cancelled: Cancelled) -> tuple[Change, ...]:
        """Raises Cancelled, NotAllowed, StoreError; see the port."""
        second = self._seconds.pop(order.recording_id, "")
        with self._held(cancelled), self._database.write() as connection:
            film: Recording = _one(connection, Recording, order.recording_id)
            meeting: Meeting = _one(connection, Meeting, film.meeting_id)
            facts = self._facts(connection)
            check_film(film, order, meeting.case_id, facts, second)
            parts: list[Entity] = [p for kind in _OF_FILMS for p in _all(connection, kind, recording_id=film.id)]
            parts += _covers_beside(connection, parts, film.id)
            parts += _said_on(connection, film)
            alone = _chosen_alone(connection, film)
            erasure = replace(
                self._begun(connection, order, meeting.case_id, film.id),
                second_id=second,
                alone=not second and needs_second(film, order, facts),
                films=(_erased_film(film, parts, order.original),),
                rows=(*_rows_of(part for part in parts if not isinstance(part, DerivedFile)), *alone),
                containers=(*film.containers, *(part.container for part in parts if isinstance(part, DerivedFile))),
            )
            changes = (
                Change(film, film.erased_at(erasure.at, erasure.id)),
                *(removed(part) for part in parts),
                added(erasure),
            )
            entity_rows.write(connection, changes, edited_fields(changes))
            search_rows.follow(connection, changes)
            journal.forget(connection, [part.id for part in parts])
            followed = TableFacts(lambda: connection).behind_folder(film)
            end = self._log.append(connection, erasure.at, [self._act(erasure, "recording", film.id, followed)])
        self._erased()
        self._log.anchor_if_due(end)
        return changes

    # ── a case ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def case(self, order: CaseOrder, progress: Progress, cancelled: Cancelled) -> Erasure:
        """Raises Cancelled, NotAllowed, StoreError; see the port."""
        second = self._seconds.pop(order.case_id, "")
        with self._held(cancelled), self._database.write() as connection:
            _one(connection, Case, order.case_id)
            check_case(order, self._facts(connection), second)
            rows = belongings.below(TABLES[Case], order.case_id)
            erasure = replace(self._whole_case(connection, order, rows), second_id=second, alone=not second)
            # what a consultation said of this client before it was moved here
            moved = _moved_here(connection, rows)
            _delete(connection, rows, erasure, progress, cancelled)
            journal.forget(connection, moved)
            journal.forget_case(connection, order.case_id)
            search_rows.forget_case(connection, order.case_id)
            entity_rows.write(connection, [added(erasure)], {})
            end = self._log.append(connection, erasure.at, [self._act(erasure, "client_case", order.case_id)])
        self._erased()
        self._log.anchor_if_due(end)
        return erasure

    def _whole_case(self, connection: sa.Connection, order: CaseOrder, rows: belongings.Below) -> Erasure:
        def there(kind: type) -> tuple[Any, ...]:
            return _all(connection, kind, id=belongings.ids(connection, rows[TABLES[kind]]))

        copies: dict[str, list[Entity]] = {}
        for copy in there(DerivedFile):
            copies.setdefault(copy.recording_id, []).append(copy)
        films = [film for film in there(Recording) if not film.is_erased]
        former = [name for film in films for name in film.containers]
        return replace(
            self._begun(connection, order, order.case_id, order.case_id),
            films=tuple(_erased_film(film, copies.get(film.id, []), _lies(film, order)) for film in films),
            pages=tuple(
                ErasedPages(f.id, f.statement_id, f.sha256, f.size)
                for f in (*there(FinalStatement), *there(Signature), *there(RedactedCopy))
            ),
            rows=_counted(connection, rows),
            containers=tuple(sorted({*belongings.containers(connection, rows), *former})),
        )

    # ── what is of no case ───────────────────────────────────────────────────────────────────────────────────────────

    def whole(self, order: WholeOrder, progress: Progress, cancelled: Cancelled) -> Erasure:
        """Raises Cancelled, NotAllowed, StoreError; see the port."""
        second, kind = self._seconds.pop(order.id, ""), _OF_NO_CASE[order.whole]
        with self._held(cancelled), self._database.write() as connection:
            thing = _one(connection, kind, order.id)
            check_whole(order, thing, self._log.actor.worker_id, self._facts(connection), second)
            rows = belongings.below(TABLES[kind], order.id)
            folders = self._facts(connection).folders(order.id)
            if folders:  # of recorded sessions: what is left there once their films are gone
                rows |= belongings.below(TABLES[Case], *folders)
            begun = self._begun(connection, order, order.id, order.id)
            erasure = replace(begun, second_id=second, alone=not second, rows=_counted(connection, rows))
            gone = [key for some in rows.values() for key in belongings.ids(connection, some)]
            _delete(connection, rows, erasure, progress, cancelled)
            journal.forget_whole(connection, order.id, {k.name: k.parent for k in KINDS if TABLES[k.entity] in rows})
            for folder in folders:
                journal.forget_case(connection, folder)
            search_rows.forget_things(connection, gone)
            entity_rows.write(connection, [added(erasure)], {})
            end = self._log.append(connection, erasure.at, [self._act(erasure, order.whole.value, order.id)])
        self._erased()
        self._log.anchor_if_due(end)
        return erasure

    # ── the certificate ──────────────────────────────────────────────────────────────────────────────────────────────

    def _begun(
        self, connection: sa.Connection, order: FilmOrder | CaseOrder | WholeOrder, case_id: str, since: str
    ) -> Erasure:
        """The certificate's beginning: whose act it is, and which backups were made while the thing was there."""
        kept = [b.id for b in _all(connection, MadeBackup, gone=None) if b.made >= made_at(since)]
        return Erasure(
            new_id(),
            datetime.now(UTC),
            self._log.actor.worker_id,
            order.ground,
            order.words.strip(),
            case_id,
            backups=tuple(kept),
            kept_months=_backups_kept(connection),
            under=order.under,
        )

    def _act(self, erasure: Erasure, kind: str, object_id: str, followed: str = "") -> LoggedAct:
        """The access log's row; it vouches for what the certificate says. Of what is `followed` as in every row."""
        said = compact({k: v for k, v in to_row(erasure).items() if k not in ("containers", "finished")})
        detail = f"erasure={erasure.id};files={len(erasure.containers)};certificate={self._log.digest(said)}"
        return LoggedAct("erased", kind, object_id, detail, followed, purpose=erasure.ground)

    # ── and what is left of it on the disk ───────────────────────────────────────────────────────────────────────────

    def is_unfinished(self) -> bool:
        """Raises StoreError."""
        return bool(self._unfinished())

    def finish(self, progress: Progress, cancelled: Cancelled) -> tuple[Change, ...]:
        """Raises Cancelled, ContainerError, StoreError; see the port."""
        with self._held(cancelled):
            waiting = self._unfinished()
            if not waiting:
                return ()
            exchanging.forget_former(self._database.path.parent)
            files = [name for erasure in waiting for name in erasure.containers]
            for number, name in enumerate(files, start=1):
                _go_on(cancelled)
                self._media.erase([name])
                progress(0.5 * number / len(files))
            self._database.written_anew(cancelled)
            progress(0.9)
            changes = self._mark(waiting)
            self._database.empty_log()
        progress(1.0)
        return changes

    def _unfinished(self) -> tuple[Erasure, ...]:
        with self._database.read() as connection:
            return _all(connection, Erasure, finished=None)

    def _mark(self, waiting: Sequence[Erasure]) -> tuple[Change, ...]:
        at = datetime.now(UTC)
        changes = tuple(Change(erasure, replace(erasure, containers=(), finished=at)) for erasure in waiting)
        self._write(changes, [LoggedAct("erasure-finished", "erasure", erasure.id) for erasure in waiting])
        return changes

    # ── backups ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def note_backup(self, name: str, target: Path, archive_id: str) -> None:
        """A backup was made below `target`: for the certificates, and in the access log. Raises StoreError."""
        try:
            place = made.marked(target)
        except OSError:  # the backup is there and whole; only it cannot be told by itself that it went
            place = ""
        noted = MadeBackup(name, datetime.now(UTC), str(target.resolve()), place)
        self._write([added(noted)], [LoggedAct("backup", "archive", archive_id, name)])

    def look_for_backups(self) -> tuple[Change, ...]:
        """Raises StoreError; see the port."""
        with self._database.read() as connection:
            noted: tuple[MadeBackup, ...] = _all(connection, MadeBackup, gone=None)
            months = _backups_kept(connection)
        # a backup that is being made rests on films that an older one brought: then old ones go the next time
        if self._whole.acquire(blocking=False):
            try:
                self._note_found(noted)
                self._remove_expired(noted, months)
            finally:
                self._whole.release()
        changes = made.seen_gone(noted, datetime.now(UTC))
        self._write(changes, [LoggedAct("backup-gone", "made_backup", change.id) for change in changes])
        return changes

    def _note_found(self, noted: Sequence[MadeBackup]) -> None:
        """What lies at a known place and stands in no book, as after a restoring of an earlier one: now it does."""
        with self._database.read() as connection:
            every: tuple[MadeBackup, ...] = _all(connection, MadeBackup)
            archive_id = archive_settings.get(connection, archive_settings.ARCHIVE_ID)
        found = made.unlisted(noted, every, archive_id)
        self._write(list(map(added, found)), [LoggedAct("backup-found", "made_backup", one.id) for one in found])

    def _remove_expired(self, noted: Sequence[MadeBackup], months: int) -> None:
        # one that is seen to be gone, or was noted and never got its name, does not stand for the newest
        now = datetime.now(UTC)
        gone = {change.entity.id for change in made.seen_gone(noted, now)}
        old = expiring.expired([backup for backup in noted if backup.id not in gone], months, now)
        there = [backup for backup in old if made.lies_there(backup)]
        self._write((), [LoggedAct("backup-expired", "made_backup", b.id, f"months={months}") for b in there])
        expiring.remove(there)

    def _write(self, changes: Sequence[Change], acts: Sequence[LoggedAct]) -> None:
        if acts:
            with self._database.write() as connection:
                entity_rows.write(connection, changes, edited_fields(changes))
                end = self._log.append(connection, datetime.now(UTC), acts)
            self._log.anchor_if_due(end)

    @contextmanager
    def _held(self, cancelled: Cancelled) -> Iterator[None]:
        """A backup or a check that is under way is waited for: what it reads stays until it is done."""
        while not self._whole.acquire(timeout=_LOOK_EVERY_S):
            _go_on(cancelled)
        try:
            _go_on(cancelled)
            yield
        finally:
            self._whole.release()


class _Facts:
    """What the rules ask, answered from the tables."""

    def __init__(
        self, connection: sa.Connection, has_others: Callable[[], bool], can_sign_in: Callable[[str], bool]
    ) -> None:
        self._connection = connection
        self.has_others, self.can_sign_in = has_others, can_sign_in

    def rests_on(self, meeting_id: str) -> bool:
        evidence = TABLES[Evidence]
        told = sa.select(evidence.c.id).where(evidence.c.meeting_id == meeting_id).limit(1)
        return (
            bool(coding_rows.places(self._connection, meeting_id)) or self._connection.execute(told).first() is not None
        )

    def is_being_filmed(self, case_id: str) -> bool:
        book, meeting = TABLES[OpenRecording], TABLES[Meeting]
        books = sa.select(book.c.id).join(meeting, meeting.c.id == book.c.meeting_id)
        return self._connection.execute(books.where(meeting.c.case_id == case_id).limit(1)).first() is not None

    def folders(self, agreement_id: str) -> tuple[str, ...]:
        """Ids of those in which recordings of an agreement's sessions lie, or lay."""
        sessions = tuple(s.id for s in _all(self._connection, SupervisionSession, agreement_id=agreement_id))
        return tuple(case.id for case in _all(self._connection, Case, session_id=sessions)) if sessions else ()

    def has_recordings(self, agreement_id: str) -> bool:
        """Whether a film of one of its sessions is not erased yet."""
        meetings = tuple(m.id for m in _all(self._connection, Meeting, case_id=self.folders(agreement_id)))
        kinds: tuple[tuple[type, dict[str, object]], ...] = ((Recording, {"erased": None}), (OpenRecording, {}))
        return any(_all(self._connection, kind, meeting_id=meetings, **more) for kind, more in kinds)

    def held(self, case_id: str, meeting_id: str) -> Held:
        holds, requests = (_all(self._connection, kind, case_id=case_id) for kind in (Hold, Request))
        return held(meeting_id, holds, requests) or held_back(self._keeping(case_id))

    def _keeping(self, case_id: str) -> tuple[Keeping, ...]:
        """What keeps the supervision whose session was recorded there; nothing of a client's case."""
        facts = TableFacts(lambda: self._connection)
        case = facts.case(case_id)
        session = facts.supervision_session(case.session_id) if case is not None and case.is_folder else None
        agreement = facts.agreement(session.agreement_id) if session is not None else None
        return agreement.keeping if agreement is not None else ()


def _backups_kept(connection: sa.Connection) -> int:
    """For how many months backups are kept."""
    rules: tuple[OfficeRule, ...] = _all(connection, OfficeRule, material=Material.BACKUPS)
    return rules[-1].months if rules else BACKUPS_KEPT


def _one(connection: sa.Connection, kind: type[Any], entity_id: str) -> Any:
    found: Any = entity_rows.one(connection, kind, entity_id, sa.true())
    if found is None:
        raise StoreError("not-found", kind=kind_of(kind).name)
    return found


def _all(connection: sa.Connection, kind: type[Any], **fields: object) -> tuple[Any, ...]:
    return entity_rows.find(connection, kind, fields, sa.true())


def _covers_beside(connection: sa.Connection, parts: Sequence[Entity], film_id: str) -> list[ClipCover]:
    """Of clips that go with their film, what covers them on another camera's."""
    clips = [part.id for part in parts if isinstance(part, Clip)]
    covers = (cover for clip_id in clips for cover in _all(connection, ClipCover, clip_id=clip_id))
    return [cover for cover in covers if cover.recording_id != film_id]


def _said_on(connection: sa.Connection, film: Recording) -> tuple[Utterance, ...]:
    """What was written down of the film's sound and is heard on no film that stays."""
    films: tuple[Recording, ...] = _all(connection, Recording, meeting_id=film.meeting_id)
    return without_film(_all(connection, Utterance, meeting_id=film.meeting_id), films, film.id)


def _chosen_alone(connection: sa.Connection, film: Recording) -> tuple[ErasedRows, ...]:
    """With the last film of a meeting goes all that anybody chose alone out of it: it was of nothing else.

    While another film stays nobody but its chooser can part it: then it goes at the chooser's next sign-in.
    """
    films: tuple[Recording, ...] = _all(connection, Recording, meeting_id=film.meeting_id)
    if any(one.id != film.id and not one.is_erased for one in films):
        return ()
    gone = sealed_choices.erase_meeting(connection, film.meeting_id)
    return (ErasedRows(sealed_choice.name, gone),) if gone else ()


def _erased_film(film: Recording, parts: Sequence[Entity], original: Original) -> ErasedFilm:
    copies = sum(isinstance(part, DerivedFile) for part in parts)
    lies = original if film.is_from_outside else Original.NONE
    return ErasedFilm(film.id, film.meeting_id, film.camera, film.sha256, film.size, film.facts.duration, copies, lies)


def _lies(film: Recording, order: CaseOrder) -> Original:
    """Where the file of one of a case's films lies: what is known of that film, else what was answered for all."""
    return order.original if film.original == Original.UNKNOWN else film.original


def _rows_of(entities: Iterator[Entity]) -> tuple[ErasedRows, ...]:
    counts: dict[str, int] = {}
    for entity in entities:
        name = kind_of(type(entity)).name
        counts[name] = counts.get(name, 0) + 1
    return tuple(ErasedRows(name, number) for name, number in counts.items())


def _moved_here(connection: sa.Connection, rows: belongings.Below) -> tuple[str, ...]:
    """Ids of rows of consultations that were moved to what goes: what they held before stands in the journal."""
    table = TABLES[FormRow]
    found = sa.select(table.c.moved_from).where(belongings.key_of(table).in_(rows[table]), table.c.moved_from != "")
    return tuple(connection.execute(found).scalars())


def _counted(connection: sa.Connection, rows: belongings.Below) -> tuple[ErasedRows, ...]:
    return tuple(
        ErasedRows(table.name, number, belongings.ids(connection, rows[table]) if table.name in _WHOLES else ())
        for table, number in belongings.counted(connection, rows).items()
    )


def _delete(
    connection: sa.Connection, rows: belongings.Below, erasure: Erasure, progress: Progress, cancelled: Cancelled
) -> None:
    """Parts before wholes; nothing is committed yet, so it can still be cancelled."""
    belongings.forget_keys(connection, rows)
    numbers: Mapping[str, int] = {row.kind: row.count for row in erasure.rows}
    done, total = 0, sum(numbers.values())
    for table, some in reversed(rows.items()):
        _go_on(cancelled)
        connection.execute(sa.delete(table).where(belongings.key_of(table).in_(some)))
        done += numbers.get(table.name, 0)
        progress(done / total)


def _go_on(cancelled: Cancelled) -> None:
    if cancelled():
        raise CancelledError
