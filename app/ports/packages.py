"""What the application asks of packages: made for one recipient, looked into, and their films taken in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

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


class Packages(Protocol):
    """Packages of an open archive. Nothing of one is ever clear on a disk."""

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

    def open(self, folder: Path, senders: Collection[str]) -> Received:
        """Look into a package from one whose key is among `senders`.

        Raises PackageError: `package-missing`, `package-foreign`, `package-damaged`, `package-newer`,
        `package-not-for-you`, `package-unknown-sender`. Nothing is written.
        """
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
