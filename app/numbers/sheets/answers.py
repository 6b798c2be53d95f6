"""*Vastaukset* and *Yhteys palaa*: how soon an answer came, and how contact was found again."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from app.charts.picture import Picture
from app.charts.times import TimeStrip, strips
from app.i18n import Texts
from app.model.timecode import SECOND
from app.numbers.numbers import INTERPRETED, OVER_LINK, Numbers
from app.numbers.sheets.naming import Names
from app.numbers.sheets.sheet import Chosen, Dial, Sheet, window_words
from app.statistics.answers import INITIATIVE, SEEKING, AnswerRow, rule_for
from app.statistics.course import BACK_IN_STEP, OUT_OF_STEP, ReconnectionRow
from app.tables import Column, Figures, Table


def answers(texts: Texts, n: Numbers, _chosen: Chosen) -> Sheet:
    """Latency from the child's seeking to an adult's answer, and initiatives left unanswered (AE5)."""
    names, t = Names(texts, n), texts
    title = t.tr("Answers")
    if n.why_none:
        return Sheet("answers", title, "", empty=_why(t, n.why_none))
    rows = list(zip(n.tasks, n.answers, n.initiatives, strict=True))
    has_any = bool(n.answers[0].seeks)
    return Sheet(
        "answers",
        title,
        t.tr("How soon an adult's answer came after the child sought contact or comfort."),
        (_answer_words(names, n), names.time_note()),
        (_answer_picture(names, n),) if has_any else (),
        _answer_table(names, rows) if has_any else None,
        dials=(Dial("answer", t.tr("Answer within"), n.settings.answer // SECOND),),
        empty=t.tr("No seeking of the child is marked in codable time."),
    )


def _why(t: Texts, reason: str) -> str:
    if reason == INTERPRETED:
        return t.tr("Off: an interpreter was needed, and the times would be those of the interpretation.")
    if reason == OVER_LINK:
        return t.tr("Off: people met over a video link, and the times would be those of the link.")
    return t.tr("Off: this scheme has no codes for the child's seeking and the adult's answer.")


def _answer_words(names: Names, n: Numbers) -> str:
    t = names.texts
    seeking, initiative = rule_for(n.scheme, SEEKING), rule_for(n.scheme, INITIATIVE)
    assert seeking is not None
    assert initiative is not None
    listed = [
        ", ".join(names.word(c) for c in codes)
        for codes in (seeking.seeks, seeking.answers, initiative.seeks, initiative.answers)
    ]
    return t.tr(
        "Seeking: {seeks}. Answer: {answers}, within {window}. Initiative left unanswered: {initiative} without "
        "{reply} within {short}. Where the window was not seen to its end without an answer, it is not known.",
        seeks=listed[0],
        answers=listed[1],
        window=window_words(t, n.settings.answer),
        initiative=listed[2],
        reply=listed[3],
        short=window_words(t, n.settings.initiative),
    )


def _answer_picture(names: Names, n: Numbers) -> Picture:
    t, f = names.texts, Figures(names.texts)
    rows = [
        TimeStrip(names.task(task), row.times, row.median, f"{row.answered} / {row.seeks}")
        for task, row in zip(n.tasks, n.answers, strict=True)
    ]
    median = t.tr("median")
    told = "; ".join(f"{r.name}: {r.words}, {median} {f.seconds(r.median).shown}" for r in rows)
    title = t.tr("Seconds from seeking to answer; the tall stroke is the median; at the right answered / sought")
    return Picture(title, told, lambda pen: strips(rows, n.settings.answer, _ticks(t, n.settings.answer), pen))


def _ticks(t: Texts, end: float) -> list[tuple[float, str]]:
    """Whole seconds along an axis, at most eight."""
    whole = ceil(end / SECOND)
    step = next(s for s in (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600) if whole / s <= 8 or s == 3600)
    return [(x * SECOND, f"{t.number(x)}\u00a0s") for x in range(0, whole + 1, step) if x * SECOND <= end]


def _answer_table(names: Names, rows: Sequence[tuple[int | None, AnswerRow, AnswerRow]]) -> Table:
    t, f = names.texts, Figures(names.texts)
    columns = (
        Column(t.tr("Task")),
        Column(t.tr("Sought"), is_figure=True),
        Column(t.tr("Answered"), is_figure=True),
        Column(t.tr("Not answered"), is_figure=True),
        Column(t.tr("Not known"), is_figure=True),
        Column(t.tr("Median"), t.tr("Median (s)"), is_figure=True),
        Column(t.tr("Initiatives"), is_figure=True),
        Column(t.tr("left unanswered"), is_figure=True),
        Column(t.tr("not known"), is_figure=True),
    )
    cells = tuple(
        (
            f.words(names.task(task)),
            *map(f.count, (a.seeks, a.answered, a.unanswered, a.unseen)),
            f.seconds(a.median),
            *map(f.count, (i.seeks, i.unanswered, i.unseen)),
        )
        for task, a, i in rows
    )
    return Table(columns, cells)


def reconnections(texts: Texts, n: Numbers, _chosen: Chosen) -> Sheet:
    """How many times the two were out of step, came back, and how long that took (DP1)."""
    names, t = Names(texts, n), texts
    rows = [r for r in n.reconnections if r.person == "dyad"]
    has_any = any(r.out for r in rows)
    back = t.tr("{one} or {other}", one=names.word(BACK_IN_STEP[0]), other=names.word(BACK_IN_STEP[1]))
    words = t.tr(
        "Contact returns where {out} gives way to {back}; the time is counted from its beginning and stands in the "
        "task in which it began. What ended where coded time ended is not known.",
        out=names.word(OUT_OF_STEP),
        back=back,
    )
    return Sheet(
        "reconnections",
        t.tr("Contact returns"),
        t.tr("Being out of step belongs to ordinary interaction. Here is how contact was found again."),
        (words, names.time_note()),
        (_return_picture(names, rows),) if has_any else (),
        _return_table(names, rows) if has_any else None,
        empty=t.tr("The two were not marked out of step in codable time."),
    )


def _return_picture(names: Names, rows: list[ReconnectionRow]) -> Picture:
    t, f = names.texts, Figures(names.texts)
    drawn = [TimeStrip(names.task(r.task), r.times, r.median, f"{r.returned} / {r.out}") for r in rows]
    end = max([10 * SECOND, *(x for r in rows for x in r.times)])
    median = t.tr("median")
    told = "; ".join(f"{s.name}: {s.words}, {median} {f.seconds(s.median).shown}" for s in drawn)
    title = t.tr("Seconds until contact returned; the tall stroke is the median; at the right returned / out of step")
    return Picture(title, told, lambda pen: strips(drawn, end, _ticks(t, end), pen))


def _return_table(names: Names, rows: list[ReconnectionRow]) -> Table:
    t, f = names.texts, Figures(names.texts)
    columns = (
        Column(t.tr("Task")),
        Column(t.tr("Out of step"), is_figure=True),
        Column(t.tr("Contact returned"), is_figure=True),
        Column(t.tr("Not known"), is_figure=True),
        Column(t.tr("Median"), t.tr("Median (s)"), is_figure=True),
    )
    cells = tuple(
        (f.words(names.task(r.task)), f.count(r.out), f.count(r.returned), f.count(r.unseen), f.seconds(r.median))
        for r in rows
    )
    return Table(columns, cells)
