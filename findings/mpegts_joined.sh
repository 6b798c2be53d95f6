#!/bin/sh
# PyAV 18.1.0 (PyPI; its wheel's libavformat): transport streams of a camera copied one behind the other.
#
# Most would guess: whole files copied together are whole, a mark of damage (`Packet.is_corrupt`) stands on what is
# damaged, and a clock that falls back reads as times that fall back.
# Seen: each file begins to number its packets anew, which is taken for lost packets; the mark stands on a whole picture,
# and not even on the last one before the seam, for the parser gives it to the picture that it completes then. And a clock
# that falls back to more than a minute before the stream's first time reads as 26.5 hours later, one that falls back by
# less, or to that minute, reads as it is.
# What follows: do not believe the mark where tables numbered from 0 and the head of a picture follow; look for jumps both
# ways, and take one of more than half of 2^33 ticks for a fall.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check av==18.1.0 numpy
"$folder/env/bin/python" - <<'PY'
import io

import av
import numpy as np


def stream(begins):
    """A whole transport stream of 40 pictures, 25 a second, whose clock begins at so many seconds."""
    out = io.BytesIO()
    with av.open(out, "w", format="mpegts") as film:
        track = film.add_stream("libx264", rate=25, options={"preset": "ultrafast", "x264-params": "bframes=2:keyint=10"})
        track.width, track.height, track.pix_fmt = 192, 128, "yuv420p"
        for number in range(40):
            frame = av.VideoFrame.from_ndarray(np.full((128, 192, 3), number * 6, np.uint8), "rgb24")
            frame.pts = begins * 25 + number
            film.mux(track.encode(frame))
        film.mux(track.encode(None))
    return out.getvalue()


def packets(data):
    with av.open(io.BytesIO(data)) as film:
        return [(p.dts, p.is_corrupt) for p in film.demux(video=0) if p.size]


print(f"PyAV {av.__version__}, libavformat {'.'.join(map(str, av.library_versions['libavformat']))}")
first = stream(100)
assert not any(bad for _, bad in packets(first)), "a stream by itself is marked"
marked = [n for n, (_, bad) in enumerate(packets(first + stream(102))) if bad]
print(f"  two whole files of 40 pictures: of 80 packets number {marked} is marked, the last of the first file is 39")
assert marked, "nothing is marked any more: the look behind marks can go"
assert 39 not in marked, "the mark stands on the last picture now"
for begins, falls in ((100, 60), (100, 5), (5000, 100)):
    times = [dts / 90_000 for dts, _ in packets(stream(begins) + stream(begins - falls))]
    print(f"  the clock falls back by {falls} s from {begins} s: it reads {times[39]:.0f} s, then {times[40]:.0f} s")
    assert (times[40] > times[39]) == (falls > 60), "another rule"
PY
