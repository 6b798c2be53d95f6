"""What parents and orderers told of the year's services, as tables of its statistics: experience, never effect."""

from __future__ import annotations

from collections.abc import Sequence

from app.hours.year_tables import Part, count_cell
from app.i18n import N_, Texts
from app.model.feedback_form import FeedbackFrom
from app.office.experience import ToldRow, YearTold
from app.tables import Cell, Column, Table

_TITLES = {
    FeedbackFrom.PARENT: N_("Parents' experience of the services"),
    FeedbackFrom.ORDERER: N_("Orderers' experience of the services"),
}


def told_parts(texts: Texts, told: Sequence[YearTold]) -> tuple[Part, ...]:
    """A table for each kind of teller: how often each answer was chosen; who told is nowhere."""
    return tuple(_part(texts, found) for found in told if found.who in _TITLES)


def _part(t: Texts, found: YearTold) -> Part:
    rows = tuple(row for question in found.rows for row in _rows(t, question))
    columns = (Column(t.tr("Asked")), Column(t.tr("Answer that was chosen")), Column(t.tr("Number"), is_figure=True))
    about = t.tr("As it was chosen on the forms, all services together. It is experience, and measures nobody.")
    return Part(f"told-{found.who.value}", t.tr(_TITLES[found.who]), about, Table(columns, rows))


def _rows(t: Texts, found: ToldRow) -> list[tuple[Cell, ...]]:
    asked = t.words(found.question.text)
    rows: list[tuple[Cell, ...]] = []
    for answer, count in zip(found.question.answers, found.counts, strict=True):
        said = t.words(answer.words)
        rows.append((Cell(asked, asked), Cell(said, said), count_cell(t, count)))
    return rows
