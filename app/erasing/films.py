"""Erasing one film: what goes with it, what stays, and the act in its two parts, beside the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from app.casework.case_file import CaseFile, case_file
from app.casework.left_clips import left_clips
from app.casework.mandate import mandate_of
from app.casework.requests import kept
from app.casework.retention import Kept, kept_films, rule_of
from app.casework.sent_films import sent
from app.door import Door
from app.erasing.originals import likely_original
from app.errors import AppError, Cancelled, NotAllowed
from app.films.copies import FilmCopies
from app.i18n import Texts, today
from app.jobs import Job, JobLane, Jobs
from app.model.change import Change, removed
from app.model.coding import CodingHeader, CodingState
from app.model.erasure import Erasure, FilmOrder, Ground, KeptUnder, LeftClip, MadeBackup, Original, SentPackage
from app.model.feedback import Clip
from app.model.identity import made_at
from app.model.meeting import Meeting
from app.model.observation import Bookmark
from app.model.people import Worker
from app.model.recording import DerivedFile, Recording
from app.model.retention import CaseRule, Material
from app.model.stored import ExampleClip
from app.model.utterance import Utterance, without_film
from app.ports import Archive, Store


@dataclass(frozen=True)
class WhatGoes:
    """What is said before a film is erased."""

    film: Recording
    copies: int
    clips: int
    bookmarks: int  # the worker's own, in a coding that is still open, where no other film is
    rests: bool  # codings or a statement's evidence rest on it: the ground is typed
    backups: int  # made while the film was here, and not seen to be gone
    has_original: bool  # a file lies, or lay, outside
    lines: int = 0  # of what was said on the film, where no other film lets it be heard
    packages: tuple[SentPackage, ...] = ()  # in which it went to partners' computers
    others: tuple[tuple[str, str], ...] = ()  # who can confirm it besides: (worker id, name), the work partner first
    kept: Kept | None = None  # how it stands with the rule of retention
    original: Original = Original.UNKNOWN  # where that file likely lies
    left: tuple[LeftClip, ...] = ()  # moments of it that were handed out as files

    def needs_second(self, ground: Ground | None) -> bool:
        """Whether two confirm it: all but what was taken in by mistake and nothing rests on."""
        return self.rests or ground != Ground.MISTAKE


@dataclass(frozen=True, slots=True)
class Second:
    """The other worker who confirms an erasing, with the passphrase that was just typed."""

    worker_id: str
    passphrase: str = field(repr=False)


def why_kept(store: Store, film: Recording) -> str:
    """The key of what keeps a film from being erased; empty when nothing does. Raises StoreError."""
    return kept(_case_of(store, film), film.meeting_id).value


def what_goes(store: Store, archive: Archive, film: Recording) -> WhatGoes:
    """Raises StoreError(`not-found`) when the film is not in the archive."""
    of_meeting, case = partial(store.find, meeting_id=film.meeting_id), _case_of(store, film).case
    return WhatGoes(
        film,
        len(store.find(DerivedFile, recording_id=film.id)),
        len(store.find(ExampleClip, recording_id=film.id)) + len(store.find(Clip, recording_id=film.id)),
        len(own_bookmarks(store, film)),
        archive.erasing.rests_on(film.id),
        len(backups_with(store, film.id)),
        film.is_from_outside,
        len(without_film(of_meeting(Utterance), of_meeting(Recording), film.id)),
        sent(store, [(film.id, film.meeting_id)]),
        confirmers(store, archive, case.lead, case.partner),
        next((k for k in kept_films(store, _case_of(store, film), today()) if k.film == film), None),
        likely_original(store, film),
        left_clips(store, [film.id]),
    )


def _case_of(store: Store, film: Recording) -> CaseFile:
    return case_file(store, store.get(Meeting, film.meeting_id).case_id)


def backups_with(store: Store, thing_id: str) -> tuple[MadeBackup, ...]:
    """Backups that were made while a thing was in the archive, and have not been seen to be gone."""
    return tuple(b for b in store.find(MadeBackup, gone=None) if b.made >= made_at(thing_id))


def confirmers(store: Store, archive: Archive, *nearest: str) -> tuple[tuple[str, str], ...]:
    """Who can confirm an erasing besides who is signed in: (worker id, name), the `nearest` to the work first."""
    others = tuple(worker_id for worker_id, _ in archive.sign_ins() if worker_id != store.me)
    rows = [(w.id, w.name) for w in store.find(Worker, id=others, guest=False)]
    return tuple(sorted(rows, key=lambda row: (row[0] not in nearest, row[1])))


def own_bookmarks(store: Store, film: Recording) -> tuple[Bookmark, ...]:
    """The worker's own places on a film, in codings that still change, where no other film of the meeting is."""
    others = [r for r in store.find(Recording, meeting_id=film.meeting_id) if r.in_use and r.id != film.id]
    drafts = store.find(CodingHeader, meeting_id=film.meeting_id, coder=store.me, state=CodingState.DRAFT)
    return tuple(
        bookmark
        for draft in drafts
        for bookmark in store.find(Bookmark, coding_id=draft.id)
        if _is_on(film, bookmark) and not any(_is_on(other, bookmark) for other in others)
    )


def _is_on(film: Recording, bookmark: Bookmark) -> bool:
    return film.to_meeting(0) <= bookmark.at < film.end


@dataclass(frozen=True)
class FilmErasing:
    """Erases films of an open archive; `texts` gives the language of the moment."""

    door: Door
    archive: Archive
    copies: FilmCopies
    jobs: Jobs
    texts: Callable[[], Texts]
    is_filming: Callable[[], bool]

    def erase(
        self,
        order: FilmOrder,
        done: Callable[[Erasure], None],
        failed: Callable[[AppError], None],
        second: Second | None = None,
    ) -> None:
        """Erase a film, then remove its files. `done` is called on the main thread when nothing is left of it.

        `second` is who confirms it besides; a wrong passphrase leaves everything as it was (ArchiveError).
        `failed` with NotAllowed, StoreError before anything was done; afterward with what kept a file or the database
        from being finished: that goes on when the archive is opened the next time.
        """
        if self.is_filming():
            failed(NotAllowed("erasing-while-filming"))
            return
        film = self.door.store.get(Recording, order.recording_id)
        if order.ground == Ground.RETENTION and not _is_due(self.door.store, film):
            failed(NotAllowed("not-due-yet"))
            return
        self.copies.leave(film.id)

        def erased(changes: tuple[Change, ...]) -> None:
            # every screen lets go of the film before its files go
            self.door.tell(changes, None)
            try:
                self._forget_bookmarks(film)
            except AppError as error:
                failed(error)
            (certificate,) = (c.after for c in changes if isinstance(c.after, Erasure))
            self.finish(lambda finished: done(finished.get(certificate.id, certificate)), failed)

        words, order = self.texts().tr("Erasing a film"), replace(order, under=_under(self.door.store, film))

        def work(job: Job) -> tuple[Change, ...]:
            if second is not None:
                self.archive.confirm_erasing(second.worker_id, second.passphrase, order.recording_id)
            return self.archive.erasing.film(order, job.cancelled)

        self.jobs.run(words, work, erased, unless_cancelled(failed), JobLane.ARCHIVE)

    def _forget_bookmarks(self, film: Recording) -> None:
        by_coding: dict[str, list[Change]] = {}  # a step is of one coding
        for bookmark in own_bookmarks(self.door.store, film):
            by_coding.setdefault(bookmark.coding_id, []).append(removed(bookmark))
        for gone in by_coding.values():
            self.door.write(self.texts().tr("Bookmarks of an erased film removed"), gone)

    def finish(self, done: Callable[[dict[str, Erasure]], None], failed: Callable[[AppError], None]) -> None:
        """What was erased leaves the disk for good; `done` gets the certificates that say so now, by id."""

        def finished(changes: tuple[Change, ...]) -> None:
            self.door.tell(changes, None)
            done({c.id: c.after for c in changes if isinstance(c.after, Erasure)})

        words = self.texts().tr("Removing what was erased from the disk")
        work = self.archive.erasing.finish
        self.jobs.run(
            words, lambda job: work(job.progress, job.cancelled), finished, unless_cancelled(failed), JobLane.ARCHIVE
        )

    def finish_begun(self, failed: Callable[[AppError], None]) -> None:
        """When the archive was opened: an erasing that was cut off goes on. Raises StoreError."""
        if self.archive.erasing.is_unfinished():
            self.finish(lambda _: None, failed)


def kept_under(store: Store, case_id: str, material: Material) -> KeptUnder:
    """For the certificate: on whose behalf a case's material was kept, by which rule, and what was to go back."""
    file, rule = case_file(store, case_id), rule_of(store, case_id, material)
    goes_back = file.commission.return_rule if file.commission is not None else ""
    return KeptUnder(
        mandate_of(store, file.case.id),
        rule.since,
        rule.months,
        rule.source,
        isinstance(rule, CaseRule),
        goes_back,
        file.case.returned,
    )


def _under(store: Store, film: Recording) -> KeptUnder:
    return kept_under(store, store.get(Meeting, film.meeting_id).case_id, Material.FILMS)


def _is_due(store: Store, film: Recording) -> bool:
    return any(k.is_due for k in kept_films(store, _case_of(store, film), today()) if k.film == film)


def unless_cancelled(failed: Callable[[AppError], None]) -> Callable[[AppError], None]:
    """Who cancelled needs no telling."""
    return lambda error: None if isinstance(error, Cancelled) else failed(error)
