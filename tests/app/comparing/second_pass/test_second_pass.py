"""The second pass: asked of what was agreed, each alone again, and figures of that alone."""

import pytest

from app.casework.meeting_file import meeting_file
from app.comparing.common_view.editor import CommonViewEditor
from app.comparing.common_view.reading import common_header, confirmed_common
from app.comparing.comparison import comparison
from app.comparing.second_pass.comparison import SecondStage, second_comparison, second_stage
from app.comparing.second_pass.editor import SecondPassEditor, begin_second
from app.door import Door
from app.errors import NotAllowed
from app.i18n import now
from app.model.coding import SECOND_READING, CodingHeader
from app.model.decision import Answer, Verdict
from app.model.observation import Observation
from app.office.desk import Waiting, desk
from tests.material.agreed import agree, use_second_pass
from tests.material.house import Home, QuietArchive


@pytest.fixture
def home(qapp) -> Home:
    made = Home()
    use_second_pass(made)
    made.compare()
    return made


def editor(home, store) -> SecondPassEditor:
    header = begin_second(Door(store), home.texts, home.meeting.id)
    made = SecondPassEditor(store, home.texts, meeting_file(store, home.meeting.id), header)
    made.refusals = []
    made.refused.connect(lambda error: made.refusals.append(error.key))
    return made


def answer(home, store, options) -> SecondPassEditor:
    """Answer all in order, over and over `options`, and mark as ready."""
    made = editor(home, store)
    for place in range(len(made.asked)):
        of = [o.id for o in made.asked[place].question.options]
        assert made.answer(place, of[options[place % len(options)] % len(of)])
    assert made.mark_ready()
    return made


def stages(home):
    return tuple(second_stage(store, home.meeting.id) for store in (home.a, home.b))


def test_it_begins_from_a_confirmed_common_view_alone(home) -> None:
    assert stages(home) == (SecondStage.NONE,) * 2
    with pytest.raises(NotAllowed) as caught:
        begin_second(Door(home.a), home.texts, home.meeting.id)
    assert caught.value.key == "second-common-view-open"
    agree(home)
    assert stages(home) == (SecondStage.TO_BEGIN,) * 2
    header = begin_second(Door(home.a), home.texts, home.meeting.id)
    assert header == begin_second(Door(home.a), home.texts, home.meeting.id)
    assert header.reading == SECOND_READING
    assert stages(home) == (SecondStage.OWN_DRAFT, SecondStage.TO_BEGIN)
    for store in (home.a, home.b):
        found = desk(store, QuietArchive(), 10**12, now())
        assert Waiting.SAY_MORE in [item.what for item in found.items]


def test_each_agreed_event_is_asked_what_the_scheme_asks_of_its_code(home) -> None:
    agree(home)
    common = confirmed_common(home.a, home.meeting.id)
    assert common is not None
    events = [o for o in common.coding.sorted_observations() if o.code in ("AS", "AE")]
    asked = [(one.event.id, one.question.id) for one in editor(home, home.a).asked]
    expected = [(o.id, q) for o in events for q in (("tone", "distance") if o.code == "AS" else ("tone",))]
    assert asked == expected
    assert len(asked) > 3


def test_without_questions_in_the_scheme_there_is_none(qapp) -> None:
    home = Home()
    home.compare()
    agree(home)
    assert stages(home) == (SecondStage.NONE,) * 2
    with pytest.raises(NotAllowed) as caught:
        begin_second(Door(home.a), home.texts, home.meeting.id)
    assert caught.value.key == "second-nothing-asked"


def test_answers_are_kept_changed_and_taken_back(home) -> None:
    agree(home)
    made = editor(home, home.a)
    assert made.answer(0, "warm")
    assert made.answer(0, "hasty")
    assert made.said(0) == "hasty"
    assert made.undo()
    assert made.said(0) == "warm"
    assert not made.answer(0, "nothing of the kind")
    assert made.next_open(0) == 1
    again = editor(home, home.a)
    assert again.said(0) == "warm"
    assert not again.mark_ready()
    assert again.refusals == ["second-unanswered"]


def test_nothing_of_it_is_the_others_before_both_are_ready(home) -> None:
    agree(home)
    mine = answer(home, home.a, (0,))
    theirs = editor(home, home.b)
    theirs.answer(0, "plain")
    for store, other in ((home.a, theirs), (home.b, mine)):
        assert store.find(Observation, coding_id=other.coding.id) == ()
        assert store.find(CodingHeader, id=other.coding.id) == ()
        with pytest.raises(NotAllowed) as caught:
            second_comparison(store, home.meeting.id)
        assert caught.value.key == "second-not-both-ready"
    assert stages(home) == (SecondStage.WAITS, SecondStage.OWN_DRAFT)
    assert mine.take_ready_back()
    assert mine.mark_ready()
    answer(home, home.b, (1,))
    assert stages(home) == (SecondStage.OPEN,) * 2
    assert not mine.take_ready_back()


def test_figures_are_of_the_agreed_events_alone_and_the_first_pass_stays(home) -> None:
    before = comparison(home.a, home.meeting.id)
    agree(home)
    answer(home, home.a, (0, 0, 1))
    answer(home, home.b, (0, 1, 1))
    found = second_comparison(home.b, home.meeting.id)
    assert comparison(home.a, home.meeting.id).agreement == before.agreement
    by = {q.id: f for q, f in found.figures}
    assert sum(f.of for f in by.values()) == len(found.rows)
    for question, figure in by.items():
        rows = [r for r in found.rows if r.asked.question.id == question]
        assert (figure.same, figure.of) == (sum(not r.differs for r in rows), len(rows))
        assert figure.percent == figure.same / figure.of
        assert figure.lone == 0
    assert any(r.differs for r in found.rows)
    assert second_comparison(home.a, home.meeting.id).rows == found.rows


def test_a_common_view_opened_anew_takes_the_second_pass_back_and_loses_nothing(home) -> None:
    agree(home)
    mine = answer(home, home.a, (0,))
    answer(home, home.b, (1,))
    before = second_comparison(home.a, home.meeting.id)
    header = common_header(home.a, home.meeting.id)
    assert header is not None
    common = CommonViewEditor(home.a, home.texts, header)
    lone = next(d for d in common.common.decisions.values() if d.a == "AE" and not d.b)
    assert common.decide(lone.id, Answer(Verdict.B))
    assert stages(home) == (SecondStage.COMMON_VIEW_OPEN,) * 2
    with pytest.raises(NotAllowed) as caught:
        second_comparison(home.a, home.meeting.id)
    assert caught.value.key == "second-common-view-open"
    assert not SecondPassEditor(home.a, home.texts, meeting_file(home.a, home.meeting.id), mine.coding.header).is_open
    agree(home)
    found = second_comparison(home.a, home.meeting.id)
    assert len(found.rows) == len(before.rows) - 1
    assert found.left == 2  # each one's answer about what is agreed no more
    assert set(found.rows) < set(before.rows)
