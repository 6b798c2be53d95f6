"""The child that makes copies: it holds no keys and no Qt, and whatever becomes of it, the window gets a sentence."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import Cancelled, ContainerError, FilmError
from app.model.recording import DerivedKind
from tests.material.films import Clip, bytes_of
from video.copies import copy_child, copy_process
from video.copies.copy_process import run_copy
from video.copies.scrub_copy import parts
from video.open.frame_index import build_index, unpack


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> tuple[bytes, bytes, tuple[int, int]]:
    content = bytes_of(tmp_path_factory.mktemp("film"), Clip(frames=500, gop=50, b_frames=2))
    index = build_index(io.BytesIO(content))
    return content, index.pack(), parts(index)[0]


def run(film, file=None, write=None, progress=lambda _: None, cancelled=lambda: False, index=None):
    content, packed, span = film
    out = bytearray()
    made = run_copy(
        DerivedKind.SCRUB,
        file or io.BytesIO(content),
        index or packed,
        span,
        write or (lambda data: out.extend(data) or len(data)),
        progress,
        cancelled,
    )
    return bytes(out), made


def refused(film, **how) -> str:
    with pytest.raises(FilmError) as caught:
        run(film, **how)
    return caught.value.key


def test_cancelling_in_the_middle_ends_the_child(film) -> None:
    told: list[float] = []
    with pytest.raises(Cancelled):
        run(film, progress=told.append, cancelled=lambda: bool(told))
    assert told


def test_waiting_in_the_middle_makes_the_same_copy(film) -> None:
    asked = iter(range(10**9))

    def slow() -> bool:
        if next(asked) == 20:
            # the child waits as long as we do
            subprocess.run([sys.executable, "-c", "pass"], check=True)
        return False

    assert run(film, cancelled=slow) == run(film)


def test_trouble_of_either_container_comes_through(film) -> None:
    class Broken(io.BytesIO):
        def read(self, count: int | None = -1) -> bytes:
            raise ContainerError("container-damaged")

    def full(_data: bytes) -> int:
        raise ContainerError("disk-full")

    with pytest.raises(ContainerError, match="container-damaged"):
        run(film, file=Broken(film[0]))
    with pytest.raises(ContainerError, match="disk-full"):
        run(film, write=full)


def test_what_is_no_film_is_refused_by_its_name(film) -> None:
    assert refused(film, file=io.BytesIO(b"a letter\n" * 500)) == "film-not-a-film"
    assert refused(film, file=io.BytesIO(b"")) == "film-empty"
    assert refused(film, index=b"HFI1 is damaged") == "index-damaged"


@pytest.mark.parametrize(
    "code",
    [
        "import os; os._exit(9)",
        "import sys; sys.stdout.buffer.write(b'z\\x05\\0\\0\\0hello')",
        "import sys; sys.stdout.buffer.write(b'w\\xff\\xff\\xff\\xff')",
        "import sys; sys.stdout.buffer.write(b'r\\x0c\\0\\0\\0' + b'\\xff' * 12); sys.stdin.read()",
        "import sys; sys.stdout.buffer.write(b'e\\x09\\0\\0\\0surprise!'); sys.stdin.read()",
        "import time; time.sleep(60)",
    ],
    ids=["dies", "unknown word", "endless piece", "reads outside", "unknown refusal", "silent"],
)
def test_a_child_gone_wrong_is_a_sentence(film, monkeypatch, code: str) -> None:
    monkeypatch.setattr(copy_process, "COMMAND", (sys.executable, "-c", code))
    monkeypatch.setattr(copy_process, "SILENT", 0.5)
    assert refused(film) == "copy-failed"


def test_a_film_that_is_erased_meanwhile_is_no_fault(film) -> None:
    class Erased(io.BytesIO):
        def read(self, size=-1):
            self.close()
            return super().read(size)

    with pytest.raises(Cancelled):
        run(film, Erased(film[0]))


def test_the_child_gets_no_secrets_and_loads_no_qt_and_no_archive() -> None:
    code = (
        "import sys, video.copies.copy_child, video.copies.scrub_copy, video.copies.waveform, video.copies.thumbnails;"
        "assert not [m for m in sys.modules if 'PySide' in m or m.split('.')[0] == 'storage']"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])


@pytest.mark.skipif(not hasattr(os, "nice"), reason="priorities are set otherwise here")
def test_the_child_stands_back_for_the_window() -> None:
    code = "import os; from video.copies import copy_child; copy_child.stand_back(); print(os.nice(0))"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=Path(__file__).parents[3])
    assert int(found.stdout) >= copy_child.NICE


def test_a_long_films_table_of_contents_is_read_in_pieces(film) -> None:
    class Wishes:
        """The parent, as the child sees it."""

        def __init__(self) -> None:
            self.counts: list[int] = []

        def send(self, letter: bytes, content: bytes) -> None:
            place, count = copy_child.PLACE.unpack(content)
            self.counts.append(count)
            self.answer = bytes(place % 251 for place in range(place, place + count))

        def receive(self, _letter: bytes) -> bytes:
            return self.answer

    size = 3 * copy_child.READ_BYTES + 7
    wishes = Wishes()
    file = io.BufferedReader(copy_child.RemoteFile(wishes, size), copy_child.READ_BYTES)
    assert file.read(size) == bytes(place % 251 for place in range(size))
    assert max(wishes.counts) <= copy_child.READ_BYTES


def test_the_index_is_the_films_own(film) -> None:
    _, made = run(film)
    assert unpack(made).stamps.tolist() == unpack(film[1]).stamps.tolist()
    assert unpack(made).keys.tolist() == list(range(0, 500, 10))
