"""Tasks drawn for a second coding: who codes what, and what a figure and the statement then are of."""

from dataclasses import replace

import pytest

from app.casework.case_editor import CaseEditor
from app.casework.case_file import case_file
from app.casework.draw_words import lots, more_sentence, repeated, result_lines, short_line, size_sentence
from app.casework.meeting_file import meeting_file, sample_of
from app.casework.plans import PlanEditor
from app.casework.second_coding import Draw, draw, drawable, sample_sentence
from app.coding.opening import begin
from app.comparing.common_view.beginning import begin_common_view
from app.comparing.comparison import coded_by_one, comparison
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change, added
from app.model.filming import FilmingEvent, Happening
from app.model.identity import new_id
from app.model.meeting import Meeting, Stretch
from app.model.reliability_sample import Drawing, ReliabilitySample
from app.model.statement import Statement
from app.model.timecode import SECOND
from app.statement.evidence import offers
from app.statement.passages import passages
from tests.material.builders import A_DAY
from tests.material.house import MINUTE, Home
from tests.material.pressing import press


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def drawn_for(home, seed="4", **more) -> ReliabilitySample:
    """One task of three."""
    (made,) = draw(Door(home.a), home.texts, home.case_id, Draw((home.meeting.id,), seed=seed, **more))
    return made


def code(home, store, presses, numbers) -> None:
    editor = home.editor(store)
    for key, second in presses:
        press(editor, key, round(second * SECOND))
    for item in editor.instrument.items:
        editor.rate(item.id, 3, "seen")
    for segment in editor.file.segments:
        if segment.number in numbers:
            assert editor.cover(segment, on=True)
    assert not editor.missing()
    assert editor.mark_ready()


def both_code(home) -> ReliabilitySample:
    """A all three tasks, B the drawn one: two events of the drawn task alike, of the others A's alone."""
    made = drawn_for(home)
    assert made.drawn_numbers == (3,)
    code(home, home.a, [("6", 0), ("q", 5), ("q", 25), ("q", 45), ("h", 50)], (1, 2, 3))
    code(home, home.b, [("6", 40), ("q", 45.3), ("a", 55)], (3,))
    return made


def told(home) -> dict[str, str]:
    made = Statement(new_id(), home.case_id, new_id(), 1, "en", "mim", A_DAY, meetings=(home.meeting.id,))
    return {p.source: " ".join(r.text for r in p.runs) + str(p.cells) for p in passages(home.a, made)}


def test_b_is_asked_for_the_drawn_task_and_a_for_all(home) -> None:
    made = drawn_for(home)
    assert begin(Door(home.b), home.texts, home.meeting.id).chosen == made.drawn_numbers
    assert begin(Door(home.a), home.texts, home.meeting.id).chosen == ()
    editor = home.editor(home.b)
    assert editor.tasks_to_code == made.drawn_numbers
    assert editor.choose_tasks([1])
    assert set(editor.tasks_to_code) == {1, *made.drawn_numbers}


def test_figures_are_of_the_drawn_task_alone(home) -> None:
    both_code(home)
    found = comparison(home.b, home.meeting.id)
    assert found.window == found.covered == (Stretch(40 * SECOND, 60 * SECOND),)
    adult = next(e for e in found.agreement.events if e.person == "adult1" and not e.dimension)
    assert (adult.agreed, adult.of) == (1, 2)
    assert coded_by_one(found) == (Stretch(0, 40 * SECOND),)
    header = begin_common_view(Door(home.a), home.texts, home.meeting.id)
    assert (header.covered, header.chosen) == (found.window, (3,))


def test_what_b_covers_besides_is_in_no_figure(home) -> None:
    drawn_for(home)
    code(home, home.a, [("6", 0), ("q", 5)], (1, 2, 3))
    code(home, home.b, [("6", 0), ("q", 5)], (1, 2, 3))
    found = comparison(home.a, home.meeting.id)
    assert found.window == (Stretch(40 * SECOND, MINUTE),)
    assert not any(e.of for e in found.agreement.events)


def test_the_statement_says_what_was_drawn_and_tells_apart_what_one_coded(home) -> None:
    before = both_code(home)
    rows, key = told(home), home.meeting.id
    words = "1 of the 3 tasks was drawn for a second coding before anybody coded (20%, seed 4): task 3."
    assert rows[f"drawn/{key}"].startswith(words)
    assert rows[f"seen/{key}/AS"].count("[") == 1
    assert "[00:45]" in rows[f"seen/{key}/AS"]
    assert "[00:05]" in rows[f"alone/{key}/AS"]
    assert "[00:25]" in rows[f"alone/{key}/AS"]
    assert "[00:45]" not in rows[f"alone/{key}/AS"]
    assert "Aino Esimerkki alone coded" in rows[f"alone-said/{key}"]
    assert "tasks that were drawn" in rows[f"states-said/{key}"]
    assert f"outside/{key}" not in rows
    found = comparison(home.a, key)
    assert sample_sentence(home.texts, found.file) in " ".join(rows.values())
    made = Statement(new_id(), home.case_id, new_id(), 1, "en", "mim", A_DAY, meetings=(key,))
    about = {o.words: o.about for o in offers(home.a, made)}
    assert "Aino marked alone" in about["Leads clearly 00:05"]
    assert "both marked" in about["Leads clearly 00:45"]
    assert before.size == 1


def test_without_a_draw_nothing_of_it_is_said(home) -> None:
    home.compare()
    assert not any(key.startswith(("drawn/", "alone")) for key in told(home))
    assert coded_by_one(comparison(home.a, home.meeting.id)) == ()


def test_a_task_left_out_while_filming_is_replaced(home) -> None:
    (first, second) = (m.id for m in (home.add_meeting(home.meeting.adult_id, 4), home.meeting))
    made = {s.meeting_id: s for s in draw(Door(home.a), home.texts, home.case_id, Draw((first, second), seed="1"))}
    own = made[first]
    gone = own.drawn_numbers[0]
    home.a.apply("x", [added(FilmingEvent(new_id(), first, Happening.SKIPPED, 5, None, gone, "time"))])
    file = meeting_file(home.b, first)
    assert gone not in file.second_coded
    assert len(file.second_coded) == len(own.drawn_numbers)


def test_a_draw_over_two_meetings_has_one_of_each_and_one_list(home) -> None:
    other = home.add_meeting(home.meeting.adult_id, 4)
    samples = draw(Door(home.a), home.texts, home.case_id, Draw((other.id, home.meeting.id), 20, seed="7"))
    assert [s.meeting_id for s in samples] == [home.meeting.id, other.id]
    assert len({(s.draw_id, s.tasks, s.places, s.size) for s in samples}) == 1
    assert all(s.is_as_drawn and s.drawn_numbers for s in samples)
    table = lots(home.texts, case_file(home.a, home.case_id), samples[0])
    assert len(table.rows) == 6
    assert [row[4].shown for row in table.rows].count("drawn") == 2
    assert short_line(home.texts, samples[0]).startswith("Drawn for a second coding: 1 of 3 tasks")


def test_what_cannot_be_drawn_says_why(home) -> None:
    empty = home.add_meeting(home.meeting.adult_id, 4)
    home.a.apply("x", [Change(empty, replace(empty, plan=()))])
    door, texts = Door(home.a), home.texts

    def refused(key, wanted) -> None:
        with pytest.raises(NotAllowed) as caught:
            draw(door, texts, home.case_id, wanted)
        assert caught.value.key == key

    refused("sample-empty", Draw(()))
    refused("sample-empty", Draw((empty.id,)))
    refused("sample-seed", Draw((home.meeting.id,), seed="eight"))
    drawn_for(home)
    refused("sample-exists", Draw((home.meeting.id,)))
    assert [one.why for one in drawable(home.a, home.case_id)] == ["drawn", "no-tasks"]
    begun = home.add_meeting(home.meeting.adult_id, 5)
    home.mark_tasks(begun)
    home.a.apply("film", [added(replace(home.film, id=new_id(), meeting_id=begun.id))])
    home.editor(home.b, begun)
    refused("sample-after-coding", Draw((begun.id,)))


def test_the_plan_keeps_what_was_in_the_draw_and_goes_with_its_meeting(home) -> None:
    other = home.add_meeting(home.meeting.adult_id, 4)
    draw(Door(home.a), home.texts, home.case_id, Draw((other.id,)))
    editor = PlanEditor(home.a, home.texts, other.id)
    assert (editor.locked, editor.marked) == (3, 0)
    assert not editor.remove(1)
    assert editor.add(editor.available()[0], at=1)
    assert len(editor.meeting.plan) == 4
    case = CaseEditor(home.a, home.texts, home.case_id)
    assert case.remove_meeting(home.a.get(Meeting, other.id))
    assert sample_of(home.a, other.id) is None
    assert case.undo()
    assert sample_of(home.b, other.id) is not None


def test_how_many_it_is_is_told_with_its_rounding() -> None:
    t = Texts("en")
    assert size_sentence(t, 20, 9) == "20% of 9 tasks is 1.8, rounded up 2."
    assert size_sentence(t, 20, 10) == "20% of 10 tasks is 2."
    assert size_sentence(t, 25, 9) == "25% of 9 tasks is 2.25, rounded up 3."
    assert size_sentence(t, 20, 0) == ""
    assert "dimension" in more_sentence(t, Drawing.BY_DIMENSION)


def test_a_draw_that_is_more_than_its_share_says_why(home) -> None:
    made = drawn_for(home, drawing=Drawing.BY_DIMENSION)
    lines = result_lines(home.texts, made, "Aino")
    assert lines[0].endswith("by Aino.")
    assert " by " not in result_lines(home.texts, made, "")[0]
    assert (made.size > 1) == ("were drawn" in lines[1])
    assert f"printf {made.seed}:1 | sha256sum" in repeated(home.texts, made)
