"""Taking films in as a whole: may they come, one job per recording, the place of each on the clock, what to say then.

Knows no window: the screens may be rebuilt meanwhile, and a command or a link may take films in as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.door import Door
from app.errors import AppError, Cancelled
from app.films import intake
from app.films.alignment import alignable
from app.films.camera_cards import CardFile, gap_between
from app.films.copies import FilmCopies
from app.films.removable_disks import is_removable
from app.i18n import N_, Texts, today
from app.jobs import JobLane, Jobs
from app.model.recording import Recording
from app.ports import MediaVault
from app.ports.films import FilmTools

Cards = Sequence[tuple[CardFile, ...]]


@dataclass(frozen=True)
class TakenFilm:
    """The last recording of those that were taken in, and what follows from them all."""

    recording: Recording
    as_filmed: bool  # False: its files were too different to be joined, so it was encoded anew
    empty_the_card: bool  # the originals lie on something that is carried away
    can_be_aligned: bool  # its sound tells where it lies beside another film of the meeting


@dataclass(frozen=True)
class TakingIn:
    """What taking in needs of an open archive; `texts` gives the language of the moment."""

    door: Door
    films: FilmTools
    media: MediaVault
    copies: FilmCopies
    jobs: Jobs
    texts: Callable[[], Texts]

    def take_in(
        self, wish: intake.Wish, cards: Cards, done: Callable[[TakenFilm], None], failed: Callable[[AppError], None]
    ) -> None:
        """Take recordings of one camera in, one after another, the first at the wish's place on the clock.

        `done` or `failed` is called once, on the main thread; neither when it was cancelled. What came before stays.
        Fails with ConsentMissing before anything is read, and again when a consent ends while the film is copied.
        """
        try:
            intake.demand_consents(self.door.store, wish.meeting_id, today())
        except AppError as error:
            failed(error)
            return
        self._next(wish, tuple(cards), None, done, failed)

    def _next(
        self,
        wish: intake.Wish,
        cards: tuple[tuple[CardFile, ...], ...],
        before: tuple[CardFile, Recording] | None,
        done: Callable[[TakenFilm], None],
        failed: Callable[[AppError], None],
    ) -> None:
        """`before` is the last file of the recording before these, and that recording."""
        files, *rest = cards
        wish = replace(wish, sources=tuple(file.path for file in files))
        joins = len(files) > 1

        def landed(brought: intake.Brought) -> None:
            brought = brought if before is None else _behind(before, files[-1], brought)
            try:
                kept = intake.keep_brought(self.door, self.media, self.texts(), brought)
            except AppError as error:
                failed(error)
                return
            self.copies.want([kept])
            if rest:
                self._next(wish, tuple(rest), (files[-1], kept), done, failed)
            else:
                done(self._told(wish, kept, brought, several=joins or before is not None))

        words = (
            N_("Taking the film in: check, join, compare") if joins else N_("Taking the film in: check, copy, compare")
        )
        work = partial(intake.bring_in, self.films, self.media, wish)
        self.jobs.run(
            self.texts().tr(words),
            work,
            landed,
            lambda e: None if isinstance(e, Cancelled) else failed(e),
            JobLane.INTAKE,
        )

    def _told(self, wish: intake.Wish, kept: Recording, brought: intake.Brought, *, several: bool) -> TakenFilm:
        films = self.door.store.find(Recording, meeting_id=kept.meeting_id)
        on_a_card = several or is_removable(wish.sources[0])
        return TakenFilm(kept, brought.as_filmed, on_a_card, bool(kept.facts.sound_tracks) and kept in alignable(films))


def _behind(before: tuple[CardFile, Recording], last: CardFile, brought: intake.Brought) -> intake.Brought:
    """How far after the recording before it this one began is guessed from when their files were finished."""
    earlier_file, earlier = before
    recording = brought.recording
    gap = gap_between(earlier_file, earlier.facts.duration, last, recording.facts.duration)
    return replace(brought, recording=replace(recording, offset=earlier.offset + gap))
