"""The pairs' quality on paper: every figure that the window shows, and how such figures are computed."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from app.comparing.figures.paper import computed_printed, figures_printed
from app.comparing.quality.counting import Quality, QualityKey
from app.comparing.quality.explained import quality_explained
from app.comparing.quality.tables import quality_views
from app.comparing.quality.words import about_words, brackets_words, in_order, lacking_words, left_out_words, pair_name
from app.i18n import Texts, today
from app.model.people import Worker
from app.ports import Store
from app.reports.agreement_document import AgreementPaper, PaperPart, PaperSection
from app.whole_file import write_whole


def save_quality(store: Store, texts: Texts, made: Quality, path: Path) -> str:
    """Write the paper, whole or not at all, and log the export; returns the file's SHA-256. For a job.

    Raises AppError `cannot-write`, StoreError.
    """
    from app.reports.agreement_pdf import agreement_pdf

    pages = agreement_pdf(quality_paper(texts, made, today()), texts)
    write_whole(path, pages)
    digest = hashlib.sha256(pages).hexdigest()
    store.note("export", Worker, store.me, f"pair-quality={len(made.office.meetings)};sha256={digest}")
    return digest


def quality_file_name(t: Texts) -> str:
    """What it is and the day."""
    return f"{t.tr('Quality of pairs')} {today().isoformat()}.pdf"


def quality_paper(t: Texts, made: Quality, day: date) -> AgreementPaper:
    """No family, no meeting and no moment is in it; only where there is enough to be shown.

    Of each kind of figure the first is told as it was computed: the window does so of every one.
    """
    assert made.is_enough, "fewer meetings have no figures"
    sections: list[PaperSection] = []
    told: list[QualityKey] = []
    for view in quality_views(t, made):
        parts = tuple(PaperPart(table.title, tables=(figures_printed(table),)) for table in view.tables)
        sections.append(PaperSection(view.name, parts))
        told.append(view.tables[0].keys[0])
    computed = tuple(computed_printed(t, quality_explained(t, made, key)) for key in told)
    if computed:
        sections.append(PaperSection(t.tr("How this is computed"), computed))
    pairs = "; ".join(f"{pair_name(t, made, two)}: {t.number(n)}" for two, n in in_order(t, made))
    facts = (
        (t.tr("Meetings"), t.number(len(made.office.meetings))),
        (t.tr("Pairs and their meetings"), pairs),
    )
    notes = (about_words(t), *left_out_words(t, made), *lacking_words(t, made), brackets_words(t))
    subtitle = t.tr("Agreement of independent codings over meetings, before any common view")
    return AgreementPaper(t.tr("Quality of pairs"), subtitle, (), facts, notes, tuple(sections), day)
