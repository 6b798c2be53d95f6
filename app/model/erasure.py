"""What was erased for good: by whom, when, on what ground, and what of it may still lie elsewhere.

Kinds, counts, ids and checksums, and the organisations for which it was kept, never a name or a word of the client's:
it stays when all that it tells of is gone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.model.mandate import Mandate
from app.model.retention import Since, months_after
from app.model.timecode import Micros
from app.model.units import ByteCount, CameraNumber


class Ground(StrEnum):
    """Why something was erased."""

    MISTAKE = "taken-by-mistake"
    WITHDRAWN = "consent-withdrawn"
    RETENTION = "time-is-over"
    OTHER = "other"  # the typed words say why


class Whole(StrEnum):
    """Work that is of no case and goes as a whole, by the word of its kind."""

    SUPERVISION = "supervision_agreement"
    SERVICE = "service_work"


#: of backups that were made by themselves the newest of each of so many days stays, and of each of so many weeks
DAYS_KEPT, WEEKS_KEPT = 7, 4

#: the word of a case's kind
_CASE = "client_case"


class Original(StrEnum):
    """Where the file lies from which a film was taken in: the archive cannot reach it."""

    NONE = "none"  # filmed by the program
    CARD = "card"
    PHONE = "phone"
    VIDEO_LINK = "video-link"  # where the service of the video link keeps what was recorded there
    COMPUTER = "computer"
    GONE = "gone"  # destroyed already, as the worker says
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ErasedFilm:
    """A film erased by its key, with everything made from it (`copies` files). `sha256` is of the plain film."""

    id: str
    meeting_id: str
    camera: CameraNumber
    sha256: str
    size: ByteCount
    length: Micros
    copies: int = 0
    original: Original = Original.UNKNOWN


@dataclass(frozen=True, slots=True)
class ErasedPages:
    """The finished pages of a final statement, erased by their key."""

    id: str
    statement_id: str
    sha256: str
    size: ByteCount


@dataclass(frozen=True, slots=True)
class ErasedRows:
    """Rows of one kind that were erased by deletion; of wholes the ids are told, of their parts only how many."""

    kind: str
    count: int
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptUnder:
    """On whose behalf something was kept and by which rule, as it was when it was erased: nothing else tells it then.

    `own` is a rule that the commission asked instead of the office's; `since` is None for what was erased before this
    was noted. `source` is where the rule comes from, and `return_rule` what was to go back to whom, by their keys or in
    own words; `returned` is the day on which it did.
    """

    mandate: Mandate = field(default_factory=Mandate)
    since: Since | None = None
    months: int = 0
    source: str = ""
    own: bool = False
    return_rule: str = ""
    returned: date | None = None


@dataclass(frozen=True, slots=True)
class Erasure:
    """The certificate of one erasing, and until `finished` the list of what is still to go.

    `case_id` is the case that it was of, which may be gone itself, or the `whole` of no case. `words` are the typed
    ground. `backups` are the ids of the backups that were made while this was in the archive and have not been seen to
    be gone. `containers` are files that were not yet removed: they can be opened by nobody. `second_id` is the other
    worker who confirmed it with an own sign-in; empty where none was needed, or where the archive has no other worker
    (`alone`). `kept_months` is for how long backups were to be kept by the rule of that day.
    """

    id: str
    at: datetime
    worker_id: str
    ground: Ground
    words: str
    case_id: str
    films: tuple[ErasedFilm, ...] = ()
    pages: tuple[ErasedPages, ...] = ()
    rows: tuple[ErasedRows, ...] = ()
    backups: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    finished: datetime | None = None
    second_id: str = ""
    alone: bool = False
    kept_months: int = 0
    under: KeptUnder = field(default_factory=KeptUnder)

    @property
    def whole(self) -> Whole | None:
        """What of no case went, with all that was of it; None for a case or a film.

        With a supervision go the folders of its recorded sessions, which are kept as cases are; with a case go its
        services.
        """
        kinds = {rows.kind for rows in self.rows}
        if Whole.SUPERVISION in kinds:
            return Whole.SUPERVISION
        return Whole.SERVICE if Whole.SERVICE in kinds and _CASE not in kinds else None

    @property
    def is_of_film(self) -> bool:
        """Whether a film alone went."""
        return not self.is_of_case and self.whole is None

    @property
    def is_of_case(self) -> bool:
        """Whether a whole case went, and not a film alone."""
        return self.whole is None and any(rows.kind == _CASE for rows in self.rows)


@dataclass(frozen=True, slots=True)
class FilmOrder:
    """The wish to erase one film, on a ground; `original` is where the file lies that it was taken in from.

    `under` is for the certificate: the door by which films are erased fills it in.
    """

    recording_id: str
    ground: Ground
    words: str = ""
    original: Original = Original.UNKNOWN
    under: KeptUnder = field(default_factory=KeptUnder)


@dataclass(frozen=True, slots=True)
class CaseOrder:
    """The wish to erase everything of a case; the ground is always typed.

    `original` is where the files lie that films of it were taken in from.
    """

    case_id: str
    ground: Ground
    words: str
    original: Original = Original.UNKNOWN
    under: KeptUnder = field(default_factory=KeptUnder)


@dataclass(frozen=True, slots=True)
class WholeOrder:
    """The wish to erase work of no case with all that is of it; the ground is always typed."""

    whole: Whole
    id: str
    ground: Ground
    words: str
    under: KeptUnder = field(default_factory=KeptUnder)


class MadeHow(StrEnum):
    """Why a backup was made; its name ends so, for whoever sees it on its disk."""

    BY_HAND = ""
    BY_ITSELF = "auto"  # each day on which the archive is open
    BEFORE_UPDATE = "update"  # of the archive's tables to a newer form


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """A backup that this archive made; its id is its name.

    `folder` is where it was put, `place` the mark that the program leaves there, so that another disk under the same
    name is not taken for it. `gone` is when the program saw the place again without it.
    """

    id: str
    made: datetime
    folder: str
    place: str = ""
    gone: datetime | None = None

    @property
    def how(self) -> MadeHow:
        """By its name: `havainto-backup-20261103-091500-auto`, with a number behind where there were two at once."""
        words = self.id.split("-")
        return next((how for how in MadeHow if how and how.value in words), MadeHow.BY_HAND)


@dataclass(frozen=True, slots=True)
class SentPackage:
    """A package that went to a partner on another computer with what was erased, by what the access log says.

    `to` is the partner's name as the archive has it now, or the id where it has none any more.
    """

    id: str
    at: datetime
    to: str


@dataclass(frozen=True, slots=True)
class LeftClip:
    """A covered moment that left as a file of its own, by what the access log says: it lies outside the archive.

    `use` is what it was handed out for and `sealing` what the file was under, by their keys; `sha256` is of the clear
    moment. `to` is the id of who of the case got it, empty for others.
    """

    at: datetime
    clip_id: str
    use: str
    sealing: str
    sha256: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is printed of an erasing: the kept value, who that worker is, and its backups as they are known by now.

    `second` is the name of who confirmed it besides. `packages` are those in which films went to others, `left` the
    moments of them that were handed out: the log keeps which and to whose id, so the value need not.
    """

    erasure: Erasure
    worker: str
    backups: tuple[MadeBackup, ...]
    packages: tuple[SentPackage, ...] = ()
    second: str = ""
    left: tuple[LeftClip, ...] = ()

    @property
    def last_expires(self) -> date | None:
        """The day from which the last of its backups is removed where its disk is there; None without any."""
        months = self.erasure.kept_months
        left = [b.made.astimezone().date() for b in self.backups if b.gone is None]
        return months_after(max(left), months) if left and months else None

    @property
    def words(self) -> tuple[str, ...]:
        """What somebody typed or is called, as it is printed."""
        folders, partners = (b.folder for b in self.backups), (p.to for p in self.packages)
        under = self.erasure.under
        made_for = (under.mandate.organiser, under.mandate.producer, under.mandate.controller, under.mandate.basis)
        typed = [x for x in (*made_for, under.source, under.return_rule) if x]
        return (self.worker, *((self.second,) if self.second else ()), self.erasure.words, *typed, *folders, *partners)
