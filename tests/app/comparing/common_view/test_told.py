"""A common view is counted by states as they were seen, however many pieces were decided on their way."""

from collections import defaultdict
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.comparing.common_view.codable import codable
from app.comparing.common_view.deciding import brought
from app.comparing.common_view.laying_out import LaidOut, laid_out
from app.comparing.common_view.states import State, pieces_within
from app.comparing.common_view.told import ToldView, told
from app.comparing.comparison import Comparison
from app.model.coding import Coding
from app.model.common_view import CommonCoding, CommonView
from app.model.decision import Verdict, verdicts_of
from app.model.observation import Observation
from app.model.timecode import SECOND
from app.statistics.coded import Coded
from app.statistics.summary import summarize
from tests.app.comparing.common_view.test_laying_out import CASES, decided
from tests.material.two_codings import GROUPS, codings, compared, pairs_of_codings


def view_of(found: Comparison, laid: LaidOut, verdicts) -> ToldView:
    """All decided as `verdicts` say, one for each difference."""
    parts = list(laid.agreed)
    for d, verdict in zip(laid.differences, verdicts, strict=True):
        parts += brought(found, decided(d, verdict))
    header = replace(found.a.header, id="common")
    own = {p.thing.id: p.thing for p in parts}
    coding = Coding(
        header,
        {i: x for i, x in own.items() if isinstance(x, Observation)},
        ratings={i: x for i, x in own.items() if not isinstance(x, Observation)},
    )
    view = CommonView("view", "common", found.a.id, found.b.id, SECOND, SECOND, 2 * SECOND)
    return told(CommonCoding(coding, view, {}, {p.origin.id: p.origin for p in parts}), found.scheme)


def episodes(found: Comparison, observations, lane: str) -> dict[str, list[tuple[int, int]]]:
    """By code from when to when it is on within what both could code, as the coder had it."""
    own = [State(o.id, o.code, o.start, o.end) for o in observations if o.code in GROUPS[lane] and o.code != "DS0"]
    rows = defaultdict(list)
    for piece in pieces_within(own, codable(found, "")):
        rows[piece.code].append((piece.start, piece.end))
    return rows


def as_told(view: ToldView, lane: str) -> dict[str, list[tuple[int, int]]]:
    """By code from when to when it is on, each state as it is counted: all of it lies within the window."""
    rows = defaultdict(list)
    for o in view.coding.sorted_observations():
        if o.end is not None and o.code in GROUPS[lane] and o.code != "DS0":
            rows[o.code].append((o.start, o.end))
    return rows


def counted(found: Comparison, observations) -> list[tuple[str, int, int, float | None]]:
    """Code, count, duration and median of the states, by the program's own figures."""
    coded = Coded.of(observations, found.scheme, codable(found, ""), [s.stretch for s in found.file.segments])
    states = {c for lane in GROUPS.values() for c in lane}
    rows = [r for r in summarize(coded) if r.task is None and r.code in states]
    return [(r.code, r.count, r.duration, r.median) for r in rows]


@CASES
@given(pairs_of_codings(), st.sampled_from([Verdict.A, Verdict.B]))
def test_deciding_all_for_one_gives_that_ones_episodes(found, verdict) -> None:
    """As many, and as long up to where the two set one edge apart; more only where the window itself cuts a change."""
    laid = laid_out(found, "common")
    view = view_of(found, laid, [verdict] * len(laid.differences))
    own = found.a if verdict == Verdict.A else found.b
    reach = (found.agreement.settings.state_tolerance + SECOND) // 2
    edges = {t for s in codable(found, "") for t in (s.start, s.end)}
    for lane in GROUPS:
        wanted = episodes(found, own.observations.values(), lane)
        common = as_told(view, lane)
        assert set(wanted) <= set(common)
        for code, rows in common.items():
            # at the window's edge the other's end of a change that this one had just outside of it
            rest = [r for r in rows if not any(s < r[1] and r[0] < e for s, e in wanted[code])]
            assert all({*r} & edges and r[1] - r[0] <= reach for r in rest)
            kept = [r for r in rows if r not in rest]
            assert len(kept) == len(wanted[code])
            assert all(
                abs(x - y) <= reach for a, b in zip(kept, wanted[code], strict=True) for x, y in zip(a, b, strict=True)
            )


@CASES
@given(codings("A"))
def test_two_equal_codings_give_the_same_figures(coding) -> None:
    other = replace(
        coding,
        header=replace(coding.header, id="coding-B", coder="worker-B"),
        observations={f"b{k}": replace(o, id=f"b{k}", coding_id="coding-B") for k, o in coding.observations.items()},
        ratings={},
    )
    found = compared(replace(coding, ratings={}), other)
    view = view_of(found, laid_out(found, "common"), [])
    own = [
        Observation(f"{lane}{n}", "A", code, "dyad" if lane == "D" else "adult1", s, e)
        for lane in GROUPS
        for code, rows in episodes(found, coding.observations.values(), lane).items()
        for n, (s, e) in enumerate(rows)
    ]
    marked = [o for o in view.coding.observations.values() if o.end is not None and o.code != "DS0"]
    assert counted(found, marked) == counted(found, own)


@CASES
@given(pairs_of_codings(), st.data())
def test_no_two_states_of_one_code_touch_and_each_piece_is_in_one(found, data) -> None:
    laid = laid_out(found, "common")
    view = view_of(found, laid, [data.draw(st.sampled_from(verdicts_of(d))) for d in laid.differences])
    before, after = view.common.coding.observations, view.coding.observations
    states = [o for o in after.values() if o.end is not None]
    assert not {(o.person, o.code, o.start) for o in states} & {(o.person, o.code, o.end) for o in states}
    inside = [i for o in states for i in view.pieces[o.id]]
    assert sorted(inside) == sorted(o.id for o in before.values() if o.end is not None)
    for o in states:
        pieces = [before[i] for i in view.pieces[o.id]]
        assert o.end - o.start == sum(p.end - p.start for p in pieces)
        assert {x.part_id for x in view.origins_of(o.id)} == set(view.pieces[o.id])
    assert {i: o for i, o in after.items() if o.end is None} == {i: o for i, o in before.items() if o.end is None}
