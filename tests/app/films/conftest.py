"""The gate by which films are looked at, one for a module, and an empty vault for each test.

The program has a new child look at each film; that a child which died of one, or was cancelled, is followed by another
is asked in `tests/video/open/test_film_gate.py`. Here it is what becomes of a film that was looked at, and a child that
lives on saves an interpreter's start for each.
"""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.ports.films import FilmTools
from storage.vault.film_vault import FilmVault
from video.open.film_gate import ChildFilmGate, Limits
from video.tools import film_tools


@pytest.fixture(scope="module")
def gate() -> Iterator[ChildFilmGate]:
    made = ChildFilmGate(Limits(films_per_child=20))
    yield made
    made.close()
    assert not listeners(), "who listened to a child ends with it"


def listeners() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "film gate"}


@pytest.fixture
def films(gate: ChildFilmGate, _nothing_left_behind: set[threading.Thread]) -> Iterator[FilmTools]:
    yield film_tools(gate, lambda: None)
    assert len(listeners()) <= 1, "one child waits for the next film"
    _nothing_left_behind |= listeners()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[FilmVault]:
    (tmp_path / "media").mkdir()
    made = FilmVault(tmp_path / "media", os.urandom(32))
    yield made
    made.close()
