"""A stream that appears in mid-film must not end the reading of the others."""

from types import SimpleNamespace
from typing import cast

import pytest
from av.container import InputContainer
from av.error import InvalidDataError

from video.open.open_film import demuxed


def packets(*rows: object, ends: Exception | None):
    yield from rows
    if ends is not None:
        raise ends


def container(*rows: object, ends: Exception | None = None) -> InputContainer:
    """As PyAV's: after the last packets it asks its table for a stream that was not there when it was made."""
    return cast("InputContainer", SimpleNamespace(demux=lambda *_: packets(*rows, ends=ends)))


def test_what_came_before_it_is_all_there_is() -> None:
    assert list(demuxed(container(1, 2, 3, ends=IndexError("list index out of range")))) == [1, 2, 3]
    assert list(demuxed(container(1, 2))) == [1, 2]


def test_a_film_that_is_cut_off_still_says_so() -> None:
    with pytest.raises(InvalidDataError):
        list(demuxed(container(1, ends=InvalidDataError(1, "cut"))))


def test_trouble_of_who_takes_the_packets_is_theirs() -> None:
    with pytest.raises(IndexError):  # noqa: PT012
        for _ in demuxed(container(1, 2)):
            raise IndexError
