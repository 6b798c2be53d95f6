"""A statement with everything in it that a final version may not lack, and one that went all its way."""

from dataclasses import replace
from datetime import date

from app.casework.case_file import case_file
from app.door import Door
from app.model.identity import new_id
from app.model.reading import Reading, ReadingOutcome
from app.model.statement import ParagraphKind, Run
from app.statement.beginning import begin_statement
from app.statement.editor import Draft, StatementEditor
from app.statement.going_through import begin_reading, collect, go_through, note_reading, say_what_is_corrected
from app.statement.readers import readers

READ_ON = date(2026, 11, 30)


def whole(editor: StatementEditor) -> StatementEditor:
    """The editor, with the child's view told and every question answered."""
    if not editor.text.section("childs-view"):
        editor.write_section("childs-view", [_said("The child's view.")])
    rows: list[Draft] = []
    for p in editor.text.section("conclusions"):
        rows.append(Draft(p.id, p.kind, p.runs))
        if p.kind == ParagraphKind.HEADING:
            rows.append(_said("An answer."))
    editor.write_section("conclusions", rows)
    if editor.standing().correction_unsaid:
        say_what_is_corrected(editor, "A number.")
    return editor


def being_read(home) -> tuple[StatementEditor, Reading]:
    """A statement of a case that both approved and one reads now."""
    made = begin_statement(Door(home.a), home.texts, home.case_id, home.texts.language)
    assert whole(StatementEditor(home.a, home.texts, made.id)).ask_for_check()
    assert StatementEditor(home.b, home.texts, made.id).approve()
    editor = StatementEditor(home.a, home.texts, made.id)
    assert go_through(editor)
    reading = begin_reading(editor, home.meeting.adult_id)
    assert reading is not None
    return editor, reading


def read_by(editor: StatementEditor, person_id: str, *said: tuple[str, str], **more) -> None:
    """One of those whom it is about reads it and says something of sections."""
    reading = begin_reading(editor, person_id)
    assert reading is not None
    for section, words in said:
        reading = replace(reading, comments=reading.saying(section, words).comments)
    noted = replace(editor.readings[reading.id], held=READ_ON, comments=reading.comments, **more)
    assert note_reading(editor, noted)


def gone_through(editor: StatementEditor, other_store) -> StatementEditor:
    """Both approved it: nobody is reached to read it, and both approve what that adds. Gives an editor of it as it is.

    `editor` is of the one who approved last, `other_store` is the other one's.
    """
    assert go_through(editor)
    reader = readers(case_file(editor.store, editor.statement.case_id), editor.statement)[0]
    read_by(editor, reader.id, outcome=ReadingOutcome.NOT_REACHED, told="Not reached.")
    assert collect(editor)
    assert editor.approve()
    if other_store is not editor.store:
        assert StatementEditor(other_store, editor.texts, editor.statement.id).approve()
    return StatementEditor(editor.store, editor.texts, editor.statement.id)


def _said(text: str) -> Draft:
    return Draft(new_id(), ParagraphKind.BODY, (Run(text),))
