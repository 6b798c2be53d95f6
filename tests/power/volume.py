"""A disk as its record tells it, and what a power cut may leave of it.

What was synced is there. Of what was not, each sector of 512 bytes has one of the contents that it had since the last
sync of its file, the file one of its lengths, and what it grew by without its content is zeros or whatever lay there
before. A name that was made, renamed or removed is so for certain once its folder was synced; until then the change is
there or not, whatever became of the file's content, and changes of the same name keep their order. A name across two
folders changes in both or in neither. That is less than ext4, XFS, APFS and NTFS promise: none of them loses more.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.power.library import Record, What

#: files by their paths below a folder; None is a folder
State = dict[str, bytes | None]

SECTOR = 512
#: a longer write is torn in a few pieces and not at every sector: who tries is to come to an end
_LONG = 64 * SECTOR
#: the time of every file that a power cut left
_BEFORE = 1_000_000_000


@dataclass(eq=False, slots=True)
class File:
    """What the disk holds for certain, and what was done since: (offset, bytes), or a length without bytes."""

    synced: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for at, data in self.since:
            _apply(self.synced, at, data)
        self.since.clear()

    def now(self) -> bytes:
        content = bytearray(self.synced)
        for at, data in self.since:
            _apply(content, at, data)
        return bytes(content)

    def left(self, chance: random.Random, loss: Loss) -> bytes:
        """What a power cut leaves."""
        if not self.since or loss.data == "lost":
            return bytes(self.synced)
        if loss.data == "kept":
            return self.now()
        how = chance.choice(("lost", "kept", "torn", "torn", "front")) if loss.data == "any" else loss.data
        if how in ("lost", "kept"):
            return bytes(self.synced) if how == "lost" else self.now()
        if how == "front":
            content = bytearray(self.synced)
            for at, data in self.since[: chance.randint(0, len(self.since))]:
                _apply(content, at, data)
            return bytes(content)
        return self._torn(chance)

    def _torn(self, chance: random.Random) -> bytes:
        lengths = chance.choice((0, len(self.since), chance.randint(0, len(self.since))))
        content, size = bytearray(self.synced), len(self.synced)
        newest = self._newest(chance)
        filler = chance.randbytes(1) * SECTOR if chance.random() < 0.1 else bytes(SECTOR)
        for number, (at, data) in enumerate(self.since):
            counts = number < lengths
            if data is None:
                if counts:
                    _apply(content, at, None)
                    size = at
                continue
            if counts:
                size = max(size, at + len(data))
            for begin, end in _pieces(at, len(data), chance):
                if newest.setdefault(begin // SECTOR, number if chance.random() < 0.5 else -1) >= number:
                    _grow(content, begin, filler)
                    content[begin:end] = data[begin - at : end - at]
        if len(content) < size:
            _grow(content, size, filler)
        return bytes(content[:size])

    def _newest(self, chance: random.Random) -> dict[int, int]:
        """Of sectors that were written several times: the number of the last change that reached the disk."""
        touched: dict[int, list[int]] = {}
        for number, (at, data) in enumerate(self.since):
            if data is not None and len(data) <= _LONG:
                for begin, _ in _pieces(at, len(data), chance):
                    touched.setdefault(begin // SECTOR, [-1]).append(number)
        return {sector: chance.choice(numbers) for sector, numbers in touched.items()}


def _apply(content: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        if at < len(content):
            del content[at:]
        else:
            content.extend(bytes(at - len(content)))
        return
    if at > len(content):
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


def _grow(content: bytearray, size: int, filler: bytes) -> None:
    """Up to so many bytes, by what lay on the disk before."""
    if size > len(content):
        more = size - len(content)
        content.extend((filler * (more // SECTOR + 1))[:more])


def _pieces(at: int, size: int, chance: random.Random) -> Iterable[tuple[int, int]]:
    """A write cut at sectors; a long one at a few of them."""
    end = at + size
    if size > _LONG:
        first, last = at // SECTOR + 1, (end - 1) // SECTOR
        cuts = sorted({chance.randint(first, last) * SECTOR for _ in range(6)})
    else:
        cuts = list(range((at // SECTOR + 1) * SECTOR, end, SECTOR))
    begins = [at, *(c for c in cuts if at < c < end)]
    return zip(begins, [*begins[1:], end], strict=True)


@dataclass(eq=False, slots=True)
class Folder:
    """Names for certain, and as they are now."""

    synced: dict[str, Node] = field(default_factory=dict)
    now: dict[str, Node] = field(default_factory=dict)


Node = File | Folder


@dataclass(eq=False, slots=True)
class Naming:
    """One change of names: in a folder a name stands for a file from now on, or for none."""

    names: tuple[tuple[Folder, str, Node | None], ...]
    earlier: tuple[Naming, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """How much is lost: of contents `lost`, `kept`, `torn`, `any`; of names `lost`, `kept`, `front` or `any`."""

    data: str
    names: str


LOSSES = (
    Loss("lost", "lost"),
    Loss("lost", "kept"),
    Loss("kept", "lost"),
    Loss("kept", "kept"),
    Loss("torn", "front"),
    Loss("torn", "any"),
    *(Loss("any", "any"),) * 3,
    Loss("any", "front"),
)


class Volume:
    """The folder `root` of a disk, followed through a record."""

    def __init__(self, root: Path) -> None:
        """The folder as it is there now, but empty."""
        self.root = root
        self.top = Folder()
        self._files: dict[int, Node] = {root.stat().st_ino: self.top}
        self._changes: list[Naming] = []

    def follow(self, record: Record) -> None:
        """One act more."""
        match record.what:
            case What.MADE:
                node: Node = Folder() if record.is_folder else File()
                self._files[record.inode] = node
                self._name([(record.path, node)])
            case What.WRITE | What.MAPPED:
                self._file(record).since.append((record.at, record.data))
            case What.LENGTH:
                self._file(record).since.append((record.at, None))
            case What.SYNC:
                self._sync(self._files[record.inode])
            case What.RENAME:
                source, target = record.paths
                self._name([(source, None), (target, self._at(source))])
            case What.LINK:
                source, target = record.paths
                self._name([(target, self._at(source))])
            case What.REMOVE:
                self._name([(record.path, None)])

    def _file(self, record: Record) -> File:
        node = self._files[record.inode]
        assert isinstance(node, File)
        return node

    def _sync(self, node: Node) -> None:
        if isinstance(node, File):
            node.sync()
            return
        for change in [c for c in self._changes if any(folder is node for folder, _, _ in c.names)]:
            self._settle(change)

    def _settle(self, change: Naming) -> None:
        """It is for certain, and what it stands on with it."""
        if change not in self._changes:
            return
        for before in change.earlier:
            self._settle(before)
        for folder, name, node in change.names:
            _put(folder.synced, name, node)
        self._changes.remove(change)

    def _name(self, named: list[tuple[str, Node | None]]) -> None:
        names = tuple((*self._folder(path), node) for path, node in named)
        own = {(id(folder), name) for folder, name, _ in names}
        earlier = tuple(c for c in self._changes if own & {(id(folder), name) for folder, name, _ in c.names})
        self._changes.append(Naming(names, earlier))
        for folder, name, node in names:
            _put(folder.now, name, node)

    def _folder(self, path: str) -> tuple[Folder, str]:
        *parts, name = Path(path).relative_to(self.root).parts
        folder = self.top
        for part in parts:
            inner = folder.now[part]
            assert isinstance(inner, Folder)
            folder = inner
        return folder, name

    def _at(self, path: str) -> Node:
        folder, name = self._folder(path)
        return folder.now[name]

    # ── what is there ────────────────────────────────────────────────────────────────────────────────────────────────

    def now(self) -> State:
        """As whoever reads the disk now finds it."""
        found: State = {}
        _collect(self.top, "", found, lambda folder: folder.now, lambda file: file.now())
        return found

    def left(self, chance: random.Random, loss: Loss | None = None) -> State:
        """The same after a power cut at this moment."""
        lost = loss or chance.choice(LOSSES)
        kept = self._kept(chance, lost.names)
        names: dict[int, dict[str, Node]] = {}

        def entries(folder: Folder) -> dict[str, Node]:
            if id(folder) not in names:
                names[id(folder)] = dict(folder.synced)
                for change in kept:
                    for where, name, node in change.names:
                        if where is folder:
                            _put(names[id(folder)], name, node)
            return names[id(folder)]

        found: State = {}
        _collect(self.top, "", found, entries, lambda file: file.left(chance, lost))
        return found

    def _kept(self, chance: random.Random, how: str) -> list[Naming]:
        """The changes of names that reached the disk, in their order."""
        if how == "lost":
            return []
        if how == "kept":
            return list(self._changes)
        if how == "front":
            return self._changes[: chance.randint(0, len(self._changes))]
        kept: list[Naming] = []
        for change in self._changes:
            stands = all(before in kept or before not in self._changes for before in change.earlier)
            if stands and chance.random() < 0.5:
                kept.append(change)
        return kept


def _put(names: dict[str, Node], name: str, node: Node | None) -> None:
    if node is None:
        names.pop(name, None)
    else:
        names[name] = node


def _collect(folder, at, found, entries, content) -> None:
    for name, node in sorted(entries(folder).items()):
        path = f"{at}{name}"
        if isinstance(node, Folder):
            found[path] = None
            _collect(node, path + "/", found, entries, content)
        else:
            found[path] = content(node)


def laid(state: State, place: Path) -> None:
    """A state as files and folders in an empty folder, all of them from before the computer was started again."""
    for path, content in state.items():
        if content is None:
            (place / path).mkdir(mode=0o700)
        else:
            (place / path).write_bytes(content)
            (place / path).chmod(0o600)
            os.utime(place / path, (_BEFORE, _BEFORE))
