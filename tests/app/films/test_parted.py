"""A clock that jumps or begins anew inside a film, and time between two files: every picture, once, at its time."""

import io
from fractions import Fraction
from pathlib import Path

import av
import pytest

from app.errors import FilmError
from app.films.intake import Brought, Wish, bring_in
from app.model.recording import NOT_FILMED, SEAM
from app.model.timecode import SECOND
from tests.material.clips_split import Split, split
from tests.material.films import Clip, build, read_number
from tests.material.jumping import jumped
from tests.material.work import Work
from video.open.frame_index import unpack
from video.open.frames import FrameSource
from video.open.probe import examine

pytestmark = pytest.mark.long

PICTURE = 40_000
CAMERA = Clip(container="ts", b_frames=2, gop=10, sound="aac")
#: the last tick but a second of a clock of 33 bits
FULL = Fraction(2**33, 90_000)


@pytest.fixture
def take_in(films, vault):
    """Take files in; the film, when each picture is shown (µs), and what each shows."""

    def do(*sources: Path) -> tuple[Brought, list[int], list[int]]:
        brought = bring_in(films, vault, Wish(sources, "meeting"), Work())
        index = unpack(brought.recording.index)
        with vault.open(brought.recording) as file:
            reader = FrameSource(file, index)
            seen = [read_number(reader.pixels(n)[1]) for n in range(len(index))]
            reader.close()
        return brought, index.times.tolist(), seen

    return do


def together(folder: Path, plan: Split) -> Path:
    """The files of a recording copied one behind the other."""
    source = folder / f"film.{plan.clip.container}"
    source.write_bytes(b"".join(path.read_bytes() for path in split(folder, plan)))
    return source


@pytest.mark.parametrize(
    ("container", "start", "pause", "jump"),
    [
        ("ts", 0, 1000, 1000),
        ("m2ts", 0, 1000, 1000),
        ("ts", 0, 20, 20),
        ("ts", 5000, -4000, -4000),  # taken for a clock that has run over
        ("ts", 0, Fraction(-8, 5), -1),  # begins anew
        ("ts", 5, Fraction(-1, 2), 0),  # falls back by less than a second
        ("ts", 0, 50_000, 0),  # forward by 13.9 hours, or back by 12.6: its 33 bits do not tell
        ("ts", 80_000, -70_000, 0),  # began anew after 22 hours, or ran over
    ],
)
def test_a_jump_of_a_streams_clock_is_a_seam_and_the_films_time_goes_on(
    container, start, pause, jump, take_in, tmp_path
) -> None:
    clip = Clip(container=container, b_frames=2, gop=10, sound="aac")
    plan = Split(clip, (40, 35), Fraction(start), clock_goes_on=True, pause=Fraction(pause))
    brought, times, seen = take_in(together(tmp_path, plan))
    assert seen == list(range(75))
    assert max(abs(t - n * PICTURE) for n, t in enumerate(times)) <= 2
    (seam,) = (d for d in brought.recording.facts.damage if d.what == SEAM)
    assert (seam.start, seam.end) == (40 * PICTURE, 40 * PICTURE)
    assert abs(seam.jump / SECOND - jump) < 0.7
    assert brought.as_filmed
    assert brought.recording.facts.rate_kind == "constant"


@pytest.mark.parametrize("by", [1000.0, float(FULL) - 1.0])
def test_a_jump_in_the_midst_of_woven_packets_loses_no_picture(by, take_in, tmp_path) -> None:
    """No tables stand before it, and sound and pictures of both sides are woven. The second one falls back by 1 s."""
    source = tmp_path / "film.ts"
    source.write_bytes(jumped(build(tmp_path, Clip(b_frames=2, gop=10, sound="aac", frames=75)), 1.5, by))
    brought, times, seen = take_in(source)
    assert seen == list(range(75))
    assert max(abs(t - n * PICTURE) for n, t in enumerate(times)) <= 2
    assert [d.what for d in brought.recording.facts.damage] == [SEAM]


def test_several_jumps_of_every_kind_are_parted_one_after_the_other(take_in, tmp_path) -> None:
    source, parts, first = tmp_path / "film.ts", [], 0
    for number, start in enumerate((0, 1000, 1000, 500, 7)):
        plan = Split(CAMERA, (first + 20,) if not first else (first, 20), Fraction(start))
        parts.append(split(tmp_path, plan, f"P{number}")[-1].read_bytes())
        first += 20
    source.write_bytes(b"".join(parts))
    brought, times, seen = take_in(source)
    assert seen == list(range(100))
    assert max(abs(t - n * PICTURE) for n, t in enumerate(times)) <= 2
    assert [d.start for d in brought.recording.facts.damage if d.what == SEAM] == [
        n * 20 * PICTURE for n in (1, 2, 3, 4)
    ]


def test_a_clock_that_has_run_over_goes_on(tmp_path) -> None:
    """After 26.5 hours a stream's clock begins at 0: that is no jump."""
    film = build(tmp_path, Clip(**vars(CAMERA) | {"frames": 100, "start": FULL - 2 - Fraction(7, 5)}))
    facts, index = examine(film)
    assert (facts.frames, facts.damage, facts.rate_kind) == (100, (), "constant")
    assert index.times.tolist() == [n * PICTURE for n in range(100)]


@pytest.mark.parametrize("container", ["ts", "mkv", "mp4"])
def test_a_picture_that_stays_while_sound_goes_on_was_filmed(container, tmp_path) -> None:
    """A recording of a screen on which nothing moved for half a minute."""
    stamps = [*range(0, 1000, 40), *range(31_000, 32_000, 40)]
    facts, index = examine(build(tmp_path, Clip(container=container, stamps=stamps, sound="aac")))
    assert (facts.frames, facts.damage, facts.rate_kind) == (50, (), "variable")
    assert abs(int(index.times[25]) - 31 * SECOND) < 2_000


def test_a_film_with_one_clock_that_has_neither_picture_nor_sound_for_a_while_has_a_hole(tmp_path) -> None:
    """In a container with a table of times the time is believed; so is a short wait in a stream."""
    whole = build(tmp_path, Clip(b_frames=2, gop=10, sound="aac", frames=75))
    film = jumped(whole, 1.5, 5.0)
    facts, index = examine(io.BytesIO(film))
    assert [(d.start, d.end, d.what) for d in facts.damage] == [(1_600_000, 6_600_000, NOT_FILMED)]
    assert int(index.times[40]) == 6_600_000
    assert (facts.rate_kind, facts.fps, facts.filmed) == ("constant", 25.0, 3 * SECOND)


@pytest.mark.parametrize("container", ["mkv", "mp4", "flv"])
def test_files_copied_behind_each_other_are_parted_where_the_next_begins(container, take_in, tmp_path) -> None:
    plan = Split(Clip(container=container, b_frames=2, sound="aac"), (40, 35))
    brought, times, seen = take_in(together(tmp_path, plan))
    assert seen == list(range(75))
    assert max(abs(t - n * PICTURE) for n, t in enumerate(times)) <= 2_000
    assert [d.what for d in brought.recording.facts.damage] == [SEAM]


def test_what_cannot_be_parted_is_refused_with_its_sentence(films, vault, tmp_path) -> None:
    """The clock falls back, and neither a table nor a head of a file stands where it does."""
    data = bytearray(together(tmp_path, Split(Clip(container="mkv", b_frames=2), (40, 35))).read_bytes())
    second = data.rfind(b"\x1a\x45\xdf\xa3")
    data[second] = 0xEC  # an element of nothing, in the place of the second file's head
    source = tmp_path / "worn.mkv"
    source.write_bytes(data)
    with pytest.raises(FilmError, match="film-clock-restarts"):
        bring_in(films, vault, Wish((source,), "meeting"), Work())


# time between two files


def with_timecode(folder: Path, counts: tuple[int, ...], codes: tuple[str, ...], fps: Fraction) -> list[Path]:
    """Chapters of a camera that writes a timecode into each."""
    files = split(folder, Split(Clip(container="mov", b_frames=2, gop=10, fps=fps), counts))
    return [coded(path, code) for path, code in zip(files, codes, strict=True)]


def coded(path: Path, timecode: str) -> Path:
    """The pictures of a film, with a timecode."""
    made = path.with_name(f"T{path.stem}.mov")
    with av.open(str(path)) as film, av.open(str(made), "w") as new:
        track = new.add_stream_from_template(film.streams.video[0])
        track.metadata["timecode"] = timecode
        for packet in film.demux(film.streams.video[0]):
            if packet.size:
                packet.stream = track
                new.mux(packet)
    return made


#: in fragments that say when on the camera's clock they were taken
LIVE = {"movflags": "frag_keyframe+delay_moov+default_base_moof"}


@pytest.mark.parametrize(
    "clip",
    [
        CAMERA,
        Clip(container="m2ts", b_frames=2, gop=10, sound="ac3"),
        Clip(container="mp4", gop=10, container_options=LIVE),
        Clip(codec="mpeg2video", container="mpg", b_frames=2, gop=12, sound="mp2"),
    ],
    ids=lambda clip: clip.container,
)
def test_files_whose_clock_goes_on_are_laid_with_the_hole_between_them(clip, take_in, tmp_path) -> None:
    """Two files of a camera between which 51 pictures are missing: a hole, drawn and not filled."""
    hole = Fraction(51, 25)
    files = split(tmp_path, Split(clip, (40, 35), Fraction(3), clock_goes_on=True, pause=hole))
    brought, times, seen = take_in(*files)
    assert seen == list(range(75))
    expected = [n * PICTURE + (51 * PICTURE if n >= 40 else 0) for n in range(75)]
    assert max(abs(a - b) for a, b in zip(times, expected, strict=True)) <= 12
    (gap,) = brought.recording.facts.damage
    assert gap.what == NOT_FILMED
    assert abs(gap.start - 1_600_000) <= 12
    assert abs(gap.end - 3_640_000) <= 12
    facts = brought.recording.facts
    assert (facts.rate_kind, facts.fps) == ("constant", 25.0)
    assert abs(facts.filmed - 3 * SECOND) <= 24


@pytest.mark.parametrize(
    ("codes", "fps", "pictures"),
    [
        (("10:00:00:00", "10:00:03:16"), Fraction(25), 51),  # 40 pictures, and 51 that nobody filmed
        (("10:00:00:00", "10:00:01:15"), Fraction(25), 0),  # it counts what is filmed
        (("10:00:00:00", "10:00:00:00"), Fraction(25), 0),  # it begins anew in each file
        (("10:00:00:00", "10:05:00:00"), Fraction(25), 0),  # another recording: no camera lets anybody wait so long
        (("00:00:59;00", "00:01:02;12"), Fraction(30_000, 1001), 60),  # two numbers are left out at the minute
        (("somewhen", "10:00:03:16"), Fraction(25), 0),
    ],
)
def test_a_timecode_tells_the_hole_to_the_picture(codes, fps, pictures, take_in, tmp_path) -> None:
    brought, times, seen = take_in(*with_timecode(tmp_path, (40, 35), codes, fps))
    assert seen == list(range(75))
    holes = brought.recording.facts.holes
    assert len(holes) == (pictures > 0)
    assert round((times[40] - times[39]) * fps / SECOND) == pictures + 1
    for start, end in holes:
        assert abs((end - start) * fps / SECOND - pictures) < 0.01


def test_parts_that_must_be_encoded_anew_keep_their_hole(take_in, tmp_path) -> None:
    one = split(tmp_path, Split(Clip(b_frames=2), (40,)), "A")
    other = split(tmp_path, Split(Clip(codec="libx265", b_frames=2), (40, 35)), "B")
    brought, times, seen = take_in(coded(one[0], "10:00:00:00"), coded(other[1], "10:00:03:16"))
    assert not brought.as_filmed
    assert seen == list(range(75))
    assert times[40] - times[39] == 52 * PICTURE
    assert brought.recording.facts.holes == ((1_600_000, 3_640_000),)


def overlapping(folder: Path, clip: Clip, again: int) -> list[Path]:
    """Files of a camera that began the second one so many pictures before it ended the first: both have them."""
    one = split(folder, Split(clip, (40,), Fraction(3)), "A")
    two = split(folder, Split(clip, (40 - again, 35 + again), Fraction(3), clock_goes_on=True), "B")
    return [one[0], two[1]]


@pytest.mark.parametrize(
    ("clip", "again", "as_filmed"),
    [
        (CAMERA, 3, True),
        (CAMERA, 2, False),  # a picture before them is made from one of them
        (Clip(container="mp4", gop=10, container_options=LIVE), 5, True),
        (Clip(codec="mpeg2video", container="mpg", b_frames=0, gop=12, sound="mp2"), 1, True),
    ],
)
def test_pictures_that_two_files_both_have_are_there_once_and_at_their_time(
    clip, again, as_filmed, take_in, tmp_path
) -> None:
    brought, times, seen = take_in(*overlapping(tmp_path, clip, again))
    assert seen == list(range(75))
    assert max(abs(t - n * PICTURE) for n, t in enumerate(times)) <= 12
    assert (brought.as_filmed, brought.recording.facts.damage) == (as_filmed, ())
    assert brought.recording.facts.rate_kind == "constant"


@pytest.mark.parametrize("codes", [("10:00:00:00", "10:00:01:12")])
def test_a_timecode_tells_of_an_overlap_too(codes, take_in, tmp_path) -> None:
    plain = Clip(container="mov", gop=10)
    files = [coded(path, code) for path, code in zip(overlapping(tmp_path, plain, 3), codes, strict=True)]
    brought, times, seen = take_in(*files)
    assert seen == list(range(75))
    assert max(abs(t - n * PICTURE) for n, t in enumerate(times)) <= 12
    assert brought.as_filmed


def test_where_two_files_have_other_pictures_of_one_time_all_are_kept_and_that_is_told(take_in, tmp_path) -> None:
    """The second file begins three pictures before the first ends, by a clock that is wrong."""
    files = split(tmp_path, Split(CAMERA, (40, 35), clock_goes_on=True, pause=Fraction(-3, 25)))
    brought, times, seen = take_in(*files)
    assert seen == list(range(75))
    assert max(abs(t - n * PICTURE) for n, t in enumerate(times)) <= 2
    assert [(d.what, d.start, d.jump) for d in brought.recording.facts.damage] == [(SEAM, 40 * PICTURE, 0)]
