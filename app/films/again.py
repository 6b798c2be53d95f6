"""A film whose file is lost or damaged, fetched again from elsewhere: what a file has in common with it, and the act.

The same bytes are simply taken in again. Another file of the same film is compared picture by picture; it takes the
film's place once a worker has seen how well it fits, under the same key, and no observation's time moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from app.door import Door
from app.errors import AppError, ContainerError, FilmError, NotAllowed
from app.films import intake
from app.films.copies import FilmCopies
from app.films.reels import reel
from app.i18n import Texts, now
from app.jobs import Job, JobLane, Jobs
from app.model import film_clock
from app.model.change import Change, removed
from app.model.cover import ClipCover
from app.model.feedback import Clip
from app.model.moved_clips import SLACK, moved_clips, moved_covers
from app.model.recording import Again, DerivedFile, Recording, Replacement
from app.model.stored import ExampleClip
from app.model.timecode import Micros
from app.model.units import Ppm
from app.ports import Inspected, MediaVault, Store
from app.ports.films import FilmTools, PicturesFound
from app.ports.player import Reel

#: shares of looking: reading the files, the container that is there, the check in the child, comparing pictures
_FILES, _CONTAINER, _CHECK = 0.1, 0.1, 0.35
#: that much of a film's end may be missing without a word: files end where their last packet does
_END = SLACK


@dataclass(frozen=True)
class FoundAgain:
    """What files have in common with a film, and where they lie on its clock; nothing was copied yet.

    `originals` are the files' SHA-256. `found` and `inspected` are there for one whose pictures were compared.
    """

    film: Recording
    sources: tuple[Path, ...]
    originals: tuple[str, ...]
    how: Again
    inspected: Inspected | None = None
    found: PicturesFound | None = None

    @property
    def lacks(self) -> tuple[Micros, Micros]:
        """How much of the film's beginning and of its end is not in the files."""
        if self.found is None or self.inspected is None:
            return 0, 0
        end = film_clock.to_meeting(self.inspected.facts.duration, self.found.offset, self.found.drift_ppm)
        start, rest = max(self.found.offset, 0), max(self.film.facts.duration - end, 0)
        return start if start > _END else 0, rest if rest > _END else 0


@dataclass(frozen=True)
class Known:
    """What the archive knows of a film before files are looked at: read on the main thread."""

    film: Recording
    sources: tuple[str, ...]  # SHA-256 of the files that it was joined from, in their order
    before: Reel
    others: frozenset[str]  # SHA-256 of the other films that are here


def known(store: Store, media: MediaVault, film_id: str) -> Known:
    """Raises StoreError; NotAllowed `film-erased-stays` for one that was erased on purpose, `film-closed`."""
    film = store.get(Recording, film_id)
    if film.is_erased:
        raise NotAllowed("film-erased-stays")
    if not film.in_use:
        raise NotAllowed("film-closed")
    others = (r for r in store.find(Recording, erased=None) if r.id != film.id)
    noted = tuple(source.sha256 for source in intake.noted_sources(store, film.id))
    return Known(film, noted, reel(store, media, film), frozenset(r.sha256 for r in others))


def lost(media: MediaVault, films: Iterable[Recording]) -> tuple[Recording, ...]:
    """Those in use whose container is not there or cannot be opened. Reads no more than its beginning and end."""
    return tuple(film for film in films if film.in_use and not _opens(media, film))


def _opens(media: MediaVault, film: Recording) -> bool:
    try:
        media.open(film).close()
    except ContainerError:
        return False
    return True


def look(films: FilmTools, media: MediaVault, what: Known, sources: Sequence[Path], job: intake.Work) -> FoundAgain:
    """The work of a job: what the files have in common with the film. Reads only.

    Raises Cancelled; FilmError `again-not-needed` when the film is whole, `again-other-film` for another film of the
    archive, `again-several` for several files that it was not made from, what the gate and `SamePictures.find` refuse.
    """
    film = what.film
    shas = intake.read_sources(sources, _share(job, 0.0, _FILES), job.cancelled)
    trouble = media.trouble(film, _share(job, _FILES, _CONTAINER), job.cancelled)
    was_here = {one.sha256 for one in film.replaced}
    if not trouble and not (len(shas) == 1 and shas[0] in was_here - {film.sha256}):
        raise FilmError("again-not-needed")
    if shas == (film.sha256,):
        return FoundAgain(film, tuple(sources), shas, Again.BYTES)
    if what.sources and sorted(shas) == sorted(what.sources):
        in_order = [sources[shas.index(sha)] for sha in what.sources]
        return FoundAgain(film, tuple(in_order), what.sources, Again.FILES)
    if what.others & set(shas):
        raise FilmError("again-other-film")
    if len(sources) > 1:
        raise FilmError("again-several")
    return _compared(films, what, sources[0], shas, job)


def _compared(films: FilmTools, what: Known, source: Path, shas: tuple[str, ...], job: intake.Work) -> FoundAgain:
    begun = _FILES + _CONTAINER
    inspected = films.gate.inspect(source, _share(job, begun, _CHECK), job.cancelled)
    begun += _CHECK
    other = (partial(_opened, source), inspected.index)
    found = films.same_pictures.find(what.before, other, _share(job, begun, 1 - begun), job.cancelled)
    return FoundAgain(what.film, (source,), shas, Again.PICTURES, inspected, found)


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def _share(job: intake.Work, begin: float, share: float) -> Callable[[float], None]:
    return lambda done: job.progress(begin + share * done)


def fetch(films: FilmTools, media: MediaVault, found: FoundAgain, worker_id: str, job: intake.Work) -> Recording:
    """The work of a job: the files into a new container under the film's own key; the film as it will be.

    Raises what `intake.take_in` and `take_in_joined` raise, FilmError `source-changed` when a file is no longer the one
    that was looked at; nothing is left behind.
    """
    before = found.film
    wish = intake.Wish(found.sources, before.meeting_id, before.camera)
    if found.how == Again.FILES:
        return _joined_again(films, media, found, wish, worker_id, job)
    taken = intake.copied(media, wish, before, job)
    after = replace(before, sha256=taken.sha256, size=taken.size, chunks=taken.chunks, container=taken.container)
    if (taken.sha256,) != found.originals:
        media.discard(taken.container)
        raise FilmError("source-changed")
    if found.found is not None and found.inspected is not None:
        after = on_clock(replace(after, facts=found.inspected.facts, index=found.inspected.index), before, found.found)
    return _told(media, found, after, worker_id)


def _joined_again(
    films: FilmTools, media: MediaVault, found: FoundAgain, wish: intake.Wish, worker_id: str, job: intake.Work
) -> Recording:
    """The files joined anew; another version of the program may pack them otherwise, but every picture has its time."""
    before = found.film
    brought = intake.take_in_joined(films, media, wish, job, before)
    made = brought.recording
    try:
        if brought.originals != found.originals:
            raise FilmError("source-changed")
        if made.sha256 == before.sha256:
            return _told(media, replace(found, how=Again.BYTES), _packed(before, made), worker_id)
        if made.index != before.index:
            raise FilmError("again-joined-otherwise")
    except BaseException:
        media.discard(made.container)
        raise
    return _told(media, found, _packed(before, made), worker_id)


def _packed(before: Recording, made: Recording) -> Recording:
    """The film as it was, in the container that was made."""
    return replace(before, sha256=made.sha256, size=made.size, chunks=made.chunks, container=made.container)


def on_clock(after: Recording, before: Recording, found: PicturesFound) -> Recording:
    """The other film laid on the meeting's clock, so that each moment shows what the film before showed.

        t_other = (t_before − o) · p   and   t_before = (t_meeting − offset) · pace

    so the other one's pace is pace · p, and its first picture lies o / pace after that of the film before.
    """
    pace = film_clock.pace(before.drift_ppm) * film_clock.pace(found.drift_ppm)
    drift: Ppm = (pace - 1) * 1_000_000 if found.drift_ppm else before.drift_ppm
    # never later, whatever is rounded: a picture that is on from a moment is not to come a microsecond after it
    begins = int(found.offset / film_clock.pace(before.drift_ppm) // 1) - (1 if drift else 0)
    return replace(after, offset=before.offset + begins, drift_ppm=drift)


def _told(media: MediaVault, found: FoundAgain, after: Recording, worker_id: str) -> Recording:
    """With what was in its place before. Its container is kept while something in it may still be read."""
    before = found.film
    keeps = found.how != Again.BYTES and _opens(media, before)
    pictures = found.found or PicturesFound(0, 0.0, 0, 0, 0)
    said = Replacement(
        now(),
        worker_id,
        found.how,
        before.sha256,
        before.size,
        before.container if keeps else "",
        before.offset,
        before.drift_ppm,
        pictures.places,
        pictures.worst,
        pictures.median,
        *found.lacks,
    )
    return replace(after, replaced=(*before.replaced, said))


def keep(door: Door, media: MediaVault, texts: Texts, before: Recording, after: Recording) -> Recording:
    """Put a film that was fetched again into the books, in one step with what goes; the access log tells of it.

    Raises what `Door.write` raises; then its new container goes.
    """
    copies = door.store.find(DerivedFile, recording_id=before.id)
    said = after.replaced[-1]
    gone = () if said.how == Again.BYTES else copies
    try:
        changes = [Change(before, after), *map(removed, gone), *clip_changes(door.store, before, after)]
        door.write(texts.tr("Film fetched again"), changes, act="film-again")
    except BaseException:
        media.discard(after.container)
        raise
    detail = f"sha256={after.sha256};was={before.sha256};how={said.how};within={said.worst}"
    door.store.note("film-fetched", Recording, after.id, detail)
    useless = [row.container for row in gone]
    if not said.container and before.container != after.container:
        useless.append(before.container)
    media.erase(useless)
    return after


def clip_changes(store: Store, before: Recording, after: Recording) -> tuple[Change, ...]:
    """Clips are in film time: they follow the film's clock; of what the other film lacks there is none.

    These are the ones that this worker sees; the store moves what others chose alone along with them.
    """
    of_film = {"recording_id": before.id}
    clips = moved_clips(before, after, (*store.find(Clip, **of_film), *store.find(ExampleClip, **of_film)))
    covers = {cover.id: cover for cover in store.find(ClipCover, **of_film)}
    for change in clips:
        covers |= {cover.id: cover for cover in store.find(ClipCover, clip_id=change.id)}
    return (*clips, *moved_covers(before, after, covers.values(), clips))


@dataclass(frozen=True)
class FetchingAgain:
    """Fetches films of an open archive again; `texts` gives the language of the moment."""

    door: Door
    films: FilmTools
    media: MediaVault
    copies: FilmCopies
    jobs: Jobs
    texts: Callable[[], Texts]

    def look(
        self,
        film_id: str,
        sources: Sequence[Path],
        found: Callable[[FoundAgain], None],
        failed: Callable[[AppError], None],
    ) -> Job | None:
        """Begin to look whether files are the film; `found` or `failed` is called on the main thread.

        None when the film may not be fetched at all: `failed` has said why. It gets Cancelled, too.
        """
        try:
            what = known(self.door.store, self.media, film_id)
        except AppError as error:
            failed(error)
            return None
        work = partial(look, self.films, self.media, what, tuple(sources))
        return self.jobs.run(self.texts().tr("Comparing the file with the film"), work, found, failed, JobLane.INTAKE)

    def fetch(self, found: FoundAgain, done: Callable[[Recording], None], failed: Callable[[AppError], None]) -> Job:
        """Take in what was found. `done` when it is in the books, else `failed`, also with Cancelled."""
        self.copies.leave(found.film.id)

        def landed(after: Recording) -> None:
            try:
                kept = keep(self.door, self.media, self.texts(), found.film, after)
            except AppError as error:
                self.copies.want([found.film])
                failed(error)
                return
            self.copies.want([kept])
            done(kept)

        work = partial(fetch, self.films, self.media, found, self.door.store.me)
        return self.jobs.run(self.texts().tr("Fetching the film again"), work, landed, failed, JobLane.INTAKE)
