"""Passages from the two codings: observations as sentences with their moments, states, and what no figure holds.

Counts are of what both workers marked and of what only one did, within the time that both covered; once both have
confirmed their common view, of that.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.comparing.common_view.told import ToldView
from app.comparing.comparison import Comparison
from app.i18n import Texts
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.rounding import whole_percent
from app.model.scheme import Actor, Code, Kind
from app.model.service import SectionKey
from app.model.statement import Evidence, ParagraphKind, Run
from app.model.timecode import SECOND, Micros
from app.statement.material import Material, Passage, heading, sentence_passage
from app.statement.passages_of_common_view import seen_differently
from app.statement.seen import (
    Moment,
    Outside,
    Seen,
    alone_by_code,
    modifier_words,
    outside,
    task_at,
    told_by_task,
)
from app.statistics.acts import acts_of
from app.statistics.shared import SharedState, shared_state

ByTask = dict[tuple[int, str], Seen]


def observations(m: Material) -> list[Passage]:
    """Observations: per meeting (one adult), per dimension, each code as a sentence with the moments of it."""
    rows: list[Passage] = []
    for file in m.meetings:
        found = m.compared.get(file.meeting.id)
        if found is None:
            continue
        meeting = file.meeting
        title = f"{m.pair_called(meeting)}, {m.day(meeting)}"
        rows.append(heading(SectionKey.OBSERVATIONS, f"pair/{meeting.id}", title))
        if len(rows) == 1:  # how to read it stands once, with the first
            words = _what_is_told(m)
            rows.append(sentence_passage(SectionKey.OBSERVATIONS, f"times/{meeting.id}", words))
        seen = told_by_task(found, m.common_of(found))
        for dimension in found.scheme.dimensions:
            rows += _dimension(m, found, dimension.id, seen)
        rows += _outside(m, found)
        rows += _states(m, found)
        rows += _alone(m, found)
        rows += seen_differently(m, found)
    return rows


def _what_is_told(m: Material) -> str:
    """How to read it; which films are told from a common view is said beside how they were coded."""
    if set(m.compared) <= set(m.common):
        return m.texts.tr(
            "Told is the workers' common view, made after each had coded alone. Times are minutes and seconds from the"
            " meeting's beginning."
        )
    if m.common:
        return m.texts.tr(
            "Told is the workers' common view where they have made one, else what both marked. Times are minutes and"
            " seconds from the meeting's beginning."
        )
    return m.texts.tr("Told is what both workers marked. Times are minutes and seconds from the meeting's beginning.")


def _dimension(m: Material, found: Comparison, dimension: str, seen: ByTask) -> list[Passage]:
    """Heading, a sentence for each code that both marked, and how many only one did; nothing for no marks."""
    meeting, named = found.file.meeting, found.scheme.dimension(dimension)
    codes = [c for c in found.scheme.codes if c.dimension == dimension and c.kind == Kind.POINT]
    told = [_code(m, found, code, moments) for code in codes if (moments := _moments(seen, code))]
    lone = sum(cell.one for (_, code), cell in seen.items() if code in {c.id for c in codes})
    if named is None or not (told or lone):
        return []
    name, key = m.texts.words(named.name), f"{meeting.id}/{dimension}"
    passages = [heading(SectionKey.OBSERVATIONS, f"dimension/{key}", name[:1].upper() + name[1:]), *told]
    if lone:
        words = _lone_words(m.texts, lone, has_rows=bool(told))
        passages.append(sentence_passage(SectionKey.OBSERVATIONS, f"lone/{key}", words))
    return passages


def _moments(seen: ByTask, code: Code) -> list[Moment]:
    return sorted((x for (_, c), cell in seen.items() if c == code.id for x in cell.both), key=lambda x: x.start)


def _alone(m: Material, found: Comparison) -> list[Passage]:
    """What one worker alone was asked to code, apart from what both did; nothing where both coded all."""
    t, meeting, seen = m.texts, found.file.meeting, alone_by_code(found)
    if found.file.sample is None:
        return []
    told = [_code(m, found, c, seen[c.id], "alone") for c in found.scheme.codes if c.id in seen]
    a, _b = found.coders
    words = t.tr("{name} alone coded the tasks that were not drawn for a second coding.", name=a)
    if not told:
        words += " " + t.tr("There are no observations of them.")
    title = t.tr("Tasks coded by one worker")
    return [
        heading(SectionKey.OBSERVATIONS, f"alone-heading/{meeting.id}", title),
        sentence_passage(SectionKey.OBSERVATIONS, f"alone-said/{meeting.id}", words),
        *told,
    ]


def _code(m: Material, found: Comparison, code: Code, moments: Sequence[Moment], source: str = "seen") -> Passage:
    """*Äiti: ohjaa selkeästi, 2 kertaa. Torni [00:15]; Laulu [02:10].* Each moment plays."""
    t, meeting = m.texts, found.file.meeting
    who = m.who_called(meeting, code.actor)
    times = t.trn("{n} time", "{n} times", len(moments))
    runs, evidence, last = [Run(f"{who[:1].upper()}{who[1:]}: {t.words(code.name)}, {times}. ")], [], -1
    for moment in moments:
        number = task_at(found, moment.start)
        task = found.file.task_name(number, t.language) or t.tr("between tasks")
        task = _upper(task) if last < 0 else task
        before = "" if last < 0 else ("; " if number != last else " ")
        runs.append(Run(f"{before}{task} " if number != last else before))
        made = _evidence(m, found, code, moment)
        runs.append(Run(f"[{t.short_clock(moment.start)}]", evidence=made.id))
        if more := modifier_words(t, code, (moment.a, moment.b)):
            runs.append(Run(f" ({more})"))
        evidence.append(made)
        last = number
    runs.append(Run("."))
    return Passage(
        SectionKey.OBSERVATIONS,
        f"{source}/{meeting.id}/{code.id}",
        _joined(runs),
        ParagraphKind.ITEM,
        evidence=tuple(evidence),
    )


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Plain pieces beside each other as one, as a text field gives them back."""
    rows: list[Run] = []
    for run in (r for r in runs if r.text):
        if rows and not rows[-1].evidence and not run.evidence:
            rows[-1] = Run(rows[-1].text + run.text)
        else:
            rows.append(run)
    return tuple(rows)


def _evidence(m: Material, found: Comparison, code: Code, moment: Moment) -> Evidence:
    words = f"{m.texts.words(code.name)} {m.texts.short_clock(moment.start)}"
    common = m.common_of(found)
    codings = (found.a.id, found.b.id, *(() if common is None else (common.coding.id,)))
    return Evidence(
        new_id(), m.statement.id, "observation", words, found.file.meeting.id, codings, moment.ids, moment.start,
        moment.end, code.dimension,
    )  # fmt: skip


def _lone_words(t: Texts, n: int, *, has_rows: bool) -> str:
    if has_rows:
        return t.trn(
            "Besides, {n} observation that only one of the workers marked.",
            "Besides, {n} observations that only one of the workers marked.",
            n,
        )
    return t.trn(
        "{n} observation, which only one of the workers marked.",
        "{n} observations, which only one of the workers marked.",
        n,
    )


def _outside(m: Material, found: Comparison) -> list[Passage]:
    """Marks that no figure holds are told all the same: a sign of distress must not vanish without a word."""
    t, meeting, rows = m.texts, found.file.meeting, outside(found)
    if not rows:
        return []
    begin = t.trn(
        "{n} observation of time that cannot be coded or that only one of the two went through, in no figure:",
        "{n} observations of time that cannot be coded or that only one of the two went through, in no figure:",
        len(rows),
    )
    said = "; ".join(_outside_words(m, meeting, row) for row in rows)
    return [sentence_passage(SectionKey.OBSERVATIONS, f"outside/{meeting.id}", f"{begin} {said}.")]


def _outside_words(m: Material, meeting: Meeting, row: Outside) -> str:
    t = m.texts
    who, name, more = (
        m.who_called(meeting, row.code.actor),
        t.words(row.code.name),
        modifier_words(t, row.code, row.marks),
    )
    by = t.tr("both marked") if row.by_both else t.tr("only one marked")
    about = ", ".join(x for x in (by, more) if x)
    return f"{who}: {name} [{t.short_clock(row.start)}] ({about})"


def _states(m: Material, found: Comparison) -> list[Passage]:
    """The states in a sentence by what both had on, and what became of the rest of the time."""
    t, meeting, common = m.texts, found.file.meeting, m.common_of(found)
    shared = shared_states(found, common)
    if not shared:
        return []
    seen = [(code, x) for code, x in shared if x.time > 0]
    said = ", ".join(
        t.tr("{state} {share} of the time ({length})", state=t.words(c.name), share=t.percent(x.share),
             length=length_words(t, x.time))
        for c, x in seen
    )  # fmt: skip
    if common is not None:
        none = t.tr("There is no state in the common view.")
        notes = [t.tr("In the common view: {states}.", states=said) if said else none]
    else:
        notes = [t.tr("Both workers marked: {states}.", states=said) if said else t.tr("No state was marked by both.")]
    if len({c.group for c, _ in shared}) == 1:  # only of states that exclude each other do the shares make a whole
        rest = 1.0 - sum(whole_percent(x.share) for _, x in shared) / 100
        if rest >= 0.005:
            notes.append(
                t.tr("For the rest of the time ({share}) there is no state in the common view.", share=t.percent(rest))
                if common is not None
                else t.tr(
                    "For the rest of the time ({share}) the workers marked different states or only one marked a state."
                    " Here no difference in time is allowed.",
                    share=t.percent(rest),
                )
            )
    if found.file.sample is not None:
        notes.append(t.tr("These shares are of the tasks that were drawn for a second coding."))
    notes += [f"{_upper(t.words(c.name))}: {_lower(t.words(c.help))}" for c, x in seen if c.help is not None]
    return [
        heading(SectionKey.OBSERVATIONS, f"states-heading/{meeting.id}", t.tr("State of interaction")),
        sentence_passage(SectionKey.OBSERVATIONS, f"states-said/{meeting.id}", " ".join(notes)),
    ]


def shared_states(found: Comparison, common: ToldView | None = None) -> list[tuple[Code, SharedState]]:
    """The states of the pair with the time that both had each on; none without such states or time.

    With a `common` view the time that it has each on.
    """
    states = [c for c in found.scheme.codes if c.kind == Kind.STATE and c.actor == Actor.DYAD]
    if not states or not found.window:
        return []
    codings = (found.a, found.b) if common is None else (common.coding, common.coding)
    acts = [acts_of(coding, found.file.length) for coding in codings]
    return [(code, shared_state(acts[0], acts[1], code.id, found.window)) for code in states]


def length_words(t: Texts, time: Micros) -> str:
    """A length in minutes and seconds, rounded as the shares beside it are; a place in the film is cut."""
    return t.short_clock(round(time / SECOND) * SECOND)


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
