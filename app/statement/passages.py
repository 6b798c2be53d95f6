"""What a statement can say by itself: passages filled from the archive, each with its source and its evidence.

Facts and counts only, from the two independent codings once both are ready; never a verdict, never two adults in one
table, never a child's rating as a number. Everything is in the statement's own language.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.casework.interpreting import how_interpreted, interpreted
from app.casework.meeting_file import MeetingFile
from app.casework.second_coding import sample_sentence
from app.casework.showing import kept_for, misleading_words, needs_of, shown_lines
from app.comparing.comparison import Comparison
from app.comparing.in_place import in_place_sentences
from app.comparing.interruptions import interruption_sentences
from app.filming.words import missing_words
from app.model import shortfall
from app.model.checks import QUESTION_SOURCE
from app.model.meeting import Meeting
from app.model.people import age_on
from app.model.service import SectionKey
from app.model.statement import ParagraphKind, Run, Statement
from app.ports import Store
from app.statement.apart import may_not_name
from app.statement.evidence import agreement_of
from app.statement.material import Material, Passage, gather, heading, sentence, sentence_passage, table
from app.statement.passages_attached import attachments
from app.statement.passages_of_codings import observations
from app.statement.passages_of_common_view import how_made
from app.statement.passages_of_feedback import feedback
from app.statement.passages_of_meetings import childs_words, how_done, parents_views
from app.statement.passages_of_ratings import of_licensed
from app.statement.passages_of_readings import readers_words
from app.statement.questions import questions_of


def passages(store: Store, statement: Statement) -> tuple[Passage, ...]:
    """Everything that the archive can fill, in the order of the sections and within them."""
    material = gather(store, statement)
    rows = [
        *_commission(material),
        *_family(material),
        *_background(material),
        *how_done(material),
        *_methods(material),
        *childs_words(material),
        *parents_views(material),
        *observations(material),
        *feedback(material),
        *_questions(material),
        *readers_words(material),
        *_distribution(material),
        *attachments(material),
    ]
    return tuple(row for row in rows if material.form.has_section(row.section))


def _commission(m: Material) -> list[Passage]:
    """The commission: the questions verbatim, then what was ordered; who ordered it stands in the head of the page."""
    c, t = m.case.commission, m.texts
    if c is None:
        return []
    facts = [
        (
            t.tr("Responsible social worker"),
            ", ".join(x for x in (c.social_worker, m.fixed.said("process_roles", c.worker_role)) if x),
        ),
        (t.tr("Leading social worker"), c.leading_worker),
        (t.tr("Work partner from the commissioner"), c.county_worker),
        (t.tr("Ordered"), t.date(c.ordered)),
        (t.tr("Number of the purchase agreement"), c.agreement),
        (t.tr("Assessment"), m.fixed.said("assessments", c.assessment)),
        (t.tr("Legal context"), m.fixed.said("legal_contexts", c.legal_context)),
        (t.tr("Deadline"), t.date(c.deadline)),
        (t.tr("Deadline by law"), t.date(c.law_deadline)),
    ]
    rows, shown = [], [row for row in facts if row[1]]
    asked = questions_of(m.case, m.statement)
    if asked:
        rows.append(heading(SectionKey.COMMISSION, "questions", t.tr("Commissioner's questions")))
        rows += [
            Passage(SectionKey.COMMISSION, f"asked/{n}", (Run(f"{n}. {q}"),), ParagraphKind.ITEM)
            for n, q in enumerate(asked, start=1)
        ]
    if shown:
        title = t.tr("About the commission")
        rows.append(heading(SectionKey.COMMISSION, "commission-heading", title))
        rows.append(table(SectionKey.COMMISSION, "commission", title, (t.tr("Matter"), t.tr("Content")), shown))
    return rows


def _family(m: Material) -> list[Passage]:
    """Client and family: child, adults, languages, interpreter."""
    t = m.texts
    day = m.meetings[-1].meeting.held.date() if m.meetings else m.statement.created.date()
    rows = []
    silent = {p.id for p in may_not_name(m.case, m.statement)}
    for p in (p for p in m.case.persons if p.id not in silent):
        age = ""
        if p.is_child and p.born is not None:
            years, months = age_on(p.born, day)
            age = t.tr("{years} y {months} mo", years=years, months=months)
        guardian = t.tr("guardian") if p.guardian else ""
        role, called = m.fixed.role(p.role), m.called(p)
        details = ", ".join(x for x in ("" if m.fixed.is_word_for(p.role, called) else role, age, guardian) if x)
        rows.append((called, p.name, details))
    if not rows:
        return []
    header = (t.tr("Called in this document"), t.tr("Name"), t.tr("Role, age"))
    return [table(SectionKey.FAMILY, "family", t.tr("Client and family"), header, rows)]


def _background(m: Material) -> list[Passage]:
    """Background: the documents that were known."""
    sources = m.case.commission.sources if m.case.commission else ()
    t = m.texts
    return [
        Passage(
            SectionKey.BACKGROUND,
            f"source/{n}",
            (Run(", ".join(x for x in (s.title, t.date(s.dated)) if x)),),
            ParagraphKind.ITEM,
        )
        for n, s in enumerate(sources, start=1)
    ]


def method_title(m: Material) -> str:
    """The name of the result: the method's own only where each of the two, and each coder, has proof of training.

    The proof is for the purpose of this case. The less trained of two decides: half of what is told is that one's.
    """
    asked = (m.service.method, m.case.case.purpose)
    proven = bool(m.observers) and all(w.is_proven_in(*asked) for w in m.observers)
    return m.texts.words(m.service.title(proven=proven))


def _missing(m: Material, file: MeetingFile) -> list[Passage]:
    """What of the meeting is not on its films though it should be: the reader must know what could not be seen."""
    t, rows = m.texts, []
    for camera in shortfall.cameras(file.filmed):
        lacks = shortfall.of_camera(file.filmed, camera)
        if not lacks:
            continue
        when = m.day(file.meeting)
        begin = t.tr("Of what camera {n} filmed on {day}:", n=camera, day=when)
        words = " ".join([begin, *missing_words(t, lacks)])
        rows.append(sentence_passage(SectionKey.METHODS, f"missing/{file.meeting.id}/{camera}", words))
    return rows


def _methods(m: Material) -> list[Passage]:
    """Methods: method, instruments, the workers' agreement, interpreter, limits."""
    t = m.texts
    rows = [sentence_passage(SectionKey.METHODS, "method", t.tr("The method was {method}.", method=method_title(m)))]
    rows += _codings(m)
    for file in m.meetings:
        if file.meeting.id in m.apart:
            rows.append(_not_compared(m, file.meeting))
        rows += _missing(m, file)
        rows += _in_place(m, file.meeting)
        rows += _interruptions(m, file.meeting)
    if told := _interpreted(m):
        rows.append(sentence_passage(SectionKey.METHODS, "interpreter", told))
    rows += _shown(m)
    known = bool(m.case.commission and m.case.commission.sources)
    rows.append(sentence_passage(SectionKey.METHODS, "caveat", m.texts.words(m.service.caveat)))
    weighing = (m.fixed.weighed if m.statement.weighed else "") if known else m.fixed.nothing_to_weigh
    if weighing:
        rows.append(sentence_passage(SectionKey.METHODS, "weighing", weighing))
    if m.has_several_adults():
        rows.append(sentence_passage(SectionKey.METHODS, "not-compared", m.fixed.parents_not_compared))
    return rows


def _shown(m: Material) -> list[Passage]:
    """How the child shows it, as it was written before coding and read by both; and which marks may mislead."""
    rows, told = [], dict[str, list[Meeting]]()
    for file in m.meetings:
        if (kept := kept_for(m.case.showings, file.meeting.id)) is not None and file.filmed.films:
            told.setdefault(kept.id, []).append(file.meeting)
    for kept in (one for one in m.case.showings if one.id in told):
        days = m.texts.listed([m.day(meeting) for meeting in told[kept.id]])
        begin = m.texts.tr(
            "Before the coding of {dates} it was written how this child shows contact, distress and no, on {day}.",
            dates=days,
            day=m.texts.date(kept.written),
        )
        both = m.texts.tr("Both coders had it beside them.") if kept.id in m.read_by_both else ""
        lines = " ".join(f"{name}: {sentence(words)}" for name, words in shown_lines(m.texts, kept))
        said = " ".join(x for x in (begin, both, lines) if x)
        rows.append(sentence_passage(SectionKey.METHODS, f"shows/{kept.id}", said))
    silent = {p.id for p in may_not_name(m.case, m.statement)}
    needs = {
        need
        for file in m.meetings
        for need, people in needs_of(m.case, file.meeting).items()
        if any(p.id not in silent for p in people)
    }
    if words := misleading_words(m.statement.language, sorted(needs)):
        rows.append(sentence_passage(SectionKey.METHODS, "misleading", words))
    return rows


def _interpreted(m: Material) -> str:
    """Where the interpreter was and in which language, of whom, and what that means for what was heard."""
    meetings = [file.meeting for file in m.meetings]
    on_film = {i: m.case.person(i) for w in meetings for i in (w.adult_id, w.child_id, *w.others)}
    silent = {p.id for p in may_not_name(m.case, m.statement)}
    people = [p for p in on_film.values() if p is not None and p.id not in silent]
    found = interpreted(people)
    if not found:
        return ""
    hows = {p.id: how_interpreted(m.fixed, p) for p in found}
    adults = [p.id for p in people if p.is_adult]
    if len(set(hows.values())) == 1 and set(adults) <= hows.keys():
        told = hows[found[0].id]
        said = f"{told[:1].upper()}{told[1:]}."
    else:
        each = "; ".join(f"{m.called(p)}: {hows[p.id]}" for p in found)
        said = f"{each[:1].upper()}{each[1:]}."
    return f"{said} {m.fixed.interpreter}"


def _codings(m: Material) -> list[Passage]:
    """With what both coded each alone, once for the films that they coded alike, and how far the two agree in each."""
    alike: dict[tuple[str, int, str], list[Comparison]] = {}
    for found in m.compared.values():
        made = _made_with(m, found)
        alike.setdefault((found.scheme.id, found.scheme.version, made), []).append(found)
    rows = []
    for (_, _, made), films in alike.items():
        days = [m.day(f.file.meeting) for f in films]
        words = m.texts.trn(
            "Both workers coded the film of {dates} each alone with {scheme}.",
            "Both workers coded the films of {dates} each alone with {scheme}.",
            len(films),
            dates=m.texts.listed(days),
            scheme=m.texts.words(films[0].scheme.name),
        )
        first = films[0].file.meeting.id
        rows.append(sentence_passage(SectionKey.METHODS, f"coded/{first}", f"{words} {made}".strip()))
        rows += _drawn(m, films)
        rows += _agreements(m, films)
        rows += _common_views(m, films)
    return rows


def _drawn(m: Material, films: Sequence[Comparison]) -> list[Passage]:
    """Of each film which tasks were drawn for the second coding: the figures of agreement are of these alone."""
    rows = []
    for found in films:
        if words := sample_sentence(m.texts, found.file):
            meeting = found.file.meeting
            day = f"{m.day(meeting)}: " if len(films) > 1 else ""
            rows.append(sentence_passage(SectionKey.METHODS, f"drawn/{meeting.id}", f"{day}{words}"))
    return rows


def _common_views(m: Material, films: Sequence[Comparison]) -> list[Passage]:
    """A sentence for each film that has one, with its day where there are several films."""
    rows = []
    for found in films:
        if words := how_made(m, found):
            meeting = found.file.meeting
            day = f"{m.day(meeting)}: " if len(films) > 1 else ""
            rows.append(sentence_passage(SectionKey.METHODS, f"common/{meeting.id}", f"{day}{words}"))
    return rows


def _made_with(m: Material, found: Comparison) -> str:
    """The sentence of the form, the same for films that were coded and rated with the same."""
    if not any(c.ratings for c in (found.a, found.b)):
        return ""
    return of_licensed(m, found) or _rated(m, found)


def _agreements(m: Material, films: Sequence[Comparison]) -> list[Passage]:
    """A sentence for each film, with its day where there are several; whom the figure is about is said once."""
    known = [(f, e) for f in films if (e := agreement_of(m, f)) is not None]
    rows = []
    for n, (found, evidence) in enumerate(known, start=1):
        meeting = found.file.meeting
        day = f"{m.day(meeting)}: " if len(known) > 1 else ""
        about = f" {m.fixed.about_workers}" if n == len(known) else ""
        runs = [Run(day), Run(evidence.words, evidence=evidence.id), Run(about)]
        shown = tuple(r for r in runs if r.text)
        rows.append(Passage(SectionKey.METHODS, f"agreement/{meeting.id}", shown, evidence=(evidence,)))
    return rows


def _rated(m: Material, found: Comparison) -> str:
    return m.texts.tr(
        "It was rated with {instrument}: {disclaimer}.",
        instrument=m.texts.words(found.instrument.name),
        disclaimer=m.texts.words(found.instrument.disclaimer),
    )


def _interruptions(m: Material, meeting: Meeting) -> list[Passage]:
    """The codings are called independent: what happened to the archive meanwhile stands beside it."""
    said = " ".join(interruption_sentences(m.texts, m.interrupted.get(meeting.id, ())))
    return [sentence_passage(SectionKey.METHODS, f"interrupted/{meeting.id}", said)] if said else []


def _in_place(m: Material, meeting: Meeting) -> list[Passage]:
    """Who coded what, where one coded in another's place: with names, for a coding was begun that is not used."""
    found = m.in_place.get(meeting.id, ())
    if not found:
        return []
    several = f"{m.day(meeting)}: " if len(m.meetings) > 1 else ""
    coded = m.texts.tr("The codings that are used were made by {names}.", names=m.texts.listed(m.coders[meeting.id]))
    words = " ".join((*in_place_sentences(m.texts, found), coded))
    return [sentence_passage(SectionKey.METHODS, f"in-place/{meeting.id}", f"{several}{words}")]


def _not_compared(m: Material, meeting: Meeting) -> Passage:
    words = m.texts.tr(
        "Both workers coded the film of {date} each alone, but with different schemes: no agreement can be counted, and"
        " no marks are told as seen by both.",
        date=m.day(meeting),
    )
    return sentence_passage(SectionKey.METHODS, f"apart/{meeting.id}", words)


def _questions(m: Material) -> list[Passage]:
    """Conclusions: each question as a heading, its answer is a hand's."""
    asked = questions_of(m.case, m.statement)
    return [heading(SectionKey.CONCLUSIONS, f"{QUESTION_SOURCE}{n}", f"{n}. {q}") for n, q in enumerate(asked, start=1)]


def _distribution(m: Material) -> list[Passage]:
    c = m.case.commission
    if c is None or not c.commissioner:
        return []
    to = ", ".join(x for x in (c.commissioner, m.fixed.said("units", c.unit), c.social_worker) if x)
    return [Passage(SectionKey.DISTRIBUTION, "distribution", (Run(to),), ParagraphKind.ITEM)]
