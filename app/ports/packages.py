"""What the application asks of packages and coding files: made for one recipient, looked into, and taken in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.model.change import Change
from app.model.exchange import CodingFile, FinishedCoding, KeyFile, PartnerCoding, SentCoding
from app.model.package import MeetingPackage
from app.model.recording import Recording

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Received:
    """A package that was opened: its folder, the key of who sealed it, and what is in it.

    `films` are its containers by recording id, as whoever opened it needs them to take them in.
    """

    folder: Path
    sender: str
    package: MeetingPackage
    films: object


@dataclass(frozen=True, slots=True)
class ReceivedCoding:
    """A partner's coding file that was opened as far as it opens: the coding in it is still `shut`."""

    sender: str
    file: CodingFile
    shut: bytes


@dataclass(frozen=True, slots=True)
class ReceivedKey:
    """A partner's key file that was opened."""

    sender: str
    key: KeyFile


class Packages(Protocol):
    """Packages, coding files and key files of an open archive. Nothing of one is ever clear on a disk."""

    def make(
        self,
        package: MeetingPackage,
        films: Sequence[Recording],
        recipient: str,
        into: Path,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Path:
        """A new folder in `into` that only the holder of the key `recipient` can open; returns it.

        `films` are the archive's own rows of its films. Raises Cancelled, PackageError (`package-not-written`,
        `package-no-room`), ContainerError for a film that is not whole; then nothing is left.
        """
        ...

    def found(self, path: Path) -> tuple[Path, ...]:
        """What can be looked into at a path: itself, or what a folder holds; packages first, then coding files, keys.

        Raises PackageError(`package-missing`) where there is nothing of the kind.
        """
        ...

    def look(self, path: Path, senders: Collection[str]) -> Received | ReceivedCoding | ReceivedKey:
        """Look into a package (its folder), a coding file or a key file from one whose key is among `senders`.

        Raises PackageError: `package-missing`, `package-foreign`, `package-damaged`, `package-newer`,
        `package-not-for-you`, `package-unknown-sender`. Nothing is written.
        """
        ...

    def commitment(self, coding: FinishedCoding, file_id: str) -> str:
        """What an own coding is committed to in the coding file with this id, in hex: always the same of the same.

        Raises StoreError, ArchiveError when the coding's own key does not open.
        """
        ...

    def make_coding(self, file: CodingFile, coding: FinishedCoding, recipient: str, into: Path) -> Path:
        """A coding file in the folder `into`: the coding shut under the file's own key, all for the recipient alone.

        One that was made before is made anew in its place. Raises PackageError (`package-not-written`, also
        `package-no-room`, `coding-changed-here` when it is not what was committed to), StoreError, ArchiveError.
        """
        ...

    def make_key(self, sent: SentCoding, recipient: str, into: Path) -> Path:
        """A key file in the folder `into`, for the commitment `sent.key_for`. Raises as `make_coding`."""
        ...

    def take_films(
        self, received: Received, wanted: Collection[str], progress: Progress, cancelled: Cancelled
    ) -> tuple[Recording, ...]:
        """Copy the containers of the wanted films (by recording id) into the archive; returns rows to be added.

        Each is copied unchanged, all its seals proven. What an earlier try brought is only read. Raises
        Cancelled, PackageError (`package-film-missing`, `package-film-differs`, `package-no-room`); what was copied
        until then is in no book and harmless.
        """
        ...


class PartnerCodings(Protocol):
    """Ready codings of partners on other computers, as they lie shut in this archive until their keys come."""

    def hold(
        self, label: str, coming: PartnerCoding, shut: bytes, replaces: PartnerCoding | None = None
    ) -> tuple[Change, ...]:
        """Keep one, in the place of another that its coder withdrew; from now on its coder counts as ready.

        Returns what changed, own codings that are released by it among it, for whoever announces it. Raises
        NotAllowed, StaleChange, StoreError (`disk-full`); then nothing is kept.
        """
        ...

    def mend(self, held: PartnerCoding, shut: bytes) -> bool:
        """The same coding file again: where what it brought is gone from the disk, it is kept anew; whether it was so.

        Raises StoreError (`disk-full`).
        """
        ...

    def inside(self, held: PartnerCoding, key: KeyFile) -> FinishedCoding:
        """What is shut in one. Nothing is written.

        Raises PackageError: `key-does-not-fit` for a key that does not open it or opens another than was committed to,
        `package-damaged` for what is no coding, `coding-file-gone` when what came is not on the disk.
        """
        ...

    def release(
        self, label: str, before: PartnerCoding, after: PartnerCoding, coding: FinishedCoding
    ) -> tuple[Change, ...]:
        """Its rows go into the archive, as those of a coding that was sealed here do; its coder is its `person_id`.

        Returns what changed. Raises NotAllowed(`not-both-ready`), StaleChange, StoreError; then nothing changed.
        """
        ...
