"""The garbage collector kept out of the way of a playing film.

A full collection walks every value that the program holds and stops every thread meanwhile: with a coding of 20 000
observations that is 80 ms, two pictures and more. What an opened coding holds is therefore set aside, and counted in
again when it closes; values without circles go at once either way.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """While many lasting values are made at once: none of them is garbage, and looking again and again costs time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def set_aside() -> None:
    """All that is held now is no longer walked."""
    gc.freeze()


def count_in() -> None:
    """All that was set aside is walked again: circles among it are found at the next full collection."""
    gc.unfreeze()
