"""Written and read past the system's own copies, in any pieces: the same file as any other writing makes."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import straight_file
from storage.straight_file import ROOM

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no other system is asked for it")


@pytest.fixture
def new(tmp_path: Path):
    """A new file and its path; another one each time."""
    made = []

    def make():
        path = tmp_path / str(len(made))
        writer = straight_file.new_file(path)
        if writer is None:
            pytest.skip("this disk offers no such way")
        made.append(writer)
        return writer, path

    yield make
    for writer in made:
        writer.close()


def put(writer, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[writer.write(view) :]


PIECES = st.lists(st.one_of(st.none(), st.integers(0, 70_000), st.integers(ROOM - 3, ROOM + 3)), min_size=1, max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PIECES)
def test_what_is_written_in_any_pieces_stands_there_once_flushed(new, pieces) -> None:
    writer, path = new()
    whole = b""
    for piece in pieces:
        if piece is None:
            writer.flush()
            assert path.read_bytes() == whole
            assert writer.on_disk == len(whole)
            continue
        data = os.urandom(piece)
        put(writer, data)
        whole += data
        assert writer.on_disk <= len(whole)
    writer.flush()
    writer.close()
    assert path.read_bytes() == whole
    assert path.stat().st_mode & 0o777 == 0o600
    path.unlink()


def test_any_stretch_is_read_while_the_file_grows(new) -> None:
    writer, path = new()
    data = os.urandom(2 * ROOM + 5000)
    put(writer, data)
    writer.flush()
    reader = straight_file.open_file(path)
    for offset, length in [(0, 1), (4095, 2), (4096, 4096), (70_001, 300_003), (ROOM - 1, ROOM), (0, len(data))]:
        assert bytes(reader.read(offset, length)) == data[offset : offset + length]
    assert bytes(reader.read(len(data) - 10, 100)) == data[-10:]
    put(writer, b"more")
    writer.flush()
    assert bytes(reader.read(len(data), 100)) == b"more"
    reader.close()


def test_full_disk_is_told_until_the_file_is_closed(new, monkeypatch) -> None:
    def refuse(*_):
        raise OSError(28, "full")

    writer, path = new()
    monkeypatch.setattr(os, "pwrite", refuse)
    writer.write(bytes(ROOM))  # on its way
    for call in (lambda: put(writer, bytes(ROOM)), writer.flush, writer.flush):
        with pytest.raises(OSError, match="full"):
            call()
    assert writer.on_disk == 0
    writer.close()
    writer.close()
    assert path.stat().st_size == 0


def test_disk_without_such_a_way_keeps_nothing_of_the_trial(tmp_path, monkeypatch) -> None:
    def refuse(*_):
        raise OSError(22, "no")

    monkeypatch.setattr(straight_file, "_be_straight", refuse)
    assert straight_file.new_file(tmp_path / "film") is None
    assert list(tmp_path.iterdir()) == []


def test_file_that_is_there_is_not_written_over(tmp_path) -> None:
    (tmp_path / "film").write_bytes(b"kept")
    with pytest.raises(FileExistsError):
        straight_file.new_file(tmp_path / "film")
    assert (tmp_path / "film").read_bytes() == b"kept"
