"""Both second passes side by side once both are ready: agreement about the agreed events alone, by question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.casework.meeting_file import MeetingFile, meeting_file
from app.casework.pair import own_header, own_headers, pair_ready
from app.coding.opening import read_coding, scheme_of
from app.comparing.common_view.reading import common_header, confirmed_common
from app.comparing.second_pass.agreed import Asked, asked_of, option_said, unasked
from app.errors import NotAllowed
from app.model.coding import SECOND_READING, CodingHeader, CodingState
from app.model.scheme import Scheme, SecondQuestion
from app.ports import Store
from app.statistics.second_pass import Answered, SecondAgreement, agree_second


class SecondStage(StrEnum):
    """How far a meeting's second pass is, for the worker who asks."""

    NONE = "none"  # the scheme asks nothing of what was agreed, or there is no common view
    COMMON_VIEW_OPEN = "common-view-open"  # it was begun, and the common view is open anew
    TO_BEGIN = "to-begin"
    OWN_DRAFT = "own-draft"
    WAITS = "waits"  # the own one is ready, the other's is not, or opens at the other's sign-in
    OPEN = "open"  # both are ready


@dataclass(frozen=True, slots=True)
class SecondRow:
    """One question of one agreed event, and what A and B said: an option's id, empty for nothing."""

    asked: Asked
    a: str
    b: str

    @property
    def differs(self) -> bool:
        return bool(self.a and self.b) and self.a != self.b


@dataclass(frozen=True)
class SecondComparison:
    """By question the figures, and every row in time order. `left` are answers about what is agreed no more."""

    file: MeetingFile
    scheme: Scheme
    rows: tuple[SecondRow, ...]
    figures: tuple[tuple[SecondQuestion, SecondAgreement], ...]
    left: int


def second_stage(store: Store, meeting_id: str) -> SecondStage:
    """Where the store's worker stands in the second pass of a meeting."""
    common = common_header(store, meeting_id)
    if common is None:
        return SecondStage.NONE
    if common.state != CodingState.READY:
        is_begun = bool(store.coding_states(meeting_id, SECOND_READING))
        return SecondStage.COMMON_VIEW_OPEN if is_begun else SecondStage.NONE
    if pair_ready(store, meeting_id, SECOND_READING):
        return SecondStage.OPEN
    own = own_header(store, meeting_id, SECOND_READING)
    if own is None:
        return SecondStage.TO_BEGIN if _is_asked(store, common) else SecondStage.NONE
    return SecondStage.WAITS if own.state == CodingState.READY else SecondStage.OWN_DRAFT


def _is_asked(store: Store, common: CodingHeader) -> bool:
    """Whether the scheme asks anything of what was agreed."""
    scheme = scheme_of(store, common)
    told = confirmed_common(store, common.meeting_id) if scheme.second_pass else None
    return told is not None and bool(asked_of(told, scheme))


def second_comparison(store: Store, meeting_id: str) -> SecondComparison:
    """Raises NotAllowed: `second-common-view-open` while that is open anew, `second-not-both-ready`."""
    common = common_header(store, meeting_id)
    told = confirmed_common(store, meeting_id)
    if common is None or told is None:
        raise NotAllowed("second-common-view-open")
    if not pair_ready(store, meeting_id, SECOND_READING):
        raise NotAllowed("second-not-both-ready")
    file, scheme = meeting_file(store, meeting_id), scheme_of(store, common)
    headers = own_headers(store, meeting_id, SECOND_READING)
    a, b = (read_coding(store, headers[coder]) for coder in file.meeting.coders)
    asked = asked_of(told, scheme)
    rows = tuple(
        SecondRow(one, option_said(a.observations, one, a.id), option_said(b.observations, one, b.id)) for one in asked
    )
    left = sum(unasked(c.observations.values(), asked, c.id) for c in (a, b))
    figures = tuple(
        (q, _figures(file, q, rows)) for q in scheme.second_pass if any(r.asked.question == q for r in rows)
    )
    return SecondComparison(file, scheme, rows, figures, left)


def _figures(file: MeetingFile, question: SecondQuestion, rows: tuple[SecondRow, ...]) -> SecondAgreement:
    own = (row for row in rows if row.asked.question == question)
    answers = [Answered(_task(file, row.asked), row.a, row.b) for row in own]
    return agree_second([option.id for option in question.options], answers)


def _task(file: MeetingFile, asked: Asked) -> int:
    segment = file.segment_at(asked.event.start)
    return 0 if segment is None else segment.number
