"""The recordings in the files of one film: each is a file, a stretch of one, or several files that are one stream.

A recorder that cuts its stream by size cuts within a picture and within a packet. Such pieces are no films of their
own: they are looked at, and stored, as the one stream that they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from app.errors import FilmError
from app.films.camera_cards import is_same_title
from app.films.card_reading import CheckedFile
from app.model.timecode import Micros
from app.model.units import ByteCount, ItemPlace
from app.ports import Cancelled, FilmGate, Inspected, Progress
from app.ports.file_part import FilePart, FileRow, Stretch
from app.ports.films import FilmTools
from app.ports.pieced_film import PiecedFilm, Salvaged

#: what the gate says of a film whose clock begins anew or jumps inside it
RESTARTS = "film-clock-restarts"
#: so often what was parted is parted again
DEEPEST = 3

#: the places of files that are one stream, in their order
Row: TypeAlias = tuple[ItemPlace, ...]


@dataclass(frozen=True)
class Piece:
    """One recording: a whole file or a row of them, or a stretch of it, or what was salvaged; and what the gate found.

    `jump`: by how much the clock of its file jumps where it begins (µs, 0 for what is not known); None where no clock
    jumps.
    """

    row: Row
    stretch: Stretch | None
    found: Inspected
    salvaged: Salvaged | None = None
    jump: Micros | None = None

    @property
    def is_row(self) -> bool:
        return len(self.row) > 1

    @property
    def is_a_film(self) -> bool:
        """Whether it is one as it is: it was made so, or its files are only to be laid behind each other."""
        return self.salvaged is not None or (self.is_row and self.stretch is None)

    def of(self, files: Sequence[CheckedFile]) -> BinaryIO:
        """Raises FilmError(`source-changed`) when what was salvaged is no longer what the gate has seen."""
        file = cast("BinaryIO", files[self.row[0]])
        if self.salvaged is not None:
            film = PiecedFilm(file, self.salvaged.pieces)
            if hashlib.file_digest(film, "sha256").hexdigest() != self.salvaged.sha256:
                raise FilmError("source-changed")
            film.seek(0)
            return cast("BinaryIO", film)
        if self.is_row:
            file = cast("BinaryIO", FileRow([cast("BinaryIO", files[n]) for n in self.row]))
        return file if self.stretch is None else cast("BinaryIO", FilePart(file, self.stretch))


def inspected(
    films: FilmTools,
    sources: Sequence[Path],
    salvaged: Mapping[Path, Salvaged],
    progress: Progress,
    cancelled: Cancelled,
) -> tuple[Piece, ...]:
    """What the gate found in files. Raises FilmError for the first that is refused, with its place as `source`."""
    share = 1 / len(sources)
    found: list[Piece] = []
    for row in _rows(films, sources, salvaged):
        made = salvaged.get(sources[row[0]])
        if made is not None:
            found.append(Piece(row, None, made.found, made))
            continue
        try:
            files = [sources[n] for n in row]
            told = part_of(progress, row[0] * share, len(row) * share)
            found += (replace(piece, row=row) for piece in _pieces(films.gate, files, told, cancelled))
        except FilmError as error:
            error.values["source"] = row[0]
            raise
    return tuple(found)


def _rows(films: FilmTools, sources: Sequence[Path], salvaged: Mapping[Path, Salvaged]) -> tuple[Row, ...]:
    """Every file, with those whose stream goes on in the next in one row.

    Raises FilmError(`join-lost`) where what was salvaged would have to go on in the midst of a picture.
    """
    rows: list[Row] = [(0,)]
    for number, (before, after) in enumerate(pairwise(sources), start=1):
        if not (is_same_title(before, after) or _is_cut_within(films, before, after)):
            rows.append((number,))
        elif before in salvaged or after in salvaged:
            raise FilmError("join-lost", source=number)
        else:
            rows[-1] += (number,)
    return tuple(rows)


def _is_cut_within(films: FilmTools, before: Path, after: Path) -> bool:
    """No where a file cannot be read: the gate will say so."""
    if not (before.is_file() and after.is_file()):
        return False
    try:
        with before.open("rb") as first, after.open("rb") as second:
            return films.cut_within(first, second)
    except OSError:
        return False


def _pieces(
    gate: FilmGate,
    files: Sequence[Path],
    progress: Progress,
    cancelled: Cancelled,
    stretch: Stretch | None = None,
    depth: int = 0,
) -> Iterator[Piece]:
    """Files that are one stream, or a stretch of it, as a recording; where its clock begins anew or jumps, as several.

    Their row is the caller's.
    """
    first_file, *behind = files
    try:
        found = gate.inspect(first_file, progress, cancelled, stretch, behind=behind)
        yield Piece((0,), stretch, found)
        return
    except FilmError as error:
        places = parted_at(error)
        if not places or depth == DEEPEST:
            raise
    first, last = stretch or (0, sum(file.stat().st_size for file in files))
    edges = ((first, None), *((first + begin, jump) for begin, jump in places), (last, None))
    for (begin, jump), (end, _) in pairwise(edges):
        part = part_of(progress, (begin - first) / (last - first), (end - begin) / (last - first))
        rest = _pieces(gate, files, part, cancelled, (begin, end), depth + 1)
        head = next(rest)
        yield head if jump is None else replace(head, jump=jump)
        yield from rest


def parted_at(error: FilmError) -> tuple[tuple[ByteCount, Micros], ...]:
    """At which bytes a film's clock begins anew or jumps, and by how much, when that is why it was refused."""
    if error.key != RESTARTS:
        return ()
    begins = cast("tuple[ByteCount, ...]", error.values.get("begins", ()))
    jumps = cast("tuple[Micros, ...]", error.values.get("jumps", ()))
    return tuple(zip(begins, jumps or (0,) * len(begins), strict=True))


def part_of(progress: Progress, begin: float, share: float) -> Progress:
    """The progress of a part of a job, which begins at a share of the whole and takes a share of it."""
    return lambda done: progress(begin + share * done)
