"""Going through a version with those whom it is about: read, noted, answered, and put into the document."""

from __future__ import annotations

from dataclasses import replace

from app.i18n import now
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.reading import Reading, Treatment
from app.model.statement import SoleSigner, Statement, StatementStage
from app.statement.approvals import fallen
from app.statement.editor import StatementEditor
from app.statement.readers import ReaderSection, shown_to
from app.statement.refilling import with_readers_words


def go_through(editor: StatementEditor) -> bool:
    """Reading begins: from here on the text is read and not written. False while it lacks what none may lack."""
    if editor.stops_reading():
        return False
    after = replace(editor.statement, stage=StatementStage.WALK_THROUGH)
    return editor.commit(editor.texts.tr("Going through it began"), Change(editor.statement, after))


def begin_reading(editor: StatementEditor, person_id: str) -> Reading | None:
    """A reader's own going through it, being made; None when it was refused."""
    made = Reading(new_id(), editor.statement.id, person_id, editor.store.me, now())
    return made if editor.commit(editor.texts.tr("Reading begun"), added(made)) else None


def change_reading(editor: StatementEditor, after: Reading) -> bool:
    """What was said, or how it was: of one that is being made."""
    before = editor.readings[after.id]
    return before == after or editor.commit(editor.texts.tr("Reading"), Change(before, after))


def note_reading(editor: StatementEditor, after: Reading) -> bool:
    """It is done: from here on the reader's words never change."""
    before = editor.readings[after.id]
    return editor.commit(editor.texts.tr("Reading noted"), Change(before, replace(after, noted=now())))


def forget_reading(editor: StatementEditor, reading_id: str) -> bool:
    """One that was begun by mistake; what is noted stays."""
    return editor.commit(editor.texts.tr("Reading left"), removed(editor.readings[reading_id]))


def shown(editor: StatementEditor, reading: Reading) -> tuple[ReaderSection, ...]:
    """What this reader is shown, which is logged."""
    editor.store.note("view", Statement, editor.statement.id, f"reading={reading.id}")
    return shown_to(editor.store, editor.text, reading)


def collect(editor: StatementEditor) -> bool:
    """What the readers said goes into the document, whole; where that changed the text the approvals fall."""
    return _with_words(editor, editor.texts.tr("Comments put into the document"), StatementStage.COMMENTS)


def answer(editor: StatementEditor, reading_id: str, number: int, treated: Treatment, response: str) -> bool:
    """What the workers make of its comment `number`, from 0; where it is in the document already, it says so there."""
    before = editor.readings[reading_id]
    after = before.answered(number, treated, response.strip())
    if after == before:
        return True
    words = editor.texts.tr("Comment answered")
    if editor.statement.stage != StatementStage.COMMENTS:
        return editor.commit(words, Change(before, after))
    return _with_words(editor, words, StatementStage.COMMENTS, after)


def name_signers(editor: StatementEditor, alone: SoleSigner | None) -> bool:
    """Both sign, or one for the reason that is said; approvals were of the other and fall."""
    statement = editor.statement
    after = replace(statement, alone=alone, approvals=())
    if statement.stage == StatementStage.CHECKING:
        after = replace(after, stage=StatementStage.DRAFT)
    return editor.commit(editor.texts.tr("Who signs"), Change(statement, after))


def say_what_is_corrected(editor: StatementEditor, words: str) -> bool:
    """What this version corrects in the final one whose place it takes."""
    after = replace(fallen(editor.statement), corrects=words.strip())
    return after == editor.statement or editor.commit(editor.texts.tr("Correction"), Change(editor.statement, after))


def _with_words(editor: StatementEditor, label: str, stage: StatementStage, *said: Reading) -> bool:
    statement = editor.statement
    fresh = with_readers_words(editor.store, editor.text, said)
    after = replace(statement, stage=stage, approvals=() if fresh else statement.approvals)
    moved = [] if after == statement else [Change(statement, after)]
    return editor.commit(label, *(Change(editor.readings[r.id], r) for r in said), *moved, *fresh)
