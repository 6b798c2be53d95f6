"""A covered clip is played by others as it was meant: every picture at its time, sound to its end, no word about it."""

import io
import json
import shutil
import subprocess
from fractions import Fraction

import av
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtMultimedia import QMediaPlayer, QVideoSink

from app.model.cover import Box, Covered, CoverKey, CoverTrack
from app.ports.covering import CoverOrder
from tests.material.films import Clip, bytes_of, read_number
from video.covering.writing import write_covered
from video.open.frame_index import build_index

FIRST, LAST = 12, 61
#: s: one block of AAC at 48 kHz
BLOCK = Fraction(1_024, 48_000)


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """A covered clip on the disk, the times of its pictures (s) and when the last one ends."""
    folder = tmp_path_factory.mktemp("clip")
    stamps = tuple(sum(33 + 17 * (n % 3) for n in range(number)) for number in range(80))
    content = bytes_of(folder, Clip(sound="aac", scale=2, turned=90, stamps=stamps))
    index = build_index(io.BytesIO(content))
    cover = CoverTrack("t", "w", Covered.FACE, (CoverKey(int(index.times[20]), Box(6_000, 8_700, 7_000, 9_500)),))
    order = CoverOrder(int(index.times[FIRST]), int(index.times[LAST]), (cover,), (), "SALASSA PIDETTÄVÄ")
    path = folder / "covered.mp4"
    path.write_bytes(write_covered(io.BytesIO(content), index, order, lambda _: None)[0])
    begin = index.times[FIRST]
    times = [float(time - begin) / 1e6 for time in index.times[FIRST : LAST + 1]]
    return path, times, float(index.times[LAST + 1] - begin) / 1e6, index.shown_size


def test_libav_finds_every_picture_at_its_time_upright_and_no_words(clip) -> None:
    path, times, end, size = clip
    with av.open(str(path)) as film:
        assert [(s.type, s.codec_context.name) for s in film.streams] == [("video", "h264"), ("audio", "aac")]
        assert set(film.metadata) <= {"major_brand", "minor_version", "compatible_brands"}
        assert not [s for s in film.streams if int(s.disposition) & 1_024], "a picture of the film beside it"
        found = [(float(f.pts * f.time_base), f.to_ndarray(format="bgr24"), f.rotation) for f in film.decode(video=0)]
        film.seek(0)
        sounds = [float((f.pts + f.samples) * f.time_base) for f in film.decode(audio=0)]
    assert [time for time, _, _ in found] == pytest.approx(times, abs=1e-5)
    assert [read_number(pixels) for _, pixels, _ in found] == list(range(FIRST, LAST + 1))
    assert {(pixels.shape[1::-1], turned) for _, pixels, turned in found} == {(size, 0)}
    assert abs(sounds[-1] - end) <= BLOCK


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="there is no ffprobe here")
def test_ffprobe_counts_the_same(clip) -> None:
    path, times, end, size = clip
    ask = ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", str(path)]
    said = json.loads(subprocess.run(ask, capture_output=True, check=True).stdout)
    pictures, sound = said["streams"]
    assert int(pictures["nb_read_frames"]) == len(times)
    assert (pictures["width"], pictures["height"]) == size
    assert "side_data_list" not in pictures
    assert float(pictures["start_time"]) == 0
    assert float(sound["start_time"]) + float(sound["duration"]) == pytest.approx(end, abs=float(BLOCK))
    assert set(said["format"].get("tags", {})) <= {"major_brand", "minor_version", "compatible_brands"}


@pytest.mark.qt_log_ignore("Couldn't (load|resolve) va", extend=True)  # a computer without such decoders
def test_qt_plays_it_from_its_first_picture_and_seeks_to_its_last(clip, qtbot) -> None:
    path, times, end, size = clip
    player, sink = QMediaPlayer(), QVideoSink()
    shown: list[tuple[float, tuple[int, int]]] = []

    def keep(frame) -> None:
        if frame.isValid():
            shown.append((frame.startTime() / 1e6, frame.size().toTuple()))

    sink.videoFrameChanged.connect(keep)
    player.setVideoSink(sink)
    player.setSource(QUrl.fromLocalFile(str(path)))
    qtbot.waitUntil(lambda: player.mediaStatus() == QMediaPlayer.MediaStatus.LoadedMedia, timeout=20_000)
    assert player.error() == QMediaPlayer.Error.NoError
    assert player.duration() == pytest.approx(end * 1_000, abs=float(BLOCK) * 1_000 + 1)
    player.pause()
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    assert shown[0] == (0.0, size)
    player.setPosition(int(times[-1] * 1_000) + 2)
    qtbot.waitUntil(lambda: abs(shown[-1][0] - times[-1]) < 0.002, timeout=20_000)
    assert shown[-1][1] == size
    player.stop()
    player.setSource(QUrl())
    player.setVideoSink(None)
