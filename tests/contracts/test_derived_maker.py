"""What every maker of copies keeps to: the one of the film engine, and the one that stands in for it in tests."""

import io
import itertools

import pytest

from app.errors import Cancelled
from app.model.recording import DerivedKind
from app.ports import TakenIn
from tests.material.films import Clip, bytes_of
from tests.stand_ins.fake_films import FakeMaker
from video.open.frame_index import build_index, unpack
from video.tools import film_tools

SECOND = 1_000_000
END = 4 * SECOND


class Sink:
    """A container in memory that only grows."""

    name, wrapped_key = "sink", b"key"

    def __init__(self) -> None:
        self.content = bytearray()

    def write(self, data: bytes) -> int:
        self.content += data
        return len(data)

    def sync(self) -> None:
        raise AssertionError("a copy is on the disk at its end")

    def keep(self) -> TakenIn:
        raise AssertionError("the caller keeps")

    def discard(self) -> None:
        raise AssertionError("the caller discards")


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> tuple[bytes, bytes]:
    content = bytes_of(tmp_path_factory.mktemp("film"), Clip(frames=100, gop=50, b_frames=2, sound="aac"))
    return content, build_index(io.BytesIO(content)).pack()


@pytest.fixture(params=["fake", "real"])
def maker(request):
    if request.param == "fake":
        spans = {"scrub": [(0, END // 2), (END // 2, END)], "waveform": [(0, END)], "thumbnails": [(0, END)]}
        return FakeMaker(**spans)
    return film_tools(None, None).derived


@pytest.mark.parametrize("kind", DerivedKind)
def test_parts_follow_each_other_from_the_first_picture_to_the_end(maker, film, kind) -> None:
    spans = maker.parts(kind, film[1])
    assert spans[0][0] == 0
    assert spans[-1][1] >= END
    assert all(a[1] == b[0] for a, b in itertools.pairwise(spans))
    assert all(start < end for start, end in spans)
    assert spans == maker.parts(kind, film[1])


@pytest.mark.parametrize("kind", DerivedKind)
def test_a_part_is_written_and_told(maker, film, kind) -> None:
    opened: list[io.BytesIO] = []

    def source() -> io.BytesIO:
        opened.append(io.BytesIO(film[0]))
        return opened[-1]

    out, told = Sink(), []
    made = maker.make(kind, source, film[1], maker.parts(kind, film[1])[0], out, told.append, lambda: False)
    assert out.content
    assert bool(made) == (kind is DerivedKind.SCRUB)
    assert all(0 <= share <= 1 for share in told)
    assert told == sorted(told)
    assert [file.closed for file in opened] == [True]


@pytest.mark.parametrize("kind", DerivedKind)
def test_a_cancelled_part_says_so(maker, film, kind) -> None:
    with pytest.raises(Cancelled):
        maker.make(
            kind, lambda: io.BytesIO(film[0]), film[1], maker.parts(kind, film[1])[0], Sink(), lambda _: None,
            lambda: True,
        )  # fmt: skip


def test_a_film_without_sound_has_no_waveform(tmp_path) -> None:
    index = build_index(io.BytesIO(bytes_of(tmp_path, Clip(frames=10)))).pack()
    derived = film_tools(None, None).derived
    assert derived.parts(DerivedKind.WAVEFORM, index) == ()
    assert len(derived.parts(DerivedKind.THUMBNAILS, index)) == 1


def test_the_scrub_copy_tells_its_pictures_by_the_films_stamps(film) -> None:
    derived = film_tools(None, None).derived
    (span,) = derived.parts(DerivedKind.SCRUB, film[1])
    made = derived.make(
        DerivedKind.SCRUB, lambda: io.BytesIO(film[0]), film[1], span, Sink(), lambda _: None, lambda: False
    )
    assert unpack(made).stamps.tolist() == unpack(film[1]).stamps.tolist()
