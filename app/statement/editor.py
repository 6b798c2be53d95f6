"""Statements: written section by section, checked by the pair, gone through with the client, final only with both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from PySide6.QtCore import QObject

from app.casework.case_file import case_file
from app.editing import Editor
from app.errors import ConsentMissing
from app.i18n import Texts, now
from app.model.change import Change, Entity, added, removed
from app.model.checks import (
    AFTER_READING,
    Finding,
    Weight,
    is_answered,
    is_of_reading,
    is_question,
    written_sections,
)
from app.model.commission import Commission
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.order_keys import between
from app.model.people import Case
from app.model.reading import Reading
from app.model.redaction import RedactedCopy, Redaction
from app.model.signature import PaperSignature, Signature
from app.model.statement import (
    Evidence,
    Paragraph,
    ParagraphKind,
    Run,
    Statement,
    StatementStage,
    StatementText,
    TableWish,
)
from app.model.statement_delivery import StatementDelivery
from app.model.statement_stages import Standing, StatementAct, standing_of, why_not
from app.ports import Store
from app.services.documents import form_of
from app.statement import apart, approvals, consented
from app.statement.arranged import is_left_out, is_table, section_of
from app.statement.checking import findings
from app.statement.passages import passages
from app.statement.questions import questions_of
from app.statement.refilling import filled_anew
from app.statement.seeking import Place, Sought, counted, places, replaced
from app.statement.versions import versions
from app.vocabulary import StatementTexts

#: what is made of a final version, beside its text
_BESIDE = (Signature, PaperSignature, Redaction, RedactedCopy, StatementDelivery)


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph as the text field has it; no id: it is new."""

    paragraph_id: str
    kind: ParagraphKind
    runs: tuple[Run, ...]


def read_statement(store: Store, statement_id: str) -> StatementText:
    return StatementText(
        store.get(Statement, statement_id),
        store.find(Paragraph, statement_id=statement_id),
        {e.id: e for e in store.find(Evidence, statement_id=statement_id)},
    )


class StatementEditor(Editor):
    """The only door through which a statement changes: one Change per paragraph."""

    def __init__(self, store: Store, texts: Texts, statement_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.text = read_statement(store, statement_id)
        self.readings = {r.id: r for r in store.find(Reading, statement_id=statement_id)}

    @property
    def store(self) -> Store:
        """For reading."""
        return self._store

    @property
    def statement(self) -> Statement:
        return self.text.statement

    @property
    def is_open(self) -> bool:
        """Whether it is not final yet."""
        return not self.statement.is_final

    @property
    def is_writable(self) -> bool:
        """Whether its text may be written now by whoever signed in: later stages only read it."""
        return self.may(StatementAct.WRITE)

    def accept(self, changes: Sequence[Change]) -> None:
        statement = self.text.statement
        paragraphs = {p.id: p for p in self.text.paragraphs}
        evidence = dict(self.text.evidence)
        kinds: dict[type, object] = {Paragraph: paragraphs, Evidence: evidence, Reading: self.readings}
        for change in changes:
            if change.kind is Statement:
                statement = cast("Statement", change.after)
            elif change.kind in kinds:  # of all else the text stays what it is
                held = cast("dict[str, Entity]", kinds[change.kind])
                held.pop(change.id, None)
                if change.after is not None:
                    held[change.id] = change.after
        self.text = StatementText(statement, tuple(paragraphs.values()), evidence)

    def hear(self, changes: Sequence[Change]) -> None:
        """A final version was signed: the stage that follows is the store's, and who shows it looks again."""
        mine = [c for c in changes if c.kind in _BESIDE and _of(c) == self.statement.id]
        if mine:
            mine += [c for c in changes if c.kind is Statement and c.id == self.statement.id]
            self.accept(mine)
            self.changed.emit(mine)

    def write_section(self, key: str, drafts: Sequence[Draft]) -> bool:
        """What the text field of a section holds now; only paragraphs that differ are changed.

        Tables and charts are generated and not in the text field; they stay where they are, and a draft with the id of
        one says only that what follows stands below it. A commission's question stays word for word. Any other
        generated passage that a hand changed is a hand's from then on.
        """
        held = {p.id: p for p in self.text.section(key)}
        kept = {d.paragraph_id for d in drafts}
        changes = [removed(p) for p in held.values() if p.id not in kept and not self._stays(p)]
        last = ""
        for draft in drafts:
            before = held.get(draft.paragraph_id)
            if before is not None and self._stays(before):
                last = max(last, before.place)
                continue
            place = before.place if before is not None and before.place > last else self._place_behind(key, last)
            after = _written(before, draft, self.statement.id, key, place)
            last = place
            if after != before:
                changes.append(Change(before, after))
        return self.do(self.texts.tr("Text"), *changes, *self._approvals_fall(changes))

    def _stays(self, paragraph: Paragraph) -> bool:
        """What no text field changes or takes away: tables, the commission's questions, readers' words, what is out."""
        is_said = is_question(paragraph) or is_of_reading(paragraph)
        return is_said or is_table(paragraph) or is_left_out(self.text, paragraph)

    def _approvals_fall(self, changes: Sequence[Change]) -> list[Change]:
        after = approvals.fallen(self.statement) if changes else self.statement
        return [] if after == self.statement else [Change(self.statement, after)]

    def _place_behind(self, key: str, last: str) -> str:
        later = [p.place for p in self.text.section(key) if p.place > last]
        return between(last, min(later, default=""))

    def add_evidence(self, evidence: Evidence) -> bool:
        """False, and said, where a consent to its film is not in force."""
        if consented.closed(self._store, self.statement, evidence):
            self.refused.emit(ConsentMissing("evidence-closed"))
            return False
        return evidence.id in self.text.evidence or self.do(self.texts.tr("Evidence added"), added(evidence))

    def refresh(self) -> bool:
        """Fill the generated passages anew from the archive; never one that a hand has touched."""
        changes = filled_anew(self.text, self.statement, passages(self._store, self.statement))
        return self.do(self.texts.tr("Filled from the archive"), *changes, *self._approvals_fall(changes))

    # find and replace

    @property
    def section_keys(self) -> tuple[str, ...]:
        """Keys of its sections, in the order of the document."""
        return tuple(s.key for s in form_of(self.statement).sections)

    def find(self, sought: Sought) -> tuple[Place, ...]:
        """Every place over all sections, in the order of the document."""
        return places(self.text, self.section_keys, sought)

    def replace(self, found: Sequence[Place], words: str) -> bool:
        """Put `words` in every place that a hand may write: one step, undoable. Places are those of the text now."""
        if not self.is_writable:
            return False
        changes = replaced(self.text, found, words)
        return self.do(self.texts.tr("Replaced"), *changes, *self._approvals_fall(changes))

    def word_counts(self) -> dict[str, int]:
        """How many words each section has."""
        return counted(self.text, self.section_keys)

    # the meetings that it is about

    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings of the case that it can be about, in the order in which they were held: the choice."""
        return apart.meetings_of(case_file(self._store, self.statement.case_id), self.statement)

    def is_new(self, meeting: Meeting) -> bool:
        """Whether a meeting that this version is not about was made after it was begun: nobody left it out."""
        return meeting.id not in self.statement.meetings and meeting.id > self.statement.id  # ids ascend

    def choose_meetings(self, wanted: Sequence[str]) -> bool:
        """Make the statement about these meetings of its case and fill its passages anew: one step, undoable.

        What a hand wrote stays, also about a meeting that is left out. False when this version is final.
        """
        about = tuple(m.id for m in self.meetings() if m.id in wanted)
        return self._be(self.texts.tr("Meetings of the document"), replace(self.statement, meetings=about))

    def choose_adult(self, adult: str) -> bool:
        """Make the statement about one adult of its case, with the meetings of that one: one step, undoable."""
        case, after = case_file(self._store, self.statement.case_id), replace(self.statement, adult=adult)
        about = tuple(m.id for m in apart.meetings_of(case, after) if m.id in self.statement.meetings)
        return self._be(self.texts.tr("Whose statement"), replace(after, meetings=about))

    def name_child(self, *, on: bool) -> bool:
        """Whether the head and the header say the child's name and date of birth."""
        return self._be(self.texts.tr("Name in the head"), replace(self.statement, names_child=on))

    def weigh(self, *, on: bool) -> bool:
        """Whether the writer says that the observations were weighed against other information."""
        return self._be(self.texts.tr("Weighed against other information"), replace(self.statement, weighed=on))

    # the generated tables

    def leave_out(self, table: str, *, on: bool = True) -> bool:
        """A table goes from the document with the heading above it and the note below, or comes back: one step."""
        words = self.texts.tr("Left out of the document") if on else self.texts.tr("Put back into the document")
        return self._wish(words, replace(self.statement.wish(table), left_out=on))

    def move_table(self, table: str, *, on: bool) -> bool:
        """A table stands in the attachments instead of its section, or the other way round; off: where it came."""
        return self._wish(self.texts.tr("Table moved"), replace(self.statement.wish(table), moved=on))

    def shorten(self, table: str, *, on: bool) -> bool:
        """Of a table only the rows that say something, or all."""
        words = self.texts.tr("Table shortened") if on else self.texts.tr("Whole table")
        return self._wish(words, replace(self.statement.wish(table), short=on))

    def _wish(self, words: str, wish: TableWish) -> bool:
        others = [w for w in self.statement.tables if w.table != wish.table]
        tables = (*others, *([wish] if wish != TableWish(wish.table) else []))
        return self._be(words, replace(self.statement, tables=tuple(sorted(tables, key=lambda w: w.table))))

    def _be(self, words: str, after: Statement) -> bool:
        """The statement as `after`, its passages filled anew. False when this version is final."""
        if not self.is_writable or after == self.statement:
            return self.is_writable
        changes = filled_anew(self.text, after, passages(self._store, after))
        return self.do(words, Change(self.statement, approvals.fallen(after)), *changes)

    # the way to *final*

    def findings(self) -> tuple[Finding, ...]:
        """What the checks find, the heaviest first; a final version has none, whatever is asked later."""
        return findings(self._store, self.text) if self.is_open else ()

    def lacking(self) -> tuple[Finding, ...]:
        """What still lacks before the statement can be final, and what is told before it."""
        return tuple(f for f in self.findings() if f.weight != Weight.LOOK)

    def remarks(self) -> tuple[Finding, ...]:
        """What the writers may look at once more; nothing of it stands in the way of anything."""
        return tuple(f for f in self.findings() if f.weight == Weight.LOOK)

    @property
    def cannot_answer(self) -> str:
        """How an answer begins that says why there is none, in the statement's language."""
        return StatementTexts(self.statement.language).cannot_answer

    def is_answered(self, number: int) -> bool:
        """Whether question `number` of the commission has an answer, or the reason why it cannot have one."""
        return is_answered(self.text, number, self.cannot_answer)

    def written_sections(self) -> frozenset[str]:
        """Keys of the sections that hold something."""
        return written_sections(self.text, len(self.to_answer()), self.cannot_answer)

    def mark_done(self, section: str, *, on: bool) -> bool:
        """The writers' own mark that a section is done: nothing of it is printed, and no approval falls."""
        done = {*self.statement.done, section} if on else {*self.statement.done} - {section}
        after = replace(self.statement, done=tuple(key for key in self.section_keys if key in done))
        if after == self.statement or not self.is_writable:
            return self.is_writable
        return self.do(
            self.texts.tr("Section done") if on else self.texts.tr("Section open again"), Change(self.statement, after)
        )

    def questions(self) -> tuple[str, ...]:
        """What the commissioner asked of whom it is about, word for word, in order."""
        if self.statement.adult:
            return questions_of(case_file(self._store, self.statement.case_id), self.statement)
        commissions = self._store.find(Commission, case_id=self.statement.case_id)
        return commissions[-1].questions if commissions else ()

    def to_answer(self) -> tuple[str, ...]:
        """The same of what this kind of document answers: a note on the way answers none."""
        return self.questions() if form_of(self.statement).answers else ()

    def pair(self) -> tuple[str, ...]:
        case = self._store.get(Case, self.statement.case_id)
        return tuple(w for w in (case.lead, case.partner) if w)

    def standing(self) -> Standing:
        """How it stands by the rule of the stages."""
        case = self._store.get(Case, self.statement.case_id)
        return standing_of(self.statement, case, versions(self._store, self.statement), self.all_readings())

    def all_readings(self) -> tuple[Reading, ...]:
        """Those of every version of it, in the order in which they were begun."""
        others = tuple(s.id for s in versions(self._store, self.statement) if s.id != self.statement.id)
        held = self._store.find(Reading, statement_id=others) if others else ()
        return tuple(sorted((*held, *self.readings.values()), key=lambda r: (r.begun, r.id)))

    def why_not(self, act: StatementAct) -> str:
        """The key of what stands against the signed-in worker doing it now; empty when it may be done."""
        return why_not(act, self._store.me, self.standing())

    def may(self, act: StatementAct) -> bool:
        return not self.why_not(act)

    def ask_for_check(self) -> bool:
        """The writer's own approval, and the partner's desk says that it waits."""
        return self._approve(StatementStage.CHECKING)

    def approve(self) -> bool:
        """Work partner's approval, and everybody's of what the readers said."""
        return self._approve(self.statement.stage)

    def _approve(self, stage: StatementStage) -> bool:
        """What is approved is kept word for word, so that it can be shown what changed since."""
        after = approvals.approved(self.statement, self._store.me, now(), stage)
        kept = approvals.as_approved(self.text, after.approvals[-1])
        return self.commit(self.texts.tr("Approved"), Change(self.statement, after), added(kept))

    def back_to_draft(self) -> bool:
        """Writing goes on, and the approvals fall."""
        after = replace(approvals.fallen(self.statement), stage=StatementStage.DRAFT)
        return self.commit(self.texts.tr("Back to draft"), Change(self.statement, after))

    def is_approved(self) -> bool:
        """Whether everybody who signs approved the text as it stands."""
        return self.is_open and self.standing().is_approved

    def stops_reading(self) -> tuple[Finding, ...]:
        """What lacks and could only be mended in a new version once somebody has read this one."""
        return tuple(f for f in self.lacking() if f.stops and f.lack not in AFTER_READING)

    def can_finalize(self) -> bool:
        """Gone through, approved by all who sign, and nothing lacks that no final version may lack."""
        return self.may(StatementAct.FINALIZE) and not any(f.stops for f in self.lacking())

    def finalize(self, final: FinalStatement) -> bool:
        """Fix this version for good, as `final` has it: needs the approval of both workers. Logged, and not undoable.

        False when an approval or an answer is missing, or the text is no longer what `final` says.
        """
        if not self.can_finalize() or not self._is_said_by(final):
            return False
        after = replace(self.statement, stage=StatementStage.FINAL, finalized=final.fixed)
        return self.commit(self.texts.tr("Final"), Change(self.statement, after), added(final), act="final")

    def kept(self) -> FinalStatement | None:
        """What was kept of this version when it became final; None for an open one, and until an older one has it."""
        found = self._store.find(FinalStatement, statement_id=self.statement.id)
        return found[0] if found else None

    def _is_said_by(self, final: FinalStatement) -> bool:
        said = {s.key: s.paragraphs for s in final.document.sections}
        mine = {s.key: section_of(self.text, s.key) for s in form_of(self.statement).sections}
        return final.statement_id == self.statement.id and said == mine


def _of(change: Change) -> str:
    """The version that a signature is of."""
    return cast("Signature | PaperSignature", change.entity).statement_id


def _written(before: Paragraph | None, draft: Draft, statement_id: str, section: str, place: str) -> Paragraph:
    if before is None:
        return Paragraph(draft.paragraph_id or new_id(), statement_id, section, place, draft.runs, draft.kind)
    touched = before.by_hand or bool(before.source and (before.runs, before.kind) != (draft.runs, draft.kind))
    return replace(before, runs=draft.runs, kind=draft.kind, place=place, by_hand=touched)
