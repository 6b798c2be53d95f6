"""Films copied behind each other into one file: none of their pictures is lost, whatever container they are in."""

import io
import re
from itertools import pairwise
from pathlib import Path

import pytest

from app.errors import FilmError
from app.ports.file_part import FilePart
from tests.material.clips_split import Memory, Split, split
from tests.material.films import Clip, build, read_number
from video.joining.packets import join
from video.open.films_behind import films_behind
from video.open.frames import FrameSource
from video.open.probe import examine

PICTURE = 40_000
COUNTS = (20, 15)
LIVE = {"movflags": "frag_keyframe+delay_moov+default_base_moof"}
KINDS = {
    "mp4": Clip(b_frames=2, sound="aac"),
    "mp4-table-first": Clip(b_frames=2, container_options={"movflags": "faststart"}),
    "mp4-live": Clip(b_frames=2, sound="aac", container_options=LIVE),
    "mov": Clip(container="mov", b_frames=2, sound="aac"),
    "3gp": Clip(container="3gp"),
    "flv": Clip(container="flv", b_frames=2, sound="aac"),
    "avi": Clip(codec="mpeg4", container="avi", sound="mp2"),
    "avi-h264": Clip(container="avi", b_frames=2),
    "avi-mjpeg": Clip(codec="mjpeg", container="avi", sound="pcm_s16le"),
    "wmv": Clip(codec="wmv2", container="wmv"),
    "ogv": Clip(codec="libvpx", container="ogv", sound="libopus"),
    "mxf": Clip(codec="mpeg2video", container="mxf", b_frames=2, sound="pcm_s16le"),
    "mkv": Clip(container="mkv", b_frames=2, sound="aac"),
    "webm": Clip(codec="libvpx", container="webm", sound="libopus"),
    "vob": Clip(codec="mpeg2video", container="vob", b_frames=2, sound="mp2"),
    "ts": Clip(container="ts", b_frames=2, gop=10, sound="aac"),
}
#: streams have no end of their own: where the next one begins is told by its clock
STREAMS = ("vob", "ts")


def files(folder: Path, clip: Clip) -> list[bytes]:
    return [path.read_bytes() for path in split(folder, Split(clip, COUNTS))]


def parted(film: bytes) -> tuple[int, ...]:
    """Where the gate says that a film must be parted."""
    with pytest.raises(FilmError) as refused:
        examine(io.BytesIO(film))
    assert refused.value.key == "film-clock-restarts"
    return refused.value.values["begins"]


@pytest.mark.parametrize("name", KINDS)
def test_every_picture_of_films_behind_each_other_is_there_once_and_at_its_time(name, tmp_path) -> None:
    first, second = files(tmp_path, KINDS[name])
    whole = first + second
    begins = parted(whole)
    assert begins == (len(first),) or name in STREAMS
    parts = [FilePart(io.BytesIO(whole), stretch) for stretch in pairwise((0, *begins, len(whole)))]
    out = Memory()
    join(parts, out, lambda _: None, lambda: False)
    facts, index = examine(io.BytesIO(bytes(out.data)))
    source = FrameSource(io.BytesIO(bytes(out.data)), index)
    assert [read_number(source.pixels(n)[1]) for n in range(len(index))] == list(range(sum(COUNTS)))
    assert max(abs(t - n * PICTURE) for n, t in enumerate(index.times.tolist())) <= 2_000
    assert facts.damage == ()


@pytest.mark.parametrize("name", [name for name in KINDS if name not in STREAMS])
def test_where_the_next_film_begins_is_known_by_what_its_container_says(name, tmp_path) -> None:
    """Also of a third one of another kind, and behind what a camera hung on."""
    first, second = files(tmp_path, KINDS[name])
    other = build(tmp_path, Clip(container="mkv", frames=3)).read_bytes()
    hung_on = first + b"\x5a" * 777
    found = films_behind(io.BytesIO(hung_on + second + other))
    assert found == (len(hung_on), len(hung_on) + len(second))


@pytest.mark.parametrize("name", [name for name in KINDS if name not in STREAMS])
@pytest.mark.parametrize("junk", [b"\0" * 5000, b"camera " * 999, b"\0\0\0\x14ftypisom\0\0\0\0isom"])
def test_what_is_no_film_may_lie_behind_one(name, junk, tmp_path) -> None:
    first, _ = files(tmp_path, KINDS[name])
    assert films_behind(io.BytesIO(first + junk)) == ()
    facts, _ = examine(io.BytesIO(first + junk))
    assert facts.frames == COUNTS[0]


@pytest.mark.parametrize("name", [name for name in KINDS if name not in STREAMS])
def test_lengths_that_damage_made_lead_nowhere(name, tmp_path) -> None:
    """Whatever byte of its beginning is another: an answer, and no place beyond the file."""
    film = files(tmp_path, KINDS[name])[0][:3000]
    for place in range(120):
        for byte in (0, 0x7F, 0xFF):
            worn = bytearray(film)
            worn[place : place + 8] = bytes([byte]) * 8
            assert films_behind(io.BytesIO(bytes(worn))) == ()


def test_pieces_that_come_with_their_films_head_again_are_one_film(tmp_path) -> None:
    """A film that was sent live may repeat its head; its clock goes on, and every picture is read."""
    live = LIVE | {"frag_duration": "400000"}
    film = build(tmp_path, Clip(gop=10, frames=30, container_options=live)).read_bytes()
    film = film[: film.rindex(b"mfra") - 4]
    begins = [found.start() - 4 for found in re.finditer(b"moof", film)]
    assert len(begins) == 3
    head = film[: begins[0]]
    facts, _ = examine(io.BytesIO(film[: begins[1]] + head + film[begins[1] : begins[2]] + head + film[begins[2] :]))
    assert (facts.frames, facts.damage) == (30, ())


def test_old_films_of_a_table_and_content_alone_are_parted_too(tmp_path) -> None:
    """QuickTime before it had a type: the first box is that of the content."""
    bare = []
    for film in files(tmp_path, KINDS["mov"]):
        size = int.from_bytes(film[:4], "big")
        assert film[4:8] == b"ftyp"
        bare.append(size.to_bytes(4, "big") + b"skip" + film[8:])
    cut = bare[1][int.from_bytes(bare[1][:4], "big") :]
    assert films_behind(io.BytesIO(bare[0] + bare[1])) == (len(bare[0]),)
    assert films_behind(io.BytesIO(bare[0] + cut)) == (len(bare[0]),)
    assert films_behind(io.BytesIO(bare[0])) == ()


def test_a_film_that_was_never_finished_behind_another_is_not_passed_over(tmp_path) -> None:
    first, second = files(tmp_path, KINDS["mp4"])
    unfinished = second[: second.index(b"moov") - 4]
    begins = parted(first + unfinished)
    with pytest.raises(FilmError, match="film-unfinished"):
        examine(FilePart(io.BytesIO(first + unfinished), (begins[0], len(first + unfinished))))
