"""The goals of a case and their course as a paper under the letterhead of who gives the service.

Where adults are kept apart it tells the goals of the child, of the family and of the one adult whom it is for, and it
is not written while a word of it names another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.casework.apart import telling_of
from app.casework.case_file import CaseFile
from app.casework.goal_words import about_words, picture, review_table, scale_name
from app.casework.goals import GoalCourse, courses, is_proven
from app.casework.mandate import mandate_of, told_mandate
from app.casework.page_heads import page_head
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.people import Case, Person, Worker
from app.model.statement_document import PageHead
from app.model.words import LANGUAGES
from app.ports import Store
from app.vocabulary import StatementTexts
from app.whole_file import write_whole

if TYPE_CHECKING:
    from app.reports.goals_pdf import GoalPart, GoalsPaper


def file_name(texts: Texts, file: CaseFile, day: date) -> str:
    """What the file is called: code name and day."""
    named = texts.tr("goals and their course")
    return f"{file.case.code_name} {named} {day.isoformat()}.pdf"


def readers(file: CaseFile) -> tuple[Person, ...]:
    """The adults of whom one must be chosen, for a paper of one tells nothing of another; empty where none is apart."""
    return tuple(p for p in file.everybody if p.is_adult and file.apart.of(p.id))


def goals_paper(store: Store, file: CaseFile, texts: Texts, day: date, reader: str = "") -> GoalsPaper:
    """The paper. Raises NotAllowed: `goals-none`, `goals-for-whom` and `paper-names-other` where adults are apart."""
    from app.reports.goals_pdf import GoalPart, GoalsPaper

    silent = _silent(file, reader)
    told = [c for c in courses(store, file.case.id) if not silent & _named_in(c)]
    if not told:
        raise NotAllowed("goals-none")
    parts = tuple(
        GoalPart(c.goal.words, about_words(texts, file, c.goal), picture(texts, c), review_table(texts, file, c))
        for c in told
    )
    pattern = telling_of(store, file, silent, *LANGUAGES) if silent else None
    if pattern is not None and any(pattern.search(words) for words in _words(parts)):
        raise NotAllowed("paper-names-other")
    t, fixed, made = texts, StatementTexts(texts.language), mandate_of(store, file.case.id)
    facts = ((t.tr("Case"), file.case.code_name), *told_mandate(t.language, made))
    name = scale_name(t, proven=is_proven(store, file.case))
    notes = (
        t.tr(
            "{name}: the levels are sentences in the words of the family. Both views stand as they were said. Nothing "
            "is summed, and nobody is compared with anybody.",
            name=name,
        ),
    )
    return GoalsPaper(
        t.tr("Goals and their course"), fixed.confidential, made.producer, _head(store, t, file, made.producer), facts,
        notes, parts, day,
    )  # fmt: skip


def _head(store: Store, t: Texts, file: CaseFile, producer: str) -> PageHead | None:
    """The letterhead of who gives the service, or of whom the case's lead works for."""
    return page_head(store, t, producer) or page_head(store, t, store.get(Worker, file.case.lead).employer)


def _silent(file: CaseFile, reader: str) -> frozenset[str]:
    """Who is not told of on the paper of a reader."""
    if not reader and readers(file):
        raise NotAllowed("goals-for-whom")
    return frozenset(file.apart.of(reader)) if reader else frozenset()


def _named_in(found: GoalCourse) -> set[str]:
    return {found.goal.person_id} - {""}


def _words(parts: Iterable[GoalPart]) -> Iterable[str]:
    for part in parts:
        yield from (part.title, part.about, *(cell for row in part.cells for cell in row))
        if part.chart is not None:
            yield part.chart.told


def save(store: Store, path: Path, paper: GoalsPaper, case: Case, texts: Texts) -> None:
    """Write it as PDF on A4, whole or not at all, and log the export. Raises AppError(`cannot-write`), StoreError."""
    from app.reports.goals_pdf import goals_pdf

    pages = goals_pdf(paper, texts)
    write_whole(path, pages)
    store.note("export", Case, case.id, f"goals;sha256={hashlib.sha256(pages).hexdigest()}")
