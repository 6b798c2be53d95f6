"""What was made of films, so that a withdrawal can say what happens to each: from rows and the access log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.casework.case_file import CaseFile
from app.casework.film_use import PURPOSES, Use
from app.casework.left_clips import left_clips
from app.casework.sent_films import sent
from app.model.consent import Consent, Purpose
from app.model.erasure import LeftClip, MadeBackup
from app.model.feedback import Clip
from app.model.identity import made_at
from app.model.meeting import Meeting
from app.model.recording import DerivedFile, Recording
from app.model.statement import Evidence, Statement
from app.model.stored import ExampleClip
from app.model.training import Reference
from app.model.utterance import Utterance
from app.ports import Store


class Made(StrEnum):
    """What there is, in the order of telling: within the archive first."""

    FILMS = "films"
    COPIES = "copies"  # small pictures and curves of sound
    EXAMPLES = "examples"
    CLIPS = "clips"  # chosen for feedback
    REFERENCES = "references"
    LINES = "lines"  # of what was said
    DRAFTS = "drafts"  # evidence in statements that are not final
    FINALS = "finals"  # evidence that final versions hold
    PACKAGES = "packages"  # went to partners' computers
    FILES = "files"  # were saved out of the archive
    LEFT = "left"  # moments that were handed out
    BACKUPS = "backups"


@dataclass(frozen=True, slots=True)
class MadeOf:
    """How many of a kind; of what lies outside, when and to whom (empty where nobody is known).

    Of a moment that was handed out, `left` tells more: for what, under what, and its checksum.
    """

    made: Made
    count: int
    outside: tuple[tuple[datetime, str], ...] = ()
    left: tuple[LeftClip, ...] = ()


@dataclass(frozen=True)
class Withdrawal:
    """What a withdrawal of one consent touches: `films` can be erased, `rows` say what there is."""

    consent: Consent
    films: tuple[Recording, ...]
    rows: tuple[MadeOf, ...]


#: what a purpose other than being filmed was for
_OF_PURPOSE = {
    Purpose.TRAINING: (Made.EXAMPLES, Made.FILES, Made.LEFT),
    Purpose.REFERENCE_FILM: (Made.REFERENCES,),
    Purpose.FEEDBACK: (Made.CLIPS, Made.LEFT),
    Purpose.OTHER_PARENT: (Made.CLIPS, Made.LEFT),
}
_OUT = (Made.FILES, Made.LEFT)


def touched(store: Store, case: CaseFile, consent: Consent) -> Withdrawal:
    """What a withdrawal of this consent touches: of every meeting in which the person was filmed."""
    meetings = [m for m in case.meetings if consent.person_id in (m.child_id, m.adult_id, *m.others)]
    films = tuple(f for m in meetings for f in store.find(Recording, meeting_id=m.id) if not f.is_erased)
    wanted = tuple(Made) if consent.purpose == Purpose.FILMING else _OF_PURPOSE.get(consent.purpose, _OUT)
    made = (*_rows(store, meetings, films, consent.purpose), _left(store, case, meetings, consent))
    order = list(Made)
    rows = tuple(sorted((r for r in made if r.made in wanted and r.count), key=lambda r: order.index(r.made)))
    return Withdrawal(consent, films if consent.purpose == Purpose.FILMING else (), rows)


def _rows(
    store: Store, meetings: Iterable[Meeting], films: tuple[Recording, ...], purpose: Purpose
) -> Iterator[MadeOf]:
    of_meetings = tuple(m.id for m in meetings)
    of_films = tuple(f.id for f in films)
    evidence = store.find(Evidence, meeting_id=of_meetings) if of_meetings else ()
    about = tuple({e.statement_id for e in evidence})
    finals = {s.id for s in store.find(Statement, id=about) if s.is_final} if about else set()
    yield MadeOf(Made.FILMS, len(films))
    yield MadeOf(Made.COPIES, len(store.find(DerivedFile, recording_id=of_films)) if films else 0)
    yield MadeOf(Made.EXAMPLES, len(store.find(ExampleClip, recording_id=of_films)) if films else 0)
    yield MadeOf(Made.CLIPS, len(store.find(Clip, recording_id=of_films)) if films else 0)
    yield MadeOf(Made.REFERENCES, len(store.find(Reference, meeting_id=of_meetings)) if of_meetings else 0)
    yield MadeOf(Made.LINES, len(store.find(Utterance, meeting_id=of_meetings)) if of_meetings else 0)
    yield MadeOf(Made.DRAFTS, sum(e.statement_id not in finals for e in evidence))
    yield MadeOf(Made.FINALS, sum(e.statement_id in finals for e in evidence))
    packages = sent(store, ((f.id, f.meeting_id) for f in films))
    yield MadeOf(Made.PACKAGES, len(packages), tuple((p.at, p.to) for p in packages))
    files = tuple(_files(store, of_meetings, about, purpose))
    yield MadeOf(Made.FILES, len(files), tuple((at, "") for at in files))
    oldest = min((made_at(f.id) for f in films), default=None)
    backups = () if oldest is None else tuple(b for b in store.find(MadeBackup, gone=None) if b.made >= oldest)
    yield MadeOf(Made.BACKUPS, len(backups))


def _left(store: Store, case: CaseFile, meetings: Iterable[Meeting], consent: Consent) -> MadeOf:
    """Moments of their films that left on the ground of a consent, also of films that are gone.

    That the other parent sees it is asked of what went to somebody else for feedback.
    """
    films = (film.id for m in meetings for film in store.find(Recording, meeting_id=m.id))
    uses = {use.value for use, purposes in PURPOSES.items() if consent.purpose in purposes}
    if consent.purpose == Purpose.OTHER_PARENT:
        uses = {Use.FEEDBACK.value}
    to_others = consent.purpose == Purpose.OTHER_PARENT
    left = tuple(c for c in left_clips(store, films) if c.use in uses and not (to_others and c.to == consent.person_id))
    called = {person.id: person.called for person in case.everybody}
    return MadeOf(Made.LEFT, len(left), tuple((c.at, called.get(c.to, "")) for c in left), left)


def _files(store: Store, meetings: Iterable[str], statements: Iterable[str], purpose: Purpose) -> Iterator[datetime]:
    """When files of them were saved: of the meetings' words for one purpose, and for being filmed everything."""
    everything = purpose == Purpose.FILMING
    for meeting_id in meetings:
        for entry in store.audit_log(meeting_id, acts=["export"]):
            if everything or f"purpose={purpose}" in entry.detail.split(";"):
                yield entry.at
    for statement_id in statements if everything else ():
        for entry in store.audit_log(statement_id, acts=["export"]):
            yield entry.at
