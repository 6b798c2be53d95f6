"""Transport streams copied behind each other, whose clock goes on: whole where they are whole, and only there."""

import io
from fractions import Fraction
from pathlib import Path

import pytest

from tests.material.clips_split import Split, split
from tests.material.films import Clip
from video.open.open_film import open_film
from video.open.probe import examine

KINDS = {
    "h264": Clip(container="ts", b_frames=2, gop=10, sound="aac"),
    "avchd": Clip(container="m2ts", b_frames=2, gop=10, sound="ac3"),
    "hevc": Clip(codec="libx265", container="ts", b_frames=2, gop=10, sound="aac"),
    "mpeg2": Clip(codec="mpeg2video", container="ts", b_frames=2, gop=10, sound="mp2"),
}


def pieces(folder: Path, clip: Clip) -> list[bytes]:
    plan = Split(clip, (40, 35, 25), Fraction(3), clock_goes_on=True, pause=Fraction(2, 25))
    return [path.read_bytes() for path in split(folder, plan)]


@pytest.mark.parametrize("kind", KINDS)
def test_no_picture_before_a_seam_is_called_broken(kind, tmp_path) -> None:
    facts, _ = examine(io.BytesIO(b"".join(pieces(tmp_path, KINDS[kind]))))
    assert (facts.frames, facts.damage) == (100, ())


def without_picture_packet(stream: bytes, which: int) -> bytes:
    """A transport stream that lost one packet of its pictures."""
    with open_film(io.BytesIO(stream)) as film:
        pid = film.pictures.id
    places = [at for at in range(0, len(stream), 188) if (stream[at + 1] & 0x1F) << 8 | stream[at + 2] == pid]
    return stream[: places[which]] + stream[places[which] + 188 :]


@pytest.mark.parametrize("which", [-2, -30])
def test_what_was_lost_before_a_seam_is_told(which, tmp_path) -> None:
    first, *rest = pieces(tmp_path, KINDS["h264"])
    facts, _ = examine(io.BytesIO(b"".join([without_picture_packet(first, which), *rest])))
    assert facts.damage
    assert all(0 < d.start < 1_600_000 for d in facts.damage)
