"""The end of a film that is recorded: room is kept for it, and what a refusing disk has of the film is kept whole."""

import errno
import os
from types import SimpleNamespace

import pytest

from app.errors import ContainerError
from app.model.identity import new_id
from app.ports import LIVE_PIECE
from storage.vault import container
from storage.vault.film_vault import FilmVault
from storage.vault.reserve import NAME, RESERVE

FILM = bytes(range(256)) * (LIVE_PIECE // 256) * 3 + b"the rest of a piece"


class Disk:
    """A file of a disk that refuses: all after `room` bytes while `is_full` says so, or the write numbered `fails`."""

    def __init__(self, file) -> None:
        self._file = file
        self.room, self.is_full, self.fails, self.writes = 2**62, lambda: True, -1, 0

    def write(self, data) -> int:
        self.writes += 1
        if self.writes - 1 == self.fails:
            self._file.write(memoryview(data)[: len(data) // 2])  # a half of it got there
            raise OSError(errno.EIO, "no")
        left = self.room - self._file.tell()
        if len(data) > left and self.is_full():
            if left > 0:
                return self._file.write(memoryview(data)[:left])
            raise OSError(errno.ENOSPC, "full")
        return self._file.write(data)

    def __getattr__(self, name):
        return getattr(self._file, name)


@pytest.fixture
def disks(monkeypatch) -> list[Disk]:
    """The disk of each container that is begun."""
    made: list[Disk] = []
    plain_file = container.plain_file
    monkeypatch.setattr(container, "plain_file", lambda path: made.append(Disk(plain_file(path))) or made[-1])
    return made


@pytest.fixture
def vault(tmp_path):
    made = FilmVault(tmp_path, os.urandom(32))
    yield made
    made.close()


def read(vault: FilmVault, recording_id: str, taken) -> bytes:
    owner = SimpleNamespace(id=recording_id, wrapped_key=taken.wrapped_key)
    with vault.open_file(owner, taken.container) as reader:
        return reader.read()


def test_room_is_kept_from_the_first_bytes_to_the_last_film(vault, tmp_path) -> None:
    films = [vault.begin(new_id(), live=True) for _ in range(2)]
    assert not (tmp_path / NAME).exists()
    for film in films:
        film.write(FILM)
    assert (tmp_path / NAME).stat().st_blocks * 512 >= RESERVE, "its place is really taken"
    films[0].keep()
    assert (tmp_path / NAME).exists()
    films[1].discard()
    assert not (tmp_path / NAME).exists()


def test_a_disk_that_others_filled_takes_the_film_s_end_in_the_room_that_was_kept(vault, disks, tmp_path) -> None:
    film_id = new_id()
    film = vault.begin(film_id, live=True)
    film.write(FILM)
    disks[0].room, disks[0].is_full = disks[0].tell() + 100, (tmp_path / NAME).exists
    film.write(FILM)
    assert not (tmp_path / NAME).exists()
    with pytest.raises(ContainerError) as refused:
        film.write(FILM)
    assert refused.value.key == "disk-full", "the film ends, and its end has its place"
    assert read(vault, film_id, film.keep()) == FILM * 2


@pytest.mark.parametrize("fails", range(4))
def test_of_a_film_whose_last_writes_fail_all_that_was_whole_is_kept(vault, disks, fails) -> None:
    """Whichever of them: half of it is on the disk. The last one is the final chunk."""
    film_id = new_id()
    film = vault.begin(film_id, live=True)
    film.write(FILM[:100])
    disks[0].fails = disks[0].writes + fails
    try:
        for at in range(100, len(FILM), LIVE_PIECE):
            film.write(FILM[at : at + LIVE_PIECE])
    except ContainerError:
        assert fails < 3
    with pytest.raises(ContainerError):
        film.keep()
    taken = film.keep_front()
    found = read(vault, film_id, taken)
    assert FILM.startswith(found)
    assert len(found) >= fails * LIVE_PIECE
    assert found == FILM or fails < 3
    assert (taken.size, vault.unfinished()) == (len(found), ())


def test_a_disk_that_goes_on_refusing_leaves_it_for_a_rescue(vault, disks) -> None:
    film_id = new_id()
    film = vault.begin(film_id, live=True)
    film.write(FILM)
    disks[0].room = 0
    for finish in (film.keep, film.keep_front):
        with pytest.raises(ContainerError):
            finish()
    assert vault.unfinished() == (film.name,)
    film.writer.close()
    disks[0].room = 2**62
    found = read(vault, film_id, vault.rescue(film_id, film.wrapped_key, film.name))
    assert found == FILM[: 3 * LIVE_PIECE]


def test_what_a_crash_left_of_the_room_goes_with_the_sweep(vault, tmp_path) -> None:
    (tmp_path / NAME).write_bytes(bytes(10))
    vault.sweep([])
    assert not (tmp_path / NAME).exists()
