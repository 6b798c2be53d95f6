"""Which files from a camera's card are one recording, and in which order: by their names, numbers, sizes and times.

Cameras write a long recording as several files: action cameras as chapters, others in pieces as large as the card's
format allows, with the next number. What cannot be told is asked; nothing here opens a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path, PurePath

from app.model.timecode import SECOND, Micros
from app.model.units import ItemPlace

#: what cameras call their films, the most usual first: as a card is read and as a dialog offers them
_CARDS, _DISCS_AND_TAPES = (
    "mp4 m4v mov mkv webm avi mts m2ts m2t ts mpg mpeg wmv 3gp mxf ogv",
    "mod tod vob vro m2v dv asf flv",
)
FILM_ENDINGS = tuple(f"{_CARDS} {_DISCS_AND_TAPES}".split())
#: folders of a card that hold copies in small, or pictures of films
_BESIDE = frozenset(["thmbnl", "sub", "proxy", "clipinf", "playlist", "thumb", "thm", "index"])

#: GX010042.MP4: chapter 01 of recording 0042; GOPR0042.MP4 and GP010042.MP4 before that
_CHAPTER = re.compile(r"g[xhls](?P<chapter>\d{2})(?P<recording>\d{4})", re.IGNORECASE)
_OLD_CHAPTER = re.compile(r"gp(?P<chapter>\d{2})(?P<recording>\d{4})|gopr(?P<first>\d{4})", re.IGNORECASE)
#: menus of a disc (DVD-Video: VIDEO_TS.VOB, VTS_01_0.VOB), which no camera filmed
_MENU = re.compile(r"video_ts|vts_\d{2}_0", re.IGNORECASE)
#: VTS_01_1.VOB: the first piece of 1 GiB of the first title of a disc
_TITLE = re.compile(r"vts_(?P<title>\d{2})_(?P<chapter>[1-9])", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<before>.*?)(?P<number>\d+)(?P<after>[^\d]*)")

#: where cameras cut: formats of cards hold files up to 4 GiB, AVCHD goes to 2 GiB; bytes, and how near to it
_LIMITS = (2 * 2**30, 4 * 2**30)
_NEAR_LIMIT = 0.06
#: pieces that are cut after so many minutes are about alike in size, whatever that is
_MUCH_SMALLER = 0.9
#: so many other films of a camera are looked at for how it packs what it films
MOST_BESIDE = 6
#: the next piece of a running recording is finished at most this long after the one before (µs)
_LONGEST_PAUSE: Micros = 6 * 3600 * SECOND


@dataclass(frozen=True, slots=True)
class CardFile:
    """A film on a card: `size` in bytes, `written` when it was last written, in µs since 1970."""

    path: Path
    size: int
    written: Micros


@dataclass(frozen=True, slots=True)
class CardRow:
    """One file in the order of the recordings. `goes_on`: it continues the one before; `sure`: no need to ask."""

    file: CardFile
    goes_on: bool
    sure: bool


def recognized(files: Iterable[CardFile]) -> tuple[CardRow, ...]:
    """All files in order, each said to go on from the one before or to begin a recording."""
    files = tuple(files)
    starts_over = _starting_over(files)
    ordered = sorted(files, key=lambda file: _place(file, starts_over))
    rows = [CardRow(f, goes_on=False, sure=True) for f in ordered[:1]]
    for before, file in pairwise(ordered):
        goes_on, sure = _continues(before, file)
        rows.append(CardRow(file, goes_on, sure))
    return tuple(rows)


def recordings(rows: Sequence[CardRow]) -> tuple[tuple[CardFile, ...], ...]:
    """The files of each recording, in order."""
    found: list[list[CardFile]] = []
    for row in rows:
        if row.goes_on and found:
            found[-1].append(row.file)
        else:
            found.append([row.file])
    return tuple(tuple(files) for files in found)


def moved(rows: Sequence[CardRow], at: ItemPlace, by: ItemPlace) -> tuple[CardRow, ...]:
    """The row at `at` moved by so many places; whatever comes first begins a recording."""
    to = min(max(at + by, 0), len(rows) - 1)
    order = list(rows)
    order.insert(to, order.pop(at))
    return _first_begins(order)


def joined(rows: Sequence[CardRow], at: ItemPlace, goes_on: bool) -> tuple[CardRow, ...]:
    """A person said whether a file goes on from the one before."""
    order = [replace(row, goes_on=goes_on, sure=True) if n == at else row for n, row in enumerate(rows)]
    return _first_begins(order)


def _first_begins(rows: list[CardRow]) -> tuple[CardRow, ...]:
    return tuple(replace(row, goes_on=False) if n == 0 else row for n, row in enumerate(rows))


def film_files(chosen: Iterable[Path]) -> tuple[CardFile, ...]:
    """The films among files and folders; of a card's folder all that lie in it at any depth, without small copies."""
    found: dict[Path, CardFile] = {}
    for path in chosen:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if file.is_file() and (file == path or _is_film(file.relative_to(path))):
                about = file.stat()
                found[file.resolve()] = CardFile(file, about.st_size, about.st_mtime_ns // 1000)
    return tuple(found.values())


def beside(path: Path) -> tuple[Path, ...]:
    """Other films of the same folder and ending, likely of the same camera: the nearest by their names first."""
    ending = path.suffix.lower()
    names = sorted((p for p in path.parent.iterdir() if p.suffix.lower() == ending and p.is_file()), key=_by_name)
    at = names.index(path) if path in names else 0
    others = [(abs(n - at), p) for n, p in enumerate(names) if p != path and not p.name.startswith(".")]
    return tuple(p for _, p in sorted(others, key=lambda pair: pair[0])[:MOST_BESIDE])


def _by_name(path: Path) -> str:
    return path.name.lower()


def _is_film(inside: PurePath) -> bool:
    folders = {part.lower() for part in inside.parts[:-1]}
    hidden = any(part.startswith(".") for part in inside.parts)
    is_menu = inside.suffix.lower() == ".vob" and _MENU.fullmatch(inside.stem) is not None
    return inside.suffix.lower().lstrip(".") in FILM_ENDINGS and not hidden and not is_menu and not folders & _BESIDE


def _starting_over(files: Iterable[CardFile]) -> dict[tuple[str, str], CardFile]:
    """By folder and name without its number: the file after which a camera's numbers began anew, as 9999 for 0001."""
    last: dict[tuple[str, str], CardFile] = {}
    for file in files:
        numbered = _NUMBERED.fullmatch(file.path.stem)
        if numbered is not None and len(numbered["number"]) > 1 and not numbered["number"].strip("9"):
            last[str(file.path.parent), _name_of(numbered)] = file
    return last


def _name_of(numbered: re.Match[str]) -> str:
    return f"{numbered['before']}\0{numbered['after']}".lower()


def _place(file: CardFile, starts_over: Mapping[tuple[str, str], CardFile]) -> tuple[str, str, int, int, int, str]:
    """The order on the card: chapters by recording and chapter, all else by number; then by time.

    What was written after the highest number that a camera has comes after it.
    """
    folder, stem = str(file.path.parent), file.path.stem
    chapter = _chapter(stem)
    if chapter is not None:
        (maker, recording), number = chapter
        return folder, maker, recording, number, file.written, stem
    numbered = _NUMBERED.fullmatch(stem)
    if numbered is not None:
        named, number = _name_of(numbered), int(numbered["number"])
        highest = starts_over.get((folder, named))
        if highest is not None and file.written > highest.written:
            number += 10 ** len(numbered["number"])
        return folder, named, number, 0, file.written, stem
    return folder, stem.lower(), 0, 0, file.written, stem


def _chapter(stem: str) -> tuple[tuple[str, int], int] | None:
    """(recording, chapter) of an action camera's file, or of a disc's."""
    title = _TITLE.fullmatch(stem)
    if title is not None:
        return ("disc", int(title["title"])), int(title["chapter"])
    new = _CHAPTER.fullmatch(stem)
    if new is not None:
        return ("gopro", int(new["recording"])), int(new["chapter"])
    old = _OLD_CHAPTER.fullmatch(stem)
    if old is None:
        return None
    if old["first"]:
        return ("gopro", int(old["first"])), 0
    return ("gopro", int(old["recording"])), int(old["chapter"])


def is_same_title(before: Path, after: Path) -> bool:
    """Whether a file is the next piece of a disc's title: such pieces are one stream that was cut at 1 GiB."""
    pieces = _TITLE.fullmatch(before.stem), _TITLE.fullmatch(after.stem)
    if pieces[0] is None or pieces[1] is None or before.parent != after.parent:
        return False
    return pieces[0]["title"] == pieces[1]["title"] and int(pieces[1]["chapter"]) == int(pieces[0]["chapter"]) + 1


def earlier_piece(path: Path) -> tuple[str, str] | None:
    """Of a later piece of a disc's title, what the piece before it and the first one are called."""
    piece = _TITLE.fullmatch(path.stem)
    if piece is None or piece["chapter"] == "1":
        return None
    named = path.stem[:-1]
    return f"{named}{int(piece['chapter']) - 1}{path.suffix}", f"{named}1{path.suffix}"


def _continues(before: CardFile, file: CardFile) -> tuple[bool, bool]:
    """(goes on, sure): whether `file` is the next piece of the recording that `before` belongs to."""
    if before.path.parent != file.path.parent or before.path.suffix.lower() != file.path.suffix.lower():
        return False, True
    chapters = _chapter(before.path.stem), _chapter(file.path.stem)
    if chapters[0] is not None or chapters[1] is not None:
        return _next_chapter(*chapters)
    a, b = _NUMBERED.fullmatch(before.path.stem), _NUMBERED.fullmatch(file.path.stem)
    if a is None or b is None or (a["before"].lower(), a["after"]) != (b["before"].lower(), b["after"]):
        return False, False
    follows = int(b["number"]) - int(a["number"]) == 1 or _starts_over(a["number"], b["number"])
    near_in_time = 0 <= file.written - before.written <= _LONGEST_PAUSE
    if follows and _is_full(before.size):
        return near_in_time, near_in_time
    # a piece is cut because it is full: a smaller one was ended by a person
    return False, not follows or not near_in_time or before.size < _MUCH_SMALLER * file.size


def _starts_over(before: str, after: str) -> bool:
    """9999 is followed by 0001, with some cameras by 0000."""
    return len(before) > 1 and not before.strip("9") and len(after) == len(before) and int(after) <= 1


def _next_chapter(
    before: tuple[tuple[str, int], int] | None, after: tuple[tuple[str, int], int] | None
) -> tuple[bool, bool]:
    if before is None or after is None or before[0] != after[0]:
        return False, True
    # a chapter between them is missing: the person must see that
    return True, after[1] - before[1] == 1


def _is_full(size: int) -> bool:
    return any(limit * (1 - _NEAR_LIMIT) <= size <= limit for limit in _LIMITS)


def gap_between(first: CardFile, first_length: Micros, second: CardFile, second_length: Micros) -> Micros:
    """From the beginning of one recording to that of the next of the same camera, by when their files were finished.

    A guess to the second; never less than the first one's length.
    """
    begun = second.written - second_length - (first.written - first_length)
    return max(begun, first_length)
