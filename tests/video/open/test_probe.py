"""Facts of a film, and damage found where it was done."""

import io
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import pytest

from app.errors import Cancelled, FilmError
from app.model.recording import Damage, SoundTrack
from tests.material.clips_split import cut
from tests.material.films import KINDS, Clip, build, read_number
from video.open.frame_index import unpack
from video.open.frames import FrameSource
from video.open.probe import examine, facts_document, index_own, probe


@pytest.mark.parametrize("kind", KINDS)
def test_whole_films_are_whole(film, kind: str) -> None:
    path, clip = film(kind)
    facts = probe(path)
    assert facts.damage == ()
    assert facts.frames == len(clip.numbers)
    assert facts.rotation == -clip.turned % 360
    assert facts.duration == pytest.approx(clip.times[-1] + 1e6 / float(clip.fps), abs=45_000)


def test_the_document_is_the_commands(film) -> None:
    path, _ = film("h264-mkv")
    assert facts_document(probe(path)) == {
        "frames": 60,
        "duration_s": 2.4,
        "rate": {"kind": "constant", "fps": 25.0, "min_fps": 25.0, "max_fps": 25.0},
        "width": 192,
        "height": 128,
        "rotation": 0,
        "keyframes": 3,
        "video_codec": "h264",
        "sound_tracks": [{"codec": "aac", "channels": 1, "rate": 48000}],
        "hides_damage": "",
        "damage": [],
    }


def test_a_variable_rate_has_bounds(film) -> None:
    facts = probe(film("variable-mp4")[0])
    assert facts.rate_kind == "variable"
    assert facts.min_fps == pytest.approx(1e6 / 49_000)
    assert facts.max_fps == pytest.approx(1e6 / 22_000)


def test_sound_tracks_are_named(film) -> None:
    assert probe(film("vp9")[0]).sound_tracks == (SoundTrack("opus", 1, 48000),)
    assert probe(film("vp9")[0]).video_codec == "vp9"


@pytest.mark.parametrize("kind", [Clip(gop=10, container="mkv"), Clip(gop=10), Clip(gop=10, codec="mpeg4")])
def test_a_broken_picture_is_found_where_it_is(film, kind: Clip) -> None:
    path, _ = film(kind)
    with av.open(str(path)) as container:
        places = [(p.pos, p.size) for p in container.demux(video=0) if p.size]
    broken = bytearray(path.read_bytes())
    for number in (33, 35):
        at, size = places[number]
        for k in range(at + size // 2, at + size // 2 + 4):
            broken[k] ^= 0x5A
    facts, index = examine(io.BytesIO(bytes(broken)))
    assert facts.damage == (Damage(33 * 40_000, 40 * 40_000, "broken-on"),)
    assert len(index) == 60


def test_a_film_that_was_cut_off_says_how_much_is_missing(film) -> None:
    path, _ = film(Clip(frames=400, gop=10, container="mkv", fps=Fraction(25)))
    whole = path.read_bytes()
    facts, index = examine(io.BytesIO(whole[: len(whole) * 6 // 10]))
    (cut,) = facts.damage[-1:]
    assert cut.what == "cut-off"
    assert cut.end == 16_000_000
    assert index.duration - 40_000 <= cut.start <= index.duration


def test_progress_grows_and_cancel_stops(film) -> None:
    path, _ = film(Clip(frames=400, gop=10, container="mkv"))
    told: list[float] = []
    examine(path, told.append)
    assert told == sorted(told)
    assert told[0] == 0.0
    assert told[-1] > 0.9
    with pytest.raises(Cancelled):
        examine(path, lambda _: None, lambda: True)


def test_nothing_to_decode_is_damaged(film) -> None:
    path, _ = film(Clip(frames=30, gop=10, container="mkv"))
    with av.open(str(path)) as container:
        places = [(p.pos, p.size) for p in container.demux(video=0) if p.size]
    broken = bytearray(path.read_bytes())
    for at, size in places:
        broken[at + 8 : at + size] = bytes(size - 8)
    with pytest.raises(FilmError) as caught:
        examine(io.BytesIO(bytes(broken)))
    assert caught.value.key == "film-damaged"


def test_probe_and_frame_load_no_qt() -> None:
    code = (
        "import sys, video.open.probe, video.open.frames;"
        " assert not [m for m in sys.modules if 'PySide' in m or 'storage' in m]"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])


@pytest.mark.parametrize(
    "kind", ["h264-b", "fragments", "variable", "turned-90", "edit-list", "starts-late", "h264-mkv"]
)
def test_our_own_films_are_indexed_by_their_packets_with_the_same_facts(film, kind: str) -> None:
    path, _ = film(kind)
    facts, index = examine(path)
    with path.open("rb") as file:
        found = index_own(file)
    assert found.facts == facts
    assert unpack(found.index).stamps.tolist() == index.stamps.tolist()


def test_our_own_film_that_cannot_be_read_says_so() -> None:
    with pytest.raises(FilmError, match="film-empty"):
        index_own(io.BytesIO(b""))


def test_a_stream_that_was_cut_anywhere_is_whole_from_its_first_keyframe_on(tmp_path) -> None:
    pieces = cut(build(tmp_path, Clip(container="mts", b_frames=2, gop=25, frames=120)), 3)
    for piece in pieces:
        found = probe(piece)
        assert found.frames > 15
        assert found.damage == ()


def test_open_groups_of_pictures_that_begin_in_the_midst_of_one_are_whole(tmp_path) -> None:
    """What refers to pictures before the cut is an error once, and not for every picture to the end."""
    rhythm = "keyint=30:open-gop=1:bframes=3:b-adapt=0:b-pyramid=normal:scenecut=0"
    whole = build(tmp_path, Clip(container="ts", frames=120, options={"x264-params": rhythm})).read_bytes()
    facts, index = examine(io.BytesIO(whole[len(whole) // 3 // 188 * 188 :]))
    assert facts.damage == ()
    source = FrameSource(io.BytesIO(whole[len(whole) // 3 // 188 * 188 :]), index)
    assert [read_number(source.pixels(n)[1]) for n in range(len(index))] == list(range(120 - len(index), 120))
    source.close()
    assert facts.frames >= 60


def test_damage_in_such_a_film_is_where_it_is(tmp_path) -> None:
    """After broken pictures the next group is whole, however many threads decode."""
    rhythm = "keyint=30:open-gop=1:bframes=3:b-adapt=0:b-pyramid=normal:scenecut=0"
    path = build(tmp_path, Clip(container="mkv", frames=120, options={"x264-params": rhythm}))
    with av.open(str(path)) as container:
        at, size = next((p.pos, p.size) for p in container.demux(video=0) if (p.pts or 0) > 1_300)
    broken = bytearray(path.read_bytes())
    broken[at + 12 : at + size] = bytes(size - 12)
    facts, _ = examine(io.BytesIO(bytes(broken)))
    (damage,) = facts.damage
    assert damage.what in ("broken", "broken-on")
    assert 1_200_000 <= damage.start <= 1_360_000
    assert damage.end <= 2_400_000
