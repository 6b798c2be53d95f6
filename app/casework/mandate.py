"""The rows by which a paper says for whom it is made: the same on every paper that must."""

from __future__ import annotations

from collections.abc import Iterable

from app.model.commission import Commission
from app.model.mandate import Mandate, mandate
from app.model.people import Case, Worker
from app.ports import Store
from app.vocabulary import StatementTexts

Facts = tuple[tuple[str, str], ...]


def mandate_of(store: Store, case_id: str) -> Mandate:
    """Of a case as the archive has it now; empty for one that is gone."""
    cases = store.find(Case, id=case_id) if case_id else ()
    if not cases:
        return Mandate()
    commissions = store.find(Commission, case_id=case_id)
    pair = [store.get(Worker, w) for w in (cases[0].lead, cases[0].partner) if w]
    return mandate(commissions[-1] if commissions else None, (w.employer for w in pair))


def mandate_rows(fixed: StatementTexts, made: Mandate) -> Facts:
    """Each with its name in the paper's language; empty where it is not known."""
    return (
        (fixed.word("organiser"), made.organiser),
        (fixed.word("producer"), made.producer),
        (fixed.word("controller"), made.controller),
        (fixed.word("basis"), fixed.said("bases", made.basis) if made.basis else ""),
    )


def must_show(fixed: StatementTexts, commission: Commission | None, employers: Iterable[str]) -> Facts:
    """The rows of a document of a commission: those of the mandate, and the service task; empty where not known."""
    task = fixed.said("service_tasks", commission.service_task) if commission and commission.service_task else ""
    return (*mandate_rows(fixed, mandate(commission, employers)), (fixed.word("service_task"), task))


def told_mandate(language: str, made: Mandate) -> Facts:
    """The rows of a paper: what is not known says so, for a paper without it is not whole."""
    fixed = StatementTexts(language)
    return joined((name, value or fixed.word("unknown")) for name, value in mandate_rows(fixed, made))


def paper_facts(store: Store, case_id: str, language: str, facts: Iterable[tuple[str, str]]) -> Facts:
    """What a paper of a case says of itself, and for whom it is made."""
    return (*facts, *told_mandate(language, mandate_of(store, case_id)))


def joined(rows: Iterable[tuple[str, str]]) -> Facts:
    """Each fact once: what is the same for several names stands beside all of them, and what is empty is left out."""
    names: dict[str, list[str]] = {}
    for name, value in rows:
        if value:
            held = names.setdefault(value, [])
            held.append(name[:1].lower() + name[1:] if held else name)
    return tuple((", ".join(all_of), value) for value, all_of in names.items())
