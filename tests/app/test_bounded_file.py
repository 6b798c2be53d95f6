"""Files from outside are read within a bound, and no pipe holds the window."""

import os
import stat

import pytest

from app.bounded_file import TooLargeError, read_within, text_within


def test_as_far_as_the_bound(tmp_path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\xef\xbb\xbf1234")
    assert (read_within(path, 7), text_within(path, 7)) == (b"\xef\xbb\xbf1234", "1234")
    with pytest.raises(TooLargeError):
        read_within(path, 6)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_only_plain_files_unless_pipes_are_asked_for(tmp_path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    with pytest.raises(OSError):
        read_within(pipe, 10)
    with pytest.raises(IsADirectoryError):
        read_within(tmp_path, 10, pipes=True)
