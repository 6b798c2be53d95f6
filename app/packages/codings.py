"""A coding that is coded on two computers: sent to the partner, its key after it, and both taken in.

What may be done, and what becomes of what comes, is said by `app.model.exchange`; here it is read from the archive,
done, and written. A step is in the archive before its file is made, and the file can be made again at any time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from app.casework import consents
from app.casework.elsewhere import exchange_of
from app.casework.meeting_file import films_in_use
from app.casework.pair import own_header
from app.door import Door
from app.errors import PackageError
from app.i18n import Texts, now, today
from app.model.change import Change, added
from app.model.coding import FIRST_READING, CodingHeader, CodingKind, CodingState
from app.model.consent import Purpose
from app.model.exchange import (
    GOES_OVER,
    CodingFile,
    Coming,
    Declaration,
    DeclaredFilm,
    FinishedCoding,
    Part,
    PartnerCoding,
    SentCoding,
)
from app.model.identity import new_id
from app.model.instrument import Instrument
from app.model.meeting import Meeting, Segment
from app.model.observation import Observation
from app.model.package import SENDER, TakenPackage
from app.model.partner_key import PartnerKey
from app.model.rating import Rating
from app.model.scheme_file import read_instrument, read_scheme
from app.model.stored import ContentKind, StoredContent, stored_id
from app.packages.partners import key_of_partner
from app.ports import Archive, Store
from app.ports.packages import ReceivedCoding, ReceivedKey

#: in the access log
SENT, KEY_SENT, WITHDRAWN = "coding-handed-over", "coding-key-handed-over", "coding-withdrawn"


@dataclass(frozen=True, slots=True)
class CodingReport:
    """What a coding file or a key file brought, in numbers; `opened` are the parts that can be read since."""

    meeting_id: str
    what: Coming
    is_key: bool = False
    observations: int = 0
    ratings: int = 0
    marks: int = 0


# ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def send_coding(door: Door, archive: Archive, texts: Texts, meeting_id: str, into: Path) -> Path:
    """Commit to the own ready coding and make its file for the partner in a folder; made again, it is the same coding.

    Raises NotAllowed: `coding-not-ready`, and as `key_of_partner`; ConsentMissing; PackageError. With PackageError for
    the disk the coding is committed to, and the file can be made elsewhere.
    """
    store = door.store
    meeting = store.get(Meeting, meeting_id)
    key = key_of_partner(store, meeting)
    exchange = exchange_of(store, meeting_id)
    exchange.check_sending()
    if not store.find(TakenPackage, meeting_id=meeting_id):
        # of a meeting that came from the partner, the consents are in the partner's archive
        consents.demand(store, meeting, Purpose.FILMING, today())
    coding, sent = _own_coding(store, meeting_id), exchange.sent
    rests_on = declared(store, meeting)
    rests_on.check_equal(
        replace(rests_on, scheme=_made_with(coding.header)[0], instrument=_made_with(coding.header)[1])
    )
    if sent is None:
        file_id = new_id()
        said = archive.packages.commitment(coding, file_id)
        sent = SentCoding(file_id, meeting_id, coding.header.id, key.person_id, said, now())
        door.write(texts.tr("Coding sent to the partner"), [added(sent)], act=SENT)
    file = CodingFile(sent.id, meeting_id, sent.coding_id, sent.commitment, sent.made, rests_on)
    made = archive.packages.make_coding(file, coding, key.receiving_key, into)
    store.note(SENT, Meeting, meeting_id, f"coding={sent.id};to={key.person_id}")
    return made


def send_key(door: Door, archive: Archive, texts: Texts, meeting_id: str, into: Path) -> Path:
    """Make the key of what was sent, for the partner's coding that was taken in.

    Raises NotAllowed: `coding-not-sent`, `key-before-coding`, and as `key_of_partner`; PackageError.
    """
    store = door.store
    key = key_of_partner(store, store.get(Meeting, meeting_id))
    exchange = exchange_of(store, meeting_id)
    said, sent = exchange.check_key(), exchange.sent
    assert sent is not None
    if not sent.key_for:
        sent, before = replace(sent, key_for=said), sent
        door.write(texts.tr("Key sent to the partner"), [Change(before, sent)], act=KEY_SENT)
    made = archive.packages.make_key(sent, key.receiving_key, into)
    store.note(KEY_SENT, Meeting, meeting_id, f"coding={sent.id};to={key.person_id}")
    return made


def withdraw(door: Door, texts: Texts, meeting_id: str) -> None:
    """What was sent counts no more, so that the coding can be taken back and changed. Raises NotAllowed."""
    exchange = exchange_of(door.store, meeting_id)
    exchange.check_withdrawing()
    sent = exchange.sent
    assert sent is not None
    door.write(texts.tr("Sent coding withdrawn"), [Change(sent, replace(sent, withdrawn=now()))], act=WITHDRAWN)


def _own_coding(store: Store, meeting_id: str) -> FinishedCoding:
    header = own_header(store, meeting_id)
    assert header is not None, "a ready coding is there"
    parts = [part for kind in GOES_OVER for part in store.find(kind, coding_id=header.id)]
    return FinishedCoding(replace(header, coder=SENDER), tuple(cast("list[Part]", parts)))


def declared(store: Store, meeting: Meeting) -> Declaration:
    """On what codings of a meeting rest here."""
    tasks = tuple(s for s in store.find(Segment, meeting_id=meeting.id) if not s.open)
    films = films_in_use(store, meeting.id)
    told = (DeclaredFilm(film.id, film.sha256, film.offset, film.drift_ppm) for film in films)
    return Declaration(meeting.scheme, meeting.instrument, tasks, tuple(told))


# ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def take_coding(door: Door, archive: Archive, texts: Texts, received: ReceivedCoding, key: PartnerKey) -> CodingReport:
    """A partner's coding file taken in: shut, and from now on the partner is ready.

    Raises PackageError: `coding-meeting-unknown`, `coding-scheme-differs`, `coding-film-differs`,
    `coding-tasks-differ`, `coding-changed`; StoreError. Then nothing is changed.
    """
    store, file = door.store, received.file
    meeting = _meeting_with(store, file.meeting_id, key)
    exchange = exchange_of(store, meeting.id)
    what, held = exchange.coming(file), exchange.theirs
    if what == Coming.SAME and held is not None and held.opened is None:
        archive.partner_codings.mend(held, received.shut)
    if what in (Coming.NEW, Coming.REPLACES):
        declared(store, meeting).check_equal(file.declared)
        coming = PartnerCoding(file.id, meeting.id, key.person_id, file.coding_id, file.commitment, file.made, now())
        label = texts.tr("Partner's coding taken in")
        changes = archive.partner_codings.hold(label, coming, received.shut, exchange.theirs)
        door.tell(changes, None)
    return CodingReport(meeting.id, what)


def take_key(door: Door, archive: Archive, texts: Texts, received: ReceivedKey, key: PartnerKey) -> CodingReport:
    """A partner's key file taken in: the partner's coding can be read and compared.

    Raises PackageError: `coding-meeting-unknown`, `key-without-coding`, `key-of-other-coding`, `key-for-other-coding`,
    `key-does-not-fit`, `coding-unfit`; StoreError. Then nothing is changed.
    """
    store = door.store
    meeting = _meeting_with(store, received.key.meeting_id, key)
    exchange = exchange_of(store, meeting.id)
    what, held = exchange.opening(received.key), exchange.theirs
    if held is None or what == Coming.SAME:
        return CodingReport(meeting.id, what, is_key=True)
    coding = archive.partner_codings.inside(held, received.key)
    _check_fits(store, meeting, held, coding)
    label = texts.tr("Partner's coding opened")
    door.tell(archive.partner_codings.release(label, held, replace(held, opened=now()), coding), None)
    seen, rated = (sum(isinstance(part, kind) for part in coding.parts) for kind in (Observation, Rating))
    return CodingReport(meeting.id, what, True, seen, rated, len(coding.parts) - seen - rated)


def _meeting_with(store: Store, meeting_id: str, key: PartnerKey) -> Meeting:
    """A meeting that the signed-in worker codes with the one whose key it is."""
    found = store.find(Meeting, id=meeting_id)
    if not found or set(found[0].coders) != {store.me, key.person_id}:
        raise PackageError("coding-meeting-unknown")
    return found[0]


def _check_fits(store: Store, meeting: Meeting, held: PartnerCoding, coding: FinishedCoding) -> None:
    """A whole coding of this meeting in the codes and items that both agreed on. Raises PackageError `coding-unfit`."""
    header, parts = coding.header, coding.parts
    scheme, instrument = read_scheme(_text(store, meeting.scheme)), read_instrument(_text(store, meeting.instrument))
    codes = {code.id for code in scheme.codes}
    tasks = {"", *(segment.id for segment in store.find(Segment, meeting_id=meeting.id))}
    ids = [part.id for part in parts]
    is_whole = _is_of(header, held) and _made_with(header) == (meeting.scheme, meeting.instrument)
    of_it = all(part.coding_id == header.id for part in parts) and len(set(ids)) == len(ids)
    known = all(part.code in codes for part in parts if isinstance(part, Observation))
    rated = all(_is_rated(instrument, part, tasks) for part in parts if isinstance(part, Rating))
    if not (is_whole and of_it and known and rated):
        raise PackageError("coding-unfit")


def _is_rated(instrument: Instrument, rating: Rating, tasks: Collection[str]) -> bool:
    item = instrument.item(rating.item)
    return item is not None and instrument.scale_of(item).holds(rating.value) and rating.segment_id in tasks


def _made_with(header: CodingHeader) -> tuple[str, str]:
    return (
        stored_id(ContentKind.SCHEME, header.scheme_id, header.scheme_version),
        stored_id(ContentKind.INSTRUMENT, header.instrument_id, header.instrument_version),
    )


def _is_of(header: CodingHeader, held: PartnerCoding) -> bool:
    place = (header.id, header.meeting_id, header.coder, header.kind, header.reading, header.state)
    wanted = (held.coding_id, held.meeting_id, SENDER, CodingKind.OWN, FIRST_READING, CodingState.READY)
    return place == wanted


def _text(store: Store, stored: str) -> str:
    found = store.find(StoredContent, id=stored)
    if not found:
        raise PackageError("coding-scheme-differs")
    return found[0].text
