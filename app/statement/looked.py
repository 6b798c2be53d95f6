"""What the checks look at, read once for all of them: the text, its case, and what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.casework.case_file import CaseFile, case_file
from app.casework.names import parts_of
from app.model.document_form import DocumentForm
from app.model.people import Person
from app.model.reading import Reading
from app.model.statement import Paragraph, Statement, StatementText
from app.model.statement_stages import Standing, standing_of
from app.ports import Store
from app.services.documents import form_of
from app.statement.questions import questions_of
from app.statement.versions import versions
from app.vocabulary import StatementTexts


@dataclass(frozen=True)
class Looked:
    """One statement before the checks.

    `questions` are those of the newest commission that it answers, `pair` the ids of its two workers; `versions` are
    the statement's, and `readings` those of all of them.
    """

    store: Store
    text: StatementText
    case: CaseFile
    questions: tuple[str, ...]
    pair: tuple[str, ...]
    versions: tuple[Statement, ...]
    readings: tuple[Reading, ...]

    @property
    def standing(self) -> Standing:
        """How it stands by the rule of the stages."""
        return standing_of(self.text.statement, self.case.case, self.versions, self.readings)

    @property
    def form(self) -> DocumentForm:
        """What its kind of document is made of: a rule asks only what the kind has."""
        return form_of(self.text.statement)

    @property
    def asked(self) -> int:
        """How many numbered questions it has to answer: none where its kind answers none."""
        return len(self.questions) if self.form.answers else 0

    @property
    def language(self) -> str:
        return self.text.statement.language

    @property
    def cannot(self) -> str:
        """How an answer begins that says why there is none."""
        return StatementTexts(self.language).cannot_answer

    def words_of(self, person: Person) -> frozenset[str]:
        """The words that a text may mean the person by, in small letters: what it is called, and its names."""
        words = StatementTexts(self.language)
        called = {*words.all_called(person.called), *(words.all_called(person.role) if person.is_child else ())}
        return frozenset(called | parts_of(person.name) | {person.called.strip().casefold()}) - {""}

    def by_hand(self) -> Iterator[Paragraph]:
        """What a hand wrote or touched; a generated passage is the archive's word."""
        return (p for p in self.text.paragraphs if not p.source or p.by_hand)


def looked(store: Store, text: StatementText) -> Looked:
    """Everything that the checks ask for, as the archive has it now."""
    case = case_file(store, text.statement.case_id)
    questions = questions_of(case, text.statement)
    held = versions(store, text.statement)
    found = store.find(Reading, statement_id=tuple(v.id for v in held))
    readings = tuple(sorted(found, key=lambda r: (r.begun, r.id)))
    pair = tuple(w for w in (case.case.lead, case.case.partner) if w)
    return Looked(
        store, text, case, questions, pair, tuple(held), tuple(sorted(readings, key=lambda r: (r.begun, r.id)))
    )
