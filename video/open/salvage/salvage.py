"""Makes what is readable of an unfinished film into a new one: its pieces, and what the gate says of it.

Runs in the checking child. Nothing is written: what is made is the table that the film lacks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, cast

from app.errors import FilmError
from app.model.recording import Damage, FilmFacts
from app.model.timecode import SECOND, Micros
from app.model.units import ByteCount, ItemPlace, Share
from app.ports.file_part import Stretch
from app.ports.pieced_film import Piece, PiecedFilm
from video.open.file_window import FileWindow
from video.open.frame_index import FrameIndex
from video.open.handed_file import Openable
from video.open.probe import BROKEN, BROKEN_ON, COMPUTED, CUT_OFF, EMPTY, LOST_WITHIN, NO_SOUND, UNREAD, examine
from video.open.salvage.beginnings import entered
from video.open.salvage.rebuilding import Rebuilt, rebuilt
from video.open.salvage.reference import Reference, reference_of
from video.open.unfinished import coded_bytes

#: bytes with which a reference is tried
_TRIAL: ByteCount = 8 * 2**20
#: a film of which a larger share is broken was put together wrongly
_MOST_BROKEN: Share = 0.5
#: shares of the work: finding, then the complete decode, then the checksum
_FOUND, _DECODED = 0.5, 0.9
_BLOCK: ByteCount = 4 * 2**20
_NEEDED = "salvage-needs-reference"


@dataclass(frozen=True)
class Made:
    """As `Salvaged`, with the facts and the index themselves."""

    facts: FilmFacts
    index: FrameIndex
    pieces: tuple[Piece, ...]
    sha256: str
    reference: ItemPlace | None


def salvage(film: Openable, references: Sequence[Openable], progress: Callable[[float], None]) -> Made:
    """A film of what can be read of a file, with the first of the references that fits.

    Raises FilmError: `film-missing`; `salvage-needs-reference` when one is needed and none was given,
    `salvage-other-kind` when none that was given fits; `salvage-nothing` when no picture comes out.
    """
    try:
        file = film.open("rb")
    except OSError as error:
        raise FilmError("film-missing") from error
    with file:
        coded = coded_bytes(FileWindow(file))
        if coded is None:
            return _without_beginning(file, progress)
        number, reference = _fitting(file, coded, references, lambda: progress(0.0))
        made = rebuilt(file, coded, reference, lambda share: progress(share * _FOUND))
        facts, index = _examined(file, made.pieces, progress)
        return _told(file, made, facts, index, number, progress)


def _fitting(
    file: BinaryIO, coded: Stretch, references: Sequence[Openable], alive: Callable[[], None]
) -> tuple[ItemPlace | None, Reference | None]:
    """The first film whose words make pictures of this one's bytes; none where it says enough of itself."""
    trial = coded[0], min(coded[1], coded[0] + _TRIAL)
    for number, one in enumerate(references):
        alive()
        try:
            with one.open("rb") as other:
                reference = reference_of(other)
            _examined(file, rebuilt(file, trial, reference, lambda _: alive()).pieces, lambda _: alive())
        except (FilmError, OSError):
            continue
        return number, reference
    try:
        rebuilt(file, trial, None, lambda _: alive())
    except FilmError as error:
        raise FilmError("salvage-other-kind" if references and error.key == _NEEDED else error.key) from error
    return None, None


def _without_beginning(file: BinaryIO, progress: Callable[[float], None]) -> Made:
    """A film that can be read from some later byte on."""
    for film in entered(file, lambda: progress(0.0)):
        try:
            facts, index = _examined(file, film.pieces, progress)
        except FilmError:
            continue
        if film.lost_before is not None:
            at = int(index.times[min(film.lost_before, len(index) - 1)])
            facts = replace(facts, damage=(*facts.damage, Damage(at, facts.duration, LOST_WITHIN)))
        return Made(facts, index, film.pieces, _checksum(file, film.pieces, progress), None)
    raise FilmError("salvage-nothing")


def _examined(
    file: BinaryIO, pieces: Sequence[Piece], progress: Callable[[float], None]
) -> tuple[FilmFacts, FrameIndex]:
    """As the gate sees any film. Raises FilmError(`salvage-nothing`) when hardly a picture is whole."""
    try:
        facts, index = examine(
            cast("BinaryIO", PiecedFilm(file, pieces)), lambda share: progress(_FOUND + (_DECODED - _FOUND) * share)
        )
    except FilmError as error:
        raise FilmError("salvage-nothing") from error
    broken = sum(d.end - d.start for d in facts.damage if d.what == BROKEN)
    if broken > _MOST_BROKEN * facts.duration:
        raise FilmError("salvage-nothing")
    return facts, index


def _told(
    file: BinaryIO,
    made: Rebuilt,
    facts: FilmFacts,
    index: FrameIndex,
    number: ItemPlace | None,
    progress: Callable[[float], None],
) -> Made:
    """With what a salvaged film is not: filmed times, sound, the end that its file has no bytes of."""
    damage = [*facts.damage, *_besides(made, facts.damage, facts.duration, FileWindow(file).size)]
    return Made(
        replace(facts, damage=tuple(damage)), index, made.pieces, _checksum(file, made.pieces, progress), number
    )  # fmt: skip


def _besides(made: Rebuilt, damage: Sequence[Damage], length: Micros, size: ByteCount) -> Iterator[Damage]:
    yield Damage(0, length, COMPUTED)
    if made.lost_sound:
        yield Damage(0, length, NO_SOUND)
    doubtful = [] if made.lost_at is None else [min(int(made.lost_at * SECOND), length)]
    doubtful += [d.start for d in damage if d.what in (BROKEN, BROKEN_ON)]  # what is broken was perhaps no picture
    if doubtful:
        yield Damage(min(doubtful), length, LOST_WITHIN)
    whole = length * (size - made.begin) // max(made.end - made.begin, 1)
    if length + CUT_OFF < whole:
        is_empty = made.written - made.end < size - made.written
        yield Damage(length, whole, EMPTY if is_empty else UNREAD)


def _checksum(file: BinaryIO, pieces: Sequence[Piece], progress: Callable[[float], None]) -> str:
    sha, film = hashlib.sha256(), PiecedFilm(file, pieces)
    done, size = 0, max(film.length(), 1)
    while block := film.read(_BLOCK):
        sha.update(block)
        done += len(block)
        progress(_DECODED + (1 - _DECODED) * done / size)
    return sha.hexdigest()
