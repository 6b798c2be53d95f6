"""Colors: a patch of a film is on the screen, in the copy and in a joined film what it was before the camera."""

import io

import cv2
import numpy as np
import pytest

from app.ports.player import ScrubPart
from tests.material.clips_split import Memory
from tests.material.colored import UNSAID, Colored, colored, seen, stored
from video.copies.scrub_copy import parts, write_scrub
from video.copies.thumbnails import read_thumbnails, write_thumbnails
from video.joining.encoded_anew import encode
from video.joining.survey import survey
from video.open.colors import BT601, BT709, ordinary, pq_of
from video.open.frame_index import build_index
from video.open.frames import FrameSource, frame_png
from video.playing.scrub_source import ScrubSource
from video.recording.fragments import FragmentedFilm

PATCHES = [(0.8, 0.3, 0.1), (0.2, 0.6, 0.3), (0.1, 0.2, 0.6), (0.5, 0.5, 0.5)]
#: as a camera of a large range stores skin, a green leaf, gray cards and dark blue
DIM = [(0.45, 0.38, 0.34), (0.25, 0.35, 0.2), (0.38, 0.38, 0.38), (0.1, 0.12, 0.2)]
HD = (1280, 720)
HLG = Colored(bits=10, matrix=9, said=9, transfer=18, primaries=9)
PQ = Colored(bits=10, matrix=9, said=9, transfer=16, primaries=9)


def shown(path, count: int) -> list[tuple[int, int, int]]:
    source = FrameSource(path, build_index(path))
    try:
        return seen(source.pixels(1)[1], count)
    finally:
        source.close()


def close(found, expected, most: int = 4) -> bool:
    return bool(np.abs(np.array(found, float) - np.array(expected, float)).max() <= most)


def as_stored(colors) -> list[list[float]]:
    return [[255 * part for part in color] for color in colors]


@pytest.mark.parametrize(
    "film",
    [
        Colored(),
        Colored(matrix=5, said=5),
        Colored(matrix=5, said=UNSAID),
        Colored(size=HD, matrix=1, said=UNSAID),
        Colored(size=(720, 576), matrix=5, said=UNSAID, codec="libx264", container="mp4"),
        Colored(size=(720, 576), matrix=1, said=1, codec="libx264", container="mp4"),
        Colored(size=HD, matrix=5, said=5, full=True, codec="mjpeg", container="avi"),
        Colored(matrix=7, said=7),
        Colored(matrix=9, said=9, bits=10),
    ],
    ids=str,
)
def test_a_patch_is_shown_as_it_was_whatever_matrix_and_range_it_was_stored_by(tmp_path, film) -> None:
    assert close(shown(colored(tmp_path / "film", PATCHES, film), 4), as_stored(PATCHES))


@pytest.mark.parametrize("word", [3, 8, 10, 14])
def test_a_word_about_colors_that_nobody_knows_costs_no_picture(tmp_path, word) -> None:
    film = Colored(matrix=5, said=word)
    assert close(shown(colored(tmp_path / "film", PATCHES, film), 4), as_stored(PATCHES))


#: what FFmpeg 8.1's own scaler, which has no knee and takes seconds to begin, makes of dim light
BY_ANOTHER_HAND = {
    HLG: (DIM, [(137, 108, 97), (53, 96, 54), (109, 109, 109), (22, 36, 56)]),
    PQ: (
        [(0.42, 0.39, 0.37), (0.34, 0.36, 0.32), (0.38, 0.38, 0.38), (0.2, 0.21, 0.25)],
        [(141, 112, 100), (83, 97, 78), (108, 108, 108), (37, 44, 57)],
    ),
}


@pytest.mark.parametrize("film", BY_ANOTHER_HAND, ids=["hlg", "pq"])
def test_light_below_the_knee_is_what_another_hand_makes_of_it(tmp_path, film) -> None:
    dim, expected = BY_ANOTHER_HAND[film]
    found = shown(colored(tmp_path / "film", dim, film), 4)
    assert close(found, expected, 6)
    assert not close(found, as_stored(dim), 8), "it was shown as it is stored"


@pytest.mark.parametrize(
    ("film", "white"), [(HLG, 0.75), (PQ, float(pq_of(np.array(203.0))))], ids=["hlg", "pq"]
)  # ITU-R BT.2408, table 1
def test_white_paper_is_white_and_what_is_brighter_is_brighter(tmp_path, film, white) -> None:
    grays = [(v, v, v) for v in (0.0, white, white * 1.1, white * 1.2)]
    found = shown(colored(tmp_path / "film", grays, film), 4)
    assert all(max(color) - min(color) <= 2 for color in found)
    levels = [color[1] for color in found]
    assert levels[0] <= 1
    assert 225 <= levels[1] <= 235
    assert levels[1] < levels[2] < levels[3] <= 255


def test_the_curve_rises_and_ends_at_white() -> None:
    steps = np.repeat(np.linspace(0, 1, 200)[:, None], 3, axis=1)
    for transfer in (16, 18):
        made = ordinary(steps, transfer, 9)[:, 1]
        assert (np.diff(made) >= -1e-9).all()
        assert made[0] == 0
        assert made[-1] == pytest.approx(1, abs=0.001)


def test_more_colors_than_an_ordinary_film_are_brought_to_it(tmp_path) -> None:
    """Gray stays; a red that both can show is redder in words of BT.709."""
    film = Colored(bits=10, matrix=9, said=9, transfer=14, primaries=9)
    red, gray = shown(colored(tmp_path / "film", [(0.6, 0.4, 0.4), (0.5, 0.5, 0.5)], film), 2)
    assert close([gray], as_stored([(0.5, 0.5, 0.5)]), 2)
    linear = np.array([0.6, 0.4, 0.4]) ** 2.4 @ np.array([[1.6605, -0.1246], [-0.5876, 1.1329], [-0.0728, -0.0083]])
    assert close([red[:2]], [255 * linear ** (1 / 2.4)], 3)


def test_what_phones_write_is_seen_everywhere_in_the_same_colors(tmp_path) -> None:
    film = Colored(
        size=(640, 360), bits=10, matrix=9, said=9, transfer=18, primaries=9, codec="libx265", container="mp4"
    )
    path = colored(tmp_path / "film", DIM, film)
    wanted = [color * 255 for color in ordinary(np.array(DIM), 18, 9)]
    assert close(shown(path, 4), wanted)
    index = build_index(path)
    assert close(seen(copied(path, index, 1), 4), wanted, 6)
    with path.open("rb") as file:
        strip = io.BytesIO()
        write_thumbnails(file, index, strip.write, lambda _: None)
    assert close(seen(read_thumbnails(strip).picture(0).pixels, 4), wanted, 6)
    frame_png(path, 0.04, tmp_path / "still.png")
    assert close(seen(cv2.imread(str(tmp_path / "still.png")), 4), wanted)


@pytest.mark.parametrize(
    "film", [Colored(size=HD, said=UNSAID), Colored(matrix=5, said=UNSAID), Colored(matrix=5, said=3)], ids=str
)
def test_the_small_copy_has_the_films_colors(tmp_path, film) -> None:
    path = colored(tmp_path / "film", PATCHES, film)
    assert close(seen(copied(path, build_index(path), 1), 4), as_stored(PATCHES), 6)


def copied(path, index, position: int) -> np.ndarray:
    """The pixels of a picture from the small copy."""
    content = io.BytesIO()
    (span,) = parts(index)
    with path.open("rb") as file:
        packed = write_scrub(file, index, span, content.write, lambda _: None)
    part = ScrubPart(*span, lambda: io.BytesIO(content.getvalue()), packed)
    source = ScrubSource(lambda: path.open("rb"), index, [part])
    try:
        assert source.has_copy(position)
        return source.pixels(position)[1]
    finally:
        source.close()


def test_films_of_other_colors_joined_keep_each_its_own(tmp_path) -> None:
    """What is encoded anew has one matrix and one range, whatever its parts had."""
    films = (
        HLG,
        Colored(matrix=5, said=UNSAID),
        Colored(size=HD, matrix=5, said=5, full=True, codec="mjpeg"),
    )
    colors = ([(0.38, 0.38, 0.38), (0.45, 0.38, 0.34)], PATCHES[:2], PATCHES[:2])
    paths = [colored(tmp_path / f"{n}", c, film) for n, (film, c) in enumerate(zip(films, colors, strict=True))]
    out = Memory()
    quiet, go_on = (lambda _: None), (lambda: False)
    encode([survey(io.BytesIO(path.read_bytes()), quiet, go_on) for path in paths], out, quiet, go_on)
    joined = io.BytesIO(bytes(out.data))
    source = FrameSource(joined, build_index(joined))
    wanted = [[255 * c for c in ordinary(np.array(colors[0]), 18, 9)], as_stored(colors[1]), as_stored(colors[2])]
    for number, expected in enumerate(wanted):
        assert close(seen(source.pixels(3 * number + 1)[1], 2), expected, 6), number
    source.close()


@pytest.mark.parametrize("said", [UNSAID, BT709])
def test_a_recording_says_by_which_matrix_it_was_stored(tmp_path, said) -> None:
    """A webcam of high definition that says nothing stores as an old camera does."""
    film = Colored(size=HD, matrix=BT601 if said == UNSAID else BT709, said=said)
    writer = FragmentedFilm(stored(PATCHES, film), 25, sound=False)
    path = tmp_path / "recorded.mp4"
    content = b"".join(writer.picture(stored(PATCHES, film), n * 40_000) for n in range(3)) + writer.finish()
    path.write_bytes(content)
    assert close(shown(path, 4), as_stored(PATCHES))
