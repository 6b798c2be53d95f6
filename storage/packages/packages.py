"""Packages of an open archive: the `Packages` of app/ports.

    havainto-<day>-<some letters>/      a folder that names nobody
        package.age                     the rows and the films' keys, sealed (`envelope`)
        films/<new id>.vau              the films' containers, byte for byte as they lie in the archive (`VAU1`)

The folder has its name only when all of it is on the disk. What is sealed says of each container how long it is and
how it begins (SHA-256 of its header, which no other container has), and gives its key: the seals prove the rest. On
taking in the containers are copied under names of this archive's own making, always the same for the same container, so
that what an earlier try brought is found again. Coding files and key files (`coding_files`) are one file each.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import stat
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from app.errors import ContainerError, PackageError
from app.model.exchange import CodingFile, FinishedCoding, SentCoding
from app.model.filming import FilmingEvent
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment
from app.model.package import MeetingPackage
from app.model.people import Case, Person
from app.model.recording import Recording
from app.model.reliability_sample import ReliabilitySample
from app.model.showing import Showing
from app.model.stored import StoredContent
from app.model.units import ByteCount
from app.ports.packages import Cancelled as IsCancelled
from app.ports.packages import Progress, Received, ReceivedCoding, ReceivedKey
from storage import durable_file
from storage.disk_space import FULL_BYTES, free_space
from storage.packages import coding_files, envelope, shut_coding
from storage.packages.envelope import Format
from storage.packages.rows import from_json, to_json
from storage.store.row_mapping import compact
from storage.vault.film_vault import FilmVault
from storage.vault.keys import Keys

SEALED_NAME, FILMS_NAME = "package.age", "films"
_PART = ".part"
_CONTAINER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.vau")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HASH = re.compile(r"[0-9a-f]{64}")
_MANY = {"persons": Person, "segments": Segment, "events": FilmingEvent, "contents": StoredContent, "films": Recording}
#: what packages hold since tasks can be drawn for a second coding, and since it is written how the child shows it
_LATER = {"samples": ReliabilitySample, "showings": Showing}
_FIELDS = frozenset({"id", "made", "case", "meeting", "containers", *_MANY})


@dataclass(frozen=True, slots=True)
class Container:
    """A film's container in a package: its file, its key, the SHA-256 of its header, and its size."""

    name: str
    key: bytes
    header: str
    size: ByteCount


class SealedPackages:
    """What the signed-in worker seals and opens. `whole` is held while films are copied: none is erased then.

    `coding_key` gives the key of an own coding by its id.
    """

    def __init__(self, keys: Keys, media: FilmVault, whole: threading.Lock, coding_key: Callable[[str], bytes]) -> None:
        self._keys, self._media, self._whole, self._coding_key = keys, media, whole, coding_key

    def make(
        self,
        package: MeetingPackage,
        films: Sequence[Recording],
        recipient: str,
        into: Path,
        progress: Progress,
        cancelled: IsCancelled,
    ) -> Path:
        """See the port. Raises Cancelled, PackageError, ContainerError."""
        package.check()
        name = f"havainto-{package.made:%Y%m%d}-{package.id[-8:]}"
        part, place = into / (name + _PART), into / name
        with _written(part), self._whole:
            part.mkdir(mode=0o700)
            (part / FILMS_NAME).mkdir(mode=0o700)
            steps = _Steps(sum(self._media.stored_bytes(film) for film in films), progress)
            _demand_room(into, steps.total)
            containers = {film.id: self._copied_out(film, part / FILMS_NAME, steps, cancelled) for film in films}
            body = compact(_as_json(package, containers)).encode()
            durable_file.write_whole(
                part / SEALED_NAME, envelope.sealed(self._keys.own(), recipient, Format.PACKAGE, body)
            )
            durable_file.sync_folder(part / FILMS_NAME)
            durable_file.put_in_place(part, place)
        return place

    def _copied_out(self, film: Recording, folder: Path, steps: _Steps, cancelled: IsCancelled) -> Container:
        name = f"{new_id()}.vau"
        key, copied = self._media.copy_out(film, folder / name, steps.step, cancelled)
        return Container(name, key, copied.header_sha256, copied.size)

    def found(self, path: Path) -> tuple[Path, ...]:
        """See the port. Raises PackageError."""
        if not path.is_dir():
            return (path,)
        if (path / SEALED_NAME).exists():
            return (path,)
        endings = (coding_files.CODING_ENDING, coding_files.KEY_ENDING)
        try:
            inside = sorted(one for one in path.iterdir() if not durable_file.is_beside(one))
        except OSError as error:
            raise PackageError("package-missing") from error
        packages = [one for one in inside if (one / SEALED_NAME).exists()]
        files = [one for ending in endings for one in inside if one.name.endswith(ending)]
        if not packages and not files:
            raise PackageError("package-missing")
        return (*packages, *files)

    def look(self, path: Path, senders: Collection[str]) -> Received | ReceivedCoding | ReceivedKey:
        """See the port. Raises PackageError."""
        folder = path if path.is_dir() else path.parent
        content = _read(path / SEALED_NAME if path.is_dir() else path)
        kind, sender, body = envelope.opened(self._keys.own(), content, senders)
        match kind:
            case Format.PACKAGE:
                return _received(folder, sender, body)
            case Format.CODING:
                return ReceivedCoding(sender, *coding_files.coding_in(body))
            case Format.KEY:
                return ReceivedKey(sender, coding_files.key_in(body))

    def commitment(self, coding: FinishedCoding, file_id: str) -> str:
        """See the port. Raises StoreError, ArchiveError."""
        keys = shut_coding.keys_of(self._coding_key(coding.header.id), file_id)
        return shut_coding.commitment(keys, shut_coding.content_of(coding))

    def make_coding(self, file: CodingFile, coding: FinishedCoding, recipient: str, into: Path) -> Path:
        """See the port. Raises PackageError, StoreError, ArchiveError."""
        keys = shut_coding.keys_of(self._coding_key(coding.header.id), file.id)
        content = shut_coding.content_of(coding)
        if shut_coding.commitment(keys, content) != file.commitment:
            raise PackageError("coding-changed-here")
        shut = shut_coding.shut(keys, content, file.id, file.coding_id, file.meeting_id)
        body = coding_files.coding_body(file, shut)
        return self._written(
            into / coding_files.name_of(file, coding_files.CODING_ENDING), recipient, Format.CODING, body
        )

    def make_key(self, sent: SentCoding, recipient: str, into: Path) -> Path:
        """See the port. Raises PackageError, StoreError, ArchiveError."""
        assert sent.key_for, "a key is made for what the other committed to"
        body = coding_files.key_body(sent, shut_coding.keys_of(self._coding_key(sent.coding_id), sent.id))
        return self._written(into / coding_files.name_of(sent, coding_files.KEY_ENDING), recipient, Format.KEY, body)

    def _written(self, path: Path, recipient: str, kind: Format, body: bytes) -> Path:
        content = envelope.sealed(self._keys.own(), recipient, kind, body)
        try:
            durable_file.write_whole(path, content)
        except OSError as error:
            full = durable_file.is_full(error)
            raise PackageError("package-no-room" if full else "package-not-written") from error
        return path

    def take_films(
        self, received: Received, wanted: Collection[str], progress: Progress, cancelled: IsCancelled
    ) -> tuple[Recording, ...]:
        """See the port. Raises Cancelled, PackageError, ContainerError."""
        containers = cast("Mapping[str, Container]", received.films)
        films = [film for film in received.package.films if film.id in wanted]
        sources = {film.id: received.folder / FILMS_NAME / containers[film.id].name for film in films}
        for film in films:
            _demand_file(sources[film.id], containers[film.id].size)
        size = sum(containers[film.id].size for film in films)
        _demand_room(self._media.folder, size)
        steps = _Steps(size, progress)
        return tuple(self._copied_in(film, sources[film.id], containers[film.id], steps, cancelled) for film in films)

    def _copied_in(
        self, film: Recording, source: Path, said: Container, steps: _Steps, cancelled: IsCancelled
    ) -> Recording:
        try:
            name, wrapped = self._media.copy_in(film, source, said.key, said.header, steps.step, cancelled)
        except ContainerError as error:
            if error.key in {"disk-full", "read-only", "disk-error", "locked"}:
                raise
            raise PackageError("package-film-differs", camera=film.camera) from error
        except OSError as error:
            trouble = "package-no-room" if durable_file.is_full(error) else "package-unreadable"
            raise PackageError(trouble) from error
        return replace(film, container=name, wrapped_key=wrapped)


class _Steps:
    """Bytes done of all, as a share."""

    def __init__(self, total: ByteCount, progress: Progress) -> None:
        self.total, self._done, self._progress = total, 0, progress

    def step(self, count: ByteCount) -> None:
        self._done += count
        self._progress(min(self._done / self.total, 1.0) if self.total else 1.0)


@contextlib.contextmanager
def _written(part: Path) -> Iterator[None]:
    """Within it a folder is made that is gone again when anything fails; the disk's refusals as PackageError."""
    try:
        yield
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if isinstance(error, OSError):
            full = durable_file.is_full(error)
            raise PackageError("package-no-room" if full else "package-not-written") from error
        raise


def _received(folder: Path, sender: str, body: bytes) -> Received:
    package, containers = _from_json(body)
    package.check()
    if set(containers) != {film.id for film in package.films}:
        raise PackageError("package-damaged")
    return Received(folder, sender, package, containers)


def _demand_room(folder: Path, size: ByteCount) -> None:
    if free_space(folder).free_bytes - size < FULL_BYTES:
        raise PackageError("package-no-room")


def _demand_file(path: Path, size: ByteCount) -> None:
    """A plain file of that very size: no link leads out of the folder, no pipe waits for its other end."""
    try:
        found = path.lstat()
    except OSError as error:
        raise PackageError("package-film-missing") from error
    if not stat.S_ISREG(found.st_mode):
        raise PackageError("package-film-missing")
    if found.st_size != size:
        raise PackageError("package-film-differs")


def _read(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise PackageError("package-missing")
        with path.open("rb") as file:
            content = file.read(envelope.MOST_BYTES + 1)
    except OSError as error:
        raise PackageError("package-missing") from error
    if len(content) > envelope.MOST_BYTES:
        raise PackageError("package-foreign")
    return content


def _as_json(package: MeetingPackage, containers: Mapping[str, Container]) -> dict[str, Any]:
    said = {name: [to_json(one) for one in getattr(package, name)] for name in (*_MANY, *_LATER)}
    rows = {key: [one.name, one.key.hex(), one.header, one.size] for key, one in containers.items()}
    one = {"case": to_json(package.case), "meeting": to_json(package.meeting), "containers": rows}
    return {"id": package.id, "made": package.made.isoformat(), **one, **said}


def _from_json(body: bytes) -> tuple[MeetingPackage, dict[str, Container]]:
    """Raises PackageError(`package-damaged`) for anything but what `_as_json` writes."""
    try:
        held = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise PackageError("package-damaged") from error
    if not isinstance(held, dict) or set(held) - set(_LATER) != _FIELDS or not isinstance(held["containers"], dict):
        raise PackageError("package-damaged")
    kinds = {name: kind for name, kind in (_MANY | _LATER).items() if name in held}
    if not all(isinstance(held[name], list) for name in kinds):
        raise PackageError("package-damaged")
    many: dict[str, Any] = {name: tuple(from_json(kind, one) for one in held[name]) for name, kind in kinds.items()}
    case, meeting = from_json(Case, held["case"]), from_json(Meeting, held["meeting"])
    package = MeetingPackage(_id(held["id"]), coding_files.moment(held["made"]), case=case, meeting=meeting, **many)
    for one in (case, *package.rows(), *package.films):
        _id(one.id)
    return package, {_id(key): _container(one) for key, one in held["containers"].items()}


def _id(text: object) -> str:
    if not isinstance(text, str) or not _ID.fullmatch(text):
        raise PackageError("package-damaged")
    return text


def _container(held: object) -> Container:
    match held:
        case [str(name), str(key), str(header), int(size)] if (
            _CONTAINER.fullmatch(name) and _HASH.fullmatch(key) and _HASH.fullmatch(header) and 0 < size < 2**50
        ):
            return Container(name, bytes.fromhex(key), header, size)
        case _:
            raise PackageError("package-damaged")
