"""Containers, codecs, rates and lengths: whatever one encoder and one muxer write when they are asked for it."""

from fractions import Fraction
from itertools import accumulate
from typing import Any

from tests.material.corpus.kind import Kind, of_clip
from tests.material.films import KINDS as PLAIN
from tests.material.films import Clip
from tests.material.odd_films import ODD

PAL, NTSC, PHONE = Fraction(25), Fraction(30000, 1001), Fraction(60000, 1001)
DISC: dict[str, Any] = {"codec": "mpeg2video", "container": "mpg", "gop": 12, "b_frames": 2}
FIELDS = {"flags": "+ildct+ilme"}


def x264(words: str, **more: Any) -> Clip:
    """H.264 as these words of its encoder make it."""
    return Clip(options={"x264-params": f"scenecut=0:{words}"}, **more)


def x265(words: str, **more: Any) -> Clip:
    return Clip(codec="libx265", options={"x265-params": f"log-level=none:scenecut=0:{words}"}, **more)


def phone_in_poor_light(count: int) -> list[int]:
    """Times in ms of a phone's pictures: 30 a second, half as many while it is dark, and a little uneven."""
    gaps = ((67 if 20 <= n < 45 else 33) + (n * 7 % 3) for n in range(count - 1))
    return [0, *accumulate(gaps)]


CODECS: dict[str, Clip] = {
    "h264-pyramid": x264("keyint=30:bframes=7:b-adapt=0:b-pyramid=normal:ref=4"),
    "h264-all-referenced": x264("keyint=30:bframes=0:ref=4"),
    "h264-cavlc": x264("keyint=20:bframes=2:cabac=0"),
    "h264-intra-cavlc": x264("keyint=1:cabac=0"),
    "h264-slices": x264("keyint=20:bframes=2:slices=4"),
    "h264-mbaff-mkv": x264("keyint=20:bframes=2:interlaced=1", container="mkv"),
    "h264-pafflike-flags": x264("keyint=20:bframes=2:fake-interlaced=1", container="ts"),
    "h264-open-gop-ts": x264("keyint=15:open-gop=1:bframes=3:b-pyramid=normal", container="ts", sound="aac"),
    "h264-intra-refresh": x264("keyint=20:intra-refresh=1:bframes=0"),
    "h264-4:2:2": x264("keyint=20:bframes=2", pixels="yuv422p"),
    "h264-4:2:2-10-bit-intra": x264("keyint=1", pixels="yuv422p10le", container="mov"),
    "h264-4:4:4": x264("keyint=20:bframes=2", pixels="yuv444p"),
    "h264-full-range": x264("keyint=20:bframes=2", pixels="yuvj420p"),
    "hevc-open-gop": x265("keyint=15:open-gop=1:bframes=4"),
    "hevc-fields": x265("keyint=15:interlace=tff:bframes=2"),
    "hevc-10-bit": x265("keyint=20:bframes=3", pixels="yuv420p10le", tag="hvc1"),
    "hevc-4:2:2-10-bit": x265("keyint=20:bframes=3", pixels="yuv422p10le", container="mov", tag="hvc1"),
    "hevc-one-keyframe": x265("keyint=250:bframes=4", frames=90),
    "vp8-hidden-pictures": Clip(
        codec="libvpx", container="webm", options={"auto-alt-ref": "1", "lag-in-frames": "16", "cpu-used": "5"}
    ),
    "vp9-hidden-pictures": Clip(
        codec="libvpx-vp9", container="webm",
        options={"auto-alt-ref": "1", "lag-in-frames": "16", "deadline": "good", "cpu-used": "5"},
    ),
    "mpeg2-long-gop": Clip(codec="mpeg2video", container="ts", gop=60, b_frames=2),
    "mpeg2-4:2:2-intra": Clip(codec="mpeg2video", container="mov", gop=1, pixels="yuv422p"),
    "mpeg4-one-keyframe": Clip(codec="mpeg4", container="avi", gop=300, frames=90),
    "mjpeg-4:2:2": Clip(codec="mjpeg", container="mov", pixels="yuvj422p"),
    "jpeg2000": Clip(codec="jpeg2000", container="mov", frames=30),
    "dnxhr": Clip(codec="dnxhd", container="mov", size=(384, 256), pixels="yuv422p", options={"profile": "dnxhr_lb"}),
    "cineform": Clip(codec="cfhd", container="mov", pixels="yuv422p10le", frames=30),
    "animation": Clip(codec="qtrle", container="mov", pixels="rgb24"),
    "road-pizza": Clip(codec="rpza", container="mov", pixels="rgb555le"),
    "png-mov": Clip(codec="png", container="mov", pixels="rgb24"),
    "raw-avi": Clip(codec="rawvideo", container="avi", frames=30),
    "raw-mov": Clip(codec="rawvideo", container="mov", pixels="uyvy422", frames=30),
    "microsoft-video-1": Clip(codec="msvideo1", container="avi", pixels="rgb555le"),
    "screen-codec-avi": Clip(codec="zmbv", container="avi", pixels="bgr0"),
    "utvideo": Clip(codec="utvideo", container="avi"),
}  # fmt: skip

CONTAINERS: dict[str, Clip] = {
    "m2ts-192": x264(
        "keyint=12:bframes=2:interlaced=1", container="m2ts", sound="ac3", container_options={"mpegts_m2ts_mode": "1"}
    ),
    "m2ts-192-59.94": x264(
        "keyint=30:bframes=2", container="m2ts", fps=PHONE, sound="ac3", container_options={"mpegts_m2ts_mode": "1"}
    ),
    "hdv": Clip(codec="mpeg2video", container="ts", gop=15, b_frames=2, pixel_shape=Fraction(4, 3), sound="mp2"),
    "hdv-of-an-even-rate": Clip(
        codec="mpeg2video",
        container="mov",
        gop=15,
        b_frames=2,
        options={"b": "3000000", "minrate": "3000000", "maxrate": "3000000", "bufsize": "600000"},
    ),
    "vob": Clip(codec="mpeg2video", container="vob", gop=12, b_frames=2, sound="ac3"),
    "mpeg1-ts": Clip(codec="mpeg1video", container="ts", b_frames=2),
    "dv": Clip(codec="dvvideo", container="dv", size=(720, 576), frames=25),
    "mov-h264": Clip(container="mov", b_frames=2, sound="pcm_s16le"),
    "3gp-h264": Clip(container="3gp", sound="aac"),
    "3g2-h264": Clip(container="3g2", fps=NTSC),
    "3gp-mpeg4": Clip(codec="mpeg4", container="3gp", fps=Fraction(15)),
    "f4v": Clip(container="f4v", b_frames=2, sound="aac"),
    "ogg-vp8": Clip(codec="libvpx", container="ogg"),
    "mp4-vp9": Clip(codec="libvpx-vp9"),
    "mp4-mjpeg": Clip(codec="mjpeg"),
    "ivf-vp9": Clip(codec="libvpx-vp9", container="ivf"),
    "asf-mpeg4": Clip(codec="mpeg4", container="asf"),
    "asf-h264": Clip(container="asf"),
    "h263-avi": Clip(codec="h263", container="avi", size=(352, 288)),
    "xdcam-mxf": Clip(codec="mpeg2video", container="mxf", pixels="yuv422p", gop=12, b_frames=2, sound="pcm_s16le"),
    "xavc-mxf": x264("keyint=1", container="mxf", pixels="yuv422p10le"),
    "dnxhr-mxf": Clip(
        codec="dnxhd", container="mxf", size=(384, 256), pixels="yuv422p", options={"profile": "dnxhr_lb"}
    ),
    "fragments-of-a-second": Clip(
        b_frames=2, sound="aac", container_options={"movflags": "frag_keyframe+delay_moov+default_base_moof"}
    ),
    "fragments-every-picture": Clip(gop=10, container_options={"movflags": "frag_every_frame+empty_moov"}),
    "table-first": Clip(b_frames=2, sound="aac", container_options={"movflags": "faststart"}),
    "without-edit-list": Clip(b_frames=2, container_options={"use_editlist": "0"}),
    "negative-ctts": Clip(b_frames=3, container_options={"movflags": "negative_cts_offsets"}),
    "mkv-short-clusters": Clip(container="mkv", b_frames=2, container_options={"cluster_time_limit": "200"}),
    "webm-live": Clip(codec="libvpx", container="webm", container_options={"live": "1"}),
}

RATES: dict[str, Clip] = {
    "7.5": Clip(fps=Fraction(15, 2), frames=30, gop=10),
    "12": Clip(fps=Fraction(12), container="mov", b_frames=2),
    "15": Clip(fps=Fraction(15), codec="mjpeg", container="avi"),
    "23.976-avi": Clip(fps=Fraction(24000, 1001), codec="mpeg4", container="avi"),
    "23.976-mkv": Clip(fps=Fraction(24000, 1001), container="mkv", b_frames=3),
    "24": Clip(fps=Fraction(24), b_frames=2),
    "29.97-ts": Clip(fps=NTSC, container="ts", b_frames=2, gop=15),
    "50-mkv": Clip(fps=Fraction(50), container="mkv", b_frames=2),
    "59.94-mp4": Clip(fps=PHONE, b_frames=2),
    "119.88": Clip(fps=Fraction(120000, 1001), frames=120, gop=60, b_frames=2),
    "240": Clip(fps=Fraction(240), frames=120, gop=30),
    "poor-light": Clip(b_frames=2, stamps=phone_in_poor_light(70), gop=15),
    "poor-light-hevc": Clip(codec="libx265", container="mov", b_frames=3, stamps=phone_in_poor_light(70), tag="hvc1"),
    "one-picture-a-second": Clip(fps=Fraction(1), frames=12, gop=4),
    "a-long-still": Clip(container="mkv", stamps=[0, 40, 80, 9_000, 9_040, 9_080]),
    "keyframes-every-2": Clip(gop=2),
    "keyframes-every-5-b": Clip(gop=5, b_frames=2),
    "keyframes-every-250": Clip(gop=250, b_frames=3, frames=300),
    "keyframe-only-first-mkv": Clip(gop=1000, container="mkv", frames=120, b_frames=2),
}

LENGTHS: dict[str, Clip] = {
    **{f"one-picture-{c}": Clip(frames=1, container=c) for c in ("mp4", "mkv", "ts")},
    "one-picture-avi": Clip(codec="mjpeg", container="avi", frames=1),
    **{f"two-pictures-{c}": Clip(frames=2, container=c) for c in ("mp4", "mkv")},
    "two-pictures-ts": Clip(frames=2, container="ts", sound="aac"),
    "three-pictures-b": Clip(frames=3, b_frames=2),
}

STARTS: dict[str, Clip] = {
    "starts-at-an-hour-ts": Clip(container="ts", b_frames=2, start=Fraction(3600), sound="aac", gop=10),
    "starts-late-mov": Clip(container="mov", b_frames=2, start=Fraction(5, 2), sound="aac"),
    "starts-late-avi-mjpeg": Clip(codec="mjpeg", container="avi", start=Fraction(0)),
    "edit-list-25-pictures": Clip(
        cut=25, b_frames=2, gop=50, container_options={"avoid_negative_ts": "disabled"}, sound="aac"
    ),
    "edit-list-hevc": Clip(
        codec="libx265", cut=7, b_frames=3, container_options={"avoid_negative_ts": "disabled"}, tag="hvc1"
    ),
}

#: under the endings that cameras give them: what a film is lies in it, not in its name
ENDINGS: dict[str, tuple[str, Clip]] = {
    "camera-mod": ("mod", Clip(**DISC, sound="ac3", options=FIELDS)),
    "camera-tod": ("tod", Clip(codec="mpeg2video", container="ts", gop=15, b_frames=2, sound="mp2", options=FIELDS)),
    "camera-vro": ("vro", Clip(**DISC, sound="ac3")),
    "camera-mts": ("mts", x264("keyint=12:bframes=2:interlaced=1", container="ts", sound="ac3")),
    "camera-lrv": ("lrv", Clip(fps=NTSC, b_frames=2, sound="aac")),
    "camera-insv": ("insv", Clip(codec="libx265", fps=NTSC, sound="aac", tag="hvc1")),
    "camera-m2t": ("m2t", Clip(codec="mpeg2video", container="ts", gop=15, b_frames=2, fps=NTSC, sound="mp2")),
    "wrong-ending": ("avi", Clip(b_frames=2, sound="aac")),
}

#: their muxer fills a late beginning of the sound with an empty picture, or rounds to its own clock
OWN_TIMES = {"msmpeg4v2", "msmpeg4v3", "h264-avi"}

_ALL = PLAIN | ODD | CODECS | CONTAINERS | RATES | LENGTHS | STARTS
KINDS: tuple[Kind, ...] = (
    *(of_clip(name, clip, own_times=name in OWN_TIMES) for name, clip in _ALL.items()),
    *(of_clip(name, clip, ending) for name, (ending, clip) in ENDINGS.items()),
)
