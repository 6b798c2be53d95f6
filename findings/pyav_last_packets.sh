#!/bin/sh
# PyAV 18.1.0 (PyPI; its wheel's libavformat): the packets that end a film, and the first one after a seek in ASF.
#
# Most would guess: `packet.stream_index` and `packet.stream.index` are the same number; and what a packet says of its
# time is the same whether the film was read from its begin or sought.
# Seen: the empty packet with which `demux` ends each stream says stream_index 0, whichever stream it ends. Who sorts
# packets by it gives the pictures that the decoder held back to the first stream. And in ASF with H.264 the keyframe
# that a seek lands on says another time than when it is read from the begin: that of the picture after it.
# What follows: compare `packet.stream`; believe a time after a seek only where the film's own index has a keyframe.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check av==18.1.0 numpy
"$folder/env/bin/python" - "$folder" <<'PY'
import sys
from pathlib import Path

import av
import numpy as np

folder = Path(sys.argv[1])


def film(path, *, sound):
    """60 pictures of H.264, a keyframe every 20; the sound's stream is the first."""
    with av.open(str(path), "w") as out:
        voice = out.add_stream("aac", rate=48000) if sound else None
        pictures = out.add_stream("libx264", rate=25)
        pictures.width, pictures.height, pictures.pix_fmt = 64, 64, "yuv420p"
        between = 2 if sound else 0
        pictures.codec_context.options = {"x264-params": f"keyint=20:scenecut=0:bframes={between}", "preset": "ultrafast"}
        for number in range(60):
            shade = np.full((64, 64, 3), number * 4, np.uint8)
            out.mux(pictures.encode(av.VideoFrame.from_ndarray(shade, format="bgr24")))
        if voice is not None:
            for _ in range(100):
                frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
                frame.sample_rate = 48000
                out.mux(voice.encode(frame))
            out.mux(voice.encode(None))
        out.mux(pictures.encode(None))


print(f"PyAV {av.__version__}, libavformat {'.'.join(map(str, av.library_versions['libavformat']))}")
film(folder / "a.mp4", sound=True)
with av.open(str(folder / "a.mp4")) as read:
    all_of_them = [(p.size, p.stream_index, p.stream.index, len(p.decode())) for p in read.demux()]
last = [told for size, *told in all_of_them if not size]
print(f"  the last packets, (stream_index, stream.index, frames): {last}")
assert {by_number for by_number, _, _ in last} == {0}, "they know their stream by number now"
assert any(index == 1 and frames for _, index, frames in last), "the decoder holds nothing back now"

film(folder / "a.asf", sound=False)
with av.open(str(folder / "a.asf")) as read:
    stream = read.streams.video[0]
    keys = [p.pts for p in read.demux(stream) if p.is_keyframe]
with av.open(str(folder / "a.asf")) as read:
    stream = read.streams.video[0]
    read.seek(keys[1], stream=stream)
    landed = next(p.pts for p in read.demux(stream) if p.is_keyframe)
print(f"  keyframes at {keys}; a seek to {keys[1]} lands on one that says {landed}")
assert landed not in keys, "it says its own time now"
PY
