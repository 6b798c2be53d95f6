"""Films and other containers of a damaged archive: read chunk by chunk, and carried over as far as they can be read.

A container with damaged places is carried over as it lies: what is whole of it plays, and the film can be fetched again
over it. One whose header is damaged gets it anew where its first chunk still opens. One that is gone, that no key opens
or the disk does not even open, is not: its row stays, with all that was coded.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import ArchiveError, ContainerError
from app.model.filming import OpenRecording
from app.model.recording import DerivedFile, Recording
from app.model.units import ByteCount
from app.ports import Cancelled
from app.ports.rescue import FilesFound
from storage import durable_file
from storage.rescue import as_it_lies
from storage.rescue.as_it_lies import OnBytes
from storage.store.kinds import CONTAINED, kind_of
from storage.vault.container import FILM_CHUNK, HEADER_BYTES, RECORDING_CHUNK, TAG_BYTES, ChunkCipher, Header
from storage.vault.container_copies import copied
from storage.vault.container_reader import ContainerReader
from storage.vault.media_vault import unwrap_key

_PART = ".part"
_BLOCK: ByteCount = 1 << 20
#: where a container's header has its random id, and what is said of a header that is damaged
_FILE_ID = slice(16, 32)
_HEADER_TROUBLES = frozenset({"container-key", "container-foreign", "container-newer"})

#: the rows of a table by its name, each by the names of its columns
RowsOf = Callable[[str], Iterable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Container:
    """One container as the books have it: of which kind, whose, under which wrapped key."""

    kind: str
    name: str
    owner: str
    wrapped_key: bytes


def containers(rows_of: RowsOf) -> tuple[Container, ...]:
    """Everything that the books name, each once: films with those kept from before, pages, and copies of films."""
    found: dict[str, Container] = {}

    def note(kind: type, row: Mapping[str, Any], name: str, owner: str) -> None:
        if name:
            found.setdefault(name, Container(kind_of(kind).name, name, owner, bytes(row["wrapped_key"])))

    films = {str(row["id"]): row for row in rows_of(kind_of(Recording).name)}
    for owner, film in films.items():
        for name in (film["container"], *_replaced(str(film.get("replaced") or "[]"))):
            note(Recording, film, name, owner)
    for kind in CONTAINED:
        if kind is not Recording:
            for row in rows_of(kind_of(kind).name):
                note(kind, row, str(row["container"]), str(row["id"]))
    for row in rows_of(kind_of(DerivedFile).name):
        owner = str(row["recording_id"])
        if owner in films:
            note(DerivedFile, films[owner], str(row["container"]), owner)
    return tuple(found.values())


def _replaced(said: str) -> tuple[str, ...]:
    """The containers that a film had before and that were kept."""
    return tuple(str(one["container"]) for one in json.loads(said))


def begun(rows_of: RowsOf) -> tuple[str, ...]:
    """Names of the containers that were being filmed when the program ended: the first opening makes films of them."""
    return tuple(str(book["container"]) for book in rows_of(kind_of(OpenRecording).name))


def looked(folder: Path, media_key: bytes, some: Sequence[Container], on_bytes: OnBytes) -> tuple[FilesFound, ...]:
    """How many of each kind are whole; copies of films are not counted, for they can be made again."""
    return _counted((one, _state(folder / one.name, media_key, one, on_bytes)) for one in some if not _is_copy(one))


def carried(
    folder: Path, into: Path, media_key: bytes, some: Sequence[Container], on_bytes: OnBytes, cancelled: Cancelled
) -> tuple[FilesFound, ...]:
    """Copy all that can be read into the new folder; the counts as `looked`. Raises ArchiveError for its disk."""

    def states() -> Iterator[tuple[Container, str]]:
        for one in some:
            state = _carry(folder / one.name, into / one.name, media_key, one, on_bytes, cancelled)
            if not _is_copy(one):
                yield one, state

    return _counted(states())


def carry_begun(folder: Path, into: Path, names: Sequence[str]) -> None:
    """What was being filmed, as it lies there."""
    for name in names:
        for path in (folder / (name + _PART), folder / name):
            if not (into / path.name).exists():
                as_it_lies.copied(path, into / path.name, lambda _: None, lambda: False)


def _is_copy(one: Container) -> bool:
    return one.kind == kind_of(DerivedFile).name


def _counted(states: Iterator[tuple[Container, str]]) -> tuple[FilesFound, ...]:
    counts = Counter((one.kind, state) for one, state in states)
    kinds = dict.fromkeys(kind for kind, _ in counts)
    return tuple(FilesFound(k, counts[k, "whole"], counts[k, "damaged"], counts[k, "lost"]) for k in kinds)


def _state(path: Path, media_key: bytes, one: Container, on_bytes: OnBytes) -> str:
    """Whether a container is `whole`, `damaged` in places, or `lost`."""
    try:
        key = unwrap_key(media_key, one.owner, one.wrapped_key)
        with ContainerReader(path, key, one.owner) as reader:
            while block := reader.read(_BLOCK):
                on_bytes(len(block))
    except ContainerError as error:
        if error.key in _HEADER_TROUBLES:
            return "damaged" if _mended_header(path, media_key, one) else "lost"
        return "lost" if error.key == "container-missing" else "damaged"
    return "whole"


def _carry(path: Path, target: Path, media_key: bytes, one: Container, on_bytes: OnBytes, cancelled: Cancelled) -> str:
    header = b""
    try:
        key = unwrap_key(media_key, one.owner, one.wrapped_key)
        copied(path, target, key, one.owner, on_bytes, cancelled)
    except FileNotFoundError:
        return "lost"
    except ContainerError as error:
        if error.key in _HEADER_TROUBLES and not (header := _mended_header(path, media_key, one)):
            return "lost"
    except OSError as error:
        if durable_file.is_full(error):
            raise ArchiveError("disk-full") from error
    else:
        return "whole"
    # a copy of a film is made again
    if _is_copy(one) or as_it_lies.copied(path, target, on_bytes, cancelled) == "lost":
        return "lost"
    return _with_header(target, header, media_key, one) if header else "damaged"


def _mended_header(path: Path, media_key: bytes, one: Container) -> bytes:
    """A header for a container whose own is damaged; empty when nothing opens its first chunk.

    Its random id is all that the chunks need of it: as it stands there, or with one bit turned over.
    """
    try:
        cek = unwrap_key(media_key, one.owner, one.wrapped_key)
        with path.open("rb") as file:
            said, sealed = file.read(HEADER_BYTES), file.read(FILM_CHUNK + TAG_BYTES)
            size = os.fstat(file.fileno()).st_size
    except (ContainerError, OSError):
        return b""
    found = int.from_bytes(said[_FILE_ID].ljust(16, b"\0"))
    for file_id in (found, *(found ^ (1 << bit) for bit in range(128))):
        for chunk_size in (FILM_CHUNK, RECORDING_CHUNK):
            header = Header(one.owner, chunk_size, file_id.to_bytes(16), 0)
            first = sealed[: chunk_size + TAG_BYTES]
            if _opens(cek, header, first, is_last=size <= header.offset(1)):
                return header.pack(cek)
    return b""


def _opens(cek: bytes, header: Header, first: bytes, *, is_last: bool) -> bool:
    plain = memoryview(bytearray(max(len(first) - TAG_BYTES, 0)))
    return len(first) >= TAG_BYTES and ChunkCipher(cek, header.file_id).open_into(0, is_last, first, plain)


def _with_header(target: Path, header: bytes, media_key: bytes, one: Container) -> str:
    """Put the mended header on the new file; what is whole behind it counts."""
    try:
        with target.open("r+b") as file:
            file.write(header)
            file.flush()
            durable_file.sync_file(file.fileno())
    except OSError as error:
        raise durable_file.archive_trouble(error) from error
    return _state(target, media_key, one, lambda _: None)
