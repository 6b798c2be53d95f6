"""Two independent codings side by side, once both are ready: figures about the workers, and where they differ.

Figures come from before any common view and are about the workers, never about the family. Their words are in `words`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from app.casework.interpreting import interpreter_in
from app.casework.meeting_file import MeetingFile, meeting_file
from app.casework.pair import own_headers, pair_ready
from app.coding.opening import instrument_of, read_coding, scheme_of
from app.comparing.in_place import InPlace, in_place
from app.comparing.interruptions import Interruption, interruptions
from app.errors import NotAllowed
from app.model.coding import Coding, CodingHeader, CodingState
from app.model.exchange import PartnerCoding
from app.model.instrument import Instrument, Level
from app.model.meeting import Meeting, Segment, Stretch, intersection, without
from app.model.people import Interpreter, Worker
from app.model.scheme import Scheme
from app.model.timecode import Micros
from app.ports import Cancelled, Store
from app.statistics.acts import acts_of
from app.statistics.agreement import Agreement, AgreementSettings, Compared, Counted, count, figures, joined
from app.statistics.closer import Closer, closer
from app.statistics.disagreements import Disagreement, by_weight
from app.statistics.rating_agreement import RatingAgreement, agree_ratings

#: Enter plays a disagreement from 2 s before to 2 s after it
LEAD: Micros = 2_000_000


@dataclass(frozen=True)
class Comparison:
    """Both codings of one meeting and what they have in common. A and B are the meeting's coders in their order."""

    file: MeetingFile
    a: Coding
    b: Coding
    scheme: Scheme
    instrument: Instrument
    agreement: Agreement
    ratings: RatingAgreement
    interrupted: tuple[Interruption, ...] = ()
    coders: tuple[str, str] = ("A", "B")  # whole names; the letter of one whose name is not known
    interpreter: Interpreter = Interpreter.NONE
    in_place: tuple[InPlace, ...] = ()

    @property
    def short_names(self) -> tuple[str, str]:
        """What A and B are called on the screen: first names where these differ."""
        first, second = (name.split(" ")[0] for name in self.coders)
        return (first, second) if first != second else self.coders

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Everything that differs, the weightiest first."""
        return by_weight((*self.ratings.gaps, *self.agreement.disagreements))

    @property
    def window(self) -> tuple[Stretch, ...]:
        """What is counted: what both covered, less what nobody filmed."""
        return self.agreement.window

    @property
    def covered(self) -> tuple[Stretch, ...]:
        """What both declared covered, of the drawn tasks where some were drawn, whether it was filmed or not."""
        return self.file.coded_twice(intersection(self.a.header.covered, self.b.header.covered))

    @property
    def unfilmed(self) -> Micros:
        """How much of what both covered nobody filmed, µs."""
        return sum(s.length for s in intersection(self.covered, self.file.not_filmed))


def windows_of(a: CodingHeader, b: CodingHeader, scheme: Scheme, file: MeetingFile) -> dict[str, tuple[Stretch, ...]]:
    """What both covered and somebody filmed, by layer: of the first pass (empty) always, of a later one if any."""
    found = {"": _window(a.covered, b.covered, file)}
    for layer in scheme.layers:
        if both := _window(a.covered_in(layer.id), b.covered_in(layer.id), file):
            found[layer.id] = both
    return found


def _window(a: tuple[Stretch, ...], b: tuple[Stretch, ...], file: MeetingFile) -> tuple[Stretch, ...]:
    return file.filmed_in(file.coded_twice(intersection(a, b)))


def agreement_of(a: Coding, b: Coding, scheme: Scheme, file: MeetingFile, settings: AgreementSettings) -> Agreement:
    """Agreement of the first pass in what both covered, and of each later pass in what both covered of that pass.

    A pass that only one of them made is in no figure: not coded is never taken for nothing happened.
    """
    return joined([figures(one) for one in _counted(a, b, scheme, file, settings)])


def coded_by_one(found: Comparison) -> tuple[Stretch, ...]:
    """What coder A alone was asked to code, covered and could code: the tasks that were not drawn; else nothing."""
    file, coding = found.file, found.a
    if file.sample is None:
        return ()
    own = tuple(s.stretch for s in file.segments if s.number not in file.second_coded)
    alone = file.filmed_in(intersection(coding.header.covered, own))
    for o in coding.observations.values():
        if o.code == found.scheme.cannot_be_coded and o.end is not None:
            alone = without(alone, Stretch(o.start, o.end))
    return alone


def closer_of(found: Comparison, cancelled: Cancelled = lambda: False) -> Closer:
    """The same figures task by task, with what each row pairs. For a job. Raises Cancelled."""
    return closer(_counted(found.a, found.b, found.scheme, found.file, found.agreement.settings), cancelled)


def _counted(a: Coding, b: Coding, scheme: Scheme, file: MeetingFile, settings: AgreementSettings) -> Iterator[Counted]:
    """Each pass that both made, the first always."""
    layer_of = {c.id: c.layer for c in scheme.codes}
    acts = [acts_of(coding, file.length) for coding in (a, b)]
    tasks, numbers = [s.stretch for s in file.segments], [s.number for s in file.segments]
    for layer, window in windows_of(a.header, b.header, scheme, file).items():
        # time that cannot be coded is marked in the first pass and left out of all
        mine, theirs = (
            [x for x in own if x.code == scheme.cannot_be_coded or layer_of.get(x.code, "") == layer] for own in acts
        )
        yield count(Compared(mine, theirs, scheme, window, settings, tasks, numbers, layer))


def sheet_of(coding: Coding, instrument: Instrument, file: MeetingFile) -> dict[str, int | None]:
    """What is compared: the sheet of the whole film, or every task's where the instrument is rated by task.

    A task that is no longer marked on the film has no sheet: one coder took its limits away, the other had rated it.
    Of tasks that were drawn for a second coding the drawn ones alone have.
    """
    if instrument.level == Level.TASK:
        tasks = {s.id for s in file.segments if file.sample is None or s.number in file.second_coded}
        return {f"{r.item}/{r.segment_id}": r.value for r in coding.ratings.values() if r.segment_id in tasks}
    return {r.item: r.value for r in coding.ratings.values() if not r.segment_id}


def scale_of(instrument: Instrument) -> tuple[int, int] | None:
    """The scale that all items have; None when they differ: a weighted kappa over several scales says nothing."""
    scales = {(s.least, s.most) for s in (instrument.scale_of(i) for i in instrument.items)}
    return next(iter(scales)) if len(scales) == 1 else None


@dataclass(frozen=True)
class _Kept:
    """What two ready codings have in common; they do not change any more, so it is computed once."""

    codings: tuple[Coding, Coding]
    scheme: Scheme
    instrument: Instrument
    agreement: Agreement
    ratings: RatingAgreement
    interrupted: tuple[Interruption, ...]


_Key = tuple[
    CodingHeader, CodingHeader, tuple[Segment, ...], Micros, tuple[Stretch, ...], tuple[int, ...], AgreementSettings
]
#: by the store that the codings were read through, so that nothing of them outlives the unlocked archive
_KEPT: WeakKeyDictionary[Store, dict[_Key, _Kept]] = WeakKeyDictionary()
#: meetings of a statement, and some
_MOST_KEPT = 16


def comparison(store: Store, meeting_id: str, settings: AgreementSettings | None = None) -> Comparison:
    """Both codings side by side, computed once as long as nothing of them changes.

    Raises NotAllowed(`not-both-ready`) until both are ready, NotAllowed(`awaits-sign-in`) while one of them waits for
    its coder, NotAllowed(`awaits-partners-key`) where that is on another computer, NotAllowed(`schemes-differ`) for
    two schemes.
    Raises InputError(`agreement-tolerance-wide`) for `settings` with a tolerance that no window of them bears.
    """
    file = meeting_file(store, meeting_id)
    if not pair_ready(store, meeting_id):
        waits = store.find(PartnerCoding, meeting_id=meeting_id, opened=None)
        awaited = "awaits-partners-key" if waits else "awaits-sign-in"
        raise NotAllowed(awaited if store.awaited(meeting_id) else "not-both-ready")
    headers = own_headers(store, meeting_id)
    a, b = (headers[coder] for coder in file.meeting.coders)
    if not of_one_scheme(a, b):
        raise NotAllowed("schemes-differ")
    one = compared(store, file, a, b, settings)
    met = file.meeting
    names, heard = _names(store, met), interpreter_in(store, met)
    return replace(one, coders=names, interpreter=heard, in_place=in_place(store, met))


def compared(
    store: Store, file: MeetingFile, a: CodingHeader, b: CodingHeader, settings: AgreementSettings | None = None
) -> Comparison:
    """Two ready codings of a meeting that this worker may read, whoever's they are, computed once.

    Raises InputError(`agreement-tolerance-wide`) as `comparison` does.
    """
    if settings is not None:
        settings.check(_window(a.covered, b.covered, file))
    kept = _KEPT.setdefault(store, {})
    key = (a, b, file.segments, file.length, file.not_filmed, file.second_coded, settings or AgreementSettings())
    if key not in kept:
        while len(kept) >= _MOST_KEPT:
            kept.pop(next(iter(kept)), None)
        kept[key] = _compared(store, file, key)
    one = kept[key]
    return Comparison(file, *one.codings, one.scheme, one.instrument, one.agreement, one.ratings, one.interrupted)


def _names(store: Store, meeting: Meeting) -> tuple[str, str]:
    """The coders' names, read each time: a name can be set right later."""
    known = (store.find(Worker, id=coder) for coder in meeting.coders)
    a, b = (found[0].name if found and found[0].name else "" for found in known)
    return a or "A", b or "B"


def of_one_scheme(*headers: CodingHeader) -> bool:
    """Whether codings can be compared: numbers of two schemes, or of two versions of one, have no agreement."""
    return len({(h.scheme_id, h.scheme_version) for h in headers}) == 1


def look_at(store: Store, meeting_id: str) -> Comparison:
    """The comparison for somebody's eyes: the access log says who looked. Raises as `comparison` does."""
    found = comparison(store, meeting_id)
    store.note("view", Meeting, meeting_id)
    return found


def ready_codings(store: Store, meeting_id: str) -> int:
    """How many of the pair have marked theirs as ready: 0, 1 or 2."""
    return sum(state == CodingState.READY for state in store.coding_states(meeting_id).values())


def _compared(store: Store, file: MeetingFile, key: _Key) -> _Kept:
    # own notes end sooner than what is kept here, and no figure reads them
    a, b = (replace(read_coding(store, header), private_notes={}) for header in key[:2])
    scheme, instrument = scheme_of(store, a.header), instrument_of(store, a.header)
    sheets = [sheet_of(coding, instrument, file) for coding in (a, b)]
    if instrument_of(store, b.header) != instrument:
        sheets[1] = {}  # two instruments have nothing to be compared by
    ratings = agree_ratings(sheets[0], sheets[1], scale_of(instrument))
    interrupted = interruptions(store, (a.header, b.header))
    return _Kept((a, b), scheme, instrument, agreement_of(a, b, scheme, file, key[-1]), ratings, interrupted)
