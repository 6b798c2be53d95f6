"""Files into which a recorder cut one stream by size: every picture, once, and the stream as it was."""

import hashlib
import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.error_texts import sentence
from app.errors import FilmError
from app.films.intake import Wish, bring_in
from app.films.intake_queue import SALVAGEABLE
from app.i18n import Texts
from app.model.recording import SEAM
from app.ports import Inspected
from app.ports.file_part import FilePart, FileRow
from app.ports.pieced_film import Salvaged
from tests.drivers.taken_in import linear
from tests.material.builders import facts
from tests.material.clips_split import Split, split
from tests.material.films import Clip, build
from tests.material.work import Work
from video.open.frame_index import unpack

PICTURE = 40_000
DISC = Clip(codec="mpeg2video", container="vob", b_frames=2, gop=12, sound="mp2", frames=200)
CAMERA = Clip(container="m2ts", b_frames=2, gop=12, sound="ac3", frames=100)


@pytest.fixture
def take_in(films, vault):
    """Take pieces in; the film, its index, its bytes."""

    def do(*sources: Path):
        brought = bring_in(films, vault, Wish(sources, "meeting"), Work())
        with vault.open(brought.recording) as file:
            return brought, unpack(brought.recording.index), file.read()

    return do


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The bytes of a film of each kind, built once."""
    folder, built = tmp_path_factory.mktemp("streams"), {}

    def of(clip: Clip) -> bytes:
        name = f"{clip.codec}-{clip.container}"
        if name not in built:
            built[name] = build(folder, clip, name).read_bytes()
        return built[name]

    return of


def pieces(folder: Path, stream: bytes, places: tuple[int, ...], name: str = "MOD{:03d}.MOD") -> list[Path]:
    paths = []
    for number, (begin, end) in enumerate(pairwise((0, *places, len(stream))), start=1):
        path = folder / name.format(number)
        path.write_bytes(stream[begin:end])
        paths.append(path)
    return paths


@pytest.mark.parametrize(
    ("clip", "places"),
    [
        (DISC, (40 * 2048,)),
        (DISC, (61 * 2048,)),
        (DISC, (83 * 2048 + 5, 150 * 2048 - 3)),  # within a packet, twice
        (DISC, (100 * 2048 + 1021,)),
        (DISC, (1500,)),  # within its first packet
        (CAMERA, (230 * 192, 400 * 192 + 2)),  # within the time of arrival of a packet
        (CAMERA, (300 * 192 + 100,)),
    ],
)
def test_every_picture_of_a_stream_cut_by_size_is_there_once(clip, places, whole, take_in, tmp_path) -> None:
    stream = whole(clip)
    files = pieces(tmp_path, stream, places)
    brought, index, stored = take_in(*files)
    assert [number for number, _ in linear(stored)] == list(range(clip.frames))
    assert stored == stream
    assert len(index) == clip.frames
    assert abs(index.times - [n * PICTURE for n in range(clip.frames)]).max() <= 12
    assert (brought.as_filmed, brought.recording.facts.damage) == (True, ())
    assert brought.originals == tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)
    assert brought.recording.sha256 == hashlib.sha256(stream).hexdigest()


def test_a_discs_title_is_one_stream_also_where_its_clock_begins_anew(take_in, tmp_path) -> None:
    """A recorder of discs begins its clock anew in each recording; the title is cut somewhere within the second."""
    plan = Split(Clip(**vars(DISC) | {"frames": 75}), counts=(40, 35))
    stream = b"".join(path.read_bytes() for path in split(tmp_path, plan, "rec"))
    files = pieces(tmp_path, stream, (len(stream) * 3 // 4 // 2048 * 2048 + 700,), "VTS_01_{}.VOB")
    brought, index, stored = take_in(*files)
    assert [number for number, _ in linear(stored)] == list(range(75))
    assert abs(index.times - [n * PICTURE for n in range(75)]).max() <= 12
    assert [d.what for d in brought.recording.facts.damage] == [SEAM]
    assert len(brought.originals) == 2


def test_pieces_and_a_whole_file_are_one_film(take_in, whole, tmp_path) -> None:
    """The last file of a recording was not cut off from the one before it: it is joined as chapters are."""
    plan = Split(Clip(**vars(CAMERA) | {"frames": 75}), counts=(40, 35))
    one, two = split(tmp_path, plan, "rec")
    stream = one.read_bytes()
    brought, _, stored = take_in(*pieces(tmp_path, stream, (len(stream) // 2,), "{:05d}.MTS"), two)
    assert [number for number, _ in linear(stored)] == list(range(75))
    assert len(brought.originals) == 3


def test_a_stream_that_begins_within_a_picture_for_its_first_piece_is_missing_is_refused(
    films, vault, whole, tmp_path
) -> None:
    """No picture of what is there is lost without a word: the sentence is about the first file."""
    stream = whole(DISC)
    _, *rest = pieces(tmp_path, stream, (40 * 2048, 100 * 2048 + 7))
    with pytest.raises(FilmError) as refused:
        bring_in(films, vault, Wish(tuple(rest), "meeting"), Work())
    assert refused.value.values["source"] == 0
    assert "together with the pieces before it" in sentence(Texts("en"), refused.value)
    assert not list((tmp_path / "media").iterdir())


@pytest.mark.parametrize(
    ("there", "before"), [((2, 3), "VTS_01_1.VOB"), ((3,), "VTS_01_2.VOB"), ((1, 3), "VTS_01_2.VOB")]
)
def test_of_a_piece_of_a_title_without_the_one_before_it_is_said_which_is_missing(
    there, before, films, vault, whole, tmp_path
) -> None:
    files = pieces(tmp_path, whole(DISC), (40 * 2048, 83 * 2048 + 5), "VTS_01_{}.VOB")
    with pytest.raises(FilmError, match="film-clock-restarts") as refused:
        bring_in(films, vault, Wish(tuple(files[n - 1] for n in there), "meeting"), Work())
    for language, what_to_do in (
        ("en", "Copy all pieces from VTS_01_1.VOB on"),
        ("fi", "Kopioi levyltä samaan kansioon kaikki osat tiedostosta VTS_01_1.VOB alkaen"),
        ("sv", "Kopiera alla delar från och med VTS_01_1.VOB"),
    ):
        words = sentence(Texts(language), refused.value)
        assert before in words
        assert what_to_do in words


def test_a_later_piece_with_an_empty_beginning_names_the_one_before_and_can_be_salvaged(
    films, vault, whole, tmp_path
) -> None:
    path = tmp_path / "vts_01_2.vob"
    path.write_bytes(bytes(8192) + whole(DISC)[44 * 2048 :])
    with pytest.raises(FilmError) as refused:
        bring_in(films, vault, Wish((path,), "meeting"), Work())
    assert refused.value.key in SALVAGEABLE
    assert "vts_01_1.vob, is not with it" in sentence(Texts("en"), refused.value)


def test_a_first_piece_that_is_refused_lacks_none(films, vault, tmp_path) -> None:
    (tmp_path / "VTS_01_1.VOB").write_bytes(b"no film" * 999)
    with pytest.raises(FilmError, match="film-not-a-film") as refused:
        bring_in(films, vault, Wish((tmp_path / "VTS_01_1.VOB",), "meeting"), Work())
    assert sentence(Texts("en"), refused.value).startswith("This file is not a film that can be opened.")


def test_what_was_salvaged_of_a_piece_does_not_go_on_within_a_picture(films, vault, whole, tmp_path) -> None:
    stream = whole(DISC)
    one, two = pieces(tmp_path, stream, (100 * 2048 + 7,))
    made = Salvaged(Inspected(facts(), b""), ((0, 2048),), "0" * 64, None)
    with pytest.raises(FilmError, match="join-lost") as refused:
        bring_in(films, vault, Wish((one, two), "meeting", salvaged={one: made}), Work())
    assert refused.value.values["source"] == 1
    assert not list((tmp_path / "media").iterdir())


@given(st.lists(st.binary(max_size=9), min_size=1, max_size=5), st.data())
def test_a_row_of_files_reads_as_their_bytes_in_a_row(contents, data) -> None:
    joined = b"".join(contents)
    row = FileRow([io.BytesIO(content) for content in contents])
    assert row.read() == joined
    for _ in range(4):
        at, most = data.draw(st.integers(0, len(joined) + 2)), data.draw(st.integers(0, len(joined) + 2))
        assert row.seek(at) == at
        assert row.read(most) == joined[at : at + most]
    begin = data.draw(st.integers(0, len(joined)))
    assert FilePart(row, (begin, len(joined))).read() == joined[begin:]
    assert row.seek(0, io.SEEK_END) == len(joined)
