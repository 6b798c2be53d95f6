"""A parent reads the statement on the workers' screen: large, that parent's version alone, with words beside it."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from app.casework.case_editor import CaseEditor
from app.casework.case_file import case_file
from app.door import Door
from app.model.identity import new_id
from app.model.people import Role
from app.model.reading import ReadingOutcome, Treatment
from app.model.statement import ParagraphKind, Run, StatementStage
from app.statement.beginning import begin_statement
from app.statement.document import document_of
from app.statement.editor import Draft, StatementEditor, read_statement
from app.statement.going_through import answer, begin_reading
from tests.material.written import whole
from widgets.statement.reading_note import ReadingNote
from widgets.statement.reading_view import ReadingView
from widgets.statement.signers_dialog import SignersDialog
from widgets.statement.statement_screen import StatementScreen


@pytest.fixture
def checked(home) -> StatementEditor:
    """Approved by both, as the lead has it open, with a word of the writers beside evidence."""
    home.compare()
    editor = whole(
        StatementEditor(home.a, home.texts, begin_statement(Door(home.a), home.texts, home.case_id, "en").id)
    )
    editor.write_section("recommendation", [Draft(new_id(), ParagraphKind.BODY, (Run("Support once a week."),))])
    assert editor.ask_for_check()
    assert StatementEditor(home.b, home.texts, editor.statement.id).approve()
    return StatementEditor(home.a, home.texts, editor.statement.id)


@pytest.fixture
def place(checked, home, stage) -> StatementScreen:
    return stage(StatementScreen, player=True, case_id=home.case_id)


def note_of(place, home, qtbot) -> ReadingNote:
    editor = place.room.editor
    reading = begin_reading(editor, home.meeting.adult_id)
    reader = case_file(home.a, home.case_id).person(home.meeting.adult_id)
    note = ReadingNote(editor, reading, reader, place.workspace.preferences, place)
    qtbot.addWidget(note)
    note.show()
    return note


def view_of(place, note, qtbot) -> ReadingView:
    editor = place.room.editor
    made = ReadingView(editor, editor.readings[note.reading_id], editor.texts, place.workspace.preferences, place)
    qtbot.addWidget(made)
    made.show()
    return made


def words_on(widget) -> str:
    return "\n".join(w.text() for w in widget.findChildren(QLabel))


def test_what_is_said_beside_a_section_is_kept_as_it_is_said_and_stays(place, home, hands, qtbot) -> None:
    hands.press(place, "Go through it with the client")
    note = note_of(place, home, qtbot)
    view = view_of(place, note, qtbot)
    hands.type(view.fields["recommendation"], "Once a week is too much.")
    with qtbot.waitSignal(place.room.editor.saved):
        pass
    (reading,) = place.room.editor.readings.values()
    assert reading.on("recommendation") == "Once a week is too much."
    hands.press(view, "Done")
    hands.press(note, "Note the reading")
    hands.press(place, "Comments into the document")
    said = [p.text for p in read_statement(home.a, place.room.editor.statement.id).section("comments")]
    assert any("”Once a week is too much.”" in line for line in said)
    assert place.room.editor.statement.approvals == ()
    place.room.open_section("recommendation")
    assert "”Once a week is too much.”" in words_on(place.room)


def test_the_parents_screen_shows_no_code_name_no_note_and_nobody_kept_apart(place, home, hands, qtbot) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    father = people.add_person(Role.BIRTH_PARENT, "isä")
    people.edit(father, name="Kalle Kuusisto")
    people.edit(people.file.case, note="worker's note", code_name="Star 14")
    hands.press(place, "Go through it with the client")
    adult = people.file.person(home.meeting.adult_id)
    people.keep_apart(adult, people.file.person(father.id), apart=True)
    note = note_of(place, home, qtbot)
    shown = words_on(view_of(place, note, qtbot))
    assert "Support once a week." in shown
    for secret in ("Star 14", "worker's note", "Kuusisto", "isä", "Aino", "Leena"):
        assert secret not in shown, secret


def test_a_section_without_its_tick_is_not_shown_and_the_document_says_so(place, home, hands, qtbot) -> None:
    hands.press(place, "Go through it with the client")
    note = note_of(place, home, qtbot)
    rows = [note.sections.item(n) for n in range(note.sections.count())]
    next(r for r in rows if "Recommendation" in r.text()).setCheckState(note.sections.item(0).checkState().Unchecked)
    note.commit()
    assert "Support once a week." not in words_on(view_of(place, note, qtbot))
    hands.press(note, "Note the reading")
    hands.press(place, "Comments into the document")
    said = [p.text for p in place.room.editor.text.section("comments")]
    assert any("Section 13 was not shown in this reading." in line for line in said)


def test_without_a_day_or_a_reason_nothing_is_noted(place, home, hands, qtbot) -> None:
    hands.press(place, "Go through it with the client")
    note = note_of(place, home, qtbot)
    note.outcome.set_value(ReadingOutcome.NOT_REACHED)
    hands.press(note, "Note the reading")
    assert note.isVisible()
    assert note.missing.isVisible()
    hands.type(note.told, "Moved away.")
    hands.press(note, "Note the reading")
    (reading,) = place.room.editor.readings.values()
    assert (reading.outcome, reading.is_open) == (ReadingOutcome.NOT_REACHED, False)


def test_a_fact_is_corrected_in_a_new_version_and_the_words_go_over(place, home, hands, qtbot) -> None:
    hands.press(place, "Go through it with the client")
    note = note_of(place, home, qtbot)
    view = view_of(place, note, qtbot)
    hands.type(view.fields["recommendation"], "It was 90 minutes.")
    hands.press(view, "Done")
    hands.press(note, "Note the reading")
    hands.press(place, "Comments into the document")
    (reading,) = place.room.editor.readings.values()
    assert answer(place.room.editor, reading.id, 0, Treatment.FACT, "")
    hands.press(place, "Correct as a new version")
    editor = place.room.editor
    assert (editor.statement.version, editor.statement.stage) == (2, StatementStage.DRAFT)
    said = [p.text for p in editor.text.section("comments")]
    assert any("”It was 90 minutes.”" in line for line in said)
    assert "The fact was corrected in version 2." in said


def test_one_signer_needs_a_reason_and_is_printed(place, checked, home, hands, qtbot) -> None:
    dialog = SignersDialog(place.room.editor, place)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.who.set_value(home.aino.id)
    hands.press(dialog, "Save")
    assert dialog.missing.isVisible()
    dialog.reason.setPlainText("The partner fell ill.")
    dialog.superior.setText("Eeva Esihenkilö")
    dialog.confirmed.set_value(date(2026, 12, 1))
    hands.press(dialog, "Save")
    statement = place.room.editor.statement
    assert (statement.stage, statement.alone.worker_id, statement.approvals) == (StatementStage.DRAFT, home.aino.id, ())
    document = document_of(home.a, statement)
    assert [s.name for s in document.signers] == ["Aino Esimerkki"]
    assert "The partner fell ill." in document.alone
    assert "Eeva Esihenkilö" in document.alone
