"""A film of another controller's client that a supervisee brings to a session: how it begins, stands and ends.

It lies in a folder of the session beside the session's own recording. Without the controller's decision and the
clients' consents nothing is taken in (the store refuses); taken back, it is closed from use in the same step, and so
it is when the agreement ends. A day that has passed closes every door by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.casework.case_file import case_file
from app.casework.film_use import Use, permission
from app.i18n import Texts
from app.model.brought import Brought, last_day, stands
from app.model.change import Change, added
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.plan import PlannedTask
from app.model.recording import Recording
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.model.words import LANGUAGES, Words
from app.ports import Store
from app.supervising.recording import WHOLE, closed

#: the kind of the meeting that stands for such a film (`resources/texts/recorded.toml`)
KIND = "brought-film"


@dataclass(frozen=True)
class BroughtFilm:
    """One as it stands: its folder, the meeting in whose place it stands, and its films with the erased."""

    folder: Case
    meeting: Meeting
    films: tuple[Recording, ...]
    agreement: SupervisionAgreement

    @property
    def said(self) -> Brought:
        """What it stands on."""
        assert self.folder.brought is not None, "a folder of what was brought"
        return self.folder.brought

    @property
    def ends(self) -> date:
        """The last day of use."""
        return last_day(self.agreement, self.said)

    def may_be_used(self, day: date) -> bool:
        """Whether it is taken in and looked at on `day`."""
        return stands(self.agreement, self.said, day)

    def in_use(self, day: date) -> tuple[Recording, ...]:
        return tuple(film for film in self.films if film.in_use) if self.may_be_used(day) else ()

    def waiting(self, day: date) -> tuple[Recording, ...]:
        """Those that may not be used any more on `day` and are not erased yet."""
        in_use = self.in_use(day)
        return tuple(film for film in self.films if film not in in_use and not film.is_erased)


def of_sessions(
    store: Store, agreement: SupervisionAgreement, sessions: Iterable[SupervisionSession]
) -> tuple[BroughtFilm, ...]:
    """What was brought to some sessions and is there for the signed-in worker, by code name. Raises StoreError."""
    ids = tuple(session.id for session in sessions)
    folders = [case for case in store.find(Case, session_id=ids) if case.brought is not None] if ids else []
    return tuple(
        BroughtFilm(folder, meeting, store.find(Recording, meeting_id=meeting.id), agreement)
        for folder in sorted(folders, key=lambda one: (one.code_name.casefold(), one.id))
        for meeting in store.find(Meeting, case_id=folder.id)
    )


def begun(session: SupervisionSession, coder: str, code_name: str, bringer: str, said: Brought) -> tuple[Change, ...]:
    """The folder of one that is brought, with the meeting in whose place it stands; the supervisor codes it."""
    folder = Case(new_id(), code_name.strip(), "", session_id=session.id, bringer=bringer, brought=said)
    whole = Words(*(Texts(language).tr("The brought film") for language in LANGUAGES))
    meeting = Meeting(
        new_id(), folder.id, session.at, "", "", (coder, ""), KIND,
        plan=(PlannedTask(WHOLE, whole, Words("", "", ""), ()),),
    )  # fmt: skip
    return added(folder), added(meeting)


def taken_back(held: BroughtFilm, day: date, now: datetime) -> tuple[Change, ...]:
    """The decision or a consent does not hold any more: the films are closed from use in the same step."""
    after = replace(held.folder, brought=replace(held.said, withdrawn=day))
    return (Change(held.folder, after), *closed(held.films, now))


def told(texts: Texts, held: BroughtFilm, day: date) -> str:
    """How it stands with one, in a sentence."""
    t = texts
    if held.waiting(day):
        return t.tr("It is not used any more and waits to be erased.")
    if held.films and all(film.is_erased for film in held.films):
        return t.tr("It was erased here.")
    if not held.may_be_used(day):
        return t.tr("It may not be used, and nothing is taken in.")
    return t.tr("It may be used until {day}.", day=t.date(held.ends))


def may_be_seen(store: Store, held: BroughtFilm, day: date) -> bool:
    """Whether its films may be looked at, as every door asks it."""
    return (
        bool(held.in_use(day)) and permission(case_file(store, held.folder.id), held.meeting, Use.LOOK_AT, day).is_given
    )
