"""Encrypted databases for tests: the tables are made once per run and copied, and a raw key needs no derivation."""

import hashlib
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from app.model.change import added
from app.model.consent import ConsentForm
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Case, Person, Role, Worker
from app.model.redaction import CoveredWord, RedactedCopy, Redaction
from app.model.signature import Certified, Signature, SignatureLevel
from app.model.statement import Statement, StatementStage
from storage.codings import places
from storage.codings.coding_file import CodingFile
from storage.codings.memo import NOTHING
from storage.codings.sealed import SealedCodings
from storage.migrations import migrate
from storage.store.access_log import Actor, AuditLog, Head
from storage.store.database import Database
from storage.store.sql_store import SqlStore
from storage.vault.keys import Keys
from tests.material.builders import A_DAY, final_of, meeting, recording
from tests.material.finals import walked

KEY = bytes(range(32))
AUDIT_KEY = bytes(range(32, 64))
ARCHIVE_ID = "0192f0c0-0000-7000-8000-00000000000a"
PHOTO = b"\xff\xd8\xff" + bytes(range(255, -1, -1)) * 9
PAGES = b"%PDF-1.7 " + bytes(range(256)) * 40


class MemoryAnchor:
    """Keeps the access log's end as the key file does."""

    def __init__(self) -> None:
        self.head = Head(0, b"")
        self.times = 0

    def kept(self) -> Head:
        return self.head

    def keep(self, head: Head) -> None:
        self.head = head
        self.times += 1


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        database = Database(path, KEY)
        with database.write() as connection:
            migrate(connection)
        database.close()
        return path.read_bytes()


def new_database(folder: Path) -> Database:
    path = folder / "archive.db"
    path.write_bytes(_template())
    return Database(path, KEY)


class MemoryNotebook:
    """Keeps a worker's memo as the key file does."""

    def __init__(self) -> None:
        self.head = NOTHING

    def noted(self) -> bytes:
        return self.head

    def note(self, head: bytes) -> None:
        self.head = head

    note_soon = note


def keys_of(worker_id: str) -> Keys:
    """A worker's keys without a slot: their own is made from the id."""
    own = bytearray(hashlib.sha256(worker_id.encode()).digest())
    return Keys(f"slot-{worker_id}", worker_id, bytearray(32), own)


def own_codings(database: Database, worker_id: str, log: AuditLog) -> SealedCodings:
    """A worker's own sealed codings beside a database."""
    folder = places.folder_in(database.path.parent)
    return SealedCodings(database, folder, ARCHIVE_ID, keys_of(worker_id), log, MemoryNotebook())


class Opened(SqlStore):
    """A store that shows its worker's sealed codings, and the log that it writes."""

    def __init__(self, database: Database, log: AuditLog, own: SealedCodings) -> None:
        super().__init__(database, log, own)
        self.log, self.own = log, own


def store_on(database: Database, worker_id: str, anchor: MemoryAnchor | None = None, name: str = "") -> Opened:
    actor = Actor(f"slot-{worker_id}", worker_id, name, new_id())
    log = AuditLog(AUDIT_KEY, ARCHIVE_ID, actor, anchor or MemoryAnchor())
    return Opened(database, log, own_codings(database, worker_id, log))


def own_file(store: Opened) -> CodingFile:
    """The one sealed coding of a store's worker."""
    (file,) = store.own.files(store.own.rows())
    return file


class Beside(Opened):
    """A store beside others of the same archive: whoever has one open is signed in, as with the fake."""

    others: "list[Beside]"

    def apply(self, label, changes, *, act="edit"):
        at = super().apply(label, changes, act=act)
        for other in self.others:
            other.release_due()
        return at

    def leave(self) -> None:
        """Sign out; the database stays open for the others."""
        self.others.remove(self)
        self.own.close()

    def close(self) -> None:
        if self in self.others:
            self.others.remove(self)
        super().close()


class SqlArchive:
    """An encrypted database in a folder, opened as several workers beside one another."""

    def __init__(self, folder: Path) -> None:
        self.database = new_database(folder)
        self.signed_in: list[Beside] = []

    def open(self, worker_id: str) -> SqlStore:
        store = store_on(self.database, worker_id)
        store.__class__ = Beside
        store.others = self.signed_in
        self.signed_in.append(store)
        store.release_due()
        return store

    def close(self) -> None:
        for store in list(self.signed_in):
            store.leave()
        self.database.close()


def copy_of(database: Database, folder: Path) -> Path:
    """The database's files as they lie on the disk now."""
    for path in database.path.parent.glob(database.path.name + "*"):
        shutil.copy(path, folder / path.name)
    return folder / database.path.name


class Pair:
    """Two workers, one case, one meeting: what every test of independence begins with."""

    def __init__(self, a, b, c) -> None:
        """Stores opened as coder A, coder B and a third worker."""
        self.a, self.b, self.c = a, b, c

    def begin(self, ids: tuple[str, str, str]) -> Meeting:
        self.workers = tuple(Worker(i, n) for i, n in zip(ids, ("Aino", "Leena", "Third"), strict=True))
        self.case = Case(new_id(), "Kuusi", ids[0], ids[1])
        self.child = Person(new_id(), self.case.id, Role.CHILD, "lapsi")
        self.adult = Person(new_id(), self.case.id, Role.BIRTH_PARENT, "äiti")
        self.meeting = meeting(self.case.id, self.adult.id, self.child.id, ids[:2])
        everything = [*self.workers, self.case, self.child, self.adult, self.meeting]
        self.a.apply("begin", [added(e) for e in everything], act="create")
        return self.meeting


def take_film(opened, source: Path):
    """A case with a meeting and one film taken in, through an opened archive; the recording and the progress told."""
    me = opened.store.me
    case = Case(new_id(), "Kuusi", me)
    child = Person(new_id(), case.id, Role.CHILD, "lapsi")
    adult = Person(new_id(), case.id, Role.BIRTH_PARENT, "äiti")
    met = meeting(case.id, adult.id, child.id, (me, new_id()))
    shares: list[float] = []
    recording_id = new_id()
    taken = opened.media.take_in(source, recording_id, shares.append, lambda: False)
    film = replace(
        recording(met.id),
        id=recording_id,
        container=taken.container,
        wrapped_key=taken.wrapped_key,
        sha256=taken.sha256,
        size=taken.size,
        chunks=taken.chunks,
    )
    opened.store.apply("film", [added(e) for e in (case, child, adult, met, film)], act="film-in")
    return film, shares


def kept_form(opened) -> ConsentForm:
    """A page of a signed form in the archive, in a container of its own."""
    file = opened.media.begin(form_id := new_id())
    file.write(PHOTO)
    taken = file.keep()
    (case, *_) = opened.store.find(Case)
    made = ConsentForm(
        form_id, case.id, A_DAY, taken.sha256, taken.size, taken.chunks, taken.container, taken.wrapped_key
    )
    opened.store.apply("form", [added(made)])
    return made


def kept_pages(opened) -> FinalStatement:
    """A final version in the archive, its pages in a container of their own."""
    case = opened.store.find(Case)[0]
    statement = Statement(new_id(), case.id, new_id(), 1, "fi", "mim", A_DAY, StatementStage.FINAL)
    plan = final_of(statement.id)
    file = opened.media.begin(plan.id)
    file.write(PAGES)
    taken = file.keep()
    made = replace(
        plan, container=taken.container, wrapped_key=taken.wrapped_key, sha256=taken.sha256, size=taken.size,
        chunks=taken.chunks,
    )  # fmt: skip
    walked(opened.store, statement, made)
    return made


#: what a signed file holds: what it signs, and more behind it
SIGNED = PAGES + b"signed"
COPIED = b"%PDF-1.7 covered " * 900


def kept_signature(opened, final: FinalStatement) -> Signature:
    """A final version's signed file, in a container of its own, signed by whoever has the archive open."""
    file = opened.media.begin(made_id := new_id())
    file.write(SIGNED)
    taken = file.keep()
    certified = Certified("Aino Esimerkki", "Keksitty", A_DAY, A_DAY)
    made = Signature(
        made_id, final.statement_id, opened.store.me, A_DAY, 1, False, SignatureLevel.B, certified,
        taken.sha256, taken.size, taken.chunks, taken.container, taken.wrapped_key,
    )  # fmt: skip
    opened.store.apply("signed", [added(made)])
    return made


def kept_copy(opened, final: FinalStatement) -> RedactedCopy:
    """A redacted copy of a final version, in a container of its own."""
    me = opened.store.me
    words = (CoveredWord("Aino", "child"),)
    marks = Redaction(new_id(), final.statement_id, me, A_DAY, "", "Käräjäoikeus", (), words)
    opened.store.apply("marked", [added(marks)])
    file = opened.media.begin(made_id := new_id())
    file.write(COPIED)
    taken = file.keep()
    made = RedactedCopy(
        made_id, final.statement_id, marks.id, me, A_DAY, "", marks.reader, final.sha256, taken.sha256, taken.size,
        taken.chunks, taken.container, taken.wrapped_key, (), words,
    )  # fmt: skip
    opened.store.apply("copied", [added(made)])
    return made
