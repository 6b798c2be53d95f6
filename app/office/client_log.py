"""The log report that a client asks for: of one case, over a period, on paper with what the county's form asks (4.6).

The program tells how this archive was used; log data are given out by the controller. Who asks, with an identity code
and contact, is typed for the paper alone: none of it is kept, in the archive or anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from app.casework.mandate import paper_facts
from app.errors import NotAllowed
from app.garbage import paused
from app.i18n import Texts, today
from app.model.day import midnight, next_midnight
from app.model.people import Case
from app.office.log_report import LogLine, act_in_words, case_lines, object_in_words
from app.ports import Cancelled, Store
from app.ports.pages import Days
from app.whole_file import write_whole

#: what is older needs a reason (act 703/2023, § 11)
YEARS = 2


@dataclass(frozen=True, slots=True)
class LogRequest:
    """What is asked, with both days of the period in it. All but the case and the period may be empty."""

    case_id: str
    begin: date
    end: date
    name: str = ""
    identity_code: str = ""
    contact: str = ""
    services: str = ""
    units: str = ""
    reason: str = ""

    @property
    def days(self) -> Days:
        """From the first midnight until the last, on this computer's clock."""
        return Days(midnight(self.begin), next_midnight(self.end))


@dataclass(frozen=True, slots=True)
class LogGroup:
    """The same done to the same, there, by the same worker on one day, `times` times from `first` to `last`."""

    line: LogLine
    first: datetime
    last: datetime
    times: int


def free_since(day: date) -> date:
    """From this day on a period needs no reason, on `day`."""
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:  # the leap day
        return date(day.year - YEARS, 3, 1)


def needs_reason(begin: date, day: date) -> bool:
    """Whether a period that begins then is older than two years, on `day`."""
    return begin < free_since(day)


def demand_whole(request: LogRequest, day: date) -> None:
    """Raises NotAllowed: `log-period-backward`, `log-period-to-come`, `log-period-without-reason`."""
    if request.end < request.begin:
        raise NotAllowed("log-period-backward")
    if request.begin > day:
        raise NotAllowed("log-period-to-come")
    if needs_reason(request.begin, day) and not request.reason.strip():
        raise NotAllowed("log-period-without-reason")


def grouped(lines: Sequence[LogLine]) -> tuple[LogGroup, ...]:
    """What was done last first. Every row is in one group and counted there."""
    found: dict[tuple[object, ...], list[LogLine]] = {}
    for day, line in _by_day(lines):
        there = line.seen.where, line.seen.by_others
        found.setdefault((day, line.worker, line.act, line.kind, line.about, *there), []).append(line)
    groups = (LogGroup(_together(some), *_span(some), len(some)) for some in found.values())
    return tuple(sorted(groups, key=lambda g: (g.last, g.first), reverse=True))


def _by_day(lines: Iterable[LogLine]) -> Iterator[tuple[date, LogLine]]:
    """Each with its local day. Rows stand by time: the day is asked for once, not a hundred thousand times."""
    day, begin, end = date.min, datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)
    for line in lines:
        if not begin <= line.at < end:
            day = line.at.astimezone().date()
            begin, end = (on.astimezone(UTC) for on in (midnight(day), next_midnight(day)))
        yield day, line


def _together(lines: Sequence[LogLine]) -> LogLine:
    """The newest of them; of a film with every stretch that was played that day, joined where they meet."""
    played = sorted({stretch for line in lines for stretch in line.seen.stretches})
    joined: list[tuple[int, int]] = []
    for begin, end in played:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return replace(lines[0], seen=replace(lines[0].seen, stretches=tuple(joined))) if played else lines[0]


def _span(lines: Sequence[LogLine]) -> tuple[datetime, datetime]:
    return min(line.at for line in lines), max(line.at if line.until is None else line.until for line in lines)


def write_client_log(
    store: Store, path: Path, request: LogRequest, texts: Texts, cancelled: Cancelled = lambda: False
) -> tuple[LogLine, ...]:
    """The report as PDF, whole or not at all; returns the rows that it tells. That it left is logged. For a job.

    Raises NotAllowed as `demand_whole` does, Cancelled, AppError `cannot-write`, StoreError.
    """
    from app.reports.log_report_pdf import log_report

    demand_whole(request, today())
    with paused():  # a hundred thousand rows are no garbage: looking through them took a fifth of the time
        lines = case_lines(store, request.case_id, request.days, cancelled)
        rows = [_row(texts, group) for group in grouped(lines)]
        facts = paper_facts(store, request.case_id, texts.language, _facts(store, texts, request, len(lines)))
        write_whole(path, log_report(rows, facts, texts, today()))
    store.note("export", Case, request.case_id, f"log={len(lines)}")
    return lines


def _facts(store: Store, texts: Texts, request: LogRequest, rows: int) -> Iterator[tuple[str, str]]:
    """What stands above the rows; what was left empty is left out."""
    t = texts
    period = f"{t.date(request.begin)} – {t.date(request.end)}"
    said = (
        (t.tr("Log of"), store.get(Case, request.case_id).code_name),
        (t.tr("Asked by"), request.name),
        (t.tr("Identity code"), request.identity_code),
        (t.tr("Contact"), request.contact),
        (t.tr("Period"), period),
        (t.tr("Reason for what is older than two years"), request.reason),
        (t.tr("Services"), request.services),
        (t.tr("Units"), request.units),
        (t.tr("Rows in the log"), t.number(rows)),
    )
    return ((name, words.strip()) for name, words in said if words.strip())


def _row(texts: Texts, group: LogGroup) -> tuple[str, str, str, str]:
    """When, who, what was done, of what."""
    first, last = group.first.astimezone(), group.last.astimezone()
    when = f"{texts.date(first.date())} {texts.time(first)}"
    if texts.time(first) != texts.time(last):
        when = f"{when}–{texts.time(last)}"
    done = act_in_words(texts, group.line)
    if group.times > 1:
        done = f"{done} ({texts.trn('{n} time', '{n} times', group.times)})"
    return when, group.line.worker, done, object_in_words(texts, group.line)
