#!/bin/sh
# PyAV 18.1.0 (PyPI; its wheel's libavformat): a fragmented MP4 whose writing stopped, as when a camera loses its power.
#
# Most would guess: it opens wherever it ends, at least up to its last whole fragment; FFmpeg's manual says of fragmented
# files that they can be decoded even if their writing is interrupted.
# Seen: it opens when it ends within a fragment's pictures or sound, and is refused as a whole (EOFError or InvalidDataError) when it
# ends at 44 of 140 places within a fragment's head (`moof`): all of the film before is lost to who asks.
# What follows: give the demuxer the file without the half head, and everything before it is there.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check av==18.1.0 numpy
"$folder/env/bin/python" - <<'PY'
import io

import av
import numpy as np

made = io.BytesIO()
with av.open(made, "w", format="mp4", container_options={"movflags": "frag_keyframe+empty_moov"}) as out:
    pictures = out.add_stream("mpeg4", rate=25)
    pictures.width, pictures.height, pictures.pix_fmt, pictures.gop_size = 64, 64, "yuv420p", 10
    for number in range(60):
        out.mux(pictures.encode(av.VideoFrame.from_ndarray(np.full((64, 64, 3), number * 4, np.uint8), "rgb24")))
    out.mux(pictures.encode(None))
whole = made.getvalue()
begin = whole.rindex(b"moof") - 4
head = int.from_bytes(whole[begin : begin + 4], "big")


def pictures_of(film):
    """How many pictures come out; -1 for a film that is refused."""
    try:
        with av.open(io.BytesIO(film)) as opened:
            return sum(1 for packet in opened.demux(video=0) if packet.size)
    except av.error.FFmpegError:
        return -1


print(f"PyAV {av.__version__}, libavformat {'.'.join(map(str, av.library_versions['libavformat']))}")
seen = {more: pictures_of(whole[: begin + more]) for more in range(head + 1)}
refused = [more for more, count in seen.items() if count < 0]
print(f"  the last fragment's head has {head} bytes; refused when so many of them are there: {refused}")
print(f"  without any of it: {seen[0]} pictures of {pictures_of(whole)}")
assert seen[0] >= 50
assert refused == [*range(40, 48), *range(104, head)], "a film with half a head opens: there is no need to cut it off"
PY
