"""What becomes of films that were being recorded when the program ended: found at the next start, made whole, told.

Every open film stands in the archive's books. Its readable front becomes a film of the meeting in one step with its
entry there; when anything fails on the way, the books stay open and the next start tries again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app.casework.meeting_file import read_filmed
from app.door import Door
from app.error_texts import sentence
from app.errors import AppError, ContainerError, FilmError
from app.filming.takes import indexed
from app.i18n import Texts, now
from app.model import filmed as steps
from app.model import shortfall
from app.model.change import Change, added, removed
from app.model.filmed import Filmed
from app.model.filming import Happening, OpenRecording
from app.model.recording import Origin, Recording
from app.model.timecode import SECOND, Micros
from app.notices import Notice, Tone
from app.ports import Inspected, MediaVault, TakenIn

if TYPE_CHECKING:
    from app.films.intake import Work

#: of a film's end that can be missing when the power fails, where nothing was measured yet: what is promised of a disk
#: that keeps up. A killed program costs less.
MOST_MISSING: Micros = 3 * SECOND // 2
#: troubles that no later try will heal: nothing of the container can be read
UNREADABLE = (
    "container-missing", "container-foreign", "container-key", "container-truncated", "container-damaged",
    "film-damaged", "film-empty", "film-no-picture", "film-not-a-film",
)  # fmt: skip
#: bytes that are never given up: so much was filmed that a film must be in it, even if this program finds none
WORTH_KEEPING = 1_000_000
#: the reason of a rescue that found nothing
NOTHING = "nothing-readable"


@dataclass(frozen=True)
class Found:
    """What is left of one open film: a film, or why there is none.

    `is_over` is False when a later try may find more: with room on the disk, with the second copy's disk connected, or
    with a newer program where `held` bytes could be read and no film was found in them.
    """

    book: OpenRecording
    film: Recording | None = None
    trouble: AppError | None = None
    second_missing: bool = False
    held: int = 0

    @property
    def is_over(self) -> bool:
        may_heal = self.second_missing or self.trouble is None or self.trouble.key not in UNREADABLE
        may_heal = may_heal or self.held >= WORTH_KEEPING
        return self.film is not None or not may_heal


@dataclass(frozen=True)
class Rescued:
    """One film as it is told. `length` 0: nothing could be read; `waits` says why it was not rescued yet.

    `missing` is what may be missing at its end, at most: by what was measured of the disk while it was filmed, or
    filming that the archive knows of and the film does not show.
    """

    recording_id: str
    meeting_id: str
    camera: int
    begun: datetime
    length: Micros
    missing: Micros
    second_missing: bool = False
    waits: AppError | None = None


def recover(
    media: MediaVault, index: Callable[[BinaryIO], Inspected], books: Sequence[OpenRecording], job: Work
) -> tuple[Found, ...]:
    """The work of a job: a whole container of what is readable of each film, and its index."""
    found = []
    for number, book in enumerate(books):
        job.progress(number / len(books))
        found.append(_recovered(media, index, book))
    job.progress(1.0)
    return tuple(found)


def _recovered(media: MediaVault, index: Callable[[BinaryIO], Inspected], book: OpenRecording) -> Found:
    """The longer of the two copies, when there are two."""
    best: TakenIn | None = None
    trouble: AppError | None = None
    second_missing = False
    for name, folder in _copies(book):
        try:
            taken = media.rescue(book.recording_id, book.wrapped_key, name, folder)
        except ContainerError as error:
            second_missing = second_missing or folder is not None
            # what another try may heal is told before what none will
            trouble = error if trouble is None or error.key not in UNREADABLE else trouble
            continue
        best, worse = (taken, best) if best is None or taken.size > best.size else (best, taken)
        if worse is not None:
            media.discard(worse.container)
    if best is None:
        return Found(book, trouble=trouble, second_missing=second_missing)
    try:
        film = indexed(media, index, book, best, Origin.RESCUED)
    except (FilmError, ContainerError) as error:
        media.discard(best.container)
        return Found(book, trouble=error, second_missing=second_missing, held=best.size)
    return Found(book, film, second_missing=second_missing)


def _copies(book: OpenRecording) -> Sequence[tuple[str, Path | None]]:
    first: tuple[str, Path | None] = (book.container, None)
    return (first, (book.second_container, Path(book.second_folder))) if book.second_container else (first,)


def enter(door: Door, media: MediaVault, texts: Texts, found: Sequence[Found]) -> tuple[Rescued, ...]:
    """Put what was found into the books, a step per meeting; then the unfinished containers go. Raises StoreError."""
    told: list[Rescued] = []
    for meeting_id in dict.fromkeys(f.book.meeting_id for f in found):
        file = read_filmed(door.store, meeting_id)
        mine = [f for f in found if f.book.meeting_id == meeting_id]
        told += [_told(file, f) for f in mine]
        over = [f for f in mine if f.is_over]
        if over:
            newer = [o.offset for o in file.being_recorded if all(o.id != f.book.id for f in mine)]
            changes = _changes(file, over, min(newer, default=None))
            door.write(texts.tr("Films rescued"), changes, act="film-in")
        for one in over:
            _tidy(media, one.book)
    return tuple(told)


def _changes(file: Filmed, over: Sequence[Found], newer: Micros | None) -> list[Change]:
    """The films instead of their open entries, and the meeting ended where they end.

    `newer` is where filming has gone on meanwhile: what happened since then has films of its own.
    """
    films = [_in_use_or_closed(file, f.film) for f in over if f.film is not None]
    changes: list[Change] = [removed(f.book) for f in over] + [added(f) for f in films]
    after = file.after(changes)
    end = max((f.end for f in after.films), default=min(f.book.offset for f in over))
    for one in over:
        changes += shortfall.on_no_disk(file, one.book.camera, one.book.offset, 0)
    if newer is None:
        changes += steps.clipped(after, end)
    if file.lasting(Happening.RESCUED) is None:
        begun = max((f.end for f in films), default=end)
        goes_on = newer is not None or begun < end  # filming was gone on with: then this is told, and lasts no more
        until = max(newer or 0, begun) if goes_on else None
        changes.append(steps.happened(file, Happening.RESCUED, begun, 0, "" if films else NOTHING, until))
    return changes


def _in_use_or_closed(file: Filmed, film: Recording) -> Recording:
    """What was decided after *end at once* holds for a film that is rescued later, too."""
    return replace(film, closed_from_use=now()) if steps.is_closed(file, film.offset) else film


def _tidy(media: MediaVault, book: OpenRecording) -> None:
    """The container that was being written goes; a disk that does not let it go keeps it, and the film is safe."""
    with contextlib.suppress(ContainerError):
        media.sweep([book.container])
        media.discard(book.container)


def _told(file: Filmed, found: Found) -> Rescued:
    book, film = found.book, found.film
    waits = None if found.is_over else found.trouble
    length = film.facts.duration if film is not None else 0
    measured = shortfall.was_on_no_disk(file, book.camera, book.offset)
    unknown = _known_until(file, book) - (film.end if film is not None else book.offset)
    missing = max(unknown, MOST_MISSING if measured is None else measured)
    return Rescued(
        book.recording_id, book.meeting_id, book.camera, book.begun, length, missing, found.second_missing, waits
    )


def _known_until(file: Filmed, book: OpenRecording) -> Micros:
    """How far the archive knows that this camera was filming: what was noted last, or where the camera was lost."""
    lost = [e.start for e in file.of(Happening.CAMERA_LOST) if e.number == book.camera and e.start >= book.offset]
    noted = [m.at for m in file.marks] + [e.start for e in file.events]
    noted += [s.start if s.open else s.end for s in file.segments]
    return min(lost) if lost else max(noted, default=book.offset)


def notice(texts: Texts, told: Sequence[Rescued]) -> Notice:
    """What was rescued and what is missing, a sentence per film."""
    words = [texts.tr("The program ended while filming.")]
    words += [_words(texts, one) for one in told]
    if any(one.second_missing and one.waits is None for one in told):
        words.append(texts.tr("The second copy could not be read; its disk was left alone."))
    return Notice(" ".join(words), Tone.WARNING, stays=True)


def _words(texts: Texts, told: Rescued) -> str:
    n, time = told.camera, texts.time(told.begun)
    if told.waits is not None:
        return texts.tr(
            "Camera {n}, from {time}: not rescued yet. {why} The next start tries again.",
            n=n, time=time, why=sentence(texts, told.waits),
        )  # fmt: skip
    if not told.length:
        return texts.tr("Camera {n}, from {time}: nothing of its film could be read.", n=n, time=time)
    return texts.tr(
        "Camera {n}, from {time}: {length} was rescued; by what was measured while filming, at most {missing} is "
        "missing from its end.",
        n=n, time=time, length=texts.short_clock(told.length), missing=_span(texts, told.missing),
    )  # fmt: skip


def _span(texts: Texts, time: Micros) -> str:
    """`1.2 s`, `12 s`, or minutes and seconds for what is longer than a minute."""
    if time < 10 * SECOND:
        return f"{texts.number(-(-time // (SECOND // 10)) / 10, 1)}\u00a0s"
    seconds = -(-time // SECOND)
    return f"{seconds}\u00a0s" if seconds < 60 else texts.short_clock(seconds * SECOND)
