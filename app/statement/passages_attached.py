"""The attachments: tasks, marks task by task, what they mean, the adult's profile, and the workers' agreement."""

from __future__ import annotations

from app.casework.meeting_file import MeetingFile
from app.comparing.comparison import Comparison
from app.comparing.words import dimension_lines, figure_lines, settings_sentence
from app.filming.words import interruption_words
from app.i18n import Texts
from app.model.scheme import Code, Kind, Scheme
from app.model.service import SectionKey
from app.statement.material import Material, Passage, heading, sentence_passage, table
from app.statement.passages_of_codings import who_called
from app.statement.passages_of_ratings import profiles
from app.statement.seen import modifier_words, seen_by_task


def attachments(m: Material) -> list[Passage]:
    """Per meeting the tasks, the marks and the profile; then what the marks mean, once for each scheme."""
    rows: list[Passage] = []
    explained: dict[tuple[str, int], tuple[Scheme, set[str]]] = {}
    for file in m.meetings:
        rows += _task_list(m, file)
        found = m.compared.get(file.meeting.id)
        if found is not None:
            rows += _marks(m, found)
            rows += profiles(m, found)
            rows += _agreement_table(m, found)
            key = (found.scheme.id, found.scheme.version)
            explained.setdefault(key, (found.scheme, set()))[1].update(_used(found))
    for scheme, used in explained.values():
        rows += _meanings(m, scheme, used)
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


def _marks(m: Material, found: Comparison) -> list[Passage]:
    """What both marked, task by task, one table for the meeting: it can be left out and the sentences stay."""
    t, meeting, seen = m.texts, found.file.meeting, seen_by_task(found)
    rows: list[tuple[str, ...]] = []
    for number in range(len(meeting.plan) + 1):
        task = found.file.task_name(number, t.language) or t.tr("between tasks")
        for code in found.scheme.codes:
            cell = seen.get((number, code.id))
            if cell is None or not cell.both:
                continue
            more = [modifier_words(t, code, (x.a, x.b)) for x in cell.both]
            clocks = [
                f"[{t.short_clock(x.start)}]" + (f" {w}" if w else "") for x, w in zip(cell.both, more, strict=True)
            ]
            who = who_called(m, meeting, code.actor)
            counts = (t.number(len(cell.both)), t.number(cell.one))
            rows.append((task, who, t.words(code.name), *counts, " ".join(clocks)))
    if not rows:
        return []
    title = t.tr("Marks by task, {pair}", pair=m.pair_called(meeting))
    header = (t.tr("Task"), t.tr("Who"), t.tr("Observation"), t.tr("Both marked"), t.tr("Only one"), t.tr("Times"))
    return [
        heading(SectionKey.ATTACHMENTS, f"marks-heading/{meeting.id}", title),
        table(SectionKey.ATTACHMENTS, f"marks/{meeting.id}", title, header, rows),
    ]


def _used(found: Comparison) -> set[str]:
    return {o.code for c in (found.a, found.b) for o in c.observations.values()}


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
    lines = (*figure_lines(t, found), *dimension_lines(t, found))
    title = t.tr("Agreement of the two codings, {pair}", pair=m.pair_called(meeting))
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
