"""*Yhtäpitävyys* as a paper of its own: what is on the screen, with what every figure rests on."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from app.casework.case_file import case_file
from app.casework.mandate import paper_facts
from app.comparing.comparison import Comparison, closer_of
from app.comparing.figures.cautions import of_meeting
from app.comparing.figures.explained import explained
from app.comparing.figures.explanation import Counts, Explanation
from app.comparing.figures.tables import FigureTable, K, views
from app.comparing.in_place import in_place_sentences
from app.comparing.interruptions import interruption_sentences
from app.comparing.words import figure_lines, settings_sentence
from app.i18n import Texts, today
from app.model.meeting import Meeting
from app.ports import Cancelled, Store
from app.reports.agreement_document import AgreementPaper, PaperPart, PaperSection, PaperTable
from app.services.library import meeting_called
from app.statistics.closer import Closer
from app.tables import Table
from app.vocabulary import StatementTexts
from app.whole_file import write_whole

#: so many columns of counts have room beside each other on paper; of more the cells that hold something are listed
MOST_COLUMNS = 12


def save_agreement(
    store: Store, texts: Texts, found: Comparison, path: Path, cancelled: Cancelled = lambda: False
) -> str:
    """Write the paper, whole or not at all, and log the export; returns the file's SHA-256. For a job.

    Raises Cancelled before anything is written, AppError `cannot-write`, StoreError.
    """
    from app.reports.agreement_pdf import agreement_pdf

    paper = agreement_paper(store, texts, found, closer_of(found, cancelled), today())
    pages = agreement_pdf(paper, texts)
    write_whole(path, pages)
    digest = hashlib.sha256(pages).hexdigest()
    store.note("export", Meeting, found.file.meeting.id, f"agreement;sha256={digest}")
    return digest


def file_name(store: Store, texts: Texts, found: Comparison) -> str:
    """What the file is called: what it is, the code name and the day."""
    meeting = found.file.meeting
    day, case = meeting.held.astimezone().date().isoformat(), case_file(store, meeting.case_id).case
    return f"{texts.tr('Agreement')} {case.code_name} {day}.pdf"


def agreement_paper(store: Store, texts: Texts, found: Comparison, closer: Closer, day: date) -> AgreementPaper:
    """Every figure in words; no moment of the film and no rated value is in it, for it is about the workers."""
    t, fixed = texts, StatementTexts(texts.language)
    lines = figure_lines(t, found)
    head = (t.tr("What"), t.tr("Agreement"), t.tr("More closely"))
    first = PaperPart(
        "",
        tables=(PaperTable("", (head, *((x.title, x.figure, x.detail) for x in lines))),),
        after=(
            t.tr("Of events the first number is how many both marked, the second how many either did."),
            settings_sentence(t, found),
        ),
    )
    sections = [PaperSection(t.tr("Figures"), (first,))]
    for view in (v for v in views(t, found, closer) if v.on_paper):
        parts = tuple(PaperPart(x.title, tables=(figures_printed(x),)) for x in view.tables)
        sections.append(PaperSection(view.name, parts))
    steps = [made for line in lines if (made := explained(t, found, closer, line.key)) is not None]
    sections.append(PaperSection(t.tr("How this is computed"), tuple(computed_printed(t, made) for made in steps)))
    told = (*in_place_sentences(t, found.in_place), *interruption_sentences(t, found.interrupted))
    notes = (fixed.about_workers, *of_meeting(t, found), *told)
    title = t.tr("Agreement")
    subtitle = t.tr("Of two codings that were made independently, before the common view")
    return AgreementPaper(title, subtitle, fixed.confidential, _facts(store, t, found), notes, tuple(sections), day)


def _facts(store: Store, t: Texts, found: Comparison) -> tuple[tuple[str, str], ...]:
    meeting = found.file.meeting
    case = case_file(store, meeting.case_id)
    adult = case.person(meeting.adult_id)
    ready = [h for c in (found.a, found.b) if (h := c.header.ready_at) is not None]
    when = f"{t.date(max(ready).astimezone().date())} {t.time(max(ready))}" if ready else ""
    rows = (
        (t.tr("Case"), case.case.code_name),
        (t.tr("Meeting"), f"{meeting_called(t, meeting, adult)}, {t.date(meeting.held.astimezone().date())}"),
        (t.tr("Coders"), " · ".join(found.coders)),
        (t.tr("Scheme"), t.words(found.scheme.name)),
        (t.tr("Rated with"), t.words(found.instrument.name) if found.ratings.values else ""),
        (t.tr("Both ready"), when),
        (t.tr("Coded by both"), t.short_clock(sum(s.length for s in found.window))),
    )
    facts = ((name, value) for name, value in rows if value)
    return paper_facts(store, meeting.case_id, t.language, facts)


def figures_printed(made: FigureTable[K]) -> PaperTable:
    return PaperTable("", _cells(made.table))


def _cells(made: Table) -> tuple[tuple[str, ...], ...]:
    return (tuple(c.name for c in made.columns), *(tuple(c.shown for c in row) for row in made.rows))


def computed_printed(t: Texts, made: Explanation) -> PaperPart:
    return PaperPart(
        made.title,
        (*made.cautions, *made.counted),
        tuple((step.name, step.value) for step in made.steps),
        (made.formula,),
        tuple(as_printed(t, counts) for counts in made.counts),
    )


def as_printed(t: Texts, counts: Counts) -> PaperTable:
    """The table as it is, or what is in it where it is too wide for paper."""
    if len(counts.table.columns) <= MOST_COLUMNS:
        return PaperTable(counts.about, _cells(counts.table))
    names = [row[0].shown for row in counts.table.rows]
    rows = [
        (names[i], names[j], row[j + 1].shown)
        for i, row in enumerate(counts.table.rows)
        for j in range(len(names))
        if row[j + 1].shown != "0"
    ]
    return PaperTable(counts.about, ((counts.rows, counts.columns, t.tr("times")), *rows))
