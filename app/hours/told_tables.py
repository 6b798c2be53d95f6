"""What was told of the year's services, as tables of its statistics: experience, never effect."""

from __future__ import annotations

from collections.abc import Sequence

from app.hours.products import Catalogue, shipped_catalogue
from app.hours.year_tables import Part, count_cell
from app.i18n import N_, Texts
from app.model.feedback_form import FeedbackFrom
from app.office.experience import ToldRow, YearTold
from app.tables import Cell, Column, Table

_TITLES = {
    FeedbackFrom.PARENT: N_("Parents' experience of the services"),
    FeedbackFrom.ORDERER: N_("Orderers' experience of the services"),
}


def told_parts(texts: Texts, told: Sequence[YearTold], products: Catalogue | None = None) -> tuple[Part, ...]:
    """A table for each kind of teller, of participants for each row of services: how often each answer was chosen.

    Who told is nowhere, and a child's answers are not counted. `products` are those of the archive.
    """
    tells = [found for found in told if found.who in _TITLES]
    groups = [found for found in told if found.who == FeedbackFrom.PARTICIPANT]
    named = products or shipped_catalogue()
    return (
        *(_part(texts, found, found.who.value, texts.tr(_TITLES[found.who]), _all(texts)) for found in tells),
        *(_participants(texts, found, number, named) for number, found in enumerate(groups, 1)),
    )


def _all(t: Texts) -> str:
    return t.tr("As it was chosen on the forms, all services together. It is experience, and measures nobody.")


def _participants(t: Texts, found: YearTold, number: int, products: Catalogue) -> Part:
    services = ", ".join(sorted(products.called(t, product) for product in found.products))
    about = t.tr("As participants chose it on their forms, without names. It is experience, and measures nobody.")
    title = t.tr("Participants' experience: {services}", services=services)
    return _part(t, found, f"{found.who.value}-{number}", title, about)


def _part(t: Texts, found: YearTold, key: str, title: str, about: str) -> Part:
    rows = tuple(row for question in found.rows for row in _rows(t, question))
    columns = (Column(t.tr("Asked")), Column(t.tr("Answer that was chosen")), Column(t.tr("Number"), is_figure=True))
    return Part(f"told-{key}", title, about, Table(columns, rows))


def _rows(t: Texts, found: ToldRow) -> list[tuple[Cell, ...]]:
    asked = t.words(found.question.text)
    rows: list[tuple[Cell, ...]] = []
    for answer, count in zip(found.question.answers, found.counts, strict=True):
        said = t.words(answer.words)
        rows.append((Cell(asked, asked), Cell(said, said), count_cell(t, count)))
    return rows
