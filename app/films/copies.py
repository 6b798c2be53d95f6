"""What is made from films beside them: scrub copy, waveform and thumbnails, by a job of its own, one film at a time.

Everything works before they exist, only slower; so nothing here is ever waited for. Finished parts are kept: a copy
that was cancelled, or that the program's end cut off, goes on where it was.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.door import Door
from app.errors import AppError, ArchiveError, Cancelled, FilmError, StoreError
from app.films.reels import rows_of, there
from app.i18n import Texts
from app.jobs import Job, JobLane, Jobs
from app.model.change import added, removed
from app.model.filming import OpenRecording
from app.model.identity import new_id
from app.model.recording import DerivedFile, DerivedKind, Recording
from app.model.timecode import SECOND, Micros
from app.ports import MediaVault, Store
from app.ports.films import DerivedMaker
from app.ports.player import ScrubPart

Span = tuple[Micros, Micros]

#: what the screens can use soonest comes first
ORDER = (DerivedKind.THUMBNAILS, DerivedKind.WAVEFORM, DerivedKind.SCRUB)
#: the work of a part of one kind, in film time of a scrub copy
WEIGHT = {DerivedKind.THUMBNAILS: 0.02, DerivedKind.WAVEFORM: 0.02, DerivedKind.SCRUB: 1.0}
#: after an archive was opened the window has the computer to itself for so long
FIRST_PAUSE_MS = 4_000
#: between two films that are looked at: what a hand does goes before
BETWEEN_MS = 10
#: left free on the disk
SPARE_BYTES = 2_000_000_000
#: between two looks at whether the work may go on, in seconds
_LOOK_EVERY = 0.1


@dataclass(frozen=True, slots=True)
class Lacking:
    """One part that a film has not yet."""

    kind: DerivedKind
    part: int
    span: tuple[Micros, Micros]

    @property
    def weight(self) -> float:
        return WEIGHT[self.kind] * (self.span[1] - self.span[0]) / SECOND


@dataclass
class _Offer:
    """A finished part on its way into the books: the main thread takes it, or the work takes it back, never both."""

    film: Recording
    row: DerivedFile
    done: threading.Event = field(default_factory=threading.Event)
    error: AppError | None = None
    _taken: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> bool:
        return self._taken.acquire(blocking=False)


class FilmCopies(QObject):
    """Makes what films lack. For the main thread; the work itself is in the lane `copies`."""

    made = Signal(object, object)  # Recording, DerivedFile: a part is in the books
    _offered = Signal(object)

    def __init__(
        self, door: Door, media: MediaVault, maker: DerivedMaker, texts: Callable[[], Texts], jobs: Jobs
    ) -> None:
        super().__init__()
        self._door, self._media, self._maker, self._texts, self._jobs = door, media, maker, texts, jobs
        self._store = door.store
        self._waiting: deque[str] = deque()
        self._now: tuple[str, Job] | None = None
        self._near = 0  # pieces that are being made for a playhead
        self._free = threading.Event()  # while there are none
        self._free.set()
        self._offered.connect(self._on_offered, Qt.ConnectionType.QueuedConnection)
        self._start = QTimer(self, singleShot=True, interval=FIRST_PAUSE_MS)
        self._start.timeout.connect(self._want_all)
        self._pause = QTimer(self, singleShot=True, interval=BETWEEN_MS)
        self._pause.timeout.connect(self._next)

    def begin(self) -> None:
        """The archive was just opened: what a crash left is swept, and soon the films that lack something get it."""
        sweep(self._store, self._media)
        self._start.start()

    def want(self, films: Iterable[Recording]) -> None:
        """Make what these films lack, after what is being made now."""
        self._want(film.id for film in films)

    def _want(self, ids: Iterable[str]) -> None:
        known = {*self._waiting, *(() if self._now is None else (self._now[0],))}
        self._waiting += [film_id for film_id in ids if film_id not in known]
        self._next()

    @property
    def is_held(self) -> bool:
        """Whether all that takes the computer waits until filming ends."""
        return self._jobs.are_held

    def around(self, film: Recording, time: Micros) -> tuple[Span, ...]:
        """The pieces of the small copy around a film time that are in no finished part, soonest wanted first.

        Raises FilmError(`index-damaged`), StoreError.
        """
        rows = rows_of(self._store, film.id, DerivedKind.SCRUB)
        pieces = self._maker.around(film.index, time)
        return tuple((a, b) for a, b in pieces if not any(row.start <= a and b <= row.end for row in rows))

    def make_near(
        self, film: Recording, span: Span, made: Callable[[ScrubPart], None], failed: Callable[[AppError], None]
    ) -> Job:
        """Make a piece of the small copy in memory, at once: what is being made for good waits meanwhile."""

        def done(part: ScrubPart) -> None:
            self._hold_back(-1)
            made(part)

        def ended(error: AppError) -> None:
            self._hold_back(-1)
            failed(error)

        self._hold_back(1)
        label = self._texts().tr("Making the film quick to move in")
        return self._jobs.run(label, partial(self._make_piece, film, span), done, ended)

    def _hold_back(self, more: int) -> None:
        self._near += more
        self._free.clear() if self._near else self._free.set()

    def adopt(self, film: Recording, rows: Sequence[DerivedFile]) -> None:
        """Put copies into the books that were made while the film was taken in; where that fails they are made anew."""
        for row in rows:
            try:
                self._write(film, row)
            except AppError as error:
                self._media.discard(row.container)
                self._jobs.failed.emit(error)

    def leave(self, recording_id: str) -> None:
        """Make nothing more of a film: it is closed from use or about to be erased."""
        if recording_id in self._waiting:
            self._waiting.remove(recording_id)
        if self._now is not None and self._now[0] == recording_id:
            self._now[1].cancel()

    def is_idle(self) -> bool:
        return self._now is None and not self._waiting and not self._start.isActive()

    def close(self) -> None:
        """Before the jobs are ended: nothing new is begun."""
        self._start.stop()
        self._pause.stop()
        self._waiting.clear()

    def _want_all(self) -> None:
        self._want(self._store.films_kept())

    def _next(self) -> None:
        """The next film that waits, and after one that lacks nothing soon the next: an office has thousands of them."""
        if self._now is not None or not self._waiting or self._pause.isActive():
            return
        try:
            self._begin(self._waiting.popleft())
        except AppError as error:  # an index or a row that cannot be read: the next film has its turn
            self._jobs.failed.emit(error)
        if self._now is None and self._waiting:
            self._pause.start()

    def _begin(self, film_id: str) -> None:
        found = self._store.find(Recording, id=film_id)
        if found and (missing := lacking(self._door, self._media, self._maker, found[0], self._texts())):
            work = partial(self._make, found[0], missing)
            label = self._texts().tr("Making the film quick to move in")
            self._now = film_id, self._jobs.run(label, work, self._on_done, self._on_failed, JobLane.COPIES)

    def _on_done(self, _made: int) -> None:
        self._now = None
        self._next()

    def _on_failed(self, error: AppError) -> None:
        self._now = None
        if error.key == "no-space":  # no other film has more room
            self._waiting.clear()
        if not isinstance(error, Cancelled):
            self._jobs.failed.emit(error)
        self._next()

    # in the job's thread

    def _make(self, film: Recording, missing: tuple[Lacking, ...], job: Job) -> int:
        """Make one part after another; a kind that fails leaves the others their turn. The number of parts made."""
        done, total, made = 0.0, sum(one.weight for one in missing), 0
        trouble: dict[DerivedKind, AppError] = {}
        for one in missing:
            start, share = done / total, one.weight / total
            if one.kind not in trouble:
                try:
                    self._make_part(film, one, job, _within(job, start, share))
                    made += 1
                except FilmError as error:
                    if error.key != "film-damaged":  # a stretch without one whole picture has no copy
                        trouble[one.kind] = error
            done += one.weight
        if trouble:
            raise next(iter(trouble.values()))
        return made

    def _make_piece(self, film: Recording, span: Span, job: Job) -> ScrubPart:
        content = BytesIO()
        source = partial(self._media.open, film)
        index = self._maker.make(
            DerivedKind.SCRUB, source, film.index, span, content, job.progress, job.cancelled
        )  # fmt: skip
        made = content.getvalue()
        return ScrubPart(*span, lambda: BytesIO(made), index, kept=False)

    def _is_cancelled(self, job: Job) -> bool:
        """Asked at every safe point of what is made for good; there it waits for pieces that a playhead needs."""
        while not job.cancelled() and not self._free.wait(_LOOK_EVERY):
            pass
        return job.cancelled()

    def _make_part(self, film: Recording, one: Lacking, job: Job, progress: Callable[[float], None]) -> None:
        if self._media.free_bytes() < SPARE_BYTES:
            raise ArchiveError("no-space")
        out = self._media.begin(film.id, film.wrapped_key)
        try:
            index = self._maker.make(
                one.kind, partial(self._media.open, film), film.index, one.span, out, progress,
                partial(self._is_cancelled, job),
            )  # fmt: skip
            taken = out.keep()
        except BaseException:
            out.discard()
            raise
        row = DerivedFile(
            new_id(), film.id, one.kind, one.part, *one.span, taken.container, taken.sha256, taken.size, taken.chunks,
            index,
        )  # fmt: skip
        self._offer(_Offer(film, row), job)

    def _offer(self, offer: _Offer, job: Job) -> None:
        """Have the main thread write it into the books; when the program closes first, the container goes."""
        self._offered.emit(offer)
        while not offer.done.wait(_LOOK_EVERY):
            if job.cancelled() and offer.take():
                self._media.discard(offer.row.container)
                raise Cancelled
        if offer.error is not None:
            self._media.discard(offer.row.container)
            raise offer.error

    # in the main thread again

    def _on_offered(self, offer: _Offer) -> None:
        if not offer.take():
            return
        try:
            if _is_gone(self._store, offer.film):  # it would show the film that was there before
                raise Cancelled
            self._write(offer.film, offer.row)
        except AppError as error:
            offer.error = Cancelled() if _is_gone(self._store, offer.film) else error
        finally:
            offer.done.set()

    def _write(self, film: Recording, row: DerivedFile) -> None:
        self._door.write(self._texts().tr("Small copy of a film made"), [added(row)], act="derive")
        self.made.emit(film, row)


def _within(job: Job, start: float, share: float) -> Callable[[float], None]:
    """The progress of a part as that of the whole job."""
    return lambda fraction: job.progress(start + fraction * share)


def _is_gone(store: Store, film: Recording) -> bool:
    """Whether the film was erased, or another one took its place, while a copy of it was being made."""
    try:
        return not store.find(Recording, id=film.id, sha256=film.sha256, erased=None)
    except StoreError:
        return False


def lacking(door: Door, media: MediaVault, maker: DerivedMaker, film: Recording, texts: Texts) -> tuple[Lacking, ...]:
    """The parts that a film lacks, in the order of making.

    First the books forget what is of no use: rows whose container is not there (a backup holds no copies), and parts
    that are cut otherwise now, whose containers go. None for a film that is closed from use.
    """
    if not film.in_use:
        return ()
    wanted = {
        (kind, span): Lacking(kind, part, span)
        for kind in ORDER
        for part, span in enumerate(maker.parts(kind, film.index))
    }
    rows = door.store.find(DerivedFile, recording_id=film.id)
    useful = {(row.kind, (row.start, row.end)): row for row in there(media, film, rows)}
    useful = {key: row for key, row in useful.items() if key in wanted}
    useless = [row for row in rows if row not in useful.values()]
    if useless:
        door.write(texts.tr("Lost copy of a film forgotten"), [removed(row) for row in useless], act="derive")
        for row in there(media, film, useless):
            media.discard(row.container)
    return tuple(one for key, one in wanted.items() if key not in useful)


def sweep(store: Store, media: MediaVault) -> None:
    """Remove what was begun and never finished, when nobody writes; films that await their rescue stay."""
    awaited = {recording.container for recording in store.find(OpenRecording)}
    media.sweep([name for name in media.unfinished() if name not in awaited])
