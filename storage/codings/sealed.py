"""The signed-in worker's own sealed codings: read, written, marked as ready, taken back, released.

A supervisor's own notes to one agreement lie in such a file, too, with a notebook in the coding's place; it begins and
goes as a coding does, and is never ready.

Two files never change as one, so each act has an order, and `step` says which of the two is behind after a kill:

    begin        the file whole, then the row, then the file's own name
    ready        the file, then the row                  both count one step more
    taken back   the row, where the other's state is checked, then the file
    release      the archive's tables and the row in one transaction, then the file is cut down to the own notes
    going        another name, then the row, then the file is taken away
"""

from __future__ import annotations

import contextlib
import hmac
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Protocol, cast

import sqlalchemy as sa

from app.errors import ArchiveError, StaleChange, StoreError
from app.model.change import Change, Entity
from app.model.coding import FIRST_READING, CodingHeader, CodingKind, CodingState
from app.model.erasure import Erasure
from app.model.independence import is_due
from app.model.supervision_note import SupervisionNotebook
from app.ports import AuditEntry, HistoryEntry
from storage import archive_settings, durable_file
from storage.codings import choice_moving, memo, moving, places, releasing
from storage.codings.choices import SealedChoices, Settled
from storage.codings.coding_file import COMMITMENT, STEP, CodingFile, finish, is_whole_size, make
from storage.codings.copying import Holding
from storage.store import coding_rows, entity_rows, journal, sealed_rows
from storage.store.access_log import AuditLog, FixedEnd, Head
from storage.store.coding_rows import OwnFile
from storage.store.database import Database
from storage.store.logged_acts import LoggedAct
from storage.store.rule_facts import TableFacts
from storage.store.sealed_rows import SealedRow
from storage.store.steps import Step, write_in_file
from storage.store.tables import sealed_coding, sealed_notebook
from storage.store.writing_rules import check, ready_act
from storage.vault import coding_keys, worker_keys
from storage.vault.keys import Keys

#: the words under which a certificate names what lay in such files
_SEALED = frozenset((sealed_coding.name, sealed_notebook.name))


class Noting(Protocol):
    """Keeps the worker's memo in the key file."""

    def noted(self) -> bytes: ...
    def note(self, head: bytes) -> None: ...
    def note_soon(self, head: bytes) -> None: ...


class SealedCodings:
    """One worker's files in the folder of one archive. Safe to use from several threads."""

    def __init__(
        self, archive: Database, folder: Path, archive_id: str, keys: Keys, log: AuditLog, notebook: Noting
    ) -> None:
        self._archive, self._folder, self._archive_id = archive, folder, archive_id
        self._keys, self._log, self._notebook = keys, log, notebook
        # on a full disk a sign-in of version 1 stays one, which has no own key yet, nor any file
        self._files_key = worker_keys.files_key(keys.own()) if keys.has_own else b""
        self._me, self._actor = keys.worker_id, log.actor
        self._rows: dict[str, SealedRow] | None = None
        self._files: dict[str, CodingFile] = {}
        self._opening = threading.RLock()
        #: begin, ready, taken back, release and going are one after another, and none while a backup copies the files
        self._changing = threading.RLock()
        self._missing: dict[str, str] = {}
        self._closed = False
        self._since: list[Entity] = []
        #: what the worker chose alone, which lies in the archive's own rows
        self.choices = SealedChoices(archive_id, keys, log, self._vouches)

    # ── what there is ────────────────────────────────────────────────────────────────────────────────────────────────

    def rows(self) -> Sequence[SealedRow]:
        """The clear rows of the worker's own, by ascending id. Raises StoreError."""
        return tuple(self._known().values())

    def row(self, coding_id: str) -> SealedRow | None:
        """The row of one of them. Raises StoreError."""
        return self._known().get(coding_id)

    def files(self, rows: Iterable[SealedRow]) -> Iterator[CodingFile]:
        """Their files, each opened when it comes up; one that is gone or damaged is left out, and was told."""
        for row in rows:
            if (file := self._file(row)) is not None:
                yield file

    def _known(self) -> dict[str, SealedRow]:
        if self._rows is None:
            with self._archive.read() as connection:
                self._rows = {row.coding_id: row for row in sealed_rows.of_worker(connection, self._me)}
        return self._rows

    def _file(self, row: SealedRow) -> CodingFile | None:
        with self._opening:
            if self._closed:
                raise StoreError("closed")
            found = self._files.get(row.coding_id)
            if found is None and row.coding_id not in self._missing:
                try:
                    found = self._files[row.coding_id] = self._opened(row)
                except (StoreError, ArchiveError) as error:
                    if error.key not in {"damaged", "own-key", "coding-file-missing"}:
                        raise
                    self._missing[row.coding_id] = error.key
            return found

    def _opened(self, row: SealedRow) -> CodingFile:
        path = places.path_of(self._folder, row.coding_id)
        if not path.exists():
            raise ArchiveError("coding-file-missing")
        key = coding_keys.unwrapped(self._keys, self._archive_id, row.coding_id, row.wrapped_key)
        return CodingFile(path, key, row, self._archive_id, self._actor)

    def _demand(self, coding_id: str) -> CodingFile:
        row = self.row(coding_id)
        file = None if row is None else self._file(row)
        if file is None:
            raise StoreError("damaged")
        return file

    def _keep_row(self, connection: sa.Connection, row: SealedRow) -> None:
        sealed_rows.put(connection, row)

    def _take_row(self, row: SealedRow) -> None:
        """The row is so in the archive now."""
        known = dict(self._known())
        known[row.coding_id] = row
        self._rows = dict(sorted(known.items()))
        if (file := self._files.get(row.coding_id)) is not None:
            file.row = row

    def coding_key(self, coding_id: str) -> bytes:
        """The key of an own coding. Raises StoreError `damaged` without its row, ArchiveError `own-key`."""
        row = self.row(coding_id)
        if row is None:
            raise StoreError("damaged")
        return coding_keys.unwrapped(self._keys, self._archive_id, coding_id, row.wrapped_key)

    @contextmanager
    def alone(self) -> Iterator[Path]:
        """Within it no other coding of the archive begins, is released or goes, nor is copied; gives their folder."""
        with self._changing:
            yield self._folder

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def take(self, step: Step, coding_id: str) -> None:
        """Commit one step of one coding. Raises StaleChange, NotAllowed, StoreError; then nothing is written."""
        change = step.net.get(coding_id)
        if change is None or (change.before is not None and change.after is not None and not ready_act(change)):
            self._plain(step, coding_id)
            return
        with self._changing:
            if change.before is None:
                self._begin(step, cast("CodingHeader | SupervisionNotebook", change.after))
            elif change.after is None:
                self._remove(step, coding_id)
            elif cast("CodingHeader", change.after).state == CodingState.READY:
                self._mark_ready(step, coding_id)
            else:
                self._take_back(step, coding_id)

    @contextmanager
    def _facts(self, coding_id: str) -> Iterator[TableFacts]:
        """What the rules ask; the archive is opened only for what the own row does not say."""
        row = self.row(coding_id)
        with ExitStack() as held:
            opened: list[sa.Connection] = []

            def archive() -> sa.Connection:
                if not opened:
                    opened.append(held.enter_context(self._archive.read()))
                return opened[0]

            yield TableFacts(archive, () if row is None or row.is_notebook else (row.place,))

    def _plain(self, step: Step, coding_id: str) -> None:
        file = self._demand(coding_id)
        with file.write() as connection, self._facts(coding_id) as facts:
            check(step.net, self._me, facts, step.act)
            end = write_in_file(connection, step, coding_id, file.log)
        self._moved(file, end)

    def note(self, file: OwnFile, act: LoggedAct) -> None:
        """One row in the coding's own log. Raises StoreError."""
        held = self._demand(file.row.coding_id)
        with held.write() as connection:
            if held.log.merged_view(act, time.monotonic()):
                return
            end = held.log.append(connection, datetime.now(UTC), [act])
        self._moved(held, end)

    def digest(self, file: OwnFile, text: str) -> str:
        """A keyed hash of the coding's own log."""
        return self._demand(file.row.coding_id).log.digest(text)

    # ── begin and going ──────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self, step: Step, header: CodingHeader | SupervisionNotebook) -> None:
        path = places.path_of(self._folder, header.id)
        made = places.with_ending(path, places.BEGUN)
        key = coding_keys.new_coding_key()
        begun = step.at.replace(microsecond=0).isoformat()
        wrapped = coding_keys.wrapped(self._keys, self._archive_id, header.id, key)
        try:
            with self._archive.write() as connection:
                check(step.net, self._me, TableFacts(lambda: connection), step.act)
                if sealed_rows.one(connection, header.id) is not None or path.exists():
                    raise StaleChange
                row = _begun(header, self._me, begun, wrapped)
                self._make_file(made, key, row, step)
                self._keep_row(connection, row)
        except BaseException:
            places.take_away(made)
            raise
        with _disk():
            places.rename(made, path)
        self._missing.pop(row.coding_id, None)
        self._take_row(row)
        if isinstance(header, CodingHeader) and header.state == CodingState.READY:
            self._catch_up(self._demand(header.id))
            self.release_due()
        self.keep_memo()

    def _make_file(self, path: Path, key: bytes, row: SealedRow, step: Step) -> None:
        with _disk():
            places.make_folder(self._folder)
            places.take_away(path)
            database = make(path, key, row.coding_id, is_notebook=row.is_notebook)
            try:
                log = self._new_log(key, row.coding_id)
                with database.write() as connection:
                    write_in_file(connection, step, row.coding_id, log)
                    is_ready = getattr(step.net[row.coding_id].after, "state", None) == CodingState.READY
                    archive_settings.put(connection, STEP, str(int(is_ready)))
                finish(database, row.begun, is_small=row.is_notebook)
            except BaseException:
                database.close()
                raise

    def _remove(self, step: Step, coding_id: str) -> None:
        file = self._demand(coding_id)
        with self._facts(coding_id) as facts:
            check(step.net, self._me, facts, step.act)
        with file.write() as connection:
            # tried in the file, so that a step that does not fit is refused; what counts is the row
            write_in_file(connection, step, coding_id, file.log)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise StoreError("broken-reference")
            connection.rollback()
        self.keep_memo(without=coding_id)
        with self._opening:
            self._files.pop(coding_id).close()
        going = places.with_ending(file.path, places.GOING)
        with _disk():
            places.rename(file.path, going)
        with self._archive.write() as archive:
            sealed_rows.remove(archive, coding_id)
        self._rows = {key: row for key, row in self._known().items() if key != coding_id}
        places.take_away(going)

    # ── ready and back ───────────────────────────────────────────────────────────────────────────────────────────────

    def _mark_ready(self, step: Step, coding_id: str) -> None:
        file = self._demand(coding_id)
        with file.write() as connection, self._facts(coding_id) as facts:
            check(step.net, self._me, facts, step.act)
            end = write_in_file(connection, step, coding_id, file.log)
            archive_settings.put(connection, STEP, str(file.step + 1))
            archive_settings.put(connection, COMMITMENT, file.commitment(connection).hex())
        file.step += 1
        self._moved(file, end, soon=False)
        self._catch_up(file)
        self.release_due()

    def _catch_up(self, file: CodingFile) -> None:
        """The row says what the file says: it was ahead. Raises StoreError."""
        with file.read() as connection:
            said = file.commitment(connection)
        state = file.state()
        row = replace(file.row, state=state, step=file.step, commitment=said if state == CodingState.READY else b"")
        with self._archive.write() as archive:
            self._keep_row(archive, row)
        self._take_row(row)

    def _take_back(self, step: Step, coding_id: str) -> None:
        file = self._demand(coding_id)
        row = replace(file.row, state=CodingState.DRAFT, step=file.row.step + 1, commitment=b"")
        with file.write() as connection:
            with self._archive.write() as archive:
                check(step.net, self._me, TableFacts(lambda: archive), step.act)
                if not coding_rows.fits(connection, step.net.values()):
                    raise StaleChange
                self._keep_row(archive, row)
            end = write_in_file(connection, step, coding_id, file.log)
            archive_settings.put(connection, STEP, str(row.step))
        file.step = row.step
        self._take_row(row)
        self._moved(file, end, soon=False)

    # ── release ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def release_due(self) -> tuple[CodingHeader, ...]:
        """Release what waits for this worker's sign-in; returns the headers that everybody can read since.

        A coding that is not what was marked as ready stays sealed, and is told by `troubles`. Raises StoreError.
        """
        released = []
        with self._changing:
            for file in self.files([row for row in self.rows() if not row.released and self._is_due(row)]):
                header = self._release(file)
                if header is not None:
                    released.append(header)
            self.settle_choices()
        return tuple(released)

    def settle_choices(self) -> None:
        """Moments that the worker chose alone follow their films, and are released when due. Raises StoreError."""
        with self._archive.read() as connection:
            if not self.choices.is_due(connection):
                return
        with self._archive.write() as archive:
            settled = self.choices.settle(archive)
        self._settled(settled)

    def _settled(self, settled: Settled) -> None:
        self._since += settled.opened
        if settled.end is not None:
            self._log.anchor_if_due(settled.end)

    def opened_since(self) -> tuple[Entity, ...]:
        """The moments that were released since this was asked last: others can read them from now on."""
        found, self._since = tuple(self._since), []
        return found

    def _vouches(self, meeting_id: str) -> bool:
        """Whether the own coding of a meeting says itself, under the own key, that it is ready; also without one.

        The archive's rows alone are not believed: who holds its key could write that both are ready.
        """
        for row in self.rows():
            if (row.meeting_id, row.kind, row.reading) == (meeting_id, CodingKind.OWN, FIRST_READING):
                file = self._file(row)
                return row.released if file is None else file.state() == CodingState.READY
        return True

    def _is_due(self, row: SealedRow) -> bool:
        if row.state != CodingState.READY:
            return False
        with self._archive.read() as connection:
            return is_due(row.place, coding_rows.counted_places(connection, row.meeting_id))

    def _release(self, file: CodingFile) -> CodingHeader | None:
        header = file.header()
        with file.read() as connection:
            is_it = hmac.compare_digest(file.commitment(connection), file.row.commitment)
        if header is None or header.state != CodingState.READY or not is_it:
            return None
        self.keep_memo(without=file.row.coding_id)
        row = replace(file.row, released=True)
        with self._archive.write() as archive, file.read() as connection:
            end = releasing.put_into_archive(archive, connection, row, self._log)
            self._keep_row(archive, row)
            settled = self.choices.settle(archive, (row.meeting_id,))
        self._log.anchor_if_due(end)
        self._settled(settled)
        self._take_row(row)
        self.cut_down(file)
        return header

    def cut_down(self, file: CodingFile) -> None:
        """What was released is in the archive: in the file only the own notes stay. Raises StoreError."""
        releasing.note_released(file)
        file.cut_down()
        row = replace(file.row, commitment=b"")
        with self._archive.write() as archive:
            self._keep_row(archive, row)
        self._take_row(row)

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def history(self, entity_id: str, of: Collection[str] | None = None) -> tuple[HistoryEntry, ...]:
        """What happened to something of an own coding, of one `of` these if given, oldest first. Raises StoreError."""
        rows = (row for row in self.rows() if of is None or row.coding_id in of)
        for file in self.files(sorted(rows, key=lambda row: row.released)):
            with file.read() as connection:
                found = journal.read(connection, entity_id, sa.true(), self._me)
            if found:
                return found
        if of is not None:
            return ()  # a guest chooses nothing
        with self._archive.read() as archive:
            return self.choices.history(archive, entity_id)

    def logged(self) -> list[AuditEntry]:
        """The rows of the own codings' logs that the archive's log does not have, oldest first. Raises StoreError."""
        found: list[AuditEntry] = []
        for file in self.files(self.rows()):
            with file.read() as connection:
                upto = releasing.released_rows(connection)
                rows = file.log.read(connection, None, sa.true())
            found += [e for e in rows if e.number > upto or releasing.is_private(e.detail)]
        with self._archive.read() as archive:
            found += self.choices.logged(archive)
        return sorted(found, key=attrgetter("at"))

    def troubles(self) -> tuple[str, ...]:
        """What is not whole of the own files, as keys with the coding's id after a colon. Raises StoreError."""
        found = []
        for row in self.rows():
            file = self._file(row)
            if file is None:
                found.append(f"{self._told_of(row)}:{row.coding_id}")
            elif file.troubles() or not durable_file.is_readable(places.path_of(self._folder, row.coding_id)):
                found.append(f"coding-file-damaged:{row.coding_id}")
        with self._archive.read() as archive:
            found += [f"moments-damaged:{meeting_id}" for meeting_id in self.choices.damaged(archive)]
        return tuple(found)

    def others_missing(self) -> tuple[str, ...]:
        """Keys of other workers' files that are not there, have no size of a file, or that the disk does not give.

        No more can be seen of them. Raises StoreError.
        """
        with self._archive.read() as connection:
            rows = [row for row in sealed_rows.all_of(connection) if row.coder != self._me]
        found = []
        for coding_id in (row.coding_id for row in rows):
            path = places.path_of(self._folder, coding_id)
            if not is_whole_size(path):
                found.append(f"coding-file-missing:{coding_id}")
            elif not durable_file.is_readable(path):
                found.append(f"coding-file-damaged:{coding_id}")
        return tuple(found)

    def _told_of(self, row: SealedRow) -> str:
        """The key of what is said of a file that cannot be read."""
        is_gone = self._missing[row.coding_id] == "coding-file-missing"
        return "coding-file-missing" if is_gone else "coding-file-damaged"

    # ── what an older archive holds ──────────────────────────────────────────────────────────────────────────────────

    def take_in(self) -> tuple[str, ...]:
        """Seal what the archive's tables hold of the worker's own; keys of what is to be told where there was any.

        Codings, and own notes, go into files, moments chosen alone into sealed rows: `codings-moved`, `moments-moved`.
        Raises StoreError; what was moved until then is whole, and the next sign-in goes on.
        """
        if not self._keys.has_own:
            return ()
        with self._archive.read() as connection:
            found = moving.older(connection, self._me)
            wanted = [(h, is_open) for h, is_open in found if not is_open or moving.has_notes(connection, h.id)]
        for header, is_open in wanted:
            self._move(header, released=is_open)
        with self._archive.read() as connection:
            chosen = choice_moving.older(connection, self._me)
        for meeting_id, ids in chosen.items():
            with self._archive.write() as connection:
                choice_moving.move(connection, self.choices, meeting_id, ids)
        moving.compact(self._archive)
        return (*(["codings-moved"] if wanted else []), *(["moments-moved"] if chosen else []))

    def hold_notes(self, coding_ids: Iterable[str]) -> None:
        """Own notes of an older coding, which has no file: from now on there is one for them. Raises StoreError."""
        for coding_id in coding_ids:
            if self.row(coding_id) is not None:
                continue
            with self._archive.read() as connection:
                found = {header.id: (header, is_open) for header, is_open in moving.older(connection, self._me)}
            if coding_id in found:
                header, is_open = found[coding_id]
                self._move(header, released=is_open)

    def _move(self, header: CodingHeader, *, released: bool) -> None:
        def wrap(coding_id: str, key: bytes) -> bytes:
            return coding_keys.wrapped(self._keys, self._archive_id, coding_id, key)

        with self._changing, _disk():
            sealing = moving.Sealing(self._folder, wrap, self._new_log)
            self._take_row(moving.move(self._archive, header, sealing, released=released))

    def _new_log(self, key: bytes, coding_id: str) -> AuditLog:
        return AuditLog(coding_keys.log_key(key), f"{self._archive_id}/{coding_id}", self._actor, FixedEnd())

    # ── at sign-in ───────────────────────────────────────────────────────────────────────────────────────────────────

    def reconcile(self) -> tuple[str, ...]:
        """Finish what was cut off, and compare the files with their rows and the memo; keys of what is to be told.

        `coding-file-missing`, `coding-file-damaged`, `coding-file-unclaimed`, `codings-older`, `moments-damaged`.
        Raises StoreError.
        """
        if not self._keys.has_own:
            return ()
        told = ["coding-file-unclaimed"] if self._tidied().unclaimed else []
        for row in self.rows():
            if row.released and not row.commitment:
                continue  # opened when its notes are asked for
            file = self._file(row)
            if file is None:
                told.append(self._told_of(row))
            elif row.released:
                self.cut_down(file)
            elif not self._finish(file):
                told.append("codings-older")
        if not self._fits_memo():
            told.append("codings-older")
        with self._archive.read() as connection:
            told += ["moments-damaged"] if self.choices.damaged(connection) else []
        return tuple(dict.fromkeys(told))

    def _tidied(self) -> places.Left:
        """What was cut off is ended, and files of what was erased are taken away, whoever's they were."""
        with self._archive.read() as connection:
            known = [row.coding_id for row in sealed_rows.all_of(connection)]
            erasures = entity_rows.find(connection, Erasure, {}, sa.true())
        gone = [one for e in erasures for rows in e.rows if rows.kind in _SEALED for one in rows.ids]
        with _disk():
            return places.tidy(self._folder, known, gone)

    def forget_erased(self) -> None:
        """A film or case was erased: what it held of codings and chosen moments is gone, too. Raises StoreError."""
        with self._changing, self._opening:
            before = self.rows()
            self._rows = None
            for row in before:
                file = self._files.pop(row.coding_id, None) if self.row(row.coding_id) is None else None
                if file is not None:
                    file.close()
            self._tidied()
        with contextlib.suppress(ArchiveError):
            self.keep_memo()
        self.settle_choices()

    def _finish(self, file: CodingFile) -> bool:
        """Of file and row the one behind follows; False when the file is older than what the row vouches for."""
        if file.step > file.row.step:
            self._catch_up(file)
        elif file.step < file.row.step:
            header = file.header()
            if file.row.state == CodingState.READY or header is None:
                return False
            after = replace(header, state=CodingState.DRAFT, ready_at=None, checksum="")
            changes = {header.id: Change(header, after)} if header != after else {}
            step = Step(datetime.now(UTC), self._me, "", "ready-taken-back", changes)
            with file.write() as connection:
                file.head = write_in_file(connection, step, header.id, file.log)
                archive_settings.put(connection, STEP, str(file.row.step))
            file.step = file.row.step
        return True

    def _fits_memo(self) -> bool:
        rows = [row for row in self.rows() if not row.released]
        files = list(self.files(rows))
        if len(files) < len(rows):
            return True  # that one is gone is told by itself
        return memo.fits(self._notebook.noted(), self._files_key, files)

    # ── the memo ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def memo_head(self, without: str = "") -> bytes | None:
        """What the memo is to say now; None while one of the files cannot be read. 32 bytes."""
        if not self._keys.has_own:
            return None
        rows = [row for row in self.rows() if not row.released and row.coding_id != without]
        files = list(self.files(rows))
        if len(files) < len(rows):
            return None
        return memo.combined(memo.entry_of(self._files_key, file) for file in files)

    def keep_memo(self, without: str = "") -> None:
        """Note in the key file how far the own files are. Raises ArchiveError for its disk."""
        head = self.memo_head(without)
        if head is not None and head != self._notebook.noted():
            self._notebook.note(head)

    def _moved(self, file: CodingFile, end: Head, *, soon: bool = True) -> None:
        file.head = end
        if not soon:
            with contextlib.suppress(ArchiveError):
                self.keep_memo()
        elif (head := self.memo_head()) is not None:
            self._notebook.note_soon(head)

    # ── whole ────────────────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def still(self) -> Iterator[Holding]:
        """Within it no coding begins, becomes ready or is released; gives a way to hold one file still for copying."""
        with self._changing:

            @contextmanager
            def one(coding_id: str) -> Iterator[Path | None]:
                row = self.row(coding_id)
                file = None if row is None else self._file(row)
                if file is None:
                    yield None
                    return
                with file.still() as path:
                    yield path

            yield one

    def close(self) -> None:
        """Note how far the files are and close them; safe to call twice."""
        if self._closed:
            return
        with contextlib.suppress(ArchiveError, StoreError):
            self.keep_memo()
        with self._opening:
            self._closed = True
            for file in self._files.values():
                with contextlib.suppress(StoreError):
                    file.close()
            self._files.clear()
            self.choices.close()


def _begun(header: CodingHeader | SupervisionNotebook, me: str, begun: str, wrapped: bytes) -> SealedRow:
    """The clear row of what begins now."""
    if isinstance(header, SupervisionNotebook):
        of: tuple[str, CodingKind | None, int, str] = ("", None, FIRST_READING, header.agreement_id)
    else:
        of = (header.meeting_id, header.kind, header.reading, "")
    meeting_id, kind, reading, agreement_id = of
    return SealedRow(
        header.id, meeting_id, me, kind, reading, begun, CodingState.DRAFT, 0, False, wrapped, b"", agreement_id
    )


@contextmanager
def _disk() -> Iterator[None]:
    """Within it what the disk refuses comes out as StoreError."""
    try:
        yield
    except OSError as error:
        raise StoreError(durable_file.archive_trouble(error).key) from error
