"""Passages from the two codings: observations by dimension and task, states, the child in words, and the attachments.

Counts are of what both workers marked and of what only one did, within the time that both covered.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from app.casework.meeting_file import MeetingFile
from app.comparing.comparison import Comparison
from app.comparing.words import dimension_lines, figure_lines, settings_sentence
from app.filming.words import interruption_words
from app.i18n import Texts
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.observation import Observation
from app.model.scheme import Actor, Kind
from app.model.service import SectionKey
from app.model.statement import Evidence, ParagraphKind
from app.model.timecode import Micros
from app.statement.material import Material, Passage, heading, sentence_passage, table
from app.statistics.acts import acts_of
from app.statistics.shared import shared_state


@dataclass
class _Seen:
    """One code in one task: the times that both marked, and how many only one did."""

    both: list[tuple[Micros, str, str]] = field(default_factory=list)
    one: int = 0


def seen_by_task(found: Comparison) -> dict[tuple[int, str], _Seen]:
    """By (task number, code id): point events both workers marked (in one pair), and those only one did.

    Only events inside the time that both covered and could code count; task 0 is time between tasks.
    """
    rows: dict[tuple[int, str], _Seen] = defaultdict(_Seen)
    paired: set[str] = set()
    for pair in found.agreement.pairs:
        if pair.same_code:
            start = min(pair.a_start, pair.b_start)
            code = found.a.observations[pair.a_id].code
            rows[_task(found, start), code].both.append((start, pair.a_id, pair.b_id))
            paired |= {pair.a_id, pair.b_id}
    for coding in (found.a, found.b):
        for o in coding.observations.values():
            if o.id not in paired and _is_event(found, o):
                rows[_task(found, o.start), o.code].one += 1
    return dict(rows)


def _is_event(found: Comparison, o: Observation) -> bool:
    code = found.scheme.code(o.code)
    if code is None or code.kind != Kind.POINT or o.id in found.agreement.left_out:
        return False
    return any(s.holds(o.start) for s in found.window)


def _task(found: Comparison, time: Micros) -> int:
    segment = found.file.segment_at(time)
    return segment.number if segment else 0


def observations(m: Material) -> list[Passage]:
    """Observations: per meeting (one adult), per dimension, per task, with time references."""
    rows: list[Passage] = []
    for file in m.meetings:
        found = m.compared.get(file.meeting.id)
        if found is None:
            continue
        meeting = file.meeting
        date = m.texts.date(meeting.held.astimezone().date())
        rows.append(heading(SectionKey.OBSERVATIONS, f"pair/{meeting.id}", f"{m.pair_called(meeting)}, {date}"))
        seen = seen_by_task(found)
        for dimension in found.scheme.dimensions:
            rows += _dimension(m, found, dimension.id, seen)
        rows += _states(m, found)
        rows += _childs_ratings(m, found)
    return rows


@dataclass
class _Marked:
    """The rows of one dimension's table, what they rest on, and how many stand outside it."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    first: Micros | None = None
    lone: int = 0


def _marked(m: Material, found: Comparison, dimension: str, seen: dict[tuple[int, str], _Seen]) -> _Marked:
    """What both marked, by task and code; codes of a task that only one marked are counted together."""
    t, meeting, marked = m.texts, found.file.meeting, _Marked()
    codes = [c for c in found.scheme.codes if c.dimension == dimension and c.kind == Kind.POINT]
    for number in range(len(meeting.plan) + 1):
        for code in codes:
            cell = seen.get((number, code.id))
            if cell is None or not cell.both:
                marked.lone += cell.one if cell else 0
                continue
            times = sorted(start for start, _, _ in cell.both)
            marked.first = times[0] if marked.first is None else min(marked.first, times[0])
            marked.ids += [i for _, a, b in cell.both for i in (a, b)]
            task = found.file.task_name(number, t.language) or t.tr("between tasks")
            clocks = " ".join(f"[{t.short_clock(x)}]" for x in times)
            counts = (t.number(len(times)), t.number(cell.one))
            marked.rows.append((task, _who(m, meeting, code.actor), t.words(code.name), *counts, clocks))
    return marked


def _dimension(m: Material, found: Comparison, dimension: str, seen: dict[tuple[int, str], _Seen]) -> list[Passage]:
    """Heading, the table of what both marked, and the number that only one did; nothing when neither marked any."""
    t, meeting = m.texts, found.file.meeting
    named, marked = found.scheme.dimension(dimension), _marked(m, found, dimension, seen)
    if named is None or not (marked.rows or marked.lone):
        return []
    name, key = t.words(named.name), f"{meeting.id}/{dimension}"
    title = name[:1].upper() + name[1:]
    passages = [heading(SectionKey.OBSERVATIONS, f"dimension/{key}", title)]
    if marked.rows:
        both = (found.a.id, found.b.id)
        evidence = Evidence(
            new_id(),
            m.statement.id,
            "summary",
            name,
            meeting.id,
            both,
            tuple(marked.ids),
            marked.first,
            None,
            dimension,
        )
        header = (t.tr("Task"), t.tr("Who"), t.tr("Observation"), t.tr("Both marked"), t.tr("Only one"), t.tr("Times"))
        cells = (header, *marked.rows)
        passages.append(
            Passage(SectionKey.OBSERVATIONS, f"seen/{key}", (), ParagraphKind.TABLE, cells, title, (evidence,))
        )
    if marked.lone:
        passages.append(sentence_passage(SectionKey.OBSERVATIONS, f"lone/{key}", _lone_words(t, marked)))
    return passages


def _lone_words(t: Texts, marked: _Marked) -> str:
    if marked.rows:
        return t.trn(
            "Besides, {n} observation that only one of the workers marked.",
            "Besides, {n} observations that only one of the workers marked.",
            marked.lone,
        )
    return t.trn(
        "{n} observation, which only one of the workers marked.",
        "{n} observations, which only one of the workers marked.",
        marked.lone,
    )


def _who(m: Material, meeting: Meeting, actor: Actor) -> str:
    if actor == Actor.DYAD:
        return m.texts.tr("together")
    person = m.case.person(meeting.adult_id if actor == Actor.ADULT else meeting.child_id)
    return m.called(person)


def _states(m: Material, found: Comparison) -> list[Passage]:
    t, meeting = m.texts, found.file.meeting
    states = [c for c in found.scheme.codes if c.kind == Kind.STATE and c.actor == Actor.DYAD]
    if not states or not found.window:
        return []
    acts = [acts_of(coding, found.file.length) for coding in (found.a, found.b)]
    rows = []
    for code in states:
        shared = shared_state(acts[0], acts[1], code.id, found.window)
        rows.append((t.words(code.name), t.short_clock(shared.time), t.percent(shared.share)))
    header = (t.tr("State of interaction"), t.tr("Time that both marked (min:s)"), t.tr("Share of the covered time"))
    title = t.tr("State of interaction")
    return [
        heading(SectionKey.OBSERVATIONS, f"states-heading/{meeting.id}", title),
        table(SectionKey.OBSERVATIONS, f"states/{meeting.id}", title, header, rows),
    ]


def _childs_ratings(m: Material, found: Comparison) -> list[Passage]:
    """The child's items in words, both workers' words when they differ; never a number."""
    t, meeting = m.texts, found.file.meeting
    rows = []
    for item in found.instrument.items:
        if item.actor == Actor.ADULT:
            continue
        ratings = [r for c in (found.a, found.b) if (r := c.rating_of(item.id)) is not None]
        # a point without words would only be a number, and a child's is none
        words = [t.words(w) for r in ratings if (w := found.instrument.words_of(item, r.value)) is not None]
        if words:
            rows.append((t.words(item.name), " – ".join(dict.fromkeys(words))))
    if not rows:
        return []
    title = t.tr("Child and interaction in words")
    header = (t.tr("Item"), t.tr("The workers' words"))
    return [
        heading(SectionKey.OBSERVATIONS, f"child-heading/{meeting.id}", title),
        table(SectionKey.OBSERVATIONS, f"child-ratings/{meeting.id}", title, header, rows),
    ]


def attachments(m: Material) -> list[Passage]:
    """Attachments: task list, the adult's rating profile, agreement table."""
    rows: list[Passage] = []
    for file in m.meetings:
        rows += _task_list(m, file)
        found = m.compared.get(file.meeting.id)
        if found is not None:
            rows += _profile(m, found)
            rows += _agreement_table(m, found)
    return rows


def _task_list(m: Material, file: MeetingFile) -> list[Passage]:
    t, meeting = m.texts, file.meeting
    rows = [
        (str(n), t.words(task.name), t.words(task.text), _when_done(t, file, n))
        for n, task in enumerate(meeting.plan, start=1)
    ]
    if not rows:
        return []
    title = t.tr("Tasks, {pair}", pair=m.pair_called(meeting))
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
    return ", ".join(spans) or "–"


def _profile(m: Material, found: Comparison) -> list[Passage]:
    t, meeting = m.texts, found.file.meeting
    rows = []
    for item in found.instrument.items:
        if item.actor == Actor.ADULT:
            values = [c.rating_of(item.id) for c in (found.a, found.b)]
            a, b = ("–" if r is None or r.value is None else str(r.value) for r in values)
            rows.append((t.words(item.name), a, b, item.dimension))
    if not rows:
        return []
    adult = m.adult(meeting)
    title = t.tr("Rating profile, {adult}", adult=m.called(adult))
    header = (t.tr("Item"), *found.coders, "")
    chart = Passage(
        SectionKey.ATTACHMENTS, f"chart/profile/{meeting.id}", (), ParagraphKind.CHART, (header, *rows), title
    )
    note = t.words(found.instrument.disclaimer)
    return [
        heading(SectionKey.ATTACHMENTS, f"profile-heading/{meeting.id}", title),
        sentence_passage(SectionKey.ATTACHMENTS, f"profile-note/{meeting.id}", note[:1].upper() + note[1:] + "."),
        chart,
    ]


def _agreement_table(m: Material, found: Comparison) -> list[Passage]:
    t, meeting = m.texts, found.file.meeting
    lines = (*figure_lines(t, found), *dimension_lines(t, found))
    title = t.tr("Agreement of the two codings, {pair}", pair=m.pair_called(meeting))
    header = (t.tr("What"), t.tr("Agreement"), t.tr("Allowing for chance"))
    return [
        heading(SectionKey.ATTACHMENTS, f"agreement-heading/{meeting.id}", title),
        table(
            SectionKey.ATTACHMENTS,
            f"agreement-table/{meeting.id}",
            title,
            header,
            [(x.title, x.figure, x.detail) for x in lines],
        ),
        sentence_passage(
            SectionKey.ATTACHMENTS,
            f"agreement-note/{meeting.id}",
            f"{settings_sentence(t, found)} {m.fixed.about_workers}",
        ),
    ]
