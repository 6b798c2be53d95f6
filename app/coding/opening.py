"""A worker's coding of a meeting: begun with the scheme and instrument of its day, and read with those for good."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from app.casework.film_use import Use, demand_use, may_be_used
from app.casework.meeting_file import MeetingFile, films_in_use, meeting_file
from app.casework.pair import own_header
from app.casework.showing import keeping
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import Change, added
from app.model.coding import Coding, CodingHeader, CodingState
from app.model.filmed import away
from app.model.filming import OpenRecording
from app.model.identity import new_id
from app.model.instrument import Instrument
from app.model.meeting import Meeting
from app.model.observation import Bookmark, How, Mark, Observation
from app.model.private_note import PrivateNote
from app.model.rating import Rating
from app.model.scheme import Scheme
from app.model.stored import ContentKind, StoredContent, stored_id
from app.ports import Store
from app.schemes import library
from app.schemes.library import kept, permitted
from app.services.library import of_meeting


def read_coding(store: Store, header: CodingHeader) -> Coding:
    """The whole coding of a header that this worker may read."""
    return Coding(
        header,
        {o.id: o for o in store.find(Observation, coding_id=header.id)},
        {m.id: m for m in store.find(Mark, coding_id=header.id)},
        {r.id: r for r in store.find(Rating, coding_id=header.id)},
        {b.id: b for b in store.find(Bookmark, coding_id=header.id)},
        {n.id: n for n in store.find(PrivateNote, coding_id=header.id)},
    )


class Codable(StrEnum):
    """Whether a worker can code a meeting, and why not."""

    YES = "yes"
    OTHERS = "others"  # it has two coders, and this is neither
    BEING_FILMED = "being-filmed"
    NO_FILM = "no-film"
    NO_CONSENT = "no-consent"  # somebody on the film has not consented, or does no longer


def codable(store: Store, meeting: Meeting) -> Codable:
    """Whether the store's worker can code the meeting now."""
    if store.me not in meeting.coders:
        return Codable.OTHERS
    if store.find(OpenRecording, meeting_id=meeting.id):
        return Codable.BEING_FILMED
    if not films_in_use(store, meeting.id):
        return Codable.NO_FILM
    return Codable.YES if may_be_used(store, meeting.id, today(), Use.CODE) else Codable.NO_CONSENT


def state_of(store: Store, meeting: Meeting, worker_id: str) -> CodingState | None:
    """How far a coder of the meeting is: all that is known of the other's before both are ready."""
    return store.coding_states(meeting.id).get(worker_id)


def begin(door: Door, texts: Texts, meeting_id: str, scheme_id: str = "") -> CodingHeader:
    """The worker's coding of the meeting; a new one keeps the scheme and instrument of this day for good.

    Without a `scheme_id` it is made with what the pair codes with, or with the first scheme of the meeting's service.
    The first of the two says by beginning what that is (`Meeting.scheme`): nothing else of a coding is told. Where
    tasks were drawn for a second coding, coder B codes those.

    Raises NotAllowed when the worker is not one of the meeting's coders, or may not use the scheme, and while the
    meeting is filmed: what could not be coded is known when its films are whole. Raises ConsentMissing for a new one
    where a consent to its films is not in force.
    """
    store = door.store
    meeting = store.get(Meeting, meeting_id)
    if (existing := own_header(store, meeting_id)) is not None:
        _agree(door, texts, meeting, existing)
        return existing
    if codable(store, meeting) == Codable.BEING_FILMED:
        raise NotAllowed("still-being-filmed")
    if films_in_use(store, meeting_id):
        demand_use(store, meeting_id, Use.CODE, today())
    service = of_meeting(meeting)
    scheme = None if scheme_id else agreed(store, meeting, ContentKind.SCHEME)
    scheme = scheme or permitted(store, ContentKind.SCHEME, scheme_id or service.scheme)
    instrument = agreed(store, meeting, ContentKind.INSTRUMENT)
    instrument = instrument or permitted(store, ContentKind.INSTRUMENT, service.instrument)
    file = meeting_file(store, meeting_id)
    header = CodingHeader(
        new_id(), meeting_id, store.me, scheme.id, scheme.version, instrument.id, instrument.version,
        chosen=file.second_coded if store.me == meeting.coders[1] else (),
    )  # fmt: skip
    if held := keeping(store, meeting):
        door.write(texts.tr("How the child shows it is kept"), held)
    # first what the coding needs to be read: killed in between, a version is kept that nothing uses yet
    door.write(texts.tr("Coding begun"), [*kept(store, scheme), *kept(store, instrument)], act="create")
    _agree(door, texts, meeting, header)
    states = from_filming(file, header.id, library.scheme_in(scheme.text))
    door.write(texts.tr("Coding begun"), [added(header), *(added(o) for o in states)], act="create")
    return header


def _agree(door: Door, texts: Texts, meeting: Meeting, header: CodingHeader) -> None:
    """Where nobody has said yet what the pair codes with, it is what this coding is made with."""
    after = replace(
        meeting,
        scheme=meeting.scheme or stored_id(ContentKind.SCHEME, header.scheme_id, header.scheme_version),
        instrument=meeting.instrument
        or stored_id(ContentKind.INSTRUMENT, header.instrument_id, header.instrument_version),
    )
    if after != meeting:
        door.write(texts.tr("Scheme agreed"), [Change(meeting, after)])


def agreed_now(door: Door, texts: Texts, meeting: Meeting) -> None:
    """Where nobody began yet, it is said now what the pair codes and rates with: as the first to begin would say it.

    Raises NotAllowed(`content-not-permitted`).
    """
    store, service = door.store, of_meeting(meeting)
    scheme = agreed(store, meeting, ContentKind.SCHEME) or permitted(store, ContentKind.SCHEME, service.scheme)
    instrument = agreed(store, meeting, ContentKind.INSTRUMENT)
    instrument = instrument or permitted(store, ContentKind.INSTRUMENT, service.instrument)
    after = replace(
        meeting,
        scheme=stored_id(scheme.kind, scheme.id, scheme.version),
        instrument=stored_id(instrument.kind, instrument.id, instrument.version),
    )
    changes = [*kept(store, scheme), *kept(store, instrument)]
    if changes or after != meeting:
        door.write(texts.tr("Scheme agreed"), [*changes, *([Change(meeting, after)] if after != meeting else [])])


def agreed(store: Store, meeting: Meeting, kind: ContentKind) -> library.Published | None:
    """The very version that the pair codes or rates with; None until one of them began, and without permission.

    One that is no longer offered to others stays the pair's.
    """
    found = store.find(StoredContent, id=meeting.scheme if kind == ContentKind.SCHEME else meeting.instrument)
    if not found:
        return None
    (held,) = found
    if not may_use(store, kind, held.content_id):
        return None
    return library.Published(kind, held.content_id, held.version, held.text)


def may_use(store: Store, kind: ContentKind, content_id: str) -> bool:
    """Whether this worker may work with what is in use already, also where it is no longer offered to others."""
    terms = replace(library.terms_of(store, kind, content_id), retired=False)
    return terms.allows(store.me, today())


def from_filming(file: MeetingFile, coding_id: str, scheme: Scheme) -> list[Observation]:
    """What was filmed and could not be coded, as the meeting itself knows it: interruptions.

    What nobody filmed is not put in: no coder has to say that of it, and none can take it back (`not_filmed`).
    """
    return [
        Observation(new_id(), coding_id, scheme.cannot_be_coded, "dyad", s.start, s.end, how=How.FILMING)
        for s in away(file.filmed)
    ]


def scheme_of(store: Store, header: CodingHeader) -> Scheme:
    """The scheme in the very version that the coding was made with."""
    key = stored_id(ContentKind.SCHEME, header.scheme_id, header.scheme_version)
    return library.scheme_in(store.get(StoredContent, key).text)


def instrument_of(store: Store, header: CodingHeader) -> Instrument:
    """The instrument in the very version that the coding was made with."""
    key = stored_id(ContentKind.INSTRUMENT, header.instrument_id, header.instrument_version)
    return library.instrument_in(store.get(StoredContent, key).text)
