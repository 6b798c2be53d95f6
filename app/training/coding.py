"""A training coding: begun against a reference, gone on with, and what it came to once it is ready."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.casework.meeting_file import meeting_file
from app.casework.reference_films import ReferenceFilm, demand_reference
from app.coding.opening import from_filming, may_use, scheme_of
from app.comparing.comparison import Comparison, compared
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import added
from app.model.coding import FIRST_READING, CodingHeader, CodingKind, CodingState
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Interpreter
from app.model.stored import ContentKind
from app.model.training import Measured, TrainingFigure, TrainingResult, result_id
from app.ports import Store
from app.statistics.event_agreement import EventAgreement
from app.statistics.time_agreement import TimeAgreement


def own_codings(store: Store, meeting_id: str) -> tuple[CodingHeader, ...]:
    """The worker's own training codings of a film, the oldest first."""
    found = store.find(CodingHeader, meeting_id=meeting_id, coder=store.me, kind=CodingKind.TRAINING)
    return tuple(sorted(found, key=lambda h: h.reading))


def draft_of(store: Store, meeting_id: str) -> CodingHeader | None:
    """The one that is being coded; None when there is none."""
    return next((h for h in own_codings(store, meeting_id) if h.state == CodingState.DRAFT), None)


def begin_training(door: Door, texts: Texts, meeting_id: str) -> CodingHeader:
    """The worker's open training coding of a film, begun when there is none, with what the reference was made with.

    It is of the tasks that the reference covers. Raises what `demand_reference` raises, and
    NotAllowed(`content-not-permitted`) when the worker may not use the scheme or the instrument.
    """
    store = door.store
    found = demand_reference(store, meeting_id, today())
    reference = found.reference
    used = {ContentKind.SCHEME: reference.scheme_id, ContentKind.INSTRUMENT: reference.instrument_id}
    if not all(may_use(store, kind, content_id) for kind, content_id in used.items()):
        raise NotAllowed("content-not-permitted")
    if (draft := draft_of(store, meeting_id)) is not None:
        return draft
    common = store.get(CodingHeader, reference.coding_id)
    reading = max((h.reading for h in own_codings(store, meeting_id)), default=FIRST_READING - 1) + 1
    header = CodingHeader(
        new_id(), meeting_id, store.me, *reference.made_with, chosen=common.chosen, kind=CodingKind.TRAINING,
        reading=reading,
    )  # fmt: skip
    file = meeting_file(store, meeting_id)
    states = from_filming(file, header.id, scheme_of(store, header))
    door.write(texts.tr("Training coding begun"), [added(header), *map(added, states)], act="create")
    return header


def compared_with_reference(store: Store, texts: Texts, header: CodingHeader) -> Comparison:
    """A ready training coding as A beside the reference as B: the same figures and differences as of every pair.

    Raises what `demand_reference` raises.
    """
    found = demand_reference(store, header.meeting_id, today())
    common = store.get(CodingHeader, found.reference.coding_id)
    one = compared(store, meeting_file(store, header.meeting_id), header, common)
    names = (texts.tr("Own coding"), texts.tr("Reference coding"))
    return replace(one, coders=names, interrupted=(), interpreter=Interpreter.NONE)


def result_of(store: Store, header: CodingHeader) -> TrainingResult | None:
    """What a training coding came to; None until it was counted."""
    found = store.find(TrainingResult, coding_id=header.id)
    return found[0] if found else None


def keep_result(door: Door, texts: Texts, header: CodingHeader, found: Comparison) -> TrainingResult:
    """What a ready training coding came to, counted and kept once, for its coder alone."""
    existing = result_of(door.store, header)
    if existing is not None:
        return existing
    made = _result(found, header)
    door.write(texts.tr("Figures from training"), [added(made)], act="create")
    return made


def seen_beside_reference(door: Door, texts: Texts, coding_id: str) -> tuple[CodingHeader, Comparison]:
    """A ready training coding beside its reference, counted, kept and noted as looked at. Raises as above."""
    header = door.store.get(CodingHeader, coding_id)
    found = compared_with_reference(door.store, texts, header)
    keep_result(door, texts, header, found)
    door.store.note("view", Meeting, header.meeting_id)
    return header, found


def keep_uncounted(door: Door, texts: Texts, films: Iterable[ReferenceFilm]) -> None:
    """What became ready and was not counted, for the program ended in between, is counted now where it can be."""
    for film in films:
        for header in own_codings(door.store, film.meeting.id):
            if header.state == CodingState.READY and result_of(door.store, header) is None:
                keep_result(door, texts, header, compared_with_reference(door.store, texts, header))


def _result(found: Comparison, header: CodingHeader) -> TrainingResult:
    assert header.ready_at is not None, "it is ready"
    states = (_of_time(row) for row in found.agreement.time_based if row.group and row.person == "dyad")
    events = (_of_events(row) for row in found.agreement.events if not row.dimension and not row.layer)
    return TrainingResult(
        result_id(header.id),
        header.coder,
        header.id,
        header.ready_at,
        header.scheme_id,
        header.scheme_version,
        found.agreement.tasks,
        len(found.a.observations),
        (*states, *(e for e in events if e.of)),
        header.coder in found.file.meeting.coders,
    )


def _of_time(row: TimeAgreement) -> TrainingFigure:
    low, high = (None, None) if row.interval is None else (row.interval.low, row.interval.high)
    return TrainingFigure(Measured.STATE, row.person, row.percent, row.kappa, low, high, row.units)


def _of_events(row: EventAgreement) -> TrainingFigure:
    low, high = (None, None) if row.interval is None else (row.interval.low, row.interval.high)
    return TrainingFigure(Measured.EVENTS, row.person, row.agreement, row.kappa, low, high, row.of)
