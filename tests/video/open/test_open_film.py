"""What is let in as a film, and by which name everything else is refused."""

import io
import os
import random
import wave
from contextlib import suppress
from pathlib import Path

import pytest

from app.errors import FilmError
from tests.material.films import Clip, build, bytes_of
from video.open.open_film import open_film
from video.open.probe import examine


def refused(film: Path | io.BytesIO) -> str:
    with pytest.raises(FilmError) as caught, open_film(film):
        pass
    return caught.value.key


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "film-empty"),
        (b"#EXTM3U\n#EXT-X-VERSION:3\n/etc/passwd\n", "film-playlist"),
        (b"\xef\xbb\xbf\n#EXTM3U\nfile:///etc/hosts\n", "film-playlist"),
        (b"ffconcat version 1.0\nfile 'a.mp4'\n", "film-playlist"),
        (b"[playlist]\nFile1=a.mp4\n", "film-playlist"),
        (b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>', "film-playlist"),
        (b"hello, this is a letter\n" * 200, "film-not-a-film"),
        (b"%PDF-1.7\n" + bytes(3000), "film-not-a-film"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "film-not-a-film"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + bytes(4000), "film-damaged"),
        (b"\x1a\x45\xdf\xa3" + bytes(4000), "film-damaged"),
    ],
)
def test_each_thing_that_is_no_film_has_its_own_name(tmp_path: Path, content: bytes, key: str) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    assert refused(path) == key
    assert refused(io.BytesIO(content)) == key


def test_a_missing_film_and_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing.mp4") == "film-missing"
    assert refused(tmp_path) == "film-missing"


def test_sound_alone_has_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "sound.mp4"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    assert refused(path) == "film-no-picture"


def test_a_film_without_its_table_of_contents_is_unfinished(tmp_path: Path) -> None:
    whole = bytes_of(tmp_path, Clip())
    assert refused(io.BytesIO(whole[: len(whole) // 2])) == "film-unfinished"


def test_a_film_is_known_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(bytes_of(tmp_path, Clip(frames=5)))
    with open_film(path) as film:
        assert film.pictures.width == 192


def test_the_readers_own_trouble_comes_through(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            raise RuntimeError("the container says no")

    with pytest.raises(RuntimeError, match="the container says no"):
        open_film(Broken(bytes_of(tmp_path, Clip(frames=5))))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):  # Windows has no pipes among its files
        return
    os.mkfifo(tmp_path / "film.mp4")
    assert refused(tmp_path / "film.mp4") == "film-missing"


@pytest.mark.parametrize("seed", range(3))
def test_a_header_that_points_nowhere_is_no_crash(tmp_path, seed) -> None:
    """Old Windows films say in their header where things are; damaged, that is before the file or beyond all files."""
    film = build(tmp_path, Clip(codec="wmv2", container="wmv", frames=8, gop=4, sound="libmp3lame"))
    chance, whole = random.Random(seed), film.read_bytes()
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(3):
            at = chance.randrange(600)
            data[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x80\0\0\0", b"\x7f\xff\xff\xff"))
        for file in (io.BytesIO(data), _on_disk(tmp_path, data)):
            with suppress(FilmError):  # any other exception would be a crash
                assert examine(file)[0].frames > 0


def _on_disk(folder, data) -> Path:
    path = folder / "damaged.wmv"
    path.write_bytes(data)
    return path
