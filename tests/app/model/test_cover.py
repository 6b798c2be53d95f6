"""Covers: interpolated, widened and held, and looked at by somebody before a clip may leave."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from app.model.cover import (
    NEAR,
    WHOLE,
    Box,
    Covered,
    Covering,
    CoverKey,
    CoverReview,
    CoverTrack,
    SeenUncovered,
    keys_with,
    without,
)

A_DAY = datetime(2026, 11, 3, 9, tzinfo=UTC)
PICTURE = 40_000
FACE = 800


def track(*keys: CoverKey, person_id: str = "child", **more) -> CoverTrack:
    return CoverTrack("t", "w", Covered.FACE, keys, person_id, **more)


def face(left: int, top: int, size: int = FACE) -> Box:
    return Box(left, top, left + size, top + size)


def seen(start: int, end: int, person_id: str = "") -> SeenUncovered:
    return SeenUncovered("w", A_DAY, start, end, person_id)


def reviewed(cover: CoverTrack, first: int, last: int) -> CoverTrack:
    return replace(cover, review=CoverReview("w", A_DAY, cover.shape, first, last))


MOVES = st.lists(st.tuples(st.integers(0, 2 * FACE), st.integers(0, 2 * FACE)), min_size=3, max_size=12)


@given(MOVES, st.sampled_from([-1, 1]), st.sampled_from([-1, 1]), st.integers(0, 2))
@example([(FACE // 2, 0)] * 9, 1, 1, 2)  # its own width and a half in three pictures, hidden for two of them
def test_a_face_is_covered_in_every_picture_however_fast_it_goes_while_it_is_hidden(moves, across, along, hidden):
    x, y, places = WHOLE // 2, WHOLE // 2, []
    for dx, dy in moves:
        x = min(max(x + across * dx, 0), WHOLE - FACE)
        y = min(max(y + along * dy, 0), WHOLE - FACE)
        places.append(face(x, y))
    found = sorted({*range(0, len(places), hidden + 1), len(places) - 1})
    cover = track(*(CoverKey(at * PICTURE, places[at]) for at in found))
    assert (hidden + 1) * PICTURE <= NEAR
    for at, place in enumerate(places):
        covered = cover.at(at * PICTURE)
        assert covered is not None
        assert covered.holds(place)


def test_between_two_marks_far_apart_a_cover_goes_along_and_it_stays_before_and_after() -> None:
    cover = track(CoverKey(0, face(0, 0)), CoverKey(10 * PICTURE * 10, face(4_000, 2_000)), margin=0, held=100_000)
    assert cover.at(2_000_000) == face(2_000, 1_000)
    assert (cover.at(-100_000), cover.at(4_100_000)) == (face(0, 0), face(4_000, 2_000))
    assert (cover.at(-100_001), cover.at(4_100_001)) == (None, None)
    assert cover.at(4_000_000) == face(4_000, 2_000)


@given(st.integers(0, WHOLE - 1), st.integers(1, WHOLE), st.integers(0, 200))
def test_a_widened_box_holds_the_box_and_stays_inside(left: int, size: int, by: int) -> None:
    box = Box(left, left, min(left + size, WHOLE), min(left + size, WHOLE))
    assert box.widened(by).holds(box)


def test_a_clip_leaves_only_when_every_cover_and_every_stretch_without_one_was_looked_at() -> None:
    cover = track(CoverKey(1_000_000, face(0, 0)), CoverKey(2_000_000, face(0, 0)), held=0)
    bare = Covering(0, 4_000_000, (cover,), known=("child",))
    assert [(u.person_id, u.start, u.end) for u in bare.to_review] == [
        ("child", 1_000_000, 2_000_001),
        ("child", 0, 1_000_000),
        ("child", 2_000_001, 4_000_001),
        ("", 0, 4_000_001),
    ]
    looked = (seen(0, 1_000_000, "child"), seen(2_000_000, 4_000_001, "child"), seen(0, 4_000_001))
    assert not replace(bare, seen=looked).may_leave
    done = replace(bare, seen=looked, tracks=(reviewed(cover, 0, 4_000_000),))
    assert done.may_leave
    assert not replace(done, seen=looked[:2]).may_leave
    assert not replace(done, known=("child", "sibling")).may_leave
    assert not replace(done, last=4_500_000).may_leave  # trimmed to be longer since


def test_a_cover_that_was_changed_is_looked_at_again_and_its_undo_is_not() -> None:
    cover = reviewed(track(CoverKey(0, face(0, 0)), CoverKey(1_000_000, face(0, 0))), 0, 1_000_000)
    moved = replace(cover, keys=keys_with(cover.keys, CoverKey(500_000, face(100, 0))))
    assert len(moved.keys) == 3
    assert cover.is_reviewed(0, 1_000_000)
    assert not moved.is_reviewed(0, 1_000_000)
    assert not replace(cover, margin=10).is_reviewed(0, 1_000_000)
    assert not replace(cover, person_id="other").is_reviewed(0, 1_000_000)
    assert replace(moved, keys=cover.keys).is_reviewed(0, 1_000_000)


def test_a_cover_that_reaches_over_the_clips_end_needs_only_what_is_in_the_clip() -> None:
    cover = track(CoverKey(0, face(0, 0)), CoverKey(9_000_000, face(0, 0)))
    assert reviewed(cover, 1_000_000, 2_000_000).is_reviewed(1_000_000, 2_000_000)
    assert not reviewed(cover, 1_000_000, 2_000_000).is_reviewed(1_000_000, 2_500_000)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=6))
def test_what_is_left_and_what_was_taken_are_the_whole(pieces) -> None:
    parts = [(start, start + length) for start, length in pieces]
    left = without((10, 40), parts)
    for at in range(10, 40):
        assert any(a <= at < b for a, b in left) != any(a <= at < b for a, b in parts)
