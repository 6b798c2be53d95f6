"""The attachments: tasks, marks task by task, what they mean, the adult's profile, and the workers' agreement."""

from __future__ import annotations

from collections.abc import Sequence

from app.casework.meeting_file import MeetingFile
from app.casework.people_called import not_everybody
from app.comparing.comparison import Comparison
from app.comparing.words import dimension_lines, figure_lines, settings_sentence
from app.filming.words import interruption_words
from app.i18n import Texts
from app.model.scheme import Code, Kind, Scheme
from app.model.service import SectionKey
from app.model.units import TaskNumber
from app.statement.material import Material, Passage, heading, sentence_passage, table
from app.statement.passages_of_codings import length_words, shared_states
from app.statement.passages_of_ratings import childs_ratings, profiles
from app.statement.seen import Moment, modifier_words, outside, told_by_task

#: in place of a time: a task of which nothing is known
NEVER = "–"


def attachments(m: Material) -> list[Passage]:
    """Per meeting the tasks, the marks and the profile; then what the marks mean, once for each scheme."""
    rows: list[Passage] = []
    explained: dict[tuple[str, int], tuple[Scheme, set[str]]] = {}
    for file in m.meetings:
        rows += _task_list(m, file)
        found = m.compared.get(file.meeting.id)
        if found is not None:
            rows += _marks(m, found)
            rows += _states_table(m, found)
            rows += profiles(m, found)
            rows += childs_ratings(m, found)
            rows += _agreement_table(m, found)
            key = (found.scheme.id, found.scheme.version)
            explained.setdefault(key, (found.scheme, set()))[1].update(_used(m, found))
    for scheme, used in explained.values():
        rows += _meanings(m, scheme, used)
    return rows


def _with_whom(m: Material, file: MeetingFile, number: TaskNumber, name: str) -> str:
    """The task, and of a family's who did it where not everybody did."""
    who = not_everybody(m.case, file.meeting, number, file.segments)
    return f"{name} ({who})" if who else name


def _task_list(m: Material, file: MeetingFile) -> list[Passage]:
    t, meeting = m.texts, file.meeting
    rows = [
        (str(n), _with_whom(m, file, n, t.words(task.name)), t.words(task.text), _when_done(t, file, n))
        for n, task in enumerate(meeting.plan, start=1)
    ]
    if m.is_short(f"tasks/{meeting.id}"):
        rows = [row for row in rows if row[-1] != NEVER]
    if not rows:
        return []
    title = t.tr("Tasks, {pair}", pair=m.meeting_called(meeting))
    header = (t.tr("No"), t.tr("Task"), t.tr("Card"), t.tr("Time"))
    return [
        heading(SectionKey.ATTACHMENTS, f"tasks-heading/{meeting.id}", title),
        table(SectionKey.ATTACHMENTS, f"tasks/{meeting.id}", title, header, rows),
    ]


def _when_done(t: Texts, file: MeetingFile, number: int) -> str:
    """When a task was done, each time of it; why it was left out; a dash when nothing is known."""
    spans = [f"{t.short_clock(s.start)}–{t.short_clock(s.end)}" for s in file.segments if s.number == number]
    reason = file.filmed.skipped.get(number, "")
    if not spans and reason:
        return t.tr("left out: {reason}", reason=interruption_words(t, reason))
    return ", ".join(spans) or NEVER


def _marks(m: Material, found: Comparison) -> list[Passage]:
    """What both marked, task by task, one table for the meeting; short by observation over all tasks."""
    t, meeting = m.texts, found.file.meeting
    is_short = m.is_short(f"marks/{meeting.id}")
    rows = _by_observation(m, found) if is_short else _by_task(m, found)
    if not rows:
        return []
    pair = m.meeting_called(meeting)
    title = t.tr("Marks, {pair}", pair=pair) if is_short else t.tr("Marks by task, {pair}", pair=pair)
    both = (t.tr("Both marked"), t.tr("Only one"))
    numbers = both if m.common_of(found) is None else (t.tr("In the common view"),)
    counted = (t.tr("Who"), t.tr("Observation"), *numbers, t.tr("Times"))
    header = counted if is_short else (t.tr("Task"), *counted)
    return [
        heading(SectionKey.ATTACHMENTS, f"marks-heading/{meeting.id}", title),
        table(SectionKey.ATTACHMENTS, f"marks/{meeting.id}", title, header, rows),
    ]


def _by_task(m: Material, found: Comparison) -> list[tuple[str, ...]]:
    t, seen, rows = m.texts, told_by_task(found, m.common_of(found)), []
    for number in range(len(found.file.meeting.plan) + 1):
        task = found.file.task_name(number, t.language) or t.tr("between tasks")
        for code in found.scheme.codes:
            cell = seen.get((number, code.id))
            if cell is not None and cell.both:
                rows.append((task, *_mark_row(m, found, code, cell.both, cell.one)))
    return rows


def _by_observation(m: Material, found: Comparison) -> list[tuple[str, ...]]:
    seen, rows = told_by_task(found, m.common_of(found)), []
    for code in found.scheme.codes:
        cells = [cell for (_, c), cell in seen.items() if c == code.id]
        both = sorted((x for cell in cells for x in cell.both), key=lambda x: x.start)
        if both:
            rows.append(_mark_row(m, found, code, both, sum(cell.one for cell in cells)))
    return rows


def _mark_row(m: Material, found: Comparison, code: Code, both: Sequence[Moment], one: int) -> tuple[str, ...]:
    t = m.texts
    more = [modifier_words(t, code, (x.a, x.b)) for x in both]
    clocks = [f"[{t.short_clock(x.start)}]" + (f" {w}" if w else "") for x, w in zip(both, more, strict=True)]
    who = m.who_called(found.file.meeting, code.actor)
    alone = (t.number(one),) if m.common_of(found) is None else ()
    return who, t.words(code.name), t.number(len(both)), *alone, " ".join(clocks)


def _states_table(m: Material, found: Comparison) -> list[Passage]:
    """The states with the time that both had each on, as a table."""
    t, meeting = m.texts, found.file.meeting
    is_short = m.is_short(f"states/{meeting.id}")
    shared = [(c, x) for c, x in shared_states(found, m.common_of(found)) if x.time > 0 or not is_short]
    if not shared:
        return []
    rows = [(t.words(code.name), length_words(t, x.time), t.percent(x.share)) for code, x in shared]
    is_common = m.common_of(found) is not None
    time = t.tr("Time in the common view (min:s)") if is_common else t.tr("Time that both marked (min:s)")
    header = (t.tr("State of interaction"), time, t.tr("Share of the covered time"))
    title = t.tr("State of interaction, {pair}", pair=m.meeting_called(meeting))
    return [
        heading(SectionKey.ATTACHMENTS, f"states-title/{meeting.id}", title),
        table(SectionKey.ATTACHMENTS, f"states/{meeting.id}", title, header, rows),
    ]


def _used(m: Material, found: Comparison) -> set[str]:
    """The marks that anybody made; short those that the document tells of."""
    common = m.common_of(found)
    if not m.is_short(f"meanings/{found.scheme.id}/{found.scheme.version}"):
        codings = (found.a, found.b, *(() if common is None else (common.coding,)))
        return {o.code for c in codings for o in c.observations.values()}
    points = {code for (_, code), cell in told_by_task(found, common).items() if cell.both}
    states = {c.id for c, x in shared_states(found, common) if x.time > 0}
    return points | states | {row.code.id for row in outside(found)}


def _meanings(m: Material, scheme: Scheme, used: set[str]) -> list[Passage]:
    """What each mark that was made means, in the scheme's own words."""
    t = m.texts
    rows = [(t.words(c.name), _meaning(t, c)) for c in scheme.codes if c.id in used]
    if not rows:
        return []
    title = t.tr("What the marks mean")
    key = f"{scheme.id}/{scheme.version}"
    return [
        heading(SectionKey.ATTACHMENTS, f"meanings-heading/{key}", title),
        table(SectionKey.ATTACHMENTS, f"meanings/{key}", title, (t.tr("What is marked"), t.tr("Is marked when")), rows),
    ]


def _meaning(t: Texts, code: Code) -> str:
    words = t.words(code.code_when)
    if code.kind == Kind.STATE and code.help is not None:
        words = f"{words}. {t.words(code.help)}"
    return words


def _agreement_table(m: Material, found: Comparison) -> list[Passage]:
    t, meeting = m.texts, found.file.meeting
    is_short = m.is_short(f"agreement-table/{meeting.id}")
    lines = (*figure_lines(t, found), *(() if is_short else dimension_lines(t, found)))
    title = t.tr("Agreement of the two codings, {pair}", pair=m.meeting_called(meeting))
    header = (t.tr("What"), t.tr("Agreement"), t.tr("More closely"))
    rows = [(x.title, x.figure, x.detail) for x in lines]
    note = " ".join(
        (
            settings_sentence(t, found),
            t.tr("Of events the first number is how many both marked, the second how many either did."),
            m.fixed.about_workers,
        )
    )
    return [
        heading(SectionKey.ATTACHMENTS, f"agreement-heading/{meeting.id}", title),
        table(SectionKey.ATTACHMENTS, f"agreement-table/{meeting.id}", title, header, rows),
        sentence_passage(SectionKey.ATTACHMENTS, f"agreement-note/{meeting.id}", note),
    ]
