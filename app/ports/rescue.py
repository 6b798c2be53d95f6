"""What a rescue found in a damaged archive: numbers and kinds only, never a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.model.units import RowCount


@dataclass(frozen=True, slots=True)
class KindFound:
    """One kind of what an archive keeps, by its word in the log.

    `found` can be read, `missing` is known to have been there and cannot. Of these `remade` came back from the journal.
    """

    kind: str
    found: RowCount
    missing: RowCount = 0
    remade: RowCount = 0


@dataclass(frozen=True, slots=True)
class FilesFound:
    """The files of one kind: `damaged` ones are read but for some places, `lost` ones are gone or open with no key."""

    kind: str
    whole: int
    damaged: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class KnownBackup:
    """A backup that the archive or its place knows: proven when it was made. `is_here`: it lies in its place now."""

    made: datetime
    folder: Path
    is_here: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a damaged archive still holds.

    `pages` of the database and how many `damaged` of them; pages in the log beside it that are lost, `log_lost`.
    `unsealed`: no seal of a page could be checked. `untold` pages hold rows of which nobody can tell the table.
    `drafts` are sealed codings in files of their own; of these `drafts_damaged` are read but for some places, which
    only a rescue finds. `drafts_lost` are gone, or not given by the disk. `rows_missing` of the access log.
    `stood_in` were made empty, so that what belongs to them stays; `dropped` belonged to what is lost.
    `troubles` are what the check of the new archive found, as keys.
    """

    pages: int
    damaged: int
    kinds: tuple[KindFound, ...]
    files: tuple[FilesFound, ...] = ()
    drafts: int = 0
    drafts_damaged: int = 0
    drafts_lost: int = 0
    log_rows: RowCount = 0
    rows_missing: RowCount = 0
    log_lost: int = 0
    untold: int = 0
    unsealed: bool = False
    stood_in: RowCount = 0
    dropped: RowCount = 0
    backups: tuple[KnownBackup, ...] = ()
    troubles: tuple[str, ...] = ()

    @property
    def missing(self) -> RowCount:
        """How many of all kinds are lost for good."""
        return sum(kind.missing - kind.remade for kind in self.kinds)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is damaged anywhere."""
        files = all(not (one.damaged or one.lost) for one in self.files)
        rows = not (self.damaged or self.log_lost or self.untold or self.missing or self.rows_missing)
        return files and rows and not (self.unsealed or self.drafts_damaged or self.drafts_lost)
