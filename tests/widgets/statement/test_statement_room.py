"""Writing a statement: what is typed is committed by paragraph, undone by the statement, and read back the same."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton

from app.casework.case_editor import CaseEditor
from app.casework.consents import withdrawn
from app.casework.film_use import Mark
from app.door import Door
from app.errors import StoreError
from app.i18n import today
from app.model.change import Change
from app.model.commission import Commission, DocumentKind
from app.model.consent import Consent, Purpose
from app.model.people import Case, Role
from app.model.statement import Paragraph, ParagraphKind, StatementStage, TableWish
from app.services.documents import form_of
from app.services.library import first
from app.statement.arranged import section_of
from app.statement.beginning import begin_statement, new_version
from app.statement.editor import StatementEditor, read_statement
from app.statement.evidence import offers
from app.statement.final import make_final
from tests.drivers.settling import settle
from tests.material.written import gone_through, whole
from widgets.statement.begin_form import BeginForm
from widgets.statement.section_text import SectionText
from widgets.statement.statement_room import LEAST_LEFT, StatementRoom
from widgets.statement.statement_screen import StatementScreen
from widgets.statement.table_block import TableBlock

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
BY_HAND = "parents-views"


@pytest.fixture
def place(home, stage) -> StatementScreen:
    home.compare()
    home.statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    return stage(StatementScreen, player=True, case_id=home.case_id)


@pytest.fixture
def desk(place) -> StatementRoom:
    place.room.open_section(BY_HAND)
    return place.room


def texts(home, section: int) -> list[str]:
    return [p.text for p in read_statement(home.a, home.statement.id).section(section) if not p.cells]


def fields(desk) -> list[SectionText]:
    """The section's fields in sight, from above down."""
    settle()
    shown = [f for f in desk.findChildren(SectionText) if f.isVisible()]
    return sorted(shown, key=lambda f: f.mapTo(desk, QPoint()).y())


def field(desk, number: int = -1) -> SectionText:
    made = fields(desk)[number]
    made.setFocus()
    return made


def test_a_letter_that_no_font_has_is_named_in_what_is_missing(desk, qtbot) -> None:
    line = field(desk)
    line.insertPlainText("Wei 张伟 wrote.")
    with qtbot.waitSignal(desk.checked):
        pass
    number = first().section(BY_HAND).number
    links = [b.text() for b in desk.panel.findChildren(QPushButton)]
    assert f"Section {number}: no font for 张 (U+5F20) …" in links


def test_what_the_archive_refuses_stays_under_the_hands(desk, home, place, monkeypatch) -> None:
    """A full disk, and the writer goes on to another section, or takes back the last step."""
    field(desk).insertPlainText("First.")
    desk.commit()
    said = "First. The disk had no room for this."
    with monkeypatch.context() as full:
        full.setattr(desk.editor.store, "apply", _refuses)
        field(desk).moveCursor(QTextCursor.MoveOperation.End)
        field(desk).insertPlainText(said.removeprefix("First."))
        desk.open_section("conclusions")
        desk.undo()
        number = first().section(BY_HAND).number
        assert desk.sections.currentItem().text().startswith(f"{number}  ")
        assert field(desk).toPlainText() == said
    desk.open_section("conclusions")
    assert texts(home, BY_HAND)[-1] == said
    desk.open_section(BY_HAND)
    assert field(desk).toPlainText() == said


def test_what_the_archive_refuses_keeps_its_document_open(desk, home, place, monkeypatch) -> None:
    """Another version, another document or another case is opened on a full disk."""
    said = "The disk had no room for this."
    with monkeypatch.context() as full:
        full.setattr(desk.editor.store, "apply", _refuses)
        field(desk).insertPlainText(said)
        place.show_statement(desk.editor.statement.id, home.a.get(Case, home.case_id))
        place.offer_others(home.case_id, "")
        place.opened(case_id=home.case_id)
        assert place.room is desk
        assert field(desk).toPlainText() == said
    place.show_statement(desk.editor.statement.id, home.a.get(Case, home.case_id))
    assert place.room is not desk
    assert texts(home, BY_HAND) == [said]


def _refuses(*_told, **_more) -> None:
    raise StoreError("disk-full")


def test_typing_is_committed_after_the_pause(desk, home, qtbot) -> None:
    line = field(desk)
    qtbot.keyClicks(line, "Calm talk.")
    assert texts(home, BY_HAND) == []
    with qtbot.waitSignal(desk.editor.saved):
        pass
    assert texts(home, BY_HAND) == ["Calm talk."]
    assert fields(desk)[-1] is line, "the field under the hands stays"


def test_leaving_commits_at_once(place, desk, home, qtbot) -> None:
    qtbot.keyClicks(field(desk), "Calm talk.")
    place.left()
    assert texts(home, BY_HAND) == ["Calm talk."]


def test_another_section_commits_the_one_before(desk, home, qtbot) -> None:
    qtbot.keyClicks(field(desk), "Calm talk.")
    desk.open_section("childs-view")
    assert texts(home, BY_HAND) == ["Calm talk."]


def test_enter_makes_two_paragraphs_and_each_keeps_its_id(desk, home, qtbot) -> None:
    line = field(desk)
    qtbot.keyClicks(line, "OneTwo")
    desk.commit()
    (whole,) = read_statement(home.a, home.statement.id).section(BY_HAND)
    cursor = line.textCursor()
    cursor.setPosition(3)
    line.setTextCursor(cursor)
    qtbot.keyClick(line, Key.Key_Return)
    desk.commit()
    first, second = read_statement(home.a, home.statement.id).section(BY_HAND)
    assert (first.text, second.text) == ("One", "Two")
    assert first.id == whole.id != second.id
    qtbot.keyClicks(line, "!")
    desk.commit()
    again = read_statement(home.a, home.statement.id).section(BY_HAND)
    assert [p.id for p in again] == [first.id, second.id]
    assert [p.text for p in again] == ["One", "!Two"]


def test_enter_before_a_paragraph_leaves_it_what_it_was(desk, home, qtbot) -> None:
    desk.open_section("conclusions")
    line = field(desk, 0)
    before = [p.source for p in read_statement(home.a, home.statement.id).section("conclusions")]
    line.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClick(line, Key.Key_Return)
    desk.commit()
    assert [p.source for p in read_statement(home.a, home.statement.id).section("conclusions")] == before


def test_undo_and_redo_are_the_statements(desk, home, qtbot) -> None:
    line = field(desk)
    qtbot.keyClicks(line, "One.")
    desk.commit()
    qtbot.keyClick(line, Key.Key_Return)
    qtbot.keyClicks(line, "Two.")
    qtbot.keyClick(line, Key.Key_Z, CTRL)
    assert texts(home, BY_HAND) == ["One."]
    shown = fields(desk)[-1]
    assert shown.toPlainText() == "One."
    assert QApplication.focusWidget() is shown, "who undoes goes on typing"
    qtbot.keyClick(shown, Key.Key_Y, CTRL)
    assert texts(home, BY_HAND) == ["One.", "Two."]


def test_a_bold_run_is_kept(desk, home, qtbot) -> None:
    line = field(desk)
    qtbot.keyClicks(line, "It is ")
    qtbot.keyClick(line, Key.Key_B, CTRL)
    qtbot.keyClicks(line, "calm")
    qtbot.keyClick(line, Key.Key_B, CTRL)
    qtbot.keyClick(line, Key.Key_I, CTRL)
    qtbot.keyClicks(line, " here")
    desk.commit()
    (p,) = read_statement(home.a, home.statement.id).section(BY_HAND)
    assert [(r.text, r.bold, r.italic) for r in p.runs] == [
        ("It is ", False, False),
        ("calm", True, False),
        (" here", False, True),
    ]


def test_reopening_shows_the_same_and_changes_nothing(desk, home, qtbot) -> None:
    line = field(desk)
    qtbot.keyClicks(line, "One.")
    qtbot.keyClick(line, Key.Key_Return)
    qtbot.keyClicks(line, "Two.")
    desk.commit()
    before = read_statement(home.a, home.statement.id)
    for section in first().sections:
        desk.open_section(section.key)
        desk.commit()
    assert read_statement(home.a, home.statement.id) == before
    desk.open_section(BY_HAND)
    assert fields(desk)[-1].toPlainText() == "One.\nTwo."


def test_a_cited_source_lands_where_the_cursor_is(desk, home, qtbot) -> None:
    line = field(desk)
    qtbot.keyClicks(line, "We saw it:")
    desk.cite(0)
    offer = offers(home.a, desk.editor.statement)[0]
    (p,) = read_statement(home.a, home.statement.id).section(BY_HAND)
    assert p.text.rstrip() == f"We saw it: {offer.text}"
    cited = [r for r in p.runs if r.evidence]
    assert [r.text for r in cited] == [offer.text]
    assert cited[0].evidence in read_statement(home.a, home.statement.id).evidence
    qtbot.keyClicks(fields(desk)[-1], "Then more.")
    desk.commit()
    assert texts(home, BY_HAND) == [f"We saw it: {offer.text} Then more."]


def test_text_below_a_table_stays_below_it(desk, home, qtbot) -> None:
    desk.open_section("how-done")
    assert any(p.kind == ParagraphKind.TABLE for p in desk.editor.text.section("how-done"))
    qtbot.keyClicks(field(desk), "Written below.")
    desk.commit()
    kinds = [p.kind for p in read_statement(home.a, home.statement.id).section("how-done")]
    assert kinds == [ParagraphKind.TABLE, ParagraphKind.BODY]


def test_the_question_is_answered_below_its_heading(desk, hands, qtbot) -> None:
    assert any(f.number == 1 for f in desk.editor.lacking())
    hands.press(desk.panel, "Question 1 without an answer")
    qtbot.keyClicks(fields(desk)[-1], "They meet well.")
    desk.commit()
    assert not any(f.number == 1 and f.stops for f in desk.editor.lacking())
    assert any(f.number == 2 for f in desk.editor.lacking())


def test_a_question_of_several_lines_stays_one_and_is_answered_below_its_own_heading(home, stage, hands, qtbot) -> None:
    home.compare()
    (commission,) = home.a.find(Commission)
    asked = ("How do they meet?\n\nAt home and outside?", "What helps?")
    home.a.apply("x", [Change(commission, replace(commission, questions=asked))])
    home.statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    desk = stage(StatementScreen, player=True, case_id=home.case_id).room
    for number in (1, 2):
        hands.press(desk.panel, f"Question {number} without an answer")
        qtbot.keyClicks(fields(desk)[-1], f"Answer {number}.")
        desk.commit()
        desk.open_section("conclusions")
    expected = [f"1. {asked[0]}", "Answer 1.", f"2. {asked[1]}", "Answer 2."]
    assert texts(home, "conclusions") == expected
    qtbot.keyClick(fields(desk)[-1], Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(fields(desk)[-1], "New line.")
    desk.commit()
    assert texts(home, "conclusions")[-1] == "Answer 2.\nNew line."


def test_enter_in_the_list_of_sections_leads_to_the_text(place, qtbot) -> None:
    desk = place.room
    desk.sections.setFocus()
    desk.sections.setCurrentRow([s.key for s in first().sections].index(BY_HAND))
    qtbot.keyClick(desk.sections, Key.Key_Return)
    assert fields(desk)[-1].hasFocus()


def test_a_final_statement_is_read_only(place, home, qtbot) -> None:
    whole(StatementEditor(home.a, home.texts, home.statement.id)).ask_for_check()
    partner = StatementEditor(home.b, home.texts, home.statement.id)
    partner.approve()
    partner = gone_through(partner, home.a)
    assert make_final(partner, home.vault)
    place.workspace.forget_editor(f"statement/{home.statement.id}")
    place.opened(case_id=home.case_id)
    place.room.open_section("conclusions")
    before = read_statement(home.a, home.statement.id)
    shown = fields(place.room)
    assert shown
    for line in shown:
        assert line.isReadOnly()
        qtbot.keyClicks(line, "x")
    place.room.commit()
    place.room.cite(0)
    assert read_statement(home.a, home.statement.id) == before
    assert before.statement.stage == StatementStage.FINAL


def test_a_new_version_is_opened_for_writing(place, home, qtbot) -> None:
    whole(StatementEditor(home.a, home.texts, home.statement.id)).ask_for_check()
    partner = StatementEditor(home.b, home.texts, home.statement.id)
    partner.approve()
    partner = gone_through(partner, home.a)
    make_final(partner, home.vault)
    place.workspace.forget_editor(f"statement/{home.statement.id}")
    place.opened(case_id=home.case_id)
    press(place, "New version", qtbot)
    assert place.room.editor.statement.version == 2
    assert place.room.editor.is_open


def test_an_earlier_final_version_is_opened_and_says_that_it_is_superseded(place, home, qtbot) -> None:
    def make_it_final(statement_id: str) -> None:
        whole(StatementEditor(home.a, home.texts, statement_id)).ask_for_check()
        partner = StatementEditor(home.b, home.texts, statement_id)
        partner.approve()
        partner = gone_through(partner, home.a)
        assert make_final(partner, home.vault)
        place.workspace.forget_editor(f"statement/{statement_id}")

    make_it_final(home.statement.id)
    second = new_version(Door(home.a), home.texts, home.statement.id)
    make_it_final(second.id)
    place.opened(case_id=home.case_id)
    choice = place.room.options.version
    assert [choice.itemText(n) for n in range(choice.count())] == [
        "version 1 · superseded by version 2",
        "version 2 · Final",
    ]
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    assert place.room.editor.statement.id == home.statement.id
    assert "Superseded by version 2" in [label.text() for label in place.room.panel.findChildren(QLabel)]


def press(place, words: str, qtbot) -> None:
    settle()
    (made,) = [b for b in place.findChildren(QPushButton) if b.isVisible() and b.text() == words]
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def test_the_way_to_a_check_and_back(place, home, qtbot) -> None:
    press(place, "Ask for a check", qtbot)
    assert home.a.find(type(home.statement))[0].stage == StatementStage.CHECKING
    press(place, "Back to draft", qtbot)
    assert home.a.find(type(home.statement))[0].approvals == ()


def test_a_link_plays_its_moment(desk, home, qtbot, monkeypatch) -> None:
    from widgets.statement import moment_dialog

    opened = []
    monkeypatch.setattr(moment_dialog.MomentDialog, "exec", lambda dialog: (opened.append(dialog), dialog.reject()))
    desk.cite(0)
    evidence = next(iter(e for e in desk.editor.text.evidence.values() if e.start is not None))
    desk.play_evidence(evidence.id)
    assert opened[0].watching.player.range == (
        max(evidence.start - 2_000_000, 0),
        (evidence.end or evidence.start) + 2_000_000,
    )
    assert opened[0].watching.player.closed


def test_own_keys_play_the_moment(desk, room, qtbot, monkeypatch) -> None:
    from widgets.statement import moment_dialog

    def play_by_own_key(dialog) -> None:
        dialog.watching.player.pause()
        qtbot.keyClick(dialog, Qt.Key.Key_Space)
        assert not dialog.watching.player.is_playing()
        qtbot.keyClick(dialog, Qt.Key.Key_F8)
        played.append(dialog.watching.player.is_playing())
        dialog.reject()

    played: list[bool] = []
    room.preferences.change_keys(room.preferences.keys.with_action("film.play", "F8"))
    monkeypatch.setattr(moment_dialog.MomentDialog, "exec", play_by_own_key)
    desk.cite(0)
    desk.play_evidence(next(e.id for e in desk.editor.text.evidence.values() if e.start is not None))
    assert played == [True]


def test_the_search_narrows_the_sources(place, qtbot) -> None:
    (search,) = [e for e in place.room.panel.findChildren(QLineEdit) if e.isVisible()]
    search.setText("no such thing")
    assert not [b for b in place.room.panel.findChildren(QPushButton) if b.isVisible() and b.text() == "+"]


def test_a_pasted_page_keeps_what_a_statement_has(desk, home, qtbot) -> None:
    from PySide6.QtCore import QMimeData

    data = QMimeData()
    data.setHtml("<h1>Big</h1><p>red</p>")
    data.setText("Big\nred")
    field(desk).insertFromMimeData(data)
    desk.commit()
    rows = read_statement(home.a, home.statement.id).section(BY_HAND)
    assert [(p.text, p.kind, p.runs[0].bold) for p in rows] == [
        ("Big", ParagraphKind.HEADING, False),
        ("red", ParagraphKind.BODY, False),
    ]


def test_a_question_changed_in_the_case_is_shown(desk, hands) -> None:
    assert "Commissioner's question 1: " in hands.words(desk)
    assert QPoint(0, 0) == desk.stages.pos()


def test_a_paragraphs_kind_can_be_chosen(desk, home, qtbot) -> None:
    line = field(desk)
    qtbot.keyClicks(line, "Title")
    line.set_kind(ParagraphKind.HEADING)
    desk.commit()
    (p,) = read_statement(home.a, home.statement.id).section(BY_HAND)
    assert (p.kind, p.text, p.runs[0].bold) == (ParagraphKind.HEADING, "Title", False)


def test_a_step_taken_elsewhere_is_shown(desk, home) -> None:
    p = Paragraph("0192f0c0-0000-7000-8000-000000000001", home.statement.id, BY_HAND, "i", (), ParagraphKind.BODY)
    from app.model.statement import Run

    p = replace(p, runs=(Run("From elsewhere."),))
    desk.editor.do("x", Change(None, p))
    assert fields(desk)[-1].toPlainText() == "From elsewhere."


def boxes(part) -> list[QCheckBox]:
    settle()
    return [b for b in part.findChildren(QCheckBox) if b.isVisible()]


def test_the_room_shows_its_meetings_and_a_box_takes_one_out(place, home, qtbot) -> None:
    room = place.room
    (box,) = boxes(room.meetings)
    assert (box.isChecked(), box.text()) == (True, "MIM, parent · 3 Nov")
    qtbot.keyClicks(field(room), "By hand.")  # what is being typed is not lost by it
    box.click()
    assert read_statement(home.a, home.statement.id).statement.meetings == ()
    assert room.editor.text.section("observations") == ()
    assert texts(home, "commission")[-1].endswith("By hand.")
    assert boxes(room.meetings) == [box], "the box under the hand stays"
    place.undo()
    assert box.isChecked()
    assert room.editor.text.section("observations")


def test_a_meeting_made_later_stands_there_as_new(place, home) -> None:
    made = home.add_meeting(home.meeting.adult_id, day=9)
    place.opened(case_id=home.case_id)
    first_box, second = boxes(place.room.meetings)
    assert (first_box.isChecked(), second.isChecked()) == (True, False)
    assert second.text().endswith("· new")
    second.click()
    assert place.room.editor.statement.meetings == (home.meeting.id, made.id)
    assert not any(b.text().endswith("new") for b in boxes(place.room.meetings))


def test_it_is_begun_about_the_meetings_that_are_ticked(home, stage, qtbot) -> None:
    other = home.add_meeting(home.meeting.adult_id, day=9)
    place = stage(StatementScreen, player=True, case_id=home.case_id)
    boxes(place)[0].click()
    press(place, "Begin", qtbot)
    assert place.room.editor.statement.meetings == (other.id,)


def test_a_final_version_says_since_when_and_offers_nothing_to_put_in(place, home, hands) -> None:
    whole(StatementEditor(home.a, home.texts, home.statement.id)).ask_for_check()
    partner = StatementEditor(home.b, home.texts, home.statement.id)
    partner.approve()
    partner = gone_through(partner, home.a)
    assert make_final(partner, home.vault)
    home.add_meeting(home.meeting.adult_id, day=9)
    place.workspace.forget_editor(f"statement/{home.statement.id}")
    place.opened(case_id=home.case_id)
    (box,) = boxes(place.room.meetings)
    assert (box.isChecked(), box.isEnabled()) == (True, False)
    said = [w.text() for w in place.room.panel.findChildren(QLabel) if w.isVisible()]
    first = next(n for n, words in enumerate(said) if words.startswith("Final since "))
    wanted = ["Its document is kept as it became final.", "It is printed the same from now on."]
    assert said[first + 1 : first + 3] == wanted
    assert "Sources" not in " ".join(said)
    assert "Commissioner's question" not in hands.words(place.room)


def test_what_lacks_is_listed_and_stops_the_reading(place, home, hands) -> None:
    StatementEditor(home.a, home.texts, home.statement.id).ask_for_check()
    partner = StatementEditor(home.b, home.texts, home.statement.id)
    partner.approve()
    place.workspace.forget_editor(f"statement/{home.statement.id}")
    place.opened(case_id=home.case_id)
    hands.press(place, "Go through it with the client")
    said = place.workspace.notices.standing[-1].text
    for lack in ("The child's view", "Question 1 without an answer", "Question 2 without an answer"):
        assert lack in said
    assert place.room.editor.is_open
    place.room.open_section("conclusions")
    hands.settle()
    words = "Cannot be answered, because…"
    offered = [b for b in place.room.findChildren(QPushButton) if b.isVisible() and b.text() == words]
    hands.click(offered[0])
    hands.type(fields(place.room)[-1], "there was no film.")
    place.room.commit()
    first_answer, *_ = [p for p in place.room.editor.text.section("conclusions") if not p.source]
    assert first_answer.text == "The question cannot be answered, because there was no film."
    assert place.room.editor.is_answered(1)
    assert not place.room.editor.is_answered(2)


def test_kept_apart_it_is_asked_whose_statement(home, stage, hands) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    father = people.add_person(Role.BIRTH_PARENT, "father")
    home.add_meeting(father.id, day=9)
    people.edit(people.file.case, keep_apart=True)
    place = stage(StatementScreen, player=True, case_id=home.case_id)
    assert "The adults are kept apart. Whose statement?".upper() in hands.words(place)
    write = [b for b in place.findChildren(QPushButton) if b.isVisible() and b.text() == "Write"]
    hands.click(write[-1])
    assert len(boxes(place)) == 1
    hands.press(place, "Begin")
    assert place.room.editor.statement.adult == father.id
    place.opened(case_id=home.case_id)
    assert len([b for b in place.findChildren(QPushButton) if b.isVisible() and b.text() == "Write"]) == 2


def test_what_is_typed_or_pasted_at_a_question_stands_below_it(place, home, qtbot) -> None:
    place.room.open_section("conclusions")
    line = field(place.room, 0)
    question = line.document().begin()
    cursor = line.textCursor()
    cursor.setPosition(len(question.text()) // 2)
    line.setTextCursor(cursor)
    qtbot.keyClicks(line, "x")
    qtbot.keyClick(line, Key.Key_Backspace)
    assert line.document().begin().text() == "1. How do they meet?"
    qtbot.keyClick(line, Key.Key_End)
    QApplication.clipboard().setText("Warmly.\nMore.")
    qtbot.keyClick(line, Key.Key_V, CTRL)
    place.room.commit()
    assert texts(home, "conclusions") == ["1. How do they meet?", "Warmly.", "More.", "2. What helps?"]


def test_the_column_of_sections_is_as_wide_as_the_words_of_its_boxes(place) -> None:
    box = place.room.options.name_child
    for words in ("Name", "The name of the child in the head"):
        box.setText(words)
        settle()
        assert box.width() >= box.minimumSizeHint().width(), words
        assert place.room.sections.width() >= LEAST_LEFT - 16


def test_a_table_is_left_out_by_a_press_and_put_back(place, home, qtbot) -> None:
    def tables() -> list[str]:
        return [p.source for p in section_of(read_statement(home.a, home.statement.id), "how-done") if p.cells]

    place.room.open_section("how-done")
    press(place, "Leave out", qtbot)
    assert tables() == []
    press(place, "Put back", qtbot)
    assert tables() == ["meetings"]


def test_a_table_is_moved_and_shortened_by_keys_and_the_keys_stay_on_its_line(place, home, qtbot) -> None:
    room = place.room
    room.open_section("attachments")
    key = next(k for k in room.tables.acts if k.startswith("marks/"))

    def line() -> list[str]:
        return [b.text() for b in room.tables.acts[key].findChildren(QPushButton)]

    assert line() == ["Shorten", "Move to: 8 Observations", "Leave out"]
    room.tables.acts[key].findChildren(QPushButton)[0].setFocus()
    settle()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Space)
    assert line()[0] == "Whole table"
    assert QApplication.focusWidget() in room.tables.acts[key].findChildren(QPushButton)
    move = room.tables.acts[key].findChildren(QPushButton)[1]
    move.setFocus()
    qtbot.keyClick(move, Key.Key_Space)
    assert line()[1] == "Back to its place"
    assert QApplication.focusWidget().text() == "Back to its place"
    qtbot.waitUntil(lambda: not room.tables.acts[key].visibleRegion().isEmpty())  # the table stays in sight
    room.open_section("observations")
    settle()
    (shown,) = [b for b in room.findChildren(TableBlock) if b.isVisibleTo(room)]
    assert shown.accessibleName().startswith("Marks, ")
    press(place, "Written in: 17 Attachments", qtbot)
    assert read_statement(home.a, home.statement.id).statement.tables == (TableWish(key, moved=True, short=True),)
    for _ in range(2):
        place.room.undo()
    assert read_statement(home.a, home.statement.id).statement.tables == ()


def test_what_is_worth_another_look_is_told_quietly_and_leads_to_its_section(desk, qtbot) -> None:
    narrow = desk.panel.minimumSizeHint().width()
    field(desk).insertPlainText(
        "Then Maximilian-Alexander and Wolfeschlegelstein told of a diagnosis and of depression."
    )
    with qtbot.waitSignal(desk.checked):
        pass
    number = first().section(BY_HAND).number
    links = {b.text(): b for b in desk.panel.findChildren(QPushButton)}
    assert f"Section {number}: diagnosis, depression" in links
    others = links[f"Section {number}: Maximilian-…, Wolfeschleg…"]
    assert desk.panel.minimumSizeHint().width() <= narrow, "the text keeps its room"
    desk.open_section("family")
    others = next(b for b in desk.panel.findChildren(QPushButton) if b.text() == others.text())
    qtbot.mouseClick(others, Qt.MouseButton.LeftButton)
    assert desk.sections.currentRow() == number - 1
    assert field(desk).textCursor().selectedText() == "Maximilian-Alexander", "the words that are meant are chosen"


def test_the_checks_wait_until_nothing_is_written_and_are_there_before_final(desk, qtbot) -> None:
    looked_at = []
    desk.checked.connect(lambda: looked_at.append(desk.editor.text))
    qtbot.keyClicks(field(desk), "Name: ____")
    desk.commit()
    assert looked_at == [], "not under the keys"
    with qtbot.waitSignal(desk.checked):
        pass
    number = first().section(BY_HAND).number
    links = {b.text(): b for b in desk.panel.findChildren(QPushButton)}
    desk.open_section("family")
    qtbot.mouseClick(links[f"Section {number}: not filled in: ____"], Qt.MouseButton.LeftButton)
    assert field(desk).textCursor().selectedText() == "____"
    assert desk.editor.text == looked_at[-1], "no word is changed"


def test_what_is_found_is_in_sight_and_leaves_the_sources_in_reach(desk) -> None:
    settle()
    links = {b.text(): b for b in desk.panel.findChildren(QPushButton)}
    assert not links["The child's view"].visibleRegion().isEmpty()
    add = next(b for b in desk.panel.findChildren(QPushButton) if b.text() == "+")
    assert not add.visibleRegion().isEmpty()


def test_evidence_in_the_text_bears_the_mark_of_its_films_consents(desk, home, qtbot) -> None:
    moment = next(n for n, o in enumerate(offers(home.a, home.statement)) if o.evidence.kind == "observation")
    line = field(desk)
    line.insertPlainText("Seen:")
    desk.cite(moment)
    line = field(desk)
    ((middle, mark),) = line.marked_lines().items()
    assert 0 < middle < line.height()
    assert (mark.mark, line.accessibleDescription()) == (Mark.IN_FORCE, "")

    (consent, *_) = [c for c in home.a.find(Consent, case_id=home.case_id) if c.purpose == Purpose.FILMING]
    home.a.apply("withdrawn", [withdrawn(consent, today())])
    desk.open_section("childs-view")
    desk.show_consents()
    desk.open_section(BY_HAND)
    line = field(desk)
    assert [m.mark for m in line.marked_lines().values()] == [Mark.WITHDRAWN]
    assert line.accessibleDescription().endswith(": consent withdrawn")
    assert line.drafts()[0].runs[0].text.startswith("Seen:"), "the mark is no part of the text"


def test_a_document_is_begun_of_a_kind_and_the_case_has_several(home, stage, qtbot) -> None:
    home.compare()
    place = stage(StatementScreen, player=True, case_id=home.case_id)
    form = place.findChild(BeginForm)
    assert form.kind.currentText() == "Statement"
    form.kind.setCurrentIndex(form.kind.findText("Interim note"))
    qtbot.mouseClick(_button(place, "Begin"), Qt.MouseButton.LeftButton)
    room = place.room
    assert room.editor.statement.kind == DocumentKind.INTERIM
    assert room.sections.count() == len(form_of(room.editor.statement).sections)
    for key in room.editor.section_keys:
        room.open_section(key)
    room.check()
    assert "Nothing written: Where things stand" in [b.text() for b in room.panel.findChildren(QPushButton)]
    qtbot.mouseClick(room.options.others, Qt.MouseButton.LeftButton)
    assert place.room is None
    qtbot.mouseClick(_button(place, "Begin"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(_button(place, "Begin"), Qt.MouseButton.LeftButton)
    assert place.room.editor.statement.kind == DocumentKind.STATEMENT
    place.opened(case_id=home.case_id)
    shown = [x.text() for x in place.findChildren(QLabel) if x.isVisible()]
    assert "Interim note" in shown
    assert "Statement" in shown


def _button(place, words: str) -> QPushButton:
    settle()
    return next(b for b in place.findChildren(QPushButton) if b.text() == words and b.isVisible())


def test_a_note_that_both_approved_can_be_final_or_gone_through_first(home, stage) -> None:
    note = begin_statement(Door(home.a), home.texts, home.case_id, "en", kind=DocumentKind.FEEDBACK)
    assert StatementEditor(home.a, home.texts, note.id).ask_for_check()
    assert StatementEditor(home.b, home.texts, note.id).approve()
    place = stage(StatementScreen, player=True, case_id=home.case_id)
    assert _button(place, "Make final").isEnabled()
    assert _button(place, "Go through it with the client").isEnabled()
    shown = [x.text() for x in place.room.stages.findChildren(QLabel)]
    assert not [x for x in shown if "Walk-through" in x or "Comments" in x]
