"""What the office's pairs judged, read meeting by meeting and kept as values, workers and codes alone.

Only codings that exist for the store's worker are read: both of a pair ready, and opened. What is not is counted by how
far it is known to be, which everybody may know. No note, no reason, no time and no name of a family is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from app.casework.meeting_file import MeetingFile, meeting_file
from app.coding.opening import instrument_of, read_coding, scheme_of
from app.comparing.comparison import agreement_of, of_one_scheme, sheet_of
from app.errors import Cancelled as CancelledError
from app.model.coding import FIRST_READING, Coding, CodingHeader, CodingKind
from app.model.independence import both_ready
from app.model.instrument import Instrument
from app.model.meeting import Meeting
from app.model.scheme import Scheme
from app.model.stored import ContentKind, stored_id
from app.office.workers import names_of_workers
from app.ports import Cancelled, Progress, Store
from app.schemes import library
from app.statistics.agreement import Agreement, AgreementSettings
from app.statistics.pair_quality import EventTable, Target, Two

#: units are compared as they are: which of two workers leads has no meaning here, and a tolerance would need one
SETTINGS = AgreementSettings(state_tolerance=0)
#: meetings whose headers are read at once
PAGE = 25


@dataclass(frozen=True)
class FormTargets:
    """What was rated with one version of a form, by item, and in which meetings."""

    instrument: Instrument
    items: dict[str, list[Target]] = field(default_factory=dict)
    meetings: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class StateKey:
    """A person's exclusive group, or one code that is on or off."""

    person: str
    of: str


@dataclass(frozen=True, slots=True)
class EventKey:
    """A person's events, or those of one dimension; `layer` is the pass, empty for the first."""

    person: str
    dimension: str = ""
    layer: str = ""


@dataclass(frozen=True)
class SchemeTargets:
    """What was coded with one version of a scheme. Values of states are places in `categories_of`."""

    scheme: Scheme
    states: dict[StateKey, list[Target]] = field(default_factory=dict)
    events: dict[EventKey, list[EventTable]] = field(default_factory=dict)
    meetings: set[str] = field(default_factory=set)


@dataclass
class Office:
    """What could be read: `meetings` of which both codings are open, and how many are not.

    `coded` says which two coded which meeting. `awaited` are ready, and open when a coder signs in; `in_progress` are
    begun and not ready. Forms and schemes are by their stored ids.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    meetings: set[str] = field(default_factory=set)
    coded: set[tuple[Two, str]] = field(default_factory=set)
    awaited: int = 0
    in_progress: int = 0
    forms: dict[str, FormTargets] = field(default_factory=dict)
    schemes: dict[str, SchemeTargets] = field(default_factory=dict)


def gathered(store: Store, progress: Progress = lambda _: None, cancelled: Cancelled = lambda: False) -> Office:
    """Everything that is open to the store's worker. For a job. Raises Cancelled, StoreError."""
    office, kept = Office(names_of_workers(store)), _Contents(store)
    ids = [meeting.id for meeting in store.find(Meeting)]
    for begin in range(0, len(ids), PAGE):
        page = tuple(ids[begin : begin + PAGE])
        headers = store.find(CodingHeader, meeting_id=page, kind=CodingKind.OWN, reading=FIRST_READING)
        for number, meeting_id in enumerate(page, start=begin + 1):
            if cancelled():
                raise CancelledError
            if _is_open(store, office, meeting_id):
                own = sorted((h for h in headers if h.meeting_id == meeting_id and h.ready_at), key=lambda h: h.coder)
                _take(store, office, kept, meeting_id, own)
            progress(number / len(ids))
    return office


def _is_open(store: Store, office: Office, meeting_id: str) -> bool:
    """Whether the pair's codings can be read; where they were begun and cannot, that is counted."""
    states = store.coding_states(meeting_id)
    if both_ready(states):
        waits = bool(store.awaited(meeting_id))
        office.awaited += waits
        return not waits
    office.in_progress += bool(states)
    return False


class _Contents:
    """Schemes and forms, each read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._schemes: dict[str, Scheme] = {}
        self._forms: dict[str, Instrument] = {}

    def scheme(self, header: CodingHeader) -> tuple[str, Scheme]:
        key = stored_id(ContentKind.SCHEME, header.scheme_id, header.scheme_version)
        if key not in self._schemes:
            self._schemes[key] = scheme_of(self._store, header)
        return key, self._schemes[key]

    def form_by(self, key: str) -> Instrument:
        """One that was asked for before."""
        return self._forms[key]

    def form(self, header: CodingHeader) -> tuple[str, Instrument]:
        key = stored_id(ContentKind.INSTRUMENT, header.instrument_id, header.instrument_version)
        if key not in self._forms:
            self._forms[key] = library.outside(self._store, instrument_of(self._store, header))
        return key, self._forms[key]


def _take(store: Store, office: Office, kept: _Contents, meeting_id: str, headers: Sequence[CodingHeader]) -> None:
    """One meeting's codings become targets, and are let go of."""
    file = meeting_file(store, meeting_id)
    codings = [read_coding(store, header) for header in headers]
    office.meetings.add(meeting_id)
    _take_ratings(office, kept, file, codings)
    for a, b in combinations(codings, 2):
        office.coded.add(((a.header.coder, b.header.coder), meeting_id))
        if of_one_scheme(a.header, b.header):
            key, scheme = kept.scheme(a.header)
            held = office.schemes.setdefault(key, SchemeTargets(scheme))
            held.meetings.add(meeting_id)
            _take_coded(held, agreement_of(a, b, scheme, file, SETTINGS), meeting_id, (a.header.coder, b.header.coder))


def _take_ratings(office: Office, kept: _Contents, file: MeetingFile, codings: Sequence[Coding]) -> None:
    """What was rated with one version of a form: of each item, in each sheet, who gave what."""
    sheets: dict[str, dict[str, dict[str, int]]] = {}
    for coding in codings:
        key, form = kept.form(coding.header)
        for item, value in sheet_of(coding, form, file).items():
            if value is not None:
                sheets.setdefault(key, {}).setdefault(item, {})[coding.header.coder] = value
    for key, given in sheets.items():
        for item, values in given.items():
            if len(values) > 1:
                held = office.forms.setdefault(key, FormTargets(kept.form_by(key)))
                held.meetings.add(file.meeting.id)
                target = Target(file.meeting.id, tuple(sorted(values.items())))
                held.items.setdefault(item.partition("/")[0], []).append(target)


def _take_coded(held: SchemeTargets, found: Agreement, meeting_id: str, two: Two) -> None:
    """`two` are coder A and coder B of the agreement, in the order of their ids."""
    for row in found.time_based:
        key = StateKey(row.person, row.group or row.code)
        place = {category: n for n, category in enumerate(categories_of(held.scheme, key))}
        for mine, line in zip(row.categories, row.table_a_to_b, strict=True):
            for theirs, times in zip(row.categories, line, strict=True):
                if times:
                    target = Target(meeting_id, ((two[0], place[mine]), (two[1], place[theirs])), times)
                    held.states.setdefault(key, []).append(target)
    for event in found.events:
        if event.of:
            of = EventKey(event.person, event.dimension, event.layer)
            held.events.setdefault(of, []).append(EventTable(meeting_id, two, event.codes, event.table))


def categories_of(scheme: Scheme, key: StateKey) -> tuple[str, ...]:
    """The codes of a group, then none; or off and on. What is none is empty; what cannot be coded is left out."""
    own = tuple(c.id for c in scheme.codes if c.group == key.of and c.id != scheme.cannot_be_coded)
    return (*own, "") if own else ("", key.of)
