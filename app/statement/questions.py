"""Which of the commission's questions a statement answers, and whom a question is about."""

from __future__ import annotations

from app.casework.case_file import CaseFile
from app.casework.names import naming, parts_of
from app.model.people import Person
from app.model.statement import Statement
from app.model.words import LANGUAGES
from app.statement.apart import may_not_name
from app.vocabulary import StatementTexts


def questions_of(case: CaseFile, statement: Statement) -> tuple[str, ...]:
    """What the commissioner asked, word for word and in order, but for what is about an adult kept apart alone.

    That one's own statement answers it. One that is about both stays: it stops the text, and has to be asked apart.
    """
    asked = case.commission.questions if case.commission is not None else ()
    if not statement.adult:
        return asked
    silent = {p.id for p in may_not_name(case, statement)}
    return tuple(q for q in asked if not silent or not _is_of_others(case, q, silent))


def _is_of_others(case: CaseFile, question: str, silent: set[str]) -> bool:
    named = {p.id for p in adults_of(case, question)}
    return bool(named) and named <= silent


def adults_of(file: CaseFile, question: str) -> tuple[Person, ...]:
    """The adults whom a question names, by name or by what they are called in any language; none where it names none.

    A question is the orderer's own words, so nobody marks whom it is about. A part of a name that another person of the
    case has too, as families do, tells nothing by itself.
    """
    found = []
    for adult in file.adults:
        others = {w for p in file.everybody if p.id != adult.id for w in parts_of(p.name)}
        pattern = naming((parts_of(adult.name) - others) | _all_called(adult), *LANGUAGES)
        if pattern is not None and pattern.search(question):
            found.append(adult)
    return tuple(found)


def _all_called(person: Person) -> set[str]:
    """What a person is called in each language, in small letters."""
    known = {w for language in LANGUAGES for w in StatementTexts(language).all_called(person.called)}
    return {w.casefold().strip() for w in known} - {""}
