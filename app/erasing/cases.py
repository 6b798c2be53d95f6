"""Erasing a whole case: what goes, what may not go yet and why, what lies outside, and the act beside the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from app.casework.case_file import CaseFile, case_file
from app.casework.left_clips import left_clips
from app.casework.requests import kept
from app.casework.retention import Kept, Why, kept_case, kept_films, office_rule
from app.casework.sent_films import sent
from app.erasing.films import FilmErasing, Second, backups_with, confirmers, kept_under, unless_cancelled
from app.erasing.wholes import check_whole
from app.errors import AppError, NotAllowed
from app.i18n import today
from app.jobs import Job, JobLane
from app.model.change import added
from app.model.consent import ConsentForm
from app.model.erasure import (
    CaseOrder,
    Erasure,
    Ground,
    KeptUnder,
    LeftClip,
    Original,
    SentPackage,
    WholeOrder,
)
from app.model.people import Case
from app.model.recording import Recording
from app.model.retention import Material, months_after
from app.model.statement import Statement
from app.ports import Archive, Cancelled, Progress, Store

#: the grounds on which a whole case goes; a consent that was withdrawn is of films and of what is done with them
GROUNDS = (Ground.RETENTION, Ground.MISTAKE, Ground.OTHER)
#: a film that stands so is to be kept longer than its case
_KEPT_LONGER = (Why.NOT_YET, Why.FOREVER)


@dataclass(frozen=True)
class WhatGoesOfCase:
    """What is said before a whole case is erased."""

    case: Case
    kept: Kept  # how the case stands with its rule
    films: tuple[Kept, ...]  # every film that is not erased yet, with its rule
    meetings: int
    people: int
    codings: int  # of the pairs, begun or ready, whoever's
    statements: int
    finals: int  # statements among them that are final
    photographs: int  # of consent forms
    backups: int  # made while the case was here, and not seen to be gone
    last_expires: date | None  # when the last of these is removed where its disk is there
    packages: tuple[SentPackage, ...]  # in which films went to partners' computers
    others: tuple[tuple[str, str], ...]  # who can confirm it besides: (worker id, name), the work partner first
    left: tuple[LeftClip, ...] = ()  # moments that were handed out as files

    @property
    def has_original(self) -> bool:
        """Whether a file lies, or lay, outside from which a film was taken in."""
        return any(k.film is not None and k.film.is_from_outside for k in self.films)

    @property
    def asks_original(self) -> bool:
        """Whether of one of these files nobody has noted where it lies."""
        films = (k.film for k in self.films if k.film is not None)
        return any(film.is_from_outside and film.original == Original.UNKNOWN for film in films)

    @property
    def kept_longer(self) -> tuple[Kept, ...]:
        """Films that by their own rule are to be kept longer than now."""
        return _kept_longer(self.films)

    @property
    def is_due(self) -> bool:
        """Whether all of it may go by the rules of retention."""
        return _may_by_rule(self.kept, self.films)


def why_case_kept(store: Store, case_id: str) -> str:
    """The key of what keeps a case from being erased on any ground; empty when nothing does. Raises StoreError."""
    return _why_kept(case_file(store, case_id))


def _why_kept(file: CaseFile) -> str:
    return kept(file).value or ("case-not-closed" if file.case.closed is None else "")


def what_goes_of_case(store: Store, archive: Archive, case_id: str) -> WhatGoesOfCase:
    """Raises StoreError(`not-found`) when the case is not in the archive."""
    file, day = case_file(store, case_id), today()
    films = kept_films(store, file, day)
    statements = store.find(Statement, case_id=case_id)
    backups = backups_with(store, case_id)
    months = office_rule(store, Material.BACKUPS).months
    newest = max((b.made.astimezone().date() for b in backups), default=None)
    return WhatGoesOfCase(
        file.case,
        kept_case(store, file, day),
        films,
        len(file.every_meeting),
        len(file.everybody),
        sum(len(store.coding_states(m.id)) for m in file.meetings),
        len(statements),
        sum(s.is_final for s in statements),
        len(store.find(ConsentForm, case_id=case_id)),
        len(backups),
        None if newest is None else months_after(newest, months),
        sent(store, [(k.film.id, k.film.meeting_id) for k in films if k.film is not None]),
        confirmers(store, archive, file.case.lead, file.case.partner),
        left_clips(store, (k.film.id for k in films if k.film is not None)),
    )


@dataclass(frozen=True)
class CaseErasing:
    """Erases whole cases of an open archive, and what is of no case.

    `leaves` is called before: what is being typed is committed. `left` when one is gone: whatever shows it lets go.
    """

    films: FilmErasing
    leaves: Callable[[], None]
    left: Callable[[], None]

    def erase(
        self,
        order: CaseOrder,
        erased: Callable[[Erasure], None],
        failed: Callable[[AppError], None],
        second: Second | None = None,
    ) -> Job | None:
        """Erase a case, then remove its files beside the work; the job of the first part, None where it is refused.

        `erased` is called on the main thread when nobody can open anything of it any more. A wrong passphrase of
        `second`, who confirms it besides, leaves everything as it was (ArchiveError). `failed` with NotAllowed,
        StoreError or Cancelled before anything was done; afterward with what kept a file or the database from being
        finished: that goes on when the archive is opened the next time.
        """
        films, door = self.films, self.films.door
        try:
            self._check(order)
        except AppError as error:
            failed(error)
            return None
        order = replace(order, under=kept_under(door.store, order.case_id, Material.CASE))
        self.leaves()
        for film in self._films(order.case_id):
            films.copies.leave(film.id)
        act = partial(films.archive.erasing.case, order)
        return self._run(films.texts().tr("Erasing a case"), order.case_id, act, erased, failed, second)

    def erase_whole(
        self,
        order: WholeOrder,
        erased: Callable[[Erasure], None],
        failed: Callable[[AppError], None],
        second: Second | None = None,
    ) -> Job | None:
        """The same of work of no case: an agreement of supervision, or a service with what was filled in."""
        films, store = self.films, self.films.door.store
        try:
            self._check_alone()
            kept = check_whole(store, order)
        except AppError as error:
            failed(error)
            return None
        order = replace(order, under=KeptUnder(since=kept.rule.since, months=kept.rule.months, source=kept.rule.source))
        self.leaves()
        act = partial(films.archive.erasing.whole, order)
        words = films.texts().tr("Erasing supervision or a service")
        return self._run(words, order.id, act, erased, failed, second)

    def _run(
        self,
        words: str,
        object_id: str,
        act: Callable[[Progress, Cancelled], Erasure],
        erased: Callable[[Erasure], None],
        failed: Callable[[AppError], None],
        second: Second | None,
    ) -> Job:
        """The act beside the work, and what follows from it in the window."""
        films = self.films

        def work(job: Job) -> Erasure:
            if second is not None:
                films.archive.confirm_erasing(second.worker_id, second.passphrase, object_id)
            return act(job.progress, job.cancelled)

        def done(certificate: Erasure) -> None:
            self.left()
            films.door.tell([added(certificate)], None)
            erased(certificate)
            films.finish(lambda _finished: None, failed)

        return films.jobs.run(words, work, done, unless_cancelled(failed), JobLane.ARCHIVE)

    def _check_alone(self) -> None:
        """Nothing is erased while a film comes into being. Raises NotAllowed."""
        films = self.films
        if films.is_filming():
            raise NotAllowed("erasing-while-filming")
        if films.jobs.is_busy(JobLane.INTAKE) or films.jobs.is_busy(JobLane.KEEPING):
            raise NotAllowed("erasing-while-taking-in")

    def _check(self, order: CaseOrder) -> None:
        """Raises NotAllowed, StoreError."""
        self._check_alone()
        store = self.films.door.store
        if why := why_case_kept(store, order.case_id):
            raise NotAllowed(why)
        if order.ground == Ground.RETENTION and not _is_due(store, order.case_id):
            raise NotAllowed("case-not-due-yet")

    def _films(self, case_id: str) -> tuple[Recording, ...]:
        store = self.films.door.store
        meetings = case_file(store, case_id).meetings
        return tuple(film for m in meetings for film in store.find(Recording, meeting_id=m.id))


def _kept_longer(films: Iterable[Kept]) -> tuple[Kept, ...]:
    return tuple(k for k in films if k.why in _KEPT_LONGER)


def _may_by_rule(whole: Kept, films: Iterable[Kept]) -> bool:
    """The case's own period is over, and no film of it is to be kept longer."""
    return whole.is_due and not _kept_longer(films)


def _is_due(store: Store, case_id: str) -> bool:
    file, day = case_file(store, case_id), today()
    return _may_by_rule(kept_case(store, file, day), kept_films(store, file, day))
