"""The checks of a statement: one registry, run while it is written and before it becomes final.

A check looks and tells where; it never changes a word. What its finding weighs is the finding's own
(`app.model.checks.Weight`). A new rule is a row here, a `Lack`, its words in the panel, and a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.casework.mandate import must_show
from app.model.checks import (
    Finding,
    Lack,
    approvals_missing,
    childs_view_missing,
    sections_empty,
    unanswered,
    ungrounded,
)
from app.model.people import Worker
from app.model.service import SectionKey
from app.model.statement import StatementText
from app.ports import Store
from app.statement import apart, careful, consented, in_numbers, sources
from app.statement.looked import Looked, looked
from app.statement.unshown import letters_without_font
from app.statement.waiting import of_stages
from app.vocabulary import StatementTexts


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: all that it can tell, and how it finds them."""

    tells: frozenset[Lack]
    find: Callable[[Looked], Iterable[Finding]]


def findings(store: Store, text: StatementText) -> tuple[Finding, ...]:
    """What all checks find in a statement, the heaviest first; of one weight in the order of the registry."""
    at = looked(store, text)
    found = [f for check in CHECKS for f in check.find(at)]
    return tuple(sorted(found, key=lambda f: f.weight))


def _kept_apart(at: Looked) -> Iterable[Finding]:
    if apart.has_to_choose(at.case) and not at.text.statement.adult:
        yield Finding(Lack.ADULT_NOT_CHOSEN, at.text.paragraphs[0].section if at.text.paragraphs else "")
        return
    for section in apart.sections_naming(at.store, at.case, at.text):
        yield Finding(Lack.OTHER_ADULT_NAMED, section)
    for section in apart.sections_telling_places(at.case, at.text):
        yield Finding(Lack.PLACE_TOLD, section)


def _consents(at: Looked) -> Iterable[Finding]:
    return (Finding(Lack.CONSENT_GONE, key) for key in consented.closed_sections(at.store, at.text))


def _childs_view(at: Looked) -> Iterable[Finding]:
    return childs_view_missing(at.text) if SectionKey.CHILDS_VIEW in at.form.required else ()


def _required(at: Looked) -> Iterable[Finding]:
    """Of the sections that the kind must fill those whose lack has no words of its own."""
    return sections_empty(at.text, (key for key in at.form.required if key != SectionKey.CHILDS_VIEW))


def _mandate(at: Looked) -> Iterable[Finding]:
    """What a document that is made for another must show and the commission does not say (domain 4.6)."""
    if at.case.commission is None:
        return
    workers = (at.store.get(Worker, worker_id).employer for worker_id in at.pair)
    rows = must_show(StatementTexts(at.language), at.case.commission, workers)
    if missing := tuple(name for name, value in rows if not value):
        yield Finding(Lack.MANDATE_UNSAID, at.form.sections[0].key, words=missing)


def _stages(at: Looked) -> Iterable[Finding]:
    return of_stages(at.case, at.text.statement, at.standing, at.readings, at.versions)


def _letters(at: Looked) -> Iterable[Finding]:
    signers = tuple(at.store.get(Worker, worker_id) for worker_id in at.pair)
    return letters_without_font(at.text, at.case.case, signers)


def _check(find: Callable[[Looked], Iterable[Finding]], *tells: Lack) -> Check:
    return Check(frozenset(tells), find)


#: in the order in which findings of one weight are told
CHECKS: tuple[Check, ...] = (
    _check(_kept_apart, Lack.ADULT_NOT_CHOSEN, Lack.OTHER_ADULT_NAMED, Lack.PLACE_TOLD),
    _check(_consents, Lack.CONSENT_GONE),
    _check(_childs_view, Lack.CHILDS_VIEW_MISSING),
    _check(lambda at: unanswered(at.text, at.asked, at.cannot), Lack.QUESTION_UNANSWERED),
    _check(_required, Lack.SECTION_EMPTY),
    _check(careful.placeholders, Lack.PLACEHOLDER),
    _check(lambda at: ungrounded(at.text, at.asked, at.cannot), Lack.CONCLUSION_WITHOUT_OBSERVATION),
    _check(sources.without_source, Lack.OBSERVATION_WITHOUT_SOURCE),
    _check(in_numbers.adults, Lack.ADULTS_IN_NUMBERS),
    _check(in_numbers.child, Lack.CHILD_IN_NUMBERS),
    _check(lambda at: approvals_missing(at.text, at.standing.signers), Lack.APPROVAL_MISSING),
    _check(
        _stages,
        Lack.COMMENT_UNANSWERED,
        Lack.FACT_UNCORRECTED,
        Lack.CORRECTION_UNSAID,
        Lack.SIGNERS_UNSAID,
        Lack.SUPERIOR_MISSING,
        Lack.READING_MISSING,
        Lack.CHILD_NOT_TOLD,
    ),
    _check(_mandate, Lack.MANDATE_UNSAID),
    _check(_letters, Lack.LETTERS_WITHOUT_FONT),
    _check(careful.diagnoses, Lack.DIAGNOSIS),
    _check(careful.theory, Lack.THEORY_ONLY),
    _check(careful.names, Lack.OTHERS_NAME),
    _check(careful.private_data, Lack.PRIVATE_DATA),
    _check(careful.untold_meetings, Lack.MEETING_UNTOLD),
)
