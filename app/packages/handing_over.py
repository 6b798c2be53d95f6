"""A meeting for the partner on another computer: what goes over, and that it may."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from app.casework import consents
from app.casework.case_file import CaseFile, case_file
from app.casework.meeting_file import films_in_use
from app.casework.names import naming, parts_of
from app.casework.places import places_hidden
from app.casework.sent_films import note_handed_over
from app.casework.showing import kept_for, newest
from app.coding.opening import Codable, agreed, agreed_now, codable
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts, now, today
from app.model.consent import Purpose
from app.model.erasure import Original
from app.model.filming import FilmingEvent
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment
from app.model.package import RECIPIENT, SENDER, MeetingPackage
from app.model.people import Case, Person
from app.model.recording import Recording
from app.model.reliability_sample import ReliabilitySample
from app.model.showing import Showing
from app.model.stored import CODED_WITH, ContentKind, StoredContent
from app.model.words import LANGUAGES
from app.packages.partners import key_of_partner
from app.ports import Archive, Cancelled, Progress, Store
from app.schemes import library
from app.vocabulary import StatementTexts


def hand_over(
    door: Door, archive: Archive, texts: Texts, meeting_id: str, into: Path, progress: Progress, cancelled: Cancelled
) -> Path:
    """Make the partner's package of a meeting in a folder of its own below `into`; returns it. For a job.

    Raises NotAllowed as `key_of_partner`, `package-no-film`, `still-being-filmed`, `content-licensed`; ConsentMissing;
    Cancelled; PackageError. Then no package is there.
    """
    store = door.store
    meeting = store.get(Meeting, meeting_id)
    key = key_of_partner(store, meeting)
    if codable(store, meeting) == Codable.BEING_FILMED:
        raise NotAllowed("still-being-filmed")
    consents.demand(store, meeting, Purpose.FILMING, today())
    films = films_in_use(store, meeting_id)
    if not films:
        raise NotAllowed("package-no-film")
    agreed_now(door, texts, meeting)
    package = content_of(store, texts, store.get(Meeting, meeting_id), films)
    made = archive.packages.make(package, films, key.receiving_key, into, progress, cancelled)
    try:
        # films are copied for minutes: who withdrew meanwhile was told of nothing that went over, for nothing was noted
        consents.demand(store, meeting, Purpose.FILMING, today())
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    note_handed_over(store, package, key.person_id)
    return made


def content_of(store: Store, texts: Texts, meeting: Meeting, films: tuple[Recording, ...]) -> MeetingPackage:
    """What of a meeting goes over: no name, no day of birth, no note, nothing that anybody said or coded.

    Of places only where in a room a camera stood, for it explains what is seen.
    """
    case = case_file(store, meeting.case_id)
    workers = {store.me: SENDER, meeting.partner_of(store.me): RECIPIENT}
    first, second = (workers[coder] for coder in meeting.coders)
    persons = consents.filmed_persons(case, meeting)
    return MeetingPackage(
        new_id(),
        now(),
        _case(case.case, workers),
        tuple(_person(person, texts.language) for person in persons),
        _meeting(meeting, (first, second)),
        tuple(s for s in store.find(Segment, meeting_id=meeting.id) if not s.open),
        store.find(FilmingEvent, meeting_id=meeting.id),
        tuple(_content(store, meeting, kind) for kind in CODED_WITH),
        tuple(_film(case, film) for film in films),
        tuple(
            replace(drawn, drawn_by=workers.get(drawn.drawn_by, ""))
            for drawn in store.find(ReliabilitySample, meeting_id=meeting.id)
        ),
        _showing(case, meeting, texts.language),
    )


def _film(case: CaseFile, film: Recording) -> Recording:
    """The film without what only this archive knows; where its camera stood without names, and only if it is told."""
    people = {w for p in case.everybody for w in (*parts_of(p.name), p.called.casefold().strip()) if w}
    named = naming(people, *LANGUAGES)
    stood = "" if places_hidden(case, today()) else film.stood
    stood = stood if named is None else named.sub("…", stood)
    return replace(film, container="", wrapped_key=b"", replaced=(), stood=stood, original=Original.UNKNOWN)


def _showing(case: CaseFile, meeting: Meeting, language: str) -> tuple[Showing, ...]:
    """How the child shows it, as both coders are to read it: whose words it is stays here, and every name."""
    found = kept_for(case.showings, meeting.id) or newest(case.showings)
    if found is None or not found.says:
        return ()
    named = naming({part for p in case.everybody for part in parts_of(p.name)}, language)
    contact, distress, no = (words if named is None else named.sub("…", words) for words in found.words)
    read_in = (meeting.id,) if meeting.id in found.read_in else ()
    return (replace(found, contact=contact, distress=distress, no=no, by="", read_in=read_in),)


def _meeting(meeting: Meeting, coders: tuple[str, str]) -> Meeting:
    """When, who and what is planned; nothing of where, what the child said, or who else came and why not."""
    bare = Meeting(meeting.id, meeting.case_id, meeting.held, meeting.adult_id, meeting.child_id, coders, meeting.kind)
    return replace(
        bare,
        minutes=meeting.minutes,
        age_group=meeting.age_group,
        plan=meeting.plan,
        others=meeting.others,
        scheme=meeting.scheme,
        instrument=meeting.instrument,
    )


def _case(case: Case, workers: dict[str, str]) -> Case:
    lead, partner = workers.get(case.lead, ""), workers.get(case.partner, "")
    return Case(case.id, case.code_name, lead, partner, purpose=case.purpose)


def _person(person: Person, language: str) -> Person:
    """What somebody is called is a word like *äiti*; where it is no such word it may be a name, and the role stands."""
    words = StatementTexts(language)
    called = person.called if words.is_word_for(person.role, person.called) else words.role(person.role)
    return Person(
        person.id,
        person.case_id,
        person.role,
        called,
        language=person.language,
        interpreter=person.interpreter,
        interpreter_language=person.interpreter_language,
        leading_hand=person.leading_hand,
    )


def _content(store: Store, meeting: Meeting, kind: ContentKind) -> StoredContent:
    """The whole of the version that the pair codes with. Raises NotAllowed(`content-licensed`): it may not leave."""
    found = agreed(store, meeting, kind)
    if found is None:
        raise NotAllowed("content-not-permitted")
    if library.terms_of(store, kind, found.id).licensed:
        raise NotAllowed("content-licensed")
    return store.get(StoredContent, meeting.scheme if kind == ContentKind.SCHEME else meeting.instrument)
