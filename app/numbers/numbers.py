"""The numbers of one coding, and of one adult with the child over time. No cut-offs, no sums, no verdict.

Numbers are of the coding of one worker, within the time that could be coded. Two adults are never in one series.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.casework.interpreting import interpreter_in
from app.casework.meeting_file import MeetingFile, meeting_file
from app.casework.pair import own_headers
from app.coding.opening import read_coding, scheme_of
from app.model.coding import Coding, CodingState
from app.model.meeting import Delivery, Meeting, Stretch, merged
from app.model.people import Interpreter
from app.model.scheme import Scheme
from app.model.timecode import Micros
from app.ports import Store
from app.statistics.acts import timed_of
from app.statistics.answers import (
    INITIATIVE,
    INITIATIVE_WINDOW,
    SEEKING,
    SEEKING_WINDOW,
    AnswerRow,
    answers,
    rule_for,
)
from app.statistics.coded import Coded
from app.statistics.course import ReconnectionRow, TransitionRow, courses, reconnections, transitions
from app.statistics.following import FOLLOW_WINDOW, Following, following
from app.statistics.summary import SummaryRow, summarize

#: why there is no latency
INTERPRETED, OVER_LINK, NO_CODES = "interpreter", "video-link", "no-codes"


@dataclass(frozen=True, slots=True)
class NumberSettings:
    """What numbers depend on besides the coding, µs; printed with every figure."""

    answer: Micros = SEEKING_WINDOW
    initiative: Micros = INITIATIVE_WINDOW
    follow: Micros = FOLLOW_WINDOW


@dataclass(frozen=True)
class Numbers:
    """Every number of one coding. Rows are of the whole (task None) and of each of `file.segments` by its place.

    `answers` (latency) and `initiatives` (AE5) are empty with a reason in `why_none`: where an interpreter was needed
    (domain 1.3), people met over a video link, whose delay nobody knows, or the scheme has no such codes. `covered`,
    `unfilmed` and `codable` are µs: what was declared covered, what of it nobody filmed, and what of it is counted.
    """

    settings: NumberSettings
    scheme: Scheme
    file: MeetingFile
    coding: Coding
    covered: Micros
    unfilmed: Micros
    codable: Micros
    rows: tuple[SummaryRow, ...]
    answers: tuple[AnswerRow, ...]
    initiatives: tuple[AnswerRow, ...]
    why_none: str
    reconnections: tuple[ReconnectionRow, ...]
    transitions: tuple[TransitionRow, ...]
    by_dimension: tuple[Following, ...]
    by_code: tuple[Following, ...]

    @property
    def tasks(self) -> tuple[int | None, ...]:
        """The whole, then each task by its place among the segments."""
        return (None, *range(len(self.file.segments)))


def numbers_of(
    coding: Coding,
    scheme: Scheme,
    file: MeetingFile,
    heard: Interpreter = Interpreter.NONE,
    settings: NumberSettings | None = None,
) -> Numbers:
    """Every number of a coding made with `scheme`; pure, whatever its state (draft or ready).

    `heard` is where the interpreter was: with one there is no latency.
    """
    use = settings or NumberSettings()
    covered = merged(coding.header.covered)
    filmed = file.filmed_in(covered)
    coded = Coded.of(timed_of(coding, file.length), scheme, filmed, [s.stretch for s in file.segments])
    runs = courses(coded)
    seeking, initiative, why = _answers(coded, scheme, _why_off(file.meeting, heard), use)
    return Numbers(
        use,
        scheme,
        file,
        coding,
        sum(s.length for s in covered),
        sum(s.length for s in covered) - sum(s.length for s in filmed),
        coded.codable.length,
        summarize(coded),
        seeking,
        initiative,
        why,
        reconnections(coded, runs),
        transitions(coded, runs),
        following(coded, use.follow, by_dimension=True),
        following(coded, use.follow),
    )


def _why_off(meeting: Meeting, heard: Interpreter) -> str:
    """Why times between two people say nothing of them; empty where they do."""
    if heard != Interpreter.NONE:
        return INTERPRETED
    return OVER_LINK if meeting.delivery == Delivery.VIDEO else ""


def _answers(
    coded: Coded, scheme: Scheme, off: str, use: NumberSettings
) -> tuple[tuple[AnswerRow, ...], tuple[AnswerRow, ...], str]:
    if off:
        return (), (), off
    seeking, initiative = rule_for(scheme, SEEKING), rule_for(scheme, INITIATIVE)
    if seeking is None or initiative is None:
        return (), (), NO_CODES
    return answers(coded, seeking, use.answer), answers(coded, initiative, use.initiative), ""


@dataclass(frozen=True, slots=True)
class Point:
    """One meeting of a series: the day, how much of it was covered, and the values by the measure's id.

    A measure is `rate/<person>/<dimension>` (per minute), `share/<person>/<code>` (0 to 1), `answer` and `reconnection`
    (median, µs). None is not computable; a measure that is not there was not coded that day.
    """

    meeting_id: str
    day: date
    covered: Micros
    values: dict[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Series:
    """The same adult and child, coded by the same worker with the same scheme, from meeting to meeting."""

    adult_id: str
    child_id: str
    coder: str
    scheme: Scheme
    points: tuple[Point, ...]


def over_time(store: Store, adult_id: str, child_id: str, settings: NumberSettings | None = None) -> tuple[Series, ...]:
    """The pair's ready codings of this adult and child that the worker of the store may see, meeting by meeting.

    One series for each coder and version of a scheme: what another pair of eyes or other codes saw stands apart. The
    signed-in worker's own come first.
    """
    meetings = sorted(store.find(Meeting, adult_id=adult_id, child_id=child_id), key=lambda m: (m.held, m.id))
    found: dict[tuple[str, str, int], list[Point]] = {}
    schemes: dict[tuple[str, int], Scheme] = {}
    for meeting in meetings:
        file, heard = meeting_file(store, meeting.id), interpreter_in(store, meeting)
        for header in own_headers(store, meeting.id).values():
            if header.state != CodingState.READY:
                continue
            version = (header.scheme_id, header.scheme_version)
            scheme = schemes.setdefault(version, scheme_of(store, header))
            numbers = numbers_of(read_coding(store, header), scheme, file, heard, settings)
            found.setdefault((header.coder, *version), []).append(point_of(numbers))
    ordered = sorted(found, key=lambda key: (key[0] != store.me, key))
    return tuple(Series(adult_id, child_id, key[0], schemes[key[1:]], tuple(found[key])) for key in ordered)


def point_of(numbers: Numbers) -> Point:
    """The values of one meeting as a point of its series."""
    values: dict[str, float | None] = {}
    groups = {c.id for c in numbers.scheme.codes if c.group}
    for row in numbers.rows:
        if row.task is None and row.dimension and not row.code:
            values[f"rate/{row.person}/{row.dimension}"] = row.rate
        elif row.task is None and row.code in groups:
            values[f"share/{row.person}/{row.code}"] = row.share
    if numbers.answers:
        values["answer"] = numbers.answers[0].median
    for back in numbers.reconnections:
        if back.task is None:
            values["reconnection"] = back.median
    meeting = numbers.file.meeting
    return Point(meeting.id, meeting.held.astimezone().date(), numbers.covered, values)


def covered_of(numbers: Numbers) -> tuple[Stretch, ...]:
    """The stretches that the coder declared covered."""
    return merged(numbers.coding.header.covered)
