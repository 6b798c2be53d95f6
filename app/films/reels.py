"""What a player is given to show: the films of a meeting with those of their scrub copies that are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import BinaryIO

from app.casework.film_use import Use, demand_use, may_be_used
from app.errors import ContainerError
from app.i18n import today
from app.model.filmed import holes_of
from app.model.filming import FilmingEvent
from app.model.recording import DerivedFile, DerivedKind, Recording
from app.ports import MediaVault, Store
from app.ports.player import Reel, ScrubPart


def reels(store: Store, media: MediaVault, recordings: Iterable[Recording]) -> tuple[Reel, ...]:
    """One reel per film that may be shown, with the finished parts of its scrub copy.

    A film that is closed from use is left out, and so is a part whose container is not there: it is made anew by
    `app.films.copies`, and until then the film itself answers. Raises ConsentMissing where a consent to the film is
    not in force.
    """
    shown = [film for film in recordings if film.in_use]
    for meeting_id in {film.meeting_id for film in shown}:
        demand_use(store, meeting_id, Use.LOOK_AT, today())
    return tuple(reel(store, media, film) for film in shown)


def reel(store: Store, media: MediaVault, film: Recording) -> Reel:
    """One film as a player needs it."""
    rows = rows_of(store, film.id, DerivedKind.SCRUB)
    return Reel(
        film.id,
        film.camera,
        partial(media.open, film),
        film.index,
        film.offset,
        film.drift_ppm,
        film.viewing,
        tuple(scrub_part(media, film, row) for row in there(media, film, rows)),
        holes_of(film, store.find(FilmingEvent, meeting_id=film.meeting_id)),
    )


def scrub_part(media: MediaVault, film: Recording, row: DerivedFile) -> ScrubPart:
    return ScrubPart(row.start, row.end, partial(media.open_file, film, row.container), row.index)


def derived(store: Store, media: MediaVault, film: Recording, kind: DerivedKind) -> DerivedFile | None:
    """The waveform or the thumbnails of a film, when they were made; `open_derived` opens them.

    None where a consent to the film is not in force.
    """
    if not may_be_used(store, film.meeting_id, today()):
        return None
    return next(iter(there(media, film, rows_of(store, film.id, kind))), None)


def open_derived(store: Store, media: MediaVault, film: Recording, kind: DerivedKind) -> BinaryIO | None:
    """The file of the same, for the caller to close; None where there is none to be looked at.

    Raises ContainerError.
    """
    row = derived(store, media, film, kind)
    return None if row is None else media.open_file(film, row.container)


def rows_of(store: Store, recording_id: str, kind: DerivedKind) -> tuple[DerivedFile, ...]:
    """What the books name of one kind, in the order of the parts."""
    rows = store.find(DerivedFile, recording_id=recording_id)
    return tuple(sorted((row for row in rows if row.kind == kind), key=lambda row: row.part))


def there(media: MediaVault, film: Recording, rows: Sequence[DerivedFile]) -> tuple[DerivedFile, ...]:
    """Those of a film's derived files whose containers can be opened."""
    return tuple(row for row in rows if _opens(media, film, row))


def _opens(media: MediaVault, film: Recording, row: DerivedFile) -> bool:
    try:
        media.open_file(film, row.container).close()
    except ContainerError:
        return False
    return True
