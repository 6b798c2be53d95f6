"""What stands in for packages and for partners' codings: the same rules without a cipher. A file holds a number alone;
what it would hold lies in memory, with who made it for whom.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from app.errors import Cancelled, NotAllowed, PackageError
from app.model.change import Change, added, removed
from app.model.coding import CodingHeader, CodingState
from app.model.exchange import FinishedCoding, KeyFile
from app.model.independence import is_due
from app.model.package import SENDER
from app.ports.packages import Received, ReceivedCoding, ReceivedKey
from tests.stand_ins.fakes import MemoryArchive, MemoryStore

CODING, KEY, SEALED = "-coding.age", "-key.age", "package.age"


@dataclass(frozen=True)
class Sealed:
    """One file: for whom, from whom, and what is in it."""

    recipient: str
    sender: str
    content: object


#: what was sealed, by the text in its file; all computers see the same post
POST: dict[str, Sealed] = {}


class FakePackages:
    """The `Packages` of the worker whose receiving key this is."""

    def __init__(self, key: str) -> None:
        self._key = key

    def _put(self, path: Path, recipient: str, content: object) -> Path:
        if not path.parent.is_dir():
            raise PackageError("package-not-written")
        text = f"havainto-fake/{len(POST)}"
        POST[text] = Sealed(recipient, self._key, content)
        path.write_text(text)
        return path

    def make(self, package, films, recipient, into, progress, cancelled) -> Path:
        package.check()
        if cancelled():
            raise Cancelled
        place = into / f"havainto-{package.made:%Y%m%d}-{package.id[-8:]}"
        place.mkdir()
        (place / "films").mkdir()
        for film in films:
            (place / "films" / f"{film.id}.vau").write_text(film.sha256)
        self._put(place / SEALED, recipient, package)
        progress(1.0)
        return place

    def found(self, path: Path) -> tuple[Path, ...]:
        if not path.is_dir() or (path / SEALED).exists():
            return (path,)
        inside = sorted(one for one in path.iterdir() if not one.name.startswith("._"))
        found = [p for p in inside if (p / SEALED).exists()]
        found += [p for ending in (CODING, KEY) for p in inside if p.name.endswith(ending)]
        if not found:
            raise PackageError("package-missing")
        return tuple(found)

    def look(self, path: Path, senders) -> Received | ReceivedCoding | ReceivedKey:
        file = path / SEALED if path.is_dir() else path
        if not file.is_file():
            raise PackageError("package-missing")
        sealed = POST.get(file.read_bytes().decode("utf-8", "replace"))
        if sealed is None:
            raise PackageError("package-foreign")
        if sealed.recipient != self._key:
            raise PackageError("package-not-for-you")
        if sealed.sender not in senders:
            raise PackageError("package-unknown-sender")
        match sealed.content:
            case KeyFile() as key:
                return ReceivedKey(sealed.sender, key)
            case (file_said, bytes(shut)):
                return ReceivedCoding(sealed.sender, file_said, shut)
            case package:
                return Received(path, sealed.sender, package, None)

    def commitment(self, coding: FinishedCoding, file_id: str) -> str:
        return _hash(file_id, _content(coding))

    def make_coding(self, file, coding: FinishedCoding, recipient: str, into: Path) -> Path:
        content = _content(coding)
        if _hash(file.id, content) != file.commitment:
            raise PackageError("coding-changed-here")
        SHUT[file.id] = coding
        return self._put(into / f"havainto-{file.id[-8:]}{CODING}", recipient, (file, file.id.encode()))

    def make_key(self, sent, recipient: str, into: Path) -> Path:
        key = KeyFile(sent.id, sent.meeting_id, sent.commitment, sent.key_for, sent.id.encode(), b"")
        return self._put(into / f"havainto-{sent.id[-8:]}{KEY}", recipient, key)

    def take_films(self, received, wanted, progress, cancelled):
        films = [film for film in received.package.films if film.id in wanted]
        for film in films:
            place = received.folder / "films" / f"{film.id}.vau"
            if not place.is_file():
                raise PackageError("package-film-missing")
            if place.read_text() != film.sha256:
                raise PackageError("package-film-differs", camera=film.camera)
        if cancelled():
            raise Cancelled
        return tuple(replace(film, container=f"{film.id}.vau", wrapped_key=b"k" * 60) for film in films)


#: codings by the id of their file: what a real one would have shut in it
SHUT: dict[str, FinishedCoding] = {}


class FakePartnerCodings:
    """The `PartnerCodings` over an archive in memory, for the worker of a store."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    @property
    def _archive(self) -> MemoryArchive:
        return self._store.archive

    def hold(self, label, coming, shut, replaces=None):
        changes = (added(coming), *([removed(replaces)] if replaces is not None else []))
        self._store.apply(label, changes, act="partner-coding-taken-in")
        held = {key: e for key, e in self._archive.entities.items() if replaces is None or key != replaces.coding_id}
        held[coming.coding_id] = CodingHeader(
            coming.coding_id, coming.meeting_id, coming.person_id, "", 0, "", 0, CodingState.READY
        )
        self._archive.entities = held
        self._archive.release()
        return changes

    def mend(self, held, shut) -> bool:
        return SHUT.get(held.id) is None

    def inside(self, held, key) -> FinishedCoding:
        coding = SHUT[held.id]
        if key.key != held.id.encode() or _hash(held.id, _content(coding)) != held.commitment:
            raise PackageError("key-does-not-fit")
        return coding

    def release(self, label, before, after, coding):
        held = self._archive.header(before.coding_id)
        if held is None or not is_due(held, self._archive.headers(held.meeting_id)):
            raise NotAllowed("not-both-ready")
        self._store.apply(label, [Change(before, after)], act="partner-coding-opened")
        header = replace(coding.header, coder=before.person_id)
        self._archive.entities = {**self._archive.entities, header.id: header, **{p.id: p for p in coding.parts}}
        self._archive.released.add(header.id)
        return (Change(before, after), added(header), *map(added, coding.parts))


def _content(coding: FinishedCoding) -> bytes:
    said = replace(coding.header, coder=SENDER), sorted(coding.parts, key=lambda part: part.id)
    return repr(said).encode()


def _hash(file_id: str, content: bytes) -> str:
    return hashlib.sha256(file_id.encode() + content).hexdigest()
