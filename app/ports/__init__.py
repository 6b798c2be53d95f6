"""What the application asks of its outsides: the archive, the vault of films, and whatever shows them.

`storage/` and `video/` fulfil these; `app/bootstrap.py` joins them. Those that carry signals are small QObject bases in
`player.py` and `recorder.py`; the others are Protocols. `tests/contracts` holds fakes and adapters to them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, TypeVar

from app.errors import AppError
from app.model.change import Change, Entity
from app.model.coding import FIRST_READING, CodingState
from app.model.erasure import CaseOrder, Erasure, FilmOrder, MadeHow, WholeOrder
from app.model.people import Worker
from app.model.recording import FilmFacts, Recording
from app.model.units import ByteCount, FileCount
from app.ports.copy_sink import CopySink
from app.ports.file_part import Stretch
from app.ports.glances import Glances
from app.ports.overviews import Overviews
from app.ports.packages import Packages, PartnerCodings
from app.ports.pages import Days, Pages
from app.ports.rescue import Found
from app.ports.search import Search
from app.ports.work_sums import WorkSums

if TYPE_CHECKING:
    from app.ports.pieced_film import Salvaged

E = TypeVar("E", bound=Entity)
Progress = Callable[[float], None]  # 0…1
Cancelled = Callable[[], bool]

#: plain bytes: a live container puts every whole piece of its content on the disk at once, and the rest when it ends
LIVE_PIECE = 16_384


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step of the journal as far as the reading worker may see it. Values are the changed fields only."""

    at: datetime
    worker_id: str
    label: str
    kind: str
    entity_id: str
    before: dict[str, object] | None
    after: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row of the access log: who did what to which object, never a word of the client's."""

    number: int
    at: datetime
    worker_id: str
    act: str
    object_kind: str
    object_id: str
    detail: str


class Store(Pages, Glances, Overviews, WorkSums, Protocol):
    """The archive's database, opened *as* one worker.

    Every read carries that worker's rule of independence (`app.model.independence`): codings of others (their
    observations, marks, ratings, journal and counts) do not exist for this worker until the rule opens them.
    Entities are found by their fields; nothing here speaks SQL.
    """

    @property
    def me(self) -> str:
        """The id of the worker who is signed in: known without asking the archive, so also within a loop."""
        ...

    @property
    def worker(self) -> Worker: ...

    def apply(self, label: str, changes: Sequence[Change], *, act: str = "edit") -> datetime:
        """Commit one step: rows, journal and audit log in one transaction; returns when it was committed.

        Raises StaleChange when a *before* is not what the archive holds, NotAllowed for what this worker may not change
        (another's coding, a ready coding, segments once a coding is ready, a final statement), StoreError for the disk.
        Nothing is half written.
        """
        ...

    def get(self, kind: type[E], entity_id: str) -> E:
        """Raises StoreError(`not-found`) for what is not there or not to be seen by this worker."""
        ...

    def find(self, kind: type[E], /, **fields: object) -> tuple[E, ...]:
        """All of a kind whose fields equal the given values (a tuple value means *one of*), by ascending id."""
        ...

    def coding_states(self, meeting_id: str, reading: int = FIRST_READING) -> dict[str, CodingState]:
        """By worker id how far each own coding of a reading is: all that is known of the other's before both are ready.

        A common view or a reference coding is none of the pair's, and is not told here.
        """
        ...

    def awaited(self, meeting_id: str, reading: int = FIRST_READING) -> tuple[str, ...]:
        """Ids of the coders whose own coding is ready, as the other's is, and opens when they sign in the next time.

        A coding is sealed under its coder's own key: nobody else's sign-in can open it. Empty until both are ready, and
        again when both can be read.
        """
        ...

    def history(self, entity_id: str) -> tuple[HistoryEntry, ...]: ...

    def note(self, act: str, kind: type[Entity], object_id: str, detail: str = "") -> None:
        """One row in the audit log for what changes nothing: a view, an export, a failed try; `kind` is the object's.

        A class that is not kept is a bug (KeyError).
        """
        ...

    def audit_log(self, object_id: str | None = None, *, acts: Collection[str] = ()) -> tuple[AuditEntry, ...]:
        """Rows of the access log that this worker may see, of one object and of some acts where they are named.

        They keep the numbers that they have among all that are seen.
        """
        ...

    def audit_of_case(self, case_id: str, days: Days | None = None) -> tuple[AuditEntry, ...]:
        """Rows of the access log about a case and all that belongs or belonged to it, of some days, in their order.

        Those that this worker may see, numbered from 1. Costs what the case has, however long the log is.
        """
        ...

    def verify(self) -> tuple[str, ...]:
        """What is not whole in database, foreign keys and audit chain, as keys; empty when all is well."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A film now in its container and compared with its source."""

    container: str
    wrapped_key: bytes
    sha256: str
    size: int
    chunks: int


class NewContainer(Protocol):
    """A container being written, chunk by chunk, for one recording; not in the archive's books until `keep`."""

    @property
    def name(self) -> str:
        """What the container will be called in the archive, and by what a rescue finds it."""
        ...

    @property
    def wrapped_key(self) -> bytes: ...

    @property
    def durable(self) -> int:
        """Plain bytes, from the first, that the disk has for certain: what a power cut leaves."""
        ...

    def write(self, data: bytes) -> int:
        """Take plain bytes. Raises ContainerError `disk-full`, `disk-error`, `read-only`."""
        ...

    def sync(self) -> None:
        """Have everything written so far on the disk."""
        ...

    def keep(self) -> TakenIn:
        """Finish it and put it in place. Raises ContainerError."""
        ...

    def keep_front(self) -> TakenIn:
        """After writing or `keep` failed: finish it with what was whole before, read that back, and put it in place.

        A reserve on the disk makes room for the end. Raises ContainerError; then it can be rescued later.
        """
        ...

    def discard(self) -> None:
        """Close it and remove it; safe at any time."""
        ...


class Owner(Protocol):
    """What has containers of its own under a key of its own: a recording, a final statement."""

    @property
    def id(self) -> str: ...
    @property
    def wrapped_key(self) -> bytes: ...


class MediaVault(Protocol):
    """Films at rest. Gives seekable file objects; knows nothing of films, as `video/` knows nothing of keys."""

    def begin(
        self, recording_id: str, wrapped_key: bytes = b"", *, live: bool = False, folder: Path | None = None
    ) -> NewContainer:
        """A new container of a recording, or of another owner: with its key, or a new one when none is given.

        `live` is for filming: small chunks, on the disk at least every second. `folder` is another disk for a second
        copy. Raises ContainerError.
        """
        ...

    def open_file(self, owner: Owner, container: str) -> BinaryIO:
        """A container that is no film: a scrub copy, a waveform, the pages of a statement. Raises ContainerError."""
        ...

    def rescue(self, recording_id: str, wrapped_key: bytes, container: str, folder: Path | None = None) -> TakenIn:
        """Make a whole container of the readable front of one that was never finished, then remove that.

        With `folder` from the second copy there, which stays as it is. Raises ContainerError when nothing is readable.
        """
        ...

    def unfinished(self) -> tuple[str, ...]:
        """Names of containers that were begun and never finished, when nobody writes."""
        ...

    def sweep(self, containers: Sequence[str]) -> None:
        """Remove unfinished containers that nobody will rescue."""
        ...

    def take_in(
        self, source: Path, recording_id: str, progress: Progress, cancelled: Cancelled, wrapped_key: bytes = b""
    ) -> TakenIn:
        """Encrypt a copy, read it back, compare: under the recording's key, or a new one when none is given.

        Raises Cancelled, FilmError, ContainerError; leaves nothing behind.
        """
        ...

    def open(self, recording: Recording) -> BinaryIO: ...

    def verify(self, recording: Recording) -> bool:
        """True when every chunk is whole and the checksum is the film's."""
        ...

    def trouble(self, owner: Recording, progress: Progress, cancelled: Cancelled) -> str:
        """The key of what is wrong with a film's container, read whole; empty when nothing is. Raises Cancelled."""
        ...

    def discard(self, container: str) -> None:
        """Remove a container that the archive's books never took up."""
        ...

    def erase(self, containers: Sequence[str]) -> None:
        """Remove containers whose key is erased, and close what reads them; those that are gone already are right.

        Raises ContainerError `file-busy`, `read-only`, `disk-error`; then it can be done again.
        """
        ...

    def free_bytes(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the checking child found out about a film from outside."""

    facts: FilmFacts
    index: bytes


class FilmGate(Protocol):
    """Looks at untrusted films in a child process that holds no keys (trust.md §9)."""

    def inspect(
        self,
        path: Path,
        progress: Progress,
        cancelled: Cancelled,
        stretch: Stretch | None = None,
        copies: CopySink | None = None,
        behind: Sequence[Path] = (),
    ) -> Inspected:
        """Raises FilmError with the reason; the window's process never dies of a film.

        The bytes of the files `behind` go on where those of the file end: all are read as one, places count from the
        first.

        Given `copies`, small copy, waveform and thumbnails are made of the same decode; what is lacking is made later.

        `film-clock-restarts` says in `begins` at which bytes the film's clock begins anew or jumps, where each
        `stretch` between them is a film of its own, and in `jumps` by how much (µs, 0 where that is not known); nothing
        where it cannot be parted.
        """
        ...

    def salvage(self, path: Path, references: Sequence[Path], progress: Progress, cancelled: Cancelled) -> Salvaged:
        """What can be made of an unfinished film; whole films of its camera say how that one packs what it films.

        Raises FilmError: `salvage-needs-reference` when one is needed, `salvage-other-kind` when none given fits,
        `salvage-nothing`; Cancelled. Nothing is written, the files are only read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a film, upright and with square pixels: `pixels` is (height, width, 4) bytes, BGRA.

    `time` is its timestamp on the film's clock in microseconds, `number` its position from 0, `film` the recording.
    """

    time: int
    number: int
    width: int
    height: int
    pixels: Any  # a numpy array or buffer; only its bytes are used, so that the model knows no numpy
    film: str = ""


@dataclass(frozen=True, slots=True)
class OpenedArchive:
    """What unlocking gives: the store as a worker, the films, and the worker's own part of the key file."""

    folder: Path
    store: Store
    media: MediaVault
    archive: Archive


class Erasing(Protocol):
    """The one door by which anything leaves the archive for good; no step of a store's erases.

    Films, what was made from them and finished pages are erased by their key, rows by deletion with all that the
    journal holds of them. Each act is one transaction with its certificate and its row of the access log, and nothing
    is undone afterward. Then `finish` removes the files and writes the database anew.
    """

    def rests_on(self, recording_id: str) -> bool:
        """Whether any coding, whoever's, or any statement's evidence is of the film's meeting.

        Raises StoreError(`not-found`).
        """
        ...

    def film(self, order: FilmOrder, cancelled: Cancelled) -> tuple[Change, ...]:
        """Erase a film; its row stays as a shell. Returns what changed, the certificate among it, to be announced.

        Waits while a backup is made or the archive is checked. Raises Cancelled before anything is done; StoreError
        (`not-found`, and for the disk), NotAllowed `film-erased`, `film-being-made`, `held-by-hold`, `held-by-request`,
        `erasure-needs-ground` when words are missing that the ground asks for or that `rests_on` does, and
        `erasure-needs-second` until another worker has confirmed it (`Archive.confirm_erasing`): of all but a film
        taken in by mistake that nothing rests on. Where the archive has no other worker, words are asked instead.
        """
        ...

    def case(self, order: CaseOrder, progress: Progress, cancelled: Cancelled) -> Erasure:
        """Erase everything of a case, also final statements. Raises as `film`; Cancelled leaves everything."""
        ...

    def whole(self, order: WholeOrder, progress: Progress, cancelled: Cancelled) -> Erasure:
        """Erase work of no case: an agreement of supervision or a service with all that is of it, once it has ended.

        Own notes go by their key, in the file as in the archive. Working hours stay. Raises as `case`, and NotAllowed
        `supervision-not-ended`, `service-not-ended`, `service-kept-by-case`. Of an agreement that is not the worker's
        to erase it says the same as of one that is not there: StoreError(`not-found`).
        """
        ...

    def is_unfinished(self) -> bool:
        """Whether `finish` has something to do: also after a program that ended in between."""
        ...

    def finish(self, progress: Progress, cancelled: Cancelled) -> tuple[Change, ...]:
        """Remove what was erased from the disk for good; returns the certificates that say so now.

        It can be cut off at any place and done again. Raises Cancelled, ContainerError, StoreError (`disk-full`),
        ArchiveError.
        """
        ...

    def look_for_backups(self) -> tuple[Change, ...]:
        """Places of earlier backups that are there now: of backups that lie there no more it is noted that they went.

        Those kept for longer than the rule of retention says are removed before, with the films that no other backup
        there names; the newest backup stays, and while a backup is made all do. Touches other disks: for a job. Raises
        StoreError.
        """
        ...


class Archive(Protocol):
    """An unlocked archive folder as a whole: its sign-ins, packages, backups and wholeness."""

    @property
    def erasing(self) -> Erasing: ...

    @property
    def packages(self) -> Packages: ...

    @property
    def partner_codings(self) -> PartnerCodings: ...

    @property
    def search(self) -> Search: ...

    @property
    def folder(self) -> Path: ...

    def sign_ins(self) -> tuple[tuple[str, str], ...]:
        """(worker id, name) of everyone who can unlock this archive."""
        ...

    def add_sign_in(self, worker: Worker, passphrase: str) -> str:
        """A way in for a worker whose row is there; returns the worker's own recovery code, to be printed.

        Raises ArchiveError `slot-exists`, `rotation-waits`.
        """
        ...

    def remove_sign_in(self, worker_id: str) -> None:
        """Another worker's ways in go; what the worker made stays.

        Raises ArchiveError `slot-own`, `slot-unknown`, `slot-last`, `rotation-waits`.
        """
        ...

    def change_key(self) -> None:
        """Begin another key for the whole archive; it is carried out when the archive is locked.

        Raises ArchiveError `rotation-waits` with the `names` of those who must sign in once before.
        """
        ...

    def change_passphrase(self, worker_id: str, old: str, new: str) -> None: ...

    def make_recovery_code(self) -> str:
        """The signed-in worker's new code replaces their earlier one; it counts after `confirm_recovery_code`."""
        ...

    def confirm_recovery_code(self, typed: str, worker_id: str = "") -> bool:
        """Whether it is the code on the paper: one's own, or that of a worker who was just added."""
        ...

    def has_recovery_code(self) -> bool:
        """Whether the signed-in worker has an own code that was typed back."""
        ...

    def receiving_key(self) -> str:
        """The signed-in worker's own receiving key, `age1…`: for it others seal what this worker alone can open.

        Raises ArchiveError `own-key` after a sign-in that gave no key of the worker's own.
        """
        ...

    def witness(self, worker_id: str, passphrase: str) -> tuple[Change, ...]:
        """The partner types the own passphrase beside the open archive: what waits only for that is opened at once.

        Returns what is to be read from now on (each header with no *before*), for whoever announces it; empty when
        nothing waited. Both workers stand in the access log, and nothing of the partner's stays open.

        Raises ArchiveError `slot-unknown`, `wrong-passphrase` (with `wait` in seconds), `too-many-tries` (the same).
        """
        ...

    def confirm_beside(self, worker_id: str, passphrase: str, label: str, changes: Sequence[Change]) -> datetime:
        """The partner types the own passphrase beside the open archive: confirms a common view or a reference.

        `changes` are that confirmation alone (`CommonCoding.confirmed`, `Reference.confirmed`; another kind is a bug,
        AssertionError). They are written as the partner's own step, under the rules of the store for that worker;
        returns when. Both workers stand in the access log, and nothing of the partner's stays open.

        Raises ArchiveError as `witness` does, and what `Store.apply` raises; then nothing is confirmed.
        """
        ...

    def confirm_erasing(self, worker_id: str, passphrase: str, object_id: str) -> None:
        """Another worker types the own passphrase beside the open archive: confirms the next erasing of a film or case.

        Both workers stand in the access log and on the certificate. Raises ArchiveError as `witness` does,
        NotAllowed(`erasure-needs-second`) for the worker who is signed in.
        """
        ...

    def sealed_of(self, worker_id: str) -> int:
        """How many codings of a worker only that worker's own key can open: they are lost when the sign-in goes.

        Training codings are not told: how much a worker trains is the worker's own.
        """
        ...

    def moments_sealed_of(self, worker_id: str) -> int:
        """From how many meetings moments for feedback open only with that worker's own key: lost in the same way."""
        ...

    def to_tell(self) -> tuple[AppError, ...]:
        """What was found when the archive was opened and should be said, each in its own sentence."""
        ...

    def check_log(self, cancelled: Cancelled) -> tuple[str, ...]:
        """The whole access log: keys of what is not whole and not acknowledged. For a job beside the work.

        Raises Cancelled, StoreError `damaged` when any page of the database is not as it was written.
        """
        ...

    def acknowledge(self) -> None:
        """The worker has looked into an older database or a log that is not whole, and takes the archive as it is.

        That is logged, and from then on this state is the one that is vouched for. Raises StoreError, ArchiveError.
        """
        ...

    def backup(self, target: Path, progress: Progress, cancelled: Cancelled, how: MadeHow = MadeHow.BY_HAND) -> str:
        """Make and verify an encrypted backup below `target`; returns the folder's name."""
        ...

    def last_backup(self) -> datetime | None: ...

    def backup_place(self) -> str:
        """The folder to which backups of this archive are made by themselves; empty until one was chosen."""
        ...

    def choose_backup_place(self, folder: Path) -> None:
        """Raises BackupError `target-inside`, StoreError."""
        ...

    def backup_place_is_here(self) -> bool:
        """Whether that folder is there now, on the disk that it was chosen on."""
        ...

    def verify(self, progress: Progress, cancelled: Cancelled) -> tuple[str, ...]:
        """What is not whole: database, containers, audit chain. Empty when all is well."""
        ...

    def unclaimed(self) -> tuple[FileCount, ByteCount]:
        """Files of films that an interrupted taking in left, which no book knows and nobody can open, and their bytes.

        Of before this opening alone. Raises StoreError.
        """
        ...

    def remove_unclaimed(self) -> FileCount:
        """Remove them; how many went. Raises ContainerError, StoreError."""
        ...

    def close(self) -> None: ...


class ArchiveDoor(Protocol):
    """Finds, makes and unlocks archives; before it nothing heavy is imported."""

    def names(self, folder: Path) -> tuple[str, ...]:
        """Sign-in names of the archive in `folder`; empty when there is none. Raises ArchiveError for damage."""
        ...

    def create(self, folder: Path, worker_name: str, passphrase: str) -> OpenedArchive: ...

    def making(self, folder: Path) -> AbstractContextManager[Path]:
        """An empty folder beside `folder`, to make an archive in that must be whole or not there.

        At the end it becomes `folder`; after an error or a crash nothing does. Raises ArchiveError as `create`,
        `in-use` while another program makes one there, and `restore-needs-folder` for a whole disk.
        """
        ...

    def unlock(self, folder: Path, name: str, passphrase: str, progress: Progress = lambda _: None) -> OpenedArchive:
        """`progress` is told only while the index of the search is made anew, once with a new version."""
        ...

    def recover(self, folder: Path, name: str, code: str, new_passphrase: str) -> OpenedArchive: ...

    def restore(
        self, backup: Path, folder: Path, passphrase: str, progress: Progress, cancelled: Cancelled
    ) -> None: ...

    def look(
        self, folder: Path, secret: str, progress: Progress, cancelled: Cancelled, backup_places: Sequence[Path] = ()
    ) -> Found:
        """What of a damaged archive can be read, and which backups there are; nothing is written.

        `secret` is anybody's passphrase or printed code. Raises ArchiveError, NotAllowed for a guest, Cancelled.
        """
        ...

    def rescue(
        self,
        folder: Path,
        into: Path,
        secret: str,
        progress: Progress,
        cancelled: Cancelled,
        backup_places: Sequence[Path] = (),
    ) -> Found:
        """Write all that can be read of a damaged archive into a new one, `into`; the damaged one stays as it is.

        Raises ArchiveError, NotAllowed for a guest, Cancelled; nothing new is left then.
        """
        ...
