"""The gate by which films are looked at, one for a module, and an empty vault for each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.ports.films import FilmTools
from storage.vault.film_vault import FilmVault
from video.open.film_gate import ChildFilmGate
from video.tools import film_tools


@pytest.fixture(scope="module")
def films() -> Iterator[FilmTools]:
    gate = ChildFilmGate()
    yield film_tools(gate, lambda: None)
    gate.close()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[FilmVault]:
    (tmp_path / "media").mkdir()
    made = FilmVault(tmp_path / "media", os.urandom(32))
    yield made
    made.close()
