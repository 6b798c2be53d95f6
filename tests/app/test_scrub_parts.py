"""Which parts of a small copy stand beside each other."""

from hypothesis import given
from hypothesis import strategies as st

from app.ports.player import PIECES, ScrubPart, with_part

PARTS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.booleans()), max_size=30)


@given(PARTS)
def test_no_part_is_covered_by_a_kept_one_and_pieces_stay_few(rows) -> None:
    parts: tuple[ScrubPart, ...] = ()
    for start, length, kept in rows:
        new = ScrubPart(start, start + length, lambda: None, b"", kept)
        before, parts = parts, with_part(parts, new)
        assert new in parts or any(part.kept and part.covers(new) for part in before)
        assert sum(not part.kept for part in parts) <= PIECES
        gone = [part for part in before if part not in parts]
        assert all(new.covers(part) or not part.kept for part in gone)
        assert not any(a is not b and a.kept and a.covers(b) and not b.kept for a in parts for b in parts)
