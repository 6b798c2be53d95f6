"""What participants of groups, trainings and consultations told in a year, by what was given: experience, never effect.

What rests on fewer than five pieces of work stands together on one row, and what fewer than five chose is hidden.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from app.hours.products import catalogue
from app.model.feedback_form import FeedbackFrom
from app.model.participant_told import TOLD, is_told, told_of
from app.model.service_feedback import ServiceFeedback
from app.model.service_work import FormRow, ServiceWork
from app.model.sought import Side
from app.model.units import Year
from app.office.experience import YearTold, questions_of, row_of, told_in
from app.ports import Store
from app.statistics.hiding import together
from app.works.work_file import template_of


def told_on(store: Store, year: Year, side: Side) -> tuple[YearTold, ...]:
    """All that was told of a year on one side of the wall. Raises StoreError."""
    clients = told_in(store, year) if side == Side.CLIENTS else ()
    return (*clients, *participants_told(store, year, side))


def participants_told(store: Store, year: Year, side: Side) -> tuple[YearTold, ...]:
    """A year by rows of products; questions that nobody answered are left out. Raises StoreError."""
    (forms, works), products = _of_year(store, year, side), catalogue(store)
    told = []
    for kept in together(
        {key: frozenset(some) for key, some in sorted(works.items(), key=lambda row: products.of(row[0]).name.fi)}
    ):
        counted = Counter(
            (given.question, given.choice)
            for product in kept
            for form in forms[product]
            for given in form.answers
            if given.choice
        )
        rows = tuple(
            row_of(question, [counted[question.key, answer.key] for answer in question.answers])
            for question in questions_of(FeedbackFrom.PARTICIPANT)
        )
        held = tuple(row for row in rows if row.total != 0)
        if held:
            told.append(YearTold(year, FeedbackFrom.PARTICIPANT, held, kept))
    return tuple(told)


def _of_year(store: Store, year: Year, side: Side) -> tuple[dict[str, list[ServiceFeedback]], dict[str, set[str]]]:
    """The finished forms by product, and the works that they are of."""
    held = [(row.work_id, told_of(row)) for row in store.find(FormRow, form=TOLD) if is_told(row)]
    held = [(work_id, form) for work_id, form in held if form.day.year == year]
    ids = tuple({work_id for work_id, _ in held})
    some = {work.id: work for work in store.find(ServiceWork, id=ids)} if ids else {}
    products = catalogue(store)
    counted_as = {w.id: products.of(template_of(store, w).id).key for w in some.values() if w.side == side}
    forms: dict[str, list[ServiceFeedback]] = defaultdict(list)
    works: dict[str, set[str]] = defaultdict(set)
    for work_id, form in held:
        product = counted_as.get(work_id)
        if product is not None:
            forms[product].append(form)
            works[product].add(work_id)
    return forms, works
