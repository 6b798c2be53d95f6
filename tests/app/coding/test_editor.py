"""The coding's only door: whatever is pressed, edited, undone and redone, editor and archive hold the same."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.meeting_file import meeting_file
from app.coding.editor import CodingEditor
from app.coding.opening import begin, read_coding
from app.door import Door
from app.i18n import Texts
from app.model.change import Change
from app.model.coding import PASSES, CodingHeader
from app.model.meeting import Meeting
from app.model.observation import How, MarkKind, Observation
from app.model.private_note import NoteKind
from app.model.stored import ContentKind
from app.model.timecode import SECOND
from tests.material.house import MINUTE, Home, cover_all
from tests.material.pressing import press
from tests.material.random_coding import STEPS, TIMES, take

SCHEME = ContentKind.SCHEME


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def held(home: Home, editor: CodingEditor):
    store = home.a
    header = store.get(CodingHeader, editor.coding.header.id)
    return read_coding(store, header), meeting_file(store, home.meeting.id).segments


@given(STEPS)
def test_the_editor_holds_what_the_archive_holds(qapp, steps) -> None:
    home = Home()
    editor = home.editor()
    for step in steps:
        take(editor, step)
        coding, segments = held(home, editor)
        assert (dict(editor.coding.observations), dict(editor.coding.marks)) == (coding.observations, coding.marks)
        assert (dict(editor.coding.ratings), editor.coding.header) == (coding.ratings, coding.header)
        assert editor.file.segments == segments
        assert all(a.end <= b.start for a, b in pairwise(segments)), "tasks never overlap"
    while editor.undo():
        pass
    assert dict(editor.coding.observations) == {}
    while editor.redo():
        pass
    assert editor.coding == CodingEditor(home.a, home.texts, editor.file, editor.coding.header).coding


@given(st.lists(st.tuples(st.sampled_from(["6", "7", "8", "0"]), TIMES), max_size=20))
def test_states_of_a_group_never_overlap(qapp, presses) -> None:
    editor = Home().editor()
    for key, at in presses:
        press(editor, key, at)
    rows = editor.coding.sorted_observations()
    for one, later in pairwise(rows):
        assert not one.open
        assert one.end <= later.start
    assert sum(o.open for o in rows) <= 1


def test_a_press_codes_the_picture_with_its_film(home) -> None:
    editor = home.editor()
    code = press(editor, "q", 5 * SECOND, seen=(home.film.id, home.film.to_film(5 * SECOND)))
    (point,) = editor.coding.observations.values()
    assert code is not None
    assert (point.code, point.start, point.seen_on, point.seen_at) == (
        "AS",
        5 * SECOND,
        home.film.id,
        home.film.to_film(5 * SECOND),
    )


def test_a_key_without_a_code_changes_nothing(home) -> None:
    editor = home.editor()
    assert press(editor, "€", 0) is None
    assert not editor.stack.canUndo()


def test_flags_are_marks_and_no_observations(home) -> None:
    editor = home.editor()
    for key in "öäå":
        press(editor, key, SECOND)
    assert {m.kind for m in editor.coding.marks.values()} == {MarkKind.IMPORTANT, MarkKind.CLIP, MarkKind.ASK}
    assert not editor.coding.observations


def test_backspace_takes_back_the_latest(home) -> None:
    editor = home.editor()
    press(editor, "q", SECOND)
    press(editor, "a", 2 * SECOND)
    editor.take_back()
    assert [o.code for o in editor.coding.observations.values()] == ["AS"]


def test_undo_of_a_state_change_brings_both_back(home) -> None:
    editor = home.editor()
    press(editor, "6", 0)
    before = editor.coding
    press(editor, "7", 5 * SECOND)
    assert len(editor.coding.observations) == 2
    editor.undo()
    assert dict(editor.coding.observations) == dict(before.observations)


def test_what_is_missing_is_listed_in_the_plans_order(home) -> None:
    editor = home.editor()
    editor.remove_segment(editor.file.segments[1])
    editor.cover(editor.file.segments[0], on=True)
    item = editor.instrument.items[0]
    editor.rate(item.id, 3, "")
    assert [(m.kind, m.number or m.item) for m in editor.missing()] == [
        ("task-time", 2),
        ("task", 3),
        ("rating-reason", item.id),
    ]


@pytest.mark.parametrize("value", [0, 6, -1, 99])
def test_a_rating_is_a_point_of_its_scale(home, value: int) -> None:
    """Whoever asks: what is kept is counted and printed."""
    editor = home.editor()
    with pytest.raises(ValueError, match="scale"):
        editor.rate(editor.instrument.items[0].id, value, "")
    with pytest.raises(ValueError, match="scale"):
        editor.rate("no such item", 3, "")
    assert editor.coding.ratings == {}
    assert editor.rate(editor.instrument.items[0].id, None, "")


def test_a_tasks_limits_go_with_the_coders_cover_and_ratings_of_it_in_one_step(home) -> None:
    editor = home.editor()
    first, second, third = editor.file.segments
    editor.code_in_passes(on=True)
    for part in PASSES:
        for segment in (first, second):
            editor.cover(segment, on=True, part=part)
    item = editor.instrument.items[0].id
    editor.rate(item, 2, "seen", segment_id=second.id)
    editor.rate(item, 4, "seen")
    before = editor.coding
    assert editor.remove_segment(second)
    assert editor.file.segments == (first, third)
    assert (editor.coding.covers(first), editor.coding.covers(second)) == (True, False)
    assert not any(editor.coding.header.covers(second, part) for part in PASSES)
    assert [r.value for r in editor.coding.ratings.values()] == [4]
    editor.undo()
    assert editor.coding == before
    assert second in editor.file.segments


def test_a_tasks_limits_stay_once_either_coding_is_ready(home) -> None:
    home.code(home.b, [("q", 5)])
    editor, heard = home.editor(), []
    editor.refused.connect(lambda error: heard.append(error.key))
    assert editor.tasks_fixed
    assert not editor.remove_segment(editor.file.segments[1])
    assert heard == ["segments-locked"]
    assert len(editor.file.segments) == 3


def test_a_rating_of_a_task_that_the_partner_unmarked_asks_for_nothing(home) -> None:
    mine, theirs = home.editor(), home.editor(home.b)
    second = mine.file.segments[1]
    item = mine.instrument.items[0].id
    mine.rate(item, 3, "", segment_id=second.id)
    assert "rating-reason" in [m.kind for m in mine.missing()]
    assert theirs.remove_segment(second)
    mine = home.editor()
    assert [r.value for r in mine.coding.ratings.values()] == [3], "it is kept, though no sheet shows it"
    assert "rating-reason" not in [m.kind for m in mine.missing()]


def test_a_rating_is_taken_away_from_its_own_sheet(home) -> None:
    editor = home.editor()
    item, second = editor.instrument.items[0].id, editor.file.segments[1]
    assert not editor.unrate(item)
    editor.rate(item, 4, "whole")
    editor.rate(item, 2, "task", segment_id=second.id)
    assert editor.unrate(item, second.id)
    assert [r.reason for r in editor.coding.ratings.values()] == ["whole"]
    editor.undo()
    assert editor.coding.rating_of(item, second.id).value == 2


def test_a_mark_gets_other_words_and_a_note_without_words_is_gone(home) -> None:
    editor = home.editor()
    editor.mark(MarkKind.CLIP, 3 * SECOND)
    editor.mark(MarkKind.NOTE, 5 * SECOND, "look")
    clip, note = editor.coding.marks.values()
    assert editor.edit_mark(clip, replace(clip, text="smiles"))
    assert editor.edit_mark(editor.coding.marks[clip.id], clip)
    assert editor.coding.marks == {clip.id: clip, note.id: note}
    assert editor.edit_mark(note, replace(note, text=""))
    assert list(editor.coding.marks) == [clip.id]
    editor.undo()
    assert editor.coding.marks[note.id] == note
    assert editor.remove_mark(clip, note)
    assert not editor.coding.marks


def test_no_occasion_needs_no_reason(home) -> None:
    editor = home.editor()
    editor.rate(editor.instrument.items[0].id, None, "")
    assert all(m.kind != "rating-reason" for m in editor.missing())


def test_the_next_task_ends_the_one_before(home) -> None:
    editor = home.editor()
    for segment in editor.file.segments:
        editor.remove_segment(segment)
    for second in (0, 10, 30, 50):
        editor.next_task(second * SECOND)
    assert [(s.number, s.start // SECOND, s.end // SECOND) for s in editor.file.segments] == [
        (1, 0, 10),
        (2, 10, 30),
        (3, 30, 50),
    ]


def test_the_next_task_at_the_same_picture_is_a_slip(home) -> None:
    editor = home.editor()
    for segment in editor.file.segments:
        editor.remove_segment(segment)
    editor.next_task(5 * SECOND)
    editor.next_task(5 * SECOND)
    assert [s.number for s in editor.file.segments] == [1]


def test_a_task_is_not_dragged_over_its_neighbor(home) -> None:
    editor = home.editor()
    first = editor.file.segments[0]
    editor.move_segment(first, first.start, 30 * SECOND)
    assert [(s.start // SECOND, s.end // SECOND) for s in editor.file.segments] == [(0, 20), (20, 40), (40, 60)]


def test_ready_closes_what_is_on_and_keeps_everything(home) -> None:
    editor = home.editor()
    press(editor, "6", 5 * SECOND)
    cover_all(editor)
    press(editor, "7", 50 * SECOND)
    assert editor.mark_ready()
    first, second = editor.coding.sorted_observations()
    assert (first.end, second.start, second.end) == (50 * SECOND, 50 * SECOND, MINUTE)
    assert not editor.is_open


def test_ready_is_not_undone_and_nothing_changes_after_it(home) -> None:
    editor = home.editor()
    press(editor, "q", SECOND)
    cover_all(editor)
    assert editor.mark_ready()
    assert not editor.stack.canUndo()
    assert press(editor, "q", 2 * SECOND) is None
    point = next(iter(editor.coding.observations.values()))
    assert not editor.remove(point)
    assert editor.coding.is_ready
    assert len(editor.coding.header.checksum) == 64


def test_ready_is_taken_back_only_before_the_other_is_ready(home) -> None:
    editor = home.editor()
    refused: list[str] = []
    editor.refused.connect(lambda error: refused.append(error.key))
    assert not editor.mark_ready()
    assert refused == ["not-covered"]
    cover_all(editor)
    assert editor.mark_ready()
    assert editor.take_ready_back()
    assert editor.is_open
    assert editor.mark_ready()
    home.code(home.b, [("q", 3)])
    assert not editor.take_ready_back()
    assert editor.coding.is_ready


class OneWord(Texts):
    """A language in which every step is called alike."""

    def tr(self, message: str, **values: object) -> str:
        return "askel"


@pytest.mark.parametrize("texts", [Texts("fi"), Texts("sv"), OneWord("fi")], ids=["fi", "sv", "one word"])
def test_the_logs_word_for_a_step_is_the_same_in_every_language(qapp, texts, monkeypatch) -> None:
    home = Home()
    acts: list[str] = []
    apply = home.a.apply
    monkeypatch.setattr(home.a, "apply", lambda *step, act="edit": (acts.append(act), apply(*step, act=act))[1])
    header = begin(Door(home.a), texts, home.meeting.id)
    editor = CodingEditor(home.a, texts, meeting_file(home.a, home.meeting.id), header)
    code = editor.scheme.code_for("q")
    assert editor.code(code, SECOND)
    assert editor.mark(MarkKind.ASK, SECOND)
    assert editor.undo()
    cover_all(editor)
    assert editor.mark_ready()
    assert editor.take_ready_back()
    covers = ["edit"] * len(editor.file.segments)
    assert acts == ["create", "edit", "create", "edit", "edit", "edit", *covers, "ready", "ready-taken-back"]
    assert [e.act for e in home.a.audit_log(header.id)][-2:] == ["ready", "ready-taken-back"]


def test_the_scheme_of_the_day_is_kept(home) -> None:
    header = begin(Door(home.a), home.texts, home.meeting.id)
    assert begin(Door(home.a), home.texts, home.meeting.id, "laaja-runko") == header
    assert home.editor().scheme.id == "perusrunko"


def test_the_second_coder_begins_with_what_the_first_one_began_with(home) -> None:
    first = begin(Door(home.a), home.texts, home.meeting.id, "laaja-runko")
    meeting = home.b.get(Meeting, home.meeting.id)
    assert meeting.scheme == f"scheme/laaja-runko/{first.scheme_version}"
    assert meeting.instrument == f"instrument/{first.instrument_id}/{first.instrument_version}"
    assert home.b.find(CodingHeader) == (), "the scheme is all that is told"
    second = begin(Door(home.b), home.texts, home.meeting.id)
    assert (second.scheme_id, second.scheme_version) == ("laaja-runko", first.scheme_version)


def test_another_scheme_than_the_partners_is_told_and_the_same_can_be_taken(home) -> None:
    mine = home.editor()
    assert mine.pairs(SCHEME) is mine.apart_from(SCHEME, "laaja-runko") is None, "the partner has not begun"
    assert mine.use_scheme("laaja-runko")
    assert home.a.get(Meeting, home.meeting.id).scheme.startswith("scheme/laaja-runko/")
    header = begin(Door(home.b), home.texts, home.meeting.id, "perusrunko")
    theirs = CodingEditor(home.b, home.texts, meeting_file(home.b, home.meeting.id), header)
    assert theirs.unlike(SCHEME).id == "laaja-runko"
    assert theirs.unlike(ContentKind.INSTRUMENT) is None
    assert theirs.apart_from(SCHEME, "laaja-runko") is None
    assert theirs.apart_from(SCHEME, "perusrunko").id == "laaja-runko"
    assert theirs.use_same(SCHEME)
    assert (theirs.scheme.id, theirs.unlike(SCHEME)) == ("laaja-runko", None)
    assert theirs.use_scheme("perusrunko")
    press(theirs, "q", SECOND)
    assert not theirs.use_same(SCHEME), "what is coded keeps its scheme"
    assert home.a.get(Meeting, home.meeting.id).scheme.startswith("scheme/laaja-runko/"), "the first one's stays"


def test_an_older_coding_says_what_it_is_made_with_when_it_is_opened_again(home) -> None:
    header = begin(Door(home.a), home.texts, home.meeting.id, "laaja-runko")
    now = home.a.get(Meeting, home.meeting.id)
    home.a.apply("older", [Change(now, replace(now, scheme="", instrument=""))])
    assert begin(Door(home.a), home.texts, home.meeting.id) == header
    assert home.b.get(Meeting, home.meeting.id) == now


def test_the_partners_coding_is_not_there_until_both_are_ready(home) -> None:
    home.code(home.a, [("q", 5)])
    assert home.b.find(CodingHeader, meeting_id=home.meeting.id) == ()
    assert home.b.find(Observation) == ()
    home.code(home.b, [("q", 5)])
    assert len(home.b.find(CodingHeader, meeting_id=home.meeting.id)) == 2


def test_backspace_takes_back_the_press_and_with_it_what_the_press_closed(home) -> None:
    editor = home.editor()
    press(editor, "6", 0)
    press(editor, "7", 5 * SECOND)
    assert editor.take_back()
    (first,) = editor.coding.observations.values()
    assert first.open
    assert editor.take_back()
    assert not editor.coding.observations
    assert not editor.take_back()


def test_backspace_after_other_steps_takes_the_press_away_and_leaves_them(home) -> None:
    editor = home.editor()
    press(editor, "q", SECOND)
    press(editor, "a", 2 * SECOND)
    editor.bookmark(3 * SECOND, "tästä")
    assert editor.take_back()
    assert [o.code for o in editor.coding.sorted_observations()] == ["AS"]
    assert [b.word for b in editor.coding.bookmarks.values()] == ["tästä"]
    editor.undo()
    editor.undo()  # the bookmark
    editor.bookmark(4 * SECOND)
    assert editor.take_back()
    assert len(editor.coding.bookmarks) == 1
    assert [o.code for o in editor.coding.sorted_observations()] == ["AS"]


def test_a_press_is_shifted_by_the_hands_delay_and_both_times_are_kept(home) -> None:
    editor = home.editor()
    code = editor.scheme.code("AS")
    editor.code(code, 10 * SECOND, delay=350_000)
    editor.code(code, 100_000, delay=350_000)
    early, late = editor.coding.sorted_observations()
    assert (late.start, late.pressed, late.how) == (9_650_000, 10 * SECOND, How.LIVE)
    assert (early.start, early.pressed) == (0, 100_000)


def test_a_held_key_is_a_state_as_long_as_it_is_down(home) -> None:
    editor = home.editor()
    code = next(c for c in editor.scheme.codes if c.id == "DS1")
    editor.code(code, SECOND)
    assert editor.let_go(code, 3 * SECOND)
    (o,) = editor.coding.observations.values()
    assert (o.start, o.end, o.open) == (SECOND, 3 * SECOND, False)
    assert not editor.let_go(code, 4 * SECOND)


def test_three_passes_cover_a_task_only_together(home) -> None:
    editor = home.editor()
    one, two, _ = editor.file.segments
    editor.cover(one, on=True)
    editor.code_in_passes(on=True)
    assert all(editor.coding.header.covered_in(part) == (one.stretch,) for part in PASSES)
    for part in PASSES[:2]:
        editor.cover(two, on=True, part=part)
    assert not editor.coding.covers(two)
    editor.cover(two, on=True, part="child")
    assert editor.coding.covers(two)
    editor.cover(two, on=True, part="child-regulation")
    editor.cover(one, on=False, part="adult")
    assert not editor.coding.covers(one)
    editor.code_in_passes(on=False)
    assert editor.coding.covers(two)


def test_only_chosen_tasks_are_asked_for(home) -> None:
    editor = home.editor()
    editor.choose_tasks([2])
    assert {m.number for m in editor.missing() if m.kind == "task"} == {2}
    editor.choose_tasks([])
    assert {m.number for m in editor.missing() if m.kind == "task"} == {1, 2, 3}


def test_a_private_note_without_words_is_gone(home) -> None:
    editor = home.editor()
    editor.write_private_note(NoteKind.IMPRESSION, "rauhallinen alku")
    editor.write_private_note(NoteKind.IMPRESSION, "rauhallinen alku", keep=True)
    assert editor.private_note(NoteKind.IMPRESSION).keep
    editor.write_private_note(NoteKind.IMPRESSION, " ")
    assert editor.private_note(NoteKind.IMPRESSION) is None
    editor.undo()
    assert editor.private_note(NoteKind.IMPRESSION).text == "rauhallinen alku"
