"""Passages from the meetings: their table, what happened on the way, and what was said after it.

What an adult said right after filming is that adult's own view, apart from observations and from the other adults
(domain 1.6).
"""

from __future__ import annotations

from collections.abc import Iterable

from app.casework.meeting_file import MeetingFile
from app.filming.talk_after import questions
from app.filming.words import interruption_words
from app.i18n import now
from app.model.filmed import UNASKED
from app.model.filming import FilmingEvent, Happening, Talk
from app.model.meeting import Meeting
from app.model.service import SectionKey
from app.model.statement import ParagraphKind, Run
from app.statement.apart import may_not_name
from app.statement.material import Material, Passage, heading, sentence_passage
from app.statement.meetings_table import meetings_table

#: the question of the talk that is the child's
CHILDS_QUESTION = "child-fun"


def how_done(m: Material) -> list[Passage]:
    """How it was done: the meetings that were held, those that were not, and what happened while filming."""
    rows = meetings_table(m)
    for file in (f for f in m.meetings if m.form.tells(f.meeting.kind)):
        words = _happened(m, file) if file.filmed.films else _not_filmed(m, file.meeting)
        if words:
            rows.append(sentence_passage(SectionKey.HOW_DONE, f"filming/{file.meeting.id}", " ".join(words)))
    return rows


def _not_filmed(m: Material, meeting: Meeting) -> list[str]:
    """Why nothing was filmed; of one that was cancelled or missed the table says it."""
    t, said = m.texts, {"date": m.day(meeting), "pair": m.pair(meeting)}
    if meeting.held > now() and meeting.takes_place:
        return [t.tr("A meeting ({pair}) is agreed for {date}.", **said)]
    if meeting.child_said == "no":
        words = t.tr(
            "The meeting agreed for {date} ({pair}) was not filmed: the child did not want to be filmed.", **said
        )
        return [words]
    if not meeting.takes_place:
        return []
    return [t.tr("The meeting agreed for {date} ({pair}) was not filmed.", **said)]


def _happened(m: Material, file: MeetingFile) -> list[str]:
    """Tasks left out, interruptions, pauses and an early end, a sentence each."""
    t, filmed, day = m.texts, file.filmed, m.day(file.meeting)
    rows = []
    if filmed.skipped:
        tasks = [
            f"{n} {file.task_name(n, t.language)} ({interruption_words(t, why)})"
            for n, why in sorted(filmed.skipped.items())
        ]
        rows.append(t.tr("Left out of the tasks of {date}: {tasks}.", date=day, tasks=", ".join(tasks)))
    away = filmed.of(Happening.INTERRUPTION)
    if away:
        times = [f"{_span(m, e)} ({interruption_words(t, e.reason)})" for e in away]
        words = t.trn(
            "Filming on {date} was interrupted {n} time: {times}.",
            "Filming on {date} was interrupted {n} times: {times}.",
            len(away), date=day, times=", ".join(times),
        )  # fmt: skip
        rows.append(words)
    paused = [e for e in filmed.of(Happening.PAUSE) if e.reason not in UNASKED]
    if paused:
        times = [_span(m, e) for e in paused]
        rows.append(t.tr("Filming on {date} was paused: {times}.", date=day, times=", ".join(times)))
    ended = [t.short_clock(e.start) for e in filmed.of(Happening.ENDED_AT_ONCE)]
    rows += [t.tr("Filming on {date} was ended before its time, at {time}.", date=day, time=at) for at in ended]
    return rows


def _span(m: Material, event: FilmingEvent) -> str:
    clocks = dict.fromkeys(m.texts.short_clock(at) for at in (event.start, event.end) if at is not None)
    return "–".join(clocks)


def childs_words(m: Material) -> list[Passage]:
    """What the child said when asked after filming."""
    t, rows = m.texts, []
    for file, talk in talks(m):
        said = answers(talk).get(CHILDS_QUESTION)
        if said:
            words = t.tr(
                "Right after filming on {date} the child was asked what was fun and what was not."
                " The child answered: {said}",
                date=m.day(file.meeting),
                said=said,
            )
            rows.append(sentence_passage(SectionKey.CHILDS_VIEW, f"child-said/{talk.id}", words))
    return rows


def parents_views(m: Material) -> list[Passage]:
    """The talk right after filming, each adult under a heading of its own: the question and what was answered."""
    t, rows = m.texts, []
    for file, talk in talks(m):
        said = answers(talk)
        asked = [(q, said[q.key]) for q in questions() if q.key in said and q.key != CHILDS_QUESTION]
        if not asked:
            continue
        words = t.tr("{adult}, talk right after filming {date}", adult=_upper(m.called(m.case.person(talk.person_id))),
                     date=m.day(file.meeting))  # fmt: skip
        rows.append(heading(SectionKey.PARENTS_VIEWS, f"talk/{talk.id}", words))
        rows += [
            Passage(
                SectionKey.PARENTS_VIEWS,
                f"said/{talk.id}/{q.key}",
                (Run(t.words(q.text), italic=True), Run(f" {answer}")),
                ParagraphKind.ITEM,
            )
            for q, answer in asked
        ]
    return rows


def talks(m: Material) -> Iterable[tuple[MeetingFile, Talk]]:
    """Of each meeting the talks, without those of an adult who may not be named."""
    silent = {p.id for p in may_not_name(m.case, m.statement)}
    for file in m.meetings:
        for talk in m.talks.get(file.meeting.id, ()):
            if talk.person_id not in silent:
                yield file, talk


def answers(talk: Talk) -> dict[str, str]:
    return {a.question: " ".join(a.text.split()) for a in talk.answers if a.text.strip()}


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
