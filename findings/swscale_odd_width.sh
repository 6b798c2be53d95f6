#!/bin/sh
# PyAV 18.1.0 (PyPI; its wheel's libswscale): making a film's picture smaller for the screen.
#
# Most would guess: a picture one pixel narrower is scaled as fast as its neighbour.
# Seen: to an odd width (617 × 347 of 1920 × 1080) the same `reformat` to BGRA takes two to four times as much of the
# processor as to the even width next to it, whichever filter; an odd height costs nothing. A picture fitted into a
# window by `round()` is odd every other time, so a room a pixel wider can cost a tenth of a core at 30 pictures a second.
# What follows: round the width that pictures are scaled to down to an even number.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check av==18.1.0 numpy
"$folder/env/bin/python" - <<'PY'
import time

import av
import numpy as np
from av.video.reformatter import VideoReformatter

lines = np.add.outer(np.arange(1080), np.arange(1920)) % 251
film = av.VideoFrame.from_ndarray(np.repeat(lines[..., None], 3, axis=2).astype(np.uint8), "rgb24").reformat(format="yuv420p")


def cost(wide, high, kind):
    """Milliseconds of the processor for one picture, the least of five rounds."""
    scaler = VideoReformatter()
    rounds = []
    for _ in range(5):
        begun = time.process_time()
        for _ in range(20):
            scaler.reformat(film, wide, high, "bgra", interpolation=kind)
        rounds.append((time.process_time() - begun) * 50)
    return min(rounds)


print(f"PyAV {av.__version__}, libswscale {'.'.join(map(str, av.library_versions['libswscale']))}")
for kind in ("AREA", "BILINEAR", "BICUBIC"):
    even, odd, high = (cost(*size, kind) for size in ((616, 346), (617, 346), (616, 347)))
    print(f"  {kind}: 616 x 346 {even:.2f} ms, 617 x 346 {odd:.2f} ms ({odd / even:.1f} x), 616 x 347 {high:.2f} ms")
    assert odd > 1.6 * even, "an odd width costs no more: the rounding can go"
    assert high < 1.4 * even, "an odd height costs as well"
PY
