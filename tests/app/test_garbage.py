"""The garbage collector is paused, set aside and counted in again, whatever happens in between."""

import gc

import pytest

from app import garbage


def test_paused_only_for_a_while() -> None:
    assert gc.isenabled()
    with garbage.paused():
        assert not gc.isenabled()
        with garbage.paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_goes_on_after_an_error() -> None:
    with pytest.raises(KeyError), garbage.paused():
        raise KeyError
    assert gc.isenabled()


def test_what_is_set_aside_is_not_walked_until_counted_in() -> None:
    held: list[list[int]] = [[] for _ in range(1000)]
    before = gc.get_freeze_count()
    garbage.set_aside()
    try:
        assert gc.get_freeze_count() >= before + len(held)
        assert all(one is not held for one in gc.get_objects())
    finally:
        garbage.count_in()
    assert gc.get_freeze_count() == 0
    assert any(one is held for one in gc.get_objects())
