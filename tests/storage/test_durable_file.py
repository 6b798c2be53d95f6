import errno
import io
import os
import sys
from pathlib import Path

import pytest

from storage import durable_file


def test_whole_file_is_written_and_replaced(tmp_path):
    target = tmp_path / "file"
    durable_file.write_whole(target, b"one")
    durable_file.write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


def test_file_is_synced_before_its_name_and_the_folder_after(tmp_path, monkeypatch):
    target = tmp_path / "file"
    seen = []
    monkeypatch.setattr(durable_file, "sync_file", lambda descriptor: seen.append((target.exists(), "sync")))
    monkeypatch.setattr(durable_file, "sync_folder", lambda folder: seen.append((target.exists(), folder)))
    durable_file.write_whole(target, b"one")
    assert seen == [(False, "sync"), (True, tmp_path)]


def test_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    target = tmp_path / "file"
    durable_file.write_whole(target, b"one")

    def refuse(descriptor):
        raise OSError(28, "full")

    monkeypatch.setattr(durable_file, "sync_file", refuse)
    with pytest.raises(OSError, match="full"):
        durable_file.write_whole(target, b"two")
    assert target.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [target]


def test_hindered_act_is_tried_again_with_longer_pauses():
    pauses, calls = [], []

    def act():
        calls.append(1)
        if len(calls) < 10:
            raise PermissionError(13, "in use")
        return "done"

    assert durable_file.patiently(act, 10, pauses.append) == "done"
    assert len(pauses) == 9
    assert pauses == sorted(pauses)
    assert 1 < sum(pauses) < 5


def test_patience_ends():
    pauses = []

    def act():
        raise PermissionError(13, "in use")

    with pytest.raises(PermissionError):
        durable_file.patiently(act, 10, pauses.append)
    assert len(pauses) == 9


def test_remove_says_whether_there_was_one(tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    assert durable_file.remove(tmp_path / "file")
    assert not durable_file.remove(tmp_path / "file")


@pytest.mark.parametrize(
    ("number", "key", "values"),
    [(28, "disk-full", {}), (30, "read-only", {}), (1, "read-only", {}), (5, "disk-error", {"reason": "EIO"})],
)
def test_refusals_of_the_system_in_the_archives_words(number, key, values):
    error = durable_file.archive_trouble(OSError(number, os.strerror(number), "/somebody/private.mp4"))
    assert (error.key, error.values) == (key, values)


def test_refusal_without_a_number_is_still_said():
    assert durable_file.archive_trouble(OSError()).values == {"reason": "unknown"}


@pytest.mark.parametrize("number", [23, 27, 1117])
def test_what_windows_says_of_a_failing_disk_is_no_missing_right(number) -> None:
    error = OSError(errno.EACCES, "said by the system")
    error.winerror = number
    told = durable_file.archive_trouble(error)
    assert (told.key, told.values["reason"]) == ("disk-error", "EIO")


def test_a_disk_that_was_pulled_out_of_windows_is_no_wrong_call(monkeypatch) -> None:
    """Of an open file Windows' C library says EINVAL for all that it has no number for, and Python no more."""
    monkeypatch.setattr(sys, "platform", "win32")
    error = OSError(errno.EINVAL, "Invalid argument")
    error.winerror = None
    assert durable_file.number_of(error) == errno.EIO


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_sector_that_is_not_given_is_no_missing_right(tmp_path, monkeypatch, number) -> None:
    """`ERROR_CRC` of an open file comes out of Windows' C library as EACCES."""

    class Spoiled(io.BytesIO):
        def read(self, _size=-1):
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "open", lambda *_: Spoiled())
    with pytest.raises(OSError) as caught:
        list(durable_file.blocks(tmp_path / "film.vau"))
    assert (caught.value.errno, caught.value.filename) == (errno.EIO, str(tmp_path / "film.vau"))


def test_a_folder_that_refuses_is_asked_once_on_windows_too(tmp_path, monkeypatch):
    """There Python's own temporary files take a refusal for a name that is taken, and try others without end."""
    asked = []

    def refuse(path, *_):
        asked.append(path)
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "open", refuse)
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        with pytest.raises(PermissionError):
            durable_file.try_writing(tmp_path)
    assert len(asked) == 1


def test_on_windows_nothing_stays_of_a_try(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    durable_file.try_writing(tmp_path)
    assert list(tmp_path.iterdir()) == []
