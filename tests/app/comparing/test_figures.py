"""*Miten tämä on laskettu*: the numbers told are those of the case, and lead to the figure that is shown."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given

from app.comparing.comparison import Comparison, closer_of, comparison
from app.comparing.figure_key import About, FigureKey
from app.comparing.figures.cautions import of_meeting
from app.comparing.figures.explained import explained
from app.comparing.figures.explanation import Explanation
from app.comparing.figures.tables import views
from app.comparing.words import figure_lines
from app.i18n import Texts
from app.model.people import Interpreter
from app.model.timecode import SECOND as S
from app.statistics.rating_agreement import agree_ratings
from tests.app.comparing.test_one_figure import confused
from tests.material.house import Home, cover_all
from tests.material.two_codings import pairs_of_codings, swapped

EN = Texts("en")
#: (0.5758 − 0.3845) / (1 − 0.3845) = 0.31
_ALLOWING = re.compile(r"\((\d\.\d+) − (\d\.\d+)\) / \(1 − (\d\.\d+)\) = (−?\d\.\d+)")


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def of(home: Home, *key, **more) -> Explanation:
    found = comparison(home.a, home.meeting.id)
    made = explained(EN, found, closer_of(found), FigureKey(*key, **more))
    assert made is not None
    return made


def step(made: Explanation, name: str) -> str:
    return next(s.value for s in made.steps if s.name == name)


@given(pairs_of_codings())
def test_every_figure_that_is_shown_opens_and_its_steps_lead_to_it(found: Comparison) -> None:
    closer = closer_of(found)
    tables = [t for v in views(EN, found, closer) for t in v.tables]
    shown = [(key, row) for t in tables for key, row in zip(t.keys, t.table.rows, strict=True)]
    assert len({key for key, _ in shown}) == len(shown)
    for key in [k for k, _ in shown] + [line.key for line in figure_lines(EN, found)]:
        made = explained(EN, found, closer, key)
        assert made is not None, key
        assert all(s.value for s in made.steps)
        for value in (s.value for s in made.steps):
            if told := _ALLOWING.search(value):
                same, chance, again, kappa = (float(x.replace("−", "-")) for x in told.groups())
                assert chance == again
                if chance < 0.99:
                    assert (same - chance) / (1 - chance) == pytest.approx(kappa, abs=0.03)
        if key.about == About.EVENTS:
            assert len(made.moments) == int(made.figure.split(" / ")[1]) if made.figure != "–" else not made.moments


@given(pairs_of_codings())
def test_a_and_b_the_other_way_round_say_the_same(found: Comparison) -> None:
    """Symmetric where it must be: the number, what is the same, and what allows for chance."""
    other = swapped(found)
    there, back = closer_of(found), closer_of(other)
    for view in views(EN, found, there):
        for key in (k for t in view.tables for k in t.keys):
            one, two = explained(EN, found, there, key), explained(EN, other, back, key)
            assert one is not None
            assert two is not None
            assert (one.figure, one.detail) == (two.figure, two.detail)
            assert len(one.moments) == len(two.moments)


@given(pairs_of_codings())
def test_the_figures_by_task_add_up_to_those_of_the_whole(found: Comparison) -> None:
    """Of each code, and of each dimension that has several: agreed, and of how many."""
    closer = closer_of(found)
    made = {v.id: v for v in views(EN, found, closer)}

    def counts(view: str) -> Counter:
        total = Counter()
        for table in made[view].tables if view in made else ():
            same = next(n for n, c in enumerate(table.table.columns) if c.name == "same")
            for key, row in zip(table.keys, table.table.rows, strict=True):
                if key.about != About.STATE and "/" in row[same].shown and (key.of or "dimension" not in view):
                    agreed, of = row[same].shown.split("\u00a0/\u00a0")
                    total[key.person, key.of, "same"] += int(agreed)
                    total[key.person, key.of, "of"] += int(of)
        return +total

    assert counts("task-code") == counts("code")
    assert counts("task-dimension") == counts("dimension")


def test_ratings_by_task_are_those_of_the_tasks_own_sheets(home) -> None:
    home.compare()
    found = comparison(home.a, home.meeting.id)
    assert [k.task for v in views(EN, found, closer_of(found)) for t in v.tables for k in t.keys
            if k.about == About.RATINGS and k.task is not None] == [], "a form of the whole film has none"  # fmt: skip
    segments, item = found.file.segments, found.instrument.items[0].id
    sheets = [
        {f"{item}/{s.id}": value for s, value in zip(segments, own, strict=True)} for own in ((1, 2, 3), (1, 4, 3))
    ]
    found = replace(found, ratings=agree_ratings(*sheets, (1, 5)))
    (table,) = next(v for v in views(EN, found, closer_of(found)) if v.id == "ratings").tables
    rows = {k.task: row[1].shown for k, row in zip(table.keys, table.table.rows, strict=True) if k.task is not None}
    assert rows == {1: "1\u00a0/\u00a01", 2: "0\u00a0/\u00a01", 3: "1\u00a0/\u00a01"}
    made = explained(EN, found, closer_of(found), FigureKey(About.RATINGS, task=2))
    assert made.title.startswith("Ratings · 2 ")
    assert (made.figure, len(made.moments)) == ("0 / 1", 1)


def test_the_numbers_are_those_of_the_case(home) -> None:
    confused(home)
    made = of(home, About.EVENTS, "adult1")
    assert (made.figure, made.detail) == ("19 / 33", "0.31")
    told = {s.name: s.value for s in made.steps}
    assert (told["Events of Aino"], told["Events of Leena"], told["Pairs"]) == ("28", "27", "22")
    assert (told["Pairs of the same mark"], told["Pairs of two marks"]) == ("19", "3")
    assert (told["only Aino"], told["only Leena"]) == ("6", "5")
    assert told["Chance alone"] == "22 × 436 / (28 × 27) / 33 = 0.3845"
    assert told["Allowing for chance"] == "(0.5758 − 0.3845) / (1 − 0.3845) = 0.31"
    assert told["95%"] == "no interval: it needs five tasks, here are 3"
    (counts,) = made.counts
    assert [row[-1].shown for row in counts.table.rows] == ["6", "0", "22", "5"]
    assert [m.start for m in made.moments] == sorted(m.start for m in made.moments if m.start is not None)
    assert made.moments[0].apart == "0.2\u00a0s"


def test_a_code_that_only_one_used_is_named(home) -> None:
    confused(home)
    assert "Only Leena used: puts child's experience into words (5)." in of(home, About.EVENTS, "adult1").cautions


def test_zero_is_told_by_the_cases_numbers(home) -> None:
    confused(home)
    made = of(home, About.EVENTS, "adult1", task=1)
    assert made.figure == "7 / 10"
    assert "Zero: 70% are the same, just as many as chance alone would make." in made.cautions
    assert "Only 10 events: the figure only points in a direction. 30 would carry it." in made.cautions


def test_below_zero_is_shown_and_is_no_error(home) -> None:
    home.code(home.a, [("q", 5), ("a", 15)])
    home.code(home.b, [("a", 5), ("q", 15)])
    made = of(home, About.EVENTS, "adult1")
    assert made.detail == "−1.00"
    assert any(c.startswith("Below zero: 0% are the same, and chance alone would make 50%.") for c in made.cautions)


def test_ratings_below_zero_and_at_zero_are_told_by_their_distances(home) -> None:
    """A weighted figure counts no shares: that so many *are the same* would be a false number."""
    for a, b, detail, words in (
        ((1, 5), (5, 1), "−1.00", "Below zero: the distances together are 2.0000, and chance alone would make 1.0000."),
        ((3, 3), (2, 4), "0.00", "Zero: the distances together are 0.1250, just as much as chance alone would make."),
    ):
        fresh = Home()
        for store, values in ((fresh.a, a), (fresh.b, b)):
            editor = fresh.editor(store)
            for item, value in zip(editor.instrument.items, values, strict=False):
                editor.rate(item.id, value, "seen")
            for item in editor.instrument.items[2:]:
                editor.rate(item.id, None, "")
            cover_all(editor)
            assert editor.mark_ready()
        made = of(fresh, About.RATINGS)
        assert made.detail == detail
        assert any(c.startswith(words) for c in made.cautions), made.cautions
        assert not any("are the same" in c for c in made.cautions)


def test_a_state_that_only_one_of_the_two_used_is_told(home) -> None:
    home.code(home.a, [("6", 0), ("7", 20), ("8", 30), ("6", 40)])
    home.code(home.b, [("6", 0), ("7", 20), ("6", 40)])
    made = of(home, About.STATE, "dyad", "D")
    assert "Only Aino used: out of step (10)." in made.cautions


def test_all_but_one_are_the_same_so_the_figure_cannot_tell(home) -> None:
    """Field 1C, 47: users took this for a bug of the program."""
    home.code(home.a, [("q", 2 * n + 1) for n in range(22)])
    home.code(home.b, [("a" if n == 7 else "q", 2 * n + 1) for n in range(22)])
    made = of(home, About.EVENTS, "adult1")
    assert made.detail == "0.00"
    assert "All events of the two but one (44) are the same, leads clearly: the figure cannot tell." in made.cautions


def test_what_cannot_be_computed_says_so_by_the_cases_numbers(home) -> None:
    home.code(home.a, [("q", 2 * n + 1) for n in range(3)])
    home.code(home.b, [("q", 2 * n + 1) for n in range(3)])
    made = of(home, About.EVENTS, "adult1")
    assert made.detail == "not computable: both used only one mark"
    assert any(c.startswith("All 6 events of the two are the same, leads clearly:") for c in made.cautions)
    assert not any("chance" in s.name.lower() for s in made.steps), "no number stands where there is none"
    ratings = of(home, About.RATINGS)
    assert ratings.detail == "not computable: both used only one mark"


def test_one_coder_without_events_is_told(home) -> None:
    home.code(home.a, [("q", 5)])
    home.code(home.b, [])
    made = of(home, About.EVENTS, "adult1")
    assert "Aino marked 1 event, Leena none." in made.cautions
    assert made.figure == "0 / 1"


def test_time_in_which_nothing_is_marked_does_not_rule_the_figure_unseen(home) -> None:
    """Field 1C, 50: an hour of which two minutes are coded agrees nearly wholly; both denominators are told."""
    home.code(home.a, [("q", 5), ("q", 25)])
    home.code(home.b, [("q", 5), ("q", 45)])
    made = of(home, About.STATE, "adult1", "AS")
    assert step(made, "Same, Aino → Leena").endswith("/ 60 = 98%")
    assert step(made, "Same, Aino → Leena, where either has a mark") == "1 / 2 = 50%"


def test_a_single_code_has_counts_alone(home) -> None:
    confused(home)
    made = of(home, About.CODE, "adult1", "AS")
    told = {s.name: s.value for s in made.steps}
    assert made.figure == "19 / 22"
    assert (told["Both the same"], told["A pair, but the other has another mark"]) == ("19", "3")
    assert not made.counts
    assert made.detail == ""


def test_where_the_scheme_has_one_code_no_number_allows_for_chance(home) -> None:
    """What two use of a single code is no disagreement that chance could make: the row has counts and says why."""
    home.code(home.a, [("s", 5), ("s", 25)])
    home.code(home.b, [("s", 5)])
    found = comparison(home.a, home.meeting.id)
    (event,) = [e for e in found.agreement.events if e.offered == 1 and e.of]
    made = of(home, About.EVENTS, event.person)
    assert made.formula.startswith("For a single code there is no figure")
    assert not any("chance" in s.name.lower() for s in made.steps)
    assert made.figure == "1 / 2"


def test_an_interpreter_is_told_of(home) -> None:
    confused(home)
    found = comparison(home.a, home.meeting.id)
    assert of_meeting(EN, found) == ()
    (told,) = of_meeting(EN, replace(found, interpreter=Interpreter.REMOTE))
    assert told.startswith("There was an interpreter")


def test_what_is_left_out_is_told_with_its_number(home) -> None:
    home.code(home.a, [("q", 5), ("q", 70)])
    home.code(home.b, [("q", 5)])
    found = comparison(home.a, home.meeting.id)
    lost = len(found.agreement.left_out)
    made = of(home, About.EVENTS, "adult1")
    assert any(c.startswith("Left out: ") for c in made.counted) == bool(lost)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_explanations_leave_no_place_unfilled(home, language) -> None:
    confused(home)
    t, found = Texts(language), comparison(home.a, home.meeting.id)
    closer = closer_of(found)
    for view in views(t, found, closer):
        for key in (k for table in view.tables for k in table.keys):
            made = explained(t, found, closer, key)
            assert made is not None
            words = (made.title, made.formula, *made.cautions, *made.counted, *(s.name for s in made.steps))
            assert not any("{" in w or not w for w in words)


def test_states_tell_both_directions_and_where_they_differ(home) -> None:
    home.code(home.a, [("6", 0), ("7", 30)])
    home.code(home.b, [("6", 0), ("7", 36)])
    made = of(home, About.STATE, "dyad", "D")
    assert len(made.counts) == 2
    (moment,) = made.moments
    assert (moment.start, moment.end, moment.apart) == (30 * S, 36 * S, "6\u00a0s")
    second, third = (of(home, About.STATE, "dyad", "D", n).moments for n in (2, 3))
    assert (len(second), len(third)) == (1, 0)
