"""The course of a goal: two signs beside each other, no number, nothing made of the two."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.charts.drawing import Label, Line, Mark, Pen
from app.charts.goal_course import OWN, WORKER, CourseWords, Looked, course

LEVELS = ("kaukana", "vähän matkalla", "puolimatkassa ja vielä pitkä lause joka ei mahdu riville", "lähellä", "perillä")
WORDS = CourseWords(
    "Lapsen oma arvio", "Työntekijän arvio", "diamond", ((0, "tästä lähdettiin"), (3, "tähän halutaan"))
)
PEN = Pen(400, lambda text, size: len(text) * size * 0.5)
place = st.none() | st.integers(0, 4)
looked = st.lists(st.builds(Looked, st.floats(0, 1), place, place), max_size=8)


@given(looked)
def test_each_view_has_its_own_sign_at_its_own_level(days) -> None:
    drawn = course(LEVELS, days, [(0.0, "1.6."), (1.0, "1.12.")], WORDS, PEN)
    marks = [s for s in drawn.shapes if isinstance(s, Mark)]
    own = [m for m in marks if m.shape == "diamond" and m.color == "text"]
    worker = [m for m in marks if m.shape == "ring"]
    # one more of each explains the signs
    assert len(own) == 1 + sum(d.own is not None for d in days)
    assert len(worker) == 1 + sum(d.worker is not None for d in days)
    heights = sorted({round(m.y, 3) for m in marks if m.radius in (OWN, WORKER)})
    assert all(0 <= m.x <= 400 for m in marks)
    assert len(heights) <= len({d.own for d in days} | {d.worker for d in days}) + 1


@given(looked)
def test_no_figure_stands_on_it_and_everything_is_within_its_box(days) -> None:
    drawn = course(LEVELS, days, [(0.0, "kesä"), (1.0, "joulu")], WORDS, PEN)
    labels = [s for s in drawn.shapes if isinstance(s, Label)]
    assert not [s.text for s in labels if any(c.isdigit() for c in s.text)]
    assert all(0 <= s.y <= drawn.height for s in labels)
    assert all(0 <= s.y1 <= drawn.height and 0 <= s.y2 <= drawn.height for s in drawn.shapes if isinstance(s, Line))


def test_a_nearer_level_stands_higher_and_both_signs_are_seen_where_both_chose_the_same() -> None:
    drawn = course(LEVELS, [Looked(0.1, 0, 4), Looked(0.9, 3, 3)], [], WORDS, PEN)
    marks = [s for s in drawn.shapes if isinstance(s, Mark) and s.x > 150]
    first = [m for m in marks if m.x < 250 and m.y < drawn.height - 16]
    low, high = sorted(m.y for m in first if m.shape in ("diamond", "ring"))
    assert low < high
    together = [m for m in marks if m.x > 280 and m.y < drawn.height - 16]
    assert {m.shape for m in together} == {"diamond", "ring", "disc"}, "the ring has paper beneath it"
    assert WORKER > OWN + 2


def test_a_long_sentence_takes_two_lines_and_is_then_cut_short() -> None:
    long = " ".join(["sana"] * 60)
    drawn = course((long,) * 5, [], [], WORDS, PEN)
    labels = [s for s in drawn.shapes if isinstance(s, Label) and s.text.startswith("sana")]
    assert len(labels) == 10
    assert all(PEN.measure(s.text, s.size) <= 0.36 * 400 for s in labels)
    assert sum(s.text.endswith("…") for s in labels) == 5


def test_words_of_the_axis_never_touch() -> None:
    ticks = [(n / 20, "1.6.2026") for n in range(21)]
    drawn = course(LEVELS, [], ticks, WORDS, PEN)
    said = [s for s in drawn.shapes if isinstance(s, Label) and s.text == "1.6.2026"]
    wide = PEN.measure("1.6.2026", said[0].size)
    assert all(b.x - a.x > wide for a, b in pairwise(said))
    assert len([s for s in drawn.shapes if isinstance(s, Line)]) >= 21
