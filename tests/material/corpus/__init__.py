"""The corpus: films of every kind that a family's or an office's device may bring, each made in code.

Every picture carries a number that is read back from the screen. A kind knows by itself what is right of it (how many
pictures, which, and when each is shown), so that no reader has to be believed. `CORPUS` holds them all, by name.

Left out, for nothing at hand writes them: Theora, VC-1 and WMV3, RealVideo beyond what is refused, MPEG-2 in field
pictures, H.264 of two views (3D), HEVC of Dolby Vision's second layer, encrypted films.
"""

from tests.material.corpus import clips, clocks, crafted, damaged, shapes, tracks
from tests.material.corpus.kind import Kind

CORPUS: dict[str, Kind] = {
    kind.name: kind for part in (clips, clocks, crafted, damaged, shapes, tracks) for kind in part.KINDS
}

#: what is not right yet, and why: it is tried all the same, and the run says when it has become right
OPEN_AT_THE_GATE: dict[str, str] = {
    **dict.fromkeys(["spoiled-hevc", "spoiled-vp9"], "these decoders do not notice other bytes in a picture"),
}
OPEN_ON_THE_SCREEN: dict[str, str] = {
    "road-pizza": "its packets all say that they are keyframes, and are not",
}

#: of each container, codec and trouble one that is soon read, and not among `films.KINDS`: tried in every run
SMALL = (
    "h264-pyramid", "h264-cavlc", "h264-intra-refresh", "h264-mbaff-mkv", "h264-open-gop-ts", "h264-4:2:2",
    "hevc-open-gop", "hevc-10-bit", "hlg", "vp8-hidden-pictures", "vp9-hidden-pictures", "av1-mkv", "prores",
    "mpeg4-packed-2", "h264-b-avi", "h264-avi-left-out", "wmv2", "asf-h264", "h263-3gp", "ogg-vp8", "xdcam-mxf",
    "m2ts-192", "camera-mod", "camera-tod", "dv-ntsc-411", "h264-flv", "fragments-every-picture", "table-first",
    "poor-light", "a-long-still", "keyframe-only-first-mkv", "one-picture-mp4", "two-pictures-mkv",
    "matrix-mirrored-turned-left", "anamorphic-mp4", "cover-mp4", "two-sounds-mkv", "sound-goes-on", "chapters-mp4",
    "action-camera-data-first", "restart-woven", "restart-ts", "leaps-forward-ts", "leaps-back-ts",
    "joined-by-copying-ts", "clock-runs-over-ts", "a-time-too-early-mkv", "cut-mkv", "cut-ts", "cut-wmv", "cut-flv",
    "zeros-at-the-end-table-first", "open-gop-begun-in-the-middle", "without-list-of-keyframes", "spoiled-mjpeg",
    "spoiled-h264-b", "hdv-of-an-even-rate", "sound-first-mp4", "fields-with-own-times", "edit-list-hevc",
    "without-table-of-contents", "list-of-films", "sound-alone", "too-large",
)  # fmt: skip
