"""What is readable of an unfinished film becomes a new one: every picture at its place, or a sentence."""

import hashlib
import io
import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import FilmError
from app.ports.pieced_film import PiecedFilm
from tests.material.films import Clip, build, read_number
from tests.material.unfinished import OWN_WORDS, READABLE, TABLED, left_empty, unfinished
from video.open import unfinished as limits
from video.open.frame_index import FrameIndex
from video.open.frames import FrameSource
from video.open.open_film import open_film
from video.open.probe import examine, probe
from video.open.salvage.salvage import Made, salvage

T = TypeVar("T")
ANY_SHARE = st.floats(0.0, 1.0)
FEW = settings(
    max_examples=settings().max_examples // 5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def nothing(_: float) -> None:
    return


def salvaged(path: Path, *references: Path) -> Made:
    return salvage(path, references, nothing)


def numbers(file: Any, index: FrameIndex) -> list[int]:
    source = FrameSource(file, index)
    read = [read_number(source.pixels(n)[1]) for n in range(len(index))]
    source.close()
    return read


def seen(path: Path, made: Made) -> list[int]:
    with path.open("rb") as file:
        return numbers(PiecedFilm(file, made.pieces), made.index)


def told(made: Made) -> set[str]:
    return {damage.what for damage in made.facts.damage}


def broken_off(tmp_path: Path, clip: Clip, share: float = 0.7) -> tuple[Path, Path]:
    """(the unfinished film, a whole one of the same camera)."""
    whole = build(tmp_path, clip, "whole")
    path = tmp_path / f"broken.{clip.container}"
    path.write_bytes(unfinished(whole.read_bytes(), share))
    return path, whole


def outcome(act: Callable[[], T]) -> T | FilmError:
    try:
        return act()
    except FilmError as error:
        return error


def key_of(path: Path) -> str:
    found = outcome(lambda: probe(path))
    assert isinstance(found, FilmError)
    return found.key


def refused(path: Path, *references: Path) -> str:
    with pytest.raises(FilmError) as caught:
        salvaged(path, *references)
    return caught.value.key


@pytest.mark.parametrize("kind", TABLED)
def test_every_picture_that_was_written_is_there_in_its_order(kind: str, tmp_path: Path) -> None:
    clip = TABLED[kind]
    path, whole = broken_off(tmp_path, clip)
    before = path.read_bytes()
    made = salvaged(path, whole)
    frames = len(clip.stamps) or clip.frames
    assert frames * 0.55 < len(made.index) < frames * 0.8
    assert seen(path, made) == list(range(len(made.index)))
    assert told(made) == {"computed-times"}
    assert bool(made.facts.sound_tracks) == bool(clip.sound)
    assert made.facts.rotation == probe(whole).rotation
    assert made.reference == 0
    assert path.read_bytes() == before
    if not clip.stamps:
        assert max(abs(made.index.times - clip.times[: len(made.index)])) <= 1


@pytest.mark.parametrize("kind", ["h264-aac", "h264-pcm", "hevc", "mjpeg-pcm"])
@FEW
@given(share=ANY_SHARE)
def test_cut_anywhere_a_film_gives_its_pictures_or_a_sentence(kind: str, share: float, tmp_path: Path) -> None:
    path, whole = broken_off(tmp_path, TABLED[kind], share)
    made = outcome(lambda: salvaged(path, whole))
    if isinstance(made, FilmError):
        assert made.key in ("salvage-nothing", "salvage-other-kind")
        assert share < 0.5
        return
    assert seen(path, made) == list(range(len(made.index)))
    assert told(made) <= {"computed-times", "no-sound"}


@pytest.mark.parametrize("kind", ["h264-aac", "h264-ntsc", "hevc"])
def test_sound_without_a_word_about_its_lengths_is_the_sound_that_was_filmed(kind: str, tmp_path: Path) -> None:
    path, whole = broken_off(tmp_path, TABLED[kind])
    made = salvaged(path, whole)
    with path.open("rb") as file:
        found = packets(PiecedFilm(file, made.pieces))
    assert len(found) > 40
    assert found == packets(whole)[: len(found)]


def packets(film: Any) -> list[tuple[int, bytes]]:
    with open_film(film) as opened:
        sound = opened.container.streams.audio[0]
        return [(packet.pts, bytes(packet)) for packet in opened.container.demux(sound) if packet.size]


@pytest.mark.parametrize("kind", OWN_WORDS)
def test_a_film_that_says_itself_how_it_is_packed_needs_no_other(kind: str, tmp_path: Path) -> None:
    path, _ = broken_off(tmp_path, OWN_WORDS[kind])
    made = salvaged(path)
    assert seen(path, made) == list(range(len(made.index)))
    assert len(made.index) > 30
    assert made.facts.fps == 25
    assert made.reference is None
    assert ("no-sound" in told(made)) == bool(OWN_WORDS[kind].sound)


def test_how_pictures_are_packed_may_be_said_beside_them_alone(tmp_path: Path) -> None:
    path, whole = broken_off(tmp_path, OWN_WORDS["avc3"])
    data = bytearray(whole.read_bytes())
    at = data.rindex(b"avcC") + 4
    data[at + 5 : at + 7] = b"\xe0\0"  # no sequence parameter set, and none of pictures
    whole.write_bytes(data)
    made = salvaged(path, whole)
    assert made.reference == 0
    assert told(made) == {"computed-times"}
    assert seen(path, made) == list(range(len(made.index)))


def test_a_film_that_does_not_say_it_asks_for_another(tmp_path: Path) -> None:
    path, _ = broken_off(tmp_path, TABLED["h264-aac"])
    assert refused(path) == "salvage-needs-reference"


def test_a_film_of_another_camera_is_not_believed(tmp_path: Path) -> None:
    path, whole = broken_off(tmp_path, TABLED["h264-aac"])
    others = [build(tmp_path, clip, f"other{n}") for n, clip in enumerate((
        TABLED["hevc"], TABLED["mjpeg-pcm"], READABLE["mkv"],
        Clip(scale=2, options={"profile": "high", "x264-params": "cabac=1"}),
    ))]  # fmt: skip
    assert refused(path, *others) == "salvage-other-kind"
    assert refused(path, path) == "salvage-other-kind"
    assert salvaged(path, *others, whole).reference == len(others)


def test_pictures_that_came_slower_than_the_other_films_keep_to_the_sound(tmp_path: Path) -> None:
    dark = Clip(fps=Fraction(12), frames=100, sound="aac", gop=12)
    path, _ = broken_off(tmp_path, dark, 0.95)
    bright = build(tmp_path, Clip(fps=Fraction(25), frames=60, sound="aac", gop=12), "bright")
    made = salvaged(path, bright)
    assert seen(path, made) == list(range(len(made.index)))
    assert abs(made.facts.fps - 12) < 1.5


def test_the_empty_rest_of_a_file_is_told_and_nothing_of_it_is_read(tmp_path: Path) -> None:
    path, whole = broken_off(tmp_path, TABLED["h264-aac"])
    written = path.read_bytes()
    path.write_bytes(written + bytes(3 * len(written)))
    made = salvaged(path, whole)
    assert seen(path, made) == list(range(len(made.index)))
    empty = next(damage for damage in made.facts.damage if damage.what == "empty")
    assert empty.start == made.facts.duration
    assert abs(empty.end - 4 * made.facts.duration) < made.facts.duration * 0.05


def test_a_hole_within_is_told(tmp_path: Path) -> None:
    path, whole = broken_off(tmp_path, Clip(frames=100, scale=4, gop=10), 1.0)
    data = bytearray(path.read_bytes())
    hole = len(data) // 2
    data[hole : hole + 6000] = os.urandom(6000)
    path.write_bytes(data)
    made = salvaged(path, whole)
    lost = next(damage for damage in made.facts.damage if damage.what == "lost-within")
    read = seen(path, made)
    kept = [n for n, time in enumerate(made.index.times) if time < lost.start]
    assert [read[n] for n in kept] == kept
    assert len(kept) > 20


def test_an_end_that_cannot_be_read_is_not_called_empty(tmp_path: Path) -> None:
    path, whole = broken_off(tmp_path, TABLED["h264-aac"])
    written = path.read_bytes()
    path.write_bytes(written + os.urandom(2 * len(written)) + bytes(len(written)))
    made = salvaged(path, whole)
    unread = next(damage for damage in made.facts.damage if damage.what == "unread")
    assert unread.start == made.facts.duration
    assert "empty" not in told(made)


def test_noise_is_nothing(tmp_path: Path) -> None:
    path, whole = broken_off(tmp_path, TABLED["h264-aac"])
    head = path.read_bytes()[:48]
    path.write_bytes(head + os.urandom(300_000))
    assert refused(path, whole) == "salvage-other-kind"
    assert refused(path) == "salvage-needs-reference"
    path.write_bytes(head + bytes(300_000))
    assert refused(path, whole) == "salvage-other-kind"


@pytest.mark.parametrize("kind", READABLE)
@FEW
@given(share=ANY_SHARE, empty=st.booleans())
def test_a_film_that_can_be_read_gives_what_is_there(kind: str, share: float, empty: bool, tmp_path: Path) -> None:
    clip = READABLE[kind]
    whole = build(tmp_path, clip, "whole").read_bytes()
    path = tmp_path / f"cut.{clip.container}"
    path.write_bytes(left_empty(whole, share) if empty else whole[: int(len(whole) * share)])
    found = outcome(lambda: examine(path))
    if isinstance(found, FilmError):
        assert found.key in ("film-damaged", "film-empty", "film-not-a-film", "film-no-picture")
        assert share < 0.3
        return
    facts, index = found
    with path.open("rb") as file:
        read = numbers(file, index)
    certain = max(len(read) - clip.b_frames - 4, 0)  # what leans on pictures beyond the cut is told as broken
    assert read[:certain] == list(range(certain))
    assert all(damage.what != "cut-off" or damage.end <= clip.times[-1] + 200_000 for damage in facts.damage)


@pytest.mark.parametrize("kind", ["fragments", "ts", "mts", "mpg", "flv", "asf"])
def test_the_end_that_was_left_empty_is_told_where_nothing_else_promises_it(kind: str, tmp_path: Path) -> None:
    clip = READABLE[kind]
    path = build(tmp_path, clip)
    assert "empty" not in {damage.what for damage in probe(path).damage}
    path.write_bytes(left_empty(path.read_bytes(), 0.4))
    facts = probe(path)
    empty = next(damage for damage in facts.damage if damage.what == "empty")
    assert facts.duration <= empty.start < empty.end
    assert abs(empty.end - 4_000_000) < 2_500_000


def test_half_the_head_of_the_last_fragment_costs_no_other(tmp_path: Path) -> None:
    """FFmpeg opens no such film."""
    whole = build(tmp_path, READABLE["fragments"]).read_bytes()
    begin = whole.rindex(b"moof") - 4
    frames = None
    for more in range(0, 160, 3):
        path = tmp_path / "cut.mp4"
        path.write_bytes(whole[: begin + more])
        frames = frames or probe(path).frames
        assert probe(path).frames == frames > 80


def test_a_cameras_filling_in_a_box_of_its_own_is_no_lost_end(tmp_path: Path) -> None:
    path = build(tmp_path, READABLE["fragments"])
    path.write_bytes(path.read_bytes() + (500_008).to_bytes(4, "big") + b"free" + bytes(500_000))
    assert probe(path).damage == ()


@pytest.mark.parametrize("kind", ["ts", "mts", "mpg"])
def test_a_film_whose_beginning_is_lost_is_entered_later(kind: str, tmp_path: Path) -> None:
    path = build(tmp_path, READABLE[kind])
    whole = path.read_bytes()
    path.write_bytes(bytes(4096) + whole[4096:])
    made = salvaged(path)
    read = seen(path, made)
    assert read == list(range(read[0], read[0] + len(read)))
    assert len(read) > 50


def test_dv_in_a_film_whose_beginning_is_lost_is_found_picture_by_picture(tmp_path: Path) -> None:
    path = build(tmp_path, Clip(container="avi", codec="dvvideo", size=(720, 576), frames=12, sound="pcm_s16le"))
    data = path.read_bytes()
    path.write_bytes(bytes(300_000) + data[300_000:])
    made = salvaged(path)
    read = seen(path, made)
    assert read == list(range(read[0], 12))
    assert len(read) >= 9
    assert told(made) == set()
    # a picture that is none any more leaves room for one
    hole = data.index(b"\x1f\x07\x00\xbf", 900_000)
    path.write_bytes(bytes(300_000) + data[300_000:hole] + bytes(4) + data[hole + 4 :])
    made = salvaged(path)
    lost = next(damage for damage in made.facts.damage if damage.what == "lost-within")
    read = seen(path, made)
    assert lost.start == made.index.times[next(n for n, number in enumerate(read) if number != read[0] + n)]


def test_at_the_cards_limit_it_says_where_the_film_went_on(tmp_path: Path, monkeypatch) -> None:
    path, _ = broken_off(tmp_path, TABLED["h264-aac"])
    size = path.stat().st_size
    monkeypatch.setattr(limits, "_NEAR_LIMIT", 100)
    monkeypatch.setattr(limits, "CARD_LIMIT", size + 101)
    assert key_of(path) == "film-unfinished"
    monkeypatch.setattr(limits, "CARD_LIMIT", size + 1)
    assert key_of(path) == "film-unfinished-full"
    # one that can be read says it as well
    fast = build(tmp_path, Clip(frames=200, sound="aac", container_options={"movflags": "faststart"}), "fast")
    data = fast.read_bytes()[: fast.stat().st_size // 2]
    monkeypatch.setattr(limits, "CARD_LIMIT", len(data))
    fast.write_bytes(data)
    assert {damage.what for damage in probe(fast).damage} >= {"card-full"}
    assert limits.is_at_limit(len(data))


@pytest.mark.parametrize(
    ("size", "is_full"), [(2**32 - 1, True), (2**32, True), (2**32 - 2**21, False), (2**33, False)]
)
def test_where_cards_end_a_file(size: int, is_full: bool) -> None:
    assert limits.is_at_limit(size) == is_full


def test_pieces_read_as_one_file(tmp_path: Path) -> None:
    original = io.BytesIO(b"0123456789")
    film = PiecedFilm(original, (b"ab", (3, 6), b"c", (0, 1)))
    assert film.read() == b"ab345c0"
    film.seek(-3, 2)
    assert film.read(2) in (b"5", b"5c")
    film.seek(1)
    buffered = io.BufferedReader(film)
    assert buffered.read() == b"b345c0"
    assert PiecedFilm(original, ()).read() == b""


def test_the_checksum_is_that_of_the_new_film(tmp_path: Path) -> None:
    path, whole = broken_off(tmp_path, TABLED["h264-aac"])
    made = salvaged(path, whole)
    with path.open("rb") as file:
        film = io.BufferedReader(PiecedFilm(file, made.pieces)).read()
    assert made.sha256 == hashlib.sha256(film).hexdigest()
    again = tmp_path / "again.mp4"
    again.write_bytes(film)
    assert probe(again).frames == made.facts.frames
    with av.open(str(again)) as opened:
        assert len(list(opened.decode(video=0))) == made.facts.frames


def test_what_is_no_film_at_all_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "letter.mp4"
    for content in (b"", b"letter" * 1000, bytes(10_000)):
        path.write_bytes(content)
        assert refused(path) == "salvage-nothing"
    assert refused(tmp_path / "none.mp4") == "film-missing"
