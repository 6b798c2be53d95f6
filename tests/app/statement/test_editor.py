"""Statements: least changes, a hand's words are its own, approvals are of a text, final is for good."""

from dataclasses import replace

import pytest

from app.casework.case_editor import CaseEditor
from app.door import Door
from app.errors import NotAllowed
from app.model.change import Change, added
from app.model.checks import Lack, written_sections
from app.model.commission import Commission
from app.model.identity import new_id
from app.model.people import Worker
from app.model.statement import Paragraph, ParagraphKind, Run, StatementStage
from app.services.library import first
from app.statement.arranged import is_table, key_of, kind_of, section_of
from app.statement.beginning import begin_statement, new_version, newest_statement
from app.statement.editor import Draft, StatementEditor, read_statement
from app.statement.final import make_final
from tests.material.builders import recording
from tests.material.house import Home
from tests.material.written import gone_through, whole


@pytest.fixture
def home(qapp) -> Home:
    made = Home()
    made.compare()
    return made


@pytest.fixture
def editor(home) -> StatementEditor:
    return StatementEditor(home.a, home.texts, begin_statement(Door(home.a), home.texts, home.case_id, "en").id)


def partner_of(home, editor) -> StatementEditor:
    return StatementEditor(home.b, home.texts, editor.statement.id)


def drafts(editor, section: str) -> list[Draft]:
    return [Draft(p.id, p.kind, p.runs) for p in editor.text.section(section)]


def new(text: str, kind=ParagraphKind.BODY) -> Draft:
    return Draft(new_id(), kind, (Run(text),))


def heard(editor) -> list:
    changes: list = []
    editor.changed.connect(changes.extend)
    return changes


def test_the_archive_fills_what_it_can(editor) -> None:
    filled = {p.section for p in editor.text.paragraphs}
    assert {
        "commission",
        "family",
        "how-done",
        "methods",
        "observations",
        "conclusions",
        "distribution",
        "attachments",
    } <= filled
    assert all(p.source for p in editor.text.paragraphs)
    used = {r.evidence for p in editor.text.paragraphs for r in p.runs if r.evidence}
    assert used <= set(editor.text.evidence)


def test_what_did_not_change_is_not_written(editor) -> None:
    changes = heard(editor)
    for section in (s.key for s in first().sections):
        assert editor.write_section(section, drafts(editor, section))
    assert changes == []


def test_one_changed_paragraph_is_one_change(editor) -> None:
    editor.write_section("parents-views", [new("One."), new("Two."), new("Three.")])
    changes = heard(editor)
    rows = drafts(editor, "parents-views")
    rows[1] = replace(rows[1], runs=(Run("Two!"),))
    editor.write_section("parents-views", rows)
    assert [(c.before.text, c.after.text) for c in changes] == [("Two.", "Two!")]


def test_a_paragraph_between_two_touches_neither(editor) -> None:
    editor.write_section("parents-views", [new("One."), new("Three.")])
    changes = heard(editor)
    first, last = drafts(editor, "parents-views")
    editor.write_section("parents-views", [first, new("Two."), last])
    assert len(changes) == 1
    assert [p.text for p in editor.text.section("parents-views")] == ["One.", "Two.", "Three."]
    editor.undo()
    assert [p.text for p in editor.text.section("parents-views")] == ["One.", "Three."]


def test_paragraphs_that_trade_places_keep_their_ids(editor) -> None:
    editor.write_section("parents-views", [new("One."), new("Two."), new("Three.")])
    one, two, three = drafts(editor, "parents-views")
    editor.write_section("parents-views", [three, one, two])
    assert [p.text for p in editor.text.section("parents-views")] == ["Three.", "One.", "Two."]
    assert {p.id for p in editor.text.section("parents-views")} == {d.paragraph_id for d in (one, two, three)}


def test_a_paragraph_that_is_gone_is_gone_but_tables_stay(editor) -> None:
    tables = [p for p in editor.text.section("attachments") if p.kind in (ParagraphKind.TABLE, ParagraphKind.CHART)]
    assert tables
    editor.write_section("attachments", [])
    assert list(editor.text.section("attachments")) == tables


def test_a_generated_passage_that_a_hand_changed_is_never_overwritten(editor, home) -> None:
    rows = drafts(editor, "methods")
    rows[0] = replace(rows[0], runs=(Run("In our own words."),))
    editor.write_section("methods", rows)
    passage = editor.text.section("methods")[0]
    assert passage.by_hand
    commission = home.a.find(Commission)[0]
    from app.model.change import Change

    home.a.apply("x", [Change(commission, replace(commission, social_worker="Another worker"))])
    assert editor.refresh()
    assert editor.text.section("methods")[0].text == "In our own words."
    assert "Another worker" in {cell for p in editor.text.section("commission") for row in p.cells for cell in row}


def test_filling_anew_changes_nothing_when_nothing_changed(editor) -> None:
    changes = heard(editor)
    for _ in range(2):
        assert editor.refresh()
    assert changes == []


def test_filling_anew_puts_a_passage_that_is_new_into_its_place(editor, home) -> None:
    editor.write_section("conclusions", [*drafts(editor, "conclusions"), new("By hand, at the end.")])
    commission = home.a.find(Commission)[0]
    from app.model.change import Change

    asked = (*commission.questions, "What now?")
    home.a.apply("x", [Change(commission, replace(commission, questions=asked))])
    editor.refresh()
    assert [p.text for p in editor.text.section("conclusions")] == [
        "1. How do they meet?",
        "2. What helps?",
        "3. What now?",
        "By hand, at the end.",
    ]


def test_the_conclusions_are_done_when_each_question_is_answered(editor) -> None:
    def is_done(questions: int = 2) -> bool:
        return "conclusions" in written_sections(editor.text, questions)

    first, second = drafts(editor, "conclusions")
    assert not is_done()
    editor.write_section("conclusions", [first, new("Warmly."), second])
    assert not is_done(), "one of two is answered"
    editor.write_section("conclusions", [first, new("Warmly."), second, new("Time.")])
    assert is_done()
    assert not is_done(3), "one was asked later and stands nowhere yet"


def test_approvals_are_of_the_text_and_fall_with_it(editor, home) -> None:
    assert whole(editor).ask_for_check()
    assert editor.statement.stage == StatementStage.CHECKING
    partner = partner_of(home, editor)
    partner.approve()
    assert partner.is_approved()
    partner.write_section("parents-views", [new("Words.")])
    assert partner.statement.approvals == ()
    assert partner.statement.stage == StatementStage.DRAFT
    assert not make_final(partner, home.vault)


def test_undoing_the_words_does_not_bring_an_approval_back_unseen(editor, home) -> None:
    whole(editor).ask_for_check()
    partner = partner_of(home, editor)
    partner.write_section("parents-views", [new("Words.")])
    assert not partner.undo(), "an approval is given, not undone into being"
    assert partner.statement.approvals == ()


def test_final_needs_both_and_is_for_good(editor, home) -> None:
    assert not make_final(editor, home.vault)
    whole(editor).ask_for_check()
    assert not make_final(editor, home.vault)
    partner = partner_of(home, editor)
    partner.approve()
    partner = gone_through(partner, home.a)
    assert make_final(partner, home.vault)
    assert not partner.is_open
    assert not partner.write_section("parents-views", [new("Late words.")])
    assert partner.text.section("parents-views") == ()
    late = Paragraph(new_id(), partner.statement.id, "parents-views", "i", (Run("x"),))
    with pytest.raises(NotAllowed):
        home.a.apply("x", [added(late)])


def test_a_new_version_is_a_copy_with_ids_of_its_own(editor, home) -> None:
    editor.write_section("parents-views", [new("Kept words.")])
    whole(editor).ask_for_check()
    partner = partner_of(home, editor)
    partner.approve()
    partner = gone_through(partner, home.a)
    make_final(partner, home.vault)
    made = new_version(Door(home.a), home.texts, editor.statement.id)
    old, copy = read_statement(home.a, editor.statement.id), read_statement(home.a, made.id)
    assert (made.version, made.stage, made.approvals, made.series) == (
        2,
        StatementStage.DRAFT,
        (),
        old.statement.series,
    )
    assert newest_statement(home.a, home.case_id) == made
    for section in (s.key for s in first().sections):
        assert [(p.text, p.cells, p.kind, p.source, p.by_hand) for p in old.section(section)] == [
            (p.text, p.cells, p.kind, p.source, p.by_hand) for p in copy.section(section)
        ]
    assert not {p.id for p in old.paragraphs} & {p.id for p in copy.paragraphs}
    assert not set(old.evidence) & set(copy.evidence)
    used = {r.evidence for p in copy.paragraphs for r in p.runs if r.evidence}
    assert used
    assert used <= set(copy.evidence)
    assert StatementEditor(home.a, home.texts, made.id).write_section("parents-views", [new("New words.")])
    assert [p.text for p in read_statement(home.a, editor.statement.id).section("parents-views")] == ["Kept words."]


def test_what_lacks_goes_as_it_is_mended(editor) -> None:
    assert [f.lack for f in editor.lacking()][:3] == [
        Lack.CHILDS_VIEW_MISSING,
        Lack.QUESTION_UNANSWERED,
        Lack.QUESTION_UNANSWERED,
    ]
    editor.write_section("childs-view", [new("The child said.")])
    first, second = drafts(editor, "conclusions")
    editor.write_section("conclusions", [first, new("They meet."), second])
    assert [(f.lack, f.number) for f in editor.lacking()][:2] == [
        (Lack.QUESTION_UNANSWERED, 2),
        (Lack.CONCLUSION_WITHOUT_OBSERVATION, 1),
    ]


def test_letters_that_no_font_has_lack_where_they_stand_until_they_are_written_otherwise(editor, home) -> None:
    def unshown() -> list[tuple[str, str]]:
        return [(f.section, f.letters) for f in editor.lacking() if f.lack == Lack.LETTERS_WITHOUT_FONT]

    editor.write_section("parents-views", [new("محمد, Ǩiõtt-Ââʹnn ja Щёлкова ☑")])
    assert unshown() == []
    editor.write_section("childs-view", [new("张伟 sanoi 伟 👍")])
    worker = home.a.get(Worker, home.aino.id)
    home.a.apply("title", [Change(worker, replace(worker, title="𓀀"))])
    assert unshown() == [("childs-view", "张伟👍"), ("signatures", "𓀀")]
    editor.write_section("childs-view", [new("Zhang Wei sanoi")])
    assert unshown() == [("signatures", "𓀀")]


def test_every_step_is_in_the_archive(editor, home) -> None:
    editor.write_section("parents-views", [new("One."), new("Two.")])
    editor.undo()
    editor.redo()
    held = read_statement(home.a, editor.statement.id)
    assert set(held.paragraphs) == set(editor.text.paragraphs)
    assert held.statement == editor.statement


# ── the meetings that it is about ─────────────────────────────────────────────────────────────────────────────────────


def another_meeting(home):
    made = home.add_meeting(CaseEditor(home.a, home.texts, home.case_id).file.adults[0].id, day=9)
    home.a.apply("film", [added(recording(made.id))])
    return made


def rows_of_meetings(editor) -> int:
    (table,) = [p for p in editor.text.section("how-done") if p.source == "meetings"]
    return len(table.cells) - 1


def test_a_statement_is_begun_about_all_meetings_or_those_chosen(home) -> None:
    other = another_meeting(home)
    whole = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    assert whole.meetings == (home.meeting.id, other.id)
    chosen = begin_statement(Door(home.a), home.texts, home.case_id, "en", [other.id])
    assert chosen.meetings == (other.id,)
    editor = StatementEditor(home.a, home.texts, chosen.id)
    assert rows_of_meetings(editor) == 1
    assert editor.text.section("observations") == (), "nothing of a meeting that it is not about"


def test_a_meeting_made_later_is_offered_and_taken_in_by_one_step(editor, home) -> None:
    other = another_meeting(home)
    assert [editor.is_new(m) for m in editor.meetings()] == [False, True]
    assert editor.refresh()
    assert rows_of_meetings(editor) == 1, "nobody took it in yet"
    assert editor.choose_meetings([home.meeting.id, other.id])
    assert editor.statement.meetings == (home.meeting.id, other.id)
    assert rows_of_meetings(editor) == 2
    assert not any(editor.is_new(m) for m in editor.meetings())
    assert editor.undo()
    assert editor.statement.meetings == (home.meeting.id,)
    assert rows_of_meetings(editor) == 1
    held = read_statement(home.a, editor.statement.id)
    assert (held.statement, set(held.paragraphs)) == (editor.statement, set(editor.text.paragraphs))


def test_what_a_hand_wrote_about_a_meeting_stays_when_it_is_left_out(editor, home) -> None:
    editor.write_section("observations", [*drafts(editor, "observations"), new("By hand.")])
    assert editor.choose_meetings([])
    assert [p.text for p in editor.text.section("observations")] == ["By hand."]
    assert not any(p.source == "meetings" for p in editor.text.section("how-done"))
    new_meeting = another_meeting(home)
    assert [editor.is_new(m) for m in editor.meetings()] == [False, True], "what was left out is not offered as new"
    assert new_meeting.id not in editor.statement.meetings


def test_approvals_were_of_other_meetings_and_fall(editor, home) -> None:
    whole(editor).ask_for_check()
    partner = partner_of(home, editor)
    assert partner.choose_meetings([])
    assert (partner.statement.stage, partner.statement.approvals) == (StatementStage.DRAFT, ())


def test_a_final_statement_keeps_its_meetings_and_the_next_version_begins_with_them(editor, home) -> None:
    whole(editor).ask_for_check()
    partner = partner_of(home, editor)
    partner.approve()
    partner = gone_through(partner, home.a)
    assert make_final(partner, home.vault)
    other = another_meeting(home)
    assert not partner.choose_meetings([other.id])
    assert partner.statement.meetings == (home.meeting.id,)
    made = StatementEditor(home.a, home.texts, new_version(Door(home.a), home.texts, editor.statement.id).id)
    assert made.statement.meetings == (home.meeting.id,)
    assert made.choose_meetings([home.meeting.id, other.id])


def test_a_meeting_of_another_case_is_refused(editor, home) -> None:
    from app.casework.case_editor import new_case
    from app.model.change import Change

    before = editor.statement
    other = replace(home.meeting, id=new_id(), case_id=new_case(Door(home.a), home.texts, "Other 1").id)
    home.a.apply("x", [added(other)])
    with pytest.raises(NotAllowed) as caught:
        home.a.apply("x", [Change(before, replace(before, meetings=(*before.meetings, other.id)))])
    assert caught.value.key == "meeting-of-another"


# ── what is generated ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_question_stays_word_for_word_whatever_a_field_says(editor) -> None:
    first, second = drafts(editor, "conclusions")
    editor.write_section("conclusions", [replace(first, runs=(Run("1. How do they meet?Well."),)), new("More.")])
    assert [p.text for p in editor.text.section("conclusions")] == ["1. How do they meet?", "More.", "2. What helps?"]
    assert not any(p.by_hand for p in editor.text.section("conclusions"))
    assert second.paragraph_id in {p.id for p in editor.text.section("conclusions")}


# ── the generated tables ──────────────────────────────────────────────────────────────────────────────────────────────


def printed(editor, section: str) -> list[str]:
    return [p.source.partition("/")[0] for p in section_of(editor.text, section)]


def table_of(editor, kind: str) -> str:
    (key,) = {key_of(p) for p in editor.text.paragraphs if kind_of(key_of(p)) == kind}
    return key


def test_generated_tables_lie_in_the_attachments(editor) -> None:
    assert not [p for p in editor.text.section("observations") if is_table(p)]
    kinds = dict.fromkeys(kind_of(key_of(p)) for p in editor.text.section("attachments"))
    assert list(kinds) == ["tasks", "marks", "states", "profile", "child-ratings", "agreement-table", "meanings"]


def test_a_table_is_left_out_with_its_heading_and_note_and_put_back(editor, home) -> None:
    before, key = printed(editor, "attachments"), table_of(editor, "agreement-table")
    assert editor.leave_out(key)
    of_it = ["agreement-heading", "agreement-table", "agreement-note"]
    assert [s for s in before if s not in of_it] == printed(editor, "attachments")
    assert editor.refresh()
    editor.write_section("attachments", drafts(editor, "attachments"))
    hidden = {p.id for p in editor.text.section("attachments") if key_of(p) == key}
    editor.write_section("attachments", [d for d in drafts(editor, "attachments") if d.paragraph_id not in hidden])
    assert read_statement(home.a, editor.statement.id).statement.wish(key).left_out
    assert not set(of_it) & set(printed(editor, "attachments")), "no filling brings it back"
    assert editor.leave_out(key, on=False)
    assert printed(editor, "attachments") == before


def test_a_table_is_moved_to_its_section_with_its_heading_and_back_and_keeps_what_a_hand_wrote(editor) -> None:
    key = table_of(editor, "agreement-table")
    rows = drafts(editor, "attachments")
    place = next(n for n, p in enumerate(editor.text.section("attachments")) if p.source.startswith("agreement-note/"))
    rows[place] = replace(rows[place], runs=(Run("Said by hand."),))
    editor.write_section("attachments", rows)
    assert editor.move_table(key, on=True)
    assert printed(editor, "methods")[-3:] == ["agreement-heading", "agreement-table", "agreement-note"]
    assert section_of(editor.text, "methods")[-1].text == "Said by hand."
    assert "agreement-table" not in printed(editor, "attachments")
    assert editor.undo()
    assert "agreement-table" in printed(editor, "attachments")


def test_a_table_without_a_heading_gets_its_name_in_the_attachments(editor) -> None:
    assert editor.move_table("family", on=True)
    assert printed(editor, "family") == []
    name, table = section_of(editor.text, "attachments")[-2:]
    assert (name.kind, name.text, table.source) == (ParagraphKind.HEADING, "Client and family", "family")


def test_a_shorter_table_has_the_rows_that_say_something(editor, home) -> None:
    def rows(kind: str) -> list[tuple[str, ...]]:
        (found,) = [p for p in editor.text.section("attachments") if is_table(p) and kind_of(key_of(p)) == kind]
        return list(found.cells[1:])

    full = {kind: rows(kind) for kind in ("marks", "states", "agreement-table", "meanings")}
    assert [r[3:] for r in full["marks"]] == [("1", "0", "[00:05]"), ("1", "0", "[00:25]")]
    for kind in full:
        assert editor.shorten(table_of(editor, kind), on=True)
    assert rows("marks") == [("parent", "leads clearly", "2", "0", "[00:05] [00:25]")]
    assert [r[1] for r in rows("states")] == ["00:30", "00:24"]
    assert rows("agreement-table") == full["agreement-table"][: len(rows("agreement-table"))]
    assert 0 < len(rows("agreement-table")) < len(full["agreement-table"])
    assert set(rows("meanings")) < set(full["meanings"])
    for _ in full:
        assert editor.undo()
    assert full == {kind: rows(kind) for kind in full}
    assert editor.statement.tables == ()


def test_what_is_wanted_of_tables_goes_over_to_the_next_version_and_approvals_fall(editor, home) -> None:
    whole(editor).ask_for_check()
    assert editor.shorten(table_of(editor, "marks"), on=True)
    assert editor.statement.approvals == ()
    editor.ask_for_check()
    partner = partner_of(home, editor)
    partner.approve()
    gone_through(partner, home.a)
    final = StatementEditor(home.a, home.texts, editor.statement.id)
    assert make_final(final, home.vault)
    assert not final.leave_out(table_of(final, "marks"))
    assert new_version(Door(home.a), home.texts, final.statement.id).tables == final.statement.tables
