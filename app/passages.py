"""What a statement can say by itself: passages filled from the archive, each with its source and its evidence.

Facts and counts only, from the two independent codings once both are ready; never a verdict, never two adults in one
table, never a child's rating as a number. Everything is in the statement's own language.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from app.casework import CaseFile, case_file
from app.coding import MeetingFile, meeting_file
from app.comparing import (
    Comparison,
    both_ready,
    comparison,
    dimension_lines,
    figure_lines,
    settings_sentence,
    time_sentence,
)
from app.i18n import Texts
from app.model.checks import QUESTION_SOURCE
from app.model.identity import new_id
from app.model.meeting import Meeting, intersection
from app.model.observation import Observation
from app.model.people import Interpreter, Person, Worker, age_on
from app.model.scheme import Actor, Kind
from app.model.statement import Evidence, ParagraphKind, Run, Statement
from app.model.timecode import Micros
from app.ports import Store
from app.statement_texts import StatementTexts

Cells = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Passage:
    """One generated paragraph. `source` is its generator and stays the same from filling to filling."""

    section: int
    source: str
    runs: tuple[Run, ...] = ()
    kind: ParagraphKind = ParagraphKind.BODY
    cells: Cells = ()
    about: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Material:
    """What the passages are made of, read once."""

    statement: Statement
    case: CaseFile
    workers: tuple[Worker, ...]
    meetings: tuple[MeetingFile, ...]
    compared: dict[str, Comparison]
    texts: Texts
    fixed: StatementTexts

    def adult(self, meeting: Meeting) -> Person | None:
        return self.case.person(meeting.adult_id)

    def pair_called(self, meeting: Meeting) -> str:
        """*Äiti ja lapsi*."""
        adult, child = self.adult(meeting), self.case.person(meeting.child_id)
        words = self.texts.tr(
            "{adult} and {child}", adult=adult.called if adult else "", child=child.called if child else ""
        )
        return words[:1].upper() + words[1:]


def gather(store: Store, statement: Statement) -> Material:
    case = case_file(store, statement.case_id)
    wanted = statement.meetings or tuple(m.id for m in case.meetings)
    files = tuple(meeting_file(store, m.id) for m in case.meetings if m.id in wanted)
    compared = {f.meeting.id: comparison(store, f.meeting.id) for f in files if both_ready(store, f)}
    pair = tuple(w for w in (case.case.lead, case.case.partner) if w)
    workers = tuple(store.get(Worker, w) for w in pair)
    language = statement.language
    return Material(statement, case, workers, files, compared, Texts(language), StatementTexts(language))


def passages(store: Store, statement: Statement) -> tuple[Passage, ...]:
    """Everything that the archive can fill, in the order of the sections and within them."""
    material = gather(store, statement)
    rows = [
        *_commission(material),
        *_family(material),
        *_background(material),
        *_how_done(material),
        *_methods(material),
        *_observations(material),
        *_questions(material),
        *_distribution(material),
        *_attachments(material),
    ]
    return tuple(rows)


def _sentence(section: int, source: str, text: str) -> Passage:
    return Passage(section, source, (Run(text),))


def _heading(section: int, source: str, text: str) -> Passage:
    return Passage(section, source, (Run(text),), ParagraphKind.HEADING)


def _table(section: int, source: str, about: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> Passage:
    return Passage(section, source, (), ParagraphKind.TABLE, (header, *rows), about)


def _commission(m: Material) -> list[Passage]:
    """Section 1: who ordered what, and the questions verbatim."""
    c, t = m.case.commission, m.texts
    if c is None:
        return []
    facts = [
        (t.tr("Commissioner"), ", ".join(x for x in (c.commissioner, c.unit) if x)),
        (t.tr("Responsible social worker"), c.social_worker),
        (t.tr("Ordered"), t.date(c.ordered)),
        (t.tr("Decision"), c.decision),
        (t.tr("Document"), m.fixed.document_kind(c.document)),
        (t.tr("Assessment"), c.assessment),
        (t.tr("Service task"), c.service_task),
        (t.tr("Legal context"), c.legal_context),
        (t.tr("Deadline"), t.date(c.deadline)),
    ]
    shown = [row for row in facts if row[1]]
    rows = [_table(1, "commission", t.tr("The commission"), (t.tr("Matter"), t.tr("Content")), shown)]
    if c.questions:
        rows.append(_heading(1, "questions", t.tr("Commissioner's questions")))
        rows += [
            Passage(1, f"asked/{n}", (Run(f"{n}. {q}"),), ParagraphKind.ITEM)
            for n, q in enumerate(c.questions, start=1)
        ]
    return rows


def _family(m: Material) -> list[Passage]:
    """Section 2: child, adults, languages, interpreter."""
    t = m.texts
    day = m.meetings[-1].meeting.held.date() if m.meetings else m.statement.created.date()
    rows = []
    for p in m.case.persons:
        age = ""
        if p.is_child and p.born is not None:
            years, months = age_on(p.born, day)
            age = t.tr("{years} y {months} mo", years=years, months=months)
        guardian = t.tr("guardian") if p.guardian else ""
        details = ", ".join(x for x in (m.fixed.role(p.role), age, guardian) if x)
        rows.append((p.called, p.name, details))
    if not rows:
        return []
    header = (t.tr("Called in this document"), t.tr("Name"), t.tr("Role"))
    return [_table(2, "family", t.tr("Client and family"), header, rows)]


def _background(m: Material) -> list[Passage]:
    """Section 3: the documents that were known."""
    sources = m.case.commission.sources if m.case.commission else ()
    t = m.texts
    return [
        Passage(3, f"source/{n}", (Run(", ".join(x for x in (s.title, t.date(s.dated)) if x)),), ParagraphKind.ITEM)
        for n, s in enumerate(sources, start=1)
    ]


def _how_done(m: Material) -> list[Passage]:
    """Section 4: the table of meetings and what was filmed."""
    t = m.texts
    rows = []
    for file in m.meetings:
        meeting = file.meeting
        length = sum(r.facts.duration for r in file.recordings if r.camera == 1)
        filmed = t.tr("{minutes} min of film", minutes=t.number(length / 60_000_000, 0)) if length else ""
        rows.append(
            (
                t.date(meeting.held.astimezone().date()),
                meeting.place,
                t.tr("MIM filming"),
                m.pair_called(meeting),
                filmed,
            )
        )
    if not rows:
        return []
    header = (t.tr("Date"), t.tr("Place"), t.tr("Form"), t.tr("Participants"), t.tr("Recording"))
    return [_table(4, "meetings", t.tr("Meetings"), header, rows)]


def method_title(m: Material) -> str:
    """The name of the result: MIM only with proof of training for this purpose of one of the pair (title rule)."""
    trained = any(w.may_call_it_mim(m.case.case.purpose) for w in m.workers)
    return m.fixed.method_title(trained=trained)


def _methods(m: Material) -> list[Passage]:
    """Section 5: method, instruments, the workers' agreement, interpreter, limits."""
    t = m.texts
    rows = [_sentence(5, "method", t.tr("The method was {method}.", method=method_title(m)))]
    for file in m.meetings:
        found = m.compared.get(file.meeting.id)
        if found is not None:
            rows += _agreement(m, found)
    if m.case.case.interpreter != Interpreter.NONE:
        rows.append(_sentence(5, "interpreter", m.fixed.interpreter))
    known = bool(m.case.commission and m.case.commission.sources)
    rows.append(_sentence(5, "caveat", m.fixed.caveat))
    rows.append(_sentence(5, "weighing", m.fixed.weighed if known else m.fixed.nothing_to_weigh))
    return rows


def _agreement(m: Material, found: Comparison) -> list[Passage]:
    meeting, t = found.file.meeting, m.texts
    made = t.tr(
        "Both workers coded the film of {date} each alone with {scheme}, and rated it with {instrument}: {disclaimer}.",
        date=t.date(meeting.held.astimezone().date()),
        scheme=t.words(found.scheme.name),
        instrument=t.words(found.instrument.name),
        disclaimer=t.words(found.instrument.disclaimer),
    )
    rows = [_sentence(5, f"coded/{meeting.id}", made)]
    state = next((r for r in found.agreement.time_based if r.group and r.person == "dyad"), None)
    words = time_sentence(t, state.percent, state.kappa) if state else ""
    if words:
        evidence = Evidence(
            new_id(), m.statement.id, "agreement", words, meeting.id, (found.a.id, found.b.id), dimension=""
        )
        runs = (Run(words, evidence=evidence.id), Run(" " + m.fixed.about_workers))
        rows.append(Passage(5, f"agreement/{meeting.id}", runs, evidence=(evidence,)))
    return rows


@dataclass
class _Seen:
    """One code in one task: the times that both marked, and how many only one did."""

    both: list[tuple[Micros, str, str]] = field(default_factory=list)
    one: int = 0


def seen_by_task(found: Comparison) -> dict[tuple[int, str], _Seen]:
    """By (task number, code id): point events both workers marked (in one pair), and those only one did.

    Only events inside the time that both covered count; task 0 is time between tasks.
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
    return code is not None and code.kind == Kind.POINT and any(s.holds(o.start) for s in found.window)


def _task(found: Comparison, time: Micros) -> int:
    segment = found.file.segment_at(time)
    return segment.number if segment else 0


def _observations(m: Material) -> list[Passage]:
    """Section 8: per meeting (one adult), per dimension, per task, with time references."""
    rows: list[Passage] = []
    for file in m.meetings:
        found = m.compared.get(file.meeting.id)
        if found is None:
            continue
        meeting = file.meeting
        date = m.texts.date(meeting.held.astimezone().date())
        rows.append(_heading(8, f"pair/{meeting.id}", f"{m.pair_called(meeting)}, {date}"))
        seen = seen_by_task(found)
        for dimension in found.scheme.dimensions:
            rows += _dimension(m, found, dimension.id, seen)
        rows += _states(m, found)
        rows += _childs_ratings(m, found)
    return rows


def _dimension(m: Material, found: Comparison, dimension: str, seen: dict[tuple[int, str], _Seen]) -> list[Passage]:
    t, meeting = m.texts, found.file.meeting
    named = found.scheme.dimension(dimension)
    codes = [c for c in found.scheme.codes if c.dimension == dimension and c.kind == Kind.POINT]
    rows, ids, first = [], [], None
    for number in range(len(meeting.plan) + 1):
        for code in codes:
            cell = seen.get((number, code.id))
            if cell is None:
                continue
            times = sorted(start for start, _, _ in cell.both)
            first = min([x for x in (first, *times[:1]) if x is not None], default=None)
            ids += [i for _, a, b in cell.both for i in (a, b)]
            task = found.file.task_name(number, t.language) or t.tr("between tasks")
            rows.append(
                (
                    task,
                    _who(m, meeting, code.actor),
                    t.words(code.name),
                    t.number(len(times)),
                    t.number(cell.one),
                    " ".join(f"[{t.short_clock(x)}]" for x in times) or "–",
                )
            )
    if not rows or named is None:
        return []
    name = t.words(named.name)
    key = f"{meeting.id}/{dimension}"
    evidence = Evidence(
        new_id(),
        m.statement.id,
        "summary",
        name,
        meeting.id,
        (found.a.id, found.b.id),
        tuple(ids),
        first,
        None,
        dimension,
    )
    header = (t.tr("Task"), t.tr("Who"), t.tr("Observation"), t.tr("Both marked"), t.tr("Only one"), t.tr("Times"))
    heading = name[:1].upper() + name[1:]
    table = Passage(8, f"seen/{key}", (), ParagraphKind.TABLE, (header, *rows), heading, (evidence,))
    return [_heading(8, f"dimension/{key}", heading), table]


def _who(m: Material, meeting: Meeting, actor: Actor) -> str:
    if actor == Actor.DYAD:
        return m.texts.tr("together")
    person = m.case.person(meeting.adult_id if actor == Actor.ADULT else meeting.child_id)
    return person.called if person else ""


def state_times(found: Comparison, code_id: str) -> Micros:
    """How long both workers had the state on at the same time, within what both covered, in microseconds."""
    on = []
    for coding in (found.a, found.b):
        own = tuple(
            type(found.window[0])(o.start, o.end)
            for o in coding.observations.values()
            if o.code == code_id and o.end is not None
        )
        on.append(intersection(own, found.window))
    return sum(s.length for s in intersection(*on))


def _states(m: Material, found: Comparison) -> list[Passage]:
    t, meeting = m.texts, found.file.meeting
    states = [c for c in found.scheme.codes if c.kind == Kind.STATE and c.actor == Actor.DYAD]
    whole = sum(s.length for s in found.window)
    if not states or not whole:
        return []
    rows = []
    for code in states:
        time = state_times(found, code.id)
        rows.append((t.words(code.name), t.short_clock(time), t.percent(time / whole)))
    header = (t.tr("State of interaction"), t.tr("Time that both marked (min:s)"), t.tr("Share of the covered time"))
    heading = t.tr("State of interaction")
    return [
        _heading(8, f"states-heading/{meeting.id}", heading),
        _table(8, f"states/{meeting.id}", heading, header, rows),
    ]


def _childs_ratings(m: Material, found: Comparison) -> list[Passage]:
    """The child's items in words, both workers' words when they differ; never a number."""
    t, meeting = m.texts, found.file.meeting
    rows = []
    for item in found.instrument.items:
        if item.actor == Actor.ADULT:
            continue
        words = [_in_words(m, found, r) for c in (found.a, found.b) if (r := c.rating_of(item.id)) is not None]
        if words:
            rows.append((t.words(item.name), " – ".join(dict.fromkeys(words))))
    if not rows:
        return []
    heading = t.tr("Child and interaction in words")
    header = (t.tr("Item"), t.tr("The workers' words"))
    return [
        _heading(8, f"child-heading/{meeting.id}", heading),
        _table(8, f"child-ratings/{meeting.id}", heading, header, rows),
    ]


def _in_words(m: Material, found: Comparison, rating: object) -> str:
    value = getattr(rating, "value", None)
    anchor = next((a for a in found.instrument.anchors if a.value == value), None)
    return m.texts.words(anchor.name if anchor else found.instrument.no_occasion)


def _questions(m: Material) -> list[Passage]:
    """Section 12: each question as a heading, its answer is a hand's."""
    asked = m.case.commission.questions if m.case.commission else ()
    return [_heading(12, f"{QUESTION_SOURCE}{n}", f"{n}. {q}") for n, q in enumerate(asked, start=1)]


def _distribution(m: Material) -> list[Passage]:
    c = m.case.commission
    if c is None or not c.commissioner:
        return []
    to = ", ".join(x for x in (c.commissioner, c.unit, c.social_worker) if x)
    return [Passage(16, "distribution", (Run(to),), ParagraphKind.ITEM)]


def _attachments(m: Material) -> list[Passage]:
    """Section 17: task list, the adult's rating profile, agreement table."""
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
    spans = {s.number: s for s in file.segments}
    rows = [
        (
            str(n),
            t.words(task.name),
            t.words(task.text),
            f"{t.short_clock(spans[n].start)}–{t.short_clock(spans[n].end)}" if n in spans else "–",
        )
        for n, task in enumerate(meeting.plan, start=1)
    ]
    if not rows:
        return []
    heading = t.tr("Tasks, {pair}", pair=m.pair_called(meeting))
    header = (t.tr("No."), t.tr("Task"), t.tr("Card"), t.tr("Time"))
    return [
        _heading(17, f"tasks-heading/{meeting.id}", heading),
        _table(17, f"tasks/{meeting.id}", heading, header, rows),
    ]


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
    heading = t.tr("Rating profile, {adult}", adult=adult.called if adult else "")
    header = (t.tr("Item"), "A", "B", "")
    chart = Passage(17, f"chart/profile/{meeting.id}", (), ParagraphKind.CHART, (header, *rows), heading)
    note = t.words(found.instrument.disclaimer)
    return [
        _heading(17, f"profile-heading/{meeting.id}", heading),
        _sentence(17, f"profile-note/{meeting.id}", note[:1].upper() + note[1:] + "."),
        chart,
    ]


def _agreement_table(m: Material, found: Comparison) -> list[Passage]:
    t, meeting = m.texts, found.file.meeting
    lines = (*figure_lines(t, found), *dimension_lines(t, found))
    heading = t.tr("Agreement of the two codings, {pair}", pair=m.pair_called(meeting))
    header = (t.tr("What"), t.tr("Agreement"), t.tr("Allowing for chance"))
    return [
        _heading(17, f"agreement-heading/{meeting.id}", heading),
        _table(17, f"agreement-table/{meeting.id}", heading, header, [(x.title, x.figure, x.detail) for x in lines]),
        _sentence(17, f"agreement-note/{meeting.id}", f"{settings_sentence(t, found)} {m.fixed.about_workers}"),
    ]
