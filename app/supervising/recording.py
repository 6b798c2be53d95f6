"""The recording of a session, in the room or of a video call: where it lies, and what becomes of it.

Filming, taking in, coding and erasing are those of every film: here is what is a session's own. Everybody's yes is
asked before it begins (the store refuses without); one who takes it back ends every use at once, and the films wait to
be erased. So they do when the agreement ends: a recording is never kept longer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.casework.case_file import case_file
from app.casework.consents import Permission
from app.casework.film_use import Use, permission
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change, added
from app.model.feedback import Clip
from app.model.filming import OpenRecording
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.plan import PlannedTask
from app.model.recorded_session import all_agree, asked, word_of
from app.model.recording import Recording
from app.model.supervision import SUPERVISOR, RecordingConsent, SupervisionAgreement, SupervisionSession
from app.model.words import LANGUAGES, Words
from app.ports import Store

#: the kind of the meeting that stands for a recorded session (`resources/texts/recorded.toml`)
KIND = "recorded-session"
#: the one task of it, the session itself: what a coding covers and rates is told by tasks
WHOLE = "session"


@dataclass(frozen=True)
class Recorded:
    """The recording of a session as it stands: its meeting, None before it was begun, and its films with the erased."""

    meeting: Meeting | None = None
    films: tuple[Recording, ...] = ()
    is_under_way: bool = False

    @property
    def in_use(self) -> tuple[Recording, ...]:
        return tuple(film for film in self.films if film.in_use)

    @property
    def waiting(self) -> tuple[Recording, ...]:
        """Those that may not be used any more and are not erased yet."""
        return tuple(film for film in self.films if not film.in_use and not film.is_erased)


def recorded(store: Store, session: SupervisionSession) -> Recorded:
    """Raises StoreError."""
    folders = store.find(Case, session_id=session.id, bringer="")
    if not folders:
        return Recorded()
    (meeting,) = store.find(Meeting, case_id=folders[0].id)
    films = store.find(Recording, meeting_id=meeting.id)
    return Recorded(meeting, films, bool(store.find(OpenRecording, meeting_id=meeting.id)))


def standing(store: Store, held: Recorded, day: date) -> Permission | None:
    """Whether its films may be looked at on `day`, as every door asks it; None before there is a recording."""
    if held.meeting is None:
        return None
    return permission(case_file(store, held.meeting.case_id), held.meeting, Use.LOOK_AT, day)


def called(texts: Texts, agreement: SupervisionAgreement, who: str) -> str:
    """How one whose word is asked is called on the screen."""
    if who == SUPERVISOR:
        return texts.tr("Supervisor")
    one = agreement.supervisee(who)
    return "" if one is None else one.called


def unsaid(agreement: SupervisionAgreement, session: SupervisionSession) -> tuple[str, ...]:
    """Of whom no word is on record yet."""
    return tuple(who for who in asked(agreement, session) if word_of(session, who) is None)


def refused(agreement: SupervisionAgreement, session: SupervisionSession) -> tuple[str, ...]:
    """Who has said no, or took the yes back."""
    words = ((who, word_of(session, who)) for who in asked(agreement, session))
    return tuple(who for who, word in words if word is not None and not word.given)


def told(texts: Texts, agreement: SupervisionAgreement, session: SupervisionSession, held: Recorded) -> str:
    """How it stands with the recording of a session, in a sentence."""
    t, said_no = texts, bool(refused(agreement, session))
    if held.waiting and said_no:
        return t.tr("A yes to the recording was taken back. It is not used any more and waits to be erased.")
    if held.waiting:
        return t.tr("The recording is not used any more and waits to be erased.")
    if held.films and not held.in_use:
        return t.tr("The recording was erased.")
    if session.recorded and said_no:
        return t.tr("A yes to the recording was taken back, so nothing is recorded.")
    if session.recorded:
        return t.tr("The session is recorded, with everybody's yes.")
    return t.tr("A session is recorded only with everybody's yes: in the room, or as the film of a video call.")


def with_word(session: SupervisionSession, who: str, day: date, *, given: bool | None) -> SupervisionSession:
    """The session once one has said yes or no; None takes the word off again, as if nobody had asked."""
    rest = tuple(c for c in session.recording_consents if c.who != who)
    new = () if given is None else (RecordingConsent(who, given, day),)
    return replace(session, recording_consents=(*rest, *new))


def may_begin(agreement: SupervisionAgreement, session: SupervisionSession) -> bool:
    """Whether a film of a session may come into being now: by everybody's yes, while the agreement goes on."""
    return agreement.ended is None and all_agree(agreement, session)


def begun(texts: Texts, agreement: SupervisionAgreement, session: SupervisionSession, coder: str) -> tuple[Change, ...]:
    """A folder for a session's recording with the meeting in whose place it stands. Raises NotAllowed.

    It is coded by the supervisor; by a supervisee as well where one with a sign-in of the house reads the agreement.
    """
    if not all_agree(agreement, session):
        raise NotAllowed("recording-consent")
    day = texts.date(session.at.astimezone().date())
    name = texts.tr("Supervision {title}", title=agreement.title)
    folder = Case(new_id(), f"{name} {day}", "", session_id=session.id)
    signing_in = (agreement.worker_of(s.id) for s in agreement.supervisees)
    others = [worker for worker in signing_in if worker in agreement.readers and worker != coder]
    whole = Words(*(Texts(language).tr("Session") for language in LANGUAGES))
    meeting = Meeting(
        new_id(), folder.id, session.at, "", "", (coder, next(iter(others), "")), KIND, session.minutes, session.place,
        plan=(PlannedTask(WHOLE, whole, Words("", "", ""), ()),),
        delivery=session.delivery,
    )  # fmt: skip
    return (added(folder), added(meeting), Change(session, replace(session, recorded=True)))


def closed(films: Iterable[Recording], now: datetime) -> tuple[Change, ...]:
    """Films that nobody may use any more: neither shown nor coded, they wait for their erasure."""
    return tuple(Change(film, replace(film, closed_from_use=now)) for film in films if film.in_use)


def is_recording(store: Store, clip_id: str) -> bool:
    """Whether a clip is out of a recorded session, and not out of a client's film. Raises StoreError."""
    meeting = store.get(Meeting, store.get(Clip, clip_id).meeting_id)
    case = store.get(Case, meeting.case_id)
    return case.is_folder and case.brought is None


def session_of(store: Store, folder: Case) -> SupervisionSession:
    """The session whose recording, or to which what was brought, lies in a folder. Raises StoreError."""
    return store.get(SupervisionSession, folder.session_id)
