"""Faces that go more than their width in three pictures and are hidden for two: none leaves bare once looked at."""

import pytest

from tests.material.fast_faces import fast_film, left_of


@pytest.mark.parametrize("seed", [3, 4])
def test_no_picture_leaves_with_a_fast_face_that_was_reviewed(seed: int) -> None:
    told = left_of(fast_film(seed))
    assert told.bare == 0
    assert told.bare_as_proposed < told.pictures // 5  # the proposals bridge two hidden pictures, however fast
