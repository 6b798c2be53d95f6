"""Taking films in as a whole: may they come, one job per recording, the place of each on the clock, what to say then.

Knows no window: the screens may be rebuilt meanwhile, and a command or a link may take films in as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import cast

from app.door import Door
from app.errors import AppError, Cancelled, FilmError
from app.films import intake
from app.films.alignment import alignable
from app.films.camera_cards import CardFile, beside, gap_between
from app.films.copies import FilmCopies
from app.films.removable_disks import is_removable
from app.i18n import N_, Texts, today
from app.jobs import Job, JobLane, Jobs
from app.model.recording import Recording
from app.model.units import ItemPlace
from app.ports import MediaVault
from app.ports.films import FilmTools
from app.ports.pieced_film import Salvaged

Cards = Sequence[tuple[CardFile, ...]]
#: refusals of films that something may be salvaged of
SALVAGEABLE = frozenset(["film-unfinished", "film-unfinished-full", "film-headless"])


@dataclass(frozen=True)
class TakenFilm:
    """The recordings that were taken in, in their order, and what follows from them all."""

    films: tuple[Recording, ...]
    as_filmed: bool  # False: its parts were too different to be joined, so it was encoded anew
    empty_the_card: bool  # the originals lie on something that is carried away
    can_be_aligned: bool  # the last one's sound tells where it lies beside another film of the meeting

    @property
    def recording(self) -> Recording:
        """The last one."""
        return self.films[-1]


@dataclass(frozen=True)
class Before:
    """What was taken in before the recording that is at hand: its last file, and the films in their order."""

    file: CardFile
    films: tuple[Recording, ...]
    as_filmed: bool


@dataclass(frozen=True)
class Stopped:
    """Taking in came to a file that its camera never finished; `wish` has it, `source` is its place there.

    `cards` are the recordings from that one on, `before` is what was taken in before them.
    """

    wish: intake.Wish
    source: ItemPlace
    cards: Cards
    before: Before | None
    error: FilmError

    @property
    def path(self) -> Path:
        return self.wish.sources[self.source]


@dataclass(frozen=True)
class Watch:
    """What is called of taking in, each on the main thread: one of them once, none when it was cancelled.

    Without `unfinished` a file that its camera never finished is a failure as any other.
    """

    done: Callable[[TakenFilm], None]
    failed: Callable[[AppError], None]
    unfinished: Callable[[Stopped], None] | None = None

    def stopped(self, stopped: Callable[[FilmError], Stopped], error: AppError) -> None:
        """What a job failed of is told to whoever can do something about it."""
        if isinstance(error, Cancelled):
            return
        if self.unfinished is not None and isinstance(error, FilmError) and error.key in SALVAGEABLE:
            self.unfinished(stopped(error))
        else:
            self.failed(error)


@dataclass(frozen=True)
class TakingIn:
    """What taking in needs of an open archive; `texts` gives the language of the moment."""

    door: Door
    films: FilmTools
    media: MediaVault
    copies: FilmCopies
    jobs: Jobs
    texts: Callable[[], Texts]

    def take_in(self, wish: intake.Wish, cards: Cards, watch: Watch) -> None:
        """Take recordings of one camera in, one after another, the first at the wish's place on the clock.

        What came before a failure stays. Fails with ConsentMissing before anything is read, and again when a consent
        ends while the film is copied.
        """
        try:
            intake.demand_consents(self.door.store, wish.meeting_id, today())
        except AppError as error:
            watch.failed(error)
            return
        self._next(wish, tuple(cards), None, watch)

    def look(
        self,
        stopped: Stopped,
        chosen: Path | None,
        found: Callable[[Salvaged], None],
        failed: Callable[[AppError], None],
    ) -> Job:
        """What can be made of the file; with a film that was `chosen`, or those beside it, for how it is packed."""
        path = stopped.path
        others = beside(path) if chosen is None else (chosen,)
        return self.jobs.run(
            self.texts().tr(N_("Looking for what can be read of the film")),
            lambda job: self.films.gate.salvage(path, others, job.progress, job.cancelled),
            found,
            failed,
            JobLane.INTAKE,
        )

    def go_on(self, stopped: Stopped, salvaged: Salvaged, watch: Watch) -> None:
        """Take in what was salvaged, and what was to be taken in after it."""
        wish = replace(stopped.wish, salvaged={**stopped.wish.salvaged, stopped.path: salvaged})
        self._next(wish, tuple(stopped.cards), stopped.before, watch)

    def _next(
        self,
        wish: intake.Wish,
        cards: tuple[tuple[CardFile, ...], ...],
        before: Before | None,
        watch: Watch,
    ) -> None:
        files, *rest = cards
        sources = tuple(file.path for file in files)
        salvaged = {path: made for path, made in wish.salvaged.items() if path in sources}
        wish = replace(wish, sources=sources, salvaged=salvaged)
        joins = len(files) > 1

        def landed(brought: intake.Brought) -> None:
            brought = brought if before is None else _behind(before, files[-1], brought)
            try:
                kept = intake.keep_brought(self.door, self.media, self.texts(), brought)
            except AppError as error:
                watch.failed(error)
                return
            self.copies.adopt(kept, brought.copies)
            self.copies.want([kept])
            films = (*(before.films if before is not None else ()), kept)
            now = Before(files[-1], films, brought.as_filmed and (before is None or before.as_filmed))
            if rest:
                self._next(wish, tuple(rest), now, watch)
            else:
                watch.done(self._told(wish, now, several=joins or before is not None))

        def stopped(error: FilmError) -> Stopped:
            return Stopped(wish, cast("int", error.values.get("source", 0)), cards, before, error)

        words = (
            N_("Taking the film in: check, join, compare") if joins else N_("Taking the film in: check, copy, compare")
        )
        every = replace(wish, sources=tuple(file.path for card in cards for file in card)) if before is None else None
        work = partial(self._bring_in, wish, every)
        self.jobs.run(
            self.texts().tr(words),
            work,
            landed,
            partial(watch.stopped, stopped),
            JobLane.INTAKE,
        )

    def _bring_in(self, wish: intake.Wish, every: intake.Wish | None, job: Job) -> intake.Brought:
        """The work of a job; before the first film it is looked whether any of them is here already."""
        if every is not None:
            intake.demand_new(self.door.store, every, lambda _: None, job.cancelled)
        return intake.bring_in(self.films, self.media, wish, job)

    def _told(self, wish: intake.Wish, taken: Before, *, several: bool) -> TakenFilm:
        last = taken.films[-1]
        films = self.door.store.find(Recording, meeting_id=last.meeting_id)
        on_a_card = several or is_removable(wish.sources[0])
        can_be_aligned = bool(last.facts.sound_tracks) and last in alignable(films)
        return TakenFilm(taken.films, taken.as_filmed, on_a_card, can_be_aligned)


def _behind(before: Before, last: CardFile, brought: intake.Brought) -> intake.Brought:
    """How far after the recording before it this one began is guessed from when their files were finished."""
    earlier, recording = before.films[-1], brought.recording
    gap = gap_between(before.file, earlier.facts.duration, last, recording.facts.duration)
    return replace(brought, recording=replace(recording, offset=earlier.offset + gap))
