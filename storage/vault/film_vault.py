"""The films of an open archive by their recordings: the `MediaVault` of app/ports over `media_vault.py`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from app.errors import ArchiveError, ContainerError
from app.model.consent import ConsentForm
from app.model.final_statement import FinalStatement
from app.model.identity import named_id
from app.model.recording import DerivedFile, Recording
from app.model.redaction import RedactedCopy
from app.model.signature import Signature
from app.model.timecode import SECOND, Micros
from app.model.units import ByteCount
from app.ports import Cancelled, Owner, Progress, TakenIn
from storage import durable_file
from storage.disk_space import free_space
from storage.vault.container import AT_END, FILM_CHUNK, RECORDING_CHUNK, WHILE_RECORDING, ContainerWriter, Finished
from storage.vault.container_copies import Copied, OnBytes, copied
from storage.vault.media_vault import MediaVault, NewFile
from storage.vault.reserve import DiskReserve

#: while filming the disk's room is looked at so often
LOOK: Micros = SECOND


class NewContainer:
    """A container being written: the `NewContainer` of app/ports.

    With `guarded`, the folder it lies in, it refuses more when the disk is nearly full: while it can still be finished.
    With a `reserve` there is room on the disk for that also when others fill it in one moment.
    """

    def __init__(
        self,
        vault: MediaVault,
        new_file: NewFile,
        wrapped_key: bytes,
        guarded: Path | None = None,
        reserve: DiskReserve | None = None,
    ) -> None:
        self._vault, self._new, self._wrapped = vault, new_file, wrapped_key
        self._guarded, self._reserve = guarded, reserve
        self._holds = self._had_reserve = False
        self._looked: Micros | None = None

    @property
    def name(self) -> str:
        return self._new.file_name

    @property
    def wrapped_key(self) -> bytes:
        return self._wrapped

    def write(self, data: bytes) -> ByteCount:
        if self._guarded is not None:
            self._hold()
            self._look(self._guarded)
        return self._new.writer.write(data)

    @property
    def writer(self) -> ContainerWriter:
        """What writes it, for whoever has to do with the file itself."""
        return self._new.writer

    @property
    def durable(self) -> ByteCount:
        return self._new.writer.durable

    def _hold(self) -> None:
        """Room is kept from the first bytes on; once it had to be given up, the film ends."""
        if self._reserve is None:
            return
        if not self._holds:
            self._reserve.hold()
            self._holds, self._had_reserve = True, self._reserve.is_there
        elif self._had_reserve and not self._reserve.is_there:
            raise ContainerError("disk-full")

    def _let_go(self) -> None:
        held, self._holds = self._holds, False
        if held and self._reserve is not None:
            self._reserve.let_go()

    def _look(self, folder: Path) -> None:
        now = time.monotonic_ns() // 1000
        if self._looked is None or now - self._looked >= LOOK:
            self._looked = now
            try:
                space = free_space(folder)
            except ArchiveError as error:
                raise ContainerError(error.key, **error.values) from error
            if space.kind == "full":
                raise ContainerError("disk-full")

    def sync(self) -> None:
        self._new.writer.sync()

    def keep(self) -> TakenIn:
        """Finish it and put it in place."""
        return self._kept(self._new.writer.finish)

    def keep_front(self) -> TakenIn:
        """Finish it with what was written whole before writing failed; see the port."""
        return self._kept(lambda: self._vault.finish_front(self._new, self._wrapped))

    def _kept(self, finish: Callable[[], Finished]) -> TakenIn:
        done = finish()
        self._vault.keep(self._new)
        self._let_go()
        return TakenIn(self.name, self._wrapped, done.sha256, done.size, done.chunks)

    def discard(self) -> None:
        self._let_go()
        self._vault.discard(self._new)


class FilmVault:
    """Gives and takes films by their recording; the wrapped key travels in the recording's row."""

    def __init__(self, folder: Path, media_key: bytes) -> None:
        self._folder = folder
        self._vault = MediaVault(folder, media_key)
        self._reserve = DiskReserve(folder)

    def begin(
        self, recording_id: str, wrapped_key: bytes = b"", *, live: bool = False, folder: Path | None = None
    ) -> NewContainer:
        """A new container under the recording's key, or under a new one; see the port."""
        wrapped = wrapped_key or self._vault.new_recording_key(recording_id)
        vault = self._vault if folder is None else self._vault.beside(folder)
        chunk, policy = (RECORDING_CHUNK, WHILE_RECORDING) if live else (FILM_CHUNK, AT_END)
        if not live:
            return NewContainer(vault, vault.start_file(recording_id, wrapped, chunk_size=chunk, sync=policy), wrapped)
        if folder is not None:
            new_file = vault.start_file(recording_id, wrapped, chunk_size=chunk, sync=policy)
            return NewContainer(vault, new_file, wrapped, folder)
        room = self._reserve.give
        new_file = vault.start_file(recording_id, wrapped, chunk_size=chunk, sync=policy, room=room)
        return NewContainer(vault, new_file, wrapped, self._folder, self._reserve)

    def open_file(self, owner: Owner, container: str) -> BinaryIO:
        """A container that is no film, as a seekable file. Raises ContainerError."""
        return cast("BinaryIO", self._vault.open(owner.id, owner.wrapped_key, container))

    def rescue(self, recording_id: str, wrapped_key: bytes, container: str, folder: Path | None = None) -> TakenIn:
        """The readable front of an unfinished container as a whole one; see the port."""
        taken = self._vault.rescue(recording_id, wrapped_key, container, folder)
        return TakenIn(taken.file_name, wrapped_key, taken.sha256, taken.size, taken.chunks)

    def unfinished(self) -> tuple[str, ...]:
        return self._vault.unfinished()

    def sweep(self, containers: Sequence[str]) -> None:
        """Remove unfinished containers that nobody will rescue, and room that was kept while filming."""
        self._vault.sweep(containers)
        self._reserve.sweep()

    def take_in(
        self, source: Path, recording_id: str, progress: Progress, cancelled: Cancelled, wrapped_key: bytes = b""
    ) -> TakenIn:
        """Copy, encrypt and compare a film under its recording's key, or a new one; see `MediaVault.take_in`."""
        wrapped = wrapped_key or self._vault.new_recording_key(recording_id)
        taken = self._vault.take_in(source, recording_id, wrapped, _shares(progress), cancelled)
        return TakenIn(taken.file_name, wrapped, taken.sha256, taken.size, taken.chunks)

    @property
    def folder(self) -> Path:
        return self._folder

    def stored_bytes(self, film: Recording) -> ByteCount:
        """The size of a film's container as it lies on the disk. Raises ContainerError(`container-missing`)."""
        try:
            return (self._folder / film.container).stat().st_size
        except OSError as error:
            raise ContainerError("container-missing") from error

    def copy_out(self, film: Recording, target: Path, on_bytes: OnBytes, cancelled: Cancelled) -> tuple[bytes, Copied]:
        """A film's container copied to another place as it is, all its seals proven; returns its key, what was copied.

        Raises ContainerError, OSError, Cancelled; then nothing is left there.
        """
        with self._vault.open(film.id, film.wrapped_key, film.container) as reader:
            source = reader.path
        key = self._vault.key_of(film.id, film.wrapped_key)
        return key, copied(source, target, key, film.id, on_bytes, cancelled)

    def copy_in(
        self, film: Recording, source: Path, key: bytes, header: str, on_bytes: OnBytes, cancelled: Cancelled
    ) -> tuple[str, bytes]:
        """A container from elsewhere as it is, all its seals proven; returns its name here and the wrapped key.

        `header` is the SHA-256 of how it must begin. One that an earlier try left is read whole instead, or made anew.
        Raises ContainerError, OSError, Cancelled.
        """
        name = f"{named_id('package', film.id, header)}.vau"
        target, wrapped = self._folder / name, self._vault.locked_up(film.id, key)
        if target.exists() and not self._trouble(
            replace(film, wrapped_key=wrapped), name, film.sha256, _quiet, cancelled
        ):
            on_bytes(target.stat().st_size)
            return name, wrapped
        part = target.with_name(target.name + ".part")
        durable_file.remove(part)
        if copied(source, part, key, film.id, on_bytes, cancelled).header_sha256 != header:
            durable_file.remove(part)
            raise ContainerError("container-damaged", reason="header")
        durable_file.put_in_place(part, target)
        return name, wrapped

    def open(self, recording: Recording) -> BinaryIO:
        """The plain film as a seekable file. Raises ContainerError, `film-erased` for one of which nothing is left."""
        if recording.is_erased:
            raise ContainerError("film-erased")
        reader = self._vault.open(recording.id, recording.wrapped_key, recording.container)
        return cast("BinaryIO", reader)  # a raw file is one in all that readers of films use

    def verify(self, recording: Recording) -> bool:
        """True when every chunk is whole and the checksum is the film's."""
        return not self.trouble(recording, lambda _: None, lambda: False)

    def trouble(
        self,
        owner: Recording | FinalStatement | Signature | RedactedCopy | ConsentForm,
        progress: Progress,
        cancelled: Cancelled,
    ) -> str:
        """The key of what is wrong with an owner's one container, or empty. Raises Cancelled."""
        return self._trouble(owner, owner.container, owner.sha256, progress, cancelled)

    def copy_trouble(self, recording: Recording, row: DerivedFile, cancelled: Cancelled) -> str:
        """The same for a file made from a film."""
        return self._trouble(recording, row.container, row.sha256, lambda _: None, cancelled)

    def _trouble(self, recording: Owner, name: str, sha256: str, progress: Progress, cancelled: Cancelled) -> str:
        try:
            self._vault.verify(recording.id, recording.wrapped_key, name, sha256, _shares(progress), cancelled)
        except ContainerError as error:
            return error.key
        return ""

    def names(self) -> frozenset[str]:
        """Every finished container in the folder, whether the archive's books know it or not."""
        return frozenset(path.name for path in durable_file.listed(self._folder, "*.vau"))

    def discard(self, container: str) -> None:
        """Remove a container that the archive's books never took up."""
        self._vault.erase([container])

    def erase(self, containers: Sequence[str]) -> None:
        """Remove containers whose key is erased, and close what reads them; those that are gone already are right."""
        self._vault.erase(containers)

    def free_bytes(self) -> ByteCount:
        return free_space(self._folder).free_bytes

    def close(self) -> None:
        """Forget the key and close every reader."""
        self._vault.close()


def _quiet(_share: float) -> None:
    """Progress that nobody looks at."""


def _shares(progress: Progress) -> Callable[[int, int], None]:
    """Bytes done of bytes in all, told as a share from 0 to 1."""
    return lambda done, total: progress(done / total if total else 1.0)
