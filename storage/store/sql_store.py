"""The archive's store on an encrypted database, opened as one worker (the `Store` of app/ports)."""

from __future__ import annotations

import contextlib
import heapq
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from operator import attrgetter
from typing import Protocol, TypeVar

import sqlalchemy as sa

from app.errors import ArchiveError, StoreError
from app.model.change import Change, Entity
from app.model.coding import FIRST_READING, CodingHeader, CodingKind, CodingState
from app.model.day import local_day
from app.model.guests import Sight
from app.model.independence import is_due, own_states
from app.model.meeting import Meeting
from app.model.people import Case, Worker
from app.model.recording import Recording
from app.model.sought import Side
from app.model.units import RowCount, Year
from app.model.worked import BillRow, MonthRow, YearOfWork
from app.ports import AuditEntry, HistoryEntry
from app.ports.glances import FilmGlance, PairGlance
from app.ports.overviews import CaseOver, FilmOver, PairOver
from app.ports.pages import Days
from storage.store import (
    coding_rows,
    entity_rows,
    glances,
    guest_reading,
    journal,
    of_case,
    overviews,
    pages,
    reading_rules,
    sealed_rows,
    work_sums,
)
from storage.store.access_log import AuditLog, Head
from storage.store.coding_rows import followed_by_logs
from storage.store.database import Database
from storage.store.following import following
from storage.store.guest_rules import written_by_guest
from storage.store.kinds import CHOSEN_ALONE, PRIVATE, PRIVATE_NAMES, SUPERVISED, is_of_cases, kind_of
from storage.store.logged_acts import LoggedAct, safe_detail
from storage.store.reading_rules import marks_of
from storage.store.rule_facts import Chosen, TableFacts
from storage.store.steps import Step, write_along, write_in_archive
from storage.store.tables import audit
from storage.store.writing_rules import check, folded, sealed_places, the_one_place

E = TypeVar("E", bound=Entity)


class Settled(Protocol):
    """What was done for what waited; `end` is the end of the archive's log where something was released."""

    @property
    def end(self) -> Head | None: ...


class OwnChoices(Chosen, Protocol):
    """What the worker chose alone, sealed in rows of the archive (`storage/codings/choices`)."""

    def named(self, archive: sa.Connection, meeting_ids: Collection[str]) -> set[str]: ...
    def is_due(self, archive: sa.Connection, meeting_ids: Collection[str] | None = None) -> bool: ...
    def settle(self, archive: sa.Connection, meeting_ids: Collection[str] | None = None) -> Settled: ...
    def take(self, archive: sa.Connection, step: Step) -> None: ...
    def sealed_part(
        self, archive: sa.Connection, net: Mapping[str, Change], facts: TableFacts
    ) -> dict[str, Change]: ...


class OwnCodings(coding_rows.OwnFiles, Protocol):
    """The worker's own sealed codings, each in an encrypted file of its own (`storage/codings`)."""

    @property
    def choices(self) -> OwnChoices: ...
    def take(self, step: Step, coding_id: str) -> None: ...
    def note(self, file: coding_rows.OwnFile, act: LoggedAct) -> None: ...
    def digest(self, file: coding_rows.OwnFile, text: str) -> str: ...
    def release_due(self) -> tuple[CodingHeader, ...]: ...
    def hold_notes(self, coding_ids: Iterable[str]) -> None: ...
    def history(self, entity_id: str, of: Collection[str] | None = None) -> tuple[HistoryEntry, ...]: ...
    def logged(self) -> list[AuditEntry]: ...
    def troubles(self) -> tuple[str, ...]: ...
    def close(self) -> None: ...


class SqlStore:
    """Entities, journal and access log of one archive for one worker. Safe to use from several threads."""

    def __init__(self, database: Database, log: AuditLog, own: OwnCodings) -> None:
        self._database = database
        self._log = log
        self._me = log.actor.worker_id
        self._own, self._chosen = own, own.choices
        self._codings = coding_rows.CodingRows(own, self._me)
        self._guest: bool | None = None  # for good, once the worker's row is there

    @property
    def me(self) -> str:
        return self._me

    @property
    def worker(self) -> Worker:
        return self.get(Worker, self._me)

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def apply(self, label: str, changes: Sequence[Change], *, act: str = "edit") -> datetime:
        """Commit one step; see `app.ports.Store`. A step without changes commits nothing.

        Raises StaleChange when a *before* is no longer so; then nothing is written. A step of a sealed coding and
        something else is a bug (AssertionError).
        """
        net = folded(changes)
        if not net:
            return datetime.now(UTC)
        if self._guest is not False:
            net = self._written_by_guest(net, act)
        step = Step(datetime.now(UTC), self._me, label, act, net)
        notes = {coding_rows.coding_of(c.entity) for c in net.values() if c.kind in PRIVATE and c.before is None}
        if notes - {""}:
            self._own.hold_notes(notes - {""})
        places = sealed_places(net, self._codings.lies_in_file)
        if len(places) == 1 and "" not in places:
            self._own.take(step, the_one_place(places))
            return datetime.now(UTC)
        with self._database.write() as connection:
            end = self._settled(connection, net)
            facts = TableFacts(lambda: connection, chosen=self._chosen)
            check(net, self._me, facts, act)
            the_one_place(places)
            along = following(net, facts)
            end = self._write(connection, step, facts) or end
            for worker_id, changes_along in along.items():
                self._write_along(connection, replace(step, worker_id=worker_id, net=changes_along), facts)
        if end is not None:
            self._log.anchor_if_due(end)
        return datetime.now(UTC)

    def _written_by_guest(self, net: dict[str, Change], act: str) -> dict[str, Change]:
        """The same step for whoever is none. Raises NotAllowed."""
        with self._database.read() as connection:
            held = self._sight(connection)
            return net if held is None else written_by_guest(net, held, act, TableFacts(lambda: connection).get)

    def _settled(self, connection: sa.Connection, net: Mapping[str, Change]) -> Head | None:
        """Before a step with something chosen, or a film: what waits for it there comes first."""
        touched = (c.entity for c in net.values() if isinstance(c.entity, (*CHOSEN_ALONE, Recording)))
        meeting_ids = {entity.meeting_id for entity in touched}
        if not meeting_ids or not self._chosen.is_due(connection, meeting_ids):
            return None
        return self._chosen.settle(connection, meeting_ids).end

    def _write(self, connection: sa.Connection, step: Step, facts: TableFacts) -> Head | None:
        """A step's rows where they lie: what is chosen alone sealed, all else in the tables and both logs."""
        sealed = self._chosen.sealed_part(connection, step.net, facts)
        rest = {key: change for key, change in step.net.items() if key not in sealed}
        end = None
        if rest:
            # the step's words may speak of what is sealed: where others read them they are left out
            told = replace(step, net=rest, label="" if sealed else step.label)
            end = write_in_archive(connection, told, facts, self._log)
        if sealed:
            self._chosen.take(connection, replace(step, net=sealed))
        return end

    def _write_along(self, connection: sa.Connection, step: Step, facts: TableFacts) -> None:
        sealed = self._chosen.sealed_part(connection, step.net, facts) if step.worker_id == self._me else {}
        rest = {key: change for key, change in step.net.items() if key not in sealed}
        if rest:
            write_along(connection, replace(step, net=rest), facts)
        if sealed:
            self._chosen.take(connection, replace(step, net=sealed))

    def note(self, act: str, kind: type[Entity], object_id: str, detail: str = "") -> None:
        """One row in the access log. A view of the same object within a minute is the same view."""
        file = self._codings.file_behind(object_id) if coding_rows.belongs(kind) else None
        if file is None:
            self._note(act, kind_of(kind).name, object_id, detail, kind)
        else:
            # nothing of a draft goes into the archive's log
            told = safe_detail(detail, partial(self._own.digest, file))
            self._own.note(file, LoggedAct(act, kind_of(kind).name, object_id, told, file.row.coding_id))

    def note_archive(self, act: str, archive_id: str, detail: str = "") -> None:
        """One row in the access log for what was done to the archive as a whole."""
        self._note(act, "archive", archive_id, detail)

    def _note(self, act: str, name: str, object_id: str, detail: str, kind: type[Entity] | None = None) -> None:
        with self._database.write() as connection:
            coding_id = coding_rows.behind_anywhere(connection, object_id)
            coding_id = coding_id or self._coded_alone(connection, kind, object_id)
            if kind is not None and not coding_id and (kind in SUPERVISED or is_of_cases(kind)):
                coding_id = self._followed(TableFacts(lambda: connection), kind, object_id)
            done = LoggedAct(act, name, object_id, safe_detail(detail, self._log.digest), coding_id)
            if self._log.merged_view(done, time.monotonic()):
                return
            end = self._log.append(connection, datetime.now(UTC), [done])
        self._log.anchor_if_due(end)

    def _coded_alone(self, connection: sa.Connection, kind: type[Entity] | None, object_id: str) -> str:
        """The own coding that looking at its meeting or film would tell of; empty when it is open, or there is none."""
        if kind not in (Meeting, Recording):
            return ""
        sealed = [row for row in self._own.rows() if not row.released]
        if not sealed:
            return ""
        found = TableFacts(lambda: connection).get(kind, object_id)
        meeting_id = found.meeting_id if isinstance(found, Recording) else object_id
        return next((row.coding_id for row in sealed if row.meeting_id == meeting_id), "")

    def _followed(self, facts: TableFacts, kind: type[Entity], object_id: str) -> str:
        """By what a row of the log about something of supervision is hidden; empty for what is of client work."""
        held = facts.get(kind, object_id)
        if kind not in SUPERVISED:
            return "" if held is None else facts.behind_folder(held)
        return followed_by_logs(held) if held is not None else marks_of(self._me)

    def release_due(self) -> tuple[CodingHeader, ...]:
        """Release those of the worker's own codings that waited for this sign-in; returns what can be read since."""
        return self._own.release_due()

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def get(self, kind: type[E], entity_id: str) -> E:
        """One entity. Raises StoreError `not-found` also for what this worker may not see."""
        with self._database.read() as connection:
            held = self._sight(connection)
            if coding_rows.belongs(kind):
                found = self._codings.one(connection, kind, entity_id)
            elif held is None:
                found = next(iter(self._found(connection, kind, {"id": entity_id})), None)
            else:
                found = next(iter(guest_reading.find(connection, kind, {"id": entity_id}, held)), None)
        if found is not None and held is not None:
            found = next(iter(guest_reading.seen((found,), held)), None)
        if found is None:
            raise StoreError("not-found", kind=kind_of(kind).name)
        return found

    def find(self, kind: type[E], /, **fields: object) -> tuple[E, ...]:
        with self._database.read() as connection:
            held = self._sight(connection)
            if coding_rows.belongs(kind):
                found = self._codings.find(connection, kind, fields)
                return found if held is None else guest_reading.seen(found, held)
            if held is not None:
                return guest_reading.find(connection, kind, fields, held)
            return self._found(connection, kind, fields)

    def _found(self, connection: sa.Connection, kind: type[E], fields: Mapping[str, object]) -> tuple[E, ...]:
        """What no coding holds, as the worker finds it, who is no guest."""
        found = entity_rows.find(connection, kind, fields, self._of_kind(kind, fields))
        if kind not in CHOSEN_ALONE or not (own := self._chosen.find(connection, kind, fields)):
            return found
        return tuple(heapq.merge(found, own, key=attrgetter("id")))

    def everything(self, kind: type[E], /, **fields: object) -> tuple[E, ...]:
        """Whoever's it is: for what looks after containers and backups, which no worker's wall may hide."""
        assert not coding_rows.belongs(kind), "a coding's rows are its coder's"
        with self._database.read() as connection:
            return entity_rows.find(connection, kind, fields, sa.true())

    def _of_kind(self, kind: type[Entity], fields: Collection[str]) -> sa.ColumnElement[bool]:
        """What of a kind is there for the worker who asks by these fields."""
        return sa.and_(reading_rules.outside_codings(kind, self._me), reading_rules.listed(kind, fields))

    def cases(self, limit: RowCount, after: Case | None = None, *, mine: bool = False) -> tuple[Case, ...]:
        with self._database.read() as connection:
            held, me = self._sight(connection), self._me if mine else ""
            if held is None:
                return pages.cases(connection, limit, after, me)
            return guest_reading.seen(pages.cases(connection, limit, after, me, held.cases), held)

    def meetings(
        self, limit: RowCount, before: Meeting | None = None, *, days: Days | None = None, mine: bool = False
    ) -> tuple[Meeting, ...]:
        with self._database.read() as connection:
            held, me = self._sight(connection), self._me if mine else ""
            return pages.meetings(connection, limit, before, days, me, None if held is None else held.meetings)

    def has(self, kind: type[Entity], /, **fields: object) -> bool:
        assert not coding_rows.belongs(kind), "a coding's rows are asked for by its rule"
        with self._database.read() as connection:
            if (held := self._sight(connection)) is not None:
                return bool(guest_reading.find(connection, kind, fields, held))
            if kind in CHOSEN_ALONE:
                return bool(self._found(connection, kind, fields))
            return entity_rows.is_there(connection, kind, fields, self._of_kind(kind, fields))

    def is_code_name_taken(self, name: str, case_id: str = "") -> bool:
        with self._database.read() as connection:
            # a guest makes no case, and is told of no name by whether it is taken
            return self._sight(connection) is None and pages.code_name_taken(connection, name, case_id)

    def pairs_of(self, meeting_ids: Collection[str], reading: int = FIRST_READING) -> dict[str, PairGlance]:
        with self._database.read() as connection:
            return glances.pairs(connection, self._reached(connection, meeting_ids), reading)

    def films_of(self, meeting_ids: Collection[str]) -> dict[str, tuple[FilmGlance, ...]]:
        with self._database.read() as connection:
            return glances.films(connection, self._reached(connection, meeting_ids))

    def films_kept(self) -> tuple[str, ...]:
        with self._database.read() as connection:
            if (held := self._sight(connection)) is None:
                return glances.kept(connection, reading_rules.outside_codings(Recording, self._me))
            return tuple(film.id for film in guest_reading.find(connection, Recording, {"erased": None}, held))

    def finals_without_document(self) -> tuple[str, ...]:
        with self._database.read() as connection:
            return glances.finals_without_document(connection) if self._sight(connection) is None else ()

    def films_over(self, final_by: date | None, closed_by: date | None, *, mine: bool = False) -> tuple[FilmOver, ...]:
        with self._database.read() as connection:
            if self._sight(connection) is not None:
                return ()
            return overviews.films(connection, final_by, closed_by, self._me if mine else "")

    def open_cases(self) -> tuple[CaseOver, ...]:
        with self._database.read() as connection:
            return overviews.open_cases(connection) if self._sight(connection) is None else ()

    def work_of_pairs(self, days: Days) -> tuple[PairOver, ...]:
        with self._database.read() as connection:
            return overviews.work_of_pairs(connection, days) if self._sight(connection) is None else ()

    def year_of_work(self, year: Year, side: Side, cancelled: Callable[[], bool] = lambda: False) -> YearOfWork:
        with self._database.read() as connection:
            if self._sight(connection) is not None:
                return work_sums.nothing(year, side)
            return work_sums.year(connection, year, side, cancelled)

    def work_between(
        self, first: date, last: date, side: Side, cancelled: Callable[[], bool] = lambda: False
    ) -> YearOfWork:
        with self._database.read() as connection:
            if self._sight(connection) is not None:
                return work_sums.nothing(first.year, side)
            return work_sums.between(connection, first, last, side, cancelled)

    def billable(self, side: Side, customer: str) -> tuple[BillRow, ...]:
        with self._database.read() as connection:
            return work_sums.billable(connection, side, customer) if self._sight(connection) is None else ()

    def customers_of_year(self, year: Year, side: Side) -> tuple[str, ...]:
        with self._database.read() as connection:
            return work_sums.customers(connection, year, side) if self._sight(connection) is None else ()

    def months_of_work(self, first: date, last: date) -> tuple[MonthRow, ...]:
        with self._database.read() as connection:
            return work_sums.months(connection, first, last) if self._sight(connection) is None else ()

    def years_of_work(self) -> tuple[Year, ...]:
        with self._database.read() as connection:
            return work_sums.years(connection) if self._sight(connection) is None else ()

    def coding_states(self, meeting_id: str, reading: int = FIRST_READING) -> dict[str, CodingState]:
        with self._database.read() as connection:
            if not self._reached(connection, (meeting_id,)):
                return {}
            return own_states(coding_rows.counted_places(connection, meeting_id), reading)

    def awaited(self, meeting_id: str, reading: int = FIRST_READING) -> tuple[str, ...]:
        with self._database.read() as connection:
            if not self._reached(connection, (meeting_id,)):
                return ()
            everywhere = coding_rows.counted_places(connection, meeting_id)
            sealed = sealed_rows.unreleased(connection, meeting_id)
        own = (p for p in sealed if p.kind == CodingKind.OWN and p.reading == reading)
        return tuple(sorted(p.coder for p in own if is_due(p, everywhere)))

    def history(self, entity_id: str) -> tuple[HistoryEntry, ...]:
        with self._database.read() as connection:
            rule = reading_rules.of_journal(self._me)
            if (sight := self._sight(connection)) is not None:
                rule &= guest_reading.of_journal(sight)
            seen = rule & coding_rows.journal_about(connection, entity_id)
            held = journal.read(connection, entity_id, seen, self._me)
        # what an older archive told of own notes stays in its journal
        is_whole = bool(held) and held[0].kind not in PRIVATE_NAMES
        return held if is_whole else (*held, *self._own.history(entity_id, None if sight is None else sight.codings))

    def audit_log(self, object_id: str | None = None, *, acts: Collection[str] = ()) -> tuple[AuditEntry, ...]:
        with self._database.read() as connection:
            rule = self._of_access_log(connection)
            held = self._log.read(connection, object_id, rule, acts)
            # those of drafts come after those of the archive, whose numbers they leave as they are
            drafts = enumerate(self._own.logged(), start=1)
            own = [(n, e) for n, e in drafts if object_id in (None, e.object_id) and (not acts or e.act in acts)]
            before = self._log.seen(connection, rule) if own else 0
        return (*held, *(replace(e, number=before + n) for n, e in own))

    def audit_of_case(self, case_id: str, days: Days | None = None) -> tuple[AuditEntry, ...]:
        with self._database.read() as connection:
            about = of_case.ids(case_id)
            held = self._log.read_about(connection, about, self._of_access_log(connection), days)
            wanted = set(connection.execute(about).scalars())
            wanted |= self._chosen.named(connection, wanted)
        own = (e for e in self._own.logged() if e.object_id in wanted)
        within = (e for e in own if days is None or days.begin <= e.at < days.end)
        return (*held, *(replace(e, number=n) for n, e in enumerate(within, start=len(held) + 1)))

    # as a guest reads

    def _sight(self, connection: sa.Connection) -> Sight | None:
        """What is open to the worker now, who is a guest; None for everybody else."""
        if self._guest is None:
            self._guest = guest_reading.is_guest(connection, self._me)
        return guest_reading.sight(connection, self._me, local_day()) if self._guest else None

    def _reached(self, connection: sa.Connection, meeting_ids: Collection[str]) -> Collection[str]:
        """Those of some meetings that are there for the worker."""
        if (held := self._sight(connection)) is not None:
            return held.meetings & {*meeting_ids}
        beyond = {*connection.execute(reading_rules.walled(Meeting, self._me)).scalars()}
        return {*meeting_ids} - beyond if beyond else meeting_ids

    def _of_access_log(self, connection: sa.Connection) -> sa.ColumnElement[bool]:
        """Of the access log a guest reads what the guest did."""
        is_guest = self._sight(connection) is not None
        return audit.c.actor_id == self._me if is_guest else reading_rules.of_access_log(self._me)

    def verify(self) -> tuple[str, ...]:
        found = self._database.troubles()
        if found:
            # in a damaged file the chain cannot be told from its damage
            return found
        with self._database.read() as connection:
            return (*self._log.verify(connection), *self._own.troubles())

    # ── ending ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def anchor(self) -> None:
        """Put the access log's end into the key file: before a backup, at lock and at close."""
        with self._database.read() as connection:
            self._log.anchor(connection)

    def lock(self) -> None:
        """Log that the worker left, and close; safe to call twice. A failing disk is no reason to stay open."""
        if not self._database.closed:
            with contextlib.suppress(StoreError):
                self.note("lock", Worker, self._me)
        self.close()

    def close(self) -> None:
        """Anchor the access log and drop connections and key; safe to call twice."""
        if self._database.closed:
            return
        try:
            # a full or damaged disk must not keep the archive open; the next opening anchors again
            with contextlib.suppress(ArchiveError, StoreError):
                self.anchor()
            self._own.close()
        finally:
            self._database.close()
