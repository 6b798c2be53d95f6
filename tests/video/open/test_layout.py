"""Of a film that is refused its layout is told, figures and codecs, and never what stands in it as words."""

from pathlib import Path

import av
import numpy as np
import pytest

from app.errors import FilmError
from tests.material.films import Clip, build
from video.open.film_gate import ChildFilmGate
from video.open.layout import believed_layout, layout_of

SECRET = "Aino Esimerkki"


@pytest.fixture(scope="module")
def sound_alone(tmp_path_factory) -> Path:
    """A container with a title, sound and no picture."""
    path = tmp_path_factory.mktemp("layout") / f"{SECRET}.m4a"
    with av.open(str(path), "w", format="mp4") as out:
        out.metadata["title"] = SECRET
        track = out.add_stream("aac", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4800), dtype=np.float32), format="fltp", layout="mono")
        frame.sample_rate = 48_000
        out.mux(track.encode(frame))
        out.mux(track.encode(None))
    return path


def test_the_gate_tells_what_it_refused(sound_alone) -> None:
    gate = ChildFilmGate()
    with pytest.raises(FilmError) as caught:
        gate.inspect(sound_alone, lambda _: None, lambda: False)
    gate.close()
    assert caught.value.key == "film-no-picture"
    whole, track = caught.value.values["layout"]
    assert (whole["bytes"], whole["streams"]) == (sound_alone.stat().st_size, 1)
    assert (track["stream"], track["codec"], track["sample_rate"], track["channels"]) == ("audio", "aac", 48_000, 1)
    assert SECRET not in str(caught.value.values)


def test_pictures_by_their_size_and_rate(tmp_path) -> None:
    path = build(tmp_path, Clip(frames=30), "film")
    rows = [row for row in layout_of(path) if row.get("stream") == "video"]
    assert len(rows) == 1
    assert rows[0]["codec"] == "h264"
    assert rows[0]["width"] > 0 < rows[0]["rate_per_1000_s"]


def test_of_what_is_no_film_its_size_alone(tmp_path) -> None:
    (tmp_path / "letter.mp4").write_bytes(b"letter")
    assert layout_of(tmp_path / "letter.mp4") == [{"bytes": 6}]
    assert layout_of(tmp_path / "none.mp4") == [{"bytes": 0}]


@pytest.mark.parametrize(
    ("told", "believed"),
    [
        (None, ()),
        ([{"codec": "h264", "title": SECRET, "width": 640}], ({"codec": "h264", "width": 640},)),
        ([{"codec": SECRET}, {"width": 1.5}, {"width": True}, {"frames": 2**70}, "row"], ()),
        ([{"width": 1}] * 99, ({"width": 1},) * 17),
    ],
)
def test_a_lying_child_tells_no_words(told, believed) -> None:
    assert believed_layout(told) == believed
