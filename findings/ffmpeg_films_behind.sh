#!/bin/sh
# PyAV 18.1.0 (PyPI; its wheel's libavformat): two whole films copied one behind the other into one file (`cat a b > c`).
#
# Most would guess: what FFmpeg cannot read on through it warns of or refuses; a transport stream is read on, so is the
# rest, or nothing is.
# Seen: of MP4, MOV, Flash and Windows Media the first film is read to its end, and the second is not there: no error,
# no mark, a length that fits. Of MP4 in fragments the second one's packets come, with times that begin anew, and where the
# first film's edit list has ended they are marked to be thrown away. AVI is read on as one film. MXF is refused whole.
# What follows: look behind the end that a container says, whatever was read.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check av==18.1.0 numpy
"$folder/env/bin/python" - <<'PY'
import io

import av
import numpy as np

FIRST, SECOND = 40, 35
LIVE = {"movflags": "frag_keyframe+delay_moov+default_base_moof"}


def film(form, codec, count, options):
    out = io.BytesIO()
    with av.open(out, "w", format=form, container_options=options) as made:
        track = made.add_stream(codec, rate=25)
        track.width, track.height, track.pix_fmt = 192, 128, "yuv420p"
        track.codec_context.max_b_frames = 2 if codec == "libx264" else 0
        for number in range(count):
            frame = av.VideoFrame.from_ndarray(np.full((128, 192, 3), number * 6, np.uint8), "rgb24")
            frame.pts = number
            made.mux(track.encode(frame))
        made.mux(track.encode(None))
    return out.getvalue()


def read(data):
    """How many pictures come, and how many of their packets are marked to be thrown away."""
    try:
        with av.open(io.BytesIO(data)) as opened:
            thrown = sum(p.is_discard for p in opened.demux(video=0) if p.size)
        with av.open(io.BytesIO(data)) as opened:
            return sum(1 for _ in opened.decode(video=0)), thrown
    except av.error.FFmpegError as error:
        return type(error).__name__, 0


print(f"PyAV {av.__version__}, libavformat {'.'.join(map(str, av.library_versions['libavformat']))}")
wanted = {
    ("mp4", "libx264"): (FIRST, 0), ("mov", "libx264"): (FIRST, 0), ("flv", "libx264"): (FIRST, 0),
    ("asf", "wmv2"): (FIRST, 0), ("avi", "mpeg4"): (FIRST + SECOND, 0),
    ("mxf", "mpeg2video"): ("InvalidDataError", 0),
}  # fmt: skip
for (form, codec), seen in wanted.items():
    one, two = (film(form, codec, count, {}) for count in (FIRST, SECOND))
    assert read(one) == (FIRST, 0) and read(two) == (SECOND, 0), form
    found = read(one + two)
    print(f"  {form}: {FIRST} pictures and {SECOND} behind them: {found[0]} come")
    assert found == seen, (form, found)
one, two = (film("mp4", "libx264", count, LIVE) for count in (20, 15))
found = read(one + two)
print(f"  mp4 in fragments: 20 pictures and 15 behind them: {found[0]} come, {found[1]} are marked to be thrown away")
assert found[0] < 35 and found[1] > 0, found
PY
