"""One meeting on paper for the pair: when, where, who comes, what is known beforehand and what is done.

Where some are kept apart it tells of this meeting's people alone, and is not written while a word of it names another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from re import Pattern

from app.casework.apart import apart_from, telling_of
from app.casework.care import care_for, care_words
from app.casework.case_file import CaseFile
from app.casework.mandate import told_mandate
from app.casework.meeting_words import takers_said
from app.casework.people_called import people_called
from app.casework.places import place_of
from app.casework.plans import PlanEditor
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.meeting import Meeting
from app.model.people import Worker
from app.model.words import LANGUAGES
from app.ports import Store
from app.reports.agreement_document import AgreementPaper, PaperPart, PaperSection, PaperTable
from app.services.library import kind_of
from app.vocabulary import StatementTexts
from app.whole_file import write_whole


def file_name(texts: Texts, meeting: Meeting) -> str:
    """What the file is called: nobody is named, and the code name neither."""
    return f"{texts.tr('Agenda of a meeting')} {meeting.held.astimezone().date().isoformat()}.pdf"


def meeting_agenda(store: Store, plan: PlanEditor, texts: Texts, day: date) -> AgreementPaper:
    """The paper. Raises NotAllowed(`paper-names-other`)."""
    t, case, fixed = texts, plan.case(), StatementTexts(texts.language)
    facts = (*_facts(store, t, case, plan.meeting, day), *told_mandate(t.language, plan.made_for()))
    silencing = _silencing(store, case, plan.meeting)
    if _tells(silencing, (value for _, value in facts)):
        raise NotAllowed("paper-names-other")
    known = _known(t, case, plan.meeting, silencing)
    sections = (
        *((PaperSection(t.tr("Known before the meeting"), (PaperPart("", before=known),)),) if known else ()),
        *((PaperSection(t.tr("Tasks"), (_tasks(plan, t),)),) if plan.meeting.plan else ()),
    )
    title = t.tr("Agenda of a meeting")
    return AgreementPaper(title, t.tr("For the pair"), fixed.confidential, facts, (), sections, day)


def _facts(store: Store, t: Texts, case: CaseFile, meeting: Meeting, day: date) -> tuple[tuple[str, str], ...]:
    held, fixed = meeting.held.astimezone().date(), StatementTexts(t.language)
    workers = meeting.workers or tuple(w for w in (case.case.lead, case.case.partner) if w)
    rows = (
        (t.tr("Case"), case.case.code_name),
        (t.tr("Meeting"), t.words(kind_of(meeting).form)),
        (t.tr("When"), f"{t.weekday(held)} {t.date(held)}, {t.time(meeting.held)}–{t.time(meeting.end)}"),
        (t.tr("How you meet"), fixed.of("deliveries", meeting.delivery)),
        (t.tr("Place"), place_of(case, meeting, day)),
        (t.tr("Take part"), people_called(case, meeting.people)),
        (t.tr("Others, by role"), takers_said(t, meeting.by_role)),
        (t.tr("Workers"), ", ".join(w.name for w in store.find(Worker, id=workers)) if workers else ""),
    )
    return tuple((name, words) for name, words in rows if words)


def _tasks(plan: PlanEditor, t: Texts) -> PaperPart:
    """In their order; who does each where a family comes."""
    case, is_of_family = plan.case(), plan.meeting.is_of_family
    rows = [
        (f"{n}. {t.words(task.name)}", *((people_called(case, plan.doing(n)),) if is_of_family else ()))
        for n, task in enumerate(plan.printed(), start=1)
    ]
    head = (t.tr("Task"), *((t.tr("Taking part"),) if is_of_family else ()))
    lines = dict.fromkeys(plan.licence_line(n, t) for n in range(1, len(rows) + 1))
    told = tuple(t.tr("Licensed content: {line}", line=line) for line in lines if line)
    return PaperPart("", before=told, tables=(PaperTable("", (head, *rows)),))


def _known(t: Texts, case: CaseFile, meeting: Meeting, silencing: Pattern[str] | None) -> tuple[str, ...]:
    """What must be heeded; of what names somebody who is not told of only that it is there."""
    lines = care_words(t, case, care_for(case, meeting.people, meeting.held.astimezone().date()))
    told = [line for line in lines if not _tells(silencing, (line,))]
    if len(told) < len(lines):
        told.append(t.tr("More is known that names somebody who is kept apart: read it in the program."))
    return tuple(told)


def _silencing(store: Store, case: CaseFile, meeting: Meeting) -> Pattern[str] | None:
    """What tells of somebody who is kept apart from anybody of the meeting; None where nobody is."""
    silent = {other.id for person_id in meeting.people for other in apart_from(case, person_id)}
    return telling_of(store, case, silent, *LANGUAGES) if silent else None


def _tells(silencing: Pattern[str] | None, words: Iterable[str]) -> bool:
    return silencing is not None and any(map(silencing.search, words))


def save(store: Store, path: Path, plan: PlanEditor, texts: Texts, day: date) -> None:
    """Write it as PDF on A4, whole or not at all, and log the export.

    Raises AppError(`cannot-write`), StoreError, NotAllowed as `meeting_agenda`.
    """
    from app.reports.agreement_pdf import agreement_pdf

    pages = agreement_pdf(meeting_agenda(store, plan, texts, day), texts)
    write_whole(path, pages)
    digest = hashlib.sha256(pages).hexdigest()
    store.note("export", Meeting, plan.meeting.id, f"agenda;sha256={digest}")
