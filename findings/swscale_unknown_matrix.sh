#!/bin/sh
# PyAV 18.1.0 (PyPI; its wheel's libswscale): pictures whose film says an unusual word about its colors.
#
# Most would guess: a matrix that the scaler does not know is taken for the usual one, as players do; and a picture of
# 1920 × 1080 that says nothing is taken for BT.709.
# Seen: `reformat` to BGRA of a picture that says "reserved" (3) or YCgCo (8) raises "Operation not supported", so one
# damaged byte costs every picture; and what says nothing is converted by BT.601 at any size. `src_colorspace=6`
# (SMPTE 170M as H.273 numbers it) is passed over without a word, for the argument counts as libswscale does: 5.
# What follows: say the matrix for every picture, by size where the film does not say one that is known.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check av==18.1.0 numpy
"$folder/env/bin/python" - <<'PY'
import av
import numpy as np

ORANGE = (150, 89, 160)  # luma and chroma of one color


def seen(matrix, size=(64, 64), **words):
    """Red, green and blue of a picture that says `matrix`, or the error's name."""
    wide, high = size
    count = wide * high
    planes = [np.full(n, level, np.uint8) for n, level in zip((count, count // 4, count // 4), ORANGE)]
    frame = av.VideoFrame.from_ndarray(np.concatenate(planes).reshape(-1, wide), format="yuv420p")
    frame.colorspace = matrix
    try:
        return tuple(int(v) for v in frame.reformat(wide, high, "bgra", **words).to_ndarray()[16, 16, 2::-1])
    except OSError as error:
        return error.strerror


print(f"PyAV {av.__version__}, libswscale {'.'.join(map(str, av.library_versions['libswscale']))}")
by_601, by_709 = seen(5), seen(1)
print(f"  BT.601 {by_601}, BT.709 {by_709}")
for matrix in (3, 8):
    print(f"  says {matrix}: {seen(matrix)}")
    assert seen(matrix) == "Operation not supported", "it is converted now"
large = seen(2, (1920, 1080))
print(f"  1920 x 1080 that says nothing: {large}")
assert large == by_601 != by_709, "it goes by size now"
assert seen(3, src_colorspace=6, dst_colorspace=6) == "Operation not supported", "6 is understood now"
assert seen(3, src_colorspace=5, dst_colorspace=5) == by_601
PY
