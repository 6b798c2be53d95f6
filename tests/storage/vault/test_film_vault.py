"""Films being recorded: the disk's room is looked at while there is still some, so that what was filmed is finished."""

import os
from types import SimpleNamespace

import pytest

from app.errors import ArchiveError, ContainerError
from app.model.identity import new_id
from app.ports import LIVE_PIECE
from storage.vault import film_vault
from storage.vault.container import RECORDING_CHUNK
from storage.vault.film_vault import FilmVault


@pytest.fixture
def vault(tmp_path):
    made = FilmVault(tmp_path, os.urandom(32))
    yield made
    made.close()


def test_a_nearly_full_disk_refuses_in_time_and_what_is_there_is_kept_whole(vault, monkeypatch) -> None:
    monkeypatch.setattr(film_vault, "LOOK", 0)
    file = vault.begin(new_id(), live=True)
    file.write(bytes(100_000))
    monkeypatch.setattr(film_vault, "free_space", lambda _: SimpleNamespace(kind="full"))
    with pytest.raises(ContainerError, match="disk-full"):
        file.write(b"more")
    assert file.keep().size == 100_000


def test_only_filming_looks_at_the_room(vault, monkeypatch) -> None:
    monkeypatch.setattr(film_vault, "free_space", lambda _: SimpleNamespace(kind="full"))
    file = vault.begin(new_id())
    assert file.write(b"film") == 4
    file.discard()


def test_a_disk_that_went_away_is_its_own_trouble(vault, monkeypatch) -> None:
    def gone(_folder):
        raise ArchiveError("disk-error", reason="EIO")

    file = vault.begin(new_id(), live=True)
    monkeypatch.setattr(film_vault, "free_space", gone)
    with pytest.raises(ContainerError, match="disk-error"):
        file.write(b"film")
    file.discard()


def test_a_piece_is_on_the_disk_as_soon_as_it_is_whole(vault, tmp_path) -> None:
    assert LIVE_PIECE == RECORDING_CHUNK
    file = vault.begin(new_id(), live=True)
    part = tmp_path / (file.name + ".part")
    empty = part.stat().st_size
    file.write(bytes(LIVE_PIECE - 1))
    assert part.stat().st_size == empty
    file.write(b"1")
    assert part.stat().st_size == empty + LIVE_PIECE + 16
    file.discard()
