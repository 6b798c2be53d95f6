"""The complete decode gives every picture and every sound to who makes something of them, wherever their tracks lie."""

from pathlib import Path

import av
import pytest

from tests.material.corpus import CORPUS
from video.open.frame_index import build_index
from video.open.open_film import open_film
from video.open.whole_decode import WholeDecode


class _Kept:
    def __init__(self) -> None:
        self.positions: list[int] = []
        self.heard: list[object] = []

    def picture(self, position: int, _frame: av.VideoFrame) -> None:
        self.positions.append(position)

    def sound(self, track: int, frame: object) -> None:
        self.heard.append((track, type(frame)))


@pytest.mark.parametrize("name", ["sound-first-mp4", "action-camera-data-first", "two-sounds-mp4"])
def test_the_last_pictures_come_too_whichever_track_is_the_first(name: str, tmp_path: Path) -> None:
    """What the decoder held back until the film's end was taken for sound, or ended the looking."""
    path, kept = CORPUS[name].film(tmp_path), _Kept()
    index = build_index(path)
    decode = WholeDecode(index, [kept])
    with open_film(path) as film:
        decode.run(film, lambda _: None, lambda: False)
    assert kept.positions == list(range(60))
    assert not decode.doubtful()
    assert set(kept.heard) == {(track, av.AudioFrame) for track in range(len(index.sound_tracks))}
