"""The copies of a film that are made while it is checked, on their way into containers under the film's own key."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import ContainerError
from app.model.identity import new_id
from app.model.recording import DerivedFile, DerivedKind
from app.model.timecode import Micros
from app.model.units import ByteCount, ItemPlace
from app.ports import MediaVault, NewContainer

#: left free on the disk besides the film itself
SPARE_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True)
class _Finished:
    kind: DerivedKind
    part: ItemPlace
    span: tuple[Micros, Micros]
    index: bytes
    file: NewContainer


class MadeAlong:
    """A `CopySink`. Containers stay unfinished until `keep`: what a kill leaves of them is swept at the next start.

    Where the disk has no room for copies, or fails, there are none: the film matters, and `FilmCopies` tells why it
    cannot make them later. `room` is what the film itself will need.
    """

    def __init__(self, media: MediaVault, recording_id: str, room: ByteCount) -> None:
        self._media, self.recording_id, self._room = media, recording_id, room
        self.wrapped_key = b""
        self._begun: dict[tuple[DerivedKind, int], NewContainer] = {}
        self._finished: list[_Finished] = []
        self._gave_up = False

    def write(self, kind: DerivedKind, part: ItemPlace, content: bytes) -> None:
        if self._gave_up:
            return
        try:
            if (kind, part) not in self._begun:
                self._begin(kind, part)
            if not self._gave_up:
                self._begun[kind, part].write(content)
        except ContainerError:
            self._give_up()

    def _begin(self, kind: DerivedKind, part: ItemPlace) -> None:
        if self._media.free_bytes() < self._room + SPARE_BYTES:
            self._give_up()
            return
        file = self._media.begin(self.recording_id, self.wrapped_key)
        self.wrapped_key = file.wrapped_key
        self._begun[kind, part] = file

    def drop(self, kind: DerivedKind, part: ItemPlace) -> None:
        if (kind, part) in self._begun:
            self._begun.pop((kind, part)).discard()

    def finish(self, kind: DerivedKind, part: ItemPlace, span: tuple[Micros, Micros], index: bytes) -> None:
        if (kind, part) in self._begun:
            self._finished.append(_Finished(kind, part, span, index, self._begun.pop((kind, part))))

    def keep(self) -> tuple[DerivedFile, ...]:
        """Put what is finished in place; rows that no book has yet. One that cannot be finished is left out."""
        rows = []
        while self._finished:
            one = self._finished.pop(0)
            try:
                taken = one.file.keep()
            except ContainerError:
                one.file.discard()
                continue
            rows.append(
                DerivedFile(
                    new_id(), self.recording_id, one.kind, one.part, *one.span, taken.container, taken.sha256,
                    taken.size, taken.chunks, one.index,
                )
            )  # fmt: skip
        self.discard()
        return tuple(rows)

    def discard(self) -> None:
        """Remove everything that was not kept."""
        for file in (*self._begun.values(), *(one.file for one in self._finished)):
            file.discard()
        self._begun.clear()
        self._finished.clear()

    def _give_up(self) -> None:
        self._gave_up = True
        self.discard()
